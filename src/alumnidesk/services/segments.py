"""Saved searches: deeds on them, and who is in them now."""

from __future__ import annotations

import uuid
from collections.abc import Sequence

from alumnidesk.domain import audiences
from alumnidesk.domain.audiences import LIST, SEGMENT, Segment, meant, named
from alumnidesk.domain.folding import fold
from alumnidesk.domain.own_fields import OwnField
from alumnidesk.domain.query import EVERYBODY, And, Query, conditions_of
from alumnidesk.domain.query_in_words import problems
from alumnidesk.domain.query_names import renamed
from alumnidesk.domain.query_text import parse, write
from alumnidesk.errors import InvalidInput, Refused
from alumnidesk.i18n import Message, say
from alumnidesk.services.defined_fields import defined
from alumnidesk.services.finding import Finding
from alumnidesk.services.saved_queries import missing, rename_in_searches
from alumnidesk.storage.database import Database


class Segments:
    """The saved searches of the association."""

    def __init__(self, database: Database, find: Finding) -> None:
        self._database, self._find = database, find

    # Reading ----------------------------------------------------------------------------------------------------

    def all(self) -> list[Segment]:
        """Every saved search, by name."""
        return _stored(self._database)

    def get(self, number: int) -> Segment:
        """One of them. Raises Refused if it does not exist."""
        found = next((segment for segment in self.all() if segment.id == number), None)
        if found is None:
            raise Refused(say("This saved search does not exist any more."))
        return found

    def counted(self) -> list[tuple[Segment, int]]:
        """Every saved search with the number of those who are in it now."""
        return [(segment, len(self._find.contacts(segment.query).ids)) for segment in self.all()]

    def missing(self) -> dict[int, list[Message]]:
        """For each saved search that names what there is not any more: what that is, in words."""
        own = defined(self._database)
        found = {one.id: what_is_missing(self._database, parse(one.query, own), own) for one in self.all()}
        return {number: said for number, said in found.items() if said}

    # Deeds ------------------------------------------------------------------------------------------------------

    def save(self, name: str, query: str) -> Segment:
        """Keep a search under a name.

        Raises InvalidInput for a name that is empty or taken (``name``), and for a search that looks for nothing or
        has a value that cannot be read (``query``).
        """
        name, query = self._name(name), self._query(query)
        with self._database.writing(say("Search “{name}” saved", name=name)) as transaction:
            number = transaction.allocate("segment", 1)
            transaction.execute(
                "INSERT INTO segment (id, uid, name, query) VALUES (?, ?, ?, ?)",
                (number, str(uuid.uuid4()), name, query),
            )
        return self.get(number)

    def rename(self, number: int, name: str) -> Segment:
        """Another name, also in the saved searches that build on it. Raises InvalidInput."""
        segment, name = self.get(number), self._name(name, but=number)
        if name != segment.name:
            label = say("Saved search “{old}” is called “{name}” now", old=segment.name, name=name)
            with self._database.writing(label) as transaction:
                transaction.execute("UPDATE segment SET name = ? WHERE id = ?", (name, number))
                rename_in_searches(self._database, transaction, SEGMENT, segment.name, name)
        return self.get(number)

    def change(self, number: int, query: str) -> Segment:
        """Let it look for something else. Raises InvalidInput as `save` does."""
        segment = self.get(number)
        query = self._query(query, but=segment)
        if query != segment.query:
            with self._database.writing(say("Saved search “{name}” changed", name=segment.name)) as transaction:
                transaction.execute("UPDATE segment SET query = ? WHERE id = ?", (query, number))
        return self.get(number)

    def remove(self, number: int) -> None:
        """Forget a search; the contacts stay. Raises Refused if another one builds on it."""
        segment = self.get(number)
        refuse_if_used(self._database, SEGMENT, segment.name)
        with self._database.writing(say("Saved search “{name}” removed", name=segment.name)) as transaction:
            transaction.execute("DELETE FROM segment WHERE id = ?", (number,))

    def _name(self, name: str, *, but: int | None = None) -> str:
        name = " ".join(name.split())
        if not fold(name):
            raise InvalidInput("name", say("A saved search needs a name."))
        if any(fold(segment.name) == fold(name) for segment in self.all() if segment.id != but):
            raise InvalidInput("name", say("There is a saved search “{name}” already.", name=name))
        return name

    def _query(self, typed: str, *, but: Segment | None = None) -> str:
        """What is stored of a typed search."""
        own = defined(self._database)
        query = whole_names(self._database, parse(typed, own))
        if query == EVERYBODY:
            raise InvalidInput("query", say("Type first what to look for."))
        segments = self.all()
        if but is not None and _builds_on(query, but.name, {one.name: parse(one.query, own) for one in segments}):
            raise InvalidInput("query", say("A saved search cannot build on itself."))
        return write(query)


def whole_names(database: Database, query: Query) -> Query:
    """A typed search as it is kept: with the whole names of the searches and lists that it builds on.

    Raises InvalidInput (``query``) if there is no such search or list, or a value cannot be read.
    """
    if unread := problems(query):
        raise InvalidInput("query", unread[0])
    kept = ((SEGMENT, [segment.name for segment in _stored(database)]), (LIST, list_names(database)))
    for field, names in kept:
        for name in named(query, field):
            whole = meant(name, names)
            if len(whole) != 1:
                raise InvalidInput("query", say("There is no saved search or list “{name}”.", name=name))
            query = renamed(query, field, name, whole[0])
    return query


def spelled_out(database: Database, query: Query, own: Sequence[OwnField]) -> Query:
    """A query with what each saved search in it looks for in its place (`domain.audiences`)."""
    if not any(asked.field in (SEGMENT, LIST) for asked in conditions_of(query)):
        return query
    segments = {segment.name: parse(segment.query, own) for segment in _stored(database)}
    return audiences.spelled_out(query, segments, list_names(database))


def what_is_missing(database: Database, query: Query, own: Sequence[OwnField]) -> list[Message]:
    """What a query, or a saved search in it, names that there is not, in words."""
    return missing(database, And((query, spelled_out(database, query, own))))


def list_names(database: Database) -> list[str]:
    """The names of all fixed lists."""
    return [name for (name,) in database.rows("SELECT name FROM contact_list ORDER BY name COLLATE NOCASE")]


def refuse_if_used(database: Database, field: str, name: str) -> None:
    """Raises Refused if a saved search builds on the one, or the list, of this name."""
    own = defined(database)
    for segment in _stored(database):
        if any(fold(other) == fold(name) for other in named(parse(segment.query, own), field)):
            raise Refused(
                say("The saved search “{name}” builds on it.", name=segment.name),
                say("Change or remove that one first."),
            )


def _stored(database: Database) -> list[Segment]:
    rows = database.rows("SELECT id, name, query FROM segment ORDER BY name COLLATE NOCASE, id")
    return [Segment(*row) for row in rows]


def _builds_on(query: Query, name: str, queries: dict[str, Query]) -> bool:
    """Whether a query has a saved search in it, or one that has."""
    waiting, seen = named(query, SEGMENT), set[str]()
    while waiting:
        if (one := waiting.pop()) == name:
            return True
        if one not in seen and one in queries:
            seen.add(one)
            waiting += named(queries[one], SEGMENT)
    return False
