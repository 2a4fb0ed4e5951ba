"""A file that may only be read: it says so, it can be looked at, and a copy of it can be changed."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot
from tests.e2e.person import Person
from tests.ui.real_window import answer, button

from alumnidesk.desk import Desk
from alumnidesk.domain.cards import ContactCard
from alumnidesk.ui import files
from alumnidesk.ui.actions import ACTIONS, CHANGING
from alumnidesk.ui.app import Program

CTRL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def person(program: Program, qtbot: QtBot, tmp_path: Path) -> Iterator[Person]:
    """Somebody at a window over a file on a medium that cannot be written."""
    made, disk = tmp_path / "verein.alumnidesk", tmp_path / "medium"
    desk = Desk.create(made)
    desk.contacts.add(ContactCard(given_name="Änne", family_name="Zoll"))
    desk.close(backup=False)
    disk.mkdir()
    mounted = subprocess.run(["mount", "-t", "tmpfs", "-o", "size=8m", "tmpfs", disk], capture_output=True, text=True)
    if mounted.returncode:
        pytest.skip(f"no medium can be mounted here: {mounted.stderr.strip()}")
    try:
        file = Path(shutil.copy(made, disk))
        subprocess.run(["mount", "-o", "remount,ro", disk], check=True)
        program.start(file)
        person = Person(qtbot, program)
        person.window.activateWindow()
        person.press(Qt.Key.Key_2, CTRL)
        yield person
    finally:
        program.stop()
        subprocess.run(["umount", disk], check=True)


def test_it_says_so_and_what_changes_it_is_out_of_reach(person: Person, program: Program) -> None:
    assert person.sees("This file may only be read")
    person.look("read-only")
    grey = {id for id in CHANGING if not person.window.actions_[id].isEnabled()}
    assert grey == CHANGING
    assert {spec.id for spec in ACTIONS} > CHANGING
    assert person.window.actions_["contacts.export_all"].isEnabled()
    program.preferences.scale = 125  # the window is built anew
    person.wait()
    assert person.sees("This file may only be read")


def test_a_button_that_would_change_it_says_why_not_and_saves_a_copy_to_go_on_in(
    person: Person, program: Program, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    copy = tmp_path / "kopie.alumnidesk"
    monkeypatch.setattr(files, "ask_save", lambda *_: copy)
    said = answer(person.window, "Save a copy …")
    person.click(button(person.window, "New contact"))
    qtbot.waitUntil(lambda: program.path == copy, timeout=10_000)
    assert any("open for reading only" in text for text in said)
    assert not person.sees("This file may only be read")
    assert person.window.actions_["contacts.new"].isEnabled()
    person.window.context.deed(lambda desk: desk.contacts.add(ContactCard(given_name="Zoë")))
    qtbot.waitUntil(lambda: person.notice() == "Zoë added", timeout=10_000)
