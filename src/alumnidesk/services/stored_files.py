"""Bytes that are kept once by their content: photos, filed files, files in own fields.

They are never changed and never part of a step of the history, so that undo needs no copy of them. What nothing refers
to any more stays for as long as the history can bring back what did.
"""

from __future__ import annotations

from alumnidesk.domain.records import content_key
from alumnidesk.errors import Refused
from alumnidesk.i18n import say
from alumnidesk.storage.database import Database, Transaction


def store(transaction: Transaction, data: bytes, media_type: str = "") -> str:
    """Keep bytes, once; returns their key."""
    key = content_key(data)
    if not transaction.execute("SELECT 1 FROM stored_file WHERE sha256 = ?", (key,)).fetchone():
        transaction.execute(
            "INSERT INTO stored_file (sha256, media_type, data) VALUES (?, ?, ?)", (key, media_type, data)
        )
    return key


def keep(database: Database, data: bytes, media_type: str = "") -> str:
    """The same outside of a deed: what will refer to the bytes is a step of the history, they themselves are none."""
    with database.writing(say("File kept")) as transaction:
        return store(transaction, data, media_type)


def fetch(database: Database, key: str) -> bytes:
    """The bytes of a key. Raises Refused if they are not in this file."""
    rows = database.rows("SELECT data FROM stored_file WHERE sha256 = ?", (key,))
    if not rows:
        raise Refused(say("The content of this file is not here; only its name came from elsewhere."))
    return bytes(rows[0][0])


def present(database: Database, key: str) -> bool:
    """Whether the bytes of a key are in this file."""
    return bool(database.rows("SELECT 1 FROM stored_file WHERE sha256 = ?", (key,)))
