"""Whoever presses the verb of a dialog twice, as with a double click, does it once."""

from __future__ import annotations

import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from tests.ui.contacts_window import Contacts, builder, type_in

from alumnidesk.domain.cards import Address, ContactCard
from alumnidesk.domain.envelope_windows import MeasuredWindow
from alumnidesk.ui import files
from alumnidesk.ui.contacts.saved.dialogs import ListDialog
from alumnidesk.ui.labels.own_sheet import OwnSheetDialog
from alumnidesk.ui.printing.dialog import PrintDialog
from alumnidesk.ui.settings.own_window import OwnWindowDialog
from alumnidesk.ui.widgets.buttons import Button

Opened = Callable[[Contacts], Any]
"""Opens a dialog, fills it and returns the button of its verb."""


def dialog_of(shown: Contacts, action: str) -> Any:
    """The dialog that an action opens."""
    shown.window.actions_[action].trigger()
    shown.qtbot.waitUntil(lambda: QApplication.activeModalWidget() is not None, timeout=5000)
    return QApplication.activeModalWidget()


def new_event(shown: Contacts) -> Any:
    shown.page("events")
    dialog = dialog_of(shown, "events.new")
    type_in(dialog.title.line, "Treffen")
    type_in(dialog.day.line, "12.12.2030")
    return dialog.made[1]


def list_dialog(shown: Contacts) -> ListDialog:
    contacts, lists = shown.ask(lambda desk: (list(desk.find.contacts().ids), desk.lists.all()))
    dialog = ListDialog(shown.window.context, contacts, "", lists, shown.window)
    dialog.open()
    type_in(dialog.line, "Reunion")
    return dialog


def new_list(shown: Contacts) -> Any:
    return list_dialog(shown).put


def off_a_list(shown: Contacts) -> Any:
    shown.ask(lambda desk: desk.lists.freeze("Reunion", list(desk.find.contacts().ids)))
    return list_dialog(shown).take


def household(shown: Contacts) -> Any:
    shown.page_.search.setText("müller")
    shown.settle()
    shown.page_.list.selectAll()
    return dialog_of(shown, "contacts.household").do


def proposed_households(shown: Contacts) -> Any:
    at = (Address(street="Weg 1", postcode="24937", town="Flensburg"),)
    for name in ("Ada", "Bo"):
        card = ContactCard(given_name=name, family_name="Zorn", addresses=at)
        shown.ask(lambda desk, card=card: desk.contacts.add(card))  # type: ignore[misc]
    return dialog_of(shown, "contacts.households").make


def own_sheet(shown: Contacts) -> Any:
    dialog = OwnSheetDialog(shown.window.context, shown.window, envelopes=True)
    dialog.open()
    dialog.form.fields["name"].type_in("Drawer 3")
    dialog.form.fields["kind"].set_value("envelope")
    dialog.form.fields["width"].type_in("220")
    dialog.form.fields["height"].type_in("110")
    return dialog.go


def own_window(shown: Contacts) -> Any:
    dialog = OwnWindowDialog(shown.window.context, MeasuredWindow(20, 45, 90, 45), shown.window)
    dialog.open()
    dialog.form.fields["width"].type_in("80")
    return dialog.go


def saved_search(shown: Contacts) -> Any:
    shown.ask(lambda desk: desk.segments.save("North", "town:kiel"))
    dialog = builder(shown, "segment:north")
    town = dialog.groups[0].lines[0].first
    assert town is not None
    type_in(town.line, "hamburg")
    return dialog.save


@pytest.mark.parametrize(
    "opened",
    [
        new_event,
        new_list,
        off_a_list,
        household,
        proposed_households,
        own_sheet,
        own_window,
        saved_search,
    ],
)
def test_a_verb_that_is_pressed_twice_does_its_deed_once(
    shown: Contacts, opened: Opened, monkeypatch: pytest.MonkeyPatch
) -> None:
    problems = list[BaseException]()
    monkeypatch.setattr(shown.window.context.messages, "show", problems.append)
    done = list[object]()
    verb = opened(shown)
    shown.settle()
    shown.window.deeds.changed.connect(done.append)
    assert isinstance(verb, Button)
    gate = threading.Event()
    shown.tasks.run(lambda _: gate.wait(30))  # the deed is not done before the second press
    for _ in range(2):
        QTest.mouseClick(verb, Qt.MouseButton.LeftButton)
    gate.set()
    shown.settle()
    assert (len(done), problems) == (1, [])
    assert QApplication.activeModalWidget() is None


def test_pages_that_are_saved_by_a_double_click_are_saved_once(
    shown: Contacts, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = list[Path]()

    def ask(*_: object) -> Path:
        asked.append(tmp_path / "list.pdf")
        return asked[-1]

    monkeypatch.setattr(files, "ask_save", ask)
    page = tmp_path / "page.pdf"
    shown.ask(lambda desk: desk.labels.print_labels([("Änne",)], desk.labels.sheets("en")[0], page))
    dialog = PrintDialog(shown.window.context, "List", page, use="lists")
    dialog.open()
    for _ in range(2):
        QTest.mouseClick(dialog.save, Qt.MouseButton.LeftButton)
    shown.settle()
    assert len(asked) == 1
