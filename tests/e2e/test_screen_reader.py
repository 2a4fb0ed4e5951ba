"""The program over the accessibility bus, as a screen reader meets it: heard, pressed and typed into, never seen."""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from tests.integration.terminal import SOURCE, in_own_process

READER = Path(__file__).with_name("screen_reader.py")
SYSTEM_PYTHON = "/usr/bin/python3"
BUS = Path("/usr/libexec/at-spi-bus-launcher")


def can_be_heard() -> bool:
    """Whether there is a screen, a bus, and a Python that speaks with it."""
    if not (shutil.which("Xvfb") and shutil.which("dbus-run-session") and BUS.exists()):
        return False
    return not subprocess.run([SYSTEM_PYTHON, "-c", "import pyatspi"], capture_output=True, check=False).returncode


@pytest.mark.skipif(not can_be_heard(), reason="needs Xvfb, dbus, at-spi2-core and python3-pyatspi")
def test_each_page_is_heard_and_two_people_are_found_and_written_to_by_ear(tmp_path: Path) -> None:
    data = tmp_path / "sample.alumnidesk"
    in_own_process("new", data, "--sample", 240, "--language", "en")
    folders = {f"XDG_{name}_HOME": str(tmp_path / name.lower()) for name in ("DATA", "CONFIG", "STATE", "CACHE")}
    surroundings = {
        **os.environ, **folders, "PYTHONPATH": str(SOURCE), "LC_ALL": "C.UTF-8", "QT_QPA_PLATFORM": "xcb",
        "QT_LINUX_ACCESSIBILITY_ALWAYS_ON": "1",
    }  # fmt: skip
    script = f"""
        exec 3<>"$1"; Xvfb -displayfd 3 -screen 0 1400x900x24 -nolisten tcp & read -r number <"$1"
        export DISPLAY=":$number"; {BUS} --launch-immediately &
        "$2" -m alumnidesk "$3" & env -u PYTHONPATH {SYSTEM_PYTHON} "$4" "$5"
    """
    pipe, answer, log = tmp_path / "display", tmp_path / "answer.json", tmp_path / "log"
    os.mkfifo(pipe)
    command = ["dbus-run-session", "--", "bash", "-c", script, "bash", pipe, sys.executable, data, READER, answer]
    with log.open("w") as said, subprocess.Popen(
        list(map(str, command)), stdout=said, stderr=said, env=surroundings, start_new_session=True
    ) as running:  # fmt: skip
        try:
            running.wait(120)
        finally:
            os.killpg(running.pid, signal.SIGKILL)  # the screen, the bus and the program
    assert answer.exists(), log.read_text()
    heard = json.loads(answer.read_text("utf-8"))
    assert set(heard["unnamed"]) == {"Home", "Contacts", "Events", "Letters", "Sync", "History", "Settings"}
    assert not any(heard["unnamed"].values()), heard["unnamed"]
    assert heard["heard"] == [
        "14 of 240 contacts", "2 contacts selected", "2 recipients", "What goes out",
        "Recipient: Arne Müller, No form of address, so neutral.",
    ]  # fmt: skip
