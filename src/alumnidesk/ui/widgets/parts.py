"""The views of one page, one at a time: a list of things, and the thing that was opened."""

from __future__ import annotations

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QStackedWidget, QWidget

from alumnidesk.ui.look import Look

LEAST = QSize(320, 520)
"""At 100 %: the height is what a laptop leaves between the menu and a notice."""


class Parts(QStackedWidget):
    """Asks for the same room whichever view is shown: enough for each, though all would like more."""

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look = look

    def hasHeightForWidth(self) -> bool:
        return False

    def minimumSizeHint(self) -> QSize:
        return QSize(self._look.px(LEAST.width()), self._look.px(LEAST.height()))
