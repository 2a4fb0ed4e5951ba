"""Ends with the session: at logout and shutdown the system says so, and only then kills what is still there."""

from __future__ import annotations

import os
import signal
from collections.abc import Callable

from PySide6.QtCore import QObject, QSocketNotifier
from PySide6.QtGui import QGuiApplication

SIGNALS = ("SIGTERM", "SIGHUP", "SIGINT")
"""Sent at logout and shutdown, when the terminal closes, and by Ctrl+C in it."""


class Ending(QObject):
    """Calls `told` in the window's thread when the program is to end.

    Windows, and desktops that manage sessions, ask first: then `save` is called, which asks nobody and ends nothing,
    because the session may go on all the same. Once Windows has its answers it lets Qt say that the application quits,
    and kills it after that (WM_QUERYENDSESSION, WM_ENDSESSION); Qt 6 closes no window there.
    """

    def __init__(
        self, application: QGuiApplication, told: Callable[[], None], save: Callable[[], None], parent: QObject
    ) -> None:
        super().__init__(parent)
        self._told, self._save, self._asked = told, save, False
        application.commitDataRequest.connect(self.session_may_end)
        application.aboutToQuit.connect(self._quits)
        if os.name == "posix":
            self._listen()

    def session_may_end(self, _: object = None) -> None:
        """The system asks whether it may log out or shut down."""
        self._asked = True
        self._save()

    def _quits(self) -> None:
        if self._asked:
            self._asked = False  # what ends the program has Qt say so once more
            self._told()

    # Signals ---------------------------------------------------------------------------------------------------

    def _listen(self) -> None:
        """Python runs its own handlers only when it is its turn, and Qt may wait for hours; so the signal goes through
        a pipe."""
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
