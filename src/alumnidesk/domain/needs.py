"""What needs a person: things of which the data file itself knows that somebody should see to them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from alumnidesk.domain.lines import EventLine
from alumnidesk.i18n import Message, say, say_n

ANSWERS, SEATS, INVITATIONS, SENDER, REACH, BACKUP, BIN, SAMPLE = (
    "answers", "seats", "invitations", "sender", "reach", "backup", "bin", "sample",
)  # fmt: skip
SOON = dt.timedelta(days=14)
"""So long before an event one should know who is coming."""
INVITED_BY = dt.timedelta(days=90)
"""So long before an event its invitations are due."""


@dataclass(frozen=True, slots=True)
class Need:
    """One thing to do: what, about whom, and the event or contact that it is about (0 for none)."""

    kind: str
    text: Message
    detail: Message
    id: int = 0


def of_event(line: EventLine, today: dt.date, *, written_to: bool) -> Iterable[Need]:
    """What a coming event needs; `written_to` says whether letters were printed for it."""
    if not line.starts_on:
        return
    away = dt.date.fromisoformat(line.starts_on) - today
    if away < dt.timedelta(0):
        return
    title = line.title
    if line.capacity is not None and line.waitlist and line.coming < line.capacity:
        free = line.capacity - line.coming
        yield Need(
            SEATS,
            say_n("{n} place is free at “{title}”", "{n} places are free at “{title}”", free, title=title),
            say_n("{n} person is on the waiting list", "{n} people are on the waiting list", line.waitlist),
            line.id,
        )
    listed = line.invited + line.coming + line.declined + line.waitlist
    if listed and not written_to and not line.coming and away <= INVITED_BY:
        yield Need(
            INVITATIONS,
            say("The invitations to “{title}” are not printed yet", title=title),
            say_n("{n} person is on its list", "{n} people are on its list", listed),
            line.id,
        )
    elif line.invited and away <= SOON:
        yield Need(
            ANSWERS,
            say_n("{n} answer to “{title}” is missing", "{n} answers to “{title}” are missing", line.invited,
                  title=title),
            say("It takes place {when}", when=_away(away.days)),
            line.id,
        )  # fmt: skip


def _away(days: int) -> Message:
    if days == 0:
        return say("today")
    if days == 1:
        return say("tomorrow")
    return say_n("in {n} day", "in {n} days", days)


def unreachable(names: list[str], first: int, n: int) -> Need:
    """Contacts without any address and e-mail; `names` holds the first of them, `first` its id."""
    others = say_n("{name} and {n} other", "{name} and {n} others", n - 1, name=names[0])
    return Need(
        REACH,
        say_n("{n} contact has neither address nor e-mail", "{n} contacts have neither address nor e-mail", n),
        others if n > 1 else say("{name}", name=names[0]),
        first,
    )


def sender() -> Need:
    """The association has no name or address."""
    return Need(
        SENDER, say("Your letters have no sender yet"), say("Name and address of the association are not filled in")
    )


def backup(age: dt.timedelta | None) -> Need:
    """A backup is overdue: there is none (None), or the last one is so old."""
    if age is None:
        return Need(BACKUP, say("There is no backup of this file yet"), say("It takes a second"))
    return Need(
        BACKUP,
        say_n("The last backup is {n} day old", "The last backup is {n} days old", age.days),
        say("It takes a second"),
    )


def old_in_bin(n: int, days: int) -> Need:
    """Contacts that were deleted so long ago that they can go for good."""
    return Need(
        BIN,
        say_n("{n} deleted contact can go for good", "{n} deleted contacts can go for good", n),
        say_n("In the bin for more than {n} day", "In the bin for more than {n} days", days),
    )


def sample() -> Need:
    """All people here are invented."""
    return Need(
        SAMPLE,
        say("This is the sample association"),
        say("Everybody in it is invented: look around and try what you like"),
    )
