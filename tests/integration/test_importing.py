"""Importing: what a preview says, and that carrying it out does just that."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pytest
from tests.integration.imported_lists import everybody, imported, written

from alumnidesk.desk import Desk
from alumnidesk.domain.cards import Address, ContactCard, Email, Phone
from alumnidesk.errors import BadFile, Cancelled, EnvironmentFault, Refused
from alumnidesk.i18n import Language
from alumnidesk.progress import Progress
from alumnidesk.services.import_plan import Choices, Kind, Preview

EXPORTS = sorted((Path(__file__).parent.parent / "corpus" / "exports").iterdir())
ENGLISH = Language("en")


def kinds(preview: Preview) -> list[Kind]:
    return [row.kind for row in preview.rows]


# What becomes of a row ---------------------------------------------------------------------------------------------


def test_nothing_is_written_by_looking_at_a_preview(desk: Desk, source: Path) -> None:
    steps = desk.history.entries()
    desk.importing.preview(written(source, "Vorname;Nachname", "Anna;Müller"))
    assert everybody(desk) == []
    assert desk.history.entries() == steps


def test_the_same_email_and_name_are_the_same_person_and_what_is_new_is_shown(desk: Desk, source: Path) -> None:
    anna = desk.contacts.add(
        ContactCard(given_name="Anna", family_name="Müller", emails=(Email("anna@post.example"),), position="Lehrerin")
    )
    preview = desk.importing.preview(
        written(source, "Vorname;Nachname;E-Mail;Position;Ort", "anna;MUELLER;ANNA@POST.example;Rektorin;Kiel")
    )
    (row,) = preview.rows
    assert (row.kind, row.contact) == (Kind.CHANGED, anna.id)
    assert ENGLISH(row.what) == "same name and e-mail address"
    told = [tuple(map(ENGLISH, (d.label, d.old, d.new))) for d in row.differences]
    assert ("Position", "Lehrerin", "Rektorin") in told
    assert ("Addresses", "", "Kiel") in told
    assert not any(label == "E-mail addresses" for label, _, _ in told)


@pytest.mark.parametrize(
    ("ours", "columns", "row", "reason"),
    [
        (
            {"addresses": (Address("Hauptstr. 5", postcode="24937", town="Flensburg"),)},
            "Vorname;Nachname;Straße;PLZ;Ort",
            "Åke;Öström;Hauptstraße 5;24937;FLENSBURG",
            "same name and address",
        ),
        (
            {"birth_date": "1975-03-02"},
            "Vorname;Nachname;Geburtsdatum",
            "Ake;Ostrom;2.3.1975",
            "same name and date of birth",
        ),
        (
            {"phones": (Phone("0461 555-1234"),)},
            "Vorname;Nachname;Telefon",
            "Åke;Öström;+49 461 5551234",
            "same name and phone number",
        ),
        ({}, "Vorname;Nachname", "Åke;Öström", "same name, and nothing that is not known"),
    ],
)
def test_somebody_is_recognised_with_the_reason_in_words(
    desk: Desk, source: Path, ours: dict[str, object], columns: str, row: str, reason: str
) -> None:
    ake = desk.contacts.add(replace(ContactCard(given_name="Åke", family_name="Öström"), **ours))  # type: ignore[arg-type]
    (found,) = desk.importing.preview(written(source, columns, row)).rows
    assert found.contact == ake.id
    assert found.kind in (Kind.CHANGED, Kind.UNCHANGED)
    assert ENGLISH(found.what) == reason


def test_a_name_alone_makes_a_similar_row_that_comes_in_as_a_new_contact(desk: Desk, source: Path) -> None:
    anna = desk.contacts.add(ContactCard(given_name="Anna", family_name="Müller"))
    preview = desk.importing.preview(written(source, "Vorname;Nachname;E-Mail", "Anna;Müller;a@post.example"))
    (row,) = preview.rows
    assert (row.kind, row.contact) == (Kind.SIMILAR, anna.id)
    assert ENGLISH(row.what) == "May be Anna Müller: same name"
    assert desk.importing.carry_out(preview).created == 1
    assert len(everybody(desk)) == 2


def test_a_similar_row_can_be_said_to_be_the_same_contact(desk: Desk, source: Path) -> None:
    anna = desk.contacts.add(ContactCard(given_name="Anna", family_name="Müller"))
    preview = desk.importing.preview(written(source, "Vorname;Nachname;E-Mail", "Anna;Müller;a@post.example"))
    report = desk.importing.carry_out(preview, whose={0: anna.id or 0})
    assert (report.created, report.changed) == (0, 1)
    (card,) = everybody(desk)
    assert card.id == anna.id
    assert [email.address for email in card.emails] == ["a@post.example"]


def test_namesakes_in_two_towns_and_with_two_birthdays_are_two_people(desk: Desk, source: Path) -> None:
    desk.contacts.add(
        ContactCard(
            given_name="Hans",
            family_name="Jensen",
            birth_date="1950-01-01",
            addresses=(Address("Dorfstraße 1", postcode="24000", town="Kiel"),),
        )
    )
    preview = desk.importing.preview(
        written(
            source,
            "Vorname;Nachname;Geburtsdatum;Straße;PLZ;Ort",
            "Hans;Jensen;5.5.1980;Dorfstraße 1;24000;Kiel",
            "Hans;Jensen;;Am Markt 3;20095;Hamburg",
        )
    )
    assert kinds(preview) == [Kind.SIMILAR, Kind.NEW]
    assert "another date of birth" in ENGLISH(preview.rows[0].what)


def test_the_same_email_with_another_name_is_only_similar(desk: Desk, source: Path) -> None:
    desk.contacts.add(ContactCard(given_name="Anna", family_name="Müller", emails=(Email("familie@post.example"),)))
    preview = desk.importing.preview(written(source, "Vorname;Nachname;E-Mail", "Bert;Müller;familie@post.example"))
    assert kinds(preview) == [Kind.SIMILAR]


def test_a_change_empties_nothing(desk: Desk, source: Path) -> None:
    anna = desk.contacts.add(
        ContactCard(
            given_name="Anna",
            family_name="Müller",
            title="Dr.",
            position="Lehrerin",
            remark="Bringt Kuchen mit.",
            no_post=True,
            emails=(Email("anna@post.example"),),
            phones=(Phone("0461 1234"),),
            tags=("Mitglied",),
        )
    )
    imported(
        desk,
        written(source, "Vorname;Nachname;E-Mail;Position;Notiz;Schlagwörter", "Anna;Müller;anna@post.example;;Neu;x"),
    )
    (card,) = everybody(desk)
    assert (card.title, card.position, card.no_post, card.phones) == ("Dr.", "Lehrerin", True, anna.phones)
    assert card.remark == "Bringt Kuchen mit.\nNeu"
    assert card.tags[0] == "Mitglied"


def test_two_rows_about_one_person_become_one_contact(desk: Desk, source: Path) -> None:
    preview = desk.importing.preview(
        written(
            source,
            "Vorname;Nachname;E-Mail;Telefon",
            "Anna;Müller;anna@post.example;",
            "Bert;Bock;bert@post.example;",
            "Anna;Müller;anna@post.example;0461 1234",
        )
    )
    assert kinds(preview) == [Kind.NEW, Kind.NEW, Kind.CHANGED]
    assert ENGLISH(preview.rows[2].what) == "same name and e-mail address as line 2"
    report = desk.importing.carry_out(preview)
    assert (report.read, report.created, report.changed, report.unchanged) == (3, 2, 1, 0)
    anna = next(card for card in everybody(desk) if card.given_name == "Anna")
    assert [phone.number for phone in anna.phones] == ["0461 1234"]
    assert ENGLISH(desk.history.entries()[0].label) == f"“{source.name}” imported: 2 new contacts"


def test_when_the_first_of_two_rows_is_skipped_the_second_still_comes_in(desk: Desk, source: Path) -> None:
    preview = desk.importing.preview(
        written(
            source, "Vorname;Nachname;E-Mail;Telefon", "Anna;Müller;a@b.example;1234", "Anna;Müller;a@b.example;5678"
        )
    )
    report = desk.importing.carry_out(preview, skip={0})
    assert (report.created, report.skipped) == (1, 1)
    assert [phone.number for phone in everybody(desk)[0].phones] == ["5678"]


def test_skipped_rows_are_counted_and_not_written(desk: Desk, source: Path) -> None:
    preview = desk.importing.preview(written(source, "Vorname;Nachname", "Anna;Müller", "Bert;Bock", "Cleo;Carl"))
    report = desk.importing.carry_out(preview, skip={1})
    assert (report.read, report.created, report.skipped) == (3, 2, 1)
    assert [card.given_name for card in everybody(desk)] == ["Anna", "Cleo"]


def test_a_row_without_name_is_a_problem_with_its_line_and_text_and_the_others_come_in(
    desk: Desk, source: Path
) -> None:
    preview = desk.importing.preview(
        written(source, "Vorname;Nachname;Ort", "Anna;Müller;Kiel", ";;Flensburg", "Bert;Bock;")
    )
    assert kinds(preview) == [Kind.NEW, Kind.PROBLEM, Kind.NEW]
    problem = preview.rows[1]
    assert (problem.line, problem.text) == (3, "Flensburg")
    report = desk.importing.carry_out(preview)
    assert (report.read, report.created, len(report.problems)) == (3, 2, 1)


def test_what_is_no_email_is_kept_beside_the_contact_and_said(desk: Desk, source: Path) -> None:
    preview = desk.importing.preview(written(source, "Vorname;Nachname;E-Mail", "Anna;Müller;keine"))
    assert [remark.text for remark in preview.rows[0].remarks] == ["keine"]
    desk.importing.carry_out(preview)
    (card,) = everybody(desk)
    assert card.emails == ()
    assert [foreign.raw for foreign in card.foreign] == ["keine"]
    assert desk.contacts.save(card, replace(card, position="Lehrerin")).position == "Lehrerin"


def test_columns_that_nobody_understands_are_kept(desk: Desk, source: Path) -> None:
    imported(desk, written(source, "Vorname;Nachname;Schuhgröße", "Anna;Müller;39"))
    assert [(f.name, f.raw) for f in everybody(desk)[0].foreign] == [("Schuhgröße", "39")]


def test_text_that_looks_like_markup_or_sql_comes_in_as_it_is(desk: Desk, source: Path) -> None:
    name = "Robert'); DROP TABLE contact;--<b>"
    imported(desk, written(source, "Vorname,Nachname", f'"{name}",Müller'))
    assert everybody(desk)[0].given_name == name


def test_somebody_in_the_bin_stays_there(desk: Desk, source: Path) -> None:
    anna = desk.contacts.add(ContactCard(given_name="Anna", family_name="Müller"))
    assert anna.id is not None
    desk.contacts.delete([anna.id])
    (row,) = desk.importing.preview(written(source, "AlumniDesk-ID;Vorname;Nachname", f"{anna.uid};Anna;Maier")).rows
    assert (row.kind, row.contact) == (Kind.UNCHANGED, anna.id)
    assert imported(desk, source).changeset is None


# Identity ----------------------------------------------------------------------------------------------------------


def vcard(*lines: str) -> str:
    return "\r\n".join(("BEGIN:VCARD", "VERSION:3.0", *lines, "END:VCARD", ""))


def test_a_vcard_uid_becomes_the_contacts_own_and_finds_it_after_a_change_of_name(desk: Desk, tmp_path: Path) -> None:
    source = tmp_path / "phone.vcf"
    source.write_text(vcard("UID:phone-7", "N:Müller;Anna;;;", "FN:Anna Müller"), "utf-8")
    imported(desk, source)
    assert everybody(desk)[0].uid == "phone-7"
    source.write_text(vcard("UID:phone-7", "N:Jürgens;Anna;;;", "FN:Anna Jürgens"), "utf-8")
    assert imported(desk, source).changed == 1
    assert [card.name for card in everybody(desk)] == ["Anna Jürgens"]


def test_the_uid_of_a_phone_is_remembered_beside_our_own(desk: Desk, tmp_path: Path) -> None:
    anna = desk.contacts.add(ContactCard(given_name="Anna", family_name="Müller", emails=(Email("a@b.example"),)))
    source = tmp_path / "phone.vcf"
    source.write_text(vcard("UID:phone-7", "N:Müller;Anna;;;", "FN:Anna Müller", "EMAIL:a@b.example"), "utf-8")
    imported(desk, source)
    source.write_text(vcard("UID:phone-7", "N:Jürgens;Anna;;;", "FN:Anna Jürgens"), "utf-8")
    (row,) = desk.importing.preview(source).rows
    assert (row.kind, row.contact, ENGLISH(row.what)) == (Kind.CHANGED, anna.id, "same ID")
    assert everybody(desk)[0].uid == anna.uid


def test_two_uids_in_one_file_are_two_contacts_even_with_one_name_and_address(desk: Desk, tmp_path: Path) -> None:
    source = tmp_path / "phone.vcf"
    same = ("N:Müller;Anna;;;", "FN:Anna Müller", "EMAIL:a@b.example")
    source.write_text(vcard("UID:1", *same) + vcard("UID:2", *same), "utf-8")
    preview = desk.importing.preview(source)
    assert kinds(preview) == [Kind.NEW, Kind.SIMILAR]
    assert desk.importing.carry_out(preview).created == 2
    assert kinds(desk.importing.preview(source)) == [Kind.UNCHANGED, Kind.UNCHANGED]


def test_one_uid_for_everybody_does_not_make_one_person_of_them(desk: Desk, tmp_path: Path) -> None:
    source = tmp_path / "phone.vcf"
    source.write_text(
        vcard("UID:0", "N:Müller;Anna;;;", "FN:Anna Müller") + vcard("UID:0", "N:Bock;Bert;;;", "FN:Bert Bock"), "utf-8"
    )
    assert imported(desk, source).created == 2
    assert imported(desk, source).changed == 0
    assert sorted(card.name for card in everybody(desk)) == ["Anna Müller", "Bert Bock"]


# Again, back, and not at all ---------------------------------------------------------------------------------------


@pytest.mark.parametrize("export", EXPORTS, ids=lambda path: path.name)
def test_the_same_export_of_another_program_again_changes_nothing(desk: Desk, export: Path) -> None:
    first = imported(desk, export)
    assert first.read > 30
    assert first.read == first.created + first.changed + first.unchanged + len(first.problems)
    again = imported(desk, export)
    assert (again.created, again.changed, again.changeset) == (0, 0, None)
    assert again.unchanged == again.read - len(again.problems)


def test_all_exports_together_then_all_again_change_nothing_more(desk: Desk) -> None:
    for export in EXPORTS:
        imported(desk, export)
    settled = everybody(desk)
    for export in EXPORTS:
        report = imported(desk, export)
        assert report.created == 0, export.name
    assert len(everybody(desk)) == len(settled)


def test_one_undo_takes_the_whole_import_back(desk: Desk) -> None:
    desk.contacts.add(ContactCard(given_name="Anna", family_name="Müller", emails=(Email("a@b.example"),)))
    before = everybody(desk)
    report = imported(desk, EXPORTS[0])
    assert report.changeset is not None
    assert len(everybody(desk)) > len(before)
    desk.contacts.add(ContactCard(given_name="Nach", family_name="Zügler"))
    desk.history.undo(report.changeset)
    assert [card.name for card in everybody(desk)] == ["Anna Müller", "Nach Zügler"]
    assert desk.check() == []


def test_a_backup_is_made_before_an_import(desk: Desk, source: Path) -> None:
    desk.contacts.add(ContactCard(given_name="Anna", family_name="Müller"))
    imported(desk, written(source, "Vorname;Nachname", "Bert;Bock"))
    newest = desk.backups.newest()
    assert newest is not None
    assert (newest.reason, newest.contacts) == ("import", 1)


def test_a_preview_does_not_outlive_a_change_of_the_register(desk: Desk, source: Path) -> None:
    preview = desk.importing.preview(written(source, "Vorname;Nachname", "Bert;Bock"))
    desk.contacts.add(ContactCard(given_name="Anna", family_name="Müller"))
    with pytest.raises(Refused, match="preview"):
        desk.importing.carry_out(preview)


class Impatient(Progress):
    """Somebody who presses Cancel when this step of the work is reached."""

    def __init__(self, step: str) -> None:
        super().__init__()
        self._wanted = step

    def check(self) -> None:
        if str(self.step).startswith(self._wanted) and self.done:
            self.cancel()
        super().check()


def crowd(source: Path) -> Path:
    people = [f"Vorname{number};Nachname{number};p{number}@post.example" for number in range(2000)]
    return written(source, "Vorname;Nachname;E-Mail", *people)


@pytest.mark.parametrize("step", ["Reading", "Looking", "Comparing"])
def test_a_preview_can_be_cancelled_at_every_step(desk: Desk, source: Path, step: str) -> None:
    with pytest.raises(Cancelled):
        desk.importing.preview(crowd(source), progress=Impatient(step))
    assert desk.importing.preview(source).counts == {Kind.NEW: 2000}


@pytest.mark.parametrize("progress", [Impatient("Writing"), Impatient("Putting into")], ids=["rows", "index"])
def test_a_cancelled_import_has_changed_nothing(desk: Desk, source: Path, progress: Progress) -> None:
    preview = desk.importing.preview(crowd(source))
    with pytest.raises(Cancelled):
        desk.importing.carry_out(preview, progress=progress)
    assert everybody(desk) == []
    assert desk.check() == []
    assert desk.importing.carry_out(desk.importing.preview(source)).created == 2000


# Choices -----------------------------------------------------------------------------------------------------------


def test_encoding_delimiter_and_mapping_are_shown_and_can_be_corrected(desk: Desk, source: Path) -> None:
    written(source, "Vorname;Nachname;Heimat", "Jörg;Groß;Kiel", encoding="cp1252")
    preview = desk.importing.preview(source)
    assert (preview.choices.encoding, preview.choices.delimiter, preview.choices.header_row) == ("cp1252", ";", 1)
    heimat = preview.columns[2]
    assert (heimat.heading, heimat.slot, heimat.samples) == ("Heimat", None, ("Kiel",))
    columns: Sequence[str | None] = ("given_name", "family_name", "address.1.town")
    corrected = desk.importing.preview(source, choices=replace(preview.choices, columns=tuple(columns)))
    desk.importing.carry_out(corrected)
    assert everybody(desk)[0].addresses[0].town == "Kiel"


def test_a_corrected_mapping_serves_the_next_file_with_the_same_header(desk: Desk, source: Path) -> None:
    preview = desk.importing.preview(written(source, "Vorname;Nachname;Heimat", "Anna;Müller;Kiel"))
    columns = ("given_name", "family_name", "address.1.town")
    report = desk.importing.carry_out(desk.importing.preview(source, choices=replace(preview.choices, columns=columns)))
    assert (
        desk.importing.preview(written(source, "Vorname;Nachname;Heimat", "Bert;Bock;Bonn")).choices.columns == columns
    )
    desk.history.undo(report.changeset)
    assert desk.importing.preview(source).columns[2].slot is None


def test_a_wrong_encoding_can_be_chosen_and_shows_at_once(desk: Desk, source: Path) -> None:
    written(source, "Vorname;Nachname", "Jörg;Groß")
    (row,) = desk.importing.preview(source, choices=Choices(encoding="cp1252")).rows
    assert row.name == "JÃ¶rg GroÃŸ"


# Files that are none -----------------------------------------------------------------------------------------------


def test_a_workbook_an_empty_file_a_folder_and_a_missing_file_are_refused_with_a_way_out(
    desk: Desk, tmp_path: Path
) -> None:
    workbook, empty = tmp_path / "list.xlsx", tmp_path / "empty.csv"
    workbook.write_bytes(b"PK\x03\x04" + bytes(100))
    empty.write_bytes(b"")
    for path in (workbook, empty, tmp_path):
        with pytest.raises(BadFile) as refused:
            desk.importing.preview(path)
        assert refused.value.way_out is not None
    with pytest.raises(EnvironmentFault, match="not there"):
        desk.importing.preview(tmp_path / "nothing.csv")


def test_a_file_beyond_the_limit_is_refused_before_it_is_read(desk: Desk, tmp_path: Path) -> None:
    large = tmp_path / "large.csv"
    with large.open("wb") as file:
        file.truncate(300_000_001)
    with pytest.raises(BadFile, match="300 MB"):
        desk.importing.preview(large)
