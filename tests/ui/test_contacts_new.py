"""New contacts: begun, typed, given up, and found at once."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot
from tests.ui.contacts_window import CONTROL, Contacts, contacts_window, focused

from alumnidesk.domain.consent import EMAIL, Sending
from alumnidesk.domain.fields import Group
from alumnidesk.ui.contacts.beside import PAUSE


def test_a_contact_is_added_with_one_chord_and_enter(shown: Contacts) -> None:
    shown.do("contacts.new")  # 1
    assert focused() == "First name"
    shown.type("Åsa")
    shown.tab()
    shown.type("Öberg")
    shown.key(Qt.Key.Key_Return)  # 2
    assert "Åsa Öberg" in shown.names()
    assert shown.shown_name() == "Åsa Öberg"
    assert shown.page_.list.current_id == shown.card("Åsa Öberg").id
    assert shown.notice() == "Åsa Öberg added"


def test_a_new_contact_can_be_typed_at_once_in_a_narrow_window_that_was_elsewhere(qtbot: QtBot, tmp_path: Path) -> None:
    with contacts_window(qtbot, tmp_path / "c.alumnidesk", page="home") as shown:
        shown.window.resize(1000, 700)
        shown.do("contacts.new")
        shown.page_ = shown.window.current_page  # type: ignore[assignment]
        qtbot.wait(PAUSE * 2)  # the list has its first answer, and nothing of it is shown in the form's place
        assert focused() == "First name"
        assert not shown.page_.list.isVisible()
        assert shown.page_.detail.editing


def test_a_new_contact_begins_at_its_head_wherever_the_one_before_was_read(shown: Contacts) -> None:
    shown.window.resize(1366, 600)
    shown.stand_on("Anna Müller")
    bar = shown.page_.detail._scroll.verticalScrollBar()
    bar.setValue(bar.maximum())
    assert bar.value() > 0
    shown.do("contacts.new")
    assert bar.value() == 0
    head = shown.page_.detail.head
    assert head.visibleRegion().boundingRect().size() == head.size()
    field = QApplication.focusWidget()
    assert field is not None
    assert field.accessibleName() == "First name"
    assert field.visibleRegion().boundingRect().size() == field.size()


def test_a_new_contact_can_be_begun_while_the_one_before_is_still_being_saved(shown: Contacts) -> None:
    shown.stand_on("Milan Novák")
    shown.open(Group.NAME)
    shown.put("Miloš")
    shown.do("contacts.new")
    assert shown.page_.detail.card is not None
    assert shown.page_.detail.card.id is None
    assert focused() == "First name"
    assert shown.card("Miloš Novák")


def test_esc_gives_up_a_new_contact_of_which_a_field_was_left(shown: Contacts) -> None:
    shown.do("contacts.new")
    shown.type("Åsa")
    shown.tab()
    shown.key(Qt.Key.Key_Escape)
    shown.key(Qt.Key.Key_Escape)
    assert not shown.page_.detail.editing
    assert len(shown.names()) == 7


def test_a_new_contact_without_anything_is_given_up_with_esc(shown: Contacts) -> None:
    shown.stand_on("Milan Novák")
    shown.do("contacts.new")
    shown.key(Qt.Key.Key_Escape)
    shown.qtbot.waitUntil(lambda: shown.shown_name() == "Milan Novák")
    assert len(shown.names()) == 7


def test_name_and_e_mail_of_a_new_contact_go_to_the_same_person(shown: Contacts) -> None:
    shown.do("contacts.new")
    shown.type("Eva")
    shown.tab()
    shown.type("Neumann")
    detail = shown.page_.detail
    detail.forms[Group.REACH].go_to("emails")
    shown.settle()
    assert shown.card("Eva Neumann").emails == ()
    shown.type("eva@mail.example")
    shown.key(Qt.Key.Key_Return)
    (email,) = shown.card("Eva Neumann").emails
    assert email.address == "eva@mail.example"
    assert len(shown.names()) == 8


def test_a_new_organisation_begins_with_its_name(shown: Contacts) -> None:
    shown.do("contacts.organisation")
    assert focused() == "Organisation"
    shown.type("Sparkasse Musterort")
    shown.key(Qt.Key.Key_Return)
    assert shown.card("Sparkasse Musterort").kind == "organisation"


def test_a_new_contact_has_its_own_story_and_answers_not_those_of_the_one_before(shown: Contacts) -> None:
    shown.stand_on("Anna Müller")
    shown.do("contacts.note")
    shown.type("Knows the caretaker")
    shown.key(Qt.Key.Key_Return, modifiers=CONTROL)
    shown.settle()
    detail = shown.page_.detail
    assert "Knows the caretaker" in detail.timeline.accessibleName()
    shown.do("contacts.new")
    shown.type("Rosa")
    shown.tab()
    shown.type("Neumann")
    shown.tab()
    shown.tab()  # the address: the form stays open
    shown.qtbot.waitUntil(lambda: "Rosa Neumann added" in detail.timeline.accessibleName())
    assert "Knows the caretaker" not in detail.timeline.accessibleName()
    shown.do("contacts.note")
    shown.type("Sings in the choir")
    shown.key(Qt.Key.Key_Return, modifiers=CONTROL)
    shown.settle()
    assert "Sings in the choir" in detail.timeline.accessibleName()
    shown.click(detail.consents.unfold)
    shown.click(detail.consents.chips[Sending("news", EMAIL)])
    shown.click(detail.consents.form.yes)
    shown.settle()
    before, new = shown.card("Anna Müller").id or 0, shown.card("Rosa Neumann").id or 0
    assert not shown.ask(lambda desk: desk.consents.ledger(before))
    assert len(shown.ask(lambda desk: desk.consents.ledger(new))) == 1
