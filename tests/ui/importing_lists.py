"""A list that is brought in through the window."""

from __future__ import annotations

from pathlib import Path

from tests.ui.contacts_window import Contacts

from alumnidesk.ui.contacts.importing.room import ImportRoom

TABLE = """Vorname;Nachname;E-Mail;Telefon;Straße;PLZ;Ort;Jahrgang;Lieblingsfarbe
Ömer;Öztürk;oe@post.example;0461 998877;Am Kai 3;24937;Flensburg;1976;blau
Bernd;Mueller;b.mueller@post.example;040 1;;;Lübeck;;
;;;;Nirgends 1;12345;Ort;;
"""


def bring_in(shown: Contacts, *paths: Path) -> ImportRoom:
    """Hand files to the page as a drop on the window does."""
    assert shown.page_.take_files(list(paths))
    shown.settle()
    room = shown.page_.rooms.importing
    assert room is not None
    return room


def check(shown: Contacts, table: Path, text: str = "") -> ImportRoom:
    """Bring in a list, `text` if it has none yet, as far as the check of its lines."""
    if text:
        table.write_text(text, "utf-8")
    room = bring_in(shown, table)
    room.main.click()
    shown.settle()
    return room


def shown_rows(room: ImportRoom) -> list[tuple[str, str]]:
    """Name and state of the lines in the check."""
    table = room.check.table
    return [
        (str(table.index(row, 0).data()).split(",")[0], str(table.index(row, 1).data()))
        for row in range(table.rowCount())
    ]


def names(shown: Contacts) -> list[str]:
    """Who is stored."""
    found: list[str] = shown.ask(lambda desk: [c.name for c in desk.contacts.cards(list(desk.find.contacts().ids))])
    return found


def stand_on(room: ImportRoom, name: str) -> int:
    """Stand on the line with this name; returns its number in the list."""
    row = [shown for shown, _ in shown_rows(room)].index(name)
    room.check.list.go_to(room.check.table.ids[row])
    room.check.list.setFocus()
    return row
