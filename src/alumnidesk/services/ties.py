"""Households, relationships and consents as files carry them: read for an export, compared and written by an import.

Purposes and kinds of relationships are known again by their key, else by their name, so that two associations that
have the same ones of their own do not get them twice.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from alumnidesk.domain.consent import KNOWN as PURPOSES
from alumnidesk.domain.folding import fold
from alumnidesk.domain.relationships import BY_KEY
from alumnidesk.domain.ties import (
    BACK,
    FORTH,
    Claim,
    ConsentTie,
    HouseholdTie,
    Known,
    News,
    RelationTie,
    Ties,
    compare,
    plain,
)
from alumnidesk.services.households import bring_together, dissolve_if_alone
from alumnidesk.services.matching import UID_SYSTEM
from alumnidesk.services.purposes import Purposes
from alumnidesk.services.relationships import kind_id
from alumnidesk.storage.database import Database, Transaction

Ask = Callable[[str, tuple[Any, ...]], Any]
"""`Database.rows`, or `Transaction.execute` where one writes."""
_CHOSEN = "IN (SELECT value FROM json_each(?1))"


# Out ---------------------------------------------------------------------------------------------------------------


def read(database: Database, contacts: Iterable[int]) -> dict[int, Ties]:
    """The ties of these contacts; who has none is missing. Relationships with contacts in the bin are left out."""
    chosen = json.dumps(list(contacts))
    households = {
        contact: HouseholdTie(uid, plain(name), plain(salutation))
        for contact, uid, name, salutation in database.rows(
            "SELECT c.id, h.uid, h.name, h.own_salutation FROM contact c JOIN household h ON h.id = c.household_id "
            f"WHERE c.id {_CHOSEN}", (chosen,),
        )
    }  # fmt: skip
    relations: defaultdict[int, list[RelationTie]] = defaultdict(list)
    for side, (this, that) in ((FORTH, ("contact_id", "other_id")), (BACK, ("other_id", "contact_id"))):
        for contact, other, kind, *words in database.rows(
            f"SELECT r.{this}, o.uid, k.key, {_WORDS}, k.name, k.name_back FROM relationship r "
            f"JOIN relationship_kind k ON k.id = r.kind_id JOIN contact o ON o.id = r.{that} "
            f"WHERE o.binned_at = '' AND r.{this} {_CHOSEN} ORDER BY r.id", (chosen,),
        ):  # fmt: skip
            relations[contact].append(RelationTie(other, kind, side, *map(plain, words)))
    consents = _ledgers(database.rows, chosen)
    return {
        contact: Ties(households.get(contact), tuple(relations[contact]), tuple(consents[contact]))
        for contact in households.keys() | relations.keys() | consents.keys()
    }


_WORDS = "r.position, r.department, r.began, r.ended, r.remark"


def _ledgers(ask: Ask, chosen: str) -> defaultdict[int, list[ConsentTie]]:
    """The answers of contacts, the oldest first."""
    found: defaultdict[int, list[ConsentTie]] = defaultdict(list)
    for contact, key, channel, answer, on, *words in ask(
        "SELECT contact_id, p.key, channel, answer, given_on, source, c.wording, entered_at, p.name FROM consent c "
        f"JOIN purpose p ON p.id = purpose_id WHERE contact_id {_CHOSEN} ORDER BY given_on, entered_at, c.id",
        (chosen,),
    ):
        found[contact].append(ConsentTie(key, channel, answer, on, *map(plain, words)))
    return found


# In ----------------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Said:
    """What one record of a file says about a contact."""

    contact: int
    """Its id; below 0 for one who comes new with the file."""
    uid: str
    ties: Ties


def news(ask: Ask, said: Sequence[Said]) -> list[News]:
    """What each record adds to what is known and to the records before it. Writes nothing."""
    tied = {relation.other for one in said for relation in one.ties.relations}
    whose: dict[str, int] = {}
    for one in said:
        if one.uid:
            whose.setdefault(one.uid, one.contact)
    for uid, contact in _contacts(ask, tied - whose.keys()):
        whose.setdefault(uid, contact)
    names = _Names(ask)
    claims = [Claim(one.contact, names.translated(one.ties)) for one in said]
    return compare(_known(ask, whose, claims), claims)


def _contacts(ask: Ask, uids: Iterable[str]) -> Iterable[tuple[str, int]]:
    """The contacts in use that are called so, by us or by a file."""
    found: Iterable[tuple[str, int]] = ask(
        f"SELECT uid, id FROM contact WHERE binned_at = '' AND uid {_CHOSEN} UNION ALL "
        "SELECT key, contact_id FROM identity JOIN contact ON contact.id = contact_id "
        f"WHERE binned_at = '' AND system = ?2 AND key {_CHOSEN}",
        (json.dumps(sorted(uids)), UID_SYSTEM),
    )
    return found


def _known(ask: Ask, whose: Mapping[str, int], claims: Sequence[Claim]) -> Known:
    known = Known(whose)
    contacts = json.dumps(sorted({claim.contact for claim in claims if claim.contact > 0}))
    wanted = json.dumps(sorted({claim.ties.household.uid for claim in claims if claim.ties.household}))
    for contact, uid in ask(
        "SELECT c.id, h.uid FROM contact c JOIN household h ON h.id = c.household_id "
        f"WHERE c.id {_CHOSEN} OR h.uid IN (SELECT value FROM json_each(?2))", (contacts, wanted),
    ):  # fmt: skip
        known.household_of[contact] = uid
    uids = json.dumps(sorted({*json.loads(wanted), *known.household_of.values()}))
    for uid, name, salutation, size in ask(
        "SELECT uid, name, own_salutation, (SELECT count(*) FROM contact WHERE household_id = household.id) "
        f"FROM household WHERE uid {_CHOSEN}", (uids,),
    ):  # fmt: skip
        known.households[uid] = HouseholdTie(uid, plain(name), plain(salutation))
        known.sizes[uid] = size
    for first, second, key, *words in ask(
        f"SELECT contact_id, other_id, k.key, {_WORDS} FROM relationship r "
        f"JOIN relationship_kind k ON k.id = r.kind_id WHERE contact_id {_CHOSEN} OR other_id {_CHOSEN}", (contacts,),
    ):  # fmt: skip
        known.relations[first, second, key] = RelationTie("", key, FORTH, *map(plain, words))
    for contact, ledger in _ledgers(ask, contacts).items():
        known.consents[contact].update(ledger)
    return known


class _Names:
    """Kinds and purposes of the association's own, as a file and as we call them."""

    def __init__(self, ask: Ask) -> None:
        kinds = ask("SELECT key, name, name_back FROM relationship_kind WHERE name <> ''", ())
        self._kinds = {key: (name, back) for key, name, back in kinds}
        self._purposes = dict(ask("SELECT key, name FROM purpose WHERE name <> ''", ()))
        self._kind_keys = {(fold(name), fold(back)): key for key, (name, back) in self._kinds.items()}
        self._purpose_keys = {fold(name): key for key, name in self._purposes.items()}

    def translated(self, ties: Ties) -> Ties:
        """The same with our keys and names."""
        if not ties.relations and not ties.consents:
            return ties
        return replace(
            ties,
            relations=tuple(map(self._relation, ties.relations)),
            consents=tuple(map(self._consent, ties.consents)),
        )

    def _relation(self, tie: RelationTie) -> RelationTie:
        if tie.kind in BY_KEY:
            return replace(tie, name="", name_back="")
        key = tie.kind
        if key not in self._kinds:
            key = self._kind_keys.setdefault((fold(tie.name), fold(tie.name_back)), key)
        name, back = self._kinds.setdefault(key, (tie.name, tie.name_back or tie.name))
        return replace(tie, kind=key, name=name, name_back=back)

    def _consent(self, tie: ConsentTie) -> ConsentTie:
        if tie.purpose in _PROGRAMS:
            return replace(tie, name="")
        key = tie.purpose
        if key not in self._purposes:
            key = self._purpose_keys.setdefault(fold(tie.name), key)
        return replace(tie, purpose=key, name=self._purposes.setdefault(key, tie.name))


_PROGRAMS = frozenset(purpose.key for purpose in PURPOSES)


# Writing -----------------------------------------------------------------------------------------------------------


def write(transaction: Transaction, said: Sequence[Said]) -> None:
    """Bring what the records say into the file, as a part of an import; all of them are contacts by now."""
    found = news(transaction.execute, said)
    for one, new in zip(said, found, strict=True):
        if new.household is not None:
            _put(transaction, one.contact, new.household)
    for (first, second, key), tie in (relation for new in found for relation in new.relations):
        _relate(transaction, first, second, key, tie)
    _note(transaction, [(one.contact, answer) for one, new in zip(said, found, strict=True) for answer in new.consents])


def _put(transaction: Transaction, contact: int, tie: HouseholdTie) -> None:
    row = transaction.execute("SELECT id, name, own_salutation FROM household WHERE uid = ?", (tie.uid,)).fetchone()
    if row is None:
        number = transaction.allocate("household", 1)
        values = (number, tie.uid, tie.name, tie.own_salutation)
        transaction.insert_many("household", ("id", "uid", "name", "own_salutation"), [values])
    else:
        number = row[0]
        if row[1:] != (tie.name, tie.own_salutation):
            transaction.execute(
                "UPDATE household SET name = ?, own_salutation = ? WHERE id = ?",
                (tie.name, tie.own_salutation, number),
            )
    (before,) = transaction.execute("SELECT household_id FROM contact WHERE id = ?", (contact,)).fetchone()
    if before != number:
        transaction.execute("UPDATE contact SET household_id = ? WHERE id = ?", (number, contact))
        if before is not None:
            dissolve_if_alone(transaction, before)
    bring_together(transaction, number)


def _relate(transaction: Transaction, first: int, second: int, key: str, tie: RelationTie) -> None:
    if (
        key not in BY_KEY
        and not transaction.execute("SELECT 1 FROM relationship_kind WHERE key = ?", (key,)).fetchone()
    ):
        number = transaction.allocate("relationship_kind", 1)
        transaction.insert_many(
            "relationship_kind", ("id", "key", "name", "name_back"), [(number, key, tie.name, tie.name_back)]
        )
    kind = kind_id(transaction, key)
    words = (tie.position, tie.department, tie.began, tie.ended, tie.remark)
    known = transaction.execute(
        "SELECT id FROM relationship WHERE contact_id = ? AND other_id = ? AND kind_id = ?", (first, second, kind)
    ).fetchone()
    if known is not None:
        transaction.execute(
            "UPDATE relationship SET position = ?, department = ?, began = ?, ended = ?, remark = ? WHERE id = ?",
            (*words, known[0]),
        )
        return
    number = transaction.allocate("relationship", 1)
    transaction.insert_many(
        "relationship",
        ("id", "contact_id", "other_id", "kind_id", "position", "department", "began", "ended", "remark"),
        [(number, first, second, kind, *words)],
    )


def _note(transaction: Transaction, answers: Sequence[tuple[int, ConsentTie]]) -> None:
    if not answers:
        return
    ids = dict(Purposes.ids(transaction))
    for _, tie in answers:
        if tie.purpose not in ids:
            ids[tie.purpose] = transaction.allocate("purpose", 1)
            transaction.insert_many("purpose", ("id", "key", "name"), [(ids[tie.purpose], tie.purpose, tie.name)])
    first = transaction.allocate("consent", len(answers))
    transaction.insert_many(
        "consent",
        ("id", "contact_id", "purpose_id", "channel", "answer", "given_on", "source", "wording", "entered_at"),
        [
            (
                first + i,
                contact,
                ids[tie.purpose],
                tie.channel,
                tie.answer,
                tie.on,
                tie.source,
                tie.wording,
                tie.entered,
            )
            for i, (contact, tie) in enumerate(answers)
        ],
    )
