"""How the contact list is arranged: its columns and their widths, by what it is sorted, in which groups.

Columns, widths and groups are kept on this computer for the next time; columns of own fields by their names, so that in
another file they are there if it has such fields.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QPoint, QTimer, Signal
from PySide6.QtGui import QActionGroup
from PySide6.QtWidgets import QMenu

from alumnidesk.domain.lines import Arrangement, ContactLine
from alumnidesk.progress import Progress
from alumnidesk.ui.page import Context
from alumnidesk.ui.widgets.arranged_list import ArrangedList
from alumnidesk.ui.widgets.grouped import Group
from alumnidesk.ui.widgets.lines import Column
from alumnidesk.ui.words import language, tr, tr_n

if TYPE_CHECKING:
    from alumnidesk.domain.list_columns import ListColumn
    from alumnidesk.domain.own_fields import OwnField

NAME = "name"
OWN = "own."
KEPT_COLUMNS, KEPT_GROUP = "contacts/columns", "contacts/group"
REST, NEXT = 2000, 300
"""Milliseconds after the last key or deed until one column after the other is sorted by, and between two of them."""
Widths = dict[str, int]
"""The keys of the chosen columns from left to right, and how wide each is at 100 %."""


class ListArrangement(QObject):
    """Arranges the list; `changed` when it has to be asked for again."""

    changed = Signal()

    def __init__(self, context: Context, list: ArrangedList, usual: Sequence[Column[ContactLine]]) -> None:
        """`usual` are the columns that the list has at first."""
        super().__init__(list)
        self._context, self._list = context, list
        self._usual = {column.key: column for column in usual}
        self._own: Sequence[OwnField] = ()
        self.sort, self.downwards = NAME, False
        self.group = context.preferences.text(KEPT_GROUP)
        if self.group not in dict(groups_offered()):
            self.group = ""
        self.widths = self._kept() or self.usual_widths()
        self.more: tuple[str, ...] = ()
        """The keys of those columns whose values the lines bring beside the usual ones."""
        self._resting = QTimer(self, singleShot=True)
        self._resting.timeout.connect(self._foresee_next)
        list.sorted_by(self.sort, self.downwards)
        list.sort_asked.connect(self._sort)
        list.sort_likely.connect(self._foresee)
        list.widened.connect(self._widen)
        list.moved.connect(lambda keys: self.choose({key: self.widths[key] for key in keys}))
        list.head_menu.connect(self._menu)
        if self.widths != self.usual_widths():
            self._show()
            self.refresh()

    @property
    def arrangement(self) -> Arrangement:
        """What the desk is asked for."""
        return Arrangement(self.sort, self.downwards, self.group, language().code)

    def usual_widths(self) -> Widths:
        """The columns as they are at first."""
        return {column.key: column.width for column in self._usual.values()}

    def groups(self, found: Sequence[tuple[str, int]]) -> list[Group]:
        """The groups of what was found, named in words."""
        nobodys = tr("Without cohort") if self.group == "cohort" else tr("Without unit")
        return [Group(name or nobodys, n, tr_n("{n} contact", "{n} contacts", n)) for name, n in found]

    # Choosing --------------------------------------------------------------------------------------------------

    def choose(self, widths: Mapping[str, int]) -> None:
        """Show these columns from left to right; the name stands first in any case."""
        self.widths = {NAME: widths.get(NAME, self.widths[NAME]), **widths}
        self._keep()
        if self.sort not in self.widths:
            self.sort, self.downwards = NAME, False
            self._list.sorted_by(self.sort, self.downwards)
        self._show()
        self.changed.emit()

    def arrange(self, sort: str, group: str, *, downwards: bool) -> None:
        """Sort by a column, and put into groups by cohort, unit or (empty) not at all."""
        if (sort, group, downwards) == (self.sort, self.group, self.downwards):
            return
        self.sort, self.group, self.downwards = sort, group, downwards
        self._context.preferences.keep(KEPT_GROUP, group)
        self._list.sorted_by(sort, downwards)
        self.changed.emit()

    def put_in_groups(self, group: str) -> None:
        """Put contacts into groups, sorted as they are."""
        self.arrange(self.sort, group, downwards=self.downwards)

    def refresh(self) -> None:
        """Own fields may have changed, if one is a column."""
        if any(key.startswith(OWN) for key in self.widths):
            self._context.tasks.run(lambda desk: desk.own_fields.all(), self._know)

    def _know(self, own: Sequence[OwnField]) -> None:
        if list(own) != list(self._own):
            self._own = own
            self._show()
            self.changed.emit()

    def _sort(self, key: str, downwards: bool) -> None:
        self.arrange(key, self.group, downwards=downwards)

    def _foresee(self, key: str, downwards: bool) -> None:
        """The pointer is on its way to a head: until it clicks, the contacts are sorted."""
        self._make_ready([self.arrangement._replace(sort=key, descending=downwards)], latest="the order that is likely")

    def rest(self) -> None:
        """Somebody works with the list. When that ends for a moment, the order of each column is made ready."""
        self._resting.start(REST)

    def _foresee_next(self) -> None:
        now = self.arrangement
        likely = [now._replace(sort=key, descending=False) for key in self.widths]
        likely += [now._replace(group=key) for key, _ in groups_offered()]
        self._make_ready(likely, self._go_on, latest="the orders of the columns")

    def _make_ready(
        self, likely: Sequence[Arrangement], then: Callable[[bool], None] | None = None, *, latest: str
    ) -> None:
        """Without a word, and whatever somebody asks for meanwhile goes first."""
        progress = Progress()
        self._context.tasks.run(
            lambda desk: desk.find.foresee(likely, progress),
            then, latest=latest, progress=progress, shown=False, patient=True,
        )  # fmt: skip

    def _go_on(self, more: bool) -> None:
        if more and not self._resting.isActive():
            self._resting.start(NEXT)

    def _widen(self, widths: Sequence[int]) -> None:
        self.widths |= dict(zip((column.key for column in self._list.columns), widths, strict=True))
        self._keep()

    def _show(self) -> None:
        """Give the list its columns. Those of fields that this file has not are left out."""
        from alumnidesk.domain.list_columns import offered  # with the catalogue, which the usual columns do not need
        from alumnidesk.ui.contacts.columns import column_of

        known = offered(self._own)
        shown: list[Column[ContactLine]] = []
        more: list[str] = []
        for key, width in self.widths.items():
            column: Column[ContactLine] | None = self._usual.get(key)
            if column is None and key in known:
                column = column_of(known[key], len(more))
                more.append(key)
            if column is not None:
                shown.append(column._replace(width=width))
        self.more = tuple(more)
        self._list.show_columns(shown, sideways=set(self.widths) != set(self._usual))

    # What is kept ----------------------------------------------------------------------------------------------

    def _keep(self) -> None:
        self._context.preferences.keep(KEPT_COLUMNS, json.dumps(list(self.widths.items())))

    def _kept(self) -> Widths:
        """What was kept; nothing if it cannot be read."""
        try:
            kept = {str(key): int(width) for key, width in json.loads(self._context.preferences.text(KEPT_COLUMNS))}
        except (ValueError, TypeError):
            return {}
        return kept if next(iter(kept), "") == NAME and min(kept.values()) > 0 else {}

    # The menu on the heads, and the dialog ---------------------------------------------------------------------

    def _menu(self, key: str, at: QPoint) -> None:
        column = next(column for column in self._list.columns if column.key == key)
        menu = QMenu(self._list)
        menu.aboutToHide.connect(menu.deleteLater)
        if column.sortable:
            menu.addAction(tr("Sort upwards"), lambda: self.arrange(key, self.group, downwards=False))
            menu.addAction(tr("Sort downwards"), lambda: self.arrange(key, self.group, downwards=True))
            menu.addSeparator()
        groups = QActionGroup(menu)
        for value, text in groups_offered():
            action = menu.addAction(text, partial(self.put_in_groups, value))
            action.setCheckable(True)
            action.setChecked(value == self.group)
            groups.addAction(action)
        menu.addSeparator()
        if key != NAME:
            menu.addAction(tr("Remove this column"), lambda: self.remove(key))
        menu.addAction(self._context.actions.dress("contacts.columns"))
        menu.popup(at)

    def remove(self, key: str) -> None:
        """Do not show a column any more."""
        self.choose({other: width for other, width in self.widths.items() if other != key})

    def ask(self) -> None:
        """Let somebody choose columns, order and groups in a dialog."""
        self._context.tasks.run(lambda desk: desk.own_fields.all(), self._open)

    def _open(self, own: Sequence[OwnField]) -> None:
        from alumnidesk.ui.contacts.columns_dialog import ColumnsDialog  # rarely needed

        self._own = own
        dialog = ColumnsDialog(self._context.look, self, self._list.window())
        dialog.exec()
        dialog.deleteLater()

    def offered(self) -> dict[str, ListColumn]:
        """All columns that there are, in the order in which they are offered."""
        from alumnidesk.domain.list_columns import offered

        return offered(self._own)


def groups_offered() -> list[tuple[str, str]]:
    """By what contacts can stand together, in words."""
    return [("", tr("No groups")), ("cohort", tr("In groups by cohort")), ("unit", tr("In groups by unit"))]
