"""What happens at the Lindenhof, seen from a given day: events past and to come, who comes, notes, letters sent.

Only the first people of a sample take part (`STORY`), so that a large sample costs no more here than a small one.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from alumnidesk.domain.cards import COMING, DECLINED, INVITED, PERSON, WAITLIST, ContactCard, EventCard
from alumnidesk.services.sample.dice import Dice, identity
from alumnidesk.services.sample.people import people
from alumnidesk.services.sample.words import cast, texts

STORY = 600
"""So many of the sample's people come to events, get letters and have notes."""
_SATURDAY = 5

_AHEAD = dt.timedelta(days=38)
"""Invitations go out so long before an event."""

Participant = tuple[int, str, int, str]
"""Index of the person in the sample, state, companions, day of the answer (ISO, or empty)."""


@dataclass(frozen=True, slots=True)
class SampleEvent:
    """An event and everybody on its list."""

    card: EventCard
    participants: Sequence[Participant]


@dataclass(frozen=True, slots=True)
class SampleMailing:
    """A letter that went out: its subject, the day (ISO), the people by index."""

    subject: str
    sent_on: str
    recipients: Sequence[int]
    template: str
    """Which of the ready letters it was written with."""
    about: str
    """The day of the event that it invites to (ISO), or empty."""


@dataclass(frozen=True, slots=True)
class _Plan:
    """When an event takes place, and how people answer."""

    key: str
    month: int
    week: int
    """The Saturday of the month, counted from 1; 0: the day is still open."""
    upcoming: bool
    starts_at: str
    ends_at: str
    days: int
    capacity: int | None
    answers: Sequence[tuple[str, int, int]]
    """State, people, and how many of them bring somebody."""
    every_other_year: bool = False
    """Only in the odd years."""


_PLANS = (
    _Plan("advent", 12, 1, True, "15:00", "19:00", 1, 60,
          ((COMING, 51, 8), (INVITED, 14, 0), (DECLINED, 6, 0), (WAITLIST, 4, 1))),
    _Plan("winter", 1, 4, True, "14:00", "13:00", 2, 24, ((COMING, 16, 2), (INVITED, 9, 0), (DECLINED, 3, 0))),
    _Plan("reunion", 4, 4, True, "14:00", "22:00", 1, 120, ((INVITED, 88, 0), (COMING, 7, 2))),
    _Plan("choir", 6, 0, True, "", "", 1, 40, ()),
    _Plan("regional", 11, 2, False, "19:00", "22:00", 1, None, ((COMING, 12, 1), (DECLINED, 5, 0), (INVITED, 9, 0))),
    _Plan("week", 9, 3, False, "10:00", "16:00", 6, 150,
          ((COMING, 84, 19), (DECLINED, 31, 0), (INVITED, 22, 0)), every_other_year=True),
    _Plan("summer", 6, 3, False, "12:00", "18:00", 1, None, ((COMING, 47, 21), (DECLINED, 12, 0), (INVITED, 18, 0))),
    _Plan("meeting", 3, 2, False, "18:30", "21:00", 1, None, ((COMING, 29, 0), (DECLINED, 24, 0), (INVITED, 35, 0))),
)  # fmt: skip


def events(n: int, seed: int, today: dt.date, language: str = "de") -> list[SampleEvent]:
    """Eight events around `today`, one still without a day; participants point into the `n` people of that sample."""
    able = _able(n, seed, today, language)
    dice = Dice(seed, "events")
    return [SampleEvent(_card(plan, seed, today, language), _participants(plan, able, dice, today)) for plan in _PLANS]


def _card(plan: _Plan, seed: int, today: dt.date, language: str) -> EventCard:
    title, place, remark = texts(language)["events"][plan.key]
    first = _first_day(plan, today)
    last = first + dt.timedelta(days=plan.days - 1)
    return EventCard(
        uid=identity(seed, plan.key),
        title=title.format(year=first.year),
        starts_on=first.isoformat() if plan.week else "",
        starts_at=plan.starts_at,
        ends_on=last.isoformat() if plan.week else "",
        ends_at=plan.ends_at,
        place=place,
        capacity=plan.capacity,
        remark=remark,
    )


def _first_day(plan: _Plan, today: dt.date) -> dt.date:
    """The plan's Saturday in the year that makes it the next one, or the last one that is over."""
    years = (today.year - 2, today.year - 1, today.year, today.year + 1)
    days = [_saturday(year, plan.month, plan.week) for year in years if year % 2 or not plan.every_other_year]
    if plan.upcoming:
        return min(day for day in days if day >= today)
    return max(day for day in days if day + dt.timedelta(days=plan.days) <= today)


def _saturday(year: int, month: int, week: int) -> dt.date:
    first = dt.date(year, month, 1)
    return first + dt.timedelta(days=(_SATURDAY - first.weekday()) % 7 + 7 * max(0, week - 1))


def _participants(plan: _Plan, able: Sequence[int], dice: Dice, today: dt.date) -> list[Participant]:
    """People by state; when there are fewer people than answers, every state gets its share."""
    wanted = sum(count for _, count, _ in plan.answers)
    share = min(1.0, len(able) / wanted) if wanted else 0.0
    chosen: dict[int, tuple[str, int]] = _answers_of_cast(able) if plan.key == "advent" else {}
    others = iter(_shuffled([index for index in able if index not in chosen], dice))
    for state, count, bringing in plan.answers:
        already = [companions for known, companions in chosen.values() if known == state]
        to_bring = int(bringing * share) - sum(already)
        for place in range(int(count * share) - len(already)):
            index = next(others, None)
            if index is not None:
                chosen[index] = (state, int(place < to_bring))
    event_day = _first_day(plan, today)
    answered = [
        (index, state, companions, "" if state == INVITED else _answered(dice, event_day, today))
        for index, (state, companions) in sorted(chosen.items())
    ]
    since = iter(sorted(day for _, state, _, day in answered if state == WAITLIST))  # they wait in this order
    return [
        (index, state, companions, next(since) if state == WAITLIST else day)
        for index, state, companions, day in answered
    ]


def _answers_of_cast(able: Sequence[int]) -> dict[int, tuple[str, int]]:
    """What the people of the pictures answered to the Advent gathering: state and companions."""
    answers = {}
    for index, member in enumerate(cast()):
        state, _, companions = member.about.partition("+")
        if state in (COMING, INVITED, DECLINED, WAITLIST) and index in able:
            answers[index] = (state, int(companions or 0))
    return answers


def _answered(dice: Dice, event_day: dt.date, today: dt.date) -> str:
    """An answer comes in the weeks before the event, and never after today."""
    latest = min(today, event_day - dt.timedelta(days=3))
    return (latest - dt.timedelta(days=dice.between(0, 24))).isoformat()


def _shuffled(indices: list[int], dice: Dice) -> list[int]:
    return [index for _, index in sorted((dice.roll(), index) for index in indices)]


def _able(n: int, seed: int, today: dt.date, language: str) -> list[int]:
    """The people of the story who can be invited."""
    cards = people(min(n, STORY), seed, today, language)
    return [index for index, card in enumerate(cards) if card.kind == PERSON and not card.deceased]


def notes(n: int, seed: int, today: dt.date, language: str = "de") -> list[tuple[int, str, str]]:
    """Dated notes: index of the contact, ISO date and time (UTC), text; the oldest first."""
    dice, words = Dice(seed, "notes"), texts(language)
    found = []
    for index, card in enumerate(people(min(n, STORY), seed, today, language)):
        if card.deceased or not dice.chance(0.35):
            continue
        for _ in range(dice.pick((1, 1, 1, 2, 3))):
            day = today - dt.timedelta(days=1 + int(dice.roll() ** 2 * 1800))
            at = f"{_working_day(day).isoformat()}T{dice.between(7, 15):02}:{dice.between(0, 59):02}:00+00:00"
            found.append((index, at, dice.pick(words["notes" if card.kind == PERSON else "organisation_notes"])))
    return sorted(found, key=lambda note: (note[1], note[0]))


def mailings(n: int, seed: int, today: dt.date, language: str = "de") -> list[SampleMailing]:
    """Letters of the past: the invitation to the Alumni Week, the thanks at New Year, the last Advent invitation."""
    dice = Dice(seed, "mailings")
    cards = list(people(min(n, STORY), seed, today, language))
    reachable = [index for index, card in enumerate(cards) if _gets_post(card)]
    advent, week = (_first_day(plan, today) for plan in _PLANS if plan.key in ("advent", "week"))
    if advent - _AHEAD > today:
        advent = _saturday(advent.year - 1, 12, 1)
    days = (advent - _AHEAD, dt.date(today.year - 1, 12, 30), week - 2 * _AHEAD)
    kinds = (("invitation", advent.isoformat()), ("donation-thanks", ""), ("invitation", week.isoformat()))
    sent = []
    for subject, day, share, kind in zip(texts(language)["mailings"], days, (0.3, 0.12, 0.4), kinds, strict=True):
        day = _working_day(day)
        recipients = [index for index in reachable if dice.chance(share)]
        sent.append(SampleMailing(subject.format(year=day.year), day.isoformat(), recipients, *kind))
    return sorted(sent, key=lambda mailing: mailing.sent_on)


def _gets_post(card: ContactCard) -> bool:
    address = card.preferred_address
    return bool(address and address.postcode and not card.deceased and not card.no_post)


def _working_day(day: dt.date) -> dt.date:
    return day - dt.timedelta(days=max(0, day.weekday() - 4))
