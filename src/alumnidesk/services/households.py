"""Deeds on households: contacts that live together and get one letter."""

from __future__ import annotations

import json
import uuid
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import combinations
from typing import Any

from alumnidesk.domain.addresses import place_key
from alumnidesk.domain.cards import PERSON, Address, ContactCard, HouseholdCard
from alumnidesk.domain.folding import fold
from alumnidesk.domain.names import display_name, sort_key
from alumnidesk.domain.salutations import tidy
from alumnidesk.errors import Refused
from alumnidesk.i18n import say, say_n
from alumnidesk.services import cards
from alumnidesk.storage.database import Database, Transaction


@dataclass(frozen=True, slots=True)
class Proposal:
    """Contacts of one family name at one address who are in no household yet."""

    members: tuple[int, ...]
    names: tuple[str, ...]
    place: str
    """Street and town, in one line."""


class Households:
    """Everything one can do with households. A contact is in one at most; one member alone is none."""

    def __init__(self, database: Database) -> None:
        self._database = database

    # Reading ----------------------------------------------------------------------------------------------------

    def card(self, household: int) -> HouseholdCard:
        """One household. Raises Refused if it does not exist."""
        found = self._cards([household]).get(household)
        if found is None:
            raise Refused(say("This household does not exist any more."))
        return found

    def of(self, contact: int) -> HouseholdCard | None:
        """The household of a contact, if it has one."""
        return next(iter(self.among([contact]).values()), None)

    def among(self, contacts: Sequence[int]) -> dict[int, HouseholdCard]:
        """The households, by id, that these contacts are in."""
        ids = self._database.rows(
            "SELECT DISTINCT household_id FROM contact WHERE household_id IS NOT NULL "
            "AND id IN (SELECT value FROM json_each(?))",
            (json.dumps(list(contacts)),),
        )
        return self._cards([number for (number,) in ids])

    def several_among(self, contacts: Sequence[int]) -> int:
        """Of how many households these contacts are more than one."""
        ((n,),) = self._database.rows(
            "SELECT count(*) FROM (SELECT 1 FROM contact WHERE household_id IS NOT NULL AND binned_at = '' "
            "AND id IN (SELECT value FROM json_each(?)) GROUP BY household_id HAVING count(*) > 1)",
            (json.dumps(list(contacts)),),
        )
        return int(n)

    def _cards(self, households: Sequence[int]) -> dict[int, HouseholdCard]:
        chosen = json.dumps(list(households))
        members: dict[int, list[tuple[str, int]]] = defaultdict(list)
        for household, number, kind, organisation, given, family in self._database.rows(
            "SELECT household_id, id, kind, organisation, given_name, family_name FROM contact "
            "WHERE household_id IN (SELECT value FROM json_each(?))",
            (chosen,),
        ):
            members[household].append((sort_key(kind, organisation, given, family, ""), number))
        return {
            number: HouseholdCard(
                number, uid, name, own_salutation, tuple(member for _, member in sorted(members[number]))
            )
            for number, uid, name, own_salutation in self._database.rows(
                "SELECT id, uid, name, own_salutation FROM household WHERE id IN (SELECT value FROM json_each(?))",
                (chosen,),
            )
        }

    def proposals(self) -> list[Proposal]:
        """Groups of contacts that look like a household: living people of one family name at one address.

        What was declined comes again only when somebody joins them there.
        """
        near: dict[tuple[str, str], dict[int, tuple[Any, ...]]] = defaultdict(dict)
        """By family name and town, which most people share with nobody."""
        settled: set[int] = set()
        for row in self._database.rows(
            "SELECT c.id, given_name, call_name, name_particle, family_name, street, house_number, extra, po_box, "
            "postcode, town, a.region, country FROM contact c JOIN address a ON a.contact_id = c.id "
            "WHERE c.kind = 'person' AND c.household_id IS NULL AND c.binned_at = '' AND NOT c.deceased "
            "AND c.family_name <> '' AND a.undeliverable_since = '' AND a.town <> '' "
            "AND (a.street <> '' OR a.po_box <> '') ORDER BY c.id, a.preferred DESC, a.position, a.id"
        ):
            if row[0] not in settled:
                settled.add(row[0])
                near[fold(row[4]), fold(row[10])][row[0]] = row
        groups = [group for people in near.values() if len(people) > 1 for group in _at_one_place(people.values())]
        apart = set(self._database.rows("SELECT contact_id, other_id FROM not_household"))
        news = [group for group in groups if not apart.issuperset(_pairs(group.members))]
        return sorted(news, key=lambda proposal: fold(proposal.names[0].split()[-1]))

    # Deeds ------------------------------------------------------------------------------------------------------

    def make(
        self, contacts: Sequence[int], *, name: str = "", own_salutation: str = "", address_of: int | None = None
    ) -> HouseholdCard:
        """A household of these contacts, who leave those they were in.

        Members keep their addresses; with `address_of` all get the address of that one, as the preferred one. Raises
        Refused if there are fewer than two, or if an organisation is among them.
        """
        members = self._people(contacts)
        if len(members) < 2:
            raise Refused(say("A household needs at least two people."))
        with self._database.writing(say("Household of {names} made", names=_names(members))) as transaction:
            number = self._insert(transaction, name, own_salutation)
            self._put(transaction, members, number, self._address(members, address_of))
        return self.card(number)

    def decide(self, accepted: Iterable[Sequence[int]], declined: Iterable[Sequence[int]] = ()) -> int:
        """Make a household of each accepted group of contacts, and do not propose the declined ones again, as one step;
        returns how many were made."""
        groups = [members for members in map(self._people, accepted) if len(members) > 1]
        others = [group for group in declined if len(group) > 1]
        if not groups and not others:
            return 0
        n, out = len(groups), len(others)
        label = (
            say_n("{n} household made", "{n} households made", n)
            if groups
            else say_n("{n} proposed household declined", "{n} proposed households declined", out)
        )
        with self._database.writing(label) as transaction:
            for members in groups:
                self._put(transaction, members, self._insert(transaction), None)
            for group in others:
                _keep_apart(transaction, group)
        return n

    def leave(self, contact: int) -> None:
        """A contact leaves its household, and is not proposed for it again; if only one is left of it, there is no
        household any more."""
        card = next(cards.read(self._database, [contact]), None)
        if card is None or card.household_id is None:
            return
        others = [member for member in self._members(card.household_id) if member.id != contact]
        label = say("{name} left the household of {names}", name=card.name, names=_names(others))
        with self._database.writing(label) as transaction:
            cards.update(transaction, card, replace(card, household_id=None))
            for other in others:
                _keep_apart(transaction, [contact, other.id or 0])
            dissolve_if_alone(transaction, card.household_id)

    def change(
        self,
        household: int,
        *,
        members: Sequence[int] = (),
        name: str,
        own_salutation: str,
        address_of: int | None = None,
    ) -> HouseholdCard:
        """Own words of a household for address (several lines) and salutation; empty: made from its members.

        Those of `members` who are not in it yet join; with `address_of` all get the address of that one. Raises Refused
        if an organisation is among them.
        """
        card, people = self.card(household), self._members(household)
        joining = [person for person in self._people(members) if person.household_id != household]
        words = (_lines(name), tidy(own_salutation))
        if not joining and address_of is None and words == (card.name, card.own_salutation):
            return card
        label = say("Household of {names} changed", names=_names([*people, *joining]))
        with self._database.writing(label) as transaction:
            transaction.execute("UPDATE household SET name = ?, own_salutation = ? WHERE id = ?", (*words, household))
            address = self._address([*people, *joining], address_of)
            self._put(transaction, [*people, *joining] if address else joining, household, address)
        return self.card(household)

    # Parts of deeds ---------------------------------------------------------------------------------------------

    def _people(self, contacts: Sequence[int]) -> list[ContactCard]:
        found = list(cards.read(self._database, list(dict.fromkeys(contacts))))
        for card in found:
            if card.kind != PERSON:
                raise Refused(
                    say("{name} is an organisation and cannot be in a household.", name=card.name),
                    say("Relationships say who works there."),
                )
        return found

    def _members(self, household: int) -> list[ContactCard]:
        return list(cards.read(self._database, self.card(household).members))

    @staticmethod
    def _address(members: Sequence[ContactCard], of: int | None) -> Address | None:
        return next((member.preferred_address for member in members if member.id == of), None)

    @staticmethod
    def _insert(transaction: Transaction, name: str = "", own_salutation: str = "") -> int:
        number = transaction.allocate("household", 1)
        row = (number, str(uuid.uuid4()), _lines(name), tidy(own_salutation))
        transaction.insert_many("household", ("id", "uid", "name", "own_salutation"), [row])
        return number

    @staticmethod
    def _put(transaction: Transaction, members: Sequence[ContactCard], household: int, address: Address | None) -> None:
        for card in members:
            moved = card if address is None else _at(card, address)
            cards.update(transaction, card, replace(moved, household_id=household))
        bring_together(transaction, household)
        for left in {card.household_id for card in members} - {None, household}:
            dissolve_if_alone(transaction, left or 0)


def _at_one_place(people: Iterable[tuple[Any, ...]]) -> Iterator[Proposal]:
    """Those of one family name and town who have the same address, as `Households.proposals` reads them.

    Of the same name twice only the first one counts: that is rather one person with two records.
    """
    found: dict[str, dict[str, tuple[int, str, Address]]] = defaultdict(dict)
    for number, given, call, particle, family, *place in people:
        address = Address(*place)
        name = display_name(PERSON, "", given, call, particle, family, "")
        found[place_key(address)].setdefault(fold(name), (number, name, address))
    for group in (list(namesakes.values()) for namesakes in found.values()):
        if len(group) > 1:
            address = group[0][2]
            street = tidy(f"{address.street} {address.house_number}") or address.po_box
            where = f"{street}, {tidy(f'{address.postcode} {address.town}')}"
            yield Proposal(tuple(number for number, _, _ in group), tuple(name for _, name, _ in group), where)


def _at(card: ContactCard, address: Address) -> ContactCard:
    """The contact with this address as the preferred one; what it had stays."""
    there = place_key(address)
    had = [replace(one, preferred=place_key(one) == there) for one in card.addresses]
    if any(one.preferred for one in had):
        return replace(card, addresses=tuple(had))
    return replace(card, addresses=(*had, replace(address, id=None, preferred=True)))


def _pairs(contacts: Iterable[int]) -> Iterator[tuple[int, int]]:
    """Each two of them, the lower id first, as `not_household` holds them."""
    return combinations(sorted(contacts), 2)


def _keep_apart(transaction: Transaction, contacts: Iterable[int]) -> None:
    """Remember that these are no household."""
    for pair in _pairs(contacts):
        known = transaction.execute("SELECT 1 FROM not_household WHERE (contact_id, other_id) = (?, ?)", pair)
        if known.fetchone() is None:
            transaction.execute("INSERT INTO not_household (contact_id, other_id) VALUES (?, ?)", pair)


def bring_together(transaction: Transaction, household: int) -> None:
    """Forget that members of a household were said to be none."""
    transaction.execute(
        "DELETE FROM not_household WHERE contact_id IN (SELECT id FROM contact WHERE household_id = ?1) "
        "AND other_id IN (SELECT id FROM contact WHERE household_id = ?1)",
        (household,),
    )


def dissolve_if_alone(transaction: Transaction, household: int) -> None:
    """Within a deed that takes somebody out of a household: if only one is left of it, there is none any more."""
    (left,) = transaction.execute("SELECT count(*) FROM contact WHERE household_id = ?", (household,)).fetchone()
    if left < 2:
        transaction.execute("UPDATE contact SET household_id = NULL WHERE household_id = ?", (household,))
        transaction.execute("DELETE FROM household WHERE id = ?", (household,))


def _lines(name: str) -> str:
    return "\n".join(line for line in map(tidy, name.splitlines()) if line)


def _names(members: Iterable[ContactCard]) -> str:
    return ", ".join(member.name for member in members)
