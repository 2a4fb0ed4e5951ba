"""The detail of what is selected: a panel at the right that scrolls for itself."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from alumnidesk.ui.look import Look
from alumnidesk.ui.widgets.chip import Chip, ChipLabel
from alumnidesk.ui.widgets.circle import PERSON, Circle
from alumnidesk.ui.widgets.label import Ground, Label, title
from alumnidesk.ui.widgets.scroller import Scroller

WIDTH, WIDTH_WIDE, NARROWEST = 416, 560, 320
"""Widths at 100 %: of the panel, of the panel in a wide window, and the least."""


class DetailPane(Ground):
    """Panel with a vertical layout `column` (margins 20); add parts with `add`, `gap` and `line`."""

    def __init__(self, look: Look, name: str) -> None:
        super().__init__(look, "panel")
        self._look = look
        self._scroll = Scroller(look, name)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(self._scroll)
        self.set_body(QWidget())

    def minimumSizeHint(self) -> QSize:
        return super().minimumSizeHint().expandedTo(QSize(self._look.px(NARROWEST), 0))

    def set_body(self, body: QWidget) -> QVBoxLayout:
        """Begin the panel anew with an empty body; returns its layout, also found as `column`."""
        look = self._look
        outer = QVBoxLayout(body)  # a layout aligned to the top would forget that lines break
        outer.setContentsMargins(0, 0, 0, 0)
        self.column = QVBoxLayout()
        self.column.setContentsMargins(look.px(19), look.px(20), look.px(20), look.px(20))
        self.column.setSpacing(0)
        outer.addLayout(self.column)
        outer.addStretch(1)
        self._scroll.hold(body)
        return self.column


class PersonHead(QWidget):
    """Circle with initials, name, a small line below it."""

    def __init__(self, look: Look) -> None:
        super().__init__()
        self.circle = Circle(look, PERSON)
        self.name = title(look)
        self.name.setWordWrap(True)
        self.below = Label(look, size="small", role="text2", wraps=True)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(look.px(16))
        row.addWidget(self.circle, 0, Qt.AlignmentFlag.AlignTop)
        words = QVBoxLayout()
        words.setSpacing(look.px(2))
        words.addWidget(self.name)
        words.addWidget(self.below)
        row.addLayout(words, 1)


class Facts(QWidget):
    """Label and value, line by line; values can be selected and copied, chips may follow or stand alone."""

    LABEL = 98
    """Width of the label column at 100 %."""

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(look.px(12))
        self._grid.setVerticalSpacing(look.px(8))
        self._grid.setColumnMinimumWidth(0, look.px(self.LABEL))
        self._grid.setColumnStretch(1, 1)

    def add(self, label: str, value: str = "", chips: tuple[Chip, ...] = ()) -> None:
        """One fact. An empty value with chips shows the chips on the label's line."""
        row = self._grid.rowCount()
        self._grid.addWidget(Label(self._look, label, role="text2"), row, 0, Qt.AlignmentFlag.AlignTop)
        cell = QVBoxLayout()
        cell.setSpacing(self._look.px(4))
        if value:
            cell.addWidget(Label(self._look, value, wraps=True, selectable=True))
        if chips:
            line = QHBoxLayout()
            line.setSpacing(self._look.px(4))
            for chip in chips:
                line.addWidget(ChipLabel(self._look, chip))
            line.addStretch(1)
            cell.addLayout(line)
        self._grid.addLayout(cell, row, 1)
