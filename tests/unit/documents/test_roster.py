"""The sign-in sheet of an event, read back from the PDF."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from tests.printed_pages import pages_of

from alumnidesk.documents.roster import FREE_ROWS, print_roster
from alumnidesk.domain.association import Association
from alumnidesk.domain.cards import EventCard, Participation
from alumnidesk.errors import Cancelled
from alumnidesk.progress import Progress

EVENT = EventCard(
    title="Advent & <b>mehr</b>",
    starts_on="2026-12-05",
    starts_at="15:00",
    ends_at="19:00",
    place="Großer Saal",
    capacity=60,
)
LINDENHOF = Association(name="Freundeskreis Lindenhof e. V.")


def _person(number: int, name: str, state: str = "coming", companions: int = 0, town: str = "Kiel") -> Participation:
    return Participation(number, 1, number, name, state, companions, "2026-11-01", "", town)


def test_the_sheet_names_event_and_people_with_town_answer_and_companions(tmp_path: Path) -> None:
    people = [
        _person(1, "Jürgen Öztürk", companions=2),
        _person(2, "Łucja Żak", "invited", town="Łódź"),
        _person(3, "Lena Brandt", "declined"),
        _person(4, "Ute Nissen", "waitlist"),
    ]
    out = tmp_path / "roster.pdf"
    assert print_roster(EVENT, people, LINDENHOF, out, language="de") == 1
    (text,) = pages_of(out)
    for said in (
        "Advent & <b>mehr</b>",
        "Samstag, 5. Dezember 2026, 15 – 19 Uhr, Großer Saal",
        "Jürgen Öztürk",
        "Łucja Żak",
        "Łódź",
        "Ute Nissen",
        "Freundeskreis Lindenhof e. V.",
    ):
        assert said in text
    assert "Lena Brandt" not in text  # who is not coming signs nothing


def test_markup_and_controls_in_names_are_printed_as_typed_or_not_at_all(tmp_path: Path) -> None:
    out = tmp_path / "roster.pdf"
    print_roster(EVENT, [_person(1, "<b>Otto</b> & Söhne\x00\u202e")], LINDENHOF, out, language="en")
    assert "<b>Otto</b> & Söhne" in pages_of(out)[0]


def test_a_name_that_the_font_cannot_print_is_asked_for_by_hand(tmp_path: Path) -> None:
    out = tmp_path / "roster.pdf"
    print_roster(EVENT, [_person(1, "فاطمة حداد"), _person(2, "Олег")], LINDENHOF, out, language="de")
    assert "bitte von Hand eintragen" in pages_of(out)[0]
    assert "Олег" in pages_of(out)[0]


def test_a_long_list_goes_on_with_heads_and_numbers_on_every_page(tmp_path: Path) -> None:
    people = [_person(n, f"Person {n:03}") for n in range(1, 91)]
    out = tmp_path / "roster.pdf"
    pages = print_roster(EVENT, people, LINDENHOF, out, language="en")
    texts = pages_of(out)
    assert len(texts) == pages > 2
    for number, text in enumerate(texts, 1):
        assert f"Page {number} of {pages}" in text
        assert "Signature" in text
        assert "Advent & <b>mehr</b>" in text
    found = [n for n in range(1, 91) if sum(f"Person {n:03}" in text for text in texts) == 1]
    assert found == list(range(1, 91))


@pytest.mark.parametrize("n", range(51, 58))
def test_free_lines_never_stand_on_a_page_of_their_own(tmp_path: Path, n: int) -> None:
    out = tmp_path / "roster.pdf"
    print_roster(
        EVENT, [_person(number, f"Person {number:03}") for number in range(1, n + 1)], LINDENHOF, out, language="en"
    )
    assert f"Person {n:03}" in pages_of(out)[-1]


def test_a_place_that_does_not_fit_beside_the_days_begins_a_line(tmp_path: Path) -> None:
    out = tmp_path / "roster.pdf"
    long = replace(EVENT, ends_on="2026-12-06", place="Bildungshaus Lindenhof, Großer Saal")
    print_roster(long, [_person(1, "Ute Nissen")], LINDENHOF, out, language="de")
    lines = pages_of(out)[0].splitlines()
    assert "Samstag, 5. Dezember 2026, 15 Uhr – Sonntag, 6. Dezember 2026, 19 Uhr" in lines
    assert "Bildungshaus Lindenhof, Großer Saal" in lines


def test_every_name_stays_within_its_column(tmp_path: Path) -> None:
    out = tmp_path / "roster.pdf"
    print_roster(EVENT, [_person(1, "Anna-Katharina Elisabeth " * 4, town="Bad " * 20)], LINDENHOF, out, language="en")
    assert "Anna-Katharina" in pages_of(out)[0]
    assert "…" in pages_of(out)[0]


def test_a_long_name_stands_in_two_lines_divided_where_one_divides_it(tmp_path: Path) -> None:
    out = tmp_path / "roster.pdf"
    name = "Dr. Maria-Theresia Freifrau von Schwarzenberg-Hohenlohe"
    print_roster(EVENT, [_person(1, name, town="Villingen-Schwenningen")], LINDENHOF, out, language="de")
    lines = pages_of(out)[0]
    for whole in ("Dr. Maria-Theresia Freifrau von", "Schwarzenberg-Hohenlohe", "Villingen", "Schwenningen"):
        assert whole in lines
    assert "Begleitung" in lines
    assert "…" not in lines


def test_an_empty_list_has_lines_for_guests(tmp_path: Path) -> None:
    out = tmp_path / "roster.pdf"
    assert print_roster(EVENT, [], LINDENHOF, out, language="sv") == 1
    assert FREE_ROWS > 0


def test_a_stopped_print_leaves_what_was_there(tmp_path: Path) -> None:
    out = tmp_path / "roster.pdf"
    out.write_bytes(b"before")
    progress = Progress()
    progress.cancel()
    with pytest.raises(Cancelled):
        print_roster(EVENT, [_person(1, "Anna")], LINDENHOF, out, language="en", progress=progress)
    assert out.read_bytes() == b"before"
