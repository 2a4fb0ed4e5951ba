"""Whoever closes the window while something is under way, or decided and not written yet, is asked first."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot
from tests.ui.importing_lists import TABLE
from tests.ui.real_window import answer

from alumnidesk.desk import Desk
from alumnidesk.domain.cards import ContactCard
from alumnidesk.ui.app import Program
from alumnidesk.ui.contacts.importing.room import CHECK, DONE, ImportRoom
from alumnidesk.ui.window import MainWindow

SLOW = 20_000
"""Milliseconds that something may take on a busy machine."""


@pytest.fixture
def data(tmp_path: Path) -> Path:
    path = tmp_path / "Lindenhof.alumnidesk"
    desk = Desk.create(path)
    desk.contacts.add(ContactCard(given_name="Anna", family_name="Müller"))
    desk.close(backup=False)
    return path


@pytest.fixture
def listed(tmp_path: Path) -> Path:
    path = tmp_path / "liste.csv"
    path.write_bytes(TABLE.encode("cp1252"))
    return path


@pytest.fixture
def gate() -> Iterator[threading.Event]:
    """What the owner thread waits for."""
    gate = threading.Event()
    yield gate
    gate.set()


def window_of(program: Program, data: Path, qtbot: QtBot) -> MainWindow:
    program.start(data)
    qtbot.waitUntil(lambda: isinstance(program.window, MainWindow), timeout=SLOW)
    assert isinstance(program.window, MainWindow)
    return program.window


def preview(program: Program, qtbot: QtBot, path: Path) -> ImportRoom:
    """A list as far as its columns."""
    window: Any = program.window
    window.take_files([path])
    room: ImportRoom = window.current_page.rooms.importing
    qtbot.waitUntil(lambda: room.preview is not None and not program.tasks.busy, timeout=SLOW)
    return room


def import_under_way(program: Program, qtbot: QtBot, path: Path, gate: threading.Event) -> ImportRoom:
    """A list that is being written, as far as the first line."""
    room, reached = preview(program, qtbot, path), threading.Event()
    room.main.click()
    held = threading.Event()
    program.tasks.run(lambda _: held.wait(30))
    room.main.click()
    assert room.working.progress is not None

    def stand() -> None:
        reached.set()
        gate.wait(30)

    room.working.progress.between = stand
    held.set()
    qtbot.waitUntil(reached.is_set, timeout=SLOW)
    return room


def people(path: Path) -> list[str]:
    desk = Desk.look_into(path)
    try:
        return sorted(line.name for line in desk.find.lines(desk.find.contacts().ids))
    finally:
        desk.close(backup=False)


def correct(room: ImportRoom, program: Program, qtbot: QtBot) -> None:
    """Say where the last column goes."""
    box = room.columns.boxes[-1]
    box.setCurrentIndex(box.findData("remark"))
    box.activated.emit(box.currentIndex())
    qtbot.waitUntil(lambda: room.working.progress is None and not program.tasks.busy, timeout=SLOW)
    assert room.columns.boxes[-1].currentData() == "remark"


def test_an_import_goes_on_when_one_does_not_close_after_all(
    program: Program, data: Path, listed: Path, qtbot: QtBot, gate: threading.Event
) -> None:
    window = window_of(program, data, qtbot)
    room = import_under_way(program, qtbot, listed, gate)
    said = answer(window, "Let it finish")
    assert not window.close()
    assert "“liste.csv” is still being imported" in said
    assert "Nothing of it has been written yet." in said
    assert window.isVisible()
    gate.set()
    qtbot.waitUntil(lambda: room.steps.current == DONE, timeout=SLOW)
    assert window.close(), "nothing is under way any more"
    program.stop()
    assert people(data) == ["Anna Müller", "Bernd Mueller", "Ömer Öztürk"]


def test_an_import_that_is_stopped_leaves_the_file_as_it_was(
    program: Program, data: Path, listed: Path, qtbot: QtBot, gate: threading.Event
) -> None:
    window = window_of(program, data, qtbot)
    window.context.deed(lambda desk: desk.contacts.add(ContactCard(given_name="Zoë")))
    import_under_way(program, qtbot, listed, gate)
    answer(window, "Stop and close")
    assert window.close()
    assert not window.isVisible()
    gate.set()
    program.stop()
    assert people(data) == ["Anna Müller", "Zoë"]
    backup = Desk.newest_backup(data)
    assert backup is not None
    assert people(backup.path) == ["Anna Müller", "Zoë"]


def test_a_question_that_settles_itself_goes_away_and_one_stays_to_see_the_result(
    program: Program, data: Path, listed: Path, qtbot: QtBot, gate: threading.Event
) -> None:
    window = window_of(program, data, qtbot)
    room = import_under_way(program, qtbot, listed, gate)
    threading.Timer(0.3, gate.set).start()
    assert not window.close()
    qtbot.waitUntil(lambda: room.steps.current == DONE, timeout=SLOW)


def test_another_file_is_opened_only_once_the_import_may_be_stopped(
    program: Program, data: Path, listed: Path, tmp_path: Path, qtbot: QtBot, gate: threading.Event
) -> None:
    other = tmp_path / "andere.alumnidesk"
    Desk.create(other).close(backup=False)
    window = window_of(program, data, qtbot)
    import_under_way(program, qtbot, listed, gate)
    answer(window, "Let it finish")
    program.open(other)
    assert program.path == data
    answer(window, "Stop and close")
    threading.Timer(0.2, gate.set).start()
    program.open(other)
    qtbot.waitUntil(lambda: program.window is not window, timeout=SLOW)
    assert program.path == other
    assert people(data) == ["Anna Müller"]


def test_a_preview_is_left_without_a_word_unless_something_was_put_right_in_it(
    program: Program, data: Path, listed: Path, qtbot: QtBot
) -> None:
    window = window_of(program, data, qtbot)
    room = preview(program, qtbot, listed)
    assert window.leave(), "it is read again in a moment"
    correct(room, program, qtbot)
    window.open_page("home")
    said = answer(window, "Go on importing")
    assert not window.close()
    assert any("put right in “liste.csv”" in text for text in said)
    answer(window, "Stop and close")
    assert window.close()
    program.stop()
    assert people(data) == ["Anna Müller"]


def test_a_line_that_was_left_out_by_hand_is_asked_about_too(
    program: Program, data: Path, listed: Path, qtbot: QtBot
) -> None:
    window = window_of(program, data, qtbot)
    room = preview(program, qtbot, listed)
    room.main.click()
    assert room.steps.current == CHECK
    room.check.skipped.add(room.check.table.ids[0])
    answer(window, "Go on importing")
    assert not window.close()


def test_what_was_put_right_in_a_preview_is_not_given_up_by_esc_alone(
    program: Program, data: Path, listed: Path, qtbot: QtBot
) -> None:
    window: Any = window_of(program, data, qtbot)
    room = preview(program, qtbot, listed)
    correct(room, program, qtbot)
    said = answer(window, "Go on importing")
    QTest.keyClick(room, Qt.Key.Key_Escape)
    assert any("put right in “liste.csv”" in text for text in said)
    assert room.preview is not None
    assert room.columns.boxes[-1].currentData() == "remark"
    answer(window, "Close")
    room.close_button.click()
    assert room.preview is None
    assert window.current_page.rooms.aside is None


def test_a_list_that_comes_while_another_is_worked_on_waits_for_its_turn(
    program: Program, data: Path, listed: Path, tmp_path: Path, qtbot: QtBot, gate: threading.Event
) -> None:
    second = tmp_path / "zweite.csv"
    second.write_text("Vorname;Nachname\nEva;Zorn\n", "utf-8")
    window: Any = window_of(program, data, qtbot)
    room = import_under_way(program, qtbot, listed, gate)
    window.take_files([second])
    assert window.notices.bar.sentence.text() == "1 file waits until this one is imported"
    gate.set()
    qtbot.waitUntil(lambda: room.steps.current == DONE, timeout=SLOW)
    assert room.main.text() == "Next file"
    room.main.click()
    qtbot.waitUntil(lambda: room.preview is not None and not program.tasks.busy, timeout=SLOW)
    correct(room, program, qtbot)
    before = room.preview
    window.take_files([listed])
    assert room.preview is before
