"""What a file holds, as a fingerprint, and whether it is sound: for files of any version, by asking the file."""

from __future__ import annotations

import hashlib

from alumnidesk.i18n import Message, say, say_n
from alumnidesk.storage import faults, layout
from alumnidesk.storage.connection import Connection
from alumnidesk.storage.history import watched_tables

_KEPT_BESIDE = ("alembic_version", "change", "changeset", "stored_file")
"""Tables that history does not watch but that cannot be made anew either."""


_AT_ONCE = 500
"""Rows that SQLite joins before Python sees them: one step for all of them, so that two threads can do so at a time."""


def content_hash(connection: Connection, *, with_history: bool = True) -> str:
    """SHA-256 (hex) over every row that cannot be made anew, in the order of ids; some 0.2 s for 50,000 contacts.

    Without history it covers just what people enter: equal hashes before a deed and after its undo prove the undo.
    The signs between columns and rows may also occur in a text; that blurs nothing that a fault could cause.
    """
    tables = list(watched_tables(connection))
    if with_history:
        present = {name for (name,) in connection.execute("SELECT name FROM main.sqlite_schema WHERE type = 'table'")}
        tables += [name for name in _KEPT_BESIDE if name in present]
    digest = hashlib.sha256()
    for table in tables:
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
    """What is wrong with the structure of a file; empty if nothing is. Quick enough for every backup.

    Leaves out the inside of the search index, which can be made anew; `check` looks there too.
    """
    found: list[Message] = []
    try:
        for table in _stored_tables(connection):
            answers = [text for (text,) in connection.execute(f'PRAGMA quick_check("{table}")')]
            if answers != ["ok"]:
                found.append(say("The table “{table}” is damaged: {details}", table=table, details=answers[0]))
        broken = len(connection.execute("PRAGMA foreign_key_check").fetchall())
        if broken:
            found.append(say_n("One entry lacks what it belongs to.", "{n} entries lack what they belong to.", broken))
        if not found and index_has_gaps(connection):
            found.append(say("The search index does not hold the same contacts as the list."))
    except faults.UNREADABLE as fault:
        found.append(say("The file cannot be read to its end: {details}", details=str(fault)))
    return found


def _stored_tables(connection: Connection) -> list[str]:
    return [
        name
        for (name,) in connection.execute(
            "SELECT name FROM main.sqlite_schema WHERE type = 'table' AND sql NOT LIKE 'CREATE VIRTUAL%'"
        )
    ]


def index_has_gaps(connection: Connection) -> bool:
    """Whether contacts in use, the lines of lists and the search index name different contacts."""
    difference = """
        SELECT EXISTS (SELECT id FROM contact WHERE binned_at = '' EXCEPT SELECT contact_id FROM contact_line)
            OR EXISTS (SELECT contact_id FROM contact_line EXCEPT SELECT id FROM contact WHERE binned_at = '')
            OR EXISTS (SELECT contact_id FROM contact_line EXCEPT SELECT id FROM contact_search_docsize)
            OR EXISTS (SELECT id FROM contact_search_docsize EXCEPT SELECT contact_id FROM contact_line)
        """
    return bool(connection.execute(difference).fetchone()[0])


def contacts(connection: Connection) -> int:
    """How many contacts are in use."""
    (count,) = connection.execute("SELECT count(*) FROM contact WHERE binned_at = ''").fetchone()
    return int(count)
