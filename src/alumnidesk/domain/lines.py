"""Lines: the few fields of a thing that a list shows; frozen like cards, and safe in any thread.

They are plain tuples with names: the start of the window makes this kind of class in a fifth of the time that it takes
for a dataclass, and a list makes thousands of them.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import NamedTuple


class Arrangement(NamedTuple):
    """How a list of contacts is arranged."""

    sort: str = "name"
    """The key of a column; see `domain.list_columns`."""
    descending: bool = False
    group: str = ""
    """The key of the column by which contacts stand together; empty for none."""
    language: str = "en"
    """In which choices and countries are sorted by their words."""


class ContactLine(NamedTuple):
    """One row of the contact list."""

    id: int
    name: str
    town: str
    cohort: str
    email: str
    tags: tuple[str, ...]
    marks: tuple[str, ...]
    """What one should look at: ``deceased``, ``no_post``, ``no_address``, ``no_email``."""
    more: tuple[str, ...] = ()
    """Stored values of further columns, in the order in which they were asked for."""


class InCommon(NamedTuple):
    """What several contacts have in common: values with how many have them, the most frequent first."""

    towns: Sequence[tuple[str, int]]
    cohorts: Sequence[tuple[str, int]]
    tags: Sequence[tuple[str, int]]
    no_email: int
    """So many have no e-mail address."""


class EventLine(NamedTuple):
    """One row of the list of events."""

    id: int
    title: str
    starts_on: str
    place: str
    capacity: int | None
    invited: int
    """Counts of people by state; `coming` includes companions."""
    coming: int
    declined: int
    waitlist: int


def next_event(lines: Sequence[EventLine], today: dt.date) -> EventLine | None:
    """The event that one most likely means: the next of those to come, else the first of the list, if there is one."""
    coming = [line for line in lines if line.starts_on >= today.isoformat()]
    return min(coming, key=lambda line: line.starts_on, default=lines[0] if lines else None)
