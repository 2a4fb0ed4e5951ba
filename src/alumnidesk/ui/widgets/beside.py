"""Two things side by side as long as there is room, else one below the other: a title and its buttons."""

from __future__ import annotations

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtWidgets import QLayoutItem, QWidget

from alumnidesk.ui.widgets.breaking import BreakingLayout
from alumnidesk.ui.widgets.flow import visual


class Beside(BreakingLayout):
    """Two widgets. The left one gets what the right one leaves, but at least `least` pixels (0: its own width).

    A right one that likes to grow, such as a search, also grows narrower before it goes below. Side by side both stand
    in the middle of their height, or with `level` at its top; below each other they then touch.
    """

    def __init__(
        self,
        left: QWidget,
        right: QWidget,
        gap: int,
        least: int = 0,
        *,
        level: bool = False,
    ) -> None:
        super().__init__()
        self._gap, self._least, self._level = gap, least, level
        self.setContentsMargins(0, 0, 0, 0)
        self.addWidget(left)
        self.addWidget(right)

    def expandingDirections(self) -> Qt.Orientation:
        return Qt.Orientation.Horizontal

    def sizeHint(self) -> QSize:
        left, right = (item.sizeHint() for item in self._items)
        return QSize(max(left.width(), self._least) + self._gap + right.width(), max(left.height(), right.height()))

    def minimumSize(self) -> QSize:
        left, right = (item.minimumSize() for item in self._items)
        return QSize(max(left.width(), right.width()), max(left.height(), right.height()))

    def _place(self, rect: QRect, *, really: bool) -> int:
        left, right = self._items
        room = rect.width() - self._gap - (self._least or left.sizeHint().width())
        wanted = right.sizeHint().width()
        shrinks = bool(right.expandingDirections() & Qt.Orientation.Horizontal)
        if room >= (right.minimumSize().width() if shrinks else wanted):
            width = min(wanted, room)
            rest = rect.width() - self._gap - width
            high = (height_of(left, rest), height_of(right, width))
            height = max(high)
            down = [0 if self._level else (height - one) // 2 for one in high]
            places = (
                QRect(rect.x(), rect.y() + down[0], rest, high[0]),
                QRect(rect.x() + rest + self._gap, rect.y() + down[1], width, high[1]),
            )
        else:
            width = min(rect.width(), wanted)
            high = (height_of(left, rect.width()), height_of(right, width))
            gap = 0 if self._level else self._gap
            height = high[0] + gap + high[1]
            places = (
                QRect(rect.x(), rect.y(), rect.width(), high[0]),
                QRect(rect.x(), rect.y() + high[0] + gap, width, high[1]),
            )
        if really:
            for item, place in zip((left, right), places, strict=True):
                item.setGeometry(visual(self, rect, place))
        return height


def height_of(item: QLayoutItem, width: int) -> int:
    """How high an item is when it is this wide."""
    return item.heightForWidth(width) if item.hasHeightForWidth() else item.sizeHint().height()
