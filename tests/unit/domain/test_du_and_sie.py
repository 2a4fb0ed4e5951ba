"""Which of “du” and “Sie” a German letter says, and whom it greets in the other way."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest

from alumnidesk.domain.association import Association
from alumnidesk.domain.cards import ORGANISATION, Address, ContactCard, HouseholdCard, LetterText, TemplateCard
from alumnidesk.domain.du_and_sie import said
from alumnidesk.domain.letters import MasterLetter
from alumnidesk.domain.mailing_plans import plan_mailing
from alumnidesk.domain.ready_templates import ready_templates
from alumnidesk.domain.salutations import FORMAL, INFORMAL, NEUTRAL, NONE, OWN

SIE = "{salutation}\n\nwir laden Sie herzlich ein und freuen uns auf Ihre Antwort."
DU = "{salutation}\n\nkommst du zum Sommerfest? Wir freuen uns auf dich."
NO_BODY = "{salutation}\n\ndas Fest beginnt um drei."


def person(number: int, mode: str = "", **more: object) -> ContactCard:
    card = ContactCard(
        id=number,
        given_name="Anna",
        family_name="Kern",
        gender_form="f",
        salutation_mode=mode,
        addresses=(Address("Lindenweg 1", postcode="22767", town="Hamburg"),),
    )
    return replace(card, **more)  # type: ignore[arg-type]


def remarks(body: str, *contacts: ContactCard, language: str = "de", together: bool = False) -> list[str]:
    text = LetterText(language, "Sommerfest", body, "Herzlich")
    master = MasterLetter(TemplateCard(texts=(text,)), Association(language=language), dt.date(2026, 11, 22))
    households = {7: HouseholdCard(7, members=tuple(card.id or 0 for card in contacts))} if together else {}
    return [str(remark) for remark in plan_mailing(master, contacts, households=households).remarks]


@pytest.mark.parametrize(
    ("body", "form"),
    [
        ("wir laden Sie ein", FORMAL),
        ("am Freitag, Sie kennen den Saal", FORMAL),
        ("wir danken Ihnen", FORMAL),
        ("Liebe {given_name}, {given_name} Sie sind gemeint", FORMAL),
        ("<letter><p>wir laden <b>Sie</b> ein</p></letter>", FORMAL),
        ("Sie kommt gern. Ihre Rede war gut.", ""),
        ("Liebe Freunde, wir hoffen, dass Ihr kommt", ""),
        ("schön, dass du da bist! Wir freuen uns auf dich", INFORMAL),
        ("Wir treffen euch im Hof, bringt eure Kinder mit", INFORMAL),
        ("Wir treffen uns im Café du Nord", ""),
        ("wir laden Sie ein: „Du bist nicht allein, wir denken an dich“", ""),
        ("das Fest beginnt um drei", ""),
    ],
)
def test_a_german_text_is_formal_or_informal_only_where_that_is_sure(body: str, form: str) -> None:
    assert said(LetterText("de", "Sommerfest", body, "Ihr Vorstand")) == form
    assert said(LetterText("sv", "", body, "")) == "", "only of German"


def test_no_ready_letter_mixes_the_two() -> None:
    texts = [text for card in ready_templates("de") for text in card.texts if text.language == "de"]
    assert {said(text) for text in texts} == {FORMAL, ""}


def test_whoever_is_greeted_in_another_way_than_the_letter_goes_on_is_counted_in_one_remark() -> None:
    friends = [person(1, INFORMAL), person(2, INFORMAL, gender_form=""), person(3, FORMAL)]
    assert remarks(SIE, *friends) == ["2 recipients are greeted informally, but the letter says “Sie”."]
    assert remarks(DU, *friends) == ["1 recipient is greeted formally, but the letter says “du”."]


@pytest.mark.parametrize(
    "contact",
    [
        person(1, NEUTRAL),
        person(1, NONE),
        person(1, OWN, own_salutation="Liebe Frau Kern,"),
        person(1, FORMAL, gender_form=""),
        person(1, kind=ORGANISATION, organisation="Verlag"),
    ],
)
def test_a_greeting_that_goes_with_both_is_not_remarked_upon(contact: ContactCard) -> None:
    assert remarks(SIE, contact) == []


def test_without_a_salutation_or_in_another_language_nothing_is_said() -> None:
    assert remarks("Liebe Mitglieder,\n\nwir laden Sie herzlich ein.", person(1, INFORMAL)) == []
    assert remarks(NO_BODY, person(1, INFORMAL), person(2, FORMAL)) == []
    assert remarks(SIE, person(1, INFORMAL), language="sv") == []


def test_all_who_share_a_letter_count_if_all_of_them_are_greeted_so() -> None:
    anna, otto = person(1, INFORMAL, household_id=7), person(2, INFORMAL, household_id=7, given_name="Otto")
    assert remarks(SIE, anna, otto, together=True) == [
        "2 recipients are greeted informally, but the letter says “Sie”."
    ]
    for body in (SIE, DU):
        assert remarks(body, anna, replace(otto, salutation_mode=FORMAL), together=True) == []
