"""The detail while several contacts are selected: how many, what is done with all of them, what they share."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QItemSelectionModel, Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot
from tests.ui.contacts_window import MARKUP, Contacts, contacts_window, focused, people
from tests.ui.real_window import button, filled_file, texts

from alumnidesk.desk import Desk
from alumnidesk.domain.cards import Address, Affiliation, ContactCard, Email
from alumnidesk.domain.fields import Group

SHIFT, CONTROL = Qt.KeyboardModifier.ShiftModifier, Qt.KeyboardModifier.ControlModifier


def _more_people(desk: Desk) -> None:
    people(desk)
    towns = ("Kiel", "Kiel", "Hamburg", "Bonn", "Celle", "Dresden", "Erfurt", "Fulda")
    for town in towns[3:]:
        desk.contacts.add(ContactCard(family_name=f"Ast {town}", tags=(MARKUP,) * (town == "Bonn"),
                                      addresses=(Address(town=town),)))  # fmt: skip
    for number, town in enumerate(towns):
        desk.contacts.add(
            ContactCard(
                family_name=f"Zweig {number}",
                tags=("Mentor",) if number < 2 else (),
                emails=(Email(f"z{number}@mail.example"),) if number else (),
                addresses=(Address(town=town),),
                affiliations=(Affiliation("House", cohort_from=1998, cohort_to=1998),) if number > 5 else (),
            )
        )


@pytest.fixture(scope="module")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return filled_file(tmp_path_factory, _more_people)


@pytest.fixture
def shown(qtbot: QtBot, tmp_path: Path, filled: Path) -> Iterator[Contacts]:
    with contacts_window(qtbot, Path(shutil.copy(filled, tmp_path / "c.alumnidesk")), None) as window:
        yield window


def _select(shown: Contacts, *names: str) -> Any:
    """Select these in the list, and wait for what stands beside it."""
    rows, flags = shown.page_.list, QItemSelectionModel.SelectionFlag
    shown.stand_on(names[0])
    for name in names[1:]:
        index = shown.page_.table.index(shown.names().index(name), 0)
        rows.selectionModel().setCurrentIndex(index, flags.Select | flags.Rows)
    shown.qtbot.waitUntil(lambda: shown.page_.beside.several.isVisible(), timeout=5000)
    return shown.page_.beside.several


def _said(several: Any) -> list[str]:
    return [text.replace("\N{NO-BREAK SPACE}", " ") for text in texts(several)]


def test_several_selected_are_counted_with_what_they_have_in_common(shown: Contacts) -> None:
    several = _select(shown, "Zweig 0", "Zweig 1", "Zweig 2", "Anna Müller")
    said = _said(several)
    assert "4 contacts selected" in said
    assert "Hamburg (2), Kiel (2)" in said
    assert "Mentor (3) and others" in said
    assert "1 contact" in said, "has no e-mail address"
    assert not shown.page_.detail.isVisible()


def test_what_nobody_shares_is_not_named(shown: Contacts) -> None:
    several = _select(shown, "Zweig 2", "Zweig 3")
    labels = {"Town", "Cohort", "Tags"} & set(_said(several))
    assert not labels


def test_only_the_most_frequent_values_are_named(shown: Contacts) -> None:
    shown.page_.list.setFocus()
    shown.key(Qt.Key.Key_A, modifiers=CONTROL)
    shown.qtbot.waitUntil(lambda: shown.page_.beside.several.isVisible(), timeout=5000)
    said = _said(shown.page_.beside.several)
    assert "20 contacts selected" in said
    assert "Kiel (3), Bonn (2), Celle (2), Dresden (2), Erfurt (2), Fulda (2) and others" in said
    assert f"Mentor (3), {MARKUP} (2) and others" in said, "as it was typed"


def test_one_that_is_selected_alone_again_is_shown_as_before(shown: Contacts) -> None:
    several = _select(shown, "Zweig 0", "Zweig 1")
    shown.page_.list.setFocus()
    shown.key(Qt.Key.Key_Up)
    shown.qtbot.waitUntil(lambda: shown.shown_name() == "Zweig 0", timeout=5000)
    assert shown.page_.detail.isVisible()
    assert not several.isVisible()
    shown.key(Qt.Key.Key_Down, modifiers=SHIFT)
    shown.qtbot.waitUntil(several.isVisible, timeout=5000)
    shown.key(Qt.Key.Key_Return)
    shown.qtbot.waitUntil(lambda: shown.shown_name() == "Zweig 1", timeout=5000)
    assert shown.page_.detail.isVisible()


def test_the_buttons_do_it_with_all_of_them_and_more_offers_what_the_menu_does(shown: Contacts) -> None:
    several = _select(shown, "Zweig 0", "Zweig 1")
    button_: Any = button(several, "More")
    more = button_._menu
    more.aboutToShow.emit()
    ids = [id for id, action in shown.window.actions_._made.items() if action in more.actions()]
    assert set(ids) == {
        "contacts.tag", "contacts.change_many", "contacts.to_list", "contacts.consent", "contacts.merge",
        "contacts.export", "contacts.delete",
    }  # fmt: skip
    shown.click(button(several, "Letter"))
    assert shown.window.current_name == "letters"
    page: Any = shown.window.current_page
    assert page.steps.state.text() == "2 recipients"


def test_a_note_and_returned_mail_are_about_one_person(shown: Contacts) -> None:
    shown.stand_on("Anna Müller")
    assert "contacts.note" in shown.page_.commands()
    _select(shown, "Anna Müller", "Zweig 1")
    assert not {"contacts.note", "contacts.returned"} & shown.page_.commands().keys()


def test_esc_beside_several_leads_back_to_the_list_and_somebody_new_has_the_form(shown: Contacts) -> None:
    several = _select(shown, "Zweig 0", "Zweig 1")
    button(several, "More").setFocus()
    shown.key(Qt.Key.Key_Escape)
    assert shown.page_.list.hasFocus()
    shown.do("contacts.new")
    shown.qtbot.waitUntil(lambda: Group.NAME in shown.page_.detail.forms, timeout=5000)
    assert shown.page_.detail.isVisible()
    assert not several.isVisible()


def test_tab_goes_through_banner_list_panel_and_notice_as_one_reads_and_each_has_a_name(shown: Contacts) -> None:
    _select(shown, "Zweig 0", "Zweig 1")
    shown.window.show_read_only(True)
    shown.window.notices.say("2 contacts tagged", lambda: None, action=("Show them", lambda: None))
    shown.settle()
    shown.page_.list.setFocus()
    names = []
    while focused() not in names:
        names.append(focused())
        shown.tab()
    assert names[:6] == ["Contacts", "Letter", "More", "Show them", "Undo", "Close this notice"], "an event is changed"
    assert names[6:9] == ["Home", "Save a copy …", "Search contacts"]


def test_what_is_being_typed_about_one_stays_while_others_are_selected(shown: Contacts) -> None:
    shown.stand_on("Zweig 0")
    shown.open(Group.REMARK)
    shown.type("Half a")
    for name in ("Zweig 1", "Zweig 2"):
        index = shown.page_.table.index(shown.names().index(name), 0)
        flags = QItemSelectionModel.SelectionFlag
        shown.page_.list.selectionModel().select(index, flags.Select | flags.Rows)
    shown.settle()
    shown.qtbot.waitUntil(lambda: not shown.page_.beside._later.isActive(), timeout=5000)
    shown.settle()
    assert Group.REMARK in shown.page_.detail.forms
    assert shown.page_.detail.isVisible()
    focus = QApplication.focusWidget()
    assert focus is not None
    assert shown.page_.detail.isAncestorOf(focus)


def test_a_search_that_finds_nobody_leaves_nobody_selected(shown: Contacts) -> None:
    several = _select(shown, "Zweig 0", "Zweig 1")
    shown.search("qqqq")
    shown.qtbot.waitUntil(lambda: not several.isVisible(), timeout=5000)
    assert "0 of 20 contacts" in texts(shown.page_.head)
    assert shown.page_.selection.several() == []


def test_a_search_asks_for_nothing_in_common(shown: Contacts, monkeypatch: pytest.MonkeyPatch) -> None:
    _select(shown, "Zweig 0", "Zweig 1")
    asked: list[object] = []
    monkeypatch.setattr(shown.page_.beside, "_read_several", asked.append)
    shown.search("zwei")
    shown.settle()
    shown.qtbot.waitUntil(lambda: not shown.page_.beside._later.isActive(), timeout=5000)
    assert not asked
