"""Somebody changes their part of a contact, and what they do not hold stays with us."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given, settings
from tests.unit.formats import strategies

from alumnidesk.domain.cards import Address, Affiliation, ContactCard, Email, OwnValue, Phone
from alumnidesk.domain.taking_over import taken_over

OURS = ContactCard(
    id=7,
    title="Dr.",
    given_name="Anna",
    name_particle="von",
    family_name="Kern",
    remark="seit 2001 dabei",
    emails=(Email("anna@kern.example", "home", True, id=1), Email("büro@kern.example", "work", id=2)),
    phones=(Phone("0371 555", "home", id=3), Phone("0171 99", "mobile", True, id=4)),
    addresses=(
        Address(
            "Lindenweg", "4", extra="Hof", postcode="09111", town="Chemnitz", country="DE", label="home",
            undeliverable_since="2026-01-01", id=5,
        ),
    ),
    affiliations=(Affiliation("Internat", "participant", "Kurs A", 2001, 2003, id=6),),
    tags=("Chor", "Vorstand"),
    own=(OwnValue("Größe", "M", id=8), OwnValue("Vegan", "1", id=9)),
)  # fmt: skip


def test_another_family_name_leaves_title_and_takes_the_particle_with_it() -> None:
    part = ContactCard(given_name="Anna", family_name="von Kern")
    after = taken_over(OURS, part, replace(part, family_name="Berg"))
    assert after == replace(OURS, name_particle="", family_name="Berg")


def test_another_town_leaves_the_line_that_they_do_not_hold_and_forgets_that_mail_came_back() -> None:
    part = ContactCard(addresses=(Address("Lindenweg 4", postcode="09111", town="Chemnitz"),))
    there = replace(part.addresses[0], street="Ring 1", postcode="01067", town="Dresden")
    (address,) = taken_over(OURS, part, replace(part, addresses=(there,))).addresses
    assert address == replace(
        OURS.addresses[0], street="Ring 1", house_number="", postcode="01067", town="Dresden", undeliverable_since=""
    )


def test_another_postcode_leaves_street_and_house_number_as_they_are() -> None:
    part = ContactCard(addresses=(Address("Lindenweg 4", postcode="09111"),))
    (address,) = taken_over(OURS, part, ContactCard(addresses=(Address("Lindenweg 4", postcode="09112"),))).addresses
    assert (address.street, address.house_number, address.postcode, address.id) == ("Lindenweg", "4", "09112", 5)


def test_another_street_beside_a_postcode_that_lost_its_zero_leaves_ours_as_it_is() -> None:
    part = ContactCard(addresses=(Address("Lindenweg 4", postcode="9111", town="Chemnitz"),))
    there = replace(part.addresses[0], street="Ring 1")
    (address,) = taken_over(OURS, part, ContactCard(addresses=(there,))).addresses
    assert (address.street, address.postcode) == ("Ring 1", "09111")


def test_another_number_takes_the_place_of_the_one_with_its_label() -> None:
    part = ContactCard(phones=(Phone("+49 371 555", "home"), Phone("0171 99", "mobile")))
    after = taken_over(OURS, part, replace(part, phones=(part.phones[0], Phone("0160 1", "mobile"))))
    assert after.phones == (OURS.phones[0], Phone("0160 1", "mobile", True, id=4))


def test_what_they_take_away_goes_and_what_they_add_comes() -> None:
    part = ContactCard(emails=(Email("ANNA@kern.example"),), tags=("Chor",), own=(OwnValue("Größe", "M"),))
    there = ContactCard(phones=(Phone("030 1"),), tags=("Bass",), own=(OwnValue("Vegan", "0"),))
    after = taken_over(OURS, part, there)
    assert after.emails == OURS.emails[1:]
    assert after.phones == (*OURS.phones, Phone("030 1"))
    assert after.tags == ("Vorstand", "Bass")
    assert after.own == (OwnValue("Vegan", "0"),)


def test_another_cohort_leaves_unit_and_programme() -> None:
    part = ContactCard(affiliations=(Affiliation(cohort_from=2001, cohort_to=2003),))
    there = ContactCard(affiliations=(Affiliation(cohort_from=2001, cohort_to=2004),))
    assert taken_over(OURS, part, there).affiliations == (replace(OURS.affiliations[0], cohort_to=2004),)


@settings(max_examples=25, deadline=None)
@given(strategies.cards(), strategies.cards())
def test_where_nothing_differs_nothing_changes(ours: ContactCard, part: ContactCard) -> None:
    assert taken_over(ours, part, part) is ours


@settings(max_examples=25, deadline=None)
@given(strategies.cards(), strategies.cards())
def test_who_holds_everything_gives_everything(ours: ContactCard, there: ContactCard) -> None:
    after = taken_over(ours, ours, there)
    for name in ("given_name", "family_name", "name_particle", "birth_date", "remark", "no_post"):
        assert getattr(after, name) == getattr(there, name)
    assert {email.address for email in after.emails} == {email.address for email in there.emails}
    assert {phone.number for phone in after.phones} == {phone.number for phone in there.phones}
    assert set(after.tags) == set(there.tags)
