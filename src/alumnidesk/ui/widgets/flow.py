"""A row that goes on in the next line when there is no more room: buttons of a detail, chips."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtWidgets import QLayout, QLayoutItem, QWidget

from alumnidesk.ui.widgets.breaking import BreakingLayout
from alumnidesk.ui.widgets.paint import mirrored


class Flow(BreakingLayout):
    """Lays its widgets out like words on a page, `gap` pixels apart, and so far below each other unless `below` says
    how far."""

    def __init__(self, gap: int, parent: QWidget | None = None, *, below: int | None = None) -> None:
        super().__init__(parent)
        self._gap, self._below = gap, gap if below is None else below
        self.setContentsMargins(0, 0, 0, 0)

    def clear(self) -> None:
        """Remove all widgets."""
        while self._items:
            widget = self._items.pop().widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        self.invalidate()

    def expandingDirections(self) -> Qt.Orientation:
        return Qt.Orientation(0)

    def sizeHint(self) -> QSize:
        sizes = [item.sizeHint() for item in self._items if not item.isEmpty()]
        width = sum(size.width() + self._gap for size in sizes) - self._gap if sizes else 0
        return QSize(width, max((size.height() for size in sizes), default=0))

    def minimumSize(self) -> QSize:
        sizes = [item.minimumSize() for item in self._items if not item.isEmpty()]
        return QSize(max((s.width() for s in sizes), default=0), max((s.height() for s in sizes), default=0))

    def _place(self, rect: QRect, *, really: bool) -> int:
        y = rect.y()
        for line in self._lines(rect.width()):
            sizes = [_within(item, rect.width()) for item in line]
            height, x = max(size.height() for size in sizes), rect.x()
            for item, size in zip(line, sizes, strict=True):
                if really:
                    place = QRect(QPoint(x, y + (height - size.height()) // 2), size)
                    item.setGeometry(visual(self, rect, place))
                x += size.width() + self._gap
            y += height + self._below
        return max(y - self._below - rect.y(), 0)

    def _lines(self, room: int) -> list[list[QLayoutItem]]:
        lines: list[list[QLayoutItem]] = []
        used = 0
        for item in self._items:
            if item.isEmpty():
                continue
            width = item.sizeHint().width()
            if not lines or used + width > room:
                lines.append([])
                used = 0
            lines[-1].append(item)
            used += width + self._gap
        return lines


def _within(item: QLayoutItem, room: int) -> QSize:
    """The size of an item; what is wider than the whole row and can break into lines does so."""
    size = item.sizeHint()
    if size.width() <= room or not item.hasHeightForWidth():
        return size
    width = max(room, item.minimumSize().width())
    return QSize(width, item.heightForWidth(width))


def visual(layout: QLayout, rect: QRect, place: QRect) -> QRect:
    """A place inside `rect`, mirrored where one reads from right to left."""
    holder = layout.parentWidget()
    return mirrored(holder, place, rect) if holder is not None else place
