"""A part of the detail below the facts: a thin line, a head with its links, and whatever it is about."""

from __future__ import annotations

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from alumnidesk.ui.contacts.section import OVERHANG
from alumnidesk.ui.look import Look
from alumnidesk.ui.widgets.label import Line, section


class DetailSection(QWidget):
    """A part of the detail that shows one contact at a time. What it is about goes into `column`, below the head."""

    def __init__(self, look: Look, head: str) -> None:
        super().__init__()
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(look.px(OVERHANG), look.px(14), look.px(OVERHANG), 0)
        self.column.setSpacing(0)
        self.column.addWidget(Line(look))
        self.column.addSpacing(look.px(10))
        self._top = QHBoxLayout()
        self._top.addWidget(section(look, head))
        self._top.addStretch(1)
        self.column.addLayout(self._top)

    def offer(self, *links: QWidget) -> None:
        """What can be done here, at the right of the head."""
        for link in links:
            self._top.addWidget(link)
