"""The salutations of a run in one list, and putting one right."""

from __future__ import annotations

import pytest
from tests.integration.planned_mailing import planned

from alumnidesk.desk import Desk
from alumnidesk.domain.addressees import Addressee
from alumnidesk.domain.cards import Address, ContactCard, LetterText, TemplateCard
from alumnidesk.domain.letters import LetterPlan
from alumnidesk.domain.salutations import FORMAL, OWN
from alumnidesk.errors import Refused

HOME = (Address("Lindenweg 14", postcode="22767", town="Hamburg"),)


@pytest.fixture
def letters(desk: Desk) -> tuple[LetterPlan, ...]:
    """To Anna, to Alex whose form of address is not known, and to two who live together."""
    cards = [
        ContactCard(given_name="Anna", family_name="Abel", gender_form="f", addresses=HOME),
        ContactCard(given_name="Alex", family_name="Muster", addresses=HOME),
        ContactCard(given_name="Ute", family_name="Wolf", gender_form="f", addresses=HOME),
        ContactCard(given_name="Uwe", family_name="Wolf", gender_form="m", addresses=HOME),
    ]
    ids = [desk.contacts.add(card).id or 0 for card in cards]
    desk.households.make(ids[2:])
    text = LetterText("de", "Einladung", "{salutation}\n\nBis bald!", "Herzlich")
    return planned(desk, TemplateCard(name="E", texts=(text,)), ids).letters


def read(desk: Desk, letters: tuple[LetterPlan, ...]) -> dict[str, Addressee]:
    return {one.name: one for one in desk.salutations.of(letters)}


def test_the_odd_ones_stand_first_with_the_reason(desk: Desk, letters: tuple[LetterPlan, ...]) -> None:
    first, *others = desk.salutations.of(letters)
    assert (first.name, first.salutation) == ("Alex Muster", "Guten Tag Alex Muster,")
    assert str(first.odd) == "No form of address, so neutral."
    assert {one.name: (one.salutation, one.odd) for one in others} == {
        "Anna Abel": ("Sehr geehrte Frau Abel,", None),
        "Ute und Uwe Wolf": ("Sehr geehrte Frau Wolf, sehr geehrter Herr Wolf,", None),
    }
    assert first.address == ("Alex Muster", "Lindenweg 14", "22767 Hamburg")
    assert [one.salutation for one in (first, *others)] != [letter.paragraphs[0] for letter in letters]


def test_the_list_says_what_the_letters_say(desk: Desk, letters: tuple[LetterPlan, ...]) -> None:
    said = {one.name: (one.salutation, one.address) for one in desk.salutations.of(letters)}
    assert said == {letter.name: (letter.paragraphs[0], letter.address) for letter in letters}


def test_a_form_of_address_puts_it_right(desk: Desk, letters: tuple[LetterPlan, ...]) -> None:
    alex = read(desk, letters)["Alex Muster"]
    assert alex.has_form
    desk.salutations.set_form(alex, "m")
    now = read(desk, letters)["Alex Muster"]
    assert (now.salutation, now.odd) == ("Sehr geehrter Herr Muster,", None)
    desk.history.undo()
    assert read(desk, letters)["Alex Muster"] == alex


def test_own_words_are_used_until_they_are_taken_away(desk: Desk, letters: tuple[LetterPlan, ...]) -> None:
    desk.salutations.set_own(read(desk, letters)["Anna Abel"], " Liebe  Anna, ")
    anna = read(desk, letters)["Anna Abel"]
    assert (anna.salutation, anna.own, desk.contacts.card(anna.id).salutation_mode) == (
        "Liebe Anna,",
        "Liebe Anna,",
        OWN,
    )
    desk.salutations.set_own(anna, "")
    again = read(desk, letters)["Anna Abel"]
    assert (again.salutation, again.own) == ("Sehr geehrte Frau Abel,", "")
    assert desk.contacts.card(anna.id).salutation_mode in ("", FORMAL)


def test_a_household_has_own_words_together(desk: Desk, letters: tuple[LetterPlan, ...]) -> None:
    wolfs = read(desk, letters)["Ute und Uwe Wolf"]
    assert not wolfs.has_form
    desk.salutations.set_own(wolfs, "Liebe Wölfe,")
    assert read(desk, letters)["Ute und Uwe Wolf"].salutation == "Liebe Wölfe,"
    desk.households.leave(wolfs.id)
    with pytest.raises(Refused):
        desk.salutations.set_own(wolfs, "Hallo,")


def test_who_was_deleted_for_good_is_left_out(desk: Desk, letters: tuple[LetterPlan, ...]) -> None:
    anna = read(desk, letters)["Anna Abel"]
    desk.contacts.delete([anna.id])
    desk.bin.delete_for_good([anna.id])
    assert "Anna Abel" not in read(desk, letters)
