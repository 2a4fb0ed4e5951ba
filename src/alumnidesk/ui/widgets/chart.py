"""Columns of a chart, painted: a number on each, a word below, no other ink. The same stands in a table behind it.

Each column leads to those it counts: by a click, or with the arrow keys and Enter.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QKeyEvent, QMouseEvent, QPainter, QPainterPath, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from alumnidesk.ui.look import Look
from alumnidesk.ui.widgets.paint import frame
from alumnidesk.ui.words import language

BAR, PITCH, LOWEST, HIGHEST = 37, 76, 136, 210
"""Width of a column, from one to the next, and the least and greatest height of the chart, at 100 %."""


@dataclass(frozen=True, slots=True)
class Bar:
    """One column: its word, its number; the one that counts today is `current`."""

    word: str
    number: int
    current: bool = False


class Chart(QWidget):
    """Up to a dozen columns. `name` says what is shown; the numbers are the description for screen readers.

    `opened` carries the place of the column that was chosen.
    """

    opened = Signal(int)

    def __init__(self, look: Look, name: str) -> None:
        super().__init__()
        self._look, self._name = look, name
        self._bars: Sequence[Bar] = ()
        self._at = 0
        """On which column the keyboard stands."""
        self.setAccessibleName(name)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setMaximumHeight(look.px(HIGHEST))
        look.changed.connect(self.update)

    def show_bars(self, bars: Sequence[Bar]) -> None:
        """Show other columns."""
        self._bars = bars
        self._at = min(self._at, max(len(bars) - 1, 0))
        self.setAccessibleDescription(", ".join(f"{bar.word}: {language().number(bar.number)}" for bar in bars))
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(self._look.px(PITCH) * max(len(self._bars), 1), self._look.px(LOWEST))

    def minimumSizeHint(self) -> QSize:
        return QSize(self._look.px(200), self._look.px(LOWEST))

    # Choosing a column -----------------------------------------------------------------------------------------

    def _go_to(self, place: int) -> None:
        """Stand on a column; the accessible name says which one."""
        self._at = place
        bar = self._bars[place]
        self.setAccessibleName(f"{self._name}: {bar.word}, {language().number(bar.number)}")
        self.update()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        step = {Qt.Key.Key_Right: 1, Qt.Key.Key_Left: -1}.get(Qt.Key(event.key()), 0)
        if step and 0 <= self._at + step < len(self._bars):
            self._go_to(self._at + step)
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space) and self._bars:
            self.opened.emit(self._at)
        else:
            super().keyPressEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        place = int(event.position().x() / self._pitch()) if self._bars else -1
        if event.button() == Qt.MouseButton.LeftButton and 0 <= place < len(self._bars):
            self._go_to(place)
            self.opened.emit(place)

    def event(self, event: QEvent) -> bool:
        if event.type() in (QEvent.Type.FocusIn, QEvent.Type.FocusOut):
            self.update()
        return super().event(event)

    # Painting --------------------------------------------------------------------------------------------------

    def _pitch(self) -> float:
        """From one column to the next, in pixels."""
        return min(self.width() / len(self._bars), self._look.px(PITCH * 1.6))

    def paintEvent(self, event: QPaintEvent) -> None:
        if not self._bars:
            return
        look, painter = self._look, QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        small = QFontMetrics(look.font("small", bold=True))
        word_height, number_height = small.height() + look.px(4), small.height() + look.px(4)
        floor = self.height() - word_height
        tallest = max(max(bar.number for bar in self._bars), 1)
        room = floor - number_height
        pitch = self._pitch()
        width = min(look.px(BAR), pitch * 0.6)
        painter.fillRect(0, floor, round(pitch * len(self._bars)), 1, look.colour("field"))
        for place, bar in enumerate(self._bars):
            middle = pitch * (place + 0.5)
            height = room * bar.number / tallest
            if bar.number:
                self._paint_bar(painter, QRectF(middle - width / 2, floor - height, width, height), bar.current)
            painter.setFont(look.font("small", bold=bar.current))
            painter.setPen(look.colour("text" if bar.current else "text2"))
            across = round(middle - pitch / 2), round(pitch)
            above = QRect(across[0], round(floor - height - number_height), across[1], number_height)
            below = QRect(across[0], floor + look.px(4), across[1], word_height)
            painter.drawText(above, Qt.AlignmentFlag.AlignCenter, language().number(bar.number))
            painter.drawText(below, Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop, bar.word)
            if place == self._at and self.hasFocus():
                around = QRect(across[0], above.y(), across[1], self.height() - above.y())
                frame(painter, around, look.colour("accent"), look.px(6), 2)

    def _paint_bar(self, painter: QPainter, rect: QRectF, current: bool) -> None:
        """Round at the top, standing on the axis."""
        look = self._look
        radius = min(look.px(4), rect.height(), rect.width() / 2)
        shape = QPainterPath()
        shape.moveTo(rect.left(), rect.bottom())
        shape.lineTo(rect.left(), rect.top() + radius)
        shape.quadTo(rect.topLeft(), rect.topLeft() + type(rect.topLeft())(radius, 0))
        shape.lineTo(rect.right() - radius, rect.top())
        shape.quadTo(rect.topRight(), rect.topRight() + type(rect.topRight())(0, radius))
        shape.lineTo(rect.right(), rect.bottom())
        painter.setBrush(look.colour("accent" if current else "match2"))
        if look.palette.high and not current:
            painter.setBrush(look.colour("page"))
        painter.setPen(Qt.PenStyle.NoPen if current else QPen(look.colour("series"), 1.4))
        painter.drawPath(shape)
