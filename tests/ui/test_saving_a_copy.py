"""“Save a copy …”: the way out when the open file was moved or replaced by somebody."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot
from tests.ui.real_window import OpenWindow, open_window

from alumnidesk.desk import Desk
from alumnidesk.domain.cards import ContactCard
from alumnidesk.errors import EnvironmentFault
from alumnidesk.i18n import LANGUAGES, Language
from alumnidesk.ui import files
from alumnidesk.ui.actions import ACTIONS, MENUS

ANNA, ZOE = ContactCard(given_name="Änne"), ContactCard(given_name="Zoë")


@pytest.fixture
def shown(qtbot: QtBot, tmp_path: Path) -> Iterator[OpenWindow]:
    with open_window(qtbot, tmp_path / "verein.alumnidesk", lambda desk: desk.contacts.add(ANNA)) as window:
        yield window


def save_copy(shown: OpenWindow, monkeypatch: pytest.MonkeyPatch, out: Path | None) -> list[str]:
    """Choose it in the menu and give `out` for an answer; the names that were suggested."""
    suggested: list[str] = []
    monkeypatch.setattr(files, "ask_save", lambda *asked: suggested.append(asked[-1]) or out)
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
    assert shown.window.notices.bar.sentence.text() == "Copy saved as gerettet.alumnidesk"
    assert names_in(copy) == ["Änne"]
    moved.rename(path)


def test_nothing_is_written_without_a_place(shown: OpenWindow, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before = sorted(tmp_path.iterdir())
    save_copy(shown, monkeypatch, None)
    assert sorted(tmp_path.iterdir()) == before
