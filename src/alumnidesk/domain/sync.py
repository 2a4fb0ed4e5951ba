"""What two sides that hold the same contact become: compared slot by slot with what each had after the last sync.

A **slot** is the place of one value: `N`, `BDAY`; of phones, e-mails, addresses, tags … each value is one of its own.
The rules stand in the decision “Two-way sync compares three states, property by property”.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from types import MappingProxyType
from typing import NamedTuple


class Slot(NamedTuple):
    """The place of one value of a contact."""

    name: str
    """Property name in capitals: ``TEL``, ``BDAY`` …"""
    key: str = ""
    """Of what has many values, by what this one is known: the digits of a phone, an e-mail in lower case …"""


@dataclass(frozen=True, slots=True)
class Content:
    """What stands in a slot."""

    canonical: str
    """The same for everything that says the same, however a program writes it: one or more property lines."""
    lines: tuple[str, ...] = field(default=(), compare=False)
    """The property lines as they came, unfolded, to be written elsewhere."""


State = Mapping[Slot, Content]
"""What a side holds of one contact."""
Base = Mapping[Slot, str]
"""What a side held after the last sync: the canonical forms alone."""
Changes = Mapping[Slot, Content | None]
"""What a side is to take over; None: the slot goes."""


class Decision(StrEnum):
    """What becomes of a question."""

    OURS = "ours"
    THEIRS = "theirs"
    BOTH = "both"
    """Both values stand beside each other; of people who look alike: they are two."""
    LATER = "later"
    """Both sides keep what they have, and the next sync asks again."""


@dataclass(frozen=True, slots=True)
class Conflict:
    """Both sides changed the same thing in different ways."""

    id: str
    """The same in every sync until it is decided."""
    before: Base
    """What was there before, if anything."""
    ours: State
    """What we have now; empty: we removed it."""
    theirs: State
    allowed: tuple[Decision, ...]


@dataclass(frozen=True, slots=True)
class Merged:
    """What a merge comes to."""

    ours: Changes = MappingProxyType({})
    """What is to change with us."""
    theirs: Changes = MappingProxyType({})
    conflicts: tuple[Conflict, ...] = ()
    """What nobody has decided yet."""


def merge(
    ours: State,
    theirs: State,
    base_ours: Base,
    base_theirs: Base,
    decisions: Mapping[str, Decision] = MappingProxyType({}),
) -> Merged:
    """Compare each side with what it had, and say what either takes over from the other.

    Empty bases are those of a first sync. `decisions` are by the ids of conflicts.
    """
    raise NotImplementedError
