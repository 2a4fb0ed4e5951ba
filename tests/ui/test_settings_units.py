"""Settings, “Fields and tags”: the tree of units is put in order through the real window, by keyboard too."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot
from tests.ui.real_window import OpenWindow, open_window

from alumnidesk.desk import Desk
from alumnidesk.domain.cards import Affiliation, ContactCard
from alumnidesk.storage import indexing
from alumnidesk.ui.settings import TAGS_AND_FIELDS
from alumnidesk.ui.widgets.buttons import Button
from alumnidesk.ui.widgets.form_dialog import FormDialog


def fill(desk: Desk) -> None:
    law = desk.units.add("Law & <b>Order</b>", "faculty")
    desk.units.add("North", "regional", law.id)
    desk.units.add("Choir")
    desk.contacts.add(ContactCard(family_name="Öz", affiliations=(Affiliation("North", "Member"),)))


@pytest.fixture
def opened(qtbot: QtBot, tmp_path: Path) -> Iterator[OpenWindow]:
    with open_window(qtbot, tmp_path / "c.alumnidesk", fill) as window:
        window.page("settings", TAGS_AND_FIELDS)
        yield window


def rows(opened: OpenWindow) -> list[Button]:
    """The units as they stand below each other."""
    page: Any = opened.window.current_page
    return list(page.units._buttons.values())


def names(opened: OpenWindow) -> list[str]:
    """What a screen reader says of the rows, from top to bottom."""
    return [button.accessibleName() for button in rows(opened)]


def row(opened: OpenWindow, name: str) -> Button:
    return next(button for button in rows(opened) if button.accessibleName().startswith(name))


def choose(opened: OpenWindow, name: str, action: str, fill_in: Callable[[FormDialog], Any] | None = None) -> None:
    """Open the menu of a unit by keyboard, choose an action, and press the verb of the dialog that opens."""

    def act() -> None:
        dialog = QApplication.activeModalWidget()
        assert isinstance(dialog, FormDialog)
        assert fill_in is not None
        fill_in(dialog)
        dialog.go.click()

    def pick() -> None:
        menu = QApplication.activePopupWidget()
        assert menu is not None
        wanted = [one for one in menu.actions() if not one.isSeparator()]
        for _ in range([one.text() for one in wanted].index(action) + 1):
            QTest.keyClick(menu, Qt.Key.Key_Down)
        if fill_in is not None:
            QTimer.singleShot(0, act)
        QTest.keyClick(menu, Qt.Key.Key_Return)

    button = row(opened, name)
    button.setFocus()
    QTimer.singleShot(0, pick)
    QTest.keyClick(button, Qt.Key.Key_Space)
    opened.settle()


def choices(dialog: FormDialog, key: str) -> list[str]:
    """What a field offers."""
    field: Any = dialog.form.fields[key]
    return [field.box.itemText(place) for place in range(field.box.count())]


def paths(opened: OpenWindow) -> list[str]:
    return [unit.said for unit in opened.ask(lambda desk: desk.units.all())]


def number(opened: OpenWindow, name: str) -> str:
    return next(str(unit.id) for unit in opened.ask(lambda desk: desk.units.all()) if unit.name == name)


def test_the_tree_is_shown_with_the_numbers_of_people(opened: OpenWindow) -> None:
    assert names(opened) == [
        "Choir",
        "Law & <b>Order</b>, Faculty, 1 with those below",
        "Law & <b>Order</b> › North, Regional club, 1 contact",
    ]
    left = [row(opened, name).mapTo(opened.window, row(opened, name).rect().topLeft()).x() for name in ("Choir", "Law")]
    north = row(opened, "Law & <b>Order</b> › North")
    assert left[0] == left[1] < north.mapTo(opened.window, north.rect().topLeft()).x()


def test_a_unit_is_added_below_another_and_the_keyboard_stays_there(opened: OpenWindow) -> None:
    choose(opened, "Law", "Add a unit below it …", lambda dialog: dialog.form.fields["name"].type_in("South"))
    assert paths(opened) == ["Choir", "Law & <b>Order</b>", "Law & <b>Order</b> › North", "Law & <b>Order</b> › South"]
    assert opened.window.focusWidget() is row(opened, "Law")
    opened.window.actions_["edit.undo"].trigger()
    opened.settle()
    assert len(names(opened)) == 3


def test_taking_back_what_lasts_shows_how_far_it_is_and_can_be_stopped(opened: OpenWindow) -> None:
    law = int(number(opened, "Law & <b>Order</b>"))
    opened.ask(lambda desk: desk.units.change(law, name="Faculty of Law"))
    status, busy = opened.window.status, threading.Event()
    opened.tasks.run(lambda desk: busy.wait(20))
    opened.window.actions_["edit.undo"].trigger()
    opened.qtbot.waitUntil(status.bar.isVisible, timeout=10_000)
    status.cancel.click()
    busy.set()
    opened.settle()
    assert not status.bar.isVisible()
    assert paths(opened)[1] == "Faculty of Law"
    opened.window.actions_["edit.undo"].trigger()
    opened.settle()
    assert paths(opened)[1] == "Law & <b>Order</b>"


def test_a_unit_is_renamed_put_under_another_and_merged(opened: OpenWindow) -> None:
    choose(opened, "Choir", "Change …", lambda dialog: dialog.form.fields["name"].type_in("Singers"))
    assert paths(opened)[-1] == "Singers"
    north = number(opened, "North")
    offered: list[str] = []

    def under(dialog: FormDialog) -> None:
        offered.extend(choices(dialog, "under"))
        dialog.form.fields["under"].type_in(north)

    choose(opened, "Singers", "Put under …", under)
    assert offered == ["No other unit", "Law & <b>Order</b>", "\u2003North"]
    assert paths(opened)[-1] == "Law & <b>Order</b> › North › Singers"
    assert opened.window.focusWidget() is row(opened, paths(opened)[-1])
    singers = number(opened, "Singers")
    choose(
        opened,
        "Law & <b>Order</b> › North, ",
        "Merge into another …",
        lambda dialog: dialog.form.fields["into"].type_in(singers),
    )
    assert names(opened) == [
        "Law & <b>Order</b>, Faculty, 1 with those below",
        "Law & <b>Order</b> › Singers, 1 contact",
    ]


def test_a_unit_is_not_offered_a_place_below_itself(opened: OpenWindow) -> None:
    offered: list[str] = []

    def look(dialog: FormDialog) -> None:
        offered.extend(choices(dialog, "under"))
        dialog.reject()
        dialog.go.setEnabled(False)

    choose(opened, "Law", "Put under …", look)
    assert offered == ["No other unit", "Choir"]


def test_before_a_unit_goes_one_says_where_its_people_go(opened: OpenWindow) -> None:
    choir = number(opened, "Choir")
    choose(
        opened,
        "Law & <b>Order</b> › North",
        "Remove …",
        lambda dialog: dialog.form.fields["move_to"].type_in(choir),
    )
    choose(opened, "Law", "Remove")
    assert names(opened) == ["Choir, 1 contact"]


def test_a_verb_that_is_pressed_twice_does_it_once(opened: OpenWindow, monkeypatch: pytest.MonkeyPatch) -> None:
    choir, problems = number(opened, "Choir"), list[BaseException]()
    monkeypatch.setattr(opened.window.context.messages, "show", problems.append)

    def press_it_once_more(dialog: FormDialog) -> None:
        dialog.form.fields["move_to"].type_in(choir)
        dialog.go.click()

    choose(opened, "Law & <b>Order</b> › North", "Remove …", press_it_once_more)
    assert problems == []
    assert names(opened)[0] == "Choir, 1 contact"


def test_what_was_refused_can_be_put_right_and_tried_again(opened: OpenWindow) -> None:
    tried: list[bool] = []

    def put_right(dialog: FormDialog) -> None:
        name = dialog.form.fields["name"]
        name.type_in("")
        dialog.go.click()
        opened.settle()
        tried.append(dialog.isVisible() and dialog.go.isEnabled())
        name.type_in("South")

    choose(opened, "Law", "Add a unit below it …", put_right)
    assert tried == [True]
    assert "Law & <b>Order</b> › South" in paths(opened)


def test_units_of_one_name_are_offered_by_their_paths(opened: OpenWindow) -> None:
    choose(opened, "Choir", "Add a unit below it …", lambda dialog: dialog.form.fields["name"].type_in("North"))
    assert paths(opened)[:2] == ["Choir", "Choir › North"]
    offered: list[str] = []

    def merge(dialog: FormDialog) -> None:
        offered.extend(one.strip() for one in choices(dialog, "into"))
        dialog.form.fields["into"].set_value(number(opened, "Choir"))

    choose(opened, "Choir › North", "Merge into another …", merge)
    assert offered == ["Choir", "Law & <b>Order</b>", "Law & <b>Order</b> › North"]
    assert paths(opened) == ["Choir", "Law & <b>Order</b>", "Law & <b>Order</b> › North"]


def test_who_leaves_the_dialog_while_all_get_another_path_has_the_unit_as_it_was(
    opened: OpenWindow, monkeypatch: pytest.MonkeyPatch
) -> None:
    go, refresh = threading.Event(), indexing.refresh
    shown: list[str] = []

    def held_back(*values: Any, **named: Any) -> None:
        go.wait()
        refresh(*values, **named)

    def leave(dialog: FormDialog) -> None:
        dialog.form.fields["name"].type_in("Jura")
        opened.window.status._appears.setInterval(0)
        QTimer.singleShot(0, lambda: look(dialog))

    def look(dialog: FormDialog) -> None:
        status = opened.window.status
        if not status.step.isVisible() or "index" not in status.step.text():
            QTimer.singleShot(10, lambda: look(dialog))
            return
        shown.append(status.step.text())
        QTest.keyClick(dialog, Qt.Key.Key_Escape)
        go.set()

    before = names(opened)
    with monkeypatch.context() as held:
        held.setattr(indexing, "refresh", held_back)
        choose(opened, "Law", "Change …", leave)
    assert shown == ["Putting into the search index …"]
    assert names(opened) == before
    assert paths(opened)[1] == "Law & <b>Order</b>"
