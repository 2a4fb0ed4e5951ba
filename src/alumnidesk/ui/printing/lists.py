"""A list as one sees it, on paper or as a table: its columns, its order, what was searched for."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Sequence
from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtWidgets import QWidget

from alumnidesk.domain.printed_list import PrintedColumn, PrintedList, PrintedRow
from alumnidesk.progress import Progress
from alumnidesk.ui.page import Context
from alumnidesk.ui.printing.dialog import print_pdf
from alumnidesk.ui.when import written
from alumnidesk.ui.widgets.lines import Column, L
from alumnidesk.ui.words import language, tr

if TYPE_CHECKING:
    from pathlib import Path

    from alumnidesk.desk import Desk


Rows = Callable[["Desk", Progress], Sequence[PrintedRow]]
"""How to read the rows, for the owner thread."""


class SeenList(NamedTuple):
    """What one sees of a list, and how to read all of its rows."""

    title: str
    below: str
    """What it is a list of: how many, of which day."""
    columns: Sequence[PrintedColumn]
    rows: Rows


def of_today(counts: str) -> str:
    """What a list is one of: so many, as of today."""
    return tr("{counts}, {date}", counts=counts, date=written(dt.date.today(), "year"))


def heads(columns: Iterable[Column[L]]) -> list[PrintedColumn]:
    """The columns of a list, for paper."""
    return [PrintedColumn(column.title, column.width, column.right) for column in columns]


def rows_of(columns: Sequence[Column[L]], lines: Sequence[L]) -> Rows:
    """All rows of a list whose lines are at hand."""
    return lambda desk, progress: [row(columns, line) for line in progress.each(lines)]


def row(columns: Iterable[Column[L]], line: L) -> PrintedRow:
    """What they show of a line; a small second line stands below the first there too."""
    return PrintedRow([_text(column, line) for column in columns])


def _text(column: Column[L], line: L) -> str:
    second = column.second(line) if column.second is not None else ""
    return "\n".join(filter(None, (column.text(line), second)))


def print_seen(context: Context, window: QWidget, seen: SeenList, *, as_table: bool = True) -> None:
    """Make a PDF of a list and show it before `window`, from where it can be saved `as_table` too."""
    code = language().code

    def listed(desk: Desk, progress: Progress) -> PrintedList:
        return PrintedList(seen.title, seen.below, seen.columns, seen.rows(desk, progress), code)

    def write(desk: Desk, out: Path, progress: Progress) -> int:
        return desk.printed_lists.print(listed(desk, progress), out, progress)

    def save(desk: Desk, out: Path, progress: Progress) -> None:
        desk.printed_lists.save(listed(desk, progress), out, progress)

    print_pdf(context, window, seen.title, write, use="lists", table=save if as_table else None)
