"""The places of an event: how many are taken, how many are free, and who on the waiting list gets one."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from alumnidesk.domain.cards import COMING, Participation


def taken(roster: Iterable[Participation]) -> int:
    """Places taken by those who are coming and their companions."""
    return sum(1 + person.companions for person in roster if person.state == COMING)


def free(capacity: int | None, roster: Iterable[Participation]) -> int | None:
    """Places left; negative when more are coming than there is room for, None without a limit."""
    return None if capacity is None else capacity - taken(roster)


def next_up(waiting: Sequence[Participation], places: int | None) -> Participation | None:
    """The first on the waiting list who, companions included, finds room."""
    if places is None:
        return waiting[0] if waiting else None
    return next((person for person in waiting if 1 + person.companions <= places), None)
