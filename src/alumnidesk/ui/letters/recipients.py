"""Step 1: who gets the letter? An event's list, a search, or the contacts chosen on another page."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any

from PySide6.QtCore import QSignalBlocker, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QButtonGroup, QCheckBox, QHBoxLayout, QRadioButton, QVBoxLayout, QWidget

from alumnidesk.domain.lines import ContactLine
from alumnidesk.domain.mailings import CHOICE_WORDS, CHOICES, CONTACTS, EVENT, SEARCH, Job, whom
from alumnidesk.ui.contacts.answers import all_said
from alumnidesk.ui.contacts.saved.button import SavedSearches
from alumnidesk.ui.events.table import STATES, state_words
from alumnidesk.ui.letters.job import NOBODY, Offers
from alumnidesk.ui.letters.table import contact_columns
from alumnidesk.ui.page import Context
from alumnidesk.ui.when import written
from alumnidesk.ui.widgets.empty import EmptyState
from alumnidesk.ui.widgets.fields import Choice
from alumnidesk.ui.widgets.label import Ground, Label, Line, section
from alumnidesk.ui.widgets.lines import LinesTable
from alumnidesk.ui.widgets.list_table import ListTable
from alumnidesk.ui.widgets.search import SearchField
from alumnidesk.ui.words import tr, tr_n, words

LEFT, NARROW = 432, 620
"""Widths at 100 %: of the choices, and from which on the people stand beside them."""

UNBOUND = 16_777_215


class RecipientsStep(QWidget):
    """`changed` carries the mailing as it would be with what was chosen now."""

    changed = Signal(object)

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._context, self._look = context, context.look
        self.job = Job()
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(self._choices())
        row.addWidget(Line(self._look, upright=True))
        row.addWidget(self._people(), 1)

    def _choices(self) -> QWidget:
        look = self._look
        left = self._left = Ground(look, "page")
        self.column = QVBoxLayout(left)
        self.column.setContentsMargins(look.px(20), look.px(16), look.px(20), look.px(16))
        self.column.setSpacing(look.px(8))
        self.column.addWidget(section(look, tr("Who gets the letter?")))
        self.sources = {
            EVENT: QRadioButton(tr("People on the list of an event")),
            SEARCH: QRadioButton(tr("Contacts that a search finds")),
            CONTACTS: QRadioButton("-"),
        }
        together = QButtonGroup(self)  # Tab stops at the one that is taken, arrows go on from there
        for radio in self.sources.values():
            together.addButton(radio)
        self.events = Choice()
        self.events.setAccessibleName(tr("Event"))
        self.states = {state: QCheckBox("-") for state in STATES}
        self.search = SearchField(look, tr("Name, town, year …"))
        self.search.setAccessibleName(tr("Search contacts"))
        self.about = Choice()
        self.about.setAccessibleName(tr("What is the letter about?"))
        self._about_head = section(look, tr("What is the letter about?"))
        self._event_part = self._indented([self.events, *self.states.values()])
        self.saved = SavedSearches(self._context, self.search, parent=self)
        self.missing = Label(look, size="small", role="look", wraps=True)
        self._search_part = self._indented([self.search, self.saved, self.missing])
        for source, part in ((CONTACTS, None), (EVENT, self._event_part), (SEARCH, self._search_part)):
            self.column.addWidget(self.sources[source])
            if part is not None:
                self.column.addWidget(part)
        self.column.addSpacing(look.px(8))
        self.column.addWidget(self._about_head)
        self.column.addWidget(self.about)
        self.purpose = Choice()
        self.purpose.setAccessibleName(tr("What is the letter for?"))
        self.column.addSpacing(look.px(8))
        self.column.addWidget(section(look, tr("What is the letter for?")))
        self.column.addWidget(self.purpose)
        self.channels = Choice()
        self.channels.setAccessibleName(tr("How does it go out?"))
        for choice in CHOICES:
            self.channels.addItem(words(CHOICE_WORDS[choice]), choice)
        self.column.addSpacing(look.px(8))
        self.column.addWidget(section(look, tr("How does it go out?")))
        self.column.addWidget(self.channels)
        self.per_household = QCheckBox("-")
        self.not_twice = QCheckBox(tr("Leave out who has it already"))
        self.not_twice.setAccessibleName(self.not_twice.text())
        self.column.addSpacing(look.px(8))
        for box in (self.per_household, self.not_twice):
            self.column.addWidget(box)
        self.column.addStretch(1)
        for source, radio in self.sources.items():
            radio.setAccessibleName(radio.text())
            radio.clicked.connect(self._chooser(source))
        for state, box in self.states.items():
            box.clicked.connect(self._ticker(state))
        self.purpose.activated.connect(lambda _: self._for_purpose())
        self.channels.activated.connect(lambda _: self._choose(channels=self.channels.currentData()))
        self.per_household.clicked.connect(lambda ticked: self._choose(per_household=ticked))
        self.not_twice.clicked.connect(lambda ticked: self._choose(not_twice=ticked))
        self.events.activated.connect(lambda _: self._about(self.events))
        self.about.activated.connect(lambda _: self._about(self.about))
        self.search.asked.connect(self._searched)
        self.search.left_for_list.connect(lambda: self.list.setFocus())
        return left

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        narrow = self.width() < self._look.px(NARROW)
        self._right.setVisible(not narrow)
        width = min(self._look.px(LEFT), self.width() * 11 // 20)
        self._left.setMinimumWidth(0 if narrow else width)
        self._left.setMaximumWidth(UNBOUND if narrow else width)

    def _indented(self, widgets: Sequence[QWidget]) -> QWidget:
        part = QWidget()
        column = QVBoxLayout(part)
        column.setContentsMargins(self._look.px(26), 0, 0, self._look.px(8))
        column.setSpacing(self._look.px(6))
        for widget in widgets:
            column.addWidget(widget)
        return part

    def _people(self) -> QWidget:
        look = self._look
        right = self._right = QWidget()
        column = QVBoxLayout(right)
        column.setContentsMargins(look.px(8), look.px(16), look.px(8), 0)
        column.setSpacing(look.px(8))
        self.count = Label(look, bold=True, wraps=True)
        self.count.setContentsMargins(look.px(12), 0, 0, 0)
        self.table: LinesTable[ContactLine] = LinesTable(contact_columns(), self._fetch)
        self.list = ListTable(look, self.table, tr("Recipients"))
        self.empty = EmptyState(look, tr("Nobody yet"), tr("Choose on the left who gets the letter."), icon="mail")
        column.addWidget(self.count)
        column.addWidget(self.list, 1)
        column.addWidget(self.empty, 1)
        return right

    def _fetch(self, ids: Sequence[int], deliver: Callable[[Sequence[ContactLine]], None]) -> None:
        self._context.tasks.run(lambda desk: desk.find.lines(ids), deliver)

    # Showing ---------------------------------------------------------------------------------------------------

    def show_job(self, job: Job) -> None:
        """Show what is chosen already."""
        self.job = job
        blocker = QSignalBlocker(self.search)
        if self.search.text() != job.audience.query:
            self.search.setText(job.audience.query)
        del blocker
        chosen = words(whom(replace(job.audience, source=CONTACTS)))
        self.sources[CONTACTS].setText(chosen)
        self.sources[CONTACTS].setAccessibleName(chosen)
        self.sources[CONTACTS].setVisible(bool(job.audience.contacts))
        self.channels.setCurrentIndex(max(self.channels.findData(job.channels), 0))
        self.per_household.setChecked(job.per_household)
        self.not_twice.setChecked(job.not_twice)
        self._show_parts()

    def focus_field(self) -> QWidget:
        """Where one begins to choose."""
        return self.search if self.job.audience.source == SEARCH else self.events

    def _show_parts(self) -> None:
        here = self.job.audience.source
        self.sources[here].setChecked(True)
        for source, radio in self.sources.items():  # Qt sees to this only when somebody clicks
            taken = source == here
            radio.setFocusPolicy(Qt.FocusPolicy.StrongFocus if taken else Qt.FocusPolicy.ClickFocus)
        self._event_part.setVisible(here == EVENT)
        self._search_part.setVisible(here == SEARCH)
        for widget in (self._about_head, self.about):
            widget.setVisible(here != EVENT)

    def show_offers(self, offered: Offers) -> None:
        """Show what there is to choose from, and who it is so far."""
        self.sources[EVENT].setEnabled(bool(offered.events))
        for box, none in ((self.events, ""), (self.about, tr("No event"))):
            box.clear()
            if none:
                box.addItem(none, None)
            for line in offered.events:
                day = written(dt.date.fromisoformat(line.starts_on), "year") if line.starts_on else ""
                box.addItem(tr("{event}, {day}", event=line.title, day=day) if day else line.title, line.id)
            box.setCurrentIndex(max(box.findData(self.job.event), 0))
        for state, check in self.states.items():
            n = sum(person.state == state for person in offered.people)
            counted = tr("{state}: {n}", state=state_words(state), n=n)
            check.setText(counted.replace("&", "&&"))
            check.setAccessibleName(counted)
            check.setChecked(state in self.job.audience.answers)
        shared = tr("One letter per household ({n})", n=offered.households)
        self.per_household.setText(shared)
        self.per_household.setAccessibleName(shared)
        self.per_household.setVisible(offered.households > 0)
        self._show_purposes(offered)
        n = len(offered.recipients)
        self.missing.setText(all_said(offered.missing))
        self.missing.setVisible(bool(offered.missing))
        self.count.setText(tr_n("{n} recipient", "{n} recipients", n))
        if self.job.audience.source == EVENT and offered.about is not None:
            listed = words(whom(self.job.audience, offered.about.title))
            self.count.setText(tr("{people} ({n})", people=listed, n=n))
        self.table.show(offered.recipients)
        self.list.setVisible(n > 0)
        self.empty.setVisible(n == 0)
        self._show_parts()

    def _show_purposes(self, offered: Offers) -> None:
        self.purpose.clear()
        for purpose in offered.purposes:
            self.purpose.addItem(words(purpose.name), purpose.key)
        self.purpose.setCurrentIndex(max(self.purpose.findData(offered.purpose), 0))

    # Choosing --------------------------------------------------------------------------------------------------

    def _choose(self, **choices: Any) -> None:
        """The mailing with these choices in place of those before."""
        self.job = replace(self.job, **choices)
        self.changed.emit(self.job)

    def _chooser(self, source: str) -> Callable[[], None]:
        def choose() -> None:
            audience = replace(self.job.audience, source=source)
            if source == EVENT:
                audience = replace(audience, id=self.events.currentData() or 0)
            self.job = replace(self.job, audience=audience)
            self._show_parts()
            if source == SEARCH:
                self.search.setFocus()
            self._choose()

        return choose

    def _ticker(self, state: str) -> Callable[[bool], None]:
        def tick(ticked: bool) -> None:
            before = set(self.job.audience.answers) - set(NOBODY) - {state}
            answers = tuple(sorted(before | ({state} if ticked else set()))) or NOBODY
            self._choose(audience=replace(self.job.audience, answers=answers))

        return tick

    def _for_purpose(self) -> None:
        # whom one puts in against a wish, one puts in for one purpose
        self._choose(purpose=str(self.purpose.currentData()), by_hand=())

    def _about(self, box: Choice) -> None:
        event, audience = box.currentData(), self.job.audience
        if audience.source == EVENT:
            audience = replace(audience, id=event or 0)
        self._choose(event=event, audience=audience)

    def _searched(self, text: str) -> None:
        self._choose(audience=replace(self.job.audience, query=text))
