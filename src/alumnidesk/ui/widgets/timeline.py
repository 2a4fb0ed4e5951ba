"""What happened, newest first: circles on a thin line, a title, a small second line, the date at the right."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QPoint, QRect, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from alumnidesk.ui.look import Look
from alumnidesk.ui.widgets.circle import TIMELINE, paint_circle
from alumnidesk.ui.widgets.paint import frame

STEP = 48
"""From one entry to the next, at 100 %."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One thing that happened."""

    icon: str
    title: str
    detail: str
    when: str
    id: int = 0


class Timeline(QWidget):
    """Entries one below the other; the arrow keys move between them, `opened` tells which one was chosen."""

    opened = Signal(int)

    def __init__(self, look: Look, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look, self._name = look, name
        self._entries: Sequence[Entry] = ()
        self._current = 0
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        look.changed.connect(self.update)
        self.show_entries(())

    def show_entries(self, entries: Sequence[Entry]) -> None:
        """Show other entries."""
        self._entries = entries
        self._current = 0
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus if entries else Qt.FocusPolicy.NoFocus)
        self._tell()
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(self._look.px(280), self._look.px(STEP) * max(len(self._entries), 1))

    def minimumSizeHint(self) -> QSize:
        return QSize(self._look.px(200), self.sizeHint().height())

    def _tell(self) -> None:
        """The accessible name says the whole entry one stands on."""
        entry = self._entries[self._current] if self._entries else None
        self.setAccessibleName(f"{self._name}: {entry.title}, {entry.detail}, {entry.when}" if entry else self._name)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        step = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}.get(Qt.Key(event.key()))
        if step is not None and 0 <= self._current + step < len(self._entries):
            self._current += step
            self._tell()
            self.update()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space) and self._entries:
            self.opened.emit(self._entries[self._current].id)
        else:
            super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        row = int(event.position().y()) // self._look.px(STEP)
        if row < len(self._entries):
            self._current = row
            self._tell()
            self.update()

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        row = int(event.position().y()) // self._look.px(STEP)
        if row < len(self._entries):
            self.opened.emit(self._entries[row].id)

    def event(self, event: QEvent) -> bool:
        if event.type() in (QEvent.Type.FocusIn, QEvent.Type.FocusOut):
            self.update()
        return super().event(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        look, painter = self._look, QPainter(self)
        step, side = look.px(STEP), look.px(TIMELINE)
        if len(self._entries) > 1:
            x = side // 2
            painter.fillRect(x, side // 2, 1, step * (len(self._entries) - 1), look.colour("line"))
        for index, entry in enumerate(self._entries):
            self._paint_entry(painter, entry, QRect(0, index * step, self.width(), step), index == 0)
        if self.hasFocus() and self._entries:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            frame(
                painter,
                QRect(0, self._current * step, self.width(), step - look.px(4)),
                look.colour("accent"),
                look.px(6),
                2,
            )

    def _paint_entry(self, painter: QPainter, entry: Entry, rect: QRect, newest: bool) -> None:
        look = self._look
        side = look.px(TIMELINE)
        circle = QRect(rect.topLeft(), QSize(side, side))
        if look.palette.high and not newest:
            painter.fillRect(circle, look.colour("panel"))
        paint_circle(painter, look, circle, icon=entry.icon, tinted=newest)
        body, small = QFontMetrics(look.font()), QFontMetrics(look.font("small"))
        x = rect.x() + side + look.px(12)
        when = small.horizontalAdvance(entry.when)
        room = rect.right() - x - when - look.px(8)
        top = QRect(QPoint(x, rect.y() - look.px(2)), QSize(room, body.height()))
        elide = Qt.TextElideMode.ElideRight
        painter.setFont(look.font())
        painter.setPen(look.colour("text"))
        painter.drawText(top, Qt.AlignmentFlag.AlignVCenter, body.elidedText(entry.title, elide, room))
        painter.setFont(look.font("small"))
        painter.setPen(look.colour("text2"))
        painter.drawText(
            QRect(rect.right() - when, top.y(), when + 1, top.height()), Qt.AlignmentFlag.AlignVCenter, entry.when
        )
        below = QRect(x, top.bottom() + 1, rect.right() - x, small.height())
        painter.drawText(below, Qt.AlignmentFlag.AlignVCenter, small.elidedText(entry.detail, elide, below.width()))
