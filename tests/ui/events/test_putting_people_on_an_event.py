"""Whom one puts on the list of an event, from its page and from that of contacts."""

from __future__ import annotations

import datetime as dt

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from tests.ui.counting import counted
from tests.ui.events_window import CTRL, MARKUP, SHIFT, chord, names, open_event
from tests.ui.real_window import OpenWindow, button, texts

from alumnidesk.desk import Desk
from alumnidesk.domain.cards import EventCard
from alumnidesk.ui.events.choose import ChooseEvent
from alumnidesk.ui.events.form import NewEvent


def test_eighty_people_of_a_search_are_put_on_the_list_in_six_steps_at_most(shown: OpenWindow) -> None:
    page = shown.page("events")
    page.overview.list.go_to(next(i for i, line in page.overview._lines.items() if line.title == "<i>Sommerfest</i>"))
    with counted() as count:
        QTest.keyClick(page.overview.list, Qt.Key.Key_Return)
        shown.settle()
        chord(shown, Qt.Key.Key_A, CTRL | SHIFT)
        for letter in "kursbuch":
            QTest.keyClick(page.roster.adding.search, letter)
        shown.settle()
        assert button(page, "Add all 80 found").isVisible()  # the one who has died is not among them
        chord(shown, Qt.Key.Key_Return, CTRL)
    assert count.done <= 6, count.deeds
    assert len(page.roster.view.people) == 80
    assert shown.window.notices.bar.sentence.text() == "80 people put on the list of “<i>Sommerfest</i>”"


def test_people_are_added_by_name_without_the_mouse_in_three_steps_each(shown: OpenWindow) -> None:
    page = open_event(shown, "<i>Sommerfest</i>")
    chord(shown, Qt.Key.Key_A, CTRL | SHIFT)
    for name in ("ozturk", "sandstr", "Otto", "Anna07"):
        with counted() as count:
            shown.type(name)
            shown.key(Qt.Key.Key_Return)
        assert count.done <= 3, count.deeds
        assert page.roster.adding.search.text() == ""
    assert names(page) == ["Anna07 Kursbuch", "Jürgen Öztürk", "Elin Sandström", f"{MARKUP} Voss"]
    shown.key(Qt.Key.Key_Escape)
    assert not page.roster.adding.isVisible()


def test_who_is_on_the_list_already_is_not_added_twice(shown: OpenWindow) -> None:
    page = open_event(shown, "Advent")
    page.roster.add_people()
    shown.type("Sandström")
    shown.key(Qt.Key.Key_Return)
    assert len(page.roster.view.people) == 3
    assert "is on the list already" in shown.window.notices.bar.sentence.text()


def test_each_key_leads_to_the_first_found_who_is_seen_at_the_top(shown: OpenWindow) -> None:
    page = open_event(shown, "<i>Sommerfest</i>")
    page.roster.add_people()
    adding = page.roster.adding
    shown.type("kursbuch")
    adding.list.go_to(adding.table.ids[70])
    for letter in " anna4":
        shown.key(Qt.Key.Key_unknown, letter)
        assert adding.list.current_id == adding.table.ids[0], letter
        assert adding.list.verticalScrollBar().value() == 0


def test_enter_in_the_search_adds_whom_the_list_shows_as_current(shown: OpenWindow) -> None:
    page = open_event(shown, "<i>Sommerfest</i>")
    page.roster.add_people()
    adding = page.roster.adding
    shown.type("kursbuch")
    third = adding.table.ids[2]
    adding.list.go_to(third)
    shown.key(Qt.Key.Key_Return)
    assert [person.contact_id for person in page.roster.view.people] == [third]


def test_after_one_was_added_from_the_list_the_next_who_can_be_added_is_current(shown: OpenWindow) -> None:
    page = open_event(shown, "<i>Sommerfest</i>")
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
    page = open_event(shown, "<i>Sommerfest</i>")
    page.roster.add_people()
    shown.type("kursbuch")
    shown.click(page.roster.adding.all)
    added = len(page.roster.view.people)
    shown.type("Otto")
    shown.key(Qt.Key.Key_Return)
    assert len(page.roster.view.people) == added + 1 > 2


def test_adding_is_taken_back_with_one_key(shown: OpenWindow) -> None:
    page = open_event(shown, "<i>Sommerfest</i>")
    page.roster.add_people()
    shown.type("Otto")
    shown.key(Qt.Key.Key_Return)
    assert names(page) == [f"{MARKUP} Voss"]
    chord(shown, Qt.Key.Key_Z, CTRL)
    assert names(page) == []


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


def test_where_there_is_no_event_yet_contacts_of_another_page_begin_the_first_one(shown: OpenWindow) -> None:
    def delete_all(desk: Desk) -> None:
        for line in desk.events.lines():
            desk.events.delete(line.id)

    shown.ask(delete_all)
    page = shown.page("events")
    ids = list(shown.ask(lambda desk: desk.find.contacts("kiel").ids))
    shown.page("contacts")
    shown.window.open_page("events", contacts=ids)
    shown.settle()
    assert page.findChild(ChooseEvent) is None
    assert any("then 3 people come on its list" in text for text in texts(page.findChild(NewEvent)))
    shown.click(button(page.findChild(NewEvent), "Cancel"))
    assert shown.window.current_name == "contacts"
    shown.window.open_page("events", contacts=ids)
    shown.settle()
    dialog = next(dialog for dialog in page.findChildren(NewEvent) if dialog.isVisible())
    dialog.title.line.setText("Kieler Abend")
    shown.click(button(dialog, "Add event"))
    assert page.roster.view.card.title == "Kieler Abend"
    assert len(page.roster.view.people) == 3
