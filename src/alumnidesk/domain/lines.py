"""Lines: the few fields of a thing that a list shows; frozen like cards, and safe in any thread.

They are plain tuples with names: the start of the window makes this kind of class in a fifth of the time that it takes
for a dataclass, and a list makes thousands of them.
"""

from __future__ import annotations

from typing import NamedTuple


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
