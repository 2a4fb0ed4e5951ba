"""CSV files as programs and people write them, made records; every sample file was invented for these tests."""

from __future__ import annotations

import dataclasses
import time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from alumnidesk.domain.cards import Address, Affiliation, Email, Foreign, Phone
from alumnidesk.domain.records import ContactRecord, Reading, as_card
from alumnidesk.formats import csv
from alumnidesk.i18n import Language

SAMPLES = Path(__file__).parent.parent.parent / "corpus"


def opened(data: bytes) -> tuple[csv.Dialect, csv.ColumnMapping, Reading]:
    dialect = csv.sniff(data)
    table = csv.table(data, dialect)
    mapping = csv.guess_mapping(table.header, rows=table.rows)
    return dialect, mapping, csv.read(table, mapping)


def sample(name: str) -> tuple[csv.Dialect, csv.ColumnMapping, Reading]:
    return opened((SAMPLES / name).read_bytes())


def only(reading: Reading) -> ContactRecord:
    assert len(reading.records) == 1
    return reading.records[0]


@pytest.mark.parametrize(
    ("name", "encoding", "delimiter", "preset"),
    [
        ("outlook-de.csv", "cp1252", ",", "outlook-de"),
        ("outlook-en.csv", "utf-8", ",", "outlook-en"),
        ("google.csv", "utf-8", ",", "google"),
        ("google-old.csv", "utf-16-le", ",", "google-old"),
        ("thunderbird-de.csv", "utf-8", ",", "thunderbird-de"),
        ("thunderbird-sv.csv", "utf-8", ",", "thunderbird-sv"),
        ("thunderbird-fr.csv", "utf-8", ",", "thunderbird-fr"),
        ("kursliste-excel.csv", "utf-8", ";", ""),
        ("excel-sep.csv", "cp1252", ";", ""),
        ("excel-unicode-text.txt", "utf-16-le", "\t", ""),
        ("mac-excel.csv", "mac_roman", ";", ""),
    ],
)
def test_encoding_delimiter_and_program_are_recognised(name: str, encoding: str, delimiter: str, preset: str) -> None:
    dialect, mapping, reading = sample(name)
    assert (dialect.encoding, dialect.delimiter, mapping.preset) == (encoding, delimiter, preset)
    assert reading.records
    assert not [problem for problem in reading.problems if problem.severe]


def test_german_outlook_comes_in_whole() -> None:
    record = sample("outlook-de.csv")[2].records[0]
    assert record.values == {
        "gender_form": "f",
        "title": "Dr.",
        "given_name": "Jördis",
        "family_name": "Grünwald",
        "organisation": "Bildungswerk Lindenhof e. V.",
        "position": "Leiterin",
        "birth_date": "1975-03-02",
        "remark": "Erste Zeile\nZweite, mit Komma",
        "language": "de",
    }
    assert record.addresses == (
        Address(street="Amselweg 4", postcode="09111", town="Chemnitz", country="DE", label="home"),
    )
    assert record.phones == (Phone("0371 998877", "home"), Phone("+49 170 1234567", "mobile"))
    assert record.emails == (Email("joerdis@gruenwald.example"),)
    assert record.tags == ("Ehemalige", "Förderin")
    assert set(record.foreign) == {Foreign("csv", "Ort", "Raum 12"), Foreign("csv", "E-Mail-Typ", "SMTP")}


def test_a_greeting_that_is_no_form_of_address_is_kept_and_no_gender_is_guessed() -> None:
    record = sample("outlook-de.csv")[2].records[1]
    assert "gender_form" not in record.values
    assert Foreign("csv", "Anrede", "Familie") in record.foreign
    assert "birth_date" not in record.values  # 0/0/00 means: none


def english_outlook(*birthdays: str) -> tuple[list[str], list[str]]:
    """The birth dates that are read from a list of the English Outlook, and what is said about them."""
    head = (SAMPLES / "outlook-en.csv").read_text("utf-8").splitlines()[0]
    headings = [heading.strip('"') for heading in head.split(",")]
    rows = [
        ",".join({"First Name": "Anna", "Birthday": day}.get(heading, "") for heading in headings) for day in birthdays
    ]
    reading = opened("\r\n".join([head, *rows]).encode())[2]
    said = [str(note) for note in reading.notes]
    return [record.values.get("birth_date", "") for record in reading.records], said


@pytest.mark.parametrize(
    ("birthdays", "read", "said"),
    [
        (["7/9/1959"], ["1959-07-09"], "7/9/1959 is read as 9 July 1959"),
        (["7/9/1959", "12/25/1980"], ["1959-07-09", "1980-12-25"], "7/9/1959 is read as 9 July 1959"),
        (["7/9/1959", "25/12/1980"], ["1959-09-07", "1980-12-25"], "7/9/1959 is read as 7 September 1959"),
        (["7/9/1959", "25/12/1980", "12/25/1980"], ["", "1980-12-25", "1980-12-25"], ""),
        (["12/25/1980", "0/0/00"], ["1980-12-25", ""], ""),
    ],
)
def test_dates_of_english_outlook_are_american_unless_one_of_them_cannot_be_and_that_is_said(
    birthdays: list[str], read: list[str], said: str
) -> None:
    dates, notes = english_outlook(*birthdays)
    assert dates == read
    assert [note.partition(",")[0] for note in notes] == ([said] if said else [])


def test_english_outlook_comes_in_whole() -> None:
    card = as_card(only(sample("outlook-en.csv")[2]))
    assert (card.gender_form, card.given_name, card.family_name) == ("m", "Tobias", "Ferencz")
    assert card.emails == (Email("tobias@ferencz.example"), Email("t.ferencz@work.example"))
    assert card.addresses[0].country == "GB"
    assert card.addresses[0].label == "work"


def test_google_labels_say_what_a_value_is() -> None:
    record = only(sample("google.csv")[2])
    assert record.emails == (Email("lucja@nowak.example", "home"), Email("nowak@uni.example", "work"))
    assert record.phones == (Phone("+48 600 100 200", "mobile"), Phone("+48 22 100 200", "Ferienhaus"))
    assert record.values["birth_date"] == "--03-02"
    assert record.tags == ("Alumni", "Mentors")
    assert record.addresses == (
        Address(street="ul. Lipowa 3", postcode="00-001", town="Warszawa", country="PL", label="home"),
    )
    assert not record.foreign


def test_several_values_in_one_cell_of_google_are_divided() -> None:
    record = only(sample("google-old.csv")[2])
    assert [email.address for email in record.emails] == ["sven@akesson.example", "sven2@akesson.example"]
    assert record.values["given_name"] == "Sven"
    assert not record.foreign  # the whole name only repeats the parts


def test_thunderbird_birth_date_is_put_together_from_three_columns() -> None:
    record = only(sample("thunderbird-de.csv")[2])
    assert record.values["birth_date"] == "1980-02-29"
    assert [a.town for a in record.addresses] == ["Dresden", "Leipzig"]
    assert record.foreign == (Foreign("csv", "Benutzerdef. 1", "Chor"),)


def test_repeated_headings_are_told_apart_by_their_order() -> None:
    swedish = only(sample("thunderbird-sv.csv")[2])
    assert [f.raw for f in swedish.foreign] == ["a", "b", "c", "d"]
    french = only(sample("thunderbird-fr.csv")[2])
    assert [(a.label, a.town) for a in french.addresses] == [("home", "Lyon"), ("work", "Paris")]


def test_a_course_list_of_somebodys_own_is_understood() -> None:
    dialect, _, reading = sample("kursliste-excel.csv")
    assert dialect.header_row == 2
    mia, oener, kim = reading.records
    assert (mia.line, oener.line, kim.line) == (4, 5, 7)
    assert mia.values == {"gender_form": "f", "given_name": "Mia", "family_name": "Sommer"}
    assert [email.address for email in mia.emails] == ["mia@sommer.example", "mia.sommer@arbeit.example"]
    assert mia.addresses == (Address(street="Am Markt 1", postcode="09111", town="Chemnitz"),)
    assert mia.affiliations == (Affiliation(cohort_to=1998),)
    assert mia.foreign == (Foreign("csv", "Essen", "vegetarisch"),)
    assert oener.addresses[0].postcode == "CH-8001"
    assert oener.affiliations == (Affiliation(cohort_from=1998, cohort_to=2001),)
    assert kim.values["family_name"] == "=SUMME(A1)"
    assert kim.addresses == (Address(town="Wien"),)


def test_a_phone_that_a_spreadsheet_destroyed_is_pointed_out() -> None:
    mia = sample("kursliste-excel.csv")[2].records[0]
    assert [(p.text, p.severe, p.line) for p in mia.problems] == [("4,91701E+11", False, 4)]


def test_what_cannot_be_read_as_its_column_says_is_kept_with_a_remark() -> None:
    kim = sample("kursliste-excel.csv")[2].records[2]
    assert Foreign("csv", "Jahrgang", "unbekannt") in kim.foreign
    assert [p.text for p in kim.problems] == ["unbekannt"]


@pytest.mark.parametrize("date", ["03/04/24", "31.02.1980", "24", "bald"])
def test_a_doubtful_date_is_never_guessed(date: str) -> None:
    record = only(opened(f"Vorname;Geburtsdatum\nAnna;{date}\n".encode())[2])
    assert "birth_date" not in record.values
    assert record.foreign == (Foreign("csv", "Geburtsdatum", date),)
    assert [(p.severe, p.text) for p in record.problems] == [(False, date)]


@pytest.mark.parametrize(
    ("date", "read"), [("00.00.1980", "1980"), ("0.0.1980", "1980"), ("00.03.1980", "1980-03"), ("1980-00-00", "1980")]
)
def test_zeros_of_a_date_stand_for_what_is_not_known_and_a_remark_says_so(date: str, read: str) -> None:
    record = only(opened(f"Vorname;Geburtsdatum;Eintritt;Rolle\nAnna;{date};{date};Mitglied\n".encode())[2])
    assert record.values["birth_date"] == read
    assert [str(p.why) for p in record.problems if not p.severe][:1] == [
        f"“{date}” was read as {read}: the zeros stand for what is not known."
    ]


def test_zeros_and_plus_signs_stay() -> None:
    record = only(opened(b"Vorname;PLZ;Ort;Telefon\nAnna;01067;Dresden;+49 351 0\n")[2])
    assert (record.addresses[0].postcode, record.phones[0].number) == ("01067", "+49 351 0")


@pytest.mark.parametrize(
    ("heading", "cells", "slot"),
    [
        ("Geb.", ("26.12.1948", "", "03/1980"), "birth_date"),
        ("Geb.", ("1948-12-26", "2.3.", "unbekannt"), "birth_date"),
        ("geb", ("Schmidt", "", "Özgür"), "birth_name"),
        ("Geboren", ("26.12.1948",), "birth_date"),
        ("Geboren", ("Schmidt",), "birth_name"),
        ("Geb.", ("", ""), "birth_name"),
    ],
)
def test_what_stands_below_an_ambiguous_heading_says_what_it_is(
    heading: str, cells: tuple[str, ...], slot: str
) -> None:
    lines = "".join(f"Anna;Muster;{cell}\n" for cell in cells)
    assert opened(f"Vorname;Nachname;{heading}\n{lines}".encode())[1].columns[2] == slot


def test_beside_a_date_of_birth_figures_below_geb_are_kept_as_they_are() -> None:
    mapping = opened(b"Vorname;Geb.;Geburtsdatum\nAnna;1.1.1950;26.12.1948\n")[1]
    assert mapping.columns == ("given_name", None, "birth_date")


def test_an_own_field_that_is_called_like_an_ambiguous_heading_is_meant_by_it() -> None:
    rows = [(2, ["Anna", "26.12.1948"]), (3, ["Bernd", "1950"])]
    assert csv.guess_mapping(["Vorname", "Geb."], ["Geb."], rows).columns == ("given_name", "own.Geb.")


@pytest.mark.parametrize("slot", ["birth.year", "birth.month", "birth.day"])
def test_a_whole_date_in_a_column_for_a_part_of_it_is_taken(slot: str) -> None:
    table = csv.table(data := b"Vorname;Geb.\nAnna;26.12.1948\n", csv.sniff(data))
    record = only(csv.read(table, csv.ColumnMapping(("given_name", slot))))
    assert (record.values["birth_date"], record.problems) == ("1948-12-26", ())


def test_what_is_no_date_is_told_as_it_stands_in_the_file() -> None:
    table = csv.table(data := b"Vorname;Tag\nAnna;26.13.1948\n", csv.sniff(data))
    (problem,) = only(csv.read(table, csv.ColumnMapping(("given_name", "birth.day")))).problems
    assert "“26.13.1948”" in Language("en")(problem.why)


def test_a_column_called_birthday_is_the_whole_date_unless_month_stands_beside_it() -> None:
    whole = opened(b"First name,Last name,birthday\nAnna,Muster,1987-12-27\n")[2]
    assert only(whole).values["birth_date"] == "1987-12-27"
    parts = opened(b"First name,Last name,Birth year,Birth month,Birth day\nAnna,Muster,1987,12,27\n")[2]
    assert only(parts).values["birth_date"] == "1987-12-27"


def test_name_beside_first_name_is_the_last_name() -> None:
    assert only(opened("Name;Vorname\nMüller;Anna\n".encode())[2]).values == {
        "family_name": "Müller",
        "given_name": "Anna",
    }


def test_a_whole_name_alone_is_divided_and_the_reading_says_so() -> None:
    reading = opened(b"Name;E-Mail\nDr. Anna von der Heide;anna@heide.example\n")[2]
    assert only(reading).values["name_particle"] == "von der"
    assert len(reading.notes) == 1


@pytest.mark.parametrize(
    ("cell", "addresses"),
    [
        ("a@x.example / b@y.example", ["a@x.example", "b@y.example"]),
        ("a@x.example/b@y.example", ["a@x.example", "b@y.example"]),
        ("a@x.example oder b@y.example", ["a@x.example", "b@y.example"]),
        ("sales/eu@x.example; b@y.example", ["sales/eu@x.example", "b@y.example"]),
        ("Muster, Anna <a@x.example>; Ben Bau <b@y.example>", ["a@x.example", "b@y.example"]),
        ("a@x.example, Ben Bau <b@y.example>", ["a@x.example", "b@y.example"]),
        ("a@x.example <a@x.example>", ["a@x.example"]),
    ],
)
def test_several_e_mails_of_a_cell_are_taken_apart_however_they_are_divided(cell: str, addresses: list[str]) -> None:
    record = only(opened(f"Vorname\tE-Mail\nAnna\t{cell}\n".encode())[2])
    assert [email.address for email in record.emails] == addresses


@pytest.mark.parametrize(
    ("cell", "numbers"),
    [
        ("0431/123-456 + 0171 55 66 777", ["0431/123-456", "0171 55 66 777"]),
        ("0431/123-456 + mobil 0171 55 66 777", ["0431/123-456", "mobil 0171 55 66 777"]),
        ("(0431) 12 34 56 / (0171) 55 66 777", ["(0431) 12 34 56", "(0171) 55 66 777"]),
        ("+49 431 123456 oder +49 171 5566777", ["+49 431 123456", "+49 171 5566777"]),
        ("05631 / 91133", ["05631 / 91133"]),
        ("0431 / 123 456", ["0431 / 123 456"]),
        ("0431 123456 / 57", ["0431 123456 / 57"]),
        ("0431/123-456 + mobil", ["0431/123-456 + mobil"]),
    ],
)
def test_several_phone_numbers_of_a_cell_are_taken_apart_and_one_stays_whole(cell: str, numbers: list[str]) -> None:
    record = only(opened(f"Vorname\tTelefon\nAnna\t{cell}\n".encode())[2])
    assert [phone.number for phone in record.phones] == numbers


def test_repeated_headings_of_people_become_further_values() -> None:
    record = only(opened(b"Vorname,E-Mail,E-Mail,Ort,Ort\nAnna,a@x.example,b@x.example,Ulm,Bonn\n")[2])
    assert [e.address for e in record.emails] == ["a@x.example", "b@x.example"]
    assert record.foreign == (Foreign("csv", "Ort", "Bonn"),)


# Damage ------------------------------------------------------------------------------------------------------------


def test_an_unclosed_quote_is_a_problem_with_its_line_and_swallows_no_row() -> None:
    reading = sample("unclosed-quote.csv")[2]
    assert [(p.line, p.severe) for p in reading.problems] == [(2, True)]
    assert "anna@muster.example" in reading.problems[0].text
    assert [r.values["given_name"] for r in reading.records] == ["Ben", "Cleo"]
    assert reading.records[0].values["family_name"] == "Bau, Holz"


def test_an_unclosed_quote_that_an_empty_cell_seems_to_close_swallows_no_row() -> None:
    data = b'Vorname,Nachname,Ort\nAnna,"Muster,Ulm\nBen,Bau,"\nCleo,Clay,Bonn\n'
    reading = opened(data)[2]
    assert [r.values["given_name"] for r in reading.records] == ["Cleo"]
    assert [p.line for p in reading.problems] == [2, 3]


@pytest.mark.parametrize("title", ["Teilnehmerliste", "Teilnehmerliste;;", "Stand:;14.03.2026;;;;;"])
def test_below_a_title_of_another_width_a_remark_of_several_lines_stays_with_its_person(title: str) -> None:
    people = 'Anna;Muster;Ulm;"zieht um; Adresse\nfolgt im Mai"\nBen;Bau;Bonn;\n'
    reading = opened(f"{title}\n\nVorname;Nachname;Ort;Bemerkung\n{people}".encode())[2]
    assert not reading.problems
    assert [r.values["given_name"] for r in reading.records] == ["Anna", "Ben"]
    assert reading.records[0].values["remark"] == "zieht um; Adresse\nfolgt im Mai"


@pytest.mark.parametrize("title", ["Teilnehmerliste", "Teilnehmerliste;;", "Stand:;14.03.2026;;;;;"])
def test_below_a_title_of_another_width_an_unclosed_quote_swallows_no_row(title: str) -> None:
    data = f'{title}\nVorname;Nachname;Ort\nAnna;"Muster;Ulm\nBen;Bau;"\nCleo;Clay;Bonn\n'
    reading = opened(data.encode())[2]
    assert [r.values["given_name"] for r in reading.records] == ["Cleo"]
    assert [p.line for p in reading.problems] == [3, 4]


def test_a_cell_that_is_endless_is_a_problem_and_the_next_row_is_read() -> None:
    data = b"Vorname,Notiz\nAnna," + b"x" * 200_000 + b"\nBen,kurz\n"
    reading = opened(data)[2]
    assert [p.line for p in reading.problems] == [2]
    assert [r.values["given_name"] for r in reading.records] == ["Ben"]


def test_a_file_that_is_broken_in_every_line_is_read_in_no_time() -> None:
    data = b"Vorname,Nachname\n" + b'Anna,"Muster\n' * 20_000
    began = time.perf_counter()
    reading = opened(data)[2]
    assert time.perf_counter() - began < 10
    assert len(reading.problems) == 20_000


def test_nul_characters_are_removed_with_a_notice() -> None:
    reading = opened(b"Vorname;Nachname\nAn\0na;M\0ller\n")[2]
    assert only(reading).values == {"given_name": "Anna", "family_name": "Mller"}
    assert len(reading.notes) == 1


def test_markup_and_direction_marks_stay_as_typed() -> None:
    name = "<b>Anna</b> \u202egnp.exe"
    assert only(opened(f"Vorname;Nachname\n{name};X\n".encode())[2]).values["given_name"] == name


def test_short_rows_are_filled_and_long_ones_keep_their_rest() -> None:
    reading = opened(b"Vorname,Nachname,Ort\nAnna\nBen,Bau,Ulm,zu viel\n")[2]
    assert reading.records[0].values == {"given_name": "Anna"}
    assert Foreign("csv", "#4", "zu viel") in reading.records[1].foreign
    assert len(reading.records[1].problems) == 1


def test_a_row_of_which_nothing_is_understood_is_a_problem_with_its_text() -> None:
    reading = opened(b"Vorname,Lieblingsfarbe\nAnna,rot\n,blau\n")[2]
    assert len(reading.records) == 1
    assert [(p.line, p.text) for p in reading.problems] == [(3, "blau")]


def test_a_file_without_headings_is_recognised() -> None:
    data = b"anna@x.example,0371 123\nben@x.example,0371 124\n"
    dialect = csv.sniff(data)
    assert dialect.header_row == 0
    assert len(csv.table(data, dialect).rows) == 2


def test_a_wrong_guess_of_the_encoding_can_be_corrected() -> None:
    data = "Vorname;Nachname\nJürgen;Groß\n".encode("cp850")
    dialect = dataclasses.replace(csv.sniff(data), encoding="cp850")
    assert csv.table(data, dialect).rows[0][1] == ["Jürgen", "Groß"]


def test_a_corrected_mapping_is_used() -> None:
    data = b"Vorname,Nachname,Spitzname\nAnna,Muster,Anni\n"
    table = csv.table(data, csv.sniff(data))
    mapping = csv.ColumnMapping(("given_name", "birth_name", ""))
    assert only(csv.read(table, mapping)).values == {"given_name": "Anna", "birth_name": "Muster"}


def test_a_header_is_found_again_whatever_its_case() -> None:
    assert csv.header_key(["Vorname", "E-Mail"]) == csv.header_key(["VORNAME ", "e-mail"])
    assert csv.header_key(["Vorname", "E-Mail"]) != csv.header_key(["E-Mail", "Vorname"])


@given(st.binary(max_size=400))
def test_any_bytes_are_read_without_an_error(data: bytes) -> None:
    _, _, reading = opened(data)
    assert isinstance(reading, Reading)


@given(st.text(max_size=400))
def test_any_text_below_a_header_is_read_without_an_error(text: str) -> None:
    opened(("Vorname;Anrede;Geburtsdatum;Jahrgang;PLZ Ort;Telefon;Tags;Verstorben\n" + text).encode("utf-8", "replace"))


@pytest.mark.parametrize("number", ["Nr", "Nr.", "nr"])
def test_the_running_number_of_a_list_is_no_house_number(number: str) -> None:
    record = only(opened(f"{number};Vorname;Name;Straße;PLZ;Ort\n1;Insa;Voß;Deichstr. 4;25813;Husum\n".encode())[2])
    assert record.addresses == (Address(street="Deichstr. 4", postcode="25813", town="Husum"),)
    assert record.foreign == (Foreign("csv", number, "1"),)


def test_a_number_behind_the_street_is_its_house_number() -> None:
    record = only(opened("Nr;Name;Straße;Nr.;Ort\n1;Insa Voß;Deichstr.;4;Husum\n".encode())[2])
    assert record.addresses == (Address(street="Deichstr.", house_number="4", town="Husum"),)


@pytest.mark.parametrize(
    ("cell", "why"),
    [
        ("9.11.55", "“9.11.55”: a year of two digits can mean two years; it was kept as it is."),
        ("31.02.1979", "“31.02.1979” is no date, or could mean two days; it was kept as it is."),
    ],
)
def test_a_date_that_is_not_read_says_why(cell: str, why: str) -> None:
    record = only(opened(f"Vorname;Geburtstag\nInsa;{cell}\n".encode())[2])
    assert "birth_date" not in record.values
    assert [Language("en")(problem.why) for problem in record.problems] == [why]
