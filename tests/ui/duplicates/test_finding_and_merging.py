"""Finding duplicates, comparing and merging them in a real window, by keyboard and by mouse."""

from __future__ import annotations

import threading
from dataclasses import replace
from pathlib import Path
from typing import Any

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot
from tests.ui.counting import counted
from tests.ui.duplicates_window import MARKUP, click, comparing, find, names, pairs, press, rest, stand_on
from tests.ui.real_window import OpenWindow, button, open_window, texts, unnamed

from alumnidesk.desk import Desk
from alumnidesk.domain.cards import ContactCard, Email
from alumnidesk.ui.contacts.facts import whole_name


def click_without_waiting(widget: QWidget) -> None:
    """A click while something is under way."""
    QTest.mouseClick(widget, Qt.MouseButton.LeftButton)


# The list ----------------------------------------------------------------------------------------------------------


def test_pairs_are_listed_with_what_speaks_for_and_against_them_in_words(shown: OpenWindow) -> None:
    room = find(shown)
    assert room.head.counts.text() == "3 pairs, 2 of them sure"
    stand_on(shown, room, "Anna")
    cells = [str(room.table.index(room.list.currentIndex().row(), column).data()) for column in range(4)]
    assert cells[0] == "Anna Müller, Hamburg, anna@mail.example"
    assert cells[1] == "Anna Mueller-Wied, Kiel, wied@post.example"
    assert cells[2].endswith(" % – sure")
    assert cells[3] == "former name, same birth year, same phone number, but: different town"
    assert unnamed(room) == []


def test_the_pairs_are_searched_like_contacts_and_one_goes_on_among_those_that_fit(shown: OpenWindow) -> None:
    room = find(shown)
    shown.window.actions_["edit.find"].trigger()
    assert room.filter.hasFocus()
    for letters, wanted in (("wied", ["Anna Müller"]), ("lubeck", [f"{MARKUP} Zwirn"]), ("nobody at all", [])):
        room.filter.setText(letters)
        rest(shown)
        assert [first.partition(",")[0] for first, _ in pairs(room)] == wanted, letters
    assert room.head.counts.text() == "0 pairs, 0 of them sure"
    room.filter.setText("anna OR zwirn")
    rest(shown)
    press(shown, Qt.Key.Key_Down)
    assert room.list.hasFocus()
    press(shown, Qt.Key.Key_Return)
    assert room.comparison.head.below.text() == "Pair 1 of 2"
    press(shown, Qt.Key.Key_Return)
    assert room.comparison.head.below.text() == "Pair 1 of 1"
    press(shown, Qt.Key.Key_Escape)
    room.filter.setFocus()
    press(shown, Qt.Key.Key_Escape)
    assert len(pairs(room)) == 2, "Esc empties the search; the pair that is left and did not fit is there again"


def test_n_says_that_two_are_not_one_and_undo_brings_the_pair_back(shown: OpenWindow) -> None:
    room = find(shown)
    stand_on(shown, room, "Anna")
    press(shown, Qt.Key.Key_N, "n")
    assert len(pairs(room)) == 2
    assert not any(first.startswith("Anna") for first, _ in pairs(room))
    assert room.list.hasFocus()

    shown.window.deeds.undo()
    rest(shown)
    assert len(pairs(room)) == 3


def test_what_is_no_duplicate_is_not_found_again(shown: OpenWindow) -> None:
    room = find(shown)
    stand_on(shown, room, "Anna")
    press(shown, Qt.Key.Key_N, "n")
    click(shown, button(room, "Search again"))
    assert len(pairs(room)) == 2


def test_when_nobody_is_there_twice_the_page_says_what_it_goes_on_doing(shown: OpenWindow) -> None:
    room = find(shown)
    for _ in range(3):
        press(shown, Qt.Key.Key_N, "n")
    assert room.nothing.head.text() == "Every pair is decided"
    click(shown, button(room, "Search again"))
    assert room.nothing.head.text() == "Nobody is here twice"
    assert "goes on watching" in room.nothing.sentence.text()
    page: Any = shown.window.current_page
    click(shown, button(room, "Back"))
    assert page.panes.isVisible()


def test_a_search_that_is_stopped_says_so_and_can_begin_anew(shown: OpenWindow) -> None:
    room = find(shown)
    busy = threading.Event()
    shown.tasks.run(lambda desk: busy.wait(10))
    click_without_waiting(room.again)
    assert room.working.isVisible()
    click_without_waiting(room.working.cancel_button)
    busy.set()
    rest(shown)
    assert room.nothing.head.text() == "The search was stopped"
    click(shown, button(room, "Search again"))
    assert len(pairs(room)) == 3


def test_who_leaves_a_second_search_and_comes_back_finds_the_pairs_of_the_first(shown: OpenWindow) -> None:
    room = find(shown)
    page: Any = shown.window.current_page
    busy = threading.Event()
    shown.tasks.run(lambda desk: busy.wait(10))
    click_without_waiting(room.again)
    page.to_contacts()
    shown.window.actions_["contacts.duplicates"].trigger()
    busy.set()
    rest(shown)
    assert room.list.isVisible()
    assert len(pairs(room)) == 3
    shown.ask(lambda desk: desk.contacts.delete([2]))
    rest(shown)
    assert len(pairs(room)) == 2


def test_other_pages_are_answered_while_duplicates_are_looked_for(qtbot: QtBot, tmp_path: Path) -> None:
    path = tmp_path / "many.alumnidesk"
    Desk.create_sample(path, 1500).close(backup=False)
    with open_window(qtbot, path) as shown:
        contacts = shown.page("contacts")
        still_looking: list[bool] = []
        both_are_queued = threading.Event()
        shown.tasks.run(lambda desk: both_are_queued.wait(10))
        shown.window.actions_["contacts.duplicates"].trigger()
        shown.window.open_page("history")
        history: Any = shown.window.current_page
        answered = history.list.model()

        def note() -> None:
            if answered.rowCount():
                still_looking.append(contacts.rooms.duplicates.working.progress is not None)

        answered.rowsInserted.connect(note)
        answered.modelReset.connect(note)
        both_are_queued.set()
        qtbot.waitUntil(lambda: bool(still_looking))
        assert still_looking[0]
        shown.settle()
        assert len(pairs(contacts.rooms.duplicates)) > 10


def test_esc_leads_back_step_by_step(shown: OpenWindow) -> None:
    comparison = comparing(shown, "Anna")
    page: Any = shown.window.current_page
    assert comparison.isVisible()
    press(shown, Qt.Key.Key_Escape)
    assert page.rooms.duplicates.list.hasFocus()
    press(shown, Qt.Key.Key_Escape)
    assert page.panes.isVisible()


# One pair ----------------------------------------------------------------------------------------------------------


def test_enter_compares_enter_merges_and_the_next_pair_follows(shown: OpenWindow) -> None:
    comparison = comparing(shown, "Anna")
    assert "of 3" in comparison.head.below.text()
    press(shown, Qt.Key.Key_Return)
    assert "Anna Mueller-Wied" not in names(shown)
    assert comparison.isVisible()
    assert "of 2" in comparison.head.below.text()
    assert shown.window.notices.bar.sentence.text() == "Anna Müller and Anna Mueller-Wied merged"
    assert QApplication.focusWidget() in [row.current for row in comparison.choices.values()]


def test_a_pair_is_merged_with_three_keys(shown: OpenWindow) -> None:
    with counted() as count:
        shown.key(Qt.Key.Key_D, modifiers=Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier)
        rest(shown)
        press(shown, Qt.Key.Key_Return)
        press(shown, Qt.Key.Key_Return)
    assert count.done == 3, count.deeds
    assert len(names(shown)) == 6


def test_a_key_that_is_held_down_merges_one_pair_only(shown: OpenWindow) -> None:
    comparing(shown, "Anna")
    for number in range(6):
        focus = QApplication.focusWidget()
        assert focus is not None
        kind = QEvent.Type.KeyPress
        QApplication.sendEvent(
            focus, QKeyEvent(kind, Qt.Key.Key_Return, Qt.KeyboardModifier.NoModifier, "", number > 0)
        )
        rest(shown)
    assert len(names(shown)) == 6


def test_the_sensible_values_are_taken_and_all_that_hangs_on_the_other_moves(shown: OpenWindow) -> None:
    comparison = comparing(shown, "Anna")
    seen = texts(comparison)
    assert "1 note" in seen
    assert "1 event – 1 of them stays as one, because both contacts have it" in seen
    press(shown, Qt.Key.Key_Return)
    card = shown.ask(lambda desk: desk.contacts.card(1))
    assert [email.address for email in card.emails] == ["anna@mail.example", "wied@post.example"]
    assert (card.family_name, card.birth_date, card.no_post) == ("Müller", "1979-04-12", True)
    assert set(card.tags) == {"Mentor", "Donor"}


def test_values_are_chosen_by_arrow_keys(shown: OpenWindow) -> None:
    comparison = comparing(shown, "Anna")
    assert QApplication.focusWidget() is comparison.choices["family_name"].cells["ours"]
    press(shown, Qt.Key.Key_Right)
    assert comparison.choices["family_name"].pick == "theirs"
    press(shown, Qt.Key.Key_Down)
    assert QApplication.focusWidget() is comparison.choices["emails"].cells["both"]
    press(shown, Qt.Key.Key_Left)
    assert [cell.taken for cell in comparison.choices["emails"].cells.values()] == [False, True, False]
    press(shown, Qt.Key.Key_Return)
    card = shown.ask(lambda desk: desk.contacts.card(1))
    assert card.family_name == "Mueller-Wied"
    assert [email.address for email in card.emails] == ["wied@post.example"]


def test_values_are_chosen_by_a_click(shown: OpenWindow) -> None:
    comparison = comparing(shown, "Anna")
    click(shown, comparison.choices["tags"].cells["ours"])
    click(shown, comparison.choices["no_post"].cells["ours"])
    click(shown, comparison.merge)
    card = shown.ask(lambda desk: desk.contacts.card(1))
    assert (card.tags, card.no_post) == (("Mentor",), False)


def test_what_is_taken_is_checked_and_not_only_coloured(shown: OpenWindow) -> None:
    comparison = comparing(shown, "Anna")
    cells = comparison.choices["family_name"].cells
    assert cells["ours"].isChecked()
    assert not cells["theirs"].isChecked()
    before = cells["ours"].grab().toImage()
    click(shown, cells["theirs"])
    assert cells["ours"].grab().toImage() != before
    assert cells["theirs"].accessibleName() == "Last name: Mueller-Wied, from the record that goes"


def test_the_other_record_can_stay_and_what_was_chosen_goes_along(shown: OpenWindow) -> None:
    comparison = comparing(shown, "Anna")
    click(shown, comparison.choices["tags"].cells["ours"])
    click(shown, comparison.swap)
    assert comparison.plan.keep.id == 2
    assert comparison.choices["tags"].pick == "theirs"
    press(shown, Qt.Key.Key_Return)
    card = shown.ask(lambda desk: desk.contacts.card(2))
    assert (card.family_name, card.tags) == ("Mueller-Wied", ("Mentor",))
    assert "Anna Müller" not in names(shown)


def test_each_record_is_named_with_all_that_tells_two_people_apart(shown: OpenWindow) -> None:
    assert "Anna Mueller-Wied, born Müller" in texts(comparing(shown, "Anna"))
    card = ContactCard(
        title="Dr.", given_name="Anna", additional_names="Eva", name_particle="von", family_name="Berg", suffix="jun.",
        call_name="Anni", birth_name="Voß",
    )  # fmt: skip
    assert whole_name(card) == "Dr. Anna Eva von Berg jun. (Anni), born Voß"
    assert whole_name(replace(card, given_name="", birth_name="")) == "Dr. Anni Eva von Berg jun."
    assert whole_name(ContactCard(emails=(Email("a@mail.example"),))) == "a@mail.example"


def test_n_beside_the_records_goes_on_to_the_next_pair(shown: OpenWindow) -> None:
    comparison = comparing(shown, "Anna")
    press(shown, Qt.Key.Key_N, "n")
    assert comparison.isVisible()
    assert comparison.plan.keep.id != 1
    assert len(names(shown)) == 7


def test_undo_in_the_notice_brings_both_back(shown: OpenWindow) -> None:
    comparing(shown, "Anna")
    press(shown, Qt.Key.Key_Return)
    click(shown, shown.window.notices.bar.undo_button)
    assert "Anna Mueller-Wied" in names(shown)
    page: Any = shown.window.current_page
    assert len(pairs(page.rooms.duplicates)) == 3


def test_what_was_chosen_stays_when_something_else_is_taken_back_meanwhile(shown: OpenWindow) -> None:
    comparison = comparing(shown, "Anna")
    click(shown, comparison.choices["tags"].cells["theirs"])
    shown.ask(lambda desk: desk.notes.add(7, "Called"))
    rest(shown)
    assert comparison.choices["tags"].pick == "theirs"


def test_when_the_pair_is_gone_meanwhile_the_list_is_there(shown: OpenWindow) -> None:
    comparing(shown, "Anna")
    shown.ask(lambda desk: desk.contacts.delete([2]))
    rest(shown)
    page: Any = shown.window.current_page
    assert page.rooms.duplicates.list.isVisible()
    assert len(pairs(page.rooms.duplicates)) == 2


def test_names_with_markup_are_shown_as_typed(shown: OpenWindow) -> None:
    comparison = comparing(shown, MARKUP)
    assert f"{MARKUP} Zwirn" in texts(comparison)


# Two contacts of the list ------------------------------------------------------------------------------------------


def test_exactly_two_selected_contacts_can_be_merged(shown: OpenWindow) -> None:
    page = shown.page("contacts")
    merge = shown.window.actions_["contacts.merge"]
    assert merge not in page.list.menu_actions
    page.search.setText("novák OR åkesson")
    rest(shown)
    page.list.selectAll()
    assert merge not in page.list.menu_actions
    page.search.setText("anna")
    rest(shown)
    page.list.selectAll()
    assert merge in page.list.menu_actions

    merge.trigger()
    rest(shown)
    assert page.rooms.duplicates.comparison.isVisible()
    press(shown, Qt.Key.Key_Return)
    assert page.panes.isVisible()
    assert "Anna Mueller-Wied" not in names(shown)


def test_help_in_this_room_is_about_duplicates(shown: OpenWindow) -> None:
    find(shown)
    page: Any = shown.window.current_page
    assert page.help_topic == "duplicates"
    page.to_contacts()
    assert page.help_topic == "contacts"
