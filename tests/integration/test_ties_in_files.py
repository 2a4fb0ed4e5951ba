"""Households, relationships and consents go out with a complete file and come back from it, once."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from alumnidesk.desk import Desk
from alumnidesk.domain.cards import Address, ContactCard
from alumnidesk.domain.consent import CHANNELS, EMAIL, NO, POST, YES, Sending
from alumnidesk.domain.relationships import KINDS
from alumnidesk.domain.ties import ConsentTie, HouseholdTie, RelationTie, Ties, from_texts, plain, texts_of
from alumnidesk.i18n import Language
from alumnidesk.services import ties
from alumnidesk.services.exporting import COMPLETE
from alumnidesk.services.import_plan import Kind
from alumnidesk.services.ties import Said

ENGLISH = Language("en")
NEWS = Sending("news", EMAIL)


def everybody(desk: Desk) -> list[int]:
    return list(desk.find.contacts().ids)


def tied(desk: Desk) -> dict[str, Ties]:
    """The ties of everybody by UID, in an order of their own."""
    uids = {card.id or 0: card.uid for card in desk.contacts.cards(everybody(desk))}
    found = ties.read(desk._database, uids)
    return {uids[contact]: replace(of, relations=tuple(sorted(of.relations, key=str))) for contact, of in found.items()}


def _unfolded(file: Path) -> list[str]:
    return file.read_text("utf-8").replace("\n ", "").splitlines()


def person(desk: Desk, given: str, **more: object) -> int:
    home = (Address("Lindenweg", "14", postcode="22767", town="Hamburg"),)
    return desk.contacts.add(ContactCard(given_name=given, family_name="Müller", addresses=home, **more)).id or 0  # type: ignore[arg-type]


@pytest.fixture
def full(desk: Desk) -> Desk:
    """Three people and a firm with all that can tie them."""
    anna, bernd, clara = (person(desk, name) for name in ("Anna", "Bernd", "Clara"))
    firm = desk.contacts.add(ContactCard(kind="organisation", organisation="Werft; Söhne")).id or 0
    desk.households.make([anna, bernd], name="Familie Müller\nHinterhaus", own_salutation="Ihr Lieben,")
    desk.relationships.relate(bernd, anna, "spouse", began="2004-06-12")
    desk.relationships.relate(
        clara,
        firm,
        "contact_person",
        position='Leiterin "Einkauf"',
        department="Büro; 2",
        began="2020-01",
        ended="2024",
    )
    godmother = desk.relationships.add_kind("Patin", "Patenkind")
    desk.relationships.relate(clara, anna, godmother.key, remark="seit der Taufe,\nund länger")
    choir = desk.purposes.add("Chor", "Ich singe mit.")
    desk.consents.answer([anna, bernd], NEWS, YES, on=dt.date(2026, 5, 1), source="Bogen; Rückseite")
    desk.consents.answer([anna], NEWS, NO, on=dt.date(2026, 5, 1))
    desk.consents.answer([clara], Sending(choir.key, POST), YES, on=dt.date(2026, 6, 1))
    return desk


@pytest.fixture
def other(tmp_path: Path) -> Iterator[Desk]:
    """A second association's file, empty."""
    made = Desk.create(tmp_path / "other.alumnidesk")
    yield made
    made.close(backup=False)


@pytest.mark.parametrize("kind", sorted(COMPLETE))
def test_ties_come_back_from_a_complete_file_and_the_same_file_again_changes_nothing(
    full: Desk, other: Desk, tmp_path: Path, kind: str
) -> None:
    target = tmp_path / ("people.xlsx" if kind == "xlsx" else "people")
    full.exporting.write(target, kind, everybody(full))
    assert full.importing.preview(target).counts == {Kind.UNCHANGED: 4}, "we know all that"

    other.importing.carry_out(other.importing.preview(target))

    assert tied(other) == tied(full)
    (anna,) = other.find.contacts("anna").ids
    assert other.consents.barriers([anna], NEWS)[anna], "the later of two answers of one day counts there too"
    assert {ENGLISH(relation.role) for relation in other.relationships.of(anna)} == {"Spouse", "Patin"}
    again = other.importing.preview(target)
    assert again.counts == {Kind.UNCHANGED: 4}
    assert other.importing.carry_out(again).changeset is None
    other.history.undo()
    assert everybody(other) == []
    assert other._database.rows("SELECT * FROM household") == []


def test_what_a_file_adds_to_somebody_known_is_shown_before_and_taken_back_as_one_step(
    full: Desk, other: Desk, tmp_path: Path
) -> None:
    target = tmp_path / "people.vcf"
    full.exporting.write(target, "vcard4", everybody(full))
    plainly = tmp_path / "plain.vcf"
    ours = ("X-ALUMNIDESK-HOUSEHOLD", "X-ALUMNIDESK-RELATION", "X-ALUMNIDESK-CONSENT", "RELATED")
    plainly.write_text("\n".join(line for line in _unfolded(target) if not line.startswith(ours)), "utf-8")
    other.importing.carry_out(other.importing.preview(plainly))
    assert tied(other) == {}

    preview = other.importing.preview(target)
    assert preview.counts == {Kind.CHANGED: 4} or preview.counts == {Kind.CHANGED: 3, Kind.UNCHANGED: 1}
    told = [(ENGLISH(d.label), ENGLISH(d.new)) for row in preview.rows for d in row.differences]
    assert ("Household", "Familie Müller, Hinterhaus") in told
    assert ("Spouse", "Bernd Müller") in told
    assert ("Consent", "“News” by e-mail: yes") in told
    report = other.importing.carry_out(preview)
    assert report.created == 0
    assert report.changed == preview.counts[Kind.CHANGED]
    assert tied(other) == tied(full)
    other.history.undo()
    assert tied(other) == {}


def test_of_a_household_of_which_one_comes_there_is_none_and_relations_to_strangers_are_said(
    full: Desk, other: Desk, tmp_path: Path
) -> None:
    target = tmp_path / "anna.csv"
    (anna,) = full.find.contacts("anna").ids
    full.exporting.write(target, "csv", [anna])

    preview = other.importing.preview(target)
    remarks = [ENGLISH(remark.why) for row in preview.rows for remark in row.remarks]
    assert remarks == ["2 relationships are with people who are not here; they were left out."]
    other.importing.carry_out(preview)

    assert other._database.rows("SELECT * FROM household") == []
    (ours,) = tied(other).values()
    assert (ours.household, ours.relations, len(ours.consents)) == (None, (), 2)
    assert other.importing.preview(target).counts == {Kind.UNCHANGED: 1}


def test_a_file_for_others_says_nothing_about_ties(full: Desk, tmp_path: Path) -> None:
    full.exporting.write(tmp_path / "a.vcf", "vcard4", everybody(full), sending=Sending("invitations", POST))
    written = (tmp_path / "a.vcf").read_text("utf-8")
    assert "Anna" in written
    assert "CONSENT" not in written
    assert "RELAT" not in written


def test_other_programs_find_the_relationships_that_their_standard_knows(full: Desk, tmp_path: Path) -> None:
    full.exporting.write(tmp_path / "a.vcf", "vcard4", everybody(full))
    written = _unfolded(tmp_path / "a.vcf")
    uids = {card.given_name: card.uid for card in full.contacts.cards(everybody(full))}
    assert f"RELATED;TYPE=spouse;X-ALUMNIDESK-REPEATED=1:urn:uuid:{uids['Bernd']}" in written
    assert f"RELATED;TYPE=contact;X-ALUMNIDESK-REPEATED=1:urn:uuid:{uids['Clara']}" in written


def test_kinds_and_purposes_of_the_same_name_are_the_same(full: Desk, other: Desk, tmp_path: Path) -> None:
    other.purposes.add("chor")
    other.relationships.add_kind("Patin", "Patenkind")
    target = tmp_path / "people.csv"
    full.exporting.write(target, "csv", everybody(full))
    other.importing.carry_out(other.importing.preview(target))
    assert [purpose.key for purpose in other.purposes.all() if purpose.own] == [
        key for (key,) in other._database.rows("SELECT key FROM purpose WHERE name = 'chor'")
    ]
    assert len(other._database.rows("SELECT 1 FROM relationship_kind WHERE name <> ''")) == 1
    assert other.importing.preview(target).counts == {Kind.UNCHANGED: 4}


# Any ties ----------------------------------------------------------------------------------------------------------

_TEXT = st.text(st.characters(exclude_categories=("Cs", "Cc")) | st.sampled_from("\n;,\\\"'^=+"), max_size=12).map(
    plain
)
_DAY = st.dates(dt.date(1900, 1, 1), dt.date(2026, 1, 1)).map(dt.date.isoformat)
_CONSENT = st.builds(
    ConsentTie, st.sampled_from(["news", "photos"]) | st.just("own-purpose"), st.sampled_from(CHANNELS),
    st.sampled_from([YES, NO]), _DAY, _TEXT, _TEXT, st.just("") | _DAY.map(lambda day: f"{day}T10:00:00Z"),
    st.just("Chor"),
)  # fmt: skip
_KIND = st.sampled_from([*(kind.key for kind in KINDS), "own-kind"])


@st.composite
def _said(draw: st.DrawFn) -> list[Said]:
    """What a file could say about three contacts with the ids 1, 2, 3 and the UIDs u1, u2, u3."""
    household = draw(st.none() | st.builds(HouseholdTie, st.just("h1"), _TEXT, _TEXT))
    members = draw(st.sets(st.sampled_from([1, 2, 3]), min_size=2)) if household else set()
    found = []
    for contact in (1, 2, 3):
        others = [number for number in (1, 2, 3) if number != contact]
        relations = draw(
            st.lists(
                st.builds(
                    RelationTie, st.sampled_from([f"u{n}" for n in others]), _KIND, st.sampled_from(["", "back"]),
                    _TEXT, _TEXT, _DAY, st.just(""), _TEXT, st.just("Patin"), st.just("Patenkind"),
                ), max_size=3,
            )
        )  # fmt: skip
        consents = tuple(draw(st.lists(_CONSENT, max_size=4)))
        found.append(
            Said(contact, f"u{contact}", Ties(household if contact in members else None, tuple(relations), consents))
        )
    return found


@given(said=_said(), kind=st.sampled_from(["csv", "excel", "vcard3", "vcard4", "xlsx"]))
@settings(max_examples=8, deadline=None, suppress_health_check=list(HealthCheck))
def test_any_ties_survive_any_complete_file(said: list[Said], kind: str) -> None:
    with TemporaryDirectory() as folder:
        one, other = (Desk.create(Path(folder) / f"{name}.alumnidesk") for name in ("one", "other"))
        try:
            for contact in (1, 2, 3):
                assert one.contacts.add(ContactCard(uid=f"u{contact}", family_name=f"Name{contact}")).id == contact
            with one._database.writing(one.history.entries(limit=1)[0].label) as transaction:
                ties.write(transaction, said)
            assert not any(ties.news(one._database.rows, said)), "what is written is known"
            target = Path(folder) / ("people.xlsx" if kind == "xlsx" else "people")
            one.exporting.write(target, kind, everybody(one))
            other.importing.carry_out(other.importing.preview(target))
            assert tied(other) == tied(one)
            for desk in (one, other):
                assert desk.importing.preview(target).counts == {Kind.UNCHANGED: 3}
        finally:
            one.close(backup=False)
            other.close(backup=False)


@given(st.builds(RelationTie, _TEXT, _KIND, st.just(""), _TEXT))
def test_a_relationship_as_texts_is_the_same_or_none(tie: RelationTie) -> None:
    assert from_texts(RelationTie, texts_of(tie)) == (tie if tie.sound else None)


@pytest.mark.parametrize(
    "texts",
    [None, 3, "abc", [], ["u", "mentor"], ["", "mentor", *[""] * 8], ["u", "unknown", *[""] * 8],
     ["u", "mentor", "sideways", *[""] * 7], ["u", "mentor", "", "", "", "31.02.", *[""] * 4],
     ["u", "mentor", 3, *[""] * 7]],
)  # fmt: skip
def test_what_is_no_relationship_is_refused(texts: object) -> None:
    assert from_texts(RelationTie, texts) is None


def test_texts_of_ties_are_composed_as_files_are_read() -> None:
    compatible = "\uf9ed"  # a character that is written in another way when composed
    tie = from_texts(RelationTie, ["u", "mentor", "", f"{compatible} e\u0301\r\n", *[""] * 6])
    assert tie is not None
    assert tie.position == plain(tie.position) == "\u541d \u00e9"


def test_a_damaged_cell_of_ties_is_kept_with_a_remark(full: Desk, other: Desk, tmp_path: Path) -> None:
    target = tmp_path / "people.csv"
    (firm,) = full.find.contacts("werft").ids
    full.exporting.write(target, "csv", [firm])
    target.write_text(target.read_text("utf-8").replace("contact_person", "<b>nobody"), "utf-8")
    (row,) = other.importing.preview(target).rows
    assert [ENGLISH(remark.why) for remark in row.remarks] == [
        "This column is written by AlumniDesk only; its text was kept."
    ]
