"""One window per data file: whoever starts a second time is told to look at the first."""

from __future__ import annotations

import hashlib
import sys
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QObject
from PySide6.QtNetwork import QLocalServer, QLocalSocket

from alumnidesk.places import one_spelling

PATIENCE = 500
"""Milliseconds that the other window has to answer."""


def raise_other(path: Path) -> bool:
    """Ask the program that has this file open to come to the front; False if there is none."""
    socket = QLocalSocket()
    socket.connectToServer(_name(path))
    if not socket.waitForConnected(PATIENCE):
        return False
    _let_it_come()
    socket.write(b"raise\n")
    socket.waitForBytesWritten(PATIENCE)
    socket.disconnectFromServer()
    return True


def _let_it_come() -> None:
    """Windows lets no program come to the front but the one that the person just started, or whom that one lets."""
    if sys.platform == "win32":
        import ctypes

        anybody = -1  # ASFW_ANY
        ctypes.windll.user32.AllowSetForegroundWindow(anybody)


class Doorbell(QObject):
    """Answers `raise_other` for one file."""

    def __init__(self, path: Path, rung: Callable[[], object], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._rung = rung
        self._server = QLocalServer(self)
        self._server.setSocketOptions(QLocalServer.SocketOption.UserAccessOption)
        self._server.newConnection.connect(self._answer)
        # What a crashed program left behind: the file's own lock says that nobody else has it open.
        QLocalServer.removeServer(_name(path))
        self._server.listen(_name(path))

    def _answer(self) -> None:
        while (socket := self._server.nextPendingConnection()) is not None:
            socket.disconnected.connect(socket.deleteLater)
            self._rung()

    def close(self) -> None:
        """Answer no more."""
        self._server.close()


def _name(path: Path) -> str:
    """A name for the file's path that every platform takes."""
    return "alumnidesk-" + hashlib.sha256(one_spelling(path).encode()).hexdigest()[:24]
