"""The page on which a letter is written: letterhead, address and fold marks as they will be printed, the words between
them in their true width, so that lines end where they do in print."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QPoint, QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QImage, QMouseEvent, QPainter, QPaintEvent, QPen, QResizeEvent, QTextCursor
from PySide6.QtPdf import QPdfDocument
from PySide6.QtWidgets import QFrame, QScrollArea, QWidget

from alumnidesk.ui.letters.writing.paper_look import PaperLook
from alumnidesk.ui.letters.writing.words import ABOVE, MARGIN, Words
from alumnidesk.ui.look import Look
from alumnidesk.ui.palettes import LIGHT
from alumnidesk.ui.widgets.fields import Field
from alumnidesk.ui.words import tr

AROUND, EDGE = 24, 8
"""Left and right of the words, and of the page, at least."""
PAGE = 210.0, 297.0
"""Millimetres, before a real page is known."""
_TOP = 98.0
"""Millimetres: where the words begin before it is known."""
_FOLDS = (105.0, 148.5, 210.0)
_MARK_AT, _MARK = 4.0, 5.0
"""Where marks to fold at begin, and how long they are."""
_FOOT = 40.0


class Page(QWidget):
    """The sheet with its fields one below the other."""

    def __init__(self, look: Look, paper: PaperLook, fields: Sequence[Field], texts: Sequence[Words]) -> None:
        super().__init__()
        self._look, self._paper, self._fields, self.texts = look, paper, fields, texts
        self._document = QPdfDocument(self)
        self._buffer = QBuffer(self)
        self._image = QImage()
        self.top = _TOP
        """Millimetres above the words."""
        self.folds: Sequence[float] = ()
        """Millimetres from the top."""
        self.signs: Sequence[str] = ()
        """Who signs, and in which office."""
        self.room = 0
        self._paper_rect = QRect()
        for field in fields:
            field.setParent(self)
        for text in texts:
            text.changed_height.connect(self.place)
        paper.changed.connect(self.place)

    def show_head(self, data: bytes, top: float = _TOP, folds: Sequence[float] = _FOLDS) -> None:
        """Take letterhead and address from the first page of a printed letter; `top` is where its words begin, in
        millimetres like the `folds`."""
        self._document.close()
        self._buffer.close()
        self._buffer.setData(QByteArray(data))
        self._buffer.open(QIODevice.OpenModeFlag.ReadOnly)
        self._document.load(self._buffer)
        self._image, self.top, self.folds = QImage(), top, folds
        self.place()

    # Place -----------------------------------------------------------------------------------------------------

    def fit(self, room: int) -> None:
        """Take the scale that so much width allows."""
        self.room = room
        paper, most = self._paper, self._paper.most
        wide = paper.text_width * paper.mm(1) / paper.per_point
        paper.take(per_point=max(paper.least, min(most, (room - 2 * self._look.px(AROUND)) / wide)))
        self.place()

    def place(self) -> None:
        """Put each field in its place."""
        if not self.room:
            return
        paper, around = self._paper, self._look.px(AROUND)
        width = min(round(paper.mm(paper.text_width)), self.room - 2 * around)
        page = round(paper.mm(self._page()[0]))
        if self.room >= page + 2 * around:
            left = (self.room - page) // 2
            x = left + round(paper.mm(paper.left))
            self._paper_rect = QRect(left, around, page, 0)
        else:
            x = max(around, min((self.room - width) // 2, round(paper.mm(paper.left))))
            edge = self._look.px(EDGE)
            self._paper_rect = QRect(edge, edge, self.room - 2 * edge, 0)
        y = self._paper_rect.y() + round(paper.mm(self.top)) - ABOVE
        for field in self._fields:
            field.setFixedWidth(width + 2 * MARGIN)
            height = field.sizeHint().height()
            field.setGeometry(x - MARGIN, y, width + 2 * MARGIN, height)
            y += height
        self._foot = y
        self._paper_rect.setHeight(
            max(y + round(paper.mm(_FOOT)), round(paper.mm(self._page()[1]))) - self._paper_rect.y()
        )
        self.setFixedSize(self.room, self._paper_rect.bottom() + 1 + self._paper_rect.y())
        self.update()

    _foot = 0

    @property
    def words_at(self) -> int:
        """How far down the words begin, in pixels."""
        return self._fields[0].y()

    def _page(self) -> tuple[float, float]:
        """Width and height of the paper in millimetres."""
        if not self._document.pageCount():
            return PAGE
        size = self._document.pagePointSize(0)
        return size.width() / 72 * 25.4, size.height() / 72 * 25.4

    # Painting --------------------------------------------------------------------------------------------------

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        sheet = self._paper_rect
        painter.fillRect(event.rect(), self._look.colour("desk"))
        for spread, strength in ((5, 10), (3, 14), (1, 22)):
            painter.fillRect(sheet.adjusted(-spread, -spread + 2, spread, spread + 2), QColor(0, 0, 0, strength))
        painter.fillRect(sheet, QColor("white"))
        if self._document.pageCount():
            self._paint_print(painter)
        self._paint_folds(painter)
        self._paint_signs(painter)

    def _paint_folds(self, painter: QPainter) -> None:
        """The marks to fold at; where the margin does not show, at its edge."""
        paper, sheet = self._paper, self._paper_rect
        wide = sheet.width() >= paper.mm(self._page()[0]) - 1
        x = sheet.x() + (paper.mm(_MARK_AT) if wide else 0)
        painter.setPen(QPen(QColor(LIGHT.field), 1))
        for fold in self.folds:
            y = sheet.y() + paper.mm(fold)
            painter.drawLine(QPointF(x, y), QPointF(x + (paper.mm(_MARK) if wide else self._look.px(EDGE)), y))

    def _paint_print(self, painter: QPainter) -> None:
        paper, ratio = self._paper, self.devicePixelRatioF()
        width, height = (paper.mm(one) for one in self._page())
        wanted = QSize(round(width * ratio), round(height * ratio))
        if self._image.size() != wanted:
            self._image = self._document.render(0, wanted)
        x = self._fields[0].x() + MARGIN - paper.mm(paper.left)
        y = self._paper_rect.y()
        top = paper.mm(self.top) - ABOVE
        painter.setClipRect(self._paper_rect)
        painter.drawImage(QRectF(x, y, width, top), self._image, QRectF(0, 0, wanted.width(), top * ratio))
        painter.setClipping(False)

    def _paint_signs(self, painter: QPainter) -> None:
        paper = self._paper
        x, y = self._fields[0].x() + MARGIN, self._foot + paper.mm(13)
        for line, size in zip(self.signs, ("normal", "small"), strict=False):
            painter.setFont(paper.font(self.logicalDpiY(), size))
            painter.setPen(QColor(LIGHT.text if size == "normal" else LIGHT.text2))
            y += painter.fontMetrics().lineSpacing()
            painter.drawText(QPoint(round(x), round(y)), line)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """A click on the white below the words goes behind them."""
        if event.button() == Qt.MouseButton.LeftButton and event.position().y() > self._fields[1].y():
            text = self.texts[1]
            text.setFocus(Qt.FocusReason.MouseFocusReason)
            text.moveCursor(QTextCursor.MoveOperation.End)


class Sheet(QScrollArea):
    """The ground on which the page lies."""

    def __init__(self, look: Look, paper: PaperLook, fields: Sequence[Field], texts: Sequence[Words]) -> None:
        super().__init__()
        self.page = Page(look, paper, fields, texts)
        self.setWidget(self.page)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setAccessibleName(tr("Page of the letter"))
        self.viewport().setAutoFillBackground(False)
        self.verticalScrollBar().setSingleStep(look.px(40))
        self.setMinimumSize(look.px(240), look.px(160))
        for text in texts:
            text.page_height = lambda: self.viewport().height() * 9 // 10
            text.cursorPositionChanged.connect(lambda text=text: self.follow(text))

    def follow(self, text: Words) -> None:
        """Keep what one writes in sight."""
        if text.hasFocus():
            place = text.cursorRect()
            at = text.viewport().mapTo(self.page, place.center())
            self.ensureVisible(at.x(), at.y(), 0, place.height() + 24)

    def show_words(self) -> None:
        """Scroll to where the words begin; a part of the letterhead stays in sight."""
        self.verticalScrollBar().setValue(self.page.words_at - self.viewport().height() * 2 // 5)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        first = not self.page.room
        self.page.fit(self.viewport().width())
        if first:
            self.show_words()
