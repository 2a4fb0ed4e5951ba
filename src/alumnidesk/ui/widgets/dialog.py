"""A dialog of ours: a bold line, plain sentences, verbs as buttons. Nothing in it is ever taken for markup."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any, TypeVar

from PySide6.QtCore import QEvent, QObject, QSize, Qt, QTimer
from PySide6.QtGui import QKeyEvent, QShowEvent
from PySide6.QtWidgets import QDialog, QFrame, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from alumnidesk.ui.look import Look
from alumnidesk.ui.widgets.buttons import Button, FilledButton, OutlinedButton
from alumnidesk.ui.widgets.label import Label
from alumnidesk.ui.widgets.list_table import ListTable

if TYPE_CHECKING:
    from alumnidesk.desk import Desk

T = TypeVar("T")
WIDTH = 480
POLL = 100
"""Milliseconds between two looks whether a question has settled itself."""


class Dialog(QDialog):
    """`column` takes the content between the sentences and the buttons; `choose` adds a button."""

    def __init__(self, look: Look, head: str, sentence: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.look = look
        self.setWindowTitle(head)
        self.setModal(True)
        outer = QVBoxLayout(self)
        margin = look.px(24)
        outer.setContentsMargins(margin, margin, margin, margin)
        outer.setSpacing(look.px(16))
        body = QWidget()
        rows = self._rows = QVBoxLayout(body)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(look.px(8))
        rows.addWidget(Label(look, head, size="title", bold=True, wraps=True))
        if sentence:
            rows.addWidget(Label(look, sentence, wraps=True, selectable=True))
        self.column = QVBoxLayout()
        self.column.setSpacing(look.px(8))
        rows.addLayout(self.column, 1)
        self._body = _Body(body, look.px(WIDTH) - 2 * margin)
        outer.addWidget(self._body, 1)
        body.installEventFilter(self)
        self._buttons = QHBoxLayout()
        self._buttons.setSpacing(look.px(8))
        self._buttons.addStretch(1)
        outer.addLayout(self._buttons)
        self.chosen = -1
        """Which button was pressed, counted from 0; -1 after Esc."""
        self.made: list[Button] = []
        self._main: Button | None = None
        self._verbs: list[Button] = []
        """Those that do something with the dialog still open; Cancel is not one of them."""
        self._at_work = False

    def choose(
        self, verb: str, *, main: bool = False, icon: str = "", clicked: Callable[[], object] | None = None
    ) -> Button:
        """Add a button with a verb; the main one is filled and answers Enter.

        With `clicked` the dialog stays open until it is accepted, so that what was refused can be corrected.
        """
        kind = FilledButton if main else OutlinedButton
        number = len(self.made)
        button = kind(self.look, verb, icon=icon, clicked=clicked or (lambda: self._choose(number)))
        self.made.append(button)
        if clicked is not None and clicked != self.reject:
            self._verbs.append(button)
        self._buttons.addWidget(button)
        if main:
            self._main = button
            button.setFocus(Qt.FocusReason.OtherFocusReason)
        return button

    def do_once(
        self,
        do: Callable[..., object],
        work: Callable[[Desk], T],
        then: Callable[[T], object] | None = None,
        *,
        failed: Callable[[BaseException], object],
        **how: Any,
    ) -> None:
        """Let `do` (`Context.deed` or `Tasks.run`) carry out `work`; once that is done the dialog is accepted, and
        stays if it `failed`. However often the verb is pressed meanwhile, it is done once."""
        if self._at_work:
            return
        self._at_work, focus = True, self.focusWidget()
        pressed = [verb for verb in self._verbs if verb.isEnabled()]
        for verb in pressed:
            verb.setEnabled(False)

        def done(result: T) -> None:
            self.accept()
            if then is not None:
                then(result)

        def refused(problem: BaseException) -> None:
            self._at_work = False
            for verb in pressed:
                verb.setEnabled(True)
            if focus is not None:
                focus.setFocus(Qt.FocusReason.OtherFocusReason)
            failed(problem)

        do(work, then=done, failed=refused, **how)

    # Enter -----------------------------------------------------------------------------------------------------

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.enter()
        else:
            super().keyPressEvent(event)

    def enter(self) -> None:
        """Enter in anything that has no use for it: presses the main button."""
        if self._main is not None:
            self._main.click()

    # Size ------------------------------------------------------------------------------------------------------

    def sizeHint(self) -> QSize:
        """As high as all that stands in it, but not higher than the screen; then it scrolls."""
        layout, screen = self.layout(), self.screen().availableSize()
        assert layout is not None
        width, most = layout.minimumSize().width(), self._most
        if layout.totalHeightForWidth(width) > most:  # what scrolls is not to be cut by its bar
            width += self._body.verticalScrollBar().sizeHint().width()
        width = min(max(width, self.width() if self.isVisible() else 0), screen.width())
        return QSize(width, min(layout.totalHeightForWidth(width), most))

    @property
    def _most(self) -> int:
        return self.screen().availableSize().height() - self.look.px(48)

    def _lower_lists(self) -> None:
        """Where the screen is too low its lists get lower, down to three lines, if that is enough.

        They are told their height. Pressed together by a layout, the lines of a form would lie over each other too.
        """
        layout = self.layout()
        assert layout is not None
        lists = [one for one in self._body.findChildren(ListTable) if one.wished and one.isVisibleTo(self)]
        if not lists:
            return
        self._rows.activate()
        self._body.updateGeometry()
        width = max(layout.minimumSize().width(), self.width())
        now = {one: one.minimumHeight() for one in lists}
        spare = {one: max(one.wished - one.minimumSizeHint().height(), 0) for one in lists}
        lacking = layout.totalHeightForWidth(width) + sum(one.wished - now[one] for one in lists) - self._most
        if lacking > sum(spare.values()):
            lacking = 0  # all of it scrolls in any case
        for one in lists:
            less = min(max(lacking, 0), spare[one])
            lacking -= less
            if now[one] != one.wished - less:
                one.setFixedHeight(one.wished - less)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._lower_lists()
        self.resize(self.sizeHint())  # Qt itself would stop at two thirds of the screen

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Grow with what appears in it, such as a problem below a field."""
        if event.type() == QEvent.Type.LayoutRequest and self.isVisible():
            self._lower_lists()
            self._body.updateGeometry()
            self.resize(self.sizeHint().expandedTo(self.size()))
        return super().eventFilter(watched, event)

    def _choose(self, number: int) -> None:
        self.chosen = number
        self.accept()


class _Body(QScrollArea):
    """What stands above the buttons of a dialog; it scrolls when the screen is too small for it."""

    def __init__(self, body: QWidget, least: int) -> None:
        """`least` pixels wide, and never narrower than what stands in it."""
        super().__init__()
        self._held, self._least = body, least
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setWidgetResizable(True)
        self.setWidget(body)
        policy = self.sizePolicy()
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def heightForWidth(self, width: int) -> int:
        body = self._held
        return body.heightForWidth(width) if body.hasHeightForWidth() else body.sizeHint().height()

    def sizeHint(self) -> QSize:
        width = self.minimumSizeHint().width()
        return QSize(width, self.heightForWidth(width))

    def minimumSizeHint(self) -> QSize:
        width = max(self._held.minimumSizeHint().width(), self._least)
        return QSize(width, min(self.fontMetrics().height() * 4, self.heightForWidth(width)))


def ask(
    look: Look,
    head: str,
    sentence: str,
    verbs: Sequence[str],
    parent: QWidget | None = None,
    *,
    settled: Callable[[], bool] | None = None,
) -> int:
    """Ask and wait; the last verb is the main one. Returns its number, or -1 after Esc.

    Once it has `settled` itself, the question goes away as with Esc.
    """
    dialog = Dialog(look, head, sentence, parent)
    for index, verb in enumerate(verbs):
        dialog.choose(verb, main=index == len(verbs) - 1)
    if settled is not None:
        poll = QTimer(dialog, interval=POLL)
        poll.timeout.connect(lambda: dialog.reject() if settled() else None)
        poll.start()
    dialog.exec()
    dialog.deleteLater()
    return dialog.chosen
