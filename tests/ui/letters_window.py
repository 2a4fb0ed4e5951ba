"""People, an event and shortcuts for the tests of letters and mailings."""

from __future__ import annotations

import threading
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget
from tests.ui.real_window import OpenWindow, button

from alumnidesk.desk import Desk
from alumnidesk.domain.association import Association
from alumnidesk.domain.cards import Address, ContactCard, EventCard
from alumnidesk.ui import files
from alumnidesk.ui.letters.steps import OUTPUT

MARKUP = "<b>Otto</b>"


def _person(given: str, family: str, **more: Any) -> ContactCard:
    address = Address(street="Lindenweg 14", postcode="22767", town="Hamburg")
    return ContactCard(
        **{
            "given_name": given,
            "family_name": family,
            "gender_form": "f",
            "addresses": (address,),
            "language": "en",
            **more,
        }
    )


def fill(desk: Desk) -> None:
    """An association and fourteen people on an event's list, each of them a case of its own."""
    desk.settings.save(
        Association(
            name="Freundeskreis Lindenhof e. V.",
            street="Lindenhof 1",
            postcode="24937",
            town="Flensburg",
            signatory="Ruth Petersen",
            language="de",
        )
    )
    people = [desk.contacts.add(_person(f"Anna{n:02}", "Kurs")) for n in range(8)]
    people += [
        desk.contacts.add(card)
        for card in (
            _person(MARKUP, "Voss"),
            _person(
                "Elin",
                "Sandström",
                language="sv",
                addresses=(Address(street="Östra Vägen 3", postcode="903 26", town="Umeå", country="SE"),),
            ),
            _person("Greta", "Ohne", addresses=()),
            _person("Karl", "Keine", no_post=True),
            _person("Alex", "Muster", gender_form="", language="de"),
            _person("Ute", "Lang", addresses=(Address(street="Weg " * 60, postcode="24937", town="Flensburg"),)),
        )
    ]
    event = (
        desk.events.add(
            EventCard(title="Ehemaligentreffen", starts_on="2026-12-12", starts_at="15:00", place="Großer Saal")
        ).id
        or 0
    )
    desk.events.invite(event, [person.id or 0 for person in people])
    first = desk.events.roster(event)
    desk.events.answer([p.id for p in first if p.name == "Anna00 Kurs"], "declined")


def from_event(shown: OpenWindow) -> Any:
    """The page of letters after “Letter” was pressed at the event."""
    events = shown.page("events")
    QTest.keyClick(events.overview.list, Qt.Key.Key_Return)
    shown.settle()
    shown.click(button(events, "Letter"))
    return shown.window.current_page


def at_step(shown: OpenWindow, step: int) -> Any:
    """The page of letters with a mailing to an event's list, at one of its steps."""
    page = from_event(shown)
    for _ in range(step):
        shown.click(page.steps.next)
    assert page.steps.step == step
    return page


def about_to_save(shown: OpenWindow, patch: pytest.MonkeyPatch, out: Path) -> Any:
    """The page of letters at the last step; whatever is saved goes to this file."""
    patch.setattr(files, "ask_save", lambda *_: out)
    return at_step(shown, OUTPUT)


def names(page: Any) -> list[str]:
    """The rows of the check, as a screen reader says them."""
    table = page.steps.check.table
    return [str(table.index(row, 0).data()) for row in range(table.rowCount())]


def stand_on(shown: OpenWindow, page: Any, name: str) -> None:
    """Stand on somebody's row of the check."""
    row = next(i for i, text in enumerate(names(page)) if text.startswith(name))
    page.steps.check.list.setCurrentIndex(page.steps.check.table.index(row, 0))
    shown.settle()


def stop_at_once(shown: OpenWindow, go: QWidget) -> None:
    """Press a button, and stop what it began before it is done."""
    go_on = threading.Event()
    shown.tasks.run(lambda desk: go_on.wait(10))  # the owner thread is busy, as it is with thousands of letters
    QTest.mouseClick(go, Qt.MouseButton.LeftButton)
    shown.qtbot.waitUntil(shown.window.status.cancel.isVisible, timeout=5000)
    QTest.mouseClick(shown.window.status.cancel, Qt.MouseButton.LeftButton)
    go_on.set()
    shown.settle()
