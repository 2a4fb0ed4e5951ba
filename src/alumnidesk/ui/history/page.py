"""Everything that was ever done, newest first; what each deed changed, and the way back."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from alumnidesk.domain.folding import spans
from alumnidesk.domain.folding import words as folded
from alumnidesk.domain.happened import DeedDetails
from alumnidesk.i18n import say
from alumnidesk.progress import Progress
from alumnidesk.ui.deeds import REDOING, UNDOING
from alumnidesk.ui.history.conflicts import ConflictsDialog
from alumnidesk.ui.history.detail import DeedDetail
from alumnidesk.ui.history.table import DeedRow, columns, paper_columns, rows
from alumnidesk.ui.page import Context, Page
from alumnidesk.ui.widgets.empty import EmptyState
from alumnidesk.ui.widgets.head import PageHead
from alumnidesk.ui.widgets.label import Label
from alumnidesk.ui.widgets.lines import Deliver, LinesTable
from alumnidesk.ui.widgets.list_table import TWO_LINES, ListTable
from alumnidesk.ui.widgets.panes import Panes
from alumnidesk.ui.widgets.search import SearchField
from alumnidesk.ui.widgets.stack import Stack
from alumnidesk.ui.words import language, tr, tr_n, words

if TYPE_CHECKING:
    from alumnidesk.desk import Desk
    from alumnidesk.services.history import Conflict, Entry


class HistoryPage(Page):
    """The list of deeds at the left, one deed with its way back at the right."""

    help_topic = "history-and-undo"

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        look = self.look
        self._rows: dict[int, DeedRow] = {}
        self.search = SearchField(look, tr("Search the history"))
        self.table: LinesTable[DeedRow] = LinesTable(columns(), self._fetch)
        self.list = ListTable(look, self.table, tr("History"), row=TWO_LINES)
        self.head = PageHead(look, tr("History"), search=self.search)
        self.counts = Label(look, size="small", role="text2")
        self.detail = DeedDetail(
            look,
            undo=self._undo,
            redo=self._redo,
            undo_all=self._undo_all,
            open_contact=lambda id: context.open_page("contacts", id),
        )
        self.empty = EmptyState(
            look,
            tr("Nothing was done yet"),
            tr(
                "Every step stands here from the first one on: who did it, when, and what it changed. "
                "Each can be taken back, also after weeks."
            ),
            icon="history",
        )
        self._lay_out()
        self.search.asked.connect(self._ask)
        self.search.left_for_list.connect(lambda: self.list.setFocus(Qt.FocusReason.ShortcutFocusReason))
        self.list.current_changed.connect(self._read_detail)
        self.list.opened.connect(self._to_detail)
        self._ask("")

    def _lay_out(self) -> None:
        look = self.look
        middle = QWidget()
        column = QVBoxLayout(middle)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.head)
        below = QHBoxLayout()
        below.setContentsMargins(look.px(20), look.px(6), look.px(20), look.px(2))
        below.addWidget(self.counts)
        column.addLayout(below)
        inset = QHBoxLayout()
        inset.setContentsMargins(look.px(8), look.px(2), look.px(8), 0)
        inset.addWidget(self.list)
        self._stack = Stack()
        listed = QWidget()
        listed.setLayout(inset)
        self._stack.addWidget(listed)
        self._stack.addWidget(self.empty)
        column.addWidget(self._stack, 1)
        self.panes = Panes(look, self.context.preferences, "history", middle, self.detail)
        outer = QHBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(self.panes)

    # Reading ---------------------------------------------------------------------------------------------------

    def _ask(self, text: str) -> None:
        spoken = language()
        self.context.tasks.run(lambda desk: desk.history.find(text, spoken), self._show, latest="history")

    def _show(self, entries: list[Entry]) -> None:
        self._rows = {row.entry.id: row for row in rows(entries, dt.date.today())}
        beginnings = folded(self.search.text())
        self.table.show(list(self._rows), matcher=lambda text: spans(text, beginnings))
        n, searching = len(entries), bool(self.search.text().strip())
        self.counts.setText(tr_n("{n} step", "{n} steps", n) if n else "")
        if searching:
            self.empty.say(tr("No step has these words"), tr("Try fewer letters, a name or the day’s author."))
        self._stack.setCurrentIndex(0 if entries else 1)
        self._read_detail(self.list.current_id)

    def _fetch(self, ids: Sequence[int], deliver: Deliver[DeedRow]) -> None:
        deliver([self._rows[id] for id in ids])

    def _read_detail(self, id: int | None) -> None:
        if id is None:
            self.detail.clear()
            return

        def read(desk: Desk) -> tuple[DeedDetails, list[Entry]]:
            return desk.history.details(id), desk.history.in_the_way(id)

        self.context.tasks.run(read, partial(self._show_detail, id), latest="deed")

    def _show_detail(self, id: int, both: tuple[DeedDetails, list[Entry]]) -> None:
        row, (details, later) = self._rows.get(id), both
        if row is None or self.list.current_id != id:
            return
        held_focus = self.detail.isAncestorOf(self.focusWidget() or self)
        self.detail.show_deed(row.entry, details, later)
        if held_focus and self.detail.button is not None:
            self.detail.button.setFocus(Qt.FocusReason.OtherFocusReason)

    def _to_detail(self, id: int) -> None:
        """Enter or a double click: on to the button that changes the deed's state."""
        self.panes.show_detail()
        if self.detail.button is not None:
            self.detail.button.setFocus(Qt.FocusReason.TabFocusReason)

    # Deeds -----------------------------------------------------------------------------------------------------

    def _undo(self) -> None:
        """Take the deed back; of a merge, what was changed since as well is asked for."""
        row = self._current()
        if row is not None:
            entry = row.entry
            self.context.tasks.run(
                lambda desk: desk.history.conflicts(entry.id), lambda found: self._take_back(entry, found)
            )

    def _take_back(self, entry: Entry, conflicts: list[Conflict]) -> None:
        def take_back(put_back: list[Conflict] | None) -> None:
            said, progress = tr("Taken back: {deed}", deed=words(entry.label)), Progress(running=UNDOING)
            self.context.deed(
                lambda desk: desk.history.undo(entry.id, put_back=put_back, progress=progress),
                quiet=True,
                then=lambda _: self.context.taken_back(said, [entry.id]),
                progress=progress,
            )

        if not conflicts:
            take_back(None)
            return
        dialog = ConflictsDialog(self.look, conflicts, take_back, self.window())
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.open()

    def _redo(self) -> None:
        row = self._current()
        if row is not None:
            number, progress = row.entry.id, Progress(running=REDOING)
            self.context.deed(
                lambda desk: desk.history.redo(number, progress=progress),
                say("Done again: {deed}", deed=row.entry.label),
                progress=progress,
            )

    def _undo_all(self) -> None:
        row = self._current()
        if row is not None:
            number, progress = row.entry.id, Progress(running=UNDOING)
            self.context.deed(
                lambda desk: desk.history.undo_with_later(number, progress=progress),
                quiet=True,
                then=self._say_taken_back,
                progress=progress,
            )

    def _say_taken_back(self, deeds: list[int]) -> None:
        self.context.taken_back(tr_n("{n} step taken back", "{n} steps taken back", len(deeds)), deeds)

    def _current(self) -> DeedRow | None:
        return self._rows.get(self.list.current_id or 0)

    def _print(self) -> None:
        """The steps that are listed, on paper."""
        from alumnidesk.ui.printing.lists import SeenList, heads, of_today, print_seen, rows_of  # needed rarely

        query, shown = self.search.text().strip(), paper_columns()
        title = tr("History: {query}", query=query) if query else tr("History")
        listed = rows_of(shown, list(self._rows.values()))
        print_seen(self.context, self.window(), SeenList(title, of_today(self.counts.text()), heads(shown), listed))

    # The frame -------------------------------------------------------------------------------------------------

    def commands(self) -> Mapping[str, Callable[[], object]]:
        return {"history.print": self._print} if self._rows else {}

    def refresh(self, changed: set[str]) -> None:
        self._ask(self.search.text())

    def show_id(self, id: int) -> None:
        self.search.clear()
        self.list.go_to(id)

    def entered(self) -> None:
        self.list.setFocus(Qt.FocusReason.OtherFocusReason)
