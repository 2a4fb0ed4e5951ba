"""Python's cycle collector, in the window's thread alone.

Widgets and what they call are tied in cycles. Collected from another thread while the window changes them, they can
bring the whole program down: Qt lets go of Python's lock while it deletes widgets.
"""

from __future__ import annotations

import gc

from PySide6.QtCore import QObject, QTimer

EVERY = 1_000
"""Milliseconds between two looks."""


class Collecting(QObject):
    """Collects as often as Python would, from `begin` to `end`; before and after Python does so itself."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._timer = QTimer(self, interval=EVERY)
        self._timer.timeout.connect(collect)

    def begin(self) -> None:
        """Another thread works from now on."""
        gc.disable()
        self._timer.start()

    def end(self) -> None:
        """This thread is alone again."""
        self._timer.stop()
        gc.enable()


def collect() -> None:
    """Collect the generations that Python itself would collect now."""
    due = [n for n, (made, most) in enumerate(zip(gc.get_count(), gc.get_threshold(), strict=True)) if made > most]
    if due:
        gc.collect(max(due))
