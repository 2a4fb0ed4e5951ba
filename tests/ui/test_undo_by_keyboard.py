"""Ctrl+Z in the window, a dozen times and more: each says in words what it took back, and the list shows it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from tests.ui.contacts_window import CONTROL, Contacts

from alumnidesk.desk import Desk
from alumnidesk.domain.cards import OwnValue
from alumnidesk.domain.consent import POST, YES, Sending
from alumnidesk.domain.fields import Group
from alumnidesk.ui.contacts.page import ContactsPage

ANNA, BERND, DAGMAR, MILAN = 1, 2, 6, 7
SHIFT = Qt.KeyboardModifier.ShiftModifier


def chord(shown: Contacts, key: Qt.Key, modifiers: Qt.KeyboardModifier = CONTROL) -> None:
    """Keys pressed together, as the window's shortcuts get them."""
    QTest.keyClick(shown.window.focusWidget() or shown.window, key, modifiers)
    shown.settle()


def typed(shown: Contacts) -> None:
    """Deeds by keyboard: two names, a birth date, a remark, a contact deleted."""
    shown.stand_on("Milan Novák")
    for group, field, text in (
        (Group.NAME, "given_name", "Milos"),
        (Group.NAME, "family_name", "Novotny"),
        (Group.NAME, "birth_date", "1979"),
        (Group.REMARK, "remark", "Sings"),
    ):
        shown.open(group, field)
        shown.put(text)
        shown.key(Qt.Key.Key_Return, modifiers=CONTROL)
    shown.stand_on("Dagmar Zacharias")
    chord(shown, Qt.Key.Key_Delete, Qt.KeyboardModifier.NoModifier)


def own_value(desk: Desk) -> None:
    card = desk.contacts.card(ANNA)
    desk.contacts.save(card, replace(card, own=(OwnValue("Shirt size", "M"),)))


OTHERS: tuple[Callable[[Desk], object], ...] = (
    lambda desk: desk.contacts.tag([ANNA, BERND], "Speaker"),
    lambda desk: desk.relationships.relate(ANNA, BERND, "mentor"),
    lambda desk: desk.households.make([ANNA, BERND], name="Müller"),
    lambda desk: desk.own_fields.add("Shirt size"),
    own_value,
    lambda desk: desk.consents.answer([ANNA, BERND], Sending("news", POST), YES),
    lambda desk: desk.notes.add(ANNA, "Called"),
    lambda desk: desk.lists.freeze("Reunion", [ANNA]),
    lambda desk: desk.merging.merge(ANNA, BERND),
)


def test_every_undo_and_redo_says_what_it_did_and_all_is_as_before(shown: Contacts) -> None:
    before = shown.names()
    typed(shown)
    for deed in OTHERS:
        shown.window.deeds.do(deed)
        shown.settle()
    after, labels = shown.names(), [str(e.label) for e in shown.ask(lambda desk: desk.history.entries(limit=14))]
    assert len(set(labels)) == 14
    for label in labels:
        chord(shown, Qt.Key.Key_Z)
        assert shown.notice() == f"Taken back: {label}"
    assert shown.names() == before
    for label in reversed(labels):
        chord(shown, Qt.Key.Key_Z, CONTROL | SHIFT)
        assert shown.notice() == f"Done again: {label}"
    assert shown.names() == after


def test_ctrl_y_does_again_too_and_so_does_the_button_of_the_notice(shown: Contacts) -> None:
    shown.window.deeds.do(OTHERS[0])
    shown.settle()
    chord(shown, Qt.Key.Key_Z)
    bar = shown.window.notices.bar
    assert bar.redo_button.isVisible()
    assert not bar.undo_button.isVisible()
    chord(shown, Qt.Key.Key_Y)
    assert shown.notice().startswith("Done again: ")
    assert not bar.redo_button.isVisible()
    chord(shown, Qt.Key.Key_Z)
    bar.redo_button.click()
    shown.settle()
    assert shown.notice().startswith("Done again: ")


def test_ctrl_y_in_a_text_in_which_typing_was_taken_back_does_that_again_and_no_deed(shown: Contacts) -> None:
    shown.window.deeds.do(OTHERS[0])
    shown.settle()
    chord(shown, Qt.Key.Key_Z)
    said, page = shown.notice(), shown.window.current_page
    assert isinstance(page, ContactsPage)
    search = page.search
    search.setFocus()
    QTest.keyClicks(search, "anna")
    search.undo()
    assert search.text() == ""
    chord(shown, Qt.Key.Key_Y)
    assert search.text() == "anna"
    assert shown.notice() == said
