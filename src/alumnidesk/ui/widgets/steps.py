"""The steps of a longer task: done ones with a check, the current one filled, those to come in outline."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from PySide6.QtCore import QRect, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from alumnidesk.ui.icons import paint_icon
from alumnidesk.ui.look import Look
from alumnidesk.ui.widgets.paint import fill, frame
from alumnidesk.ui.words import tr

CIRCLE, LINE = 28, 40
AFTER = 12
"""Room after the words of a step, inside the frame of the focus."""


class StepBar(QWidget):
    """`chosen` carries the number (from 0) of a step that is done already and was asked for again."""

    chosen = Signal(int)

    def __init__(self, look: Look, steps: Sequence[str]) -> None:
        super().__init__()
        self._look, self._steps, self._current, self._done = look, tuple(steps), 0, 0
        self._shown = list(range(len(steps)))
        """The steps that there are this time."""
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        look.changed.connect(self.update)
        self.go_to(0)

    @property
    def current(self) -> int:
        """The step one is at."""
        return self._current

    def go_to(self, step: int) -> None:
        """Be at a step; all steps before it count as done."""
        self._current = step
        self._done = max(self._done, step)
        self.updateGeometry()
        self._tell()

    def leave_out(self, *steps: int) -> None:
        """Show only the other steps, counted without these: there is nothing to do in them this time."""
        self._shown = [number for number in range(len(self._steps)) if number not in steps]
        self.updateGeometry()
        self._tell()

    def _tell(self) -> None:
        place = sum(number < self._current for number in self._shown) + 1
        words = self._steps[self._current]
        self.setAccessibleName(tr("Step {n} of {all}: {step}", n=place, all=len(self._shown), step=words))
        self.update()

    def restart(self) -> None:
        """Begin anew: no step is done."""
        self._done = 0
        self.go_to(0)

    def begin_again(self) -> None:
        """Be at the first step, none done."""
        self._done = 0
        self.go_to(0)

    def sizeHint(self) -> QSize:
        return QSize(sum(self._widths()) + (len(self._shown) - 1) * self._look.px(LINE + 24), self._look.px(32))

    def minimumSizeHint(self) -> QSize:
        return QSize(sum(self._short_widths()), self._look.px(32))

    def _widths(self) -> list[int]:
        metrics, around = QFontMetrics(self._look.font(bold=True)), self._look.px(CIRCLE + 10 + AFTER)
        return [around + metrics.horizontalAdvance(self._steps[number]) for number in self._shown]

    def _short_widths(self) -> list[int]:
        """Where there is little room only the current step has its word; the others are their numbers."""
        return [
            width if number == self._current else self._look.px(CIRCLE + 8)
            for number, width in zip(self._shown, self._widths(), strict=True)
        ]

    @property
    def _short(self) -> bool:
        return sum(self._widths()) > self.width()

    def _places(self) -> dict[int, QRect]:
        """Where each step that is shown stands; with little room the lines between them grow shorter and at last go."""
        widths, between = self._short_widths() if self._short else self._widths(), max(len(self._shown) - 1, 1)
        spare = max(self.width() - sum(widths), 0) // between
        x, places = 0, {}
        for number, width in zip(self._shown, widths, strict=True):
            places[number] = QRect(x, 0, width, self._look.px(32))
            x += width + min(spare, self._look.px(LINE + 24))
        return places

    def paintEvent(self, event: QPaintEvent) -> None:
        look, painter = self._look, QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        places = self._places()
        for count, (number, place) in enumerate(places.items(), 1):
            self._paint_step(painter, number, count, place)
        for (number, place), after in pairwise(places.items()):
            line = after[1].left() - place.right() - look.px(20)
            role = "accent" if number < self._current else "line"
            if line > 0:
                painter.fillRect(place.right() + look.px(4), place.center().y(), line, 2, look.colour(role))
        if self.hasFocus() and self._current in places:
            frame(painter, places[self._current], look.colour("accent"), look.px(16), 2)

    def _paint_step(self, painter: QPainter, number: int, count: int, place: QRect) -> None:
        look, side = self._look, self._look.px(CIRCLE)
        circle = QRect(place.x(), (place.height() - side) // 2, side, side)
        here = number == self._current
        if number < self._current:
            fill(painter, circle, look.colour("tint"), side / 2)
            size = look.px(18)
            paint_icon(
                painter,
                "check",
                look.colour("on_tint"),
                circle.x() + (side - size) / 2,
                circle.y() + (side - size) / 2,
                size,
            )
        else:
            if here:
                fill(painter, circle, look.colour("accent"), side / 2)
            else:
                frame(painter, circle, look.colour("field"), side / 2)
            painter.setFont(look.font("small", bold=True))
            painter.setPen(look.colour("on_accent" if here else "text2"))
            painter.drawText(circle, Qt.AlignmentFlag.AlignCenter, str(count))
        if self._short and not here:
            return
        painter.setFont(look.font(bold=here))
        painter.setPen(look.colour("text" if number <= self._current else "text2"))
        left = circle.right() + look.px(10)
        painter.drawText(left, 0, place.width(), place.height(), Qt.AlignmentFlag.AlignVCenter, self._steps[number])

    def mousePressEvent(self, event: QMouseEvent) -> None:
        for number, place in self._places().items():
            if place.contains(event.position().toPoint()) and number <= self._done and number != self._current:
                self.chosen.emit(number)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        step = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}.get(Qt.Key(event.key()), 0)
        beside = [number for number in self._shown if step * (number - self._current) > 0 and number <= self._done]
        if beside:
            self.chosen.emit(min(beside, key=lambda number: abs(number - self._current)))
        else:
            super().keyPressEvent(event)
