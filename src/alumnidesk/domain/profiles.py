"""What is known of a contact, folded once to be compared with many others, and how common its name is."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

from alumnidesk.domain import dates
from alumnidesk.domain.cards import ORGANISATION, ContactCard
from alumnidesk.domain.dates import PartialDate
from alumnidesk.domain.folding import words
from alumnidesk.domain.phones import search_forms


class Place(NamedTuple):
    """Where somebody lives, folded; the street with its number."""

    street: str
    postcode: str
    town: str


@dataclass(frozen=True, slots=True, eq=False)
class Profile:
    """What is known of one contact, folded once to be compared with many."""

    id: int
    organisation: str
    """The name of an organisation without its legal form; empty for a person."""
    given: str
    family: str
    """With its particle, in one word."""
    givens: frozenset[str]
    """Every name that somebody is called by."""
    families: frozenset[str]
    """The family name, those of earlier years, and the halves of a double name."""
    suffix: str
    gender: str
    birth: PartialDate
    emails: frozenset[str]
    phones: frozenset[str]
    places: tuple[Place, ...]
    courses: frozenset[tuple[str, int]]
    """Folded programme and year of the cohort."""
    years: frozenset[int]
    """The cohorts."""
    employer: str


_LEGAL_FORMS = frozenset(
    ["ev", "e", "v", "gmbh", "ggmbh", "mbh", "ag", "kg", "ohg", "gbr", "ug", "eg", "se", "co", "und", "u", "ab", "as",
     "aps", "ltd", "inc", "the", "der", "die", "das"]
)  # fmt: skip


@lru_cache(maxsize=65536)
def _joined(text: str) -> str:
    return "".join(words(text))


@lru_cache(maxsize=65536)
def _street(street: str, number: str) -> str:
    return _joined(f"{street} {number}").replace("strasse", "str").replace("gatan", "g").replace("vagen", "v")


@lru_cache(maxsize=16384)
def _firm(name: str) -> str:
    known = words(name)
    return " ".join([word for word in known if word not in _LEGAL_FORMS] or known)


def _birth(stored: str) -> PartialDate:
    try:
        return dates.split(stored) if stored else PartialDate()
    except ValueError:
        return PartialDate()


def _number(number: str) -> str:
    """A phone number as it is dialled within its country; what is too short says nothing."""
    forms = search_forms(number) if "E+" not in number else []  # so Excel shows what it has eaten
    return forms[-1] if forms and len(forms[-1]) > 5 else ""


def profile(
    number: int,
    kind: str,
    *,
    given_name: str = "",
    additional_names: str = "",
    call_name: str = "",
    name_particle: str = "",
    family_name: str = "",
    birth_name: str = "",
    former_names: str = "",
    suffix: str = "",
    gender_form: str = "",
    organisation: str = "",
    birth_date: str = "",
    emails: Iterable[str] = (),
    phones: Iterable[str] = (),
    addresses: Iterable[tuple[str, str, str, str]] = (),
    courses: Sequence[tuple[str, int]] = (),
) -> Profile:
    """What is known of a contact, ready to be compared. `addresses` are street, number, postcode and town."""
    named = bool(given_name or family_name or call_name)
    firm = bool(organisation) and (kind == ORGANISATION or not named)
    particle, family = _joined(name_particle), _joined(family_name)
    halves = [_joined(half) for half in family_name.split("-")] if "-" in family_name else []
    former = [_joined(name) for name in (birth_name, *former_names.split(","))] if birth_name or former_names else []
    called = [*words(given_name), *words(additional_names), _joined(call_name), _joined(given_name)]
    return Profile(
        id=number,
        organisation=_firm(organisation) if firm else "",
        given="" if firm else _joined(given_name or call_name),
        family="" if firm else particle + family,
        givens=frozenset() if firm else frozenset(filter(None, called)),
        families=frozenset() if firm else frozenset(filter(None, (particle + family, family, *halves, *former))),
        suffix=_joined(suffix),
        gender=gender_form,
        birth=_birth(birth_date),
        emails=frozenset(address.strip().lower() for address in emails if "@" in address),
        phones=frozenset(filter(None, map(_number, phones))),
        places=tuple(
            Place(_street(street, house), _joined(postcode), _joined(town))
            for street, house, postcode, town in addresses
            if street or town
        ),
        courses=frozenset((_joined(programme), year) for programme, year in courses if programme and year),
        years=frozenset(year for _, year in courses if year),
        employer="" if firm else _firm(organisation) if organisation else "",
    )


def profile_of(card: ContactCard) -> Profile:
    """The profile of a card, as it is entered or imported."""
    return profile(
        card.id or 0,
        card.kind,
        given_name=card.given_name,
        additional_names=card.additional_names,
        call_name=card.call_name,
        name_particle=card.name_particle,
        family_name=card.family_name,
        birth_name=card.birth_name,
        former_names=card.former_names,
        suffix=card.suffix,
        gender_form=card.gender_form,
        organisation=card.organisation,
        birth_date=card.birth_date,
        emails=[email.address for email in card.emails],
        phones=[phone.number for phone in card.phones],
        addresses=[(a.street, a.house_number, a.postcode, a.town) for a in card.addresses],
        courses=[(role.programme, role.cohort_to or role.cohort_from or 0) for role in card.affiliations],
    )


# How common names are ----------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Names:
    """How many contacts have which name: a rare name says more than a common one."""

    total: int
    given: Counter[str]
    family: Counter[str]
    reach: Counter[str]
    """E-mail addresses and phone numbers, by how many contacts share them."""

    @classmethod
    def of(cls, profiles: Iterable[Profile]) -> Names:
        """Count names, addresses and numbers."""
        found = cls(0, Counter(), Counter(), Counter())
        total = 0
        for each in profiles:
            total += 1
            found.given[each.given] += 1
            found.family[each.family] += 1
            found.reach.update(each.emails)
            found.reach.update(each.phones)
        return cls(total, found.given, found.family, found.reach)

    def namesakes(self, given: str, family: str) -> float:
        """How many contacts one expects to have this name by chance; in a small register hardly anybody."""
        return max(self.given[given], 1) * max(self.family[family], 1) / max(self.total, _LARGE)

    def two_names(self, one: str, other: str, counted: Counter[str]) -> bool:
        """Whether both are names in their own right: a slip of the pen is rarer than a name."""
        return min(counted[one], counted[other]) >= _A_NAME


_A_NAME = 4
_LARGE = 10_000
