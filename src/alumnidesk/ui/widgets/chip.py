"""Chips: a state with its icon, or a tag without. The same drawing serves as a widget and inside table cells."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QWidget

from alumnidesk.ui.icons import paint_icon
from alumnidesk.ui.look import Look
from alumnidesk.ui.widgets.paint import fill, frame


class Chip(NamedTuple):
    """A word on a small ground. `state` is good, look, bad or plain; state chips carry an icon, tags do not."""

    text: str
    state: str = "plain"
    icon: str = ""


def chip_width(look: Look, chip: Chip, metrics: QFontMetrics) -> int:
    """How wide a chip is drawn; `metrics` are those of the small font."""
    icon = look.px(16) + look.px(3) if chip.icon else 0
    return metrics.horizontalAdvance(chip.text) + 2 * look.px(8) + icon


def paint_chip(painter: QPainter, look: Look, chip: Chip, rect: QRect, *, selected: bool = False) -> None:
    """Paint a chip into `rect` (24 high); on a selected row its ground is the page's."""
    ink = look.colour(chip.state)
    ground = look.colour("page" if selected else f"{chip.state}_ground")
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    fill(painter, rect, ground, look.px(6))
    if look.palette.high:
        frame(painter, rect, ink, look.px(6))
    x = rect.x() + look.px(8)
    if chip.icon:
        size = look.px(16)
        paint_icon(painter, chip.icon, ink, x - look.px(1), rect.y() + (rect.height() - size) / 2, size)
        x += size + look.px(3)
    painter.setFont(look.font("small"))
    painter.setPen(ink)
    painter.drawText(x, rect.y(), rect.right() - x + 1, rect.height(), Qt.AlignmentFlag.AlignVCenter, chip.text)


def paint_chips(painter: QPainter, look: Look, chips: Sequence[Chip], rect: QRect, *, selected: bool = False) -> None:
    """Paint as many chips as fit into a cell; what does not fit is counted (“+2”), the first one is shortened."""
    metrics = QFontMetrics(look.font("small"))
    height, gap, x = look.px(24), look.px(6), rect.x()
    y = rect.y() + (rect.height() - height) // 2
    for index, chip in enumerate(chips):
        width = chip_width(look, chip, metrics)
        if x + width > rect.right() + 1:
            if index == 0:
                room = rect.right() + 1 - x
                words = room - (width - metrics.horizontalAdvance(chip.text))
                chip = chip._replace(text=metrics.elidedText(chip.text, Qt.TextElideMode.ElideRight, words))
                paint_chip(painter, look, chip, QRect(x, y, room, height), selected=selected)
                return
            chip = Chip(f"+{len(chips) - index}")
            width = chip_width(look, chip, metrics)
            if x + width <= rect.right() + look.px(4):  # half a number would say something else
                paint_chip(painter, look, chip, QRect(x, y, width, height), selected=selected)
            return
        paint_chip(painter, look, chip, QRect(x, y, width, height), selected=selected)
        x += width + gap


class ChipLabel(QWidget):
    """One chip as a widget."""

    def __init__(self, look: Look, chip: Chip, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look, self._chip = look, chip
        self.setAccessibleName(chip.text)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        look.changed.connect(self.update)

    @property
    def chip(self) -> Chip:
        return self._chip

    def set_chip(self, chip: Chip) -> None:
        """Show another state."""
        self._chip = chip
        self.setAccessibleName(chip.text)
        self.updateGeometry()
        self.update()

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
