"""Why somebody is in the list: where no column shows the words that were looked for, a chip says where they stand."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer

from alumnidesk.domain.folding import spans
from alumnidesk.domain.lines import ContactLine
from alumnidesk.ui.page import Context
from alumnidesk.ui.widgets.chip import Chip
from alumnidesk.ui.widgets.lines import LinesTable
from alumnidesk.ui.widgets.list_table import ListTable
from alumnidesk.ui.words import tr, words

if TYPE_CHECKING:
    from alumnidesk.domain.where_found import Place

PAUSE = 250
"""Milliseconds after the last key or turn of the wheel: nobody waits for it, and no key waits for this."""


class WhyFound(QObject):
    """Fills `chips` for the rows on screen; the list paints them before all others."""

    def __init__(self, context: Context, parent: QObject) -> None:
        super().__init__(parent)
        self._context = context
        self.chips: dict[int, Sequence[Chip]] = {}
        self._looked_for: Sequence[str] = ()
        self._later = QTimer(self, singleShot=True, interval=PAUSE)
        self._later.timeout.connect(self._look)

    def watch(self, list: ListTable, table: LinesTable[ContactLine]) -> None:
        """Explain the rows of this list."""
        self._list, self._table = list, table
        list.verticalScrollBar().valueChanged.connect(lambda _: self._begin())

    def explain(self, looked_for: Sequence[str]) -> None:
        """These words were looked for; what was said about others is forgotten."""
        self.chips.clear()
        self._looked_for = looked_for
        self._begin()

    def _begin(self) -> None:
        if self._looked_for:
            self._later.start()
        else:
            self._later.stop()

    def _look(self) -> None:
        looked_for = self._looked_for
        unseen = {line.id: hidden for line in self._on_screen() if (hidden := self._hidden(line))}
        for explained in unseen.keys() & self.chips.keys():
            del unseen[explained]
        if unseen:
            self._context.tasks.run(lambda desk: (looked_for, desk.find.places(unseen)), self._show, latest="why found")

    def _on_screen(self) -> list[ContactLine]:
        rows, height = self._list.viewport(), max(self._list.rowHeight(0), 1)
        first = max(self._list.rowAt(0), 0)
        wanted = range(first, min(first + rows.height() // height + 1, self._table.rowCount()))
        return [line for row in wanted if (line := self._table.line(row)) is not None]

    def _hidden(self, line: ContactLine) -> list[str]:
        """The words that no column of this line shows."""
        shown = " ".join(column.text(line) for column in self._table.columns if column.marks)
        return [word for word in self._looked_for if not spans(shown, [word])]

    def _show(self, found: tuple[Sequence[str], Mapping[int, Sequence[Place]]]) -> None:
        looked_for, places = found
        if looked_for == self._looked_for:
            self.chips |= {number: list(map(_chip, of_contact)) for number, of_contact in places.items()}
            self._list.viewport().update()


def _chip(place: Place) -> Chip:
    text = place.text if place.label is None else tr("{what} ({kind})", what=place.text, kind=words(place.label))
    return Chip(text, icon="search")
