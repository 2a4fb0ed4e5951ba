"""The story of the first day, through the real window, with mouse and keys: from a contact list to printed letters."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot
from tests.e2e.person import PATIENCE, Person
from tests.printed_pages import pages_of
from tests.ui.counting import counted

from alumnidesk.desk import Desk
from alumnidesk.ui import files
from alumnidesk.ui.app import Program
from alumnidesk.ui.contacts.export_dialog import ExportDialog
from alumnidesk.ui.contacts.section import FactLine
from alumnidesk.ui.welcome import WelcomeWindow

EXPORTS = Path(__file__).parent.parent / "corpus" / "exports"
CTRL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier


def test_from_a_contact_list_to_printed_invitations(
    program: Program, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    person = Person(qtbot, program)

    # 1. First start: a sample association that looks alive.
    program.start(None)
    assert isinstance(program.window, WelcomeWindow)
    person.look("first-start")
    person.click("Open the sample")
    window = person.window
    window.resize(1366, 768)
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow, timeout=PATIENCE)
    person.look("sample")
    person.press(Qt.Key.Key_2, CTRL)
    assert _number_of(program) == 240

    # 2. A list is dragged in; nothing is written before “Import”; one Undo takes all of it back.
    person.drop(_own_list(tmp_path))
    person.look("import-columns")
    assert person.sees("nothing is written before you press “Import”")
    person.press(Qt.Key.Key_Return)
    person.look("import-check")
    assert _number_of(program) == 240
    person.click("Import 40 lines")
    person.look("imported")
    assert person.sees("40 contacts imported")
    assert _number_of(program) == 280
    person.press(Qt.Key.Key_Z, CTRL)
    assert _number_of(program) == 240
    person.press(Qt.Key.Key_Z, CTRL | SHIFT)
    assert _number_of(program) == 280

    # 3. A few letters find somebody; the address is corrected where it stands, and taken back.
    window.open_page("contacts")
    with counted() as count:
        person.press(Qt.Key.Key_K, CTRL)
        person.type("muller hamb")
        person.look("found")
        person.press(Qt.Key.Key_Down)
    assert count.done <= 3, count.deeds
    page = window.current_page
    qtbot.waitUntil(lambda: page.detail.card is not None and page.detail.card.name == "Anna Müller", timeout=PATIENCE)
    person.wait()
    anna = page.detail.card
    with counted() as count:
        person.click(_fact(page, "Address"))
        person.type("Am Kai 3")
        person.press(Qt.Key.Key_Return)
    assert count.done <= 3, count.deeds
    person.look("corrected")
    assert page.detail.card.addresses[0].street == "Am Kai 3"
    person.press(Qt.Key.Key_Z, CTRL)
    assert page.detail.card.addresses == anna.addresses

    # 4. A new event; eighty people of a search are put on its list; the roster shows who comes.
    with counted() as count:
        person.press(Qt.Key.Key_V, CTRL | SHIFT)
        person.type("Ehemaligentreffen")
        person.press(Qt.Key.Key_Tab)
        person.type("12.12.2026")
        person.press(Qt.Key.Key_Return)
        person.press(Qt.Key.Key_A, CTRL | SHIFT)
        person.type("example")
        person.press(Qt.Key.Key_Return, CTRL)
    assert count.done <= 8, count.deeds
    person.look("invited")
    roster = window.current_page.roster
    invited = len(roster.view.people)
    assert invited >= 80
    person.press(Qt.Key.Key_Escape)
    roster.list.setFocus()
    person.type("1")
    person.press(Qt.Key.Key_Down)
    person.type("3")
    person.look("roster")
    counts = {name: tab._count for name, tab in roster.tabs._tabs.items()}
    assert (counts["coming"], counts["declined"], counts["invited"]) == (1, 1, invited - 2)

    # 5. The invitation: every letter is seen before it is printed, what is wrong stands first.
    letters = _print_invitations(person, program, tmp_path / "Einladungen.pdf", monkeypatch)

    # 6. The list goes to Thunderbird, to a phone, and as a table.
    _export(person, program, tmp_path, monkeypatch)

    # 7. Closed and opened again: everything is there, and a backup was made without being asked for.
    path = program.path
    assert path is not None
    program.stop()
    desk = Desk.open(path)
    try:
        event = next(line for line in desk.events.lines() if line.title == "Ehemaligentreffen")
        assert len(desk.events.roster(event.id)) == invited
        assert desk.mailings.all()[0].letters == letters
        newest = desk.backups.newest()
        assert newest is not None
        assert newest.verified
        assert newest.contacts == 280
    finally:
        desk.close(backup=False)


def _number_of(program: Program) -> int:
    """How many contacts the open file has."""
    answers: list[int] = []
    program.tasks.run(lambda desk: len(desk.find.contacts().ids), answers.append)
    while not answers:
        QApplication.processEvents()
    return answers[0]


def _fact(page: Any, label: str) -> FactLine:
    """The line of the contact's detail with this label."""
    return next(f for f in page.detail.findChildren(FactLine) if f.fact.label == label and not f.isHidden())


def _print_invitations(person: Person, program: Program, out: Path, monkeypatch: pytest.MonkeyPatch) -> int:
    """From the list of the event to one PDF in print order; returns the number of letters."""
    with counted() as count:
        person.click("Letter")
        person.look("letter-recipients")
        letters: Any = person.window.current_page
        steps = letters.steps
        while steps.step < 2:
            person.click(steps.next)
            person.look(f"letter-step-{steps.step + 1}")
    assert count.done <= 6, count.deeds
    plan = steps.checked.plan
    assert len(plan.letters) >= 60
    reasons = {str(finding.reason) for finding in (*plan.left_out, *plan.looks)}
    assert {"No postal address", "Deceased"} & reasons
    assert {letter.language for letter in plan.letters} >= {"de", "en"}
    monkeypatch.setattr(files, "ask_save", lambda *_: out)
    with counted() as count:
        person.click(steps.next)
        person.look("letters-ready")
        person.click("Save as PDF")
        person.look("letters-saved")
    assert count.done <= 2, count.deeds
    pages = pages_of(out)
    assert len(pages) == len(plan.letters)
    for page, letter in zip(pages, plan.letters, strict=True):
        assert all(line in page for line in letter.address if line.isascii()), letter.address
    return len(plan.letters)


def _export(person: Person, program: Program, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Hand the people of a search to Thunderbird, a phone and a table; each file is read by its own reader."""
    window = person.window
    window.open_page("contacts")
    person.press(Qt.Key.Key_K, CTRL)
    person.press(Qt.Key.Key_A, CTRL)
    person.type("hamburg")
    page: Any = window.current_page
    wanted = page.table.rowCount()
    for number, (name, ending) in enumerate((("Thunderbird", ".csv"), ("Phone", ".vcf"), ("Complete", ".csv"))):
        target = folder / f"{name}{ending}"
        monkeypatch.setattr(files, "ask_save", lambda *_, target=target: target)

        def choose(name: str = name, picture: int = number) -> None:
            dialog = QApplication.activeModalWidget()
            assert isinstance(dialog, ExportDialog)
            choice = next(b for b in dialog.buttons.buttons() if b.text().startswith(name))
            choice.click()
            person.wait()
            if not picture and person.pictures:
                dialog.grab().save(str(person.pictures / "export.png"))
            dialog.go.click()

        with counted() as count:
            QTimer.singleShot(300, choose)
            person.click("Export")
        assert count.done + 2 <= 4, count.deeds
        person.wait()
        assert target.exists()
        seen = Desk.create(folder / f"{name}.alumnidesk")
        try:
            preview = seen.importing.preview(target)
            assert wanted - 5 <= len(preview.rows) <= wanted
        finally:
            seen.close(backup=False)


def _own_list(folder: Path) -> Path:
    return Path(shutil.copy(EXPORTS / "google-new.csv", folder / "contacts.csv"))
