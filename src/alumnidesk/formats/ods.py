"""Spreadsheets of LibreOffice and others (OpenDocument 1.2, part 1): the values of one sheet, as text.

A cell holds what it means and what one sees of it. Dates are taken as they are meant (what one sees may have lost the
century), numbers as one sees them where that is the same number with other figures around it, such as 01067.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from alumnidesk.formats.archives import Archive, Listener, locked
from alumnidesk.formats.grid import MOST_COLUMNS, Grid, cell_name
from alumnidesk.formats.number_formats import plain
from alumnidesk.progress import Progress

CONTENT = "content.xml"
_OASIS = "urn:oasis:names:tc:opendocument:xmlns:"
_TABLE, _ROW = f"{_OASIS}table:1.0 table", f"{_OASIS}table:1.0 table-row"
_CELL, _COVERED = f"{_OASIS}table:1.0 table-cell", f"{_OASIS}table:1.0 covered-table-cell"
_PARAGRAPH, _SPACES = f"{_OASIS}text:1.0 p", f"{_OASIS}text:1.0 s"
_BREAK, _TAB, _NOTE = f"{_OASIS}text:1.0 line-break", f"{_OASIS}text:1.0 tab", f"{_OASIS}office:1.0 annotation"
_REPEATED_ROWS, _REPEATED_CELLS = (
    f"{_OASIS}table:1.0 number-rows-repeated",
    f"{_OASIS}table:1.0 number-columns-repeated",
)
_NAME, _FORMULA, _COUNT = f"{_OASIS}table:1.0 name", f"{_OASIS}table:1.0 formula", f"{_OASIS}text:1.0 c"
_TYPE, _DATE = f"{_OASIS}office:1.0 value-type", f"{_OASIS}office:1.0 date-value"
_VALUE, _STRING = f"{_OASIS}office:1.0 value", f"{_OASIS}office:1.0 string-value"
_TRUTH = f"{_OASIS}office:1.0 boolean-value"
_STYLE, _DISPLAY = f"{_OASIS}table:1.0 style-name", f"{_OASIS}table:1.0 display"
_A_STYLE, _STYLE_NAME = f"{_OASIS}style:1.0 style", f"{_OASIS}style:1.0 name"
_TABLE_PROPERTIES = f"{_OASIS}style:1.0 table-properties"
_ERROR = re.compile(r"#[A-Z/0]+[!?A]|Err:\d+|#NAME\?")
_MOST_REPEATED = 1_000
"""A filled row that is said to repeat more often is a fault of the program that wrote it."""


def sheets(archive: Archive, progress: Progress) -> list[str]:
    """The names of the sheets with cells; hidden ones only where no other has any. Raises BadFile and Cancelled."""
    if CONTENT not in archive.names:
        raise archive.damaged()
    if b"encryption-data" in archive.read("META-INF/manifest.xml"):
        raise locked(archive.file)
    listener = _Names()
    archive.walk(CONTENT, listener, progress)
    return [name for name, hidden in listener.found.items() if not hidden] or list(listener.found)


def read(archive: Archive, sheet: str, grid: Grid, progress: Progress) -> None:
    """Put the cells of a sheet into `grid`. Raises BadFile and Cancelled."""
    archive.walk(CONTENT, _Cells(grid, sheet), progress)


class _Names(Listener):
    """The names of tables in which there is a cell with a value, and whether they are hidden.

    What hides a table is a style that stands before it (`style:table-properties` with `table:display`).
    """

    def __init__(self) -> None:
        self.found: dict[str, bool] = {}
        self._tables: list[tuple[str, bool]] = []
        self._style = ""
        self._hiding: set[str] = set()

    def start(self, name: str, attributes: Mapping[str, str]) -> None:
        if name == _TABLE:
            self._tables.append((attributes.get(_NAME, ""), attributes.get(_STYLE, "") in self._hiding))
        elif name == _CELL and self._tables and _TYPE in attributes:
            table, hidden = self._tables[0]
            self.found[table] = hidden
        elif name == _A_STYLE:
            self._style = attributes.get(_STYLE_NAME, "")
        elif name == _TABLE_PROPERTIES and attributes.get(_DISPLAY) == "false":
            self._hiding.add(self._style)

    def end(self, name: str) -> None:
        if name == _TABLE:
            self._tables.pop()


class _Cells(Listener):
    """The rows of one sheet on their way into a grid."""

    def __init__(self, grid: Grid, sheet: str) -> None:
        self._grid, self._sheet = grid, sheet
        self._depth, self._inside = 0, False
        self._number, self._rows = 1, 1
        self._cells: list[str] = []
        self._attributes: Mapping[str, str] = {}
        self._paragraphs: list[list[str]] = []
        self._listening = False
        self._note = 0

    def start(self, name: str, attributes: Mapping[str, str]) -> None:
        if name == _TABLE:
            self._depth += 1
            self._inside = self._inside or (self._depth == 1 and attributes.get(_NAME, "") == self._sheet)
        if not self._inside or self._depth > 1:
            return
        if name == _ROW:
            self._cells, self._rows = [], _count(attributes.get(_REPEATED_ROWS))
        elif name in (_CELL, _COVERED):
            self._attributes, self._paragraphs = attributes, []
        elif name == _NOTE:
            self._note += 1
        elif self._note:
            return
        elif name == _PARAGRAPH:
            self._listening = True
            self._paragraphs.append([])
        elif name == _SPACES:
            self.text(" " * min(_count(attributes.get(_COUNT)), 100))
        elif name in (_BREAK, _TAB):
            self.text("\n" if name == _BREAK else "\t")

    def end(self, name: str) -> None:
        if name == _TABLE:
            self._depth -= 1
            self._inside = self._inside and self._depth > 0
        if not self._inside or self._depth > 1:
            return
        if name == _NOTE:
            self._note -= 1
        elif name == _PARAGRAPH:
            self._listening = False
        elif name in (_CELL, _COVERED):
            self._end_of_cell("" if name == _COVERED else self._value())
        elif name == _ROW:
            self._end_of_row()

    def text(self, text: str) -> None:
        if self._listening and not self._note:
            self._paragraphs[-1].append(text)

    def _end_of_cell(self, value: str) -> None:
        times = _count(self._attributes.get(_REPEATED_CELLS))
        room = max(MOST_COLUMNS - len(self._cells), 0)
        self._cells += [value] * (min(times, room) or (1 if value else 0))  # one too many, and the grid says so

    def _end_of_row(self) -> None:
        for offset in range(min(self._rows, _MOST_REPEATED) if any(self._cells) else 0):
            self._grid.add(self._number + offset, list(self._cells))
        self._number += self._rows

    def _value(self) -> str:
        attributes = self._attributes
        kind = attributes.get(_TYPE, "")
        seen = "\n".join("".join(parts) for parts in self._paragraphs)
        if _FORMULA in attributes and (not kind or _ERROR.fullmatch(seen)):
            failed = self._grid.errors if seen else self._grid.without_result
            failed.append(cell_name(len(self._cells) + 1, self._number))
            return ""
        match kind:
            case "date":
                return attributes.get(_DATE, seen).removesuffix("T00:00:00")
            case "float":
                return _figures(attributes.get(_VALUE, ""), seen)
            case "boolean":
                return attributes.get(_TRUTH, seen).upper()
            case "string":
                return seen or attributes.get(_STRING, "")
        return seen


def _figures(value: str, seen: str) -> str:
    """What one sees where it has the same figures (``01067``, ``0171 / 555``), else the number written out."""
    number = plain(value)
    digits = re.sub(r"[ /()+-]", "", seen)
    same = number.isdigit() and digits.isascii() and digits.isdigit() and digits.lstrip("0") == number.lstrip("0")
    return seen if same else number


def _count(text: str | None) -> int:
    return int(text) if text and text.isascii() and text.isdigit() and len(text) < 9 else 1
