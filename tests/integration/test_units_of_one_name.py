"""Units that have the same name below different ones: which one is meant, said, found and kept."""

from __future__ import annotations

import lzma
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlcipher3 import dbapi2 as driver
from tests.golden import make

from alumnidesk.desk import Desk
from alumnidesk.domain.bulk_edit import Edit, Way
from alumnidesk.domain.cards import Affiliation, ContactCard, Email, Phone
from alumnidesk.domain.lines import Arrangement
from alumnidesk.domain.units import STEP, meant, path_meant, short, tree
from alumnidesk.errors import InvalidInput, Refused
from alumnidesk.i18n import Language, say
from alumnidesk.services.sync_plan import CSV, PartnerCard
from alumnidesk.storage.connection import connect

IN_A, IN_B = "Uni › Faculty A › History", "Uni › Faculty B › History"


def paths(desk: Desk) -> list[str]:
    return [unit.said for unit in desk.units.all()]


def unit(desk: Desk, path: str) -> int:
    return next(unit.id for unit in desk.units.all() if unit.said == path)


def people(desk: Desk, query: str) -> list[str]:
    return sorted(card.family_name for card in desk.contacts.cards(list(desk.find.contacts(query).ids)))


def where(desk: Desk, name: str) -> list[str]:
    (card,) = desk.contacts.cards(list(desk.find.contacts(name).ids))
    return [one.unit for one in card.affiliations]


@pytest.fixture
def two(desk: Desk) -> Desk:
    """Two faculties, each with an institute “History” in which somebody is."""
    for name, path in (("Ahrens", IN_A), ("Berg", IN_B)):
        desk.contacts.add(ContactCard(family_name=name, affiliations=(Affiliation(path, "Member", cohort_to=1998),)))
    return desk


def test_typed_paths_make_the_units_of_which_they_consist(two: Desk) -> None:
    assert paths(two) == ["Uni", "Uni › Faculty A", IN_A, "Uni › Faculty B", IN_B]
    two.contacts.add(ContactCard(family_name="Zeh", affiliations=(Affiliation("faculty b › Law"),)))
    assert where(two, "Zeh") == ["Uni › Faculty B › Law"]
    two.history.undo()
    assert len(paths(two)) == 5
    two.history.redo()
    assert "Uni › Faculty B › Law" in paths(two)


def test_a_path_typed_with_the_keys_of_a_keyboard_makes_the_same_units_in_forms_changes_and_files(
    two: Desk, tmp_path: Path
) -> None:
    berg = two.contacts.add(ContactCard(family_name="Zeh", affiliations=(Affiliation("faculty b > Law"),)))
    assert where(two, "Zeh") == ["Uni › Faculty B › Law"]
    two.bulk.carry_out(two.bulk.plan([berg.id or 0], Edit("affiliations", Way.ADD, part=Affiliation("Law  >  Choir"))))
    assert where(two, "Zeh")[1:] == ["Uni › Faculty B › Law › Choir"]
    table = tmp_path / "list.csv"
    table.write_text("Last name;Unit\nArp;law > CHOIR\nBehn;Law > Band\nCohn;Law->Band\nDahl;Law / Order\n", "utf-8")
    two.importing.carry_out(two.importing.preview(table))
    assert [where(two, name) for name in ("Arp", "Behn", "Cohn", "Dahl")] == [
        ["Uni › Faculty B › Law › Choir"], ["Uni › Faculty B › Law › Band"], ["Law->Band"], ["Law / Order"],
    ]  # fmt: skip
    assert people(two, 'unit:"law > choir"') == ["Arp", "Zeh"]
    assert people(two, 'role:"@law > choir"') == people(two, 'unit:"law › choir"')


def test_a_name_that_several_have_is_asked_about_and_never_guessed(two: Desk) -> None:
    (berg,) = two.contacts.cards(list(two.find.contacts("berg").ids))
    for deed in (
        lambda: two.contacts.add(ContactCard(family_name="Zeh", affiliations=(Affiliation("history"),))),
        lambda: two.contacts.save(berg, replace(berg, affiliations=(Affiliation("History › Modern"),))),
        lambda: two.bulk.plan([berg.id or 0], Edit("affiliations", Way.ADD, part=Affiliation("HISTORY"))),
    ):
        with pytest.raises(InvalidInput, match=f"{IN_A}; {IN_B}.*Please write the whole path") as told:
            deed()
        assert told.value.field in ("affiliations", "value")
    saved = two.contacts.save(berg, replace(berg, affiliations=(Affiliation("Faculty A / history"),)))
    assert [one.unit for one in saved.affiliations] == [IN_A]
    # What is as it was is not asked about.
    assert two.contacts.save(saved, replace(saved, remark="x")).affiliations == saved.affiliations


def test_a_path_finds_those_of_one_unit_and_a_name_those_of_all_that_have_it(two: Desk) -> None:
    for query, found in (
        ("unit:history", ["Ahrens", "Berg"]),
        ('unit:"faculty a › history"', ["Ahrens"]),
        ('einheit:"Faculty B / History"', ["Berg"]),
        (f'unit:="{IN_B}"', ["Berg"]),
        ('unit:="History"', ["Ahrens", "Berg"]),
        ('role:"member@Faculty A › History"', ["Ahrens"]),
        ('-unit:"faculty a › history"', ["Berg"]),
        ("unit:uni", ["Ahrens", "Berg"]),
        ('unit:"faculty a"', ["Ahrens"]),
        ("unit:any", ["Ahrens", "Berg"]),
        ("history", ["Ahrens", "Berg"]),
    ):
        assert people(two, query) == found, query
    assert two.find.values("unit") == ["Faculty A", "Faculty B", "Uni", IN_A, IN_B]


def test_lists_groups_and_the_history_say_which_of_them_it_is(two: Desk) -> None:
    by_unit = two.find.contacts("", Arrangement(group="unit"))
    assert by_unit.ids.groups == ((IN_A, 1), (IN_B, 1))
    english = Language("en")
    two.units.put(unit(two, IN_A), None)
    entry = two.history.entries()[0]
    assert english(entry.label) == f"Unit “{IN_A}” put to the top"
    (berg,) = two.contacts.cards(list(two.find.contacts("berg").ids))
    two.contacts.save(berg, replace(berg, affiliations=(replace(berg.affiliations[0], unit="History"),)))
    (line,) = two.history.details(two.history.entries()[0].id).lines
    assert (english(line.before), english(line.after)) == (IN_B, "History")
    (newest, *_) = two.contacts.timeline(berg.id or 0)
    assert "before: Member, Uni › Faculty B › History" in english(newest.detail)
    two.history.undo()
    two.units.merge([unit(two, "History")], unit(two, IN_B))
    told = two.history.details(two.history.entries()[0].id).lines
    assert ("History", IN_B) in [(english(line.before), english(line.after)) for line in told]


def test_who_was_in_the_same_unit_and_year_is_asked_and_not_who_was_in_another_of_its_name(two: Desk) -> None:
    for name, path in (("Cohn", IN_A), ("Dahl", IN_B)):
        role = Affiliation(path, cohort_to=1998)
        two.contacts.add(ContactCard(family_name=name, emails=(Email("x@a.example"),), affiliations=(role,)))
    (ahrens,) = two.find.contacts("ahrens").ids
    asked = two.contacts.whom_to_ask(ahrens)
    assert [(one.name, str(one.why)) for one in asked] == [("Cohn", f"{IN_A}, cohort of 1998")]


# Files -------------------------------------------------------------------------------------------------------------


def imported(desk: Desk, path: Path) -> list[str]:
    """Import a file; returns what one should look at, in words."""
    preview = desk.importing.preview(path)
    report = desk.importing.carry_out(preview)
    return [*map(str, preview.notes), *(f"{one.line}: {one.why} [{one.text}]" for one in report.remarks)]


@pytest.mark.parametrize("kind", ["csv", "xlsx", "excel", "vcard3", "vcard4"])
def test_a_file_of_ours_keeps_which_unit_it_is_there_and_back(two: Desk, tmp_path: Path, kind: str) -> None:
    two.contacts.add(ContactCard(family_name="Cohn", affiliations=(Affiliation("Uni"), Affiliation("Faculty A"))))
    target = tmp_path / f"file.{ {'xlsx': 'xlsx', 'vcard3': 'vcf', 'vcard4': 'vcf'}.get(kind, 'csv') }"
    two.exporting.write(target, kind, list(two.find.contacts().ids))
    before = two.contacts.cards(list(two.find.contacts().ids))
    assert imported(two, target) == []
    assert two.contacts.cards(list(two.find.contacts().ids)) == before
    other = Desk.create(tmp_path / "other.alumnidesk")
    try:
        imported(other, target)
        assert paths(other) == paths(two)
        for name in ("Ahrens", "Berg", "Cohn"):
            assert where(other, name) == where(two, name)
    finally:
        other.close(backup=False)


def test_a_file_with_a_name_that_several_have_loses_nothing_and_says_what_to_write(two: Desk, tmp_path: Path) -> None:
    table = tmp_path / "list.csv"
    table.write_text("Last name;Unit;Role\nZeh;history;Guest\nOtto;History;\nKern;Faculty A / History;\n", "utf-8")
    units = paths(two)
    remarks = imported(two, table)
    for line, text in ((2, "history"), (3, "History")):
        (told,) = [one for one in remarks if one.startswith(f"{line}:")]
        assert f"{IN_A}; {IN_B}" in told
        assert "write the whole path" in told
        assert f"[{text}]" in told
    assert paths(two) == units
    zeh, otto = (two.contacts.cards(list(two.find.contacts(name).ids))[0] for name in ("zeh", "otto"))
    assert [(one.unit, one.role) for one in zeh.affiliations] == [("", "Guest")]
    assert where(two, "Kern") == [IN_A]
    assert (otto.affiliations, [kept.raw for kept in otto.foreign]) == ((), ["History"])
    imported(two, table)  # the second time nothing is new
    assert two.contacts.cards([zeh.id or 0, otto.id or 0]) == [zeh, otto]


def test_a_name_at_the_top_is_a_whole_path_and_the_import_says_so(two: Desk, tmp_path: Path) -> None:
    two.units.add("History")
    table = tmp_path / "list.csv"
    table.write_text("Last name;Unit\nZeh;HISTORY\n", "utf-8")
    (note,) = imported(two, table)
    assert "at the top" in note
    assert where(two, "Zeh") == ["History"]
    assert people(two, 'unit:="History"') == ["Ahrens", "Berg", "Zeh"]


def test_a_file_may_bring_units_of_one_name_in_any_order(desk: Desk, tmp_path: Path) -> None:
    table = tmp_path / "list.csv"
    table.write_text("Last name;Unit\nOne;Mitte\nTwo;Nord › Mitte\nThree;Süd›Mitte\nFour;Süd\n", "utf-8")
    for _ in range(2):
        imported(desk, table)
        assert paths(desk) == ["Mitte", "Nord", "Nord › Mitte", "Süd", "Süd › Mitte"]
        assert [where(desk, name) for name in ("One", "Two", "Three", "Four")] == [
            ["Mitte"], ["Nord › Mitte"], ["Süd › Mitte"], ["Süd"],
        ]  # fmt: skip


# A table in step ------------------------------------------------------------------------------------------------------


def synced(desk: Desk, partner: int) -> list[str]:
    """Sync; returns what could not be done, in words."""
    report = desk.syncing.carry_out(desk.syncing.preview(partner), allow_many=True)
    return [str(problem.why) for problem in report.problems]


def test_a_synced_table_follows_a_unit_to_its_new_path(two: Desk, tmp_path: Path) -> None:
    table = tmp_path / "list.csv"
    table.write_text("Last name;Unit;Phone\n", "utf-8")
    partner = two.syncing.add(PartnerCard(name="List", kind=CSV, place=str(table))).id or 0
    assert synced(two, partner) == []
    assert {IN_A, IN_B} <= set(table.read_text("utf-8").replace("\n", ";").split(";"))
    two.units.change(unit(two, "Uni › Faculty A"), name="Humanities")
    two.units.put(unit(two, IN_B), None)
    before = [where(two, name) for name in ("Ahrens", "Berg")]
    assert synced(two, partner) == []
    told = table.read_text("utf-8").replace("\n", ";").split(";")
    assert {"Uni › Humanities › History", "History"} <= set(told)
    assert [where(two, name) for name in ("Ahrens", "Berg")] == before
    assert synced(two, partner) == []


def test_a_synced_table_in_which_somebody_writes_a_name_that_several_have_changes_nothing(
    two: Desk, tmp_path: Path
) -> None:
    table = tmp_path / "list.csv"
    table.write_text("Last name;Unit;Phone\n", "utf-8")
    partner = two.syncing.add(PartnerCard(name="List", kind=CSV, place=str(table))).id or 0
    synced(two, partner)
    before, text = paths(two), table.read_text("utf-8")
    wrong = text.replace(IN_A, "History") + "Zeh;History;0160 7\n"
    table.write_text(wrong, "utf-8")
    problems = synced(two, partner)
    assert len(problems) == 2
    assert all(f"{IN_A}; {IN_B}" in problem for problem in problems)
    assert paths(two) == before
    assert where(two, "Ahrens") == [IN_A]
    assert people(two, "zeh") == []
    table.write_text(wrong.replace(";History;", ";Faculty B / History;"), "utf-8")
    assert synced(two, partner) == []
    assert where(two, "Ahrens") == where(two, "Zeh") == [IN_B]
    assert paths(two) == before


def test_a_synced_table_keeps_the_names_that_somebody_gave_the_units(desk: Desk, tmp_path: Path) -> None:
    desk.units.add("North", under=desk.units.add("Law").id)
    table = tmp_path / "list.csv"
    table.write_text("Last name;Unit;Phone\nAhrens;NORTH;0371 5\nBerg;Law / North;0371 6\nCohn;North;\n", "utf-8")
    partner = desk.syncing.add(PartnerCard(name="List", kind=CSV, place=str(table))).id or 0
    assert synced(desk, partner) == []
    for name in ("Ahrens", "Berg", "Cohn"):
        (card,) = desk.contacts.cards(list(desk.find.contacts(name).ids))
        assert [one.unit for one in card.affiliations] == ["Law › North"]
        desk.contacts.save(card, replace(card, phones=(Phone("0371 7"),)))
    assert synced(desk, partner) == []
    told = [line.split(";")[:3] for line in table.read_text("utf-8").splitlines()[1:]]
    assert told == [["Ahrens", "NORTH", "0371 7"], ["Berg", "Law / North", "0371 7"], ["Cohn", "North", "0371 7"]]
    table.write_text(table.read_text("utf-8").replace("Cohn;North", "Cohn;Law"), "utf-8")
    assert synced(desk, partner) == []
    assert where(desk, "Cohn") == ["Law"]


# Older files --------------------------------------------------------------------------------------------------------


def test_units_of_an_older_file_keep_their_places_and_ids_and_what_was_done_can_be_taken_back(tmp_path: Path) -> None:
    path = tmp_path / "old.alumnidesk"
    path.write_bytes(lzma.decompress((make.HERE / "0006.alumnidesk.xz").read_bytes()))
    with closing(connect(path)) as connection:
        connection.executemany(
            "INSERT INTO unit (id, parent_id, name, kind) VALUES (?, ?, ?, ?)",
            [(3, None, "Uni", "centre"), (4, 3, "Law", "faculty"), (5, 4, "North", ""), (9, None, "Gone", "")],
        )
        connection.execute("DELETE FROM unit WHERE id = 9")
        connection.execute("UPDATE affiliation SET unit_id = 5")
    desk = Desk.open(path)
    try:
        assert [(one.id, one.said, one.kind) for one in desk.units.all()] == [
            (3, "Uni", "centre"), (4, "Uni › Law", "faculty"), (5, "Uni › Law › North", ""),
        ]  # fmt: skip
        assert desk.check() == []
        new = desk.units.add("North", under=3)
        assert new.id == 10  # the id of one that is gone is never given to another
        with pytest.raises(driver.IntegrityError), desk._database.writing(say("x")) as transaction:
            transaction.execute("INSERT INTO unit (name) VALUES ('Uni')")
        with pytest.raises(driver.IntegrityError), desk._database.writing(say("x")) as transaction:
            transaction.execute("INSERT INTO unit (name, parent_id) VALUES ('North', 3)")
        desk.history.undo()
        assert [one.said for one in desk.units.all()][-1] == "Uni › Law › North"
    finally:
        desk.close(backup=False)


# The tree -----------------------------------------------------------------------------------------------------------


def test_a_unit_does_not_come_beside_another_of_its_name(two: Desk) -> None:
    before = paths(two)
    for deed in (
        lambda: two.units.put(unit(two, IN_A), unit(two, "Uni › Faculty B")),
        lambda: two.units.merge([unit(two, "Uni › Faculty A")], unit(two, "Uni › Faculty B")),
    ):
        with pytest.raises(Refused, match=r"two units “History” below “Uni › Faculty B”.*another name"):
            deed()
    two.units.add("History", under=unit(two, "Uni"))
    with pytest.raises(Refused, match="two units “History” below “Uni”"):
        two.units.remove(unit(two, "Uni › Faculty A"))
    two.units.add("History")
    with pytest.raises(Refused, match="at the top"):
        two.units.put(unit(two, IN_A), None)
    with pytest.raises(InvalidInput, match="already"):
        two.units.change(unit(two, "Uni › Faculty A"), name="FACULTY B")
    for _ in range(2):
        two.history.undo()
    assert paths(two) == before


def test_a_unit_takes_the_place_of_one_of_its_name_and_it_can_be_taken_back(desk: Desk) -> None:
    desk.contacts.add(ContactCard(family_name="Öz", affiliations=(Affiliation("Choir › Choir › Choir"),)))
    before = desk.units.lines()
    desk.units.merge([unit(desk, "Choir"), unit(desk, "Choir › Choir")], unit(desk, "Choir › Choir › Choir"))
    assert paths(desk) == where(desk, "Öz") == ["Choir"]
    desk.history.undo()
    assert desk.units.lines() == before
    desk.units.remove(unit(desk, "Choir"))
    assert paths(desk) == ["Choir", "Choir › Choir"]
    desk.history.undo()
    assert desk.units.lines() == before
    desk.history.redo()
    assert where(desk, "Öz") == ["Choir › Choir"]
    assert desk.check() == []


def test_an_undo_that_would_bring_two_of_one_name_together_is_refused_in_words(two: Desk) -> None:
    two.units.change(unit(two, IN_A), name="Ancient History")
    renamed = two.history.entries()[0]
    two.units.add("History", under=unit(two, "Uni › Faculty A"))
    with pytest.raises(Refused, match="cannot be taken back"):
        two.history.undo(renamed.id)
    assert "Uni › Faculty A › Ancient History" in paths(two)


def test_saved_searches_follow_a_path_and_go_on_finding_whom_they_found(two: Desk) -> None:
    for name, query in (("A", f'unit:="{IN_A}"'), ("All", "unit:history"), ("Faculty", 'unit:"faculty a"'),
                        ("Role", 'role:"member@Faculty A / History"')):  # fmt: skip
        two.segments.save(name, query)

    def found() -> list[list[str]]:
        return [people(two, f"segment:{name}") for name in ("A", "All", "Faculty", "Role")]

    before = found()
    assert before == [["Ahrens"], ["Ahrens", "Berg"], ["Ahrens"], ["Ahrens"]]
    two.units.change(unit(two, IN_A), name="Ancient History")
    assert found() == before
    two.units.change(unit(two, "Uni › Faculty A"), name="Humanities")
    assert found() == before
    two.units.put(unit(two, "Uni › Humanities › Ancient History"), None)
    assert [people(two, f"segment:{name}") for name in ("A", "All", "Role")] == [*before[:2], before[3]]
    assert people(two, "segment:faculty") == []
    for _ in range(3):
        two.history.undo()
    assert found() == before
    two.units.merge([unit(two, IN_A)], unit(two, IN_B))
    assert people(two, "segment:a") == ["Ahrens", "Berg"]


# The rule itself ----------------------------------------------------------------------------------------------------

NAMES = st.sampled_from(["A", "B", "a", "A / B", "Ä", "A > B"])  # the last from files of the first versions


@settings(max_examples=60, deadline=None)
@given(st.lists(st.tuples(NAMES, st.integers(-1, 6)), min_size=1, max_size=8))
def test_the_whole_path_of_every_unit_means_that_unit_and_no_other(rows: list[tuple[str, int]]) -> None:
    made: dict[tuple[int | None, str], int] = {}
    for name, above in rows:
        numbers = list(made.values())
        made.setdefault((numbers[above % len(numbers)] if numbers and above >= 0 else None, name), len(made) + 1)
    units = tree((number, name, "", under) for (under, name), number in made.items())
    assert len({one.said for one in units}) == len(units) == len({one.called for one in units})
    for one in units:
        assert meant(units, one.said) == [one]
        assert path_meant(units, short(one.said, [other.said for other in units])) == one.said
        assert path_meant(units, f"{one.said}{STEP}New") == f"{one.said}{STEP}New"
