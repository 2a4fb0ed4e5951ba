"""Whom a mailing goes to: chosen in each way, named as what they are, and gone on with after an end."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QRadioButton, QWidget
from tests.ui.letters_window import at_step, from_event, stand_on
from tests.ui.real_window import OpenWindow, texts

from alumnidesk.domain.mailings import SEARCH, Audience, Job
from alumnidesk.ui import files
from alumnidesk.ui.drafts import Begun, Drafts
from alumnidesk.ui.letters.job import FIRST
from alumnidesk.ui.letters.overview import MAILINGS
from alumnidesk.ui.letters.steps import CHECK, LETTER

# The story ---------------------------------------------------------------------------------------------------------


def test_the_answers_of_the_event_choose_who_gets_the_letter(shown: OpenWindow) -> None:
    page = from_event(shown)
    step = page.steps.recipients
    assert step.events.currentText().startswith("Ehemaligentreffen, ")
    assert page.steps.state.text() == "13 recipients"
    step.states["declined"].click()
    shown.settle()
    assert page.steps.state.text() == "14 recipients"
    step.states["invited"].click()
    shown.settle()
    assert page.steps.state.text() == "1 recipient"
    step.states["declined"].click()
    shown.settle()
    assert not page.steps.next.isEnabled()
    assert "Nobody yet" in texts(step)


def test_an_event_with_a_long_title_pushes_no_button_out_of_sight(shown: OpenWindow) -> None:
    title = "Adventstreffen der Ehemaligen, Freunde und Förderer des Bildungshauses Lindenhof mit Vortrag und Musik"
    card = shown.ask(lambda desk: desk.events.card(desk.events.lines()[0].id))
    shown.ask(lambda desk: desk.events.save(card, replace(card, title=title)))
    page = from_event(shown)
    assert title in page.steps.recipients.count.text()
    for onwards in (page.steps.next, page.steps.next, page.steps.next, page.steps.finish):
        assert onwards.visibleRegion().boundingRect() == onwards.rect()
        if onwards is page.steps.next:
            shown.click(onwards)


def test_people_of_an_event_are_named_as_such_here_and_in_the_list_of_mailings(
    shown: OpenWindow, tmp_path: Path
) -> None:
    shown.window.context.drafts.turn_to(tmp_path / "copy.alumnidesk")
    page = from_event(shown)
    step = page.steps.recipients
    assert step.count.text() == "People on the list of “Ehemaligentreffen” (13)"
    assert not step.sources["contacts"].isVisible()
    assert "“Einladung: Ehemaligentreffen”" in str(left_behind(tmp_path)["letters"].about)
    shown.click(page.steps.next)
    page.show_all(MAILINGS)
    shown.settle()
    assert "People on the list of “Ehemaligentreffen”" in texts(page.overview.mailings)
    shown.window.deeds.do(lambda desk: desk.events.delete(desk.events.lines()[0].id))
    shown.settle()
    assert not any("on the list of" in text for text in texts(page.overview.mailings))
    page.new()
    shown.settle()
    assert "Nobody yet" in texts(page.steps.recipients), "without any event a mailing can be begun all the same"


def focused() -> QWidget:
    widget = QApplication.focusWidget()
    assert widget is not None
    return widget


def test_each_way_to_choose_recipients_is_reached_by_keyboard(shown: OpenWindow) -> None:
    page = shown.page("letters")
    page.new()
    shown.settle()
    step = page.steps.recipients
    for _ in range(2):
        page.steps.back.setFocus()
        for _ in range(20):
            QTest.keyClick(focused(), Qt.Key.Key_Tab)
            if isinstance(focused(), QRadioButton):
                break
        assert focused() is step.sources[step.job.audience.source]
        here = step.job.audience.source
        QTest.keyClick(focused(), Qt.Key.Key_Down if here == "event" else Qt.Key.Key_Up)
        shown.settle()
        assert step.job.audience.source == ("search" if here == "event" else "event")


def test_a_search_chooses_who_gets_the_letter_and_one_says_what_it_is_about(shown: OpenWindow) -> None:
    page = shown.page("letters")
    page.new()
    shown.settle()
    step = page.steps.recipients
    shown.click(step.sources["search"])
    shown.type("sandstrom")
    assert page.steps.state.text() == "1 recipient"
    assert step.about.isVisible()
    step.about.setCurrentIndex(0)
    step.about.activated.emit(0)
    shown.settle()
    for _ in range(2):
        shown.click(page.steps.next)
    assert "The letter speaks of an event, but none is chosen." in texts(page.steps.check.summary)
    assert not page.steps.next.isEnabled()


def test_contacts_handed_over_from_their_page_are_the_recipients(shown: OpenWindow) -> None:
    ids = list(shown.ask(lambda desk: desk.find.contacts("kurs").ids))[:3]
    shown.window.open_page("letters", contacts=ids)
    shown.settle()
    page = shown.window.current_page
    assert "3 chosen contacts" in texts(page)
    assert page.steps.state.text() == "3 recipients"


def test_a_mailing_that_was_begun_is_gone_on_with(shown: OpenWindow) -> None:
    page = at_step(shown, LETTER)
    shown.page("events")
    shown.page("letters")
    assert page.steps.step == LETTER
    page.steps.go_back()
    page.steps.go_back()
    shown.settle()
    assert page.overview.isVisible()


def left_behind(folder: Path) -> Mapping[str, Begun]:
    """What the next start would find."""
    drafts = Drafts(folder / "drafts")
    drafts.turn_to(folder / "copy.alumnidesk")
    return drafts.left()


def test_a_mailing_that_was_begun_is_there_again_at_the_next_start(shown: OpenWindow, tmp_path: Path) -> None:
    shown.window.context.drafts.turn_to(tmp_path / "copy.alumnidesk")
    page = from_event(shown)
    page.steps.recipients.states["declined"].click()
    shown.settle()
    shown.click(page.steps.next)
    choice = page.steps.write.choice
    choice.setCurrentIndex(choice.count() - 1)
    choice.activated.emit(choice.count() - 1)
    shown.settle()
    letter = choice.currentText()
    begun = json.loads(json.dumps(left_behind(tmp_path)["letters"].content))
    assert letter in str(left_behind(tmp_path)["letters"].about)
    page._begin(FIRST)
    shown.settle()
    assert page.steps.state.text() == "13 recipients"
    page.go_on_with(begun)
    shown.settle()
    assert page.steps.state.text() == "14 recipients"
    assert page.steps.recipients.states["declined"].isChecked()
    shown.click(page.steps.next)
    assert page.steps.write.choice.currentText() == letter


def test_a_mailing_to_chosen_contacts_is_named_by_what_it_is(shown: OpenWindow, tmp_path: Path) -> None:
    shown.window.context.drafts.turn_to(tmp_path / "copy.alumnidesk")
    some = shown.ask(lambda desk: list(desk.find.contacts().ids))[:3]
    page = shown.page("letters")
    page._begin(Job(audience=Audience(contacts=tuple(some))))
    assert str(left_behind(tmp_path)["letters"].about) == "You had begun a mailing to 3 contacts"
    shown.settle()
    letter = page.steps.title.text()
    assert letter != "New mailing"
    assert str(left_behind(tmp_path)["letters"].about) == f"You had begun the mailing “{letter}”"


def test_a_mailing_to_whom_a_search_finds_is_not_said_to_be_for_nobody(shown: OpenWindow, tmp_path: Path) -> None:
    shown.window.context.drafts.turn_to(tmp_path / "copy.alumnidesk")
    searched = Job(audience=Audience(SEARCH, query="anna"))
    shown.page("letters").go_on_with({"job": searched.stored(), "number": None})
    assert str(left_behind(tmp_path)["letters"].about) == "You had begun the mailing “New mailing”"


def test_a_mailing_that_was_only_looked_at_given_up_or_sent_is_not_asked_about(
    shown: OpenWindow, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shown.window.context.drafts.turn_to(tmp_path / "copy.alumnidesk")
    page = shown.page("letters")
    page.new()
    shown.settle()
    assert not left_behind(tmp_path)
    page.steps.recipients.states["declined"].click()
    shown.settle()
    assert left_behind(tmp_path)
    page.steps.go_back()
    assert not left_behind(tmp_path)
    monkeypatch.setattr(files, "ask_save", lambda *_: tmp_path / "a.pdf")
    page = at_step(shown, CHECK)
    assert not left_behind(tmp_path), "the data file has kept it"
    stand_on(shown, page, "Karl Keine")
    shown.click(page.steps.check.force)
    assert left_behind(tmp_path)
    shown.click(page.steps.next)
    shown.click(page.steps.finish)
    assert not left_behind(tmp_path)
