"""What the page of one event shows."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from alumnidesk.domain.cards import EventCard, Participation

if TYPE_CHECKING:
    from alumnidesk.desk import Desk


@dataclass(frozen=True, slots=True)
class EventView:
    """What the page shows of an event."""

    card: EventCard
    people: Sequence[Participation]
    """By name."""
    waiting: Sequence[Participation]
    """In the order in which they are to get a place."""


def read(desk: Desk, event: int) -> EventView:
    """Everything that the page shows, in one go."""
    return EventView(desk.events.card(event), desk.events.roster(event), desk.events.waitlist(event))
