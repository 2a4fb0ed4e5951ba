"""Labels and badges of a real file: who gets one, and the commands that print them."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from tests.printed_pages import pages_of

from alumnidesk.cli import main
from alumnidesk.desk import Desk
from alumnidesk.domain.cards import COMING, Address, Affiliation, ContactCard, EventCard
from alumnidesk.domain.label_sheets import found
from alumnidesk.domain.own_sheets import own_envelope, own_sheet
from alumnidesk.errors import InvalidInput, Refused

HOME = Address("Lindenweg", "14", postcode="22767", town="Hamburg")


def text_of(path: Path) -> list[list[str]]:
    """The lines of each page."""
    return [page.splitlines() for page in pages_of(path)]


@pytest.fixture
def people(desk: Desk) -> list[int]:
    """Two who live together, one abroad, one who wants no post; the first two come to an event, one with a guest."""
    cohort = Affiliation("Haus", programme="Kurs 13 A", cohort_to=1998)
    abroad = Address("Storgatan 5", postcode="411 05", town="Göteborg", country="SE")
    anna = ContactCard(given_name="Anna", family_name="Müller", addresses=(HOME,), affiliations=(cohort,))
    cards = [
        anna,
        ContactCard(
            given_name="Bernd", family_name="Müller", title="Dr.", addresses=(HOME,), organisation="Werft Söhne"
        ),
        ContactCard(given_name="Linnéa", family_name="Åkesson", addresses=(abroad,)),
        ContactCard(given_name="Ute", family_name="Nissen", addresses=(HOME,), no_post=True),
    ]
    numbers = [desk.contacts.add(card).id or 0 for card in cards]
    desk.households.make(numbers[:2])
    event = desk.events.add(EventCard(title="Reunion", starts_on="2026-12-12"))
    desk.events.invite(event.id or 0, numbers)
    for participation in desk.events.roster(event.id or 0):
        if participation.contact_id in numbers[:2]:
            guests = 1 if participation.contact_id == numbers[0] else 0
            desk.events.answer([participation.id], COMING)
            desk.events.change(participation.id, companions=guests)
    return numbers


def test_a_household_gets_one_label_and_who_wants_no_post_none(desk: Desk, people: list[int], tmp_path: Path) -> None:
    plan = desk.labels.plan(people)
    run = desk.labels.print_labels(plan.labels, found("L7160")[0], tmp_path / "l.pdf")
    assert (run.labels, run.sheets, run.remarks) == (2, 1, ())
    (lines,) = text_of(run.out)
    assert lines == [*plan.addressees[0].address, *plan.addressees[1].address]
    assert lines[-2:] == ["411 05 Göteborg", "SWEDEN"]
    assert [finding.contact.family_name for finding in plan.left_out] == ["Nissen"]
    assert len(desk.labels.plan(people, per_household=False).addressees) == 3


def test_a_badge_names_whom_somebody_comes_for_and_a_guest_writes_the_own_name(
    desk: Desk, people: list[int], tmp_path: Path
) -> None:
    texts = desk.labels.badges(desk.events.lines()[0].id)
    assert texts == [
        ("Anna Müller", "Kurs 13 A, 1998"), ("", "Gast von Anna Müller"), ("Dr. Bernd Müller", "Werft Söhne"),
    ]  # fmt: skip
    run = desk.labels.print_labels(texts, found("L4785")[0], tmp_path / "b.pdf", badges=True)
    assert run.labels == 3
    (lines,) = text_of(run.out)
    said = " ".join(lines)
    assert "Dr. Bernd Müller" in said
    assert "Gast von Anna Müller" in said


def test_nobody_and_a_label_that_there_is_not_are_refused(desk: Desk, people: list[int], tmp_path: Path) -> None:
    sheet, out = found("L7160")[0], tmp_path / "l.pdf"
    with pytest.raises(Refused):
        desk.labels.print_labels(desk.labels.plan(people[3:]).labels, sheet, out)
    with pytest.raises(InvalidInput) as fault:
        desk.labels.print_labels(desk.labels.plan(people).labels, sheet, out, start=22)
    assert fault.value.field == "start"
    assert not out.exists()


def test_a_name_that_the_font_lacks_is_told(desk: Desk, tmp_path: Path) -> None:
    number = desk.contacts.add(ContactCard(family_name="𓀀", addresses=(HOME,))).id or 0
    run = desk.labels.print_labels(desk.labels.plan([number]).labels, found("L7160")[0], tmp_path / "l.pdf")
    assert [name for name, _ in run.remarks] == ["𓀀, Lindenweg 14"]


def test_labels_and_badges_are_printed_from_a_terminal(
    desk: Desk, people: list[int], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file, out = str(desk.path), tmp_path / "l.pdf"
    desk.close(backup=False)
    chosen = ["labels", file, "--sheet", "herma 4677", "--where", "", "--out", str(out), "--json"]
    assert main([*chosen, "--start", "21", "--shift", "0.5,-1"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert (told["labels"], told["sheets"], [one["name"] for one in told["left_out"]]) == (2, 2, ["Ute Nissen"])
    assert len(text_of(out)) == 2
    assert main(["badges", file, "--sheet", "L4785", "--event", "Reunion", "--out", str(out)]) == 0
    assert len(text_of(out)) == 1
    capsys.readouterr()
    assert main(["badges", file, "--sheet", "no such", "--event", "Reunion", "--out", str(out)]) == 1
    assert "Avery L4785" in capsys.readouterr().err, "sheets for badges are proposed"
    assert main(["labels", file, "--sheet", "L7160", "--test-sheet", "--out", str(out)]) == 0
    assert text_of(out)[0][-1].split()[-1] == "21"


def test_a_sheet_of_ones_own_is_kept_in_the_file_found_printed_on_forgotten_and_taken_back(
    desk: Desk, people: list[int], tmp_path: Path
) -> None:
    own = own_sheet("Schublade 3", "A4", (90, 50), (2, 5), (10, 20), (95, 52))
    desk.labels.keep_sheet(own)
    desk.labels.keep_sheet(own_envelope("Einladung", 200, 140))
    offered = desk.labels.sheets("de")
    assert found("schublade", offered) == [own]
    run = desk.labels.print_labels(desk.labels.plan(people).labels, own, tmp_path / "l.pdf", start=9)
    assert (run.labels, run.sheets) == (2, 1)
    other = own_sheet("Schublade 3", "A4", (90, 40), (2, 5), (10, 20), (95, 52))
    desk.labels.keep_sheet(other)
    assert found("schublade", desk.labels.sheets("de")) == [other]
    assert str(desk.history.entries(limit=1)[0].label) == "Own label sheets and envelopes of the association changed"
    desk.labels.forget_sheet("Schublade 3")
    assert found("schublade", desk.labels.sheets("de")) == []
    desk.history.undo()
    assert found("schublade", desk.labels.sheets("de")) == [other]


def test_envelopes_and_own_sheets_are_printed_from_a_terminal(
    desk: Desk, people: list[int], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file, out = str(desk.path), tmp_path / "l.pdf"
    desk.settings.set("name", "Freundeskreis Lindenhof")
    desk.labels.keep_sheet(own_sheet("Schublade 3", "A4", (90, 50), (2, 5), (10, 20), (95, 52)))
    desk.close(backup=False)
    assert main(["labels", file, "--sheet", "Envelope C5", "--where", "", "--out", str(out)]) == 0
    pages = text_of(out)
    assert len(pages) == 2
    assert all(page[0] == "Freundeskreis Lindenhof" for page in pages)
    assert main(["labels", file, "--sheet", "Umschlag C6", "--where", "", "--out", str(out), "--language", "de"]) == 0
    assert main(["badges", file, "--sheet", "schublade", "--event", "Reunion", "--out", str(out)]) == 0
    assert main(["badges", file, "--sheet", "Envelope C5", "--event", "Reunion", "--out", str(out)]) == 1
    assert "envelope" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("wrong", "status", "says"),
    [
        (["--sheet", "no such", "--where", ""], 1, "no such"), (["--sheet", "avery", "--where", ""], 1, "avery"),
        (["--sheet", "L7160"], 2, "--event"), (["--sheet", "L7160", "--where", "", "--shift", "a"], 1, "1.5,-0.5"),
        (["--sheet", "L7160", "--where", "", "--start", "22"], 1, "21"),
    ],
)  # fmt: skip
def test_what_cannot_be_printed_is_said(
    desk: Desk, people: list[int], tmp_path: Path, capsys: pytest.CaptureFixture[str],
    wrong: list[str], status: int, says: str,
) -> None:  # fmt: skip
    file, out = str(desk.path), tmp_path / "l.pdf"
    desk.close(backup=False)
    assert main(["labels", file, "--out", str(out), *wrong]) == status
    assert says in capsys.readouterr().err
    assert not out.exists()
