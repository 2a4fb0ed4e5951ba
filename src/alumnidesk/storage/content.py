"""What a file holds, as a fingerprint, and whether it is sound: for files of any version, by asking the file."""

from __future__ import annotations

import hashlib

from alumnidesk.i18n import Message, say, say_n
from alumnidesk.storage import faults, layout
from alumnidesk.storage.connection import Connection
from alumnidesk.storage.history import watched_tables

_KEPT_BESIDE = ("alembic_version", "change", "changeset", "stored_file", "sync_link", "sync_state")
"""Tables that history does not watch but that cannot be made anew either."""
_WITHOUT_A_STEP = frozenset({"sync_link", "sync_state"})
"""Of these tables, what a sync writes when nothing changes on our side: two files of the same step may differ there."""

_AT_ONCE = 500
"""Rows that SQLite joins before Python sees them: one step for all of them, so that two threads can do so at a time."""


def content_hash(connection: Connection, *, with_history: bool = True) -> str:
    """SHA-256 (hex) over every row that cannot be made anew and belongs to a step of the history, in the order of ids;
    some 0.2 s for 50,000 contacts.

    Without history it covers just what people enter: equal hashes before a deed and after its undo prove the undo.
    The signs between columns and rows may also occur in a text; that blurs nothing that a fault could cause.
    """
    tables = _lasting_tables(connection) if with_history else list(watched_tables(connection))
    digest = hashlib.sha256()
    for table in tables:
        if table in _WITHOUT_A_STEP:
            continue
        columns = ", ".join(
            f'"{name}"' if needed else f'coalesce("{name}", char(0))'
            for _, name, _, needed, *_ in connection.execute(f'PRAGMA main.table_info("{table}")')
        )
        rows = f'FROM main."{table}" NOT INDEXED WHERE rowid BETWEEN ? AND ?'
        joined = f"SELECT CAST(group_concat(concat_ws(char(31), {columns}), char(30)) AS BLOB) {rows}"
        at_once = 1 if table == "stored_file" else _AT_ONCE
        (last,) = connection.execute(f'SELECT coalesce(max(rowid), 0) FROM main."{table}"').fetchone()
        digest.update(table.encode())
        for first in range(1, last + 1, at_once):
            (text,) = connection.execute(joined, (first, first + at_once - 1)).fetchone()
            digest.update(text or b"")
    return digest.hexdigest()


def content_version(connection: Connection) -> str:
    """Which state of which history a file is in; equal means that nothing was written in between. Costs nothing.

    The number of the last step, when and what it was, and the version of the tables.
    """
    row = connection.execute("SELECT id, made_at, label FROM changeset ORDER BY id DESC LIMIT 1").fetchone()
    return " ".join(map(str, (*(row or (0,)), layout.version(connection))))


def problems(connection: Connection) -> list[Message]:
    """What is wrong with the tables that cannot be made anew; empty if nothing is. Quick enough for every backup.

    Lists and search index are left to `check`: they can be made anew, and a backup without them is better than none.
    """
    found: list[Message] = []
    try:
        for table in _lasting_tables(connection):
            answers = [text for (text,) in connection.execute(f'PRAGMA quick_check("{table}")')]
            if answers != ["ok"]:
                found.append(say("The table “{table}” is damaged: {details}", table=table, details=answers[0]))
        broken = len(connection.execute("PRAGMA foreign_key_check").fetchall())
        if broken:
            found.append(say_n("One entry lacks what it belongs to.", "{n} entries lack what they belong to.", broken))
    except faults.UNREADABLE as fault:
        found.append(say("The file cannot be read to its end: {details}", details=str(fault)))
    return found


def _lasting_tables(connection: Connection) -> list[str]:
    present = {name for (name,) in connection.execute("SELECT name FROM main.sqlite_schema WHERE type = 'table'")}
    return [*watched_tables(connection), *(name for name in _KEPT_BESIDE if name in present)]


def contacts(connection: Connection) -> int:
    """How many contacts are in use."""
    (count,) = connection.execute("SELECT count(*) FROM contact WHERE binned_at = ''").fetchone()
    return int(count)
