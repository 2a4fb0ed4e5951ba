"""What either side had after the last sync, kept in the data file for each contact and partner."""

from __future__ import annotations

import json
import zlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from alumnidesk.domain.sync import Base, Slot
from alumnidesk.storage.database import Database, Transaction, now


@dataclass(frozen=True, slots=True)
class Link:
    """A contact and its place at a partner."""

    contact: int
    place: str
    uid: str = ""
    """By which the place calls the contact."""
    stamp: str = ""
    """Empty: to be looked at whatever its stamp is."""
    digest: str = ""
    fits: bool = False
    """Whether the contact was one of those whom the partner is about."""


@dataclass(frozen=True, slots=True)
class Bases:
    """What both had."""

    ours: Base = field(default_factory=dict)
    theirs: Base = field(default_factory=dict)

    def packed(self) -> Packed:
        """As they are kept: a third of the room, so that those of 40,000 contacts can wait in memory."""
        return Packed(_packed(self.theirs), None if self.ours == self.theirs else _packed(self.ours))


class Packed(NamedTuple):
    """What both had, as it is kept."""

    base: bytes
    ours: bytes | None


NOTHING_HAD = Bases()
"""Those of a first sync."""


def load(database: Database, partner: int) -> dict[int, Link]:
    """The links of a partner, by contact."""
    rows = database.rows(
        "SELECT contact_id, place, uid, stamp, digest, fits FROM sync_link WHERE partner_id = ?", (partner,)
    )
    return {
        contact: Link(contact, place, uid, stamp, digest, bool(fits))
        for contact, place, uid, stamp, digest, fits in rows
    }


def bases(database: Database, partner: int, contacts: Iterable[int]) -> Mapping[int, Bases]:
    """What both had of these contacts; who has no link, or one that was emptied, is not among them."""
    rows = database.rows(
        "SELECT contact_id, base, ours FROM sync_link WHERE partner_id = ? AND length(base) > 0 "
        "AND contact_id IN (SELECT value FROM json_each(?))",
        (partner, json.dumps(list(contacts))),
    )
    return {
        contact: Bases(theirs if ours is None else _unpacked(ours), theirs)
        for contact, base, ours in rows
        for theirs in [_unpacked(base)]
    }


def save(transaction: Transaction, partner: int, links: Iterable[tuple[Link, Packed]]) -> None:
    """Keep what both have now."""
    transaction.put_beside(
        "sync_link",
        ("partner_id", "contact_id", "place", "uid", "stamp", "digest", "fits", "base", "ours"),
        [
            (partner, link.contact, link.place, link.uid, link.stamp, link.digest, int(link.fits), *both)
            for link, both in links
        ],
    )


def move(transaction: Transaction, partner: int, links: Iterable[Link]) -> None:
    """Keep where contacts lie now and what was seen there; what both had stays."""
    rows = [
        (link.contact, link.place, link.uid, link.stamp, link.digest, int(link.fits), partner, link.contact)
        for link in links
    ]
    for row in rows:  # first out of each other's way: two files may have changed their names
        transaction.execute("UPDATE sync_link SET place = '/' || id WHERE partner_id = ? AND contact_id = ?", row[-2:])
    for row in rows:
        transaction.execute(
            "UPDATE OR REPLACE sync_link SET contact_id = ?, place = ?, uid = ?, stamp = ?, digest = ?, fits = ? "
            "WHERE partner_id = ? AND contact_id = ?",
            row,
        )


def drop(transaction: Transaction, partner: int, contacts: Iterable[int]) -> None:
    """Forget these contacts' places."""
    transaction.execute(
        "DELETE FROM sync_link WHERE partner_id = ? AND contact_id IN (SELECT value FROM json_each(?))",
        (partner, json.dumps(list(contacts))),
    )


def look_again(transaction: Transaction, partner: int) -> None:
    """Let the next sync read every place of a partner; what both had stays."""
    transaction.execute("UPDATE sync_link SET stamp = '' WHERE partner_id = ?", (partner,))


def drop_partner(transaction: Transaction, partner: int) -> None:
    """Forget a partner's places."""
    transaction.execute("DELETE FROM sync_link WHERE partner_id = ?", (partner,))
    transaction.execute("DELETE FROM sync_state WHERE partner_id = ?", (partner,))


def forget(transaction: Transaction, contacts: Iterable[int]) -> None:
    """Keep nothing of what these contacts were; only the places stay, so that the next sync deletes there too."""
    transaction.execute(
        "UPDATE sync_link SET uid = '', base = x'', ours = NULL WHERE contact_id IN (SELECT value FROM json_each(?))",
        (json.dumps(list(contacts)),),
    )


def synced_until(database: Database, partner: int) -> int:
    """The last deed that was looked at."""
    rows = database.rows("SELECT changeset FROM sync_state WHERE partner_id = ?", (partner,))
    return int(rows[0][0]) if rows else 0


def set_synced(transaction: Transaction, partner: int, changeset: int) -> None:
    """All deeds up to this one were looked at, now."""
    transaction.put_beside("sync_state", ("partner_id", "synced_at", "changeset"), [(partner, now(), changeset)])


def _packed(base: Base) -> bytes:
    text = json.dumps([[*slot, canonical] for slot, canonical in base.items()], ensure_ascii=False)
    return zlib.compress(text.encode(), 1)


def _unpacked(packed: bytes) -> Base:
    return {Slot(name, key): canonical for name, key, canonical in json.loads(zlib.decompress(packed))}
