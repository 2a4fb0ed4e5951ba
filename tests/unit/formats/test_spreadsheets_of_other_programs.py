"""Spreadsheets of programs that we did not write, and what those find in ours."""

from __future__ import annotations

import datetime as dt
import io
import re
import unicodedata
from pathlib import Path

import pytest
import xlsxwriter
from hypothesis import example, given, settings
from hypothesis import strategies as st
from python_calamine import CalamineWorkbook
from tests.unit.formats.workbooks import CALC, converted, one_sheet, read, rows_of
from xlsxwriter.worksheet import Worksheet

from alumnidesk.errors import BadFile
from alumnidesk.formats import spreadsheets
from alumnidesk.formats.detect import detect
from alumnidesk.progress import Progress

TABLE = 'Vorname;Nachname;PLZ;Geburtstag;Mobil;Text\r\nÅsa;Müller;01067;02.03.1975;+49 171 5550123;"two\r\nlines"\r\n'


@pytest.mark.skipif(not CALC, reason="LibreOffice Calc is not installed")
@pytest.mark.slow
@pytest.mark.parametrize("ending", ["ods", "xlsx"])
def test_what_libreoffice_writes_is_read_as_one_sees_it_there(tmp_path: Path, ending: str) -> None:
    source = tmp_path / "list.csv"
    source.write_bytes(TABLE.encode())
    # columns 3 and 5 as text, column 4 as a date with the day first
    made = converted(source, ending, "--infilter=CSV:59,34,76,1,3/2/4/4/5/2")
    found = spreadsheets.read(made.read_bytes(), detect(made.read_bytes(), made), made, Progress())
    assert found.table.header == ("Vorname", "Nachname", "PLZ", "Geburtstag", "Mobil", "Text")
    assert found.table.rows == [(2, ["Åsa", "Müller", "01067", "1975-03-02", "+49 171 5550123", "two\nlines"])]


@pytest.mark.skipif(not CALC, reason="LibreOffice Calc is not installed")
@pytest.mark.slow
def test_a_workbook_becomes_the_same_table_by_way_of_libreoffice(tmp_path: Path) -> None:
    def fill(book: xlsxwriter.Workbook, sheet: Worksheet) -> None:
        sheet.write_string(0, 0, "Zwei  Leerzeichen")
        sheet.write_number(1, 0, 1067, book.add_format({"num_format": "00000"}))
        sheet.write_number(1, 3, 491711234567)
        sheet.write_datetime(2, 0, dt.datetime(1944, 11, 30), book.add_format({"num_format": "dd.mm.yy"}))
        sheet.write_formula(4, 1, "=1/0", value="#DIV/0!")
        sheet.write_formula(4, 2, '="An"&"na"', value="Anna")
        sheet.write_string(6, 1, "=1+1")

    source = tmp_path / "list.xlsx"
    source.write_bytes(one_sheet(fill))
    made = converted(source, "ods")
    assert rows_of(made.read_bytes()) == rows_of(source.read_bytes())


CELLS = st.one_of(
    st.none(),
    st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cn"]), max_size=12),
    st.integers(-(10**12), 10**12),
    st.dates(dt.date(1900, 3, 1), dt.date(2100, 1, 1)),
)


@settings(max_examples=40)
@example([["0", " "]])
@example([["a", None, " "], [" "], [None, "b"]])
@given(st.lists(st.lists(CELLS, min_size=1, max_size=5), min_size=1, max_size=6))
def test_another_reader_finds_the_same_in_the_same_cells(table: list[list[str | int | dt.date | None]]) -> None:
    def fill(book: xlsxwriter.Workbook, sheet: Worksheet) -> None:
        day = book.add_format({"num_format": 14})
        for row, cells in enumerate(table):
            for column, cell in enumerate(cells):
                if isinstance(cell, dt.date):
                    sheet.write_datetime(row, column, cell, day)
                elif isinstance(cell, int):
                    sheet.write_number(row, column, cell)
                elif cell:
                    sheet.write_string(row, column, cell)

    data = one_sheet(fill)
    other = CalamineWorkbook.from_filelike(io.BytesIO(data)).get_sheet_by_index(0).to_python(skip_empty_area=False)
    theirs = [[_as_text(cell) for cell in row] for row in other]
    try:
        ours = read(data, header_row=0).table.rows
    except BadFile:
        assert not any(map(any, theirs))
        return
    filled = [(number, _without_end(row)) for number, row in enumerate(theirs, 1) if any(row)]
    assert ours == filled


def _as_text(cell: object) -> str:
    if isinstance(cell, float):
        return str(int(cell))
    text = cell.isoformat() if isinstance(cell, dt.date) else str(cell)
    text = unicodedata.normalize("NFC", text.strip().replace("\ufffe", "").replace("\uffff", ""))
    return text[1:] if re.match(r"'+[=+\-@＝＋－＠]", text) else text


def _without_end(row: list[str]) -> list[str]:
    while row and not row[-1]:
        row.pop()
    return row
