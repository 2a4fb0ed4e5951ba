"""Spreadsheets in: what a person sees in the cells comes in as text, and nothing in the file does any harm."""

from __future__ import annotations

import datetime as dt
import io
import zipfile

import pytest
import xlsxwriter
from hypothesis import given
from hypothesis import strategies as st
from tests.unit.formats.workbooks import SHEET, changed, one_sheet, read, rows_of, workbook, zipped
from xlsxwriter.worksheet import Worksheet

from alumnidesk.errors import BadFile
from alumnidesk.formats.number_formats import plain, shown_by
from alumnidesk.i18n import Language

ENGLISH = Language("en")


def test_numbers_come_as_one_sees_them_and_dates_as_days() -> None:
    def fill(book: xlsxwriter.Workbook, sheet: Worksheet) -> None:
        def put(row: int, value: float, code: str | int = 0) -> None:
            sheet.write_number(row, 0, value, book.add_format({"num_format": code} if code else {}))

        put(0, 491711234567)  # a phone number that Excel shows as 4.91711E+11
        put(1, 12345)
        put(2, 12.5)
        put(3, 0.1 + 0.2)
        put(4, 1067, "00000")
        put(5, 1715550123, "0000 / 0000000")
        put(6, 49461123, '"+"0')
        put(7, 1234.5, '#,##0.00\\ "€"')
        for row, code in enumerate((14, "dd.mm.yyyy", "[$-407]d\\. mmmm yyyy;@", "yyyy", "mm/yyyy", 16), 8):
            sheet.write_datetime(row, 0, dt.datetime(1975, 3, 2), book.add_format({"num_format": code}))
        moment = book.add_format({"num_format": "dd.mm.yyyy hh:mm"})
        sheet.write_datetime(14, 0, dt.datetime(2026, 5, 1, 18, 30), moment)
        sheet.write_datetime(15, 0, dt.datetime(2026, 5, 1), moment)
        sheet.write_boolean(16, 0, True)

    assert [cells[0] for cells in rows_of(one_sheet(fill))] == [
        "491711234567", "12345", "12.5", "0.3", "01067", "0171 / 5550123", "+49461123", "1234.5",
        "1975-03-02", "1975-03-02", "1975-03-02", "1975", "1975-03", "--03-02",
        "2026-05-01 18:30", "2026-05-01", "TRUE",
    ]  # fmt: skip


@pytest.mark.parametrize(("serial", "since_1904", "day"), [
    ("1", False, "1900-01-01"), ("59", False, "1900-02-28"), ("61", False, "1900-03-01"),
    ("27455", False, "1975-03-02"), ("25993", True, "1975-03-02"), ("-3", False, "-3"), ("1e99", False, "1e+99"),
])  # fmt: skip
def test_days_are_counted_from_where_the_workbook_begins(serial: str, since_1904: bool, day: str) -> None:
    assert shown_by("yyyy-mm-dd", since_1904=since_1904)(serial) == day


@given(st.integers(0, 10**15 - 1))
def test_a_whole_number_has_neither_point_nor_exponent(number: int) -> None:
    assert plain(repr(float(number))) == plain(f"{number:.17E}") == plain(str(number)) == str(number)


@given(st.integers(0, 99_999), st.integers(1, 8))
def test_a_mask_of_zeros_gives_leading_zeros(number: int, width: int) -> None:
    assert shown_by("0" * width)(str(number)) == str(number).zfill(width)


@given(st.text(max_size=30), st.sampled_from(["1067", "-3", "12.5", "", "x", "nan", "1e400", "45000"]))
def test_no_number_format_can_break_the_reading(code: str, raw: str) -> None:
    assert isinstance(shown_by(code)(raw), str)


def test_texts_come_as_they_are_but_for_spaces_around_them() -> None:
    texts = ["=1+1", "+49 461 123", "00049", "Åsa O’Brien 🎓", "a_x000D_b", "two\nlines", "'quoted", "<b>&amp;</b>"]

    def fill(book: xlsxwriter.Workbook, sheet: Worksheet) -> None:
        for row, text in enumerate(texts):
            sheet.write_string(row, 0, f" {text} ")
        sheet.write_rich_string(len(texts), 0, "Anna ", book.add_format({"bold": True}), "Berg")

    assert [cells[0] for cells in rows_of(one_sheet(fill))] == [*texts, "Anna Berg"]


def test_a_formula_gives_its_result_and_one_without_result_is_said_with_its_place() -> None:
    def fill(book: xlsxwriter.Workbook, sheet: Worksheet) -> None:
        for column, heading in enumerate(("Vorname", "Nachname", "E-Mail")):
            sheet.write_string(0, column, heading)
        sheet.write_string(1, 0, "Anna")
        sheet.write_formula(1, 1, '=UPPER("berg")', value="BERG")
        sheet.write_formula(1, 2, '=HYPERLINK("http://x.example")', value="")
        sheet.write_formula(2, 1, "=A1/0", value="#DIV/0!")
        sheet.write_string(2, 0, "Bo")

    found = read(changed(one_sheet(fill), SHEET, lambda xml: xml.replace(b"<v></v>", b"")))
    assert [cells for _, cells in found.table.rows] == [["Anna", "BERG"], ["Bo"]]
    said = " ".join(map(ENGLISH, found.table.notes))
    assert "1 cell holds a formula without its result (C2)" in said
    assert "save it there" in said
    assert "1 cell shows #REF! or the like in place of a value (B3)" in said


def test_the_headings_are_found_below_a_title_and_rows_keep_their_number() -> None:
    def fill(book: xlsxwriter.Workbook, sheet: Worksheet) -> None:
        sheet.write_string(0, 0, "Mitgliederliste 2026")
        for column, heading in enumerate(("Vorname", "Nachname", "PLZ", "Ort")):
            sheet.write_string(3, column, heading)
        sheet.write_string(6, 0, "Anna")
        sheet.write_string(6, 5, "beyond the headings")

    found = read(one_sheet(fill))
    assert found.header_row == 2, "the second filled row"
    assert found.table.header == ("Vorname", "Nachname", "PLZ", "Ort", "", "")
    assert found.table.rows == [(7, ["Anna", "", "", "", "", "beyond the headings"])]


def test_hidden_and_empty_sheets_are_not_offered_and_any_other_can_be_chosen() -> None:
    def fill(book: xlsxwriter.Workbook) -> None:
        book.add_worksheet("Empty").set_column(0, 3, 20)
        for name in ("Members", "Codes", "Friends & more"):
            sheet = book.add_worksheet(name)
            sheet.write_string(0, 0, name)
            if name == "Codes":
                sheet.hide()

    data = workbook(fill)
    assert (read(data).sheet, read(data).sheets) == ("Members", ("Members", "Friends & more"))
    assert rows_of(data, sheet="Friends & more") == [["Friends & more"]]
    with pytest.raises(BadFile, match="no sheet “Nobody”") as refused:
        read(data, sheet="Nobody")
    assert "Members, Friends & more" in str(refused.value.way_out)


def test_a_workbook_in_the_strict_form_and_with_other_prefixes_is_the_same() -> None:
    data = one_sheet(lambda book, sheet: [sheet.write_string(0, 0, "Anna"), sheet.write_number(0, 1, 7)])
    strict = data
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        names = archive.namelist()
    for name in names:
        strict = changed(
            strict,
            name,
            lambda xml: xml.replace(
                b"http://schemas.openxmlformats.org/spreadsheetml/2006/main",
                b"http://purl.oclc.org/ooxml/spreadsheetml/main",
            ).replace(
                b"http://schemas.openxmlformats.org/officeDocument/2006/relationships",
                b"http://purl.oclc.org/ooxml/officeDocument/relationships",
            ),
        )
    prefixed = changed(
        data,
        SHEET,
        lambda xml: (
            xml.replace(b"<worksheet xmlns=", b"<worksheet xmlns:x=")
            .replace(b"</", b"</x:")
            .replace(b"<", b"<x:")
            .replace(b"<x:/x:", b"</x:")
            .replace(b"<x:?", b"<?")
        ),
    )
    assert rows_of(data) == rows_of(strict) == rows_of(prefixed) == [["Anna", "7"]]


def test_macros_are_said_and_not_run() -> None:
    data = one_sheet(lambda book, sheet: sheet.write_string(0, 0, "Anna"))
    with_macros = io.BytesIO(data)
    with zipfile.ZipFile(with_macros, "a") as archive:
        archive.writestr("xl/vbaProject.bin", b"macro")
    found = read(with_macros.getvalue())
    assert "macros" in " ".join(map(ENGLISH, found.table.notes))
    assert found.table.header == ("Anna",)


# OpenDocument by hand ----------------------------------------------------------------------------------------------

_NAMESPACES = " ".join(
    f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"' for name in ("office", "table", "text")
)


def ods(body: str) -> bytes:
    body = f"<office:document-content {_NAMESPACES}><office:body>{body}</office:body></office:document-content>"
    return zipped({"mimetype": b"application/vnd.oasis.opendocument.spreadsheet", "content.xml": body.encode()})


def test_repeated_cells_and_rows_of_opendocument_are_counted_and_the_endless_empty_end_is_not() -> None:
    def cell(text: str, more: str = "") -> str:
        return f'<table:table-cell office:value-type="string" {more}><text:p>{text}</text:p></table:table-cell>'

    empty = '<table:table-cell table:number-columns-repeated="16383"/>'
    found = read(
        ods(
            f'<table:table table:name="Leer"><table:table-row>{empty}</table:table-row></table:table>'
            f'<table:table table:name="Liste"><table:table-row>{cell("Name")}{empty}</table:table-row>'
            f'<table:table-row table:number-rows-repeated="3">{empty}</table:table-row>'
            f"<table:table-row>{cell('a', 'table:number-columns-repeated=' + chr(34) + '2' + chr(34))}"
            f"{cell('b<text:s text:c=' + chr(34) + '2' + chr(34) + '/>c<text:line-break/>d')}</table:table-row>"
            f'<table:table-row table:number-rows-repeated="1048570">{empty}</table:table-row></table:table>'
        ),
        header_row=0,
    )
    assert found.sheets == ("Liste",)
    assert found.table.rows == [(1, ["Name"]), (5, ["a", "a", "b  c\nd"])]


def test_opendocument_numbers_dates_and_formulas() -> None:
    def cell(attributes: str, text: str) -> str:
        return f"<table:table-cell {attributes}><text:p>{text}</text:p></table:table-cell>"

    cells = (
        cell('office:value-type="float" office:value="1067"', "01067")
        + cell('office:value-type="float" office:value="491711234567"', "4,91711E+11")
        + cell('office:value-type="date" office:date-value="1944-11-30"', "30.11.44")
        + cell('office:value-type="boolean" office:boolean-value="true"', "WAHR")
        + cell('table:formula="of:=1/0" office:value-type="string" office:string-value=""', "#DIV/0!")
        + '<table:table-cell table:formula="of:=[.A1]"/>'
        + '<table:table-cell office:value-type="string"><office:annotation><text:p>a note</text:p></office:annotation>'
        + "<text:p>seen</text:p></table:table-cell>"
    )
    found = read(
        ods(f'<table:table table:name="L"><table:table-row>{cells}</table:table-row></table:table>'), header_row=0
    )
    assert found.table.rows == [(1, ["01067", "491711234567", "1944-11-30", "TRUE", "", "", "seen"])]
    said = " ".join(map(ENGLISH, found.table.notes))
    assert "(F1)" in said
    assert "(E1)" in said
