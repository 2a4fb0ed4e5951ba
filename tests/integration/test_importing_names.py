"""Lists with names as associations write them: what the preview says, who is stored, and what the letters say."""

from __future__ import annotations

from pathlib import Path

from tests.integration.imported_lists import everybody, imported, written
from tests.integration.mailing_office import ENGLISH, job, produce
from tests.printed_pages import pages_of

from alumnidesk.desk import Desk
from alumnidesk.domain.cards import ContactCard
from alumnidesk.services.import_plan import Kind

LIST = (
    "Name;Straße;PLZ;Ort",
    "Anna Kern;Weg 1;20095;Hamburg",
    "Hans Müller †;Weg 2;20095;Hamburg",
    "Familie Lund;Weg 3;20095;Hamburg",
    "Frau Dr. Ida Berg;Weg 4;20095;Hamburg",
)


def test_lines_to_look_at_say_who_counts_as_deceased_and_who_is_several(desk: Desk, source: Path) -> None:
    preview = desk.importing.preview(written(source, *LIST))
    told = {remark.line: ENGLISH(remark.why) for remark in preview.remarks()}
    assert "“Hans Müller †” counts as deceased" in told[3]
    assert "“Familie Lund” is more than one person" in told[4]
    assert 2 not in told
    imported(desk, source)
    assert [(card.name, card.deceased) for card in everybody(desk)] == [
        ("Anna Kern", False), ("Hans Müller", True), ("Familie Lund", False), ("Ida Berg", False),
    ]  # fmt: skip
    again = desk.importing.preview(source)
    assert {row.kind for row in again.rows} == {Kind.UNCHANGED}


def test_nobody_who_has_died_is_invited_and_a_family_is_greeted(office: Desk, source: Path, tmp_path: Path) -> None:
    imported(office, written(source, *LIST))
    people = [card.id or 0 for card in everybody(office)]
    plan = office.mailings.plan(job(office, people))
    assert [one.contact.name for one in plan.left_out] == ["Hans Müller"]
    produce(office, job(office, people), tmp_path)
    pages = pages_of(tmp_path / "letters.pdf")
    for address, greeting in (
        ("Anna Kern\nWeg 1", "Guten Tag Anna Kern,"),
        ("Familie Lund\nWeg 3", "Guten Tag Familie Lund,"),
        ("Frau\nDr. Ida Berg\nWeg 4", "Sehr geehrte Frau Dr. Berg,"),
    ):
        assert [greeting in page for page in pages if f"\n{address}\n" in page] == [True]
    assert len(pages) == 3


def test_a_list_tells_that_somebody_known_has_died(desk: Desk, source: Path) -> None:
    columns = "Vorname;Nachname;E-Mail"
    imported(desk, written(source, columns, "Hans;Müller;hans@post.example"))
    written(source, columns, "Hans;Müller (verst. 2.3.2024);hans@post.example")
    (row,) = desk.importing.preview(source).rows
    assert row.kind is Kind.CHANGED
    assert {ENGLISH(one.label) for one in row.differences} == {"Deceased", "Date of death"}
    imported(desk, source)
    (hans,) = everybody(desk)
    assert (hans.name, hans.deceased, hans.deceased_on) == ("Hans Müller", True, "2024-03-02")


def test_cards_with_a_sign_in_their_name(desk: Desk, tmp_path: Path) -> None:
    file = tmp_path / "people.vcf"
    names = ("FN:Hans Müller †\nN:Müller †;Hans;;;", "FN:† Anna Kern", "FN:Ida Berg †\nN:Berg;Ida;;;")
    cards = "".join(f"BEGIN:VCARD\nVERSION:3.0\n{name}\nEND:VCARD\n" for name in names)
    file.write_text(cards, encoding="utf-8")
    assert len(desk.importing.preview(file).planned.remarked) == 3
    imported(desk, file)
    assert [(card.name, card.deceased) for card in everybody(desk)] == [
        ("Hans Müller", True), ("Anna Kern", True), ("Ida Berg", True),
    ]  # fmt: skip


def test_what_we_write_ourselves_comes_back_as_it_was(desk: Desk, tmp_path: Path) -> None:
    names = ("Müller †", "Müller geb. Schmidt", "Eheleute Lund")
    for name in names:
        desk.contacts.add(ContactCard(given_name="Anna", family_name=name))
    other = Desk.create(tmp_path / "other.alumnidesk")
    for kind, ending in (("vcard4", "vcf"), ("csv", "csv"), ("xlsx", "xlsx")):
        file = tmp_path / f"all.{ending}"
        desk.exporting.write(file, kind, list(desk.find.contacts().ids))
        preview = other.importing.preview(file)
        assert [row.kind for row in preview.rows] == [Kind.NEW] * 3
        imported(other, file)
        assert sorted(card.family_name for card in everybody(other)) == sorted(names)
        assert not any(card.deceased or card.birth_name for card in everybody(other))
        other.history.undo()
    other.close(backup=False)


def test_a_column_for_who_has_died_is_known_by_the_sign_too(desk: Desk, source: Path) -> None:
    imported(desk, written(source, "Vorname;Nachname;†", "Hans;Müller;†", "Anna;Kern;", "Ida;Berg;† 2019"))
    assert [(card.deceased, card.deceased_on) for card in everybody(desk)] == [(True, ""), (False, ""), (True, "2019")]
