"""Keeping contacts in step with a CSV file that somebody else keeps, in a real window."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot
from tests.ui.real_window import OpenWindow, button, open_window

from alumnidesk.desk import Desk
from alumnidesk.domain.cards import ContactCard, Email, Phone
from alumnidesk.services.sync_plan import CSV, PartnerCard

TABLE = (
    "Vorname;Nachname;Telefon;E-Mail;Parkplatz\r\n"
    "Anna;Müller;040 1;anna@mail.example;<b>3</b>\r\n"
    "Jörg;Weiß;040 2;joerg@mail.example;\r\n"
)


class WithTable(OpenWindow):
    """The window with the page Sync at its front, and the table."""

    path: Path

    def rest(self) -> None:
        for _ in range(4):
            self.settle()

    def text(self) -> str:
        return self.path.read_bytes().decode("cp1252")


@pytest.fixture
def shown(qtbot: QtBot, tmp_path: Path) -> Iterator[WithTable]:
    path = tmp_path / "Kursliste.csv"
    path.write_bytes(TABLE.encode("cp1252"))

    def fill(desk: Desk) -> None:
        desk.contacts.add(
            ContactCard(given_name="Anna", family_name="Müller", phones=(Phone("0160 5", "mobile"),),
                        emails=(Email("anna@mail.example"),))
        )  # fmt: skip
        desk.syncing.add(PartnerCard(name="Kursliste", kind=CSV, place=str(path)))

    with open_window(qtbot, tmp_path / "a.alumnidesk", fill) as opened:
        found = WithTable(qtbot, opened.window, opened.tasks)
        found.path = path
        yield found


def test_the_first_sync_says_what_happens_to_the_table_before_anything_is_written(shown: WithTable) -> None:
    page = shown.page("sync")
    shown.rest()
    shown.window.actions_["sync.now"].trigger()
    shown.rest()
    plan = page.plan
    below = plan.head.below.text()
    assert "column “AlumniDesk-ID”" in below
    assert "Left alone: “Parkplatz”" in below
    assert shown.text() == TABLE
    assert {row.name for row in plan._rows} == {"Anna Müller", "Jörg Weiß"}
    assert "Kursliste.csv:3" in [row.item.place for row in plan._rows]
    plan.main.click()
    shown.rest()
    assert shown.text().split("\r\n")[0] == "Vorname;Nachname;Telefon;E-Mail;Parkplatz;AlumniDesk-ID"
    assert "040 1" in shown.text()


def test_very_many_new_rows_are_allowed_or_not(shown: WithTable) -> None:
    page = shown.page("sync")
    shown.rest()
    shown.ask(lambda desk: [desk.contacts.add(ContactCard(family_name=f"Neu{n}")) for n in range(60)])
    shown.window.actions_["sync.now"].trigger()
    shown.rest()
    assert page.plan.many.head.text() == "60 contacts would be added there."
    assert shown.text() == TABLE
    button(page.plan, "It is right, add them and sync").click()
    shown.rest()
    assert shown.text().count("\r\n") == 63
