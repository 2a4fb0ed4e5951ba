"""Give a tag to several contacts, or take one away."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from alumnidesk.ui.contacts.blocks import Line
from alumnidesk.ui.look import Look
from alumnidesk.ui.widgets.dialog import Dialog
from alumnidesk.ui.words import tr, tr_n


class TagDialog(Dialog):
    """`name` is the tag, empty if nothing shall be done; `takes_away` says which of the two was asked for."""

    def __init__(self, look: Look, n: int, known: Sequence[str], parent: QWidget | None = None) -> None:
        super().__init__(look, tr_n("Tag for {n} contact", "Tag for {n} contacts", n), parent=parent)
        self.line = Line(look, tr("Tag"))
        self.line.setPlaceholderText(tr("Tag"))
        self.line.complete(known)
        self.column.addWidget(self.line)
        self._take = self.choose(tr("Remove"))
        self._give = self.choose(tr_n("Give it to {n} contact", "Give it to {n} contacts", n), main=True)
        self.line.textChanged.connect(self._follow)
        self._follow()
        self.line.setFocus(Qt.FocusReason.OtherFocusReason)

    @property
    def name(self) -> str:
        return self.line.value if self.chosen >= 0 else ""

    @property
    def takes_away(self) -> bool:
        return self.chosen == 0

    def _follow(self) -> None:
        for button in (self._take, self._give):
            button.setEnabled(bool(self.line.value))
