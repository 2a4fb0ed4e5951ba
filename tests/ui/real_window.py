"""A real window over a real data file, for the tests of whole pages."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, TypeVar

import pytest
from PySide6.QtCore import QEvent, QObject, QPoint, Qt, QTimer
from PySide6.QtGui import QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QDialog, QLabel, QWidget
from pytestqt.qtbot import QtBot

from alumnidesk.desk import Desk
from alumnidesk.ui.deeds import Deeds
from alumnidesk.ui.look import Look
from alumnidesk.ui.messages import Messages
from alumnidesk.ui.page import Page
from alumnidesk.ui.preferences import Preferences
from alumnidesk.ui.tasks import Tasks
from alumnidesk.ui.window import MainWindow

D = TypeVar("D", bound=QDialog)


class OpenWindow:
    """A window with its open file; `settle` waits until nothing is under way any more."""

    def __init__(self, qtbot: QtBot, window: MainWindow, tasks: Tasks) -> None:
        self.qtbot, self.window, self.tasks = qtbot, window, tasks
        self.problems: list[BaseException] = []
        tasks.unhandled.connect(self.problems.append)

    def page(self, name: str, id: int | None = None) -> Any:
        """Open a page and wait for what it shows."""
        self.window.open_page(name, id)
        self.settle()
        return self.window.current_page

    def settle(self) -> None:
        self.qtbot.waitUntil(lambda: not self.tasks.busy, timeout=10_000)
        QApplication.processEvents()
        self.qtbot.waitUntil(lambda: not self.tasks.busy, timeout=10_000)
        assert not self.problems, self.problems

    def ask(self, work: Callable[[Desk], Any]) -> Any:
        """What the desk answers."""
        answers: list[Any] = []
        self.tasks.run(work, answers.append)
        self.settle()
        return answers[0]

    def key(self, key: Qt.Key, text: str = "", modifiers: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        """Press a key where the focus is."""
        target = self.window.focusWidget() or self.window
        for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
            QApplication.sendEvent(target, QKeyEvent(kind, key, modifiers, text))
        self.settle()

    def click(self, widget: QWidget, at: QPoint | None = None) -> None:
        """Click on a widget, in its middle if nowhere else."""
        QTest.mouseClick(widget, Qt.MouseButton.LeftButton, pos=at or widget.rect().center())
        self.settle()

    def type(self, text: str) -> None:
        for letter in text:
            self.key(Qt.Key.Key_unknown, letter)


@contextmanager
def open_window(qtbot: QtBot, path: Path, fill: Callable[[Desk], object] | None = None) -> Iterator[OpenWindow]:
    """Make a data file (if there is none yet), fill it, and open a window over it."""
    desk = Desk.open(path) if path.exists() else Desk.create(path)
    if fill is not None:
        fill(desk)
    desk.close(backup=False)
    application = QApplication.instance()
    assert isinstance(application, QApplication)
    look, tasks = Look(application, palette="light"), Tasks()
    deeds = Deeds(tasks, tasks)
    window = MainWindow(look, tasks, deeds, Preferences(path.with_suffix(".ini")), Messages(look), {})
    opened: list[Desk] = []
    tasks.start(lambda: Desk.open(path), opened.append)
    qtbot.waitUntil(lambda: bool(opened), timeout=10_000)
    deeds.attach()
    window.show_file(path)
    window.resize(1366, 768)
    window.show()
    shown = OpenWindow(qtbot, window, tasks)
    try:
        yield shown
    finally:
        tasks.run(lambda desk: setattr(desk._database, "changes", 0))  # the tests need no backup at the end
        assert tasks.stop(10)
        window.close()
        look.setParent(window)
        tasks.setParent(window)
        window.deleteLater()
        QApplication.processEvents()


def filled_file(folders: pytest.TempPathFactory, fill: Callable[[Desk], object]) -> Path:
    """A data file with what `fill` writes, to be copied for each test of a module."""
    path = folders.mktemp("filled") / "filled.alumnidesk"
    desk = Desk.create(path)
    fill(desk)
    desk.close(backup=False)
    return path


@contextmanager
def window_over_copy(qtbot: QtBot, filled: Path, folder: Path) -> Iterator[OpenWindow]:
    """An active window over a copy of a filled file."""
    with open_window(qtbot, Path(shutil.copy(filled, folder / "copy.alumnidesk"))) as shown:
        shown.window.activateWindow()
        qtbot.waitUntil(shown.window.isActiveWindow, timeout=5000)
        yield shown


@contextmanager
def moved_away(shown: OpenWindow) -> Iterator[None]:
    """The data file is elsewhere meanwhile, as with a stick that is pulled out: nothing can be saved."""
    path = shown.ask(lambda desk: desk.path)
    elsewhere = path.with_name("elsewhere.alumnidesk")
    path.rename(elsewhere)
    try:
        yield
    finally:
        elsewhere.rename(path)
        shown.window.activateWindow()
        shown.qtbot.waitUntil(shown.window.isActiveWindow)


def in_dialog(shown: OpenWindow, kind: type[D], trigger: Callable[[], object], act: Callable[[D], object]) -> None:
    """Trigger what opens a dialog of this kind, do something in it, and close it; what that raises is raised here."""
    raised: list[BaseException] = []
    done: list[bool] = []

    def look() -> None:
        dialog = QApplication.activeModalWidget()
        if not isinstance(dialog, kind) or QApplication.activeWindow() is not dialog or shown.tasks.busy:
            QTimer.singleShot(20, shown.window, look)
            return
        try:
            act(dialog)
        except BaseException as problem:  # shown by the test, not swallowed by Qt
            raised.append(problem)
        end()

    def end() -> None:
        if shown.tasks.busy:  # what was asked for is done before the dialog is closed
            QTimer.singleShot(20, shown.window, end)
            return
        while (open_ := QApplication.activeModalWidget()) is not None:
            open_.close()
        done.append(True)

    QTimer.singleShot(20, shown.window, look)
    trigger()
    shown.qtbot.waitUntil(lambda: bool(done), timeout=20_000)
    shown.settle()
    if raised:
        raise raised[0]


def answer(owner: QObject, *verbs: str) -> list[str]:
    """Press these buttons, each in the next dialog that has it; what the dialogs say stands in the list by then."""
    said, left = list[str](), list(verbs)

    def look() -> None:
        dialog = QApplication.activeModalWidget()
        if dialog is None or left[0] not in texts(dialog):
            QTimer.singleShot(20, owner, look)
            return
        said.extend(texts(dialog))
        verb = left.pop(0)
        if left:
            QTimer.singleShot(20, owner, look)
        button(dialog, verb).click()

    QTimer.singleShot(20, owner, look)
    return said


def texts(widget: QWidget) -> list[str]:
    """Every text that can be seen."""
    found = [label.text() for label in widget.findChildren(QLabel) if label.isVisible() and label.text()]
    return found + [b.text().replace("&&", "&") for b in widget.findChildren(QAbstractButton) if b.isVisible()]


def button(widget: QWidget, words: str) -> QAbstractButton:
    """The visible button with these words."""
    buttons = (b for b in widget.findChildren(QAbstractButton) if b.isVisible())
    return next(b for b in buttons if words in (b.text(), b.accessibleName()))


def unnamed(page: Page) -> list[str]:
    """Focusable widgets that a screen reader could not name."""
    return [
        f"{type(widget).__name__} {widget.objectName()}"
        for widget in page.findChildren(QWidget)
        if widget.focusPolicy() != Qt.FocusPolicy.NoFocus and widget.isEnabled()
        and widget.focusProxy() is None and not widget.accessibleName() and not widget.objectName().startswith("qt_")
        and not (isinstance(widget, QLabel) and widget.text())
    ]  # fmt: skip
