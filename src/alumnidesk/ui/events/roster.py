"""One event and its list: who is coming, who waits, and what is left to do. Every answer is one key."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from itertools import groupby
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QEvent, QItemSelection, QItemSelectionModel, QObject, Qt, Signal
from PySide6.QtGui import QAction, QKeyEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from alumnidesk.domain import seats
from alumnidesk.domain.cards import COMING, INVITED, MOST_COMPANIONS, PARTICIPATION_STATES, Participation
from alumnidesk.domain.folding import fold
from alumnidesk.errors import Refused
from alumnidesk.ui.events.detail import EventDetail
from alumnidesk.ui.events.head import EventHead, Seats
from alumnidesk.ui.events.inviting import put_on_list
from alumnidesk.ui.events.people import AddPeople
from alumnidesk.ui.events.table import STATES, roster_columns, state_words
from alumnidesk.ui.events.view import EventView, read
from alumnidesk.ui.page import Context
from alumnidesk.ui.platform_keys import key_here, takes_away
from alumnidesk.ui.widgets.beside import Beside
from alumnidesk.ui.widgets.buttons import OutlinedButton, key_words
from alumnidesk.ui.widgets.dragging import TakesContacts
from alumnidesk.ui.widgets.empty import EmptyState
from alumnidesk.ui.widgets.label import Line
from alumnidesk.ui.widgets.lines import LinesTable
from alumnidesk.ui.widgets.list_table import ListTable
from alumnidesk.ui.widgets.panes import Panes
from alumnidesk.ui.widgets.search import SearchField
from alumnidesk.ui.widgets.stack import Stack
from alumnidesk.ui.widgets.tabs import Tabs
from alumnidesk.ui.words import tr

if TYPE_CHECKING:
    pass

ALL = "all"
LEAST = 160
"""Height at 100 % that the list keeps; in a lower window the page scrolls."""
WIDTHS = (344, 400)


class Roster(QWidget):
    """The page of one event; `left` asks for the list of events."""

    left = Signal()
    unsaved = Signal()
    """What was typed here could not be saved, so the event keeps its place."""

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._context, self.look = context, context.look
        self.event_id: int | None = None
        self.view: EventView | None = None
        self._people: dict[int, Participation] = {}
        self._sort = ("name", False)
        self.head = EventHead(context, self.left.emit)
        self.detail = EventDetail(context)
        self.detail.unsaved.connect(self._stay)
        self.detail.misunderstood.connect(self._go_back, Qt.ConnectionType.QueuedConnection)  # the list is on its way
        self.detail.place_given.connect(self.move_up)
        self.detail.contact_wanted.connect(self.open_contact)
        self.detail.reminder_wanted.connect(partial(self.write, INVITED))
        self.adding = AddPeople(context, self.stop_adding)
        self._right = Stack()
        self._right.addWidget(self.detail)
        self._right.addWidget(self.adding)
        self.panes = Panes(self.look, context.preferences, "events", self._middle(), self._right, WIDTHS)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.head)
        column.addWidget(Line(self.look))
        column.addWidget(self.panes, 1)
        TakesContacts(self.look, self.panes, lambda contacts, at: self._take(contacts))
        self.panes.narrow_changed.connect(self.head.show_more)
        self.head.more.clicked.connect(self.panes.show_detail)

    def _take(self, contacts: Sequence[int]) -> None:
        if self.event_id is not None:
            put_on_list(self._context, self.event_id, contacts)

    def _middle(self) -> QWidget:
        look = self.look
        self.seats = Seats(look)
        self.tabs = Tabs(look, tr("Answers"), ((ALL, tr("All")), *((state, state_words(state)) for state in STATES)))
        self.search = SearchField(look, tr("Search"))
        self.search.setMinimumWidth(look.px(136))
        self.search.setAccessibleName(tr("Search this list"))
        self.table: LinesTable[Participation] = LinesTable(
            roster_columns(), lambda ids, deliver: deliver([self._people[id] for id in ids])
        )
        self.list = ListTable(look, self.table, tr("People on the list"))
        self.list.menu_actions = self._menu()
        self.list.setMinimumHeight(look.px(LEAST))
        self.list.installEventFilter(self)
        self.list.sorted_by(*self._sort)
        add = OutlinedButton(
            look, tr("Add people"), icon="user-plus", clicked=self._context.actions.trigger("events.add_people")
        )
        self.empty = EmptyState(look, "", "", [add], icon="user-plus")
        self._stack = Stack()
        self._stack.addWidget(self.list)
        self._stack.addWidget(self.empty)
        middle = QWidget()
        column = QVBoxLayout(middle)
        column.setContentsMargins(look.px(8), look.px(16), look.px(8), 0)
        column.setSpacing(look.px(12))
        column.addWidget(self.seats)
        row = QVBoxLayout()
        row.setContentsMargins(0, 0, look.px(12), 0)
        row.addLayout(Beside(self.tabs, self.search, look.px(8)))
        column.addLayout(row)
        column.addWidget(self._stack, 1)
        self.tabs.chosen.connect(lambda _: self._list())
        self.search.asked.connect(lambda _: self._list())
        self.search.left_for_list.connect(self.list.setFocus)
        self.list.current_changed.connect(lambda _: self._show_chosen())
        self.list.selection_changed.connect(lambda _: self._show_chosen())
        self.list.sort_asked.connect(self._sort_by)
        self.list.opened.connect(self._to_fields)
        return middle

    def _menu(self) -> list[QAction]:
        def action(text: str, key: str, does: Callable[[], object]) -> QAction:
            made = QAction(f"{text}\t{key_words(key)}" if key else text, self)
            made.triggered.connect(lambda: does())
            return made

        def divider() -> QAction:
            made = QAction(self)
            made.setSeparator(True)
            return made

        answers = [
            action(state_words(state), str(key), partial(self.answer, state)) for key, state in enumerate(STATES, 1)
        ]
        return [
            *answers,
            divider(),
            action(tr("One companion more"), "+", lambda: self.bring(1)),
            action(tr("One companion less"), "-", lambda: self.bring(-1)),
            divider(),
            action(tr("Open contact"), "", self.open_contact),
            action(tr("Take off the list"), key_here("Del"), self.remove),
        ]

    # Showing ---------------------------------------------------------------------------------------------------

    def open(self, event: int) -> None:
        """Show an event and its list from the beginning."""
        if event != self.event_id:
            self.event_id, self.view = event, None
            self.search.clear()
            self.tabs.go_to(ALL)
            self.stop_adding()
        self.panes.show_list()
        self.refresh()

    def refresh(self) -> None:
        """Read the event again."""
        event = self.event_id
        if event is not None:
            self._context.tasks.run(lambda desk: read(desk, event), self._show, failed=self._gone, latest="event")

    def _gone(self, problem: BaseException) -> None:
        """Deleted meanwhile, or its adding was taken back."""
        if not isinstance(problem, Refused):
            self._context.messages.show(problem)
            return
        self.event_id = self.view = None
        self.left.emit()

    def _show(self, view: EventView) -> None:
        if view.card.id != self.event_id:
            return
        self.view = view
        self._people = {person.id: person for person in view.people}
        self.head.show_event(view.card)
        self.seats.show_people(view.card.capacity, view.people)
        self.tabs.count(ALL, len(view.people))
        for state in STATES:
            self.tabs.count(state, sum(person.state == state for person in view.people))
        self.detail.show_event(view)
        self.adding.show_listed(view.card, view.people)
        self._list(self.chosen())

    def _list(self, selected: Sequence[int] = ()) -> None:
        """Show whom tab and search leave; who was `selected` and is still there stays so."""
        if self.view is None:
            return
        tab, wanted = self.tabs.current, fold(self.search.text())
        shown = [
            p
            for p in self.view.people
            if (tab == ALL or p.state == tab) and wanted in fold(f"{p.name} {p.remark} {p.town}")
        ]
        key, downwards = self._sort
        if key != "name":
            shown.sort(key=_SORTS[key])
        if downwards:
            shown.reverse()
        ids = [person.id for person in shown]
        self._keep_place(ids)
        self.table.show(ids, shown)
        self._stack.setCurrentIndex(0 if shown else 1)
        if not self.view.people:
            self.empty.say(
                tr("Nobody is on the list yet"), tr("Add people one by one by name, or everybody whom a search finds.")
            )
        elif not shown:
            self.empty.say(tr("Nobody here"), tr("Choose another tab, or empty the search."))
        if len(selected) > 1 and self.list.current_id in selected:
            self._select(selected)
        self._show_chosen()

    def _select(self, people: Sequence[int]) -> None:
        selection = QItemSelection()
        rows = sorted(row for id in people if (row := self.table.row_of(id)) is not None)
        for _, together in groupby(enumerate(rows), lambda place: place[1] - place[0]):
            block = [row for _, row in together]
            selection.select(self.table.index(block[0], 0), self.table.index(block[-1], 0))
        flags = QItemSelectionModel.SelectionFlag
        self.list.selectionModel().select(selection, flags.Select | flags.Rows)

    def _keep_place(self, ids: Sequence[int]) -> None:
        """When the row one stands on goes to another tab, stand on the one that comes after it."""
        current = self.list.current_id
        if current is None or current in ids:
            return
        before = list(self.table.ids)
        place, still = before.index(current), set(ids)
        if after := next((id for id in before[place:] if id in still), None):
            self.list.go_to(after)

    def _sort_by(self, key: str, downwards: bool) -> None:
        self._sort = (key, downwards)
        self._list(self.chosen())

    def _show_chosen(self) -> None:
        """Beside the list: those who are selected, or the one on whom one stands."""
        several = [self._people[id] for id in self.chosen() if id in self._people]
        one = self._people.get(self.list.current_id or 0)
        self.detail.show_people(several if len(several) > 1 else [one] if one is not None else [])

    def _to_fields(self, id: int) -> None:
        self.stop_adding()
        self.panes.show_detail()
        self.detail.person.fields["state"].setFocus(Qt.FocusReason.OtherFocusReason)

    # Deeds -----------------------------------------------------------------------------------------------------

    def chosen(self) -> list[int]:
        """The selected people on the list; where nobody is selected, whoever one stands on."""
        current = self.list.current_id
        return self.list.selected_ids() or ([current] if current in self._people else [])

    def contacts(self) -> list[int]:
        """The contacts of the selected people if there are several, else of all whom the list shows."""
        chosen = self.chosen()
        return [self._people[id].contact_id for id in (chosen if len(chosen) > 1 else self.table.ids)]

    def answer(self, state: str, people: Sequence[int] | None = None) -> None:
        """Enter what people answered."""
        chosen = list(people) if people is not None else self.chosen()
        if chosen:
            self._context.deed(lambda desk: desk.events.answer(chosen, state))

    def answer_next(self) -> None:
        """Go on to the next answer: no answer, coming, not coming, waiting list."""
        person = self._people.get(self.list.current_id or 0)
        if person is not None:
            states = PARTICIPATION_STATES
            self.answer(states[(states.index(person.state) + 1) % len(states)])

    def bring(self, by: int) -> None:
        """One companion more or less for whoever is selected."""
        chosen = [id for id in self.chosen() if 0 <= self._people[id].companions + by <= MOST_COMPANIONS]
        if chosen:
            self._context.deed(lambda desk: desk.events.bring(chosen, by))

    def remove(self) -> None:
        """Take the selected people off the list."""
        chosen = self.chosen()
        if chosen:
            self._context.deed(lambda desk: desk.events.remove(chosen))

    def move_up(self) -> None:
        """Give the free place to who comes next."""
        if self.view is not None:
            places = seats.free(self.view.card.capacity, self.view.people)
            if person := seats.next_up(self.view.waiting, places):
                self.answer(COMING, [person.id])

    def open_contact(self) -> None:
        """Go to the contact whom one stands on."""
        person = self._people.get(self.list.current_id or 0)
        if person is not None:
            self._context.open_page("contacts", person.contact_id)

    def write(self, state: str = "") -> None:
        """Begin a mailing about this event to those who answered `state`, else to those who are invited or coming."""
        if self.view is None:
            return
        wanted = (state,) if state else STATES[:2]
        contacts = [person.contact_id for person in self.view.people if person.state in wanted]
        self._context.open_page("letters", contacts=contacts, event=self.event_id)

    def leave(self) -> bool:
        """Save what is typed; False, with that field in sight, if something cannot be understood."""
        if self.detail.commit():
            return True
        self._show_detail()
        self.detail.go_to_problem()
        return False

    def _show_detail(self) -> None:
        self._right.setCurrentWidget(self.detail)
        self.panes.show_detail()

    def _stay(self, person: int) -> None:
        """Be at the event, and on the row, again whose field could not be saved."""
        if self.view is None and self.detail.shown_event is not None:
            self.event_id, self.view = self.detail.shown_event.card.id, self.detail.shown_event
            self._list()
        if person in self._people:
            if person not in self.table.ids:
                self.search.clear()
                self.tabs.go_to(ALL)
                self._list()
            self.list.go_to(person)
        self._show_detail()
        self.unsaved.emit()

    def _go_back(self, person: int) -> None:
        """Be in the field again whose value cannot be understood, if it still says so; whoever searches types on."""
        if self.detail.person.unstored and not self.search.hasFocus():
            self._stay(person)
            self.detail.go_to_problem()

    # Adding people ---------------------------------------------------------------------------------------------

    def add_people(self) -> None:
        """Put the keyboard where names are typed."""
        self._right.setCurrentWidget(self.adding)
        self.panes.show_detail()
        self.adding.begin()

    def stop_adding(self) -> None:
        """Show the event's detail again."""
        if self._right.currentWidget() is self.adding:
            self._right.setCurrentWidget(self.detail)
            self.panes.show_list()
            self.list.setFocus(Qt.FocusReason.OtherFocusReason)

    # Keys ------------------------------------------------------------------------------------------------------

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Keys of the list: 1 to 4 enter an answer, Space the next one, + and − companions, Del takes off."""
        if isinstance(event, QKeyEvent) and (does := self._key(event)) is not None:
            if event.type() == QEvent.Type.ShortcutOverride:
                event.accept()  # Del belongs to this list and not to another page's action
                return True
            if event.type() == QEvent.Type.KeyPress:
                does()
                return True
        return super().eventFilter(watched, event)

    def _key(self, event: QKeyEvent) -> Callable[[], object] | None:
        keypad = Qt.KeyboardModifier.KeypadModifier | Qt.KeyboardModifier.ShiftModifier
        if takes_away(event):
            return self.remove
        if event.modifiers() & ~keypad:
            return None
        if event.key() == Qt.Key.Key_Space:
            return self.answer_next
        if event.text() in ("+", "-"):
            return lambda: self.bring(1 if event.text() == "+" else -1)
        if event.text() in ("1", "2", "3", "4"):
            return lambda: self.answer(STATES[int(event.text()) - 1])
        return None


_SORTS: dict[str, Callable[[Participation], Any]] = {
    "state": lambda person: STATES.index(person.state),
    "companions": lambda person: -person.companions,
    "remark": lambda person: (person.remark == "", fold(person.remark)),
    "answered": lambda person: (person.answered_on == "", person.answered_on),
}
