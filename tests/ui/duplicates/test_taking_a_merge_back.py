"""Weeks after a merge the window asks for what only a person can know, and for nothing else."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from tests.ui.duplicates_window import names, press, rest
from tests.ui.real_window import OpenWindow, texts

from alumnidesk.desk import Desk


def merged_and_corrected(desk: Desk) -> int:
    """Anna's records become one, and her remark and name are changed afterwards; returns the merge."""
    first, second = desk.contacts.card(1), desk.contacts.card(2)
    desk.contacts.save(first, replace(first, remark="Sings"))
    desk.contacts.save(second, replace(second, remark="Cooks"))
    desk.merging.merge(1, 2)
    merge = desk.history.entries(limit=1)[0].id
    card = desk.contacts.card(1)
    desk.contacts.save(card, replace(card, remark="Dances", title="Dr."))
    return merge


def conflicts(shown: OpenWindow) -> Any:
    """The dialog that asks what is right."""
    merge = shown.ask(merged_and_corrected)
    page = shown.page("history", merge)
    rest(shown)
    shown.qtbot.waitUntil(lambda: page.detail.button is not None)
    page.list.setFocus()
    press(shown, Qt.Key.Key_Return)
    press(shown, Qt.Key.Key_Return)
    dialog = QApplication.activeModalWidget()
    assert dialog is not None
    return dialog


def key(key: Qt.Key) -> None:
    """A key in a dialog."""
    focus = QApplication.focusWidget()
    assert focus is not None
    QTest.keyClick(focus, key)


def test_an_old_merge_asks_only_for_what_was_changed_since(shown: OpenWindow) -> None:
    dialog = conflicts(shown)
    seen = texts(dialog)
    assert {"Remark", "Dances", "Sings"} <= set(seen)
    assert len(dialog.choices) == 1
    key(Qt.Key.Key_Return)
    rest(shown)
    cards = shown.ask(lambda desk: [desk.contacts.card(1), desk.contacts.card(2)])
    assert [(card.title, card.remark) for card in cards] == [("Dr.", "Dances"), ("", "Cooks")]
    assert shown.window.notices.bar.sentence.text() == "Taken back: Anna Müller and Anna Mueller-Wied merged"


def test_the_value_from_before_the_merge_can_be_put_back_by_keyboard(shown: OpenWindow) -> None:
    conflicts(shown)
    key(Qt.Key.Key_Right)
    key(Qt.Key.Key_Return)
    rest(shown)
    cards = shown.ask(lambda desk: [desk.contacts.card(1), desk.contacts.card(2)])
    assert [(card.title, card.remark) for card in cards] == [("Dr.", "Sings"), ("", "Cooks")]


def test_esc_leaves_the_merge_as_it_is(shown: OpenWindow) -> None:
    conflicts(shown)
    key(Qt.Key.Key_Escape)
    rest(shown)
    assert "Anna Mueller-Wied" not in names(shown)
