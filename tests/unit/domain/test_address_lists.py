"""A list for labels or a word processor has the words that our own letters would have."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st

from alumnidesk.domain.addressees import address_list, table
from alumnidesk.domain.addresses import MAX_LINES
from alumnidesk.domain.association import Association
from alumnidesk.domain.cards import Address, ContactCard, HouseholdCard, LetterText, TemplateCard
from alumnidesk.domain.consent import TO_ALL
from alumnidesk.domain.letters import MasterLetter
from alumnidesk.domain.mailing_plans import plan_mailing
from alumnidesk.domain.recipients import NO_HOUSEHOLDS
from alumnidesk.i18n import Language

HOME = Association(country="DE", language="de")
LINDENWEG = Address("Lindenweg", "14", postcode="22767", town="Hamburg")
ANNA = ContactCard(
    id=1, title="Dr.", given_name="Anna", family_name="Müller", gender_form="f", household_id=7, addresses=(LINDENWEG,)
)
BERND = replace(ANNA, id=2, title="", given_name="Bernd", gender_form="m")
CLARA = replace(BERND, id=3, given_name="Clara", gender_form="", addresses=())
SVEN = ContactCard(
    id=4,
    given_name="Sven",
    family_name="Ek",
    language="sv",
    addresses=(Address("Storgatan", "3", postcode="11122", town="Stockholm", country="SE"),),
)
TOGETHER = {7: HouseholdCard(7, members=(1, 2, 3))}


def rows(*contacts: ContactCard, households: Mapping[int, HouseholdCard] = NO_HOUSEHOLDS) -> list[dict[str, str]]:
    headings, cells = table(address_list(contacts, HOME, TO_ALL, households), HOME)
    return [dict(zip(headings, row, strict=True)) for row in cells]


def test_each_letter_has_its_address_lines_and_its_salutation_in_the_recipients_language() -> None:
    anna, sven = rows(SVEN, ANNA)
    assert [anna[f"Adresszeile {n}"] for n in range(1, 7)] == [
        "Frau", "Dr. Anna Müller", "Lindenweg 14", "22767 Hamburg", "", "",
    ]  # fmt: skip
    assert (anna["Briefanrede"], anna["Titel"], anna["Vorname"], anna["Nachname"], anna["Sprache"]) == (
        "Sehr geehrte Frau Dr. Müller,", "Dr.", "Anna", "Müller", "de",
    )  # fmt: skip
    assert [sven[f"Adresszeile {n}"] for n in range(1, 5)] == ["Sven Ek", "Storgatan 3", "111 22 Stockholm", "SWEDEN"]
    assert (sven["Briefanrede"], sven["Land"], sven["Sprache"]) == ("Hej Sven Ek,", "Schweden", "sv")
    assert anna["Land"] == "Deutschland", "to sort by; no line of the address says it"


def test_who_lives_together_shares_a_row_also_without_an_address_of_their_own() -> None:
    (together,) = rows(ANNA, BERND, CLARA, households=TOGETHER)
    assert (together["Adresszeile 1"], together["Briefanrede"]) == ("Familie Müller", "Sehr geehrte Familie Müller,")
    assert together["Name"] == "Anna, Bernd und Clara Müller"
    assert [row["Name"] for row in rows(ANNA, BERND, CLARA)] == ["Anna Müller", "Bernd Müller"], "Clara has no address"


def test_who_gets_no_letter_is_told_with_the_reason() -> None:
    told = address_list([ANNA, replace(BERND, no_post=True), replace(SVEN, deceased=True)], HOME, TO_ALL)
    assert [(found.contact.name, Language("en")(found.reason)) for found in told.left_out] == [
        ("Bernd Müller", "Wants no post"), ("Sven Ek", "Has died"),
    ]  # fmt: skip


def test_a_long_address_gets_the_columns_that_it_needs() -> None:
    long = replace(ANNA, own_address_name="A\nB\nC\nD\nE\nF")
    (row,) = rows(long)
    assert row["Adresszeile 8"] == "22767 Hamburg"
    assert MAX_LINES == 6


PEOPLE = st.lists(
    st.builds(
        replace,
        st.sampled_from([ANNA, BERND, CLARA, SVEN]),
        id=st.integers(1, 9),
        title=st.sampled_from(["", "Prof. Dr."]),
        gender_form=st.sampled_from(["", "f", "m"]),
        language=st.sampled_from(["", "de", "en", "sv"]),
        no_post=st.booleans(),
        household_id=st.sampled_from([None, 7]),
    ),
    max_size=5,
    unique_by=lambda card: card.id,
)


@settings(max_examples=60, deadline=None)
@given(PEOPLE, st.sampled_from([{}, {7: HouseholdCard(7, members=tuple(range(1, 10)))}]))
def test_a_mailing_file_says_what_our_own_letters_would(
    contacts: list[ContactCard], households: dict[int, HouseholdCard]
) -> None:
    template = TemplateCard(texts=tuple(LetterText(code, "", "{salutation}", "") for code in ("de", "en", "sv")))
    plan = plan_mailing(MasterLetter(template, HOME, dt.date(2026, 11, 22)), contacts, households=households)
    listed = address_list(contacts, HOME, TO_ALL, households)
    assert [(one.party, one.address, one.salutation) for one in listed.addressees] == [
        (letter.party, letter.address, letter.paragraphs[0] if letter.paragraphs else "") for letter in plan.letters
    ]
    told = [(one.contact.id, str(one.reason)) for one in plan.left_out]
    assert sorted((one.contact.id, str(one.reason)) for one in listed.left_out) == sorted(told)
