"""Values side by side of which one is taken, or several together: chosen by a click, or with the arrow keys."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import QObject, QRect, QRectF, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QButtonGroup, QHBoxLayout, QSizePolicy

from alumnidesk.ui.icons import paint_icon
from alumnidesk.ui.look import Look
from alumnidesk.ui.widgets.label import Label, breakable
from alumnidesk.ui.widgets.notice import tinted_role
from alumnidesk.ui.widgets.paint import fill, frame, mirrored

MARK, TALL = 18, 40
"""At 100 %: the mark before a value, the least height."""
LONGEST = 13
"""Letters of a word that stay together in any room."""


class Alternative(QAbstractButton):
    """One value. A check says that it is taken, an empty ring that it could be.

    `stepped` asks for the choice above (-1) or below (1), `turned` for the value before (-1) or behind (1) this one.
    """

    stepped = Signal(int)
    turned = Signal(int)

    def __init__(self, look: Look, text: str, name: str) -> None:
        """`name` is what a screen reader says: whose value of which field it is."""
        super().__init__()
        self._look, self._taken = look, False
        self.setCheckable(True)
        self.setAccessibleName(name)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self.words = Label(look, breakable(text, LONGEST), wraps=True)
        row = QHBoxLayout(self)
        row.setContentsMargins(look.px(10 + MARK + 8), look.px(6), look.px(10), look.px(6))
        row.addWidget(self.words, 1)
        self.setMinimumHeight(look.px(TALL))
        look.changed.connect(self._colour)
        self._colour()

    @property
    def taken(self) -> bool:
        """Will this value be there afterwards?"""
        return self._taken

    def take(self, taken: bool) -> None:
        """Say whether this value is taken, alone or together with others."""
        self._taken = taken
        self._colour()

    def _colour(self) -> None:
        self.words.set_role(tinted_role(self._look) if self._taken else "text2")
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        look, painter, taken = self._look, QPainter(self), self._taken
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if taken and not look.palette.high:
            fill(painter, self.rect(), look.colour("tint"), look.px(6))
        ring = look.colour("accent" if taken or self.hasFocus() else "field")
        frame(painter, self.rect(), ring, look.px(6), 2 if self.hasFocus() or (taken and look.palette.high) else 1)
        if self.hasFocus() and look.palette.high:  # there all that is taken has a thick frame
            frame(painter, self.rect().adjusted(4, 4, -4, -4), ring, look.px(4))
        size = look.px(MARK)
        words = self.words.geometry()  # they stand in its middle, beside a higher neighbour too
        above = (words.height() - self.words.heightForWidth(words.width())) // 2
        first_line = words.y() + above + self.words.fontMetrics().height() // 2
        place = mirrored(self, QRect(look.px(10), first_line - size // 2, size, size))
        if taken:
            ink = look.colour(tinted_role(look))
            paint_icon(painter, "check-circle", ink, place.x(), place.y(), size)
        else:
            painter.setPen(QPen(look.colour("field"), look.px(150) / 100))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawEllipse(QRectF(place).adjusted(2, 2, -2, -2))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Left and right go from one alternative to the next and take it; Enter belongs to what stands around."""
        if event.key() in (Qt.Key.Key_Left, Qt.Key.Key_Right):
            onward = Qt.Key.Key_Right if self.layoutDirection() == Qt.LayoutDirection.LeftToRight else Qt.Key.Key_Left
            self.turned.emit(1 if event.key() == onward else -1)
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            event.ignore()
        elif event.key() in (Qt.Key.Key_Up, Qt.Key.Key_Down):
            self.stepped.emit(-1 if event.key() == Qt.Key.Key_Up else 1)
        else:
            super().keyPressEvent(event)


class Alternatives(QObject):
    """One choice between values.

    `picked` carries the key of what is taken now, `stepped` asks for the choice above (-1) or below (1).
    """

    picked = Signal(str)
    stepped = Signal(int)

    def __init__(
        self, cells: Mapping[str, Alternative], pick: str, together: str = "", parent: QObject | None = None
    ) -> None:
        """`cells` by their keys; `together` is the key of the one that means all others."""
        super().__init__(parent)
        self.cells, self._together = dict(cells), together
        self._group = QButtonGroup(self)
        self._keys = list(self.cells)
        for number, cell in enumerate(self.cells.values()):
            self._group.addButton(cell, number)
            cell.stepped.connect(self.stepped)
            cell.turned.connect(self._turn)
        self._group.idToggled.connect(self._toggled)
        self.cells[pick].setChecked(True)

    @property
    def pick(self) -> str:
        """The key of what is taken."""
        return self._keys[self._group.checkedId()]

    @property
    def current(self) -> Alternative:
        """The cell of what is taken; the one that Tab stops at."""
        return self.cells[self.pick]

    def _turn(self, by: int) -> None:
        """Take the next value, after the last one the first: they may stand in several rows."""
        cell = self.cells[self._keys[(self._group.checkedId() + by) % len(self._keys)]]
        cell.setFocus(Qt.FocusReason.TabFocusReason)
        cell.setChecked(True)

    def _toggled(self, number: int, checked: bool) -> None:
        if not checked:
            return
        pick = self._keys[number]
        for key, cell in self.cells.items():
            cell.take(pick in (key, self._together))
        self.picked.emit(pick)
