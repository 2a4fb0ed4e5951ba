"""Contact cards out of rows and into rows: one description of the columns serves reading, saving and importing.

A card's attributes are named like the columns, so there is nothing to map; parts (e-mails, addresses …) are listed in
`PARTS`. Reads and bulk writes go past the ORM because an export or an import touches hundreds of thousands of rows.
"""

from __future__ import annotations

import json
import uuid
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, fields, replace
from operator import attrgetter
from typing import Any

from alumnidesk.domain.cards import Address, Affiliation, ContactCard, Email, Foreign, Link, OwnValue, Phone
from alumnidesk.services import unit_paths
from alumnidesk.storage.database import Database, Transaction

FLAGS = frozenset({"deceased", "no_post", "no_email", "no_phone"})
SINGLE = tuple(
    field.name
    for field in fields(ContactCard)
    if field.name
    not in {"id", "binned", "emails", "phones", "addresses", "links", "affiliations", "tags", "own", "foreign"}
)
"""Attributes of a card that are columns of `contact` under the same name; the uid is the first."""
_SINGLE_VALUES = attrgetter(*SINGLE)
_AFTER_UID = attrgetter(*SINGLE[1:])


@dataclass(frozen=True, slots=True)
class Part:
    """One kind of part: the attribute of the card, the table, and the class of one part."""

    attribute: str
    table: str
    kind: type[Any]
    named: tuple[str, str] | None = None
    """The attribute, first in its class, that holds the name of a row elsewhere, and the table of that row. Units are
    named by their paths."""

    @property
    def columns(self) -> tuple[str, ...]:
        """Columns of the part itself."""
        elsewhere = self.named[0] if self.named else ""
        return tuple(field.name for field in fields(self.kind) if field.name not in ("id", elsewhere))

    @property
    def values(self) -> Callable[[Any], tuple[Any, ...]]:
        """What reads these columns from a part."""
        read = attrgetter(*self.columns)
        return read if len(self.columns) > 1 else lambda piece: (read(piece),)


PARTS = (
    Part("emails", "email", Email),
    Part("phones", "phone", Phone),
    Part("addresses", "address", Address),
    Part("links", "link", Link),
    Part("affiliations", "affiliation", Affiliation, ("unit", "unit")),
    Part("own", "own_value", OwnValue, ("field", "own_field")),
    Part("foreign", "foreign_property", Foreign),
)
_BATCH = 1000


# Reading -----------------------------------------------------------------------------------------------------------


def read(database: Database, ids: Sequence[int], only: Collection[str] | None = None) -> Iterator[ContactCard]:
    """The cards of these contacts, in this order; those that do not exist are left out.

    With `only`, of what has many values only these attributes are read, and the others are empty: half of the time.
    """
    for start in range(0, len(ids), _BATCH):
        batch = ids[start : start + _BATCH]
        found = {card.id: card for card in _read_batch(database, json.dumps(list(batch)), only)}
        yield from (found[number] for number in batch if number in found)


def _read_batch(database: Database, chosen: str, only: Collection[str] | None) -> Iterator[ContactCard]:
    where = "contact_id IN (SELECT value FROM json_each(?)) ORDER BY contact_id, position, id"
    parts: dict[str, dict[int, list[Any]]] = {}
    for part in PARTS:
        if only is not None and part.attribute not in only:
            continue
        kind, columns = part.kind, part.columns
        name = ""
        paths: dict[int | None, str] | None = None
        if part.named:
            attribute, table = part.named
            name = f"coalesce((SELECT name FROM {table} WHERE {table}.id = {attribute}_id), ''), "
            if table == "unit":
                name, paths = "unit_id, ", {unit.id: unit.said for unit in unit_paths.stored(database)}
        flags = [index for index, name in enumerate(columns) if name == "preferred"]
        of_contact: dict[int, list[Any]] = defaultdict(list)
        for row in database.rows(
            f"SELECT contact_id, {name}{_names(columns)}, id FROM {part.table} WHERE {where}", (chosen,)
        ):
            values = list(row[1:])
            for index in flags:
                values[index] = bool(values[index])
            if paths is not None:
                values[0] = paths.get(values[0], "")
            of_contact[row[0]].append(kind(*values))
        parts[part.attribute] = of_contact
    tags: dict[int, list[str]] = defaultdict(list)
    if only is None or "tags" in only:
        for contact, name in database.rows(
            f"SELECT contact_id, (SELECT name FROM tag WHERE tag.id = tag_id) FROM contact_tag WHERE {where}", (chosen,)
        ):
            tags[contact].append(name)
    for number, binned_at, *values in database.rows(
        f"SELECT id, binned_at, {_names(SINGLE)} FROM contact WHERE id IN (SELECT value FROM json_each(?))", (chosen,)
    ):
        single: dict[str, Any] = {
            name: bool(value) if name in FLAGS else value for name, value in zip(SINGLE, values, strict=True)
        }
        many: dict[str, Any] = {name: tuple(of_contact.get(number, ())) for name, of_contact in parts.items()}
        yield ContactCard(id=number, binned=bool(binned_at), tags=tuple(tags.get(number, ())), **single, **many)


def _names(columns: Iterable[str]) -> str:
    return ", ".join(f'"{column}"' for column in columns)


# Writing -----------------------------------------------------------------------------------------------------------


def insert(transaction: Transaction, cards: Sequence[ContactCard]) -> range:
    """New contacts with all their parts; returns their ids in the order of the cards.

    Ids on the cards do not count; a card without uid gets one.
    """
    first = transaction.allocate("contact", len(cards))
    ids = range(first, first + len(cards))
    transaction.insert_many(
        "contact",
        ("id", *SINGLE),
        [(number, card.uid or str(uuid.uuid4()), *_AFTER_UID(card)) for number, card in zip(ids, cards, strict=True)],
    )
    for part in PARTS:
        pieces = [
            (number, position, piece)
            for number, card in zip(ids, cards, strict=True)
            for position, piece in enumerate(getattr(card, part.attribute))
        ]
        _insert_pieces(transaction, part, pieces)
    tag_ids = _tag_ids(transaction, {tag for card in cards for tag in card.tags})
    _insert_tags(
        transaction,
        [
            (number, position, tag_ids[tag])
            for number, card in zip(ids, cards, strict=True)
            for position, tag in enumerate(dict.fromkeys(card.tags))
        ],
    )
    return ids


def _insert_pieces(transaction: Transaction, part: Part, pieces: Sequence[tuple[int, int, Any]]) -> None:
    if not pieces:
        return
    columns = part.columns
    values = part.values
    first = transaction.allocate(part.table, len(pieces))
    rows: list[Sequence[Any]]
    if part.named:
        attribute, table = part.named
        name = attrgetter(attribute)
        ids = _named(transaction, table, {name(piece) for _, _, piece in pieces if name(piece)})
        rows = [
            (first + index, number, position, ids.get(name(piece)), *values(piece))
            for index, (number, position, piece) in enumerate(pieces)
        ]
        transaction.insert_many(part.table, ("id", "contact_id", "position", f"{attribute}_id", *columns), rows)
        return
    rows = [(first + index, number, position, *values(piece)) for index, (number, position, piece) in enumerate(pieces)]
    transaction.insert_many(part.table, ("id", "contact_id", "position", *columns), rows)


def _insert_tags(transaction: Transaction, rows: Sequence[tuple[int, int, int]]) -> None:
    if not rows:
        return
    first = transaction.allocate("contact_tag", len(rows))
    transaction.insert_many(
        "contact_tag",
        ("id", "contact_id", "position", "tag_id"),
        [(first + index, *row) for index, row in enumerate(rows)],
    )


def update(transaction: Transaction, before: ContactCard, after: ContactCard) -> None:
    """Write what differs between two states of one contact; parts are recognised by their ids."""
    update_many(transaction, [(before, after)])


def update_many(transaction: Transaction, pairs: Iterable[tuple[ContactCard, ContactCard]]) -> None:
    """The same for many; where columns of contacts get the same values, that is one statement: a third of the time."""
    alike: defaultdict[tuple[tuple[str, Any], ...], list[int | None]] = defaultdict(list)
    for before, after in pairs:
        old, new = _SINGLE_VALUES(before), _SINGLE_VALUES(after)
        if old != new:
            three = zip(SINGLE, old, new, strict=True)
            alike[tuple((name, becomes) for name, was, becomes in three if was != becomes)].append(before.id)
        for part in PARTS:
            _update_part(transaction, part, before.id, getattr(before, part.attribute), getattr(after, part.attribute))
        if before.tags != after.tags:
            _update_tags(transaction, before.id, before.tags, after.tags)
    for changes, ids in alike.items():
        assignments = ", ".join(f'"{name}" = ?' for name, _ in changes)
        transaction.execute(
            f"UPDATE contact SET {assignments} WHERE id IN (SELECT value FROM json_each(?))",
            (*(value for _, value in changes), json.dumps(ids)),
        )


def _update_part(
    transaction: Transaction, part: Part, number: int | None, before: Sequence[Any], after: Sequence[Any]
) -> None:
    if before == after:
        return
    known = {piece.id: (position, piece) for position, piece in enumerate(before)}
    kept = {piece.id for piece in after if piece.id is not None}
    for gone in known.keys() - kept:
        transaction.execute(f"DELETE FROM {part.table} WHERE id = ?", (gone,))
    new = []
    for position, piece in enumerate(after):
        if piece.id not in known:
            new.append((number, position, piece))
        elif known[piece.id] != (position, piece):
            assignments = ["position = ?", *(f'"{column}" = ?' for column in part.columns)]
            values = [position, *(getattr(piece, column) for column in part.columns)]
            if part.named:
                attribute, table = part.named
                name = getattr(piece, attribute)
                assignments.append(f"{attribute}_id = ?")
                values.append(_named(transaction, table, {name}).get(name) if name else None)
            transaction.execute(f"UPDATE {part.table} SET {', '.join(assignments)} WHERE id = ?", (*values, piece.id))
    _insert_pieces(transaction, part, [(n, position, replace(piece, id=None)) for n, position, piece in new if n])


def _update_tags(transaction: Transaction, number: int | None, before: Sequence[str], after: Sequence[str]) -> None:
    ids = _tag_ids(transaction, {*before, *after})
    for gone in set(before) - set(after):
        transaction.execute("DELETE FROM contact_tag WHERE contact_id = ? AND tag_id = ?", (number, ids[gone]))
    _insert_tags(
        transaction,
        [
            (number, position, ids[tag])
            for position, tag in enumerate(after)
            if tag not in before and number is not None
        ],
    )


def _tag_ids(transaction: Transaction, names: Iterable[str]) -> dict[str, int]:
    return _named(transaction, "tag", names)


def _named(transaction: Transaction, table: str, names: Iterable[str]) -> dict[str, int]:
    """The ids of rows with these names, of units with these paths; what is missing is made."""
    if table == "unit":
        return unit_paths.ids_of(transaction, names)
    ids = dict(transaction.execute(f'SELECT name, id FROM "{table}"').fetchall())
    missing = sorted(set(names) - ids.keys())
    if missing:
        first = transaction.allocate(table, len(missing))
        if table == "own_field":
            (last,) = transaction.execute("SELECT coalesce(max(position), -1) FROM own_field").fetchone()
            fields = [(first + i, name, str(uuid.uuid4()), last + 1 + i) for i, name in enumerate(missing)]
            transaction.insert_many(table, ("id", "name", "uid", "position"), fields)
        else:
            transaction.insert_many(table, ("id", "name"), ((first + i, name) for i, name in enumerate(missing)))
        ids.update((name, first + i) for i, name in enumerate(missing))
    return ids
