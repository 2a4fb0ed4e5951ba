"""The list of an event: answers, companions, the waiting list, paper and files."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QLibraryInfo, Qt, QTranslator
from PySide6.QtGui import QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QRadioButton
from pytestqt.qtbot import QtBot
from tests.printed_pages import words_of
from tests.ui.events_window import CTRL, MARKUP, chord, names, open_event, stand_on
from tests.ui.real_window import OpenWindow, button, in_dialog, texts, window_over_copy

from alumnidesk.ui import files
from alumnidesk.ui.contacts.export_dialog import ExportDialog
from alumnidesk.ui.printing.dialog import PrintDialog
from alumnidesk.ui.words import set_language


@pytest.mark.parametrize(
    ("key", "letter", "words"),
    [
        (Qt.Key.Key_1, "1", "Coming"),
        (Qt.Key.Key_2, "2", "No answer"),
        (Qt.Key.Key_3, "3", "Not coming"),
        (Qt.Key.Key_4, "4", "Waiting list"),
        (Qt.Key.Key_Space, " ", "Coming"),
    ],
)
def test_an_answer_is_one_key(shown: OpenWindow, key: Qt.Key, letter: str, words: str) -> None:
    page = open_event(shown, "Advent")
    stand_on(shown, page, f"{MARKUP} Voss")
    if letter == "2":
        shown.key(Qt.Key.Key_1, "1")
    shown.key(key, letter)
    assert names(page, 1)[names(page).index(f"{MARKUP} Voss")] == words


def test_companions_are_counted_with_plus_and_minus_and_typed_in_the_detail(shown: OpenWindow) -> None:
    page = open_event(shown, "Advent")
    stand_on(shown, page, "Jürgen Öztürk")
    page.roster.list.clearSelection()
    assert page.roster.list.current_id, "one stands on a row that is not selected"
    shown.key(Qt.Key.Key_Plus, "+")
    assert page.roster.seats.words.text() == "2 of 2 places taken"
    shown.key(Qt.Key.Key_Minus, "-")
    shown.key(Qt.Key.Key_Minus, "-")
    assert page.roster.seats.words.text() == "1 of 2 places taken"
    shown.key(Qt.Key.Key_Return)
    field = page.roster.detail.person.fields["companions"]
    field.setFocus()
    shown.type("3")
    shown.key(Qt.Key.Key_Return)
    assert page.roster.seats.words.text() == "4 of 2 places taken"
    assert "too many" in texts(page.roster.seats)


def test_the_first_who_waits_moves_up_when_a_place_is_free(shown: OpenWindow) -> None:
    page = open_event(shown, "Advent")
    assert page.roster.detail.callout.isVisible()
    assert page.roster.detail.callout.sentence.text() == "Next on the waiting list is Elin Sandström."
    shown.click(button(page.roster.detail, "Move up"))
    assert page.roster.tabs._tabs["waitlist"]._count == 0
    assert not page.roster.detail.callout.isVisible()
    assert shown.window.notices.bar.sentence.text() == "Elin Sandström said yes"


def test_tabs_count_and_show_the_people_of_one_answer(shown: OpenWindow) -> None:
    page = open_event(shown, "Advent")
    counts = [tab._count for tab in page.roster.tabs._tabs.values()]
    assert counts == [3, 1, 1, 0, 1]
    shown.click(page.roster.tabs._tabs["coming"])
    assert names(page) == ["Jürgen Öztürk"]
    shown.click(page.roster.tabs._tabs["declined"])
    assert "Nobody here" in texts(page.roster.empty)


def test_who_goes_to_another_tab_hands_the_current_row_to_the_next(shown: OpenWindow) -> None:
    page = open_event(shown, "<i>Sommerfest</i>")
    page.roster.add_people()
    shown.type("kursbuch")
    chord(shown, Qt.Key.Key_Return, CTRL)
    shown.click(page.roster.tabs._tabs["invited"])
    stand_on(shown, page, "Anna05 Kursbuch")
    shown.key(Qt.Key.Key_1, "1")
    assert page.roster._people[page.roster.list.current_id].name == "Anna06 Kursbuch"


def select(shown: OpenWindow, page: Any, *who: str) -> None:
    """Click on the first, and with Ctrl on the others."""
    rows = page.roster.list
    for place, name in enumerate(who):
        at = rows.visualRect(page.roster.table.index(names(page).index(name), 0)).center()
        held = CTRL if place else Qt.KeyboardModifier.NoModifier
        QTest.mouseClick(rows.viewport(), Qt.MouseButton.LeftButton, held, at)
    shown.settle()


def selected(page: Any) -> set[str]:
    return {page.roster._people[id].name for id in page.roster.chosen()}


def answers(page: Any) -> dict[str, str]:
    return {person.name: person.state for person in page.roster.view.people}


def test_several_who_are_selected_get_a_companion_more_together_and_nobody_less_than_none(shown: OpenWindow) -> None:
    page = open_event(shown, "Advent")
    select(shown, page, "Jürgen Öztürk", "Elin Sandström")

    def companions() -> dict[str, int]:
        return {person.name: person.companions for person in page.roster.view.people}

    before = companions()
    shown.key(Qt.Key.Key_Plus, "+")
    more = companions()
    assert {name for name in before if more[name] == before[name] + 1} == {"Jürgen Öztürk", "Elin Sandström"}
    shown.window.actions_["edit.undo"].trigger()
    shown.settle()
    assert companions() == before, "in one step"
    for _ in range(3):
        shown.key(Qt.Key.Key_Minus, "-")
    assert min(companions().values()) == 0


def test_several_who_are_selected_get_an_answer_together_and_stay_selected(shown: OpenWindow) -> None:
    page = open_event(shown, "Advent")
    detail, answer = page.roster.detail, page.roster.detail.person.fields["state"]
    two = ("Jürgen Öztürk", f"{MARKUP} Voss")
    select(shown, page, *two)
    assert "2 people selected" in texts(detail)
    assert answer.box.currentText() == "", "their answers differ"
    assert not detail.person.fields["remark"].isVisible()
    shown.key(Qt.Key.Key_3, "3")
    assert answers(page) == {"Elin Sandström": "waitlist", **dict.fromkeys(two, "declined")}
    assert selected(page) == {*two}
    assert answer.value == "declined"
    answer.setFocus()
    QTest.keyClick(answer.box, Qt.Key.Key_Up)
    shown.settle()
    assert answers(page) == {"Elin Sandström": "waitlist", **dict.fromkeys(two, "invited")}
    assert selected(page) == {*two}
    assert answer.editor.hasFocus()
    page.roster.list.setFocus()
    shown.key(Qt.Key.Key_1, "1")
    assert answer.value == "coming"
    page.roster.list.sort_asked.emit("name", True)
    assert selected(page) == {*two}
    stand_on(shown, page, "Elin Sandström")
    assert "Elin Sandström" in texts(detail)
    assert detail.person.fields["remark"].isVisible()


def test_what_was_typed_about_one_is_not_entered_for_others_who_are_selected_then(shown: OpenWindow) -> None:
    page = open_event(shown, "Advent")
    select(shown, page, "Jürgen Öztürk")
    page.roster.detail.person.fields["remark"].setFocus()
    shown.type("vegetarian")
    page.roster.list.selectAll()
    shown.settle()
    remarks = {person.name: person.remark for person in page.roster.view.people}
    assert remarks == {"Jürgen Öztürk": "vegetarian", "Elin Sandström": "", f"{MARKUP} Voss": ""}


def test_what_is_taken_back_is_gone_from_its_field_too(shown: OpenWindow) -> None:
    page = open_event(shown, "Advent")
    stand_on(shown, page, "Jürgen Öztürk")
    remark = page.roster.detail.person.fields["remark"]
    remark.setFocus()
    shown.type("vegetarian")
    shown.key(Qt.Key.Key_Return)
    shown.window.actions_["edit.undo"].trigger()
    shown.settle()
    assert remark.value == ""


def test_who_goes_to_another_tab_does_not_stay_selected(shown: OpenWindow) -> None:
    page = open_event(shown, "<i>Sommerfest</i>")
    page.roster.add_people()
    shown.type("kursbuch")
    chord(shown, Qt.Key.Key_Return, CTRL)
    page.roster.stop_adding()
    shown.click(page.roster.tabs._tabs["invited"])
    select(shown, page, "Anna05 Kursbuch", "Anna07 Kursbuch")
    shown.key(Qt.Key.Key_1, "1")
    assert selected(page) == {"Anna08 Kursbuch"}
    assert "Anna08 Kursbuch" in texts(page.roster.detail)


def test_people_are_taken_off_with_del_and_come_back_with_undo(shown: OpenWindow) -> None:
    page = open_event(shown, "Advent")
    stand_on(shown, page, "Elin Sandström")
    chord(shown, Qt.Key.Key_Delete, Qt.KeyboardModifier.NoModifier)
    assert "Elin Sandström" not in names(page)
    shown.click(shown.window.notices.bar.undo_button)
    assert "Elin Sandström" in names(page)


def test_an_event_to_which_nobody_has_said_yes_says_so(shown: OpenWindow) -> None:
    page = open_event(shown, "<i>Sommerfest</i>")
    assert page.roster.seats.words.text() == "Nobody has said yes so far"


def test_in_a_german_window_the_menu_of_the_list_speaks_german_and_names_the_keys_so(
    qtbot: QtBot, tmp_path: Path, filled: Path
) -> None:
    application = QApplication.instance()
    assert isinstance(application, QApplication)
    of_qt = QTranslator()
    assert of_qt.load("qtbase_de", QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath))
    set_language("de")
    application.installTranslator(of_qt)
    try:
        with window_over_copy(qtbot, filled, tmp_path) as window:
            page = open_event(window, "Advent")
            entries = [action.text() for action in page.roster.list.menu_actions]
    finally:
        application.removeTranslator(of_qt)
        set_language("en")
    assert {"Eine Begleitperson mehr\t+", "Eine Begleitperson weniger\t-", "Von der Liste nehmen\tEntf"} <= {*entries}


def test_the_list_is_looked_at_before_it_is_printed_or_saved(
    shown: OpenWindow, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    open_event(shown, "Advent")
    out = tmp_path / "liste.pdf"
    monkeypatch.setattr(files, "ask_save", lambda *_: out)

    def save(dialog: PrintDialog) -> None:
        assert dialog.preview.pages == 1
        dialog.save.click()
        shown.qtbot.waitUntil(lambda: not dialog.isVisible(), timeout=10_000)

    in_dialog(shown, PrintDialog, lambda: QTest.keyClick(shown.window, Qt.Key.Key_P, CTRL), save)
    assert "Advent" in words_of(out)
    assert shown.window.notices.bar.sentence.text() == "Saved as liste.pdf"
    shown.window.open_page("contacts")
    shown.settle()
    mine = [action.text() for action in shown.window.actions_.all() if action.shortcut() == QKeySequence("Ctrl+P")]
    assert mine == ["Print this list …"], "the key belongs to the page at the front"


def test_the_list_of_an_event_goes_to_another_program_as_it_stands(
    shown: OpenWindow, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    target = tmp_path / "guests.csv"
    monkeypatch.setattr(files, "ask_save", lambda *args: target)
    page = open_event(shown, "Advent")
    page.roster.tabs.go_to("coming")
    page.roster.tabs.chosen.emit("coming")
    shown.settle()
    assert names(page) == ["Jürgen Öztürk"]

    def use(dialog: ExportDialog) -> None:
        next(b for b in dialog.findChildren(QRadioButton) if b.text().startswith("Complete table")).click()
        dialog.go.click()

    in_dialog(shown, ExportDialog, shown.window.actions_["events.export"].trigger, use)
    shown.qtbot.waitUntil(target.exists, timeout=5000)
    shown.settle()
    written = target.read_text("utf-8-sig").splitlines()
    assert len(written) == 2
    assert "Öztürk" in written[1]
    empty = open_event(shown, "<i>Sommerfest</i>")
    assert "events.export" not in empty.commands(), "there is nobody to hand out"
