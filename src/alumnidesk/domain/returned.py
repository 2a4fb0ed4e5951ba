"""What comes back: an address or e-mail that nothing reaches any more, and how it comes into use again."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TypeVar

from alumnidesk.domain.cards import Address, ContactCard, Email
from alumnidesk.i18n import Message

Place = Address | Email
SEARCH_FOR = dt.timedelta(days=14)
"""So long after something came back one should know where the person is to be found."""

_Kind = TypeVar("_Kind", Address, Email)


@dataclass(frozen=True, slots=True)
class Acquaintance:
    """Somebody who may know where a contact is to be found, and why."""

    id: int
    name: str
    why: Message


def places_of(card: ContactCard) -> list[Place]:
    """All addresses and e-mails of a contact."""
    return [*card.addresses, *card.emails]


def place_line(place: Place) -> str:
    """An address or e-mail in one line, as it was typed."""
    if isinstance(place, Email):
        return place.address
    parts = ((place.street, place.house_number), (place.po_box,), (place.postcode, place.town))
    return ", ".join(line for part in parts if (line := " ".join(filter(None, part)))) or place.extra or place.region


def without_old_marks(before: ContactCard, after: ContactCard) -> ContactCard:
    """The changed contact; a place that was corrected is a new one, of which nobody knows that things come back."""
    emails = _corrected(before.emails, after.emails)
    addresses = _corrected(before.addresses, after.addresses)
    if (emails, addresses) == (after.emails, after.addresses):
        return after
    return replace(after, emails=emails, addresses=addresses)


def _corrected(before: Sequence[_Kind], after: tuple[_Kind, ...]) -> tuple[_Kind, ...]:
    known = {place.id: place for place in before}
    return tuple(
        replace(place, undeliverable_since="")
        if (old := known.get(place.id)) is not None
        and place.undeliverable_since
        and place.undeliverable_since == old.undeliverable_since
        and place_line(place) != place_line(old)
        else place
        for place in after
    )


def back_in_use(before: ContactCard, after: ContactCard) -> list[Place]:
    """Places of `before` that were marked as returned and are in use in `after`, corrected or as they were."""
    used = {(type(place), place.id) for place in places_of(after) if not place.undeliverable_since}
    marked = (place for place in places_of(before) if place.undeliverable_since)
    return [place for place in marked if (type(place), place.id) in used]
