"""The word lists behind the sample association, read once from ``resources/reference/sample``."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import chain, repeat
from pathlib import Path
from typing import Any

from alumnidesk.places import bundled

FEMALE, MALE = "f", "m"


@dataclass(frozen=True, slots=True)
class Generation:
    """First names of the people born up to a year."""

    born_until: int
    given: Mapping[str, Sequence[str]]
    """Names by form of address (``f``, ``m``), frequent ones first."""


@dataclass(frozen=True, slots=True)
class Culture:
    """Where somebody's name comes from; where such people live; which language one writes to them."""

    code: str
    language: str
    lives: Sequence[str]
    """Country codes, each as often as it is likely."""
    generations: Sequence[Generation]
    families: Mapping[str, Sequence[str]]
    middle: Sequence[str]
    """The middle name for women and men, where everybody has one."""
    particles: Mapping[str, str]
    """What stands before some of the family names."""


@dataclass(frozen=True, slots=True)
class Town:
    name: str
    postcodes: Sequence[str]
    region: str
    streets: Sequence[str]
    phone: str
    """A pattern of landline numbers, ``#`` for a digit; empty: only mobile phones."""


@dataclass(frozen=True, slots=True)
class Country:
    """What addresses and numbers of a country look like."""

    code: str
    towns: Sequence[Town]
    """Each as often as it is likely."""
    number_first: bool
    """Whether the house number stands before the street."""
    flat: Sequence[str]
    mobile: Sequence[str]
    mail: Sequence[str]


@dataclass(frozen=True, slots=True)
class Member:
    """A person of the pictures and the handbook: always there, whatever the seed."""

    given: str
    family: str
    gender: str
    town: str
    cohort: int
    tags: Sequence[str]
    about: str


@lru_cache(maxsize=1)
def cultures() -> Sequence[Culture]:
    """All cultures, each as often as it is likely (per thousand)."""
    named = _json("names.json")
    return tuple(chain.from_iterable(repeat(_culture(code, raw), raw["weight"]) for code, raw in named.items()))


def _culture(code: str, raw: Mapping[str, Any]) -> Culture:
    families = raw["families"].split()
    return Culture(
        code=code,
        language=raw["language"],
        lives=tuple(chain.from_iterable(repeat(country, weight) for country, weight in raw["lives"].items())),
        generations=tuple(
            Generation(until, {FEMALE: tuple(female.split()), MALE: tuple(male.split())})
            for until, female, male in raw["generations"]
        ),
        families={
            FEMALE: tuple(_feminine(family, raw.get("feminine", "")) for family in families),
            MALE: tuple(families),
        },
        middle=tuple(raw.get("middle", ())),
        particles=raw.get("particles", {}),
    )


_FEMININE = {
    "pl": (("ski", "ska"), ("cki", "cka")),
    "ru": (("ов", "ова"), ("ев", "ева"), ("ин", "ина")),
    "el": (("όπουλος", "οπούλου"), ("ιάννης", "ιάννη")),
}


def _feminine(family: str, language: str) -> str:
    """The family name as women bear it, in the languages that make a difference."""
    for male, female in _FEMININE.get(language, ()):
        if family.endswith(male):
            return family.removesuffix(male) + female
    return family


@lru_cache(maxsize=1)
def countries() -> Mapping[str, Country]:
    """The countries by code."""
    raw = _json("countries.json")
    towns: dict[str, list[Town]] = {code: [] for code in raw}
    for code, weight, name, postcodes, region, phone in _table("places.tsv"):
        streets = raw[code]["streets"].split("|")
        for start, local in raw[code].get("local_streets", {}).items():
            if postcodes.startswith(start):
                streets += local.split("|")
        towns[code] += [Town(name, tuple(postcodes.split(",")), region, tuple(streets), phone)] * int(weight)
    return {
        code: Country(
            code=code,
            towns=tuple(towns[code]),
            number_first=country["number_first"],
            flat=tuple(country["flat"]),
            mobile=tuple(country["mobile"]),
            mail=tuple(country["mail"]),
        )
        for code, country in raw.items()
    }


@lru_cache(maxsize=1)
def cast() -> Sequence[Member]:
    """The people whom the pictures show, in the order in which they come."""
    return tuple(
        Member(given, family, gender, town, int(cohort), tuple(tags.split()), about)
        for given, family, gender, town, cohort, tags, about in _table("cast.tsv")
    )


@lru_cache(maxsize=1)
def organisations() -> Mapping[str, Any]:
    """Kinds of organisations with the patterns of their names."""
    data: Mapping[str, Any] = _json("organisations.json")
    return data


@lru_cache(maxsize=4)
def texts(language: str) -> Mapping[str, Any]:
    """What the association itself has written (tags, courses, remarks …) in ``de``, ``en`` or ``sv``."""
    data: Mapping[str, Any] = _json(f"{language}.json")
    return data


def picture(name: str) -> bytes:
    """A picture file of the sample: the association's leaf, drawn for it."""
    return (_folder() / name).read_bytes()


def _folder() -> Path:
    return bundled("resources") / "reference" / "sample"


def _json(name: str) -> Any:
    return json.loads((_folder() / name).read_text(encoding="utf-8"))


def _table(name: str) -> list[list[str]]:
    """The rows of a tab-separated file below its heading."""
    text = (_folder() / name).read_text(encoding="utf-8")
    return [line.split("\t") for line in text.splitlines()[1:]]
