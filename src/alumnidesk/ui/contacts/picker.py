"""Choosing one contact by name: a search with what it finds below it."""

from __future__ import annotations

from collections.abc import Callable, Container, Sequence
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from alumnidesk.domain.lines import ContactLine
from alumnidesk.ui.page import Context
from alumnidesk.ui.widgets.label import Label
from alumnidesk.ui.widgets.lines import Column, LinesTable
from alumnidesk.ui.widgets.list_table import TWO_LINES, ListTable
from alumnidesk.ui.widgets.search import SearchField
from alumnidesk.ui.words import tr

if TYPE_CHECKING:
    from alumnidesk.desk import Desk

OFFERED, SEEN = 20, 4
"""So many contacts are offered, and so many of them are seen at once."""


class _Typed(SearchField):
    """Enter chooses whom the list below shows as current."""

    entered = Signal()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.text().strip():
            self.entered.emit()
        elif event.key() == Qt.Key.Key_Escape and not self.text():
            event.ignore()  # whoever holds this closes
        else:
            super().keyPressEvent(event)


class ContactPicker(QWidget):
    """`picked` carries the line of the chosen contact; `without` are contacts that are not offered."""

    picked = Signal(object)

    def __init__(self, context: Context, placeholder: str) -> None:
        super().__init__()
        self._context = context
        self.without: Container[int] = ()
        look = context.look
        self.search = _Typed(look, placeholder)
        self._lines: dict[int, ContactLine] = {}
        self._asked = ""
        """What the lines below answer."""
        self.table: LinesTable[ContactLine] = LinesTable(
            (
                Column(
                    "name",
                    tr("Name"),
                    lambda line: line.name,
                    200,
                    sortable=False,
                    second=lambda line: ", ".join(part for part in (line.town, line.cohort, line.email) if part),
                ),
            ),
            lambda ids, deliver: deliver([self._lines[id] for id in ids]),
            self,
        )
        self.list = ListTable(look, self.table, tr("People found"), row=TWO_LINES, heads=False)
        self.nobody = Label(look, tr("Nobody found."), size="small", role="text2")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(look.px(4))
        for widget in (self.search, self.list, self.nobody):
            column.addWidget(widget)
        self.setFocusProxy(self.search)
        self.search.asked.connect(self._ask)
        self.search.left_for_list.connect(self.list.setFocus)
        self.search.entered.connect(self._pick_current)
        self.list.opened.connect(lambda id: self._pick([self._lines[id]]))
        self.list.clicked.connect(lambda index: self._pick([self._lines[self.table.ids[index.row()]]]))
        self._show("", [])

    def _find(self, text: str) -> Callable[[Desk], Sequence[ContactLine]]:
        without = self.without

        def find(desk: Desk) -> Sequence[ContactLine]:
            if not text.strip():
                return ()
            ids = [id for id in desk.find.contacts(text, typing=True).ids[: OFFERED * 2] if id not in without]
            return desk.find.lines(ids[:OFFERED])

        return find

    def _ask(self, text: str) -> None:
        self._context.tasks.run(self._find(text), partial(self._show, text), latest="contact to pick")

    def _show(self, text: str, lines: Sequence[ContactLine]) -> None:
        if text != self._asked:
            self.list.begin_at_the_top()
        self._asked = text
        self._lines = {line.id: line for line in lines}
        self.table.show(list(self._lines), lines)
        self.list.wish(self._context.look.px(TWO_LINES) * min(max(len(lines), 1), SEEN))
        self.list.setVisible(bool(lines))
        self.nobody.setVisible(not lines and bool(self.search.text().strip()))

    def _pick_current(self) -> None:
        """The one highlighted; by what stands in the field if the list has not caught up with fast fingers."""
        current = self.list.current_id
        if self.search.text() == self._asked and current is not None:
            self._pick([self._lines[current]])
        else:
            self._context.tasks.run(self._find(self.search.text()), self._pick)

    def _pick(self, lines: Sequence[ContactLine]) -> None:
        if lines:
            self.search.clear()
            self._show("", [])
            self.picked.emit(lines[0])
