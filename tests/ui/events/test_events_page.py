"""Events in a real window: their list, a new one, and what is known of one."""

from __future__ import annotations

import datetime as dt

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QCalendarWidget, QLabel, QWidget
from tests.ui.counting import counted
from tests.ui.events_window import CTRL, SHIFT, chord, open_event
from tests.ui.real_window import OpenWindow, button, in_dialog, texts, unnamed

from alumnidesk.ui.events.form import NewEvent


def test_events_are_listed_with_day_and_place_in_words(shown: OpenWindow) -> None:
    page = shown.page("events")
    table = page.overview.table
    rows = [[str(table.index(row, column).data()) for column in range(3)] for row in range(table.rowCount())]
    assert rows[0][:2] == ["<i>Sommerfest</i>, Park", "Day still open, "]
    assert rows[1][0] == "Advent, Venue still open"
    assert rows[1][1].startswith("Sat, 5 Dec 2026")
    assert rows[1][2] == "1 of 2"


def test_the_search_finds_events_by_title_and_place(shown: OpenWindow) -> None:
    page = shown.page("events")
    page.overview.search.setFocus()
    shown.type("park")
    assert page.overview.table.rowCount() == 1
    shown.type("x")
    assert page.overview.empty.isVisible()
    assert "No event found" in texts(page.overview.empty)


def test_a_new_event_needs_title_and_day_only(shown: OpenWindow) -> None:
    page = shown.page("events")
    with counted() as count:
        chord(shown, Qt.Key.Key_V, CTRL | SHIFT)
        dialog = page.findChild(NewEvent)
        for letter in "Ehemaligentreffen":
            QTest.keyClick(dialog.title.line, letter)
        QTest.keyClick(dialog.title.line, Qt.Key.Key_Return)
        for letter in "12.12.":
            QTest.keyClick(dialog.day.line, letter)
        QTest.keyClick(dialog.day.line, Qt.Key.Key_Return)
        shown.settle()
    assert count.done <= 5, count.deeds
    assert page.roster.view.card.title == "Ehemaligentreffen"
    day = dt.date.fromisoformat(page.roster.view.card.starts_on)
    assert (day.day, day.month) == (12, 12)
    assert day >= dt.date.today()
    assert "Nobody is on the list yet" in texts(page.roster.empty)


def test_a_new_event_without_a_title_stays_open_and_says_what_is_missing(shown: OpenWindow) -> None:
    page = shown.page("events")
    page.new()
    dialog = page.findChild(NewEvent)
    shown.click(button(dialog, "Add event"))
    assert dialog.isVisible()
    assert "The event has no title yet." in dialog.title.problem.text()
    dialog.title.line.setText("Chor")
    dialog.day.line.setText("neulich")
    shown.click(button(dialog, "Add event"))
    assert "This is not a day." in dialog.day.problem.text()
    dialog.reject()


def test_a_day_can_be_picked_from_a_calendar_whose_parts_are_named(shown: OpenWindow) -> None:
    page = open_event(shown, "Advent")
    field = page.roster.detail.event_form.fields["starts_on"]
    field.setFocus()
    chord(shown, Qt.Key.Key_Down, Qt.KeyboardModifier.AltModifier)
    month = page.findChild(QCalendarWidget)
    assert month.selectedDate().toString(Qt.DateFormat.ISODate) == "2026-12-05"
    assert not [
        w
        for w in month.findChildren(QWidget)
        if w.focusPolicy() != Qt.FocusPolicy.NoFocus
        and w.isVisible()
        and not w.accessibleName()
        and "view" not in w.objectName()
    ]
    month.activated.emit(month.selectedDate().addDays(1))
    shown.settle()
    assert page.roster.view.card.starts_on == "2026-12-06"


def test_the_event_is_corrected_in_place(shown: OpenWindow) -> None:
    page = open_event(shown, "Advent")
    form = page.roster.detail.event_form
    for key, typed in (("place", "Großer Saal"), ("ends_at", "19"), ("capacity", "60")):
        form.fields[key].setFocus()
        form.fields[key].editor.selectAll()
        shown.type(typed)
        shown.key(Qt.Key.Key_Return)
    assert page.roster.head.when.text() == "Saturday, 5 December 2026, 15:00 – 19:00, Großer Saal"
    assert page.roster.seats.words.text() == "1 of 60 places taken"
    form.fields["capacity"].setFocus()
    form.fields["capacity"].editor.selectAll()
    shown.type("viele")
    assert not page.may_leave()
    assert "whole number" in form.fields["capacity"].problem.text()


def test_what_cannot_be_understood_stays_with_its_reason_while_other_fields_are_saved(shown: OpenWindow) -> None:
    page = open_event(shown, "Advent")
    form = page.roster.detail.event_form
    for key, typed in (("ends_at", "late"), ("place", "Großer Saal")):
        form.fields[key].setFocus()
        form.fields[key].editor.selectAll()
        shown.type(typed)
        shown.key(Qt.Key.Key_Tab)
    shown.settle()
    assert "Großer Saal" in page.roster.head.when.text()
    ends = form.fields["ends_at"]
    assert ends.value == "late"
    assert "This is not a time." in ends.problem.text()
    framed = ends.editor.grab().toImage().pixelColor(ends.editor.width() // 2, 0)
    assert framed == page.look.colour("bad"), "also where the fields are quiet"
    page.roster.add_people()
    assert not ends.isVisible()
    assert not page.may_leave()
    assert ends.isVisible()
    assert ends.editor.hasFocus()
    shown.key(Qt.Key.Key_Escape)
    assert page.may_leave()
    assert not ends.has_problem


def test_examples_of_days_are_still_to_come(shown: OpenWindow) -> None:
    year = str(dt.date.today().year + 1)
    page = open_event(shown, "Advent")
    day = page.roster.detail.event_form.fields["starts_on"]
    day.line.setText("sometime")
    assert not day.commit()
    assert year in day.problem.text()

    def look(dialog: NewEvent) -> None:
        assert year in dialog.day.line.placeholderText()

    day.take_back()
    in_dialog(shown, NewEvent, shown.window.actions_["events.new"].trigger, look)


def test_deleting_an_event_goes_back_to_the_list_and_undo_brings_it_back(shown: OpenWindow) -> None:
    page = open_event(shown, "Advent")
    page.commands()["events.delete"]()
    shown.settle()
    assert not page.at_one_event
    assert page.overview.table.rowCount() == 1
    shown.click(shown.window.notices.bar.undo_button)
    assert page.overview.table.rowCount() == 2


def test_the_place_in_the_navigation_leads_from_one_event_back_to_all(shown: OpenWindow) -> None:
    page = open_event(shown, "Advent")
    assert page.at_one_event
    shown.window.actions_["view.events"].trigger()
    assert not page.at_one_event


def test_markup_in_names_is_shown_as_typed_and_everything_has_a_name(shown: OpenWindow) -> None:
    page = open_event(shown, "<i>Sommerfest</i>")
    assert page.roster.head.title.text() == "<i>Sommerfest</i>"
    assert all(label.textFormat() == Qt.TextFormat.PlainText for label in page.findChildren(QLabel))
    page.roster.add_people()
    shown.settle()
    assert unnamed(page) == []
    page.show_all()
    shown.settle()
    assert unnamed(page) == []


def test_in_a_narrow_window_the_detail_is_one_step_away(shown: OpenWindow) -> None:
    page = open_event(shown, "Advent")
    shown.window.resize(1000, 700)
    QApplication.processEvents()
    assert not page.roster.detail.isVisible()
    shown.click(page.roster.head.more)
    assert page.roster.detail.isVisible()
    shown.click(page.roster.panes.back)
    assert page.roster.list.isVisible()
