"""The guards of tests/conftest.py bite: a test that leaves something behind fails, one that tidies up passes."""

from __future__ import annotations

from pathlib import Path

import pytest

pytest_plugins = ["pytester"]

CONFTEST = Path(__file__).parent.parent / "conftest.py"

TESTS = """
import threading
import warnings

from PySide6.QtCore import QTimer, qWarning
from PySide6.QtWidgets import QLabel

stop = threading.Event()
kept = []

def test_thread():
    threading.Thread(target=stop.wait, name="left", daemon=True).start()

def test_file(tmp_path):
    kept.append((tmp_path / "left.alumnidesk").open("w"))

def test_window(qapp):
    kept.append(QLabel("left"))
    kept[-1].show()

def test_timer(qapp):
    QTimer(qapp).start(1000)

def test_qt_warning(qapp):
    qWarning("QPainter::begin: Paint device returned engine == 0")

def test_python_warning():
    warnings.warn("old", DeprecationWarning)

def test_tidy(qtbot, tmp_path):
    window = QLabel("gone")
    qtbot.addWidget(window)
    window.show()
    QTimer(window).start(1000)
    thread = threading.Thread(target=print)
    thread.start()
    with (tmp_path / "closed").open("w"):
        pass
"""

COMPLAINTS = [
    "the thread “left” still runs",
    "left.alumnidesk is still open",
    "the window QLabel “” still stands",
    "still ticks",
    "QtWarningMsg",
    "DeprecationWarning: old",
]


def test_a_test_that_leaves_something_behind_fails(pytester: pytest.Pytester) -> None:
    pytester.makeconftest(CONFTEST.read_text("utf-8"))
    pytester.makeini("[pytest]\nqt_api = pyside6\nqt_log_level_fail = WARNING\nfilterwarnings = error\n")
    pytester.makepyfile(TESTS)
    result = pytester.runpytest_subprocess("-p", "no:randomly", "-p", "no:cacheprovider")
    # What was left is found after the test itself has passed: four errors, and the two warnings fail at once.
    result.assert_outcomes(passed=5, errors=4, failed=2)
    output = result.stdout.str()
    for complaint in COMPLAINTS:
        assert complaint in output
