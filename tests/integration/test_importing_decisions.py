"""Whose a row of a file is: a person decides it, sees what that means, and is not asked again."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from alumnidesk.desk import Desk
from alumnidesk.domain.cards import ContactCard, Email
from alumnidesk.errors import Refused
from alumnidesk.i18n import Language
from alumnidesk.services.import_plan import Kind, Preview, new_one
from alumnidesk.services.matching import SIMILAR, SURE

ENGLISH = Language("en")
HEAD = "Vorname;Nachname;E-Mail;Position"


def written(source: Path, *lines: str) -> Path:
    source.write_text("\n".join((HEAD, *lines)), "utf-8")
    return source


def names(desk: Desk) -> list[str]:
    return [card.name for card in desk.contacts.cards(sorted(desk.find.contacts().ids))]


def known(desk: Desk, given_name: str, family_name: str) -> int:
    card = ContactCard(given_name=given_name, family_name=family_name, emails=(Email(f"{given_name}@alt.example"),))
    return desk.contacts.add(card).id or 0


def reasons(preview: Preview) -> list[str]:
    return [ENGLISH(row.what) for row in preview.rows]


def test_a_row_goes_to_any_contact_that_is_chosen_and_is_known_the_next_time(desk: Desk, source: Path) -> None:
    known(desk, "Anna", "Berg")
    chosen = known(desk, "Beate", "Lund")
    preview = desk.importing.preview(written(source, "Bea;Lund-Berg;bea@post.example;Leitung"))
    assert [row.kind for row in preview.rows] == [Kind.NEW]
    report = desk.importing.carry_out(preview, whose={0: chosen})
    assert (report.created, report.changed, report.contacts) == (0, 1, (chosen,))
    assert names(desk) == ["Anna Berg", "Bea Lund-Berg"]
    again = desk.importing.preview(source)
    assert [(row.kind, row.contact) for row in again.rows] == [(Kind.UNCHANGED, chosen)]
    assert reasons(again) == ["chosen by you when this row was imported before"]
    assert desk.importing.carry_out(again).changeset is None


def test_what_a_merge_with_a_contact_would_change_is_told_before(desk: Desk, source: Path) -> None:
    chosen = known(desk, "Beate", "Lund")
    preview = desk.importing.preview(written(source, "Bea;Lund;bea@post.example;Leitung"))
    merged = desk.importing.merged(preview, 0, chosen)
    assert (merged.contact, merged.name) == (chosen, "Beate Lund")
    told = [tuple(map(ENGLISH, (d.label, d.old, d.new))) for d in merged.differences]
    assert ("First name", "Beate", "Bea") in told
    assert ("Position", "", "Leitung") in told
    desk.contacts.delete([chosen])
    with pytest.raises(Refused):
        desk.importing.merged(preview, 0, chosen)


def test_somebody_recognised_wrongly_comes_in_new_and_stays_apart(desk: Desk, source: Path) -> None:
    first = known(desk, "Anna", "Berg")
    preview = desk.importing.preview(written(source, "Anna;Berg;Anna@alt.example;Rektorin"))
    assert [(row.kind, row.contact) for row in preview.rows] == [(Kind.CHANGED, first)]
    report = desk.importing.carry_out(preview, whose={0: new_one(0)})
    assert (report.created, report.changed) == (1, 0)
    assert desk.contacts.card(first).position == ""
    again = desk.importing.preview(source)
    assert [(row.kind, row.contact) for row in again.rows] == [(Kind.UNCHANGED, report.contacts[0])]


def test_a_row_can_be_the_person_of_an_earlier_row_and_follows_where_that_goes(desk: Desk, source: Path) -> None:
    chosen = known(desk, "Cleo", "Carl")
    lines = "Anna;Berg;a@post.example;", "Änne;Berg;ae@post.example;Leitung"
    preview = desk.importing.preview(written(source, *lines))
    report = desk.importing.carry_out(preview, whose={1: new_one(0)})
    assert (report.created, report.changed) == (1, 1)
    assert names(desk) == ["Cleo Carl", "Anna Berg"]
    desk.history.undo(report.changeset)
    report = desk.importing.carry_out(desk.importing.preview(source), whose={0: chosen, 1: new_one(0)})
    assert (report.created, report.contacts) == (0, (chosen,))
    assert len(desk.contacts.card(chosen).emails) == 3


def test_undo_of_the_import_forgets_the_decision(desk: Desk, source: Path) -> None:
    chosen = known(desk, "Beate", "Lund")
    preview = desk.importing.preview(written(source, "Bea;Lund-Berg;bea@post.example;"))
    report = desk.importing.carry_out(preview, whose={0: chosen})
    assert report.changeset is not None
    desk.history.undo(report.changeset)
    assert [row.kind for row in desk.importing.preview(source).rows] == [Kind.NEW]


def test_the_uid_of_a_row_leads_to_the_contact_chosen_for_it_from_then_on(desk: Desk, tmp_path: Path) -> None:
    chosen = known(desk, "Beate", "Lund")
    card = tmp_path / "bea.vcf"
    card.write_text("BEGIN:VCARD\nVERSION:3.0\nUID:phone-1\nN:Berg;Bea;;;\nFN:Bea Berg\nEND:VCARD\n")
    desk.importing.carry_out(desk.importing.preview(card), whose={0: chosen})
    card.write_text("BEGIN:VCARD\nVERSION:3.0\nUID:phone-1\nN:Holm;Bea;;;\nFN:Bea Holm\nEND:VCARD\n")
    preview = desk.importing.preview(card)
    assert (preview.rows[0].contact, reasons(preview)) == (chosen, ["same ID"])


def test_somebody_chosen_who_lies_in_the_bin_stays_there(desk: Desk, source: Path) -> None:
    chosen = known(desk, "Beate", "Lund")
    preview = desk.importing.preview(written(source, "Bea;Lund-Berg;bea@post.example;"))
    desk.importing.carry_out(preview, whose={0: chosen})
    desk.contacts.delete([chosen])
    assert [row.kind for row in desk.importing.preview(source).rows] == [Kind.UNCHANGED]


def test_every_reason_is_one_of_the_rules_that_people_can_read(desk: Desk, source: Path) -> None:
    known(desk, "Anna", "Berg")
    preview = desk.importing.preview(
        written(source, "Anna;Berg;Anna@alt.example;", "Anna;Berg;neu@post.example;", "Otto;Neu;ANNA@alt.example;")
    )
    rules = {ENGLISH(rule) for rule in (*SURE, *SIMILAR)}
    for reason in reasons(preview):
        assert reason.removeprefix("May be Anna Berg: ") in rules


# Otto is not called otherwise by another line than his own: his own would not be surely his then.
_WANTED = st.dictionaries(st.integers(0, 3), st.sampled_from([1, 2, -1, -2, -3, -4]), max_size=4).filter(
    lambda wanted: all(row == 2 for row, one in wanted.items() if one in (2, -3)) and wanted.get(2) != 1
)


@given(_WANTED, st.sets(st.integers(0, 3)))
@settings(max_examples=25, deadline=None, phases=[Phase.explicit, Phase.reuse, Phase.generate])
def test_whatever_is_decided_the_counts_balance_and_the_same_file_changes_nothing_more(
    tmp_path_factory: pytest.TempPathFactory, wanted: dict[int, int], skip: set[int]
) -> None:
    folder = tmp_path_factory.mktemp("decided")
    desk = Desk.create(folder / "a.alumnidesk")
    try:
        first, second = known(desk, "Anna", "Berg"), known(desk, "Otto", "Neu")
        whose = {row: {1: first, 2: second}.get(one, one) for row, one in wanted.items() if one > 0 or -one - 1 <= row}
        lines = "Anna;Berg;x@post.example;", "Anna;Berg;y@post.example;A", "Otto;Neu;Otto@alt.example;B", "Ada;Alt;;"
        source = written(folder / "list.csv", *lines)
        report = desk.importing.carry_out(desk.importing.preview(source), whose=whose, skip=skip)
        assert report.read == report.created + report.changed + report.unchanged + report.skipped
        assert len(names(desk)) == 2 + report.created
        skipped_again = desk.importing.carry_out(desk.importing.preview(source), skip=skip)
        assert (skipped_again.created, skipped_again.changed) == (0, 0)
        assert desk.check() == []
    finally:
        desk.close(backup=False)


def card(uid: str, given: str, note: str = "") -> str:
    return (
        f"BEGIN:VCARD\nVERSION:3.0\nUID:{uid}\nN:Berg;{given};;;\nEMAIL:{given}@alt.example\nNOTE:{note}\nEND:VCARD\n"
    )


def test_somebody_recognised_who_is_said_to_be_new_has_the_uid_of_the_file(desk: Desk, tmp_path: Path) -> None:
    """Else the next version of the card would be somebody else again."""
    anna = known(desk, "Anna", "Berg")
    source = tmp_path / "one.vcf"
    source.write_text(card("theirs", "Anna"), "utf-8")
    (row,) = desk.importing.preview(source).rows
    assert row.contact == anna
    (own,) = desk.importing.carry_out(desk.importing.preview(source), whose={0: new_one(0)}).contacts
    assert next(iter(desk.contacts.cards([own]))).uid == "theirs"
    source.write_text(card("theirs", "Anna", "changed"), "utf-8")
    (row,) = desk.importing.preview(source).rows
    assert (row.contact, ENGLISH(row.what)) == (own, "same ID")
    desk.history.undo()
    (row,) = desk.importing.preview(source).rows
    assert row.contact == anna


def test_whom_a_file_calls_so_can_be_somebody_else_after_all(desk: Desk, tmp_path: Path) -> None:
    """The UID once went to the wrong contact by itself; the decision takes it from there."""
    anna = known(desk, "Anna", "Berg")
    source = tmp_path / "one.vcf"
    source.write_text(card("theirs", "Anna"), "utf-8")
    desk.importing.carry_out(desk.importing.preview(source))
    source.write_text(card("theirs", "Anna", "twin"), "utf-8")
    preview = desk.importing.preview(source)
    assert [ENGLISH(row.what) for row in preview.rows] == ["same ID"]
    (own,) = desk.importing.carry_out(preview, whose={0: new_one(0)}).contacts
    assert own != anna
    source.write_text(card("theirs", "Anna", "changed again"), "utf-8")
    (row,) = desk.importing.preview(source).rows
    assert row.contact == own
