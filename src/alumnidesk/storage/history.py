"""History is undo is audit: SQLite itself notes every change of every watched table, whoever writes it.

Temporary triggers on the one connection write into `change` what a statement did to a row. They live in the connection,
not in the file, so a migration need not know them and a foreign program that opens the file is not hindered. The deed
that is under way stands in the temporary table `deed`; without one the triggers have no changeset to name, the NOT NULL
of `change.changeset_id` fails, and so **a write without a label is refused by the database**.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass

from alumnidesk.errors import Refused
from alumnidesk.i18n import Message, say
from alumnidesk.storage.connection import Connection

UNWATCHED = frozenset({"changeset", "change", "contact_line", "stored_file", "alembic_version", "backup_note"})
"""History itself, what is derived from other tables, bytes that are kept by their content and never change, and what a
backup says about itself."""


@dataclass(frozen=True, slots=True)
class Entry:
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
    return {name: [row[1] for row in connection.execute(f'PRAGMA main.table_info("{name}")')] for name in names}


def watch(connection: Connection) -> dict[str, list[str]]:
    """Set up the triggers; returns the watched tables with their columns."""
    tables = watched_tables(connection)
    connection.execute("CREATE TEMP TABLE IF NOT EXISTS deed (changeset_id INTEGER NOT NULL, bulk INTEGER NOT NULL)")
    for table, columns in tables.items():
        for statement in _triggers(table, columns):
            connection.execute(statement)
    return tables


def _triggers(table: str, columns: list[str]) -> list[str]:
    note = (
        "INSERT INTO change (changeset_id, table_name, row_id, row_last, before, after, contact_id) "
        f"SELECT (SELECT changeset_id FROM deed), '{table}', "
    )
    subject = "id" if table == "contact" else "contact_id" if "contact_id" in columns else ""
    before, after = (f"{row}.{subject}" if subject else "NULL" for row in ("OLD", "NEW"))
    whole = ", ".join(f"'{c}', OLD.\"{c}\"" for c in columns)
    differs = " OR ".join(f'OLD."{c}" IS NOT NEW."{c}"' for c in columns)
    pairs = " UNION ALL ".join(f'SELECT \'{c}\' AS c, OLD."{c}" AS o, NEW."{c}" AS n' for c in columns)
    return [
        f"CREATE TEMP TRIGGER IF NOT EXISTS watch_insert_{table} AFTER INSERT ON main.{table} "
        f"WHEN (SELECT bulk FROM deed) IS NOT 1 BEGIN {note} NEW.id, NEW.id, NULL, NULL, {after}; END",
        f"CREATE TEMP TRIGGER IF NOT EXISTS watch_update_{table} AFTER UPDATE ON main.{table} WHEN {differs} "
        f"BEGIN {note} OLD.id, OLD.id, json_group_object(c, o), json_group_object(c, n), {before} "
        f"FROM ({pairs}) WHERE o IS NOT n; END",
        f"CREATE TEMP TRIGGER IF NOT EXISTS watch_delete_{table} AFTER DELETE ON main.{table} "
        f"BEGIN {note} OLD.id, OLD.id, json_object({whole}), NULL, {before}; END",
    ]


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


def entries(connection: Connection, *, before: int | None = None, limit: int = 200) -> list[Entry]:
    """Deeds, newest first, without the undos and redos themselves: those show as the state of their deed."""
    rows = connection.execute(
        _ENTRY + "WHERE s.undoes IS NULL AND (? IS NULL OR s.id < ?) ORDER BY s.id DESC LIMIT ?",
        (before, before, limit),
    )
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


def seal(connection: Connection, why: Message) -> None:
    """Make all deeds so far final: they are shown, but cannot be taken back any more."""
    connection.execute("UPDATE changeset SET final = ?", (json.dumps(why.stored(), ensure_ascii=False),))


# Taking back -------------------------------------------------------------------------------------------------------


def in_the_way(connection: Connection, changeset: int) -> list[Entry]:
    """Later deeds that still hold and changed the same values, or hang on rows that this deed made."""
    later = connection.execute(
        """
        SELECT DISTINCT later.changeset_id FROM change mine
        JOIN change later ON later.table_name = mine.table_name
            AND later.row_id BETWEEN mine.row_id AND mine.row_last AND later.changeset_id > mine.changeset_id
        JOIN changeset s ON s.id = later.changeset_id AND s.undoes IS NULL AND s.reverted = 0
        WHERE mine.changeset_id = ? AND (
            mine.after IS NULL OR later.after IS NULL OR EXISTS (
                SELECT 1 FROM json_each(mine.after) a JOIN json_each(later.after) b ON a.key = b.key))
        """,
        (changeset,),
    )
    found = {number for (number,) in later} | _dependants(connection, changeset)
    return [entry(connection, number) for number in sorted(found)]


def _dependants(connection: Connection, changeset: int) -> set[int]:
    """Deeds whose rows point at rows that `changeset` made, and that still exist."""
    made = connection.execute(
        "SELECT table_name, min(row_id), max(row_last) FROM change "
        "WHERE changeset_id = ? AND before IS NULL AND after IS NULL GROUP BY table_name",
        (changeset,),
    ).fetchall()
    if not made:
        return set()
    found: set[int] = set()
    for child in watched_tables(connection):
        for key in connection.execute(f'PRAGMA main.foreign_key_list("{child}")').fetchall():
            parent, column = key[2], key[3]
            for table, first, last in made:
                if table != parent:
                    continue
                found.update(
                    number
                    for (number,) in connection.execute(
                        f"""
                        SELECT DISTINCT later.changeset_id FROM "{child}" c
                        JOIN change mine ON mine.changeset_id = ?1 AND mine.table_name = ?2 AND mine.before IS NULL
                            AND mine.after IS NULL AND c."{column}" BETWEEN mine.row_id AND mine.row_last
                        JOIN change later ON later.table_name = ?3 AND later.changeset_id > ?1
                            AND c.id BETWEEN later.row_id AND later.row_last
                        JOIN changeset s ON s.id = later.changeset_id AND s.undoes IS NULL AND s.reverted = 0
                        WHERE c."{column}" BETWEEN ?4 AND ?5
                        """,
                        (changeset, table, child, first, last),
                    )
                )
    return found


def revert(connection: Connection, changeset: int) -> None:
    """Put back what `changeset` changed, inside the transaction of the deed that takes it back.

    Raises Refused, with the reason in words, if it is final, already taken back, or later deeds stand in the way.
    """
    subject = entry(connection, changeset)
    if subject.reverted:
        raise Refused(say("This step is already taken back."))
    if subject.final:
        raise Refused(subject.final)
    blockers = in_the_way(connection, changeset)
    if blockers:
        raise Refused(
            say("Later steps build on this one, the last of them: {label}", label=blockers[-1].label),
            say("Take those back first; the history page shows them."),
        )
    connection.execute("PRAGMA defer_foreign_keys=ON")
    changes = connection.execute(
        "SELECT id, table_name, row_id, row_last, before IS NULL, after IS NULL, before "
        "FROM change WHERE changeset_id = ? ORDER BY id DESC",
        (changeset,),
    ).fetchall()
    for table, kind, batch in _batches(changes):
        _UNDOERS[kind](connection, table, batch)
    connection.execute("UPDATE changeset SET reverted = 1 WHERE id = ?", (changeset,))
    # Taking back an undo makes its deed hold again.
    if subject.undoes is not None:
        connection.execute("UPDATE changeset SET reverted = 0 WHERE id = ?", (subject.undoes,))


_MADE, _CHANGED, _DELETED = "made", "changed", "deleted"


def _batches(
    changes: list[tuple[int, str, int, int, int, int, str | None]],
) -> Iterable[tuple[str, str, list[tuple[int, int, int, str | None]]]]:
    """Neighbouring changes of one kind to one table, as they can be put back together: (change id, first, last, before)."""
    table, kind, batch = "", "", []
    for number, name, first, last, no_before, no_after, before in changes:
        what = _MADE if no_before and no_after else _DELETED if no_after else _CHANGED
        if batch and (name != table or what != kind):
            yield table, kind, batch
            batch = []
        table, kind = name, what
        batch.append((number, first, last, before))
    if batch:
        yield table, kind, batch


def _delete_made(connection: Connection, table: str, batch: list[tuple[int, int, int, str | None]]) -> None:
    connection.executemany(
        f'DELETE FROM "{table}" WHERE id BETWEEN ? AND ?', [(first, last) for _, first, last, _ in batch]
    )


def _put_back_changed(connection: Connection, table: str, batch: list[tuple[int, int, int, str | None]]) -> None:
    for _, row, _, before in batch:
        values = json.loads(before or "{}")
        columns = ", ".join(f'"{column}" = ?' for column in values)
        connection.execute(f'UPDATE "{table}" SET {columns} WHERE id = ?', (*values.values(), row))


def _put_back_deleted(connection: Connection, table: str, batch: list[tuple[int, int, int, str | None]]) -> None:
    """Rows come back from their JSON in one statement; new runs of ids are noted as one change each."""
    columns = [row[1] for row in connection.execute(f'PRAGMA main.table_info("{table}")')]
    names = ", ".join(f'"{c}"' for c in columns)
    values = ", ".join(f"json_extract(before, '$.{c}')" for c in columns)
    numbers = [number for number, *_ in batch]
    connection.execute("UPDATE deed SET bulk = 1")
    connection.execute(
        f'INSERT INTO main."{table}" ({names}) SELECT {values} FROM change '
        "WHERE changeset_id = (SELECT changeset_id FROM change WHERE id = ?1) AND id BETWEEN ?2 AND ?1 ORDER BY row_id",
        (max(numbers), min(numbers)),
    )
    connection.execute("UPDATE deed SET bulk = 0")
    note_made(connection, table, runs(row for _, row, _, _ in batch))


_UNDOERS = {_MADE: _delete_made, _CHANGED: _put_back_changed, _DELETED: _put_back_deleted}


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
    """Note runs of new rows that were written past the triggers (``deed.bulk = 1``)."""
    connection.executemany(
        "INSERT INTO change (changeset_id, table_name, row_id, row_last) SELECT changeset_id, ?, ?, ? FROM deed",
        [(table, first, last) for first, last in made],
    )
