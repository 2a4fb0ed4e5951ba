"""Putting people on the list of an event: by name, one after the other, or all that a search finds."""

from __future__ import annotations

from array import array
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout

from alumnidesk.domain.cards import EventCard, Participation
from alumnidesk.domain.lines import ContactLine
from alumnidesk.i18n import Message, say
from alumnidesk.ui.contacts.answers import all_said
from alumnidesk.ui.contacts.saved.button import SavedSearches
from alumnidesk.ui.events.table import found_columns
from alumnidesk.ui.page import Context
from alumnidesk.ui.widgets.buttons import OutlinedButton, PlainButton
from alumnidesk.ui.widgets.dragging import drag_contacts
from alumnidesk.ui.widgets.label import Ground, Label, section
from alumnidesk.ui.widgets.lines import LinesTable
from alumnidesk.ui.widgets.list_table import TWO_LINES, ListTable
from alumnidesk.ui.widgets.search import SearchField
from alumnidesk.ui.words import tr, tr_n, words

if TYPE_CHECKING:
    from alumnidesk.desk import Desk


@dataclass(frozen=True, slots=True)
class Found:
    """What a search found for an event."""

    query: str
    ids: Sequence[int]
    """Who can be added first, then those who cannot."""
    addable: Sequence[int]
    missing: Sequence[Message] = ()
    """What the search names that there is not."""


def find(desk: Desk, event: int, query: str) -> Found:
    """Whom a search finds; an empty one finds nobody, because nobody means everybody by it."""
    hits = desk.find.contacts(query) if query.strip() else None
    ids = hits.ids if hits is not None else array("q")
    addable = desk.events.not_listed(event, ids)
    left = set(addable)
    missing = hits.missing if hits is not None else ()
    return Found(query, [*addable, *(id for id in ids if id not in left)], addable, missing)


def add_first(desk: Desk, event: int, query: str) -> Message | int:
    """Put the first whom a search finds on the list; a message if there is nobody to add."""
    found = find(desk, event, query)
    if not found.ids:
        return say("Nobody found for “{query}”", query=query.strip())
    if not found.addable:
        return say("Everybody found for “{query}” is on the list already", query=query.strip())
    desk.events.invite(event, found.addable[:1])
    return found.addable[0]


class TypedName(SearchField):
    """The search of this panel: Enter adds, Ctrl+Enter adds all, Esc in the empty field closes."""

    entered = Signal(bool)
    closed = Signal()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.entered.emit(bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier))
        elif event.key() == Qt.Key.Key_Escape and not self.text():
            self.closed.emit()
        else:
            super().keyPressEvent(event)


class AddPeople(Ground):
    """A panel beside the roster, so that one sees the list grow."""

    def __init__(self, context: Context, close: Callable[[], object]) -> None:
        look = context.look
        super().__init__(look, "panel")
        self._context = context
        self._event: int | None = None
        self._there: set[int] = set()
        self._found = Found("", (), ())
        self.search = TypedName(look, tr("Name, town, year …"))
        self.words = Label(look, size="small", role="text2", wraps=True)
        self.all = OutlinedButton(look, "-", icon="plus", clicked=self.add_all, changes=True)
        self.table: LinesTable[ContactLine] = LinesTable(found_columns(self._there), self._fetch)
        self.list = ListTable(look, self.table, tr("People found"), row=TWO_LINES, heads=False)
        self.list.let_drag(lambda ids: drag_contacts(look, self.list, ids))
        shut = PlainButton(look, "", icon="close", name=tr("Close"), clicked=close)
        column = QVBoxLayout(self)
        column.setContentsMargins(look.px(19), look.px(12), look.px(20), look.px(8))
        column.setSpacing(look.px(8))
        row = QHBoxLayout()
        row.addWidget(section(look, tr("Add people")), 1)
        row.addWidget(shut)
        column.addLayout(row)
        column.addWidget(self.search)
        self.saved = SavedSearches(context, self.search, parent=self)
        column.addWidget(self.saved, 0, Qt.AlignmentFlag.AlignLeading)
        for widget in (self.words, self.all):
            column.addWidget(widget)
        inset = QHBoxLayout()
        inset.setContentsMargins(-look.px(11), 0, -look.px(12), 0)
        inset.addWidget(self.list)
        column.addLayout(inset, 1)
        self.search.asked.connect(lambda _: self._ask())
        self.search.entered.connect(self._entered)
        self.search.left_for_list.connect(self.list.setFocus)
        self.search.closed.connect(close)
        self.list.opened.connect(lambda id: self.add([id]))
        self._show(self._found)

    def begin(self) -> None:
        """Put the keyboard into the search."""
        self.search.setFocus(Qt.FocusReason.OtherFocusReason)
        self.search.selectAll()
        self._ask()

    def show_listed(self, card: EventCard, people: Sequence[Participation]) -> None:
        """Tell for which event, and who is on its list already."""
        self._event = card.id
        self._there.clear()
        self._there.update(person.contact_id for person in people)
        if self.isVisible():
            self._ask()

    # Finding ---------------------------------------------------------------------------------------------------

    def _ask(self) -> None:
        event, query = self._event, self.search.text()
        if event is not None:
            self._context.tasks.run(lambda desk: find(desk, event, query), self._show, latest="people for an event")

    def _fetch(self, ids: Sequence[int], deliver: Callable[[Sequence[ContactLine]], None]) -> None:
        self._context.tasks.run(lambda desk: desk.find.lines(ids), deliver)

    def _show(self, found: Found) -> None:
        if found.query != self._found.query:
            self.list.begin_at_the_top()
        else:
            self._go_on(found)
        self._found = found
        self.table.show(found.ids)
        n = len(found.addable)
        self.all.setVisible(n > 1)
        self.all.set_words(tr_n("Add {n} found", "Add all {n} found", n))
        self.list.setVisible(bool(found.ids))
        if not self.search.text().strip():
            self.words.setText(
                tr(
                    "Type and press Enter: the first one found is put on the list, and you type the "
                    "next name. Ctrl+Enter adds everybody found."
                )
            )
        elif not found.ids:
            self.words.setText(tr("Nobody found."))
        elif n == len(found.ids):
            self.words.setText(tr_n("{n} person found", "{n} people found", n))
        else:
            self.words.setText(
                tr_n(
                    "{n} person found, {new} of them can be added",
                    "{n} people found, {new} of them can be added",
                    len(found.ids),
                    new=n,
                )
            )
        if found.missing:
            self.words.setText(tr("{search}. {missing}", search=self.words.text(), missing=all_said(found.missing)))

    def _go_on(self, found: Found) -> None:
        """Whom one stood on has been put on the list: stand on the next who can be added."""
        current, left = self.list.current_id, set(found.addable)
        if current is None or current not in self._found.addable or current in left:
            return
        before = list(self._found.addable)
        place = before.index(current)
        if after := next((id for id in (*before[place:], *before[:place][::-1]) if id in left), None):
            self.list.go_to(after)

    # Adding ----------------------------------------------------------------------------------------------------

    def _entered(self, everybody: bool) -> None:
        if everybody:
            self.add_all()
        else:
            self._add_current()

    def _add_current(self) -> None:
        """Whom the list shows as current; by what stands in the field if the list has not caught up with fast fingers.

        Somebody who is on the list of the event already is not taken for the one who is meant."""
        event, query, current = self._event, self.search.text(), self.list.current_id
        if event is None or not query.strip():
            return
        self.search.clear()
        if query == self._found.query and current is not None and current in self._found.addable:
            self.add([current])
        else:
            self._context.deed(lambda desk: add_first(desk, event, query), then=self._added)

    def _added(self, outcome: Message | int) -> None:
        if isinstance(outcome, Message):
            self._context.notices.say(words(outcome), icon="info")

    def add(self, contacts: Sequence[int]) -> None:
        """Put these contacts on the list."""
        event = self._event
        chosen = [id for id in contacts if id not in self._there]
        if event is not None and chosen:
            self._context.deed(lambda desk: desk.events.invite(event, chosen))

    def add_all(self) -> None:
        """Put everybody found on the list; the keyboard goes on in the search, because the button disappears."""
        event, query = self._event, self.search.text()
        if event is not None and query.strip():
            self.search.setFocus(Qt.FocusReason.OtherFocusReason)
            self.search.clear()
            self._context.deed(lambda desk: desk.events.invite(event, find(desk, event, query).addable))
