"""Logout and shutdown end the program as its own menu does: nothing typed is lost, and nobody is asked."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest
from PySide6.QtCore import SIGNAL, QObject
from PySide6.QtWidgets import QApplication
from tests.ui.other_process import SOMEBODY

from alumnidesk.desk import Desk
from alumnidesk.ui.ending import Ending

PROGRAM_IN_USE = f"""
import os, signal, sys, time
for number in (signal.SIGTERM, signal.SIGINT):
    signal.signal(number, signal.SIG_DFL)  # whoever runs the tests in the background has them ignore Ctrl+C
from alumnidesk.__main__ import main
from alumnidesk.progress import Progress
from alumnidesk.ui.app import Program
from alumnidesk.ui.ending import Ending
{SOMEBODY}
def work_without_end(program):
    progress = Progress()
    def work(desk):
        while True:
            time.sleep(0.01)
            progress.advance()
    program.window.context.deed(work, progress=progress)

def steps(program):
    while program.path is None or not hasattr(program.window, "actions_") or program.tasks.busy:
        yield
    yield from types_a_new_contact(program.window, "Žofie", "Dvořáková")
    if open_.startswith("asked"):
        program.findChild(Ending).session_may_end()
        if open_ == "asked and then ended":
            QApplication.instance().aboutToQuit.emit()
        os._exit(0)  # as Windows kills what has answered
    QTimer.singleShot(0, lambda: print("in use", flush=True))
    if open_ == "with work under way":
        work_without_end(program)
    if open_ == "with a question":
        program.messages.ask("Is somebody there?", "Nobody is.", ["No", "Yes"])

def start(program, path):
    begin(program, path)
    step_by_step(steps(program))

begin, Program.start = Program.start, start
open_ = sys.argv.pop()
sys.exit(main())
"""

OF_NO_SCREEN = "This plugin does not support propagateSizeHints()\n"
"""Qt says so of every dialog that it shows unseen."""


@pytest.fixture
def data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty data file; settings and backups go beside it."""
    for place in ("XDG_DATA_HOME", "XDG_CONFIG_HOME", "XDG_STATE_HOME", "WIN_PD_OVERRIDE_LOCAL_APPDATA"):
        monkeypatch.setenv(place, str(tmp_path))
    data = tmp_path / "Lindenhof.alumnidesk"
    Desk.create(data).close(backup=False)
    return data


def in_use(data: Path, open_: str) -> subprocess.Popen[str]:
    command = [sys.executable, "-c", PROGRAM_IN_USE, str(data), open_]
    return subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)


def names_in(path: Path) -> list[str]:
    with closing(Desk.look_into(path)) as desk:
        return [line.name for line in desk.find.lines(desk.find.contacts().ids)]


@pytest.mark.skipif(os.name != "posix", reason="sessions end without signals here")
@pytest.mark.parametrize(
    ("ended_by", "open_"),
    [
        ("SIGTERM", "with nothing else"),
        ("SIGTERM", "with a question"),
        ("SIGTERM", "with work under way"),
        ("SIGINT", "with nothing else"),
    ],
)
def test_when_the_session_ends_what_was_typed_is_saved_and_a_backup_made(
    data: Path, tmp_path: Path, ended_by: str, open_: str
) -> None:
    with in_use(data, open_) as child:
        try:
            assert child.stdout is not None
            assert child.stdout.readline() == "in use\n"
            child.send_signal(getattr(signal, ended_by))
            _, complaints = child.communicate(timeout=60)
        finally:
            child.kill()
    assert (child.returncode, complaints.replace(OF_NO_SCREEN, "")) == (0, "")
    backup = Desk.newest_backup(data)
    assert backup is not None
    for path in (data, backup.path):
        assert names_in(path) == ["Žofie Dvořáková"]
    assert not list(tmp_path.rglob("drafts/*.json"))
    (window,) = tmp_path.rglob("window.ini")
    assert "geometry" in window.read_text("utf-8")


@pytest.mark.parametrize("how", ["asked", "asked and then ended"])
def test_where_the_system_asks_before_the_session_ends_what_was_typed_is_saved_by_then(
    data: Path, tmp_path: Path, how: str
) -> None:
    """As Windows does: first the question, then word that it ends, then the program is killed. Neither Qt's question
    nor Windows itself can be had here; what they call is called."""
    with in_use(data, how) as child:
        _, complaints = child.communicate(timeout=60)
    assert (child.returncode, complaints) == (0, "")
    assert names_in(data) == ["Žofie Dvořáková"]
    assert (Desk.newest_backup(data) is not None) == (how == "asked and then ended")
    (window,) = tmp_path.rglob("window.ini")
    assert "geometry" in window.read_text("utf-8")


def test_the_program_hears_when_the_system_asks(qapp: QApplication) -> None:
    told, parent = list[str](), QObject()
    Ending(qapp, lambda: told.append("end"), lambda: told.append("save"), parent)
    assert qapp.receivers(SIGNAL("commitDataRequest(QSessionManager&)")) == 1
    parent.deleteLater()


@pytest.mark.skipif(os.name != "posix", reason="sessions end without signals here")
def test_a_program_that_is_to_outlive_its_terminal_does_so() -> None:
    code = """
import os, signal, sys
from PySide6.QtCore import QTimer
from PySide6.QtGui import QGuiApplication
from alumnidesk.ui.ending import Ending
signal.signal(signal.SIGHUP, signal.SIG_IGN)
application = QGuiApplication([])
ending = Ending(application, lambda: application.exit(1), lambda: None, application)
os.kill(os.getpid(), signal.SIGHUP)
QTimer.singleShot(0, lambda: QTimer.singleShot(0, application.quit))
sys.exit(application.exec())
"""
    assert subprocess.run([sys.executable, "-c", code], timeout=60).returncode == 0
