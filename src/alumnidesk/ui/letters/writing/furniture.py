"""What stands beside the words of a letter on the page: marks of lists, conditions in words, the reply slip's cut."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPen, QTextBlock, QTextFormat, QTextTable

from alumnidesk.domain.letter_text import BULLET, Paragraph, numbered
from alumnidesk.ui.letters.writing.conversion import table_at
from alumnidesk.ui.letters.writing.formats import LEVEL, MARK, ONLY, SLIP, SLIP_ONLY, size_of
from alumnidesk.ui.letters.writing.words import MARGIN, Words
from alumnidesk.ui.palettes import LIGHT
from alumnidesk.ui.words import tr

BAR = 3
"""Width of the bar beside a paragraph that only some letters have."""
_BULLETS = ("•", "–", "·")


class Beside:
    """Paints for one text."""

    def __init__(self, text: Words, in_words: Callable[[str], str]) -> None:
        self._text, self._in_words = text, in_words

    def paint(self, painter: QPainter, exposed: QRectF) -> None:
        """Paint what belongs to the paragraphs that are seen."""
        text = self._text
        layout = text.document().documentLayout()
        block = text.cursorForPosition(exposed.topLeft().toPoint()).block()
        while block.isValid():
            table = table_at(block)
            form: QTextFormat = block.blockFormat() if table is None else table.format()
            rect = layout.blockBoundingRect(block) if table is None else self._around(table)
            rect.setTop(rect.top() - (block.blockFormat() if table is None else table.format()).topMargin())
            if rect.top() > exposed.bottom():
                break
            self._slip(painter, rect, block, form)
            self._only(painter, rect, form.stringProperty(ONLY))
            if table is None and form.hasProperty(MARK):
                self._mark(painter, block)
            block = text.document().findBlock(table.lastPosition() + 1) if table is not None else block.next()

    def _around(self, table: QTextTable) -> QRectF:
        """Where a table lies; Qt itself tells it with its margins in the wrong place."""
        layout, padding = self._text.document().documentLayout(), table.format().cellPadding() + 1
        first = layout.blockBoundingRect(table.cellAt(0, 0).firstCursorPosition().block())
        last = table.rows() - 1
        cells = (table.cellAt(last, column).lastCursorPosition().block() for column in range(table.columns()))
        bottom = max(layout.blockBoundingRect(block).bottom() for block in cells)
        room = self._text.viewport().width() - 2 * MARGIN
        return QRectF(MARGIN, first.top() - padding, room, bottom - first.top() + 2 * padding)

    def _mark(self, painter: QPainter, block: QTextBlock) -> None:
        text, layout = self._text, block.layout()
        if not layout.lineCount():
            return
        form = block.blockFormat()
        line = layout.lineAt(0)
        font = text.paper.font(text.logicalDpiY(), size_of(form))
        level = form.intProperty(LEVEL)
        mark = _BULLETS[level] if form.stringProperty(MARK) == BULLET else f"{_number(block)}."
        painter.setFont(font)
        painter.setPen(QColor(LIGHT.text))
        width = QFontMetricsF(font).horizontalAdvance(mark)
        gap = text.paper.per_point * (6 if form.stringProperty(MARK) == BULLET else 4)
        x = layout.position().x() + line.x() - gap - width
        painter.drawText(QPointF(x, layout.position().y() + line.y() + line.ascent()), mark)

    def _only(self, painter: QPainter, rect: QRectF, only: str) -> None:
        if not only:
            return
        look = self._text.look
        font = look.font("small")
        ink = QColor(LIGHT.accent)
        painter.fillRect(QRectF(0, rect.top() + look.px(6), look.px(BAR), rect.height() - look.px(6)), ink)
        metrics = QFontMetricsF(font)
        words = metrics.elidedText(self._in_words(only), Qt.TextElideMode.ElideRight, rect.width())
        painter.setFont(font)
        painter.setPen(ink)
        painter.drawText(QPointF(MARGIN, rect.top() + look.px(6) + metrics.ascent()), words)

    def _slip(self, painter: QPainter, rect: QRectF, block: QTextBlock, form: QTextFormat) -> None:
        slip = form.intProperty(SLIP)
        if not slip:
            return
        look = self._text.look
        width = self._text.viewport().width()
        painter.fillRect(QRectF(width - look.px(BAR), rect.top(), look.px(BAR), rect.height()), QColor(LIGHT.field))
        before = block.previous()
        inside = table_at(before) if before.isValid() else None
        above = (
            (inside.format() if inside is not None else before.blockFormat()).intProperty(SLIP)
            if before.isValid()
            else 0
        )
        if above == slip:
            return
        painter.setPen(QPen(QColor(LIGHT.field), 1, Qt.PenStyle.DashLine))
        y = rect.top() + 1
        painter.drawLine(QPointF(0, y), QPointF(width, y))
        only = form.stringProperty(SLIP_ONLY)
        words = tr("Reply slip") + (f" – {self._in_words(only)}" if only else "")
        font = look.font("small")
        painter.setFont(font)
        painter.setPen(QColor(LIGHT.text2))
        metrics = QFontMetricsF(font)
        place = QPointF(width - metrics.horizontalAdvance(words) - look.px(8), y + metrics.ascent())
        painter.drawText(place, words)


def _number(block: QTextBlock) -> int:
    """The number of an item of a numbered list."""
    items = list(_items_before(block))[::-1]
    return numbered(items)[-1]


def _items_before(block: QTextBlock) -> Iterator[Paragraph]:
    """The item and those above it, from below."""
    while block.isValid() and block.blockFormat().hasProperty(MARK) and table_at(block) is None:
        form = block.blockFormat()
        yield Paragraph(mark=form.stringProperty(MARK), level=form.intProperty(LEVEL))
        block = block.previous()
