"""A sheet of labels in small: the used ones are grey, and one chooses the first that is free."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

from alumnidesk.domain.label_sheets import PAPERS, LabelSheet
from alumnidesk.ui.look import Look
from alumnidesk.ui.widgets.paint import frame
from alumnidesk.ui.words import tr

WIDTH, HEIGHT = 148, 208
"""At 100 %."""


class SheetPicture(QWidget):
    """`moved` carries the number of the first free label, from 1; a click or the arrow keys choose it."""

    moved = Signal(int)

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        self._sheet: LabelSheet | None = None
        self._printed = 0
        self.start = 1
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setFixedSize(look.px(WIDTH), look.px(HEIGHT))
        look.changed.connect(self.update)
        self._tell()

    def show_sheet(self, sheet: LabelSheet | None, labels: int) -> None:
        """Show a sheet on which so many labels are to be printed."""
        if sheet != self._sheet:
            self.start = 1
        self._sheet, self._printed = sheet, labels
        self._tell()
        self.update()

    def begin_at(self, label: int) -> None:
        """Make this the first free label, if there is such a one."""
        if self._sheet is not None and 1 <= label <= self._sheet.count and label != self.start:
            self.start = label
            self._tell()
            self.update()
            self.moved.emit(label)

    def _tell(self) -> None:
        count = self._sheet.count if self._sheet is not None else 0
        self.setAccessibleName(tr("First free label: {label} of {count}", label=self.start, count=count))

    def sizeHint(self) -> QSize:
        return QSize(self._look.px(WIDTH), self._look.px(HEIGHT))

    # Choosing --------------------------------------------------------------------------------------------------

    def keyPressEvent(self, event: QKeyEvent) -> None:
        keys, columns = Qt.Key, self._sheet.columns if self._sheet is not None else 1
        steps = {keys.Key_Right: 1, keys.Key_Left: -1, keys.Key_Down: columns, keys.Key_Up: -columns}
        if step := steps.get(Qt.Key(event.key())):
            self.begin_at(self.start + step)
        elif event.key() == keys.Key_Home:
            self.begin_at(1)
        else:
            super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if self._sheet is None:
            return
        for place in range(self._sheet.count):
            if self.place_of(place).contains(event.position()):
                self.begin_at(place + 1)

    # Painting --------------------------------------------------------------------------------------------------

    def _paper(self) -> tuple[QRectF, float]:
        """Where the paper lies, and pixels per millimetre."""
        wide, high = self._sheet.page if self._sheet is not None else PAPERS["A4"]
        edge = self._look.px(4)
        scale = min((self.width() - 2 * edge) / wide, (self.height() - 2 * edge) / high)
        left, top = (self.width() - wide * scale) / 2, (self.height() - high * scale) / 2
        return QRectF(left, top, wide * scale, high * scale), scale

    def place_of(self, place: int) -> QRectF:
        """Where a label is painted, counted from 0."""
        assert self._sheet is not None
        paper, scale = self._paper()
        x, y = self._sheet.corner(place)
        return QRectF(
            paper.x() + x * scale, paper.y() + y * scale, self._sheet.width * scale, self._sheet.height * scale
        ).adjusted(0.5, 0.5, -0.5, -0.5)

    def _paint_sender(self, painter: QPainter, paper: QRectF, scale: float) -> None:
        """Lines at the upper left, and a stamp."""
        painter.setPen(QPen(self._look.colour("text2"), 1))
        for number, length in enumerate((40, 30, 34)):
            y = paper.y() + (10 + 6 * number) * scale
            painter.drawLine(QPointF(paper.x() + 8 * scale, y), QPointF(paper.x() + (8 + length) * scale, y))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRect(QRectF(paper.right() - 28 * scale, paper.y() + 6 * scale, 22 * scale, 26 * scale))

    def paintEvent(self, event: QPaintEvent) -> None:
        look, painter = self._look, QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        paper, _ = self._paper()
        painter.setPen(QPen(look.colour("line"), 1))
        painter.setBrush(look.colour("raised"))
        painter.drawRect(paper)
        if self._sheet is not None:
            first = self.start - 1
            for place in range(self._sheet.count):
                role = "line" if place < first else "match2" if place < first + self._printed else "raised"
                painter.setPen(QPen(look.colour("field"), 1))
                painter.setBrush(look.colour(role))
                painter.drawRoundedRect(self.place_of(place), 2, 2)
            if self._sheet.envelope:
                self._paint_sender(painter, *self._paper())
        if self.hasFocus():
            frame(painter, self.rect(), look.colour("accent"), look.px(4), 2)
