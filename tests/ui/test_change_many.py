"""Changing something at many contacts, in a real window with real keys and clicks."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QEvent, QPoint, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QComboBox
from pytestqt.qtbot import QtBot
from tests.ui.contacts_window import CONTROL, MARKUP, Contacts, contacts_window, people, press
from tests.ui.real_window import button, in_dialog

from alumnidesk.desk import Desk
from alumnidesk.domain import bulk_edit
from alumnidesk.domain.cards import Affiliation, ContactCard
from alumnidesk.i18n import Message, say
from alumnidesk.services import cards
from alumnidesk.ui.contacts.bulk.dialog import BulkDialog
from alumnidesk.ui.contacts.bulk.preview import _COUNTED

EVERYBODY = 7


@pytest.fixture
def shown(qtbot: QtBot, tmp_path: Path) -> Iterator[Contacts]:
    def fill(desk: Desk) -> None:
        people(desk)
        desk.own_fields.add("Shirt & <b>size</b>", "choice", ["S", "M"])
        card = desk.contacts.cards(list(desk.find.contacts("wied").ids))[0]
        desk.contacts.save(card, replace(card, language="sv"))

    with contacts_window(qtbot, tmp_path / "c.alumnidesk", fill) as window:
        yield window


def during(shown: Contacts, act: Callable[[BulkDialog], object]) -> None:
    """Open the dialog and do something in it."""
    in_dialog(shown, BulkDialog, lambda: shown.do("contacts.change_many"), act)


def type_in(dialog: BulkDialog, text: str) -> None:
    """Type where the focus is."""
    for letter in text:
        for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
            key = QKeyEvent(kind, Qt.Key.Key_unknown, Qt.KeyboardModifier.NoModifier, letter)
            QApplication.sendEvent(dialog.focusWidget(), key)


def choose(box: QComboBox, value: Any) -> None:
    """Choose an entry as a person does."""
    box.setCurrentIndex(box.findData(value))
    box.activated.emit(box.currentIndex())


def seen(shown: Contacts, dialog: BulkDialog) -> list[tuple[str, str, str]]:
    """Wait for the preview, and read it."""
    shown.qtbot.waitUntil(lambda: dialog.plan is not None, timeout=10_000)
    table = dialog.preview.table
    shown.qtbot.waitUntil(lambda: not len(table.ids) or bool(table.index(0, 0).data()), timeout=10_000)
    return [tuple(str(table.index(row, column).data()) for column in range(3)) for row in range(table.rowCount())]  # type: ignore[misc]


def languages(shown: Contacts) -> dict[str, str]:
    found: dict[str, str] = shown.ask(
        lambda desk: {card.name: card.language for card in desk.contacts.cards(list(desk.find.contacts().ids))}
    )
    return found


def test_all_who_are_listed_get_a_language_after_a_look_at_what_changes(shown: Contacts) -> None:
    def act(dialog: BulkDialog) -> None:
        assert "7 contacts" in dialog.windowTitle()
        assert not dialog.go.isEnabled(), "nothing is entered yet"
        choose(dialog.what.box, "language")
        choose(dialog.editor.fields["value"].editor, "sv")  # type: ignore[union-attr, arg-type]
        rows = {name: (now, then) for name, now, then in seen(shown, dialog)}
        assert rows["Anna Müller"] == ("–", "Svenska")
        assert rows["Carla Wied"] == ("Svenska", "has it already")
        assert dialog.said.text() == "6 change, 1 has it already."
        assert dialog.go.text() == "Change 6 contacts"
        dialog.go.click()
        shown.qtbot.waitUntil(lambda: not dialog.isVisible(), timeout=10_000)

    during(shown, act)
    assert set(languages(shown).values()) == {"sv"}
    assert shown.notice() == "Language of 6 contacts: Svenska"
    shown.do("edit.undo")
    assert sorted(languages(shown).values()) == [*[""] * 6, "sv"]


def test_only_those_who_are_selected_change_and_who_is_unticked_stays(shown: Contacts) -> None:
    shown.page_.list.setFocus()
    shown.key(Qt.Key.Key_Home)
    shown.key(Qt.Key.Key_Down, modifiers=Qt.KeyboardModifier.ShiftModifier)
    shown.key(Qt.Key.Key_Down, modifiers=Qt.KeyboardModifier.ShiftModifier)
    chosen = shown.names()[:3]

    def act(dialog: BulkDialog) -> None:
        choose(dialog.what.box, "no_email")
        choose(dialog.editor.fields["value"].editor, "1")  # type: ignore[union-attr, arg-type]
        rows = seen(shown, dialog)
        assert [name for name, *_ in rows] == chosen
        list_ = dialog.preview.list
        place = list_.visualRect(dialog.preview.table.index(1, 0))
        QTest.mouseClick(list_.viewport(), Qt.MouseButton.LeftButton, pos=place.topLeft() + QPoint(20, 10))
        assert dialog.said.text() == "2 change, 1 left out."
        assert seen(shown, dialog)[1][0] == f"{chosen[1]} (left out)"
        list_.setFocus()
        press(list_, Qt.Key.Key_Space)
        assert dialog.go.text() == "Change 3 contacts", "the space bar takes them after all"
        press(list_, Qt.Key.Key_Space)
        press(list_, Qt.Key.Key_Return)
        shown.qtbot.waitUntil(lambda: not dialog.isVisible(), timeout=10_000)

    during(shown, act)
    found = [shown.card(name).no_email for name in chosen]
    assert found == [True, False, True]


def test_a_value_that_cannot_be_is_said_at_its_field_and_nothing_can_be_done(shown: Contacts) -> None:
    shown.ask(lambda desk: desk.own_fields.add("Last visit", "date"))

    def act(dialog: BulkDialog) -> None:
        choose(dialog.what.box, "own.Last visit")
        field = dialog.editor.fields["value"]  # type: ignore[union-attr]
        field.setFocus()
        type_in(dialog, "31.02.1999")
        shown.qtbot.waitUntil(lambda: "is not a date" in field.problem.text(), timeout=5000)
        assert not dialog.go.isEnabled()
        field.editor.selectAll()  # type: ignore[attr-defined]
        type_in(dialog, "2/1999")
        shown.qtbot.waitUntil(lambda: dialog.go.isEnabled(), timeout=5000)
        assert field.problem.text() == ""
        assert seen(shown, dialog)[0][2] == "Feb 1999"

    during(shown, act)
    assert shown.notice() == "", "closing the dialog changes nothing"


def test_an_affiliation_is_added_ended_and_changed(shown: Contacts) -> None:
    shown.search("anna")
    shown.settle()

    def end(dialog: BulkDialog) -> None:
        choose(dialog.what.box, "affiliations")
        choose(dialog.how.box, bulk_edit.Way.END)
        dialog.editor.fields["role"].setFocus()  # type: ignore[union-attr]
        type_in(dialog, "member")
        dialog.editor.fields["value"].setFocus()  # type: ignore[union-attr]
        type_in(dialog, "2025")
        assert seen(shown, dialog)[0][2] == "House, Member, Course 12 B, 1997–1998, –2025"
        dialog.enter()
        shown.qtbot.waitUntil(lambda: not dialog.isVisible(), timeout=10_000)

    during(shown, end)
    assert [a.ended for a in shown.card("Anna Müller").affiliations] == ["2025"]

    def add(dialog: BulkDialog) -> None:
        choose(dialog.what.box, "affiliations")
        lines = dialog.editor.block.lines  # type: ignore[union-attr]
        lines["cohort_to"].setFocus()
        type_in(dialog, "98")
        shown.qtbot.waitUntil(lambda: "not a year" in dialog.editor.problem.text(), timeout=5000)  # type: ignore[union-attr]
        lines["cohort_to"].selectAll()
        type_in(dialog, "1998")
        lines["unit"].setFocus()
        type_in(dialog, "Choir")
        seen(shown, dialog)
        dialog.enter()
        shown.qtbot.waitUntil(lambda: not dialog.isVisible(), timeout=10_000)

    during(shown, add)
    parts = [replace(a, id=None) for a in shown.card("Anna Müller").affiliations]
    assert parts[1:] == [Affiliation("Choir", cohort_to=1998)]


def test_every_target_and_way_has_an_editor_that_says_what_is_entered(shown: Contacts) -> None:
    for kind in ("text", "number", "date", "yes_no", "link", "file"):
        shown.ask(lambda desk, kind=kind: desk.own_fields.add(f"A {kind}", kind))

    def act(dialog: BulkDialog) -> None:
        offered = [(target, way) for target in dialog._known.targets for way in target.ways]
        assert len(offered) > 50
        for target, way in offered:
            choose(dialog.what.box, target.slot)
            if len(target.ways) > 1:
                choose(dialog.how.box, way)
            assert (dialog.target, dialog.way) == (target, way)
            editor = dialog.editor
            assert editor is not None
            assert (editor.edit() is not None) == (way is bulk_edit.Way.CLEAR), "nothing is entered by itself"
            if editor.block is not None:
                editor.block.lines["unit"].setText("House")
            for field in editor.fields.values():
                if isinstance(field.editor, QComboBox):
                    choose(field.editor, field.editor.itemData(1))
                elif field.key != "cohort":
                    field.type_in("2001")
            edit = editor.edit()
            assert edit is not None, (target.slot, way)
            assert (edit.slot, edit.way) == (target.slot, way)

    during(shown, act)


def test_names_with_markup_are_shown_as_they_are(shown: Contacts) -> None:
    def act(dialog: BulkDialog) -> None:
        box = dialog.what.box
        assert "Shirt & <b>size</b>" in [box.itemText(row) for row in range(box.count())]
        choose(box, "tags")
        dialog.editor.fields["value"].type_in(MARKUP)  # type: ignore[union-attr]
        rows = {name: then for name, _, then in seen(shown, dialog)}
        assert rows["Anna Müller"] == MARKUP
        assert rows[f"{MARKUP} {MARKUP}"] == "has it already"

    during(shown, act)


def test_many_are_changed_by_keyboard_alone(shown: Contacts) -> None:
    def act(dialog: BulkDialog) -> None:
        assert QApplication.focusWidget() is dialog.what.editor
        choose(dialog.what.box, "remark")
        QApplication.processEvents()
        for _ in range(2):
            press(dialog.focusWidget(), Qt.Key.Key_Tab)
        assert QApplication.focusWidget() is dialog.editor.fields["value"].editor  # type: ignore[union-attr]
        type_in(dialog, "Thanked in 2026")
        seen(shown, dialog)
        press(dialog.focusWidget(), Qt.Key.Key_Tab)
        assert QApplication.focusWidget() is dialog.preview.list
        press(dialog.focusWidget(), Qt.Key.Key_Return)
        shown.qtbot.waitUntil(lambda: not dialog.isVisible(), timeout=10_000)

    during(shown, act)
    assert shown.card("Anna Müller").remark == "Plays the cello.\nThanked in 2026"


def test_the_contacts_may_change_while_one_looks_then_one_looks_again(shown: Contacts) -> None:
    said: list[BaseException] = []
    shown.page_.context.messages.show = said.append  # type: ignore[method-assign, assignment]

    def act(dialog: BulkDialog) -> None:
        choose(dialog.what.box, "no_post")
        choose(dialog.editor.fields["value"].editor, "1")  # type: ignore[union-attr, arg-type]
        seen(shown, dialog)
        shown.ask(lambda desk: desk.contacts.add(ContactCard(family_name="Neu")))
        dialog.go.click()
        shown.qtbot.waitUntil(lambda: bool(said), timeout=10_000)
        assert "changed since this preview" in str(said[0])
        seen(shown, dialog)
        assert dialog.go.text() == "Change 7 contacts"

    during(shown, act)


def test_many_are_looked_at_without_the_window_waiting_and_it_can_be_stopped(shown: Contacts) -> None:
    def many(desk: Desk) -> None:
        with desk._database.writing(say("{name} added", name="3,000")) as transaction:
            cards.insert(transaction, [ContactCard(family_name=f"N{number}") for number in range(3000)])

    shown.ask(many)
    shown.page_._ask("")
    shown.settle()

    def act(dialog: BulkDialog) -> None:
        choose(dialog.what.box, "language")
        choose(dialog.editor.fields["value"].editor, "sv")  # type: ignore[union-attr, arg-type]
        dialog._pause.stop()
        dialog._look()
        dialog._say_that_it_takes_a_while()
        began = time.monotonic()
        dialog.working.cancel_button.click()
        assert time.monotonic() - began < 0.2
        shown.qtbot.waitUntil(lambda: "Stopped" in dialog.said.text(), timeout=10_000)
        assert not dialog.go.isEnabled()
        choose(dialog.editor.fields["value"].editor, "de")  # type: ignore[union-attr, arg-type]
        shown.qtbot.waitUntil(lambda: dialog.plan is not None, timeout=20_000)
        before = dialog.said.text()
        dialog.go.click()
        dialog.reject()
        assert dialog.isVisible(), "what is under way is stopped first"
        shown.qtbot.waitUntil(lambda: "Stopped" in dialog.said.text(), timeout=20_000)
        assert before
        assert dialog.go.isEnabled()

    during(shown, act)
    assert "de" not in languages(shown).values() or shown.notice() == ""


def test_the_menus_and_the_key_lead_there(shown: Contacts) -> None:
    actions = shown.page_.context.actions
    assert actions["contacts.change_many"] in shown.page_.list.menu_actions
    shown.stand_on(shown.names()[0])
    more: Any = button(shown.page_.detail, "More")
    more._menu.aboutToShow.emit()
    assert actions["contacts.change_many"] in more._menu.actions()
    key = CONTROL | Qt.KeyboardModifier.ShiftModifier
    in_dialog(shown, BulkDialog, lambda: shown.key(Qt.Key.Key_B, modifiers=key), lambda dialog: None)


def test_every_reason_to_stay_is_counted_in_words() -> None:
    reasons = {value.text for value in vars(bulk_edit).values() if isinstance(value, Message) and value.text}
    assert set(_COUNTED) == reasons


def test_escape_closes_the_dialog_at_once_and_changes_nothing(shown: Contacts) -> None:
    def act(dialog: BulkDialog) -> None:
        assert dialog.what.box.hasFocus()
        QTest.keyClick(dialog.what.box, Qt.Key.Key_Escape)
        assert not dialog.isVisible()

    before = languages(shown)
    during(shown, act)
    assert languages(shown) == before
