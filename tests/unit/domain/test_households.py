"""One letter to a household: what it says depends on who of the household gets it."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from alumnidesk.domain.addresses import MAX_LINES, place_lines
from alumnidesk.domain.cards import Address, ContactCard, HouseholdCard
from alumnidesk.domain.fields import SALUTATION_MODES
from alumnidesk.domain.households import (
    Party,
    joint_address_lines,
    joint_address_names,
    joint_name,
    joint_salutation,
    parties,
    with_shared_address,
)
from alumnidesk.domain.salutations import FORMAL, INFORMAL, NEUTRAL, NONE, OWN

MODES = [key for key, _ in SALUTATION_MODES]

LINDENWEG = Address("Lindenweg", "14", postcode="22767", town="Hamburg")
ANNA = ContactCard(
    id=1, title="Dr.", given_name="Anna", family_name="Müller", gender_form="f", household_id=7, addresses=(LINDENWEG,)
)
BERND = replace(ANNA, id=2, title="", given_name="Bernd", gender_form="m")
CLARA = replace(ANNA, id=3, title="", given_name="Clara", gender_form="")
KIM = replace(CLARA, id=4, given_name="Kim", family_name="Schmidt")
HOME = HouseholdCard(7, members=(1, 2, 3, 4))


def party(*contacts: ContactCard, own: str = "", name: str = "") -> Party:
    members = tuple(contact.id or 0 for contact in contacts)
    return Party(contacts, HouseholdCard(7, "u", name, own, members))


def said(*contacts: ContactCard, language: str = "de", mode: str = FORMAL) -> str:
    return joint_salutation(party(*contacts), language, mode).text


@pytest.mark.parametrize(
    ("contacts", "language", "mode", "text"),
    [
        ((ANNA, BERND), "de", FORMAL, "Sehr geehrte Frau Dr. Müller, sehr geehrter Herr Müller,"),
        ((ANNA, KIM), "de", FORMAL, "Sehr geehrte Frau Dr. Müller, guten Tag Kim Schmidt,"),
        ((ANNA, BERND), "de", INFORMAL, "Liebe Anna, lieber Bernd,"),
        ((CLARA, KIM), "de", INFORMAL, "Hallo Clara und Kim,"),
        ((ANNA, BERND), "de", NEUTRAL, "Guten Tag Anna und Bernd Müller,"),
        ((ANNA, KIM), "de", NEUTRAL, "Guten Tag Anna Müller und Kim Schmidt,"),
        ((ANNA, replace(BERND, salutation_mode=INFORMAL)), "de", FORMAL, "Sehr geehrte Frau Dr. Müller, lieber Bernd,"),
        ((ANNA, BERND, CLARA), "de", FORMAL, "Sehr geehrte Familie Müller,"),
        ((ANNA, BERND, CLARA), "de", INFORMAL, "Liebe Familie Müller,"),
        ((ANNA, BERND, KIM), "de", INFORMAL, "Liebe Anna, lieber Bernd, hallo Kim,"),
        ((ANNA, BERND, KIM), "de", NEUTRAL, "Guten Tag Anna Müller, Bernd Müller und Kim Schmidt,"),
        ((ANNA, BERND), "en", FORMAL, "Dear Dr Müller and Mr Müller,"),
        ((ANNA, BERND), "en", INFORMAL, "Dear Anna and Bernd,"),
        ((ANNA, BERND, CLARA), "en", FORMAL, "Dear Müller family,"),
        ((ANNA, BERND), "sv", FORMAL, "Hej Anna och Bernd Müller,"),
        ((ANNA, KIM), "sv", INFORMAL, "Hej Anna och Kim,"),
        ((ANNA, BERND, CLARA), "sv", NEUTRAL, "Hej familjen Müller,"),
        ((ANNA, BERND), "de", NONE, ""),
        ((ANNA,), "de", FORMAL, "Sehr geehrte Frau Dr. Müller,"),
    ],
)
def test_the_salutation_names_everybody_by_the_rules_of_the_language(
    contacts: tuple[ContactCard, ...], language: str, mode: str, text: str
) -> None:
    assert said(*contacts, language=language, mode=mode) == text


def test_two_of_one_name_and_form_are_told_apart_by_their_given_names() -> None:
    sister = replace(ANNA, id=5, given_name="Berta", title="Dr.")

    assert said(ANNA, sister) == "Guten Tag Anna und Berta Müller,"


def test_own_words_of_the_household_win_and_are_to_be_looked_at_when_somebody_is_missing() -> None:
    whole = Party((ANNA, BERND), HouseholdCard(7, name="Familie Müller", own_salutation="Ihr Lieben,", members=(1, 2)))
    partly = replace(whole, household=replace(whole.household, members=(1, 2, 3)))  # type: ignore[type-var]

    assert joint_salutation(whole, "de").text == joint_salutation(partly, "de").text == "Ihr Lieben,"
    assert "not all of it" in str(joint_salutation(partly, "de").odd)
    assert joint_address_names(whole, "de") == ["Familie Müller"]


def test_own_words_of_the_household_are_not_for_one_of_it_alone() -> None:
    alone = Party((ANNA,), HouseholdCard(7, name="Familie Müller", own_salutation="Ihr Lieben,"))

    assert joint_salutation(alone, "de").text == "Sehr geehrte Frau Dr. Müller,"


def test_own_words_of_a_person_stay_as_written() -> None:
    granny = replace(ANNA, salutation_mode=OWN, own_salutation="Liebe Oma,")

    assert said(BERND, granny) == "Sehr geehrter Herr Müller, Liebe Oma,"


def test_who_wants_no_salutation_is_not_passed_over_beside_another() -> None:
    found = joint_salutation(party(ANNA, replace(BERND, salutation_mode=NONE)), "de")

    assert found.text == "Sehr geehrte Frau Dr. Müller, sehr geehrter Herr Müller,"
    assert found.odd is not None


@pytest.mark.parametrize(
    ("contacts", "room", "lines"),
    [
        ((ANNA, BERND), 4, ["Frau Dr. Anna Müller", "Herrn Bernd Müller"]),
        ((ANNA, BERND), 1, ["Anna und Bernd Müller"]),
        ((ANNA, KIM), 1, ["Anna Müller und Kim Schmidt"]),
        ((ANNA, BERND, CLARA), 4, ["Familie Müller"]),
        ((ANNA, BERND, KIM), 4, ["Frau Dr. Anna Müller", "Herrn Bernd Müller", "Kim Schmidt"]),
        ((ANNA, BERND, KIM), 2, ["Anna Müller und Bernd Müller", "Kim Schmidt"]),
        ((ANNA, BERND, KIM), 1, ["Anna Müller und Haushalt"]),
    ],
)
def test_names_give_way_to_the_room_there_is(contacts: tuple[ContactCard, ...], room: int, lines: list[str]) -> None:
    assert joint_address_names(party(*contacts), "de", room) == lines


def test_the_firm_of_one_of_them_is_no_part_of_the_household() -> None:
    lines = joint_address_lines(
        party(replace(ANNA, organisation="Werft GmbH"), BERND), home_country="DE", language="de"
    )

    assert lines == ["Frau Dr. Anna Müller", "Herrn Bernd Müller", "Lindenweg 14", "22767 Hamburg"]


def test_of_a_household_those_at_one_place_share_a_letter() -> None:
    away = replace(KIM, addresses=(Address("Storgatan 1", postcode="11122", town="Stockholm", country="SE"),))
    spelled = replace(BERND, addresses=(Address("LINDENWEG 14", postcode="22767", town="Hamburg"),))
    stranger = replace(ANNA, id=9, household_id=None)

    found = parties([spelled, stranger, away, ANNA], {7: HOME})

    assert [[contact.id for contact in one.contacts] for one in found] == [[1, 2], [9], [4]]


def test_nobody_shares_a_letter_when_each_is_to_get_one() -> None:
    assert [len(one.contacts) for one in parties([ANNA, BERND], {})] == [1, 1]


def test_who_has_no_address_is_reached_at_that_of_the_household() -> None:
    homeless = replace(BERND, addresses=())

    found = list(with_shared_address([homeless, ANNA], {7: HOME}))

    assert found[0].preferred_address == LINDENWEG
    assert list(with_shared_address([homeless, ANNA], {})) == [homeless, ANNA]


def test_names_of_several_stand_in_one_line() -> None:
    assert joint_name([ANNA, BERND], "de") == "Anna und Bernd Müller"
    assert joint_name([ANNA, BERND, KIM], "en") == "Anna Müller, Bernd Müller and Kim Schmidt"


NAMES = st.text(st.characters(whitelist_categories=("L", "Pd", "P")), min_size=1, max_size=20)
PEOPLE = st.builds(
    ContactCard,
    given_name=st.one_of(st.just(""), NAMES),
    family_name=st.one_of(st.sampled_from(["Müller", "Schmidt", ""]), NAMES),
    gender_form=st.sampled_from(["", "f", "m"]),
    title=st.sampled_from(["", "Dr.", "Prof. Dr."]),
    salutation_mode=st.sampled_from(["", *MODES]),
    own_salutation=st.sampled_from(["", "Moin,"]),
)
LANGUAGES = st.sampled_from(["de", "en", "sv", "fr"])


@given(st.lists(PEOPLE, min_size=2, max_size=7), LANGUAGES, st.sampled_from(MODES))
def test_a_form_of_address_is_never_guessed(people: list[ContactCard], language: str, mode: str) -> None:
    unknown = [replace(p, gender_form="", given_name="Kim", family_name=f"N{i}") for i, p in enumerate(people)]
    whole = Party(tuple(unknown), HouseholdCard(1))

    said = " ".join([joint_salutation(whole, language, mode).text, *joint_address_names(whole, language)])

    assert not {"Frau", "Herr", "Herrn", "Ms", "Mr", "Liebe", "Lieber", "liebe", "lieber"} & set(said.split())


@given(st.lists(PEOPLE, min_size=2, max_size=7), LANGUAGES, st.sampled_from(MODES))
def test_a_salutation_is_one_line_that_ends_like_one(people: list[ContactCard], language: str, mode: str) -> None:
    text = joint_salutation(Party(tuple(people), HouseholdCard(1)), language, mode).text

    assert text == " ".join(text.split())
    assert not text or text[-1] in ",!"


@given(
    st.lists(PEOPLE, min_size=2, max_size=9),
    LANGUAGES,
    st.builds(Address, *(st.sampled_from(["", "x"]) for _ in range(6)), care_of=st.sampled_from(["", "y"])),
)
def test_an_address_keeps_its_place_and_its_six_lines(
    people: list[ContactCard], language: str, address: Address
) -> None:
    there = tuple(replace(contact, addresses=(address,)) for contact in people)
    lines = joint_address_lines(Party(there, HouseholdCard(1)), home_country="SE", language=language)

    rest = place_lines(address, "SE")
    assert lines[len(lines) - len(rest) :] == rest
    assert len(lines) <= max(MAX_LINES, len(rest) + 1)
