"""Contacts are corrected where they stand: saved when left, taken back with Esc, undone with one key."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QCheckBox, QLabel, QLineEdit
from tests.ui.contacts_window import Contacts, focused, section
from tests.ui.real_window import button, in_dialog, texts

from alumnidesk.domain.fields import FIELDS, Group, Kind
from alumnidesk.ui.contacts.parts import PartsField
from alumnidesk.ui.widgets.dialog import Dialog

# The budgets: clicks, key chords or fields, what is typed not counted ------------------------------------------------


def test_an_address_is_corrected_in_three_steps_and_taken_back_in_one(shown: Contacts) -> None:
    shown.stand_on("Anna Müller")  # 1
    shown.click(shown.fact("Address"))  # 2
    assert focused() == "Street"
    shown.type("Am Kai 3")
    shown.tab()
    shown.tab()
    shown.tab()
    assert focused() == "Postcode"
    shown.type("24103")
    shown.tab()
    shown.type("Kiel")
    shown.key(Qt.Key.Key_Return)  # 3
    assert shown.fact("Address").fact.value == "Am Kai 3\n24103 Kiel"
    assert "Kiel" in [str(shown.page_.table.index(row, 1).data()) for row in range(len(shown.names()))]
    assert shown.notice() == "Addresses of Anna Müller changed"
    shown.do("edit.undo")  # 1
    assert shown.fact("Address").fact.value == "Lindenweg 14\n22767 Hamburg"
    assert shown.fact("Address").hasFocus(), "the keyboard stands where it stood"


def test_undo_in_the_middle_of_an_address_takes_back_what_was_typed_in_it_and_nothing_else(shown: Contacts) -> None:
    shown.stand_on("Milan Novák")
    shown.open(Group.NAME)
    shown.put("Milos")
    shown.key(Qt.Key.Key_Return)
    shown.stand_on("Anna Müller")
    shown.click(shown.fact("Address"))
    shown.put("Am Kai 3")
    shown.tab()
    shown.do("edit.undo")
    assert shown.card("Anna Müller").addresses[0].street == "Lindenweg 14"
    street = next(field for field in section(shown).findChildren(QLineEdit) if field.accessibleName() == "Street")
    shown.qtbot.waitUntil(lambda: street.text() == "Lindenweg 14", timeout=2000)
    assert shown.notice() == "Taken back: Addresses of Anna Müller changed"
    assert "Milos Novák" in shown.names()
    shown.do("edit.redo")
    assert shown.card("Anna Müller").addresses[0].street == "Am Kai 3"


# Leaving, Esc, refusals ----------------------------------------------------------------------------------------------


def test_a_field_is_saved_when_it_is_left_and_the_section_folds_up_when_that_is_left(shown: Contacts) -> None:
    shown.stand_on("Milan Novák")
    shown.open(Group.NAME)
    shown.tab()
    shown.put("Nováková")
    shown.tab(back=True)
    assert shown.card("Milan Nováková").family_name == "Nováková"
    assert shown.page_.detail.editing
    shown.click(shown.page_.search)
    shown.qtbot.waitUntil(lambda: not shown.page_.detail.editing)
    assert "Milan Nováková" in texts(shown.page_.detail)


def test_esc_takes_back_what_was_typed_and_then_leaves_the_section(shown: Contacts) -> None:
    shown.stand_on("Milan Novák")
    shown.open(Group.NAME)
    shown.put("Somebody else")
    shown.key(Qt.Key.Key_Escape)
    assert section(shown).fields["given_name"].value == "Milan"
    shown.key(Qt.Key.Key_Escape)
    assert not shown.page_.detail.editing
    assert shown.page_.detail.head.hasFocus()
    assert shown.card("Milan Novák").given_name == "Milan"


def test_an_address_that_cannot_be_one_is_refused_beside_its_field_and_stays_as_typed(shown: Contacts) -> None:
    shown.stand_on("Bernd Mueller")
    shown.click(shown.fact("E-mail"))
    shown.put("no address at all")
    shown.key(Qt.Key.Key_Return)
    field = section(shown).fields["emails"]
    assert "no address at all" in field.problem.text()
    assert field.problem.isVisible()
    assert isinstance(field, PartsField)
    assert field.blocks[0].first.text() == "no address at all"  # type: ignore[attr-defined]
    assert shown.card("Bernd Mueller").emails[0].address == "b.mueller@post.example"
    shown.put("bernd@mail.example")
    shown.key(Qt.Key.Key_Return)
    assert shown.card("Bernd Mueller").emails[0].address == "bernd@mail.example"


def test_a_date_that_is_none_is_said_to_be_none(shown: Contacts) -> None:
    shown.stand_on("Anna Müller")
    shown.click(shown.fact("Born"))
    shown.put("31.2.1979")
    shown.key(Qt.Key.Key_Return)
    assert "not a date" in section(shown).fields["birth_date"].problem.text()
    assert not shown.page_.may_leave()
    shown.put("31.3.1979")
    shown.key(Qt.Key.Key_Return)
    assert shown.card("Anna Müller").birth_date == "1979-03-31"


def test_opening_and_leaving_without_typing_writes_nothing(shown: Contacts) -> None:
    shown.stand_on("Anna Müller")
    before = shown.ask(lambda desk: desk.history.entries()[0].id)
    for group in Group:
        shown.open(group)
        shown.settle()
        for _ in range(4):
            shown.tab()
    assert shown.page_.may_leave()
    shown.settle()
    assert shown.ask(lambda desk: desk.history.entries()[0].id) == before


def test_another_row_cannot_be_reached_past_a_value_that_needs_a_look(shown: Contacts) -> None:
    shown.stand_on("Anna Müller")
    shown.click(shown.fact("Born"))
    shown.put("someday")
    shown.page_.list.setFocus()
    anna = shown.page_.list.current_id
    shown.page_.list.go_to(shown.page_.table.ids[-1])
    shown.qtbot.wait(200)
    assert shown.shown_name() == "Anna Müller"
    assert shown.page_.list.current_id == anna


def test_what_the_computer_would_not_save_stays_as_typed_and_is_saved_once_it_can_be(shown: Contacts) -> None:
    """The file is gone for a while, as with a stick that is pulled out."""
    path = shown.ask(lambda desk: desk.path)
    elsewhere = path.with_name("elsewhere.alumnidesk")
    shown.stand_on("Milan Novák")
    shown.open(Group.NAME)
    shown.tab()
    path.rename(elsewhere)
    said: list[str] = []
    shown.put("Nováková")
    in_dialog(shown, Dialog, lambda: shown.key(Qt.Key.Key_Return), lambda dialog: said.extend(texts(dialog)))
    assert any("moved, renamed or deleted" in text for text in said)
    shown.window.activateWindow()
    shown.qtbot.waitUntil(shown.window.isActiveWindow)
    family_name = section(shown).fields["family_name"]
    assert family_name.value == "Nováková"
    assert "not saved yet" in family_name.problem.text()
    family_name.setFocus()
    in_dialog(shown, Dialog, lambda: shown.click(shown.page_.search), lambda dialog: None)
    assert shown.page_.detail.editing
    elsewhere.rename(path)
    shown.window.activateWindow()
    shown.qtbot.waitUntil(shown.window.isActiveWindow)
    family_name.setFocus()
    shown.key(Qt.Key.Key_Return)
    assert shown.card("Milan Nováková").family_name == "Nováková"
    assert family_name.problem.isHidden()
    shown.key(Qt.Key.Key_Return)
    assert not shown.page_.detail.editing


@pytest.mark.parametrize("towards", ["another row", "several rows", "a new contact"])
def test_what_could_not_be_saved_on_the_way_keeps_its_contact(shown: Contacts, towards: str) -> None:
    page, path = shown.page_, shown.ask(lambda desk: desk.path)
    elsewhere = path.with_name("elsewhere.alumnidesk")
    shown.stand_on("Milan Novák")
    milan = page.list.current_id
    shown.click(shown.fact("Address"))
    path.rename(elsewhere)
    shown.put("Am Kai 3")

    def leave() -> None:
        if towards == "a new contact":
            shown.do("contacts.new")
            return
        page.list.setFocus()
        if towards == "several rows":
            page.list.selectAll()
        else:
            page.list.go_to(page.table.ids[0])

    in_dialog(shown, Dialog, leave, lambda dialog: QTest.qWait(300))  # what was asked for is read meanwhile
    shown.settle()
    assert shown.shown_name() == "Milan Novák"
    assert page.list.current_id == milan
    street = next(field for field in section(shown).findChildren(QLineEdit) if field.accessibleName() == "Street")
    assert street.text() == "Am Kai 3"
    assert "not saved yet" in section(shown).fields["addresses"].problem.text()
    elsewhere.rename(path)
    shown.window.activateWindow()
    shown.qtbot.waitUntil(shown.window.isActiveWindow)
    street.setFocus()
    shown.key(Qt.Key.Key_Return)
    assert shown.card("Milan Novák").addresses[0].street == "Am Kai 3"


def test_a_window_does_not_close_over_what_could_not_be_saved(shown: Contacts) -> None:
    path = shown.ask(lambda desk: desk.path)
    elsewhere = path.with_name("elsewhere.alumnidesk")
    shown.stand_on("Milan Novák")
    shown.click(shown.fact("Address"))
    path.rename(elsewhere)
    shown.put("Am Kai 3")
    left: list[bool] = []
    in_dialog(shown, Dialog, lambda: left.append(shown.window.leave()), lambda dialog: None)
    assert left == [False]
    street = next(field for field in section(shown).findChildren(QLineEdit) if field.accessibleName() == "Street")
    assert street.text() == "Am Kai 3"
    elsewhere.rename(path)
    shown.window.activateWindow()
    shown.qtbot.waitUntil(shown.window.isActiveWindow)
    street.setFocus()
    shown.key(Qt.Key.Key_Return)
    assert shown.window.leave()
    assert shown.card("Milan Novák").addresses[0].street == "Am Kai 3"


def test_what_could_not_be_saved_is_given_up_with_esc(shown: Contacts) -> None:
    path = shown.ask(lambda desk: desk.path)
    elsewhere = path.with_name("elsewhere.alumnidesk")
    shown.stand_on("Milan Novák")
    shown.click(shown.fact("Address"))
    path.rename(elsewhere)
    shown.put("Am Kai 3")
    in_dialog(shown, Dialog, lambda: shown.key(Qt.Key.Key_Return), lambda dialog: None)
    assert "not saved yet" in section(shown).fields["addresses"].problem.text()
    shown.key(Qt.Key.Key_Escape)
    assert section(shown).fields["addresses"].problem.isHidden()
    shown.key(Qt.Key.Key_Escape)
    assert not shown.page_.detail.editing
    elsewhere.rename(path)


def test_fields_left_faster_than_they_are_saved_are_all_saved(shown: Contacts) -> None:
    shown.stand_on("Milan Novák")
    shown.open(Group.WORK)
    fields = section(shown).fields
    for key, text in (("organisation", "Stadtwerke"), ("department", "Netze"), ("position", "Leiter")):
        fields[key].editor.setFocus()
        fields[key].editor.setText(text)  # type: ignore[attr-defined]
    shown.click(shown.page_.search)
    shown.qtbot.waitUntil(lambda: not shown.page_.detail.editing)
    card = shown.card("Milan Novák")
    assert (card.organisation, card.department, card.position) == ("Stadtwerke", "Netze", "Leiter")


def test_a_section_that_is_closed_leaves_its_lines_where_the_eye_left_them(shown: Contacts) -> None:
    shown.window.resize(1366, 700)
    shown.stand_on("Anna Müller")
    detail = shown.page_.detail

    def height() -> int:
        line = shown.fact("Phone")
        return line.mapTo(detail, line.rect().topLeft()).y()

    before = height()
    for leaving in (Qt.Key.Key_Escape, Qt.Key.Key_Return):
        shown.open(Group.REACH, "phones")
        assert detail._scroll.verticalScrollBar().value() > 0, "the form is seen down to its end"
        if leaving == Qt.Key.Key_Return:
            shown.put("+49 40 66969 124")
        shown.key(leaving)
        assert detail.forms == {}
        assert height() == before


# All there is --------------------------------------------------------------------------------------------------------


def test_every_field_of_the_catalogue_can_be_reached(shown: Contacts) -> None:
    shown.stand_on("Anna Müller")
    reached: set[str] = set()
    for group in Group:
        shown.open(group)
        reached |= set(section(shown).fields)
    assert reached == {field.key for field in FIELDS if field.kind not in (Kind.FOREIGN, Kind.IDENTITY)}


def test_the_salutation_follows_what_one_chooses(shown: Contacts) -> None:
    shown.stand_on("Anna Müller")
    shown.click(shown.fact("Letters"))
    form = section(shown)
    box = form.fields["gender_form"].editor
    box.setCurrentIndex(box.findData("m"))  # type: ignore[attr-defined]
    assert any("Herr Müller" in text for text in texts(form))
    mode = form.fields["salutation_mode"].editor
    mode.setCurrentIndex(mode.findData("own"))  # type: ignore[attr-defined]
    mode.activated.emit(mode.currentIndex())  # type: ignore[attr-defined]
    own = form.fields["own_salutation"].editor
    own.setFocus()
    shown.type("Moin Anna,")
    assert any(text.startswith("Moin Anna,") for text in texts(form))


def test_who_wants_no_letters_says_so_in_list_and_detail(shown: Contacts) -> None:
    shown.stand_on("Anna Müller")
    shown.click(shown.fact("Letters"))
    box = section(shown).fields["no_post"].editor
    assert isinstance(box, QCheckBox)
    box.click()
    shown.settle()
    assert shown.card("Anna Müller").no_post
    shown.click(shown.page_.search)
    shown.qtbot.waitUntil(lambda: not shown.page_.detail.editing)
    assert "No letters" in shown.fact("Letters").accessibleName()


def test_a_note_is_written_when_it_is_left_and_given_up_with_esc(shown: Contacts) -> None:
    shown.stand_on("Milan Novák")
    shown.do("contacts.note")
    shown.type("Will call again.")
    shown.click(shown.page_.search)
    shown.settle()
    notes = [e for e in shown.ask(lambda desk: desk.contacts.timeline(shown.page_.detail.card.id)) if e.kind == "note"]
    assert [str(note.detail) for note in notes] == ["Will call again."]
    assert "Will call again." in shown.page_.detail.timeline.accessibleName()
    shown.do("contacts.note")
    shown.type("Never mind")
    shown.key(Qt.Key.Key_Escape)
    assert shown.page_.detail.note.isHidden()
    assert (
        len([e for e in shown.ask(lambda desk: desk.contacts.timeline(shown.page_.detail.card.id)) if e.kind == "note"])
        == 1
    )


def test_nothing_in_the_detail_is_ever_markup(shown: Contacts) -> None:
    shown.stand_on("Anna Müller")
    for group in Group:
        shown.open(group)
        labels = shown.page_.detail.findChildren(QLabel)
        assert all(label.textFormat() == Qt.TextFormat.PlainText for label in labels)


def test_other_fields_are_offered_by_name(shown: Contacts) -> None:
    shown.stand_on("Milan Novák")
    words = [action.text() for action in shown.page_.detail._other_fields().actions()]
    assert "Work" in words
    assert button(shown.page_.detail, "Other fields").isVisible()
