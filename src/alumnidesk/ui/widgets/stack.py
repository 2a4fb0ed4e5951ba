"""Several widgets in one place, one of them at the front; only that one says how much room is needed.

Qt's own stack asks for the room of its largest member, and a divider forgets that lines break: with either, pages would
be squeezed or scroll for no reason.
"""

from __future__ import annotations

from PySide6.QtCore import QSize
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QSplitter, QStackedWidget, QWidget


def least(widget: QWidget, width: int) -> QSize:
    """The least size in which nothing of a widget is cut, in a room of this width."""
    size, layout = widget.minimumSizeHint(), widget.layout()
    if layout is not None and widget.hasHeightForWidth():
        size.setHeight(layout.totalMinimumHeightForWidth(max(width, size.width())))
    return size.expandedTo(widget.minimumSize())


class Stack(QStackedWidget):
    """A stack as large as its current member needs."""

    def __init__(self) -> None:
        super().__init__()
        self.currentChanged.connect(self.updateGeometry)

    def hasHeightForWidth(self) -> bool:
        return False

    def minimumSizeHint(self) -> QSize:
        page = self.currentWidget()
        return least(page, self.width()) if page is not None else QSize()

    def sizeHint(self) -> QSize:
        page = self.currentWidget()
        return page.sizeHint().expandedTo(self.minimumSizeHint()) if page is not None else QSize()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self.updateGeometry()


class Divider(QSplitter):
    """Two widgets side by side, as high as the lines that break in them need."""

    def hasHeightForWidth(self) -> bool:
        return False

    def minimumSizeHint(self) -> QSize:
        sizes = [
            least(side, side.width())
            for side in (self.widget(i) for i in range(self.count()))
            if side is not None and not side.isHidden()
        ]
        width = sum(size.width() for size in sizes) + self.handleWidth() * (len(sizes) - 1)
        return QSize(width, max((size.height() for size in sizes), default=0))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self.updateGeometry()
