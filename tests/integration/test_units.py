"""Units and their tree, through the desk."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from alumnidesk.desk import Desk
from alumnidesk.domain.cards import Affiliation, ContactCard
from alumnidesk.domain.query import EVERYBODY
from alumnidesk.domain.query_in_words import explain
from alumnidesk.domain.units import meant
from alumnidesk.errors import Cancelled, InvalidInput, Refused
from alumnidesk.i18n import Language
from alumnidesk.progress import Progress


def unit(desk: Desk, name: str) -> int:
    return next(unit.id for unit in desk.units.all() if unit.name == name)


def paths(desk: Desk) -> list[str]:
    return [unit.said for unit in desk.units.all()]


def people(desk: Desk, query: str) -> list[str]:
    return [card.family_name for card in desk.contacts.cards(list(desk.find.contacts(query).ids))]


@pytest.fixture
def university(desk: Desk) -> Desk:
    """University › Law › North (Anna), University › Medicine (Öz), and a choir of its own (both)."""
    top = desk.units.add("University")
    law = desk.units.add("Law", "faculty", top.id)
    desk.units.add("Medicine", "faculty", top.id)
    desk.units.add("North", "regional", law.id)
    desk.units.add("Choir")
    desk.contacts.add(
        ContactCard(
            family_name="Müller", affiliations=(Affiliation("North", "Member", cohort_to=1998), Affiliation("Choir"))
        )
    )
    desk.contacts.add(ContactCard(family_name="Öz", affiliations=(Affiliation("Medicine"), Affiliation("Choir"))))
    return desk


def test_units_stand_as_a_tree_with_the_numbers_of_their_people(university: Desk) -> None:
    assert paths(university) == [
        "Choir",
        "University",
        "University › Law",
        "University › Law › North",
        "University › Medicine",
    ]
    assert [(line.contacts, line.altogether) for line in university.units.lines()] == [
        (2, 2), (0, 2), (0, 1), (1, 1), (1, 1),
    ]  # fmt: skip


def test_a_renamed_unit_is_found_under_its_new_name_by_saved_searches_too(university: Desk) -> None:
    saved = university.segments.save("Lawyers", "unit:law")
    university.units.change(unit(university, "Law"), name="Jura")
    assert people(university, "unit:jura") == people(university, "segment:lawyers") == ["Müller"]
    assert people(university, "unit:law") == []
    university.units.change(unit(university, "North"), name="Nord")
    assert people(university, "nord") == ["Müller"]
    for _ in range(2):
        university.history.undo()
    assert university.segments.all() == [saved]
    assert people(university, "unit:law") == ["Müller"]


def test_plain_words_find_the_people_of_all_units_below_whatever_becomes_of_these(university: Desk) -> None:
    def found() -> list[list[str]]:
        assert university.check() == []
        return [people(university, word) for word in ("university", "law", "jura", "north", "choir north")]

    both, first = ["Müller", "Öz"], ["Müller"]
    before = found()
    assert before == [both, first, [], first, first]
    university.units.change(unit(university, "Law"), name="Jura")
    assert found() == [both, [], first, first, first]
    university.units.put(unit(university, "Jura"), None)
    assert found() == [["Öz"], [], first, first, first]
    university.units.merge([unit(university, "Jura")], unit(university, "Medicine"))
    assert found() == [both, [], [], first, first]
    university.units.remove(unit(university, "University"))
    assert found() == [[], [], [], first, first]
    for _ in range(4):
        university.history.undo()
    assert found() == before


def test_a_deed_that_gives_many_another_path_can_be_stopped(university: Desk) -> None:
    before = university.units.lines()
    law, top = unit(university, "Law"), unit(university, "University")
    deeds: list[Callable[[Progress], object]] = [
        lambda stopped: university.units.change(top, name="Uni", progress=stopped),
        lambda stopped: university.units.put(law, None, progress=stopped),
        lambda stopped: university.units.merge([law], top, progress=stopped),
        lambda stopped: university.units.remove(top, progress=stopped),
    ]
    for deed in deeds:
        stopped = Progress()
        stopped.cancel()
        with pytest.raises(Cancelled):
            deed(stopped)
        assert university.units.lines() == before
    assert university.check() == []


def test_taking_back_and_doing_again_what_gave_many_another_path_can_be_stopped(university: Desk) -> None:
    history, top = university.history, unit(university, "University")
    university.units.change(top, name="Uni")
    (renamed,) = history.entries(limit=1)

    def stopped(turn: Callable[[Progress], object]) -> str:
        progress = Progress()
        progress.cancel()
        with pytest.raises(Cancelled):
            turn(progress)
        return university.units.unit(top).name

    assert stopped(lambda progress: history.undo(progress=progress)) == "Uni"
    assert stopped(lambda progress: history.undo_with_later(renamed.id, progress=progress)) == "Uni"
    seen = Progress()
    history.undo(progress=seen)
    assert (seen.total, seen.done, seen.can_cancel) == (2, 2, False)
    assert stopped(lambda progress: history.redo(progress=progress)) == "University"
    assert university.check() == []


def test_a_unit_is_asked_for_by_any_word_of_its_path_and_saved_searches_follow(university: Desk) -> None:
    north = unit(university, "North")
    university.units.change(unit(university, "Law"), name="Faculty of Law")
    university.units.change(north, name="Alumni (North)")
    queries = (
        "unit:law",
        "unit:fac",
        "unit:north",
        'unit:"law › alumni"',
        'unit:"of law / alumni (n"',
        "role:member@law",
    )
    for query in queries:
        assert people(university, query) == ["Müller"], query
    for query in ("unit:aw", "unit:orth", 'unit:"law › north"', 'unit:="Law"', "role:member@aw"):
        assert people(university, query) == [], query
    university.segments.save("Lawyers", "unit:law")
    university.segments.save("Members", "role:member@law")
    university.units.change(unit(university, "Faculty of Law"), name="Jura")
    for segment in ("lawyers", "members"):
        assert people(university, f"segment:{segment}") == ["Müller"]
        assert university.find.contacts(f"segment:{segment}").missing == ()
    assert [segment.query for segment in university.segments.all()] == ["unit:Jura", "role:member@Jura"]
    university.units.change(unit(university, "Jura"), name="Institut für Jura")
    assert university.segments.all()[0].query == 'unit:"Institut für Jura"'
    assert people(university, "unit:law") == []
    assert len(university.find.contacts("unit:law").missing) == 1


def test_somebody_found_by_a_unit_above_shows_the_path_to_it(university: Desk) -> None:
    mueller, oez = university.find.contacts().ids
    places = university.find.places({mueller: ["law", "1998"], oez: ["university"]})
    assert [(place.field, place.text) for place in places[mueller]] == [
        ("unit", "Law › North, 1998"),
    ]
    assert [place.text for place in places[oez]] == ["University › Medicine"]


def test_the_kind_of_a_unit_is_no_word_of_its_people(university: Desk) -> None:
    university.units.change(unit(university, "Law"), kind="Abteilung")
    assert people(university, "abteilung") == []
    assert university.check() == []


def test_equal_names_below_one_unit_are_refused_with_the_place_of_the_other(university: Desk) -> None:
    with pytest.raises(InvalidInput, match="University › Law › North"):
        university.units.add(" north ", under=unit(university, "Law"))
    with pytest.raises(InvalidInput, match="already"):
        university.units.add("CHOIR")
    with pytest.raises(InvalidInput, match="names of a path"):
        university.units.add("Law › South")
    with pytest.raises(InvalidInput, match="“>” stands between the names of a path"):
        university.units.add("Law > South")
    with pytest.raises(InvalidInput, match="already"):
        university.units.change(unit(university, "Law"), name="MEDICINE")
    with pytest.raises(InvalidInput, match="needs a name"):
        university.units.add("  ")
    assert university.units.change(unit(university, "Law"), name="LAW").name == "LAW"


def test_a_unit_moves_with_all_below_it_but_never_below_itself(university: Desk) -> None:
    university.units.put(unit(university, "Law"), None)
    assert "Law › North" in paths(university)
    assert people(university, "unit:university") == ["Öz"]
    for below in ("North", "Law"):
        with pytest.raises(Refused, match="itself"):
            university.units.put(unit(university, "Law"), unit(university, below))
    university.history.undo()
    assert people(university, "unit:university") == ["Müller", "Öz"]


def test_merged_units_have_the_people_and_the_units_below_of_both(university: Desk) -> None:
    university.segments.save("All", "unit:medicine")
    before = university.units.lines()
    cards = university.contacts.cards(list(university.find.contacts().ids))
    university.units.merge([unit(university, "Medicine"), unit(university, "Law")], unit(university, "Choir"))
    assert paths(university) == ["Choir", "Choir › North", "University"]
    assert [line.altogether for line in university.units.lines()] == [2, 1, 0]
    assert people(university, "segment:all") == ["Müller", "Öz"]
    # Who was at both, and in the same way, is there once.
    assert len(university.contacts.card(cards[1].id or 0).affiliations) == 1
    university.history.undo()
    assert university.units.lines() == before
    assert university.contacts.cards([card.id or 0 for card in cards]) == cards
    assert university.check() == []


def test_a_unit_into_which_those_above_it_merge_takes_their_place(university: Desk) -> None:
    university.units.merge([unit(university, "University")], unit(university, "North"))
    assert paths(university) == ["Choir", "North", "North › Law", "North › Medicine"]
    university.history.undo()
    assert "University › Law › North" in paths(university)


def test_a_unit_that_has_people_goes_only_when_it_is_said_where_they_go(university: Desk) -> None:
    with pytest.raises(Refused, match="1 contact belongs"):
        university.units.remove(unit(university, "North"))
    assert university.units.remove(unit(university, "North"), unit(university, "Medicine")) == 1
    assert people(university, "unit:medicine") == ["Müller", "Öz"]
    assert university.units.remove(unit(university, "University")) == 0
    assert paths(university) == ["Choir", "Law", "Medicine"]
    for _ in range(2):
        university.history.undo()
    assert "University › Law › North" in paths(university)


def test_the_history_tells_of_units_in_words(university: Desk) -> None:
    university.units.put(unit(university, "Choir"), unit(university, "Law"))
    university.units.change(unit(university, "Choir"), kind="regional")
    university.units.merge([unit(university, "Choir")], unit(university, "Law"))
    english = Language("en")
    merged, changed, put = university.history.entries(limit=3)
    assert english(put.label) == "Unit “Choir” put under “Law”"
    (line,) = university.history.details(put.id).lines
    assert (line.subject, english(line.field), english(line.after)) == ("Choir", "Part of", "Law")
    (line,) = university.history.details(changed.id).lines
    assert english(line.after) == "Regional club"
    told = university.history.details(merged.id).lines
    assert ("Choir", "Law") in [(english(line.before), english(line.after)) for line in told]
    assert [english(line.field) for line in told if line.subject == "Choir"] == ["Deleted"]


def test_a_move_is_not_taken_back_into_a_ring(desk: Desk) -> None:
    one = desk.units.add("One")
    other = desk.units.add("Other", under=one.id)
    desk.units.put(other.id, None)
    moved = desk.history.entries()[0]
    desk.units.put(one.id, other.id)
    with pytest.raises(Refused, match="below itself"):
        desk.history.undo(moved.id)
    assert paths(desk) == ["Other", "Other › One"]


def test_who_is_below_a_unit_is_found_with_it_in_every_language_and_it_is_said(university: Desk) -> None:
    for query in (
        "unit:univ",
        "bereich:university",
        "enhet:university",
        'einheit:"University"',
        "is:member@university",
    ):
        hits = university.find.contacts(query)
        assert "Müller" in people(university, query), query
        assert "below" in str(explain(hits.query or EVERYBODY, "en")), query
    assert people(university, "-unit:law") == ["Öz"]


def test_a_usual_role_is_found_by_its_words_in_every_language(university: Desk) -> None:
    for name, role in (
        ("Ahrens", "Mitglied"),
        ("Wieck", "Medlem"),
        ("Zacharias", "Mitarbeit"),
        ("Novák", "Ehrenmitglied"),
    ):
        university.contacts.add(ContactCard(family_name=name, affiliations=(Affiliation("North", role),)))
    for query in ("role:member", "ist:mitglied", 'är:="medlem"', "rolle:member@law"):
        assert people(university, query) == ["Ahrens", "Müller", "Wieck"], query
    assert people(university, "role:staff") == people(university, "roll:personal") == ["Zacharias"]
    assert people(university, "role:ehren") == ["Novák"]
    assert people(university, "-role:member role:any") == ["Novák", "Zacharias"]
    assert people(university, "role:m") == ["Ahrens", "Müller", "Wieck", "Zacharias"]


def test_a_path_or_another_case_means_the_unit_that_there_is(university: Desk) -> None:
    card = university.contacts.add(
        ContactCard(
            family_name="Ahrens", affiliations=(Affiliation("Law / North"), Affiliation("law"), Affiliation("A / B"))
        )
    )
    assert [one.unit for one in card.affiliations] == ["University › Law › North", "University › Law", "A / B"]
    card = university.contacts.save(card, replace(card, affiliations=(Affiliation("University › Medicine"),)))
    assert [one.unit for one in card.affiliations] == ["University › Medicine"]
    assert university.contacts.units()[-2:] == ["University › Law › North", "University › Medicine"]


def test_units_travel_by_their_paths_and_a_file_may_name_them_by_their_names(university: Desk, tmp_path: Path) -> None:
    table = tmp_path / "list.csv"
    table.write_text("Last name;Unit\nAhrens;Law / North\nWieck;NORTH\n", encoding="utf-8")
    before = len(university.units.all())
    for _ in range(2):  # the second time nothing is new
        university.importing.carry_out(university.importing.preview(table))
    assert len(university.units.all()) == before
    assert people(university, "unit:law") == ["Ahrens", "Müller", "Wieck"]
    (ahrens,) = university.contacts.cards(list(university.find.contacts("ahrens").ids))
    assert [one.unit for one in ahrens.affiliations] == ["University › Law › North"]
    for kind in ("vcard4", "csv"):
        target = tmp_path / kind
        university.exporting.write(target, kind, [ahrens.id or 0])
        assert "University › Law › North" in target.read_text("utf-8-sig")


def test_a_unit_is_meant_by_its_name_or_the_end_of_its_path(university: Desk) -> None:
    units = university.units.all()
    for typed in ("north", "Law / North", "University › Law › North", "law›NORTH"):
        assert meant(units, typed) == [university.units.unit(unit(university, "North"))]
    for typed in ("", "›", "Nort", "Medicine / North", "Other / University / Law / North"):
        assert meant(units, typed) == []


@settings(max_examples=10, deadline=None)
@given(
    st.lists(st.tuples(st.sampled_from(["put", "merge", "remove"]), st.integers(0, 7), st.integers(-1, 7)), max_size=12)
)
def test_no_sequence_of_moves_makes_a_ring_and_all_of_them_can_be_taken_back(moves: list[tuple[str, int, int]]) -> None:
    with TemporaryDirectory() as folder:
        desk = Desk.create(Path(folder) / "a.alumnidesk")
        ids = [desk.units.add(name).id for name in "ABCDEFGH"]
        for number, below in ((1, 0), (2, 1), (3, 1), (5, 4)):
            desk.units.put(ids[number], ids[below])
        desk.contacts.add(ContactCard(family_name="Öz", affiliations=(Affiliation("C"), Affiliation("F"))))
        before, done = desk.units.lines(), 0
        for what, number, other in moves:
            entries = len(desk.history.entries())
            present = {line.unit.id for line in desk.units.lines()}
            target = ids[other] if other >= 0 else None
            if ids[number] not in present or (target is not None and target not in present):
                continue
            try:
                if what == "put":
                    desk.units.put(ids[number], target)
                elif what == "merge" and target is not None:
                    desk.units.merge([ids[number]], target)
                elif what == "remove":
                    desk.units.remove(ids[number], target)
            except Refused:
                assert len(desk.history.entries()) == entries
            done += len(desk.history.entries()) - entries
            everyone = desk._database.rows("SELECT count(*) FROM unit")[0][0]
            assert len(desk.units.all()) == everyone  # what hangs in a ring is not reached from the top
        for _ in range(done):
            desk.history.undo()
        assert desk.units.lines() == before
        desk.close(backup=False)
