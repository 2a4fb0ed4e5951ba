"""What a deed did, told record by record: the lines of the history's detail."""

from __future__ import annotations

from dataclasses import dataclass

from alumnidesk.i18n import Message


@dataclass(frozen=True, slots=True)
class DeedLine:
    """One value that a deed entered, changed or took away."""

    subject: str
    """Whose value: the name of a contact, the title of an event or letter; empty for the association itself."""
    field: Message
    """Which value; empty when the whole record is meant."""
    before: Message
    after: Message
    """Both empty when the whole record was added."""
    contact: int = 0
    """The contact to open, 0 if it is about something else."""


@dataclass(frozen=True, slots=True)
class DeedDetails:
    """Numbers first, then lines, in the order in which they were written."""

    counts: tuple[Message, ...]
    lines: tuple[DeedLine, ...]
    more: int
    """How many rows are not told line by line because there are so many."""
