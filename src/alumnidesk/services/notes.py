"""Notes about contacts, and what is to be followed up."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from alumnidesk.domain import dates
from alumnidesk.domain.cards import ContactCard
from alumnidesk.domain.notes import KINDS, NOTE, SEARCH, Note
from alumnidesk.domain.returned import Place, place_line
from alumnidesk.errors import InvalidInput, Refused
from alumnidesk.i18n import say
from alumnidesk.services import cards
from alumnidesk.storage.database import Database, Transaction, now

_COLUMNS = "n.id, n.contact_id, coalesce(line.name, ''), n.kind, n.text, n.written_at, n.due_on, n.done_at"
_NOTES = "FROM note n LEFT JOIN contact_line AS line ON line.contact_id = n.contact_id"
_OPEN = (
    "FROM note n JOIN contact_line AS line ON line.contact_id = n.contact_id WHERE n.due_on <> '' AND n.done_at = ''"
)
"""Nobody is reminded of contacts in the bin."""


class Notes:
    """Writes notes, and keeps what is due."""

    def __init__(self, database: Database) -> None:
        self._database = database

    # Reading ----------------------------------------------------------------------------------------------------

    def note(self, number: int) -> Note:
        """One note. Raises Refused if it does not exist any more."""
        rows = self._database.rows(f"SELECT {_COLUMNS} {_NOTES} WHERE n.id = ?", (number,))
        if not rows:
            raise Refused(say("This note does not exist any more."))
        return Note(*rows[0])

    def open(self, until: dt.date | None = None) -> list[Note]:
        """What is to be followed up and not done, the longest overdue first; with `until` what is due by then."""
        condition, values = ("", ()) if until is None else (" AND n.due_on <= ?", (until.isoformat(),))
        return [
            Note(*row)
            for row in self._database.rows(f"SELECT {_COLUMNS} {_OPEN}{condition} ORDER BY n.due_on, n.id", values)
        ]

    def count_due(self, today: dt.date) -> int:
        """How many are due on a day or overdue."""
        ((n,),) = self._database.rows(f"SELECT count(*) {_OPEN} AND n.due_on <= ?", (today.isoformat(),))
        return int(n)

    # Deeds ------------------------------------------------------------------------------------------------------

    def add(self, contact: int, text: str, *, kind: str = NOTE, due_on: str = "") -> int:
        """A dated note in the timeline of a contact, to be followed up if it has a day it is due on; returns its id.

        Raises InvalidInput if it is empty, of no known kind, or due on no day.
        """
        text = _checked(text, kind, due_on)
        with self._database.writing(say("Note about {name} added", name=self._name(contact))) as transaction:
            return _insert(transaction, contact, kind, text, due_on)

    def change(self, number: int, *, text: str, kind: str, due_on: str) -> None:
        """Correct a note, or set, move or take away its day. One that gets another day is open again."""
        text, before = _checked(text, kind, due_on), self.note(number)
        if (text, kind, due_on) == (before.text, before.kind, before.due_on):
            return
        done_at = before.done_at if due_on == before.due_on else ""
        with self._database.writing(say("Note about {name} changed", name=self._name(before.contact))) as transaction:
            transaction.execute(
                "UPDATE note SET text = ?, kind = ?, due_on = ?, done_at = ? WHERE id = ?",
                (text, kind, due_on, done_at, number),
            )

    def finish(self, number: int) -> None:
        """It is done."""
        name = self._name(self.note(number).contact)
        with self._database.writing(say("Follow-up about {name} done", name=name)) as transaction:
            transaction.execute("UPDATE note SET done_at = ? WHERE id = ? AND done_at = ''", (now(), number))

    def reopen(self, number: int) -> None:
        """It is not done after all."""
        name = self._name(self.note(number).contact)
        with self._database.writing(say("Follow-up about {name} opened again", name=name)) as transaction:
            transaction.execute("UPDATE note SET done_at = '' WHERE id = ? AND done_at <> ''", (number,))

    def delete(self, number: int) -> None:
        """Take a note away."""
        name = self._name(self.note(number).contact)
        with self._database.writing(say("Note about {name} deleted", name=name)) as transaction:
            transaction.execute("DELETE FROM note WHERE id = ?", (number,))

    def _name(self, contact: int) -> str:
        found: ContactCard | None = next(cards.read(self._database, [contact]), None)
        if found is None:
            raise Refused(say("This contact does not exist any more."))
        return found.name


def begin_search(transaction: Transaction, contact: int, place: Place, note: str, due_on: str) -> None:
    """Within a deed: an address or e-mail came back, and somebody is to find out where the contact is."""
    text = "\n".join(filter(None, (place_line(place), note.strip())))
    _insert(transaction, contact, SEARCH, text, due_on)


def end_searches(transaction: Transaction, contact: int, places: Sequence[Place]) -> None:
    """Within a deed: these places are in use again, so the searches that they began are done."""
    for place in places:
        transaction.execute(
            "UPDATE note SET done_at = ?1 WHERE contact_id = ?2 AND kind = 'search' AND done_at = '' "
            "AND (text = ?3 OR substr(text, 1, length(?3) + 1) = ?3 || char(10))",
            (now(), contact, place_line(place)),
        )


def _insert(transaction: Transaction, contact: int, kind: str, text: str, due_on: str) -> int:
    cursor = transaction.execute(
        "INSERT INTO note (contact_id, kind, written_at, due_on, text) VALUES (?, ?, ?, ?, ?)",
        (contact, kind, now(), due_on, text),
    )
    return int(cursor.lastrowid or 0)


def _checked(text: str, kind: str, due_on: str) -> str:
    if not text.strip():
        raise InvalidInput("note", say("The note is empty."))
    if kind not in KINDS:
        raise InvalidInput("kind", say("“{value}” is no kind of note.", value=kind))
    if due_on and not (len(due_on) == 10 and dates.is_stored(due_on)):
        raise InvalidInput("due_on", say("“{value}” is not a day.", value=due_on), say("Write 2.3.2026 or 2 Mar 2026."))
    return text.strip()
