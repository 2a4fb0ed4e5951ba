"""History is undo is audit: SQLite itself notes every change of every watched table, whoever writes it.

Temporary triggers on the one connection write into `change` what a statement did to a row. They live in the connection,
not in the file, so a migration need not know them and a foreign program that opens the file is not hindered. The deed
that is under way stands in the temporary table `deed`; without one the triggers have no changeset to name, the NOT NULL
of `change.changeset_id` fails, and so **a write without a label is refused by the database**.
"""

from __future__ import annotations

import json
import sys
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import NamedTuple

from alumnidesk.errors import Refused
from alumnidesk.i18n import Message, say
from alumnidesk.storage.connection import Connection

UNWATCHED = frozenset(
    {"changeset", "change", "contact_line", "stored_file", "sync_link", "sync_state", "alembic_version"}
)
"""History itself, what is derived from other tables, bytes that are kept by their content and never change, and facts
about what lies elsewhere."""


class Entry(NamedTuple):
    """One deed in the history."""

    id: int
    made_at: str
    """ISO date and time, UTC."""
    made_by: str
    label: Message
    undoes: int | None
    reverted: bool
    final: Message | None
    rows: int
    """How many rows it created, changed or deleted."""
    tables: frozenset[str] = frozenset()
    """Where these rows lie."""


def watched_tables(connection: Connection) -> dict[str, list[str]]:
    """The columns of every table that history watches."""
    names = [
        name
        for (name,) in connection.execute(
            "SELECT name FROM main.sqlite_schema WHERE type='table' AND sql NOT LIKE 'CREATE VIRTUAL%' "
            "AND name NOT LIKE 'sqlite_%' AND name NOT LIKE 'contact_search%' ORDER BY name"
        )
        if name not in UNWATCHED
    ]
    return {name: _columns(connection, name) for name in names}


def _columns(connection: Connection, table: str) -> list[str]:
    return [row[1] for row in connection.execute(f'PRAGMA main.table_info("{table}")')]


def watch(connection: Connection) -> dict[str, list[str]]:
    """Set up the triggers; returns the watched tables with their columns."""
    tables = watched_tables(connection)
    connection.execute("CREATE TEMP TABLE IF NOT EXISTS deed (changeset_id INTEGER NOT NULL)")
    for table, columns in tables.items():
        for statement in _triggers(table, columns):
            connection.execute(statement)
    return tables


_NOTE = (
    "INSERT INTO change (changeset_id, table_name, row_id, row_last, before, after, contact_id) "
    "SELECT (SELECT changeset_id FROM deed), "
)


def _triggers(table: str, columns: list[str]) -> list[str]:
    differs = " OR ".join(f'OLD."{c}" IS NOT NEW."{c}"' for c in columns)
    # Each column is compared by itself: together they would all be compared as the first one is, which is a number, and
    # the postcode 01067 would be 1067.
    pairs = " UNION ALL ".join(
        f'SELECT \'{c}\' AS c, OLD."{c}" AS o, NEW."{c}" AS n WHERE OLD."{c}" IS NOT NEW."{c}"' for c in columns
    )
    made = f"{_NOTE} '{table}', NEW.id, NEW.id, NULL, NULL, {_contact_of(table, columns, 'NEW')}"
    changed = (
        f"{_NOTE} '{table}', OLD.id, OLD.id, json_group_object(c, o), json_group_object(c, n), "
        f"{_contact_of(table, columns, 'OLD')} FROM ({pairs})"
    )
    deleted = _note_deleted(table, columns, "OLD")
    watch = "CREATE TEMP TRIGGER IF NOT EXISTS watch"
    return [
        f"{watch}_insert_{table} AFTER INSERT ON main.{table} BEGIN {made}; END",
        f"{watch}_update_{table} AFTER UPDATE ON main.{table} WHEN {differs} BEGIN {changed}; END",
        f"{watch}_delete_{table} AFTER DELETE ON main.{table} BEGIN {deleted}; END",
        (
            f"CREATE TEMP TRIGGER IF NOT EXISTS keep_id_{table} BEFORE UPDATE OF id ON main.{table} "
            "WHEN OLD.id <> NEW.id BEGIN SELECT raise(ABORT, 'a row keeps its id'); END"
        ),
    ]


def _note_deleted(table: str, columns: list[str], row: str) -> str:
    whole = ", ".join(f"'{c}', {row}.\"{c}\"" for c in columns)
    return f"{_NOTE} '{table}', {row}.id, {row}.id, json_object({whole}), NULL, {_contact_of(table, columns, row)}"


def _contact_of(table: str, columns: list[str], row: str) -> str:
    """The contact that a row belongs to, for its timeline."""
    column = "id" if table == "contact" else "contact_id" if "contact_id" in columns else ""
    return f"{row}.{column}" if column else "NULL"


_FEW_CHANGES = 200


def contacts_of(connection: Connection, changeset: int) -> frozenset[int] | None:
    """The contacts that a deed changed, or None if it changed many rows, or one that is no contact's alone."""
    rows = connection.execute(
        "SELECT contact_id, json_extract(after, '$.contact_id') FROM change WHERE changeset_id = ? LIMIT ?",
        (changeset, _FEW_CHANGES + 1),
    ).fetchall()
    if len(rows) > _FEW_CHANGES or any(contact is None for contact, _ in rows):
        return None
    return frozenset(contact for row in rows for contact in row if contact is not None)


# Reading -----------------------------------------------------------------------------------------------------------

_ENTRY = (
    "SELECT s.id, s.made_at, s.made_by, s.label, s.undoes, s.reverted, s.final, "
    "(SELECT coalesce(sum(c.row_last - c.row_id + 1), 0) FROM change c WHERE c.changeset_id = s.id), "
    "(SELECT group_concat(DISTINCT c.table_name) FROM change c WHERE c.changeset_id = s.id) FROM changeset s "
)


def _entry(row: tuple[int, str, str, str, int | None, int, str, int, str | None]) -> Entry:
    number, made_at, made_by, label, undoes, reverted, final, rows, tables = row
    return Entry(
        number,
        made_at,
        made_by,
        Message.restored(json.loads(label)),
        undoes,
        bool(reverted),
        Message.restored(json.loads(final)) if final else None,
        rows,
        frozenset((tables or "").split(",")),
    )


def entry(connection: Connection, changeset: int) -> Entry:
    """One deed. Raises Refused if there is no such deed."""
    row = connection.execute(_ENTRY + "WHERE s.id = ?", (changeset,)).fetchone()
    if row is None:
        raise Refused(say("This step is not in the history any more."))
    return _entry(row)


def entries(connection: Connection, limit: int = 200) -> list[Entry]:
    """Deeds, newest first, without the undos and redos themselves: those show as the state of their deed."""
    rows = connection.execute(_ENTRY + "WHERE s.undoes IS NULL ORDER BY s.id DESC LIMIT ?", (limit,))
    return [_entry(row) for row in rows]


def next_undo(connection: Connection) -> Entry | None:
    """The deed that Undo takes back next: the newest that still holds."""
    row = connection.execute(_ENTRY + "WHERE s.undoes IS NULL AND s.reverted = 0 ORDER BY s.id DESC LIMIT 1").fetchone()
    return _entry(row) if row else None


def next_redo(connection: Connection) -> Entry | None:
    """The undo that Redo takes back next; a new deed ends the row of redos, as in every editor."""
    row = connection.execute(
        _ENTRY + "WHERE s.undoes IS NOT NULL AND s.reverted = 0 "
        "AND (SELECT undoes FROM changeset d WHERE d.id = s.undoes) IS NULL "
        "AND s.id > (SELECT coalesce(max(id), 0) FROM changeset WHERE undoes IS NULL) ORDER BY s.id DESC LIMIT 1"
    ).fetchone()
    return _entry(row) if row else None


def undo_of(connection: Connection, changeset: int) -> int | None:
    """The undo that holds a deed taken back at present, or None if the deed holds."""
    row = connection.execute(
        "SELECT id FROM changeset WHERE undoes = ? AND reverted = 0 ORDER BY id DESC LIMIT 1", (changeset,)
    ).fetchone()
    return int(row[0]) if row else None


def make_final(connection: Connection, why: Message) -> None:
    """Make all deeds so far final: they are shown, but cannot be taken back any more."""
    connection.execute("UPDATE changeset SET final = ?", (json.dumps(why.stored(), ensure_ascii=False),))


# What builds on what ------------------------------------------------------------------------------------------------

_STANDS = """
    JOIN changeset s ON s.id = later.changeset_id LEFT JOIN changeset undo ON undo.id = s.undoes
    JOIN changeset deed ON deed.id = iif(s.undoes IS NULL, s.id, undo.undoes) AND deed.reverted = 0
"""
"""Of later changes those of deeds that hold: `deed` is the deed itself also where `s` is its redo; undos fall out."""


def subject_of(connection: Connection, changeset: int) -> Entry:
    """What taking back `changeset` means: a redo stands for its deed, deeds and undos for themselves."""
    found = entry(connection, changeset)
    undone = entry(connection, found.undoes) if found.undoes is not None else None
    return entry(connection, undone.undoes) if undone is not None and undone.undoes is not None else found


def applied_by(connection: Connection, subject: Entry) -> int:
    """The changeset in which a deed (or undo) was done the last time: its newest redo, or itself."""
    (redo,) = connection.execute(
        "SELECT max(id) FROM changeset WHERE undoes IN (SELECT id FROM changeset WHERE undoes = ?)", (subject.id,)
    ).fetchone()
    return subject.id if redo is None or subject.undoes is not None else int(redo)


def in_the_way(connection: Connection, changeset: int) -> list[Entry]:
    """Later deeds that still hold and changed the same values, or hang on rows that this deed made."""
    subject = subject_of(connection, changeset)
    done = applied_by(connection, subject)
    built_on = subject.undoes or 0  # what an undone deed was built on may have been done again; that is not in its way
    later = connection.execute(
        f"""
        SELECT DISTINCT deed.id FROM change mine
        JOIN change later ON later.table_name = mine.table_name AND later.before IS NOT NULL
            AND later.row_id BETWEEN mine.row_id AND mine.row_last AND later.changeset_id > mine.changeset_id
        {_STANDS}
        WHERE mine.changeset_id = ? AND deed.id > ? AND (
            mine.after IS NULL OR later.after IS NULL OR EXISTS (
                SELECT 1 FROM json_each(mine.after) a JOIN json_each(later.after) b ON a.key = b.key))
        """,
        (done, built_on),
    )
    found = {number for (number,) in later} | _dependants(connection, done, built_on)
    return [entry(connection, number) for number in sorted(found - {subject.id})]


def _dependants(connection: Connection, changeset: int, built_on: int) -> set[int]:
    """Later deeds that hold, come after `built_on`, and whose rows point at rows that `changeset` made."""
    made: dict[str, list[tuple[int, int]]] = defaultdict(list)
    for table, first, last in connection.execute(
        "SELECT table_name, row_id, row_last FROM change WHERE changeset_id = ? AND before IS NULL ORDER BY 1, 2",
        (changeset,),
    ):
        made[table].append((first, last))
    found: set[int] = set()
    for child in watched_tables(connection) if made else ():
        for key in connection.execute(f'PRAGMA main.foreign_key_list("{child}")').fetchall():
            parent, column = key[2], key[3]
            if parent not in made:
                continue
            pointers = connection.execute(
                f"""
                SELECT DISTINCT deed.id, c."{column}" FROM change later {_STANDS}
                JOIN "{child}" c ON c.id BETWEEN later.row_id AND later.row_last
                WHERE later.changeset_id > ? AND deed.id > ?
                    AND +later.table_name = ? AND c."{column}" BETWEEN ? AND ?
                """,
                (changeset, built_on, child, made[parent][0][0], made[parent][-1][1]),
            )
            found.update(deed for deed, target in pointers if _within(made[parent], target))
    return found


def _within(runs: list[tuple[int, int]], number: int) -> bool:
    place = bisect_right(runs, (number, sys.maxsize)) - 1
    return place >= 0 and runs[place][0] <= number <= runs[place][1]


# Noting many at once -------------------------------------------------------------------------------------------------


@contextmanager
def by_hand(connection: Connection, table: str) -> Iterator[None]:
    """Rows of this table that are made or deleted in here are noted by the caller, with `note_made` or `note_deleted`.

    Its triggers are gone meanwhile: one that only looks whether it has to do something makes SQLite keep a way back
    from every single row, which takes as long again as the row itself (measured).
    """
    made, _, deleted, _ = _triggers(table, _columns(connection, table))
    for event in ("insert", "delete"):
        connection.execute(f"DROP TRIGGER temp.watch_{event}_{table}")
    try:
        yield
    finally:
        connection.execute(made)
        connection.execute(deleted)


def runs(ids: Iterable[int]) -> list[tuple[int, int]]:
    """Ids as runs of neighbours: 3, 4, 5, 9 → (3, 5), (9, 9)."""
    found: list[tuple[int, int]] = []
    for number in sorted(ids):
        if found and number == found[-1][1] + 1:
            found[-1] = (found[-1][0], number)
        else:
            found.append((number, number))
    return found


def note_made(connection: Connection, table: str, made: Iterable[tuple[int, int]]) -> None:
    """Note runs of new rows."""
    connection.executemany(
        "INSERT INTO change (changeset_id, table_name, row_id, row_last) SELECT changeset_id, ?, ?, ? FROM deed",
        [(table, first, last) for first, last in made],
    )


def note_deleted(connection: Connection, table: str, first: int, last: int) -> None:
    """Note a run of rows that will be deleted."""
    columns = _columns(connection, table)
    connection.execute(
        f'{_note_deleted(table, columns, "gone")} FROM main."{table}" gone WHERE id BETWEEN ? AND ? ORDER BY id',
        (first, last),
    )
