"""The panel beside a roster: a free place and who is next, whom one stands on or has selected, who waits, what is left
to do, and what is stored about the event."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from alumnidesk.domain import seats
from alumnidesk.domain.cards import INVITED, Participation
from alumnidesk.ui.events.form import changed, event_form, event_values, person_form, person_values
from alumnidesk.ui.events.view import EventView
from alumnidesk.ui.field_saving import FieldSaving
from alumnidesk.ui.page import Context
from alumnidesk.ui.when import written
from alumnidesk.ui.widgets.buttons import LinkButton
from alumnidesk.ui.widgets.detail import DetailPane
from alumnidesk.ui.widgets.form import Form
from alumnidesk.ui.widgets.label import Label, Line, section
from alumnidesk.ui.widgets.notice import Callout
from alumnidesk.ui.words import language, tr, tr_n

if TYPE_CHECKING:
    from alumnidesk.desk import Desk

WAITING_SHOWN = 8
"""So many of the waiting list are named; the tab shows all."""


class EventDetail(DetailPane):
    """Everything is saved field by field. Signals ask to give a free place to whoever waits, to open the contact one
    stands on, to write to those without an answer."""

    unsaved = Signal(int)
    """What was typed could not be saved: its event keeps its place, and with the id of a participation that person too
    (0: it is about the event)."""
    misunderstood = Signal(int)
    """What was typed about this participation cannot be understood, so the person keeps their place."""
    place_given = Signal()
    contact_wanted = Signal()
    reminder_wanted = Signal()

    def __init__(self, context: Context) -> None:
        look = context.look
        super().__init__(look, tr("About the event"))
        self._context = context
        self._event: EventView | None = None
        self._shown: tuple[Participation, ...] = ()
        self._saving = FieldSaving(context)
        self.callout = Callout(look, "-", "-", action=tr("Move up"), clicked=self.place_given.emit, changes=True)
        self._name = section(look)
        self._name.setWordWrap(True)
        self._for_all = Label(
            look, tr("What you choose now is done with all of them."), size="small", role="text2", wraps=True
        )
        self.person = person_form(look)
        self._open_contact = LinkButton(look, tr("Open contact"), clicked=self.contact_wanted.emit)
        person = QWidget()
        below = QVBoxLayout(person)
        below.setContentsMargins(0, 0, 0, 0)
        below.setSpacing(look.px(8))
        below.addWidget(self._for_all)
        below.addWidget(self.person)
        self._person_block = self._block(self._name, person, link=self._open_contact)
        self._names = QVBoxLayout()
        self._names.setSpacing(look.px(8))
        names = QWidget()
        names.setLayout(self._names)
        self._names.setContentsMargins(0, 0, 0, 0)
        self._waiting = self._block(section(look, tr("Waiting list")), names)
        self.remind = LinkButton(look, "-", icon="mail", clicked=self.reminder_wanted.emit)
        todo = QWidget()
        row = QHBoxLayout(todo)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self.remind)
        row.addStretch(1)
        self._todo = self._block(section(look, tr("Still to do")), todo)
        self.event_form = event_form(look)
        about = self._block(section(look, tr("The event")), self.event_form, line=False)
        self.column.setSpacing(look.px(16))
        for widget in (self.callout, self._person_block, self._waiting, self._todo, about):
            self.column.addWidget(widget)
        self.person.saved.connect(self._save_person)
        self.event_form.saved.connect(self._save_event)

    def _block(self, head: Label, body: QWidget, *, link: LinkButton | None = None, line: bool = True) -> QWidget:
        block = QWidget()
        column = QVBoxLayout(block)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(self._look.px(8))
        row = QHBoxLayout()
        row.addWidget(head, 1)
        if link is not None:
            row.addWidget(link, 0, Qt.AlignmentFlag.AlignTop)
        column.addLayout(row)
        column.addWidget(body)
        if line:
            column.addSpacing(self._look.px(8))
            column.addWidget(Line(self._look))
        return block

    @property
    def shown_event(self) -> EventView | None:
        """The event that is shown."""
        return self._event

    # Showing ---------------------------------------------------------------------------------------------------

    def show_event(self, view: EventView) -> None:
        """Show what concerns the event as a whole."""
        other = self._event is None or self._event.card.id != view.card.id
        self._event = view
        (self.event_form.show_anew if other else self.event_form.show_values)(event_values(view.card))
        self._show_free(view)
        self._show_waiting(view)
        silent = sum(person.state == INVITED for person in view.people)
        self._todo.setVisible(silent > 0)
        self.remind.set_words(tr_n("Write to {n} without an answer", "Write to {n} without an answer", silent))

    def _show_free(self, view: EventView) -> None:
        free = seats.free(view.card.capacity, view.people)
        person = seats.next_up(view.waiting, free) if free is None or free > 0 else None
        self.callout.setVisible(person is not None)
        if person is None:
            return
        if free is None:
            head = tr("There is room for everybody")
        else:
            head = tr_n("A place is free", "{n} places are free", free)
        self.callout.head.setText(head)
        self.callout.setAccessibleName(head)
        if person.companions:
            sentence = tr_n(
                "Next on the waiting list is {name} with {n} companion.",
                "Next on the waiting list is {name} with {n} companions.",
                person.companions,
                name=person.name,
            )
        else:
            sentence = tr("Next on the waiting list is {name}.", name=person.name)
        self.callout.sentence.setText(sentence)

    def _show_waiting(self, view: EventView) -> None:
        while (item := self._names.takeAt(0)) is not None:
            if (row := item.widget()) is not None:
                row.hide()
                row.deleteLater()
        self._waiting.setVisible(bool(view.waiting))
        for number, person in enumerate(view.waiting[:WAITING_SHOWN], 1):
            self._names.addWidget(self._waiting_row(number, person))
        if (more := len(view.waiting) - WAITING_SHOWN) > 0:
            self._names.addWidget(
                Label(self._look, tr_n("and {n} more", "and {n} more", more), size="small", role="text2")
            )

    def _waiting_row(self, number: int, person: Participation) -> QWidget:
        look = self._look
        row = QWidget()
        across = QHBoxLayout(row)
        across.setContentsMargins(0, 0, 0, 0)
        across.setSpacing(look.px(8))
        place = Label(look, language().number(number), size="small", bold=True, role="text2")
        place.setMinimumWidth(look.px(16))
        name = person.name
        if person.companions:
            name = tr_n("{name}, {n} place", "{name}, {n} places", 1 + person.companions, name=person.name)
        across.addWidget(place)
        across.addWidget(Label(look, name, wraps=True), 1)
        if person.answered_on:
            since = tr("since {day}", day=written(dt.date.fromisoformat(person.answered_on), "short"))
            across.addWidget(Label(look, since, size="small", role="text2"))
        return row

    def show_people(self, people: Sequence[Participation]) -> None:
        """Show the person one stands on, or several who are selected: then the answer is entered for all of them.

        Whoever is on the list and has a value that cannot be understood keeps their place."""
        other = [person.id for person in people] != [person.id for person in self._shown]
        if other and self._shown and not self.person.commit() and self._is_listed(self._shown[0]):
            self.misunderstood.emit(self._shown[0].id)
            return
        self._shown = tuple(people)
        self._person_block.setVisible(bool(people))
        if not people:
            return
        n, several = len(people), len(people) > 1
        self._name.setText(tr_n("{n} person selected", "{n} people selected", n) if several else people[0].name)
        self._for_all.setVisible(several)
        self._open_contact.setVisible(not several)
        values = person_values(people)
        for key, field in self.person.fields.items():
            for widget in (field, field.label):
                widget.setVisible(key == "state" or not several)
            if other or not field.edited:
                field.set_value(values[key])

    def _is_listed(self, person: Participation) -> bool:
        return self._event is not None and any(one.id == person.id for one in self._event.people)

    # Saving ----------------------------------------------------------------------------------------------------

    def commit(self) -> bool:
        """Save what is typed; False if something cannot be understood."""
        return self.person.commit() and self.event_form.commit()

    @property
    def unstored(self) -> bool:
        """Does something stand in a field that was refused, or could not be saved?"""
        return self.person.unstored or self.event_form.unstored

    def stored(self) -> bool:
        """Did what was left reach the file? Waits a moment for it; what could not be saved is said, and stays."""
        return self._saving.stored(self.person, self.event_form)

    def go_to_problem(self) -> None:
        """Stand in the first field whose value cannot be saved."""
        (self.person if self.person.unstored else self.event_form).go_to_problem()

    def _save_person(self, key: str, value: object) -> None:
        if not self._shown:
            return
        person, people = self._shown[0], [person.id for person in self._shown]
        if key == "state":
            self._save(self.person, key, person.id, lambda desk: desk.events.answer(people, str(value)))
        elif key == "companions":
            companions = int(str(value) or 0)
            self._save(self.person, key, person.id, lambda desk: desk.events.change(person.id, companions=companions))
        else:
            self._save(self.person, key, person.id, lambda desk: desk.events.change(person.id, remark=str(value)))

    def _save_event(self, key: str, value: object) -> None:
        if self._event is not None:
            before = self._event.card
            after = changed(before, key, value)
            self._save(self.event_form, key, 0, lambda desk: desk.events.save(before, after))

    def _about(self, form: Form) -> list[int | None]:
        """Whose values a form shows."""
        if form is self.person:
            return [person.id for person in self._shown]
        return [self._event.card.id if self._event is not None else None]

    def _save(self, form: Form, key: str, person: int, work: Callable[[Desk], object]) -> None:
        self._saving.save(form, key, work, about=lambda: self._about(form), back=lambda: self.unsaved.emit(person))
