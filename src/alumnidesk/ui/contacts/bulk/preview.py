"""What a change would do to each contact, as a list; who shall stay as they are is unticked there."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QGuiApplication, QKeyEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from alumnidesk.domain import bulk_edit
from alumnidesk.i18n import Message
from alumnidesk.ui.contacts.table import NOTHING
from alumnidesk.ui.look import Look
from alumnidesk.ui.widgets.label import Label
from alumnidesk.ui.widgets.lines import Column, Deliver, Index, LinesTable
from alumnidesk.ui.widgets.list_table import ROW, ListTable
from alumnidesk.ui.words import tr, tr_n, words

if TYPE_CHECKING:
    from alumnidesk.services.bulk import Plan, Row

SEEN, LEAST = 6, 480
"""Rows that are seen at least; width at 100 %."""


class PreviewList(QWidget):
    """`asked` wants the lines of some contacts, `changed` when somebody was unticked or ticked again, `confirmed` with
    Enter."""

    asked = Signal(object, object)
    changed = Signal()
    confirmed = Signal()

    def __init__(self, look: Look) -> None:
        super().__init__()
        self.skipped: set[int] = set()
        """Who was unticked."""
        self._changing: frozenset[int] = frozenset()
        self.table: LinesTable[Row] = LinesTable(self._columns(), self._fetch, self)
        self.list = ListTable(look, self.table, tr("What changes"))
        self.list.setMinimumSize(look.px(LEAST), look.px(ROW) * SEEN)
        self.list.clicked.connect(self._click)
        self.list.installEventFilter(self)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(look.px(6))
        column.addWidget(self.list, 1)
        hint = tr("A click on a tick, or the space bar, leaves somebody as they are.")
        column.addWidget(Label(look, hint, size="small", role="text2", wraps=True))

    def _columns(self) -> tuple[Column[Row], ...]:
        return (
            Column("name", tr("Contact"), self._name, 200, icon=self._tick, sortable=False),
            Column("now", tr("Now"), lambda row: _said(row.old), 150, sortable=False),
            Column(
                "then",
                tr("Afterwards"),
                lambda row: words(row.why) if row.why.text else _said(row.new),
                210,
                icon=_mark,
                sortable=False,
            ),
        )

    def _fetch(self, ids: Sequence[int], deliver: Deliver[Row]) -> None:
        self.asked.emit(list(ids), deliver)

    def _name(self, row: Row) -> str:
        return tr("{names} (left out)", names=row.name) if row.contact in self.skipped else row.name

    def _tick(self, row: Row) -> tuple[str, str]:
        if row.why.text:
            return "", "text2"
        return ("minus-circle", "text2") if row.contact in self.skipped else ("check-circle", "good")

    def show_plan(self, plan: Plan, changing: Sequence[int]) -> None:
        """Show a plan; all whom it changes are ticked."""
        self.skipped.clear()
        self._changing = frozenset(changing)
        self.list.begin_at_the_top()
        self.table.show(plan.in_order)

    # Unticking -------------------------------------------------------------------------------------------------

    def turn(self, contacts: Sequence[int]) -> None:
        """Leave these as they are, or change them after all."""
        chosen = self._changing.intersection(contacts)
        if chosen and chosen <= self.skipped:
            self.skipped -= chosen
        else:
            self.skipped |= chosen
        self.list.viewport().update()
        self.changed.emit()

    def _click(self, index: Index) -> None:
        if index.column() == 0 and not QGuiApplication.keyboardModifiers():
            self.turn([self.table.ids[index.row()]])

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            if event.key() == Qt.Key.Key_Space:
                self.turn(self.list.selected_ids())
                return True
            if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
                if not event.isAutoRepeat():
                    self.confirmed.emit()
                return True
        return super().eventFilter(watched, event)


def _mark(row: Row) -> tuple[str, str]:
    """What becomes of a contact: it changes, stays, or cannot."""
    if not row.why.text:
        return "arrow-right", "accent"
    return ("warning", "bad") if row.outcome == "cannot" else ("check", "text2")


def _said(values: Sequence[Message]) -> str:
    """Values in one line."""
    return "; ".join(" ".join(words(value).split()) for value in values) or NOTHING


_COUNTED: dict[str, Callable[[int], str]] = {
    bulk_edit.HAS_IT.text: lambda n: tr_n("{n} has it already", "{n} have it already", n),
    bulk_edit.HAS_ANOTHER.text: lambda n: tr_n("{n} has something else already", "{n} have something else already", n),
    bulk_edit.EMPTY.text: lambda n: tr_n("{n} has nothing there", "{n} have nothing there", n),
    bulk_edit.LACKS_IT.text: lambda n: tr_n("{n} does not have it", "{n} do not have it", n),
    bulk_edit.NO_ADDRESS.text: lambda n: tr_n("{n} has no address", "{n} have no address", n),
    bulk_edit.NO_SUCH.text: lambda n: tr_n("{n} has no such affiliation", "{n} have no such affiliation", n),
    bulk_edit.ENDED.text: lambda n: tr_n("of {n} it has ended already", "of {n} it has ended already", n),
}
"""Why some stay as they are, counted."""


def summary(plan: Plan, changing: int, skipped: int) -> str:
    """How many change, how many do not, and why: 12 change, 3 have it already, 1 cannot: it has no name."""
    parts = [tr_n("{n} changes", "{n} change", changing)]
    if skipped:
        parts.append(tr_n("{n} left out", "{n} left out", skipped))
    for reason in plan.reasons:
        counted = _COUNTED.get(reason.why.text)
        parts.append(
            counted(reason.n)
            if counted is not None
            else tr_n("{n} cannot: {reason}", "{n} cannot: {reason}", reason.n, reason=words(reason.why).rstrip("."))
        )
    return tr("{parts}.", parts=", ".join(parts))
