"""Salutations and address names: the rules of each language, and what must never be printed."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.unit.domain.strategies import names

from alumnidesk.domain.cards import ContactCard
from alumnidesk.domain.fields import SALUTATION_MODES
from alumnidesk.domain.salutations import FORMAL, INFORMAL, NEUTRAL, NONE, OWN, address_names, salutation

MODES = [key for key, _ in SALUTATION_MODES]

ANNA = ContactCard(given_name="Anna", family_name="Müller", gender_form="f")
HEIDE = ContactCard(given_name="Max", name_particle="von der", family_name="Heide", gender_form="m")
ALEX = ContactCard(given_name="Alex", family_name="Muster")
LINDENHOF = ContactCard(kind="organisation", organisation="Lindenhof")


def person(title: str, family_name: str, gender_form: str = "") -> ContactCard:
    return ContactCard(title=title, given_name="Kim", family_name=family_name, gender_form=gender_form)


@pytest.mark.parametrize(
    ("card", "language", "mode", "text"),
    [
        (person("Dr. med.", "Müller", "f"), "de", FORMAL, "Sehr geehrte Frau Dr. Müller,"),
        (HEIDE, "de", FORMAL, "Sehr geehrter Herr von der Heide,"),
        (person("Prof. Dr.", "Alt", "m"), "de", FORMAL, "Sehr geehrter Herr Prof. Alt,"),
        (person("Dipl.-Ing.", "Alt", "m"), "de", FORMAL, "Sehr geehrter Herr Alt,"),
        (person("Dr. Gräfin", "Soden", "f"), "de", FORMAL, "Sehr geehrte Frau Dr. Gräfin Soden,"),
        (
            ContactCard(name_particle="Freiherr von", family_name="Ahlefeld", gender_form="m"),
            "de",
            FORMAL,
            "Sehr geehrter Freiherr von Ahlefeld,",
        ),
        (ALEX, "de", FORMAL, "Guten Tag Alex Muster,"),
        (ANNA, "de", NEUTRAL, "Guten Tag Anna Müller,"),
        (ANNA, "de", INFORMAL, "Liebe Anna,"),
        (HEIDE, "de", INFORMAL, "Lieber Max,"),
        (ALEX, "de", INFORMAL, "Hallo Alex,"),
        (LINDENHOF, "de", FORMAL, "Sehr geehrte Damen und Herren,"),
        (ContactCard(), "de", FORMAL, "Sehr geehrte Damen und Herren,"),
        (ANNA, "en", FORMAL, "Dear Ms Müller,"),
        (person("Dr.", "Smith"), "en", FORMAL, "Dear Dr Smith,"),
        (person("Prof. Dr.", "Smith"), "en", FORMAL, "Dear Professor Smith,"),
        (ALEX, "en", FORMAL, "Dear Alex Muster,"),
        (ContactCard(), "en", FORMAL, "Dear Sir or Madam,"),
        (ANNA, "sv", FORMAL, "Hej Anna Müller,"),
        (ANNA, "sv", INFORMAL, "Hej Anna,"),
        (ContactCard(), "sv", FORMAL, "Hej!"),
        (ANNA, "de", NONE, ""),
    ],
)
def test_a_salutation_follows_the_customs_of_its_language(
    card: ContactCard, language: str, mode: str, text: str
) -> None:
    assert salutation(card, language, mode).text == text


def test_the_contacts_own_mode_wins_over_the_associations() -> None:
    card = ContactCard(given_name="Anna", family_name="Müller", gender_form="f", salutation_mode=INFORMAL)
    assert salutation(card, "de", FORMAL).text == "Liebe Anna,"


@pytest.mark.parametrize(
    ("card", "reason"),
    [
        (ALEX, "No form of address"),
        (ContactCard(given_name="Anna", gender_form="f"), "family name is missing"),
        (ContactCard(), "no name to address"),
        (ContactCard(family_name="Alt", salutation_mode=INFORMAL), "given name is missing"),
        (ContactCard(family_name="Alt", salutation_mode=OWN, own_salutation="Moin,"), "of their own"),
        (ContactCard(family_name="Alt", salutation_mode=OWN), "own salutation is missing"),
    ],
)
def test_an_odd_salutation_says_why_one_should_look(card: ContactCard, reason: str) -> None:
    assert reason in str(salutation(card, "de").odd)


@pytest.mark.parametrize("card", [ANNA, HEIDE, LINDENHOF])
@pytest.mark.parametrize("language", ["de", "en", "sv"])
def test_an_ordinary_salutation_is_not_odd(card: ContactCard, language: str) -> None:
    assert salutation(card, language).odd is None


def test_own_words_are_used_as_they_are() -> None:
    card = ContactCard(given_name="Anna", salutation_mode=OWN, own_salutation="Moin {name} <b>Anna</b>,")
    assert salutation(card, "de").text == "Moin {name} <b>Anna</b>,"


def test_a_german_address_has_the_form_of_address_on_its_own_line_and_all_titles() -> None:
    card = ContactCard(
        title="Prof. Dr. med.", given_name="Max", family_name="Alt", gender_form="m", organisation="Klinik"
    )
    assert address_names(card, "de", at_work=False) == ["Herrn", "Prof. Dr. med. Max Alt"]
    assert address_names(card, "de", at_work=True) == ["Klinik", "Herrn", "Prof. Dr. med. Max Alt"]


def test_an_own_address_name_wins() -> None:
    card = ContactCard(given_name="Max", family_name="Alt", own_address_name="Familie\n\n  Alt  ")
    assert address_names(card, "de", at_work=True) == ["Familie", "Alt"]


cards = st.builds(
    ContactCard,
    kind=st.sampled_from(["person", "organisation"]),
    title=st.one_of(names, st.sampled_from(["Dr.", "Prof. Dr.", "Freiherr"])),
    given_name=names,
    name_particle=names,
    family_name=names,
    suffix=names,
    call_name=names,
    organisation=names,
    department=names,
    gender_form=st.sampled_from(["", "f", "m"]),
    salutation_mode=st.sampled_from(["", *MODES]),
    own_salutation=names,
    own_address_name=names,
)


@given(cards, st.sampled_from(["de", "en", "sv", "fr"]), st.sampled_from(MODES))
def test_no_salutation_shows_a_gap_or_the_word_none(card: ContactCard, language: str, mode: str) -> None:
    text = salutation(card, language, mode).text
    silent = (card.salutation_mode or mode) == NONE
    assert bool(text) is not silent
    assert text == " ".join(text.split())
    assert "None" not in text
    assert " ," not in text.removesuffix(card.own_salutation.strip())


@given(cards, st.sampled_from(["de", "en", "sv"]), st.booleans())
def test_no_line_of_an_address_name_is_empty_or_gaps(card: ContactCard, language: str, at_work: bool) -> None:
    for line in address_names(card, language, at_work=at_work):
        assert line
        assert line == " ".join(line.split())
        assert "None" not in line
