"""A file that may only be read: it says so, it can be looked at, and a copy of it can be changed."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from pytestqt.qtbot import QtBot
from tests.e2e.person import Person
from tests.ui.real_window import button

from alumnidesk.desk import Desk
from alumnidesk.domain.cards import ContactCard
from alumnidesk.ui import files
from alumnidesk.ui.actions import ACTIONS
from alumnidesk.ui.app import Program
from alumnidesk.ui.settings import ASSOCIATION
from alumnidesk.ui.settings.page import TABS
from alumnidesk.ui.widgets.buttons import Button

WHY = "This file may only be read"
CTRL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def person(program: Program, qtbot: QtBot, tmp_path: Path) -> Iterator[Person]:
    """Somebody at a window over a file on a medium that cannot be written."""
    made, disk = tmp_path / "verein.alumnidesk", tmp_path / "medium"
    desk = Desk.create(made)
    desk.contacts.add(ContactCard(given_name="Änne", family_name="Zoll"))
    desk.close(backup=False)
    disk.mkdir()
    mounted = subprocess.run(["mount", "-t", "tmpfs", "-o", "size=8m", "tmpfs", disk], capture_output=True, text=True)
    if mounted.returncode:
        pytest.skip(f"no medium can be mounted here: {mounted.stderr.strip()}")
    try:
        file = Path(shutil.copy(made, disk))
        subprocess.run(["mount", "-o", "remount,ro", disk], check=True)
        program.start(file)
        person = Person(qtbot, program)
        person.window.activateWindow()
        person.press(Qt.Key.Key_2, CTRL)
        yield person
    finally:
        program.stop()
        subprocess.run(["umount", disk], check=True)


def test_it_says_so_and_what_changes_it_is_out_of_reach(person: Person, program: Program) -> None:
    assert person.sees("This file may only be read")
    person.look("read-only")
    grey = {spec.id for spec in ACTIONS if not person.window.actions_[spec.id].isEnabled()}
    assert {"contacts.new", "contacts.import", "contacts.delete", "events.new", "sync.now", "edit.undo"} <= grey
    assert not {"contacts.export_all", "contacts.print", "settings.backup", "file.copy", "view.history"} & grey
    assert WHY in person.window.actions_["contacts.new"].toolTip()
    program.preferences.scale = 125  # the window is built anew
    person.wait()
    assert person.sees("This file may only be read")


def held(person: Person) -> list[str]:
    """The visible buttons that cannot be pressed; each says why."""
    found = [one for one in person.window.findChildren(Button) if one.isVisible() and one.why]
    assert not [one.text() for one in found if one.isEnabled() or WHY not in one.toolTip()]
    assert not [one.text() for one in found if WHY not in one.accessibleDescription()]
    return [one.text() for one in found]


def read_contact(person: Person, qtbot: QtBot) -> Any:
    """The page of contacts with the only one there is beside the list."""
    page: Any = person.window.current_page
    person.window.resize(1366, 768)
    page.list.setFocus()
    page.list.go_to(page.table.ids[0])
    qtbot.waitUntil(lambda: page.detail.card is not None, timeout=10_000)
    person.press(Qt.Key.Key_Return)
    person.wait()
    return page


def test_a_button_that_would_change_it_says_why_not_and_a_copy_is_gone_on_in(
    person: Person, program: Program, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    copy = tmp_path / "kopie.alumnidesk"
    monkeypatch.setattr(files, "ask_save", lambda *_: copy)
    read_contact(person, qtbot)
    assert {"New contact", "Import", "Event", "Other fields", "Add a note"} <= set(held(person))
    for words in ("Export", "More", "Letter", "Save a copy …"):
        assert button(person.window, words).isEnabled()
    person.click("Save a copy …")
    qtbot.waitUntil(lambda: program.path == copy, timeout=10_000)
    assert not person.sees("This file may only be read")
    assert held(person) == []
    new = button(person.window, "New contact")
    assert (new.isEnabled(), new.toolTip(), new.accessibleDescription()) == (True, "", "")
    assert person.window.actions_["contacts.new"].isEnabled()
    person.window.context.deed(lambda desk: desk.contacts.add(ContactCard(given_name="Zoë")))
    qtbot.waitUntil(lambda: person.notice() == "Zoë added", timeout=10_000)


def test_a_line_of_the_detail_is_read_and_copied_and_says_why_it_does_not_open(person: Person, qtbot: QtBot) -> None:
    page = read_contact(person, qtbot)
    head = page.detail.head
    assert WHY in head.toolTip()
    assert WHY in head.accessibleDescription()
    assert head.hasFocus(), "Enter in the list went there"
    assert not person.notice()
    person.press(Qt.Key.Key_Return)
    assert page.detail.forms == {}
    assert WHY in person.notice()
    person.press(Qt.Key.Key_C, CTRL)
    assert QGuiApplication.clipboard().text() == "Änne Zoll"
    person.window.show_read_only(False)
    assert (head.toolTip(), head.accessibleDescription()) == ("", "Enter changes it")
    person.press(Qt.Key.Key_Return)
    assert page.detail.forms


def test_a_form_on_a_page_shows_its_values_and_cannot_be_typed_in(person: Person) -> None:
    person.window.open_page("settings", ASSOCIATION)
    person.wait()
    page: Any = person.window.current_page
    name, country = page.association.fields["name"], page.association.fields["country"]
    assert WHY in name.editor.toolTip()
    name.editor.setFocus()
    person.type("Verein")
    assert name.value == ""
    assert not country.editor.isEnabled()
    person.window.open_page("settings", TABS.index("computer"))
    person.wait()
    assert held(person) == [], "what is kept on this computer can be changed"
    person.window.open_page("settings", TABS.index("consent"))
    person.wait()
    assert not page.purposes.form.fields["email"].editor.isEnabled()
    assert page.purposes.purpose.editor.isEnabled(), "each can be looked at"
    person.window.show_read_only(False)
    person.window.open_page("settings", ASSOCIATION)
    name.editor.setFocus()
    person.type("Verein")
    assert name.value == "Verein"
    assert country.editor.isEnabled()
    name.take_back()


def test_a_letter_can_be_looked_at_in_each_language_and_not_written_in(person: Person) -> None:
    person.window.open_page("letters")
    person.wait()
    page: Any = person.window.current_page
    page.show_all("templates")
    person.wait()
    page._edit(next(iter(page.overview.templates.values())))
    person.wait()
    editor = page.template.write.editor
    assert not editor.body.isEnabled()
    assert editor.name.line.isReadOnly()
    assert WHY in editor.body.toolTip()
    before = editor.body.stored
    person.click("Svenska", editor)
    person.wait()
    assert editor.body.stored not in ("", before)
    person.window.show_read_only(False)
    assert editor.body.isEnabled()
