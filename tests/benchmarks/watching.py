"""Looks at the real window as a person does: when is it painted, and does it answer meanwhile?"""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from itertools import pairwise

from PySide6.QtCore import QEvent, QEventLoop, QObject, Qt, QTimer
from PySide6.QtWidgets import QApplication, QWidget

AFTER = 10
"""Ticks after the end that are watched too: then what came is painted."""


class Painted(QObject):
    """Waits as the program does, in Qt's event loop, until one of the widgets was painted while something holds."""

    def __init__(self, widgets: Sequence[QWidget], holds: Callable[[], bool]) -> None:
        super().__init__()
        self._widgets, self._holds, self._loop = widgets, holds, QEventLoop()
        for widget in widgets:
            widget.installEventFilter(self)

    def wait(self) -> None:
        """Return when it was painted."""
        QTimer.singleShot(2000, self._loop, self._loop.quit)
        self._loop.exec()
        for widget in self._widgets:
            widget.removeEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Paint and self._holds():
            QTimer.singleShot(0, self._loop, self._loop.quit)
        return False


def longest_gap(begin: Callable[[], object], done: Callable[[], bool]) -> float:
    """The longest time in milliseconds in which a key or a click would have waited, from `begin` until it is done."""
    loop, timer = QEventLoop(), QTimer(interval=1, timerType=Qt.TimerType.PreciseTimer)
    times = [time.perf_counter()]
    left = AFTER

    def tick() -> None:
        nonlocal left
        times.append(time.perf_counter())
        left -= done()
        if left == 0:
            loop.quit()

    timer.timeout.connect(tick)
    timer.start()
    begin()
    loop.exec()
    timer.stop()
    return 1000 * max(after - before for before, after in pairwise(times))


def until(application: QApplication, done: Callable[[], bool]) -> None:
    """Let the window work until it is done. Raises TimeoutError after a minute."""
    begin = time.perf_counter()
    application.processEvents()
    while not done():
        application.processEvents()
        if time.perf_counter() - begin > 60:
            raise TimeoutError("the window did not answer")


def rest(application: QApplication, seconds: float) -> None:
    """Let the window do for so long what nobody waits for."""
    end = time.perf_counter() + seconds
    while time.perf_counter() < end:
        application.processEvents()
        time.sleep(0.002)
