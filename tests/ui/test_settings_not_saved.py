"""What is typed in the settings and cannot be saved stays where it was typed, and the window stays open."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot
from tests.ui.real_window import OpenWindow, in_dialog, moved_away, open_window

from alumnidesk.domain.consent import POST, Rule
from alumnidesk.ui.settings.page import ASSOCIATION, BACKUPS, CONSENT, TABS
from alumnidesk.ui.widgets.dialog import Dialog
from alumnidesk.ui.widgets.fields import Field


@pytest.fixture
def shown(qtbot: QtBot, tmp_path: Path) -> Iterator[OpenWindow]:
    with open_window(qtbot, tmp_path / "s.alumnidesk") as window:
        yield window


def settings(shown: OpenWindow, tab: str) -> Any:
    page = shown.page("settings")
    page._go_to(tab)
    shown.settle()
    return page


def put(shown: OpenWindow, field: Field, text: str) -> None:
    field.setFocus()
    field.editor.selectAll()  # type: ignore[attr-defined]
    shown.type(text)


def read(dialog: Dialog) -> None:
    QTest.qWait(300)  # what was asked for comes meanwhile


@pytest.mark.parametrize("towards", ["the next field", "another tab", "another page", "the end"])
def test_a_field_of_the_settings_that_could_not_be_saved_stays_as_typed(shown: OpenWindow, towards: str) -> None:
    page = settings(shown, ASSOCIATION)
    name = page.association.fields["name"]
    left: list[bool] = []
    put(shown, name, "Freunde e.V.")

    def leave() -> None:
        if towards == "the next field":
            shown.key(Qt.Key.Key_Tab)
        elif towards == "another tab":
            page.tabs._tabs[BACKUPS].click()
        elif towards == "another page":
            shown.window.open_page("contacts")
        else:
            left.append(shown.window.leave())

    with moved_away(shown):
        in_dialog(shown, Dialog, leave, read)
        assert shown.window.status.saved.text() == "Not everything is saved yet"
        in_dialog(shown, Dialog, lambda: left.append(shown.window.leave()), read)
        assert True not in left
        assert shown.window.current_page is page
        assert page.tabs.current == ASSOCIATION
        assert name.isVisible()
        assert name.value == "Freunde e.V."
        assert "not saved yet" in name.problem.text()
    name.setFocus()
    shown.key(Qt.Key.Key_Return)
    assert shown.ask(lambda desk: desk.settings.association().name) == "Freunde e.V."
    shown.settle()
    assert not name.has_problem
    shown.qtbot.waitUntil(lambda: shown.window.status.saved.text() == "Everything is saved")
    assert shown.window.leave()


def test_words_of_a_purpose_that_could_not_be_saved_stay_with_it(shown: OpenWindow) -> None:
    form = settings(shown, CONSENT).purposes
    keys = [form.purpose.box.itemData(row) for row in range(form.purpose.box.count())]
    wording = form.form.fields["wording"]
    put(shown, wording, "What we agreed on")

    def choose(place: int) -> None:
        form.purpose.setFocus()
        form.purpose.box.setCurrentIndex(place)
        form.purpose.box.activated.emit(place)

    with moved_away(shown):
        in_dialog(shown, Dialog, lambda: choose(1), read)
        assert form.purpose.value == keys[0]
        assert wording.value == "What we agreed on"
        assert "not saved yet" in wording.problem.text()
    in_turn = [form.purpose.value]
    choose(1)  # stays until it is saved or given up
    in_turn.append(form.purpose.value)
    wording.setFocus()
    form.purpose.setFocus()
    shown.settle()
    for place in (1, 0):
        choose(place)
        in_turn.append(form.purpose.value)
    assert in_turn == [keys[0], keys[0], keys[1], keys[0]]
    assert wording.value == "What we agreed on"
    assert shown.ask(lambda desk: desk.purposes.wording(desk.purposes.get(keys[0]))) == "What we agreed on"
    assert shown.ask(lambda desk: desk.purposes.wording(desk.purposes.get(keys[1]))) != "What we agreed on"


def test_a_choice_or_a_colour_that_could_not_be_saved_is_shown_as_it_was(shown: OpenWindow) -> None:
    page = settings(shown, CONSENT)
    rule = page.purposes.form.fields[POST]
    before, other = rule.value, rule.box.findData(Rule.WITH_YES.value)
    colour = shown.ask(lambda desk: desk.settings.association().accent)
    swatch = next(one for one in page.swatches._all if one.colour.lower() != colour.lower())

    def choose() -> None:
        rule.box.setCurrentIndex(other)
        rule.box.activated.emit(other)

    with moved_away(shown):
        in_dialog(shown, Dialog, choose, read)
        assert rule.value == before
        in_dialog(shown, Dialog, swatch.click, read)
        shown.settle()
        assert [one.colour.lower() for one in page.swatches._all if one.isChecked()] == [colour.lower()]


def test_every_tab_of_the_settings_comes_back_with_what_could_not_be_saved(shown: OpenWindow) -> None:
    page = settings(shown, ASSOCIATION)
    assert not page.unstored
    for tab, field in (
        (ASSOCIATION, page.association.fields["bank"]),
        (CONSENT, page.purposes.form.fields["wording"]),
    ):
        page._go_to(tab)
        put(shown, field, "one line")
        with moved_away(shown):
            in_dialog(shown, Dialog, lambda: page._go_to(BACKUPS), read)
            assert page.tabs.current == tab, TABS
            assert field.value == "one line"
        field.take_back()
