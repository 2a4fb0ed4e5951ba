"""A button that stands for one of several places, of which one is the current."""

from __future__ import annotations

from PySide6.QtCore import QSignalBlocker, Signal
from PySide6.QtWidgets import QWidget

from alumnidesk.ui.look import Look
from alumnidesk.ui.widgets.painted_button import PaintedButton


class OneOf(PaintedButton):
    """`picked` says that somebody wants to go there; they are there once `mark` is called.

    To screen readers it is a check box, of which the first thing they can ask is to be toggled: that picks it too.
    """

    picked = Signal()

    def __init__(self, look: Look, text: str, parent: QWidget | None = None) -> None:
        super().__init__(look, parent)
        self.setText(text)
        self.setAccessibleName(text)
        self.setCheckable(True)
        self.clicked.connect(lambda _=False: self.picked.emit())
        self.toggled.connect(self._toggled)

    def mark(self) -> None:
        """Make it the current one; it is not picked by that."""
        with QSignalBlocker(self):
            self.setChecked(True)

    def nextCheckState(self) -> None:
        """A click alone marks nothing: the way there may be barred. Qt unmarks by this the one that is left."""
        if self.isChecked():
            super().nextCheckState()

    def _toggled(self, on: bool) -> None:
        if on:
            self.picked.emit()
