"""What saved searches, those of partners in a sync, and conditions in letters name: they follow when it gets another
name, and say when it is not there any more."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from types import MappingProxyType

from alumnidesk.domain import letter_markup, letter_text, query_names
from alumnidesk.domain.audiences import LIST, SEGMENT
from alumnidesk.domain.own_fields import OwnField
from alumnidesk.domain.query import Query
from alumnidesk.domain.query_fields import own_key
from alumnidesk.domain.query_names import EVENT, LETTER, PURPOSE, TAG, UNIT
from alumnidesk.domain.query_text import parse, write
from alumnidesk.i18n import Message
from alumnidesk.services.defined_fields import defined
from alumnidesk.services.unit_paths import stored
from alumnidesk.storage.database import Database, Transaction

_NAMES: Mapping[str, str] = MappingProxyType(
    {
        TAG: "SELECT name FROM tag",
        EVENT: "SELECT title FROM event",
        LETTER: "SELECT title FROM mailing WHERE state IN ('produced', 'sent')",
        PURPOSE: "SELECT name FROM purpose WHERE name <> ''",
        SEGMENT: "SELECT name FROM segment",
        LIST: "SELECT name FROM contact_list",
    }
)


def rename_in_searches(database: Database, transaction: Transaction, kind: str, old: str, new: str) -> None:
    """Within a deed that gives a tag, an event … (`domain.query_names`) another name: let the saved searches follow.

    The names in the file are the new ones already.
    """
    others = _names(database, kind)
    if new in others:
        others.remove(new)
    _rewrite(database, transaction, defined(database), lambda q: query_names.renamed(q, kind, old, new, others))


def rename_units_in_searches(database: Database, transaction: Transaction, renamed: Sequence[tuple[str, str]]) -> None:
    """The same of units, by all that they are called by: old and new ends of their paths (`domain.units.new_ends`)."""
    ends = _names(database, UNIT)

    def follow(query: Query) -> Query:
        for old, new in renamed:
            query = query_names.renamed(query, UNIT, old, new, [end for end in ends if end != new])
        return query

    if renamed:
        _rewrite(database, transaction, defined(database), follow)


def rename_choice_in_searches(
    database: Database, transaction: Transaction, field: OwnField, old: str, new: str
) -> None:
    """Within a deed: let the saved searches follow a choice of an own field; `field` is as it will be."""
    key, others = own_key(field.name, field.kind), [choice for choice in field.choices if choice != new]
    _rewrite(database, transaction, defined(database), lambda q: query_names.renamed(q, key, old, new, others))


def rename_field_in_searches(
    database: Database, transaction: Transaction, before: Iterable[OwnField], field: OwnField, name: str
) -> None:
    """Within a deed: let the saved searches follow an own field to its new name; `before` are all as they were."""
    keys = own_key(field.name, field.kind), own_key(name, field.kind)
    _rewrite(database, transaction, list(before), lambda query: query_names.field_renamed(query, *keys))


def _rewrite(
    database: Database, transaction: Transaction, own: list[OwnField], change: Callable[[Query], Query]
) -> None:
    def rewritten(query: str) -> str:
        read = parse(query, own)
        changed = write(change(read))
        return changed if changed != write(read) else query

    for table in ("segment", "sync_partner"):
        for number, query in database.rows(f"SELECT id, query FROM {table} WHERE query <> ''"):
            if (changed := rewritten(query)) != query:
                transaction.execute(f"UPDATE {table} SET query = ? WHERE id = ?", (changed, number))
    for number, body in database.rows("SELECT id, body FROM letter_text WHERE instr(body, ' only=\"')"):
        document = letter_markup.read(body)
        followed = letter_text.with_conditions(document, rewritten)
        if followed != document:
            transaction.execute("UPDATE letter_text SET body = ? WHERE id = ?", (letter_markup.write(followed), number))


def missing(database: Database, query: Query) -> list[Message]:
    """What a query names that there is not, in words: a tag that was removed, a saved search …"""
    names = {kind: _names(database, kind) for kind in query_names.kinds_named(query)}
    return query_names.missing(query, names) + query_names.missing_fields(query)


def _names(database: Database, kind: str) -> list[str]:
    if kind == UNIT:
        return [end for unit in stored(database) for end in unit.ends]
    found = [name for (name,) in database.rows(_NAMES[kind])]
    return [*found, *query_names.PURPOSES_OF_THE_PROGRAM] if kind == PURPOSE else found
