"""What is wrong with real lists: it is said, nothing is guessed, and the rest comes in."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from tests.integration.imported_lists import everybody, imported, written

from alumnidesk.desk import Desk
from alumnidesk.domain.own_fields import OwnKind
from alumnidesk.i18n import Language
from alumnidesk.services.import_plan import Choices, Kind, Preview

ENGLISH = Language("en")


def problems(preview: Preview) -> list[tuple[int, str]]:
    return [(row.line, ENGLISH(row.what)) for row in preview.rows if row.kind is Kind.PROBLEM]


def test_lists_that_overlap_bring_only_what_is_new(desk: Desk, source: Path) -> None:
    rows = [f"Vor{n};Nach{n};n{n}@post.example" for n in range(30)]
    imported(desk, written(source, "Vorname;Nachname;E-Mail", *rows[:20]))
    report = imported(desk, written(source, "Vorname;Nachname;E-Mail", *rows[10:]))
    assert (report.created, report.changed, report.unchanged) == (10, 0, 10)
    assert imported(desk, source).changeset is None


def test_a_cell_of_200_kb_is_a_problem_with_its_line_and_the_next_row_comes_in(desk: Desk, source: Path) -> None:
    preview = desk.importing.preview(
        written(source, "Vorname,Notiz", "Anna," + "x" * 200_000, "Ben,kurz", 'Cleo,"' + "y\r\n" * 35_000 + '"')
    )
    assert problems(preview)[0] == (2, "This row has a cell with more than 100,000 characters.")
    assert "Ben" in [row.name for row in preview.rows]
    assert all(len(row.text) <= 2_000 for row in preview.rows)


@pytest.mark.parametrize("row", ['"Anna,Berg,x', 'Anna,"Berg,x', '"Anna" Berg,x,y'])
def test_a_quotation_mark_that_is_never_closed_swallows_nobody(desk: Desk, source: Path, row: str) -> None:
    preview = desk.importing.preview(written(source, "Vorname,Nachname,Ort", row, "Ben,Bock,Kiel", "Cleo,Carl,Bonn"))
    assert [line for line, _ in problems(preview)] == [2]
    assert "quotation mark" in problems(preview)[0][1]
    desk.importing.carry_out(preview)
    assert [card.name for card in everybody(desk)] == ["Ben Bock", "Cleo Carl"]


@pytest.mark.parametrize("delimiter", [";", ",", "\t", "|"])
@pytest.mark.parametrize("encoding", ["utf-8", "cp1252", "utf-16"])
def test_delimiter_and_letters_are_detected_shown_and_changed(
    desk: Desk, source: Path, delimiter: str, encoding: str
) -> None:
    rows = (("Vorname", "Nachname", "Ort"), ("Jörg", "Groß", "Köln"), ("Zoë", "Müller", "Düren"))
    written(source, *(delimiter.join(row) for row in rows), encoding=encoding)
    preview = desk.importing.preview(source)
    assert preview.choices.delimiter == delimiter
    assert [row.name for row in preview.rows] == ["Jörg Groß", "Zoë Müller"]
    other = next(one for one in (";", ",") if one != delimiter)
    corrected = desk.importing.preview(source, choices=replace(preview.choices, delimiter=other, columns=None))
    assert len(corrected.columns) == 1


def test_numbers_with_points_and_commas_are_read_as_they_are_meant(desk: Desk, source: Path) -> None:
    desk.own_fields.add("Spende", OwnKind.NUMBER)
    imported(desk, written(source, "Nachname;Spende", "Berg;1.234,56", "Lund;1,234.56", "Neu;viel"))
    berg, lund, neu = everybody(desk)
    assert [card.own[0].value for card in (berg, lund)] == ["1234.56", "1234.56"]
    assert (neu.own, [kept.raw for kept in neu.foreign]) == ((), ["viel"])


DATES = ("03/04/1975", "31.02.1975", "32.1.1975", "1.2.24")


def test_a_date_that_could_mean_two_days_or_none_is_kept_as_text_with_a_remark(desk: Desk, source: Path) -> None:
    preview = desk.importing.preview(
        written(source, "Nachname;Geburtsdatum", *(f"Berg{n};{date}" for n, date in enumerate(DATES)))
    )
    assert [len(row.remarks) for row in preview.rows] == [1, 1, 1, 1]
    assert preview.unclear_date == "03/04/1975"
    desk.importing.carry_out(preview)
    assert [card.birth_date for card in everybody(desk)] == ["", "", "", ""]
    assert [kept.raw for card in everybody(desk) for kept in card.foreign] == list(DATES)


@pytest.mark.parametrize(("month_first", "day"), [(False, "1975-04-03"), (True, "1975-03-04")])
def test_a_person_says_whether_day_or_month_comes_first(desk: Desk, source: Path, month_first: bool, day: str) -> None:
    written(source, "Nachname;Geburtsdatum", "Berg;03/04/1975", "Lund;25/12/1980")
    preview = desk.importing.preview(source, choices=Choices(month_first=month_first))
    assert preview.choices.month_first is month_first
    desk.importing.carry_out(preview)
    assert [card.birth_date for card in everybody(desk)] == [day, "1980-12-25"]
    assert imported(desk, source, Choices(month_first=month_first)).changeset is None


@pytest.mark.parametrize("kind", ["csv", "excel"])
def test_zeros_and_plus_signs_survive_the_way_out_and_back(desk: Desk, source: Path, tmp_path: Path, kind: str) -> None:
    desk.own_fields.add("IBAN")
    imported(
        desk,
        written(
            source,
            "Nachname;Telefon;PLZ;Ort;IBAN",
            "Berg;+49 351 1234567;01067;Dresden;DE02 1203 0000 0000 2020 51",
            "Lund;0351 1;00100;Roma;0001",
        ),
    )
    before = everybody(desk)
    assert [card.phones[0].number for card in before] == ["+49 351 1234567", "0351 1"]
    assert [card.addresses[0].postcode for card in before] == ["01067", "00100"]
    assert [card.own[0].value for card in before] == ["DE02 1203 0000 0000 2020 51", "0001"]
    target = tmp_path / f"out-{kind}.csv"
    desk.exporting.write(target, kind, [card.id or 0 for card in before])
    assert imported(desk, target).changeset is None
    assert everybody(desk) == before


@pytest.mark.parametrize(
    ("line", "doubted"),
    [
        ("Summe;97;", True),
        (";Summe: 97;Personen", True),
        ("Summe;;97", True),
        ("12;Gesamt:;97", True),
        ("3;Anna;Summ", False),
        ("4;;Öz", False),
        ("5;Anna 2;Öz", False),
    ],
)
def test_a_line_that_looks_like_a_total_is_asked_about(desk: Desk, tmp_path: Path, line: str, doubted: bool) -> None:
    source = tmp_path / "list.csv"
    source.write_text(f"Mitgl.-Nr.;Vorname;Nachname\n1;Bernd;Kern\n{line}\n", "utf-8")
    first, last = desk.importing.preview(source).rows
    assert first.remarks == ()
    assert [str(remark.why) for remark in last.remarks] == ["This line looks like a total, not a person."] * doubted


def test_somebody_whose_name_looks_like_a_total_is_asked_about_only_once(desk: Desk, source: Path) -> None:
    report = imported(desk, written(source, "Nachname;E-Mail;Ort", "Summa;summa@post.example;"))
    assert [remark.line for remark in report.remarks] == [2]
    report = imported(desk, written(source, "Nachname;E-Mail;Ort", "Summa;summa@post.example;Kiel"))
    assert (report.changed, report.remarks) == (1, ())


def test_a_postcode_that_a_spreadsheet_took_the_zero_from_is_the_same_place_and_asked_about_where_it_is_new(
    desk: Desk, tmp_path: Path
) -> None:
    desk.settings.set("country", "DE")
    source = tmp_path / "list.csv"
    source.write_text("Vorname;Nachname;Straße;PLZ;Ort;Land\nAnna;Kern;Ring 1;01067;Dresden;\n", "utf-8")
    desk.importing.carry_out(desk.importing.preview(source))
    source.write_text(
        "Vorname;Nachname;Straße;PLZ;Ort;Land\nAnna;Kern;Ring 1;1067;Dresden;\nBernd;Öz;Ring 2;1067;Dresden;\n"
        "Cleo;Carl;Ring 3;1010;Wien;Österreich\nDora;Dahl;Weg 4;8001;Zürich;CH\n",
        "utf-8",
    )
    preview = desk.importing.preview(source)
    assert [(row.name, row.kind.value, [str(remark.why) for remark in row.remarks]) for row in preview.rows] == [
        ("Anna Kern", "unchanged", []),
        ("Bernd Öz", "new", ["The postcode 1067 has only four digits. Is 01067 meant?"]),
        ("Cleo Carl", "new", []),
        ("Dora Dahl", "new", []),
    ]
    assert preview.lost_zero == "1067"
    whole = desk.importing.preview(source, choices=Choices(zeros=True))
    assert (whole.lost_zero, list(whole.remarks())) == ("1067", [])
    assert [step.card.addresses[0].postcode for step in whole.steps] == ["01067", "01067", "1010", "8001"]
    report = desk.importing.carry_out(preview)
    assert [remark.line for remark in report.remarks] == [3]
    codes = {
        card.name: [one.postcode for one in card.addresses]
        for card in desk.contacts.cards(list(desk.find.contacts().ids))
    }
    assert codes == {"Anna Kern": ["01067"], "Bernd Öz": ["1067"], "Cleo Carl": ["1010"], "Dora Dahl": ["8001"]}
    source.write_text("Vorname;Nachname;Straße;PLZ;Ort\nBernd;Öz;Ring 2;01067;Dresden\n", "utf-8")
    (row,) = desk.importing.preview(source).rows
    assert (row.kind.value, row.remarks) == ("changed", ())
    desk.importing.carry_out(desk.importing.preview(source))
    (card,) = desk.contacts.cards(list(desk.find.contacts("bernd").ids))
    assert [one.postcode for one in card.addresses] == ["01067"]
