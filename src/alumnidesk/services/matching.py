"""Who is this? Recognises the records of a file among the contacts we have and among the earlier ones of the same file.

In the order of `SURE`, and always with the reason in words. What is less than that is only *similar*, and a person
decides; that decision is the first reason when the same row comes again.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from operator import itemgetter

from alumnidesk.domain.cards import ORGANISATION, ContactCard
from alumnidesk.domain.folding import fold
from alumnidesk.domain.names import sort_key
from alumnidesk.domain.records import ContactRecord, as_card, fingerprint
from alumnidesk.domain.uniting import same_email, same_phone, same_place, united
from alumnidesk.i18n import Message, say
from alumnidesk.progress import Progress
from alumnidesk.services import cards
from alumnidesk.services.earlier_rows import EarlierRows, Key
from alumnidesk.storage.connection import Connection
from alumnidesk.storage.database import Database

UID_SYSTEM = "vcard"
"""Under which name `identity` keeps the UIDs of others; a UID means the same in a card and in a table."""
ROW_SYSTEM = "row"
"""Under which it keeps whose a row is by a person's decision, with the `fingerprint` of the record as key."""
_BATCH = 5_000


@dataclass(slots=True, eq=False)
class Known:
    """Somebody a record can turn out to be: a contact of ours, or an earlier record of the file."""

    card: ContactCard
    """With what earlier records of the file have added."""
    name: str
    """Folded, as one says it."""
    contact: int | None = None
    row: int | None = None
    """The first row of the file that is this person."""
    uid: str = ""
    """The UID by which the file calls this person."""
    kept: int = 0
    """Its number in `EarlierRows`."""


@dataclass(slots=True, eq=False)
class Described:
    """A record as the contact that it describes, with what it is compared by."""

    record: ContactRecord
    card: ContactCard
    name: str
    keys: tuple[str, ...]
    """Sort names under which it is known from now on."""
    employer: str
    """Folded. Programs that know no organisations show them as a person with a company."""

    @classmethod
    def of(cls, record: ContactRecord) -> Described:
        card = as_card(record)
        employer = _folded(card.organisation) if card.organisation and card.kind != ORGANISATION else ""
        return cls(record, card, _folded(card.name), name_keys(card), employer)

    @property
    def looked_for(self) -> tuple[str, ...]:
        """Sort names of those whom it may be."""
        return (*self.keys, self.employer) if self.employer else self.keys


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
_DECIDED = say("chosen by you when this row was imported before")
_SAME_UID = say("same ID")
_NOTHING_NEW = say("same name, and nothing that is not known")
_SAME_NAME = say("same name")
_OTHER_UID = say("same name, but another ID in this file")
_CONTRADICTION = say("same name, but another date of birth or suffix")
_EMAIL_ALONE = say("same e-mail address")

SURE: tuple[Message, ...] = (_DECIDED, _SAME_UID, *(reason for _, reason in _RULES), _NOTHING_NEW)
"""Why a row surely is somebody known, the strongest reason first."""
SIMILAR: tuple[Message, ...] = (_OTHER_UID, _CONTRADICTION, _SAME_NAME, _EMAIL_ALONE)
"""Why a row may be somebody known, so that a person decides."""


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
    """The sort names under which somebody of this name can be found: with and without what stands before the name.

    Many programs have one column for both, so ``von und zu Stetten`` may be sorted under any of its words.
    """
    words = f"{card.name_particle} {card.family_name}".split()
    if card.kind == ORGANISATION or len(words) < 2:
        return (sort_key(card.kind, card.organisation, card.given_name, card.family_name, card.name),)
    return tuple(fold(f"{' '.join(words[start:])} {card.given_name}".strip()) for start in range(len(words)))


def _folded(name: str) -> str:
    return " ".join(fold(name).split())


def _same_name(known: Known, new: Described) -> bool:
    """One name as one says it; or an organisation of ours, by its name and that of its contact person."""
    if known.name == new.name:
        return True
    ours = known.card
    return (
        bool(new.employer)
        and ours.kind == ORGANISATION
        and known.name == new.employer
        and (_folded(f"{ours.given_name} {_family(ours)}") == _folded(f"{new.card.given_name} {_family(new.card)}"))
    )


def _family(card: ContactCard) -> str:
    return f"{card.name_particle} {card.family_name}"


# The register ------------------------------------------------------------------------------------------------------


class Register:
    """Everybody whom the records of a file can be, ready to be asked record by record, in file order.

    Of a long file it serves one part; whom that was about it hands on to the register of the next.
    """

    def __init__(self, database: Database, described: Sequence[Described], earlier: EarlierRows | None = None) -> None:
        self._database = database
        self._described = described
        self._earlier = earlier
        self.uids: dict[str, int] = {}
        """UIDs of the file that we know → contact."""
        self.binned: dict[str, int] = {}
        """The same for contacts in the bin."""
        self._decided: dict[str, int] = {}
        """Fingerprint of a record → the contact that a person has chosen for it."""
        self._contacts: dict[int, Known] = {}
        self._by_name: defaultdict[str, list[Known]] = defaultdict(list)
        self._by_email: defaultdict[str, list[Known]] = defaultdict(list)
        self._by_uid: dict[str, Known] = {}
        self._met: dict[Known, None] = {}
        """Whom the records so far were about."""

    def load(self, progress: Progress) -> None:
        """Read the contacts that come into question."""
        self._read_uids()
        decided = "SELECT key, contact_id FROM identity WHERE system = ?"
        self._decided = dict(self._database.rows(decided, (ROW_SYSTEM,)))
        chosen = {*self.uids.values(), *self._decided.values()}
        names = {key for new in self._described for key in new.looked_for}
        emails = {email.address.lower() for new in self._described for email in new.card.emails}
        chosen.update(self._of_names(names))
        progress.check()
        chosen.update(self._of_emails(emails, progress))
        ids = sorted(chosen)
        progress.begin(say("Comparing with the contacts …"), len(ids) + len(self._described))
        met = self._of_earlier_parts(names, emails, ids, progress)
        for card in progress.each(cards.read(self._database, ids)):
            if card.id is not None and not card.binned:
                known = self._contacts.setdefault(card.id, Known(card, _folded(card.name), contact=card.id))
                self._file(known, name_keys(card), card)
        for (kind, key), known in met:
            filed = {"name": self._by_name, "email": self._by_email}.get(kind)
            if filed is not None and known not in (row := filed[str(key)]):
                row.append(known)
        self._rename()

    def _of_earlier_parts(
        self, names: Iterable[str], emails: Iterable[str], contacts: Iterable[int], progress: Progress
    ) -> list[tuple[Key, Known]]:
        """Whom the earlier parts of the file were about, as they left them; contacts of ours instead of what is stored.

        Raises Cancelled.
        """
        if self._earlier is None:
            return []
        kinds = (("name", names), ("email", emails), ("contact", contacts))
        wanted: list[Key] = [(kind, value) for kind, values in kinds for value in values]
        wanted += [("uid", new.record.uid) for new in self._described if new.record.uid]
        met: list[tuple[int, Key, Known]] = []
        for start in range(0, len(wanted), _BATCH):
            progress.check()
            met += self._earlier.find(wanted[start : start + _BATCH])
        one: dict[int, Known] = {}
        found = [(number, key, one.setdefault(known.kept, known)) for number, key, known in met]
        self._contacts.update((known.contact, known) for known in one.values() if known.contact is not None)
        self._by_uid.update((str(key), known) for _, (kind, key), known in found if kind == "uid")
        return [(key, known) for _, key, known in sorted(found, key=itemgetter(0))]

    def hand_on(self, earlier: EarlierRows, progress: Progress) -> None:
        """Keep whom the records were about for the next part of the file. Raises Cancelled."""
        met = self._met
        keys: list[tuple[Key, Known]] = [(("contact", known.contact), known) for known in met if known.contact]
        keys += [(("uid", uid), known) for uid, known in self._by_uid.items() if known in met]
        for kind, filed in (("name", self._by_name), ("email", self._by_email)):
            keys += [((kind, key), known) for key, row in filed.items() for known in row if known in met]
        progress.begin(say("Comparing with the contacts …"), len(met) + len(keys))
        earlier.keep(progress.each(met), progress.each(keys))

    def _rename(self) -> None:
        """Somebody whom the file knows by a UID is recognised by the name that the file gives, from its first row on.

        By the name before, a row without a UID would be this person now, and nobody known when the file comes again.
        """
        becoming: dict[str, ContactCard] = {}
        for new in self._described:
            uid = new.record.uid
            if uid not in self.uids or uid in becoming or self._is_decided(new.record):
                continue
            known = self._contacts[self.uids[uid]]
            card = united(becoming.get(known.uid, known.card), new.record, fill=bool(known.uid))
            known.uid = known.uid or uid
            becoming[uid] = becoming[known.uid] = card
            known.name = _folded(card.name)
            self._file(known, name_keys(card), known.card)

    def _read_uids(self) -> None:
        wanted = json.dumps(sorted({new.record.uid for new in self._described if new.record.uid}))
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

    def _of_emails(self, addresses: set[str], progress: Progress) -> Iterable[int]:
        if not addresses:
            return []
        return self._database.ask(_having, addresses, progress)

    def _file(self, known: Known, keys: tuple[str, ...], card: ContactCard) -> None:
        """Make somebody findable by a card, also by what a record has added."""
        for key in keys:
            if known not in (row := self._by_name[key]):
                row.append(known)
        for email in card.emails:
            if known not in (row := self._by_email[email.address.lower()]):
                row.append(known)

    def knows(self, uid: str) -> bool:
        """Whether somebody of ours, or of the rows so far, is called so."""
        return uid in self.uids or uid in self.binned or uid in self._by_uid

    # Asking ------------------------------------------------------------------------------------------------------

    def match(self, new: Described) -> Match | None:
        """Who the record is (sure) or may be; None if it is nobody known."""
        if self._is_decided(new.record):
            return Match(self._contacts[self._decided[fingerprint(new.record)]], True, _DECIDED)
        uid = new.record.uid
        if uid and (known := self._of_uid(uid, new)) is not None:
            return Match(known, True, _SAME_UID)
        return self._of_name(new) or self._of_email(new.card)

    def in_bin(self, record: ContactRecord) -> int | None:
        """The contact in the bin that the record is."""
        if record.uid and record.uid in self.binned:
            return self.binned[record.uid]
        decided = self._decided.get(fingerprint(record)) if self._decided else None
        return decided if decided not in self._contacts else None

    def _is_decided(self, record: ContactRecord) -> bool:
        return bool(self._decided) and self._decided.get(fingerprint(record)) in self._contacts

    def _of_uid(self, uid: str, new: Described) -> Known | None:
        """Files that give one UID to everybody exist: the second person must have the name of the first."""
        if (earlier := self._by_uid.get(uid)) is not None:
            return earlier if _same_name(earlier, new) else None
        return self._contacts.get(self.uids.get(uid, 0))

    def _of_name(self, new: Described) -> Match | None:
        found = [known for key in new.looked_for for known in self._by_name.get(key, ())]
        named = [known for known in dict.fromkeys(found) if _same_name(known, new)] if found else []
        if not named:
            return None
        possible: list[Known] = []
        others: list[Known] = []
        for known in named:
            (possible if _can_be(known, new) else others).append(known)
        for same, reason in _RULES:
            fitting = [known for known in possible if same(known.card, new.card)]
            if fitting:
                return Match(_least_new(fitting, new), True, reason)
        for known in possible:
            if _can_be_all_known(new.card) and _adds_nothing(known, new):
                return Match(known, True, _NOTHING_NEW)
        for known in others:
            if any(same(known.card, new.card) for same, _ in _RULES):
                return Match(known, False, _CONTRADICTION if contradict(known.card, new.card) else _OTHER_UID)
        return next(
            (Match(known, False, _SAME_NAME) for known in possible if not _live_apart(known.card, new.card)), None
        )

    def _of_email(self, card: ContactCard) -> Match | None:
        for email in card.emails:
            if known := self._by_email.get(email.address.lower()):
                return Match(known[0], False, _EMAIL_ALONE)
        return None

    # What the file adds ------------------------------------------------------------------------------------------

    def add(self, row: int, new: Described, card: ContactCard) -> None:
        """Somebody who comes new with this row."""
        known = Known(card, new.name, row=row, uid=new.record.uid)
        self._meet(known, new.record)
        self._file(known, new.keys, card)

    def take(self, known: Known, row: int, record: ContactRecord) -> ContactCard:
        """The record is this person: returns the card as it is afterwards."""
        card = united(known.card, record, fill=known.row is not None)
        if card is not known.card:
            known.card = card
            if known.contact is None:  # the name of a contact of ours stands since `load`
                known.name = _folded(card.name)
            self._file(known, name_keys(card), card)
        known.row = row if known.row is None else known.row
        known.uid = known.uid or record.uid
        self._meet(known, record)
        return card

    def _meet(self, known: Known, record: ContactRecord) -> None:
        self._met[known] = None
        if record.uid:
            self._by_uid.setdefault(record.uid, known)


def _having(connection: Connection, addresses: set[str], progress: Progress) -> list[int]:
    """The contacts that have one of these e-mail addresses, which are in small letters. Raises Cancelled."""
    rows = connection.execute("SELECT contact_id, address FROM email")
    found: list[int] = []
    while some := rows.fetchmany(_BATCH):  # a million take a second
        progress.check()
        found += [contact for contact, address in some if address.lower() in addresses]
    return found


def _can_be(known: Known, new: Described) -> bool:
    """Two UIDs of one file are two people to whoever wrote it."""
    uid = new.record.uid
    return not (uid and known.uid and uid != known.uid) and not contradict(known.card, new.card)


def _can_be_all_known(card: ContactCard) -> bool:
    """An e-mail or a phone number that was known would have been a reason already."""
    return not card.emails and not card.phones


def _adds_nothing(known: Known, new: Described) -> bool:
    return united(known.card, new.record, fill=known.row is not None) is known.card


def _least_new(fitting: list[Known], new: Described) -> Known:
    if len(fitting) > 1:
        return next((known for known in fitting if _adds_nothing(known, new)), fitting[0])
    return fitting[0]
