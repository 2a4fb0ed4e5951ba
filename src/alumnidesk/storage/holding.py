"""Who holds a file: one program, also when something else in that program has read the file and closed it again.

On Linux and on a Mac a process loses SQLite's lock (POSIX) as soon as it closes the file for the first time, whoever
had opened it (fcntl(2), https://www.sqlite.org/howtocorrupt.html 2.2): a backup reads the file to compare it, and on
Linux every file dialog of Qt reads the beginnings of the files that it lists. The lock here belongs to a descriptor of
its own (F_OFD_SETLK). Windows locks by handle.
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
    if sys.platform == "win32":
        return None
    import fcntl  # there is none on Windows

    command, wanted = request(sys.platform, fcntl.F_WRLCK)
    try:
        held = os.open(path, os.O_RDWR | (os.O_CREAT if create else 0), 0o644)
    except OSError:
        return None  # SQLite will say why
    until = time.monotonic() + PATIENCE
    while True:
        try:
            fcntl.fcntl(held, command, wanted)
            return held
        except OSError as fault:
            if fault.errno not in (errno.EAGAIN, errno.EACCES):
                os.close(held)
                return None
            if time.monotonic() > until:
                os.close(held)
                raise BlockingIOError(fault.errno, "held by another program", str(path)) from None
        time.sleep(0.01)


def request(platform: str, kind: int) -> tuple[int, bytes]:
    """F_OFD_SETLK and the ``struct flock`` that asks for the byte, by `sys.platform`; `kind` is its F_WRLCK.

    Source: fcntl(2) of Linux, and Apple's ``<sys/fcntl.h>``, which has the fields in another order.
    """
    if platform == "darwin":
        return 90, struct.pack("=qqihh", _AFTER_SQLITE, 1, 0, kind, os.SEEK_SET)
    return 37, struct.pack("hhqqi4x", kind, os.SEEK_SET, _AFTER_SQLITE, 1, 0)


def let_go(held: int | None) -> None:
    """Let another program hold the file."""
    if held is not None:
        os.close(held)
