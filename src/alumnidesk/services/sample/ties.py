"""Who of the invented people belongs to whom: a household, two who could be one, and relationships.

Only people of the pictures take part, so that every sample of some size has them.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from alumnidesk.domain.cards import ORGANISATION, ContactCard
from alumnidesk.services.sample.words import texts

_HOUSEHOLD = ("Ute Oldenburg", "Henrik Holm")
_LIVE_TOGETHER = (_HOUSEHOLD, ("Anna Müller", "Frank Müller"))
"""The second one has the address of the first."""
_RELATED = (
    ("Anna Müller", "Frank Müller", "spouse", "2004-06-12"),
    ("Henrik Holm", "Ute Oldenburg", "partner", "2011"),
    ("Ulrich Wolf", "Sarah Wolf", "parent", ""),
    ("Ute Nissen", "Lasse Nissen", "parent", ""),
    ("Ruth Petersen", "Jonas Feldkamp", "mentor", "2019-03"),
    ("Jan Thomsen", "Greta Boysen", "mentor", "2021-09"),
    ("Bernd Müller", "Ulrich Wolf", "knows", ""),
)
_CONTACT_PERSONS = ("Lena Brandt", "Doris Clausen")


@dataclass(frozen=True, slots=True)
class SampleRelation:
    """The one at the first place is the `kind` of the one at the second."""

    first: int
    second: int
    kind: str
    began: str
    position: str = ""
    """At the organisation."""


def with_shared_addresses(people: Sequence[ContactCard]) -> list[ContactCard]:
    """The people; who lives together has one address."""
    found, places = list(people), _places(people)
    for one, other in _LIVE_TOGETHER:
        if one in places and other in places:
            addresses = found[places[one]].addresses[:1]
            found[places[other]] = replace(found[places[other]], addresses=addresses)
    return found


def household(people: Sequence[ContactCard]) -> tuple[int, ...]:
    """The places of those who are a household; empty in a very small sample."""
    places = _places(people)
    return tuple(places[name] for name in _HOUSEHOLD) if places.keys() >= set(_HOUSEHOLD) else ()


def relationships(people: Sequence[ContactCard], language: str) -> list[SampleRelation]:
    """Who is what to whom."""
    places = _places(people)
    found = [
        SampleRelation(places[one], places[other], kind, began)
        for one, other, kind, began in _RELATED
        if one in places and other in places
    ]
    organisations = [place for place, card in enumerate(people) if card.kind == ORGANISATION]
    persons = [places[name] for name in _CONTACT_PERSONS if name in places]
    positions = texts(language)["employed"]["partner"]["contacts"]
    found += [
        SampleRelation(person, organisation, "contact_person", "2020-01", position)
        for person, organisation, position in zip(persons, organisations, positions, strict=False)
    ]
    return found


def _places(people: Sequence[ContactCard]) -> dict[str, int]:
    """Where in the sample somebody stands; the first one of a name counts."""
    return {card.name: place for place, card in reversed(list(enumerate(people[:60])))}
