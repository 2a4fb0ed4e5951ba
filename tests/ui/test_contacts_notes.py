"""Notes and follow-ups in the detail: kind, day, done, changed, deleted; the timeline in parts."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QPainter
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot
from tests.ui.contacts_window import CONTROL, Contacts, contacts_window
from tests.ui.real_window import in_dialog, moved_away, texts

from alumnidesk.domain.notes import Note
from alumnidesk.ui.widgets.dialog import Dialog
from alumnidesk.ui.widgets.timeline import Entry, Timeline


@pytest.fixture
def shown(qtbot: QtBot, tmp_path: Path) -> Iterator[Contacts]:
    with contacts_window(qtbot, tmp_path / "a.alumnidesk") as opened:
        opened.stand_on("Milan Novák")
        yield opened


def open_notes(shown: Contacts) -> list[Note]:
    found: list[Note] = shown.ask(lambda desk: desk.notes.open())
    return found


def follow_up(shown: Contacts, text: str, day: str) -> None:
    """Write a call to be followed up."""
    shown.do("contacts.note")
    shown.type(text)
    shown.tab()
    shown.page_.detail.note.kind.setCurrentText("Call")
    shown.tab()
    shown.type(day)
    shown.key(Qt.Key.Key_Return, modifiers=CONTROL)
    shown.settle()


def test_a_call_is_followed_up_done_opened_again_and_deleted(shown: Contacts) -> None:
    follow_up(shown, "Asked for the programme", "3.12.2099")
    (note,) = open_notes(shown)
    assert (note.kind, note.text, note.due_on) == ("call", "Asked for the programme", "2099-12-03")
    detail = shown.page_.detail
    assert "Call, to follow up on 3 December 2099" in detail.timeline.accessibleName()
    open_first(shown)
    assert detail.note.text.toPlainText() == "Asked for the programme"
    shown.click(detail.note.done)
    shown.settle()
    assert open_notes(shown) == []
    assert "Call, done" in detail.timeline.accessibleName()
    open_first(shown)
    assert detail.note.done.text() == "Open again"
    shown.click(detail.note.done)
    shown.settle()
    assert len(open_notes(shown)) == 1
    open_first(shown)
    shown.click(detail.note.delete)
    shown.settle()
    assert open_notes(shown) == []
    assert "Asked for" not in detail.timeline.accessibleName()
    shown.do("edit.undo")
    assert len(open_notes(shown)) == 1


def open_first(shown: Contacts) -> None:
    shown.page_.detail.timeline.setFocus()
    shown.key(Qt.Key.Key_Return)
    shown.settle()
    shown.qtbot.waitUntil(shown.page_.detail.note.isVisible)


def test_a_day_that_cannot_be_understood_is_refused_at_its_field_and_nothing_is_lost(shown: Contacts) -> None:
    follow_up(shown, "Call again", "31.02.")
    note = shown.page_.detail.note
    assert note.isVisible()
    assert "not a day" in note.problem.text()
    assert f"3.12.{dt.date.today().year + 1}" in note.problem.text(), "an example that is still to come"
    shown.page_.list.setFocus()
    shown.key(Qt.Key.Key_Up)
    QApplication.processEvents()
    assert note.text.toPlainText() == "Call again"
    assert shown.shown_name() == "Milan Novák"
    note.due.put("2099-01-02")
    note.text.setFocus()
    shown.key(Qt.Key.Key_Return, modifiers=CONTROL)
    shown.settle()
    assert [n.due_on for n in open_notes(shown)] == ["2099-01-02"]


@pytest.mark.parametrize("towards", ["the end", "another row", "another page"])
def test_a_note_that_could_not_be_saved_stays_with_its_contact_and_keeps_the_window_open(
    shown: Contacts, towards: str
) -> None:
    page, note = shown.page_, shown.page_.detail.note
    milan, left = page.list.current_id, list[bool]()
    shown.do("contacts.note")
    shown.type("Plays the cello")
    note.due.put("2099-01-02")

    def leave() -> None:
        if towards == "the end":
            left.append(shown.window.leave())
        elif towards == "another row":
            page.list.setFocus()
            page.list.go_to(page.table.ids[0])
        else:
            shown.window.open_page("events")

    said: list[str] = []

    def read(dialog: Dialog) -> None:
        QTest.qWait(300)  # what was asked for comes meanwhile
        said.extend(texts(dialog))
        said.append(shown.window.status.saved.text())

    with moved_away(shown):
        in_dialog(shown, Dialog, leave, read)
        if towards == "another page":
            in_dialog(shown, Dialog, lambda: left.append(shown.window.leave()), read)
        assert any("moved, renamed or deleted" in text for text in said)
        assert said[-1] == "Not everything is saved yet"
        assert left == ([] if towards == "another row" else [False])
        assert shown.window.current_page is page
        assert (shown.shown_name(), page.list.current_id) == ("Milan Novák", milan)
        assert note.isVisible()
        assert note.text.toPlainText() == "Plays the cello"
        assert "not saved yet" in note.problem.text()
    note.text.setFocus()
    shown.key(Qt.Key.Key_Return, modifiers=CONTROL)
    shown.settle()
    assert [(n.text, n.due_on) for n in open_notes(shown)] == [("Plays the cello", "2099-01-02")]
    shown.qtbot.waitUntil(lambda: shown.window.status.saved.text() == "Everything is saved")
    assert shown.window.leave()


def test_a_note_that_could_not_be_saved_stays_with_its_contact_while_a_search_finds_nobody(shown: Contacts) -> None:
    note = shown.page_.detail.note
    shown.do("contacts.note")
    shown.type("Plays the cello")
    with moved_away(shown):
        in_dialog(shown, Dialog, lambda: shown.click(shown.page_.search), lambda dialog: QTest.qWait(300))
        in_dialog(shown, Dialog, lambda: shown.search("nobody of this name"), lambda dialog: QTest.qWait(300))
        assert shown.shown_name() == "Milan Novák"
        assert note.isVisible()
    note.text.setFocus()
    shown.key(Qt.Key.Key_Return, modifiers=CONTROL)
    shown.settle()
    told = shown.ask(lambda desk: desk.contacts.timeline(desk.find.contacts("Milan").ids[0], 9))
    assert "Plays the cello" in repr(told)


def test_a_note_that_was_changed_and_could_not_be_saved_changes_the_same_note_later_or_is_given_up(
    shown: Contacts,
) -> None:
    follow_up(shown, "Call again", "2.3.2099")
    open_first(shown)
    note = shown.page_.detail.note
    note.text.selectAll()
    shown.type("Has called")
    with moved_away(shown):
        in_dialog(shown, Dialog, lambda: shown.key(Qt.Key.Key_Return, modifiers=CONTROL), lambda dialog: None)
    assert note.text.hasFocus()
    shown.key(Qt.Key.Key_Return, modifiers=CONTROL)
    shown.settle()
    assert [n.text for n in open_notes(shown)] == ["Has called"]
    open_first(shown)
    shown.type("never mind")
    with moved_away(shown):
        in_dialog(shown, Dialog, lambda: shown.key(Qt.Key.Key_Return, modifiers=CONTROL), lambda dialog: None)
    shown.key(Qt.Key.Key_Escape)
    assert shown.window.leave()
    assert [n.text for n in open_notes(shown)] == ["Has called"]


@pytest.mark.parametrize(("typed", "days"), [("In a week", 7), ("tomorrow", 1)])
def test_a_day_can_be_said_from_today_on(shown: Contacts, typed: str, days: int) -> None:
    follow_up(shown, "Call", typed)
    assert [n.due_on for n in open_notes(shown)] == [(dt.date.today() + dt.timedelta(days)).isoformat()]


def test_a_note_gets_a_day_later_on(shown: Contacts) -> None:
    shown.do("contacts.note")
    shown.type("Plays the cello")
    shown.key(Qt.Key.Key_Return, modifiers=CONTROL)
    shown.settle()
    assert open_notes(shown) == []
    open_first(shown)
    assert shown.page_.detail.note.done.isHidden()
    shown.page_.detail.note.due.line.setText("2.3.2099")
    shown.click(shown.page_.search)
    shown.settle()
    assert [n.due_on for n in open_notes(shown)] == ["2099-03-02"]


def test_the_timeline_shows_one_part_and_older_entries_when_asked(shown: Contacts) -> None:
    def fill(desk):  # type: ignore[no-untyped-def]
        number = next(line.id for line in desk.find.lines(desk.find.contacts().ids) if line.name == "Milan Novák")
        for i in range(60):
            desk.notes.add(number, f"note {i}", kind="call")

    shown.ask(fill)
    story = shown.page_.detail.story
    shown.do("edit.undo")
    shown.qtbot.waitUntil(lambda: len(story._entries) == 50)
    assert not story.older.isHidden()
    story.older.click()
    shown.qtbot.waitUntil(lambda: len(story._entries) == 60)  # 59 notes and the contact itself
    assert story.older.isHidden()
    story.show_part("changes")
    shown.qtbot.waitUntil(lambda: [entry.kind for entry in story._entries] == ["change"])
    story.show_part("events")
    shown.qtbot.waitUntil(lambda: not story.nothing.isHidden())
    assert story.timeline.isHidden()


def test_of_a_long_timeline_only_what_is_on_the_screen_is_painted(shown: Contacts) -> None:
    painted: list[int] = []

    class Counted(Timeline):
        def _paint_entry(self, painter: QPainter, index: int, rect: QRect) -> None:
            painted.append(index)
            super()._paint_entry(painter, index, rect)

    timeline = Counted(shown.window.context.look, "Timeline")
    timeline.show_entries([Entry("note", f"Call {i}", "", "Today", i) for i in range(2000)])
    timeline.resize(300, timeline.sizeHint().height())
    top = timeline._place(1000).top()
    timeline.grab(QRect(0, top, 300, 600))
    assert painted[:1] <= [1000]
    assert 1010 in painted
    assert len(painted) < 20
    timeline.deleteLater()
