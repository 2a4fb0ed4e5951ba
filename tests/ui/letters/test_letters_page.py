"""The page of letters in a real window over a real file: writing a letter, and the templates."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QFileDialog, QLabel
from tests.ui.letters_window import MARKUP, at_step
from tests.ui.real_window import OpenWindow, button, in_dialog, texts, unnamed

from alumnidesk.desk import Desk
from alumnidesk.domain.letter_text import Picture
from alumnidesk.domain.query_form import Line
from alumnidesk.i18n import say
from alumnidesk.ui.drafts import Drafts
from alumnidesk.ui.letters.steps import CHECK, LETTER, RECIPIENTS
from alumnidesk.ui.letters.writing.conditions import OnlyDialog
from alumnidesk.ui.widgets.label import Label

# The letter --------------------------------------------------------------------------------------------------------


def test_the_sketch_follows_the_words_as_they_are_typed(shown: OpenWindow) -> None:
    page = at_step(shown, LETTER)
    body = page.steps.write.editor.fields["body"].text
    body.setFocus()
    body.moveCursor(body.textCursor().MoveOperation.End)
    shown.type(" Bring Äpfel mit!")
    shown.qtbot.waitUntil(lambda: "Bring Äpfel mit!" in page.steps.write.desk.sheets.text, timeout=5000)
    shown.settle()


def test_a_misspelt_placeholder_is_flagged_in_its_place_and_put_right_with_one_click(shown: OpenWindow) -> None:
    page = at_step(shown, LETTER)
    editor = page.steps.write.editor
    editor.body.setFocus()
    editor.body.selectAll()
    shown.type("Dear {given_nam}, see you at {event_title}.")
    assert [name for _, name in editor.body.chips()] == ["given_nam", "event_title"]
    assert not editor.names.known("given_nam")
    said = "There is no placeholder {given_nam}. Did you mean “First name”?"
    shown.qtbot.waitUntil(lambda: said in texts(editor), timeout=5000)
    shown.click(button(editor, "Write First name"))
    assert editor.body.stored == "Dear {given_name}, see you at {event_title}."
    assert not [text for text in texts(editor) if "no placeholder" in text]


def test_placeholders_are_found_by_typing_and_put_in_where_one_writes(shown: OpenWindow) -> None:
    page = at_step(shown, LETTER)
    editor = page.steps.write.editor
    subject = editor.fields["subject"].text
    subject.setFocus()
    subject.selectAll()
    shown.key(Qt.Key.Key_P, "", Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier)
    menu = editor.placeholders
    assert menu.isVisible()
    offered = [menu.list.item(row).text() for row in range(menu.list.count())]
    assert {"About the event", "Salutation", "Last name", "Event: date", "Name of the association"} <= set(offered)
    menu.search.setText("date event")
    assert [menu.list.item(row).text() for row in range(menu.list.count())] == ["About the event", "Event: date"]
    QTest.keyClick(menu.search, Qt.Key.Key_Return)
    assert menu.isHidden()
    assert editor.text().subject == "{event_date}"
    assert subject.hasFocus()


def test_words_are_kept_in_the_letter_when_the_field_is_left_and_undo_takes_them_back(shown: OpenWindow) -> None:
    page = at_step(shown, LETTER)
    editor = page.steps.write.editor
    id = editor.card.id
    before = shown.ask(lambda desk: desk.letters.template(id))
    closing = editor.fields["closing"].text
    closing.setFocus()
    closing.selectAll()
    shown.type("Bis bald")
    editor.fields["subject"].setFocus()
    shown.settle()
    kept = shown.ask(lambda desk: desk.letters.template(id))
    assert "Bis bald" in [text.closing for text in kept.texts]
    shown.window.deeds.undo()
    shown.settle()
    assert shown.ask(lambda desk: desk.letters.template(id)) == before
    assert editor.fields["closing"].value != "Bis bald"


def test_each_language_has_its_tab(shown: OpenWindow) -> None:
    page = at_step(shown, LETTER)
    editor = page.steps.write.editor
    shown.click(editor.tabs._tabs["de"])
    assert "laden" in editor.body.stored
    shown.qtbot.waitUntil(lambda: "Einladung" in page.steps.write.desk.sheets.text, timeout=5000)
    shown.settle()


def test_a_copy_leaves_the_letter_as_it_is(shown: OpenWindow) -> None:
    page = at_step(shown, LETTER)
    shown.click(page.steps.write.copy)
    assert page.steps.offered.template.name == "Einladung (copy)"
    assert page.steps.write.choice.currentText() == "Einladung (copy)"
    assert len(shown.ask(lambda desk: desk.letters.templates())) == 16


def test_words_of_a_letter_that_were_not_saved_are_there_again_at_the_next_start(
    shown: OpenWindow, tmp_path: Path
) -> None:
    drafts = shown.window.context.drafts
    drafts.turn_to(tmp_path / "copy.alumnidesk")
    page = at_step(shown, LETTER)
    editor = page.steps.write.editor
    shown.click(editor.tabs._tabs["sv"])
    editor.fields["body"].text.setFocus()
    editor.fields["body"].text.selectAll()
    shown.type("Kära {First name}, ta med äpplen")
    shown.qtbot.waitUntil(lambda: "letters/words" in drafts.left(), timeout=5000)
    next_start = Drafts(tmp_path / "drafts")
    next_start.turn_to(tmp_path / "copy.alumnidesk")
    begun = next_start.left()["letters/words"]
    assert begun.about == say("You were writing the letter “{name}”", name="Einladung")

    shown.key(Qt.Key.Key_Escape)
    editor.fields["subject"].text.setFocus()
    shown.settle()
    shown.qtbot.waitUntil(lambda: "letters/words" not in drafts.left(), timeout=5000)
    page.go_on_with(begun.content)
    shown.settle()
    editor = page.template.write.editor
    assert editor.language == "sv"
    assert editor.fields["body"].value == "Kära {given_name}, ta med äpplen"
    shown.type("!")
    assert page.may_leave()
    shown.settle()
    kept = shown.ask(lambda desk: desk.letters.template(editor.card.id))
    assert "Kära {given_name}, ta med äpplen!" in [text.body for text in kept.texts]
    assert "letters/words" not in drafts.left()


def test_the_letters_to_all_recipients_are_gone_through(shown: OpenWindow) -> None:
    page = at_step(shown, LETTER)
    preview = page.steps.write.preview
    names: list[str] = []
    while (name := preview.whom.text().partition(": ")[2]) not in names:
        assert name.split()[-1] in preview.desk.sheets.text
        names.append(name)
        shown.click(preview.following)
    assert name == names[0], "behind the last comes the first"
    assert "Karl Keine" not in names, "who wants no post gets none"
    assert MARKUP + " Voss" in names
    shown.click(preview.previous)
    assert preview.whom.text().endswith(names[-1])


def test_a_long_name_beside_its_remedy_is_read_whole(shown: OpenWindow) -> None:
    page = at_step(shown, CHECK)
    greta = shown.ask(lambda desk: desk.find.contacts("greta").ids[0])

    def rename(desk: Desk) -> None:
        card = desk.contacts.card(greta)
        desk.contacts.save(card, replace(card, given_name="Christiane Margarethe Wilhelmine"))

    shown.window.deeds.do(rename)
    shown.settle()
    summary = page.steps.check.summary
    (name,) = [label for label in summary.findChildren(Label) if label.text().startswith("Christiane")]
    assert name.height() >= name.heightForWidth(name.width()) > name.fontMetrics().height()


def test_placeholders_show_what_is_filled_in_when_one_asks_for_it(shown: OpenWindow) -> None:
    page = at_step(shown, LETTER)
    write = page.steps.write
    assert write.editor.names.shown("event_title") == "Event: title"
    shown.click(write.tools.values)
    assert write.tools.values.isChecked()
    assert write.editor.names.shown("event_title") == "Ehemaligentreffen"
    shown.click(write.tools.values)
    assert write.editor.names.shown("event_title") == "Event: title"


def test_a_paragraph_goes_to_some_only_and_says_so_in_words(shown: OpenWindow) -> None:
    page = at_step(shown, LETTER)
    editor, tools = page.steps.write.editor, page.steps.write.tools
    editor.body.setFocus()
    editor.body.selectAll()
    shown.type("For all{name}")
    shown.key(Qt.Key.Key_Return)
    shown.type("Only for those whom no e-mail reaches")
    tools.conditions.fill()
    actions = {action.text(): action for action in tools.conditions.menu.actions()}
    assert actions["In all letters"].isChecked()
    actions["Only if the person has no e-mail address"].trigger()
    assert [block.only for block in editor.body.letter] == ["", "email:none"]
    assert tools.only.isChecked()
    assert tools.only.accessibleDescription() == "Only if the person has no e-mail address"
    assert tools.conditions.in_words("town:Kiel") == "Only if: Town begins with “Kiel”"
    sheets = page.steps.write.desk.sheets
    shown.qtbot.waitUntil(lambda: "no e-mail reaches" in sheets.text, timeout=5000)
    tools.conditions.fill()
    next(a for a in tools.conditions.menu.actions() if a.text().endswith("has an e-mail address")).trigger()
    shown.qtbot.waitUntil(lambda: "no e-mail reaches" not in sheets.text, timeout=5000)
    shown.settle()
    editor.fields["subject"].setFocus()
    shown.settle()
    kept = shown.ask(lambda desk: desk.letters.template(editor.card.id))
    assert any('only="email:any"' in text.body for text in kept.texts)


def test_another_condition_is_put_together_in_the_builder(shown: OpenWindow) -> None:
    page = at_step(shown, LETTER)
    editor, tools = page.steps.write.editor, page.steps.write.tools
    editor.body.setFocus()

    def build(dialog: OnlyDialog) -> None:
        dialog.groups[0].add(Line("town", "is", "Umeå"))
        shown.qtbot.waitUntil(lambda: dialog.go.text() == "For 1 contact", timeout=5000)
        dialog.go.click()

    in_dialog(shown, OnlyDialog, tools.conditions.build, build)
    assert editor.body.only == "town:=Umeå"


def test_a_picture_is_kept_with_the_letter_and_shown(shown: OpenWindow, tmp_path: Path) -> None:
    page = at_step(shown, LETTER)
    editor, tools = page.steps.write.editor, page.steps.write.tools
    image = QImage(300, 150, QImage.Format.Format_RGB32)
    image.fill(QColor("teal"))
    image.save(str(tmp_path / "house.png"))
    editor.body.setFocus()
    tools.inserting.take_file(tmp_path / "house.png")
    shown.settle()
    picture = next(block for block in editor.body.letter if isinstance(block, Picture))
    editor.body.grab()
    shown.settle()
    assert editor.painted.image_of(picture.file).width() == 300
    said: list[str] = []
    tools.inserting._context.messages.show = lambda problem: said.append(str(problem))
    (tmp_path / "none.png").write_bytes(b"no picture")
    tools.inserting.take_file(tmp_path / "none.png")
    assert "This is not a picture that can be shown." in said[0]


def test_a_reply_slip_stands_at_the_end_in_the_language_of_the_letter(shown: OpenWindow) -> None:
    page = at_step(shown, LETTER)
    editor, tools = page.steps.write.editor, page.steps.write.tools
    shown.click(editor.tabs._tabs["de"])
    editor.body.setFocus()
    tools.inserting.slip()
    assert "Antwort" in [run.text for run in editor.body.letter[-1].blocks[0].runs]
    sheets = page.steps.write.desk.sheets
    shown.qtbot.waitUntil(lambda: "Ich komme gern" in sheets.text, timeout=5000)
    shown.settle()


def test_every_tool_has_a_name_and_is_reached_by_tab(shown: OpenWindow) -> None:
    page = at_step(shown, LETTER)
    bar = page.steps.write.editor.tools
    tools = [tool for tool in bar.findChildren(QAbstractButton) if tool.isVisible()]
    assert len(tools) > 10
    assert all(tool.accessibleName() and tool.focusPolicy() & Qt.FocusPolicy.TabFocus for tool in tools)
    assert "Bold (Ctrl+B)" in [tool.toolTip() for tool in tools]
    assert unnamed(page) == []


# Templates ---------------------------------------------------------------------------------------------------------


def test_a_template_is_made_written_and_deleted(shown: OpenWindow) -> None:
    page = shown.page("letters")
    page.commands()["letters.templates"]()
    shown.settle()
    shown.click(page.overview.add)
    assert page.template.isVisible()
    editor = page.template.write.editor
    editor.name.setFocus()
    editor.name.line.selectAll()
    shown.type("Dankbrief")
    editor.fields["subject"].setFocus()
    shown.settle()
    shown.click(page.template.back)
    rows = [str(page.overview.table.index(row, 0).data()) for row in range(page.overview.table.rowCount())]
    assert rows[-1].startswith("Dankbrief")
    page.overview.list.setCurrentIndex(page.overview.table.index(len(rows) - 1, 0))
    page.overview.delete_template()
    shown.settle()
    assert page.overview.table.rowCount() == 15


def test_a_letter_goes_to_others_as_a_file_and_is_taken_over_from_one(
    shown: OpenWindow, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = shown.page("letters")
    page.show_all("templates")
    shown.settle()
    before = page.overview.table.rowCount()
    page._edit(next(iter(page.overview.templates.values())))
    out = tmp_path / "Einladung.alumniletter"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *given: (str(out), ""))
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *given: (str(out), ""))
    shown.click(page.template.share)
    assert out.exists()
    assert any(str(out) in text for text in texts(shown.window))
    shown.click(page.template.back)
    shown.click(page.overview.take)
    assert page.template.write.editor.card.name == "Einladung (2)"
    shown.click(page.template.back)
    assert page.overview.table.rowCount() == before + 1


def test_a_template_says_what_it_is_for(shown: OpenWindow) -> None:
    page = shown.page("letters")
    page.overview.show_tab("templates")
    page.overview.list.setFocus()
    shown.key(Qt.Key.Key_Return)
    box = page.template.write.editor.purpose.box
    assert box.currentText() == "Invitations"
    assert box.findText("Printed directory") < 0, "nothing goes out by post for it"
    box.setCurrentIndex(box.findText("Requests for donations"))
    box.activated.emit(box.currentIndex())
    shown.settle()
    number = page.template.write.editor.card.id
    assert shown.ask(lambda desk: desk.letters.template(number)).purpose == "fundraising"
    shown.window.actions_["edit.undo"].trigger()
    shown.settle()
    assert box.currentText() == "Invitations"


def test_a_template_is_sketched_for_an_invented_person(shown: OpenWindow) -> None:
    page = shown.page("letters")
    page.overview.show_tab("templates")
    page.overview.list.setFocus()
    shown.key(Qt.Key.Key_Return)
    assert "Dr. Anna" in page.template.write.desk.sheets.text


def test_markup_is_shown_as_typed_and_everything_has_a_name(shown: OpenWindow) -> None:
    page = at_step(shown, RECIPIENTS)
    assert unnamed(page) == []
    for _ in range(3):
        shown.click(page.steps.next)
        assert unnamed(page) == []
    assert all(label.textFormat() == Qt.TextFormat.PlainText for label in page.findChildren(QLabel))


def test_an_empty_page_says_what_it_is_for(shown: OpenWindow) -> None:
    page = shown.page("letters")
    assert "Nothing has gone out yet" in texts(page)
    assert button(page.overview.mailings.nothing, "New mailing").isVisible()
