"""Returned mail in a real window over a real file: codes scanned one after the other, names, and taking back."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot
from tests.ui.real_window import OpenWindow, button, filled_file, texts, window_over_copy

from alumnidesk.desk import Desk
from alumnidesk.domain.cards import Address, Affiliation, ContactCard, LetterText, TemplateCard
from alumnidesk.domain.mailings import CONTACTS, Audience, Job
from alumnidesk.services.mailings import Outputs

MARKUP = "<b>Otto</b>"
TODAY = dt.date.today().isoformat()


def _person(given: str, family: str, street: str) -> ContactCard:
    return ContactCard(
        given_name=given,
        family_name=family,
        addresses=(Address(street=street, postcode="22767", town="Hamburg"),),
        affiliations=(Affiliation("Gymnasium Lindenhof", cohort_to=1998),),
    )


def fill(desk: Desk) -> None:
    """Three classmates, to each of whom a letter with its code went out."""
    people = [
        desk.contacts.add(_person(given, family, street)).id or 0
        for given, family, street in (
            ("Anna", "Müller", "Lindenweg 14"),
            (MARKUP, "Voss", "Am Kai 3"),
            ("Berta", "Voss", "Hafenstr. 7"),
        )
    ]
    letter = desk.letters.save_template(
        TemplateCard(name="News", purpose="invitations", texts=(LetterText("en", "News", "Dear all", "Bye"),))
    )
    job = Job("News", Audience(CONTACTS, contacts=tuple(people)), template=letter.id)
    folder = desk.path.parent
    desk.mailings.produce(desk.mailings.plan(job), Outputs(folder / "news.pdf"), job=job)


@pytest.fixture(scope="module")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The file that every test here begins with."""
    return filled_file(tmp_path_factory, fill)


@pytest.fixture
def shown(qtbot: QtBot, tmp_path: Path, filled: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[OpenWindow]:
    monkeypatch.setattr(QApplication, "beep", lambda: None)
    with window_over_copy(qtbot, filled, tmp_path) as window:
        yield window


def room(shown: OpenWindow) -> Any:
    """The place for returned mail, opened from another page by its key."""
    shown.page("contacts")
    shown.window.actions_["letters.returned"].trigger()
    shown.settle()
    page: Any = shown.window.current_page
    return page.returned


def scan(shown: OpenWindow, text: str) -> None:
    """What a scanner does: it types the code where the keyboard stands, and ends with Enter."""
    shown.type(text)
    shown.key(Qt.Key.Key_Return)


def focused(shown: OpenWindow) -> Any:
    """Where the keyboard stands."""
    return shown.window.focusWidget()


def code_of(shown: OpenWindow, name: str) -> str:
    """The code on the letter to somebody."""

    def look(desk: Desk) -> str:
        lines = desk.sent_letters.of(desk.mailings.all()[0].id)
        return desk.sent_letters.letter(next(line.id for line in lines if name in line.name)).code

    code: str = shown.ask(look)
    return code


def address_of(shown: OpenWindow, name: str) -> Address:
    """The address of somebody."""
    address: Address = shown.ask(lambda desk: desk.contacts.card(desk.find.contacts(name).ids[0]).addresses[0])
    return address


def test_a_scanned_code_marks_the_address_opens_a_search_and_says_whom_to_ask(shown: OpenWindow) -> None:
    place = room(shown)
    scan(shown, code_of(shown, "Anna"))
    assert address_of(shown, "anna").undeliverable_since == TODAY
    assert [note.name for note in shown.ask(lambda desk: desk.notes.open())] == ["Anna Müller"]
    seen = texts(place)
    assert any(text.startswith("Anna Müller, Lindenweg 14, 22767 Hamburg: undeliverable since") for text in seen)
    assert "Berta Voss (Gymnasium Lindenhof, cohort of 1998)" in seen
    assert place.count.text() == "1 letter entered, 1 address undeliverable"
    shown.click(button(place, "Berta Voss (Gymnasium Lindenhof, cohort of 1998)"))
    assert shown.window.current_name == "contacts"


def test_one_code_after_the_other_is_scanned_without_the_mouse(shown: OpenWindow) -> None:
    place = room(shown)
    for name in ("Anna", "Berta", "Otto"):
        scan(shown, code_of(shown, name))
    assert place.count.text() == "3 letters entered, 3 addresses undeliverable"
    assert [row.answer.name for row in place.rows] == [f"{MARKUP} Voss", "Berta Voss", "Anna Müller"]
    search = place.entry.search
    assert focused(shown) is search
    assert search.text() == ""


def test_a_name_with_markup_is_shown_as_typed(shown: OpenWindow) -> None:
    place = room(shown)
    scan(shown, code_of(shown, "Otto"))
    assert place.rows[0].said.text().replace("\N{ZERO WIDTH SPACE}", "").startswith(f"{MARKUP} Voss, Am Kai 3")
    assert place.rows[0].said.textFormat() == Qt.TextFormat.PlainText


def test_a_typing_error_in_the_code_is_said_and_changes_nothing(
    shown: OpenWindow, monkeypatch: pytest.MonkeyPatch
) -> None:
    beeps: list[bool] = []
    monkeypatch.setattr(QApplication, "beep", lambda: beeps.append(True))
    place = room(shown)
    code = code_of(shown, "Anna")
    wrong = code[:-1] + str((int(code[-1]) + 1) % 10)
    before = shown.ask(lambda desk: desk.history.next_undo())
    scan(shown, wrong)
    assert shown.ask(lambda desk: desk.history.next_undo()) == before
    assert not place.rows[0].undo.isVisible()
    assert code in place.rows[0].detail.text(), "the code that was probably meant is named"
    assert beeps
    assert focused(shown) is place.entry.search


def test_an_address_that_was_changed_since_is_left_as_it_is(shown: OpenWindow) -> None:
    place = room(shown)

    def move(desk: Desk) -> None:
        card = desk.contacts.card(desk.find.contacts("anna").ids[0])
        desk.contacts.save(card, replace(card, addresses=(replace(card.addresses[0], street="Neuer Weg 1"),)))

    shown.ask(move)
    scan(shown, code_of(shown, "Anna"))
    assert address_of(shown, "anna").undeliverable_since == ""
    assert "Neuer Weg 1" in place.rows[0].detail.text().replace("\N{ZERO WIDTH SPACE}", "")
    assert place.count.text() == "1 letter entered, 0 addresses undeliverable"


def test_a_letter_that_is_scanned_twice_counts_once(shown: OpenWindow) -> None:
    place = room(shown)
    for _ in range(2):
        scan(shown, code_of(shown, "Anna"))
    assert place.rows[0].said.text() == "Anna Müller: entered already"
    assert len(shown.ask(lambda desk: desk.notes.open())) == 1


def test_each_answer_can_be_taken_back_in_any_order(shown: OpenWindow) -> None:
    place = room(shown)
    for name in ("Anna", "Berta"):
        scan(shown, code_of(shown, name))
    shown.click(place.rows[1].undo)
    assert address_of(shown, "anna").undeliverable_since == ""
    assert address_of(shown, "berta").undeliverable_since == TODAY
    assert place.rows[1].undone.isVisible()
    assert not place.rows[1].undo.isVisible()
    assert place.rows[0].undo.isVisible()
    assert place.count.text() == "2 letters entered, 1 address undeliverable"
    shown.window.deeds.redo()
    shown.settle()
    assert place.rows[1].undo.isVisible(), "done again from the menu, it holds again"


def test_without_a_code_the_person_is_found_by_name(shown: OpenWindow) -> None:
    place = room(shown)
    scan(shown, "anna")
    assert address_of(shown, "anna").undeliverable_since == TODAY
    assert place.rows[0].answer.name == "Anna Müller"
    assert focused(shown) is place.entry.search


def test_of_several_with_the_same_name_one_is_chosen(shown: OpenWindow) -> None:
    place = room(shown)
    scan(shown, "voss")
    assert not place.rows
    listed = place.entry.list
    assert focused(shown) is listed
    row = next(n for n, id in enumerate(place.entry.table.ids) if place.entry._lines[id].name == "Berta Voss")
    listed.setCurrentIndex(place.entry.table.index(row, 0))
    shown.key(Qt.Key.Key_Return)
    assert [row.answer.name for row in place.rows] == ["Berta Voss"]


def test_who_has_no_address_in_use_is_said_and_nothing_changes(shown: OpenWindow) -> None:
    place = room(shown)
    for _ in range(2):
        scan(shown, "anna")
    assert place.rows[0].said.text() == "Anna Müller has no address that is in use"
    assert not place.rows[0].undo.isVisible()


def test_the_button_on_the_page_of_letters_leads_here_and_back(shown: OpenWindow) -> None:
    page = shown.page("letters")
    shown.click(button(page, "Returned mail"))
    assert page.returned.isVisible()
    assert page.help_topic == "returned-mail"
    assert page.returned.nothing.isVisible()
    shown.click(button(page, "Back to the letters"))
    assert page.overview.isVisible()
    assert page.help_topic == "letters"
