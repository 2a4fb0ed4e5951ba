"""One letter to a household: who is in it, the names of its address, and its salutation.

Only who is among the recipients is written to: joint words are made for exactly these people, in the order of the
household. Each of them is addressed by the rules of `domain.salutations`, so a form of address is never guessed.

Source of the rules: German offices and style guides write a couple in one line, ``Sehr geehrte Frau A, sehr geehrter
Herr B,``, and speak the highest title only; English and Swedish letters name both after one greeting. ``Familie`` is
said from three people on, and only if all of them share the family name; others are named one by one. An address has
six lines (DIN 5008), so long names of a household give way to the postcode and town, never the other way round.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from alumnidesk.domain.addresses import MAX_LINES, address_lines, is_at_work, place_key, place_lines
from alumnidesk.domain.cards import PERSON, Address, ContactCard, HouseholdCard
from alumnidesk.domain.salutations import (
    FORMAL,
    INFORMAL,
    NEUTRAL,
    NONE,
    OWN,
    Salutation,
    address_names,
    family_name,
    salutation,
    tidy,
)
from alumnidesk.i18n import Message, say

LONGEST = 42
"""So many letters of a name line show in the window of an envelope (80 mm at 10 points)."""


@dataclass(frozen=True, slots=True)
class Party:
    """Whom one letter goes to: one contact, or those of a household who are written to at the same place."""

    contacts: tuple[ContactCard, ...]
    household: HouseholdCard | None = None
    """Of several contacts."""

    @property
    def first(self) -> ContactCard:
        """Whose address the letter goes to."""
        return self.contacts[0]

    @property
    def address(self) -> Address:
        """The address; an empty one where there is none."""
        return self.first.preferred_address or Address()


@dataclass(frozen=True, slots=True)
class _Phrases:
    both: str
    greetings: tuple[str, ...]
    """Greetings that can stand once before several names."""
    family: Mapping[str, str]
    """The salutation of a family, by mode."""
    family_address: str
    household: str


_PHRASES = {
    "de": _Phrases(
        both=" und ",
        greetings=("Guten Tag ", "Hallo "),
        family={
            FORMAL: "Sehr geehrte Familie {name},",
            NEUTRAL: "Guten Tag Familie {name},",
            INFORMAL: "Liebe Familie {name},",
        },
        family_address="Familie {name}",
        household="{name} und Haushalt",
    ),
    "en": _Phrases(
        both=" and ",
        greetings=("Dear ",),
        family=dict.fromkeys((FORMAL, NEUTRAL, INFORMAL), "Dear {name} family,"),
        family_address="The {name} family",
        household="{name} and household",
    ),
    "sv": _Phrases(
        both=" och ",
        greetings=("Hej ",),
        family=dict.fromkeys((FORMAL, NEUTRAL, INFORMAL), "Hej familjen {name},"),
        family_address="Familjen {name}",
        household="{name} med hushåll",
    ),
}


def _phrases(language: str) -> _Phrases:
    return _PHRASES.get(language, _PHRASES["en"])


# Who gets a letter together -----------------------------------------------------------------------------------------


def parties(contacts: Iterable[ContactCard], households: Mapping[int, HouseholdCard]) -> list[Party]:
    """The contacts gathered into letters, in the order in which each letter's first contact comes.

    Of one household, people who are written to at the same place share a letter; who prefers another address gets a
    letter of their own, and so does every organisation.
    """
    gathered: dict[object, list[ContactCard]] = {}
    for contact in contacts:
        household = households.get(contact.household_id or 0)
        address = contact.preferred_address
        shared = household is not None and contact.kind == PERSON and address is not None
        key = (contact.household_id, place_key(address)) if shared and address else ("alone", len(gathered))
        gathered.setdefault(key, []).append(contact)
    found = []
    for members in gathered.values():
        card = households.get(members[0].household_id or 0) if len(members) > 1 else None
        if card is not None:
            place = {number: index for index, number in enumerate(card.members)}
            members.sort(key=lambda contact: place.get(contact.id or 0, len(place)))
        found.append(Party(tuple(members), card))
    return found


def email_parties(contacts: Iterable[ContactCard], households: Mapping[int, HouseholdCard]) -> list[Party]:
    """Who gets an e-mail together: those of one of the households who share an address, else everybody alone."""
    shared: dict[object, list[ContactCard]] = {}
    for number, contact in enumerate(contacts):
        address = contact.preferred_email.address.casefold() if contact.preferred_email else ""
        together = contact.household_id in households
        shared.setdefault((contact.household_id, address) if together else number, []).append(contact)
    return [Party(tuple(members)) for members in shared.values()]


def with_shared_address(
    contacts: Sequence[ContactCard], households: Mapping[int, HouseholdCard]
) -> Iterator[ContactCard]:
    """The contacts; one of a household who has no address is lent that of somebody of it who is among them."""
    lent: dict[int, Address] = {}
    for contact in contacts:
        number = contact.household_id
        if number is not None and number in households and (address := contact.preferred_address) is not None:
            lent.setdefault(number, address)
    for contact in contacts:
        theirs = lent.get(contact.household_id or 0)
        if theirs is not None and not contact.addresses and contact.kind == PERSON:
            contact = replace(contact, addresses=(replace(theirs, id=None),))
        yield contact


def can_be_written_to(members: Iterable[ContactCard]) -> list[ContactCard]:
    """Those of a household whom a letter by post may name: neither dead nor in the bin, and post is wanted."""
    return [m for m in members if m.kind == PERSON and not (m.deceased or m.binned or m.no_post)]


# The salutation -----------------------------------------------------------------------------------------------------


def joint_salutation(party: Party, language: str, default_mode: str = FORMAL) -> Salutation:
    """The salutation of one letter to all of a party in ``de``, ``en`` or ``sv``."""
    household, contacts = party.household, party.contacts
    if len(contacts) == 1:
        return salutation(contacts[0], language, default_mode)
    if household is not None and (own := tidy(household.own_salutation)):
        return Salutation(own, _own_words(party))
    named = [contact for contact in contacts if _has_name(contact)]
    if len(named) < 2:
        single = salutation((named or contacts)[0], language, default_mode)
        return Salutation(single.text, say("There is no name to address."), single.form)
    modes = [contact.salutation_mode or default_mode for contact in named]
    if set(modes) == {NONE}:
        return Salutation("")
    phrases = _phrases(language)
    if len(named) > 2 and OWN not in modes and (family := shared_family_name(named)):
        wanted = {mode if mode in phrases.family else FORMAL for mode in modes}
        mode = FORMAL if FORMAL in wanted else NEUTRAL if NEUTRAL in wanted else INFORMAL
        return Salutation(phrases.family[mode].format(name=family))
    return _greeting_all(named, language, default_mode)


def _own_words(party: Party) -> Message:
    household = party.household
    if household is not None and len(household.members) > len(party.contacts):
        return say("The salutation is in the household’s own words, but not all of it get the letter.")
    return say("A salutation of their own.")


def _greeting_all(named: Sequence[ContactCard], language: str, default_mode: str) -> Salutation:
    """Everybody by name: after one greeting where it fits all of them, else each with the greeting of their own."""
    phrases = _phrases(language)
    singles = [_greeting(contact, language, default_mode) for contact in named]
    if len({single.text for single in singles}) < len(singles):  # two Ms Müller: given names tell them apart
        singles = [salutation(replace(c, salutation_mode=NEUTRAL), language) for c in named]
    odd = next((single.odd for single in singles if single.odd), None)
    forms = {single.form for single in singles}
    form = forms.pop() if len(forms) == 1 else ""
    clauses = [single.text.rstrip(" ,!") for single in singles]
    for greeting in phrases.greetings:
        if all(clause.startswith(greeting) for clause in clauses):
            names = [clause.removeprefix(greeting) for clause in clauses]
            full = [_full_name(contact) for contact in named]
            said = joint_name(named, language) if names == full else listed(names, language)
            return Salutation(f"{greeting}{said},", odd, form)
    first, *others = clauses
    modes = [contact.salutation_mode for contact in named[1:]]
    lowered = [c if mode == OWN else c[:1].lower() + c[1:] for c, mode in zip(others, modes, strict=True)]
    return Salutation(", ".join([first, *lowered]) + ",", odd, form)


def _greeting(contact: ContactCard, language: str, default_mode: str) -> Salutation:
    """One of several: who wants no salutation is not left out where others are greeted."""
    if (contact.salutation_mode or default_mode) != NONE:
        return salutation(contact, language, default_mode)
    usual = FORMAL if default_mode in (NONE, OWN) else default_mode
    single = salutation(replace(contact, salutation_mode=usual), language)
    return Salutation(single.text, say("One of the household wants no salutation, another one does."), single.form)


# Names and address --------------------------------------------------------------------------------------------------


def joint_name(contacts: Sequence[ContactCard], language: str) -> str:
    """The names of several in one line: Anna und Bernd Müller · Anna Müller und Bernd Schmidt."""
    named = [contact for contact in contacts if _has_name(contact)]
    family = shared_family_name(named)
    if family and len(named) > 1 and all(tidy(contact.given_name) for contact in named):
        return f"{listed([tidy(contact.given_name) for contact in named], language)} {family}"
    return listed([contact.name for contact in named or contacts], language)


def joint_address_names(party: Party, language: str, room: int = MAX_LINES) -> list[str]:
    """The name lines of an address to a party, at most `room` of them unless the household's own words are more.

    Each person has a line with form of address and title; where there is no room for that, the names join, and at last
    the first one stands for the household.
    """
    contacts, household = party.contacts, party.household
    if household is not None and (own := [line for line in map(tidy, household.name.splitlines()) if line]):
        return own
    named = [contact for contact in contacts if _has_name(contact)] or list(contacts[:1])
    lines: list[str] = []
    for lines in _name_lines(named, language):
        if len(lines) <= room and all(len(line) <= LONGEST for line in lines):
            break
    return lines


def _name_lines(named: Sequence[ContactCard], language: str) -> Iterator[list[str]]:
    """Ways to write the names, the fullest first."""
    phrases = _phrases(language)
    family = shared_family_name(named)
    if family and len(named) > 2:
        yield [phrases.family_address.format(name=family)]
    yield [" ".join(address_names(contact, language, at_work=False)) for contact in named]
    names = [contact.name for contact in named]
    if family:
        yield [joint_name(named, language)]
    yield [phrases.both.join(names[i : i + 2]) for i in range(0, len(names), 2)]
    yield [phrases.household.format(name=names[0]) if len(names) > 1 else names[0]]


def joint_address_lines(party: Party, *, home_country: str, language: str) -> list[str]:
    """The address as it goes on the envelope of a letter to a party (`addresses.address_lines`)."""
    address = party.address
    if len(party.contacts) == 1:
        return address_lines(party.first, address, home_country=home_country, language=language)
    rest = place_lines(address, home_country)
    firms = {tidy(contact.organisation) for contact in party.contacts if is_at_work(contact, address)}
    if len(firms) == 1 and all(contact.organisation for contact in party.contacts):
        rest_names = joint_address_names(party, language, max(1, MAX_LINES - len(rest) - 1))
        return [*firms, *rest_names, *rest]
    return joint_address_names(party, language, max(1, MAX_LINES - len(rest))) + rest


def shared_family_name(contacts: Sequence[ContactCard]) -> str:
    """The family name that all of them have, with its particle; empty if they have not."""
    names = {family_name(contact) for contact in contacts}
    return names.pop() if len(names) == 1 else ""


def _has_name(contact: ContactCard) -> bool:
    return bool(tidy(f"{contact.given_name} {contact.family_name}"))


def _full_name(contact: ContactCard) -> str:
    return tidy(f"{contact.given_name} {family_name(contact)}")


def listed(names: Iterable[str], language: str) -> str:
    """Names in a row, as one says them: A, B und C."""
    *first, last = list(names) or [""]
    return _phrases(language).both.join([", ".join(first), last]) if first else last
