"""Letters with conditions and pictures, from the file to the page."""

from __future__ import annotations

import datetime as dt
import io
from pathlib import Path

import pypdf
import pytest
from PIL import Image
from tests.integration.planned_mailing import planned
from tests.printed_pages import words_of

from alumnidesk.desk import Desk
from alumnidesk.domain.cards import Address, ContactCard, Email, LetterText, TemplateCard
from alumnidesk.domain.letters import LetterPlan
from alumnidesk.domain.mailings import Job
from alumnidesk.services.mailings import Outputs

TODAY = dt.date(2026, 11, 19)
HOME = Address("Lindenweg", "14", postcode="22767", town="Hamburg")


def letter(body: str) -> TemplateCard:
    return TemplateCard(name="Brief", texts=(LetterText("de", "Betreff", f"<letter>{body}</letter>", "Herzlich"),))


def added(desk: Desk, name: str, *emails: str, **more: object) -> int:
    card = ContactCard(
        given_name=name,
        family_name="Müller",
        addresses=(HOME,),
        emails=tuple(map(Email, emails)),
        **more,  # type: ignore[arg-type]
    )
    return desk.contacts.add(card).id or 0


def by_contact(letters: tuple[LetterPlan, ...]) -> dict[int | None, tuple[str, ...]]:
    return {letter.contact.id: letter.paragraphs for letter in letters}


def test_only_who_fits_the_condition_has_the_paragraph(desk: Desk) -> None:
    anna, otto = added(desk, "Anna"), added(desk, "Otto", "otto@lindenhof.example")
    template = letter('<p only="email:none">Bitte nennen Sie uns Ihre E-Mail.</p><p>Für alle</p>')
    run = planned(desk, template, [anna, otto], today=TODAY)
    assert by_contact(run.letters) == {
        anna: ("Bitte nennen Sie uns Ihre E-Mail.", "Für alle"),
        otto: ("Für alle",),
    }
    assert not run.problems
    sketches = {contact: desk.letters.sketch(template.texts[0], [contact], today=TODAY) for contact in (anna, otto)}
    assert {contact: sketch.paragraphs for contact, sketch in sketches.items()} == by_contact(run.letters)
    assert len(desk.letters.sketch(template.texts[0], [], today=TODAY).paragraphs) == 2


def test_a_household_has_the_paragraph_if_one_of_them_fits(desk: Desk) -> None:
    together = [added(desk, "Anna", "anna@lindenhof.example"), added(desk, "Otto")]
    desk.households.make(together)
    alone = added(desk, "Ute", "ute@lindenhof.example")
    template = letter('<p only="email:none">Bitte per Post</p><p>Für alle</p>')
    run = planned(desk, template, [*together, alone], today=TODAY)
    assert sorted(len(letter.paragraphs) for letter in run.letters) == [1, 2]
    shared = next(letter for letter in run.letters if len(letter.party.contacts) == 2)
    assert shared.paragraphs == ("Bitte per Post", "Für alle")


@pytest.mark.parametrize("only", ["tag:Nirgends", "birthdate:31.02.2001", "segment:Niemals"])
def test_a_condition_that_cannot_be_worked_out_is_a_problem(desk: Desk, only: str) -> None:
    run = planned(desk, letter(f'<p only="{only}">x</p>'), [added(desk, "Anna")], today=TODAY)
    assert len(run.problems) == 1
    assert "condition" in str(run.problems[0])


def test_a_code_that_says_too_much_for_its_size_is_a_problem_and_the_letter_can_be_looked_at(desk: Desk) -> None:
    template = letter(f'<qr size="20">{"x" * 900}</qr><p>x</p>')
    run = planned(desk, template, [added(desk, "Anna")], today=TODAY)
    assert ["too small" in str(problem) for problem in run.problems] == [True]
    assert "Herzlich" in words_of(desk.letters.preview(desk.letters.sketch(template.texts[0], [], today=TODAY)))


def test_a_picture_of_the_file_is_printed_and_one_that_is_gone_is_a_problem(desk: Desk, tmp_path: Path) -> None:
    Image.new("RGB", (300, 100), (20, 90, 80)).save(tmp_path / "green.png")
    key, _, _ = desk.attachments.keep(tmp_path / "green.png").partition("\n")
    anna = added(desk, "Anna")
    run = planned(desk, letter(f'<picture file="{key}" width="80"/><p>x</p>'), [anna], today=TODAY)
    assert not run.problems
    desk.mailings.produce(run, Outputs(tmp_path / "out.pdf"), job=Job("x"))
    assert len(pypdf.PdfReader(tmp_path / "out.pdf").pages[0].images) == 1
    assert len(pypdf.PdfReader(io.BytesIO(desk.letters.preview(run.letters[0]))).pages[0].images) == 1
    gone = planned(desk, letter('<picture file="0a1b"/><p>x</p>'), [anna], today=TODAY)
    assert len(gone.problems) == 1
    assert "picture" in str(gone.problems[0])
    assert "Herzlich" in words_of(desk.letters.preview(gone.letters[0]))
