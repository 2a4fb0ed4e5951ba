"""Follow-ups on Home, in their list, and counted in the navigation wherever one is."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from pytestqt.qtbot import QtBot
from tests.ui.real_window import OpenWindow, button, open_window, texts, unnamed

from alumnidesk.desk import Desk
from alumnidesk.domain.cards import ContactCard, EventCard
from alumnidesk.ui.home.follow_ups import FollowUpRow, due_words
from alumnidesk.ui.home.rows import ThingRow

TODAY = dt.date.today()
MARKUP = "<b>Ask</b> for the key & more"


def _fill(desk: Desk) -> None:
    anna = desk.contacts.add(ContactCard(given_name="Anna", family_name="Müller")).id or 0
    desk.events.add(EventCard(title="Reunion"))
    for text, days in ((MARKUP, -3), ("Call today", 0), ("Much later", 40)):
        desk.notes.add(anna, text, kind="call", due_on=(TODAY + dt.timedelta(days)).isoformat())


@pytest.fixture
def shown(qtbot: QtBot, tmp_path: Path) -> Iterator[OpenWindow]:
    with open_window(qtbot, tmp_path / "home.alumnidesk", _fill) as window:
        yield window


def counted(shown: OpenWindow) -> str:
    return shown.window._navigation._places["home"].accessibleName()


def test_what_is_due_stands_on_home_the_overdue_first_and_is_ticked_off(shown: OpenWindow) -> None:
    page = shown.page("home")
    rows = page.things.findChildren(FollowUpRow)
    seen = texts(page)
    assert MARKUP in seen
    assert "Much later" not in seen
    assert "Call, Anna Müller, 3 days overdue" in seen
    assert "Call, Anna Müller, due today" in seen
    assert unnamed(page) == []
    before = counted(shown)
    rows[0].tick.click()
    shown.settle()
    assert MARKUP not in texts(page)
    shown.qtbot.waitUntil(lambda: counted(shown) != before)
    shown.window.actions_["edit.undo"].trigger()
    shown.settle()
    assert MARKUP in texts(page)


def test_many_things_do_not_push_the_figures_out_of_sight(shown: OpenWindow) -> None:
    def work(desk: Desk) -> None:
        for contact in list(desk.find.contacts().ids):
            for number in range(9):
                desk.notes.add(contact, f"Call {number}", kind="call", due_on=TODAY.isoformat())

    shown.ask(work)
    page = shown.page("home")
    calls = [row for row in page.things.findChildren(FollowUpRow) if row.isVisible()]
    assert len(calls) + len([row for row in page.things.findChildren(ThingRow) if row.isVisible()]) == 5
    assert page.figures.mapTo(shown.window, QPoint(0, 0)).y() < 500
    waiting = len(shown.ask(lambda desk: desk.notes.open(TODAY)))
    button(page, f"{waiting - len(calls)} more are due: all follow-ups").click()
    shown.settle()
    assert len(page.follow_ups.findChildren(FollowUpRow)) >= waiting


def test_a_follow_up_leads_to_its_contact(shown: OpenWindow) -> None:
    page = shown.page("home")
    page.things.findChildren(FollowUpRow)[0].button.click()
    shown.settle()
    assert shown.window.current_name == "contacts"
    shown.qtbot.waitUntil(lambda: shown.window.current_page.detail.card is not None)
    assert shown.window.current_page.detail.card.name == "Anna Müller"


def test_the_navigation_counts_on_every_page(qtbot: QtBot, tmp_path: Path) -> None:
    with open_window(qtbot, tmp_path / "a.alumnidesk", _fill) as shown:
        shown.page("events")
        shown.window.opened(tmp_path / "a.alumnidesk")
        shown.settle()
        qtbot.waitUntil(lambda: "wait" in counted(shown))
        before = counted(shown)
        (first, *_) = shown.ask(lambda desk: desk.notes.open())
        shown.ask(lambda desk: desk.notes.finish(first.id))
        qtbot.waitUntil(lambda: counted(shown) != before)


def test_all_follow_ups_stand_by_when_they_are_due_and_esc_goes_back(shown: OpenWindow) -> None:
    page = shown.page("home")
    shown.window.actions_["home.follow_ups"].trigger()
    shown.settle()
    seen = texts(page.follow_ups)
    assert [head for head in seen if head in ("Overdue", "Today", "The next seven days", "Later")] == [
        "Overdue", "Today", "Later",
    ]  # fmt: skip
    assert MARKUP in seen
    assert "3 are open" in seen
    for _ in range(3):
        page.follow_ups.findChildren(FollowUpRow)[0].tick.click()
        shown.settle()
    assert "Nothing is due" in texts(page.follow_ups)
    button(page.follow_ups, "To the contacts").click()
    shown.settle()
    assert shown.window.current_name == "contacts"
    shown.page("home")
    shown.key(Qt.Key.Key_Escape)
    shown.settle()
    assert page.panes.isVisible()
    assert MARKUP not in texts(page)


@pytest.mark.parametrize(
    ("days", "said"),
    [(-1, "1 day overdue"), (-2, "2 days overdue"), (0, "due today"), (1, "due tomorrow"), (6, "due in 6 days")],
)
def test_when_something_is_due_is_said_as_one_says_it(qtbot: QtBot, days: int, said: str) -> None:
    assert due_words(TODAY + dt.timedelta(days), TODAY) == said
