"""What all buttons share that paint themselves, and those that change the file."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QAbstractButton, QWidget

from alumnidesk.ui.look import Look
from alumnidesk.ui.widgets.changing import Changing


class PaintedButton(Changing, QAbstractButton):
    """The keyboard comes to it, Enter presses it as Space does, and it is painted anew when the look changes.

    One that `changes` the file cannot be pressed where that may only be read; pointer and screen reader are told why.
    """

    _usable = True

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look = look
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        look.changed.connect(self.update)

    def setEnabled(self, usable: bool) -> None:
        """Make it usable, if the file may be changed, or not."""
        self._usable = usable
        super().setEnabled(usable and not self.why)

    def held(self, why: str) -> None:
        self.explain(why)
        self.setEnabled(self._usable)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() not in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            super().keyPressEvent(event)
        elif not event.isAutoRepeat():  # a key that is held down means one thing, not the same thing again and again
            self.click()
