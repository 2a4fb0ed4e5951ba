"""Two of each, and shortcuts, for the tests of finding, comparing and merging duplicates."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget
from tests.ui.real_window import OpenWindow

from alumnidesk.desk import Desk
from alumnidesk.domain.cards import Address, Affiliation, ContactCard, Email, EventCard, Phone

MARKUP = "<b>Otto</b>"


def fill(desk: Desk) -> None:
    """Anna twice (married, moved house), Björn with his names swapped, Otto twice, and somebody who is there once."""
    desk.contacts.add(
        ContactCard(
            given_name="Anna", family_name="Müller", birth_date="1979-04-12", tags=("Mentor",),
            emails=(Email("anna@mail.example"),), phones=(Phone("+49 40 66969 123"),),
            addresses=(Address("Lindenweg", "14", postcode="22767", town="Hamburg"),),
            affiliations=(Affiliation("participant", programme="12 B", cohort_from=1998, cohort_to=1998),),
        )
    )  # fmt: skip
    desk.contacts.add(
        ContactCard(
            given_name="Anna", family_name="Mueller-Wied", birth_name="Müller", birth_date="1979", tags=("Donor",),
            emails=(Email("wied@post.example"),), phones=(Phone("040 66969123"),), no_post=True,
            addresses=(Address("Am Kai", "3", postcode="24103", town="Kiel"),),
        )
    )  # fmt: skip
    for given, family in (("Björn", "Åkesson"), ("Åkesson", "Björn")):
        desk.contacts.add(ContactCard(given_name=given, family_name=family, emails=(Email("b@brev.example"),)))
    for town in ("Kiel", "Lübeck"):
        desk.contacts.add(ContactCard(given_name=MARKUP, family_name="Zwirn", addresses=(Address(town=town),)))
    desk.contacts.add(ContactCard(given_name="Milan", family_name="Novák"))
    event = desk.events.add(EventCard(title="Reunion", starts_on="2026-12-12")).id or 0
    desk.events.invite(event, [1, 2])
    desk.notes.add(2, "Moved to Kiel")


def find(shown: OpenWindow) -> Any:
    """The room of the duplicates, after the search."""
    shown.window.actions_["contacts.duplicates"].trigger()
    rest(shown)
    page: Any = shown.window.current_page
    return page.rooms.duplicates


def rest(shown: OpenWindow) -> None:
    """Wait until nothing is under way: a deed, the pages that follow it, their lines."""
    for _ in range(4):
        shown.settle()


def press(shown: OpenWindow, key: Qt.Key, text: str = "") -> None:
    """A key where the focus is."""
    shown.key(key, text)
    rest(shown)


def click(shown: OpenWindow, widget: QWidget) -> None:
    """A click on a widget."""
    shown.click(widget)
    rest(shown)


def pairs(room: Any) -> list[tuple[str, str]]:
    """The names in the list."""
    table = room.table
    return [tuple(str(table.index(row, column).data()) for column in (0, 1)) for row in range(table.rowCount())]  # type: ignore[misc]


def stand_on(shown: OpenWindow, room: Any, name: str) -> None:
    """Stand on the pair whose first contact has this name."""
    row = next(n for n, pair in enumerate(pairs(room)) if pair[0].startswith(name))
    room.list.go_to(room.table.ids[row])
    rest(shown)


def comparing(shown: OpenWindow, name: str) -> Any:
    """The comparison of the pair whose first contact has this name, opened by keyboard."""
    room = find(shown)
    stand_on(shown, room, name)
    press(shown, Qt.Key.Key_Return)
    assert room.places.currentWidget() is room.comparison
    return room.comparison


def names(shown: OpenWindow) -> list[str]:
    """Everybody in use."""
    return sorted(line.name for line in shown.ask(lambda desk: desk.find.lines(desk.find.contacts().ids)))
