"""What an empty place says: what the page is for, and its main action. The drawing is the one of the first start."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from alumnidesk.ui.icons import paint_icon
from alumnidesk.ui.look import Look
from alumnidesk.ui.widgets.label import Label
from alumnidesk.ui.widgets.paint import fill


class Drawing(QWidget):
    """Three cards of an index, the front one with a person or another icon."""

    def __init__(self, look: Look, icon: str = "user") -> None:
        super().__init__()
        self._look, self._icon = look, icon
        self.setFixedSize(self.sizeHint())
        look.changed.connect(self.update)

    def sizeHint(self) -> QSize:
        return QSize(self._look.px(232), self._look.px(124))

    def paintEvent(self, event: QPaintEvent) -> None:
        look, painter = self._look, QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        scale = look.px(100) / 100
        painter.scale(scale, scale)
        for x, angle, role in ((72, -10, "nav"), (160, 10, "tint")):
            painter.save()
            painter.translate(QPointF(x, 66))
            painter.rotate(angle)
            painter.setPen(QPen(look.colour("match2" if not look.palette.high else "series"), 1.6))
            painter.setBrush(look.colour(role if not look.palette.high else "page"))
            painter.drawRoundedRect(QRectF(-58, -40, 116, 80), 8, 8)
            painter.restore()
        painter.setPen(QPen(look.colour("accent"), 2))
        painter.setBrush(look.colour("page"))
        painter.drawRoundedRect(QRectF(44, 9, 144, 92), 8, 8)
        fill(painter, QRectF(60, 25, 44, 44), look.colour("tint"), 22)
        for x, y, width, height, role in (
            (116, 31, 62, 5, "accent"),
            (116, 47, 48, 5, "match2"),
            (116, 61, 54, 5, "match2"),
            (60, 80, 34, 10, "soft"),
            (100, 80, 40, 10, "soft"),
            (146, 80, 26, 10, "soft"),
        ):
            fill(painter, QRectF(x, y, width, height), look.colour(role), height / 2)
        paint_icon(painter, self._icon, look.colour("on_tint"), 68, 33, 28)


class EmptyState(QWidget):
    """Drawing, a title, a sentence, and buttons for what can be done first."""

    def __init__(
        self,
        look: Look,
        head: str,
        sentence: str,
        buttons: Sequence[QWidget] = (),
        *,
        icon: str = "user",
    ) -> None:
        super().__init__()
        self._look = look
        middle = Qt.AlignmentFlag.AlignHCenter
        column = QVBoxLayout(self)
        column.setContentsMargins(look.px(20), look.px(20), look.px(20), look.px(20))
        column.setSpacing(look.px(8))
        column.addStretch(2)
        self._drawing = Drawing(look, icon)
        column.addWidget(self._drawing, 0, middle)
        column.addSpacing(look.px(8))
        self.head = Label(look, head, size="title", bold=True, wraps=True)
        self.sentence = Label(look, sentence, role="text2", wraps=True)
        for label in (self.head, self.sentence):
            label.setAlignment(Qt.AlignmentFlag.AlignCenter)
            across = QHBoxLayout()  # not an alignment: the height must be that of the fixed width
            across.addStretch(1)
            across.addWidget(label)
            across.addStretch(1)
            column.addLayout(across)
        row = QHBoxLayout()
        row.setSpacing(look.px(8))
        row.addStretch(1)
        for button in buttons:
            row.addWidget(button)
        row.addStretch(1)
        column.addSpacing(look.px(8))
        column.addLayout(row)
        column.addStretch(3)

    def minimumSizeHint(self) -> QSize:
        """Enough for the words and buttons; the drawing stands above them where there is room."""
        return QSize(self._look.px(272), self._least() - (0 if self._drawing.isHidden() else self._drawn()))

    def _least(self) -> int:
        layout = self.layout()
        return layout.totalMinimumHeightForWidth(self.width()) if layout is not None else 0

    def _drawn(self) -> int:
        return self._drawing.height() + self._look.px(8)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The words are at most as wide as one likes to read."""
        super().resizeEvent(event)
        for label in (self.head, self.sentence):
            label.setFixedWidth(max(min(self._look.px(480), self.width() - 2 * self._look.px(20)), 1))
        words = self._least() - (0 if self._drawing.isHidden() else self._drawn())
        self._drawing.setVisible(self.height() >= words + self._drawn())

    def say(self, head: str, sentence: str) -> None:
        """Other words, such as after a search that found nothing."""
        self.head.setText(head)
        self.sentence.setText(sentence)
