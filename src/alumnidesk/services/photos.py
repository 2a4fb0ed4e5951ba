"""Photos of contacts."""

from __future__ import annotations

from alumnidesk.errors import InvalidInput, Refused
from alumnidesk.formats import pictures
from alumnidesk.i18n import say
from alumnidesk.services import stored_files
from alumnidesk.storage.database import Database


class Photos:
    """One photo for each contact; the same picture is kept once, however many contacts have it."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def of(self, contact: int) -> bytes:
        """The photo of a contact, a PNG or JPEG of at most 2 MB and 25 megapixels; empty if there is none."""
        rows = self._database.rows(
            "SELECT data FROM contact JOIN stored_file ON sha256 = photo WHERE contact.id = ?", (contact,)
        )
        return bytes(rows[0][0]) if rows else b""

    def set(self, contact: int, data: bytes) -> None:
        """Take a picture as photo. Raises InvalidInput if it is too large or of another kind; it is not decoded."""
        if (reason := pictures.why_not(data)) is not None:
            raise InvalidInput("photo", *reason)
        with self._database.writing(say("Photo of {name} changed", name=self._name(contact))) as transaction:
            key = stored_files.store(transaction, data, pictures.media_type(data))
            transaction.execute("UPDATE contact SET photo = ? WHERE id = ?", (key, contact))

    def remove(self, contact: int) -> None:
        """Take the photo away."""
        with self._database.writing(say("Photo of {name} taken away", name=self._name(contact))) as transaction:
            transaction.execute("UPDATE contact SET photo = '' WHERE id = ?", (contact,))

    def _name(self, contact: int) -> str:
        return contact_name(self._database, contact)


def contact_name(database: Database, contact: int) -> str:
    """The name of a contact, as lists show it. Raises Refused if it does not exist."""
    rows = database.rows("SELECT name FROM contact_line WHERE contact_id = ?", (contact,))
    if not rows:
        raise Refused(say("This contact does not exist any more."))
    return str(rows[0][0])
