"""Settings, “Fields and tags”: own fields and tags are put in order through the real window."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot
from tests.ui.contacts_window import people
from tests.ui.real_window import OpenWindow, open_window

from alumnidesk.desk import Desk
from alumnidesk.domain.cards import ContactCard, OwnValue
from alumnidesk.domain.own_fields import OwnKind
from alumnidesk.ui.settings import TAGS_AND_FIELDS
from alumnidesk.ui.settings.page import FIELDS, TABS
from alumnidesk.ui.widgets.buttons import Button
from alumnidesk.ui.widgets.form_dialog import FormDialog


def fill(desk: Desk) -> None:
    people(desk)
    desk.own_fields.add("Shirt size", OwnKind.CHOICE, ["S", "M"])
    desk.own_fields.add("Allergies <b>")
    desk.contacts.add(ContactCard(family_name="Öz", own=(OwnValue("Shirt size", "M"),)))


@pytest.fixture
def opened(qtbot: QtBot, tmp_path: Path) -> Iterator[OpenWindow]:
    with open_window(qtbot, tmp_path / "c.alumnidesk", fill) as window:
        window.page("settings", TAGS_AND_FIELDS)
        yield window


def button(opened: OpenWindow, name: str) -> Button:
    """The button that a screen reader calls so."""
    page = opened.window.current_page
    return next(one for one in page.findChildren(Button) if one.accessibleName() == name and one.isVisible())


def in_dialog(fill_in: Callable[[FormDialog], Any]) -> None:
    """Do this with the dialog that opens next, and press its verb."""

    def act() -> None:
        dialog = QApplication.activeModalWidget()
        assert isinstance(dialog, FormDialog)
        fill_in(dialog)
        dialog.go.click()

    QTimer.singleShot(0, act)


def fields(opened: OpenWindow) -> list[tuple[str, tuple[str, ...]]]:
    return [(field.name, field.choices) for field in opened.ask(lambda desk: desk.own_fields.all())]


def test_the_place_that_others_name_is_the_tab(opened: OpenWindow) -> None:
    assert TABS[TAGS_AND_FIELDS] == FIELDS
    assert opened.window.current_page.tabs.current == FIELDS


def test_a_field_is_added_moved_and_taken_back(opened: OpenWindow) -> None:
    in_dialog(lambda dialog: dialog.form.fields["name"].type_in("Key"))
    button(opened, "Add a field").click()
    opened.settle()
    assert [name for name, _ in fields(opened)] == ["Shirt size", "Allergies <b>", "Key"]
    button(opened, "Move Key up").click()
    opened.settle()
    assert [name for name, _ in fields(opened)] == ["Shirt size", "Key", "Allergies <b>"]
    opened.window.actions_["edit.undo"].trigger()
    opened.window.actions_["edit.undo"].trigger()
    opened.settle()
    assert [name for name, _ in fields(opened)] == ["Shirt size", "Allergies <b>"]


def test_what_is_refused_is_said_at_its_field_and_the_dialog_stays(opened: OpenWindow, qtbot: QtBot) -> None:
    said: list[str] = []

    def wrong(dialog: FormDialog) -> None:
        name = dialog.form.fields["name"]
        name.type_in("Town")
        dialog.go.click()

        def read() -> None:
            said.append(name.problem.text())
            dialog.reject()

        QTimer.singleShot(1500, read)
        dialog.go.setEnabled(False)  # the verb that `in_dialog` presses next

    in_dialog(wrong)
    button(opened, "Add a field").click()
    assert "means “Town” already" in said[0]
    assert len(fields(opened)) == 2


def test_a_choice_is_written_differently_at_its_contacts_too(opened: OpenWindow) -> None:
    in_dialog(lambda dialog: dialog.form.fields["choices"].type_in("S\nMedium"))
    button(opened, "Change Shirt size").click()
    opened.settle()
    assert fields(opened)[0] == ("Shirt size", ("S", "Medium"))
    assert opened.ask(
        lambda desk: [c.own[0].value for c in desk.contacts.cards(list(desk.find.contacts("öz").ids))]
    ) == ["Medium"]


def test_before_a_field_goes_one_reads_what_goes_with_it(opened: OpenWindow, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[str] = []
    monkeypatch.setattr(opened.window.current_page.own_fields, "_context", _Asking(opened, asked))
    button(opened, "Remove Allergies <b>").click()
    opened.settle()
    button(opened, "Remove Shirt size").click()
    opened.settle()
    assert asked == ["1 contact has something in it, which goes with the field. Undo brings both back."]
    assert fields(opened) == []


class _Asking:
    """The page's context, with a person who reads the question and agrees."""

    def __init__(self, opened: OpenWindow, asked: list[str]) -> None:
        self._context, self._asked = opened.window.current_page.context, asked
        self.messages = self

    def ask(self, head: str, sentence: str, verbs: list[str]) -> int:
        self._asked.append(sentence)
        return 1

    def __getattr__(self, name: str) -> Any:
        return getattr(self._context, name)


def test_tags_are_put_into_groups_renamed_and_merged(opened: OpenWindow) -> None:
    def group(dialog: FormDialog) -> None:
        dialog.form.fields["name"].type_in("Status")
        dialog.form.fields["at_most_one"].type_in(True)

    in_dialog(group)
    button(opened, "Add a group").click()
    opened.settle()
    tags = opened.window.current_page.tags
    mentor, donor = (next(tag for tag in tags._tags if tag.name == name) for name in ("Mentor", "Donor"))
    tags._put(mentor, tags._groups[0].id)
    opened.settle()
    in_dialog(lambda dialog: dialog.form.fields["into"].type_in(str(mentor.id)))
    tags._merge(donor)
    opened.settle()
    in_dialog(lambda dialog: dialog.form.fields["name"].type_in("Patron"))
    tags._rename(mentor)
    opened.settle()
    (status,) = opened.ask(lambda desk: desk.tags.groups())
    assert (status.name, status.at_most_one, status.tags) == ("Status", True, ("Patron",))
    assert button(opened, "Patron, 1 contact")
