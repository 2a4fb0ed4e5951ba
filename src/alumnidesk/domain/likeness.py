"""How likely two contacts are one: points for what agrees, points against for what does not, and both in words.

Only a person decides that two records are one person; this says whom to look at and why. Whoever shares a household
shares address, phone number and often the e-mail address, so those count little where the first names differ, and
nothing that agrees outweighs two dates of birth.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from math import log10

from rapidfuzz.distance import OSA, JaroWinkler
from rapidfuzz.fuzz import token_sort_ratio

from alumnidesk.domain.dates import PartialDate
from alumnidesk.domain.phonetics import sound
from alumnidesk.domain.profiles import Names, Profile
from alumnidesk.i18n import Message, say

SURE, SUSPECT = 75, 56
"""From so many points two contacts are surely one (if nothing speaks against it), or worth looking at."""


# Reasons -----------------------------------------------------------------------------------------------------------

SAME_NAME = say("same name")
SIMILAR_NAME = say("similar name")
DIFFERENT_NAME = say("different name")
SAME_BIRTH_DATE = say("same date of birth")
NEARLY_SAME_DATE = say("nearly the same date of birth")
OTHER_BIRTH_DATE = say("different date of birth")
OTHER_BIRTH_YEAR = say("different birth year")
SAME_BIRTH_YEAR = say("same birth year")
SAME_BIRTHDAY = say("same birthday")
OTHER_SUFFIX = say("different name suffix")
GENERATION_APART = say("cohorts a generation apart")
SAME_EMAIL = say("same e-mail address")
SAME_PHONE = say("same phone number")
SAME_STREET = say("same street and town")
SAME_TOWN = say("same town")
DIFFERENT_TOWN = say("different town")
SAME_COURSE = say("same course")
SAME_COHORT = say("same cohort")
SAME_ORGANISATION = say("same organisation")
DIFFERENT_ADDRESS_FORM = say("different form of address")
FORMER_NAME = say("former name")
SWAPPED = say("first and last name swapped")
HALF_A_NAME = say("only one part of the name is known")
SAME_FIRST_NAME = say("same first name")
SIMILAR_FIRST_NAME = say("similar first name")
DIFFERENT_LAST_NAME = say("different last name")
DIFFERENT_FIRST_NAME = say("different first name")
MAY_BE_TWO_NAMES = say("first names that differ only in the end")


# Comparing ---------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Likeness:
    """How alike two contacts are, and why."""

    score: int
    """0 to 100."""
    sure: bool
    reasons: tuple[Message, ...]
    against: tuple[Message, ...]


class _Sum:
    """Points and reasons while two contacts are compared."""

    def __init__(self) -> None:
        self.points = 0.0
        self.reasons: list[Message] = []
        self.against: list[Message] = []
        self.severe = False
        """Something speaks so much against it that only a person can tell."""

    def add(self, points: float, reason: Message) -> None:
        self.points += points
        self.reasons.append(reason)

    def less(self, points: float, reason: Message, *, severe: bool = False) -> None:
        self.points -= points
        self.against.append(reason)
        self.severe = self.severe or severe

    def likeness(self) -> Likeness:
        score = max(0, min(100, round(self.points)))
        return Likeness(score, score >= SURE and not self.severe, tuple(self.reasons), tuple(self.against))


def compare(one: Profile, other: Profile, names: Names) -> Likeness:
    """How alike two contacts are; a person and an organisation are never one."""
    if bool(one.organisation) is not bool(other.organisation):
        return Likeness(0, False, (), ())
    if other.id < one.id:
        one, other = other, one  # a slip in a crossed name counts by its box: both ways of asking agree
    found = _Sum()
    household = 1.0
    if one.organisation:
        _organisation(found, one, other)
    else:
        household = _name(found, one, other, names)
        _birth_dates(found, one.birth, other.birth)
        _generations(found, one, other)
    _reach(found, one, other, names, household)
    _where(found, one, other, household)
    if not one.organisation:
        _belonging(found, one, other)
    return found.likeness()


def _organisation(found: _Sum, one: Profile, other: Profile) -> None:
    if one.organisation == other.organisation:
        found.add(45, SAME_NAME)
    elif (alike := token_sort_ratio(one.organisation, other.organisation)) >= 88:
        found.add(30, SIMILAR_NAME)
    else:
        found.less(10 if alike > 60 else 25, DIFFERENT_NAME, severe=True)


# Names of people ---------------------------------------------------------------------------------------------------

SAME, ALIKE, OTHER, UNKNOWN = range(4)


def _name(found: _Sum, one: Profile, other: Profile, names: Names) -> float:
    """Points for the name; returns how much weight what a household shares has."""
    given = _same_given(one, other, names)
    if given in (OTHER, UNKNOWN) and _may_be_crossed(one, other):
        crossed = _crossed(other)
        if (crosswise := _same_given(one, crossed, names)) in (SAME, ALIKE):
            found.add(0, SWAPPED)
            given, other = crosswise, crossed
    family = _same_family(one.family, other.family, names)
    if one.gender and other.gender and one.gender != other.gender:
        found.less(15, DIFFERENT_ADDRESS_FORM, severe=given is not SAME)
    if UNKNOWN in (given, family):
        found.add(18 if SAME in (given, family) else 5, HALF_A_NAME)
    elif given is OTHER:
        found.less(25 if family is not OTHER else 45, DIFFERENT_FIRST_NAME, severe=True)
        return 0.5
    elif family is SAME is given:
        found.add(_of_full_name(one.given, one.family, names), SAME_NAME)
    elif family is not SAME and one.families & other.families:
        found.add(40 if given is SAME else 28, FORMER_NAME)
    elif family is not OTHER:
        found.add(40 if given is SAME else 34 if family is SAME else 28, SIMILAR_NAME)
    else:
        found.add(12 if given is SAME else 6, SAME_FIRST_NAME if given is SAME else SIMILAR_FIRST_NAME)
        found.less(0, DIFFERENT_LAST_NAME, severe=given is ALIKE or not _married(one, other))
    if given is ALIKE and _differ_in_the_end(one.given, other.given):
        found.less(0, MAY_BE_TWO_NAMES, severe=True)
    return 1.0


def _may_be_crossed(one: Profile, other: Profile) -> bool:
    return one.given in other.families or other.given in one.families or _slip(one.given, other.family)


def _crossed(one: Profile) -> Profile:
    """Somebody whose first and last name stand in each other's place."""
    families = {one.given, *(one.families - {one.family})}
    return replace(
        one, given=one.family, family=one.given, givens=frozenset([one.family]), families=frozenset(families)
    )


def _of_full_name(given: str, family: str, names: Names) -> float:
    """A rare name says more than a common one."""
    return 42 - max(-16.0, min(4.0, 8 * log10(names.namesakes(given, family))))


def _same_given(one: Profile, other: Profile, names: Names) -> int:
    if not one.given or not other.given:
        return UNKNOWN
    if one.given == other.given or one.given in other.givens or other.given in one.givens:
        return SAME
    short, long = sorted((one.given, other.given), key=len)
    if len(short) == 1:
        return ALIKE if long.startswith(short) else OTHER
    if _variant(short, long) or _short_form(short, long):
        return ALIKE
    if not names.two_names(one.given, other.given, names.given) and _slip(short, long):
        return ALIKE
    return OTHER


def _same_family(one: str, other: str, names: Names) -> int:
    if not one or not other:
        return UNKNOWN
    if one == other:
        return SAME
    if sound(one) == sound(other) and JaroWinkler.similarity(one, other) >= 0.8:
        return ALIKE
    if _slip(one, other) and not names.two_names(one, other, names.family):
        return ALIKE
    return OTHER


def _slip(one: str, other: str) -> bool:
    """Whether one is the other with a letter or two mistyped, left out or exchanged."""
    shorter = min(len(one), len(other))
    allowed = 2 if shorter > 5 else 1 if shorter > 3 or sorted(one) == sorted(other) else 0
    return OSA.distance(one, other, score_cutoff=allowed) <= allowed


def _variant(one: str, other: str) -> bool:
    """Stefan and Stephan, but not Martin and Martina: the sound, and what the name ends in."""
    return (
        sound(one) == sound(other)
        and one.rstrip("h")[-1:] == other.rstrip("h")[-1:]
        and JaroWinkler.similarity(one, other) >= 0.8
    )


def _short_form(short: str, long: str) -> bool:
    """Max for Maximilian, Kathi for Katharina."""
    stem = short.rstrip("iy")
    return len(stem) >= 3 and long.startswith(stem) and len(long) - len(stem) >= 3


def _differ_in_the_end(one: str, other: str) -> bool:
    """Jan and Jana, Maria and Marie, Julia and Julian: brother and sister as often as a slip of the pen."""
    short, long = sorted((one, other), key=len)
    return len(short) > 1 and long[: len(short) - 1] == short[:-1] and len(long) - len(short) <= 2


def _married(one: Profile, other: Profile) -> bool:
    """Whether another last name can only be a new one: the same day of birth, or all that only one person has."""
    if one.birth == other.birth and one.birth.year and one.birth.day:
        return True
    reached = bool(one.emails & other.emails) + bool(one.phones & other.phones)
    home = {place for place in one.places if place.street} & set(other.places)
    return reached + bool(home) >= 2 and bool(one.emails & other.emails)


# Age ---------------------------------------------------------------------------------------------------------------


def _birth_dates(found: _Sum, one: PartialDate, other: PartialDate) -> None:
    years, days = bool(one.year and other.year), bool(one.day and other.day)
    if years and days:
        if one == other:
            found.add(35, SAME_BIRTH_DATE)
        elif _nearly(one, other):
            found.add(12, NEARLY_SAME_DATE)
        elif one.year == other.year:
            found.less(30, OTHER_BIRTH_DATE, severe=True)
        else:
            found.less(45, OTHER_BIRTH_YEAR, severe=True)
    elif years:
        if one.year != other.year:
            found.less(45, OTHER_BIRTH_YEAR, severe=True)
        elif one.month and other.month and one.month != other.month:
            found.less(30, OTHER_BIRTH_DATE, severe=True)
        else:
            found.add(16, SAME_BIRTH_YEAR)
    elif days:
        if one[1:] == other[1:]:
            found.add(25, SAME_BIRTHDAY)
        else:
            found.less(30, OTHER_BIRTH_DATE, severe=True)


def _nearly(one: PartialDate, other: PartialDate) -> bool:
    """Day and month exchanged, or a single figure mistyped that makes no other generation."""
    if one.year == other.year and (one.month, one.day) == (other.day, other.month):
        return True
    return abs(one.year - other.year) <= 10 and OSA.distance(str(one), str(other), score_cutoff=1) == 1


_GENERATION = 18


def _generations(found: _Sum, one: Profile, other: Profile) -> None:
    """Father and son can have one name: what is added to it, or the years of their courses, tells them apart."""
    if one.suffix != other.suffix:
        found.less(30 if one.suffix and other.suffix else 10, OTHER_SUFFIX, severe=True)
    mine, theirs = one.years, other.years
    if mine and theirs and min(abs(a - b) for a in mine for b in theirs) >= _GENERATION:
        known = one.birth == other.birth and one.birth.day
        if not known:
            found.less(10, GENERATION_APART, severe=True)


# What people share -------------------------------------------------------------------------------------------------


def _reach(found: _Sum, one: Profile, other: Profile, names: Names, household: float) -> None:
    if emails := one.emails & other.emails:
        shared = min(names.reach[address] for address in emails)
        found.add((40 if shared <= 3 else 8) * household, SAME_EMAIL)
    if phones := one.phones & other.phones:
        shared = min(names.reach[number] for number in phones)
        found.add((38 if shared <= 5 else 8) * household, SAME_PHONE)


def _where(found: _Sum, one: Profile, other: Profile, household: float) -> None:
    best = 0
    for here in one.places:
        for there in other.places:
            towns = here.town == there.town or (here.postcode == there.postcode and here.postcode)
            if not towns:
                continue
            best = max(best, 2 if here.street and here.street == there.street else 1)
    if best == 2:
        found.add(37 * household, SAME_STREET)
    elif best:
        found.add(6 * household, SAME_TOWN)
    elif any(p.town for p in one.places) and any(p.town for p in other.places):
        found.less(2, DIFFERENT_TOWN)


def _belonging(found: _Sum, one: Profile, other: Profile) -> None:
    if one.courses & other.courses:
        found.add(18, SAME_COURSE)
    elif one.years & other.years:
        found.add(6, SAME_COHORT)
    if one.employer and one.employer == other.employer:
        found.add(8, SAME_ORGANISATION)
