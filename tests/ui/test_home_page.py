"""Home in a real window over a real file."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot
from tests.ui.real_window import OpenWindow, button, open_window, texts, unnamed

from alumnidesk.desk import Desk
from alumnidesk.domain.cards import Affiliation, ContactCard, Email, EventCard
from alumnidesk.ui.home.rows import ThingRow

TITLE = "<b>Reunion</b> & friends"


def _fill(desk: Desk) -> None:
    ids = [
        desk.contacts.add(ContactCard(
            given_name="Anna", family_name=f"Müller {year}", emails=(Email("a@mail.example"),),
            affiliations=(Affiliation(unit="School", cohort_to=year),),
        )).id or 0
        for year in (1978, 1998, 1999)
    ]  # fmt: skip
    soon = (dt.date.today() + dt.timedelta(days=5)).isoformat()
    event = desk.events.add(EventCard(title=TITLE, starts_on=soon, capacity=10)).id or 0
    desk.events.invite(event, ids)
    desk.events.answer([desk.events.roster(event)[0].id], "coming")


@pytest.fixture
def shown(qtbot: QtBot, tmp_path: Path) -> Iterator[OpenWindow]:
    with open_window(qtbot, tmp_path / "home.alumnidesk", _fill) as window:
        yield window


@pytest.fixture
def new(qtbot: QtBot, tmp_path: Path) -> Iterator[OpenWindow]:
    with open_window(qtbot, tmp_path / "new.alumnidesk") as window:
        yield window


def test_what_needs_one_stands_with_its_remedy_and_is_counted_in_the_navigation(shown: OpenWindow) -> None:
    page = shown.page("home")
    seen = texts(page)
    assert f"2 answers to “{TITLE}” are missing" in seen
    assert "Your letters have no sender yet" in seen
    assert "2 things need you. The rest can wait." in seen
    assert not [text for text in seen if "backup" in text]  # made just now
    shown.page("settings").show_id(4)
    shown.page("home")
    button(page, "Fill in").click()
    shown.settle()
    assert shown.window.current_name == "settings"
    assert shown.window.current_page.tabs.current == "association"


def test_a_remedy_leads_to_the_event_it_is_about(shown: OpenWindow) -> None:
    page = shown.page("home")
    button(page, "Show the list").click()
    shown.settle()
    assert shown.window.current_name == "events"
    assert TITLE in texts(shown.window.current_page)


def test_invitations_that_are_not_printed_lead_to_a_mailing_to_the_list(shown: OpenWindow) -> None:
    event = shown.ask(lambda desk: desk.events.lines()[0].id)
    people = shown.ask(lambda desk: [p.id for p in desk.events.roster(event)])
    shown.ask(lambda desk: desk.events.answer(people, "invited"))
    page = shown.page("home")
    button(page, "Write them").click()
    shown.settle()
    assert shown.window.current_name == "letters"
    assert any("3 recipients" in text for text in texts(shown.window.current_page))


def test_a_need_is_gone_when_it_is_seen_to(shown: OpenWindow) -> None:
    page = shown.page("home")
    event = shown.ask(lambda desk: desk.events.lines()[0].id)
    shown.ask(lambda desk: desk.events.answer([p.id for p in desk.events.roster(event)], "declined"))
    shown.settle()
    assert not [text for text in texts(page) if "missing" in text]


def test_the_first_letter_goes_over_to_the_contacts_and_one_types_on(shown: OpenWindow) -> None:
    shown.page("home")
    shown.type("müller 1998")
    assert shown.window.current_name == "contacts"
    page = shown.window.current_page
    assert page.search.text() == "müller 1998"
    assert page.table.rowCount() == 1


def test_the_chart_turns_into_a_table_with_the_same_numbers(shown: OpenWindow) -> None:
    page = shown.page("home")
    assert "1970s: 1, 1980s: 0, 1990s: 2" in page.figures.chart.accessibleDescription()
    button(page, "Show as table").click()
    shown.settle()
    assert page.figures.list.isVisible()
    cells = [page.figures.table.index(row, column).data() for row in range(3) for column in range(2)]
    assert cells == ["1970s", "1", "1980s", "0", "1990s", "2"]


def test_every_column_of_the_chart_leads_to_its_people_by_mouse_and_keyboard(shown: OpenWindow) -> None:
    page = shown.page("home")
    chart = page.figures.chart
    shown.click(chart, QPoint(round(chart._pitch() * 2.5), chart.height() // 2))
    contacts = shown.window.current_page
    assert (shown.window.current_name, contacts.search.text()) == ("contacts", "cohort:1990..1999")
    assert contacts.table.rowCount() == 2
    shown.qtbot.waitUntil(lambda: contacts.detail.card is not None, timeout=5000)  # it has fields to search in, too
    shown.window.actions_["contacts.bin"].trigger()
    shown.page("home")
    chart.setFocus()
    shown.key(Qt.Key.Key_Left)
    shown.key(Qt.Key.Key_Left)
    assert chart.accessibleName() == "Contacts by the decade of their cohort: 1970s, 1"
    shown.key(Qt.Key.Key_Return)
    assert contacts.search.text() == "cohort:1970..1979"
    assert contacts.table.rowCount() == 1
    assert contacts.list.isVisible()


def test_a_row_of_the_table_leads_to_its_people_too(shown: OpenWindow) -> None:
    page = shown.page("home")
    button(page, "Show as table").click()
    shown.settle()
    page.figures.list.setCurrentIndex(page.figures.table.index(2, 0))
    page.figures.list.setFocus()
    shown.key(Qt.Key.Key_Return)
    assert shown.window.current_page.search.text() == "cohort:1990..1999"


def test_lately_leads_to_the_deed_in_the_history_by_keyboard(shown: OpenWindow) -> None:
    page = shown.page("home")
    page.lately.setFocus()
    shown.key(Qt.Key.Key_Down)
    wanted = page.lately._entries[1].id
    shown.key(Qt.Key.Key_Return)
    assert shown.window.current_name == "history"
    assert shown.window.current_page.list.current_id == wanted


def test_a_new_file_shows_its_first_steps_with_a_tick_at_what_is_done(new: OpenWindow) -> None:
    page = new.page("home")
    assert "Welcome. Three steps, and your first letter can go out." in texts(page)
    assert "Done" not in texts(page)
    new.ask(lambda desk: desk.contacts.add(ContactCard(given_name="Anna", family_name="Müller")))
    new.settle()
    assert texts(page).count("Done") == 1
    assert not page.figures.isVisible()


def test_the_first_steps_stand_close_together_however_much_room_there_is(new: OpenWindow) -> None:
    page = new.page("home")
    rows = page.things.findChildren(ThingRow)
    assert len(rows) == 3
    for row in rows:
        assert row.height() <= row.layout().totalHeightForWidth(row.width()) + 1


def test_titles_are_shown_as_typed_and_every_control_has_a_name(shown: OpenWindow) -> None:
    page = shown.page("home")
    assert unnamed(page) == []
    assert all(label.textFormat() == Qt.TextFormat.PlainText for label in page.findChildren(QLabel))
