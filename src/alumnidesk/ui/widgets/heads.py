"""The column heads of a list: a click sorts."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QEvent, QRect, Qt, Signal
from PySide6.QtGui import QMouseEvent, QPainter
from PySide6.QtWidgets import QHeaderView, QWidget

from alumnidesk.ui.icons import paint_icon
from alumnidesk.ui.look import Look
from alumnidesk.ui.widgets.lines import LinesTable
from alumnidesk.ui.widgets.measured import Words
from alumnidesk.ui.widgets.rows import PADDING
from alumnidesk.ui.words import tr

HEAD = 32
"""Height at 100 %."""


class Heads(QHeaderView):
    """Column heads: small, bold, grey, with a mark on the sorted one.

    `asked` carries a column's key and whether downwards, and so does `likely` when the pointer comes to a head.
    """

    asked = Signal(str, bool)
    likely = Signal(str, bool)
    marked = Signal()

    def __init__(self, look: Look, table: LinesTable[Any], parent: QWidget) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        self._look, self._table = look, table
        self._sorted, self._downwards = "", False
        self._pointed = -1
        self._words = Words(look.font("small", bold=True))
        self.setFixedHeight(look.px(HEAD))
        self.setFont(self._words.font)
        self.setMinimumSectionSize(look.px(24))
        self.setSectionsClickable(True)
        self.setHighlightSections(False)
        self.setSectionResizeMode(QHeaderView.ResizeMode.Interactive)
        self.setAccessibleName(tr("Column heads"))
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setMouseTracking(True)
        self.sectionClicked.connect(self._clicked)

    def mark(self, key: str, downwards: bool) -> None:
        """Mark the column by which the lines are sorted."""
        self._sorted, self._downwards = key, downwards
        self.headerDataChanged(Qt.Orientation.Horizontal, 0, len(self._table.columns) - 1)
        self.marked.emit()

    def wish(self, section: int) -> int:
        """The width that a head needs for its words, and for the mark if it is the sorted one; none if hidden."""
        look, column = self._look, self._table.columns[section]
        if self.isHidden():
            return 0
        mark = look.px(16) + look.px(4) if column.key == self._sorted else 0
        return look.px(PADDING) + self._words.width(column.title) + mark + look.px(8) + 1

    def _clicked(self, section: int) -> None:
        if wish := self._wish(section):
            self.mark(*wish)
            self.asked.emit(*wish)

    def _wish(self, section: int) -> tuple[str, bool] | None:
        """What a click there would ask for."""
        column = self._table.columns[section]
        return (column.key, column.key == self._sorted and not self._downwards) if column.sortable else None

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        super().mouseMoveEvent(event)
        section = self.logicalIndexAt(event.position().toPoint())
        if section != self._pointed and section >= 0 and (wish := self._wish(section)):
            self.likely.emit(*wish)
        self._pointed = section

    def leaveEvent(self, event: QEvent) -> None:
        super().leaveEvent(event)
        self._pointed = -1

    def paintSection(self, painter: QPainter, rect: QRect, section: int) -> None:
        look, column = self._look, self._table.columns[section]
        painter.fillRect(rect, look.colour("page"))
        painter.fillRect(rect.x(), rect.bottom(), rect.width(), 1, look.colour("line"))
        pad, mark = look.px(PADDING), look.px(16)
        sorted_here = column.key == self._sorted
        after = look.px(8) + (mark + look.px(4) if sorted_here and not column.right else 0)
        before = pad + (mark + look.px(4) if sorted_here and column.right else 0)
        text, x, y = self._words.place(column.title, rect.adjusted(before, 0, -after, 0), column.right)
        painter.setFont(self._words.font)
        painter.setPen(look.colour("text2"))
        painter.drawText(x, y, text)
        if sorted_here:
            name = "chevron-up" if self._downwards else "chevron-down"
            mark_x = x - mark - look.px(4) if column.right else x + self._words.width(text) + look.px(4)
            paint_icon(painter, name, look.colour("text2"), mark_x, rect.y() + (rect.height() - mark) / 2, mark)
