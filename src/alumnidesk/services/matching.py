"""Who is this? Recognises the records of a file among the contacts we have and among the earlier ones of the same file.

In this order, and always with the reason in words: the same UID; the same name and the same e-mail, address, date of
birth or phone number; the same name and nothing new about it. What is less than that is only *similar*, and a person
decides.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache

from alumnidesk.domain import full_names
from alumnidesk.domain.cards import ORGANISATION, ContactCard
from alumnidesk.domain.folding import fold
from alumnidesk.domain.names import sort_key
from alumnidesk.domain.records import ContactRecord
from alumnidesk.domain.uniting import same_email, same_phone, same_place, united
from alumnidesk.i18n import Message, say
from alumnidesk.progress import Progress
from alumnidesk.services import cards
from alumnidesk.storage.database import Database

UID_SYSTEM = "vcard"
"""Under which name `identity` keeps the UIDs of others; a UID means the same in a card and in a table."""


@dataclass(slots=True, eq=False)
class Known:
    """Somebody a record can turn out to be: a contact of ours, or an earlier record of the file."""

    card: ContactCard
    """With what earlier records of the file have added."""
    contact: int | None = None
    row: int | None = None
    """The first row of the file that is this person."""
    uid: str = ""
    """The UID by which the file calls this person."""


@dataclass(frozen=True, slots=True)
class Match:
    """Who a record is, or may be."""

    known: Known
    sure: bool
    reason: Message


# Reasons -----------------------------------------------------------------------------------------------------------


def _same_email(known: ContactCard, card: ContactCard) -> bool:
    return any(same_email(one, other) for one in known.emails for other in card.emails)


def _same_address(known: ContactCard, card: ContactCard) -> bool:
    """The same place down to the street, or a post box with its postcode."""
    return any(
        same_place(one, other) and bool((one.street and other.street) or (one.po_box and other.po_box))
        for one in known.addresses
        for other in card.addresses
    )


def _same_birth_date(known: ContactCard, card: ContactCard) -> bool:
    return bool(len(card.birth_date) == 10 and known.birth_date == card.birth_date)


def _same_phone(known: ContactCard, card: ContactCard) -> bool:
    return any(same_phone(one, other) for one in known.phones for other in card.phones)


_RULES: tuple[tuple[Callable[[ContactCard, ContactCard], bool], Message], ...] = (
    (_same_email, say("same name and e-mail address")),
    (_same_address, say("same name and address")),
    (_same_birth_date, say("same name and date of birth")),
    (_same_phone, say("same name and phone number")),
)
_SAME_UID = say("same UID")
_NOTHING_NEW = say("same name, and nothing that is not known")
_SAME_NAME = say("same name")
_OTHER_UID = say("same name, but another UID in this file")
_CONTRADICTION = say("same name, but another date of birth or suffix")
_EMAIL_ALONE = say("same e-mail address")


def contradict(known: ContactCard, card: ContactCard) -> bool:
    """Whether two people of one name must be two: father and son are not born on one day."""
    births = len(known.birth_date) == len(card.birth_date) == 10 and known.birth_date != card.birth_date
    return births or bool(known.suffix and card.suffix and fold(known.suffix) != fold(card.suffix))


def _live_apart(known: ContactCard, card: ContactCard) -> bool:
    towns = {fold(address.town) for address in known.addresses if address.town}
    theirs = {fold(address.town) for address in card.addresses if address.town}
    return bool(towns and theirs and not towns & theirs)


# Names -------------------------------------------------------------------------------------------------------------


def name_keys(card: ContactCard) -> tuple[str, ...]:
    """The sort names under which somebody of this name can be found: with and without the particle in front."""
    key = sort_key(card.kind, card.organisation, card.given_name, card.family_name, card.name)
    if card.kind == ORGANISATION or " " not in card.family_name:
        if not card.name_particle:
            return (key,)
        joined = f"{card.name_particle} {card.family_name}"
        return key, sort_key(card.kind, "", card.given_name, joined, "")
    parts = full_names.split(f"x {card.family_name}")
    return key, sort_key(card.kind, "", card.given_name, parts.family_name, "")


@lru_cache(maxsize=65536)
def _folded(name: str) -> str:
    return " ".join(fold(name).split())


def _same_name(known: ContactCard, card: ContactCard) -> bool:
    name = _folded(known.name)
    return name == _folded(card.name) or (known.kind == ORGANISATION and name == _folded(card.organisation))


# The register ------------------------------------------------------------------------------------------------------


class Register:
    """Everybody whom the records of one file can be, ready to be asked record by record, in file order."""

    def __init__(self, database: Database, records: Sequence[ContactRecord], described: Sequence[ContactCard]) -> None:
        self._database = database
        self._records = records
        self._described = described
        self.uids: dict[str, int] = {}
        """UIDs of the file that we know → contact."""
        self.binned: dict[str, int] = {}
        """The same for contacts in the bin."""
        self._contacts: dict[int, Known] = {}
        self._by_name: defaultdict[str, list[Known]] = defaultdict(list)
        self._by_email: defaultdict[str, list[Known]] = defaultdict(list)
        self._by_uid: dict[str, Known] = {}

    def load(self, progress: Progress) -> None:
        """Read the contacts that come into question."""
        self._read_uids()
        chosen = set(self.uids.values())
        chosen.update(self._of_names({key for card in self._described for key in name_keys(card)}))
        chosen.update(self._of_emails({email.address.lower() for card in self._described for email in card.emails}))
        ids = sorted(chosen)
        progress.begin(say("Comparing with the contacts …"), len(ids) + len(self._described))
        for card in progress.each(cards.read(self._database, ids)):
            if card.id is not None and not card.binned:
                self._contacts[card.id] = known = Known(card, contact=card.id)
                self._file(known)
        for record in self._records:
            if record.uid in self.uids:
                known_one = self._contacts[self.uids[record.uid]]
                known_one.uid = known_one.uid or record.uid

    def _read_uids(self) -> None:
        wanted = json.dumps(sorted({record.uid for record in self._records if record.uid}))
        for uid, contact, binned_at in self._database.rows(
            "SELECT key, contact_id, binned_at FROM identity JOIN contact ON contact.id = contact_id "
            "WHERE system = ?1 AND key IN (SELECT value FROM json_each(?2)) UNION ALL "
            "SELECT uid, id, binned_at FROM contact WHERE uid IN (SELECT value FROM json_each(?2))",
            (UID_SYSTEM, wanted),
        ):
            (self.binned if binned_at else self.uids)[uid] = contact

    def _of_names(self, names: Iterable[str]) -> Iterable[int]:
        return (
            number
            for (number,) in self._database.rows(
                "SELECT contact_id FROM contact_line WHERE sort_name IN (SELECT value FROM json_each(?))",
                (json.dumps(list(names)),),
            )
        )

    def _of_emails(self, addresses: set[str]) -> Iterable[int]:
        if not addresses:
            return []
        rows = self._database.rows("SELECT contact_id, address FROM email")
        return (contact for contact, address in rows if address.lower() in addresses)

    def _file(self, known: Known) -> None:
        """Make somebody findable, also by what a record has added."""
        for key in name_keys(known.card):
            if known not in (row := self._by_name[key]):
                row.append(known)
        for email in known.card.emails:
            if known not in (row := self._by_email[email.address.lower()]):
                row.append(known)

    # Asking ------------------------------------------------------------------------------------------------------

    def match(self, record: ContactRecord, card: ContactCard) -> Match | None:
        """Who the record is (sure) or may be; None if it is nobody known."""
        if record.uid and (known := self._of_uid(record.uid, card)) is not None:
            return Match(known, True, _SAME_UID)
        named = [known for key in name_keys(card) for known in self._by_name.get(key, ())]
        named = [known for known in dict.fromkeys(named) if _same_name(known.card, card)]
        best: Match | None = None
        for same, reason in _RULES:
            found = [known for known in named if same(known.card, card)]
            fitting = [known for known in found if self._can_be(known, record, card)]
            if fitting:
                return Match(self._least_new(fitting, record), True, reason)
            if found and best is None:
                other = found[0]
                best = Match(other, False, _CONTRADICTION if contradict(other.card, card) else _OTHER_UID)
        if best is not None:
            return best
        named = [known for known in named if self._can_be(known, record, card)]
        for known in named:
            if united(known.card, record, fill=known.row is not None) is known.card:
                return Match(known, True, _NOTHING_NEW)
        for known in named:
            if not _live_apart(known.card, card):
                return Match(known, False, _SAME_NAME)
        for email in card.emails:
            for known in self._by_email.get(email.address.lower(), ()):
                return Match(known, False, _EMAIL_ALONE)
        return None

    def _of_uid(self, uid: str, card: ContactCard) -> Known | None:
        """Files that give one UID to everybody exist: the second person must have the name of the first."""
        if (earlier := self._by_uid.get(uid)) is not None:
            return earlier if _same_name(earlier.card, card) else None
        return self._contacts.get(self.uids.get(uid, 0))

    def _can_be(self, known: Known, record: ContactRecord, card: ContactCard) -> bool:
        """Two UIDs of one file are two people to whoever wrote it."""
        return not (record.uid and known.uid and record.uid != known.uid) and not contradict(known.card, card)

    def _least_new(self, fitting: list[Known], record: ContactRecord) -> Known:
        if len(fitting) > 1:
            for known in fitting:
                if united(known.card, record, fill=known.row is not None) is known.card:
                    return known
        return fitting[0]

    # What the file adds ------------------------------------------------------------------------------------------

    def add(self, row: int, record: ContactRecord, card: ContactCard) -> None:
        """Somebody who comes new with this row."""
        known = Known(card, row=row, uid=record.uid)
        self._remember(known, record)
        self._file(known)

    def take(self, known: Known, row: int, record: ContactRecord) -> ContactCard:
        """The record is this person: returns the card as it is afterwards."""
        card = united(known.card, record, fill=known.row is not None)
        changed = card is not known.card
        known.card = card
        known.row = row if known.row is None else known.row
        known.uid = known.uid or record.uid
        self._remember(known, record)
        if changed:
            self._file(known)
        return card

    def _remember(self, known: Known, record: ContactRecord) -> None:
        if record.uid:
            self._by_uid.setdefault(record.uid, known)
