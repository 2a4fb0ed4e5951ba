"""What holds for every test: it leaves nothing behind, and it never touches the files of the person who runs it."""

from __future__ import annotations

import gc
import os
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, settings

from alumnidesk.places import bundled

if TYPE_CHECKING:
    from PySide6.QtWidgets import QApplication

    from alumnidesk.ui.app import Program

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

settings.register_profile("at any pace", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("at any pace")  # a busy machine breaks no property

GRACE = 2.0
"""Seconds that a thread may take to end after it was asked to."""


@pytest.fixture(scope="session", autouse=True)
def _home_of_its_own(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Data, settings and logs go to a temporary folder, wherever the program looks for their place."""
    home = tmp_path_factory.mktemp("home")
    with pytest.MonkeyPatch.context() as patch:
        for variable in ("XDG_DATA_HOME", "XDG_CONFIG_HOME", "XDG_STATE_HOME", "XDG_CACHE_HOME"):
            patch.setenv(variable, str(home / variable.lower()))
        for variable in ("APPDATA", "LOCALAPPDATA", "WIN_PD_OVERRIDE_LOCAL_APPDATA"):  # the last is for platformdirs
            patch.setenv(variable, str(home))
        yield


@pytest.fixture(scope="session")
def qapp(qapp: QApplication) -> QApplication:
    """Windows are tried in the font that lies beside the program: what fits must not depend on the machine's fonts."""
    from PySide6.QtGui import QFont, QFontDatabase  # here, because most tests need no window

    for file in (bundled("resources") / "fonts").glob("NotoSans-*.ttf"):
        QFontDatabase.addApplicationFont(str(file))
    qapp.setFont(QFont("Noto Sans"))
    return qapp


@pytest.fixture
def corpus() -> Path:
    """The folder of real files of other programs, named by ALUMNIDESK_CORPUS; without it the test is skipped."""
    folder = os.environ.get("ALUMNIDESK_CORPUS")
    if not folder:
        pytest.skip("ALUMNIDESK_CORPUS names no folder")
    return Path(folder)


@pytest.fixture
def program(qapp: QApplication, tmp_path: Path) -> Iterator[Program]:
    """The whole program, speaking English, with preferences of its own; not started yet."""
    from alumnidesk.ui.app import Program  # a test without a window does not wait for Qt
    from alumnidesk.ui.preferences import Preferences
    from alumnidesk.ui.words import set_language

    preferences = Preferences(tmp_path / "window.ini")
    preferences.language = "en"
    program = Program(qapp, preferences)
    yield program
    program.stop()
    program.deleteLater()
    set_language("en")
    qapp.processEvents()


@pytest.fixture(autouse=True)
def _nothing_left_behind(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Fail a test that leaves a running thread, a window, a timer or an open file in a temporary folder."""
    threads, files, windows = set(threading.enumerate()), _open_files(tmp_path_factory), _windows()
    timers = _timers()
    yield
    left = [f"the thread “{thread.name}” still runs" for thread in _still_running(threads)]
    left += [f"{name} still stands" for name in _closed(_windows() - windows)]
    left += [f"{name} still ticks" for name in _stopped(_timers() - timers)]
    left += _words_of_qt()
    left += [f"{name} is still open" for name in _open_files(tmp_path_factory) - files]
    if left:
        pytest.fail("The test left something behind: " + "; ".join(sorted(left)), pytrace=False)


def _still_running(before: set[threading.Thread]) -> list[threading.Thread]:
    until = time.monotonic() + GRACE
    for thread in set(threading.enumerate()) - before:
        # A dummy stands for a thread of Qt's that ran Python once; it cannot be joined and ends with its pool.
        if not isinstance(thread, threading._DummyThread):
            thread.join(max(0.0, until - time.monotonic()))
    return [t for t in set(threading.enumerate()) - before if not isinstance(t, threading._DummyThread)]


def _open_files(factory: pytest.TempPathFactory) -> set[str]:
    """Files under the tests' temporary folder that this process has open; known on Linux only."""
    descriptors, base = Path("/proc/self/fd"), str(factory.getbasetemp())
    found = set()
    for descriptor in descriptors.iterdir() if descriptors.exists() else ():
        try:
            target = str(descriptor.readlink())
        except OSError:
            continue
        if target.startswith(base):
            found.add(target)
    return found


def _application() -> object | None:
    widgets = sys.modules.get("PySide6.QtWidgets")
    return widgets.QApplication.instance() if widgets else None


def _windows() -> set[object]:
    """Visible windows, after what was to be deleted is gone."""
    if (application := _application()) is None:
        return set()
    core = sys.modules["PySide6.QtCore"]
    core.QCoreApplication.sendPostedEvents(None, core.QEvent.Type.DeferredDelete)
    return {widget for widget in application.topLevelWidgets() if widget.isVisible()}  # type: ignore[attr-defined]


def _closed(windows: set[object]) -> Iterator[str]:
    """Their names, and close them so that only this test fails."""
    for window in windows:
        yield f"the window {type(window).__name__} “{window.windowTitle()}”"  # type: ignore[attr-defined]
        window.hide()  # type: ignore[attr-defined]
        window.deleteLater()  # type: ignore[attr-defined]


def _words_of_qt() -> list[str]:
    """Words of another language that Qt still has for its keys: later tests would find them."""
    if _application() is None:
        return []
    keys = sys.modules["PySide6.QtGui"].QKeySequence
    said = keys("Ctrl+B").toString(keys.SequenceFormat.NativeText)
    return [] if said == "Ctrl+B" else [f"Qt still says “{said}”"]


def _timers() -> set[object]:
    """Running timers of windows and of the application."""
    if (application := _application()) is None:
        return set()
    timer = sys.modules["PySide6.QtCore"].QTimer
    owners = [application, *application.topLevelWidgets()]  # type: ignore[attr-defined]
    return {found for owner in owners for found in owner.findChildren(timer) if found.isActive()}


def _stopped(timers: set[object]) -> Iterator[str]:
    for timer in timers:
        yield f"a timer of {timer.parent()!r}"  # type: ignore[attr-defined]
        timer.stop()  # type: ignore[attr-defined]


def pytest_sessionfinish() -> None:
    """Collect cycles now, while warnings about what they held still fail the run."""
    gc.collect()
