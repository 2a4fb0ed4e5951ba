"""A household with its members, and the letters that it would get."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from alumnidesk.domain.addressees import addressee, common_language
from alumnidesk.domain.association import Association
from alumnidesk.domain.cards import ContactCard, HouseholdCard
from alumnidesk.domain.households import can_be_written_to, parties, with_shared_address
from alumnidesk.ui.words import tr

if TYPE_CHECKING:
    from alumnidesk.desk import Desk


@dataclass(frozen=True, slots=True)
class Home:
    """A household and its members."""

    household: HouseholdCard
    members: Sequence[ContactCard]

    @classmethod
    def read(cls, desk: Desk, card: ContactCard) -> Home | None:
        """The household of a contact, if it is in one; for the owner thread."""
        if card.household_id is None:
            return None
        household = desk.households.card(card.household_id)
        return cls(household, desk.contacts.cards(household.members))


@dataclass(frozen=True, slots=True)
class LetterWords:
    """What a letter to a household says: address, one line each, and salutation."""

    address: str
    salutation: str


def letters_to(home: Home, association: Association) -> list[LetterWords]:
    """The letters that a household gets when everybody in it is written to, exactly as they would be printed."""
    there = {home.household.id: home.household}
    members = [replace(member, household_id=home.household.id) for member in home.members]
    found = []
    for party in parties(can_be_written_to(with_shared_address(members, there)), there):
        to = addressee(party, common_language(party, association), association)
        found.append(LetterWords("\n".join(to.address), to.salutation or tr("Without salutation")))
    return found
