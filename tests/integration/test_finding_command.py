"""The language of finding from a terminal: searching, exporting and writing to who fits."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest
from tests.integration.test_command_line import answer, run

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
def test_a_search_finds_by_fields(file: Path, query: str, names: list[str]) -> None:
    assert [contact["name"] for contact in answer("search", file, query)["contacts"]] == names


def test_a_search_may_begin_with_a_minus(file: Path) -> None:
    assert run("search", file, "--", "-ort:kiel").stdout.split("\t")[1] == "Carla Müller"


def test_an_export_and_letters_go_to_who_fits(file: Path, tmp_path: Path) -> None:
    out = tmp_path / "out.csv"
    assert answer("export", file, out, "--where", "ort:kiel -tag:mentor")["written"] == 1
    with out.open(encoding="utf-8-sig", newline="") as written:
        assert "Bernd" in next(csv.DictReader(written)).values()
    about = ("--template", "Dank", "--event", "Treffen", "--out", tmp_path / "out.pdf")
    told = answer("letters", file, *about, "--where", "geboren:1980")
    assert told["letters"] == 1


@pytest.mark.parametrize("where", ["born:31.02.1980", "-born:31.02.1980"])
def test_a_date_that_does_not_exist_is_named_and_nothing_is_written(file: Path, tmp_path: Path, where: str) -> None:
    out = tmp_path / "out.csv"
    told = run("export", file, out, "--where", where, status=1).stderr
    assert "Date of birth: “31.02.1980” is no date that can be read" in told
    assert "Dates are read as 2025-03-01, 1.3.2025, 2025-03 or 2025." in told
    assert not out.exists()
    told = run("search", file, "geboren:31.02. jahrgang:x", status=1, language="de_DE").stderr
    assert "Geburtsdatum: „31.02.“ lässt sich nicht als Datum lesen und Jahrgang: „x“" in told


def test_a_close_spelling_is_named(file: Path) -> None:
    assert "Did you mean “Carla”?" in run("search", file, "karla").stderr
    assert answer("search", file, "karla")["close_spellings"] == ["Carla"]
