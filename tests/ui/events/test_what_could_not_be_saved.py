"""What is typed at an event and cannot be saved stays where it was typed, and the window stays open."""

from __future__ import annotations

from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from tests.ui.events_window import names, open_event, stand_on
from tests.ui.real_window import OpenWindow, in_dialog, moved_away, texts

from alumnidesk.ui.widgets.dialog import Dialog
from alumnidesk.ui.widgets.fields import Field


def put(shown: OpenWindow, field: Field, text: str) -> None:
    field.setFocus()
    field.editor.selectAll()  # type: ignore[attr-defined]
    shown.type(text)


def reads(shown: OpenWindow, said: list[str]) -> Any:
    def read(dialog: Dialog) -> None:
        QTest.qWait(300)  # what was asked for comes meanwhile
        said.extend(texts(dialog))
        said.append(shown.window.status.saved.text())

    return read


@pytest.mark.parametrize("towards", ["the end", "all events", "another event", "another page"])
def test_a_field_of_an_event_that_could_not_be_saved_stays_with_its_event(shown: OpenWindow, towards: str) -> None:
    page = open_event(shown, "Advent")
    place = page.roster.detail.event_form.fields["place"]
    other = next(line.id for line in page.overview._lines.values() if line.title != "Advent")
    left, said = list[bool](), list[str]()
    put(shown, place, "Park")

    def leave() -> None:
        if towards == "the end":
            left.append(shown.window.leave())
        elif towards == "another page":
            shown.window.open_page("contacts")
        else:
            page.show_all()
            if towards == "another event":
                page.show_id(other)

    with moved_away(shown):
        in_dialog(shown, Dialog, leave, reads(shown, said))
        if towards == "another page":
            in_dialog(shown, Dialog, lambda: left.append(shown.window.leave()), reads(shown, said))
        assert any("moved, renamed or deleted" in text for text in said)
        assert said[-1] == "Not everything is saved yet"
        assert False not in left or left == [False]
        assert True not in left
        assert shown.window.current_page is page
        assert page.at_one_event
        assert page.roster.view.card.title == page.roster.head.title.text() == "Advent"
        assert place.isVisible()
        assert place.value == "Park"
        assert "not saved yet" in place.problem.text()
    place.setFocus()
    shown.key(Qt.Key.Key_Return)
    assert shown.ask(lambda desk: desk.events.card(page.roster.event_id).place) == "Park"
    assert not place.has_problem
    shown.qtbot.waitUntil(lambda: shown.window.status.saved.text() == "Everything is saved")
    assert shown.window.leave()


@pytest.mark.parametrize("tab", ["all", "waitlist"])
def test_a_field_of_a_person_that_could_not_be_saved_stays_with_the_person(shown: OpenWindow, tab: str) -> None:
    page = open_event(shown, "Advent")
    stand_on(shown, page, "Jürgen Öztürk")
    remark = page.roster.detail.person.fields["remark"]
    put(shown, remark, "vegetarian")
    said: list[str] = []

    def leave() -> None:
        if tab == "all":
            stand_on(shown, page, "Elin Sandström")
        else:
            page.roster.tabs._tabs[tab].click()

    with moved_away(shown):
        in_dialog(shown, Dialog, leave, reads(shown, said))
        assert any("moved, renamed or deleted" in text for text in said)
        assert page.roster._people[page.roster.list.current_id].name == "Jürgen Öztürk"
        assert page.roster.detail._name.text() == "Jürgen Öztürk"
        assert remark.value == "vegetarian"
        assert "not saved yet" in remark.problem.text()
    remark.setFocus()
    shown.key(Qt.Key.Key_Return)
    stand_on(shown, page, "Elin Sandström")
    assert remark.value == ""
    remarks = {p.name: p.remark for p in page.roster.view.people}
    assert (remarks["Jürgen Öztürk"], remarks["Elin Sandström"]) == ("vegetarian", "")
    assert names(page)


def test_a_field_that_could_not_be_saved_comes_into_sight_before_the_window_closes(shown: OpenWindow) -> None:
    page = open_event(shown, "Advent")
    place = page.roster.detail.event_form.fields["place"]
    put(shown, place, "Park")
    with moved_away(shown):
        in_dialog(shown, Dialog, lambda: shown.key(Qt.Key.Key_Return), lambda dialog: None)
        page.roster.add_people()
        assert not place.isVisible()
        in_dialog(shown, Dialog, shown.window.close, lambda dialog: None)
        assert shown.window.isVisible()
        assert place.isVisible()
    shown.window.close()
    assert not shown.window.isVisible()
    assert shown.ask(lambda desk: desk.events.card(page.roster.event_id).place) == "Park"


def test_a_field_that_could_not_be_saved_is_given_up_with_esc(shown: OpenWindow) -> None:
    page = open_event(shown, "Advent")
    place = page.roster.detail.event_form.fields["place"]
    put(shown, place, "Park")
    with moved_away(shown):
        in_dialog(shown, Dialog, lambda: shown.key(Qt.Key.Key_Return), lambda dialog: None)
    assert shown.window.status.saved.text() == "Not everything is saved yet"
    place.setFocus()
    shown.key(Qt.Key.Key_Escape)
    shown.qtbot.waitUntil(lambda: shown.window.status.saved.text() == "Everything is saved")
    assert shown.window.leave()
    assert shown.ask(lambda desk: desk.events.card(page.roster.event_id).place) == ""


def test_an_answer_that_could_not_be_saved_is_shown_as_it_was(shown: OpenWindow) -> None:
    page = open_event(shown, "Advent")
    stand_on(shown, page, "Jürgen Öztürk")
    answer = page.roster.detail.person.fields["state"]
    answer.setFocus()
    with moved_away(shown):
        in_dialog(shown, Dialog, lambda: QTest.keyClick(answer.editor, Qt.Key.Key_Down), lambda dialog: None)
    assert answer.value == "coming"


@pytest.mark.parametrize("towards", ["another person", "several", "another tab", "a search"])
def test_what_cannot_be_understood_about_a_person_stays_with_the_person(shown: OpenWindow, towards: str) -> None:
    page = open_event(shown, "Advent")
    stand_on(shown, page, "Jürgen Öztürk")
    roster, companions = page.roster, page.roster.detail.person.fields["companions"]
    put(shown, companions, "two")
    if towards == "another person":
        at = roster.list.visualRect(roster.table.index(names(page).index("Elin Sandström"), 0)).center()
        QTest.mouseClick(roster.list.viewport(), Qt.MouseButton.LeftButton, pos=at)
    elif towards == "several":
        roster.list.setFocus()
        QTest.keyClick(roster.list, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    elif towards == "another tab":
        roster.tabs._tabs["waitlist"].click()
    else:
        roster.search.setFocus()
        shown.type("Elin")
        shown.qtbot.waitUntil(lambda: names(page) == ["Elin Sandström"])
        assert roster.search.text() == "Elin"
        assert roster.detail._name.text() == "Jürgen Öztürk"
        roster.tabs._tabs["invited"].click()
        roster.tabs._tabs["waitlist"].setFocus()
        roster.tabs._tabs["waitlist"].click()
    shown.settle()
    shown.qtbot.waitUntil(lambda: roster._people[roster.list.current_id].name == "Jürgen Öztürk")
    assert [roster._people[id].name for id in roster.chosen()] == ["Jürgen Öztürk"]
    assert roster.detail._name.text() == "Jürgen Öztürk"
    assert companions.value == "two"
    assert "whole number" in companions.problem.text()
    assert companions.editor.hasFocus()
    put(shown, companions, "2")
    shown.key(Qt.Key.Key_Return)
    stand_on(shown, page, "Elin Sandström")
    assert companions.value == ""
    assert {p.name: p.companions for p in roster.view.people}["Jürgen Öztürk"] == 2


def test_whoever_is_taken_off_the_list_leaves_nothing_to_be_understood(shown: OpenWindow) -> None:
    page = open_event(shown, "Advent")
    stand_on(shown, page, "Jürgen Öztürk")
    put(shown, page.roster.detail.person.fields["companions"], "two")
    page.roster.remove()
    shown.settle()
    assert "Jürgen Öztürk" not in names(page)
    assert page.roster.detail._name.text() != "Jürgen Öztürk"
    assert page.roster.detail.person.fields["companions"].value == ""
    assert shown.window.leave()
