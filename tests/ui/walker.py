"""Somebody who walks through the window: in any language, text size and palette, waiting until it is at rest."""

from __future__ import annotations

import gc
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from PySide6.QtCore import QCoreApplication, QEvent, QEventLoop, QTimer
from PySide6.QtGui import QFont, QFontDatabase
from PySide6.QtWidgets import QApplication, QWidget
from tests.ui.walked_files import LIST

from alumnidesk.desk import Desk
from alumnidesk.places import bundled
from alumnidesk.ui.deeds import Deeds
from alumnidesk.ui.look import Look
from alumnidesk.ui.messages import Messages
from alumnidesk.ui.preferences import Preferences
from alumnidesk.ui.tasks import Tasks
from alumnidesk.ui.window import MainWindow
from alumnidesk.ui.words import set_language

Visit = Callable[[str, QWidget], None]
SIZE = (1366, 768)
PATIENCE = 20.0
LAYERS = 12
"""So deep do layouts lie in each other; each tells the one around it in the next turn of the loop."""


def bundled_font() -> QFont:
    """The font that the program brings: the same measures on every machine."""
    for path in sorted((bundled("resources") / "fonts").glob("NotoSans-*.ttf")):
        QFontDatabase.addApplicationFont(str(path))
    return QFont("Noto Sans")


class Walker:
    """One open file, dressed anew for each language and text size."""

    def __init__(self, application: QApplication, path: Path) -> None:
        self.application, self.path = application, path
        self.preferences = Preferences(path.with_suffix(".ini"))
        self.tasks = Tasks()
        self.deeds = Deeds(self.tasks, self.tasks)
        self.problems: list[BaseException] = []
        self.tasks.unhandled.connect(self.problems.append)
        self._look: Look | None = None
        self.window: Any = None
        """The window with the file; `dress` makes it."""
        self.tasks.start(lambda: Desk.open(path), lambda desk: self.deeds.attach())
        self._list = path.parent / "liste.csv"
        self._list.write_text(LIST, encoding="utf-8")
        self.settle()  # the file is open before anybody asks which test opened it

    # Dressing --------------------------------------------------------------------------------------------------

    def dress(self, language: str, scale: int = 100, palette: str = "light") -> None:
        """Build the window in this language and text size."""
        self.undress()
        set_language(language)
        self.look = Look(self.application, palette=palette, scale=scale)
        self.messages = Messages(self.look)
        nothing = dict.fromkeys(
            (
                "file.new",
                "file.open",
                "file.quit",
                "view.larger",
                "view.smaller",
                "view.normal",
                "help.keys",
                "help.about",
            ),
            lambda: None,
        )
        self.window = MainWindow(self.look, self.tasks, self.deeds, self.preferences, self.messages, nothing)
        self.messages.window = self.window
        self.window.show_file(self.path)
        self.window.resize(*SIZE)
        self.window.show()
        self.window.activateWindow()
        self.settle()

    @contextmanager
    def dressed(self, language: str) -> Iterator[None]:
        """The window in this language for a moment."""
        self.dress(language)
        try:
            yield
        finally:
            self.undress()

    def undress(self) -> None:
        """Take the window away."""
        if self.window is not None:
            self.settle()
            self.window.hide()
            self.look.setParent(self.window)
            self.window.deleteLater()
            self.window = None
            QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
            gc.collect()

    def end(self) -> None:
        """Close window and file."""
        self.undress()
        self.tasks.run(lambda desk: setattr(desk._database, "changes", 0))  # no backup is needed
        assert self.tasks.stop(10)
        self.tasks.deleteLater()
        set_language("en")

    def settle(self) -> None:
        """Wait until nothing is under way."""
        until, alarm = time.monotonic() + PATIENCE, QTimer(interval=1000)
        alarm.start()  # what hangs is given up in the end
        QApplication.processEvents()
        while (self.tasks.busy or self._short_timers()) and time.monotonic() < until:
            QCoreApplication.processEvents(QEventLoop.ProcessEventsFlag.WaitForMoreEvents)  # an answer or a timer
        alarm.stop()
        for _ in range(LAYERS):
            QApplication.processEvents()
        assert not self.problems, self.problems

    def _short_timers(self) -> bool:
        """Does the window wait a moment, such as for a person who still walks through a list?"""
        timers = self.window.findChildren(QTimer) if self.window is not None else []
        return any(timer.isActive() and timer.isSingleShot() and timer.interval() <= 200 for timer in timers)

    def ask(self, work: Callable[[Desk], Any]) -> Any:
        """What the desk answers."""
        answers: list[Any] = []
        self.tasks.run(work, answers.append)
        self.settle()
        return answers[0]

    def page(self, name: str, id: int | None = None) -> Any:
        """Open a page of the window."""
        self.window.open_page(name, id)
        self.settle()
        return self.window.current_page

    def _modal(self, visit: Visit, name: str, ask: Callable[[], object]) -> None:
        """Open a dialog and look at it while it stands."""
        seen: list[str] = []

        def look() -> None:
            dialog = QApplication.activeModalWidget()
            if dialog is None:
                return
            self.settle()
            visit(name, dialog)
            seen.append(name)
            timer.stop()
            dialog.reject()  # type: ignore[attr-defined]

        timer = QTimer(interval=0)
        timer.timeout.connect(look)
        timer.start()
        ask()
        self.settle()
        until = time.monotonic() + PATIENCE
        while not seen and time.monotonic() < until:
            QApplication.processEvents()
        timer.stop()
        self.settle()
        assert seen, f"the dialog “{name}” did not open"
