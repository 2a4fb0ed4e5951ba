"""Chips: a state with its icon, or a tag without. The same drawing serves as a widget and inside table cells."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import NamedTuple

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QWidget

from alumnidesk.ui.icons import paint_icon
from alumnidesk.ui.look import Look
from alumnidesk.ui.widgets.paint import fill, frame

PADDING = 6
"""Left and right of a chip's word, at 100 %."""


class Chip(NamedTuple):
    """A word on a small ground. `state` is good, look, bad or plain; state chips carry an icon, tags do not."""

    text: str
    state: str = "plain"
    icon: str = ""


def chip_width(look: Look, chip: Chip, metrics: QFontMetrics) -> int:
    """How wide a chip is drawn; `metrics` are those of the small font."""
    return metrics.horizontalAdvance(chip.text) + _around(look, chip)


def _around(look: Look, chip: Chip) -> int:
    """What a chip needs beside its text."""
    return 2 * look.px(PADDING) + (look.px(16) + look.px(2) if chip.icon else 0)


def paint_chip(painter: QPainter, look: Look, chip: Chip, rect: QRect, *, selected: bool = False) -> None:
    """Paint a chip into `rect` (24 high); on a selected row its ground is the page's."""
    ink = look.colour(chip.state)
    ground = look.colour("page" if selected else f"{chip.state}_ground")
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    fill(painter, rect, ground, look.px(6))
    if look.palette.high:
        frame(painter, rect, ink, look.px(6))
    x = rect.x() + look.px(PADDING)
    if chip.icon:
        size = look.px(16)
        paint_icon(painter, chip.icon, ink, x - look.px(1), rect.y() + (rect.height() - size) / 2, size)
        x += size + look.px(2)
    painter.setFont(look.font("small"))
    painter.setPen(ink)
    painter.drawText(x, rect.y(), rect.right() - x + 1, rect.height(), Qt.AlignmentFlag.AlignVCenter, chip.text)


def place_chips(
    look: Look,
    chips: Sequence[Chip],
    rect: QRect,
    width_of: Callable[[str], int],
    shorten: Callable[[str, int], str],
) -> Iterator[tuple[Chip, QRect]]:
    """As many chips as fit into a cell, each with its place.

    What does not fit is counted (“+2”), the first one is shortened. `width_of` and `shorten` are the small font’s.
    """
    height, gap, x = look.px(24), look.px(6), rect.x()
    y = rect.y() + (rect.height() - height) // 2
    for index, chip in enumerate(chips):
        around = _around(look, chip)
        width = width_of(chip.text) + around
        if x + width > rect.right() + 1:
            if index == 0:
                room = rect.right() + 1 - x
                yield chip._replace(text=shorten(chip.text, room - around)), QRect(x, y, room, height)
                return
            chip = Chip(f"+{len(chips) - index}")
            width = width_of(chip.text) + _around(look, chip)
            if x + width <= rect.right() + look.px(4):  # half a number would say something else
                yield chip, QRect(x, y, width, height)
            return
        yield chip, QRect(x, y, width, height)
        x += width + gap


class ChipLabel(QWidget):
    """One chip as a widget."""

    def __init__(self, look: Look, chip: Chip) -> None:
        super().__init__()
        self._look, self._chip = look, chip
        self.setAccessibleName(chip.text)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        look.changed.connect(self.update)

    def sizeHint(self) -> QSize:
        return QSize(chip_width(self._look, self._chip, QFontMetrics(self._look.font("small"))), self._look.px(24))

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def paintEvent(self, event: QPaintEvent) -> None:
        paint_chip(QPainter(self), self._look, self._chip, self.rect())


def chip_row(look: Look, chips: Sequence[Chip], parent: QWidget | None = None) -> QWidget:
    """Several chips side by side."""
    row = QWidget(parent)
    layout = QHBoxLayout(row)
    layout.setContentsMargins(0, 0, 0, 0)
    layout.setSpacing(look.px(4))
    for chip in chips:
        layout.addWidget(ChipLabel(look, chip))
    layout.addStretch(1)
    return row
