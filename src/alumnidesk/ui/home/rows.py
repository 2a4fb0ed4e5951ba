"""The rows of Home: a thing to do with its remedy, a first step with its tick, an event that comes next."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from alumnidesk.domain.lines import EventLine
from alumnidesk.ui.look import Look
from alumnidesk.ui.when import month, written
from alumnidesk.ui.widgets.buttons import Button, OutlinedButton
from alumnidesk.ui.widgets.circle import TASK, Circle
from alumnidesk.ui.widgets.dragging import TakesContacts
from alumnidesk.ui.widgets.label import Label, Line
from alumnidesk.ui.widgets.paint import fill, frame
from alumnidesk.ui.widgets.painted_button import PaintedButton
from alumnidesk.ui.words import language, tr, tr_n

VERB = 108
"""Least width of a row's button, at 100 %, so that a column of them is calm."""
TILE, ENTRY = 52, 66
"""The tile with the date, and from one event to the next."""


class ThingRow(QWidget):
    """Circle, a sentence, a small line below it, a button; a hair line at the foot."""

    def __init__(
        self,
        look: Look,
        icon: str,
        text: str,
        detail: str,
        verb: str,
        clicked: Callable[[], object],
        *,
        done: bool = False,
    ) -> None:
        super().__init__()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(look.px(9))
        row = QHBoxLayout()
        row.setContentsMargins(0, look.px(9), 0, 0)
        row.setSpacing(look.px(16))
        row.addWidget(Circle(look, TASK, icon="check" if done else icon, tinted=not done))
        words = QVBoxLayout()
        words.setSpacing(0)
        self.text = Label(look, text, role="text2" if done else "text", wraps=True)
        words.addWidget(self.text)
        self.detail = Label(look, detail, size="small", role="text2", wraps=True)
        words.addWidget(self.detail)
        row.addLayout(words, 1)
        self.button: Button | None = None
        if done:
            row.addWidget(Label(look, tr("Done"), size="small", role="good"))
        else:
            self.button = OutlinedButton(look, verb, clicked=clicked)
            self.button.setAccessibleDescription(text)
            row.addWidget(self.button, 0, Qt.AlignmentFlag.AlignVCenter)
        column.addLayout(row)
        self.line = Line(look, "hair")
        column.addWidget(self.line)


class EventEntry(PaintedButton):
    """A coming event: the day on a tile, its title, how full it is. Opens the event;
    contacts that are dropped on it are `taken`."""

    def __init__(
        self,
        look: Look,
        event: EventLine,
        opened: Callable[[], object],
        taken: Callable[[Sequence[int]], object],
    ) -> None:
        super().__init__(look)
        self._event = event
        day = dt.date.fromisoformat(event.starts_on)
        self._month, self._day = month(day), str(day.day)
        self._state = seats_words(event)
        self.setAccessibleName(", ".join((event.title, written(day), self._state)))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.clicked.connect(lambda: opened())
        TakesContacts(look, self, lambda contacts, at: taken(contacts))

    def sizeHint(self) -> QSize:
        small, body = QFontMetrics(self._look.font("small")), QFontMetrics(self._look.font())
        return QSize(self._look.px(240), max(self._look.px(ENTRY), body.height() + small.height() + self._look.px(24)))

    def minimumSizeHint(self) -> QSize:
        return QSize(self._look.px(160), self.sizeHint().height())

    def paintEvent(self, event: QPaintEvent) -> None:
        look, painter = self._look, QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        over = look.px(6)
        if self.underMouse():
            fill(painter, self.rect().adjusted(-over, 0, over, -look.px(4)), look.colour("soft"), look.px(6))
        self._paint_tile(painter, QRect(0, 0, look.px(TILE), look.px(TILE)))
        x = look.px(TILE + 14)
        room = self.width() - x
        body, small = QFontMetrics(look.font()), QFontMetrics(look.font("small"))
        full = self._event.capacity is not None
        y = 0 if full else (look.px(TILE) - body.height() - small.height()) // 2
        painter.setFont(look.font())
        painter.setPen(look.colour("text"))
        elide = Qt.TextElideMode.ElideRight
        painter.drawText(
            QRect(x, y, room, body.height()),
            Qt.AlignmentFlag.AlignVCenter,
            body.elidedText(self._event.title, elide, room),
        )
        painter.setFont(look.font("small"))
        painter.setPen(look.colour("text2"))
        below = QRect(x, y + body.height(), room, small.height())
        painter.drawText(below, Qt.AlignmentFlag.AlignVCenter, small.elidedText(self._state, elide, room))
        if full:
            self._paint_bar(painter, QRect(x, below.bottom() + look.px(5), room, look.px(8)))
        if self.hasFocus():
            frame(painter, self.rect().adjusted(0, 0, 0, -look.px(6)), look.colour("accent"), look.px(6), 2)

    def _paint_tile(self, painter: QPainter, tile: QRect) -> None:
        look = self._look
        fill(painter, tile, look.colour("raised"), look.px(8))
        frame(painter, tile, look.colour("line"), look.px(8))
        half = tile.height() // 2
        painter.setFont(look.font("small", bold=True))
        painter.setPen(look.colour("accent"))
        painter.drawText(
            QRect(tile.x(), tile.y() + look.px(3), tile.width(), half), Qt.AlignmentFlag.AlignCenter, self._month
        )
        painter.setFont(look.font(bold=True))
        painter.setPen(look.colour("text"))
        painter.drawText(
            QRect(tile.x(), tile.y() + half - look.px(3), tile.width(), half), Qt.AlignmentFlag.AlignCenter, self._day
        )

    def _paint_bar(self, painter: QPainter, bar: QRect) -> None:
        look, radius = self._look, bar.height() / 2
        fill(painter, bar, look.colour("soft"), radius)
        share = min(self._event.coming / max(self._event.capacity or 1, 1), 1.0)
        if share:
            filled = QRect(bar.x(), bar.y(), max(round(bar.width() * share), bar.height()), bar.height())
            fill(painter, filled, look.colour("accent"), radius)
        frame(painter, bar, look.colour("field"), radius)


def seats_words(event: EventLine) -> str:
    """How full an event is, or how many are invited while nobody has said yes."""
    if event.capacity is not None:
        return tr("{taken} of {all} places taken", taken=event.coming, all=event.capacity)
    if event.coming:
        return tr_n("{n} person is coming", "{n} people are coming", event.coming)
    if event.invited:
        return tr_n("{n} invited, answers open", "{n} invited, answers open", event.invited)
    return tr("Nobody is on the list yet")


class Figure(PaintedButton):
    """A large number with its word, a small line below; leads to what it counts."""

    def __init__(self, look: Look, clicked: Callable[[], object]) -> None:
        super().__init__(look)
        self._number, self._word, self._below = "", "", ""
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.clicked.connect(lambda: clicked())

    def show_figure(self, number: int, word: str, below: str) -> None:
        """Show another number."""
        self._number, self._word, self._below = language().number(number), word, below
        self.setAccessibleName(f"{self._number} {word}, {below}")
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        look = self._look
        large, body, small = (
            QFontMetrics(font) for font in (look.font("title", bold=True), look.font(), look.font("small"))
        )
        first = large.horizontalAdvance(self._number) + look.px(10) + body.horizontalAdvance(self._word)
        width = max(first, small.horizontalAdvance(self._below)) + look.px(2)
        return QSize(width, large.height() + small.height())

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def paintEvent(self, event: QPaintEvent) -> None:
        look, painter = self._look, QPainter(self)
        large, small = QFontMetrics(look.font("title", bold=True)), QFontMetrics(look.font("small"))
        painter.setFont(look.font("title", bold=True))
        painter.setPen(look.colour("accent" if self.underMouse() else "text"))
        painter.drawText(0, large.ascent(), self._number)
        painter.setFont(look.font())
        painter.setPen(look.colour("text"))
        painter.drawText(large.horizontalAdvance(self._number) + look.px(10), large.ascent(), self._word)
        painter.setFont(look.font("small"))
        painter.setPen(look.colour("text2"))
        painter.drawText(
            QRect(0, large.height(), self.width(), small.height()), Qt.AlignmentFlag.AlignVCenter, self._below
        )
        if self.hasFocus():
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            frame(painter, self.rect(), look.colour("accent"), look.px(6), 2)
