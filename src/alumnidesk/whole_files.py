"""Files that are whole under their name, or not there: a power cut leaves the old one or the new one."""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

UNFINISHED = ".unfinished"
"""Ending of a file that is being written; one that is found later was left by a crash and means nothing."""


def beside(final: Path) -> Path:
    """Where a file is written until it is complete: on the same disk, so that it needs only a new name then."""
    return final.with_name(final.name + UNFINISHED)


PATIENCE = 2.0
"""Seconds in which a virus scanner or a program that synchronises folders lets go of what is new (Windows)."""


@contextmanager
def in_place_of(final: Path) -> Iterator[Path]:
    """A path to write to; if the block ends well it takes the place of `final`, in one step and safe on the disk.

    If the block fails, nothing is left of it and `final` is as it was. Raises OSError.
    """
    unfinished = beside(final)
    try:
        unfinished.unlink(missing_ok=True)
        yield unfinished
        sync_file(unfinished)
        take_place(unfinished, final)
    except BaseException:
        unfinished.unlink(missing_ok=True)
        raise
    _sync_names(final.parent)


def take_place(unfinished: Path, final: Path) -> None:
    """Give a file or folder its name, in the place of a file that has it. Raises OSError.

    Windows refuses that while another program has one of the two open, which scanners do for a moment.
    """
    until = time.monotonic() + PATIENCE
    while True:
        try:
            unfinished.replace(final)
            return
        except OSError as fault:
            if not held_elsewhere(fault) or time.monotonic() > until:
                raise
        time.sleep(0.05)


_IN_USE, _LOCKED, _DENIED = 32, 33, 5


def held_elsewhere(fault: OSError) -> bool:
    """Whether another program has the file open, by what Windows reports ("System Error Codes").

    It denies access, as if there were no right to write, where the file that another is to take the place of is open.
    """
    code, target = getattr(fault, "winerror", None), fault.filename2
    if code == _DENIED and target is not None:
        return os.access(target, os.W_OK) or not os.access(target, os.F_OK)  # else it is marked as read-only
    return code in (_IN_USE, _LOCKED)


def write_whole(path: Path, pieces: Iterable[bytes]) -> None:
    """Write the pieces as one file, see `in_place_of`. If making one of them fails, `path` is as it was."""
    with in_place_of(path) as unfinished, unfinished.open("wb") as file:
        file.writelines(pieces)


def sync_file(path: Path) -> None:
    """Make what was written into a file safe on the disk. Raises OSError."""
    with path.open("rb+") as file:
        sync_open(file.fileno())


def sync_open(descriptor: int) -> None:
    """The same for a file that is open. Raises OSError."""
    if sys.platform == "darwin":  # there os.fsync leaves it in the drive's own memory (fsync(2) of macOS)
        import fcntl

        with suppress(OSError):  # servers and some sticks do not know it
            fcntl.fcntl(descriptor, fcntl.F_FULLFSYNC)
            return
    os.fsync(descriptor)


def _sync_names(folder: Path) -> None:
    """The same for new names in a folder (Windows does so by itself and opens no folders; some servers cannot)."""
    if os.name == "nt":
        return
    with suppress(OSError):
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)
