"""The head of a page: its title, the one search, the one main action on one line; counts and tools below."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from alumnidesk.ui.look import Look
from alumnidesk.ui.widgets.label import Label, title


class PageHead(QWidget):
    """Title, search and main action; `counts` is the small line below, the tools stand at its right."""

    def __init__(self, look: Look, words: str, *, search: QWidget | None = None, actions: Sequence[QWidget] = (),
                 tools: Sequence[QWidget] = (), below: str | None = None, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.title = title(look, words)
        self.counts = Label(look, "", size="small", role="text2")
        self.below = Label(look, below or "", role="text2")
        rows = QVBoxLayout(self)
        rows.setContentsMargins(look.px(20), look.px(16), look.px(12), 0)
        rows.setSpacing(look.px(6))
        first = QHBoxLayout()
        first.setContentsMargins(0, 0, look.px(8), 0)
        first.setSpacing(look.px(16))
        self.titles = QVBoxLayout()
        self.titles.setSpacing(0)
        self.titles.addWidget(self.title)
        if below is not None:
            self.titles.addWidget(self.below)
        first.addLayout(self.titles)
        if search is not None:
            first.addSpacing(look.px(4))
            first.addWidget(search, 1000)
        first.addStretch(1)
        right = QHBoxLayout()
        right.setSpacing(look.px(8))
        for action in actions:
            right.addWidget(action, 0, Qt.AlignmentFlag.AlignVCenter)
        first.addLayout(right)
        rows.addLayout(first)
        self.tools = QHBoxLayout()
        self.tools.setSpacing(look.px(8))
        if tools:
            self.tools.addWidget(self.counts)
            self.tools.addStretch(1)
            for tool in tools:
                self.tools.addWidget(tool)
            rows.addLayout(self.tools)
        else:
            self.counts.setParent(self)
            self.counts.hide()

    def set_counts(self, text: str) -> None:
        """Say how many are shown."""
        self.counts.setText(text)
