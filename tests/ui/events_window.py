"""Events, those who may come, and shortcuts, for the tests of the page of events."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from tests.ui.real_window import OpenWindow

from alumnidesk.desk import Desk
from alumnidesk.domain.cards import Address, Affiliation, ContactCard, EventCard

MARKUP = "<b>Otto</b>"
CTRL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier


def fill(desk: Desk) -> None:
    """Many of one course, three with names of their own, one who has died; an event with a list, and one without."""
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


def open_event(shown: OpenWindow, title: str) -> Any:
    """Open an event by its title."""
    page = shown.page("events")
    line = next(line for line in page.overview._lines.values() if line.title == title)
    page.show_id(line.id)
    shown.settle()
    return page


def names(page: Any, column: int = 0) -> list[str]:
    """What stands in a column of its list."""
    table = page.roster.table
    return [str(table.index(row, column).data()) for row in range(table.rowCount())]


def chord(shown: OpenWindow, key: Qt.Key, modifiers: Qt.KeyboardModifier) -> None:
    """Press a key with others."""
    QTest.keyClick(shown.window.focusWidget() or shown.window, key, modifiers)
    shown.settle()


def stand_on(shown: OpenWindow, page: Any, name: str) -> None:
    """Stand on somebody's row."""
    page.roster.list.setFocus()
    page.roster.list.setCurrentIndex(page.roster.table.index(names(page).index(name), 0))
    shown.settle()
