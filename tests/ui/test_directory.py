"""A directory through the window: what it is to be, who stands in it, its pages, and the file."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot
from tests.printed_pages import words_of
from tests.ui.contacts_window import Contacts, contacts_window, people
from tests.ui.real_window import in_dialog, unnamed

from alumnidesk.desk import Desk
from alumnidesk.domain.cards import COMING, EventCard
from alumnidesk.domain.consent import DIRECTORY, PRINT, YES, Sending
from alumnidesk.ui import files
from alumnidesk.ui.directory.dialog import DirectoryDialog
from alumnidesk.ui.printing.dialog import PrintDialog


def agreed(desk: Desk) -> None:
    """The usual people, of whom Anna, Dagmar and Carla, who has died, agreed."""
    people(desk)
    wanted = [id for name in ("anna", "dagmar", "carla") for id in desk.find.contacts(name).ids]
    desk.consents.answer(wanted, Sending(DIRECTORY, PRINT), YES)


@pytest.fixture
def shown(qtbot: QtBot, tmp_path: Path) -> Iterator[Contacts]:
    with contacts_window(qtbot, tmp_path / "c.alumnidesk", agreed) as window:
        yield window


def with_dialog(shown: Contacts, action: str, use: Callable[[DirectoryDialog], object]) -> None:
    in_dialog(shown, DirectoryDialog, shown.window.actions_[action].trigger, use)


def to_the_pages(
    shown: Contacts, use: Callable[[DirectoryDialog], object], look: Callable[[PrintDialog], object]
) -> None:
    """Ask for a directory, go on from its dialog, and look at its pages."""

    def choose() -> None:
        dialog = QApplication.activeModalWidget()
        if isinstance(dialog, DirectoryDialog) and not shown.tasks.busy:
            use(dialog)
            dialog.go.click()
        else:
            QTimer.singleShot(20, shown.window, choose)

    QTimer.singleShot(20, shown.window, choose)
    in_dialog(shown, PrintDialog, shown.window.actions_["contacts.directory"].trigger, look)


def planned(shown: Contacts, dialog: DirectoryDialog, n: int) -> None:
    shown.qtbot.waitUntil(lambda: dialog.standing.text().startswith(f"{n} "), timeout=5000)


def test_one_sees_who_stands_in_it_and_who_not_before_the_pages(
    shown: Contacts, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    target, seen = tmp_path / "directory.pdf", []
    monkeypatch.setattr(files, "ask_save", lambda *args: target)

    def use(dialog: DirectoryDialog) -> None:
        planned(shown, dialog, 2)
        assert unnamed(dialog) == []  # type: ignore[arg-type]
        assert "Carla Wied: Has died" in dialog.out.toPlainText()
        assert "Milan Novák: Has not agreed to “Printed directory”" in dialog.out.toPlainText()
        assert dialog.lacks.isHidden()
        dialog.details["email"].click()
        shown.qtbot.waitUntil(lambda: not dialog.lacks.isHidden(), timeout=5000)
        assert dialog.lacks.toPlainText() == "Dagmar Zacharias: E-mail not shown: Wants no e-mails"
        dialog.order.box.setCurrentIndex(dialog.order.box.findData("town"))
        dialog.title.line.setText("Ehemalige <b>")

    def look(dialog: PrintDialog) -> None:
        seen.append((dialog.preview.pages, dialog.preview.text))
        dialog.save.click()
        shown.qtbot.waitUntil(target.exists, timeout=5000)

    to_the_pages(shown, use, look)
    shown.settle()
    ((pages, title),) = seen
    assert pages == 4
    assert "Ehemalige <b>" in title
    said = words_of(target)
    for text in ("Müller, Anna", "anna@mail.example", "Zacharias, Dagmar", "Hamburg", "Kiel"):
        assert text in said
    for text in ("dagmar@mail.example", "Wied", "66969"):
        assert text not in said


def test_what_was_chosen_is_offered_again(shown: Contacts, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    def first(dialog: DirectoryDialog) -> None:
        planned(shown, dialog, 2)
        dialog.columns.box.setCurrentIndex(1)
        dialog.order.box.setCurrentIndex(dialog.order.box.findData("cohort"))
        dialog.details["address"].click()
        dialog.note.line.setText("Nur für uns")

    def again(dialog: DirectoryDialog) -> None:
        style = dialog.style_
        assert (style.columns, style.order, style.note) == (1, "cohort", "Nur für uns")
        assert style.details == {"birth_name", "cohort"}
        dialog.reject()

    to_the_pages(shown, first, lambda dialog: dialog.reject())
    with_dialog(shown, "contacts.directory", again)


def test_where_nobody_agreed_there_is_nothing_to_look_at(shown: Contacts) -> None:
    shown.search("novak")
    shown.settle()

    def use(dialog: DirectoryDialog) -> None:
        planned(shown, dialog, 0)
        assert not dialog.go.isEnabled()
        dialog.reject()

    with_dialog(shown, "contacts.directory", use)


def test_those_on_the_list_of_an_event_stand_in_a_directory(shown: Contacts) -> None:
    def invite(desk: Desk) -> int:
        event = desk.events.add(EventCard(title="Reunion")).id or 0
        desk.events.invite(event, list(desk.find.contacts("anna").ids))
        desk.events.answer([one.id for one in desk.events.roster(event)], COMING)
        return event

    shown.page("events", shown.ask(invite))

    def use(dialog: DirectoryDialog) -> None:
        planned(shown, dialog, 1)
        dialog.reject()

    with_dialog(shown, "events.directory", use)
