"""What layouts share that go on in the next line: their items, and a height that follows from the width."""

from __future__ import annotations

from abc import abstractmethod

from PySide6.QtCore import QRect
from PySide6.QtWidgets import QLayout, QLayoutItem, QWidget


class BreakingLayout(QLayout):
    """A layout that says in one method, `_place`, where its items go and how high they are together.

    Qt asks for heights again and again; each is reckoned once until something in the layout has changed.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._items: list[QLayoutItem] = []
        self._heights: dict[int, int] = {}
        self._placed = False

    def addItem(self, item: QLayoutItem) -> None:
        self._items.append(item)

    def count(self) -> int:
        return len(self._items)

    def itemAt(self, index: int) -> QLayoutItem | None:
        return self._items[index] if 0 <= index < len(self._items) else None

    def takeAt(self, index: int) -> QLayoutItem | None:
        return self._items.pop(index) if 0 <= index < len(self._items) else None

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        height = self._heights.get(width)
        if height is None:
            height = self._heights[width] = self._place(QRect(0, 0, width, 0), really=False)
        return height

    def invalidate(self) -> None:
        self._heights.clear()
        self._placed = False
        super().invalidate()

    def setGeometry(self, rect: QRect) -> None:
        if self._placed and rect == self.geometry():
            return
        super().setGeometry(rect)
        self._place(rect, really=True)
        self._placed = True

    @abstractmethod
    def _place(self, rect: QRect, *, really: bool) -> int:
        """Put the items into `rect` (or only reckon); the height that they take, in pixels."""
