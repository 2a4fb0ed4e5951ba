"""The head of an event's page: the way back, title, day and place, what one can do; and how full it is."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from alumnidesk.domain import seats
from alumnidesk.domain.cards import COMING, EventCard, Participation
from alumnidesk.ui.events.table import when_words
from alumnidesk.ui.look import Look
from alumnidesk.ui.page import Context
from alumnidesk.ui.widgets.back_link import BackLink
from alumnidesk.ui.widgets.bars import CapacityBar, Legend
from alumnidesk.ui.widgets.beside import Beside
from alumnidesk.ui.widgets.buttons import FilledButton, OutlinedButton, PlainButton
from alumnidesk.ui.widgets.flow import Flow
from alumnidesk.ui.widgets.label import Label, section, title
from alumnidesk.ui.words import tr, tr_n


class EventHead(QWidget):
    """Back, title, when and where; print, write, add people. `more` leads to the detail where there is little room."""

    def __init__(self, context: Context, back: Callable[[], object]) -> None:
        super().__init__()
        look = context.look
        self.back = BackLink(look, tr("Events"), clicked=back)
        self.title = title(look)
        self.title.setWordWrap(True)
        self.when = Label(look, role="text2", wraps=True)
        self.more = PlainButton(look, tr("Details"), icon="info")
        self.more.hide()
        outlined = ((tr("Print the list"), "printer", "events.roster"), (tr("Letter"), "mail", "events.letter"))
        named = QWidget()
        words = QVBoxLayout(named)
        words.setContentsMargins(0, 0, 0, 0)
        words.setSpacing(look.px(2))
        beside = QHBoxLayout()
        beside.setContentsMargins(0, 0, 0, 0)
        beside.addWidget(self.back)
        beside.addStretch(1)
        words.addLayout(beside)
        words.addWidget(self.title)
        words.addWidget(self.when)
        buttons = QWidget()
        row = Flow(look.px(8), buttons)
        for button in (
            self.more,
            *(
                OutlinedButton(look, text, icon=icon, clicked=context.actions.trigger(id))
                for text, icon, id in outlined
            ),
            FilledButton(
                look, tr("Add people"), icon="user-plus", clicked=context.actions.trigger("events.add_people")
            ),
        ):
            row.addWidget(button)
        column = QVBoxLayout(self)
        column.setContentsMargins(look.px(20), look.px(10), look.px(20), look.px(12))
        column.addLayout(Beside(named, buttons, look.px(8), look.px(300)))

    def show_event(self, card: EventCard) -> None:
        """Show which event this is."""
        self.title.setText(card.title)
        self.when.setText(when_words(card))

    def show_more(self, narrow: bool) -> None:
        """Offer the detail, because it does not stand beside the list."""
        self.more.setVisible(narrow)


class Seats(QWidget):
    """How many places are taken, by whom, and how many are free."""

    def __init__(self, look: Look) -> None:
        super().__init__()
        self.words = section(look)
        self.bar = CapacityBar(look, tr("Places taken"))
        self.legend = Legend(look)
        column = QVBoxLayout(self)
        column.setContentsMargins(look.px(12), 0, look.px(12), 0)
        column.setSpacing(look.px(8))
        column.addLayout(Beside(self.words, self.legend, look.px(8)))
        column.addWidget(self.bar)

    def show_people(self, capacity: int | None, people: Sequence[Participation]) -> None:
        """Count who is coming."""
        coming = [person for person in people if person.state == COMING]
        companions = sum(person.companions for person in coming)
        taken, free = seats.taken(people), seats.free(capacity, people)
        if capacity is None and not taken:
            self.words.setText(tr("Nobody has said yes so far"))
        elif capacity is None:
            self.words.setText(tr_n("{n} person is coming", "{n} people are coming", taken))
        else:
            self.words.setText(tr_n("{taken} of {n} place taken", "{taken} of {n} places taken", capacity, taken=taken))
        self.words.set_role("look" if free is not None and free < 0 else "text")
        parts = [
            ("accent", len(coming), tr_n("person", "people", len(coming))),
            ("match2", companions, tr_n("companion", "companions", companions)),
        ]
        if free is not None:
            parts.append(("soft", free, tr("free")) if free >= 0 else ("look", -free, tr("too many")))
        self.legend.show_parts(parts)
        self.bar.show_parts((len(coming), companions), capacity or 0, self.words.text())
        self.bar.setVisible(capacity is not None)
