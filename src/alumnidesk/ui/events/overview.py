"""All events: title, day, how full they are; one click or Enter opens the list of people."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QModelIndex, QPoint, Qt, Signal
from PySide6.QtGui import QAction, QGuiApplication
from PySide6.QtWidgets import QVBoxLayout, QWidget

from alumnidesk.domain.folding import fold
from alumnidesk.domain.lines import EventLine
from alumnidesk.ui.events.inviting import put_on_list
from alumnidesk.ui.events.table import event_columns
from alumnidesk.ui.page import Context
from alumnidesk.ui.widgets.buttons import FilledButton, OutlinedButton
from alumnidesk.ui.widgets.dragging import TakesContacts
from alumnidesk.ui.widgets.empty import EmptyState
from alumnidesk.ui.widgets.head import PageHead
from alumnidesk.ui.widgets.lines import LinesTable
from alumnidesk.ui.widgets.list_table import TWO_LINES, ListTable
from alumnidesk.ui.widgets.search import SearchField
from alumnidesk.ui.widgets.stack import Stack
from alumnidesk.ui.words import tr


class Overview(QWidget):
    """`opened` carries the event to open."""

    opened = Signal(int)

    def __init__(self, context: Context) -> None:
        super().__init__()
        look = context.look
        self._context = context
        self._lines: dict[int, EventLine] = {}
        self.search = SearchField(look, tr("Search events"))
        new = FilledButton(look, tr("New event"), icon="plus", clicked=context.actions.trigger("events.new"))
        head = PageHead(look, tr("Events"), search=self.search, actions=[new])
        self.table: LinesTable[EventLine] = LinesTable(
            event_columns(), lambda ids, deliver: deliver([self._lines[id] for id in ids])
        )
        self.list = ListTable(look, self.table, tr("Events"), row=TWO_LINES)
        TakesContacts(look, self.list, self._take, self.list.row_at)
        self.list.menu_actions = [
            self._action(tr("Open"), lambda: self._open(self.list.current_id)),
            self._action(tr("Delete"), context.actions.trigger("events.delete")),
        ]
        begin = OutlinedButton(look, tr("New event"), icon="plus", clicked=context.actions.trigger("events.new"))
        self.empty = EmptyState(look, "", "", [begin], icon="calendar")
        self._stack = Stack()
        for widget in (self._inset(), self.empty):
            self._stack.addWidget(widget)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(look.px(12))
        column.addWidget(head)
        column.addWidget(self._stack, 1)
        self.search.asked.connect(lambda _: self.read())
        self.search.left_for_list.connect(self.list.setFocus)
        self.list.opened.connect(self.opened)
        self.list.clicked.connect(self._clicked)

    def _inset(self) -> QWidget:
        inset = QWidget()
        column = QVBoxLayout(inset)
        margin = self._context.look.px(8)
        column.setContentsMargins(margin, 0, margin, 0)
        column.addWidget(self.list)
        return inset

    def _action(self, text: str, does: Callable[[], object]) -> QAction:
        action = QAction(text, self)
        action.triggered.connect(lambda: does())
        return action

    def read(self) -> None:
        """Read the events again."""
        query = self.search.text()
        self._context.tasks.run(lambda desk: desk.events.lines(query), self._show, latest="events")

    def _show(self, lines: Sequence[EventLine]) -> None:
        self._lines = {line.id: line for line in lines}
        wanted = fold(self.search.text())

        def found(text: str) -> Sequence[tuple[int, int]]:
            at = text.casefold().find(wanted) if wanted else -1
            return ((at, at + len(wanted)),) if at >= 0 else ()

        self.table.show(list(self._lines), lines, matcher=found)
        self._stack.setCurrentIndex(0 if lines else 1)
        if not lines and wanted:
            self.empty.say(tr("No event found"), tr("No title and no place has these words in it."))
        elif not lines:
            self.empty.say(
                tr("No event yet"),
                tr(
                    "Put people on the list of a reunion, a seminar or a meeting, see who is coming, and write to them."
                ),
            )

    def _take(self, contacts: Sequence[int], at: QPoint) -> None:
        if (event := self.list.id_at(at)) is not None:
            put_on_list(self._context, event, contacts)

    def _clicked(self, index: QModelIndex) -> None:
        if QGuiApplication.keyboardModifiers() == Qt.KeyboardModifier.NoModifier:
            self._open(self.table.ids[index.row()])

    def _open(self, id: int | None) -> None:
        if id is not None:
            self.opened.emit(id)
