"""Two records of one contact become one, and nothing gets lost."""

from __future__ import annotations

from dataclasses import fields, replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from alumnidesk.domain.cards import Address, Affiliation, ContactCard, Email, Foreign, Link, Phone
from alumnidesk.domain.differences import differences
from alumnidesk.domain.fields import FIELDS, Kind
from alumnidesk.domain.records import ContactRecord, as_card
from alumnidesk.domain.uniting import same_phone, same_place, united
from alumnidesk.i18n import Language

ENGLISH = Language("en")

words = st.sampled_from(("", "Anna", "anna", "Müller", "Mueller", "von der Heide", "Kiel", "1067", "01067", "a b", "x"))
filled = words.filter(bool)
years = st.one_of(st.none(), st.integers(1970, 1973))
emails = st.builds(Email, st.sampled_from(("a@b.example", "A@B.example", "c@d.example")), words, st.booleans())
phones = st.builds(Phone, st.sampled_from(("+49 461 1234", "0461/1234", "0171 99", "12")), words, st.booleans())
addresses = st.builds(Address, words, words, words, words, words, words, words, words, words, words, st.booleans())
roles = st.builds(Affiliation, words, words, words, years, years, words)
foreign = st.builds(Foreign, st.sampled_from(("csv", "vcard")), filled, filled)
values = st.dictionaries(
    st.sampled_from(
        [f.key for f in FIELDS if f.kind in (Kind.TEXT, Kind.NAME, Kind.LONG_TEXT)] + ["no_post", "deceased"]
    ),
    filled,
    max_size=6,
).map(lambda found: {key: "1" if key in ("no_post", "deceased") else value for key, value in found.items()})


def some(parts: st.SearchStrategy[object]) -> st.SearchStrategy[tuple[object, ...]]:
    return st.lists(parts, max_size=3).map(tuple)


records = st.builds(
    ContactRecord,
    st.just(1),
    values,
    some(emails),
    some(phones),
    some(addresses),
    some(st.builds(Link, st.sampled_from(("https://a.example/", "https://a.example", "https://b.example")))),
    some(roles),
    some(filled),
    some(foreign),
)


@given(records, records, st.booleans())
def test_uniting_with_the_same_record_again_changes_nothing(
    one: ContactRecord, other: ContactRecord, fill: bool
) -> None:
    once = united(as_card(one), other, fill=fill)
    assert united(once, other, fill=fill) is once


@given(records)
def test_a_contact_has_all_that_the_record_said_that_it_came_from(record: ContactRecord) -> None:
    card = as_card(record)
    assert united(card, record) is card


@given(records, records, st.booleans())
def test_nothing_is_ever_emptied(one: ContactRecord, other: ContactRecord, fill: bool) -> None:
    before = as_card(one)
    after = united(before, other, fill=fill)
    for field in fields(ContactCard):
        ours, then = getattr(before, field.name), getattr(after, field.name)
        assert bool(then) or not ours
        if isinstance(ours, tuple):
            assert len(then) >= len(ours)
        elif fill and ours and field.name != "remark":
            assert then == ours


@given(records, records)
def test_what_differs_is_told_exactly_when_something_differs(one: ContactRecord, other: ContactRecord) -> None:
    before = as_card(one)
    after = united(before, other)
    assert bool(differences(before, after)) == (after != before)
    assert differences(before, before) == ()


def test_a_remark_is_added_to_ours_unless_it_is_in_it() -> None:
    card = ContactCard(remark="Bringt Kuchen mit.")
    assert united(card, ContactRecord(1, {"remark": "Singt."})).remark == "Bringt Kuchen mit.\nSingt."
    assert united(card, ContactRecord(1, {"remark": "Kuchen"})) is card
    assert united(card, ContactRecord(1, {"remark": "Anna: Bringt  Kuchen mit."})).remark == "Anna: Bringt  Kuchen mit."


def test_a_particle_in_the_family_name_is_no_other_name() -> None:
    card = ContactCard(given_name="Anna", name_particle="von der", family_name="Heide")
    assert united(card, ContactRecord(1, {"family_name": "von der Heide"})) is card
    assert united(card, ContactRecord(1, {"family_name": "von der Heyde"})).family_name == "von der Heyde"


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("+49 461 5551234", "0461/555 12 34", True),
        ("0049 461 5551234", "+49 (0) 461 5551234", True),
        ("+49 461 5551234", "+46 461 5551234", False),
        ("0461 5551234", "0461 5551235", False),
        ("keine", "auch keine", False),
    ],
)
def test_phone_numbers_are_the_same_by_their_digits(one: str, other: str, same: bool) -> None:
    assert same_phone(Phone(one), Phone(other)) is same
    assert same_phone(Phone(other), Phone(one)) is same


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        (Address("Hauptstr. 5", town="Kiel"), Address("Hauptstraße", "5", postcode="24103", town="KIEL"), True),
        (Address("Hauptstr. 5", town="Kiel"), Address("Hauptstr. 5", town="Bonn"), False),
        (Address("Hauptstr. 5", town="Kiel"), Address("Hauptstr. 6", town="Kiel"), False),
        (Address(po_box="1234", postcode="24103"), Address("Markt 1", po_box="1234", postcode="24103"), True),
        (Address(country="DE"), Address(country="DE"), False),
        (Address("Ring 1", postcode="01067", town="Dresden"), Address("Ring 1", postcode="1067", town="Dresden"), True),
        (Address("Ring 1", postcode="01067"), Address("Ring 1", postcode="1067", country="DE"), True),
        (Address("Ring 1", postcode="01067", country="DE"), Address("Ring 1", postcode="1067", country="AT"), False),
        (Address("Ring 1", postcode="01067"), Address("Ring 1", postcode="10670"), False),
        (Address("Ring 1", postcode="111 22"), Address("Ring 1", postcode="11122"), True),
    ],
)
def test_addresses_are_the_same_as_far_as_both_know_them(one: Address, other: Address, same: bool) -> None:
    assert same_place(one, other) is same
    assert same_place(other, one) is same


def test_a_known_address_learns_its_postcode_and_keeps_its_row() -> None:
    card = ContactCard(addresses=(Address("Hauptstr. 5", town="Kiel", id=7),))
    (address,) = united(
        card, ContactRecord(1, addresses=(Address("Hauptstraße 5", postcode="24103", town="Kiel"),))
    ).addresses
    assert (address.id, address.postcode, address.street) == (7, "24103", "Hauptstr. 5")


@pytest.mark.parametrize(("ours", "theirs"), [("01067", "1067"), ("1067", "01067")])
def test_the_postcode_with_its_zero_stays_or_comes(ours: str, theirs: str) -> None:
    card = ContactCard(addresses=(Address("Ring 1", postcode=ours, town="Dresden", id=7),))
    record = ContactRecord(1, addresses=(Address("Ring 1", postcode=theirs, town="Dresden"),))
    (address,) = united(card, record).addresses
    assert (address.id, address.postcode) == (7, "01067")


def test_an_affiliation_that_says_more_fills_ours() -> None:
    card = ContactCard(affiliations=(Affiliation("Lindenhof", cohort_to=1991, id=3),))
    more = Affiliation("Lindenhof", "participant", "Winter course", cohort_to=1991)
    (known,) = united(card, ContactRecord(1, affiliations=(more,))).affiliations
    assert (known.id, known.role, known.programme) == (3, "participant", "Winter course")
    two = united(card, ContactRecord(1, affiliations=(Affiliation("Lindenhof", cohort_to=2001),)))
    assert len(two.affiliations) == 2


def test_only_one_email_is_the_preferred_one() -> None:
    card = ContactCard(emails=(Email("a@b.example", preferred=True),))
    after = united(card, ContactRecord(1, emails=(Email("c@d.example", preferred=True),)))
    assert [email.preferred for email in after.emails] == [True, False]


def test_differences_name_the_field_and_both_values() -> None:
    before = ContactCard(family_name="Müller", gender_form="f", emails=(Email("a@b.example", id=1),))
    after = replace(before, family_name="Maier", gender_form="", emails=(Email("c@d.example", id=1),), no_post=True)
    told = [tuple(map(ENGLISH, (d.label, d.old, d.new))) for d in differences(before, after)]
    assert told == [
        ("Last name", "Müller", "Maier"),
        ("E-mail addresses", "a@b.example", "c@d.example"),
        ("Form of address", "Ms", ""),
        ("No letters", "", "yes"),
    ]
