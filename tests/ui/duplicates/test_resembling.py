"""While somebody new is entered, the window says whom they may be."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from tests.ui.duplicates_window import click, names, press, rest
from tests.ui.real_window import OpenWindow

from alumnidesk.desk import Desk
from alumnidesk.domain.fields import Group


def begin(shown: OpenWindow, given: str, family: str) -> Any:
    """The detail with a new contact of this name, the focus behind the name."""
    shown.window.actions_["contacts.new"].trigger()
    rest(shown)
    page: Any = shown.window.current_page
    watch = page.detail.resembling._timer
    assert watch.isActive()
    watch.stop()  # these tests say themselves when it looks, however slow the computer is
    for text in (given, family):
        shown.type(text)
        press(shown, Qt.Key.Key_Tab)
    return page.detail


def pause(shown: OpenWindow, detail: Any) -> None:
    """Type nothing for a moment: two looks of the watcher."""
    for _ in range(2):
        detail.resembling.look()
        rest(shown)


def test_who_somebody_new_may_be_is_said_with_the_reasons_after_a_pause(shown: OpenWindow) -> None:
    detail = begin(shown, "Anna", "Müller")
    field = detail.forms[Group.REACH].fields["emails"]
    field.go_to(0)
    shown.type("anna@mail.example")
    detail.resembling.look()
    rest(shown)
    typing = QApplication.focusWidget()
    assert detail.resembling.isHidden()  # something was typed a moment ago
    detail.resembling.look()
    rest(shown)
    assert detail.resembling.head.text() == "Is this Anna Müller, Hamburg?"
    assert "same e-mail address" in detail.resembling.reasons.text()
    assert QApplication.focusWidget() is typing  # nobody is interrupted
    rest(shown)
    assert typing is not None
    assert typing.visibleRegion().boundingRect().height() == typing.height()


def test_somebody_unknown_is_entered_in_peace(shown: OpenWindow) -> None:
    detail = begin(shown, "Wiebke", "Harms")
    pause(shown, detail)
    assert detail.resembling.isHidden()


def test_a_new_contact_that_is_stored_is_compared_with_the_known_one_and_merged_into_it(shown: OpenWindow) -> None:
    detail = begin(shown, "Anna", "Müller")
    detail.forms[Group.REACH].fields["emails"].go_to(0)
    shown.type("anna@mail.example")
    pause(shown, detail)
    assert detail.resembling.open.text() == "Compare"
    click(shown, detail.resembling.open)
    page: Any = shown.window.current_page
    assert page.rooms.duplicates.comparison.plan.keep.id == 1
    press(shown, Qt.Key.Key_Return)
    assert page.panes.isVisible()
    assert page.detail.card.id == 1
    assert names(shown).count("Anna Müller") == 1


def test_one_that_is_not_stored_yet_is_given_up_for_the_known_one(shown: OpenWindow) -> None:
    shown.window.actions_["contacts.new"].trigger()
    rest(shown)
    page: Any = shown.window.current_page
    shown.type("Anna")
    press(shown, Qt.Key.Key_Tab)
    shown.type("Mueller-Wied")
    pause(shown, page.detail)
    assert page.detail.resembling.open.text() == "Open"
    click(shown, page.detail.resembling.open)
    assert page.detail.card.id == 2
    assert len(names(shown)) == 7


def test_somebody_else_is_remembered(shown: OpenWindow) -> None:
    detail = begin(shown, "Anna", "Mueller-Wied")
    pause(shown, detail)
    click(shown, detail.resembling.other)
    pause(shown, detail)
    assert detail.resembling.isHidden() or detail.resembling.known.contact != 2
    new = detail.card.id
    assert 2 not in shown.ask(lambda desk: [each.contact for each in desk.duplicates.likely(desk.contacts.card(new))])


def test_somebody_else_is_remembered_of_somebody_new_once_he_is_stored(shown: OpenWindow) -> None:
    shown.window.actions_["contacts.new"].trigger()
    rest(shown)
    detail: Any = shown.window.current_page.detail
    shown.type("Anna")
    press(shown, Qt.Key.Key_Tab)
    shown.type("Mueller-Wied")
    pause(shown, detail)
    assert (detail.card.id, detail.resembling.known.contact) == (None, 2)
    click(shown, detail.resembling.other)
    pause(shown, detail)
    assert detail.card.id is None
    press(shown, Qt.Key.Key_Tab)
    new = detail.card.id
    assert new is not None

    def apart(desk: Desk) -> list[tuple[int, int]]:
        return desk._database.rows("SELECT contact_id, other_id FROM not_duplicate WHERE other_id > 2")

    assert (2, new) in shown.ask(apart)
    assert 2 not in shown.ask(lambda desk: [each.contact for each in desk.duplicates.likely(desk.contacts.card(new))])
    shown.window.actions_["edit.undo"].trigger()
    rest(shown)
    assert shown.ask(apart) == []
    assert len(names(shown)) == 7  # one step has taken back both


def test_what_was_entered_and_left_is_watched_no_longer(shown: OpenWindow) -> None:
    detail = begin(shown, "Anna", "Mueller-Wied")
    pause(shown, detail)
    assert detail.resembling.isVisible()
    page: Any = shown.window.current_page
    page.search.setFocus()
    rest(shown)
    assert detail.resembling.isHidden()
    assert not detail.resembling._timer.isActive()
