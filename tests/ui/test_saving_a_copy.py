"""“Save a copy …”: the way out when the open file was moved or replaced by somebody."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot
from tests.e2e.person import Person
from tests.ui.real_window import OpenWindow, answer, open_window

from alumnidesk.desk import Desk
from alumnidesk.domain.cards import ContactCard
from alumnidesk.domain.fields import Group
from alumnidesk.errors import EnvironmentFault
from alumnidesk.i18n import LANGUAGES, Language
from alumnidesk.ui import files
from alumnidesk.ui.actions import ACTIONS, MENUS
from alumnidesk.ui.app import Program

ANNA, ZOE = ContactCard(given_name="Änne"), ContactCard(given_name="Zoë")


@pytest.fixture
def shown(qtbot: QtBot, tmp_path: Path) -> Iterator[OpenWindow]:
    with open_window(qtbot, tmp_path / "verein.alumnidesk", lambda desk: desk.contacts.add(ANNA)) as window:
        yield window


def save_copy(shown: OpenWindow, monkeypatch: pytest.MonkeyPatch, out: Path | None) -> list[str]:
    """Choose it in the menu and give `out` for an answer; the names that were suggested."""
    suggested: list[str] = []

    def ask_save(*asked: Any) -> Path | None:
        suggested.append(asked[-1])
        return out

    monkeypatch.setattr(files, "ask_save", ask_save)
    shown.window.actions_["file.copy"].trigger()
    shown.settle()
    return suggested


def names_in(path: Path) -> list[str]:
    desk = Desk.open(path)
    with closing(desk._database):
        return [desk.contacts.card(id).given_name for id in desk.find.contacts().ids]


def test_what_a_moved_file_held_is_saved_and_the_fault_names_the_way(
    shown: OpenWindow, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path, copy = tmp_path / "verein.alumnidesk", tmp_path / "gerettet.alumnidesk"
    moved = path.rename(tmp_path / "anderswo.alumnidesk")
    refused: list[BaseException] = []
    shown.tasks.run(lambda desk: desk.contacts.add(ZOE), failed=refused.append)
    shown.settle()
    (fault,) = refused
    assert isinstance(fault, EnvironmentFault)
    assert fault.way_out is not None
    for code in LANGUAGES:
        say = Language(code)
        (entry,) = (spec for spec in ACTIONS if spec.id == "file.copy")
        assert say(entry.words).removesuffix(" …") in say(fault.way_out), code
        assert say(dict(MENUS)[entry.menu]) in say(fault.way_out), code

    assert save_copy(shown, monkeypatch, copy) == ["Copy of verein.alumnidesk"]
    assert shown.window.notices.bar.sentence.text() == "Copy saved. From now on you work in gerettet.alumnidesk"
    assert shown.window.windowTitle() == "gerettet – AlumniDesk"
    assert shown.ask(lambda desk: desk.contacts.add(ZOE).given_name) == "Zoë"
    assert names_in(moved) == ["Änne"]
    moved.rename(path)


def test_a_copy_of_a_file_that_is_there_leaves_one_where_one_is(
    shown: OpenWindow, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    copy = tmp_path / "kopie.alumnidesk"
    save_copy(shown, monkeypatch, copy)
    assert shown.window.notices.bar.sentence.text() == "Copy saved as kopie.alumnidesk"
    assert shown.window.windowTitle() == "verein – AlumniDesk"
    assert names_in(copy) == ["Änne"]


def test_the_message_about_a_moved_file_saves_the_copy_and_what_was_typed_goes_into_it(
    program: Program, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path, copy = tmp_path / "verein.alumnidesk", tmp_path / "gerettet.alumnidesk"
    desk = Desk.create(path)
    desk.contacts.add(ANNA)
    desk.close(backup=False)
    program.start(path)
    person = Person(qtbot, program)
    person.window.activateWindow()
    person.press(Qt.Key.Key_2, Qt.KeyboardModifier.ControlModifier)
    detail = person.window.current_page.detail  # type: ignore[union-attr]
    qtbot.waitUntil(lambda: detail.card is not None)
    detail.open(Group.NAME)
    qtbot.waitUntil(lambda: program.file is not None and program.file.answers)
    path.rename(tmp_path / "anderswo.alumnidesk")
    monkeypatch.setattr(files, "ask_save", lambda *_: copy)
    answer(person.window, "Save a copy …")
    given_name = detail.forms[Group.NAME].fields["given_name"]
    given_name.type_in("Antje")
    given_name.commit()
    qtbot.waitUntil(lambda: program.path == copy, timeout=10_000)
    assert program.preferences.recent_files[0] == copy
    assert given_name.value == "Antje"
    given_name.commit()
    qtbot.waitUntil(lambda: person.notice() == "First name of Antje changed", timeout=10_000)
    program.stop()
    assert names_in(copy) == ["Antje"]


def test_nothing_is_written_without_a_place(shown: OpenWindow, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before = sorted(tmp_path.iterdir())
    save_copy(shown, monkeypatch, None)
    assert sorted(tmp_path.iterdir()) == before
