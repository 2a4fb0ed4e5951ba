"""Before a merge is taken back: values that it and a later step have changed, and which of them is right."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QVBoxLayout, QWidget

from alumnidesk.ui.look import Look
from alumnidesk.ui.widgets.alternatives import Alternative, Alternatives
from alumnidesk.ui.widgets.dialog import Dialog
from alumnidesk.ui.widgets.label import Label
from alumnidesk.ui.words import tr, words

if TYPE_CHECKING:
    from alumnidesk.services.history import Conflict

NOW, BEFORE = "now", "before"
CELL = 220
"""Width of a value at 100 %."""


class ConflictsDialog(Dialog):
    """One choice for each value; what was changed last is taken unless a person says otherwise."""

    def __init__(
        self,
        look: Look,
        conflicts: Sequence[Conflict],
        decided: Callable[[list[Conflict]], object],
        parent: QWidget | None = None,
    ) -> None:
        """`decided` gets those whose value from before the merge is put back."""
        super().__init__(
            look,
            tr("What is right?"),
            tr("This was changed after the merge as well. Everything else goes back by itself."),
            parent,
        )
        self._conflicts, self._decided = conflicts, decided
        self.choices: list[Alternatives] = []
        grid = QGridLayout()
        grid.setHorizontalSpacing(look.px(10))
        grid.setVerticalSpacing(look.px(6))
        for column, text in enumerate((tr("As it is now"), tr("As it was before the merge"))):
            grid.addWidget(Label(look, text, size="small", role="text2", wraps=True), 0, column)
            grid.setColumnMinimumWidth(column, look.px(CELL))
            grid.setColumnStretch(column, 1)
        for conflict in conflicts:
            self._add(grid, conflict)
        self.column.addLayout(grid)
        self.choose(tr("Cancel"), clicked=self.reject)
        self.choose(tr("Undo"), main=True, icon="undo", clicked=self._decide)
        self.choices[0].current.setFocus(Qt.FocusReason.OtherFocusReason)

    def _add(self, grid: QGridLayout, conflict: Conflict) -> None:
        look, line, row = self.look, conflict.line, grid.rowCount()
        field = words(line.field)
        head = QVBoxLayout()
        head.setContentsMargins(0, look.px(6), 0, 0)
        head.setSpacing(0)
        head.addWidget(Label(look, line.subject, bold=True, wraps=True))
        if field:
            head.addWidget(Label(look, field, role="text2", wraps=True))
        grid.addLayout(head, row, 0, 1, 2)
        now = words(line.after) or tr("Nothing any more")
        before = words(line.before) or tr("Nothing")
        cells = {
            NOW: Alternative(
                look, now, tr("{name}, {field}: {value}, as it is now", name=line.subject, field=field, value=now)
            ),
            BEFORE: Alternative(
                look,
                before,
                tr(
                    "{name}, {field}: {value}, as it was before the merge", name=line.subject, field=field, value=before
                ),
            ),
        }
        for column, cell in enumerate(cells.values()):
            grid.addWidget(cell, row + 1, column)
        choice = Alternatives(cells, NOW, parent=self)
        choice.stepped.connect(partial(self._step, len(self.choices)))
        self.choices.append(choice)

    def _step(self, here: int, by: int) -> None:
        if 0 <= here + by < len(self.choices):
            self.choices[here + by].current.setFocus(Qt.FocusReason.TabFocusReason)

    def _decide(self) -> None:
        self.accept()
        both = zip(self._conflicts, self.choices, strict=True)
        self._decided([conflict for conflict, choice in both if choice.pick == BEFORE])
