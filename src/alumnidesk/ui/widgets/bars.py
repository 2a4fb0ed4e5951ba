"""A bar of how full something is: the first value in the accent, the second paler, the rest empty."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRect, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPainterPath, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QWidget

from alumnidesk.ui.look import Look
from alumnidesk.ui.widgets.label import Label
from alumnidesk.ui.widgets.paint import fill, frame
from alumnidesk.ui.words import language

FILLS = ("accent", "match2")
TALL = 12
"""Height of a bar at 100 %."""


def paint_bar(painter: QPainter, look: Look, rect: QRect, parts: Sequence[int], whole: int) -> None:
    """Paint a bar into `rect`; the same drawing serves as a widget and inside table cells."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    around = QRectF(rect)
    radius = min(around.height() / 2, look.px(5))
    shape = QPainterPath()
    shape.addRoundedRect(around, radius, radius)
    painter.setClipPath(shape, Qt.ClipOperation.IntersectClip)
    painter.fillRect(rect, look.colour("soft"))
    x, whole = around.x(), max(whole, sum(parts), 1)
    for role, part in zip(FILLS, parts, strict=False):
        width = around.width() * part / whole
        painter.fillRect(QRectF(x, around.y(), width, around.height()), look.colour(role))
        x += width
        if part and x < around.right():
            painter.fillRect(QRectF(x - 0.5, around.y(), 1, around.height()), look.colour("field"))
    painter.restore()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    frame(painter, rect, look.colour("field"), radius)


class CapacityBar(QWidget):
    """Parts of a whole; more than the whole simply fills it."""

    def __init__(self, look: Look, name: str) -> None:
        super().__init__()
        self._look = look
        self._parts: tuple[int, ...] = ()
        self._whole = 0
        self.setAccessibleName(name)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        look.changed.connect(self.update)

    def show_parts(self, parts: Sequence[int], whole: int, said: str) -> None:
        """Show up to two parts of `whole`; `said` is the same in words, for screen readers."""
        self._parts, self._whole = tuple(parts), whole
        self.setAccessibleDescription(said)
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(self._look.px(120), self._look.px(TALL))

    def minimumSizeHint(self) -> QSize:
        return QSize(self._look.px(60), self._look.px(TALL))

    def paintEvent(self, event: QPaintEvent) -> None:
        paint_bar(QPainter(self), self._look, self.rect(), self._parts, self._whole)


class Legend(QWidget):
    """What the fills of a `CapacityBar` stand for: square, number in bold, word."""

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(look.px(6))

    def show_parts(self, parts: Sequence[tuple[str, int, str]]) -> None:
        """Each part: its fill (accent, match2, soft), number, word."""
        while (item := self._row.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.hide()
                widget.deleteLater()
        for index, (role, number, word) in enumerate(parts):
            if index:
                self._row.addSpacing(self._look.px(10))
            self._row.addWidget(_Square(self._look, role), 0, Qt.AlignmentFlag.AlignVCenter)
            self._row.addWidget(Label(self._look, language().number(number), bold=True))
            self._row.addWidget(Label(self._look, word))


class _Square(QWidget):
    def __init__(self, look: Look, role: str) -> None:
        super().__init__()
        self._look, self._role = look, role
        self.setFixedSize(look.px(11), look.px(11))
        look.changed.connect(self.update)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        fill(painter, self.rect(), self._look.colour(self._role), self._look.px(3))
        if self._role != "accent":
            frame(painter, self.rect(), self._look.colour("field"), self._look.px(3))
