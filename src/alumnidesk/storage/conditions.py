"""Queries asked of the data file: each condition is one SQL question for ids, groups are sets of them.

Where the values of a field lie stands in `storage.sources`, what is asked of a value in `storage.comparisons`. So a new
field is a line there and a line in `domain.query_fields`. Where the search index has the words of a field, it narrows
down whose values are looked at, because folding all of them would take ten times as long. Groups are worked out in
Python: sets of ids are quicker than SQLite's temporary trees, and what is excluded is kept as "all but these", so that
nobody lists 40,000 to leave out ten.
"""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterable
from dataclasses import replace
from types import MappingProxyType
from typing import NamedTuple

from alumnidesk.domain.association import Association
from alumnidesk.domain.folding import fold
from alumnidesk.domain.query import And, Condition, Not, Or, Phrase, Query, Words, conditions_of, understood
from alumnidesk.domain.query_fields import OWN, Operator, Sort, query_field
from alumnidesk.domain.roles import same_role
from alumnidesk.domain.units import spelt
from alumnidesk.storage.comparisons import UNIT_BEGINS, Values, comparison, narrowed, number_in_index, phrase, register
from alumnidesk.storage.connection import Connection
from alumnidesk.storage.search import beginning_with, expression, ids_of, letters_alone
from alumnidesk.storage.sources import CANNOT_REACH, OF_MANY, SOURCES, UNIT_AND_BELOW, UNIT_SAID, Source, source_of


class Found(NamedTuple):
    """Ids of contacts, among them perhaps some in the bin; with `all_but` everybody except these."""

    ids: frozenset[int]
    all_but: bool = False

    def opposite(self) -> Found:
        return Found(self.ids, not self.all_but)

    def both(self, other: Found) -> Found:
        """Who is in both."""
        if self.all_but and other.all_but:
            return Found(self.ids | other.ids, True)
        if self.all_but or other.all_but:
            some, but = (other, self) if self.all_but else (self, other)
            return Found(some.ids - but.ids)
        return Found(self.ids & other.ids)

    def either(self, other: Found) -> Found:
        """Who is in one or in both."""
        return self.opposite().both(other.opposite()).opposite()


NOBODY, EVERYBODY = Found(frozenset()), Found(frozenset(), True)
_FEW = 1000
_NO_VALUES: Values = MappingProxyType({})


def matching(connection: Connection, query: Query, today: dt.date) -> Found:
    """Who fits a query on a day. Nobody fits a condition whose value cannot be read, nor its opposite."""
    register(connection)
    return _Question(connection, today).found(query)


def _effort(query: Query) -> int:
    """What the index answers comes first, then tables that are small, then those that must be gone through."""
    match query:
        case Words() | Phrase():
            return 0
        case Condition(field, operator):
            source = source_of(field) if field in SOURCES or field.startswith(OWN) else None
            if source is None or operator in (Operator.NONE, Operator.ANY):
                return 2
            return 1 if narrowed(query, source.column) or source.among != "{test}" else 2
        case _:
            return 3


class _Question:
    """A query under way."""

    def __init__(self, connection: Connection, today: dt.date) -> None:
        self._connection = connection
        self._always = {"today": today.isoformat(), "home": self._home()}
        self._left: frozenset[int] | None = None
        """Nobody else comes into question any more; what is found may lack or have others."""

    def _home(self) -> str:
        """The association's country, which addresses without a country lie in."""
        row = self._connection.execute("SELECT value FROM setting WHERE key = 'country'").fetchone()
        return str(json.loads(row[0])) if row else Association().country

    def found(self, query: Query) -> Found:
        match query:
            case Words(text):
                return self._named(text) or self._in_index(expression(text))
            case Phrase(text, beginning):
                return self._in_index(phrase(text, beginning=beginning))
            case Condition():
                return self._condition(query) if understood(query) else NOBODY
            case Not(part):
                readable = all(map(understood, conditions_of(part)))
                return self.found(part).opposite() if readable else NOBODY
            case And(parts):
                return self._all(parts)
            case Or(parts):
                return self._united(self.found(part) for part in parts)

    def _named(self, text: str) -> Found | None:
        """Whose name begins with one or two letters alone; None for other texts, and if nobody's does."""
        letters = letters_alone(text)
        ids = beginning_with(self._connection, letters) if letters else ()
        return Found(frozenset(ids)) if ids else None

    def _all(self, parts: tuple[Query, ...]) -> Found:
        """Who fits every part. Once few are left, the rest is asked of these alone."""
        before, found = self._left, EVERYBODY
        for part in sorted(parts, key=_effort):
            found = found.both(self.found(part))
            if not found.all_but and len(found.ids) <= _FEW:
                self._left = found.ids
        self._left = before
        return found

    @staticmethod
    def _united(many: Iterable[Found]) -> Found:
        found = NOBODY
        for one in many:
            found = found.either(one)
        return found

    def _condition(self, asked: Condition) -> Found:
        empty = asked.operator in (Operator.NONE, Operator.ANY)
        match asked.field:
            case "segment":  # those that there are have been spelled out before (`domain.audiences`)
                return NOBODY
            case "reach":
                ways = list(CANNOT_REACH) if empty else [asked.value]
                found = self._united(self._ids(CANNOT_REACH[way]).opposite() for way in ways)
            case _ if asked.field in OF_MANY:
                found = self._united(self._having(source, asked) for source in OF_MANY[asked.field])
            case _ if query_field(asked.field).sort is Sort.FLAG:
                found = self._rows(source_of(asked.field), source_of(asked.field).value)
            case _ if empty:
                found = self._having_none(source_of(asked.field)).opposite()
            case _:
                found = self._fitting(source_of(asked.field), asked)
        return found.opposite() if asked.operator is Operator.NONE else found

    def _having(self, source: Source, asked: Condition) -> Found:
        if asked.operator in (Operator.NONE, Operator.ANY):
            return self._rows(source, f"{source.value} <> ''")
        return self._fitting(source, asked)

    def _having_none(self, source: Source) -> Found:
        if source.nobody:
            return self._ids(source.nobody)
        if source.table == "contact":
            return self._ids(f"SELECT id FROM contact WHERE {source.value} = ''")
        return self._rows(source, f"{source.value} <> ''").opposite()

    def _fitting(self, source: Source, asked: Condition) -> Found:
        sort = query_field(asked.field).sort
        if sort is Sort.PHONE:
            return self._in_index(number_in_index(asked))
        if asked.field == "unit":
            asked = replace(asked, value=spelt(asked.value))
        role, at, unit = asked.value.partition("@") if sort is Sort.ROLE else (asked.value, "", "")
        if at:
            asked = replace(asked, value=role.strip())
        match = narrowed(asked, source.column) if self._left is None else ""
        few = source.few or (not match and sort in (Sort.TEXT, Sort.PROSE) and source.among == "{test}")
        if sort is Sort.ROLE or (few and self._left is None):
            return self._fitting_few(source, asked, unit.strip())
        test, values = comparison(asked, source.value)
        if match and source.at_once and asked.operator is Operator.BEGINS:
            most = self._ids(source.at_once, values)
            return most.either(self._among(self._in_index(match).ids - most.ids, source, test, values))
        if match:
            test = f"{source.owner} IN (SELECT rowid FROM contact_search WHERE contact_search MATCH :match) AND {test}"
        return self._rows(source, test, {**values, "match": match})

    def _fitting_few(self, source: Source, asked: Condition, unit: str) -> Found:
        """The values that fit, then who has them; for roles perhaps at a unit, of one and the same affiliation.

        A usual role fits by its words in every language.
        """
        distinct = self._connection.execute(f"SELECT DISTINCT {source.value} FROM {source.table}")
        present = json.dumps([value for (value,) in distinct])
        is_role = query_field(asked.field).sort is Sort.ROLE
        found: set[str] = set()
        for word in same_role(asked.value) if is_role else (asked.value,):
            test, values = comparison(replace(asked, value=word), "value")
            among = f"SELECT value FROM json_each(:present) WHERE {test}"
            rows = self._connection.execute(among, {**values, "present": present})
            found.update(value for (value,) in rows)
        fitting = json.dumps(sorted(found))
        test = f"{source.value} IN (SELECT value FROM json_each(:fitting))"
        if unit:
            test += " AND " + UNIT_AND_BELOW.format(test=UNIT_BEGINS.format(value=UNIT_SAID))
        return self._rows(source, test, {"fitting": fitting, "value": fold(spelt(unit))})

    # Asking ------------------------------------------------------------------------------------------------------

    def _rows(self, source: Source, test: str, values: Values = _NO_VALUES) -> Found:
        """The contacts of the rows of a source that pass a test."""
        if self._left is not None:
            return self._among(self._left, source, test, values)
        where = source.among.replace("{test}", test)
        return self._ids(f"SELECT {source.owner} AS id FROM {source.table} WHERE {where}", values)

    def _among(self, ids: frozenset[int], source: Source, test: str, values: Values) -> Found:
        """The same, asked of some contacts alone."""
        where = f"{source.owner} IN (SELECT value FROM json_each(:among)) AND {source.among.replace('{test}', test)}"
        among = {**values, "among": json.dumps(list(ids))}
        return self._ids(f"SELECT {source.owner} AS id FROM {source.table} WHERE {where}", among)

    def _in_index(self, match: str) -> Found:
        if not match:
            return EVERYBODY
        return self._ids("SELECT rowid AS id FROM contact_search WHERE contact_search MATCH :match", {"match": match})

    def _ids(self, sql: str, values: Values = _NO_VALUES) -> Found:
        return Found(frozenset(ids_of(self._connection, sql, {**self._always, **values})))
