"""Who holds a file: one program, also when something else in that program has read the file and closed it again.

On Linux a process loses SQLite's lock (POSIX) as soon as it closes the file for the first time, whoever had opened it:
every file dialog of Qt reads the beginnings of the files that it lists (fcntl(2), https://www.sqlite.org/howtocorrupt.html
2.2). The lock here belongs to a descriptor of its own (F_OFD_SETLK). Windows locks by handle, and macOS shows its file
dialogs from another process.
"""

from __future__ import annotations

import errno
import os
import struct
import sys
import time
from pathlib import Path

_AFTER_SQLITE = 0x40000000 + 512
"""The byte that is locked: the first behind those which SQLite locks."""
PATIENCE = 0.2
"""Seconds in which another program may let go."""


def hold(path: Path, *, create: bool) -> int | None:
    """Hold a file until `let_go`; None where the system or the disk knows no such lock. Raises BlockingIOError."""
    if sys.platform != "linux":
        return None
    import fcntl  # there is none elsewhere

    try:
        held = os.open(path, os.O_RDWR | (os.O_CREAT if create else 0), 0o644)
    except OSError:
        return None  # SQLite will say why
    wanted = struct.pack("hhqqi4x", fcntl.F_WRLCK, os.SEEK_SET, _AFTER_SQLITE, 1, 0)  # struct flock of fcntl(2)
    until = time.monotonic() + PATIENCE
    while True:
        try:
            fcntl.fcntl(held, fcntl.F_OFD_SETLK, wanted)
            return held
        except OSError as fault:
            if fault.errno not in (errno.EAGAIN, errno.EACCES):
                os.close(held)
                return None
            if time.monotonic() > until:
                os.close(held)
                raise BlockingIOError(fault.errno, "held by another program", str(path)) from None
        time.sleep(0.01)


def let_go(held: int | None) -> None:
    """Let another program hold the file."""
    if held is not None:
        os.close(held)
