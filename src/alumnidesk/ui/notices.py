"""The strip at the foot of the page area that says what was just done. It lies in the layout, never over a row."""

from __future__ import annotations

from collections.abc import Callable

from PySide6 import QtGui
from PySide6.QtWidgets import QVBoxLayout, QWidget

from alumnidesk.ui.look import Look
from alumnidesk.ui.widgets.focus import go_on_to
from alumnidesk.ui.widgets.label import Line
from alumnidesk.ui.widgets.notice import STRIP, NoticeBar


class Notices(QWidget):
    """Shows one notice at a time until it is closed or the next one comes."""

    def __init__(self, look: Look) -> None:
        super().__init__()
        self.setMinimumHeight(look.px(STRIP))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(Line(look))
        inner = QVBoxLayout()
        inner.setContentsMargins(look.px(16), look.px(7), look.px(16), look.px(8))
        self.bar = NoticeBar(look, closed=self.close_notice)
        inner.addWidget(self.bar)
        column.addLayout(inner)
        self.hide()

    def say(
        self,
        sentence: str,
        undo: Callable[[], None] | None = None,
        *,
        icon: str = "check-circle",
        action: tuple[str, Callable[[], object]] | None = None,
        redo: Callable[[], None] | None = None,
    ) -> None:
        """Say a sentence in the past; `undo` takes back what it tells of, `redo` does again what was taken back,
        `action` (words, function) follows it up."""
        self.bar.say(sentence, undo, icon, action, redo)
        go_on_to(self)
        self.show()
        # Named only here: Qt's classes come into being when they are first named, and this one has enums for 3 ms.
        alert = QtGui.QAccessibleEvent(self.bar, QtGui.QAccessible.Event.Alert)
        QtGui.QAccessible.updateAccessibility(alert)

    def close_notice(self) -> None:
        """Take the notice away."""
        self.hide()
