"""What people really type: kept to the letter, or refused at its field with the reason."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel
from tests.integration.planned_mailing import planned
from tests.ui.contacts_window import Contacts
from tests.ui.real_window import texts

from alumnidesk.domain.fields import Group

ODD_NAMES = (
    "<b>Ärger</b> & <img src='file:///etc/passwd'>",
    "'; DROP TABLE contact; --",
    '=HYPERLINK("http://x.example")',
    "مريم الحسيني",
    "שרה \u202eנתן",
    "X" * 300,
    "Ümit " * 60,
    "Madonna",
    "🦊 Füchsin 👩‍👩‍👧",
    "O'Neil-Öhlmann d'Àcunto",
    "%s {name} \\n",
)


@pytest.mark.parametrize("name", ODD_NAMES)
def test_a_name_of_any_kind_is_kept_as_typed_and_shown_as_plain_text(shown: Contacts, name: str) -> None:
    shown.do("contacts.new")
    shown.tab()
    shown.type(name)
    shown.key(Qt.Key.Key_Return)
    shown.settle()
    wanted = " ".join(name.split())
    card = shown.card(wanted)
    assert (card.given_name, card.family_name) == ("", wanted)
    shown.qtbot.waitUntil(lambda: shown.shown_name() == wanted)
    page = shown.page_
    assert wanted in [text.replace("\N{ZERO WIDTH SPACE}", "") for text in texts(page)]
    assert all(label.textFormat() == Qt.TextFormat.PlainText for label in page.findChildren(QLabel))
    assert shown.notice() == f"{wanted} added"
    assert wanted in shown.names()
    shown.search(wanted[:40].strip())
    shown.settle()
    assert [n for n in shown.names() if n == wanted] == [wanted]
    shown.do("edit.undo")
    assert wanted not in [shown.ask(lambda desk: [c.name for c in desk.contacts.cards(desk.find.contacts().ids)])]


@pytest.mark.parametrize("typed", ["31.02.", "31.02.1980", "03/04/24", "24", "2.3.75", "29.02.1981", "soon"])
def test_a_date_that_is_none_or_two_is_refused_at_its_field_and_stays_as_typed(shown: Contacts, typed: str) -> None:
    shown.stand_on("Milan Novák")
    shown.open(Group.PERSON, "birth_date")
    shown.type(typed)
    shown.key(Qt.Key.Key_Return)
    shown.settle()
    field = shown.page_.detail.forms[Group.PERSON].fields["birth_date"]
    assert "not a date" in field.problem.text()
    assert field.editor.text() == typed
    assert shown.card("Milan Novák").birth_date == ""
    shown.key(Qt.Key.Key_Escape)
    assert field.editor.text() == ""
    assert field.problem.isHidden()


def test_zeros_for_day_and_month_are_read_as_the_year_and_the_field_says_so(shown: Contacts) -> None:
    shown.stand_on("Milan Novák")
    shown.open(Group.PERSON, "birth_date")
    shown.type("00.00.1980")
    shown.key(Qt.Key.Key_Return)
    shown.settle()
    field = shown.page_.detail.forms[Group.PERSON].fields["birth_date"]
    assert field.editor.text() == "1980"
    assert field.said.isVisible()
    assert field.said.text() == "“00.00.1980” was read as 1980: the zeros stand for what is not known."
    assert field.problem.isHidden()
    assert shown.card("Milan Novák").birth_date == "1980"
    shown.key(Qt.Key.Key_Return)
    shown.settle()
    assert Group.PERSON not in shown.page_.detail.forms
    assert any("1980" in fact for fact in shown.facts())


@pytest.mark.parametrize("typed", ["31.02.1980", "03/04/24", "year 24", "98"])
def test_when_somebody_was_with_us_is_refused_likewise(shown: Contacts, typed: str) -> None:
    shown.stand_on("Milan Novák")
    shown.open(Group.BELONGING, "affiliations")
    field = shown.page_.detail.forms[Group.BELONGING].fields["affiliations"]
    block = field.blocks[0]
    block.lines["role"].setText("Board")
    block.lines["began"].setFocus()
    shown.type(typed)
    shown.key(Qt.Key.Key_Return)
    shown.settle()
    assert typed in field.problem.text()
    assert shown.card("Milan Novák").affiliations == ()
    block.lines["began"].setText("Mar 1998")
    shown.key(Qt.Key.Key_Return)
    shown.settle()
    assert [a.began for a in shown.card("Milan Novák").affiliations] == ["1998-03"]


def test_leading_zeros_of_phones_and_postcodes_stay(shown: Contacts) -> None:
    shown.stand_on("Milan Novák")
    shown.open(Group.REACH, "phones")
    shown.type("0049 (0)151 00012")
    shown.key(Qt.Key.Key_Return)
    shown.settle()
    shown.open(Group.ADDRESS, "addresses")
    block = shown.page_.detail.forms[Group.ADDRESS].fields["addresses"].blocks[0]
    block.lines["postcode"].setFocus()
    shown.put("01067")
    shown.key(Qt.Key.Key_Return)
    shown.settle()
    card = shown.card("Milan Novák")
    assert card.phones[0].number == "0049 (0)151 00012"
    assert card.addresses[0].postcode == "01067"
    assert any("01067" in line for line in shown.facts())
    for query in ("01067", "015100012", "+49 151 00012"):
        shown.search(query)
        shown.settle()
        assert shown.names() == ["Milan Novák"], query


def test_a_former_name_is_typed_shown_and_found(shown: Contacts) -> None:
    shown.stand_on("Milan Novák")
    shown.open(Group.NAME, "former_names")
    shown.type("Dvořák, Šťastný")
    shown.key(Qt.Key.Key_Return)
    shown.settle()
    assert shown.card("Milan Novák").former_names == "Dvořák, Šťastný"
    assert "Former names: Dvořák, Šťastný" in shown.facts()
    shown.search("stastny")
    shown.settle()
    assert shown.names() == ["Milan Novák"]


ODD_TEXTS = (
    "<b>Ärger</b> <img src='x'> & {salutation} %s",
    "مريم \u202eالحسيني",
    "🦊 👩‍👩‍👧 =1+1",
    "X" * 300,
)
PLAIN = {
    Group.NAME: ("title", "given_name", "family_name", "birth_name", "call_name"),
    Group.WORK: ("organisation", "department", "position"),
    Group.SENDING: ("own_salutation", "own_address_name"),
    Group.REMARK: ("remark",),
}
"""Fields that hold any text, by their sections."""


@pytest.mark.parametrize("odd", ODD_TEXTS, ids=["markup", "right to left", "emoji", "300 signs"])
def test_every_field_for_text_keeps_what_is_typed_and_it_is_plain_text_everywhere(shown: Contacts, odd: str) -> None:
    shown.stand_on("Milan Novák")
    number = shown.card("Milan Novák").id or 0
    for group, keys in PLAIN.items():
        shown.open(group)
        form = shown.page_.detail.forms[group]
        for key in keys:
            form.go_to(key)
            shown.put(odd)
        form.commit()
        shown.settle()
        shown.page_.detail._done(group)
    shown.open(Group.ADDRESS, "addresses")
    address = shown.page_.detail.forms[Group.ADDRESS].fields["addresses"].blocks[0]  # type: ignore[attr-defined]
    for name in ("street", "town"):
        address.lines[name].setFocus()
        shown.put(odd)
    shown.key(Qt.Key.Key_Return)
    shown.settle()
    card = shown.ask(lambda desk: desk.contacts.card(number))
    wanted = " ".join(odd.split())
    kept = {key: " ".join(getattr(card, key).split()) for keys in PLAIN.values() for key in keys}
    assert kept == dict.fromkeys(kept, wanted)
    assert (card.addresses[0].street, card.addresses[0].town) == (wanted, wanted)
    assert card.name in shown.names()
    said = [fact.replace("\N{ZERO WIDTH SPACE}", "") for fact in shown.facts()]
    assert sum(wanted in " ".join(fact.split()) for fact in said) >= 6
    history = shown.page("history")
    for place in (shown.page_, history):
        assert all(label.textFormat() == Qt.TextFormat.PlainText for label in place.findChildren(QLabel))
    assert any(wanted in text.replace("\N{ZERO WIDTH SPACE}", "") for text in texts(history))
    (letter,) = shown.ask(lambda desk: planned(desk, desk.letters.templates()[0], [number]).letters)
    assert any(wanted in line for line in letter.address)


@pytest.mark.parametrize(
    ("group", "key", "typed", "said"),
    [
        (Group.REACH, "emails", "<b>anna</b>", "is not an e-mail address"),
        (Group.REACH, "emails", "anna @mail.example", "is not an e-mail address"),
        (Group.REACH, "phones", "🦊", "is not a phone number"),
    ],
)
def test_what_is_no_email_and_no_number_is_refused_at_its_field_as_plain_text(
    shown: Contacts, group: Group, key: str, typed: str, said: str
) -> None:
    shown.stand_on("Milan Novák")
    shown.open(group, key)
    shown.type(typed)
    shown.key(Qt.Key.Key_Return)
    shown.settle()
    field = shown.page_.detail.forms[group].fields[key]
    assert f"“{typed}” {said}" in field.problem.text()
    assert field.problem.textFormat() == Qt.TextFormat.PlainText
    assert getattr(shown.card("Milan Novák"), key) == ()
