"""Cards to an Excel workbook in our own columns, which lose nothing: dates as dates, numbers as numbers, the rest text.

A cell of text is stored as text whatever it begins with, so no program takes ``=`` for a formula or a postcode for a
number. Dates are shown in the order of the computer that opens the file.
"""

from __future__ import annotations

import datetime as dt
import io
import re
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from alumnidesk.domain import slots
from alumnidesk.domain.cards import ContactCard
from alumnidesk.domain.fields import Kind, single_valued
from alumnidesk.domain.own_fields import OwnKind
from alumnidesk.domain.ties import Ties
from alumnidesk.formats.csv_presets import presets
from alumnidesk.formats.csv_write import NOBODY, filled

LONGEST_CELL = 32_767
"""Characters of a cell; Excel calls a file damaged that has more in one."""
_PIECE = 1_000_000
_ROWS = 200
_WIDEST = 40
"""Characters; a column with longer texts is cut where it is shown."""
_SYSTEM_DATE = 14
"""The built-in format for dates that follows the settings of the computer (ECMA-376, 18.8.30)."""
_FIRST_DAY = dt.date(1900, 3, 1)
"""Before it, Excel counts a day that never was."""
_DATES = frozenset(("undeliverable_since", "began", "ended"))
_YEARS = frozenset(("cohort_from", "cohort_to"))
_DAY = re.compile(r"\d{4}-\d\d-\d\d", re.ASCII)
_FIGURES = re.compile(r"-?(0|[1-9]\d{0,9})(\.\d{0,4}[1-9])?", re.ASCII)

Put = Callable[[int, int, str], object]
"""Writes the text of a cell: row, column (from 0)."""


def write(
    cards: Sequence[ContactCard],
    own: Mapping[str, OwnKind],
    left_out: Counter[str],
    ties: Mapping[int, Ties] = NOBODY,
) -> Iterator[bytes]:
    """The workbook in pieces; empty ones come while its rows are put together.

    `own` says what the association's own fields hold. `left_out` counts ``cut``: texts that are too long for a cell,
    and see `csv_write.write`.
    """
    columns, rows = filled(cards, presets()["neutral"], left_out, ties)
    target = io.BytesIO()
    # Without temporary files: they would leave names and addresses in a folder that others can look into. And not in a
    # `with`, which would finish the workbook even of somebody who has cancelled it.
    book = xlsxwriter.Workbook(target, {"in_memory": True})
    page = book.add_worksheet("Contacts")
    bold, day = book.add_format({"bold": True}), book.add_format({"num_format": _SYSTEM_DATE})
    puts = [_put(page, slot or "", own, day, left_out) for _, slot in columns]
    widths = [len(heading) for heading, _ in columns]
    for column, (heading, _) in enumerate(columns):
        page.write_string(0, column, heading, bold)
    for number, row in enumerate(rows, 1):
        for column, text in enumerate(row):
            if text:
                puts[column](number, column, text)
                widths[column] = max(widths[column], min(len(text), _WIDEST))
        if number % _ROWS == 0:
            yield b""
    for column, width in enumerate(widths):
        page.set_column(column, column, width + 2)
    page.freeze_panes(1, 0)
    page.autofilter(0, 0, len(cards), len(columns) - 1)
    book.close()
    whole = target.getbuffer()
    yield from (bytes(whole[at : at + _PIECE]) for at in range(0, len(whole), _PIECE))


def _put(page: Worksheet, slot: str, own: Mapping[str, OwnKind], day: Format, left_out: Counter[str]) -> Put:
    """How the cells of a slot are written."""

    def text(row: int, column: int, value: str) -> None:
        if len(value) > LONGEST_CELL:
            left_out["cut"] += 1
        page.write_string(row, column, value[:LONGEST_CELL])

    def date(row: int, column: int, value: str) -> None:
        found = dt.date.fromisoformat(value) if _DAY.fullmatch(value) else dt.date.min
        if found < _FIRST_DAY:  # before Excel's time, or incomplete
            text(row, column, value)
        else:
            page.write_datetime(row, column, found, day)

    def number(row: int, column: int, value: str) -> None:
        if _FIGURES.fullmatch(value):
            page.write_number(row, column, float(value))
        else:
            text(row, column, value)

    return {OwnKind.DATE: date, OwnKind.NUMBER: number}.get(_kind(slot, own), text)


def _kind(slot: str, own: Mapping[str, OwnKind]) -> OwnKind:
    """What the cells of a slot hold."""
    if name := slots.own_name(slot):
        return own.get(name, OwnKind.TEXT)
    if parts := slots.part(slot):
        if parts.attribute in _YEARS:
            return OwnKind.NUMBER
        return OwnKind.DATE if parts.attribute in _DATES else OwnKind.TEXT
    return OwnKind.DATE if slot in _DATED else OwnKind.TEXT


_DATED = frozenset(field.key for field in single_valued() if field.kind is Kind.DATE)
