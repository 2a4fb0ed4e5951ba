"""A mailing for somebody else's word processor: a row per letter, with the words that our own letters would have.

Who gets a letter, who shares one, the lines of the address, the salutation and the order are those of `domain.letters`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from alumnidesk.domain import placeholders
from alumnidesk.domain.addresses import MAX_LINES, Country, country_code
from alumnidesk.domain.association import Association
from alumnidesk.domain.cards import Address, ContactCard, HouseholdCard
from alumnidesk.domain.consent import Occasion
from alumnidesk.domain.households import Party, joint_address_lines, joint_salutation, parties
from alumnidesk.domain.letter_values import party_values
from alumnidesk.domain.letters import Finding, print_order, written_to
from alumnidesk.i18n import LANGUAGES, Language, Message, say
from alumnidesk.progress import Progress

NAMED = ("name", "title", "given_name", "family_name", "suffix", "organisation", "department")
PLACED = ("street", "postcode", "town")
"""Placeholders of letters that have columns: what an address and a greeting are made of, and no more, because such a
file often goes to a printer's."""


@dataclass(frozen=True, slots=True)
class MailingRow:
    """One letter."""

    party: Party
    language: str
    address: tuple[str, ...]
    """Its lines from the top, none of them empty; the country only abroad."""
    salutation: str


@dataclass(frozen=True, slots=True)
class Mailing:
    """The letters in the order of the way they go, and who gets none and why."""

    rows: tuple[MailingRow, ...]
    left_out: tuple[Finding, ...]


def plan_mailing(
    contacts: Iterable[ContactCard],
    association: Association,
    occasion: Occasion,
    households: Mapping[int, HouseholdCard] | None = None,
    progress: Progress | None = None,
) -> Mailing:
    """The letters to `contacts`. With `households` (by id) those of them who are among the contacts share one. Raises
    `Cancelled` when the person stops it."""
    progress = progress or Progress()
    recipients, left_out = written_to(contacts, occasion, households or {}, progress)
    together = parties(progress.each(recipients), households or {})
    ordered = [
        (print_order(party.first, association.country), number, _row(party, association))
        for number, party in enumerate(progress.each(together))
    ]
    ordered.sort()
    progress.check()
    return Mailing(tuple(row for *_, row in ordered), tuple(left_out))


def _row(party: Party, association: Association) -> MailingRow:
    language = _language(party, association)
    address = party.first.preferred_address or Address()
    lines = joint_address_lines(party, address, home_country=association.country, language=language)
    greeting = joint_salutation(party, language, association.salutation_mode)
    return MailingRow(party, language, tuple(lines), greeting.text)


def _language(party: Party, association: Association) -> str:
    """The language that all of them read, else the association's."""
    wanted = {contact.language or association.language for contact in party.contacts}
    language = wanted.pop() if len(wanted) == 1 else association.language
    return next((known for known in (language, association.language) if known in LANGUAGES), "en")


def table(mailing: Mailing, association: Association) -> tuple[list[str], Iterator[list[str]]]:
    """Headings in the association's language, as its letters name the same things, and a row of texts per letter."""
    lines = max([MAX_LINES, *(len(row.address) for row in mailing.rows)])
    headings: list[Message] = [
        *(say("Address line {n}", n=n) for n in range(1, lines + 1)),
        *(placeholders.BY_KEY[key].label for key in ("salutation", *NAMED, *PLACED)),
        say("Country"),
        say("Language"),
    ]
    spoken = Language(association.language)
    return [spoken(heading) for heading in headings], (_cells(row, lines, association, spoken) for row in mailing.rows)


def _cells(row: MailingRow, lines: int, association: Association, spoken: Language) -> list[str]:
    address = row.party.first.preferred_address or Address()
    values: Mapping[str, str] = party_values(row.party, address, row.language, ())
    country = Country(country_code(address.country) or address.country or association.country)
    padded: Sequence[str] = [*row.address, *[""] * (lines - len(row.address))]
    about = [values[key] for key in (*NAMED, *PLACED)]
    return [*padded, row.salutation, *about, country.spoken(spoken.locale), row.language]
