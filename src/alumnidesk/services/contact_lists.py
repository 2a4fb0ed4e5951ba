"""Fixed lists of contacts: frozen from a search or a selection, and kept as they are."""

from __future__ import annotations

import datetime as dt
import json
import uuid
from collections.abc import Sequence

from alumnidesk.domain.audiences import LIST, ContactList
from alumnidesk.domain.folding import fold
from alumnidesk.domain.query_text import parse, write
from alumnidesk.errors import InvalidInput, Refused
from alumnidesk.i18n import say, say_n
from alumnidesk.services.defined_fields import defined
from alumnidesk.services.saved_queries import rename_in_searches
from alumnidesk.services.segments import refuse_if_used
from alumnidesk.storage.database import Database, Transaction


class ContactLists:
    """The fixed lists of the association."""

    def __init__(self, database: Database) -> None:
        self._database = database

    # Reading ----------------------------------------------------------------------------------------------------

    def all(self) -> list[ContactList]:
        """Every list, by name."""
        rows = self._database.rows(
            "SELECT id, name, made_at, query, (SELECT count(*) FROM list_member "
            "JOIN contact ON contact.id = contact_id WHERE list_id = contact_list.id AND binned_at = '') "
            "FROM contact_list ORDER BY name COLLATE NOCASE, id"
        )
        return [ContactList(*row) for row in rows]

    def get(self, number: int) -> ContactList:
        """One of them. Raises Refused if it does not exist."""
        found = next((one for one in self.all() if one.id == number), None)
        if found is None:
            raise Refused(say("This list does not exist any more."))
        return found

    # Deeds ------------------------------------------------------------------------------------------------------

    def freeze(self, name: str, contacts: Sequence[int], query: str = "") -> ContactList:
        """Keep these contacts as a list; `query` is the search that found them. Raises InvalidInput for a name that is
        empty or taken."""
        name = self._name(name)
        frozen_from = write(parse(query, defined(self._database)))
        label = say_n("List “{name}” made, with {n} contact", "List “{name}” made, with {n} contacts",
                      len(set(contacts)), name=name)  # fmt: skip
        with self._database.writing(label) as transaction:
            number = transaction.allocate("contact_list", 1)
            now = dt.datetime.now(dt.UTC).isoformat(timespec="seconds")
            transaction.execute(
                "INSERT INTO contact_list (id, uid, name, made_at, query) VALUES (?, ?, ?, ?, ?)",
                (number, str(uuid.uuid4()), name, now, frozen_from),
            )
            _put_on(transaction, number, list(dict.fromkeys(contacts)))
        return self.get(number)

    def add(self, number: int, contacts: Sequence[int]) -> int:
        """Put contacts on a list; returns how many were not on it yet."""
        one = self.get(number)
        there = {i for (i,) in self._database.rows("SELECT contact_id FROM list_member WHERE list_id = ?", (number,))}
        new = [contact for contact in dict.fromkeys(contacts) if contact not in there]
        if new:
            label = say_n("{n} contact put on the list “{name}”", "{n} contacts put on the list “{name}”",
                          len(new), name=one.name)  # fmt: skip
            with self._database.writing(label) as transaction:
                _put_on(transaction, number, new)
        return len(new)

    def take_off(self, number: int, contacts: Sequence[int]) -> int:
        """Take contacts off a list; returns how many were on it."""
        one, chosen = self.get(number), json.dumps(list(contacts))
        where = "list_id = ? AND contact_id IN (SELECT value FROM json_each(?))"
        ((n,),) = self._database.rows(f"SELECT count(*) FROM list_member WHERE {where}", (number, chosen))
        if n:
            label = say_n("{n} contact taken off the list “{name}”", "{n} contacts taken off the list “{name}”",
                          n, name=one.name)  # fmt: skip
            with self._database.writing(label) as transaction:
                transaction.execute(f"DELETE FROM list_member WHERE {where}", (number, chosen))
        return int(n)

    def rename(self, number: int, name: str) -> ContactList:
        """Another name, also in the saved searches that build on it. Raises InvalidInput."""
        one, name = self.get(number), self._name(name, but=number)
        if name != one.name:
            with self._database.writing(
                say("List “{old}” is called “{name}” now", old=one.name, name=name)
            ) as transaction:
                transaction.execute("UPDATE contact_list SET name = ? WHERE id = ?", (name, number))
                rename_in_searches(self._database, transaction, LIST, one.name, name)
        return self.get(number)

    def remove(self, number: int) -> None:
        """Take a list away; the contacts stay. Raises Refused if a saved search builds on it."""
        one = self.get(number)
        refuse_if_used(self._database, LIST, one.name)
        with self._database.writing(say("List “{name}” removed", name=one.name)) as transaction:
            transaction.execute("DELETE FROM list_member WHERE list_id = ?", (number,))
            transaction.execute("DELETE FROM contact_list WHERE id = ?", (number,))

    def _name(self, name: str, *, but: int | None = None) -> str:
        name = " ".join(name.split())
        if not fold(name):
            raise InvalidInput("name", say("A list needs a name."))
        if any(fold(one.name) == fold(name) for one in self.all() if one.id != but):
            raise InvalidInput("name", say("There is a list “{name}” already.", name=name))
        return name


def _put_on(transaction: Transaction, number: int, contacts: Sequence[int]) -> None:
    first = transaction.allocate("list_member", len(contacts))
    rows = [(row, number, contact) for row, contact in enumerate(contacts, first)]
    transaction.insert_many("list_member", ("id", "list_id", "contact_id"), rows)
