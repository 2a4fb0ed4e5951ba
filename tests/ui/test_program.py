"""The program around the window: opening, another language, a second start, what cannot be opened, the end."""

from __future__ import annotations

import sqlite3
import subprocess
import sys
import threading
from contextlib import closing
from pathlib import Path

import pytest
from PySide6.QtCore import QLocale, QMimeData, QPointF, QSize, Qt, QUrl
from PySide6.QtGui import QDropEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot
from tests.ui.real_window import answer

from alumnidesk.desk import Desk
from alumnidesk.domain.cards import ContactCard
from alumnidesk.errors import AlumniDeskError
from alumnidesk.places import data_folder, one_spelling
from alumnidesk.ui import files
from alumnidesk.ui.app import Program
from alumnidesk.ui.contacts.page import ContactsPage
from alumnidesk.ui.look import Look
from alumnidesk.ui.messages import Messages
from alumnidesk.ui.open_file import SETTLE
from alumnidesk.ui.preferences import Preferences
from alumnidesk.ui.single import Doorbell, raise_other
from alumnidesk.ui.welcome import WelcomeWindow
from alumnidesk.ui.window import MainWindow, first_size

SLOW = 10_000
"""Milliseconds that making a file may take on a busy machine."""


@pytest.fixture
def data(tmp_path: Path) -> Path:
    path = tmp_path / "Lindenhof.alumnidesk"
    desk = Desk.create(path)
    desk.contacts.add(ContactCard(given_name="Anna", family_name="Müller"))
    desk.close(backup=False)
    return path


def window_of(program: Program, qtbot: QtBot) -> MainWindow:
    qtbot.waitUntil(lambda: isinstance(program.window, MainWindow), timeout=SLOW)
    assert isinstance(program.window, MainWindow)
    return program.window


def test_the_first_window_leaves_room_for_its_frame_on_a_small_screen(program: Program) -> None:
    assert first_size(QSize(1366, 768)) == QSize(1350, 720)
    assert first_size(QSize(2560, 1440)) == QSize(1366, 768)
    program.start(None)
    assert isinstance(program.window, WelcomeWindow)
    assert program.window.height() == first_size(program.window.screen().availableSize()).height()


def test_the_first_start_welcomes_and_a_later_one_opens_the_last_file(
    program: Program, data: Path, qtbot: QtBot
) -> None:
    program.start(None)
    assert isinstance(program.window, WelcomeWindow)
    program.preferences.opened(data)
    program.start(None)
    window = window_of(program, qtbot)
    assert window.windowTitle() == "Lindenhof – AlumniDesk"
    assert window.status.file.text() == "Lindenhof.alumnidesk"


def test_a_new_file_is_made_where_one_says(
    program: Program, tmp_path: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "Förderverein.alumnidesk"
    monkeypatch.setattr(files, "ask_save", lambda *_: path)
    program.start(None)
    assert isinstance(program.window, WelcomeWindow)
    program.window.begin.click()
    window_of(program, qtbot)
    assert path.is_file()
    assert program.preferences.recent_files == [path]


def test_another_language_or_text_size_builds_the_window_anew_over_the_same_file(
    program: Program, data: Path, qtbot: QtBot
) -> None:
    program.start(data)
    before = window_of(program, qtbot)
    before.actions_["view.larger"].trigger()
    qtbot.waitUntil(lambda: program.window is not before)
    after = window_of(program, qtbot)
    assert program.look.scale == 110
    assert after.windowTitle() == "Lindenhof – AlumniDesk"
    program.preferences.language = "x-pseudo"
    program.preferences.language = "de"
    qtbot.waitUntil(lambda: program.window is not after)
    assert window_of(program, qtbot).current_page is not None


def test_answers_for_a_window_that_was_built_anew_meanwhile_go_nowhere(
    program: Program, data: Path, qtbot: QtBot
) -> None:
    program.start(data)
    window_of(program, qtbot)
    qtbot.waitUntil(lambda: not program.tasks.busy)
    gate = threading.Event()
    program.tasks.run(lambda _: gate.wait(30))
    for scale in (110, 125):
        with qtbot.waitSignal(window_of(program, qtbot).destroyed, timeout=SLOW):
            program.preferences.scale = scale
    gate.set()
    qtbot.waitUntil(lambda: not program.tasks.busy, timeout=SLOW)
    assert program.window is not None
    assert program.look.scale == 125


def test_settings_that_are_not_read_yet_are_left_without_a_word(
    program: Program, data: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    shown: list[BaseException] = []
    monkeypatch.setattr(Messages, "show", lambda _, problem: shown.append(problem))
    program.start(data)
    window = window_of(program, qtbot)
    qtbot.waitUntil(lambda: not program.tasks.busy, timeout=SLOW)
    gate = threading.Event()
    program.tasks.run(lambda _: gate.wait(30))
    window.open_page("settings")
    window.open_page("home")
    gate.set()
    qtbot.waitUntil(lambda: not program.tasks.busy, timeout=SLOW)
    assert shown == []


def test_another_palette_leaves_the_window_standing(program: Program, data: Path, qtbot: QtBot) -> None:
    program.start(data)
    window = window_of(program, qtbot)
    program.preferences.palette = "dark"
    assert program.window is window
    assert program.look.palette.name == "dark"


def test_the_look_of_a_former_window_goes_with_it_and_follows_no_dusk(program: Program, qtbot: QtBot) -> None:
    program.start(None)
    former = program.look
    program.preferences.scale = 125
    qtbot.waitUntil(lambda: program.look is not former)
    qtbot.waitUntil(lambda: program.findChildren(Look) == [program.look])


def test_a_second_start_raises_the_first_window(program: Program, data: Path, qtbot: QtBot) -> None:
    program.start(data)
    window = window_of(program, qtbot)
    qtbot.waitUntil(lambda: program.file is not None and program.file.answers)
    window.hide()
    assert raise_other(data)
    qtbot.waitUntil(window.isVisible)
    assert not raise_other(data.with_name("other.alumnidesk"))


def test_who_opens_another_file_at_once_has_no_bell_left_at_the_first(
    program: Program, data: Path, tmp_path: Path, qtbot: QtBot
) -> None:
    other = tmp_path / "Other.alumnidesk"
    Desk.create(other).close(backup=False)
    program.start(data)
    window_of(program, qtbot)
    program.open(other)
    qtbot.waitUntil(lambda: program.file is not None and program.file.answers, timeout=SLOW)
    qtbot.wait(2 * SETTLE)
    assert [bell.parent() for bell in program.findChildren(Doorbell)] == [program.file]
    assert not raise_other(data)


def test_a_backup_is_not_restored_over_what_cannot_be_saved_yet(
    program: Program, data: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    shown: list[BaseException] = []
    monkeypatch.setattr(program.messages, "show", shown.append)
    desk = Desk.open(data)
    backup = desk.backups.make().path
    desk.close()
    program.start(data)
    window = window_of(program, qtbot)
    window.open_page("contacts")
    assert isinstance(window.current_page, ContactsPage)
    page = window.current_page
    qtbot.waitUntil(lambda: page.detail.card is not None)
    page.detail.open_note()
    page.detail.note.text.setPlainText("Call her")
    page.detail.note.due.line.setText("soon enough")
    window.restore_asked.emit(backup)
    qtbot.waitUntil(lambda: not program.tasks.busy)
    assert program.window is window
    assert page.detail.note.text.toPlainText() == "Call her"
    assert shown == []


def test_a_file_that_cannot_be_opened_is_explained_and_the_one_before_is_opened_again(
    program: Program, data: Path, tmp_path: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    shown: list[BaseException] = []
    monkeypatch.setattr(program.messages, "show", shown.append)
    program.start(data)
    first = window_of(program, qtbot)
    broken = tmp_path / "broken.alumnidesk"
    broken.write_bytes(b"This is no data file." * 100)
    program.open(broken)
    qtbot.waitUntil(lambda: bool(shown), timeout=SLOW)
    assert isinstance(shown[0], AlumniDeskError)
    qtbot.waitUntil(lambda: program.window is not first and isinstance(program.window, MainWindow), timeout=SLOW)
    assert program.path == data
    assert broken not in program.preferences.recent_files


@pytest.mark.parametrize("verb", ["Restore it", "Leave it as it is"])
def test_in_the_place_of_a_damaged_file_its_newest_backup_is_offered(
    program: Program, data: Path, qtbot: QtBot, verb: str
) -> None:
    desk = Desk.open(data)
    desk.backups.make()
    desk.close()
    data.write_bytes(data.read_bytes()[:-4096])
    damaged = data.read_bytes()
    said = answer(program, verb)
    program.start(data)
    qtbot.waitUntil(lambda: program.window is not None, timeout=SLOW)
    assert any("is cut off" in text and "holds 1 contact." in text for text in said), said
    if verb == "Leave it as it is":
        assert isinstance(program.window, WelcomeWindow)
        assert data.read_bytes() == damaged
        return
    window = window_of(program, qtbot)
    qtbot.waitUntil(lambda: "is kept beside it as Lindenhof (" in window.notices.bar.sentence.text(), timeout=SLOW)
    (kept,) = (file for file in data.parent.glob("*.alumnidesk") if file != data)
    assert kept.read_bytes() == damaged
    held: list[int] = []
    program.tasks.run(lambda desk: held.append(len(desk.find.contacts().ids)))
    qtbot.waitUntil(lambda: held == [1])


def test_what_a_newer_version_wrote_is_exported_and_not_touched(
    program: Program, data: Path, tmp_path: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    with closing(sqlite3.connect(data, isolation_level=None)) as connection:
        connection.execute("PRAGMA journal_mode=DELETE")
        connection.execute("UPDATE alembic_version SET version_num = '0999'")
    newer, table = data.read_bytes(), tmp_path / "table.csv"
    monkeypatch.setattr(files, "ask_save", lambda *_: table)
    said = answer(program, "Export the contacts …", "Understood")
    program.start(data)
    qtbot.waitUntil(lambda: program.window is not None, timeout=SLOW)
    assert "1 contact written to table.csv" in said
    assert "Müller" in table.read_text("utf-8-sig")
    assert data.read_bytes() == newer
    assert isinstance(program.window, WelcomeWindow)


def test_a_data_file_dropped_on_the_window_is_opened(program: Program, data: Path, qtbot: QtBot) -> None:
    program.start(None)
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(str(data))])
    drop = QDropEvent(QPointF(5, 5), Qt.DropAction.CopyAction, mime, Qt.MouseButton.LeftButton,
                      Qt.KeyboardModifier.NoModifier)  # fmt: skip
    assert program.window is not None
    program.window.dropEvent(drop)
    window_of(program, qtbot)


def test_undo_is_named_in_the_menu_and_takes_back_the_last_deed(program: Program, data: Path, qtbot: QtBot) -> None:
    program.start(data)
    window = window_of(program, qtbot)
    undo = window.actions_["edit.undo"]
    qtbot.waitUntil(lambda: undo.isEnabled() and undo.text() != "Undo")
    refreshed: list[set[str]] = []
    window.deeds.changed.connect(refreshed.append)
    window.context.deed(lambda desk: desk.contacts.add(ContactCard(given_name="Bernd", family_name="Groß & <b>Co</b>")))
    qtbot.waitUntil(lambda: "Bernd" in undo.text())
    assert window.notices.isVisible()
    assert window.notices.bar.sentence.textFormat() == Qt.TextFormat.PlainText
    undo.trigger()
    qtbot.waitUntil(lambda: window.actions_["edit.redo"].isEnabled())
    assert all("history" in nouns and "contacts" in nouns for nouns in refreshed)


def test_a_backup_is_made_while_one_works_and_its_age_stands_at_the_foot(
    program: Program, data: Path, qtbot: QtBot
) -> None:
    program.start(data)
    window = window_of(program, qtbot)
    qtbot.waitUntil(lambda: window.status.backup.text() == "No backup yet", timeout=SLOW)
    window.context.deed(lambda desk: desk.contacts.add(ContactCard(given_name="Bernd", family_name="Groß")))
    assert program.file is not None
    program.file.back_up()
    qtbot.waitUntil(lambda: window.status.backup.text() == "Backup checked just now", timeout=SLOW)
    program.preferences.scale = 125
    qtbot.waitUntil(lambda: program.window is not window)
    assert window_of(program, qtbot).status.backup.text() == "Backup checked just now"


@pytest.mark.parametrize("by", ["quitting", "another file"])
def test_that_no_backup_could_be_made_at_closing_is_said(
    program: Program, data: Path, tmp_path: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch, by: str
) -> None:
    program.start(data)
    window = window_of(program, qtbot)
    window.context.deed(lambda desk: desk.contacts.add(ContactCard(given_name="Bernd", family_name="Groß")))
    qtbot.waitUntil(lambda: not program.tasks.busy)
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path))
    monkeypatch.setenv("LOCALAPPDATA", str(tmp_path))
    (data_folder() / "backups").write_text("in the way of the folder")
    said = answer(program, "Understood")
    if by == "quitting":
        program.stop()
    else:
        monkeypatch.setattr(files, "ask_save", lambda *_: tmp_path / "other.alumnidesk")
        program.new()
        qtbot.waitUntil(lambda: program.window is not window, timeout=SLOW)
    assert "There is no backup of today’s changes" in said
    assert any("Please check that the folder exists" in text for text in said)
    monkeypatch.undo()
    desk = Desk.open(data)
    assert len(desk.find.contacts().ids) == 2
    desk.close(backup=False)


def test_no_text_of_the_window_is_taken_for_markup(program: Program, data: Path, qtbot: QtBot) -> None:
    program.start(data)
    window = window_of(program, qtbot)
    labels = window.findChildren(QLabel)
    assert labels
    assert [label.text() for label in labels if label.textFormat() != Qt.TextFormat.PlainText] == []


def test_the_sample_pressed_twice_is_opened_once(
    program: Program, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    shown: list[BaseException] = []
    monkeypatch.setattr(program.messages, "show", shown.append)
    program.start(None)
    welcome = program.window
    assert isinstance(welcome, WelcomeWindow)
    QTest.mouseClick(welcome.sample, Qt.MouseButton.LeftButton)
    first = program.file
    QTest.mouseClick(welcome.sample, Qt.MouseButton.LeftButton)
    assert program.file is first is not None, "what the first click began is not broken off"
    window_of(program, qtbot)
    assert shown == []


def test_the_sample_is_removed_with_one_click_and_lies_in_the_waste_basket(program: Program, qtbot: QtBot) -> None:
    program.start(None)
    program.open_sample()
    window = window_of(program, qtbot)
    path = program.path
    assert path is not None
    window.actions_["file.remove_sample"].trigger()
    assert isinstance(program.window, WelcomeWindow)
    assert not path.exists()
    assert program.preferences.recent_files == []


def test_a_file_of_ones_own_is_never_offered_for_removal(program: Program, data: Path, qtbot: QtBot) -> None:
    program.start(data)
    window = window_of(program, qtbot)
    window.actions_["file.remove_sample"].trigger()
    assert data.exists()
    assert program.window is window


@pytest.mark.parametrize(
    ("file", "name"), [("Förderverein Lindenhof", "Förderverein Lindenhof"), ("My association", "")]
)
def test_the_name_that_one_gives_a_new_file_is_that_of_the_association(
    program: Program, tmp_path: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch, file: str, name: str
) -> None:
    program.welcome()
    monkeypatch.setattr(files, "ask_save", lambda *_: tmp_path / f"{file}.alumnidesk")
    program.new()
    window_of(program, qtbot)
    named: list[str] = []
    program.tasks.run(lambda desk: desk.settings.association().name, named.append)
    qtbot.waitUntil(lambda: bool(named), timeout=SLOW)
    assert named == [name]


def test_the_window_speaks_the_first_language_of_the_system_that_it_knows(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    preferences = Preferences(tmp_path / "fresh.ini")
    for languages, spoken in (
        (["fr-Latn-CH", "de-CH", "en"], "de"), (["en-DE"], "en"), (["sv-Latn-FI"], "sv"), (["C"], "en"),
    ):  # fmt: skip
        monkeypatch.setattr(QLocale, "uiLanguages", lambda self, languages=languages: languages)
        assert preferences.language == spoken


def test_what_is_kept_about_a_file_is_found_however_a_mac_spells_its_name(tmp_path: Path) -> None:
    composed, decomposed = tmp_path / "F\u00f6rderkreis.alumnidesk", tmp_path / "Fo\u0308rderkreis.alumnidesk"
    assert one_spelling(composed, "darwin") == one_spelling(decomposed, "darwin") == str(composed)
    assert one_spelling(decomposed, "linux") == str(decomposed)  # there they are two files


def test_a_file_that_is_opened_outside_comes_to_the_front_and_is_not_opened_twice(
    program: Program, data: Path, tmp_path: Path, qtbot: QtBot
) -> None:
    other = tmp_path / "Nordhof.alumnidesk"
    Desk.create(other).close(backup=False)
    program.start(data)
    program.open_asked(other)  # at once: a Mac says which file was meant only after the program has begun
    qtbot.waitUntil(lambda: program.window is not None and "Nordhof" in program.window.windowTitle(), timeout=SLOW)
    window, file = program.window, program.file
    assert window is not None
    window.showMaximized()
    window.showMinimized()
    program.open_asked(other)
    assert (window.isMinimized(), window.isMaximized()) == (False, True)
    assert (program.window, program.file) == (window, file)


def test_the_program_hears_which_file_the_finder_of_a_mac_was_to_open(tmp_path: Path) -> None:
    code = """
import gc, sys
from PySide6.QtGui import QFileOpenEvent
from alumnidesk.ui.app import Application
application = Application([])
application.file_asked.connect(lambda path: print(path))
application.postEvent(application, QFileOpenEvent(sys.argv[1]))
gc.collect()
application.processEvents()
"""
    path = tmp_path / "Förderkreis.alumnidesk"
    done = subprocess.run([sys.executable, "-c", code, str(path)], capture_output=True, encoding="utf-8", timeout=60)
    assert (done.stdout.strip(), done.stderr) == (str(path), "")
