"""Tables of other programs: each is recognised by its headings, comes in whole, and a second time changes nothing."""

from __future__ import annotations

import datetime as dt
import zipfile
from pathlib import Path

import pytest
from tests.integration.imported_lists import everybody

from alumnidesk.desk import Desk
from alumnidesk.domain.cards import ContactCard, Email
from alumnidesk.domain.own_fields import OwnKind
from alumnidesk.formats import csv
from alumnidesk.formats.csv_presets import presets
from alumnidesk.i18n import Language
from alumnidesk.services import sample
from alumnidesk.services.import_plan import Choices, Kind, Preview

ENGLISH = Language("en")
TODAY = dt.date(2026, 11, 21)


def slots(preview: Preview) -> dict[str, str | None]:
    return {column.heading: column.slot for column in preview.columns}


def understood(desk: Desk, source: Path) -> tuple[list[str], ContactCard]:
    """The columns that go nowhere, and the one person of the list as they came in."""
    preview = desk.importing.preview(source)
    desk.importing.carry_out(preview)
    (card,) = everybody(desk)
    return [heading for heading, slot in slots(preview).items() if slot is None], card


@pytest.mark.parametrize("preset", sorted(presets()))
def test_the_table_of_every_program_comes_in_once(desk: Desk, source: Path, preset: str) -> None:
    source.write_bytes(b"".join(csv.write(list(sample.people(60, 1, TODAY)), preset)))
    preview = desk.importing.preview(source)
    assert preview.preset == ("neutral" if preset == "excel" else preset)
    first = desk.importing.carry_out(preview)
    assert first.created > 50
    again = desk.importing.preview(source)
    assert {row.kind for row in again.rows} <= {Kind.UNCHANGED, Kind.PROBLEM}
    report = desk.importing.carry_out(again)
    assert (report.created, report.changed, report.changeset) == (0, 0, None)


def test_the_members_of_openjverein_come_with_their_dates_and_without_what_stands_there_twice(
    desk: Desk, source: Path
) -> None:
    source.write_text(
        "mitglied_id;mitglied_anrede;mitglied_titel;mitglied_name;mitglied_vorname;mitglied_strasse;mitglied_plz;"
        "mitglied_ort;mitglied_geburtsdatum;mitglied_geburtsdatum_f;mitglied_telefon_privat;mitglied_handy;"
        "mitglied_email;mitglied_eintritt;mitglied_eintritt_f;mitglied_austritt;mitglied_vermerk1;mitglied_vermerk2;"
        "mitglied_namevorname;mitglied_iban\n"
        "12;Frau;Dr.;Öztürk;Anna;Am Kai 3;01067;Dresden;02.03.1975;19750302;0351 1234567;0151 7654321;"
        "anna@post.example;01.04.1998;19980401;;Singt Alt;Bringt Kuchen;Dr. Öztürk, Anna;DE02120300000000202051\n",
        "utf-8",
    )
    preview = desk.importing.preview(source)
    assert preview.preset == "openjverein"
    desk.importing.carry_out(preview)
    (card,) = everybody(desk)
    assert (card.name, card.gender_form, card.birth_date) == ("Anna Öztürk", "f", "1975-03-02")
    assert (card.addresses[0].postcode, card.addresses[0].town) == ("01067", "Dresden")
    assert [(role.began, role.ended) for role in card.affiliations] == [("1998-04-01", "")]
    assert card.remark == "Singt Alt\nBringt Kuchen"
    assert {(kept.name, kept.raw) for kept in card.foreign} == {
        ("mitglied_id", "12"), ("mitglied_iban", "DE02120300000000202051"),
    }  # fmt: skip


def test_the_export_of_spg_verein_comes_without_its_quotation_marks(desk: Desk, source: Path) -> None:
    headings = (
        "Mitglieds_Nr;Nachname;Vorname;Strasse;PLZ;Ort;Geburtsdatum;Geschlecht;Eintritt_Datum;Austritt_Datum;Email;"
        "Telefon_Privat;Handy_1;Abteilung_1;Abteilung_Datum_1;Funktion_1;Funkt_von_Datum_1;Bemerkungen"
    )
    cells = "7;Groß;Jörg;Hafenstr. 1;24937;Flensburg;05.06.1980;m;01.02.2003;;j@post.example;0461 1;0151 22;Chor;"
    cells += "01.03.2003;Kassenwart;01.01.2010;Bass"
    quoted = "\r\n".join(";".join(f"'{cell}'" for cell in line.split(";")) for line in (headings, cells))
    source.write_bytes(quoted.encode("cp1252"))
    preview = desk.importing.preview(source)
    assert (preview.preset, preview.choices.encoding, preview.choices.delimiter) == ("spg", "cp1252", ";")
    desk.importing.carry_out(preview)
    (card,) = everybody(desk)
    assert (card.name, card.birth_date, card.remark) == ("Jörg Groß", "1980-06-05", "Bass")
    roles = [(role.unit, role.role, role.began) for role in card.affiliations]
    assert sorted(roles) == [("", "", "2003-02-01"), ("", "Kassenwart", "2010-01-01"), ("Chor", "", "2003-03-01")]


def test_the_columns_that_one_chooses_in_wiso_meinverein_are_understood_one_by_one(desk: Desk, source: Path) -> None:
    source.write_text(
        "Mitgliedsnummer;Anrede;Vorname;Nachname;Straße;Hausnummer;PLZ;Ort;Telefon privat;Mobil privat;E-Mail privat;"
        "Geburtsdatum;Eintrittsdatum;Austrittsdatum;Mitgliedsstatus;Bemerkung\n"
        "12;Herr;Jörg;Groß;Hafenstr.;1;24937;Flensburg;0461 1;0151 22;j@post.example;5.6.1980;1.2.2003;;aktiv;x\n",
        "utf-8-sig",
    )
    unknown, card = understood(desk, source)
    assert unknown == ["Mitgliedsnummer"]
    assert (card.gender_form, card.tags, card.affiliations[0].began) == ("m", ("aktiv",), "2003-02-01")


def test_what_people_type_themselves_is_understood(desk: Desk, source: Path) -> None:
    source.write_text(
        "Vor- und Zuname;Straße und Nr.;PLZ Ort;E-Mail privat;E-Mail 2;Tel. dienstl.;Handy-Nr.;Geb.-Datum;Jahrgang\n"
        "Dr. Anna von Berg;Am Kai 3;01067 Dresden;a@post.example, b@post.example;c@post.example;0351 11111;"
        "0151 2222222; 2.3.75;1994\n",
        "utf-8",
    )
    unknown, card = understood(desk, source)
    assert unknown == []
    assert (card.title, card.given_name, card.name_particle, card.family_name) == ("Dr.", "Anna", "von", "Berg")
    assert [email.address for email in card.emails] == ["a@post.example", "b@post.example", "c@post.example"]
    assert [(phone.number, phone.label) for phone in card.phones] == [
        ("0351 11111", "work"),
        ("0151 2222222", "mobile"),
    ]
    assert (card.addresses[0].postcode, card.addresses[0].town) == ("01067", "Dresden")
    assert card.affiliations[0].cohort_to == 1994


def test_a_list_that_somebody_made_may_have_some_of_our_headings(desk: Desk, source: Path) -> None:
    source.write_text(
        "Vorname;Nachname;Salutation;Affiliation 1 unit;Affiliation 1 role;Affiliation 2 unit;E-mail 1;E-mail 1 kind;"
        "Address 1 street;Address 1 postcode;Town;Web link 1;Schuhgröße\n"
        "Anna;Berg;Frau;Law > North;Board;Choir;a@post.example;work;Am Kai 3;01067;Dresden;www.berg.example;38\n",
        "utf-8",
    )
    unknown, card = understood(desk, source)
    assert unknown == ["Schuhgröße"]
    assert [(one.unit, one.role) for one in card.affiliations] == [("Law › North", "Board"), ("Choir", "")]
    assert (card.gender_form, card.emails[0].label, card.links[0].url) == ("f", "work", "www.berg.example")
    assert [(one.street, one.postcode, one.town) for one in card.addresses] == [("Am Kai 3", "01067", "Dresden")]


@pytest.mark.parametrize(
    ("name", "reason"),
    [
        ("Anna Berg", ""),
        ("Berg, Anna Maria", ""),
        ("Anna Maria Berg", "“Anna Maria Berg” was divided before its last word."),
        ("Anna von der Heide", "“Anna von der Heide” was divided before “von der”."),
        ("Madonna", "“Madonna” is one word and was taken for the last name."),
    ],
)
def test_a_whole_name_says_why_it_was_divided_so(desk: Desk, source: Path, name: str, reason: str) -> None:
    source.write_text(f"Name;E-Mail\n{name};x@post.example\n", "utf-8")
    (row,) = desk.importing.preview(source).rows
    assert [ENGLISH(remark.why) for remark in row.remarks] == [reason] * bool(reason)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252", "mac_roman"])
def test_umlauts_are_read_in_whatever_way_a_program_stores_them(desk: Desk, source: Path, encoding: str) -> None:
    source.write_bytes("Vorname;Nachname;Ort\rJörg;Großmann;Köln\rZoë;Müller;Düren\r".encode(encoding))
    assert [row.name for row in desk.importing.preview(source).rows] == ["Jörg Großmann", "Zoë Müller"]


def test_yes_and_no_in_an_own_field_are_told_in_words(desk: Desk, source: Path) -> None:
    desk.own_fields.add("Singt", OwnKind.YES_NO)
    desk.contacts.add(ContactCard(given_name="Anna", family_name="Berg", emails=(Email("a@post.example"),)))
    source.write_text("Vorname;Nachname;E-Mail;Singt\nAnna;Berg;a@post.example;x\n", "utf-8")
    (row,) = desk.importing.preview(source).rows
    assert [(ENGLISH(one.label), ENGLISH(one.new)) for one in row.differences] == [("Singt", "yes")]
    merged = desk.importing.merged(desk.importing.preview(source), 0, desk.find.contacts().ids[0])
    assert [(ENGLISH(one.label), ENGLISH(one.new)) for one in merged.differences] == [("Singt", "yes")]


CONTENT = (
    '<office:document-content xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
    'xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" '
    'xmlns:style="urn:oasis:names:tc:opendocument:xmlns:style:1.0" '
    'xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"><office:automatic-styles>'
    '<style:style style:name="ta1" style:family="table"><style:table-properties table:display="true"/></style:style>'
    '<style:style style:name="ta2" style:family="table"><style:table-properties table:display="false"/></style:style>'
    "</office:automatic-styles><office:body><office:spreadsheet>{sheets}</office:spreadsheet></office:body>"
    "</office:document-content>"
)


def sheet(name: str, style: str) -> str:
    cells = "".join(
        f'<table:table-row><table:table-cell office:value-type="string"><text:p>{text}</text:p></table:table-cell>'
        "</table:table-row>"
        for text in ("Nachname", name)
    )
    return f'<table:table table:name="{name}" table:style-name="{style}">{cells}</table:table>'


def spreadsheet(path: Path, *sheets: str) -> Path:
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr("META-INF/manifest.xml", "<manifest/>")
        archive.writestr("content.xml", CONTENT.format(sheets="".join(sheets)))
    return path


def test_hidden_sheets_of_libreoffice_are_not_offered_unless_there_is_no_other(desk: Desk, tmp_path: Path) -> None:
    both = spreadsheet(tmp_path / "both.ods", sheet("Alt", "ta2"), sheet("Neu", "ta1"))
    preview = desk.importing.preview(both)
    assert (preview.sheets, preview.rows[0].name) == (("Neu",), "Neu")
    hidden = spreadsheet(tmp_path / "hidden.ods", sheet("Alt", "ta2"))
    assert desk.importing.preview(hidden, choices=Choices()).sheets == ("Alt",)
