"""A mailing in a real window over a real file: from an event to the PDF and the printer."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from tests.printed_pages import pages_of, words_of
from tests.ui.counting import counted
from tests.ui.letters_window import MARKUP, about_to_save, at_step
from tests.ui.real_window import OpenWindow, button, in_dialog, texts

from alumnidesk.ui import files
from alumnidesk.ui.letters.steps import CHECK, OUTPUT
from alumnidesk.ui.printing.dialog import PrintDialog

# The story ---------------------------------------------------------------------------------------------------------


def test_from_an_event_to_the_preview_in_six_steps_and_to_the_pdf_in_two_more(
    shown: OpenWindow, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    out = tmp_path / "einladung.pdf"
    monkeypatch.setattr(files, "ask_save", lambda *_: out)
    shown.page("events")
    with counted() as count:
        page = at_step(shown, CHECK)
        assert page.steps.check.desk.sheets.pages == 1
        assert count.done <= 6, count.deeds
        count.restart()
        shown.click(page.steps.next)
        shown.click(page.steps.finish)
        assert count.done <= 2, count.deeds
    whole = words_of(out)
    assert len(pages_of(out)) == 11
    assert "Dear Ms Voss" in whole
    assert f"{MARKUP} Voss" in whole
    assert "Hej Elin Sandström" in whole
    assert shown.window.notices.bar.sentence.text() == "11 letters saved as PDF: Einladung: Ehemaligentreffen"
    assert "11 letters are done" in texts(page.steps.output)
    shown.click(button(page, "To all mailings"))
    assert page.overview.mailings.table.line(0).title == "Einladung: Ehemaligentreffen"
    assert page.overview.mailings.people.rowCount() == 11


def test_each_letter_stands_in_its_contacts_history_and_one_undo_takes_it_back(
    shown: OpenWindow, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = about_to_save(shown, monkeypatch, tmp_path / "a.pdf")
    shown.click(page.steps.finish)
    otto = shown.ask(lambda desk: desk.find.contacts("otto").ids[0])
    kinds = [entry.kind for entry in shown.ask(lambda desk: desk.contacts.timeline(otto))]
    assert kinds.count("letter") == 1
    shown.click(shown.window.notices.bar.undo_button)
    kinds = [entry.kind for entry in shown.ask(lambda desk: desk.contacts.timeline(otto))]
    assert kinds.count("letter") == 0
    assert page.overview.mailings.table.rowCount() == 1


def test_what_was_done_is_said_to_be_taken_back_and_to_be_done_again(
    shown: OpenWindow, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = about_to_save(shown, monkeypatch, tmp_path / "a.pdf")
    output = page.steps.output

    def do(action: str) -> None:
        shown.window.actions_[action].trigger()
        shown.settle()

    shown.click(page.steps.finish)
    done = output.head.text()
    do("edit.undo")
    assert output.head.text() == "This mailing was taken back"
    assert "any more" in output.sentence.text()
    assert output.sent.isHidden(), "nothing is there to be marked as sent"
    do("edit.undo")
    do("edit.undo")
    assert output.head.text() == "This mailing was taken back"
    for _ in range(3):
        do("edit.redo")
    assert output.head.text() == done
    shown.click(output.sent)
    assert output.sent.isHidden()
    do("edit.undo")
    assert not output.sent.isHidden()


def test_the_mailing_can_be_given_another_name(
    shown: OpenWindow, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = about_to_save(shown, monkeypatch, tmp_path / "a.pdf")
    page.steps.output.name.setFocus()
    page.steps.output.name.line.selectAll()
    shown.type("Weihnachtspost")
    shown.click(page.steps.finish)
    assert shown.ask(lambda desk: [line.title for line in desk.mailings.all()]) == ["Weihnachtspost"]


def test_a_file_that_cannot_be_written_is_explained_and_nothing_is_noted(
    shown: OpenWindow, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    problems: list[BaseException] = []
    monkeypatch.setattr(type(shown.window.context.messages), "show", lambda self, problem: problems.append(problem))
    page = about_to_save(shown, monkeypatch, tmp_path / "no" / "a.pdf")
    shown.click(page.steps.finish)
    assert len(problems) == 1
    assert [line.state for line in shown.ask(lambda desk: desk.mailings.all())] == ["checked"]
    assert page.steps.finish.isEnabled()


def test_the_keyboard_goes_on_to_the_button_that_saves_the_letters(shown: OpenWindow) -> None:
    page = at_step(shown, CHECK)
    page.steps.next.setFocus()
    shown.key(Qt.Key.Key_Return)
    assert page.steps.step == OUTPUT
    assert page.steps.finish.hasFocus()


def test_letters_are_seen_before_they_go_to_the_printer_and_noted(shown: OpenWindow) -> None:
    page = at_step(shown, OUTPUT)
    pages: list[int] = []
    begins: list[int] = []

    def look(dialog: PrintDialog) -> None:
        pages.append(dialog.preview.pages)
        begins.extend(dialog.begins)

    in_dialog(shown, PrintDialog, page.steps.output.printer.click, look)
    assert pages == [11]
    assert begins == list(range(11)), "none on the back of another, also where both sides are printed"
    assert shown.window.notices.bar.sentence.text() == "11 letters printed: Einladung: Ehemaligentreffen"
    assert "11 letters are done" in texts(page.steps.output)
