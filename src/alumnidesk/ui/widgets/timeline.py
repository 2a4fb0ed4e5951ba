"""What happened, newest first: circles on a thin line, a title, a small second line, the date at the right.

A title that does not fit beside its date goes on in a second line.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate

from PySide6.QtCore import QEvent, QPoint, QRect, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from alumnidesk.ui.look import Look
from alumnidesk.ui.widgets.circle import TIMELINE, paint_circle
from alumnidesk.ui.widgets.paint import frame

STEP = 48
"""From one entry to the next, at 100 %, where the title has one line."""
GAP = 12
"""Between circle and title."""


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

    def __init__(self, look: Look, name: str) -> None:
        super().__init__()
        self._look, self._name = look, name
        self._entries: Sequence[Entry] = ()
        self._titles: list[list[str]] = []
        """Each title in the lines that the width gives it."""
        self._tops = [0]
        """Where each entry begins, and where the last one ends, in pixels."""
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
        self._set_lines()
        self.update()

    def _set_lines(self) -> None:
        """Break the titles where the width wants it."""
        look = self._look
        body, small = QFontMetrics(look.font()), QFontMetrics(look.font("small"))
        whole = max(self.width(), look.px(200)) - look.px(TIMELINE) - look.px(GAP)
        beside = (whole - (small.horizontalAdvance(e.when) + look.px(8) if e.when else 0) for e in self._entries)
        self._titles = [_lines(e.title, body, room, whole) for e, room in zip(self._entries, beside, strict=True)]
        heights = (look.px(STEP) + (len(lines) - 1) * body.height() for lines in self._titles)
        self._tops = list(accumulate(heights, initial=0))
        self.updateGeometry()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self._set_lines()

    def sizeHint(self) -> QSize:
        return QSize(self._look.px(280), max(self._tops[-1], self._look.px(STEP)))

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

    def _row(self, event: QMouseEvent) -> int:
        """Which entry lies under the pointer."""
        return bisect_right(self._tops, int(event.position().y())) - 1

    def mousePressEvent(self, event: QMouseEvent) -> None:
        row = self._row(event)
        if row < len(self._entries):
            self._current = row
            self._tell()
            self.update()

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        row = self._row(event)
        if row < len(self._entries):
            self.opened.emit(self._entries[row].id)

    def event(self, event: QEvent) -> bool:
        if event.type() in (QEvent.Type.FocusIn, QEvent.Type.FocusOut):
            self.update()
        return super().event(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        look, painter = self._look, QPainter(self)
        side = look.px(TIMELINE)
        if len(self._entries) > 1:
            painter.fillRect(side // 2, side // 2, 1, self._tops[-2], look.colour("line"))
        first = max(bisect_right(self._tops, event.rect().top()) - 2, 0)  # a title rises a little above its entry
        last = min(bisect_right(self._tops, event.rect().bottom()), len(self._entries))
        for index in range(first, last):
            self._paint_entry(painter, index, self._place(index))
        if self.hasFocus() and self._entries:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            frame(
                painter,
                self._place(self._current).adjusted(0, 0, 0, -look.px(4)),
                look.colour("accent"),
                look.px(6),
                2,
            )

    def _place(self, index: int) -> QRect:
        top, bottom = self._tops[index : index + 2]
        return QRect(0, top, self.width(), bottom - top)

    def _paint_entry(self, painter: QPainter, index: int, rect: QRect) -> None:
        look, entry, newest = self._look, self._entries[index], index == 0
        side = look.px(TIMELINE)
        circle = QRect(rect.topLeft(), QSize(side, side))
        if look.palette.high and not newest:
            painter.fillRect(circle, look.colour("panel"))
        paint_circle(painter, look, circle, icon=entry.icon, tinted=newest)
        body, small = QFontMetrics(look.font()), QFontMetrics(look.font("small"))
        x = rect.x() + side + look.px(GAP)
        when = small.horizontalAdvance(entry.when)
        top = QRect(QPoint(x, rect.y() - look.px(2)), QSize(rect.right() - x, body.height()))
        painter.setFont(look.font())
        painter.setPen(look.colour("text"))
        for number, line in enumerate(self._titles[index]):
            painter.drawText(top.translated(0, number * body.height()), Qt.AlignmentFlag.AlignVCenter, line)
        last = top.translated(0, (len(self._titles[index]) - 1) * body.height())
        painter.setFont(look.font("small"))
        painter.setPen(look.colour("text2"))
        painter.drawText(
            QRect(rect.right() - when, top.y(), when + 1, top.height()), Qt.AlignmentFlag.AlignVCenter, entry.when
        )
        below = QRect(x, last.bottom() + 1, rect.right() - x, small.height())
        detail = small.elidedText(entry.detail, Qt.TextElideMode.ElideRight, below.width())
        painter.drawText(below, Qt.AlignmentFlag.AlignVCenter, detail)


def _lines(title: str, body: QFontMetrics, beside: int, whole: int) -> list[str]:
    """A title in one line `beside` wide, or in two, the second `whole`; what does not fit even so is shortened."""
    if body.horizontalAdvance(title) <= beside:
        return [title]
    said = title.split(" ")
    fit = next((n for n in range(len(said) - 1, 0, -1) if body.horizontalAdvance(" ".join(said[:n])) <= beside), 0)
    elide = Qt.TextElideMode.ElideRight
    if not fit:
        return [body.elidedText(title, elide, beside)]
    return [" ".join(said[:fit]), body.elidedText(" ".join(said[fit:]), elide, whole)]
