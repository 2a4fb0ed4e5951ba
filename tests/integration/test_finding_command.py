"""The language of finding from a terminal: searching, exporting and writing to who fits."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest
from tests.integration.terminal import Terminal

from alumnidesk.desk import Desk
from alumnidesk.domain.cards import Address, ContactCard, EventCard


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "friends.alumnidesk"
    desk = Desk.create(path)
    for number, (given, town) in enumerate((("Anna", "Kiel"), ("Bernd", "Kiel"), ("Carla", "Malmö"))):
        address = Address(street="Lindenweg 1", postcode="24103", town=town)
        tags = ("Mentor",) * (number == 0)
        desk.contacts.add(
            ContactCard(
                given_name=given, family_name="Müller", birth_date=f"198{number}", addresses=(address,), tags=tags
            )
        )
    event = desk.events.add(EventCard(title="Treffen", starts_on="2026-12-12"))
    desk.events.invite(event.id or 0, desk.find.contacts().ids)
    desk.close(backup=False)
    return path


@pytest.mark.parametrize(
    ("query", "names"),
    [
        ("ort:kiel", ["Anna Müller", "Bernd Müller"]),
        ("town:kiel -tag:mentor", ["Bernd Müller"]),
        ("tag:mentor OR ort:malmö", ["Anna Müller", "Carla Müller"]),
        ("född:1981..", ["Bernd Müller", "Carla Müller"]),
    ],
)
def test_a_search_finds_by_fields(terminal: Terminal, file: Path, query: str, names: list[str]) -> None:
    assert [contact["name"] for contact in terminal.answer("search", file, query)["contacts"]] == names


def test_a_search_may_begin_with_a_minus(terminal: Terminal, file: Path) -> None:
    assert terminal.run("search", file, "--", "-ort:kiel").out.split("\t")[1] == "Carla Müller"


def test_an_export_and_letters_go_to_who_fits(terminal: Terminal, file: Path, tmp_path: Path) -> None:
    out = tmp_path / "out.csv"
    assert terminal.answer("export", file, out, "--where", "ort:kiel -tag:mentor")["written"] == 1
    with out.open(encoding="utf-8-sig", newline="") as written:
        assert "Bernd" in next(csv.DictReader(written)).values()
    about = ("--template", "Dank", "--event", "Treffen", "--out", tmp_path / "out.pdf")
    told = terminal.answer("letters", file, *about, "--where", "geboren:1980")
    assert told["letters"] == 1


@pytest.mark.parametrize("where", ["born:31.02.1980", "-born:31.02.1980"])
def test_a_date_that_does_not_exist_is_named_and_nothing_is_written(
    terminal: Terminal, file: Path, tmp_path: Path, where: str
) -> None:
    out = tmp_path / "out.csv"
    told = terminal.run("export", file, out, "--where", where, status=1).err
    assert "Date of birth: “31.02.1980” is no date that can be read" in told
    assert "Dates are read as 2025-03-01, 1.3.2025, 2025-03 or 2025." in told
    assert not out.exists()
    told = terminal.run("search", file, "geboren:31.02. jahrgang:x", status=1, language="de_DE").err
    assert "Geburtsdatum: „31.02.“ lässt sich nicht als Datum lesen und Jahrgang: „x“" in told


def test_a_close_spelling_is_named(terminal: Terminal, file: Path) -> None:
    assert "Did you mean “Carla”?" in terminal.run("search", file, "karla").err
    assert terminal.answer("search", file, "karla")["close_spellings"] == ["Carla"]


def test_a_saved_search_and_a_list_are_audiences_of_every_command(
    terminal: Terminal, file: Path, tmp_path: Path
) -> None:
    desk = Desk.open(file)
    desk.segments.save("Aus Kiel", "town:kiel")
    desk.lists.freeze("Fest (2025)", desk.find.contacts("Anna OR Carla").ids)
    desk.close(backup=False)
    for query, found in (
        ('segment:"Aus Kiel"', ["Anna", "Bernd"]),
        ("suchprofil:aus list:fest", ["Anna"]),
        ('liste:"Fest (2025)"', ["Anna", "Carla"]),
        ("müller -sökning:aus", ["Carla"]),
    ):
        names = [contact["name"].split()[0] for contact in terminal.answer("search", file, query)["contacts"]]
        assert names == found, query
        out = tmp_path / "out.csv"
        assert terminal.answer("export", file, out, "--where", query)["written"] == len(found)
        with out.open(encoding="utf-8-sig", newline="") as written:
            assert [row["First name"] for row in csv.DictReader(written)] == found
        about = ("--template", "Dank", "--event", "Treffen", "--out", tmp_path / "out.pdf")
        letters = terminal.answer("letters", file, *about, "--where", query)
        assert letters["letters"] + letters["left_out"] == len(found)
    terminal.answer("events", file, "add", "Ball", "--on", "2026-12-12")
    assert terminal.answer("events", file, "invite", "Ball", "--where", "list:fest")["added"] == 2
    assert terminal.answer("events", file, "invite", "Ball", "--where", "segment:aus")["added"] == 1


def test_what_an_audience_misses_is_said_beside_the_result(terminal: Terminal, file: Path, tmp_path: Path) -> None:
    desk = Desk.open(file)
    desk.segments.save("Mentoren", "tag:mentor")
    desk.tags.remove(desk.tags.lines()[0].id)
    desk.close(backup=False)
    for where, said in (
        ("segment:mentoren", "Es gibt kein Schlagwort „mentor“."),
        ("list:Ball", "Es gibt keine Liste „Ball“."),
    ):
        told = terminal.run("export", file, tmp_path / "out.csv", "--where", where, language="de_DE")
        assert said in told.err
        assert "Kein" in told.out or "0" in told.out
    assert "no saved search" in terminal.run("search", file, "segment:x").err
