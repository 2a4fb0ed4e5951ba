"""Contacts that are dragged are put on a list: held over the button of saved searches, the lists unfold below it.

A saved search is a question: who fits is in it, and nobody is put there. So it takes nothing, and the pointer shows it.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtCore import QPoint, QRect, Qt, QTimer
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from alumnidesk.ui.contacts.saved.button import Offered, read
from alumnidesk.ui.page import Context
from alumnidesk.ui.widgets.dragging import TakesContacts
from alumnidesk.ui.widgets.lines import Column, LinesTable
from alumnidesk.ui.widgets.list_table import TWO_LINES, ListTable
from alumnidesk.ui.widgets.paint import frame
from alumnidesk.ui.words import tr, tr_n

if TYPE_CHECKING:
    from alumnidesk.desk import Desk

WIDTH, MARGIN, ROWS = 360, 4, 8
"""Width, and what is left free around the rows, at 100 %; so many rows are seen at once."""
PAUSE = 250
"""Milliseconds between two rows while one scrolls by dragging."""
NEW, SEARCH = 0, -1
"""What stands in the place of the number of a list: a list that is yet to be made, and a saved search."""


class Place(NamedTuple):
    """A row of the lists that unfold."""

    list: int
    name: str
    about: str
    icon: str

    @property
    def takes(self) -> bool:
        """Can contacts be put there?"""
        return self.list != SEARCH


class UnfoldedLists(QWidget):
    """`make` asks for the name of a new list; `near` is the button."""

    def __init__(
        self, context: Context, near: QWidget, make: Callable[[Sequence[int]], object], parent: QWidget
    ) -> None:
        super().__init__(parent)
        look = context.look
        self._context, self._near, self._make = context, near, make
        self._places: list[Place] = []
        self._wanted = False
        """Is the drag still on, for which the lists unfold?"""
        self._pause = QTimer(self, singleShot=True, interval=PAUSE)
        columns = (
            Column[Place](
                "name",
                tr("Name"),
                lambda place: place.name,
                icon=lambda place: (place.icon, "text2"),
                second=lambda place: place.about,
            ),
        )
        self.table: LinesTable[Place] = LinesTable(
            columns, lambda ids, deliver: deliver([self._places[id] for id in ids])
        )
        self.list = ListTable(look, self.table, tr("Saved searches and lists"), row=TWO_LINES, heads=False)
        self.list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        column = QVBoxLayout(self)
        margin = look.px(MARGIN)
        column.setContentsMargins(margin, margin, margin, margin)
        column.addWidget(self.list)
        TakesContacts(look, self.list, self._take, self._taken_at)
        self.hide()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter, look = QPainter(self), self._context.look
        painter.fillRect(self.rect(), look.colour("page"))
        frame(painter, self.rect(), look.colour("field"), 0)

    def unfold(self) -> None:
        """Read what there is, and show it below the button."""
        self._wanted = True
        self._context.tasks.run(read, self._show, latest="saved searches")

    def fold(self) -> None:
        """The drag is over."""
        self._wanted = False
        self.hide()

    def _show(self, offered: Offered) -> None:
        if not self._wanted:
            return
        searches, lists = offered
        self._places = [
            Place(NEW, tr("New list …"), tr("You give it a name"), "plus"),
            *(Place(one.id, one.name, tr_n("{n} contact", "{n} contacts", one.contacts), "list") for one in lists),
            *(Place(SEARCH, one.name, tr("Its conditions say who is in it"), "filter") for one, _ in searches),
        ]
        self.table.show(range(len(self._places)), self._places)
        self.list.clearSelection()
        look, parent = self._context.look, self.parentWidget()
        assert parent is not None
        width = min(look.px(WIDTH), parent.width())
        below = self._near.mapTo(parent, self._near.rect().bottomLeft())
        top, margins = below.y() + look.px(4), 2 * look.px(MARGIN)
        row = look.px(TWO_LINES)
        rows = min(len(self._places), ROWS, (parent.height() - top - margins) // row)
        self.setGeometry(min(below.x(), parent.width() - width), top, width, max(rows, 1) * row + margins)
        self.show()
        self.raise_()

    def _place(self, at: QPoint) -> Place | None:
        row = self.list.id_at(at)
        return None if row is None else self._places[row]

    def _taken_at(self, at: QPoint) -> QRect:
        self._scroll_near_the_edge(at.y())
        place = self._place(at)
        return self.list.row_at(at) if place is not None and place.takes else QRect()

    def _scroll_near_the_edge(self, y: int) -> None:
        """One row further, and the next one a moment later: the wheel cannot be turned while one drags."""
        edge, bar = self._context.look.px(TWO_LINES) // 2, self.list.verticalScrollBar()
        way = -1 if y < edge else 1 if y > self.list.viewport().height() - edge else 0
        if way and not self._pause.isActive():
            bar.setValue(bar.value() + way)
            self._pause.start()

    def _take(self, contacts: Sequence[int], at: QPoint) -> None:
        place = self._place(at)
        self.fold()
        if place is None or not place.takes:
            return
        if place.list == NEW:
            self._make(contacts)
            return

        def put(desk: Desk) -> int:
            return desk.lists.add(place.list, contacts)

        self._context.deed(put, then=lambda new: self._say_if_there(new, len(contacts)))

    def _say_if_there(self, new: int, n: int) -> None:
        if not new:
            said = tr_n("{n} person is on the list already", "{n} people are on the list already", n)
            self._context.notices.say(said, icon="info")
