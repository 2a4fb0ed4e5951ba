"""The place of the pages: one at a time, and where a page needs more room than the window has, it scrolls."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QScrollArea, QWidget

from alumnidesk.ui.widgets.stack import Stack, least


class PageRoom(QScrollArea):
    """Shows the current one of its pages as large as the room, but never smaller than the page can be."""

    def __init__(self) -> None:
        super().__init__()
        self._stack = Stack()
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setViewport(QWidget())  # of our own, see ListTable
        self.setWidget(self._stack)
        self._stack.installEventFilter(self)
        self._stack.currentChanged.connect(self._fit)

    def add(self, page: QWidget) -> None:
        """Take in another page."""
        self._stack.addWidget(page)

    def show_page(self, page: QWidget) -> None:
        """Bring a page to the front."""
        self._stack.setCurrentWidget(page)

    @property
    def current(self) -> QWidget | None:
        """The page at the front."""
        return self._stack.currentWidget()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.LayoutRequest:
            self._fit()
        return super().eventFilter(watched, event)

    def _fit(self) -> None:
        if (page := self.current) is None:
            return
        room = self.maximumViewportSize()
        bar = self.verticalScrollBar().sizeHint().width()
        need = least(page, room.width())
        if need.height() > room.height():
            room.setWidth(room.width() - bar)
        if need.width() > room.width():
            room.setHeight(room.height() - bar)
        self._stack.resize(least(page, room.width()).expandedTo(room))
