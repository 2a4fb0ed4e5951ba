"""Relationships between contacts, with both sides named: of a mentor and a mentee each is shown what the other one is.

A relationship is stored once, from the side that gives it its name: the mentor's, the parent's, the employer's. Words
for both sides serve people of any gender.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from alumnidesk.i18n import Message, say


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of relationship: what the first one is to the second, and the second to the first."""

    key: str
    name: Message
    name_back: Message
    own: bool = False
    """The association made it up."""
    at_work: bool = False
    """Between a person and the organisation where it works: there are a department and a position."""

    @property
    def mutual(self) -> bool:
        """Are both sides the same to each other, as spouses are?"""
        return self.name == self.name_back

    def seen(self, back: bool) -> Message:
        """What one is shown: the first to the second or, `back`, the second to the first."""
        return self.name_back if back else self.name


def _mutual(key: str, name: Message) -> Kind:
    return Kind(key, name, name)


KINDS: tuple[Kind, ...] = (
    _mutual("spouse", say("Spouse")),
    _mutual("partner", say("Life partner")),
    Kind("parent", say("Parent"), say("Child")),
    _mutual("sibling", say("Brother or sister")),
    Kind("contact_person", say("Contact person"), say("Contact person at"), at_work=True),
    Kind("employer", say("Employer"), say("Employee"), at_work=True),
    _mutual("colleague", say("Colleague")),
    Kind("mentor", say("Mentor"), say("Mentee")),
    _mutual("classmate", say("Classmate")),
    Kind("brought", say("Brought to us by"), say("Brought to us")),
    _mutual("knows", say("Knows each other")),
)
"""The kinds that come with the program, in the order in which they are offered."""
BY_KEY: Mapping[str, Kind] = {kind.key: kind for kind in KINDS}


def own_kind(key: str, name: str, name_back: str) -> Kind:
    """A kind of the association's own; without a second name both sides are called the same."""
    return Kind(key, say("{value}", value=name), say("{value}", value=name_back or name), own=True)


@dataclass(frozen=True, slots=True)
class Relation:
    """One relationship as one of its two sides is shown it."""

    id: int
    kind: str
    role: Message
    """What the other one is to the contact that is shown."""
    other: int
    name: str
    """Of the other one."""
    organisation: bool
    position: str
    """Of the person in the organisation, like `department`: what the relationship itself says."""
    department: str
    shown_as: tuple[str, ...]
    """What there is to say of position and department; where the relationship is silent, the other one's own."""
    began: str
    """A date that may be incomplete (`domain.dates`), like `ended`."""
    ended: str
    remark: str
