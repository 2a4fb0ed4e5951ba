"""An area that scrolls up and down, and is never narrower than what stands in it."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QSize, Qt
from PySide6.QtWidgets import QFrame, QScrollArea, QWidget

from alumnidesk.ui.look import Look

LEAST = 120
"""Height at 100 % below which scrolling is no pleasure; the page then scrolls as a whole."""


class Scroller(QScrollArea):
    """`name` is for screen readers; the ground of what lies behind shows through."""

    def __init__(self, look: Look, name: str, body: QWidget | None = None) -> None:
        super().__init__()
        self._look = look
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setAccessibleName(name)
        self.setViewport(QWidget())  # of our own, see ListTable; it lets the ground through
        if body is not None:
            self.hold(body)

    def hold(self, body: QWidget) -> None:
        """Scroll this widget, in place of another one."""
        before: QWidget | None = self.takeWidget()
        if before is not None:  # Qt would delete it at once, and what is pressed in it just now with it
            before.hide()
            before.deleteLater()
        self.setWidget(body)
        body.setAutoFillBackground(False)  # setWidget has just turned it on
        self.updateGeometry()

    def minimumSizeHint(self) -> QSize:
        body: QWidget | None = self.widget()
        across = body.minimumSizeHint().width() + self.verticalScrollBar().sizeHint().width() if body is not None else 0
        return QSize(across, self._look.px(LEAST))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.LayoutRequest:
            self.updateGeometry()
        return super().eventFilter(watched, event)
