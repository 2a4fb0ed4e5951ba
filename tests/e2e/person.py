"""A person at the program: looks, clicks, types and drags, and waits until the window has come to rest."""

from __future__ import annotations

import os
from pathlib import Path

from PySide6.QtCore import QEvent, QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent, QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot
from tests.ui.real_window import button, texts

from alumnidesk.ui.app import Program
from alumnidesk.ui.window import MainWindow

PATIENCE = 30_000
"""Milliseconds that anything may take on a busy machine."""


class Person:
    """Does what a person does, with mouse and keys alone."""

    def __init__(self, qtbot: QtBot, program: Program) -> None:
        self._qtbot, self._program, self._taken = qtbot, program, 0
        folder = os.environ.get("ALUMNIDESK_PICTURES")
        self.pictures = Path(folder) if folder else None
        """Where pictures are kept, if anywhere."""

    @property
    def window(self) -> MainWindow:
        """The window with the open file."""
        self._qtbot.waitUntil(lambda: isinstance(self._program.window, MainWindow), timeout=PATIENCE)
        window = self._program.window
        assert isinstance(window, MainWindow)
        return window

    def wait(self) -> None:
        """Until nothing is under way and everything is painted."""
        for _ in range(3):
            QApplication.processEvents()
            self._qtbot.waitUntil(lambda: self._program.file is None or not self._program.tasks.busy, timeout=PATIENCE)
        window = self._program.window
        if window is not None and QApplication.activeWindow() is None:
            window.activateWindow()  # what a window manager does when a dialog has closed
        QApplication.processEvents()

    def look(self, name: str) -> None:
        """Keep a picture of the window, where pictures are wanted."""
        self.wait()
        if self.pictures and self._program.window:
            self._taken += 1
            self.pictures.mkdir(parents=True, exist_ok=True)
            self._program.window.grab().save(str(self.pictures / f"{self._taken:02}-{name}.png"))

    def click(self, target: QWidget | str, within: QWidget | None = None) -> None:
        """Click on a widget, or on the button with these words."""
        place = within or self._program.window
        assert place is not None
        widget = button(place, target) if isinstance(target, str) else target
        assert widget.isVisible()
        QTest.mouseClick(
            widget, Qt.MouseButton.LeftButton, pos=QPoint(min(12, widget.width() // 2), widget.height() // 2)
        )
        self.wait()

    def press(self, key: Qt.Key, modifiers: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        """Press a key or a chord where the focus is."""
        QTest.keyClick(self._focus(), key, modifiers)
        self.wait()

    def type(self, text: str) -> None:
        """Type a text letter by letter where the focus is."""
        for letter in text:
            target = self._focus()
            for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
                QApplication.sendEvent(
                    target, QKeyEvent(kind, Qt.Key.Key_unknown, Qt.KeyboardModifier.NoModifier, letter)
                )
        self.wait()

    def drop(self, *paths: Path) -> None:
        """Drag files onto the window."""
        mime = QMimeData()
        mime.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
        window = self._program.window
        assert window is not None
        assert window.acceptDrops()
        keys = Qt.KeyboardModifier.NoModifier
        place, mouse = QPointF(300, 300), Qt.MouseButton.LeftButton
        # Qt hands a drop on only after a drag that came from outside, so it is given to the window itself.
        window.dropEvent(QDropEvent(place, Qt.DropAction.CopyAction, mime, mouse, keys))
        self.wait()

    def sees(self, words: str) -> bool:
        """Whether these words stand somewhere in the window."""
        assert self._program.window is not None
        return any(words in text for text in texts(self._program.window))

    def notice(self) -> str:
        """What the notice says."""
        self.wait()
        return self.window.notices.bar.sentence.text() if self.window.notices.isVisible() else ""

    def _focus(self) -> QWidget:
        focus = QApplication.focusWidget() or self._program.window
        assert focus is not None
        return focus
