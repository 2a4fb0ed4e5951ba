"""The settings page in a real window over a real file."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from PIL import Image
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QApplication, QLabel
from pytestqt.qtbot import QtBot
from tests.ui.counting import counted
from tests.ui.real_window import OpenWindow, answer, button, open_window, texts, unnamed

from alumnidesk.desk import Desk
from alumnidesk.domain.cards import ContactCard
from alumnidesk.ui import files
from alumnidesk.ui.app import Program
from alumnidesk.ui.messages import Messages
from alumnidesk.ui.preferences import Preferences
from alumnidesk.ui.settings.page import TABS
from alumnidesk.ui.window import MainWindow


@pytest.fixture
def shown(qtbot: QtBot, tmp_path: Path) -> Iterator[OpenWindow]:
    with open_window(qtbot, tmp_path / "s.alumnidesk") as window:
        yield window


def _type_into(shown: OpenWindow, field: object, text: str) -> None:
    field.editor.setFocus()  # type: ignore[attr-defined]
    field.editor.selectAll()  # type: ignore[attr-defined]
    shown.type(text)


def test_a_field_is_saved_when_it_is_left_and_the_letter_shows_it(shown: OpenWindow) -> None:
    page = shown.page("settings")
    _type_into(shown, page.association.fields["name"], "Förderverein <b>Süd</b>")
    page.association.fields["street"].editor.setFocus()
    shown.settle()
    assert shown.ask(lambda desk: desk.settings.association().name) == "Förderverein <b>Süd</b>"
    assert "Förderverein <b>Süd</b>" in page.preview.text
    shown.ask(lambda desk: desk.history.undo())
    shown.settle()
    assert page.association.fields["name"].value == ""


def test_no_setting_is_shown_before_it_is_known(shown: OpenWindow) -> None:
    free = threading.Event()
    shown.tasks.run(lambda desk: free.wait(30))
    try:
        shown.window.open_page("settings")
        page: Any = shown.window.current_page
        assert not page.association.isVisible()
        assert page.computer.fields["language"].value == shown.window.context.preferences.language
        assert page.computer.fields["scale"].value == str(shown.window.context.preferences.scale)
    finally:
        free.set()
    shown.settle()
    assert page.association.isVisible()


def test_an_older_notice_does_not_offer_to_take_back_what_was_saved_quietly(shown: OpenWindow) -> None:
    page = shown.page("settings")
    shown.window.deeds.do(lambda desk: desk.contacts.save(ContactCard(), ContactCard(family_name="Ahrens")))
    shown.settle()
    assert shown.window.notices.isVisible()
    _type_into(shown, page.association.fields["name"], "Förderverein")
    page.association.fields["street"].editor.setFocus()
    shown.settle()
    assert not shown.window.notices.isVisible()


def test_what_cannot_be_is_said_at_the_field_and_kept_as_typed(shown: OpenWindow) -> None:
    page = shown.page("settings")
    field = page.association.fields["email"]
    _type_into(shown, field, "office")
    shown.key(Qt.Key.Key_Return)
    assert "not an e-mail address" in field.problem.text()
    assert field.value == "office"
    assert shown.ask(lambda desk: desk.settings.association().email) == ""


@pytest.mark.parametrize("width", [1366, 1920])
def test_a_hint_stands_under_its_field_in_any_width(shown: OpenWindow, width: int) -> None:
    shown.window.resize(width, 768)
    page = shown.page("settings")
    page._go_to("computer")
    shown.settle()
    hint = next(label for label in page.computer.findChildren(QLabel) if label.text().startswith("Stands in"))
    assert hint.mapTo(page, QPoint()).x() == page.computer.fields["author"].mapTo(page, QPoint()).x()


def test_the_tabs_keep_their_place_whether_or_not_the_letter_stands_beside_them(shown: OpenWindow) -> None:
    page = shown.page("settings")
    places = set()
    for tab in TABS:
        page._go_to(tab)
        shown.settle()
        places.add((page.tabs.geometry().getRect(), page._stack.mapTo(page, QPoint()).y()))
    assert len(places) == 1


def test_the_letter_stands_back_where_the_fields_need_the_room(shown: OpenWindow) -> None:
    page = shown.page("settings")
    for width, beside in ((1366, True), (1180, False)):
        shown.window.resize(width, 768)
        shown.settle()
        assert page.preview.isVisible() is beside


def test_a_logo_is_chosen_shown_and_taken_away(
    shown: OpenWindow, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "logo.png"
    Image.new("RGB", (300, 100), "#0E6470").save(path)
    monkeypatch.setattr(files, "ask_open", lambda *_: path)
    page = shown.page("settings")
    page.tabs.chosen.emit("letters")
    page.tabs.go_to("letters")
    button(page, "Logo: choose a picture").click()
    shown.settle()
    assert shown.ask(lambda desk: desk.settings.association().logo) == path.read_bytes()
    button(page, "Remove Logo").click()
    shown.settle()
    assert shown.ask(lambda desk: desk.settings.association().logo) == b""


def test_a_colour_is_chosen_with_the_keyboard(shown: OpenWindow) -> None:
    page = shown.page("settings")
    page._go_to("letters")
    swatch = button(page, "Colour: Wine red")
    swatch.setFocus()
    shown.key(Qt.Key.Key_Return)
    assert shown.ask(lambda desk: desk.settings.association().accent) == "#8A1F2D"
    assert swatch.isChecked()


def test_a_backup_is_made_and_listed_and_copied_to_the_second_folder(
    shown: OpenWindow, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    second = tmp_path / "stick"
    second.mkdir()
    monkeypatch.setattr(files, "ask_folder", lambda *_: second)
    page = shown.page("settings")
    page._go_to("backups")
    shown.settle()
    button(page, "Choose a folder …").click()
    button(page, "Back up now").click()
    shown.settle()
    assert page.backups.table.rowCount() == 1
    assert page.backups.table.index(0, 4).data() == "Verified"
    assert len(list(second.iterdir())) == 1
    assert any("copied to" in text for text in texts(shown.window))


def test_a_backup_to_the_stick_takes_three_steps_and_bringing_one_back_four(
    shown: OpenWindow, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The menu and its entry are the first two."""
    stick = tmp_path / "stick"
    stick.mkdir()
    shown.window.context.preferences.keep("backup/second", str(stick))
    with counted() as count:
        shown.window.actions_["settings.backup"].trigger()
        shown.settle()
        page: Any = shown.window.current_page
        shown.click(page.backups.now)
    assert 2 + count.done == 3, count.deeds
    assert len(list(stick.rglob("*.alumnidesk-backup"))) == 1
    shown.page("home")
    brought_back: list[Path] = []
    shown.window.restore_asked.connect(brought_back.append)
    with counted() as count:
        shown.window.actions_["settings.restore"].trigger()
        shown.settle()
        said = answer(shown.window, "Restore it")
        shown.click(page.backups.restore_button)
    assert 2 + count.done + 1 == 4, count.deeds  # the answer is one too
    assert "Restore this backup?" in said
    assert brought_back == [page.backups._backups[0][0].path]


def test_every_control_on_every_tab_has_a_name_and_no_text_is_markup(shown: OpenWindow) -> None:
    page = shown.page("settings")
    for tab in ("association", "letters", "computer", "backups"):
        page._go_to(tab)
        shown.settle()
        assert unnamed(page) == []
    assert all(label.textFormat() == Qt.TextFormat.PlainText for label in page.findChildren(QLabel))


def test_a_backup_is_brought_back_and_the_replaced_file_is_kept(
    qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "club.alumnidesk"
    desk = Desk.create(path)
    backup = desk.backups.make().path
    desk.contacts.add(ContactCard(given_name="Anna", family_name="Müller"))
    desk.close(backup=False)
    monkeypatch.setattr(Messages, "ask", lambda *_: 1)
    application = QApplication.instance()
    assert isinstance(application, QApplication)
    preferences = Preferences(tmp_path / "w.ini")
    preferences.author = "Ruth"
    preferences.keep("window/page", "settings")
    preferences.keep("settings/tab", "backups")
    program = Program(application, preferences)
    program.open(path)
    qtbot.waitUntil(lambda: isinstance(program.window, MainWindow) and not program.tasks.busy, timeout=15_000)
    page = program.window.current_page
    first, tasks = program.window, program.tasks
    qtbot.waitUntil(lambda: page.backups.table.rowCount() == 1, timeout=10_000)
    assert page.backups._backups[0][0].path == backup
    page.backups.restore()
    qtbot.waitUntil(lambda: program.window is not first and program.tasks is not tasks and not program.tasks.busy,
                    timeout=15_000)  # fmt: skip
    answers: list[object] = []
    program.tasks.run(lambda desk: (desk.find.contacts().total, desk.author), answers.append)
    qtbot.waitUntil(lambda: bool(answers), timeout=10_000)
    assert answers == [(0, "Ruth")]
    kept = list(tmp_path.glob("club (*).alumnidesk"))
    assert len(kept) == 1
    program.stop()
    program.deleteLater()
    again = Desk.open(kept[0])
    assert again.find.contacts().total == 1
    again.close(backup=False)


def test_a_page_that_nobody_needs_leaves_the_navigation_and_comes_back(shown: OpenWindow) -> None:
    page = shown.page("settings")
    page._go_to("computer")
    places = shown.window._navigation._places
    field = page.computer.fields["page/events"]
    assert places["events"].isVisible()
    field.box.setFocus()
    shown.key(Qt.Key.Key_Space)
    assert not places["events"].isVisible()
    assert places["letters"].isVisible()
    shown.key(Qt.Key.Key_Space)
    assert places["events"].isVisible()
    assert not shown.window.context.preferences.hidden_pages


def test_a_hidden_page_is_still_reached_and_has_its_place_while_one_is_there(shown: OpenWindow) -> None:
    shown.page("contacts")
    shown.window.context.preferences.show_page("events", shown=False)
    places = shown.window._navigation._places
    assert not places["events"].isVisible()
    shown.window.actions_["view.events"].trigger()
    shown.settle()
    assert shown.window.current_name == "events"
    assert places["events"].isVisible()
    shown.page("contacts")
    assert not places["events"].isVisible()
    places["contacts"].setFocus()
    shown.key(Qt.Key.Key_Down)
    assert places["letters"].hasFocus(), "the keys pass by what is hidden"


def test_home_contacts_and_settings_cannot_be_hidden(shown: OpenWindow) -> None:
    page = shown.page("settings")
    offered = {key.removeprefix("page/") for key in page.computer.fields if key.startswith("page/")}
    assert offered == {"events", "letters", "sync", "history"}
