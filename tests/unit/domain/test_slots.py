"""Headings that people type, and the slots that they lead to."""

from __future__ import annotations

import unicodedata

import pytest

from alumnidesk.domain import full_names, slots
from alumnidesk.i18n import Language


@pytest.mark.parametrize(
    ("heading", "slot"),
    [
        ("Vorname", "given_name"),
        ("NACHNAME", "family_name"),
        ("Straße und Nr.", "address.1.street"),
        ("Strasse", "address.1.street"),
        ("PLZ Ort", "address.1.postcode_town"),
        ("PLZ/Ort", "address.1.postcode_town"),
        ("E-Mail privat", "email.home.1"),
        ("E-Mail", "email.1"),
        ("e-mail 2", "email.2"),
        ("Jahrgang", "affiliation.1.cohort"),
        ("Telefon", "phone.1"),
        ("Telefon (privat 2)", "phone.home.2"),
        ("Tel. dienstlich", "phone.work.1"),
        ("Handy", "phone.mobile.1"),
        ("Mobil dienstlich", "phone.mobile_work.1"),
        ("Fax geschäftlich", "phone.fax_work.1"),
        ("Firma", "organisation"),
        ("Anrede", slots.GREETING),
        ("Geburtsdatum", "birth_date"),
        ("Bemerkung", "remark"),
        ("Förnamn", "given_name"),
        ("Postnummer", "address.1.postcode"),
        ("Home City", "address.home.town"),
        ("Schlagwörter", slots.TAG),
    ],
)
def test_what_people_write_above_a_column_is_understood(heading: str, slot: str) -> None:
    assert slots.slot_for_header(heading) == slot
    assert slots.slot_for_header(unicodedata.normalize("NFD", f" {heading.swapcase()} ")) == slot


@pytest.mark.parametrize("heading", ["", "   ", "Lieblingsfarbe", "E-Mail 99", "123", "Telefon 0"])
def test_other_headings_are_not_guessed(heading: str) -> None:
    assert slots.slot_for_header(heading) is None


def test_nonsense_is_no_slot() -> None:
    with pytest.raises(ValueError, match="not a slot"):
        slots.part("address.home.colour")


@pytest.mark.parametrize(
    ("said", "kept"), [("* Home", "home"), ("Privat", "home"), ("Cell", "mobile"), ("Ferienhaus", "Ferienhaus")]
)
def test_labels_of_other_programs_become_ours_and_own_ones_stay(said: str, kept: str) -> None:
    assert slots.canonical_label(said) == kept


@pytest.mark.parametrize(
    ("name", "parts"),
    [
        ("Anna Müller", ("", "Anna", "", "Müller", "")),
        ("Müller, Anna", ("", "Anna", "", "Müller", "")),
        ("Dr. Anna Maria von der Heide", ("Dr.", "Anna Maria", "von der", "Heide", "")),
        ("von der Heide, Anna", ("", "Anna", "von der", "Heide", "")),
        ("Prof. Dr. Karl Graf", ("Prof. Dr.", "Karl", "", "Graf", "")),
        ("John Smith Jr.", ("", "John", "", "Smith", "Jr.")),
        ("Cher", ("", "", "", "Cher", "")),
        ("H. C. Meier", ("", "H. C.", "", "Meier", "")),
        ("Dr. M. Meier", ("Dr.", "M.", "", "Meier", "")),
        ("Prof. Dr. h. c. Anna Meier", ("Prof. Dr. h. c.", "Anna", "", "Meier", "")),
        ("Prof. em. Dr. Anna Meier", ("Prof. em. Dr.", "Anna", "", "Meier", "")),
        ("Anna Meier, M.A.", ("", "Anna", "", "Meier", "M.A.")),
        ("Meier, Anna, M.A.", ("", "Anna", "", "Meier", "M.A.")),
        ("Anna Meier,", ("", "Anna", "", "Meier", "")),
        ("Meier, Dr. Anna", ("Dr.", "Anna", "", "Meier", "")),
        ("Anna Meier, MdB", ("", "MdB", "", "Anna Meier", "")),
        ("", ("", "", "", "", "")),
    ],
)
def test_a_whole_name_is_divided(name: str, parts: tuple[str, ...]) -> None:
    assert tuple(full_names.split(name)) == parts


@pytest.mark.parametrize(
    ("name", "why"),
    [
        ("Anna Meier, MdB", "“Anna Meier, MdB” was divided at its comma."),
        ("Anna Meier, M.A.", None),
        ("von der Heide, Anna", None),
        ("H. Meier", None),
    ],
)
def test_a_name_that_could_be_meant_otherwise_says_how_it_was_divided(name: str, why: str | None) -> None:
    said = full_names.reason(name)
    assert (said and Language("en")(said)) == why
