"""Two records of one person or organisation become one: the plan beforehand, and the deed.

Everything that hangs on the other contact moves to the one that stays, whatever table it lies in: the models' own
foreign keys say which those are, so a new table is not forgotten. The other contact goes; its UID stays known, so that
files which name it find the survivor.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from functools import lru_cache
from types import MappingProxyType
from typing import Any, NamedTuple

from sqlalchemy import Table, UniqueConstraint

from alumnidesk.domain.cards import COMING, DECLINED, INVITED, WAITLIST, ContactCard
from alumnidesk.domain.merging import FieldChoice, Pick, field_choices, merged
from alumnidesk.errors import Refused
from alumnidesk.i18n import Message, say, say_n
from alumnidesk.models import Base
from alumnidesk.services import cards
from alumnidesk.services.households import dissolve_if_alone
from alumnidesk.services.matching import UID_SYSTEM
from alumnidesk.services.own_fields import OwnFields
from alumnidesk.storage.database import Database, Transaction

__all__ = ["FieldChoice", "MergePlan", "Merging", "Moved", "Pick"]

Row = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Moved:
    """What of one kind moves to the contact that stays."""

    table: str
    count: int
    words: Message
    """``3 letters``"""
    doubled: int = 0
    """So many of them do not stay as they are: both contacts have them, or they tie the two to each other."""


@dataclass(frozen=True, slots=True)
class MergePlan:
    """What a merge would do; nothing is done yet."""

    keep: ContactCard
    """The contact that stays."""
    other: ContactCard
    """The contact that goes."""
    fields: tuple[FieldChoice, ...]
    """Every field that one of them has, with the sensible pick."""
    moves: tuple[Moved, ...]
    """What hangs on the other contact beside its fields."""

    def result(self, picks: Mapping[str, Pick] | None = None) -> ContactCard:
        """The contact as it would be afterwards."""
        return merged(self.keep, self.other, picks)


class Merging:
    """Makes one contact out of two."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def plan(self, keep: int, other: int) -> MergePlan:
        """What a merge of `other` into `keep` would do. Raises Refused if one of them is missing or in the bin."""
        ours, theirs = self._both(keep, other)
        own_fields = OwnFields(self._database).all()
        moves = [
            Moved(table, len(rows), MOVED[table](len(rows)), doubled)
            for table, rows, doubled in self._hanging(keep, other)
        ]
        return MergePlan(ours, theirs, field_choices(ours, theirs, own_fields), tuple(moves))

    def merge(self, keep: int, other: int, picks: Mapping[str, Pick] | None = None) -> ContactCard:
        """Merge `other` into `keep`; returns the contact that stays.

        `picks` name by the key of a field where another value than that of the plan is wanted. Raises Refused like
        `plan`, and ValueError for a pick that the plan does not offer.
        """
        ours, theirs = self._both(keep, other)
        result = merged(ours, theirs, picks)
        with self._database.writing(say("{a} and {b} merged", a=ours.name, b=theirs.name)) as transaction:
            before = _unite_parts(transaction, ours, theirs, result)
            cards.update(transaction, before, result)
            for reference in references():
                if reference.table not in _PARTS:
                    _move(transaction, reference, keep, other)
            _remember(transaction, keep, theirs.uid)
            transaction.execute("DELETE FROM contact WHERE id = ?", (other,))
            for household in {ours.household_id, theirs.household_id} - {None}:
                dissolve_if_alone(transaction, household or 0)
        return next(cards.read(self._database, [keep]))

    def _both(self, keep: int, other: int) -> tuple[ContactCard, ContactCard]:
        if keep == other:
            raise Refused(say("A contact cannot be merged with itself."))
        found = {card.id: card for card in cards.read(self._database, [keep, other])}
        if len(found) < 2:
            raise Refused(say("This contact does not exist any more."))
        for card in found.values():
            if card.binned:
                raise Refused(say("{name} lies in the bin.", name=card.name), say("Take it out of the bin first."))
        return found[keep], found[other]

    def _hanging(self, keep: int, other: int) -> list[tuple[str, list[Row], int]]:
        """By table: the rows beside the fields that hang on the other contact, and how many both have."""
        found: dict[str, tuple[list[Row], int]] = {}
        for reference in references():
            if reference.table in _PARTS:
                continue
            rows, doubled = found.get(reference.table, ([], 0))
            for row in _rows(self._database.rows, reference.table, reference.column, other):
                moved = _moved(reference, row, keep, other)
                rows.append(row)
                doubled += moved is None or _twin(self._database.rows, reference.table, moved) is not None
            found[reference.table] = rows, doubled
        return [(table, rows, doubled) for table, (rows, doubled) in found.items() if rows]


# Which tables refer to contacts --------------------------------------------------------------------------------------


class Reference(NamedTuple):
    """A column that names a contact."""

    table: str
    column: str


@lru_cache(maxsize=1)
def references() -> tuple[Reference, ...]:
    """Every column of every table that refers to a contact."""
    return tuple(
        Reference(table.name, key.parent.name)
        for table in Base.metadata.sorted_tables
        for key in sorted(table.foreign_keys, key=lambda key: key.parent.name)
        if key.column.table.name == "contact"
    )


_PARTS = frozenset({part.table for part in cards.PARTS} | {"contact_tag"})
"""Tables whose rows are values of the contact's fields: which of them stay is decided field by field."""

MOVED: Mapping[str, Callable[[int], Message]] = MappingProxyType(
    {
        "attachment": lambda n: say_n("{n} file", "{n} files", n),
        "consent": lambda n: say_n("{n} answer about consent", "{n} answers about consent", n),
        "identity": lambda n: say_n("{n} name in another program", "{n} names in other programs", n),
        "letter": lambda n: say_n("{n} letter", "{n} letters", n),
        "list_member": lambda n: say_n("{n} place on a list", "{n} places on lists", n),
        "not_duplicate": lambda n: say_n("{n} “not a duplicate”", "{n} times “not a duplicate”", n),
        "not_household": lambda n: say_n("{n} “not a household”", "{n} times “not a household”", n),
        "note": lambda n: say_n("{n} note", "{n} notes", n),
        "participation": lambda n: say_n("{n} event", "{n} events", n),
        "relationship": lambda n: say_n("{n} relationship", "{n} relationships", n),
    }
)
"""What rows of a table are called when they move."""


# Fields --------------------------------------------------------------------------------------------------------------


def _unite_parts(transaction: Transaction, keep: ContactCard, other: ContactCard, result: ContactCard) -> ContactCard:
    """Move and delete the rows of the many-valued fields as the result says.

    Returns the contact as it is then, so that what differs from the result can be written like any change.
    """
    before: dict[str, Any] = {}
    for part in cards.PARTS:
        known = {piece.id: piece for piece in (*getattr(keep, part.attribute), *getattr(other, part.attribute))}
        wanted = [piece.id for piece in getattr(result, part.attribute)]
        for gone in known.keys() - set(wanted):
            transaction.execute(f"DELETE FROM {part.table} WHERE id = ?", (gone,))
        _place(transaction, part.table, keep.id, wanted)
        before[part.attribute] = tuple(known[number] for number in wanted)
    _unite_tags(transaction, keep, other, result.tags)
    return replace(keep, tags=result.tags, **before)


def _place(transaction: Transaction, table: str, contact: int | None, rows: list[int]) -> None:
    for position, row in enumerate(rows):
        transaction.execute(
            f"UPDATE {table} SET contact_id = ?1, position = ?2 WHERE id = ?3 AND (contact_id, position) <> (?1, ?2)",
            (contact, position, row),
        )


def _unite_tags(transaction: Transaction, keep: ContactCard, other: ContactCard, tags: tuple[str, ...]) -> None:
    rows: dict[str, int] = {}
    for number, name in transaction.execute(
        "SELECT contact_tag.id, name FROM contact_tag JOIN tag ON tag.id = tag_id WHERE contact_id IN (?, ?) "
        "ORDER BY contact_id <> ?",
        (keep.id, other.id, keep.id),
    ).fetchall():
        if name in rows or name not in tags:
            transaction.execute("DELETE FROM contact_tag WHERE id = ?", (number,))
        else:
            rows[name] = number
    _place(transaction, "contact_tag", keep.id, [rows[name] for name in tags])


# What hangs on the contact -------------------------------------------------------------------------------------------

Ask = Callable[[str, tuple[Any, ...]], Any]


def _move(transaction: Transaction, reference: Reference, keep: int, other: int) -> None:
    """Let the rows of one column name the contact that stays; what both have stays once."""
    table = reference.table
    for row in _rows(transaction.execute, table, reference.column, other):
        moved = _moved(reference, row, keep, other)
        twin = moved and _twin(transaction.execute, table, moved)
        if moved is None or twin is not None:
            transaction.execute(f"DELETE FROM {table} WHERE id = ?", (row["id"],))
            if twin is not None and table in _UNITED:
                _set(transaction, table, twin, _UNITED[table](twin, row))
        else:
            _set(transaction, table, row, moved)


def _moved(reference: Reference, row: Row, keep: int, other: int) -> Row | None:
    """The row as it is when it names the contact that stays; None if it would tie somebody to himself."""
    columns = [each.column for each in references() if each.table == reference.table]
    moved = row | {reference.column: keep}
    if len(columns) > 1:
        named = [moved[column] for column in columns]
        if len({keep if number == other else number for number in named}) < len(named):
            return None
        if reference.table in _UNORDERED:
            moved |= dict(zip(columns, sorted(named), strict=True))
    return moved


_UNORDERED = frozenset({"not_duplicate", "not_household"})
"""Pairs in which it does not matter who is who: the lower id stands first."""


def _rows(ask: Ask, table: str, column: str, contact: int) -> list[Row]:
    names = list(_table(table).columns.keys())
    found = ask(f"SELECT {', '.join(names)} FROM {table} WHERE {column} = ? ORDER BY id", (contact,))
    return [dict(zip(names, values, strict=True)) for values in found]


def _twin(ask: Ask, table: str, row: Row) -> Row | None:
    """Another row that there cannot be beside this one, because both say the same."""
    names = list(_table(table).columns.keys())
    for constraint in _table(table).constraints:
        if isinstance(constraint, UniqueConstraint):
            columns = [column.name for column in constraint.columns]
            same = " AND ".join(f"{column} = ?" for column in columns)
            query = f"SELECT {', '.join(names)} FROM {table} WHERE {same} AND id <> ?"
            for values in ask(query, (*(row[column] for column in columns), row["id"])):
                return dict(zip(names, values, strict=True))
    return None


def _table(name: str) -> Table:
    return Base.metadata.tables[name]


def _set(transaction: Transaction, table: str, row: Row, wanted: Row) -> None:
    changed = [column for column in wanted if wanted[column] != row[column]]
    if changed:
        assignments = ", ".join(f"{column} = ?" for column in changed)
        values = (*(wanted[column] for column in changed), row["id"])
        transaction.execute(f"UPDATE {table} SET {assignments} WHERE id = ?", values)


_STRENGTH = (INVITED, DECLINED, WAITLIST, COMING)
"""Of two answers to one invitation the stronger one stays: whoever said yes once is expected."""


def _one_participation(ours: Row, theirs: Row) -> Row:
    stronger, weaker = sorted((ours, theirs), key=lambda row: _STRENGTH.index(row["state"]), reverse=True)
    remarks = dict.fromkeys(text for row in (ours, theirs) if (text := row["remark"].strip()))
    return {
        "state": stronger["state"],
        "answered_on": stronger["answered_on"] or weaker["answered_on"],
        "companions": max(row["companions"] for row in (ours, theirs) if row["state"] == stronger["state"]),
        "listed_at": min(filter(None, (ours["listed_at"], theirs["listed_at"])), default=""),
        "remark": "\n".join(remarks),
    }


_UNITED: Mapping[str, Callable[[Row, Row], Row]] = MappingProxyType({"participation": _one_participation})
"""What becomes of two rows of which only one can stay; elsewhere that of the contact that stays is the right one."""


def _remember(transaction: Transaction, contact: int, uid: str) -> None:
    """Let files that know the other contact find the survivor."""
    transaction.execute(
        "INSERT INTO identity (contact_id, system, key) SELECT ?1, ?2, ?3 "
        "WHERE NOT EXISTS (SELECT 1 FROM identity WHERE system = ?2 AND key = ?3)",
        (contact, UID_SYSTEM, uid),
    )
