"""Ends with the session: at logout and shutdown the system sends a signal, and only then kills what is still there."""

from __future__ import annotations

import os
import signal
from collections.abc import Callable

from PySide6.QtCore import QObject, QSocketNotifier

SIGNALS = ("SIGTERM", "SIGHUP", "SIGINT")
"""Sent at logout and shutdown, when the terminal closes, and by Ctrl+C in it."""


class Ending(QObject):
    """Calls `told` in Qt's event loop when the program is to end. Where sessions end without signals, as on Windows,
    it does nothing: the window is closed there.

    Python runs its own handlers only when it is its turn, and Qt may wait for hours; so the signal goes through a pipe.
    """

    def __init__(self, told: Callable[[], None], parent: QObject | None = None) -> None:
        super().__init__(parent)
        if os.name != "posix":
            return
        self._told = told
        self._reading, writing = os.pipe()
        os.set_blocking(writing, False)
        signal.set_wakeup_fd(writing, warn_on_full_buffer=False)
        for number in (getattr(signal, name) for name in SIGNALS):
            if signal.getsignal(number) is not signal.SIG_IGN:  # `nohup` wants it to go on
                signal.signal(number, lambda *_: None)
        self._notifier = QSocketNotifier(self._reading, QSocketNotifier.Type.Read, self)
        self._notifier.activated.connect(self._tell)

    def _tell(self) -> None:
        os.read(self._reading, 64)
        self._told()
