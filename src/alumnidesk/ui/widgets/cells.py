"""How the cells of a list are painted: text with found letters marked, a small second line, chips, the selection."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QEvent, QModelIndex, QObject, QPersistentModelIndex, QRect, QSize, Qt
from PySide6.QtGui import QColor, QFontMetrics, QHelpEvent, QPainter
from PySide6.QtWidgets import QAbstractItemView, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QToolTip

from alumnidesk.ui.icons import paint_icon
from alumnidesk.ui.look import Look
from alumnidesk.ui.widgets.bars import paint_bar
from alumnidesk.ui.widgets.chip import paint_chips
from alumnidesk.ui.widgets.lines import Column, LinesTable
from alumnidesk.ui.widgets.paint import fill

PADDING = 12
"""Left of the text in a cell, at 100 %."""
BAR_WORDS = 98
"""Room for the words before a bar."""
REMEMBERED = 20_000
"""So many widths of texts are kept; measuring one takes longer than anything but drawing it."""

# Plain numbers: adding flags of Python's enum for every cell of every key typed would cost a third of the painting.
_LINE = Qt.AlignmentFlag.AlignVCenter.value | Qt.TextFlag.TextSingleLine.value
LEFT, RIGHT = _LINE | Qt.AlignmentFlag.AlignLeft.value, _LINE | Qt.AlignmentFlag.AlignRight.value
SELECTED, UNDER_POINTER = QStyle.StateFlag.State_Selected.value, QStyle.StateFlag.State_MouseOver.value


class CellPainter(QStyledItemDelegate):
    """Paints the cells of one `LinesTable`, straight from its lines."""

    def __init__(self, look: Look, table: LinesTable[Any], row_height: int, parent: QObject) -> None:
        super().__init__(parent)
        self._look, self._table, self._height = look, table, row_height
        self._body = QFontMetrics(look.font())
        self._bold = QFontMetrics(look.font(bold=True))
        self._small = QFontMetrics(look.font("small"))
        self._pad, self._bar, self._gap, self._wide_gap = look.px(PADDING), look.px(3), look.px(4), look.px(8)
        self._widths: dict[tuple[str, bool], int] = {}

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        column = self._table.columns[index.column()]
        line = self._table.line(index.row())
        text = column.text(line) if line is not None else ""
        return QSize(self._body.horizontalAdvance(text) + 2 * self._look.px(PADDING), self._height)

    def paint(self, painter: QPainter, option: Any, index: QModelIndex | QPersistentModelIndex) -> None:
        look, rect, state, place = self._look, option.rect, option.state.value, index.column()
        left, top, width, height = rect.x(), rect.y(), rect.width(), rect.height()
        selected = bool(state & SELECTED)
        if selected:
            painter.fillRect(rect, look.colour("tint"))
            if place == 0 and left <= 0:
                painter.fillRect(left, top, self._bar, height, look.colour("accent"))
        elif state & UNDER_POINTER:
            painter.fillRect(rect, look.colour("soft"))
        painter.fillRect(left, top + height - 1, width, 1, look.colour("hair"))
        line = self._table.line(index.row())
        if line is None:
            return
        column = self._table.columns[place]
        after = self._wide_gap if column.right else self._gap
        inner = QRect(left + self._pad, top, width - self._pad - after, height - 1)
        if column.chips is not None:
            if chips := column.chips(line):
                paint_chips(painter, look, chips, inner, selected=selected)
            return
        if column.bar is not None:
            inner = self._paint_bar(painter, column, line, inner)
        if column.icon is not None:
            inner = self._paint_icon(painter, column, line, inner, selected)
        ink = look.colour("on_selection" if selected else "text")
        if column.second is None:
            self._paint_text(painter, column.text(line), inner, column, ink, selected)
        else:
            self._paint_two(painter, column, line, inner, ink, selected)

    def _paint_icon(self, painter: QPainter, column: Column[Any], line: Any, rect: QRect, selected: bool) -> QRect:
        assert column.icon is not None
        name, role = column.icon(line)
        size = self._look.px(18)
        if name:
            colour = self._ink(role, selected)
            y = rect.y() + (rect.height() - size) / 2 + (self._look.px(1) if column.second else 0)
            paint_icon(painter, name, colour, rect.x() - self._look.px(1), y, size)
        return rect.adjusted(size + self._look.px(8), 0, 0, 0)

    def _paint_bar(self, painter: QPainter, column: Column[Any], line: Any, rect: QRect) -> QRect:
        """The bar takes the right part of the cell, the text what is left of it."""
        assert column.bar is not None
        shown = column.bar(line)
        look, words = self._look, self._look.px(BAR_WORDS)
        if shown is not None and rect.width() > words + look.px(24):
            height = look.px(8)
            bar = QRect(rect.x() + words, rect.y() + (rect.height() - height) // 2, rect.width() - words, height)
            paint_bar(painter, look, bar.adjusted(0, 0, -look.px(8), 0), *shown)
        return rect.adjusted(0, 0, words - rect.width() - look.px(8), 0) if shown is not None else rect

    def _ink(self, role: str, selected: bool) -> QColor:
        high = selected and self._look.palette.high
        return self._look.colour("on_selection" if high else role)

    def _paint_two(
        self, painter: QPainter, column: Column[Any], line: Any, rect: QRect, ink: QColor, selected: bool
    ) -> None:
        assert column.second is not None
        second = column.second(line)
        if not second:
            self._paint_text(painter, column.text(line), rect, column, ink, selected)
            return
        top, small = self._body.height(), self._small.height()
        gap = (rect.height() - top - small) // 2
        upper = QRect(rect.x(), rect.y() + gap, rect.width(), top)
        lower = QRect(rect.x(), upper.bottom() + 1, rect.width(), small)
        self._paint_text(painter, column.text(line), upper, column, ink, selected)
        painter.setFont(self._look.font("small"))
        painter.setPen(self._ink(column.second_role(line) if column.second_role else "text2", selected))
        if self._small.horizontalAdvance(second) > rect.width():
            second = self._small.elidedText(second, Qt.TextElideMode.ElideRight, rect.width())
        painter.drawText(lower, RIGHT if column.right else LEFT, second)

    def _paint_text(
        self, painter: QPainter, text: str, rect: QRect, column: Column[Any], ink: QColor, selected: bool
    ) -> None:
        if not text:
            return
        bold = column.bold
        if self._width(text, bold) > rect.width():
            metrics = self._bold if bold else self._body
            text = metrics.elidedText(text, Qt.TextElideMode.ElideRight, rect.width())
        matcher = self._table.matcher
        found = matcher(text) if matcher is not None and column.marks else ()
        spots = self._spots(text, rect, found, bold) if found else ()
        if spots:
            ground = self._look.colour("match2" if selected else "match")
            for spot in spots:
                fill(painter, spot, ground, self._bar)
        painter.setFont(self._look.font(bold=bold))
        painter.setPen(ink)
        painter.drawText(rect, RIGHT if column.right else LEFT, text)
        if spots and self._look.palette.high and not selected:
            self._redraw_found(painter, text, rect, spots)

    def _width(self, text: str, bold: bool) -> int:
        width = self._widths.get((text, bold))
        if width is None:
            if len(self._widths) > REMEMBERED:
                self._widths.clear()
            width = (self._bold if bold else self._body).horizontalAdvance(text)
            self._widths[(text, bold)] = width
        return width

    def _redraw_found(self, painter: QPainter, text: str, rect: QRect, spots: Sequence[QRect]) -> None:
        """In high contrast found letters are black on yellow in the middle of white text."""
        painter.save()
        painter.setPen(self._look.colour("on_tint"))
        for spot in spots:
            painter.setClipRect(spot)
            painter.drawText(rect, LEFT, text)
        painter.restore()

    def _spots(self, text: str, rect: QRect, found: Sequence[tuple[int, int]], bold: bool) -> list[QRect]:
        height = self._body.height() + self._bar
        y = rect.y() + (rect.height() - height) // 2
        spots = []
        for start, end in found:
            before = self._width(text[:start], bold) if start else 0
            spots.append(QRect(rect.x() + before - 1, y, self._width(text[:end], bold) - before + 2, height))
        return spots

    def helpEvent(
        self,
        event: QHelpEvent,
        view: QAbstractItemView,
        option: QStyleOptionViewItem,
        index: QModelIndex | QPersistentModelIndex,
    ) -> bool:
        """The whole text when it does not fit; escaped, because tooltips would take a name for markup."""
        if event.type() != QEvent.Type.ToolTip or not index.isValid():
            return False
        text = str(index.data() or "")
        room = option.rect.width() - self._look.px(PADDING + 4)
        if self._body.horizontalAdvance(text) <= room and not self._table.columns[index.column()].chips:
            QToolTip.hideText()
        else:
            import html  # with its 2,000 entities 1 % of the start

            QToolTip.showText(event.globalPos(), f"<p>{html.escape(text)}</p>", view)
        return True
