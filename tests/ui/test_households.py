"""Households and relationships in a real window: made, shown, written to."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot
from tests.ui.letters_window import names
from tests.ui.real_window import OpenWindow, button, filled_file, texts, window_over_copy

from alumnidesk.desk import Desk
from alumnidesk.domain.association import Association
from alumnidesk.domain.cards import Address, ContactCard
from alumnidesk.ui.contacts.relating import OWN
from alumnidesk.ui.letters.steps import CHECK

LINDENWEG = Address("Lindenweg", "14", postcode="22767", town="Hamburg", label="home")
KAI = Address("Am Kai", "3", postcode="24103", town="Kiel", label="home")


def fill(desk: Desk) -> None:
    """A couple at one address, somebody who lives elsewhere, and an organisation."""
    desk.settings.save(Association(name="Freundeskreis", street="Hof 1", postcode="24937", town="Flensburg"))
    for given, gender, address in (("Anna", "f", LINDENWEG), ("Bernd", "m", LINDENWEG), ("Clara", "f", KAI)):
        desk.contacts.add(
            ContactCard(given_name=given, family_name="Müller", gender_form=gender, addresses=(address,), language="de")
        )
    desk.contacts.add(ContactCard(kind="organisation", organisation="Werft <b>Nord</b>"))


@pytest.fixture(scope="module")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The file that every test here begins with."""
    return filled_file(tmp_path_factory, fill)


@pytest.fixture
def shown(qtbot: QtBot, tmp_path: Path, filled: Path) -> Iterator[OpenWindow]:
    with window_over_copy(qtbot, filled, tmp_path) as window:
        yield window


# In the detail -------------------------------------------------------------------------------------------------------


def detail(shown: OpenWindow, contact: int) -> Any:
    """The detail of a contact."""
    page = shown.page("contacts", contact)
    shown.qtbot.waitUntil(lambda: page.detail.card is not None and page.detail.card.id == contact)
    return page.detail


def dialog(shown: OpenWindow) -> Any:
    """The dialog that stands in front."""
    shown.settle()
    found = QApplication.activeModalWidget()
    assert found is not None
    return found


def pick(shown: OpenWindow, picker: Any, name: str) -> None:
    """Type a name and take the first one found with Enter."""
    picker.search.setFocus()
    picker.search.setText(name)
    shown.settle()
    QTest.keyClick(picker.search, Qt.Key.Key_Return)
    shown.settle()


def test_a_household_shows_its_people_and_what_a_letter_to_them_says(shown: OpenWindow) -> None:
    shown.ask(lambda desk: desk.households.make([1, 2]))
    section = detail(shown, 1).household

    assert "Bernd Müller" in texts(section)
    assert section.letters.text().splitlines() == [
        "Frau Anna Müller",
        "Herrn Bernd Müller",
        "Lindenweg 14",
        "22767 Hamburg",
        "Sehr geehrte Frau Müller, sehr geehrter Herr Müller,",
    ]
    shown.click(button(section, "Open contact Bernd Müller"))
    there: Any = shown.window.current_page
    assert there.detail.card.id == 2


def test_who_lives_alone_sees_no_household(shown: OpenWindow) -> None:
    assert detail(shown, 1).household.isHidden()
    assert detail(shown, 4).relationships.isHidden()


def test_one_leaves_a_household_and_undo_brings_it_back(shown: OpenWindow) -> None:
    shown.ask(lambda desk: desk.households.make([1, 2]))
    section = detail(shown, 1).household
    shown.click(section.leave)
    assert section.isHidden()

    shown.ask(lambda desk: desk.history.undo())
    assert section.isVisible()


def test_a_picker_stands_on_the_first_found_after_each_key_and_enter_takes_whom_it_stands_on(shown: OpenWindow) -> None:
    detail(shown, 1).household.open()
    picker = dialog(shown).picker
    picker.search.setText("mü")
    shown.settle()
    assert len(picker.table.ids) > 1
    picker.list.go_to(picker.table.ids[1])
    picker.search.setText("müll")
    shown.settle()
    assert picker.list.currentIndex().row() == 0
    second = picker.table.ids[1]
    picker.list.go_to(second)
    taken: list[int] = []
    picker.picked.connect(lambda line: taken.append(line.id))
    picker.search.setFocus()
    QTest.keyClick(picker.search, Qt.Key.Key_Return)
    shown.settle()
    assert taken == [second]


def test_somebody_is_added_to_a_household_by_name(shown: OpenWindow) -> None:
    detail(shown, 1).household.open()
    box = dialog(shown)
    assert not box.do.isEnabled()
    pick(shown, box.picker, "bernd")
    assert box.names.text() == "Anna Müller, Bernd Müller"
    assert box.where.isHidden()  # both live at one address: nothing to ask
    shown.click(box.do)

    assert shown.ask(lambda desk: desk.households.card(1).members) == (1, 2)


def test_selected_contacts_become_a_household_at_one_address(shown: OpenWindow) -> None:
    page = shown.page("contacts")
    page.search.setText("müller")
    shown.settle()
    page.list.selectAll()
    shown.window.actions_["contacts.household"].trigger()
    box = dialog(shown)
    assert box.preview.text().count("Sehr geehrte ") == 2  # Clara lives elsewhere

    box.where.setCurrentIndex(box.where.findData(1))
    box.where.activated.emit(1)
    assert "Familie Müller\nLindenweg 14" in box.preview.text()
    box.form.fields["own_salutation"].line.setText("Ihr Lieben,")
    assert box.preview.text().endswith("Ihr Lieben,")
    shown.click(box.do)

    towns = shown.ask(lambda desk: [card.addresses[-1].town for card in desk.contacts.cards([1, 2, 3])])
    assert towns == ["Hamburg", "Hamburg", "Hamburg"]
    assert shown.ask(lambda desk: desk.households.card(1).own_salutation) == "Ihr Lieben,"


def test_households_are_proposed_and_one_can_be_left_out(shown: OpenWindow) -> None:
    shown.page("contacts")
    shown.window.actions_["contacts.households"].trigger()
    box = dialog(shown)
    assert box.list.model().index(0, 0).data().startswith("Anna Müller, Bernd Müller")
    QTest.keyClick(box.list, Qt.Key.Key_Return)
    assert box.make.text() == "Propose none of them again"
    QTest.keyClick(box.list, Qt.Key.Key_Return)
    shown.click(box.make)
    assert shown.ask(lambda desk: desk.households.card(1).members) == (1, 2)

    shown.window.actions_["contacts.households"].trigger()
    shown.settle()
    assert QApplication.activeModalWidget() is None  # nothing more to propose, which the notice says


def test_households_that_are_left_out_are_not_proposed_again(shown: OpenWindow) -> None:
    shown.page("contacts")
    shown.window.actions_["contacts.households"].trigger()
    box = dialog(shown)
    QTest.keyClick(box.list, Qt.Key.Key_Return)
    shown.click(box.make)
    assert shown.ask(lambda desk: desk.households.proposals()) == []
    shown.ask(lambda desk: desk.history.undo())
    assert shown.ask(lambda desk: desk.households.proposals())[0].members == (1, 2)


# Relationships -------------------------------------------------------------------------------------------------------


def test_a_relationship_is_added_by_name_and_seen_from_both_sides(shown: OpenWindow) -> None:
    pane = detail(shown, 4)
    pane.relationships.open()
    shown.settle()
    sheet = pane.relationships.sheet
    assert sheet.kind.box.currentText() == "Contact person"
    pick(shown, sheet.picker, "anna")
    sheet.form.fields["position"].line.setText("Leiterin <i>")
    sheet.form.fields["department"].line.setText("Einkauf")
    sheet.form.fields["began"].line.setText("3/2019")
    shown.click(sheet.save)

    below = "Leiterin <i>, Einkauf, since Mar 2019"
    assert {"Contact person", "Anna Müller", below} <= set(texts(pane.relationships))
    shown.click(button(pane.relationships, "Contact person: Anna Müller"))
    assert {"Contact person at", "Werft <b>Nord</b>", below} <= set(texts(detail(shown, 1).relationships))


def test_position_and_department_are_asked_for_only_where_there_are_some(shown: OpenWindow) -> None:
    pane = detail(shown, 1)
    pane.relationships.open()
    sheet = pane.relationships.sheet
    pick(shown, sheet.picker, "clara")
    sheet.kind.set_value("employer/back")
    sheet.kind.box.activated.emit(sheet.kind.box.currentIndex())
    assert sheet.form.fields["position"].isVisible()
    sheet.form.fields["position"].line.setText("Leiterin")
    sheet.kind.set_value("mentor")
    sheet.kind.box.activated.emit(sheet.kind.box.currentIndex())
    assert not sheet.form.fields["position"].isVisible()
    shown.click(sheet.save)
    (relation,) = shown.ask(lambda desk: desk.relationships.of(1))
    assert (relation.kind, relation.position) == ("mentor", ""), "what was typed for another kind is not kept"


def test_a_kind_of_ones_own_is_made_where_it_is_needed(shown: OpenWindow) -> None:
    pane = detail(shown, 1)
    pane.relationships.open()
    sheet = pane.relationships.sheet
    pick(shown, sheet.picker, "clara")
    sheet.kind.set_value(OWN)
    sheet.kind.box.activated.emit(sheet.kind.box.currentIndex())
    names = sheet.names.fields
    shown.click(sheet.save)
    assert names["name"].problem.isVisible()

    names["name"].line.setText("Godmother")
    names["name_back"].line.setText("Godchild")
    shown.click(sheet.save)
    assert "Godmother" in texts(pane.relationships)
    assert "Godchild" in texts(detail(shown, 3).relationships)


def test_a_date_that_cannot_be_is_said_at_its_field(shown: OpenWindow) -> None:
    shown.ask(lambda desk: desk.relationships.relate(1, 3, "mentor", began="2020"))
    pane = detail(shown, 3)
    (relation,) = shown.ask(lambda desk: desk.relationships.of(3))
    sheet = pane.relationships.sheet
    sheet.begin_changing(relation)
    shown.settle()
    sheet.form.fields["ended"].line.setText("2019")
    shown.click(sheet.save)
    assert sheet.form.fields["ended"].problem.isVisible()

    sheet.form.fields["ended"].line.setText("2021")
    shown.click(sheet.save)
    assert sheet.isHidden()
    assert "2020–2021" in texts(pane.relationships)


def test_esc_gives_up_a_relationship_that_was_begun(shown: OpenWindow) -> None:
    pane = detail(shown, 1)
    pane.relationships.open()
    shown.settle()
    QTest.keyClick(pane.relationships.sheet, Qt.Key.Key_Escape)
    assert pane.relationships.isHidden()


# Letters -------------------------------------------------------------------------------------------------------------


def mailing(shown: OpenWindow) -> Any:
    """A mailing to everybody, at its first step."""
    ids = shown.ask(lambda desk: list(desk.find.contacts("müller").ids))
    shown.window.open_page("letters", contacts=ids)
    shown.settle()
    return shown.window.current_page


def test_without_a_household_nothing_is_asked_about_it(shown: OpenWindow) -> None:
    page = mailing(shown)
    assert page.steps.recipients.per_household.isHidden()


def test_a_household_gets_one_letter_unless_one_for_each_is_wished(shown: OpenWindow) -> None:
    shown.ask(lambda desk: desk.households.make([1, 2]))
    page = mailing(shown)
    box = page.steps.recipients.per_household
    assert box.isVisible()
    assert box.isChecked()
    assert box.text() == "One letter per household (1)"

    for _ in range(CHECK):
        shown.click(page.steps.next)
    assert sorted(name.split(",")[0] for name in names(page)) == ["Anna and Bernd Müller", "Clara Müller"]

    page.steps.go_to(0)
    shown.settle()
    box.click()
    shown.settle()
    for _ in range(CHECK):
        shown.click(page.steps.next)
    assert len(names(page)) == 3
