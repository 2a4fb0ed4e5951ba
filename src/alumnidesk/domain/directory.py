"""A printed directory: who stands in it, with what, under which heading. Only what each person has agreed to show.

Who has not agreed to the purpose “Printed directory” is left out. Of those who have, a detail is shown only if nothing
speaks against its channel: a number of somebody who wants no phone calls is nobody else's business either, and where an
association asks about e-mail or phone in the directory apart, that answer decides about it. A photo needs a yes to the
purpose “Photos” as well.
"""

from __future__ import annotations

import datetime as dt
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from types import MappingProxyType

from alumnidesk.domain.addresses import Country, country_code, place_lines, written_postcode
from alumnidesk.domain.association import Association
from alumnidesk.domain.cards import ORGANISATION, Affiliation, ContactCard
from alumnidesk.domain.consent import EMAIL, NOT_ASKED, PHONE, POST, PRINT, Barrier, Purpose, Rule, barrier
from alumnidesk.domain.consent import situation as situation_of
from alumnidesk.domain.days import date_words
from alumnidesk.domain.folding import fold
from alumnidesk.domain.recipients import Remark, by_name
from alumnidesk.domain.salutations import tidy
from alumnidesk.domain.units import name_of
from alumnidesk.i18n import Language, Message, say
from alumnidesk.progress import Progress

NAME, COHORT, PROGRAMME, PROFESSION, COUNTRY, POSTCODE, TOWN = (
    "name", "cohort", "programme", "profession", "country", "postcode", "town",
)  # fmt: skip
ORDERS: Mapping[str, Message] = MappingProxyType(
    {
        NAME: say("Name"),
        COHORT: say("Cohort"),
        PROGRAMME: say("Programme"),
        PROFESSION: say("Profession"),
        COUNTRY: say("Country"),
        POSTCODE: say("Postcode area"),
        TOWN: say("Town"),
    }
)
"""By what the entries can stand together."""
BIRTH_NAME, ADDRESS, PHONES, EMAILS, COHORTS, WORK, PHOTO = (
    "birth_name", "address", "phone", "email", "cohort", "work", "photo",
)  # fmt: skip
DETAILS: Mapping[str, Message] = MappingProxyType(
    {
        BIRTH_NAME: say("Birth name"),
        ADDRESS: say("Address"),
        PHONES: say("Phone"),
        EMAILS: say("E-mail"),
        COHORTS: say("Cohort and programme"),
        WORK: say("Profession and employer"),
        PHOTO: say("Photo"),
    }
)
"""What can stand in an entry below the name, in this order."""
USUAL = frozenset({BIRTH_NAME, ADDRESS, COHORTS})
"""What the usual wording of the consent names, and what classmates know each other by."""
CHANNELS: Mapping[str, str] = MappingProxyType({ADDRESS: POST, PHONES: PHONE, EMAILS: EMAIL})
"""The details that lead to somebody, and the channel they are of."""
_NOWHERE: Mapping[str, Message] = MappingProxyType(
    {
        COHORT: say("Without a cohort"),
        PROGRAMME: say("Without a programme"),
        PROFESSION: say("Without a profession"),
        COUNTRY: say("Without an address"),
        POSTCODE: say("Without an address"),
        TOWN: say("Without an address"),
    }
)
"""The heading of those who have nothing to stand under."""
_FAX = frozenset({"fax"})
_AREA = 2
"""So many signs of a postcode name the area."""


@dataclass(frozen=True, slots=True)
class DirectoryStyle:
    """What somebody wants the directory to be."""

    title: str = ""
    """Empty: “Directory”."""
    note: str = ""
    """The line at the foot of each page; empty: “For members only”."""
    order: str = NAME
    """One of `ORDERS`."""
    details: frozenset[str] = USUAL
    """Of `DETAILS`."""
    columns: int = 2


@dataclass(frozen=True, slots=True)
class Agreed:
    """What people have answered about the directory."""

    directory: Purpose
    photos: Purpose
    answers: Mapping[tuple[int, str, str], str] = field(default_factory=dict)
    """The newest ones, by contact, key of the purpose, and channel."""

    def against(self, card: ContactCard, purpose: Purpose, channel: str) -> Barrier | None:
        """What stands against showing somebody, or something of them."""
        answer = self.answers.get((card.id or 0, purpose.key, channel), NOT_ASKED)
        if channel != PRINT and channel not in purpose.asked:  # what is not asked apart goes with the rest
            purpose = replace(purpose, rules={**purpose.rules, channel: Rule.UNLESS_NO})
        return barrier(situation_of(card), purpose, channel, answer)


@dataclass(frozen=True, slots=True)
class Entry:
    """One person, or one organisation."""

    contact: int
    name: str
    """As one looks it up: ``Müller, Dr. Anna``."""
    lines: tuple[str, ...]
    photo: str
    """Key of the stored picture, or empty."""


@dataclass(frozen=True, slots=True)
class Chapter:
    """The entries under one heading, by name."""

    heading: str
    entries: tuple[Entry, ...]


@dataclass(frozen=True, slots=True)
class DirectoryPlan:
    """A whole directory, every word final."""

    title: str
    note: str
    day: str
    """The day on which this was so, in words."""
    language: str
    columns: int
    by_name: bool
    """Whether it needs no index of names."""
    chapters: tuple[Chapter, ...]
    people: int
    """Somebody of two cohorts stands under both, and is counted once."""
    left_out: tuple[Remark, ...] = ()
    """By name."""
    looks: tuple[Remark, ...] = ()
    """What an entry lacks, by name."""
    remarks: tuple[Message, ...] = ()
    """What one should know of the whole."""


def plan_directory(
    contacts: Iterable[ContactCard],
    style: DirectoryStyle,
    agreed: Agreed,
    association: Association,
    *,
    today: dt.date,
    lacking: Callable[[str], str] = lambda text: "",
    progress: Progress | None = None,
) -> DirectoryPlan:
    """The directory of those of `contacts` who have agreed to stand in it, in the language of the association.

    `lacking` tells which characters of a text the font cannot print. Raises `Cancelled` when the person stops it.
    """
    writer = _Writer(style, agreed, association, lacking)
    chapters: dict[tuple[tuple[object, ...], str], list[tuple[str, Entry]]] = {}
    left_out: list[tuple[str, Remark]] = []
    looks: list[tuple[str, Remark]] = []
    seen: set[int] = set()
    people = 0
    for card in (progress or Progress()).each(contacts):
        if card.id is None or card.id in seen:
            continue
        seen.add(card.id)
        place = by_name(card)
        if (against := agreed.against(card, agreed.directory, PRINT)) is not None:
            left_out.append((place, Remark(card, against.reason)))
            continue
        people += 1
        entry, reasons = writer.entry(card)
        looks += [(place, Remark(card, reason)) for reason in reasons]
        for key in dict.fromkeys(writer.headings(card, place)):
            chapters.setdefault(key, []).append((place, entry))
    title = tidy(style.title) or writer.spoken(say("Directory"))
    note = tidy(style.note) or writer.spoken(say("For members only"))
    missing = lacking("".join((title, note, association.name, association.strapline, *(name for _, name in chapters))))
    return DirectoryPlan(
        title=title,
        note=note,
        day=date_words(today, association.language),
        language=association.language,
        columns=style.columns,
        by_name=style.order == NAME,
        chapters=tuple(
            Chapter(heading, tuple(entry for _, entry in sorted(entries, key=lambda one: (one[0], one[1].contact))))
            for (_, heading), entries in sorted(chapters.items(), key=lambda chapter: chapter[0])
        ),
        people=people,
        left_out=_in_order(left_out),
        looks=_in_order(looks),
        remarks=(_font_lacks(missing),) if missing else (),
    )


def _in_order(remarks: Iterable[tuple[str, Remark]]) -> tuple[Remark, ...]:
    return tuple(remark for _, remark in sorted(remarks, key=lambda one: one[0]))


class _Writer:
    """Writes entries; what is the same for all of them is worked out once."""

    def __init__(
        self, style: DirectoryStyle, agreed: Agreed, association: Association, lacking: Callable[[str], str]
    ) -> None:
        self.style, self.agreed, self.home, self.lacking = style, agreed, association.country, lacking
        self.spoken = Language(association.language)

    def entry(self, card: ContactCard) -> tuple[Entry, list[Message]]:
        """The entry, and what of somebody is not shown, or cannot be printed."""
        reasons: list[Message] = []
        shown = [key for key in DETAILS if key in self.style.details and self._may_show(card, key, reasons)]
        lines = [line for key in shown if key != PHOTO for line in _LINES[key](self, card) if line]
        entry = Entry(card.id or 0, _listed_name(card), tuple(lines), card.photo if PHOTO in shown else "")
        if characters := self.lacking("".join((entry.name, *entry.lines))):
            reasons.append(_font_lacks(characters))
        return entry, reasons

    def _may_show(self, card: ContactCard, key: str, reasons: list[Message]) -> bool:
        """Whether a detail may be shown; if there is one and it may not, `reasons` gets why."""
        if key == PHOTO:
            there, against = bool(card.photo), self.agreed.against(card, self.agreed.photos, PRINT)
        elif key in CHANNELS:
            there = CHANNELS[key] in situation_of(card).places
            against = self.agreed.against(card, self.agreed.directory, CHANNELS[key])
        else:
            return True
        if there and against is not None:
            reasons.append(say("{detail} not shown: {reason}", detail=DETAILS[key], reason=against.reason))
        return against is None

    # Lines -----------------------------------------------------------------------------------------------------

    def _birth_name(self, card: ContactCard) -> Iterator[str]:
        if name := tidy(card.birth_name):
            yield self.spoken(say("born {name}", name=name))

    def _address(self, card: ContactCard) -> Iterator[str]:
        if card.preferred_address is not None:
            yield ", ".join(place_lines(card.preferred_address, self.home))

    def _phones(self, card: ContactCard) -> Iterator[str]:
        numbers = (tidy(phone.number) for phone in card.phones if phone.label.casefold() not in _FAX)
        yield " · ".join(dict.fromkeys(filter(None, numbers)))

    def _emails(self, card: ContactCard) -> Iterator[str]:
        if card.preferred_email is not None:
            yield tidy(card.preferred_email.address)

    def _cohorts(self, card: ContactCard) -> Iterator[str]:
        for one in card.affiliations:
            year, programme = str(_cohort(one) or ""), tidy(one.programme)
            if year or programme:
                yield ", ".join(filter(None, (programme, tidy(name_of(one.unit)), year)))

    def _work(self, card: ContactCard) -> Iterator[str]:
        if card.kind != ORGANISATION:
            yield ", ".join(filter(None, (tidy(card.position), tidy(card.organisation))))

    # Headings --------------------------------------------------------------------------------------------------

    def headings(self, card: ContactCard, place: str) -> Sequence[tuple[tuple[object, ...], str]]:
        """Under what somebody stands, each with what it is sorted by."""
        order = self.style.order
        found: Sequence[tuple[tuple[object, ...], str]]
        if order == NAME:
            letter = place[:1].upper()
            known = letter.isalpha() and not self.lacking(letter)
            return [((False, letter), self._letter(letter)) if known else ((True, ""), "#")]
        if order == COHORT:
            years = [year for one in card.affiliations if (year := _cohort(one))]
            found = [((False, year), str(year)) for year in years]
        elif order == PROGRAMME:
            found = [((False, fold(name)), name) for one in card.affiliations if (name := tidy(one.programme))]
        elif order == PROFESSION:
            found = [((False, fold(name)), name) for name in [tidy(card.position)] if name]
        else:
            found = self._regions(card, order)
        return found or [((True, ""), self.spoken(_NOWHERE[order]))]

    def _letter(self, letter: str) -> str:
        """A letter as it is headed: the М of Мороз looks like the M of Müller, and stands elsewhere."""
        script = _SCRIPTS.get(unicodedata.name(letter, "").partition(" ")[0])
        return self.spoken(say("{letter} ({script})", letter=letter, script=script)) if script else letter

    def _regions(self, card: ContactCard, order: str) -> Sequence[tuple[tuple[object, ...], str]]:
        """Our own country first; abroad a postcode alone says nothing, so there it is the country."""
        address = card.preferred_address
        if address is None or self.agreed.against(card, self.agreed.directory, POST) is not None:
            return []
        country = country_code(address.country) or tidy(address.country) or self.home
        name, abroad = Country(country).spoken(self.spoken.locale), country != self.home
        area, town = written_postcode(address.postcode, country)[:_AREA], tidy(address.town)
        if order == POSTCODE and not abroad:
            return [((False, False, area), f"{area} …")] if area else []
        if order == TOWN:
            said = say("{town}, {country}", town=town, country=name)
            return [((False, fold(town), country), self.spoken(said) if abroad else town)] if town else []
        return [((False, abroad, fold(name)), name)]


_LINES: Mapping[str, Callable[[_Writer, ContactCard], Iterator[str]]] = MappingProxyType(
    {
        BIRTH_NAME: _Writer._birth_name,
        ADDRESS: _Writer._address,
        PHONES: _Writer._phones,
        EMAILS: _Writer._emails,
        COHORTS: _Writer._cohorts,
        WORK: _Writer._work,
    }
)


_SCRIPTS: Mapping[str, Message] = MappingProxyType({"CYRILLIC": say("Cyrillic"), "GREEK": say("Greek")})
"""Those of which some letters look like Latin ones, by the first word of their names in Unicode."""


def _font_lacks(characters: str) -> Message:
    return say("The font lacks {characters}.", characters=" ".join(characters))


def _cohort(affiliation: Affiliation) -> int:
    return affiliation.cohort_to or affiliation.cohort_from or 0


def _listed_name(card: ContactCard) -> str:
    """``Müller, Dr. Anna`` · ``Heide, Anna von der`` · ``Lindenhof e. V.``"""
    family, given = tidy(card.family_name), tidy(card.given_name or card.call_name)
    if card.kind == ORGANISATION or not (family or given):
        return tidy(card.name)
    if not family:
        return tidy(f"{card.title} {given}")
    rest = tidy(f"{card.title} {given} {card.name_particle}")
    return ", ".join(filter(None, (family, rest, tidy(card.suffix))))
