"""Counts what a person has to do: clicks, key chords, and fields filled. What is typed into a field counts once."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QWidget

_PRESSES = (QEvent.Type.ShortcutOverride, QEvent.Type.KeyPress, QEvent.Type.MouseButtonPress)
_RELEASES = (QEvent.Type.KeyRelease, QEvent.Type.MouseButtonRelease)
_MODIFIERS = (Qt.Key.Key_Shift, Qt.Key.Key_Control, Qt.Key.Key_Alt, Qt.Key.Key_AltGr, Qt.Key.Key_Meta)


@dataclass
class Count:
    """What was done so far, in words; `done` is how many."""

    deeds: list[str] = field(default_factory=list)

    @property
    def done(self) -> int:
        return len(self.deeds)

    def restart(self) -> None:
        """Count from zero again."""
        self.deeds.clear()


class _Watcher(QObject):
    """One press is seen by several widgets until one takes it; it counts when it is seen first."""

    def __init__(self, count: Count) -> None:
        super().__init__()
        self._count, self._down, self._typing = count, False, None

    _typing: QObject | None

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if not isinstance(watched, QWidget):
            return False
        if event.type() in _RELEASES:
            self._down = False
        elif event.type() in _PRESSES and not self._down:
            self._down = True
            self._pressed(watched, event)
        return False

    def _pressed(self, widget: QWidget, event: QEvent) -> None:
        if not isinstance(event, QKeyEvent):
            self._typing = None
            self._count.deeds.append(f"click {widget.accessibleName() or type(widget).__name__}")
            return
        if event.key() in _MODIFIERS:
            return
        held = event.modifiers() & ~Qt.KeyboardModifier.ShiftModifier
        if event.text() and event.text().isprintable() and not held:
            if self._typing is not widget:
                self._count.deeds.append(f"fill {widget.accessibleName() or type(widget).__name__}")
            self._typing = widget
        else:
            self._typing = None
            self._count.deeds.append(f"press {event.keyCombination()}")


@contextmanager
def counted() -> Iterator[Count]:
    """Count while the block runs."""
    application = QApplication.instance()
    assert application is not None
    count = Count()
    watcher = _Watcher(count)
    application.installEventFilter(watcher)
    try:
        yield count
    finally:
        application.removeEventFilter(watcher)
