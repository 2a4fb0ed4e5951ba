"""Returned mail: the code printed on each letter is scanned or typed, one after the other, and each answers at once."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible, QAccessibleEvent
from PySide6.QtWidgets import QApplication, QHBoxLayout, QVBoxLayout, QWidget

from alumnidesk.domain.lines import ContactLine
from alumnidesk.ui.contacts.picker import ContactPicker
from alumnidesk.ui.letters.returned_answers import Answer, by_code, by_name, looks_like_code
from alumnidesk.ui.letters.returned_row import ReturnedRow
from alumnidesk.ui.look import Look
from alumnidesk.ui.page import Context
from alumnidesk.ui.widgets.buttons import OutlinedButton
from alumnidesk.ui.widgets.empty import EmptyState
from alumnidesk.ui.widgets.focus import follow_the_eye
from alumnidesk.ui.widgets.head import PageHead
from alumnidesk.ui.widgets.label import Label, Line
from alumnidesk.ui.widgets.scroller import Scroller
from alumnidesk.ui.widgets.stack import Stack
from alumnidesk.ui.words import tr, tr_n

if TYPE_CHECKING:
    from alumnidesk.desk import Desk

WIDEST = 760
"""Width at 100 % beyond which nobody likes to read a line."""
LOOKED_BACK = 500
"""So many deeds are asked whether they still hold."""


class CodeOrName(ContactPicker):
    """A code is taken with Enter, as a scanner ends it; anything else is a name, and offers whom it may be."""

    def __init__(self, context: Context, entered: Callable[[str], object]) -> None:
        super().__init__(context, tr("Code or name"))
        self._entered = entered
        self.search.setAccessibleDescription(tr("The code stands at the edge of the first page of the letter."))

    def _ask(self, text: str) -> None:
        super()._ask("" if looks_like_code(text) else text)

    def _pick_current(self) -> None:
        """Enter: a code is taken; of several who are called so one has to be chosen in the list."""
        text = self.search.text().strip()
        if looks_like_code(text):
            self.search.clear()
            self._entered(text)
        else:
            self._context.tasks.run(self._find(text), partial(self._pick_only, text))

    def _pick_only(self, text: str, lines: Sequence[ContactLine]) -> None:
        if len(lines) == 1:
            self._pick(lines)
            return
        self._show(text, lines)
        if lines:
            self.list.setFocus(Qt.FocusReason.OtherFocusReason)


class ReturnedRoom(QWidget):
    """What came back in this session, newest first."""

    help_topic = "returned-mail"

    def __init__(self, context: Context, back: Callable[[], object]) -> None:
        super().__init__()
        self._context, look = context, context.look
        self.rows: list[ReturnedRow] = []
        leave = OutlinedButton(look, tr("Back to the letters"), icon="arrow-left", clicked=back)
        self.head = PageHead(
            look,
            tr("Returned mail"),
            actions=[leave],
            below=tr("Scan or type the code of each letter that came back. Without a code, type the name."),
        )
        self.entry = CodeOrName(context, self.enter)
        self.entry.picked.connect(lambda line: self._note(partial(by_name, contact=line.id)))
        self.count = Label(look, "", size="small", role="text2", wraps=True)
        self.nothing = EmptyState(
            look,
            tr("Nothing has come back yet"),
            tr(
                "The address of each letter is not used any more from then on, a search for the person begins, and "
                "you see whom you can ask. Every answer can be taken back."
            ),
            icon="returned",
        )
        self._body = QWidget()
        self._list = QVBoxLayout(self._body)
        self._list.setContentsMargins(0, 0, look.px(8), look.px(16))
        self._list.setSpacing(0)
        self._list.addStretch(1)
        self._answers = Stack()
        self._answers.addWidget(_narrow(look, Scroller(look, tr("What came back"), self._body)))
        self._answers.addWidget(self.nothing)
        self._answers.setCurrentIndex(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.head)
        column.addSpacing(look.px(12))
        column.addWidget(Line(look))
        inner = QVBoxLayout()
        inner.setContentsMargins(look.px(20), look.px(16), look.px(12), 0)
        inner.setSpacing(look.px(8))
        for widget in (self.entry, self.count):
            inner.addWidget(_narrow(look, widget))
        inner.addWidget(self._answers, 1)
        column.addLayout(inner, 1)

    def entered(self) -> None:
        """The room has come to the front: the next code can be scanned."""
        self.entry.search.setFocus(Qt.FocusReason.OtherFocusReason)

    # Entering --------------------------------------------------------------------------------------------------

    def enter(self, code: str) -> None:
        """A letter with this code came back."""
        self._note(partial(by_code, code=code))

    def _note(self, work: Callable[[Desk], Answer]) -> None:
        self._context.deed(work, then=self._answer, quiet=True)

    def _answer(self, answer: Answer) -> None:
        if not answer.changeset and answer.role == "look":
            QApplication.beep()  # whoever scans looks at the letters and not at the screen
        row = ReturnedRow(self._context.look, answer, partial(self._take_back, answer.changeset), self._go_to)
        self.rows.insert(0, row)
        self._list.insertWidget(0, row)
        follow_the_eye(self._body)
        self._answers.setCurrentIndex(0)
        self._count()
        self.entered()
        QAccessible.updateAccessibility(QAccessibleEvent(row, QAccessible.Event.Alert))

    def _go_to(self, contact: int) -> None:
        self._context.open_page("contacts", contact)

    def _take_back(self, changeset: int) -> None:
        self._context.deed(lambda desk: desk.history.undo(changeset), quiet=True)
        self.entered()

    # What holds ------------------------------------------------------------------------------------------------

    def refresh(self) -> None:
        """Something was done or taken back, here or elsewhere."""
        if noted := {row.answer.changeset for row in self.rows} - {0}:
            self._context.tasks.run(
                lambda desk: {
                    entry.id
                    for entry in desk.history.entries(limit=LOOKED_BACK)
                    if entry.id in noted and entry.reverted
                },
                self._show_reverted,
                latest="returned mail that holds",
            )

    def _show_reverted(self, reverted: set[int]) -> None:
        for row in self.rows:
            row.show_holds(holds=row.answer.changeset not in reverted)
        self._count()

    def _count(self) -> None:
        noted = sum(row.holds and row.answer.undeliverable for row in self.rows)
        self.count.setText(
            tr(
                "{entered}, {noted}",
                entered=tr_n("{n} letter entered", "{n} letters entered", len(self.rows)),
                noted=tr_n("{n} address undeliverable", "{n} addresses undeliverable", noted),
            )
        )


def _narrow(look: Look, widget: QWidget) -> QWidget:
    """A widget at the left of its room: lines do not grow with the window."""
    widget.setMaximumWidth(look.px(WIDEST))
    room = QWidget()
    row = QHBoxLayout(room)
    row.setContentsMargins(0, 0, 0, 0)
    row.addWidget(widget, 1)
    row.addStretch()
    return room
