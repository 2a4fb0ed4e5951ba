"""The salutations of a whole run in one list: those first at which one should look before anything is printed."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from alumnidesk.domain.association import Association
from alumnidesk.domain.cards import PERSON, Address
from alumnidesk.domain.households import Party, joint_address_lines, joint_name, joint_salutation
from alumnidesk.i18n import Message


@dataclass(frozen=True, slots=True)
class Greeting:
    """How one letter addresses those it goes to."""

    party: Party
    language: str
    address: tuple[str, ...]
    salutation: str
    """Empty: they want none."""
    odd: Message | None
    """Why one should look at it."""

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


def greetings(parties: Iterable[tuple[Party, str]], association: Association) -> list[Greeting]:
    """How each of these parties is addressed in a language; the odd ones first, otherwise in their order."""
    made = [_greeting(party, language, association) for party, language in parties]
    return sorted(made, key=lambda greeting: greeting.odd is None)


def _greeting(party: Party, language: str, association: Association) -> Greeting:
    said = joint_salutation(party, language, association.salutation_mode)
    address = party.first.preferred_address or Address()
    lines = joint_address_lines(party, address, home_country=association.country, language=language)
    return Greeting(party, language, tuple(lines), said.text, said.odd)
