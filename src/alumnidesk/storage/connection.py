"""Opening the file with the one driver and the one set of rules."""

from __future__ import annotations

import math
import os
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import quote

from sqlcipher3 import dbapi2 as driver

from alumnidesk.errors import BadFile, EnvironmentFault
from alumnidesk.i18n import say
from alumnidesk.storage import faults
from alumnidesk.storage.holding import hold, let_go

if TYPE_CHECKING:
    from sqlalchemy import Engine

APPLICATION_ID = 0x416C444B
"""“AlDK”, written into the file's header: tells our files from other SQLite files (bytes 68 to 71 of the header)."""

LEAST_SQLITE = (3, 51, 3)
"""From here on SQLite has contentless_delete (3.43) and no longer the WAL-reset bug of 3.7.0 to 3.51.2
(sqlite.org/changes.html)."""

if tuple(map(int, driver.sqlite_version.split("."))) < LEAST_SQLITE:  # pragma: no cover - the lock file rules it out
    raise ImportError(f"SQLite {driver.sqlite_version} is too old; the driver sqlcipher3 brings the right one")

Connection = driver.Connection

_MAGIC = b"SQLite format 3\x00"
_HEADER_LENGTH = 100
_FIRST_PAGE = 4096


def inspect(path: Path) -> None:
    """Refuse what is no data file of ours, by its first page and before SQLite touches it.

    Raises BadFile (a folder, empty, encrypted, foreign, cut off) or EnvironmentFault (missing, unreadable). The places
    in the header are those of https://www.sqlite.org/fileformat.html.
    """
    if path.is_dir():
        raise faults.a_folder(path)
    with faults.explained(path), path.open("rb") as file:
        start = file.read(_FIRST_PAGE)
        length = os.fstat(file.fileno()).st_size
    if not start:
        raise BadFile(
            path,
            say("“{file}” is empty.", file=path.name),
            say("It may not have been copied completely. Please copy it again, or restore a backup."),
        )
    if not start.startswith(_MAGIC):
        raise _encrypted(path) if _looks_encrypted(start, length) else _not_ours(path)
    if len(start) < _HEADER_LENGTH:
        raise faults.cut_off(path)
    if int.from_bytes(start[68:72], "big") != APPLICATION_ID:
        raise BadFile(
            path,
            say("“{file}” belongs to another program.", file=path.name),
            say("It was not changed. Please choose a file that ends in “.alumnidesk”."),
        )
    page_size = int.from_bytes(start[16:18], "big")
    page_size = 65536 if page_size == 1 else page_size
    pages = int.from_bytes(start[28:32], "big")
    # With a log beside it the file may rightly be shorter than its header says: the rest is in the log.
    if length < page_size * pages and not has_log(path):
        raise faults.cut_off(path)


def _not_ours(path: Path) -> BadFile:
    return BadFile(
        path,
        say("“{file}” is not a file of AlumniDesk.", file=path.name),
        say("Contact lists (Excel, CSV, vCard …) go into an open file with “Import a list”."),
    )


def _encrypted(path: Path) -> BadFile:
    return BadFile(
        path,
        say("“{file}” is encrypted.", file=path.name),
        say("Please decrypt it with the program that encrypted it, and open the result."),
    )


def _looks_encrypted(start: bytes, length: int) -> bool:
    """Whole pages without any pattern, as an encrypted database has them; pure chance would be 8 bits a byte."""
    if len(start) < _FIRST_PAGE or length % _FIRST_PAGE:
        return False
    shares = [count / len(start) for count in Counter(start).values()]
    return -sum(share * math.log2(share) for share in shares) > 7.9


def may_write(path: Path) -> bool:
    """Whether the file can be changed: that takes the right to write it, and its log beside it."""
    try:
        path.open("rb+").close()  # Windows and some servers answer `os.access` without looking at rights
    except OSError:
        return False
    return os.access(path.resolve().parent, os.W_OK)


def has_log(path: Path) -> bool:
    """Whether changes that are not yet folded into the file lie beside it."""
    log = path.with_name(path.name + "-wal")
    return log.exists() and log.stat().st_size > 0


class _Holding(driver.Connection):
    """A connection with the lock that keeps other programs out; it goes after the last byte is written."""

    held: int | None = None

    def close(self) -> None:
        super().close()
        let_go(self.held)
        self.held = None


def connect(path: Path, *, create: bool = False, read_only: bool = False) -> Connection:
    """The one connection to the file, exclusive and durable; the caller is its only owner.

    WAL with synchronous=FULL lost no acknowledged change in simulated power cuts (measured); EXCLUSIVE before the first
    access to the WAL avoids the shared-memory file, which fails on network drives. Read-only is for media and files
    that cannot be written; it never changes a byte. Raises EnvironmentFault or BadFile.
    """
    mode = "ro" if read_only else ("rwc" if create else "rw")
    if read_only and has_log(path):
        raise faults.log_left_behind(path)
    # A read-only medium has no place for a log; immutable is right there, because nobody can write to it.
    immutable = "&immutable=1" if read_only else ""
    uri = f"file:{quote(str(path.resolve()))}?mode={mode}{immutable}"
    with faults.explained(path):
        held = None if read_only else hold(path.resolve(), create=create)
        try:
            connection = driver.connect(uri, uri=True, isolation_level=None, timeout=0.2, factory=_Holding)
        except BaseException:
            let_go(held)
            raise
        connection.held = held
        try:
            _settle(connection, read_only=read_only)
        except BaseException:
            connection.close()
            raise
    return connection


def _settle(connection: Connection, *, read_only: bool) -> None:
    execute = connection.execute
    execute("PRAGMA locking_mode=EXCLUSIVE")
    execute("PRAGMA trusted_schema=OFF")  # a file from elsewhere may hold triggers and views; they may call nothing
    execute("PRAGMA cell_size_check=ON")
    execute("PRAGMA foreign_keys=ON")
    execute("PRAGMA recursive_triggers=ON")  # so that history also sees rows that REPLACE deletes
    execute("PRAGMA temp_store=MEMORY")
    execute("PRAGMA cache_size=-32768")
    if not read_only:
        mode = execute("PRAGMA journal_mode=WAL").fetchone()[0]
        if mode != "wal":
            raise EnvironmentFault(say("The disk does not allow safe writing (journal mode {mode}).", mode=mode))
        execute("PRAGMA synchronous=FULL")
        execute("PRAGMA fullfsync=ON")  # a Mac leaves it in the drive's own memory otherwise; nothing to others
        execute("PRAGMA checkpoint_fullfsync=ON")
        execute("BEGIN EXCLUSIVE")  # takes the lock now, so that a second program is told at once
        execute("COMMIT")
    else:
        execute("PRAGMA query_only=ON")
    execute("SELECT count(*) FROM sqlite_schema").fetchone()


def temporary() -> Connection:
    """A connection whose temporary tables lie in an unnamed file on the disk, which ends with it.

    For what memory has no room for. Any thread may use it, one at a time.
    """
    connection = driver.connect(":memory:", isolation_level=None, check_same_thread=False)
    for setting in ("temp_store=FILE", "temp.cache_size=-8192", "temp.journal_mode=OFF", "temp.synchronous=OFF"):
        connection.execute(f"PRAGMA {setting}")
    return connection


def engine_on(connection: Connection) -> Engine:
    """SQLAlchemy on an open connection; transactions stay in the hands of whoever owns the connection.

    Must be called outside a transaction: SQLAlchemy ends its first look at a connection with a ROLLBACK.
    """
    from sqlalchemy import create_engine  # 144 ms to import; a start that only reads does without
    from sqlalchemy.pool import StaticPool

    engine = create_engine(
        "sqlite://",
        module=driver,
        creator=lambda: connection,
        poolclass=StaticPool,
        pool_reset_on_return=None,
        isolation_level="AUTOCOMMIT",
    )
    engine.connect().close()
    return engine
