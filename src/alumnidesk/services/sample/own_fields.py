"""What the Lindenhof wants to know of its people beside the usual, and how it sorts its tags."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from types import MappingProxyType
from typing import NamedTuple

from alumnidesk.domain.cards import PERSON, ContactCard, OwnValue
from alumnidesk.domain.own_fields import OwnKind
from alumnidesk.services.sample.dice import Dice
from alumnidesk.services.sample.words import texts


class SampleField(NamedTuple):
    """One own field, and how many of the people have something in it."""

    name: str
    kind: OwnKind
    values: tuple[str, ...]
    """What stands in it; for a choice all that can be chosen."""
    share: float


_FIELDS: Mapping[str, tuple[SampleField, ...]] = MappingProxyType(
    {
        "de": (
            SampleField("Ernährung", OwnKind.CHOICE, ("isst alles", "vegetarisch", "vegan"), 0.3),
            SampleField("Braucht", OwnKind.TEXT, ("Zimmer im Erdgeschoss", "Platz in der ersten Reihe"), 0.04),
            SampleField("Kann übernachten", OwnKind.YES_NO, ("1", "0"), 0.15),
        ),
        "en": (
            SampleField("Diet", OwnKind.CHOICE, ("eats everything", "vegetarian", "vegan"), 0.3),
            SampleField("Needs", OwnKind.TEXT, ("a room on the ground floor", "a seat in the first row"), 0.04),
            SampleField("Can stay overnight", OwnKind.YES_NO, ("1", "0"), 0.15),
        ),
        "sv": (
            SampleField("Kost", OwnKind.CHOICE, ("äter allt", "vegetariskt", "veganskt"), 0.3),
            SampleField("Behöver", OwnKind.TEXT, ("rum på bottenvåningen", "plats på första raden"), 0.04),
            SampleField("Kan övernatta", OwnKind.YES_NO, ("1", "0"), 0.15),
        ),
    }
)
_GROUP = MappingProxyType({"de": "Macht mit als", "en": "Takes part as", "sv": "Är med som"})
_TAGS = ("helper", "mentor", "speaker", "ambassador")


def own_fields(language: str) -> tuple[SampleField, ...]:
    """The own fields of the association, in their order."""
    return _FIELDS[language]


def filled_in(people: Sequence[ContactCard], seed: int, language: str) -> list[ContactCard]:
    """The same people, with what the office knows of them in the own fields."""
    dice = Dice(seed, "own fields")
    return [replace(card, own=_values(dice, language)) if card.kind == PERSON else card for card in people]


def _values(dice: Dice, language: str) -> tuple[OwnValue, ...]:
    return tuple(
        OwnValue(field.name, dice.often(field.values)) for field in _FIELDS[language] if dice.chance(field.share)
    )


def tag_group(language: str) -> tuple[str, tuple[str, ...]]:
    """The name of a group of tags, and the tags in it."""
    names = texts(language)["tags"]
    return _GROUP[language], tuple(names[key] for key in _TAGS)
