"""The page of letters in a real window over a real file: a mailing from an event to the PDF, and the templates."""

from __future__ import annotations

import shutil
import threading
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pypdfium2
import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QWidget
from pytestqt.qtbot import QtBot
from tests.ui.counting import counted
from tests.ui.real_window import OpenWindow, button, open_window, texts, unnamed

from alumnidesk.desk import Desk
from alumnidesk.domain.association import Association
from alumnidesk.domain.cards import Address, ContactCard, EventCard
from alumnidesk.progress import Progress
from alumnidesk.ui import files
from alumnidesk.ui.letters import printing
from alumnidesk.ui.letters.run import CHECK, LETTER, OUTPUT, RECIPIENTS

MARKUP = "<b>Otto</b>"
CTRL = Qt.KeyboardModifier.ControlModifier


def _person(given: str, family: str, **more: Any) -> ContactCard:
    address = Address(street="Lindenweg 14", postcode="22767", town="Hamburg")
    return ContactCard(
        **{
            "given_name": given,
            "family_name": family,
            "gender_form": "f",
            "addresses": (address,),
            "language": "en",
            **more,
        }
    )


def _fill(desk: Desk) -> None:
    desk.settings.save(
        Association(
            name="Freundeskreis Lindenhof e. V.",
            street="Lindenhof 1",
            postcode="24937",
            town="Flensburg",
            signatory="Ruth Petersen",
            language="de",
        )
    )
    people = [desk.contacts.add(_person(f"Anna{n:02}", "Kurs")) for n in range(8)]
    people += [
        desk.contacts.add(card)
        for card in (
            _person(MARKUP, "Voss"),
            _person("Elin", "Sandström", language="sv"),
            _person("Greta", "Ohne", addresses=()),
            _person("Karl", "Keine", no_post=True),
            _person("Alex", "Muster", gender_form="", language="de"),
            _person("Ute", "Lang", addresses=(Address(street="Weg " * 60, postcode="24937", town="Flensburg"),)),
        )
    ]
    event = (
        desk.events.add(
            EventCard(title="Ehemaligentreffen", starts_on="2026-12-12", starts_at="15:00", place="Großer Saal")
        ).id
        or 0
    )
    desk.events.invite(event, [person.id or 0 for person in people])
    first = desk.events.roster(event)
    desk.events.answer([p.id for p in first if p.name == "Anna00 Kurs"], "declined")


@pytest.fixture(scope="module")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The file that every test here begins with."""
    path = tmp_path_factory.mktemp("letters") / "filled.alumnidesk"
    desk = Desk.create(path)
    _fill(desk)
    desk.close(backup=False)
    return path


@pytest.fixture
def shown(qtbot: QtBot, tmp_path: Path, filled: Path) -> Iterator[OpenWindow]:
    with open_window(qtbot, Path(shutil.copy(filled, tmp_path / "letters.alumnidesk"))) as window:
        window.window.activateWindow()
        qtbot.waitUntil(window.window.isActiveWindow, timeout=5000)
        yield window


def _click(shown: OpenWindow, widget: QWidget) -> None:
    QTest.mouseClick(widget, Qt.MouseButton.LeftButton)
    shown.settle()


def _from_event(shown: OpenWindow) -> Any:
    """The page of letters after “Letter” was pressed at the event."""
    events = shown.page("events")
    QTest.keyClick(events.overview.list, Qt.Key.Key_Return)
    shown.settle()
    _click(shown, button(events, "Letter"))
    return shown.window.current_page


def _at(shown: OpenWindow, step: int) -> Any:
    page = _from_event(shown)
    for _ in range(step):
        _click(shown, page.run.next)
    assert page.run.step == step
    return page


def _names(page: Any) -> list[str]:
    table = page.run.check.table
    return [str(table.index(row, 0).data()) for row in range(table.rowCount())]


def _stand_on(shown: OpenWindow, page: Any, name: str) -> None:
    row = next(i for i, text in enumerate(_names(page)) if text.startswith(name))
    page.run.check.list.setCurrentIndex(page.run.check.table.index(row, 0))
    shown.settle()


# The story ---------------------------------------------------------------------------------------------------------


def test_from_an_event_to_the_preview_in_six_steps_and_to_the_pdf_in_two_more(
    shown: OpenWindow, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    out = tmp_path / "einladung.pdf"
    monkeypatch.setattr(files, "ask_save", lambda *_: out)
    shown.page("events")
    with counted() as count:
        page = _at(shown, CHECK)
        assert page.run.check.desk.sheets.pages == 1
        assert count.done <= 6, count.deeds
        count.restart()
        _click(shown, page.run.next)
        _click(shown, page.run.finish)
        assert count.done <= 2, count.deeds
    document = pypdfium2.PdfDocument(out)
    try:
        whole = "\n".join(leaf.get_textpage().get_text_bounded() for leaf in document)
        assert len(document) == 11
    finally:
        document.close()
    assert "Dear Ms Voss" in whole
    assert f"{MARKUP} Voss" in whole
    assert "Hej Elin Sandström" in whole
    assert shown.window.notices.bar.sentence.text() == "11 letters printed: Einladung: Ehemaligentreffen"
    assert "11 letters went out" in texts(page.run.output)
    _click(shown, button(page, "To all mailings"))
    assert str(page.overview.sent.index(0, 0).data()) == "Einladung: Ehemaligentreffen"
    assert page.overview.people.rowCount() == 11


def test_each_letter_stands_in_its_contacts_history_and_one_undo_takes_it_back(
    shown: OpenWindow, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(files, "ask_save", lambda *_: tmp_path / "a.pdf")
    page = _at(shown, OUTPUT)
    _click(shown, page.run.finish)
    otto = shown.ask(lambda desk: desk.find.contacts("otto").ids[0])
    kinds = [entry.kind for entry in shown.ask(lambda desk: desk.contacts.timeline(otto))]
    assert kinds.count("letter") == 1
    _click(shown, shown.window.notices.bar.undo_button)
    kinds = [entry.kind for entry in shown.ask(lambda desk: desk.contacts.timeline(otto))]
    assert kinds.count("letter") == 0
    assert page.overview.sent.rowCount() == 0


# Recipients --------------------------------------------------------------------------------------------------------


def test_the_answers_of_the_event_choose_who_gets_the_letter(shown: OpenWindow) -> None:
    page = _from_event(shown)
    step = page.run.recipients
    assert step.events.currentText().startswith("Ehemaligentreffen, ")
    assert page.run.state.text() == "13 recipients"
    step.states["declined"].click()
    shown.settle()
    assert page.run.state.text() == "14 recipients"
    step.states["invited"].click()
    shown.settle()
    assert page.run.state.text() == "1 recipient"
    step.states["declined"].click()
    shown.settle()
    assert not page.run.next.isEnabled()
    assert "Nobody yet" in texts(step)


def test_a_search_chooses_who_gets_the_letter_and_one_says_what_it_is_about(shown: OpenWindow) -> None:
    page = shown.page("letters")
    page.new()
    shown.settle()
    step = page.run.recipients
    _click(shown, step.sources["search"])
    shown.type("sandstrom")
    assert page.run.state.text() == "1 recipient"
    assert step.about.isVisible()
    step.about.setCurrentIndex(0)
    step.about.activated.emit(0)
    shown.settle()
    for _ in range(2):
        _click(shown, page.run.next)
    assert "The letter speaks of an event, but none is chosen." in texts(page.run.check.summary)
    assert not page.run.next.isEnabled()


def test_contacts_handed_over_from_their_page_are_the_recipients(shown: OpenWindow) -> None:
    ids = list(shown.ask(lambda desk: desk.find.contacts("kurs").ids))[:3]
    shown.window.open_page("letters", contacts=ids)
    shown.settle()
    page = shown.window.current_page
    assert "3 chosen contacts" in texts(page)
    assert page.run.state.text() == "3 recipients"


def test_a_mailing_that_was_begun_is_gone_on_with(shown: OpenWindow) -> None:
    page = _at(shown, LETTER)
    shown.page("events")
    shown.page("letters")
    assert page.run.step == LETTER
    page.run.go_back()
    page.run.go_back()
    shown.settle()
    assert page.overview.isVisible()


# The letter --------------------------------------------------------------------------------------------------------


def test_the_sketch_follows_the_words_as_they_are_typed(shown: OpenWindow) -> None:
    page = _at(shown, LETTER)
    body = page.run.write.editor.fields["body"].text
    body.setFocus()
    body.moveCursor(body.textCursor().MoveOperation.End)
    shown.type(" Bring Äpfel mit!")
    shown.qtbot.waitUntil(lambda: "Bring Äpfel mit!" in page.run.write.desk.sheets.text, timeout=5000)
    shown.settle()


def test_a_misspelt_placeholder_is_flagged_in_its_place_and_put_right_with_one_click(shown: OpenWindow) -> None:
    page = _at(shown, LETTER)
    editor = page.run.write.editor
    body = editor.fields["body"].text
    body.setPlainText("Dear {given_nam}, see you at {event_title}.")
    shown.settle()
    formats = body.document().firstBlock().layout().formats()
    assert [(f.start, f.length) for f in formats] == [(5, 11), (29, 13)]
    assert formats[0].format.underlineStyle() == formats[0].format.UnderlineStyle.WaveUnderline
    assert formats[1].format.background().color() == page.look.colour("match")
    assert "There is no placeholder {given_nam}. Did you mean “First name”?" in texts(editor)
    _click(shown, button(editor, "Write {First name}"))
    assert body.toPlainText() == "Dear {First name}, see you at {Event: title}."
    assert not [text for text in texts(editor) if "no placeholder" in text]


def test_fields_are_offered_in_words_and_put_in_where_one_writes(shown: OpenWindow) -> None:
    page = _at(shown, LETTER)
    editor = page.run.write.editor
    parts = [action.menu() for action in editor.insert._menu.actions()]
    offered = {action.text(): action for part in parts for action in part.actions()}
    assert {"Salutation", "Last name", "Event: date", "Name of the association"} <= set(offered)
    subject = editor.fields["subject"].text
    subject.setFocus()
    subject.selectAll()
    offered["Event: date"].trigger()
    assert subject.toPlainText() == "{Event: date}"
    assert editor.text().subject == "{event_date}"
    assert subject.hasFocus()


def test_words_are_kept_in_the_letter_when_the_field_is_left_and_undo_takes_them_back(shown: OpenWindow) -> None:
    page = _at(shown, LETTER)
    editor = page.run.write.editor
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
    page = _at(shown, LETTER)
    editor = page.run.write.editor
    _click(shown, editor.tabs._tabs["de"])
    assert "laden" in str(editor.fields["body"].value)
    shown.qtbot.waitUntil(lambda: "Einladung" in page.run.write.desk.sheets.text, timeout=5000)
    shown.settle()


def test_a_copy_leaves_the_letter_as_it_is(shown: OpenWindow) -> None:
    page = _at(shown, LETTER)
    _click(shown, page.run.write.copy)
    assert page.run.draft.template.name == "Einladung (copy)"
    assert page.run.write.choice.currentText() == "Einladung (copy)"
    assert len(shown.ask(lambda desk: desk.letters.templates())) == 4


# The check ---------------------------------------------------------------------------------------------------------


def test_problems_come_first_each_with_its_reason(shown: OpenWindow) -> None:
    page = _at(shown, CHECK)
    names = _names(page)
    assert names[:2] == ["Karl Keine, Left out: Wants no post", "Greta Ohne, Left out: No postal address"]
    assert any(name.startswith("Ute Lang, The address is too long for the window") for name in names[2:4])
    assert any(name.startswith("Alex Muster, No form of address") for name in names[2:4])
    assert names[-1].endswith(", Letter, 22767 Hamburg")
    assert page.run.state.text() == "11 letters, 2 left out"
    seen = texts(page.run.check.summary)
    assert {"Please look", "Left out", "letters", "11", "2"} <= set(seen)


def test_a_letter_shows_its_window_and_says_whether_the_address_fits(shown: OpenWindow) -> None:
    page = _at(shown, CHECK)
    sheets = page.run.check.desk.sheets
    _stand_on(shown, page, "Anna03")
    assert sheets.accessibleDescription().startswith("Fits the window. ")
    assert "Anna03 Kurs" in sheets.text
    corner = sheets.point_of_window()
    sheet = sheets.page_rect(0)
    assert (corner.x() - sheet.x()) / sheet.width() == pytest.approx(20 / 210, abs=0.002)
    assert (corner.y() - sheet.y()) / sheet.height() == pytest.approx(45 / 297, abs=0.002)
    _stand_on(shown, page, "Ute Lang")
    assert sheets.accessibleDescription().startswith("Too long for the window. ")


def test_what_was_put_in_stands_on_tint_and_the_rest_on_white(shown: OpenWindow) -> None:
    page = _at(shown, CHECK)
    sheets = page.run.check.desk.sheets
    _stand_on(shown, page, "Anna03")
    image = sheets.grab().toImage()
    scale = sheets.page_rect(0).width() / 595.3
    spots = [spot.boundingRect() for spot in sheets._tints[0]]
    assert len(spots) >= 3

    def colours(rect: Any) -> set[str]:
        left, top = sheets.page_rect(0).x() + rect.x() * scale, sheets.page_rect(0).y() + rect.y() * scale
        return {
            QColor(image.pixel(round(left + dx), round(top + rect.height() * scale / 2))).name()
            for dx in range(round(rect.width() * scale))
        }

    assert "#e0eff0" in colours(spots[0])
    assert "#e0eff0" not in colours(spots[0].translated(0, 300))


def test_prior_and_next_letter_follow_the_list(shown: OpenWindow) -> None:
    page = _at(shown, CHECK)
    check = page.run.check
    assert check.place.text() == "Letter 1 of 11"
    first = check.list.current_id
    _click(shown, check.following)
    assert check.place.text() == "Letter 2 of 11"
    _click(shown, check.previous)
    assert check.list.current_id == first
    assert not check.previous.isEnabled()


def test_who_is_left_out_has_the_remedy_at_hand_and_comes_back_when_it_was_used(shown: OpenWindow) -> None:
    page = _at(shown, CHECK)
    _stand_on(shown, page, "Karl Keine")
    assert "No letter to Karl Keine" in texts(page.run.check.none)
    _click(shown, button(page.run.check.none, "Open contact"))
    assert shown.window.current_name == "contacts"
    karl = shown.ask(lambda desk: desk.find.contacts("karl").ids[0])

    def allow(desk: Desk) -> None:
        card = desk.contacts.card(karl)
        desk.contacts.save(card, replace(card, no_post=False))

    shown.window.deeds.do(allow)
    shown.settle()
    shown.page("letters")
    assert page.run.state.text() == "12 letters, 1 left out"


def test_the_whole_page_can_be_seen_at_once(shown: OpenWindow) -> None:
    page = _at(shown, CHECK)
    check = page.run.check
    wide = check.desk.sheets.page_rect(0).height()
    _click(shown, check.zoom)
    assert check.desk.sheets.page_rect(0).height() < wide
    assert check.desk.sheets.page_rect(0).bottom() <= check.desk.viewport().height()


def test_preparing_the_letters_can_be_stopped_and_one_is_back_at_the_letter(shown: OpenWindow) -> None:
    page = _at(shown, LETTER)
    begun: list[Progress] = []
    shown.tasks.began.connect(begun.append)
    go_on = threading.Event()
    shown.tasks.run(lambda desk: go_on.wait(10))  # the owner thread is busy, as it is with thousands of letters
    QTest.mouseClick(page.run.next, Qt.MouseButton.LeftButton)
    shown.qtbot.waitUntil(shown.window.status.cancel.isVisible, timeout=5000)
    QTest.mouseClick(shown.window.status.cancel, Qt.MouseButton.LeftButton)
    go_on.set()
    shown.settle()
    assert len(begun) == 1
    assert page.run.step == LETTER
    assert page.run.checked is None
    _click(shown, page.run.next)
    assert page.run.step == CHECK
    assert page.run.state.text() == "11 letters, 2 left out"


def test_recipients_are_searched_by_name(shown: OpenWindow) -> None:
    page = _at(shown, CHECK)
    page.run.check.search.setFocus()
    shown.type("sandstrom")
    assert [name.split(",")[0] for name in _names(page)] == ["Elin Sandström"]


# Output ------------------------------------------------------------------------------------------------------------


def test_the_mailing_can_be_given_another_name(
    shown: OpenWindow, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(files, "ask_save", lambda *_: tmp_path / "a.pdf")
    page = _at(shown, OUTPUT)
    page.run.output.name.setFocus()
    page.run.output.name.line.selectAll()
    shown.type("Weihnachtspost")
    _click(shown, page.run.finish)
    assert shown.ask(lambda desk: [line.title for line in desk.letters.mailings()]) == ["Weihnachtspost"]


def test_a_file_that_cannot_be_written_is_explained_and_nothing_is_noted(
    shown: OpenWindow, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    problems: list[BaseException] = []
    monkeypatch.setattr(files, "ask_save", lambda *_: tmp_path / "no" / "a.pdf")
    monkeypatch.setattr(type(shown.window.context.messages), "show", lambda self, problem: problems.append(problem))
    page = _at(shown, OUTPUT)
    _click(shown, page.run.finish)
    assert len(problems) == 1
    assert shown.ask(lambda desk: desk.letters.mailings()) == []
    assert page.run.finish.isEnabled()


def test_letters_are_printed_page_by_page(shown: OpenWindow, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    paper = tmp_path / "printer.pdf"

    def ask(parent: QWidget, title: str) -> QPrinter:
        printer = QPrinter()
        printer.setOutputFileName(str(paper))
        printer.setFullPage(True)
        return printer

    monkeypatch.setattr(printing, "ask_printer", ask)
    monkeypatch.setattr(printing, "DOTS", 40)
    page = _at(shown, OUTPUT)
    _click(shown, page.run.output.printer)
    shown.qtbot.waitUntil(lambda: not page.run.findChildren(printing.Printing), timeout=20_000)
    document = pypdfium2.PdfDocument(paper)
    try:
        assert len(document) == 11
        assert document[0].get_size() == pytest.approx((595, 842), abs=1.5)
    finally:
        document.close()
    assert "11 letters went out" in texts(page.run.output)


# Templates ---------------------------------------------------------------------------------------------------------


def test_a_template_is_made_written_and_deleted(shown: OpenWindow) -> None:
    page = shown.page("letters")
    page.commands()["letters.templates"]()
    shown.settle()
    _click(shown, page.overview.add)
    assert page.template.isVisible()
    editor = page.template.write.editor
    editor.name.setFocus()
    editor.name.line.selectAll()
    shown.type("Dankbrief")
    editor.fields["subject"].setFocus()
    shown.settle()
    _click(shown, page.template.back)
    rows = [str(page.overview.table.index(row, 0).data()) for row in range(page.overview.table.rowCount())]
    assert rows[-1].startswith("Dankbrief")
    page.overview.list.setCurrentIndex(page.overview.table.index(len(rows) - 1, 0))
    page.overview.delete_template()
    shown.settle()
    assert page.overview.table.rowCount() == 3


def test_a_template_is_sketched_for_an_invented_person(shown: OpenWindow) -> None:
    page = shown.page("letters")
    page.overview.show_tab("templates")
    page.overview.list.setFocus()
    shown.key(Qt.Key.Key_Return)
    assert "Dr. Anna" in page.template.write.desk.sheets.text


def test_markup_is_shown_as_typed_and_everything_has_a_name(shown: OpenWindow) -> None:
    page = _at(shown, RECIPIENTS)
    assert unnamed(page) == []
    for _ in range(3):
        _click(shown, page.run.next)
        assert unnamed(page) == []
    assert all(label.textFormat() == Qt.TextFormat.PlainText for label in page.findChildren(QLabel))


def test_an_empty_page_says_what_it_is_for(shown: OpenWindow) -> None:
    page = shown.page("letters")
    assert "Nothing has gone out yet" in texts(page)
    assert button(page.overview.nothing_sent, "New mailing").isVisible()
