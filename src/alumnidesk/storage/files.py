"""Database files as files: their logs, a copy out of an open one, and whether two are the same."""

from __future__ import annotations

from pathlib import Path

from sqlcipher3 import dbapi2 as driver

from alumnidesk.storage.connection import Connection, has_log


def logs_of(path: Path) -> list[Path]:
    """What SQLite left beside a file. Beside another file of the same name it would be played into that one."""
    return [log for ending in ("-wal", "-shm", "-journal") if (log := path.with_name(path.name + ending)).exists()]


def copy_open(connection: Connection, target: Path) -> None:
    """Write the state of an open file, log and all, into a new file that has none. Does not flush it to the disk."""
    copy = driver.connect(str(target), isolation_level=None)
    try:
        copy.execute("PRAGMA synchronous=OFF")
        connection.backup(copy)
        copy.execute("PRAGMA locking_mode=EXCLUSIVE")
        copy.execute("PRAGMA journal_mode=DELETE")
    finally:
        copy.close()


_HEADER_THAT_MAY_DIFFER = (slice(18, 20), slice(24, 28), slice(40, 44), slice(92, 96))
"""Of the first page: how it is journalled, and counters that a copy advances (https://www.sqlite.org/fileformat.html)."""


def same_pages(one: Path, other: Path) -> bool:
    """Whether two database files are the same, byte by byte, apart from counters; no, if one has a log."""
    try:
        if has_log(one) or has_log(other):
            return False
        with one.open("rb") as first, other.open("rb") as second:
            headers = [bytearray(file.read(100)) for file in (first, second)]
            for header in headers:
                for place in _HEADER_THAT_MAY_DIFFER:
                    header[place] = bytes(place.stop - place.start)
            if headers[0] != headers[1]:
                return False
            while block := first.read(1 << 20):
                if block != second.read(1 << 20):
                    return False
            return not second.read(1)
    except OSError:
        return False
