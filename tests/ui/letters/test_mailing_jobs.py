"""Mailings as jobs in a real window over a real file: kept while they are prepared, by two channels, and once more."""

from __future__ import annotations

import email
import email.policy
import zipfile
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from tests.printed_pages import pages_of
from tests.ui.letters_window import MARKUP, about_to_save, at_step, fill, names, stand_on, stop_at_once
from tests.ui.real_window import OpenWindow, button, filled_file, in_dialog, texts

from alumnidesk.desk import Desk
from alumnidesk.domain.cards import Email
from alumnidesk.domain.email_draft import BCC, EML
from alumnidesk.domain.mailings import EMAIL_FIRST
from alumnidesk.ui import files
from alumnidesk.ui.labels.dialog import LabelsDialog
from alumnidesk.ui.letters.reprint_dialog import ReprintDialog
from alumnidesk.ui.letters.steps import CHECK, LETTER, OUTPUT, RECIPIENTS
from alumnidesk.ui.printing.dialog import PrintDialog

TITLE = "Einladung: Ehemaligentreffen"


def fill_with_emails(desk: Desk) -> None:
    """The people of the letters; the association and two of them have e-mail."""
    fill(desk)
    desk.settings.save(replace(desk.settings.association(), email="post@lindenhof.example"))
    for name in ("anna01", "otto"):
        card = desk.contacts.card(desk.find.contacts(name).ids[0])
        desk.contacts.save(card, replace(card, emails=(Email(f"{name}@mail.example"),)))


@pytest.fixture(scope="module")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The file that every test here begins with."""
    return filled_file(tmp_path_factory, fill_with_emails)


def rows(page: Any) -> list[str]:
    """The mailings of the list, title and state."""
    table = page.overview.mailings.table
    titles = (table.line(row).title for row in range(table.rowCount()))
    return [f"{title}, {table.index(row, 1).data()}" for row, title in enumerate(titles)]


def made(shown: OpenWindow, folder: Path, monkeypatch: pytest.MonkeyPatch) -> Any:
    """The page of letters after a mailing was saved as PDF, standing on it."""
    page = about_to_save(shown, monkeypatch, folder / "a.pdf")
    shown.click(page.steps.finish)
    shown.click(button(page, "To all mailings"))
    return page


def by_email_first(shown: OpenWindow, step: int) -> Any:
    """The mailing to the event's list, by e-mail where that is possible, at one of its steps."""
    page = at_step(shown, RECIPIENTS)
    box = page.steps.recipients.channels
    box.setCurrentIndex(box.findData(EMAIL_FIRST))
    box.activated.emit(box.currentIndex())
    shown.settle()
    for _ in range(step):
        shown.click(page.steps.next)
    return page


# While it is prepared ----------------------------------------------------------------------------------------------


def test_a_mailing_is_kept_in_the_data_file_and_gone_on_with_from_the_list(shown: OpenWindow) -> None:
    page = at_step(shown, RECIPIENTS)
    page.steps.recipients.states["declined"].click()
    shown.settle()
    shown.click(page.steps.next)
    assert page.steps.step == LETTER
    page.steps.go_back()
    page.steps.go_back()
    shown.settle()
    assert rows(page) == [f"{TITLE}, Prepared"]
    listed = page.overview.mailings.list
    listed.setFocus()
    QTest.keyClick(listed, Qt.Key.Key_Return)
    shown.settle()
    assert page.steps.isVisible()
    assert page.steps.state.text() == "14 recipients"
    assert page.steps.recipients.states["declined"].isChecked()
    shown.click(page.steps.next)
    shown.click(page.steps.next)
    shown.click(page.steps.next)
    page.show_all("mailings")
    shown.settle()
    assert rows(page) == [f"{TITLE}, Checked"], "it is the same one"


def test_a_mailing_that_was_begun_can_be_thrown_away_and_brought_back(shown: OpenWindow) -> None:
    page = at_step(shown, LETTER)
    page.show_all("mailings")
    shown.settle()
    shown.click(button(page, "Discard"))
    assert rows(page) == []
    shown.window.deeds.undo()
    shown.settle()
    assert rows(page) == [f"{TITLE}, Prepared"]


def test_new_mailing_begins_a_new_one_beside_the_one_that_is_kept(shown: OpenWindow) -> None:
    page = at_step(shown, LETTER)
    page.show_all("mailings")
    shown.window.actions_["letters.new"].trigger()
    shown.settle()
    assert page.steps.step == RECIPIENTS
    assert page.steps.number is None
    assert rows(page) == [f"{TITLE}, Prepared"]


def test_one_undo_makes_a_mailing_that_was_made_a_prepared_one_again(
    shown: OpenWindow, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = made(shown, tmp_path, monkeypatch)
    assert rows(page) == [f"{TITLE}, Produced"]
    shown.window.deeds.undo()
    shown.settle()
    assert rows(page) == [f"{TITLE}, Checked"]
    assert not page.overview.mailings.people_list.isVisible()


def test_making_letters_can_be_stopped_and_then_nothing_has_happened(
    shown: OpenWindow, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    out = tmp_path / "a.pdf"
    page = about_to_save(shown, monkeypatch, out)
    stop_at_once(shown, page.steps.finish)
    assert not out.exists()
    assert [line.state for line in shown.ask(lambda desk: desk.mailings.all())] == ["checked"]
    shown.click(page.steps.finish)
    assert out.exists()


# E-mails -----------------------------------------------------------------------------------------------------------


def test_who_can_be_reached_by_email_gets_an_email_and_the_others_a_letter(shown: OpenWindow) -> None:
    page = by_email_first(shown, CHECK)
    assert page.steps.state.text() == "9 letters, 2 e-mails, 2 left out"
    stand_on(shown, page, "Anna01")
    assert "Anna01 Kurs, E-mail, anna01@mail.example" in names(page)
    sheet = page.steps.check.email
    assert sheet.isVisible()
    assert "post@lindenhof.example" in " ".join(texts(sheet))
    assert "Dear Ms Kurs" in sheet.text.toPlainText()
    (letter,) = (said for said in texts(sheet) if said.endswith(".pdf"))
    assert letter.startswith("Invitation")
    stand_on(shown, page, "Anna03")
    assert page.steps.check.desk.isVisible()
    summed = texts(page.steps.check.summary)
    assert {"9", "letters", "2", "e-mails"} <= set(summed)
    assert {"7 in English, 1 in German, 1 in Swedish", "2 in English"} <= set(summed)


def test_blind_copies_carry_nobodys_letter_and_the_check_says_so(shown: OpenWindow) -> None:
    page = by_email_first(shown, OUTPUT)
    form = page.steps.output.drafts
    assert form.with_letter.isVisible()
    form.forms.setCurrentIndex(form.forms.findData(BCC))
    form.forms.activated.emit(form.forms.currentIndex())
    assert not form.with_letter.isVisible()
    assert form.without_letter.isVisible()
    shown.click(page.steps.back)
    stand_on(shown, page, "Anna01")
    assert page.steps.check.email.isVisible()
    assert not [said for said in texts(page.steps.check.email) if said.endswith(".pdf")]
    shown.click(page.steps.next)
    form.forms.setCurrentIndex(form.forms.findData(EML))
    form.forms.activated.emit(form.forms.currentIndex())
    shown.click(page.steps.back)
    stand_on(shown, page, "Anna01")
    assert [said for said in texts(page.steps.check.email) if said.endswith(".pdf")]


def test_why_somebody_is_reached_neither_by_email_nor_by_post_is_said_for_both(shown: OpenWindow) -> None:
    page = by_email_first(shown, CHECK)
    (line,) = [name for name in names(page) if name.startswith("Greta Ohne")]
    assert "No e-mail address" in line
    assert "No postal address" in line


def test_emails_are_drafted_each_to_one_address_and_with_what_is_attached(
    shown: OpenWindow, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    plan = tmp_path / "Anfahrt.pdf"
    plan.write_bytes(b"%PDF-1.4 somewhere")
    folder = tmp_path / "drafts"
    places = iter((tmp_path / "a.pdf", folder))
    monkeypatch.setattr(files, "ask_save", lambda *_: next(places))
    monkeypatch.setattr(files, "ask_several", lambda *_: [plan])
    page = by_email_first(shown, OUTPUT)
    assert page.steps.finish.text() == "Save letters and e-mails"
    shown.click(button(page.steps.output, "Attach a file …"))
    assert "Anfahrt.pdf" in [text.replace("\N{ZERO WIDTH SPACE}", "") for text in texts(page.steps.output)]
    shown.click(page.steps.finish)
    drafts = [
        email.message_from_bytes(path.read_bytes(), policy=email.policy.default)
        for path in sorted(folder.glob("*.eml"))
    ]
    assert sorted(draft["To"].addresses[0].addr_spec for draft in drafts) == [
        "anna01@mail.example",
        "otto@mail.example",
    ]
    assert all(len(draft["To"].addresses) == 1 and not draft["Cc"] and not draft["Bcc"] for draft in drafts)
    assert all("Anfahrt.pdf" in [part.get_filename() for part in draft.iter_attachments()] for draft in drafts)
    assert len(pages_of(tmp_path / "a.pdf")) == 9
    assert "9 letters and 2 e-mails are done" in texts(page.steps.output)
    otto = shown.ask(lambda desk: desk.find.contacts("otto").ids[0])
    assert "letter" in [entry.kind for entry in shown.ask(lambda desk: desk.contacts.timeline(otto))]


def test_a_file_that_was_attached_can_be_taken_away(
    shown: OpenWindow, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    plan = tmp_path / "Anfahrt.pdf"
    plan.write_bytes(b"%PDF-1.4 somewhere")
    monkeypatch.setattr(files, "ask_several", lambda *_: [plan])
    page = by_email_first(shown, OUTPUT)
    shown.click(button(page.steps.output, "Attach a file …"))
    assert len(page.steps.job.attachments) == 1
    shown.click(button(page.steps.output, "Take Anfahrt.pdf away"))
    assert page.steps.job.attachments == ()


# Afterwards --------------------------------------------------------------------------------------------------------


def test_a_mailing_is_marked_as_sent_at_once_or_later(
    shown: OpenWindow, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = made(shown, tmp_path, monkeypatch)
    shown.click(button(page, "Mark as sent"))
    assert rows(page) == [f"{TITLE}, Sent"]
    assert not [text for text in texts(page) if text == "Mark as sent"]


def test_single_pages_are_printed_again(shown: OpenWindow, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    page = made(shown, tmp_path, monkeypatch)
    problems: list[str] = []

    def ask(dialog: ReprintDialog) -> None:
        dialog._field.line.setText("3-99")
        dialog.made[1].click()
        problems.append(dialog._field.problem.text())
        dialog._field.line.setText("3-4")
        dialog.made[1].click()

    pages: list[int] = []
    monkeypatch.setattr(
        "alumnidesk.ui.letters.mailings.Producing.pages",
        lambda self, title, write: pages.append(
            shown.ask(lambda desk: desk.sent_letters.reprint(desk.mailings.all()[0].id, "3-4", tmp_path / "b.pdf"))
        ),
    )
    in_dialog(shown, ReprintDialog, button(page, "Print pages again …").click, ask)
    assert problems == ["Write pages from 1 to 11, such as 17-19 or 3, 5, 8-10."]
    assert pages == [2]


def test_a_letter_is_opened_as_it_was_from_its_mailing_and_from_the_contact(
    shown: OpenWindow, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = made(shown, tmp_path, monkeypatch)
    listed = page.overview.mailings.people_list
    first = page.overview.mailings.people.ids[0]
    listed.setFocus()
    QTest.keyClick(listed, Qt.Key.Key_Return)
    shown.settle()
    name = page.sent_letter.letter.name
    assert page.sent_letter.letter.id == first
    assert name in page.sent_letter.desk.sheets.text
    otto = shown.ask(lambda desk: desk.find.contacts("otto").ids[0])
    contacts = shown.page("contacts", otto)
    story = contacts.detail.story
    place = next(n for n, entry in enumerate(story._entries) if entry.kind == "letter")
    story.timeline.opened.emit(place)
    shown.settle()
    assert shown.window.current_name == "letters"
    assert f"{MARKUP} Voss" in page.sent_letter.desk.sheets.text
    assert page.sent_letter.title.text() == f"{TITLE}: {MARKUP} Voss"
    shown.click(button(page.sent_letter, "Mailings"))
    assert page.overview.isVisible()


def test_an_old_letter_is_shown_as_it_was_even_if_the_text_was_changed(
    shown: OpenWindow, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = made(shown, tmp_path, monkeypatch)

    def change(desk: Desk) -> None:
        card = desk.letters.templates()[0]
        desk.letters.save_template(replace(card, texts=tuple(replace(text, body="New words") for text in card.texts)))

    shown.ask(change)
    page.show_id(page.overview.mailings.people.ids[0])
    shown.settle()
    assert "New words" not in page.sent_letter.desk.sheets.text
    assert "Ehemaligentreffen" in page.sent_letter.desk.sheets.text


def test_a_letter_goes_only_to_those_who_have_not_got_it_yet(
    shown: OpenWindow, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = made(shown, tmp_path, monkeypatch)
    shown.click(button(page, "Write to those who have not got it yet"))
    assert page.steps.step == RECIPIENTS
    page.steps.recipients.states["declined"].click()
    shown.settle()
    for _ in range(2):
        shown.click(page.steps.next)
    assert page.steps.state.text() == "1 letter, 13 left out"
    assert page.steps.check.desk.sheets.pages == 1
    assert "Anna00 Kurs" in page.steps.check.desk.sheets.text


def test_who_has_not_answered_gets_a_second_mailing(
    shown: OpenWindow, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = made(shown, tmp_path, monkeypatch)

    def answer(desk: Desk) -> None:
        event = desk.events.lines()[0].id
        waiting = [person.id for person in desk.events.roster(event) if person.state == "invited"]
        desk.events.answer(waiting[2:], "coming")

    shown.ask(answer)
    shown.click(button(page, "Write to those who have not answered"))
    assert page.steps.state.text() == "2 recipients"
    assert page.steps.recipients.states["invited"].isChecked()
    assert not page.steps.recipients.states["coming"].isChecked()


def test_labels_match_the_letters(shown: OpenWindow, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    page = made(shown, tmp_path, monkeypatch)
    said: list[str] = []

    def look(dialog: LabelsDialog) -> None:
        said.append(dialog.windowTitle())

    in_dialog(shown, LabelsDialog, button(page, "Labels to match …").click, look)
    assert said[0].endswith("11 contacts")


def test_one_page_is_tried_before_all_are_printed(shown: OpenWindow) -> None:
    page = at_step(shown, OUTPUT)
    pages: list[int] = []
    in_dialog(
        shown, PrintDialog, button(page.steps.output, "Test page …").click, lambda d: pages.append(d.preview.pages)
    )
    assert pages == [1]
    assert [line.state for line in shown.ask(lambda desk: desk.mailings.all())] == ["checked"], "nothing went out"


def test_letters_for_a_word_processor_go_out_as_one_document(
    shown: OpenWindow, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    out = tmp_path / "letters.docx"
    page = about_to_save(shown, monkeypatch, out)
    shown.click(button(page.steps.output, "For word processors …"))
    with zipfile.ZipFile(out) as document:
        assert MARKUP.replace("<", "&lt;").replace(">", "&gt;") in document.read("word/document.xml").decode("utf-8")
    assert "11 letters are done" in texts(page.steps.output)
    assert rows(page) == [f"{TITLE}, Produced"]


def test_a_table_for_a_word_processor_has_a_row_for_each_letter_and_nothing_goes_out(
    shown: OpenWindow, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    out = tmp_path / "letters.csv"
    page = about_to_save(shown, monkeypatch, out)
    shown.click(button(page.steps.output, "For word processors …"))
    assert len(out.read_text("utf-8-sig").strip().splitlines()) == 12
    assert shown.window.notices.bar.sentence.text() == "11 rows saved as letters.csv"
    assert rows(page) == [f"{TITLE}, Checked"]
