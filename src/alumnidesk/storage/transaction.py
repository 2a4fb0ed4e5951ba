"""A deed under way: what may be written, and by which ways. `Database.writing` begins and ends it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import cached_property
from typing import TYPE_CHECKING, Any, NamedTuple

from sqlcipher3 import dbapi2 as driver

from alumnidesk.i18n import Message
from alumnidesk.storage import history
from alumnidesk.storage.connection import Connection

if TYPE_CHECKING:
    from sqlalchemy import Engine
    from sqlalchemy.orm import Session


class Written(NamedTuple):
    """What a deed wrote: enough to show a notice with Undo and to refresh what shows these things."""

    changeset: int
    label: Message
    tables: frozenset[str]
    undoes: int | None = None
    contacts: frozenset[int] | None = None
    """Whom it changed, if they are few and it changed nothing that others share, such as a unit; else None."""


class Transaction:
    """A deed under way. Rows may be written through `session`, `execute` or `insert_many`, as suits the amount."""

    def __init__(self, connection: Connection, engine: Engine, changeset: int, label: Message) -> None:
        self._connection, self._engine = connection, engine
        self.changeset = changeset
        self.label = label
        """May be made more exact until the transaction ends."""
        self.final: Message | None = None
        """Set when the deed cannot be taken back: why not."""
        self.written: Written | None = None
        """What was written, once the transaction has ended."""

    @cached_property
    def session(self) -> Session:
        """Rows as objects, for deeds on few rows; flushed when the transaction ends."""
        from sqlalchemy.orm import Session  # 190 ms to import; a start that only reads does without

        return Session(self._engine, autoflush=True)

    def execute(self, sql: str, values: Sequence[Any] = ()) -> driver.Cursor:
        """One statement with its values bound, never glued in."""
        self.flush()
        return self._connection.execute(sql, values)

    def allocate(self, table: str, count: int) -> int:
        """The first of `count` ids of a table that were never used and now never will be by others."""
        row = self.execute("SELECT seq FROM sqlite_sequence WHERE name = ?", (table,)).fetchone()
        first = (row[0] if row else 0) + 1
        if row:
            self.execute("UPDATE sqlite_sequence SET seq = ? WHERE name = ?", (first + count - 1, table))
        else:
            self.execute("INSERT INTO sqlite_sequence (name, seq) VALUES (?, ?)", (table, first + count - 1))
        return first

    def insert_many(self, table: str, columns: Sequence[str], rows: Iterable[Sequence[Any]]) -> None:
        """Many new rows; the first column is `id`, allocated beforehand. Noted in history as runs of ids."""
        self.flush()
        connection = self._connection
        rows = rows if isinstance(rows, list) else list(rows)
        names = ", ".join(f'"{c}"' for c in columns)
        marks = ", ".join("?" * len(columns))
        with history.by_hand(connection, table), _all_or_none(connection, table, rows):
            connection.executemany(f'INSERT INTO main."{table}" ({names}) VALUES ({marks})', rows)
        history.note_made(connection, table, history.runs([row[0] for row in rows]))

    def insert_unwatched(self, table: str, values: Mapping[str, Any]) -> int:
        """A row that belongs to the program and not to anybody's deed: history does not see it, so nothing that is
        taken back takes it away. Returns its id."""
        self.flush()
        connection = self._connection
        names, marks = ", ".join(f'"{name}"' for name in values), ", ".join("?" * len(values))
        with history.by_hand(connection, table):
            cursor = connection.execute(
                f'INSERT INTO main."{table}" ({names}) VALUES ({marks})', tuple(values.values())
            )
        return int(cursor.lastrowid or 0)

    def put_beside(self, table: str, columns: Sequence[str], rows: Iterable[Sequence[Any]]) -> None:
        """Rows of a table that history does not watch, each in the place of whatever says the same already."""
        if table not in history.UNWATCHED:
            raise ValueError(f"history watches {table}")
        self.flush()
        names, marks = ", ".join(f'"{name}"' for name in columns), ", ".join("?" * len(columns))
        self._connection.executemany(f'INSERT OR REPLACE INTO main."{table}" ({names}) VALUES ({marks})', rows)

    def flush(self) -> None:
        """Write what waits in the session, before anything goes past it."""
        if "session" in self.__dict__:
            self.session.flush()

    def close(self) -> None:
        """Let go of the session."""
        if "session" in self.__dict__:
            self.session.close()


@contextmanager
def _all_or_none(connection: Connection, table: str, rows: Sequence[Sequence[Any]]) -> Iterator[None]:
    """If one row of many fails, none of them stays, even if the deed goes on.

    Those before it are deleted again: a savepoint would make SQLite keep the pages as they were, a third of the time.
    """
    before = connection.total_changes
    try:
        yield
    except BaseException:
        if connection.in_transaction:  # a full disk has already taken back the whole transaction
            written = rows[: connection.total_changes - before]
            connection.executemany(f'DELETE FROM main."{table}" WHERE id = ?', [(row[0],) for row in written])
        raise
