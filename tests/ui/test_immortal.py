"""The window must outlive its first thousands of calls."""

from __future__ import annotations

import subprocess
import sys

MANY_CALLS = """
import os
os.environ["QT_QPA_PLATFORM"] = "offscreen"
import alumnidesk.ui
from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QApplication, QPushButton
class Bell(QObject):
    rung = Signal(bool)
application, bell = QApplication([]), Bell()
button = QPushButton()
for number in range(50_000):
    button.setEnabled(True)
    bell.rung.emit(number % 2 == 0)
print("alive")
"""


def test_none_true_and_false_survive_a_long_day_in_the_window() -> None:
    done = subprocess.run([sys.executable, "-c", MANY_CALLS], capture_output=True, text=True, check=False, timeout=60)
    assert (done.returncode, done.stdout) == (0, "alive\n"), done.stderr
