"""From the command to the first painted page of contacts, beside an empty window; and the memory that it takes."""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from tests.benchmarks.harness import Row

SIZES = (40_000, 400_000) if os.environ.get("ALUMNIDESK_BENCH_LARGE") else (40_000,)
TIMES = 15

_EMPTY = """
import sys, time
from PySide6.QtWidgets import QApplication, QMainWindow
from PySide6.QtCore import QTimer
a = QApplication([])
class W(QMainWindow):
    def paintEvent(self, e):
        super().paintEvent(e)
        QTimer.singleShot(0, a.quit)
w = W(); w.resize(1366, 768); w.show()
a.exec()
"""

_OURS = """
import gc; gc.disable()  # as `alumnidesk.__main__` does
import sys
from pathlib import Path
from PySide6.QtCore import QEvent, QObject, QTimer
from alumnidesk.ui import app
from alumnidesk.ui.preferences import Preferences

class Eye(QObject):
    def eventFilter(self, watched, event):
        if event.type() == QEvent.Type.Paint and page.list.model().rowCount() > 0:
            viewport.removeEventFilter(self)
            QTimer.singleShot(0, finish)
        return False

def resident():
    return int(Path("/proc/self/status").read_text("ascii").split("VmRSS:")[1].split()[0]) * 1024

def finish():
    if len(sys.argv) > 3:
        QTimer.singleShot(1500, lambda: (print(resident()), application.quit()))
    else:
        application.quit()

application = app.QApplication(["AlumniDesk", "-style", "fusion"])
program = app.Program(application, Preferences(Path(sys.argv[2])))
show = program._show_main
def shown(window):
    global page, viewport, eye
    window.resize(1366, 768)
    window.open_page("contacts")
    page, eye = window.current_page, Eye()
    viewport = page.list.viewport()
    viewport.installEventFilter(eye)
    show(window)
program._show_main = shown
program.open(Path(sys.argv[1]))
application.exec()
import os; os._exit(0)
"""


def measure() -> list[Row]:
    """Start and memory with 40,000 contacts (and 400,000 with ALUMNIDESK_BENCH_LARGE=1)."""
    rows = []
    with tempfile.TemporaryDirectory() as folder:
        for size in SIZES:
            path = Path(folder) / f"{size}.alumnidesk"
            subprocess.run(
                [sys.executable, "-m", "alumnidesk", "new", str(path), "--sample", str(size)],
                check=True, env=_environment(folder), capture_output=True,
            )  # fmt: skip
            arguments = [str(path), str(Path(folder) / "window.ini")]
            ours, floor = _together(folder, [_OURS, *arguments], [_EMPTY])
            rows.append(
                Row(
                    f"start to the first page of {size:,}",
                    ours,
                    floor,
                    2 if size <= 40_000 else 2.2,
                    "s",
                    "empty window",
                )
            )
            resident = int(_run(folder, [_OURS, *arguments, "memory"]).strip()) / 1_000_000
            rows.append(Row(f"memory with {size:,} contacts open", resident, 0, 150 if size <= 40_000 else 280, "MB"))
    return rows


def _together(folder: str, ours: list[str], floor: list[str]) -> tuple[float, float]:
    """Medians of both, taken in turn, so that a busy moment meets both."""
    seconds: tuple[list[float], list[float]] = ([], [])
    for turn in range(TIMES + 1):
        for command, times in zip((ours, floor), seconds, strict=True):
            begin = time.perf_counter()
            _run(folder, command)
            if turn:
                times.append(time.perf_counter() - begin)
    return statistics.median(seconds[0]), statistics.median(seconds[1])


def _run(folder: str, command: list[str]) -> str:
    done = subprocess.run(
        [sys.executable, "-c", *command],
        env=_environment(folder),
        capture_output=True,
        text=True,
        check=True,
        timeout=120,
    )
    return done.stdout


def _environment(folder: str) -> dict[str, str]:
    """As on a person's computer: with the bytecode that an installation, or else the first start, leaves behind."""
    home = dict.fromkeys(("XDG_DATA_HOME", "XDG_CONFIG_HOME", "XDG_STATE_HOME"), folder)
    bytecode = {"PYTHONDONTWRITEBYTECODE": "", "PYTHONPYCACHEPREFIX": f"{folder}/bytecode"}
    return {"QT_QPA_PLATFORM": "offscreen", **os.environ, **home, **bytecode}
