"""Logout and shutdown end the program as its own menu does: nothing typed is lost, and nobody is asked."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from tests.ui.other_process import SOMEBODY

from alumnidesk.desk import Desk

PROGRAM_IN_USE = f"""
import signal, sys, time
for number in (signal.SIGTERM, signal.SIGINT):
    signal.signal(number, signal.SIG_DFL)  # whoever runs the tests in the background has them ignore Ctrl+C
from alumnidesk.__main__ import main
from alumnidesk.progress import Progress
from alumnidesk.ui.app import Program
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
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, ended_by: str, open_: str
) -> None:
    for place in ("XDG_DATA_HOME", "XDG_CONFIG_HOME", "XDG_STATE_HOME"):
        monkeypatch.setenv(place, str(tmp_path))
    data = tmp_path / "Lindenhof.alumnidesk"
    Desk.create(data).close(backup=False)
    command = [sys.executable, "-c", PROGRAM_IN_USE, str(data), open_]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as child:
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
        desk = Desk.look_into(path)
        assert [line.name for line in desk.find.lines(desk.find.contacts().ids)] == ["Žofie Dvořáková"]
        desk.close(backup=False)
    assert not list(tmp_path.rglob("drafts/*.json"))
    (window,) = tmp_path.rglob("window.ini")
    assert "geometry" in window.read_text("utf-8")


@pytest.mark.skipif(os.name != "posix", reason="sessions end without signals here")
def test_a_program_that_is_to_outlive_its_terminal_does_so() -> None:
    code = """
import os, signal, sys
from PySide6.QtCore import QCoreApplication, QTimer
from alumnidesk.ui.ending import Ending
signal.signal(signal.SIGHUP, signal.SIG_IGN)
application = QCoreApplication([])
ending = Ending(lambda: application.exit(1))
os.kill(os.getpid(), signal.SIGHUP)
QTimer.singleShot(0, lambda: QTimer.singleShot(0, application.quit))
sys.exit(application.exec())
"""
    assert subprocess.run([sys.executable, "-c", code], timeout=60).returncode == 0
