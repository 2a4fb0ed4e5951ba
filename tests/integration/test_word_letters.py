"""A mailing as a document for word processors, beside the PDF or in its place."""

from __future__ import annotations

import csv
import json
import shutil
import subprocess
from dataclasses import replace
from io import BytesIO
from pathlib import Path

import docx
import pytest
from PIL import Image
from tests.printed_pages import opened

from alumnidesk.cli import main
from alumnidesk.desk import Desk
from alumnidesk.domain.cards import Address, ContactCard, LetterText, TemplateCard
from alumnidesk.domain.mailings import Audience, Job
from alumnidesk.errors import EnvironmentFault, Refused
from alumnidesk.i18n import Language
from alumnidesk.services.mailings import Outputs

OFFICE = shutil.which("soffice")
MARKED = (
    "<letter><p>{salutation}</p><p>wir <b>freuen</b> uns, {given_name}.</p>"
    '<table widths="30 70" head="yes"><row><cell>Wann</cell><cell>Was</cell></row>'
    "<row><cell>15 Uhr</cell><cell>Kaffee</cell></row></table></letter>"
)


@pytest.fixture
def people(desk: Desk) -> list[int]:
    return [
        desk.contacts.add(
            ContactCard(
                given_name=f"Anna{n}", family_name=f"Müller{n}x", gender_form="f",
                addresses=(Address(f"Lindenweg {n}", postcode=f"{22_000 + n}", town="Hamburg"),),
            )
        ).id or 0
        for n in range(8)
    ]  # fmt: skip


@pytest.fixture
def job(desk: Desk, people: list[int]) -> Job:
    text = LetterText("de", "Einladung", MARKED, "Herzlich")
    template = desk.letters.save_template(TemplateCard(name="Einladung", texts=(text,)))
    return Job("Einladung", Audience(contacts=tuple(people)), template=template.id)


def words_of(path: Path) -> str:
    document = docx.Document(str(path))
    return "\n".join("".join(t.text or "" for t in p.iter() if t.tag.endswith("}t")) for p in document.element.body)


def test_the_document_holds_the_letters_of_the_pdf_and_is_noted_with_them(
    desk: Desk, people: list[int], job: Job, tmp_path: Path
) -> None:
    outputs = Outputs(tmp_path / "l.pdf", word=tmp_path / "l.docx")
    made = desk.mailings.produce(desk.mailings.plan(job), outputs, job=job)
    assert made.files == (tmp_path / "l.pdf", tmp_path / "l.docx")
    assert (made.letters, made.failed) == (8, ())
    document = docx.Document(str(tmp_path / "l.docx"))
    assert len(document.sections) == 8
    said = words_of(tmp_path / "l.docx")
    for n in range(8):
        assert said.count(f"Anna{n} Müller{n}x") == 1
        assert f"wir freuen uns, Anna{n}." in said
    assert len(desk.sent_letters.of(made.mailing)) == 8


def test_the_document_alone_is_a_mailing_too_that_one_undo_takes_back(
    desk: Desk, people: list[int], job: Job, tmp_path: Path
) -> None:
    made = desk.mailings.produce(desk.mailings.plan(job), Outputs(word=tmp_path / "l.docx"), job=job)
    assert made.files == (tmp_path / "l.docx",)
    assert desk.mailings.line(made.mailing).letters == 8
    assert desk.sent_letters.pdf(desk.sent_letters.of(made.mailing)[0].id)[:5] == b"%PDF-"
    undone = desk.history.undo()
    assert Language("en")(undone.label) == "8 letters saved for Word: Einladung"
    with pytest.raises(Refused):
        desk.mailings.line(made.mailing)


def test_where_one_of_the_files_cannot_be_written_there_is_none(
    desk: Desk, people: list[int], job: Job, tmp_path: Path
) -> None:
    outputs = Outputs(tmp_path / "l.pdf", word=tmp_path / "no such folder" / "l.docx")
    with pytest.raises(EnvironmentFault):
        desk.mailings.produce(desk.mailings.plan(job), outputs, job=job)
    assert not (tmp_path / "l.pdf").exists()
    assert desk.mailings.all() == []


def test_a_stored_picture_comes_along(desk: Desk, people: list[int], job: Job, tmp_path: Path) -> None:
    data = BytesIO()
    Image.new("RGB", (400, 200), "teal").save(data, "PNG")
    picture = tmp_path / "picture.png"
    picture.write_bytes(data.getvalue())
    key = desk.mailings.attach(picture).key
    text = LetterText("de", "Bild", f'<letter><picture file="{key}" width="60"/></letter>', "Herzlich")
    template = desk.letters.save_template(TemplateCard(name="Bild", texts=(text,)))
    job = Job("Bild", Audience(contacts=tuple(people[:2])), template=template.id)
    desk.mailings.produce(desk.mailings.plan(job), Outputs(word=tmp_path / "l.docx"), job=job)
    assert len(docx.Document(str(tmp_path / "l.docx")).inline_shapes) == 2


def test_a_document_is_written_from_a_terminal(
    desk: Desk, people: list[int], job: Job, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    card = desk.letters.template(job.template or 0)
    desk.letters.save_template(replace(card, name="Rundbrief"))
    file, out = str(desk.path), tmp_path / "l.docx"
    desk.close(backup=False)
    assert main(["letters", file, "--template", "Rundbrief", "--where", "anna1", "--docx", str(out), "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert (told["letters"], told["files"], told["failed"]) == (1, [str(out)], [])
    assert "Anna1 Müller1x" in words_of(out)


def test_the_mailing_file_has_a_row_for_each_letter_and_for_who_was_put_in_by_hand(
    desk: Desk, people: list[int], job: Job, tmp_path: Path
) -> None:
    shy = desk.contacts.card(people[3])
    desk.contacts.save(shy, replace(shy, no_post=True))
    plan = desk.mailings.plan(replace(job, by_hand=(people[3],)))
    assert len(plan.letters) == 8
    report = desk.exporting.write_mailing(tmp_path / "l.csv", plan.letters)
    with (tmp_path / "l.csv").open(encoding="utf-8-sig", newline="") as file:
        head, *rows = csv.reader(file, delimiter=";")
    assert report.written == len(rows) == 8
    greeted = [row[head.index("Briefanrede")] for row in rows]
    assert greeted == [letter.paragraphs[0] for letter in plan.letters]
    assert [row[: len(plan.letters[0].address)] for row in rows] == [list(one.address) for one in plan.letters]


@pytest.mark.slow
@pytest.mark.skipif(OFFICE is None, reason="LibreOffice is not installed")
def test_writer_shows_a_page_per_letter_with_the_address_in_the_window(
    desk: Desk, people: list[int], job: Job, tmp_path: Path
) -> None:
    desk.mailings.produce(desk.mailings.plan(job), Outputs(word=tmp_path / "l.docx"), job=job)
    command = [OFFICE or "", f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}", "--headless",
               "--convert-to", "pdf", "--outdir", str(tmp_path), str(tmp_path / "l.docx")]  # fmt: skip
    subprocess.run(command, check=True, capture_output=True, timeout=120)
    with opened(tmp_path / "l.pdf") as document:
        assert len(document) == 8
        for page in document:
            text = page.get_textpage()
            whole = text.get_text_range()
            assert whole.count("Lindenweg") == 1
            at = whole.index("Lindenweg")
            left, bottom, _, top = (side * 25.4 / 72 for side in text.get_charbox(at))
            high = page.get_height() * 25.4 / 72
            assert 20 <= left <= 105
            assert high - top >= 45
            assert high - bottom <= 90
