"""Suspects in a real file, and who a card that is being entered may be."""

from __future__ import annotations

from dataclasses import replace

import pytest

from alumnidesk.desk import Desk
from alumnidesk.domain.cards import Address, ContactCard, Email, Phone
from alumnidesk.errors import Cancelled, Refused
from alumnidesk.progress import Progress

ANNA = ContactCard(
    given_name="Anna",
    family_name="Müller",
    birth_date="1975-03-02",
    emails=(Email("anna@mail.example"),),
    phones=(Phone("+49 40 66969-123"),),
    addresses=(Address("Lindenweg", "14", postcode="22767", town="Hamburg"),),
)
AGAIN = ContactCard(given_name="Anna", family_name="Mueller", emails=(Email("ANNA@mail.example"),))


def add(desk: Desk, *people: ContactCard) -> list[int]:
    return [desk.contacts.add(card).id or 0 for card in people]


def test_somebody_entered_twice_is_suspected_with_reasons(desk: Desk) -> None:
    one, other, _ = add(desk, ANNA, AGAIN, ContactCard(given_name="Bernd", family_name="Lund"))
    (pair,) = desk.duplicates.suspects()
    assert (pair.first, pair.second, pair.sure) == (one, other, True)
    assert {"same name", "same e-mail address"} == set(map(str, pair.reasons))


def test_who_lies_in_the_bin_is_not_suspected(desk: Desk) -> None:
    _, other = add(desk, ANNA, AGAIN)
    desk.contacts.delete([other])
    assert desk.duplicates.suspects() == []
    assert desk.duplicates.likely(ANNA) != []
    assert all(found.contact != other for found in desk.duplicates.likely(ANNA))


def test_two_who_are_not_the_same_are_remembered_until_that_is_taken_back(desk: Desk) -> None:
    one, other = add(desk, ANNA, AGAIN)
    desk.duplicates.not_duplicates(other, one)
    assert desk.duplicates.suspects() == []
    assert desk.duplicates.likely(desk.contacts.card(one)) == []
    assert str(desk.history.entries(limit=1)[0].label) == "Anna Mueller and Anna Müller are not the same"
    desk.history.undo()
    assert len(desk.duplicates.suspects()) == 1


def test_telling_apart_twice_is_one_step_and_strangers_are_refused(desk: Desk) -> None:
    one, other = add(desk, ANNA, AGAIN)
    desk.duplicates.not_duplicates(one, other)
    steps = len(desk.history.entries())
    desk.duplicates.not_duplicates(other, one)
    assert len(desk.history.entries()) == steps
    with pytest.raises(Refused):
        desk.duplicates.not_duplicates(one, 999)


@pytest.mark.parametrize(
    "typed",
    [
        ContactCard(given_name="Anna", family_name="Müller"),
        ContactCard(given_name="Müller", family_name="Anna"),
        ContactCard(given_name="Anna", family_name="Mullre", birth_date="1975-03-02"),
        ContactCard(given_name="Anna", family_name="Lund", birth_name="Müller", phones=(Phone("04066969123"),)),
        ContactCard(given_name="Anna", emails=(Email("anna@mail.example"),)),
        replace(AGAIN, emails=(), addresses=(Address("Lindenweg 14", town="Hamburg"),)),
    ],
)
def test_a_card_that_is_being_entered_is_recognised(desk: Desk, typed: ContactCard) -> None:
    (number,) = add(desk, ANNA)
    add(desk, ContactCard(given_name="Anna", family_name="Schmidt"), ContactCard(family_name="Müllerhoff"))
    found = desk.duplicates.likely(typed)
    assert [likely.contact for likely in found] == [number]
    assert found[0].name == "Anna Müller"
    assert found[0].town == "Hamburg"
    assert found[0].likeness.reasons


@pytest.mark.parametrize("text", ["", '"', "* OR name", "(", "<b>", "王", "-", "A" * 300])
def test_whatever_is_typed_is_answered(desk: Desk, text: str) -> None:
    add(desk, ANNA)
    card = ContactCard(
        given_name=text, family_name=text, organisation=text, emails=(Email(text),), phones=(Phone(text),),
        addresses=(Address(street=text, town=text),),
    )  # fmt: skip
    assert desk.duplicates.likely(card) == []
    assert desk.duplicates.likely(replace(card, given_name="")) == []


def test_looking_for_suspects_can_be_stopped(desk: Desk) -> None:
    add(desk, ANNA, AGAIN)
    progress = Progress()
    progress.cancel()
    with pytest.raises(Cancelled):
        desk.duplicates.suspects(progress)


def test_who_was_deleted_while_suspects_were_looked_for_is_not_named(desk: Desk) -> None:
    _, other = add(desk, ANNA, AGAIN)
    progress = Progress()
    progress.between = lambda: desk.contacts.delete([other])
    assert desk.duplicates.suspects(progress) == []
