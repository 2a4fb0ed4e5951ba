"""The page of events: the list of all, and the list of people of one."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout

from alumnidesk.domain.cards import EventCard
from alumnidesk.domain.lines import EventLine
from alumnidesk.progress import Progress
from alumnidesk.ui.contacts.export import Export
from alumnidesk.ui.directory.printing import ask_directory
from alumnidesk.ui.events.choose import ChooseEvent
from alumnidesk.ui.events.form import NewEvent
from alumnidesk.ui.events.overview import Overview
from alumnidesk.ui.events.roster import Roster
from alumnidesk.ui.labels.printing import LabelPrinting
from alumnidesk.ui.page import Context, Page
from alumnidesk.ui.printing.dialog import print_pdf
from alumnidesk.ui.widgets.stack import Stack
from alumnidesk.ui.words import language, tr, tr_n

if TYPE_CHECKING:
    from alumnidesk.desk import Desk


class EventsPage(Page):
    """All events, or one of them with its people."""

    help_topic = "events"

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self.overview = Overview(context)
        self.roster = Roster(context)
        self._stack = Stack()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self._stack)
        self._stack.addWidget(self.overview)
        self._stack.addWidget(self.roster)
        """Contacts from another page for whom a new event is being made."""
        self.overview.opened.connect(self.show_id)
        self.roster.left.connect(self.show_all)
        self.roster.unsaved.connect(lambda: self._stack.setCurrentWidget(self.roster))
        self.overview.read()

    @property
    def at_one_event(self) -> bool:
        """Is the page of one event at the front?"""
        return self._stack.currentWidget() is self.roster

    def commands(self) -> Mapping[str, Callable[[], object]]:
        found: dict[str, Callable[[], object]] = {"events.new": self.new}
        if not self.at_one_event or self.roster.table.ids:
            found |= {"events.labels": self.print_labels, "events.badges": self.print_badges}
        if self.at_one_event:
            found |= {
                "events.add_people": self.roster.add_people,
                "events.letter": self.roster.write,
                "events.roster": self.print_roster,
            }
            if self.roster.table.ids:
                found["events.export"] = self.export_roster
                found["events.directory"] = self.print_directory
        if self.at_one_event or self.overview.list.current_id is not None:
            found["events.delete"] = self.delete
        return found

    def refresh(self, changed: set[str]) -> None:
        if changed & {"events", "contacts"}:
            self.overview.read()
            self.roster.refresh()

    def show_id(self, id: int) -> None:
        self.roster.open(id)
        self._stack.setCurrentWidget(self.roster)
        self.entered()

    def show_all(self) -> None:
        """Back to the list of events, to the one that was open."""
        if not self.roster.leave():
            return
        self._stack.setCurrentWidget(self.overview)
        if self.roster.event_id is not None:
            self.overview.list.go_to(self.roster.event_id)
        self.entered()

    def entered(self) -> None:
        (self.roster.list if self.at_one_event else self.overview.list).setFocus(Qt.FocusReason.OtherFocusReason)

    def chosen_again(self) -> None:
        """From one event back to all of them."""
        if self.at_one_event and self.may_leave():
            self.show_all()

    def may_leave(self) -> bool:
        return self.roster.leave()

    @property
    def unstored(self) -> bool:
        return self.roster.detail.unstored

    def stored(self) -> bool:
        return self.roster.detail.stored()

    # Deeds -----------------------------------------------------------------------------------------------------

    def new(self, handed: Sequence[int] = ()) -> None:
        """Ask for title and day; the contacts `handed` over go on its list."""

        def added(event: EventCard) -> None:
            assert event.id is not None
            self.show_id(event.id)
            if handed:
                self._put(handed, event.id)

        dialog = NewEvent(self.context, added, len(handed), self)
        if handed:
            dialog.rejected.connect(lambda: self.context.open_page("contacts"))
        dialog.open()

    def delete(self) -> None:
        """Delete the event one is at, with its list; Undo brings both back."""
        event = self.roster.event_id if self.at_one_event else self.overview.list.current_id
        if event is not None:
            self.context.deed(lambda desk: desk.events.delete(event))

    def print_roster(self) -> None:
        """Show the list as it is printed, to be signed."""
        view = self.roster.view
        if view is None or view.card.id is None:
            return
        event, code = view.card.id, language().code

        def write(desk: Desk, out: Path, progress: Progress) -> int:
            return desk.events.print_roster(event, out, language=code, progress=progress)

        print_pdf(self.context, self.window(), view.card.title, write, use="roster")

    def export_roster(self) -> None:
        """Hand out those whom the list shows, or the selected ones, to another program."""
        Export(self.context, self.window()).ask(self.roster.contacts())

    def print_labels(self) -> None:
        """Address labels for those whom the list shows, or the selected ones; for all of an event that is not open."""
        printing, view = LabelPrinting(self.context, self.window()), self.roster.view
        if self.at_one_event and view is not None:
            printing.ask(self.roster.contacts(), view.card.title)
            return

        def ask(event: EventLine) -> None:
            self.context.tasks.run(
                lambda desk: [person.contact_id for person in desk.events.roster(event.id)],
                lambda contacts: printing.ask(contacts, event.title),
            )

        self._which(tr("Print labels or envelopes for …"), ask)

    def print_directory(self) -> None:
        """A directory of those whom the list shows, or of the selected ones."""
        ask_directory(self.context, self.window(), self.roster.contacts())

    def print_badges(self) -> None:
        """Name badges for those who come."""
        printing, view = LabelPrinting(self.context, self.window()), self.roster.view
        if self.at_one_event and view is not None and view.card.id is not None:
            printing.ask_badges(view.card.id, view.card.title)
        else:
            self._which(tr("Print name badges for …"), lambda event: printing.ask_badges(event.id, event.title))

    def _which(self, head: str, then: Callable[[EventLine], object]) -> None:
        """No event is open: ask which is meant."""

        def choose(lines: Sequence[EventLine]) -> None:
            if lines:
                ChooseEvent(self.look, head, lines, (tr("Next"), ""), then, parent=self).open()
            else:
                self.context.notices.say(tr("No event yet"), icon="info")

        self.context.tasks.run(lambda desk: desk.events.lines(), choose)

    def take_contacts(self, contacts: Sequence[int], event: int | None = None) -> None:
        if event is not None:
            self._put(contacts, event)
            return
        self.context.tasks.run(lambda desk: desk.events.lines(), lambda lines: self._choose(contacts, lines))

    def _choose(self, contacts: Sequence[int], lines: Sequence[EventLine]) -> None:
        """Ask for the event; where there is none yet, it is a new one."""
        if not lines:
            self.new(contacts)
            return
        n = len(contacts)
        head = tr_n("Put {n} person on the list of …", "Put {n} people on the list of …", n)
        verb = (tr("Put on the list"), "user-plus")
        dialog = ChooseEvent(
            self.look,
            head,
            lines,
            verb,
            lambda event: self._put(contacts, event.id),
            lambda: self.new(contacts),
            self,
        )
        dialog.rejected.connect(lambda: self.context.open_page("contacts"))
        dialog.open()

    def _put(self, contacts: Sequence[int], event: int) -> None:
        self.context.deed(lambda desk: desk.events.invite(event, contacts), then=lambda _: self.show_id(event))
