"""Workbooks and LDIF address books through the whole import: preview, writing, the same file again, one undo."""

from __future__ import annotations

import base64
import datetime as dt
from pathlib import Path

import pytest
import xlsxwriter

from alumnidesk.desk import Desk
from alumnidesk.errors import BadFile
from alumnidesk.i18n import Language
from alumnidesk.services.import_plan import Choices, Kind

ENGLISH = Language("en")
PNG = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="


@pytest.fixture
def workbook(tmp_path: Path) -> Path:
    """Two sheets; on the second one a list as an office keeps it, with a title above the headings."""
    path = tmp_path / "Listen.xlsx"
    with xlsxwriter.Workbook(str(path)) as book:
        book.add_worksheet("Kurse").write_string(0, 0, "Latein")
        sheet = book.add_worksheet("Mitglieder")
        sheet.write_string(0, 0, "Mitglieder 2026")
        for column, heading in enumerate(("Vorname", "Nachname", "PLZ", "Ort", "Geburtstag", "Handy", "E-Mail")):
            sheet.write_string(2, column, heading)
        sheet.write_string(3, 0, "Åsa")
        sheet.write_string(3, 1, "Öberg")
        sheet.write_number(3, 2, 1067, book.add_format({"num_format": "00000"}))
        sheet.write_string(3, 3, "Dresden")
        sheet.write_datetime(3, 4, dt.date(1975, 3, 2), book.add_format({"num_format": "dd.mm.yy"}))
        sheet.write_number(3, 5, 491715550123)
        sheet.write_formula(3, 6, '=HYPERLINK("mailto:x")', value="asa@mail.example")
        sheet.write_number(4, 2, 12345)
    return path


def test_a_sheet_of_a_workbook_comes_in_as_one_sees_it_and_again_changes_nothing(desk: Desk, workbook: Path) -> None:
    first = desk.importing.preview(workbook)
    assert (first.format, first.sheets, first.choices.sheet) == ("xlsx", ("Kurse", "Mitglieder"), "Kurse")
    chosen = Choices(sheet="Mitglieder")
    preview = desk.importing.preview(workbook, choices=chosen)
    assert [(row.kind, row.line) for row in preview.rows] == [(Kind.NEW, 4), (Kind.PROBLEM, 5)]
    report = desk.importing.carry_out(preview)
    (card,) = desk.contacts.cards(report.contacts)
    assert (card.given_name, card.family_name, card.birth_date) == ("Åsa", "Öberg", "1975-03-02")
    assert (card.addresses[0].postcode, card.addresses[0].town) == ("01067", "Dresden")
    assert (card.phones[0].number, card.emails[0].address) == ("491715550123", "asa@mail.example")
    again = desk.importing.preview(workbook, choices=chosen)
    assert [row.kind for row in again.rows] == [Kind.UNCHANGED, Kind.PROBLEM]
    desk.history.undo()
    assert not desk.find.contacts().ids


def test_a_column_that_was_corrected_is_remembered_for_the_next_workbook(desk: Desk, workbook: Path) -> None:
    chosen = desk.importing.preview(workbook, choices=Choices(sheet="Mitglieder")).choices
    assert chosen.columns is not None
    columns = (*chosen.columns[:5], "phone.work.1", *chosen.columns[6:])
    desk.importing.carry_out(desk.importing.preview(workbook, choices=Choices(sheet="Mitglieder", columns=columns)))
    assert desk.importing.preview(workbook, choices=Choices(sheet="Mitglieder")).choices.columns == columns


def test_a_sheet_that_is_not_there_is_refused_with_the_names_of_those_that_are(desk: Desk, workbook: Path) -> None:
    with pytest.raises(BadFile) as refused:
        desk.importing.preview(workbook, choices=Choices(sheet="Gäste"))
    assert "Kurse, Mitglieder" in ENGLISH(refused.value.way_out or "")


def test_an_address_book_comes_in_with_its_picture_and_its_lists_are_named(desk: Desk, tmp_path: Path) -> None:
    path = tmp_path / "Adressbuch.ldif"
    path.write_text(
        "dn: cn=Asa\ncn: Asa Oberg\ngivenName: Asa\nsn: Oberg\nmail: asa@mail.example\nmail: asa@work.example\n"
        f"mozillaCustom1: Chor\njpegPhoto:: {PNG}\n\n"
        "dn: cn=Chor\nobjectclass: groupOfNames\ncn: Chor\nmember: cn=Asa\n"
    )
    preview = desk.importing.preview(path)
    assert (preview.format, preview.counts) == ("ldif", {Kind.NEW: 1, Kind.PROBLEM: 1})
    assert "“Chor” is a list of 1 person" in ENGLISH(preview.rows[1].what)
    report = desk.importing.carry_out(preview)
    (card,) = desk.contacts.cards(report.contacts)
    assert [email.address for email in card.emails] == ["asa@mail.example", "asa@work.example"]
    assert desk.photos.of(card.id or 0) == base64.b64decode(PNG)
    assert [(kept.name, kept.raw) for kept in card.foreign] == [("mozillacustom1", "Chor")]
    assert desk.importing.preview(path).counts == {Kind.UNCHANGED: 1, Kind.PROBLEM: 1}


def test_an_address_book_with_lists_alone_is_said_to_have_no_contact(desk: Desk, tmp_path: Path) -> None:
    path = tmp_path / "Adressbuch.ldif"
    path.write_text("dn: cn=Chor\nobjectclass: groupOfNames\ncn: Chor\nmember: cn=Asa\n")
    with pytest.raises(BadFile) as refused:
        desk.importing.preview(path)
    assert "no contact" in ENGLISH(refused.value.message)
