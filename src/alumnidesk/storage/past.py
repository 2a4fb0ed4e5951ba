"""What a deed did to which rows, and what a row held right after it: read from the changes that history keeps."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from alumnidesk.storage.connection import Connection

MADE, CHANGED, DELETED = "made", "changed", "deleted"
Row = dict[str, Any]


@dataclass(frozen=True, slots=True)
class RowChange:
    """One change of a deed: a run of new rows (`first` to `last`), one changed row, or one deleted row."""

    kind: str
    table: str
    first: int
    last: int
    before: Row
    """The columns that differ, the whole row if it was deleted, nothing for new rows."""
    after: Row


def changes(connection: Connection, changeset: int, limit: int) -> list[RowChange]:
    """The first `limit` changes of a deed, in the order in which they were made."""
    return [
        RowChange(
            MADE if before is None else DELETED if after is None else CHANGED,
            table,
            first,
            last,
            json.loads(before or "{}"),
            json.loads(after or "{}"),
        )
        for table, first, last, before, after in connection.execute(
            "SELECT table_name, row_id, row_last, before, after FROM change WHERE changeset_id = ? ORDER BY id LIMIT ?",
            (changeset, limit),
        )
    ]


def counts(connection: Connection, changeset: int) -> dict[tuple[str, str], int]:
    """How many rows of which table a deed made, changed or deleted, by (kind, table)."""
    return {
        (kind, table): rows
        for kind, table, rows in connection.execute(
            f"SELECT CASE WHEN before IS NULL THEN '{MADE}' WHEN after IS NULL THEN '{DELETED}' ELSE '{CHANGED}' END, "
            "table_name, sum(row_last - row_id + 1) FROM change WHERE changeset_id = ? GROUP BY 1, 2",
            (changeset,),
        )
    }


def row_after(connection: Connection, table: str, row: int, changeset: int) -> Row:
    """What a row held right after a deed: its present values, or what the next deed that touched them found there."""
    held: Row = {}
    for (before,) in connection.execute(
        "SELECT before FROM change WHERE table_name = ? AND row_id = ? AND changeset_id > ? AND before IS NOT NULL "
        "ORDER BY id",
        (table, row, changeset),
    ):
        held = json.loads(before) | held
    return present_row(connection, table, row) | held


def present_row(connection: Connection, table: str, row: int) -> Row:
    """A row as it is now; empty if it is gone."""
    cursor = connection.execute(f'SELECT * FROM "{table}" WHERE id = ?', (row,))
    values = cursor.fetchone()
    return {} if values is None else dict(zip((c[0] for c in cursor.description), values, strict=True))


def taken_away(connection: Connection, table: str, row: int, changeset: int) -> Row:
    """What a row held that a deed has deleted; empty if the deed has not deleted it."""
    found = connection.execute(
        "SELECT before FROM change WHERE changeset_id = ? AND table_name = ? AND row_id = ? AND after IS NULL "
        "AND before IS NOT NULL",
        (changeset, table, row),
    ).fetchone()
    return {} if found is None else dict(json.loads(found[0]))


def owners(connection: Connection, table: str, first: int, last: int, changeset: int) -> Iterator[tuple[int, int]]:
    """Of a run of rows that belong to contacts, each row that is or was there after a deed, and its contact."""
    yield from connection.execute(
        f'SELECT id, contact_id FROM "{table}" WHERE id BETWEEN ?1 AND ?2 '
        "UNION SELECT row_id, json_extract(before, '$.contact_id') FROM change "
        "WHERE table_name = ?3 AND row_id BETWEEN ?1 AND ?2 AND changeset_id > ?4 "
        "AND after IS NULL AND before IS NOT NULL ORDER BY 1",
        (first, last, table, changeset),
    )
