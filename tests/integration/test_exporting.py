"""Exporting: whole files or none, the reasons for who is not in them, and everybody known again."""

from __future__ import annotations

import csv
import datetime as dt
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from python_calamine import CalamineWorkbook

from alumnidesk.desk import Desk
from alumnidesk.domain.cards import Address, Affiliation, ContactCard, Email, Phone
from alumnidesk.domain.consent import EMAIL, NO, POST, YES, Sending
from alumnidesk.errors import Cancelled, EnvironmentFault, Refused
from alumnidesk.i18n import Language
from alumnidesk.progress import Progress
from alumnidesk.services.exporting import CARDS, COMPLETE, KINDS, MAILING
from alumnidesk.services.import_plan import Kind

ENGLISH = Language("en")
TODAY = dt.date(2026, 11, 21)


@pytest.fixture(scope="module")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A file with 150 invented contacts."""
    path = tmp_path_factory.mktemp("filled") / "filled.alumnidesk"
    desk = Desk.create(path)
    desk.sample.fill(150, seed=3, today=TODAY)
    desk.close(backup=False)
    return path


@pytest.fixture
def full(filled: Path, tmp_path: Path) -> Iterator[Desk]:
    """A desk over a copy of it."""
    desk = Desk.open(Path(shutil.copy(filled, tmp_path / "full.alumnidesk")))
    yield desk
    desk.close(backup=False)


@contextmanager
def another(desk: Desk, folder: Path) -> Iterator[Desk]:
    """A new file with the own fields: a table cannot say what is a field of one's own and what only a column."""
    other = Desk.create(folder / "other.alumnidesk")
    try:
        for field in desk.own_fields.all():
            other.own_fields.add(field.name, field.kind, field.choices)
        yield other
    finally:
        other.close(backup=False)


def everybody(desk: Desk) -> list[int]:
    return list(desk.find.contacts().ids)


@pytest.mark.parametrize("kind", [kind for kind in KINDS if kind != MAILING])
def test_whoever_is_exported_is_known_again_and_nothing_changes(full: Desk, tmp_path: Path, kind: str) -> None:
    target = tmp_path / ("people.vcf" if kind.startswith("vcard") else "people.csv")
    report = full.exporting.write(target, kind, everybody(full))
    assert report.written + len(report.left_out) == 150
    preview = full.importing.preview(target)
    assert preview.counts == {Kind.UNCHANGED: report.written}


@pytest.mark.parametrize("kind", sorted(COMPLETE))
def test_a_complete_export_brings_everything_into_a_new_file(full: Desk, tmp_path: Path, kind: str) -> None:
    target = tmp_path / "people"
    full.exporting.write(target, kind, everybody(full))
    with another(full, tmp_path) as other:
        other.importing.carry_out(other.importing.preview(target))
        theirs = {card.uid: _bare(card) for card in other.contacts.cards(everybody(other))}
    assert theirs == {card.uid: _bare(card) for card in full.contacts.cards(everybody(full))}


@pytest.mark.parametrize("kind", ["csv", "excel"])
def test_our_table_is_known_without_its_column_of_ids(full: Desk, tmp_path: Path, kind: str) -> None:
    target = tmp_path / "people.csv"
    full.exporting.write(target, kind, everybody(full))
    delimiter = ";" if kind == "excel" else ","
    with target.open(encoding="utf-8-sig", newline="") as file:
        rows = [row[1:] for row in csv.reader(file, delimiter=delimiter)]
    with target.open("w", encoding="utf-8-sig", newline="") as file:
        csv.writer(file, delimiter=delimiter).writerows(rows)
    with another(full, tmp_path) as other:
        preview = other.importing.preview(target)
        assert None not in [column.slot for column in preview.columns]
        report = other.importing.carry_out(preview)
        assert report.created == 150
        theirs = other.contacts.cards(everybody(other))
    ours = full.contacts.cards(everybody(full))
    assert sorted(str(replace(_bare(card), uid="")) for card in theirs) == sorted(
        str(replace(_bare(card), uid="")) for card in ours
    )


def _bare(card: ContactCard) -> ContactCard:
    """The card without the numbers of its rows."""

    def freed(parts: tuple[Any, ...]) -> tuple[Any, ...]:
        return tuple(replace(part, id=None) for part in parts)

    return replace(
        card,
        id=None,
        emails=freed(card.emails),
        phones=freed(card.phones),
        addresses=freed(card.addresses),
        links=freed(card.links),
        affiliations=freed(card.affiliations),
        own=tuple(sorted(freed(card.own), key=str)),  # they are shown in the order of the fields
        household_id=None,  # who lives together is no property of one contact
        foreign=freed(card.foreign),
    )


def test_mail_programs_do_not_get_the_dead_and_those_who_want_no_email(desk: Desk, tmp_path: Path) -> None:
    ids = [
        desk.contacts.add(card).id or 0
        for card in (
            ContactCard(family_name="Bleibt"),
            ContactCard(family_name="Tot", deceased=True),
            ContactCard(family_name="Still", no_email=True),
            ContactCard(family_name="Weg"),
        )
    ]
    desk.contacts.delete([ids[3]])
    report = desk.exporting.write(tmp_path / "a.csv", "thunderbird-de", ids)
    assert report.written == 1
    told = [(name, ENGLISH(reason)) for name, reason in report.left_out]
    assert told == [("Tot", "Has died"), ("Still", "Wants no e-mails"), ("Weg", "Is in the bin")]
    assert desk.exporting.write(tmp_path / "b.csv", "csv", ids).written == 3


def test_what_has_no_place_in_the_other_program_is_said(desk: Desk, tmp_path: Path) -> None:
    card = ContactCard(family_name="Müller", affiliations=(Affiliation("Lindenhof"),))
    added = desk.contacts.add(replace(card, phones=tuple(Phone(f"0461 {n}{n}{n}", "mobile") for n in range(1, 4))))
    report = desk.exporting.write(tmp_path / "a.csv", "thunderbird", [added.id or 0])
    told = " ".join(map(ENGLISH, report.notes))
    assert "affiliation" in told
    assert "phone" in told


@pytest.mark.parametrize("kind", ["csv", "xlsx", "ldif", "vcard4", "mailing"])
def test_an_interrupted_export_leaves_the_old_file_and_no_other(full: Desk, tmp_path: Path, kind: str) -> None:
    class Impatient(Progress):
        def advance(self, amount: int = 1) -> None:
            if "file" in str(self.step):
                self.cancel()
            super().advance(amount)

    target = tmp_path / "people.csv"
    target.write_text("old")
    with pytest.raises(Cancelled):
        full.exporting.write(target, kind, everybody(full), progress=Impatient())
    assert target.read_text() == "old"
    assert [path.name for path in tmp_path.iterdir() if path.name.startswith(".")] == []


def test_an_export_never_overwrites_a_data_file(full: Desk, tmp_path: Path) -> None:
    with pytest.raises(Refused, match="data file"):
        full.exporting.write(full.path, "csv", everybody(full))
    assert full.check() == []


def test_a_folder_that_is_not_there_is_said(full: Desk, tmp_path: Path) -> None:
    with pytest.raises(EnvironmentFault):
        full.exporting.write(tmp_path / "nowhere" / "people.csv", "csv", everybody(full))


def test_a_spreadsheet_cannot_be_made_to_run_a_formula(desk: Desk, tmp_path: Path) -> None:
    anna = desk.contacts.add(ContactCard(given_name='=HYPERLINK("http://evil.example")', family_name="Müller"))
    target = tmp_path / "a.csv"
    desk.exporting.write(target, "excel", [anna.id or 0])
    assert b"'=HYPERLINK" in target.read_bytes()
    assert desk.importing.preview(target).counts == {Kind.UNCHANGED: 1}


def test_the_addresses_for_bcc_are_each_there_once_and_the_others_are_told(desk: Desk) -> None:
    ids = [
        desk.contacts.add(card).id or 0
        for card in (
            ContactCard(family_name="A", emails=(Email("a@b.example"), Email("a2@b.example", preferred=True))),
            ContactCard(family_name="B", emails=(Email("A2@B.example"),)),
            ContactCard(family_name="C"),
            ContactCard(family_name="D", emails=(Email("d@b.example"),), no_email=True),
        )
    ]
    recipients = desk.exporting.bcc(ids)
    assert (recipients.text, recipients.count) == ("a2@b.example", 1)
    assert [(name, ENGLISH(why)) for name, why in recipients.left_out] == [
        ("C", "No e-mail address"),
        ("D", "Wants no e-mails"),
    ]


def test_a_file_for_a_purpose_holds_only_those_who_may_be_reached_for_it(desk: Desk, tmp_path: Path) -> None:
    ids = [
        desk.contacts.add(ContactCard(family_name=name, emails=(Email(f"{name}@b.example"),))).id or 0
        for name in ("Ja", "Nein", "Ungefragt")
    ]
    news = Sending("news", EMAIL)
    desk.consents.answer(ids[:1], news, YES)
    desk.consents.answer(ids[1:2], news, NO)
    for kind in ("thunderbird", "csv", "vcard4"):
        report = desk.exporting.write(tmp_path / kind, kind, ids, sending=news)
        assert report.written == 1
        assert [(name, ENGLISH(why)) for name, why in report.left_out] == [
            ("Nein", "Wants no “News” by e-mail"),
            ("Ungefragt", "Has not agreed to “News” by e-mail"),
        ]
        assert b"Nein" not in (tmp_path / kind).read_bytes()
        assert desk.exporting.write(tmp_path / kind, kind, ids).written == 3, "for our own use"
    assert desk.exporting.bcc(ids, "news").text == "Ja@b.example"
    assert desk.exporting.bcc(ids).count == 3, "invitations go out unless somebody says no"
    assert desk.exporting.left_out("bcc", ids, news) == desk.exporting.bcc(ids, "news").left_out


# Cards in a folder -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("kind", CARDS)
def test_a_folder_has_a_card_for_each_contact_and_all_of_them_are_known_again(
    full: Desk, tmp_path: Path, kind: str
) -> None:
    folder = tmp_path / "cards"
    report = full.exporting.write_folder(folder, kind, everybody(full))
    files = sorted(folder.iterdir())
    assert (report.written, len(files)) == (150, 150)
    whole = tmp_path / "whole.vcf"
    whole.write_bytes(b"".join(file.read_bytes() for file in files))
    assert full.importing.preview(whole).counts == {Kind.UNCHANGED: 150}


HOSTILE = (
    "../../etc/x", "CON", "a:b", "x" * 300, "Ende. ", "\u00e9", "e\u0301", "E\u0301", "Anna", "anna", "???", "=1",
)  # fmt: skip


def test_whatever_people_are_called_each_has_a_file_of_a_safe_name_inside_the_folder(
    desk: Desk, tmp_path: Path
) -> None:
    ids = [desk.contacts.add(ContactCard(family_name=name, remark="x")).id or 0 for name in HOSTILE]
    folder = tmp_path / "sub" / "cards"
    folder.parent.mkdir()
    assert desk.exporting.write_folder(folder, "vcard4", ids).written == len(HOSTILE)
    found = list(tmp_path.rglob("*.vcf"))
    assert {path.parent for path in found} == {folder}
    names = {path.name for path in found}
    assert len({name.casefold() for name in names}) == len(HOSTILE)
    assert max(len(name.encode()) for name in names) <= 120
    assert {"etc-x.vcf", "_CON.vcf", "a-b.vcf", "Ende.vcf", "Anna.vcf", "anna 2.vcf"} <= names


def test_a_folder_that_has_something_in_it_is_left_alone(desk: Desk, tmp_path: Path) -> None:
    anna = desk.contacts.add(ContactCard(family_name="Müller")).id or 0
    (tmp_path / "cards").mkdir()
    assert desk.exporting.write_folder(tmp_path / "cards", "vcard3", [anna]).written == 1, "an empty one is taken"
    for taken in (tmp_path / "cards", desk.path):
        with pytest.raises(Refused):
            desk.exporting.write_folder(taken, "vcard3", [anna])
    assert [path.name for path in (tmp_path / "cards").iterdir()] == ["Müller.vcf"]


def test_a_folder_that_was_not_finished_is_not_there(full: Desk, tmp_path: Path) -> None:
    class Impatient(Progress):
        def advance(self, amount: int = 1) -> None:
            if "files" in str(self.step) and self.done > 70:
                self.cancel()
            super().advance(amount)

    before = set(tmp_path.iterdir())
    with pytest.raises(Cancelled):
        full.exporting.write_folder(tmp_path / "cards", "vcard4", everybody(full), progress=Impatient())
    assert set(tmp_path.iterdir()) == before


# Mailing files -----------------------------------------------------------------------------------------------------


def test_a_mailing_file_opens_in_office_programs_and_says_who_is_not_in_it(desk: Desk, tmp_path: Path) -> None:
    kiel = (Address("Kai", "5", postcode="24103", town="Kiel"),)
    people: dict[str, dict[str, Any]] = {
        "Müller": {"given_name": "Änne", "gender_form": "f"},
        "Still": {"no_post": True},
        "Nein": {},
        "=SUM(A1)": {"gender_form": ""},
    }
    ids = [
        desk.contacts.add(replace(ContactCard(family_name=name, addresses=kiel), **about)).id or 0
        for name, about in people.items()
    ]
    desk.consents.answer(ids[2:3], Sending("news", POST), NO)
    report = desk.exporting.write(tmp_path / "a.csv", MAILING, ids, sending=Sending("news", POST))
    assert [(name, ENGLISH(why)) for name, why in report.left_out] == [
        ("Still", "Wants no post"), ("Nein", "Wants no “News” by post"),
    ]  # fmt: skip
    assert report.left_out == desk.exporting.left_out(MAILING, ids, Sending("news", POST))
    data = (tmp_path / "a.csv").read_bytes()
    assert data.startswith(b"\xef\xbb\xbfAdresszeile 1;")
    assert "Frau;Änne Müller;Kai 5;24103 Kiel;;;Sehr geehrte Frau Müller,;".encode() in data
    assert b";=SUM" not in data, "office programs would run it"
    assert b"'=SUM(A1)" in data
    desk.exporting.write(tmp_path / "a.xlsx", MAILING, ids, sending=Sending("news", POST))
    sheet = CalamineWorkbook.from_path(tmp_path / "a.xlsx").get_sheet_by_index(0).to_python()
    assert sheet[0][:2] == ["Adresszeile 1", "Adresszeile 2"]
    assert {row[1] for row in sheet[1:]} == {"Änne Müller", "Kai 5"}


def test_whom_a_mailing_leaves_out_is_told_without_making_it(full: Desk, tmp_path: Path) -> None:
    ids = everybody(full)
    full.contacts.delete(ids[:2])
    housed = [number for number in ids[2:] if full.contacts.card(number).addresses][:2]
    full.households.make(housed)
    card = full.contacts.card(housed[1])
    full.contacts.save(card, replace(card, addresses=()))
    for purpose in (None, Sending("fundraising", POST)):
        for together in (True, False):
            report = full.exporting.write(tmp_path / "a.csv", MAILING, ids, sending=purpose, per_household=together)
            told = full.exporting.left_out(MAILING, ids, purpose, per_household=together)
            assert sorted(told, key=str) == sorted(report.left_out, key=str)
            assert report.written + len(told) == len(ids)
            assert (card.name in {name for name, _ in told}) is not together, "a household lends its address"


def test_a_mailing_says_how_many_letters_it_has(desk: Desk, tmp_path: Path) -> None:
    kiel = (Address("Kai", "5", postcode="24103", town="Kiel"),)
    ids = [desk.contacts.add(ContactCard(given_name=n, family_name="Berg", addresses=kiel)).id or 0 for n in "ABC"]
    desk.households.make(ids[:2])
    report = desk.exporting.write(tmp_path / "a.csv", MAILING, ids)
    assert (report.written, [ENGLISH(note) for note in report.notes]) == (
        3, ["2 rows: who lives together shares one."],
    )  # fmt: skip
    assert desk.exporting.write(tmp_path / "a.csv", MAILING, ids, per_household=False).notes == ()
