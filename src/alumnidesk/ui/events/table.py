"""The columns of the list of events, of an event's roster and of those who can be put on it; the words of states."""

from __future__ import annotations

import datetime as dt
from collections.abc import Container

from alumnidesk.domain.cards import COMING, DECLINED, INVITED, WAITLIST, EventCard, Participation
from alumnidesk.domain.dates import shown
from alumnidesk.domain.days import span_words
from alumnidesk.domain.lines import ContactLine, EventLine
from alumnidesk.ui.when import written
from alumnidesk.ui.widgets.chip import Chip
from alumnidesk.ui.widgets.lines import Column
from alumnidesk.ui.words import language, tr

NOTHING = "–"
STATES = (COMING, INVITED, DECLINED, WAITLIST)
"""The order of tabs, menus and keys."""
_CHIPS = {
    COMING: ("good", "check"),
    INVITED: ("plain", "clock"),
    DECLINED: ("plain", "close"),
    WAITLIST: ("look", "list"),
}


def state_words(state: str) -> str:
    """What a person answered."""
    return {COMING: tr("Coming"), INVITED: tr("No answer"), DECLINED: tr("Not coming"), WAITLIST: tr("Waiting list")}[
        state
    ]


def state_chip(person: Participation) -> Chip:
    """The same as a chip."""
    return Chip(state_words(person.state), *_CHIPS[person.state])


def event_columns() -> tuple[Column[EventLine], ...]:
    """Title with its place, day, who is coming, who has not answered."""
    return (
        Column(
            "title",
            tr("Event"),
            lambda line: line.title,
            330,
            sortable=False,
            second=lambda line: line.place or tr("Venue still open"),
        ),
        Column("day", tr("Day"), _day, 216, 148, sortable=False, second=lambda line: distance(line.starts_on)),
        Column("coming", tr("Coming"), _coming, 236, 104, sortable=False, bar=_bar),
        Column("invited", tr("No answer"), lambda line: _number(line.invited), 100, sortable=False, right=True),
        Column("waitlist", tr("Waiting list"), lambda line: _number(line.waitlist), 100, sortable=False, right=True),
    )


def _day(line: EventLine) -> str:
    return written(dt.date.fromisoformat(line.starts_on), "day") if line.starts_on else tr("Day still open")


def _coming(line: EventLine) -> str:
    if line.capacity is None:
        return _number(line.coming)
    return tr("{n} of {places}", n=line.coming, places=line.capacity)


def _bar(line: EventLine) -> tuple[tuple[int, ...], int] | None:
    return None if line.capacity is None else ((line.coming,), line.capacity)


def _number(n: int) -> str:
    return language().number(n) if n else NOTHING


def distance(iso: str, today: dt.date | None = None) -> str:
    """How far away a day is, in words; nothing while it is open."""
    if len(iso) != 10:
        return ""
    days = (dt.date.fromisoformat(iso) - (today or dt.date.today())).days
    if abs(days) <= 1:
        return {-1: tr("Yesterday"), 0: tr("Today"), 1: tr("Tomorrow")}[days]
    return language().distance(dt.timedelta(days=days))


def when_words(card: EventCard) -> str:
    """Day, times and place in one line; what is not known is left out."""
    code = language().code
    when = span_words(card.starts_on, card.starts_at, card.ends_on, card.ends_at, code)
    parts = ("" if card.starts_on else tr("Day still open"), when, card.place)
    return ", ".join(part for part in parts if part)


def roster_columns() -> tuple[Column[Participation], ...]:
    """Name, state, companions, remark, and when the answer came."""
    return (
        Column("name", tr("Name"), lambda person: person.name, 240, marks=True),
        Column(
            "state",
            tr("Answer"),
            lambda person: state_words(person.state),
            148,
            148,
            chips=lambda person: (state_chip(person),),
        ),
        Column("companions", tr("Companions"), lambda person: _number(person.companions), 124, right=True),
        Column("remark", tr("Remark"), lambda person: person.remark, 122),
        Column("answered", tr("Answered on"), answered, 120, right=True),
    )


def answered(person: Participation) -> str:
    """The day of the answer in figures, or “Today”."""
    if person.answered_on == dt.date.today().isoformat():
        return tr("Today")
    return shown(person.answered_on, language().locale)


def found_columns(there: Container[int]) -> tuple[Column[ContactLine], ...]:
    """Who was found for an event; `there` are the contacts already on its list."""
    return (
        Column(
            "name",
            tr("Name"),
            lambda line: line.name,
            200,
            marks=True,
            sortable=False,
            second=lambda line: found_words(line, line.id in there),
            icon=lambda line: ("check", "good") if line.id in there else ("plus", "text2"),
        ),
    )


def found_words(line: ContactLine, listed: bool) -> str:
    """What tells people of the same name apart, and why one cannot be added."""
    if listed:
        return tr("On the list already")
    if "deceased" in line.marks:
        return tr("Has died")
    return ", ".join(part for part in (line.town, line.cohort, line.email) if part)
