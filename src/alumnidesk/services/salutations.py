"""Deeds on salutations: all of a mailing as they would be now, and putting one right."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from alumnidesk.domain.addressees import Addressee, addressee, odd_first
from alumnidesk.domain.households import Party
from alumnidesk.domain.letters import LetterPlan
from alumnidesk.domain.salutations import OWN, tidy
from alumnidesk.services.contacts import Contacts
from alumnidesk.services.households import Households
from alumnidesk.services.settings import Settings
from alumnidesk.storage.database import Database


class Salutations:
    """How letters address people."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._contacts, self._households = Contacts(database), Households(database)

    def of(self, letters: Iterable[LetterPlan]) -> list[Addressee]:
        """The salutation of each letter as the contacts are now, the odd ones first. Who is gone is left out."""
        letters = list(letters)
        ids = [contact.id or 0 for letter in letters for contact in letter.party.contacts]
        cards = {card.id: card for card in self._contacts.cards(ids)}
        households = self._households.among(ids)
        association = Settings(self._database).association()
        found = []
        for letter in letters:
            contacts = tuple(card for one in letter.party.contacts if (card := cards.get(one.id)))
            if contacts:
                together = letter.party.household is not None
                household = households.get(contacts[0].household_id or 0) if together else None
                found.append(addressee(Party(contacts, household), letter.language, association))
        return odd_first(found)

    def set_form(self, to: Addressee, form: str) -> None:
        """Note how the person of a letter is addressed (`fields.GENDER_FORMS`, or empty: not known)."""
        card = self._contacts.card(to.id)
        self._contacts.save(card, replace(card, gender_form=form))

    def set_own(self, to: Addressee, words: str) -> None:
        """Note a salutation in own words for those of a letter; empty: it is made as usual.

        Raises Refused where several share a letter who are no household any more.
        """
        words = tidy(words)
        if len(to.party.contacts) > 1:
            household = self._households.card(to.party.first.household_id or 0)
            self._households.change(household.id, name=household.name, own_salutation=words)
            return
        card = self._contacts.card(to.id)
        mode = OWN if words else "" if card.salutation_mode == OWN else card.salutation_mode
        self._contacts.save(card, replace(card, own_salutation=words, salutation_mode=mode))
