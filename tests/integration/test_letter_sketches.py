"""A letter while it is written, and whether addresses fit the window of the envelope."""

from __future__ import annotations

import datetime as dt

import pytest
from tests.integration.planned_mailing import planned
from tests.printed_pages import pages_of

from alumnidesk.desk import Desk
from alumnidesk.domain.association import Association
from alumnidesk.domain.cards import Address, ContactCard, EventCard, LetterText, TemplateCard

TODAY = dt.date(2026, 11, 19)
TEXT = LetterText("en", "For {event_title}", "{salutation}\n\nDear {given_name}, see you on {event_date}.", "Yours")


def _contact(desk: Desk, given: str, family: str, street: str = "Lindenweg 14", **more: object) -> int:
    address = Address(street=street, postcode="22767", town="Hamburg")
    card = ContactCard(given_name=given, family_name=family, addresses=(address,), **more)  # type: ignore[arg-type]
    return desk.contacts.add(card).id or 0


def test_a_sketch_goes_to_the_first_who_can_get_a_letter(desk: Desk) -> None:
    dead, anna = _contact(desk, "Otto", "Voss", deceased=True), _contact(desk, "Anna", "Müller")
    event = desk.events.add(EventCard(title="Advent", starts_on="2026-12-05")).id
    letter = desk.letters.sketch(TEXT, [dead, anna], event=event, today=TODAY)
    assert letter.contact.name == "Anna Müller"
    assert letter.subject == "For Advent"
    assert set(letter.inserted) >= {"Advent", "Anna", "Saturday, 5 December 2026"}


def test_without_recipients_and_event_both_are_invented(desk: Desk) -> None:
    letter = desk.letters.sketch(TEXT, [], today=TODAY)
    assert letter.contact.id == 0
    assert "{" not in letter.subject
    assert desk.letters.preview(letter).startswith(b"%PDF")


def test_an_unfinished_text_is_sketched_all_the_same(desk: Desk) -> None:
    letter = desk.letters.sketch(LetterText("de", "", ""), [], today=TODAY)
    assert letter.paragraphs == ()
    assert len(pages_of(desk.letters.preview(letter))) == 1


def test_an_address_that_is_too_long_for_the_window_is_told_and_the_letter_still_printed(desk: Desk) -> None:
    anna, ute = _contact(desk, "Anna", "Müller"), _contact(desk, "Ute", "Lang", street="Am langen Wege " * 12)
    run = planned(desk, TemplateCard(texts=(TEXT,)), [anna, ute], today=TODAY)
    fits = {letter.contact.id: letter.fits_window for letter in run.letters}
    assert fits == {anna: True, ute: False}
    told = [one for one in run.looks if one.contact.id == ute and "too long, shortened" in str(one.reason)]
    assert len(told) == 1


def test_letters_of_one_postcode_are_in_the_order_of_family_names(desk: Desk) -> None:
    ids = [_contact(desk, given, family) for given, family in (("Anna", "Zander"), ("Zoe", "Albers"))]
    run = planned(desk, TemplateCard(texts=(TEXT,)), ids, today=TODAY)
    assert [letter.contact.family_name for letter in run.letters] == ["Albers", "Zander"]


@pytest.mark.parametrize(("key", "left", "top"), [("din5008b", 20, 45), ("ch_right", 112, 45), ("us", 17.46, 55.56)])
def test_the_window_is_that_of_the_associations_envelopes(desk: Desk, key: str, left: float, top: float) -> None:
    desk.settings.save(Association(window=key))
    window = desk.letters.window("de")
    assert (window.x, window.y) == (left, top)
    assert window.name
