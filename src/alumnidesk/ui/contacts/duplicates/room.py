"""The room of the duplicates, in the place of the contact list: pairs that may be one, and two records side by side."""

from __future__ import annotations

from collections.abc import Callable, Container, Mapping, Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QAbstractItemView, QHBoxLayout, QVBoxLayout, QWidget

from alumnidesk.domain.folding import spans
from alumnidesk.domain.folding import words as folded
from alumnidesk.errors import Cancelled
from alumnidesk.i18n import say
from alumnidesk.ui.contacts.duplicates.comparison import Comparison
from alumnidesk.ui.contacts.duplicates.pairs import PairLine, columns, counted
from alumnidesk.ui.contacts.rooms import Room
from alumnidesk.ui.page import Context
from alumnidesk.ui.widgets.buttons import FilledButton, OutlinedButton, PlainButton
from alumnidesk.ui.widgets.empty import EmptyState
from alumnidesk.ui.widgets.head import PageHead
from alumnidesk.ui.widgets.lines import LinesTable
from alumnidesk.ui.widgets.list_table import TWO_LINES, ListTable
from alumnidesk.ui.widgets.search import SearchField
from alumnidesk.ui.widgets.stack import Stack
from alumnidesk.ui.widgets.working import Working
from alumnidesk.ui.words import tr

if TYPE_CHECKING:
    from alumnidesk.desk import Desk
    from alumnidesk.domain.duplicates import Suspect
    from alumnidesk.domain.printed_list import PrintedRow
    from alumnidesk.progress import Progress
    from alumnidesk.services.merging import MergePlan, Pick

Pair = tuple[int, int]
"""The contact that stays, and the one that goes."""
Read = tuple["list[Suspect]", "set[int] | None"]
"""Pairs that are still undecided, and who fits what is searched for."""

ON_PAPER = 250
"""So many pairs are read at once for paper."""


class DuplicatesRoom(Room):
    """Searching, the pairs found, one pair after the other."""

    help_topic = "duplicates"

    def __init__(self, context: Context, back: Callable[[], None]) -> None:
        super().__init__()
        self._context, self._back = context, back
        self._found: list[Suspect] = []
        """What the last search has found; its places are the ids of the list."""
        self._undecided: list[int] = []
        """The places of those that nobody has decided about."""
        self._open: list[int] = []
        """Those of them that are listed, because one of the two fits what is searched for."""
        self._searched = False
        self._pair: Pair | None = None
        """The two that are compared."""
        self._place: int | None = None
        """Where they stand in what was found; None when they were chosen in the list of contacts."""
        self._build()

    # Laying out ------------------------------------------------------------------------------------------------

    def _build(self) -> None:
        look = self._context.look
        self.table: LinesTable[PairLine] = LinesTable(columns(), self._fetch)
        self.list = ListTable(look, self.table, tr("Contacts that may be one"), row=TWO_LINES)
        self.list.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.list.opened.connect(self._compare_place)
        self.compare_button = FilledButton(look, tr("Compare"), icon="eye", clicked=self._compare_current)
        self.again = PlainButton(look, tr("Search again"), icon="refresh", clicked=self.search)
        tools = [
            PlainButton(look, tr("Not a duplicate"), icon="close", key="N", clicked=self._current_apart, changes=True),
            self.again,
        ]
        back = OutlinedButton(look, tr("Back to the contacts"), icon="arrow-left", clicked=self._to_contacts)
        self.filter = SearchField(look, tr("Search this list"))
        self.filter.asked.connect(lambda _: self._read_again())
        self.filter.left_for_list.connect(lambda: self.list.setFocus(Qt.FocusReason.OtherFocusReason))
        actions = [back, self.compare_button]
        self.head = PageHead(look, tr("Duplicates"), search=self.filter, actions=actions, tools=tools)
        self.working = Working(look)
        self.nothing = EmptyState(
            look,
            "",
            "",
            [
                OutlinedButton(look, tr("Back"), clicked=self._to_contacts),
                OutlinedButton(look, tr("Search again"), icon="refresh", clicked=self.search),
            ],
            icon="check-circle",
        )
        self.comparison = Comparison(look)
        self.comparison.merge_asked.connect(self._merge)
        self.comparison.swap_asked.connect(self._swap)
        self.comparison.apart_asked.connect(self._apart)
        self.comparison.left.connect(self._leave_comparison)
        listed, inner = QWidget(), QHBoxLayout()
        inner.setContentsMargins(look.px(8), look.px(2), look.px(8), 0)
        inner.addWidget(self.list)
        self._listed = listed
        rows = QVBoxLayout(listed)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(0)
        rows.addWidget(self.head)
        rows.addLayout(inner, 1)
        self.places = Stack()
        for place in (self.working, listed, self.nothing, self.comparison):
            self.places.addWidget(place)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(self.places)

    # Coming and going ------------------------------------------------------------------------------------------

    def begin(self) -> None:
        """Show the pairs; they are looked for if that was not done yet, or nothing is left of them."""
        if self._searched and self._undecided:
            self._show_list()
            self._read_again()
        elif self.working.progress is None:
            self.search()

    def begin_with(self, keep: int, other: int) -> None:
        """Compare two contacts that were chosen elsewhere."""
        self._place = None
        self._compare((keep, other))

    def entered(self) -> None:
        """The room has come to the front."""
        shown = self.places.currentWidget()
        if shown is self.comparison:
            self.comparison.entered()
        elif shown is self._listed:
            self.list.setFocus(Qt.FocusReason.OtherFocusReason)
        elif shown is self.nothing:
            self.nothing.findChildren(OutlinedButton)[0].setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            self.working.cancel_button.setFocus(Qt.FocusReason.OtherFocusReason)

    def refresh(self) -> None:
        """Contacts have changed."""
        if self.working.progress is None:
            self._read_again()

    def _to_contacts(self) -> None:
        self.working.cancel()
        self._pair = None
        self._back()

    def _show(self, place: QWidget) -> None:
        self.places.setCurrentWidget(place)
        if self.isVisible():
            self.entered()

    # Searching -------------------------------------------------------------------------------------------------

    def search(self) -> None:
        """Look through all contacts."""
        self._pair = None
        progress = self.working.begin(say("Looking for contacts that resemble each other …"))
        self._show(self.working)
        self._context.tasks.run(
            lambda desk: desk.duplicates.suspects(progress),
            self._was_found,
            failed=self._not_found,
            latest="duplicates",
            progress=progress,
            patient=True,
        )

    def _was_found(self, found: list[Suspect]) -> None:
        self.working.end()
        self._searched, self._found = True, found
        self.filter.clear()
        self._show_open(range(len(found)), None)
        if self.places.currentWidget() is self.working:
            self._show_list()

    def _not_found(self, problem: BaseException) -> None:
        self.working.end()
        if isinstance(problem, Cancelled):
            self.nothing.say(tr("The search was stopped"), tr("Nothing was changed. It can begin anew at any time."))
        else:
            self.nothing.say(tr("Duplicates could not be looked for"), "")
            self._context.messages.show(problem)
        if self.places.currentWidget() is self.working:  # else one has gone on to something else
            self._show(self.nothing)

    # The list --------------------------------------------------------------------------------------------------

    def _show_list(self) -> None:
        if self._undecided:
            self._show(self._listed)
            return
        head = tr("Every pair is decided") if self._found else tr("Nobody is here twice")
        watched = tr("While you enter or import contacts, AlumniDesk goes on watching.")
        self.nothing.say(head, watched)
        self._show(self.nothing)

    def _show_open(self, undecided: Sequence[int], fitting: Container[int] | None) -> None:
        """List the undecided pairs; of which one contact is among those who fit, where something is searched for."""
        self._undecided = list(undecided)
        found = self._found
        self._open = [
            place
            for place in undecided
            if fitting is None or found[place].first in fitting or found[place].second in fitting
        ]
        looked_for = folded(self.filter.text())
        self.table.show(self._open, matcher=(lambda text: spans(text, looked_for)) if looked_for else None)
        self.head.set_counts(counted([self._found[place] for place in self._open]))

    def _fetch(self, places: Sequence[int], deliver: Callable[[Sequence[PairLine]], None]) -> None:
        suspects = [self._found[place] for place in places]
        self._context.tasks.run(lambda desk: _pairs(desk, suspects), deliver)

    @property
    def printing(self) -> Callable[[], object] | None:
        return self._print if self._open and self.places.currentWidget() is self._listed else None

    def _print(self) -> None:
        from alumnidesk.ui.printing.lists import SeenList, heads, of_today, print_seen, row  # needed rarely

        suspects, shown = [self._found[place] for place in self._open], columns()

        def rows(desk: Desk, progress: Progress) -> list[PrintedRow]:
            found: list[PrintedRow] = []
            for start in range(0, len(suspects), ON_PAPER):
                progress.check()
                found += [row(shown, pair) for pair in _pairs(desk, suspects[start : start + ON_PAPER])]
            return found

        listed = SeenList(tr("Duplicates"), of_today(counted(suspects)), heads(shown), rows)
        print_seen(self._context, self.window(), listed)

    def _read_again(self, *, go_on: bool = False) -> None:
        """Leave out what is decided, take up what was taken back; `go_on` with the next pair."""
        found, query = self._found, self.filter.text().strip()

        def read(desk: Desk) -> Read:
            return desk.duplicates.still(found), set(desk.find.contacts(query).ids) if query else None

        self._context.tasks.run(read, lambda read: self._was_read(*read, go_on=go_on), latest="pairs")

    def _was_read(self, still: Sequence[Suspect], fitting: Container[int] | None, *, go_on: bool) -> None:
        wanted = {(pair.first, pair.second) for pair in still}
        undecided = [n for n, pair in enumerate(self._found) if (pair.first, pair.second) in wanted]
        self._show_open(undecided, fitting)
        if go_on:
            self._next()
        elif self.places.currentWidget() is self.comparison and self._pair is not None:
            if self._place is None or self._place in self._undecided:
                self._compare(self._pair, self.comparison.picks)
            else:
                self._show_list()
        elif self.places.currentWidget() in (self._listed, self.nothing) and self._searched:
            self.places.setCurrentWidget(self._listed if self._undecided else self.nothing)
            if not self._undecided:
                self._show_list()

    # One pair --------------------------------------------------------------------------------------------------

    def _compare_current(self) -> None:
        if self.list.current_id is not None:
            self._compare_place(self.list.current_id)

    def _compare_place(self, place: int) -> None:
        self._place = place
        self._compare((self._found[place].first, self._found[place].second))

    def _compare(self, pair: Pair, picks: Mapping[str, Pick] | None = None) -> None:
        self._pair = pair
        self._context.tasks.run(
            lambda desk: desk.merging.plan(*pair),
            lambda plan: self._show_plan(plan, picks),
            failed=self._gone,
            latest="comparison",
        )

    def _show_plan(self, plan: MergePlan, picks: Mapping[str, Pick] | None) -> None:
        suspect, below = None, ""
        if self._place is not None:
            suspect = self._found[self._place]
            if self._place in self._open:
                below = tr("Pair {n} of {all}", n=self._open.index(self._place) + 1, all=len(self._open))
        self.comparison.show_plan(plan, suspect, below, picks)
        self._show(self.comparison)

    def _gone(self, problem: BaseException) -> None:
        self._context.messages.show(problem)
        self._leave_comparison()

    def _leave_comparison(self) -> None:
        self._pair = None
        if self._place is None:
            self._back()
            return
        self.list.go_to(self._place)
        self._show_list()

    def _next(self) -> None:
        """After a decision: the next pair below, else the first one that is left."""
        if self._place is None:
            self._leave_comparison()
            return
        here = self._place
        below = next((place for place in self._open if place > here), None)
        if self.places.currentWidget() is self.comparison and self._open:
            place = self._open[0] if below is None else below
            self.list.go_to(place)
            self._compare_place(place)
        else:
            self._show_list()

    # Deciding --------------------------------------------------------------------------------------------------

    def _merge(self, picks: Mapping[str, Pick]) -> None:
        if (pair := self._pair) is not None:
            self._context.deed(
                lambda desk: desk.merging.merge(*pair, picks),
                then=lambda card: self._decided(survivor=card.id or 0),
                failed=self._gone,
            )

    def _apart(self) -> None:
        if (pair := self._pair) is not None:
            self._tell_apart(pair)

    def _current_apart(self) -> None:
        place = self.list.current_id
        if place is not None:
            self._place = place
            self._tell_apart((self._found[place].first, self._found[place].second))

    def _tell_apart(self, pair: Pair) -> None:
        self._context.deed(
            lambda desk: desk.duplicates.not_duplicates(*pair), then=lambda _: self._decided(), failed=self._gone
        )

    def _decided(self, survivor: int = 0) -> None:
        """On to the next pair; of two contacts that were chosen elsewhere, to the one that stays."""
        self._pair = None
        if self._place is None and survivor:
            self._context.open_page("contacts", survivor)
        else:
            self._read_again(go_on=True)

    def _swap(self, picks: Mapping[str, Pick]) -> None:
        if self._pair is not None:
            keep, other = self._pair
            self._compare((other, keep), picks)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        in_list = self.places.currentWidget() is self._listed
        if event.key() == Qt.Key.Key_Escape:
            self._to_contacts()
        elif event.key() == Qt.Key.Key_N and in_list and not event.isAutoRepeat():
            self._current_apart()
        else:
            super().keyPressEvent(event)


def _pairs(desk: Desk, suspects: Sequence[Suspect]) -> list[PairLine]:
    lines = desk.find.lines([number for pair in suspects for number in (pair.first, pair.second)])
    return [PairLine(pair, *lines[2 * n : 2 * n + 2]) for n, pair in enumerate(suspects)]
