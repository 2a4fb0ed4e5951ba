"""The foot of a window."""

from __future__ import annotations

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout

from alumnidesk.ui.look import Look
from alumnidesk.ui.widgets.label import Ground, Line


class Foot(Ground):
    """A line, and below it a `row` for what stands there; its measures are those at 100 %."""

    def __init__(self, look: Look, height: int, left: int, right: int) -> None:
        super().__init__(look, "nav")
        self.setFixedHeight(look.px(height))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(Line(look))
        self.row = QHBoxLayout()
        self.row.setContentsMargins(look.px(left), 0, look.px(right), 0)
        self.row.setSpacing(look.px(8))
        column.addLayout(self.row, 1)
