"""What SQLite and the operating system report, in words: why it happened, why the data is safe, what to do."""

from __future__ import annotations

import errno
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlcipher3 import dbapi2 as driver

from alumnidesk.errors import BadFile, EnvironmentFault
from alumnidesk.i18n import say
from alumnidesk.whole_files import UNFINISHED, held_elsewhere

# Primary result codes, https://www.sqlite.org/rescode.html
BUSY, LOCKED, READONLY, IOERR, CORRUPT, FULL, CANTOPEN, NOTADB = 5, 6, 8, 10, 11, 13, 14, 26

_WITHOUT_CODE = {
    "database or disk is full": FULL,
    "disk I/O error": IOERR,
    "database disk image is malformed": CORRUPT,
    "file is not a database": NOTADB,
    "unable to open database file": CANTOPEN,
    "attempt to write a readonly database": READONLY,
}
"""The driver's backup reports without a code; these are the texts of sqlite3_errstr."""

UNREADABLE = (driver.DatabaseError, UnicodeDecodeError)
"""What the driver raises on a damaged file; the second when not even the message is text any more."""


@contextmanager
def explained(path: Path, needs: int = 0) -> Iterator[None]:
    """Turn faults of the driver and of the operating system into `EnvironmentFault` or `BadFile`.

    `needs` are the bytes that will be written to `path`, where that is known.

    Programming mistakes (wrong SQL, a broken constraint) pass through: they are ours, not the machine's.
    """
    try:
        yield
    except UnicodeDecodeError as fault:
        raise damaged(path) from fault
    except driver.DatabaseError as fault:
        known = from_driver(path, fault, needs)
        if known is None:
            raise
        raise known from fault
    except OSError as fault:
        known = from_system(path, fault, needs)
        if known is None:
            raise
        raise known from fault


def from_driver(path: Path, fault: BaseException, needs: int = 0) -> BadFile | EnvironmentFault | None:
    """The fault in words, or None if it is no fault of the machine or of the file."""
    code = result_code(fault)
    if code in (BUSY, LOCKED):
        return in_use(path)
    if code == READONLY:
        return read_only(path)
    if code == FULL:
        return disk_full(path, needs)
    if code == IOERR:
        return EnvironmentFault(
            say("“{file}” cannot be written: the disk reports a fault or a limit is reached.", file=_named(path)),
            say("Everything saved before is safe. Free some space or choose another disk, then try again."),
        )
    if code == CANTOPEN:
        return not_there(path)
    if code in (CORRUPT, NOTADB):
        return damaged(path)
    return None


def from_system(path: Path, fault: OSError, needs: int = 0) -> BadFile | EnvironmentFault | None:
    """The same for what the operating system reports."""
    if isinstance(fault, BlockingIOError):
        return in_use(path)
    if fault.errno in (errno.ENOSPC, errno.EDQUOT):
        return disk_full(path, needs)
    if is_gone(fault):
        return EnvironmentFault(
            say("“{file}” is not there.", file=_named(path)),
            say(
                "Was it moved, or is its stick unplugged? It was looked for in {folder}",
                folder=str(path.absolute().parent),
            ),
        )
    if held_elsewhere(fault):
        return open_elsewhere(path)
    if fault.errno in (errno.EROFS, errno.EACCES, errno.EPERM):
        return unreadable(path) if fault.filename == str(path) else read_only(path)
    if fault.errno == errno.EISDIR:
        return a_folder(path)
    if fault.errno in (errno.ENOTDIR, errno.EEXIST, errno.ELOOP, errno.ENAMETOOLONG, errno.EINVAL):
        return not_there(path)
    if fault.errno in (errno.EIO, errno.EFBIG):
        return EnvironmentFault(
            say("“{file}” cannot be written: the disk reports a fault or a limit is reached.", file=_named(path)),
            say("Everything saved before is safe. Free some space or choose another disk, then try again."),
        )
    return None


_GONE = frozenset(
    (errno.ENOENT, errno.ENODEV, errno.ENXIO, errno.ESTALE, errno.ETIMEDOUT, errno.ENOTCONN, errno.EHOSTUNREACH,
     errno.EHOSTDOWN, errno.ENETUNREACH, errno.EDEADLK)
)  # fmt: skip
"""The last is what a Mac says of a file that only iCloud has, while it cannot be fetched."""
_GONE_ON_WINDOWS = frozenset((15, 21, 53, 55, 59, 64, 67, 121, 433, 1167, 1222, 1231, 1232, 1236))
"""No such drive or device, none in the drive, and the ways in which a server stops answering ("System Error Codes");
Python gives most of them EINVAL, and the empty drive EACCES."""


def is_gone(fault: OSError) -> bool:
    """Whether what was asked for is not there: no such file, the stick pulled out, the server out of reach."""
    return fault.errno in _GONE or getattr(fault, "winerror", None) in _GONE_ON_WINDOWS


def result_code(fault: BaseException) -> int:
    """SQLite's primary result code of an exception, 0 if it has none."""
    if "Could not decode to UTF-8" in str(fault):
        return CORRUPT
    return int(getattr(fault, "sqlite_errorcode", 0)) & 0xFF or _WITHOUT_CODE.get(str(fault), 0)


def in_use(path: Path) -> EnvironmentFault:
    return EnvironmentFault(
        say("“{file}” is open in another window of AlumniDesk.", file=_named(path)),
        say("Please close it there first; a file has one owner at a time, so that nothing is lost."),
    )


def a_folder(path: Path) -> BadFile:
    return BadFile(path, say("“{file}” is a folder.", file=_named(path)), say("Please choose a file in it."))


def not_there(path: Path) -> EnvironmentFault:
    return EnvironmentFault(
        say("“{file}” cannot be opened there.", file=_named(path)),
        say(
            "Please check that the folder exists and that you may write in it: {folder}",
            folder=str(path.absolute().parent),
        ),
    )


def read_only(path: Path) -> EnvironmentFault:
    return EnvironmentFault(
        say("“{file}” may only be read, not changed.", file=_named(path)),
        say("Copy it to a folder of your own, or ask whoever looks after this computer for the right to write."),
    )


def unreadable(path: Path) -> EnvironmentFault:
    return EnvironmentFault(
        say("“{file}” cannot be read: another program has it open, or you may not read it.", file=_named(path)),
        say(
            "Please close it there, in Excel for example, and try again; or ask whoever looks after this computer for "
            "the right to read it."
        ),
    )


def open_elsewhere(path: Path) -> EnvironmentFault:
    return EnvironmentFault(
        say("“{file}” is open in another program.", file=_named(path)),
        say("Nothing was written there. Please close it in Excel, or in the program that shows it, and try again."),
    )


def disk_full(path: Path, needs: int = 0) -> EnvironmentFault:
    if needs:
        return EnvironmentFault(
            say(
                "The disk has no room for “{file}”: it needs {needed} MB, and {free} MB are free.",
                file=_named(path),
                needed=-(-needs // 1_000_000),
                free=_free_megabytes(path),
            ),
            say("Nothing is lost. Please delete or move some files, or choose another disk, and try again."),
        )
    return EnvironmentFault(
        say("The disk with “{file}” is full ({free} MB free).", file=_named(path), free=_free_megabytes(path)),
        say("Everything saved before is safe. Please delete or move some files, then try again."),
    )


def cut_off(path: Path) -> BadFile:
    return BadFile(
        path,
        say("“{file}” is cut off: its end is missing.", file=_named(path)),
        say("It may not have been copied completely. Please copy it again, or restore a backup."),
    )


def log_left_behind(path: Path) -> EnvironmentFault:
    return EnvironmentFault(
        say("“{file}” is open elsewhere, or was not closed properly, and may only be read here.", file=_named(path)),
        say(
            "Copy it, together with “{log}” beside it, to a folder of your own and open it there.",
            log=f"{path.name}-wal",
        ),
    )


def damaged(path: Path) -> BadFile:
    return BadFile(
        path,
        say("“{file}” is damaged.", file=_named(path)),
        say("Restore the newest backup; the damaged file is kept beside it, so nothing more is lost."),
    )


def _named(path: Path) -> str:
    """What people call it: a file that is still being written by the name that it will have."""
    return path.name.removesuffix(UNFINISHED)


def _free_megabytes(path: Path) -> int:
    try:
        return shutil.disk_usage(path.parent).free // 1_000_000
    except OSError:
        return 0
