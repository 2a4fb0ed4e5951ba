"""The list of contacts on paper, as it stands: its columns, its order, its groups."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from alumnidesk.domain.lines import ContactLine
from alumnidesk.domain.printed_list import PrintedRow
from alumnidesk.progress import Progress
from alumnidesk.ui.contacts.table import columns
from alumnidesk.ui.page import Context
from alumnidesk.ui.printing.lists import SeenList, heads, of_today, print_seen, row
from alumnidesk.ui.widgets.grouped import Group
from alumnidesk.ui.widgets.lines import Column
from alumnidesk.ui.words import tr

if TYPE_CHECKING:
    from alumnidesk.desk import Desk

BATCH = 500


def print_list(
    context: Context,
    window: QWidget,
    ids: Sequence[int],
    groups: Sequence[Group],
    shown: Sequence[Column[ContactLine]],
    more: Sequence[str],
    query: str,
    counts: str,
) -> None:
    """Make a PDF of these contacts and show it.

    `shown` are the columns, `more` the keys of those that lines bring further values for; `counts` says how many of
    how many they are.
    """
    usual = {column.key: column for column in columns()}  # without what says why somebody was found
    printed = [usual.get(column.key, column)._replace(width=column.width) for column in shown]
    title = tr("Contacts: {query}", query=query) if query else tr("Contacts")

    def rows(desk: Desk, progress: Progress) -> Sequence[PrintedRow]:
        found: list[PrintedRow] = []
        for start in range(0, len(ids), BATCH):
            progress.check()
            found += [row(printed, line) for line in desk.find.lines(ids[start : start + BATCH], more)]
        return _grouped(found, groups)

    print_seen(context, window, SeenList(title, of_today(counts), heads(printed), rows), as_table=False)


def _grouped(rows: Sequence[PrintedRow], groups: Sequence[Group]) -> Sequence[PrintedRow]:
    """Each group below its head."""
    if not groups:
        return rows
    found: list[PrintedRow] = []
    start = 0
    for group in groups:
        found += [PrintedRow([group.name], group=True), *rows[start : start + group.size]]
        start += group.size
    return found
