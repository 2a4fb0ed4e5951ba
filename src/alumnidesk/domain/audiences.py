"""Saved searches and fixed lists: what they are, and what they mean where a query names them (``segment:"Donors"``)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from alumnidesk.domain.folding import fold
from alumnidesk.domain.query import And, Condition, Not, Or, Query, conditions_of
from alumnidesk.domain.query_fields import Operator

SEGMENT, LIST = "segment", "list"
"""Keys of the query fields that name one."""


@dataclass(frozen=True, slots=True)
class Segment:
    """A search with a name; who is in it follows from the data of the moment."""

    id: int
    name: str
    query: str
    """In the language of the search box, with English field words."""


@dataclass(frozen=True, slots=True)
class ContactList:
    """Contacts that were chosen once and stay until somebody takes them off."""

    id: int
    name: str
    made_at: str
    """ISO date and time, UTC."""
    query: str
    """The search that it was frozen from, if any."""
    contacts: int
    """How many are on it, those in the bin left out."""


def meant(typed: str, names: Iterable[str]) -> list[str]:
    """The names that a typed one means: exactly that one, else all that begin so (one is still typing)."""
    folded, names = fold(typed), list(names)
    return [name for name in names if fold(name) == folded] or [name for name in names if fold(name).startswith(folded)]


def named(query: Query, field: str) -> list[str]:
    """The names of saved searches, or of lists, that a query has in it."""
    return [asked.value for asked in conditions_of(query) if asked.field == field and asked.value]


def spelled_out(query: Query, segments: Mapping[str, Query], lists: Iterable[str]) -> Query:
    """The query with what each saved search looks for in its place, and the lists by their whole names.

    `segments` are the saved searches by name, `lists` the names of all lists. Nobody fits a name that there is not.
    """
    return _Spelling(segments, list(lists)).out(query, ())


class _Spelling:
    def __init__(self, segments: Mapping[str, Query], lists: list[str]) -> None:
        self._segments, self._lists = segments, lists

    def out(self, query: Query, inside: tuple[str, ...]) -> Query:
        """`inside` are the saved searches on the way here; one that has itself in it finds nobody by that."""
        match query:
            case Not(part):
                return Not(self.out(part, inside))
            case And(parts):
                return And(tuple(self.out(part, inside) for part in parts))
            case Or(parts):
                return Or(tuple(self.out(part, inside) for part in parts))
            case Condition(field, operator) if field == SEGMENT:
                either = Or(tuple(self.out(self._segments[n], (*inside, n)) for n in self._names(query, inside)))
                return Not(either) if operator is Operator.NONE else either
            case Condition(field, operator) if field == LIST and operator is Operator.EQUALS:
                return Or(tuple(Condition(LIST, Operator.EQUALS, name) for name in self._names(query, inside)))
            case _:
                return query

    def _names(self, asked: Condition, inside: tuple[str, ...]) -> list[str]:
        names = self._lists if asked.field == LIST else [name for name in self._segments if name not in inside]
        return meant(asked.value, names) if asked.operator is Operator.EQUALS else names
