"""Finding contacts that may be one person or organisation, without comparing everybody with everybody.

Only contacts that share something are compared: an e-mail address, a phone number, a household, a date of birth, the
sound of a name in either order, or the ends of a name that somebody has mistyped.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence, Sized
from dataclasses import dataclass
from itertools import combinations
from typing import TypeVar

from alumnidesk.domain.likeness import SUSPECT, compare
from alumnidesk.domain.phonetics import sound
from alumnidesk.domain.profiles import Names, Profile
from alumnidesk.i18n import Message, say
from alumnidesk.progress import Progress

T = TypeVar("T")

MANY = 40
"""A larger block says too little by itself (everybody called Anna Müller): who shares more in it is compared."""


@dataclass(frozen=True, slots=True)
class Suspect:
    """Two contacts that may be one."""

    first: int
    second: int
    """Ids of the contacts, the lower one first."""
    score: int
    """0 to 100."""
    sure: bool
    """Enough agrees and nothing speaks against it."""
    reasons: tuple[Message, ...]
    against: tuple[Message, ...]


def suspects(profiles: Sequence[Profile], progress: Progress | None = None) -> list[Suspect]:
    """All pairs worth looking at, the surest first. Raises Cancelled."""
    progress = progress or Progress()
    progress.begin(say("Looking for contacts that resemble each other …"), 2 * len(profiles))
    names = Names.of(progress.each(profiles, 512))
    pairs = candidates(profiles, progress)
    progress.begin(say("Comparing {n} pairs …", n=len(pairs)), len(pairs))
    found: list[Suspect] = []
    for pair in progress.each(_emptied(pairs, pairs.pop), 512):
        one, other = (profiles[place] for place in divmod(pair, len(profiles)))
        likeness = compare(one, other, names)
        if likeness.score >= SUSPECT:
            first, second = sorted((one.id, other.id))
            found.append(Suspect(first, second, likeness.score, likeness.sure, likeness.reasons, likeness.against))
    found.sort(key=lambda pair: (not pair.sure, -pair.score, pair.first, pair.second))
    return found


def candidates(profiles: Sequence[Profile], progress: Progress) -> set[int]:
    """Pairs that share a block, each as one number: place in `profiles` times their number, plus the other's place."""
    blocks: defaultdict[tuple[str, ...], list[int]] = defaultdict(list)
    for place, each in progress.each(enumerate(profiles), 512):
        for key in set(_keys(each)):
            blocks[key].append(place)
    total = len(profiles)
    pairs: set[int] = set()
    for _, block in progress.each(_emptied(blocks, blocks.popitem), 1024):
        for group in (block,) if len(block) <= MANY else _divided(profiles, block):
            pairs.update(a * total + b for a, b in combinations(group, 2))
    return pairs


def _emptied(things: Sized, take: Callable[[], T]) -> Iterator[T]:
    """The things one by one, each let go at once: a million that are freed together stop every other thread."""
    while things:
        yield take()


def _divided(profiles: Sequence[Profile], block: Iterable[int]) -> Iterator[list[int]]:
    """Those of a large block who share something more."""
    parts: defaultdict[tuple[str, object], list[int]] = defaultdict(list)
    for place in block:
        each = profiles[place]
        for detail in {("year", year) for year in each.years} | {("town", p.postcode or p.town) for p in each.places}:
            parts[detail].append(place)
        if each.birth.year:
            parts["born", each.birth.year].append(place)
        parts["name", each.given + " " + each.family].append(place)
    yield from (part for part in parts.values() if 1 < len(part) <= MANY)


def _keys(one: Profile) -> Iterator[tuple[str, ...]]:
    """The blocks in which a contact is compared."""
    for address in one.emails:
        yield ("e-mail", address)
    for number in one.phones:
        yield ("phone", number)
    if one.organisation:
        yield from _keys_of_organisation(one)
        return
    for place in one.places:
        if place.street:
            yield ("home", place.street, place.postcode or place.town)
    if one.birth.day:
        yield ("born", str(one.birth))
    for family in one.families:
        for given in one.givens or {""}:
            yield ("sound", *sorted((sound(given), sound(family))))
    if one.given and one.family:
        yield ("ends of the last name", one.given, one.family[:2], one.family[-2:])
        yield ("ends of the first name", one.family, one.given[:1], one.given[-1:])


def _keys_of_organisation(one: Profile) -> Iterator[tuple[str, ...]]:
    parts = one.organisation.split()
    yield ("name", one.organisation)
    yield ("words", " ".join(sorted(parts)[:2]))
    yield ("name sounds", *sorted(sound(part) for part in parts))
    for place in one.places:
        yield ("home", place.street, place.postcode or place.town)
        yield ("first word and town", sound(parts[0]), place.postcode or place.town)
