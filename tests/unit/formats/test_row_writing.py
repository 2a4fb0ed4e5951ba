"""What a contact says in the row of a table that somebody else keeps, in the table's own words."""

from __future__ import annotations

import dataclasses

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.unit.formats import strategies

from alumnidesk.domain.cards import Address, Affiliation, ContactCard, Email, OwnValue, Phone
from alumnidesk.domain.own_fields import OwnField, OwnKind, sound
from alumnidesk.domain.records import ContactRecord, as_card
from alumnidesk.formats.csv_dialect import Table
from alumnidesk.formats.mapping import guess_mapping
from alumnidesk.formats.row_writing import RowWriter


def writer(text: str, own: tuple[OwnField, ...] = (), language: str = "de") -> RowWriter:
    header, *rows = [[cell.strip() for cell in line.split(";")] for line in text.splitlines()]
    table = Table(tuple(header), list(enumerate(rows, 2)))

    def as_stored(record: ContactRecord) -> ContactRecord:
        return dataclasses.replace(record, own=sound(record.own, own))

    mapping = guess_mapping(header, [field.name for field in own])
    return RowWriter(table, mapping, language=language, own=own, sound=as_stored)


ANNA = ContactCard(
    given_name="Anna",
    family_name="Kern",
    birth_date="1975-03-02",
    language="de",
    no_post=True,
    emails=(Email("anna@kern.example", "home", True),),
    phones=(Phone("0371 555", "home"), Phone("0171 99", "mobile")),
    addresses=(Address("Lindenweg", "4", postcode="09111", town="Chemnitz", country="SE", label="home"),),
    tags=("Vorstand", "Chor"),
)


def cells(text: str, card: ContactCard = ANNA, present: str = "") -> str:
    return ";".join(writer(text).written(card, [cell.strip() for cell in present.split(";")]).cells)


def test_a_new_row_is_written_in_the_words_of_its_columns() -> None:
    text = """Vorname;Nachname;Geburtstag;Sprache;Keine Post;Land;Straße;PLZ Ort
        Bo;Berg;24.12.1980;Deutsch;x;Schweden;Allee 1;01067 Dresden
        Cy;Carl;1.2.1990;Englisch;;Schweden;Ring 2;01067 Dresden
        Di;Dorn;3.4.1990;Deutsch;x;Dänemark;Gasse 3;01067 Dresden"""
    assert cells(text) == "Anna;Kern;2.3.1975;Deutsch;x;Schweden;Lindenweg 4;09111 Chemnitz"


@pytest.mark.parametrize(
    ("examples", "expected"),
    [
        (["1980-12-24", "1990-02-01"], "1975-03-02"),
        (["24.12.1980", "01.02.1990"], "02.03.1975"),
        (["24.12.1980", "1.2.1990", "3.4.1991"], "2.3.1975"),
        (["24/12/1980", "25/12/1980"], "02.03.1975"),  # 02/03/1975 could be two days here
        (["19801224"], "19750302"),
        ([], "02.03.1975"),
    ],
)
def test_a_date_is_written_as_most_of_its_column(examples: list[str], expected: str) -> None:
    assert cells("\n".join(["Geburtstag;Nachname", *(f"{one};X" for one in examples)])) == f"{expected};Kern"


def test_american_dates_of_outlook_stay_american() -> None:
    text = "Title;First Name;Last Name;Suffix;Company;Department;Job Title;E-mail Address;Birthday;Web Page"
    text += "\n;Bo;Berg;;;;;;12/24/1980;"
    assert cells(text).endswith(";3/2/1975;")


def test_a_cell_that_says_the_same_already_stays_as_it_is_written() -> None:
    text = "Vorname;Nachname;Geburtstag;Keine Post;Telefon;E-Mail;Schlagwörter"
    row = "Anna;Kern;March 2, 1975;JA;(0371) 555;ANNA@kern.example;Chor, Vorstand"
    card = dataclasses.replace(ANNA, phones=(Phone("0371-555"),))
    assert cells(text, card, row) == row


def test_a_changed_phone_goes_where_the_old_one_stood_and_the_others_stay() -> None:
    text = "Nachname;Telefon;Telefon 2;Handy"
    now = dataclasses.replace(ANNA, phones=(Phone("0371 555", "home"), Phone("030 1"), Phone("0160 7", "mobile")))
    assert cells(text, now, "Kern;0371 9;0371 555;0160 7") == "Kern;030 1;0371 555;0160 7"


def test_several_values_in_one_cell_stay_in_it() -> None:
    two = dataclasses.replace(ANNA, emails=(Email("a@kern.example"), Email("neu@kern.example")))
    assert cells("Nachname;E-Mail", two, "Kern;a@kern.example, b@kern.example") == (
        "Kern;a@kern.example, neu@kern.example"
    )


def test_what_only_its_program_understands_stays_among_the_tags() -> None:
    text = "First Name;Labels\nBo;Chor ::: * myContacts"
    assert cells(text, ANNA, "Anna;* myContacts ::: Chor ::: Alt") == "Anna;* myContacts ::: Chor ::: Vorstand"


def test_a_cell_that_cannot_be_understood_is_not_overwritten() -> None:
    text = "Nachname;Geburtstag;Telefon;Eintritt"
    row = "Kern;ca. 1975;steht nicht im Buch;irgendwann"
    assert (
        cells(text, dataclasses.replace(ANNA, affiliations=(Affiliation(began="2001"),)), row)[:14] == "Kern;ca. 1975;"
    )
    held = writer(text).held(ANNA, row.split(";"))
    assert (held.birth_date, held.affiliations) == ("", ())


def test_a_number_that_a_spreadsheet_has_destroyed_says_nothing() -> None:
    record = writer("Nachname;Telefon").record(2, ["Kern", "4,91701E+11"])
    assert isinstance(record, ContactRecord)
    assert record.phones == ()
    assert record.problems


def test_a_part_of_an_address_is_taken_for_the_whole_that_it_is_of() -> None:
    text = "Nachname;Straße;PLZ;Ort"
    held = writer(text).held(ANNA, ["Kern", "Lindenweg 4", "09111", "Chemnitz"])
    assert held.addresses == (Address("Lindenweg 4", postcode="09111", town="Chemnitz"),)
    assert cells(text, ANNA, "Kern;Lindenweg 4;09111;Chemnitz") == "Kern;Lindenweg 4;09111;Chemnitz"


def test_years_of_a_cohort_and_the_word_for_how_somebody_is_addressed() -> None:
    card = dataclasses.replace(
        ANNA, gender_form="f", title="Dr.", affiliations=(Affiliation(cohort_from=2001, cohort_to=2003),)
    )
    assert cells("Anrede;Nachname;Jahrgang\nHerr;Berg;1999-2001", card) == "Frau Dr.;Kern;2001-2003"


def test_a_whole_name_is_written_when_it_can_be_taken_apart_again() -> None:
    assert cells("Name;Ort", ANNA) == "Anna Kern;Chemnitz"
    odd = dataclasses.replace(ANNA, family_name="Kern, Anna")
    written = writer("Name;Ort").written(odd, ["Anna Kern", "Chemnitz"])
    assert written.cells[0] in ("Anna Kern", "Anna Kern, Anna")
    assert (0 in written.unsaid) == (written.cells[0] == "Anna Kern")


def test_tags_that_would_be_read_as_two_are_not_written() -> None:
    table = writer("Nachname;Tags")
    written = table.written(dataclasses.replace(ANNA, tags=("Chor; Alt",)), ["Kern", "Bass"])
    assert written.cells == ["Kern", "Bass"]
    assert written.unsaid == {1}


def test_own_fields_are_written_as_people_write_them() -> None:
    own = (OwnField("Beitrag", OwnKind.NUMBER), OwnField("Vegan", OwnKind.YES_NO), OwnField("Seit", OwnKind.DATE))
    card = dataclasses.replace(
        ANNA, own=(OwnValue("Beitrag", "12.5"), OwnValue("Vegan", "0"), OwnValue("Seit", "2001-05-01"))
    )
    table = writer("Nachname;Beitrag;Vegan;Seit\nBerg;7,5;X;1.6.2002\nBerg;8;nein;2.6.2002", own)
    assert table.written(card, []).cells == ["Kern", "12,5", "nein", "1.5.2001"]


def test_columns_that_cannot_be_written_for_certain_are_only_read() -> None:
    table = writer("Nachname;Bemerkung;Notiz;Vollständige Adresse")
    assert sorted(table.only_read) == [1, 2, 3]
    row = ["Kern", "eins", "zwei", "Lindenweg 4, 09111 Chemnitz"]
    written = table.written(dataclasses.replace(ANNA, remark="drei", addresses=()), row)
    assert written.cells == row


def test_what_the_file_cannot_hold_stays_as_it_was() -> None:
    header = ("Vorname", "Nachname", "Straße", "Ort")
    table = RowWriter(Table(header, []), guess_mapping(header), language="de", can_hold=lambda text: "Ł" not in text)
    card = ContactCard(given_name="Łukasz", family_name="Berg", addresses=(Address("Ring 1", town="Łódź"),))
    written = table.written(card, ["Lukasz", "Carl", "Allee 2", "Ulm"])
    assert written.cells == ["Lukasz", "Berg", "Allee 2", "Ulm"]
    assert written.unsaid == {0, 2, 3}


# Any contact -------------------------------------------------------------------------------------------------------

HEADERS = (
    "Vorname;Nachname;E-Mail;Telefon;Handy;Straße;PLZ;Ort;Land;Geburtstag;Tags",
    "Name;E-Mail privat;E-Mail geschäftlich;PLZ Ort;Jahrgang;Sprache;Keine Post",
    "Anrede;Titel;Vorname;Namensvorsatz;Nachname;Firma;Geburtsjahr;Geburtsmonat;Geburtstag;Webseite;Bemerkung",
    "First Name;Last Name;Phone 1 - Label;Phone 1 - Value;Address 1 - Street;Address 1 - City;Labels",
)


@settings(max_examples=25, deadline=None)
@given(st.sampled_from(HEADERS), strategies.cards())
def test_what_is_written_reads_again_as_what_the_row_can_hold(header: str, card: ContactCard) -> None:
    table = writer(header)
    written = table.written(card, [])
    read = table.record(2, written.cells)
    if not isinstance(read, ContactRecord):
        return
    if not written.unsaid:
        assert as_card(read) == table.held(card, [])
    assert table.written(as_card(read), written.cells).cells == written.cells


@settings(max_examples=25, deadline=None)
@given(st.sampled_from(HEADERS), strategies.cards(), strategies.cards())
def test_a_row_that_was_written_is_not_written_again(header: str, card: ContactCard, other: ContactCard) -> None:
    table = writer(header)
    first = table.written(other, []).cells
    second = table.written(card, first).cells
    assert table.written(card, second).cells == second
