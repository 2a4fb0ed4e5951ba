"""The menu bar, painted by us because mnemonics are underlined only while Alt is held."""

from __future__ import annotations

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QMenuBar, QToolButton

from alumnidesk.ui.look import Look
from alumnidesk.ui.widgets.paint import fill
from alumnidesk.ui.words import tr

HEIGHT = 36


class MenuBar(QMenuBar):
    """A flat row of words on the ground of the navigation."""

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look, self._underlined = look, False
        self.setNativeMenuBar(False)
        self.setFixedHeight(look.px(HEIGHT))
        self.setFont(look.font())
        for button in self.findChildren(QToolButton):  # Qt's own, shown where the window is too narrow for all menus
            button.setAccessibleName(tr("More menus"))

    def underline(self, shown: bool) -> None:
        """Show the mnemonics or not."""
        self._underlined = shown
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        look, painter = self._look, QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.fillRect(self.rect(), look.colour("nav"))
        painter.fillRect(0, self.height() - 1, self.width(), 1, look.colour("line"))
        mnemonic = Qt.TextFlag.TextShowMnemonic if self._underlined else Qt.TextFlag.TextHideMnemonic
        for action in self.actions():
            across = self.actionGeometry(action)
            place = QRect(across.x(), 0, across.width(), self.height() - 1)
            active = action is self.activeAction()
            if active:
                fill(painter, place.adjusted(0, 2, 0, -2), look.colour("tint"), look.px(4))
            painter.setPen(look.colour("on_tint" if active else "text"))
            painter.drawText(place, Qt.AlignmentFlag.AlignCenter | mnemonic, action.text())
