"""How letters address those they go to: the lines on the envelope and the salutation.

All salutations of a mailing stand in one list, those first at which one should look before anything is printed. For
labels and for somebody else's word processor there are the same words without a letter: an address list.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from alumnidesk.domain import placeholders
from alumnidesk.domain.addresses import MAX_LINES, Country, country_code
from alumnidesk.domain.association import Association
from alumnidesk.domain.cards import PERSON, ContactCard, HouseholdCard
from alumnidesk.domain.consent import Occasion
from alumnidesk.domain.households import Party, joint_address_lines, joint_name, joint_salutation, parties
from alumnidesk.domain.letter_values import party_values
from alumnidesk.domain.recipients import NO_HOUSEHOLDS, Remark, divide, print_order
from alumnidesk.i18n import LANGUAGES, Language, Message, say
from alumnidesk.progress import Progress

NAMED = ("name", "title", "given_name", "family_name", "suffix", "organisation", "department")
PLACED = ("street", "postcode", "town")
"""Placeholders of letters that have columns: what an address and a greeting are made of, and no more, because such a
file often goes to a printer's."""


@dataclass(frozen=True, slots=True)
class Addressee:
    """Whom one letter goes to, and how it addresses them."""

    party: Party
    language: str
    address: tuple[str, ...]
    """Its lines from the top, none of them empty; the country only abroad."""
    salutation: str
    """Empty: they want none."""
    odd: Message | None
    """Why one should look at the salutation."""
    form: str = ""
    """`salutations.FORMAL` or `INFORMAL` where the salutation is surely so."""

    @property
    def id(self) -> int:
        """The first contact that it goes to."""
        return self.party.first.id or 0

    @property
    def name(self) -> str:
        """Everybody that it goes to, in one line."""
        return joint_name(self.party.contacts, self.language)

    @property
    def has_form(self) -> bool:
        """Is it to one person, who can have a form of address?"""
        return len(self.party.contacts) == 1 and self.party.first.kind == PERSON

    @property
    def own(self) -> str:
        """The salutation in own words, if there is one."""
        if len(self.party.contacts) > 1:
            return self.party.household.own_salutation if self.party.household is not None else ""
        return self.party.first.own_salutation


def addressee(party: Party, language: str, association: Association) -> Addressee:
    """How a letter of the association in a language addresses these."""
    lines = joint_address_lines(party, home_country=association.country, language=language)
    said = joint_salutation(party, language, association.salutation_mode)
    return Addressee(party, language, tuple(lines), said.text, said.odd, said.form)


def odd_first(addressees: Iterable[Addressee]) -> list[Addressee]:
    """Those first at which one should look, otherwise in their order."""
    return sorted(addressees, key=lambda one: one.odd is None)


# The address list ---------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class AddressList:
    """Those whom letters would go to, in the order of the way they go, and who gets none and why."""

    addressees: tuple[Addressee, ...]
    left_out: tuple[Remark, ...] = ()

    @property
    def labels(self) -> list[tuple[str, ...]]:
        """The lines of the label for each."""
        return [one.address for one in self.addressees]


def address_list(
    contacts: Iterable[ContactCard],
    association: Association,
    occasion: Occasion,
    households: Mapping[int, HouseholdCard] = NO_HOUSEHOLDS,
    progress: Progress | None = None,
) -> AddressList:
    """The letters to `contacts`. With `households` (by id) those of them who are among the contacts share one. Raises
    `Cancelled` when the person stops it."""
    progress = progress or Progress()
    whom = divide(contacts, [occasion], households, progress=progress)
    together = parties(progress.each(whom.by_post), households)
    found = [addressee(party, common_language(party, association), association) for party in progress.each(together)]
    found.sort(key=lambda one: print_order(one.party.first, association.country))
    progress.check()
    return AddressList(tuple(found), whom.left_out)


def common_language(party: Party, association: Association) -> str:
    """The language that all of them read, else the association's."""
    wanted = {contact.language or association.language for contact in party.contacts}
    language = wanted.pop() if len(wanted) == 1 else association.language
    return next((known for known in (language, association.language) if known in LANGUAGES), "en")


def table(listed: AddressList, association: Association) -> tuple[list[str], Iterator[list[str]]]:
    """Headings in the association's language, as its letters name the same things, and a row of texts per letter."""
    lines = max([MAX_LINES, *(len(one.address) for one in listed.addressees)])
    headings: list[Message] = [
        *(say("Address line {n}", n=n) for n in range(1, lines + 1)),
        *(placeholders.BY_KEY[key].label for key in ("salutation", *NAMED, *PLACED)),
        say("Country"),
        say("Language"),
    ]
    spoken = Language(association.language)
    rows = (_cells(one, lines, association, spoken) for one in listed.addressees)
    return [spoken(heading) for heading in headings], rows


def _cells(one: Addressee, lines: int, association: Association, spoken: Language) -> list[str]:
    values = party_values(one.party, one.language)
    country = one.party.address.country
    named = Country(country_code(country) or country or association.country).spoken(spoken.locale)
    padded = [*one.address, *[""] * (lines - len(one.address))]
    return [*padded, one.salutation, *(values[key] for key in (*NAMED, *PLACED)), named, one.language]
