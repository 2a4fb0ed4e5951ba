"""Addresses as they go on an envelope, in the order of their country."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.unit.domain import strategies

from alumnidesk.domain.addresses import (
    MAX_LINES,
    address_lines,
    address_problems,
    country_code,
    country_codes,
    country_name,
    postcode_meant,
    written_postcode,
)
from alumnidesk.domain.cards import Address, ContactCard

ALEX = ContactCard(given_name="Alex", family_name="Muster")
ANNA = ContactCard(
    given_name="Anna", family_name="Müller", gender_form="f", organisation="Lindenhof", department="Küche"
)


def lines(address: Address, card: ContactCard = ALEX, home: str = "DE", language: str = "de") -> list[str]:
    return address_lines(card, address, home_country=home, language=language)


def problems(address: Address, card: ContactCard = ALEX) -> list[str]:
    where = {"home_country": "DE", "language": "en"}
    lines = address_lines(card, address, **where)
    return [str(problem) for problem in address_problems(address, lines, **where)]


def at(street: str, number: str, postcode: str, town: str, country: str = "", region: str = "") -> Address:
    return Address(street, number, postcode=postcode, town=town, country=country, region=region)


@pytest.mark.parametrize(
    ("address", "expected"),
    [
        (at("Lindenweg", "14", "22767", "Hamburg"), "Lindenweg 14 / 22767 Hamburg"),
        (at("Lindenweg", "14", "1010", "Wien", "AT"), "Lindenweg 14 / 1010 Wien / AUSTRIA"),
        (at("Storgatan", "5", "21122", "Malmö", "SE"), "Storgatan 5 / 211 22 Malmö / SWEDEN"),
        (at("Storgatan", "5", "SE-211 22", "Malmö", "Schweden"), "Storgatan 5 / 211 22 Malmö / SWEDEN"),
        (at("Mill Lane", "7", "AB1 2CD", "Leeds", "UK"), "7 Mill Lane / Leeds / AB1 2CD / UNITED KINGDOM"),
        (at("Main St", "7", "73301", "Austin", "USA", "TX"), "7 Main St / Austin, TX 73301 / UNITED STATES"),
        (at("rue du Lac", "7", "75001", "Paris", "FR"), "7 rue du Lac / 75001 Paris / FRANCE"),
        (at("Damrak", "7", "1012lg", "Amsterdam", "NL"), "Damrak 7 / 1012 LG Amsterdam / NETHERLANDS"),
        (at("ul. Długa", "7", "00238", "Warszawa", "PL"), "ul. Długa 7 / 00-238 Warszawa / POLAND"),
        (at("Dlouhá", "7", "11000", "Praha", "CZ"), "Dlouhá 7 / 110 00 Praha / CZECHIA"),
        (at("via Roma", "7", "00184", "Roma", "IT", "RM"), "via Roma 7 / 00184 Roma RM / ITALY"),
        (at("Straße", "1", "99", "Stadt", "Ruritanien"), "Straße 1 / 99 Stadt / RURITANIEN"),
        (Address(po_box="12 34", postcode="24937", town="Flensburg"), "Postfach 12 34 / 24937 Flensburg"),
        (Address(po_box="Box 7", postcode="21122", town="Malmö", country="SE"), "Box 7 / 211 22 Malmö / SWEDEN"),
        (
            Address("Weg 1", care_of="Meier", extra="3. Etage", postcode="24937", town="Flensburg"),
            "c/o Meier / 3. Etage / Weg 1 / 24937 Flensburg",
        ),
    ],
)
def test_an_address_has_the_order_of_its_country(address: Address, expected: str) -> None:
    assert " / ".join(lines(address)) == f"Alex Muster / {expected}"


def test_a_letter_within_the_associations_country_needs_no_country_line() -> None:
    address = Address("Storgatan 5", postcode="21122", town="Malmö", country="SE")
    assert lines(address, home="SE", language="sv") == ["Alex Muster", "Storgatan 5", "211 22 Malmö"]
    assert lines(Address("Storgatan 5", postcode="21122", town="Malmö"), home="SE")[-1] == "211 22 Malmö"


def test_the_organisation_stands_first_unless_the_address_is_the_home() -> None:
    at_work = Address("Weg 1", postcode="24937", town="Flensburg", label="work")
    at_home = Address("Weg 1", postcode="24937", town="Flensburg", label="home")
    assert lines(at_work, ANNA)[:4] == ["Lindenhof", "Küche", "Frau", "Anna Müller"]
    assert lines(at_home, ANNA)[:2] == ["Frau", "Anna Müller"]


def test_the_form_of_address_joins_the_name_when_lines_run_short() -> None:
    address = Address("Weg 1", care_of="Meier", postcode="24937", town="Flensburg")
    assert lines(address, ANNA) == ["Lindenhof", "Küche", "Frau Anna Müller", "c/o Meier", "Weg 1", "24937 Flensburg"]


@pytest.mark.parametrize(
    ("address", "problem"),
    [
        (Address("Weg 1", postcode="24937"), "The town is missing."),
        (Address("Weg 1", town="Flensburg"), "The postcode is missing."),
        (Address(postcode="24937", town="Flensburg"), "The street is missing."),
        (Address("Weg 1", postcode="2493", town="Flensburg"), "2493 is no postcode in Germany."),
        (Address("Weg 1", postcode="1", town="X", country="Ruritanien"), "The country “Ruritanien” is not known."),
    ],
)
def test_an_incomplete_address_says_what_is_wrong(address: Address, problem: str) -> None:
    assert problems(address) == [problem]


@pytest.mark.parametrize(
    ("postcode", "country", "meant"),
    [
        ("1067", "", "01067"), ("D-1067", "DE", "01067"), ("1067", "Deutschland", "01067"), ("1067", "AT", ""),
        ("8001", "Schweiz", ""), ("1067", "Ruritanien", ""), ("01067", "", ""), ("106", "", ""), ("", "", ""),
        ("6000", "FR", "06000"), ("1067", "SE", ""),
    ],
)  # fmt: skip
def test_a_zero_that_a_spreadsheet_took_away_is_missed_where_postcodes_have_five_digits(
    postcode: str, country: str, meant: str
) -> None:
    assert postcode_meant(Address(postcode=postcode, country=country), "DE") == meant
    assert postcode_meant(Address(postcode=postcode), "AT") == ""


def test_a_good_address_has_no_problems() -> None:
    assert problems(Address("Weg 1", postcode="D-24937", town="Flensburg")) == []
    assert problems(Address("Main St 7", town="Dublin", country="IE")) == []


def test_more_lines_than_the_window_holds_are_reported_with_their_number() -> None:
    card = ContactCard(organisation="A", own_address_name="\n".join(f"Zeile {n}" for n in range(200)))
    assert problems(Address("Weg 1", postcode="24937", town="Flensburg"), card) == [
        f"The address has 202 lines; the window holds {MAX_LINES}."
    ]


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("Deutschland", "DE"), ("GERMANY", "DE"), ("Tyskland", "DE"), ("de", "DE"), ("DEU", "DE"), ("D", "DE"),
        ("Österreich", "AT"), ("Oesterreich", "AT"), ("osterreich", "AT"), ("Sverige", "SE"), ("UK", "GB"),
        ("U.S.A.", "US"), ("Schweiz", "CH"), ("Suisse", "CH"), ("ae", "AE"), (" Ungern ", "HU"), ("Türkei", "TR"),
        ("", ""), ("Ruritanien", ""), ("Hamburg", ""),
    ],
)  # fmt: skip
def test_a_country_is_known_by_its_names_and_codes(text: str, code: str) -> None:
    assert country_code(text) == code


@pytest.mark.parametrize("language", ["en", "de", "sv"])
def test_every_countrys_own_name_leads_back_to_it(language: str) -> None:
    assert {code: country_code(country_name(code, language)) for code in country_codes()} == {
        code: code for code in country_codes()
    }


@given(st.text(max_size=12), st.sampled_from(["DE", "SE", "NL", "PL", "GB", "XX"]))
def test_a_postcode_that_was_written_once_stays_as_it_is(postcode: str, country: str) -> None:
    written = written_postcode(postcode, country)
    assert written_postcode(written, country) == written


@given(st.text("0123456789 -", max_size=8), st.sampled_from(["DE", "SE", "NL", "PL", "GB", "XX"]))
def test_writing_a_postcode_never_loses_a_digit(postcode: str, country: str) -> None:
    assert [c for c in written_postcode(postcode, country) if c.isdigit()] == [c for c in postcode if c.isdigit()]


addresses = st.builds(
    Address,
    *[strategies.lines] * 7,
    country=st.one_of(strategies.lines, st.sampled_from(["DE", "US", "IT", "GB", "ES"])),
    care_of=strategies.lines,
)


@given(addresses, st.sampled_from(["DE", "SE", "US"]), st.sampled_from(["de", "en", "sv"]))
def test_no_line_of_an_address_is_empty_or_says_none(address: Address, home: str, language: str) -> None:
    for line in lines(address, ANNA, home, language):
        assert line
        assert line == " ".join(line.split())
        assert "None" not in line
    for problem in problems(address, ANNA):
        assert problem


def test_lines_that_belong_together_are_joined_one_pair_after_the_other_until_there_are_six() -> None:
    address = Address(
        "Weg", "1", extra="3. Etage", care_of="Meier", postcode="1010", town="Wien", country="AT", label="work"
    )
    assert lines(address, ANNA) == [
        "Lindenhof, Küche", "Frau Anna Müller", "c/o Meier", "Weg 1, 3. Etage", "1010 Wien", "AUSTRIA",
    ]  # fmt: skip
    assert lines(replace(address, country=""), ANNA)[:2] == ["Lindenhof, Küche", "Frau Anna Müller"]
    assert lines(replace(address, country="", extra=""), ANNA)[:3] == ["Lindenhof", "Küche", "Frau Anna Müller"]
