"""Who may be one person, and who only shares a household, a name or a day of birth."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from alumnidesk.domain import duplicates
from alumnidesk.domain.cards import Address, Affiliation, ContactCard, Email, Phone
from alumnidesk.domain.duplicates import MANY, Suspect
from alumnidesk.domain.likeness import Likeness, compare
from alumnidesk.domain.phonetics import sound
from alumnidesk.domain.profiles import Names, profile_of
from alumnidesk.errors import Cancelled
from alumnidesk.i18n import say
from alumnidesk.progress import Progress

HOME = (Address("Lindenweg", "14", postcode="22767", town="Hamburg"),)
ANNA = ContactCard(
    id=1,
    given_name="Anna",
    family_name="Ahrens",
    gender_form="f",
    birth_date="1975-03-02",
    emails=(Email("anna@mail.example"),),
    phones=(Phone("+49 40 66969-123"),),
    addresses=HOME,
    affiliations=(Affiliation(programme="Kurs 12", cohort_to=1998),),
)


def person(**values: Any) -> ContactCard:
    return ContactCard(**{"id": 2, "given_name": "Anna", "family_name": "Ahrens", **values})


def crowd(*people: ContactCard) -> list[ContactCard]:
    """The people among many others, so that no name is rare because there are only two."""
    names = ["Berg", "Dietz", "Evers", "Frank", "Graf", "Horn", "Iven", "Jahn", "Kraft", "Lamp"]
    given = ["Bernd", "Carla", "Dora", "Emil", "Frida", "Georg", "Hilde", "Ingo", "Kurt", "Anna", "Julia", "Julian"]
    others = [ContactCard(id=100 + i, given_name=given[i % 12], family_name=names[i % 10]) for i in range(600)]
    return [*people, *others]


def likeness(one: ContactCard, other: ContactCard) -> Likeness:
    profiles = [profile_of(card) for card in crowd(one, other)]
    return compare(profiles[0], profiles[1], Names.of(profiles))


def reasons(one: ContactCard, other: ContactCard) -> set[str]:
    return set(map(str, likeness(one, other).reasons))


def against(one: ContactCard, other: ContactCard) -> set[str]:
    return set(map(str, likeness(one, other).against))


@pytest.mark.parametrize(
    ("again", "why"),
    [
        (person(emails=ANNA.emails), {"same name", "same e-mail address"}),
        (person(phones=(Phone("040/66969123"),)), {"same name", "same phone number"}),
        (person(birth_date="1975-03-02"), {"same name", "same date of birth"}),
        (person(family_name="Arens", emails=ANNA.emails), {"similar name", "same e-mail address"}),
        (
            person(family_name="Ahrns", addresses=(Address("Lindenweg 14", town="Hamburg"),)),
            {"similar name", "same street and town"},
        ),
        (
            person(given_name="Ahrens", family_name="Anna", emails=ANNA.emails),
            {"first and last name swapped", "same name", "same e-mail address"},
        ),
        (
            person(family_name="Lund", birth_name="Ahrens", phones=ANNA.phones),
            {"former name", "same phone number"},
        ),
        (
            person(family_name="Lund", former_names="Kolb, Ahrens", emails=ANNA.emails),
            {"former name", "same e-mail address"},
        ),
        (person(family_name="Ahrens-Lund", phones=ANNA.phones), {"former name", "same phone number"}),
    ],
)
def test_somebody_entered_again_is_surely_the_same_and_one_is_told_why(again: ContactCard, why: set[str]) -> None:
    found = likeness(ANNA, again)
    assert found.sure
    assert set(map(str, found.reasons)) == why


def test_a_call_name_is_a_first_name() -> None:
    hajo = ContactCard(id=1, given_name="Hans-Joachim", call_name="Hajo", family_name="Ahrens", phones=ANNA.phones)
    assert likeness(hajo, person(given_name="Hajo", phones=ANNA.phones)).sure


@pytest.mark.parametrize(
    ("other", "why_not"),
    [
        (replace(ANNA, id=2, given_name="Bernd", gender_form="m", birth_date=""), "different first name"),
        (replace(ANNA, id=2, given_name="Carla"), "different first name"),
        (replace(ANNA, id=2, given_name="Anne"), "first names that differ only in the end"),
        (replace(ANNA, id=2, birth_date="2004-07-11"), "different birth year"),
        (replace(ANNA, id=2, birth_date="", suffix="jun."), "different name suffix"),
        (
            replace(ANNA, id=2, birth_date="", affiliations=(Affiliation(programme="Kurs 40", cohort_to=2024),)),
            "cohorts a generation apart",
        ),
    ],
)
def test_couples_twins_and_generations_are_never_surely_one(other: ContactCard, why_not: str) -> None:
    assert not likeness(ANNA, other).sure
    assert why_not in against(ANNA, other)


def test_twins_with_names_that_resemble_each_other_are_two() -> None:
    julia = replace(ANNA, given_name="Julia")
    assert not likeness(julia, replace(julia, id=2, given_name="Julian", gender_form="")).sure


def test_a_couple_that_shares_everything_is_not_even_suspected() -> None:
    partner = replace(ANNA, id=2, given_name="Bernd", gender_form="m", birth_date="1974-01-01", affiliations=())
    assert duplicates.suspects([profile_of(card) for card in crowd(ANNA, partner)]) == []


def test_day_and_month_exchanged_are_nearly_the_same_date_but_father_and_son_are_not() -> None:
    assert "nearly the same date of birth" in reasons(ANNA, person(birth_date="1975-02-03"))
    assert "different birth year" in against(ANNA, person(birth_date="1995-03-02"))


def test_a_common_name_alone_raises_no_suspicion_and_a_rare_one_does() -> None:
    profiles = [profile_of(card) for card in crowd(ANNA, person())]
    assert [(pair.first, pair.second, pair.sure) for pair in duplicates.suspects(profiles)] == [(1, 2, False)]
    many = [profile_of(person(id=number)) for number in range(1, 30)]
    assert duplicates.suspects(many) == []


def test_organisations_are_compared_by_their_names_and_never_with_people() -> None:
    school = ContactCard(id=1, kind="organisation", organisation="Lindenhof e. V.", phones=ANNA.phones, addresses=HOME)
    again = replace(school, id=2, organisation="Lindenhof")
    assert likeness(school, again).sure
    assert likeness(school, replace(again, organisation="Eichenhof")).sure is False
    assert likeness(school, replace(ANNA, organisation="Lindenhof e. V.")).score == 0


def test_an_address_that_everybody_has_says_little() -> None:
    office = (Email("info@lindenhof.example"),)
    people = [person(id=n, given_name=f"G{n}", family_name="Ahrens", emails=office) for n in range(1, 9)]
    assert not any(pair.sure for pair in duplicates.suspects([profile_of(card) for card in people]))


def test_suspects_can_be_stopped() -> None:
    progress = Progress(say("…"))
    progress.cancel()
    with pytest.raises(Cancelled):
        duplicates.suspects([profile_of(ANNA)], progress=progress)


def test_a_block_of_namesakes_is_not_compared_all_with_all() -> None:
    many = [profile_of(person(id=number, addresses=(Address(town=f"Town {number}"),))) for number in range(4 * MANY)]
    assert len(duplicates.candidates(many, Progress())) < 4 * MANY


@pytest.mark.parametrize(("one", "other"), [("maier", "meyer"), ("schmidt", "schmitt"), ("philip", "filip")])
def test_names_that_sound_alike_have_one_key(one: str, other: str) -> None:
    assert sound(one) == sound(other)


_TEXT = st.sampled_from(["", "Anna", "Ahrens", "Müller", "von", "王", "<b>x</b>", "1975", "a@b.example", "040 123456"])
_CARDS = st.builds(
    ContactCard,
    kind=st.sampled_from(["person", "organisation"]),
    given_name=_TEXT, family_name=_TEXT, birth_name=_TEXT, call_name=_TEXT, organisation=_TEXT, suffix=_TEXT,
    birth_date=st.sampled_from(["", "1975", "1975-03", "1975-03-02", "--03-02", "soon"]),
    emails=st.lists(st.builds(Email, _TEXT), max_size=2).map(tuple),
    phones=st.lists(st.builds(Phone, _TEXT), max_size=2).map(tuple),
    addresses=st.lists(st.builds(Address, street=_TEXT, town=_TEXT), max_size=2).map(tuple),
)  # fmt: skip


@given(_CARDS, _CARDS)
def test_whatever_is_known_both_ways_of_comparing_agree(one: ContactCard, other: ContactCard) -> None:
    here, there = profile_of(replace(one, id=1)), profile_of(replace(other, id=2))
    names = Names.of([here, there])
    found, back = compare(here, there, names), compare(there, here, names)
    assert (found.score, found.sure) == (back.score, back.sure)
    assert 0 <= found.score <= 100
    for pair in duplicates.suspects([here, there]):
        assert isinstance(pair, Suspect)
