"""A CSV file that somebody else keeps, in step with the contacts: real files in the hands of several programs."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from tests.integration.synced_table import EXCEL, HANDS, Table

from alumnidesk.desk import Desk
from alumnidesk.domain.cards import Address, ContactCard, Email, Phone
from alumnidesk.domain.sync import Decision
from alumnidesk.errors import Refused
from alumnidesk.services.sync_plan import Outcome, QuestionKind, Side

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


def test_the_zero_that_excel_takes_from_a_postcode_changes_nothing_and_what_is_changed_beside_it_comes(
    table: Table,
) -> None:
    table.sync()
    table.edit("01067", "1067")
    assert table.preview().counts == {Outcome.UNCHANGED: 2}
    table.sync()
    table.edit("Ring 1", "Ring 2")
    assert table.sync().counts[Outcome.CHANGED_HERE] == 1
    (address,) = table.contact("Öz").addresses
    assert (address.street, address.postcode) == ("Ring 2", "01067")
    oez = table.contact("Öz")
    table.desk.contacts.save(oez, replace(oez, addresses=(replace(address, postcode="01069"),)))
    assert table.sync().counts[Outcome.CHANGED_THERE] == 1
    assert table.row("Öz")["PLZ"] == "01069"


def test_the_zero_that_somebody_gives_back_to_a_postcode_comes(table: Table) -> None:
    table.edit("01067", "1067")
    table.sync()
    assert table.contact("Öz").addresses[0].postcode == "1067"
    table.edit("1067", "01067")
    table.sync()
    assert table.contact("Öz").addresses[0].postcode == "01067"


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
