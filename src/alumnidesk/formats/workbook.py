"""A workbook of one sheet (ECMA-376), written row after row, so that one can stop at any of them.

Cells are texts, numbers or days. A text is stored as a text whatever it begins with, inside its cell: the table of
shared texts that other writers make has to be whole before the first byte is written. Everything stays in memory,
because temporary files would leave names and addresses in a folder that others can look into.
"""

from __future__ import annotations

import datetime as dt
import io
import re
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice

Cell = str | float | dt.date
"""An empty text is an empty cell."""

LONGEST_CELL = 32_767
"""Characters of a cell; Excel calls a file damaged that has more in one."""
FIRST_DAY = dt.date(1900, 3, 1)
"""Before it, Excel counts a day that never was."""
_DAY_ZERO = dt.date(1899, 12, 30)
_ROWS = 100
"""So many rows are written at once: a few milliseconds."""
_MEASURED = 1_000
"""So many rows decide how wide a column is shown."""
_WIDEST = 40
"""Characters; a column with longer texts is cut where it is shown."""
_PIECE = 1_000_000
_BOLD, _DATE = 1, 2
"""Places in the list of cell formats."""


def write(name: str, headings: Sequence[str], rows: Iterable[Sequence[Cell]]) -> Iterator[bytes]:
    """The workbook in pieces; empty ones come while its rows are put together. `name` is the sheet's."""
    target = io.BytesIO()
    archive = zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED)
    rows = iter(rows)
    first: list[Sequence[Cell]] = []
    while len(first) < _MEASURED and (some := list(islice(rows, _ROWS))):
        first += some
        yield b""
    letters = [_letters(column) for column in range(len(headings))]
    last = 1
    with archive.open(_entry("xl/worksheets/sheet1.xml"), "w") as sheet:
        sheet.write(_SHEET + _widths(headings, first) + b"<sheetData>")
        sheet.write(_row(headings, 1, letters, _BOLD).encode())
        while some := first[:_ROWS] or list(islice(rows, _ROWS)):
            del first[:_ROWS]
            sheet.write("".join([_row(row, last + n, letters) for n, row in enumerate(some, 1)]).encode())
            last += len(some)
            yield b""
        area = f"A1:{letters[-1]}{last}"
        sheet.write(f'</sheetData><autoFilter ref="{area}"/></worksheet>'.encode())
    for part, content in (*_PARTS.items(), ("xl/workbook.xml", _workbook(name, letters[-1], last))):
        with archive.open(_entry(part), "w") as file:
            file.write(content.encode())
    archive.close()
    whole = target.getbuffer()
    yield from (bytes(whole[at : at + _PIECE]) for at in range(0, len(whole), _PIECE))


def _entry(part: str) -> zipfile.ZipInfo:
    """An entry without the time of day: the same contacts make the same file."""
    entry = zipfile.ZipInfo(part)
    entry.compress_type = zipfile.ZIP_DEFLATED
    return entry


def _row(cells: Sequence[Cell], number: int, letters: Sequence[str], style: int = 0) -> str:
    written = [
        _cell(value, f"{letter}{number}", style) for letter, value in zip(letters, cells, strict=True) if value != ""
    ]
    return f'<row r="{number}">{"".join(written)}</row>'


def _cell(value: Cell, place: str, style: int) -> str:
    if isinstance(value, str):
        styled = f' s="{style}"' if style else ""
        kept = ' xml:space="preserve"' if value[0].isspace() or value[-1].isspace() else ""
        return f'<c r="{place}"{styled} t="inlineStr"><is><t{kept}>{_text(value)}</t></is></c>'
    if isinstance(value, dt.date):
        return f'<c r="{place}" s="{_DATE}"><v>{(value - _DAY_ZERO).days}</v></c>'
    return f'<c r="{place}"><v>{value:.15g}</v></c>'


_SPECIAL = re.compile("[&<>\x00-\x08\x0b-\x1f\ud800-\udfff\ufffe\uffff]|_(?=x[0-9A-Fa-f]{4}_)")
_NAMES = {"&": "&amp;", "<": "&lt;", ">": "&gt;"}


def _text(value: str) -> str:
    """The text as XML; what XML cannot hold, and what would be taken for that, is ``_x000D_`` (22.9.2.19)."""
    return _SPECIAL.sub(lambda sign: _NAMES.get(sign[0]) or f"_x{ord(sign[0]):04X}_", value)


def _letters(column: int) -> str:
    """The name of a column, from 0: A … Z, AA …"""
    rest, letter = divmod(column, 26)
    return (_letters(rest - 1) if rest else "") + chr(ord("A") + letter)


def _widths(headings: Sequence[str], rows: Sequence[Sequence[Cell]]) -> bytes:
    widths = [len(heading) for heading in headings]
    for row in rows:
        for column, value in enumerate(row):
            if value != "":
                widths[column] = max(widths[column], min(len(str(value)), _WIDEST))
    columns = [f'<col min="{n}" max="{n}" width="{w + 2}" customWidth="1"/>' for n, w in enumerate(widths, 1)]
    return f"<cols>{''.join(columns)}</cols>".encode()


# The parts ----------------------------------------------------------------------------------------------------------

_XML = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_LINKS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_TYPES = "application/vnd.openxmlformats-officedocument.spreadsheetml"

_SHEET = (
    f'{_XML}<worksheet xmlns="{_MAIN}"><sheetViews><sheetView tabSelected="1" workbookViewId="0">'
    '<pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/></sheetView></sheetViews>'
    '<sheetFormatPr defaultRowHeight="15"/>'
).encode()

_PARTS = {
    "[Content_Types].xml": f'{_XML}<Types xmlns="{_PACKAGE}/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Default Extension="xml" ContentType="application/xml"/>'
    f'<Override PartName="/xl/workbook.xml" ContentType="{_TYPES}.sheet.main+xml"/>'
    f'<Override PartName="/xl/worksheets/sheet1.xml" ContentType="{_TYPES}.worksheet+xml"/>'
    f'<Override PartName="/xl/styles.xml" ContentType="{_TYPES}.styles+xml"/></Types>',
    "_rels/.rels": f'{_XML}<Relationships xmlns="{_PACKAGE}/relationships">'
    f'<Relationship Id="rId1" Type="{_LINKS}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
    "xl/_rels/workbook.xml.rels": f'{_XML}<Relationships xmlns="{_PACKAGE}/relationships">'
    f'<Relationship Id="rId1" Type="{_LINKS}/worksheet" Target="worksheets/sheet1.xml"/>'
    f'<Relationship Id="rId2" Type="{_LINKS}/styles" Target="styles.xml"/></Relationships>',
    # Three formats: plain, bold, and number 14 of the built-in ones, a day in the order of the computer that opens the
    # file (18.8.30).
    "xl/styles.xml": f'{_XML}<styleSheet xmlns="{_MAIN}"><fonts count="2"><font><sz val="11"/><name val="Calibri"/>'
    '<family val="2"/></font><font><b/><sz val="11"/><name val="Calibri"/><family val="2"/></font></fonts>'
    '<fills count="2"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill>'
    '</fills><borders count="1"><border><left/><right/><top/><bottom/><diagonal/></border></borders>'
    '<cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs><cellXfs count="3">'
    '<xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/>'
    '<xf numFmtId="0" fontId="1" fillId="0" borderId="0" xfId="0" applyFont="1"/>'
    '<xf numFmtId="14" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1"/></cellXfs>'
    '<cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles></styleSheet>',
}


def _workbook(name: str, last_column: str, last_row: int) -> str:
    """The list of sheets, and the area that a filter works on (18.2.5)."""
    return (
        f'{_XML}<workbook xmlns="{_MAIN}" xmlns:r="{_LINKS}"><bookViews><workbookView activeTab="0"/></bookViews>'
        f'<sheets><sheet name="{name}" sheetId="1" r:id="rId1"/></sheets><definedNames>'
        f'<definedName name="_xlnm._FilterDatabase" localSheetId="0" hidden="1">{name}!$A$1:${last_column}${last_row}'
        "</definedName></definedNames></workbook>"
    )
