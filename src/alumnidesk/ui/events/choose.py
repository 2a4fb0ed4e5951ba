"""Which event is meant, where none is open: contacts of another page go on its list, or it is printed for."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from alumnidesk.domain.days import day_words
from alumnidesk.domain.lines import EventLine, next_event
from alumnidesk.ui.look import Look
from alumnidesk.ui.widgets.dialog import Dialog
from alumnidesk.ui.widgets.lines import Column, LinesTable
from alumnidesk.ui.widgets.list_table import TWO_LINES, ListTable
from alumnidesk.ui.words import language, tr

LEAST, MOST = 3, 7
"""So many events are shown at once; the list scrolls for itself."""


class ChooseEvent(Dialog):
    """`then` gets the event that was chosen with `verb`, the next one unless another is; `new` begins a new one."""

    def __init__(
        self,
        look: Look,
        head: str,
        lines: Sequence[EventLine],
        verb: tuple[str, str],
        then: Callable[[EventLine], object],
        new: Callable[[], object] | None = None,
        parent: QWidget | None = None,
    ) -> None:
        """`verb`: the words and the icon of the main button."""
        super().__init__(look, head, "", parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._then, self._new = then, new
        self._of = of = {line.id: line for line in lines}
        table: LinesTable[EventLine] = LinesTable(
            (
                Column(
                    "title",
                    tr("Event"),
                    lambda line: line.title,
                    400,
                    second=lambda line: day_words(line.starts_on, language().code) or tr("Day still open"),
                    icon=lambda line: ("calendar", "text2"),
                ),
            ),
            lambda ids, deliver: deliver([of[id] for id in ids]),
            self,
        )
        self.list = ListTable(look, table, tr("Events"), row=TWO_LINES, heads=False)
        self.list.wish(look.px(TWO_LINES) * min(max(len(lines), LEAST), MOST))
        self.list.opened.connect(lambda id: self._chosen(id))
        table.show(list(of), lines)
        if (coming := next_event(lines, dt.date.today())) is not None:
            self.list.go_to(coming.id)
        self.column.addWidget(self.list)
        self.choose(tr("Cancel"), clicked=self.reject)
        if new is not None:
            self.choose(tr("New event"), icon="plus", clicked=self._begin)
        words, icon = verb
        self.choose(words, main=True, icon=icon, clicked=lambda: self._chosen(self.list.current_id))
        self.list.setFocus(Qt.FocusReason.OtherFocusReason)

    def _chosen(self, event: int | None) -> None:
        if event is not None:
            self.accept()
            self._then(self._of[event])

    def _begin(self) -> None:
        self.accept()
        if self._new is not None:
            self._new()
