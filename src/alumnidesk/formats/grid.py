"""The cells of one sheet as text, on their way to the same `Table` that a CSV file becomes."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

from alumnidesk.domain.records import Problem
from alumnidesk.errors import BadFile
from alumnidesk.formats.csv_dialect import LONGEST_CELL, Table, header_row_of
from alumnidesk.formats.defusing import without_prefix
from alumnidesk.i18n import Message, say, say_n

MOST_COLUMNS = 1_000
MOST_CELLS = 5_000_000
"""With the empty ones before the last filled one of each row; 40,000 contacts with 125 columns."""
_CONTROLS = re.compile("[\0\ud800-\udfff\ufffe\uffff]")
_LOOKED_AT = 200


class Grid:
    """Rows as they come from a reader, kept within bounds and made clean."""

    def __init__(self, file: str | Path) -> None:
        self._file = file
        self._cells = 0
        self.rows: list[tuple[int, list[str]]] = []
        """Filled rows with their number in the sheet, from 1."""
        self.problems: list[Problem] = []
        self.without_result: list[str] = []
        """Cells (``C7``) with a formula whose result the file does not hold."""
        self.errors: list[str] = []
        """Cells with an error such as ``#REF!``."""

    def add(self, number: int, cells: list[str]) -> None:
        """One row of the sheet. Raises BadFile for more than fits."""
        _drop_empty_end(cells)
        if not cells:
            return
        self._cells += len(cells)
        if len(cells) > MOST_COLUMNS or self._cells > MOST_CELLS:
            raise BadFile(
                self._file,
                say("The sheet is too large for a list of contacts."),
                say("Please copy the rows with the contacts into a new, empty file, and import that."),
            )
        cells = [_clean(cell) if cell else "" for cell in cells]
        _drop_empty_end(cells)  # blanks alone say nothing
        if max(map(len, cells), default=0) > LONGEST_CELL:
            why = say("This row has a cell with more than {limit} characters.", limit=LONGEST_CELL)
            self.problems.append(Problem(number, why, "; ".join(cell[:100] for cell in cells if cell)[:2000]))
        elif cells:
            self.rows.append((number, cells))

    def table(self, header_row: int | None = None) -> tuple[Table, int]:
        """The table, and which of its filled rows has the headings (0: none); that is found when it is None."""
        rows: Sequence[tuple[int, list[str]]] = self.rows
        if header_row is None:
            header_row = header_row_of([cells for _, cells in self.rows[:_LOOKED_AT]])
        width = max((len(cells) for _, cells in rows), default=0)
        header = ("",) * width
        if header_row:
            header = tuple(rows[header_row - 1][1]) if len(rows) >= header_row else ()
            rows = rows[header_row:]
            if header and (beyond := max((len(cells) for _, cells in rows), default=0) - len(header)) > 0:
                header += ("",) * beyond  # a spreadsheet forgets the empty end of a row, so that it says nothing
        table = Table(header, rows, tuple(self.problems), tuple(self._notes()))
        return replace(table, rows=list(rows)), header_row

    def _notes(self) -> Iterator[Message]:
        if self.without_result:
            yield say_n(
                "{n} cell holds a formula without its result ({cells}) and comes in empty. Open the file in Excel or "
                "LibreOffice, save it there, and import it once more.",
                "{n} cells hold a formula without its result ({cells}) and come in empty. Open the file in Excel or "
                "LibreOffice, save it there, and import it once more.",
                len(self.without_result),
                cells=_some(self.without_result),
            )
        if self.errors:
            yield say_n(
                "{n} cell shows #REF! or the like in place of a value ({cells}) and comes in empty.",
                "{n} cells show #REF! or the like in place of a value ({cells}) and come in empty.",
                len(self.errors),
                cells=_some(self.errors),
            )


def _drop_empty_end(cells: list[str]) -> None:
    while cells and not cells[-1]:
        cells.pop()


def _some(cells: Sequence[str]) -> str:
    return ", ".join(cells[:3]) + (" …" if len(cells) > 3 else "")


def _clean(cell: str) -> str:
    cell = cell.strip()
    if not cell.isascii() or not cell.isprintable():
        cell = unicodedata.normalize("NFC", _CONTROLS.sub("", cell.replace("\r\n", "\n").replace("\r", "\n")))
    return without_prefix(cell)


def cell_name(column: int, row: int) -> str:
    """``AB12`` for column 28 (from 1) in row 12."""
    letters = ""
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(65 + rest) + letters
    return f"{letters}{row}"
