"""How the cells of a list are painted: text with found letters marked, a small second line, chips, the selection."""

from __future__ import annotations

import html
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
MIDDLE = Qt.AlignmentFlag.AlignVCenter


class CellPainter(QStyledItemDelegate):
    """Paints the cells of one `LinesTable`, straight from its lines."""

    def __init__(self, look: Look, table: LinesTable[Any], row_height: int, parent: QObject) -> None:
        super().__init__(parent)
        self._look, self._table, self._height = look, table, row_height
        self._body = QFontMetrics(look.font())
        self._bold = QFontMetrics(look.font(bold=True))
        self._small = QFontMetrics(look.font("small"))

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        column = self._table.columns[index.column()]
        line = self._table.line(index.row())
        text = column.text(line) if line is not None else ""
        return QSize(self._body.horizontalAdvance(text) + 2 * self._look.px(PADDING), self._height)

    def paint(self, painter: QPainter, option: Any, index: QModelIndex | QPersistentModelIndex) -> None:
        look, rect, state = self._look, option.rect, option.state
        selected = bool(state & QStyle.StateFlag.State_Selected)
        first = rect.x() <= 0 and index.column() == 0
        if selected:
            painter.fillRect(rect, look.colour("tint"))
        elif state & QStyle.StateFlag.State_MouseOver:
            painter.fillRect(rect, look.colour("soft"))
        painter.fillRect(rect.x(), rect.bottom(), rect.width(), 1, look.colour("hair"))
        if selected and first:
            painter.fillRect(rect.x(), rect.y(), look.px(3), rect.height(), look.colour("accent"))
        line = self._table.line(index.row())
        if line is None:
            return
        column = self._table.columns[index.column()]
        pad = look.px(PADDING)
        inner = rect.adjusted(pad, 0, -look.px(8 if column.right else 4), -1)
        if column.chips is not None:
            painter.save()
            paint_chips(painter, look, column.chips(line), inner, selected=selected)
            painter.restore()
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

    def _paint_two(self, painter: QPainter, column: Column[Any], line: Any, rect: QRect, ink: QColor,
                   selected: bool) -> None:
        assert column.second is not None
        top, small = self._body.height(), self._small.height()
        gap = (rect.height() - top - small) // 2
        upper = QRect(rect.x(), rect.y() + gap, rect.width(), top)
        lower = QRect(rect.x(), upper.bottom() + 1, rect.width(), small)
        self._paint_text(painter, column.text(line), upper, column, ink, selected)
        painter.setFont(self._look.font("small"))
        painter.setPen(self._ink(column.second_role(line) if column.second_role else "text2", selected))
        side = Qt.AlignmentFlag.AlignRight if column.right else Qt.AlignmentFlag.AlignLeft
        painter.drawText(lower, MIDDLE | side, _fitting(self._small, column.second(line), rect.width()))

    def _paint_text(self, painter: QPainter, text: str, rect: QRect, column: Column[Any], ink: QColor,
                    selected: bool) -> None:
        metrics = self._bold if column.bold else self._body
        text = _fitting(metrics, text, rect.width())
        matcher = self._table.matcher
        found = matcher(text) if matcher is not None and column.marks else ()
        painter.setFont(self._look.font(bold=column.bold))
        painter.setPen(ink)
        if found:
            self._mark(painter, text, rect, found, metrics, selected)
            painter.setPen(ink)
        side = Qt.AlignmentFlag.AlignRight if column.right else Qt.AlignmentFlag.AlignLeft
        painter.drawText(rect, MIDDLE | side | Qt.TextFlag.TextSingleLine, text)
        if found and self._look.palette.high and not selected:
            self._redraw_found(painter, text, rect, found, metrics)

    def _mark(self, painter: QPainter, text: str, rect: QRect, found: Any, metrics: QFontMetrics,
              selected: bool) -> None:
        ground = self._look.colour("match2" if selected else "match")
        for spot in self._spots(text, rect, found, metrics):
            fill(painter, spot, ground, self._look.px(3))

    def _redraw_found(self, painter: QPainter, text: str, rect: QRect, found: Any, metrics: QFontMetrics) -> None:
        """In high contrast found letters are black on yellow in the middle of white text."""
        painter.save()
        painter.setPen(self._look.colour("on_tint"))
        for spot in self._spots(text, rect, found, metrics):
            painter.setClipRect(spot)
            painter.drawText(rect, MIDDLE | Qt.TextFlag.TextSingleLine, text)
        painter.restore()

    def _spots(self, text: str, rect: QRect, found: Any, metrics: QFontMetrics) -> list[QRect]:
        height = metrics.height() + self._look.px(3)
        y = rect.y() + (rect.height() - height) // 2
        spots = []
        for start, end in found:
            x = rect.x() + metrics.horizontalAdvance(text[:start])
            width = metrics.horizontalAdvance(text[:end]) - metrics.horizontalAdvance(text[:start])
            spots.append(QRect(x - 1, y, width + 2, height))
        return spots

    def helpEvent(self, event: QHelpEvent, view: QAbstractItemView, option: QStyleOptionViewItem,
                  index: QModelIndex | QPersistentModelIndex) -> bool:
        """The whole text when it does not fit; escaped, because tooltips would take a name for markup."""
        if event.type() != QEvent.Type.ToolTip or not index.isValid():
            return False
        text = str(index.data() or "")
        room = option.rect.width() - self._look.px(PADDING + 4)
        if self._body.horizontalAdvance(text) <= room and not self._table.columns[index.column()].chips:
            QToolTip.hideText()
        else:
            QToolTip.showText(event.globalPos(), f"<p>{html.escape(text)}</p>", view)
        return True


def _fitting(metrics: QFontMetrics, text: str, width: int) -> str:
    if metrics.horizontalAdvance(text) <= width:
        return text
    return metrics.elidedText(text, Qt.TextElideMode.ElideRight, width)
