"""The page of events in a real window over a real file."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QLibraryInfo, Qt, QTranslator
from PySide6.QtGui import QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QCalendarWidget, QLabel, QRadioButton, QWidget
from pytestqt.qtbot import QtBot
from tests.printed_pages import words_of
from tests.ui.counting import counted
from tests.ui.real_window import OpenWindow, button, filled_file, in_dialog, texts, unnamed, window_over_copy

from alumnidesk.desk import Desk
from alumnidesk.domain.cards import Address, Affiliation, ContactCard, EventCard
from alumnidesk.ui import files
from alumnidesk.ui.contacts.export_dialog import ExportDialog
from alumnidesk.ui.events.choose import ChooseEvent
from alumnidesk.ui.events.form import NewEvent
from alumnidesk.ui.printing.dialog import PrintDialog
from alumnidesk.ui.words import set_language

MARKUP = "<b>Otto</b>"
CTRL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier


def _fill(desk: Desk) -> None:
    for number in range(80):
        desk.contacts.add(
            ContactCard(
                given_name=f"Anna{number:02}",
                family_name="Kursbuch",
                affiliations=(Affiliation(programme="Kurs 12 B", cohort_to=1998),),
            )
        )
    for given, family in (("Jürgen", "Öztürk"), ("Elin", "Sandström"), (MARKUP, "Voss")):
        desk.contacts.add(ContactCard(given_name=given, family_name=family, addresses=(Address(town="Kiel"),)))
    desk.contacts.add(ContactCard(given_name="Karl", family_name="Kursbuch", deceased=True))
    event = desk.events.add(EventCard(title="Advent", starts_on="2026-12-05", starts_at="15:00", capacity=2)).id or 0
    desk.events.add(EventCard(title="<i>Sommerfest</i>", place="Park"))
    found = {word: desk.find.contacts(word).ids[0] for word in ("Öztürk", "Sandström", "Otto")}
    desk.events.invite(event, list(found.values()))
    people = {p.name: p.id for p in desk.events.roster(event)}
    desk.events.answer([people["Jürgen Öztürk"]], "coming")
    desk.events.answer([people["Elin Sandström"]], "waitlist")


@pytest.fixture(scope="module")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The file that every test here begins with."""
    return filled_file(tmp_path_factory, _fill)


@pytest.fixture
def shown(qtbot: QtBot, tmp_path: Path, filled: Path) -> Iterator[OpenWindow]:
    with window_over_copy(qtbot, filled, tmp_path) as window:
        yield window


def _open(shown: OpenWindow, title: str) -> Any:
    page = shown.page("events")
    line = next(line for line in page.overview._lines.values() if line.title == title)
    page.show_id(line.id)
    shown.settle()
    return page


def _names(page: Any, column: int = 0) -> list[str]:
    table = page.roster.table
    return [str(table.index(row, column).data()) for row in range(table.rowCount())]


def _chord(shown: OpenWindow, key: Qt.Key, modifiers: Qt.KeyboardModifier) -> None:
    QTest.keyClick(shown.window.focusWidget() or shown.window, key, modifiers)
    shown.settle()


def _stand_on(shown: OpenWindow, page: Any, name: str) -> None:
    page.roster.list.setFocus()
    page.roster.list.setCurrentIndex(page.roster.table.index(_names(page).index(name), 0))
    shown.settle()


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
        _chord(shown, Qt.Key.Key_V, CTRL | SHIFT)
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
    page = _open(shown, "Advent")
    field = page.roster.detail.event_form.fields["starts_on"]
    field.setFocus()
    _chord(shown, Qt.Key.Key_Down, Qt.KeyboardModifier.AltModifier)
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


def test_eighty_people_of_a_search_are_put_on_the_list_in_six_steps_at_most(shown: OpenWindow) -> None:
    page = shown.page("events")
    page.overview.list.go_to(next(i for i, line in page.overview._lines.items() if line.title == "<i>Sommerfest</i>"))
    with counted() as count:
        QTest.keyClick(page.overview.list, Qt.Key.Key_Return)
        shown.settle()
        _chord(shown, Qt.Key.Key_A, CTRL | SHIFT)
        for letter in "kursbuch":
            QTest.keyClick(page.roster.adding.search, letter)
        shown.settle()
        assert button(page, "Add all 80 found").isVisible()  # the one who has died is not among them
        _chord(shown, Qt.Key.Key_Return, CTRL)
    assert count.done <= 6, count.deeds
    assert len(page.roster.view.people) == 80
    assert shown.window.notices.bar.sentence.text() == "80 people put on the list of “<i>Sommerfest</i>”"


def test_people_are_added_by_name_without_the_mouse_in_three_steps_each(shown: OpenWindow) -> None:
    page = _open(shown, "<i>Sommerfest</i>")
    _chord(shown, Qt.Key.Key_A, CTRL | SHIFT)
    for name in ("ozturk", "sandstr", "Otto", "Anna07"):
        with counted() as count:
            shown.type(name)
            shown.key(Qt.Key.Key_Return)
        assert count.done <= 3, count.deeds
        assert page.roster.adding.search.text() == ""
    assert _names(page) == ["Anna07 Kursbuch", "Jürgen Öztürk", "Elin Sandström", f"{MARKUP} Voss"]
    shown.key(Qt.Key.Key_Escape)
    assert not page.roster.adding.isVisible()


def test_who_is_on_the_list_already_is_not_added_twice(shown: OpenWindow) -> None:
    page = _open(shown, "Advent")
    page.roster.add_people()
    shown.type("Sandström")
    shown.key(Qt.Key.Key_Return)
    assert len(page.roster.view.people) == 3
    assert "is on the list already" in shown.window.notices.bar.sentence.text()


def test_each_key_leads_to_the_first_found_who_is_seen_at_the_top(shown: OpenWindow) -> None:
    page = _open(shown, "<i>Sommerfest</i>")
    page.roster.add_people()
    adding = page.roster.adding
    shown.type("kursbuch")
    adding.list.go_to(adding.table.ids[70])
    for letter in " anna4":
        shown.key(Qt.Key.Key_unknown, letter)
        assert adding.list.current_id == adding.table.ids[0], letter
        assert adding.list.verticalScrollBar().value() == 0


def test_enter_in_the_search_adds_whom_the_list_shows_as_current(shown: OpenWindow) -> None:
    page = _open(shown, "<i>Sommerfest</i>")
    page.roster.add_people()
    adding = page.roster.adding
    shown.type("kursbuch")
    third = adding.table.ids[2]
    adding.list.go_to(third)
    shown.key(Qt.Key.Key_Return)
    assert [person.contact_id for person in page.roster.view.people] == [third]


def test_after_one_was_added_from_the_list_the_next_who_can_be_added_is_current(shown: OpenWindow) -> None:
    page = _open(shown, "<i>Sommerfest</i>")
    page.roster.add_people()
    adding = page.roster.adding
    shown.type("kursbuch")
    third, fourth = adding.table.ids[2:4]
    adding.list.go_to(third)
    adding.list.setFocus()
    shown.key(Qt.Key.Key_Return)
    assert [person.contact_id for person in page.roster.view.people] == [third]
    assert adding.list.current_id == fourth


def test_after_the_button_has_added_all_one_types_the_next_name(shown: OpenWindow) -> None:
    page = _open(shown, "<i>Sommerfest</i>")
    page.roster.add_people()
    shown.type("kursbuch")
    shown.click(page.roster.adding.all)
    added = len(page.roster.view.people)
    shown.type("Otto")
    shown.key(Qt.Key.Key_Return)
    assert len(page.roster.view.people) == added + 1 > 2


def test_adding_is_taken_back_with_one_key(shown: OpenWindow) -> None:
    page = _open(shown, "<i>Sommerfest</i>")
    page.roster.add_people()
    shown.type("Otto")
    shown.key(Qt.Key.Key_Return)
    assert _names(page) == [f"{MARKUP} Voss"]
    _chord(shown, Qt.Key.Key_Z, CTRL)
    assert _names(page) == []


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
    page = _open(shown, "Advent")
    _stand_on(shown, page, f"{MARKUP} Voss")
    if letter == "2":
        shown.key(Qt.Key.Key_1, "1")
    shown.key(key, letter)
    assert _names(page, 1)[_names(page).index(f"{MARKUP} Voss")] == words


def test_companions_are_counted_with_plus_and_minus_and_typed_in_the_detail(shown: OpenWindow) -> None:
    page = _open(shown, "Advent")
    _stand_on(shown, page, "Jürgen Öztürk")
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
    page = _open(shown, "Advent")
    assert page.roster.detail.callout.isVisible()
    assert page.roster.detail.callout.sentence.text() == "Next on the waiting list is Elin Sandström."
    shown.click(button(page.roster.detail, "Move up"))
    assert page.roster.tabs._tabs["waitlist"]._count == 0
    assert not page.roster.detail.callout.isVisible()
    assert shown.window.notices.bar.sentence.text() == "Elin Sandström said yes"


def test_tabs_count_and_show_the_people_of_one_answer(shown: OpenWindow) -> None:
    page = _open(shown, "Advent")
    counts = [tab._count for tab in page.roster.tabs._tabs.values()]
    assert counts == [3, 1, 1, 0, 1]
    shown.click(page.roster.tabs._tabs["coming"])
    assert _names(page) == ["Jürgen Öztürk"]
    shown.click(page.roster.tabs._tabs["declined"])
    assert "Nobody here" in texts(page.roster.empty)


def test_who_goes_to_another_tab_hands_the_current_row_to_the_next(shown: OpenWindow) -> None:
    page = _open(shown, "<i>Sommerfest</i>")
    page.roster.add_people()
    shown.type("kursbuch")
    _chord(shown, Qt.Key.Key_Return, CTRL)
    shown.click(page.roster.tabs._tabs["invited"])
    _stand_on(shown, page, "Anna05 Kursbuch")
    shown.key(Qt.Key.Key_1, "1")
    assert page.roster._people[page.roster.list.current_id].name == "Anna06 Kursbuch"


def test_people_are_taken_off_with_del_and_come_back_with_undo(shown: OpenWindow) -> None:
    page = _open(shown, "Advent")
    _stand_on(shown, page, "Elin Sandström")
    _chord(shown, Qt.Key.Key_Delete, Qt.KeyboardModifier.NoModifier)
    assert "Elin Sandström" not in _names(page)
    shown.click(shown.window.notices.bar.undo_button)
    assert "Elin Sandström" in _names(page)


def test_the_event_is_corrected_in_place(shown: OpenWindow) -> None:
    page = _open(shown, "Advent")
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
    page = _open(shown, "Advent")
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


def test_contacts_of_another_page_are_put_on_the_list_that_one_chooses(shown: OpenWindow) -> None:
    page = shown.page("events")
    ids = list(shown.ask(lambda desk: desk.find.contacts("kursbuch").ids))[:20]
    shown.window.open_page("events", contacts=ids)
    shown.settle()
    dialog = page.findChild(ChooseEvent)
    assert "Put 20 people on the list of …" in texts(dialog)
    dialog.list.go_to(dialog.list.model().ids[0])
    with counted() as count:
        QTest.keyClick(dialog.list, Qt.Key.Key_Return)
        shown.settle()
    assert count.done == 1
    assert page.roster.view.card.title == "<i>Sommerfest</i>"
    assert len(page.roster.view.people) == 20


def test_an_event_to_which_nobody_has_said_yes_says_so(shown: OpenWindow) -> None:
    page = _open(shown, "<i>Sommerfest</i>")
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
            page = _open(window, "Advent")
            entries = [action.text() for action in page.roster.list.menu_actions]
    finally:
        application.removeTranslator(of_qt)
        set_language("en")
    assert {"Eine Begleitperson mehr\t+", "Eine Begleitperson weniger\t-", "Von der Liste nehmen\tEntf"} <= {*entries}


def test_examples_of_days_are_still_to_come(shown: OpenWindow) -> None:
    year = str(dt.date.today().year + 1)
    page = _open(shown, "Advent")
    day = page.roster.detail.event_form.fields["starts_on"]
    day.line.setText("sometime")
    assert not day.commit()
    assert year in day.problem.text()

    def look(dialog: NewEvent) -> None:
        assert year in dialog.day.line.placeholderText()

    day.take_back()
    in_dialog(shown, NewEvent, shown.window.actions_["events.new"].trigger, look)


def test_the_next_event_is_proposed_and_who_thinks_better_of_it_is_back_at_the_contacts(shown: OpenWindow) -> None:
    def add(desk: Desk) -> None:
        for title, days in (("Next year", 365), ("Soon", 1), ("Over", -1)):
            day = dt.date.today() + dt.timedelta(days)
            desk.events.add(EventCard(title=title, starts_on=day.isoformat()))

    shown.ask(add)
    page = shown.page("events")
    shown.page("contacts")
    shown.window.open_page("events", contacts=[1, 2])
    shown.settle()
    dialog = page.findChild(ChooseEvent)
    assert dialog.list.current_id is not None
    chosen = dialog.list.current_id
    assert shown.ask(lambda desk: desk.events.card(chosen)).title == "Soon"
    shown.click(button(dialog, "Cancel"))
    assert shown.window.current_name == "contacts"


def test_contacts_of_another_page_can_begin_a_new_event(shown: OpenWindow) -> None:
    page = shown.page("events")
    ids = list(shown.ask(lambda desk: desk.find.contacts("kiel").ids))
    shown.window.open_page("events", contacts=ids)
    shown.settle()
    shown.click(button(page.findChild(ChooseEvent), "New event"))
    dialog = page.findChild(NewEvent)
    dialog.title.line.setText("Kieler Abend")
    shown.click(button(dialog, "Add event"))
    assert page.roster.view.card.title == "Kieler Abend"
    assert len(page.roster.view.people) == 3


def test_the_list_is_looked_at_before_it_is_printed_or_saved(
    shown: OpenWindow, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    _open(shown, "Advent")
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


def test_deleting_an_event_goes_back_to_the_list_and_undo_brings_it_back(shown: OpenWindow) -> None:
    page = _open(shown, "Advent")
    page.commands()["events.delete"]()
    shown.settle()
    assert not page.at_one_event
    assert page.overview.table.rowCount() == 1
    shown.click(shown.window.notices.bar.undo_button)
    assert page.overview.table.rowCount() == 2


def test_the_place_in_the_navigation_leads_from_one_event_back_to_all(shown: OpenWindow) -> None:
    page = _open(shown, "Advent")
    assert page.at_one_event
    shown.window.actions_["view.events"].trigger()
    assert not page.at_one_event


def test_markup_in_names_is_shown_as_typed_and_everything_has_a_name(shown: OpenWindow) -> None:
    page = _open(shown, "<i>Sommerfest</i>")
    assert page.roster.head.title.text() == "<i>Sommerfest</i>"
    assert all(label.textFormat() == Qt.TextFormat.PlainText for label in page.findChildren(QLabel))
    page.roster.add_people()
    shown.settle()
    assert unnamed(page) == []
    page.show_all()
    shown.settle()
    assert unnamed(page) == []


def test_in_a_narrow_window_the_detail_is_one_step_away(shown: OpenWindow) -> None:
    page = _open(shown, "Advent")
    shown.window.resize(1000, 700)
    QApplication.processEvents()
    assert not page.roster.detail.isVisible()
    shown.click(page.roster.head.more)
    assert page.roster.detail.isVisible()
    shown.click(page.roster.panes.back)
    assert page.roster.list.isVisible()


def test_the_list_of_an_event_goes_to_another_program_as_it_stands(
    shown: OpenWindow, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    target = tmp_path / "guests.csv"
    monkeypatch.setattr(files, "ask_save", lambda *args: target)
    page = _open(shown, "Advent")
    page.roster.tabs.go_to("coming")
    page.roster.tabs.chosen.emit("coming")
    shown.settle()
    assert _names(page) == ["Jürgen Öztürk"]

    def use(dialog: ExportDialog) -> None:
        next(b for b in dialog.findChildren(QRadioButton) if b.text().startswith("Complete table")).click()
        dialog.go.click()

    in_dialog(shown, ExportDialog, shown.window.actions_["events.export"].trigger, use)
    shown.qtbot.waitUntil(target.exists, timeout=5000)
    shown.settle()
    written = target.read_text("utf-8-sig").splitlines()
    assert len(written) == 2
    assert "Öztürk" in written[1]
    empty = _open(shown, "<i>Sommerfest</i>")
    assert "events.export" not in empty.commands(), "there is nobody to hand out"
