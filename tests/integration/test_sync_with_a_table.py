"""A CSV file that somebody else keeps, in step with the contacts: real files in the hands of several programs."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from unittest import mock

import pytest
from tests.integration.test_command_line import answer, run

from alumnidesk.desk import Desk
from alumnidesk.domain.cards import Address, ContactCard, Email, OwnValue, Phone
from alumnidesk.domain.sync import Decision
from alumnidesk.errors import BadFile, EnvironmentFault, InvalidInput, Refused
from alumnidesk.services.import_plan import Choices
from alumnidesk.services.sync_plan import CSV, Outcome, PartnerCard, QuestionKind, Side, SyncPlan, SyncReport
from alumnidesk.whole_files import UNFINISHED

EXCEL = (
    'Vorname;Nachname;Geburtstag;Telefon;E-Mail;Straße;PLZ;Ort;"Parkplatz"\r\n'
    'Anna;Kern;2.3.1975;0371 555;anna@kern.example;Lindenweg 4;09111;Chemnitz;"ja"\r\n'
    "\r\n"
    'Jürgen;Öz;24.12.1980;0351 9;oez@berg.example;Ring 1;01067;Dresden;"nein"\r\n'
)
HANDS = {
    "German Excel": ("cp1252", ";", "\r\n"),
    "CSV UTF-8": ("utf-8-sig", ";", "\r\n"),
    "LibreOffice": ("utf-8", ",", "\n"),
    "Unicode text": ("utf-16", "\t", "\r\n"),
}


class Table:
    """The file, and somebody who keeps it with a text editor."""

    def __init__(self, desk: Desk, path: Path, text: str, hand: str = "German Excel") -> None:
        self.encoding, self.delimiter, self.line_end = HANDS[hand]
        self.desk, self.path = desk, path
        self.text = text.replace(";", self.delimiter).replace("\r\n", self.line_end)
        card = PartnerCard(name="Kursliste", kind=CSV, place=str(path))
        self.partner = desk.syncing.add(card).id or 0

    @property
    def text(self) -> str:
        return self.path.read_bytes().decode(self.encoding)

    @text.setter
    def text(self, text: str) -> None:
        self.path.write_bytes(text.encode(self.encoding))

    def rows(self) -> list[list[str]]:
        """The rows, as the same signs in each hand."""
        lines = self.text.replace('"', "").split(self.line_end)
        return [line.split(self.delimiter) for line in lines if line]

    def row(self, name: str) -> dict[str, str]:
        header, *rows = self.rows()
        return next(dict(zip(header, row, strict=False)) for row in rows if name in row)

    def edit(self, old: str, new: str) -> None:
        assert old in self.text
        self.text = self.text.replace(old, new)

    def preview(self) -> SyncPlan:
        return self.desk.syncing.preview(self.partner)

    def sync(self, decide: Mapping[str, Decision] | Decision | None = None, *, many: bool = False) -> SyncReport:
        plan = self.preview()
        decisions = {q.id: decide for q in plan.questions} if isinstance(decide, Decision) else dict(decide or {})
        return self.desk.syncing.carry_out(plan, decisions, allow_many=many)

    def contact(self, name: str) -> ContactCard:
        cards = self.desk.contacts.cards(self.desk.find.contacts().ids)
        return next(card for card in cards if card.family_name == name)


@pytest.fixture
def table(desk: Desk, tmp_path: Path) -> Table:
    path = tmp_path / "kursliste.csv"
    path.touch()
    return Table(desk, path, EXCEL)


# Both directions --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("hand", HANDS)
def test_a_phone_changed_here_and_an_address_changed_there_are_both_kept(desk: Desk, tmp_path: Path, hand: str) -> None:
    path = tmp_path / "kursliste.csv"
    path.touch()
    table = Table(desk, path, EXCEL, hand)
    assert table.sync().counts == {Outcome.NEW_HERE: 2}
    anna = table.contact("Kern")
    desk.contacts.save(anna, replace(anna, phones=(replace(anna.phones[0], number="0160 7"),), title="Dr."))
    table.edit("Lindenweg 4", "Allee 12")
    before = table.text

    assert table.sync().counts == {Outcome.CHANGED_BOTH: 1, Outcome.UNCHANGED: 1}

    anna = table.contact("Kern")
    assert (anna.title, anna.phones[0].number, anna.addresses[0].street) == ("Dr.", "0160 7", "Allee 12")
    assert table.text == before.replace("0371 555", "0160 7")


def test_the_ids_are_announced_added_once_and_then_nothing_is_written_any_more(table: Table) -> None:
    before = table.text
    plan = table.preview()
    assert table.text == before
    assert any("AlumniDesk-ID" in str(note) for note in plan.notes)
    assert any("Parkplatz" in str(note) for note in plan.notes)

    table.sync()
    header, *rows = table.rows()
    assert header[-1] == "AlumniDesk-ID"
    assert len({row[-1] for row in rows}) == 2
    assert all(line.startswith(old) for line, old in zip(table.text.split("\r\n"), before.split("\r\n"), strict=True))

    written = table.path.stat()
    plan = table.preview()
    assert (plan.counts, plan.notes[0].text) == ({Outcome.UNCHANGED: 2}, "Left alone: {headings}")
    assert table.sync().changeset is None
    assert (table.path.stat().st_mtime_ns, table.path.stat().st_ino) == (written.st_mtime_ns, written.st_ino)


def test_somebody_new_here_becomes_a_row_in_the_hand_of_the_others(table: Table) -> None:
    table.sync()
    table.desk.contacts.add(
        ContactCard(
            given_name="Cäcilie",
            family_name="Dorn",
            birth_date="1990-02-01",
            phones=(Phone("+49 30 5", "mobile"),),
            addresses=(Address("Gasse", "3", postcode="10115", town="Berlin"),),
            tags=("Kurs",),
        )
    )
    assert table.sync().counts[Outcome.NEW_THERE] == 1
    assert table.text.endswith(f"Cäcilie;Dorn;1.2.1990;+49 30 5;;Gasse 3;10115;Berlin;;{table.contact('Dorn').uid}\r\n")
    assert table.sync().counts == {Outcome.UNCHANGED: 3}


def test_somebody_new_there_is_recognised_as_an_import_would(table: Table) -> None:
    known = table.desk.contacts.add(
        ContactCard(
            title="Dr.", given_name="Anna", family_name="Kern", emails=(Email("Anna@Kern.example", "work"),),
            addresses=(Address("Lindenweg", "4", care_of="Berg", postcode="09111", town="Chemnitz"),),
        )
    )  # fmt: skip
    report = table.sync()
    assert report.counts == {Outcome.CHANGED_HERE: 1, Outcome.NEW_HERE: 1}
    anna = table.desk.contacts.card(known.id or 0)
    assert (anna.title, anna.birth_date, anna.emails, anna.addresses) == (
        "Dr.", "1975-03-02", known.emails, known.addresses,
    )  # fmt: skip


def test_a_second_phone_for_which_there_is_no_column_changes_nothing_there(table: Table) -> None:
    phones = (Phone("0160 7", "mobile"),)
    table.desk.contacts.add(
        ContactCard(given_name="Anna", family_name="Kern", emails=(Email("anna@kern.example"),), phones=phones)
    )
    (item,) = [item for item in table.preview().items if item.name == "Anna Kern"]
    assert (item.outcome, {difference.side for difference in item.differences}) == (Outcome.CHANGED_HERE, {Side.OURS})
    assert table.sync().theirs == 0
    assert [phone.number for phone in table.contact("Kern").phones] == ["0160 7", "0371 555"]
    assert table.row("Kern")["Telefon"] == "0371 555"
    assert table.sync().counts == {Outcome.UNCHANGED: 2}


def test_somebody_who_only_resembles_is_a_question(table: Table) -> None:
    table.desk.contacts.add(ContactCard(given_name="Anna", family_name="Kern"))
    plan = table.preview()
    assert [question.kind for question in plan.questions] == [QuestionKind.PERHAPS_THE_SAME]
    table.desk.syncing.carry_out(plan)
    assert len(table.desk.find.contacts().ids) == 2  # and nobody was made of the row in doubt
    table.sync(Decision.OURS)
    assert table.contact("Kern").birth_date == "1975-03-02"
    assert table.sync().counts == {Outcome.UNCHANGED: 2}


def test_what_both_changed_is_a_question_and_stays_on_both_sides(table: Table) -> None:
    table.sync()
    anna = table.contact("Kern")
    table.desk.contacts.save(anna, replace(anna, birth_date="1975-03-03"))
    table.edit("2.3.1975", "4.3.1975")
    assert table.sync().undecided == 1
    assert (table.contact("Kern").birth_date, table.row("Kern")["Geburtstag"]) == ("1975-03-03", "4.3.1975")
    table.sync(Decision.OURS)
    assert table.row("Kern")["Geburtstag"] == "3.3.1975"
    assert table.sync().counts == {Outcome.UNCHANGED: 2}


# What is not said ---------------------------------------------------------------------------------------------------


def test_a_column_that_they_delete_takes_nothing_from_the_contacts(table: Table) -> None:
    table.sync()
    header, *rows = table.rows()
    table.text = "\r\n".join(";".join([*row[:3], *row[4:6], *row[7:]]) for row in (header, *rows)) + "\r\n"
    assert "Telefon" not in table.text
    table.sync()
    anna = table.contact("Kern")
    assert (anna.phones[0].number, anna.addresses[0].postcode) == ("0371 555", "09111")
    assert table.sync().counts == {Outcome.UNCHANGED: 2}


def test_a_column_that_they_add_is_filled_with_what_we_know(table: Table) -> None:
    table.sync()
    anna = table.contact("Kern")
    table.desk.contacts.save(anna, replace(anna, remark="singt Alt"))
    table.sync()
    lines = table.text.split("\r\n")
    table.text = "\r\n".join(
        f"Bemerkung;{line}" if line.startswith("Vorname") else f";{line}" if line else "" for line in lines
    )
    assert table.sync().counts == {Outcome.CHANGED_THERE: 1, Outcome.UNCHANGED: 1}
    assert table.row("Kern")["Bemerkung"] == "singt Alt"


def test_without_its_column_of_ids_the_rows_are_recognised_again(table: Table) -> None:
    table.sync()
    anna = table.contact("Kern")
    table.desk.contacts.save(anna, replace(anna, birth_date="1975-03-09"))
    table.edit("0351 9", "0351 8")
    table.sync()
    table.text = "\r\n".join(line.rpartition(";")[0] for line in table.text.split("\r\n"))
    assert "AlumniDesk-ID" not in table.text
    table.edit("Chemnitz", "Zwickau")
    plan = table.preview()
    assert (len(plan.questions), plan.counts[Outcome.NEW_HERE]) == (0, 0)
    table.desk.syncing.carry_out(plan)
    assert table.contact("Kern").addresses[0].town == "Zwickau"
    assert table.rows()[0][-1] == "AlumniDesk-ID"
    assert table.sync().counts == {Outcome.UNCHANGED: 2}


def test_a_heading_that_nobody_understands_any_more_is_no_catastrophe(table: Table) -> None:
    table.sync()
    table.edit("Telefon", "Xyz")
    table.edit("0351 9", "")
    plan = table.preview()
    assert any("Xyz" in str(note) for note in plan.notes)
    table.desk.syncing.carry_out(plan)
    assert table.contact("Öz").phones[0].number == "0351 9"


def test_a_cell_that_cannot_be_understood_takes_nothing_and_is_not_overwritten(table: Table) -> None:
    table.sync()
    table.edit("2.3.1975", "etwa 1975")
    table.edit("0371 555", "4,91701E+11")
    report = table.sync()
    assert sorted(problem.line for problem in report.problems) == [2, 2]
    assert all(problem.place == "kursliste.csv:2" for problem in report.problems)
    anna = table.contact("Kern")
    assert (anna.birth_date, anna.phones[0].number) == ("1975-03-02", "0371 555")
    table.desk.contacts.save(anna, replace(anna, birth_date="1975-03-09", given_name="Anne"))
    table.sync()
    assert table.row("Kern")["Geburtstag"] == "etwa 1975"
    assert table.row("Kern")["Vorname"] == "Anne"


def test_a_row_that_is_missing_is_always_asked_about(table: Table) -> None:
    table.sync()
    lines = table.text.split("\r\n")
    without = "\r\n".join(line for line in lines if "Kern" not in line)
    table.text = without
    plan = table.preview()
    assert [question.kind for question in plan.questions] == [QuestionKind.CHANGED_HERE_DELETED_THERE]
    assert table.sync().undecided == 1
    assert table.contact("Kern")
    table.sync(Decision.OURS)
    assert table.row("Kern")["Geburtstag"] == "02.03.1975"
    table.text = without
    table.sync(Decision.THEIRS)
    assert len(table.desk.find.contacts().ids) == 1
    assert table.sync().counts == {Outcome.UNCHANGED: 1}


def test_who_is_deleted_here_leaves_the_table(table: Table) -> None:
    table.sync()
    before = table.text
    table.desk.contacts.delete([table.contact("Kern").id or 0])
    table.sync(many=True)
    assert table.text == "\r\n".join(line for line in before.split("\r\n") if "Kern" not in line)


def test_a_row_that_was_copied_is_not_taken_for_either(table: Table) -> None:
    table.sync()
    line = next(line for line in table.text.split("\r\n") if "Kern" in line)
    table.text += line.replace("Anna", "Berta") + "\r\n"
    report = table.sync()
    assert [problem.line for problem in report.problems] == [2]
    assert table.contact("Kern").given_name == "Anna"
    table.text = table.text.replace(line.replace("Anna", "Berta"), "Berta;Klar;;;b@klar.example;;;;;")
    assert table.sync().counts == {Outcome.UNCHANGED: 2, Outcome.NEW_HERE: 1}


def test_a_name_that_the_encoding_does_not_have_is_told_and_stays(table: Table) -> None:
    table.sync()
    anna = table.contact("Kern")
    table.desk.contacts.save(anna, replace(anna, given_name="Aňa", birth_date="1975-03-05"))
    report = table.sync()
    assert ["Vorname" in str(problem.why) for problem in report.problems] == [True]
    assert (table.row("Kern")["Vorname"], table.row("Kern")["Geburtstag"]) == ("Anna", "5.3.1975")
    assert table.sync().counts == {Outcome.UNCHANGED: 2}
    table.edit("Anna", "Anne")
    table.sync()
    assert table.contact("Kern").given_name == "Anne"


def test_very_many_new_rows_wait_for_permission(table: Table) -> None:
    table.sync()
    for number in range(51):
        table.desk.contacts.add(ContactCard(family_name=f"Neu{number}", tags=("Kurs",)))
    with pytest.raises(Refused, match="51 contacts would be added there"):
        table.sync()
    assert len(table.rows()) == 3
    table.sync(many=True)
    assert len(table.rows()) == 54


# Columns ------------------------------------------------------------------------------------------------------------


def test_the_columns_go_where_somebody_once_put_them(desk: Desk, tmp_path: Path) -> None:
    path = tmp_path / "liste.csv"
    path.write_text("Zuname;Xyz;Datum\nKern;0371 555;2.3.1975\nBerg;0371 556;\n")
    columns = ("family_name", "phone.mobile.1", "birth_date")
    desk.importing.carry_out(desk.importing.preview(path, choices=Choices(columns=columns)))
    partner = desk.syncing.add(PartnerCard(name="Liste", kind=CSV, place=str(path))).id or 0
    for _ in range(2):  # the second time there is one column more
        plan = desk.syncing.preview(partner)
        assert not any("Left alone" in note.text for note in plan.notes)
        desk.syncing.carry_out(plan)
    assert desk.syncing.preview(partner).counts == {Outcome.UNCHANGED: 2}
    path.write_text(path.read_text().replace("0371 555", "0160 1"))
    desk.syncing.carry_out(desk.syncing.preview(partner))
    cards = desk.contacts.cards(desk.find.contacts().ids)
    assert ["0160 1"] in [[phone.number for phone in card.phones] for card in cards]


def test_own_fields_cohorts_and_flags_go_both_ways(desk: Desk, tmp_path: Path) -> None:
    desk.own_fields.add("Beitrag", "number")
    desk.own_fields.add("Vegan", "yes_no")
    path = tmp_path / "liste.csv"
    path.write_text("Name;Jahrgang;Keine Post;Beitrag;Vegan\nAnna Kern;2003;x;12,50;ja\nBo Berg;2004;;8;nein\n")
    partner = desk.syncing.add(PartnerCard(name="Liste", kind=CSV, place=str(path))).id or 0
    desk.syncing.carry_out(desk.syncing.preview(partner))
    anna = next(card for card in desk.contacts.cards(desk.find.contacts().ids) if card.family_name == "Kern")
    assert (anna.no_post, anna.own, anna.affiliations[0].cohort_to) == (
        True, (OwnValue("Beitrag", "12.5", anna.own[0].id), OwnValue("Vegan", "1", anna.own[1].id)), 2003,
    )  # fmt: skip
    changed = replace(
        anna,
        family_name="Klar",
        no_post=False,
        affiliations=(replace(anna.affiliations[0], programme="Kurs A", cohort_from=2002, cohort_to=2004),),
        own=(replace(anna.own[0], value="7.25"), replace(anna.own[1], value="0")),
    )
    desk.contacts.save(anna, changed)
    desk.syncing.carry_out(desk.syncing.preview(partner))
    assert path.read_text().split("\n")[1].rpartition(";")[0] == "Anna Klar;2002-2004;;7,25;nein"
    path.write_text(path.read_text().replace("2002-2004", "2002-2005"))
    desk.syncing.carry_out(desk.syncing.preview(partner))
    role = desk.contacts.card(anna.id or 0).affiliations[0]
    assert (role.programme, role.cohort_to) == ("Kurs A", 2005)
    path.write_text(path.read_text().replace(";8;nein;", ";;;").replace("2004;;;;", "2004;x;;;"))
    desk.syncing.carry_out(desk.syncing.preview(partner))
    bo = next(card for card in desk.contacts.cards(desk.find.contacts().ids) if card.family_name == "Berg")
    assert (bo.no_post, bo.own) == (True, ())
    path.write_text(path.read_text().replace("2004;x;;;", ";;;;"))
    desk.syncing.carry_out(desk.syncing.preview(partner))
    bo = desk.contacts.card(bo.id or 0)
    assert (bo.no_post, bo.affiliations) == (False, ())


def test_a_table_is_kept_in_step_from_a_terminal(tmp_path: Path) -> None:
    path, table = tmp_path / "a.alumnidesk", tmp_path / "kursliste.csv"
    Desk.create(path).close(backup=False)
    table.write_bytes(EXCEL.encode("cp1252"))
    told = answer("sync", path, table, "--dry-run")
    assert (told["counts"]["new_here"], len(told["notes"])) == (2, 2)
    assert table.read_bytes() == EXCEL.encode("cp1252")
    assert answer("sync", path, table)["counts"]["new_here"] == 2
    table.write_bytes(table.read_bytes().replace(b"0371 555", b"0160 1"))
    told = answer("sync", path, table)
    (item,) = told["items"]
    assert (item["name"], item["place"], item["outcome"]) == ("Anna Kern", "kursliste.csv:2", "changed_here")
    assert "Anna Kern" in run("search", path, "01601").stdout


# Faults -------------------------------------------------------------------------------------------------------------


def test_a_file_that_changes_while_the_sync_runs_is_left_for_the_next_one(table: Table) -> None:
    table.sync()
    anna = table.contact("Kern")
    table.desk.contacts.save(anna, replace(anna, birth_date="1975-03-09"))
    plan = table.preview()
    listening = [True]
    table.desk.after_writing(lambda written: table.edit("Lindenweg", "Allee") if listening.pop() else None)
    table.edit("Ring 1", "Ring 2")  # the sync has something to do here, and meanwhile somebody saves the file
    with pytest.raises(EnvironmentFault, match="was changed while the sync ran"):
        table.desk.syncing.carry_out(table.preview())
    assert "Allee" in table.text
    assert "9.3.1975" not in table.text
    listening.extend([False] * 9)
    assert plan.counts[Outcome.CHANGED_THERE] == 1
    table.sync()
    assert table.row("Kern")["Geburtstag"] == "9.3.1975"
    assert table.contact("Kern").addresses[0].street == "Allee 4"


def test_a_file_that_is_open_in_libreoffice_is_not_written(table: Table) -> None:
    lock = table.path.with_name(".~lock.kursliste.csv#")
    lock.touch()
    before = table.text
    with pytest.raises(EnvironmentFault, match="open in another program"):
        table.sync()
    assert table.text == before
    lock.unlink()
    table.sync()
    assert len(table.desk.find.contacts().ids) == 2
    assert table.sync().counts == {Outcome.UNCHANGED: 2}


def test_a_file_that_another_program_holds_is_a_clear_fault(table: Table) -> None:
    def refused(source: object, target: object) -> None:
        raise PermissionError(13, "The process cannot access the file because it is being used by another process")

    before = table.text
    with mock.patch("os.replace", refused), pytest.raises(EnvironmentFault, match="open in another program"):
        table.sync()
    assert table.text == before
    assert not list(table.path.parent.glob(f"*{UNFINISHED}"))


@pytest.mark.skipif(hasattr(os, "geteuid") and os.geteuid() == 0, reason="root may write everything")
def test_a_file_that_may_only_be_read_is_a_clear_fault(table: Table) -> None:
    table.path.chmod(0o444)
    with pytest.raises(EnvironmentFault, match="may only be read"):
        table.sync()


def test_the_rights_of_the_file_stay(table: Table) -> None:
    table.path.chmod(0o640)
    table.sync()
    assert table.path.stat().st_mode & 0o777 == 0o640


def test_a_damaged_row_stops_everything_and_nobody_seems_to_be_missing(table: Table) -> None:
    table.sync()
    table.edit("Anna;Kern", '"Anna"x;Kern')
    with pytest.raises(BadFile) as fault:
        table.preview()
    assert (fault.value.line, "Line 2" in str(fault.value)) == (2, True)


@pytest.mark.parametrize("text", ["1;2;3\r\n4;5;6\r\n", "BEGIN:VCARD\r\nVERSION:3.0\r\nN:Kern\r\nEND:VCARD\r\n"])
def test_what_is_no_list_with_headings_is_refused(table: Table, text: str) -> None:
    table.text = text
    with pytest.raises(BadFile):
        table.preview()


def test_a_file_that_is_gone_or_never_was_is_told(table: Table, tmp_path: Path) -> None:
    table.path.unlink()
    with pytest.raises(EnvironmentFault, match="is not there"):
        table.preview()
    with pytest.raises(InvalidInput, match="There is no file"):
        table.desk.syncing.add(PartnerCard(name="Nie", kind=CSV, place=str(tmp_path / "nie.csv")))


def test_a_list_without_rows_deletes_nobody(table: Table) -> None:
    table.sync()
    table.text = table.text.split("\r\n")[0] + "\r\n"
    with pytest.raises(Refused, match="nothing at all"):
        table.sync()
    assert len(table.desk.find.contacts().ids) == 2
