"""CSV files for other programs: their columns, their words, and nothing that a spreadsheet would run."""

from __future__ import annotations

import csv as standard
import io
from collections import Counter

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from alumnidesk.domain.cards import Address, ContactCard, Email, Link, OwnValue, Phone
from alumnidesk.domain.records import as_card
from alumnidesk.formats import csv
from alumnidesk.formats.csv_presets import EXPORTS, presets

ANNA = ContactCard(
    title="Dr.",
    given_name="Anna",
    name_particle="von der",
    family_name="Heide",
    gender_form="f",
    organisation="Lindenhof",
    language="de",
    birth_date="1975-03-02",
    remark="Erste\nZweite; mit, Zeichen",
    emails=(Email("anna@heide.example", "home"), Email("heide@lindenhof.example", "work")),
    phones=(Phone("+49 170 1", "mobile"), Phone("0371 2", "work"), Phone("0371 3")),
    addresses=(
        Address("Amselweg", "4", postcode="09111", town="Chemnitz", country="DE", label="home", care_of="Meier"),
        Address("Markt 1", postcode="01067", town="Dresden", country="DE", label="work"),
    ),
    links=(Link("https://heide.example"),),
    tags=("Ehemalige", "Chor"),
)
EVIL = [
    "=HYPERLINK(1)", "@SUM(A1)", "+1+1", "-2", "\t=1", "\r=1", "\n=1", "＝1", "＋1", "－1", "＠SUM(A1)", "'=quoted",
    "''=twice",
]  # fmt: skip


def rows(cards: list[ContactCard], preset: str) -> list[dict[str, str]]:
    data = b"".join(csv.write(cards, preset))
    dialect = presets()[preset]
    text = data.decode("utf-8-sig" if data[:3] == b"\xef\xbb\xbf" else dialect.encoding)
    return list(standard.DictReader(io.StringIO(text, newline=""), delimiter=dialect.delimiter))


def test_german_thunderbird_gets_its_37_columns_in_its_words() -> None:
    (row,) = rows([ANNA], "thunderbird-de")
    assert len(row) == 37
    assert (row["Vorname"], row["Nachname"], row["Anzeigename"]) == ("Anna", "von der Heide", "Anna von der Heide")
    assert (row["Primäre E-Mail-Adresse"], row["Sekundäre E-Mail-Adresse"]) == (
        "anna@heide.example",
        "heide@lindenhof.example",
    )
    assert (row["Privat: Adresse"], row["Privat: Adresse 2"]) == ("Amselweg 4", "c/o Meier")
    assert (row["Dienstlich: Ort"], row["Privat: Land"]) == ("Dresden", "Deutschland")
    assert (row["Geburtsjahr"], row["Geburtsmonat"], row["Geburtstag"]) == ("1975", "3", "2")
    assert (row["Mobil-Tel.-Nr."], row["Tel. dienstlich"], row["Tel. privat"]) == ("+49 170 1", "0371 2", "0371 3")


def test_thunderbird_files_have_no_byte_order_mark_and_its_line_ends() -> None:
    data = b"".join(csv.write([ANNA], "thunderbird-en"))
    assert data.startswith(b"First Name,Last Name")
    assert b"\r" not in data


def test_swedish_thunderbird_gets_its_words() -> None:
    header = b"".join(csv.write([], "thunderbird-sv")).decode().strip().split(",")
    assert header[:2] == ["Förnamn", "Efternamn"]
    assert header.count("Annan uppgift 1") == 4


def test_german_outlook_gets_its_92_columns_in_windows_1252() -> None:
    data = b"".join(csv.write([ANNA], "outlook-de"))
    assert "Straße geschäftlich".encode("cp1252") in data
    (row,) = rows([ANNA], "outlook-de")
    assert len(row) == 92
    assert (row["Anrede"], row["Geburtstag"], row["Ort privat"]) == ("Frau Dr.", "02.03.1975", "Chemnitz")
    assert row["Kategorien"] == "Ehemalige;Chor"


def test_names_that_windows_1252_cannot_write_are_not_damaged() -> None:
    (row,) = rows([ContactCard(given_name="Łucja", family_name="Öberg")], "outlook-en")
    assert row["First Name"] == "Łucja"


def test_google_is_told_what_each_value_is() -> None:
    (row,) = rows([ANNA], "google")
    assert (row["E-mail 2 - Label"], row["E-mail 2 - Value"]) == ("Work", "heide@lindenhof.example")
    assert (row["Phone 1 - Label"], row["Phone 1 - Value"]) == ("Mobile", "+49 170 1")
    assert row["Labels"] == "Ehemalige ::: Chor"


def test_what_has_no_column_is_counted() -> None:
    many = ContactCard(family_name="X", emails=tuple(Email(f"{n}@x.example") for n in range(5)))
    left_out: Counter[str] = Counter()
    list(csv.write([many], "thunderbird-en", left_out))
    assert left_out["email"] == 3


def test_nothing_in_a_file_for_spreadsheets_is_taken_for_a_formula() -> None:
    cards = [ContactCard(family_name=text, remark=text, phones=(Phone("+49 89 1"), Phone("=1+1"))) for text in EVIL]
    for row in rows(cards, "excel"):
        for heading, cell in row.items():
            if heading != "Phone 1":
                assert not cell.startswith(("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")), (
                    heading,
                    cell,
                )
        assert row["Phone 1"] == "+49 89 1"


@pytest.mark.parametrize("preset", [name for name in EXPORTS if name not in ("excel", "neutral")])
def test_files_for_other_programs_say_exactly_what_the_contact_says(preset: str) -> None:
    heading = {"thunderbird-de": "Nachname", "outlook-de": "Nachname", "thunderbird-sv": "Efternamn"}.get(
        preset, "Last Name"
    )
    assert [row[heading] for row in rows([ContactCard(family_name=text) for text in EVIL], preset)] == EVIL


@pytest.mark.parametrize("preset", ["excel", "neutral"])
def test_our_own_import_takes_the_apostrophe_back(preset: str) -> None:
    cards = [ContactCard(family_name=text.strip(), phones=(Phone("+49 89 1"),)) for text in EVIL]
    data = b"".join(csv.write(cards, preset))
    table = csv.table(data, csv.sniff(data))
    reading = csv.read(table, csv.guess_mapping(table.header))
    assert [as_card(record) for record in reading.records] == cards


FORMULAS = st.builds(
    str.__add__,
    st.builds(str.__add__, st.sampled_from(["", "'", "''"]), st.sampled_from("=+-@＝＋－＠")),
    st.text("a1+;,\"'=(\n\t ", max_size=8),
).map(str.strip)


@pytest.mark.parametrize("preset", ["excel", "neutral"])
@given(texts=st.lists(FORMULAS, min_size=1, max_size=4), name=FORMULAS.filter(lambda name: "\n" not in name))
@settings(max_examples=40, deadline=None)
def test_whatever_begins_like_a_formula_comes_back_as_it_was(preset: str, texts: list[str], name: str) -> None:
    """Also the name of a field of one's own, which is a heading."""
    cards = [ContactCard(family_name="Berg", remark=text, own=(OwnValue(name, text),)) for text in texts]
    data = b"".join(csv.write(cards, preset))
    if preset == "excel":
        written = list(standard.reader(io.StringIO(data.decode("utf-8-sig")), delimiter=";"))
        assert not [cell for row in written for cell in row if cell and cell[0] in "=+-@\t\r\n＝＋－＠"]
    table = csv.table(data, csv.sniff(data))
    records = csv.read(table, csv.guess_mapping(table.header, [name])).records
    assert [(card.remark, card.own) for card in map(as_card, records)] == [(card.remark, card.own) for card in cards]


@pytest.mark.parametrize("preset", EXPORTS)
def test_every_export_is_recognised_as_what_it_is_when_it_comes_back(preset: str) -> None:
    data = b"".join(csv.write([ANNA], preset))
    table = csv.table(data, csv.sniff(data))
    mapping = csv.guess_mapping(table.header)
    assert mapping.preset == ("neutral" if preset == "excel" else preset)
    card = as_card(csv.read(table, mapping).records[0])
    assert (card.given_name, card.birth_date, card.remark) == (ANNA.given_name, ANNA.birth_date, ANNA.remark)
    assert {email.address for email in card.emails} == {email.address for email in ANNA.emails}
    assert {phone.number for phone in card.phones} == {phone.number for phone in ANNA.phones}
    assert [address.town for address in card.addresses] == ["Chemnitz", "Dresden"] or preset.startswith("outlook")


def test_a_long_export_comes_in_pieces() -> None:
    pieces = list(csv.write([ANNA] * 1000, "neutral"))
    assert len(pieces) > 3
    assert max(map(len, pieces)) < 200_000
