"""A dialog of ours: a bold line, plain sentences, verbs as buttons. Nothing in it is ever taken for markup."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QHBoxLayout, QSpacerItem, QVBoxLayout, QWidget

from alumnidesk.ui.look import Look
from alumnidesk.ui.widgets.buttons import Button, FilledButton, OutlinedButton
from alumnidesk.ui.widgets.label import Label

WIDTH = 480


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
        outer.setSpacing(look.px(8))
        # Not a minimum of the dialog itself: that would hide the minimum of what stands in it.
        outer.addSpacerItem(QSpacerItem(look.px(WIDTH) - 2 * margin, 0))
        outer.addWidget(Label(look, head, size="title", bold=True, wraps=True))
        if sentence:
            outer.addWidget(Label(look, sentence, wraps=True, selectable=True))
        self.column = QVBoxLayout()
        self.column.setSpacing(look.px(8))
        outer.addLayout(self.column, 1)
        outer.addSpacing(look.px(8))
        self._buttons = QHBoxLayout()
        self._buttons.setSpacing(look.px(8))
        self._buttons.addStretch(1)
        outer.addLayout(self._buttons)
        self.chosen = -1
        """Which button was pressed, counted from 0; -1 after Esc."""
        self.made: list[Button] = []

    def choose(self, verb: str, *, main: bool = False, icon: str = "",
               clicked: Callable[[], object] | None = None) -> Button:
        """Add a button with a verb; the main one is filled and answers Enter.

        With `clicked` the dialog stays open until it is accepted, so that what was refused can be corrected.
        """
        kind = FilledButton if main else OutlinedButton
        number = len(self.made)
        button = kind(self.look, verb, icon=icon, clicked=clicked or (lambda: self._choose(number)))
        self.made.append(button)
        self._buttons.addWidget(button)
        if main:
            button.setFocus(Qt.FocusReason.OtherFocusReason)
        return button

    def _choose(self, number: int) -> None:
        self.chosen = number
        self.accept()


def ask(look: Look, head: str, sentence: str, verbs: Sequence[str], parent: QWidget | None = None) -> int:
    """Ask and wait; the last verb is the main one. Returns its number, or -1 after Esc."""
    dialog = Dialog(look, head, sentence, parent)
    for index, verb in enumerate(verbs):
        dialog.choose(verb, main=index == len(verbs) - 1)
    dialog.exec()
    dialog.deleteLater()
    return dialog.chosen
