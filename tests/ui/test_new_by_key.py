"""Ctrl+N begins what the page is about: a contact, an event, a mailing."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot
from tests.ui.letters_window import fill
from tests.ui.real_window import OpenWindow, filled_file, in_dialog, window_over_copy

from alumnidesk.desk import Desk
from alumnidesk.ui.events.form import NewEvent
from alumnidesk.ui.letters.steps import RECIPIENTS


@pytest.fixture(scope="module")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return filled_file(tmp_path_factory, fill)


@pytest.fixture
def shown(qtbot: QtBot, tmp_path: Path, filled: Path) -> Iterator[OpenWindow]:
    with window_over_copy(qtbot, filled, tmp_path) as window:
        yield window


def press_ctrl_n(shown: OpenWindow) -> None:
    QTest.keyClick(shown.window.focusWidget() or shown.window, Qt.Key.Key_N, Qt.KeyboardModifier.ControlModifier)
    shown.settle()


@pytest.mark.parametrize("page", ["home", "contacts", "history", "settings"])
def test_a_contact_is_new_where_the_page_begins_nothing_else(shown: OpenWindow, page: str) -> None:
    shown.page(page)
    press_ctrl_n(shown)
    assert shown.window.current_name == "contacts"
    assert shown.window.current_page.detail.card.id is None


@pytest.mark.parametrize("event", [None, 1])
def test_an_event_is_new_on_the_page_of_events_and_at_one_of_them(shown: OpenWindow, event: int | None) -> None:
    shown.page("events", event)
    in_dialog(shown, NewEvent, lambda: press_ctrl_n(shown), lambda dialog: None)
    assert shown.window.current_name == "events"


def test_a_mailing_is_new_on_the_page_of_letters_and_what_was_typed_into_a_template_stays(shown: OpenWindow) -> None:
    page = shown.page("letters")
    [first, *_] = shown.ask(lambda desk: [desk.letters.template(line.id) for line in desk.letters.templates()])
    page._edit(first)
    shown.settle()
    shown.type("Dear friends")
    press_ctrl_n(shown)
    assert page._stack.currentWidget() is page.steps
    assert page.steps.step == RECIPIENTS

    def subjects(desk: Desk) -> list[str]:
        assert first.id is not None
        return [text.subject for text in desk.letters.template(first.id).texts]

    assert any("Dear friends" in subject for subject in shown.ask(subjects))


def test_the_menus_show_the_key_where_it_holds(shown: OpenWindow) -> None:
    for page, at in (("home", "contacts.new"), ("events", "events.new"), ("letters", "letters.new")):
        shown.page(page)
        shortcuts = {
            id: shown.window.actions_[id].shortcut().toString() for id in ("contacts.new", "events.new", "letters.new")
        }
        assert [id for id, key in shortcuts.items() if key == "Ctrl+N"] == [at]
        assert page == "events" or shortcuts["events.new"] == "Ctrl+Shift+V"
        assert page == "letters" or shortcuts["letters.new"] == "Ctrl+Shift+L"
