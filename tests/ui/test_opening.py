"""A file of an older version in the window: how far its upgrade is, and the way back to where one was."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot
from tests.integration.storage import next_version

from alumnidesk.desk import Desk
from alumnidesk.domain.cards import ContactCard
from alumnidesk.storage import indexing, layout
from alumnidesk.storage.connection import connect
from alumnidesk.ui.app import Program
from alumnidesk.ui.opening import Opening
from alumnidesk.ui.welcome import WelcomeWindow
from alumnidesk.ui.window import MainWindow

SLOW = 20_000
"""Milliseconds that an upgrade may take on a busy machine."""


def made(path: Path) -> Path:
    desk = Desk.create(path)
    desk.contacts.add(ContactCard(given_name="Anna", family_name="Müller"))
    desk.close(backup=False)
    return path


def version(path: Path) -> str:
    with closing(connect(path)) as connection:
        return layout.version(connection)


@pytest.fixture
def held(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[threading.Event]:
    """Upgrades wait for it before they write the first contacts into the index. Two files lie there: the old one, and
    one of the present version."""
    go, refresh = threading.Event(), indexing.refresh

    def held_back(*values: Any, **named: Any) -> None:
        go.wait()
        refresh(*values, **named)

    made(tmp_path / "Old.alumnidesk")
    with next_version.installed(tmp_path / "next"):
        made(tmp_path / "Present.alumnidesk")
        monkeypatch.setattr(indexing, "refresh", held_back)
        yield go
        go.set()


def opening(program: Program, qtbot: QtBot) -> Opening:
    """The dialog, once the work that it shows is held."""
    program._patience.setInterval(0)
    qtbot.waitUntil(lambda: program._opening is not None and program._opening.isVisible(), timeout=SLOW)
    dialog = program._opening
    assert dialog is not None
    qtbot.waitUntil(lambda: bool(dialog.working.numbers.text()), timeout=SLOW)
    return dialog


def shown(program: Program, name: str) -> bool:
    return isinstance(program.window, MainWindow) and program.window.status.file.text() == name


def test_an_upgrade_shows_how_far_it_is_and_then_the_window(
    program: Program, held: threading.Event, tmp_path: Path, qtbot: QtBot
) -> None:
    program.start(tmp_path / "Old.alumnidesk")
    dialog = opening(program, qtbot)
    assert dialog.windowTitle() == "Opening “Old.alumnidesk”"
    assert dialog.working.step.text() == "Putting into the search index …"
    assert dialog.working.numbers.text() == "0 of 1"
    assert dialog.working.bar.maximum() == 1
    assert dialog.working.cancel_button.isEnabled()
    held.set()
    qtbot.waitUntil(lambda: shown(program, "Old.alumnidesk"), timeout=SLOW)
    assert program._opening is None


@pytest.mark.parametrize("before", ["", "Present.alumnidesk"], ids=["at the start", "over a window"])
def test_who_stops_an_upgrade_is_told_so_and_is_where_he_was_before(
    program: Program,
    held: threading.Event,
    tmp_path: Path,
    qtbot: QtBot,
    monkeypatch: pytest.MonkeyPatch,
    before: str,
) -> None:
    old, asked = tmp_path / "Old.alumnidesk", list[tuple[str, str]]()
    monkeypatch.setattr(program.messages, "ask", lambda head, sentence, verbs: asked.append((head, sentence)))
    was = version(old)
    if before:
        program.start(tmp_path / before)
        qtbot.waitUntil(lambda: shown(program, before), timeout=SLOW)
    program.open(old)
    dialog = opening(program, qtbot)
    assert program.file is not None
    program.file.back_up()  # its time comes while the file is being opened
    QTest.keyClick(dialog, Qt.Key.Key_Escape)
    assert dialog.isVisible()
    assert not dialog.working.cancel_button.isEnabled()
    held.set()
    qtbot.waitUntil(lambda: bool(asked), timeout=SLOW)
    assert asked == [("“Old.alumnidesk” was not opened", "Stopped. Nothing was changed.")]
    if before:
        qtbot.waitUntil(lambda: shown(program, before) and program.path == tmp_path / before, timeout=SLOW)
        qtbot.waitUntil(lambda: not program.tasks.busy, timeout=SLOW)
    else:
        assert isinstance(program.window, WelcomeWindow)
    assert program._opening is None
    assert version(old) == was
    program.open(old)
    qtbot.waitUntil(lambda: shown(program, old.name), timeout=SLOW)


def test_the_program_ends_in_the_middle_of_an_upgrade_and_the_file_is_as_it_was(
    program: Program, held: threading.Event, tmp_path: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    old = tmp_path / "Old.alumnidesk"
    was = version(old)
    program.start(old)
    opening(program, qtbot)
    stop = program.tasks.stop

    def go_on_and_stop() -> bool:
        held.set()
        return stop()

    monkeypatch.setattr(program.tasks, "stop", go_on_and_stop)
    program.stop()
    assert version(old) == was
