"""Columns of a chart, painted: a number on each, a word below, no other ink. The same stands in a table behind it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QRect, QRectF, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPainterPath, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from alumnidesk.ui.look import Look
from alumnidesk.ui.words import language

BAR, PITCH, LOWEST, HIGHEST = 37, 76, 120, 210
"""Width of a column, from one to the next, and the least and greatest height of the chart, at 100 %."""


@dataclass(frozen=True, slots=True)
class Bar:
    """One column: its word, its number; the one that counts today is `current`."""

    word: str
    number: int
    current: bool = False


class Chart(QWidget):
    """Up to a dozen columns. `name` says what is shown; the numbers are the description for screen readers."""

    def __init__(self, look: Look, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look = look
        self._bars: Sequence[Bar] = ()
        self.setAccessibleName(name)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setMaximumHeight(look.px(HIGHEST))
        look.changed.connect(self.update)

    def show_bars(self, bars: Sequence[Bar]) -> None:
        """Show other columns."""
        self._bars = bars
        self.setAccessibleDescription(", ".join(f"{bar.word}: {language().number(bar.number)}" for bar in bars))
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(self._look.px(PITCH) * max(len(self._bars), 1), self._look.px(180))

    def minimumSizeHint(self) -> QSize:
        return QSize(self._look.px(200), self._look.px(LOWEST))

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
        pitch = min(self.width() / len(self._bars), look.px(PITCH * 1.6))
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
