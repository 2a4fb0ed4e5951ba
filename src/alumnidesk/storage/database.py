"""The data file while it is open: one owner thread, one connection, no write without a label."""

from __future__ import annotations

import contextlib
import datetime as dt
import getpass
import json
import threading
from collections.abc import Callable, Collection, Iterator, Sequence
from contextlib import contextmanager
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any, Concatenate, ParamSpec, TypeVar

from sqlcipher3 import dbapi2 as driver

from alumnidesk.errors import Refused, Unwritable
from alumnidesk.i18n import Message, say
from alumnidesk.progress import Progress
from alumnidesk.storage import faults, history, indexing, layout, search, undo
from alumnidesk.storage.connection import Connection, connect, engine_on, inspect, may_write
from alumnidesk.storage.files import copy_open, logs_of
from alumnidesk.storage.transaction import Transaction, Written
from alumnidesk.whole_files import in_place_of

if TYPE_CHECKING:
    from sqlalchemy import Engine
    from sqlalchemy.orm import Session

__all__ = ["Database", "Transaction", "Written", "now"]

P = ParamSpec("P")
T = TypeVar("T")


def now() -> str:
    """The present moment as it is stored: ISO date and time, UTC, whole seconds."""
    return dt.datetime.now(dt.UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


class Database:
    """An open data file. Belongs to the thread that opened it."""

    def __init__(self, path: Path, connection: Connection, *, read_only: bool = False) -> None:
        self.author = _user_name()
        """Who is written into the history."""
        self.after_writing: list[Callable[[Written], None]] = []
        self.changes = 0
        """Counts transactions since opening; lists that cache an order compare it."""
        self._owner = threading.get_ident()
        self._writing = False
        self._hold(path, connection, read_only=read_only)

    def _hold(self, path: Path, connection: Connection, *, read_only: bool) -> None:
        self.path = path
        self.connection = connection
        self.read_only = read_only
        self._watching = False
        self._identity = _identity(path)
        with self.temporary_tables():  # and nothing else is written until a deed begins
            search.list_words(connection)

    @classmethod
    def open(cls, path: Path, *, read_only: bool | None = None) -> Database:
        """Open an existing file of the present version; `storage.upgrade` brings older ones there.

        A file that cannot be written is opened for reading. Raises BadFile (empty, encrypted, foreign, cut off,
        damaged) or EnvironmentFault (missing, in use).
        """
        inspect(path)
        if read_only is None:
            read_only = not may_write(path)
        connection = connect(path, read_only=read_only)
        try:
            return cls(path, connection, read_only=read_only)
        except BaseException:
            connection.close()  # else nobody could open the file until the program ends
            raise

    @classmethod
    def look_into(cls, path: Path) -> Database:
        """Open a file of a newer version for reading, to export what is in it; not a byte of it changes.

        Raises TooNew if it lacks what this program reads, else like `open`.
        """
        database = cls.open(path, read_only=True)
        try:
            if not database.ask(layout.is_understood):
                raise layout.too_different(path, database.ask(layout.version))
        except BaseException:
            database.close()
            raise
        return database

    def save_copy(self, path: Path) -> None:
        """Write all that is in the file to another place, also when this one was moved or replaced underneath.

        Raises EnvironmentFault (disk full, not writable) or Refused (it is this very file, or what replaced it).
        """
        self._check_owner()
        if path.exists() and _identity(path) == self._identity:
            raise Refused(say("“{file}” is the file that is open.", file=path.name), say("Please choose another name."))
        if path.exists() and _identity(path) == self._identity_there:
            raise Refused(
                say("Another program put “{file}” there.", file=path.name),
                say("Please choose another name, so that both are kept."),
            )
        with faults.explained(path), in_place_of(path) as unfinished:
            copy_open(self.connection, unfinished)
            for log in logs_of(path):
                log.unlink()

    def go_on_in(self, copy: Path) -> None:
        """Let go of this file and go on in a copy that `save_copy` made of it. Raises EnvironmentFault or BadFile."""
        self._check_owner()
        connection = connect(copy)
        self.close()
        self.__dict__.pop("engine", None)
        self._hold(copy, connection, read_only=False)
        self.changes += 1  # nothing that was read before is known to hold

    def close(self) -> None:
        """Let go of the file."""
        if "engine" in self.__dict__:
            self.engine.dispose()
        with contextlib.suppress(driver.Error):
            self.connection.close()

    def _fold_log(self) -> None:
        """Bring what was committed from the log into the file, so that the file alone is always whole.

        Then a copy that a backup tool takes, or the file under a new name, lacks nothing, and no log is left for
        SQLite to play into another file put in this one's place. It costs about one more flush of the disk. If it fails
        nothing is lost: the log holds it, and the next deed folds it in.
        """
        with contextlib.suppress(driver.Error):
            self.connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")

    @cached_property
    def engine(self) -> Engine:
        """SQLAlchemy on the one connection; transactions are begun and ended by `writing` alone."""
        return engine_on(self.connection)

    # Reading ----------------------------------------------------------------------------------------------------

    def rows(self, sql: str, values: Sequence[Any] = ()) -> list[tuple[Any, ...]]:
        """The rows of a query, as plain tuples; for lists and first pages."""
        self._check_owner()
        with self._only_reading():
            found: list[tuple[Any, ...]] = self.connection.execute(sql, values).fetchall()
        return found

    def ask(self, question: Callable[Concatenate[Connection, P], T], /, *values: P.args, **named: P.kwargs) -> T:
        """The answer of a function that reads, such as those of `search` and `history`; faults are told in words."""
        self._check_owner()
        with self._only_reading():
            return question(self.connection, *values, **named)

    @contextmanager
    def reading(self) -> Iterator[Session]:
        """Rows as objects, to be turned into cards before the block ends. A write inside is refused."""
        from sqlalchemy.orm import Session

        self._check_owner()
        if self._writing:
            raise RuntimeError("inside a deed one reads with its own session")  # this one's end would end the deed
        with self._only_reading(), Session(self.engine, autoflush=False) as session:
            yield session

    @contextmanager
    def _only_reading(self) -> Iterator[None]:
        with faults.explained(self.path):
            try:
                yield
            except driver.OperationalError as fault:
                if faults.result_code(fault) == faults.READONLY and not self.read_only:
                    raise RuntimeError("a write without a label") from fault
                raise

    # Writing ----------------------------------------------------------------------------------------------------

    @contextmanager
    def writing(
        self, label: Message, *, undoes: int | None = None, progress: Progress | None = None
    ) -> Iterator[Transaction]:
        """One deed: all of it or nothing, with its history and its search index.

        With a `progress` it can be cancelled until the moment when it is written for good.
        An exception takes everything back. A deed that changed nothing leaves no trace in the history.
        Raises Unwritable (read-only, file moved or replaced underneath) and EnvironmentFault (disk full, write fault).
        """
        self._check_owner()
        if self._writing:
            raise RuntimeError("a deed does not begin inside another")
        with faults.explained(self.path):
            if problem := self.why_unwritable():
                raise problem
            _ = self.engine  # made now, because inside the transaction it would end it
            with self._unlocked():
                transaction = self._begin(label, undoes)
                try:
                    yield transaction
                    transaction.written = self._end(transaction, undoes, progress or Progress())
                    self.connection.execute("COMMIT")
                finally:
                    transaction.close()
        self.changes += 1
        if transaction.written is not None:
            for listener in self.after_writing:
                listener(transaction.written)

    @contextmanager
    def _unlocked(self) -> Iterator[None]:
        """A transaction, and the only time when the connection may write at all; rolled back unless committed in it."""
        self._writing = True
        try:
            self.connection.execute("PRAGMA query_only=OFF")
            if not self._watching:
                history.watch(self.connection)
                self._watching = True
            self.connection.execute("BEGIN IMMEDIATE")
            yield
        finally:
            # SQLite has already rolled back by itself after a full disk; then there is nothing to do.
            if self.connection.in_transaction:
                self.connection.execute("ROLLBACK")
            self._fold_log()
            self.connection.execute("PRAGMA query_only=ON")
            self._writing = False

    @contextmanager
    def temporary_tables(self) -> Iterator[None]:
        """Allow tables that live in the connection and end with it, also on a file that may only be read."""
        self.connection.execute("PRAGMA query_only=OFF")
        try:
            yield
        finally:
            self.connection.execute("PRAGMA query_only=ON")

    def make_final(self, why: Message) -> None:
        """Make all deeds so far final: they are shown, but cannot be taken back any more."""
        with faults.explained(self.path), self._unlocked():
            history.make_final(self.connection, why)
            self.connection.execute("COMMIT")

    def rebuild_index(self, progress: Progress | None = None) -> None:
        """Make lists and search index anew from the contacts, if `check` says that they disagree. Raises Cancelled."""
        with faults.explained(self.path), self._unlocked():
            indexing.rebuild(self.connection, progress)
            self.connection.execute("COMMIT")

    def _begin(self, label: Message, undoes: int | None) -> Transaction:
        cursor = self.connection.execute(
            "INSERT INTO changeset (made_at, made_by, label, undoes, reverted, final) VALUES (?, ?, ?, ?, 0, '')",
            (now(), self.author, _stored(label), undoes),
        )
        changeset = int(cursor.lastrowid or 0)
        self.connection.execute("DELETE FROM deed")
        self.connection.execute("INSERT INTO deed VALUES (?)", (changeset,))
        return Transaction(self.connection, self.engine, changeset, label)

    def _end(self, transaction: Transaction, undoes: int | None, progress: Progress) -> Written | None:
        transaction.flush()
        number = transaction.changeset
        tables = frozenset(
            name
            for (name,) in self.connection.execute(
                "SELECT DISTINCT table_name FROM change WHERE changeset_id = ?", (number,)
            )
        )
        self.connection.execute("DELETE FROM deed")
        if not tables:
            self.connection.execute("DELETE FROM changeset WHERE id = ?", (number,))
            return None
        indexing.follow(self.connection, number, progress)
        contacts = history.contacts_of(self.connection, number)
        self.connection.execute(
            "UPDATE changeset SET label = ?, final = ? WHERE id = ?",
            (_stored(transaction.label), _stored(transaction.final) if transaction.final else "", number),
        )
        progress.past_return()
        return Written(number, transaction.label, tables, undoes, contacts)

    def revert(
        self,
        changeset: int,
        put_back: Collection[tuple[str, int, str]] | None = None,
        progress: Progress | None = None,
    ) -> Written | None:
        """Take back a deed (or an undo: that is redo) as a new entry of the history.

        `put_back` decides about values that a merge and a later deed changed (see `storage.separate`). Raises Refused
        with the reason in words; Cancelled.
        """
        subject = history.subject_of(self.connection, changeset)
        try:
            with self.writing(subject.label, undoes=subject.id, progress=progress) as deed:
                undo.revert(self.connection, subject, put_back, progress)
        except driver.IntegrityError as fault:
            raise Refused(
                say("This cannot be taken back: something it needs is gone, or was entered anew meanwhile."),
                say("The history page shows what happened since."),
            ) from fault
        return deed.written

    # Ownership --------------------------------------------------------------------------------------------------

    def _check_owner(self) -> None:
        if threading.get_ident() != self._owner:
            raise RuntimeError("the data file belongs to the thread that opened it")

    def why_unwritable(self) -> Unwritable | None:
        """Why nothing can be changed, if so. SQLite itself would go on writing into a moved file without a word."""
        if self.read_only:
            return Unwritable(
                say("This file is open for reading only."),
                say("Copy it to a folder of your own to change it."),
            )
        present = self._identity_there
        if present is None:
            return Unwritable(
                say("“{file}” was moved, renamed or deleted while it was open.", file=self.path.name),
                say(
                    "Nothing is lost yet: choose “Save a copy” in the menu “File”, or put the file back to {folder}",
                    folder=str(self.path.parent),
                ),
            )
        if present != self._identity:
            return Unwritable(
                say("Another program replaced “{file}” while it was open.", file=self.path.name),
                say("Neither version is lost: choose “Save a copy” in the menu “File”, then compare the two."),
            )
        return None

    @property
    def _identity_there(self) -> tuple[int, int] | None:
        """Of whatever lies now where the file was opened; None if nothing does."""
        try:
            return _identity(self.path)
        except OSError as fault:
            if faults.is_gone(fault):
                return None
            raise


def _identity(path: Path) -> tuple[int, int]:
    status = path.stat()
    return status.st_dev, status.st_ino


def _stored(message: Message) -> str:
    return json.dumps(message.stored(), ensure_ascii=False)


def _user_name() -> str:
    try:
        return getpass.getuser()
    except (OSError, KeyError, ImportError):  # no login name, as in some service accounts
        return ""
