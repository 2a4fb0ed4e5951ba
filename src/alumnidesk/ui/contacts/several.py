"""The detail while several contacts are selected: how many they are, what is done with all of them, what they share."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from alumnidesk.domain.lines import InCommon
from alumnidesk.ui.look import Look
from alumnidesk.ui.widgets.detail import DetailPane, Facts
from alumnidesk.ui.widgets.label import Label, Line, breakable, title
from alumnidesk.ui.words import tr, tr_n

MOST = 6
"""So many values of a kind are named."""


class SeveralContacts(DetailPane):
    """`back` asks for the list again."""

    back = Signal()

    def __init__(self, look: Look, buttons: Sequence[QWidget]) -> None:
        super().__init__(look, tr("Selected contacts"))
        self.count = title(look)
        self.count.setWordWrap(True)
        self.column.addWidget(self.count)
        about = tr("What you choose now is done with all of them.")
        self.column.addWidget(Label(look, about, size="small", role="text2", wraps=True))
        self.column.addSpacing(look.px(12))
        across = QHBoxLayout()
        across.setSpacing(look.px(8))
        for button in buttons:
            across.addWidget(button)
        across.addStretch(1)
        self.column.addLayout(across)
        self.column.addSpacing(look.px(14))
        self.column.addWidget(Line(look))
        self.column.addSpacing(look.px(12))
        self._place = QVBoxLayout()
        self.column.addLayout(self._place)
        self.facts = Facts(look)
        self._place.addWidget(self.facts)

    def show_several(self, n: int, common: InCommon) -> None:
        """Show so many, and what they have in common."""
        self.count.setText(tr_n("{n} contact selected", "{n} contacts selected", n))
        facts = Facts(self._look)
        for label, values in ((tr("Town"), common.towns), (tr("Cohort"), common.cohorts), (tr("Tags"), common.tags)):
            if shared := _shared(values):
                facts.add(label, breakable(shared))
        if common.no_email:
            facts.add(tr("No e-mail"), tr_n("{n} contact", "{n} contacts", common.no_email))
        self._place.replaceWidget(self.facts, facts)
        self.facts.hide()
        self.facts.deleteLater()
        self.facts = facts

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.back.emit()
        else:
            super().keyPressEvent(event)


def _shared(values: Sequence[tuple[str, int]]) -> str:
    """What two or more of them have, the most frequent first, with how many have it."""
    shared = [tr("{name} ({n})", name=value, n=n).replace(" ", "\N{NO-BREAK SPACE}") for value, n in values if n > 1]
    names = ", ".join(shared[:MOST])
    return tr("{names} and others", names=names) if shared and len(values) > len(shared[:MOST]) else names
