"""The contacts page in a real window over a real file: finding, sorting, reading, the bin."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, QObject, QPoint, Qt
from PySide6.QtGui import QHelpEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QMenu, QToolTip
from pytestqt.qtbot import QtBot
from tests.ui.contacts_window import CONTROL, MARKUP, Contacts, contacts_window
from tests.ui.real_window import button, texts, unnamed

from alumnidesk.desk import Desk
from alumnidesk.domain.cards import ContactCard, EventCard
from alumnidesk.i18n import say
from alumnidesk.ui.actions import MENUS
from alumnidesk.ui.contacts import page
from alumnidesk.ui.contacts.beside import PAUSE
from alumnidesk.ui.contacts.page import ContactsPage
from alumnidesk.ui.messages import Messages
from alumnidesk.ui.widgets.lines import WINDOW


@pytest.fixture
def empty(qtbot: QtBot, tmp_path: Path) -> Iterator[Contacts]:
    with contacts_window(qtbot, tmp_path / "e.alumnidesk", None) as window:
        yield window


@pytest.fixture
def long(qtbot: QtBot, tmp_path: Path) -> Iterator[Contacts]:
    """A window over a list that takes many screens."""
    with contacts_window(qtbot, tmp_path / "l.alumnidesk", _long) as window:
        yield window


def _long(desk: Desk) -> None:
    for number in range(WINDOW + 32):
        desk.contacts.add(ContactCard(family_name=f"Person {number:03}"))


def _twelve(desk: Desk) -> None:
    for number in range(12):
        desk.contacts.add(ContactCard(family_name=f"Person {number:02}"))


# Finding -----------------------------------------------------------------------------------------------------------


def test_the_list_follows_each_key_and_umlauts_count_as_their_spellings(shown: Contacts) -> None:
    assert len(shown.names()) == 7
    shown.search("mül")
    assert sorted(shown.names()) == ["Anna Müller", "Bernd Mueller"]
    assert "2 of 7 contacts" in texts(shown.page_.head)
    shown.type("lx")
    assert shown.names() == []


def test_a_single_letter_lists_the_names_that_begin_with_it(shown: Contacts) -> None:
    shown.search("n")
    assert shown.names() == ["Milan Novák"]
    assert "1 name beginning with N" in texts(shown.page_.head)


def test_found_letters_are_marked(shown: Contacts) -> None:
    shown.search("muell")
    matcher = shown.page_.table.matcher
    assert matcher is not None
    assert matcher("Anna Müller") == [(5, 9)]


def test_nobody_found_says_so_and_empties_the_search(shown: Contacts) -> None:
    shown.search("qqq")
    assert any("qqq" in text for text in texts(shown.page_))
    shown.click(button(shown.page_.not_found, "Empty the search"))
    assert len(shown.names()) == 7
    assert shown.page_.search.hasFocus()


def test_letters_typed_on_the_list_begin_a_search(shown: Contacts) -> None:
    shown.page_.list.setFocus()
    shown.type("zach")
    assert shown.names() == ["Dagmar Zacharias"]


def test_down_leads_from_the_search_to_the_list_and_enter_to_the_first_field(shown: Contacts) -> None:
    shown.search("novak")
    shown.key(Qt.Key.Key_Down)
    assert shown.page_.list.hasFocus()
    shown.key(Qt.Key.Key_Return)
    shown.qtbot.waitUntil(lambda: shown.shown_name() == "Milan Novák")
    focus = QApplication.focusWidget()
    assert focus is not None
    assert focus.accessibleName() == "First name"


def test_a_click_on_a_head_sorts_and_another_one_turns_it_round(shown: Contacts) -> None:
    heads = shown.page_.list.horizontalHeader()
    heads.sectionClicked.emit(1)
    shown.settle()
    towns = [str(shown.page_.table.index(row, 1).data()) for row in range(7)]
    assert towns[:-2] == sorted(town for town in towns if town), "who has none comes last"
    heads.sectionClicked.emit(1)
    shown.settle()
    filled = [town for town in towns if town]
    turned = [str(shown.page_.table.index(row, 1).data()) for row in range(7)]
    assert turned == [*filled[::-1], *[""] * (7 - len(filled))]


class _Paints(QObject):
    """Notes at each paint of the list which of the rows in sight have their lines."""

    def __init__(self, page: ContactsPage) -> None:
        super().__init__(page)
        self.rows, self.seen = page.list, list[list[bool]]()
        self.rows.viewport().installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Paint:
            rows = self.rows._rows(self.rows.viewport().rect())
            self.seen.append([self.rows._table.line(row.number) is not None for row in rows])
        return False


def test_a_jump_in_the_list_is_painted_only_once_its_lines_are_there(
    long: Contacts, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(page, "MOMENT", 30)
    paints = _Paints(long.page_)
    long.page_.list.verticalScrollBar().setValue(WINDOW)
    long.qtbot.waitUntil(lambda: bool(paints.seen))
    assert all(paints.seen[0])
    assert len(paints.seen[0]) > 10


def test_a_jump_in_the_list_does_not_wait_for_a_busy_file(long: Contacts) -> None:
    gate, waited = threading.Event(), list[bool]()
    long.tasks.run(lambda _: gate.wait(30), waited.append)
    paints = _Paints(long.page_)
    long.page_.list.verticalScrollBar().setValue(WINDOW)
    long.qtbot.waitUntil(lambda: bool(paints.seen))
    assert not any(paints.seen[0])
    gate.set()
    long.settle()
    assert waited == [True], "the list was painted before the file was free"
    assert all(paints.seen[-1])


def test_several_selected_rows_are_counted(shown: Contacts) -> None:
    shown.page_.list.selectAll()
    shown.settle()
    assert "7 contacts – 7 selected" in texts(shown.page_.head)


# Reading -----------------------------------------------------------------------------------------------------------


def test_the_detail_tells_what_one_needs_first(shown: Contacts) -> None:
    shown.stand_on("Anna Müller")
    lines = shown.facts()
    assert lines[0].startswith("Cohort: 1997–1998, Course 12 B, Member, House")
    assert "Address: Lindenweg 14, 22767 Hamburg, private" in lines
    assert "Phone: +49 40 66969 123, mobile" in lines
    assert "E-mail: anna@mail.example, private, preferred" in lines
    assert "Tags: Mentor, Donor" in lines
    assert any(line.startswith("Letters: ") and "Frau Müller" in line for line in lines)
    assert "Member, cohort of 1998" in texts(shown.page_.detail)


def test_what_files_said_beyond_our_fields_is_shown_when_asked_for(shown: Contacts) -> None:
    shown.stand_on("Anna Müller")
    assert "X-SKYPE:anna.m" not in texts(shown.page_.detail)
    shown.page_.detail.foreign.button.click()
    assert "X-SKYPE:anna.m" in texts(shown.page_.detail)


def test_markup_is_shown_as_typed_in_list_detail_tooltip_and_notice(shown: Contacts) -> None:
    name = f"{MARKUP} {MARKUP}"
    assert name in shown.names()
    shown.stand_on(name)
    labels = shown.page_.findChildren(QLabel)
    assert all(label.textFormat() == Qt.TextFormat.PlainText for label in labels)
    assert any(MARKUP in text for text in texts(shown.page_.detail))
    row = shown.names().index(name)
    view = shown.page_.list
    index = shown.page_.table.index(row, 0)
    view.setColumnWidth(0, 60)
    place = view.visualRect(index).center()
    event = QHelpEvent(QHelpEvent.Type.ToolTip, place, view.viewport().mapToGlobal(place))
    QApplication.sendEvent(view.viewport(), event)
    assert QToolTip.text().startswith("<p>&lt;b&gt;x&lt;/b&gt;")
    QToolTip.hideText()
    shown.do("contacts.delete")
    assert shown.notice() == f"{name} deleted"
    assert shown.window.notices.bar.sentence.textFormat() == Qt.TextFormat.PlainText


def test_an_entry_of_the_timeline_leads_to_its_event(shown: Contacts) -> None:
    def invite(desk: Desk) -> int:
        event = desk.events.add(EventCard(title="Reunion")).id or 0
        desk.events.invite(event, list(desk.find.contacts("milan").ids))
        return event

    event = shown.ask(invite)
    shown.stand_on("Milan Novák")
    timeline = shown.page_.detail.timeline
    number = [entry.icon for entry in timeline._entries].index("calendar")
    timeline.opened.emit(number)
    shown.settle()
    assert shown.window.current_name == "events"
    assert shown.window.current_page.roster.event_id == event  # type: ignore[union-attr]


def test_the_value_of_a_line_is_copied(shown: Contacts) -> None:
    shown.stand_on("Anna Müller")
    line = shown.fact("Address")
    line.setFocus()
    shown.key(Qt.Key.Key_C, modifiers=CONTROL)
    assert QApplication.clipboard().text() == "Lindenweg 14\n22767 Hamburg"


def test_every_control_of_the_page_has_a_name(shown: Contacts) -> None:
    shown.stand_on("Anna Müller")
    assert unnamed(shown.page_) == []
    for group in shown.page_.detail.lines.boxes:
        shown.page_.detail.open(group)
        assert unnamed(shown.page_) == [], group
    shown.do("contacts.new")
    assert unnamed(shown.page_) == []


def test_in_a_narrow_window_the_detail_takes_the_place_of_the_list(shown: Contacts) -> None:
    shown.window.resize(1000, 700)
    shown.settle()
    assert not shown.page_.detail.isVisible()
    shown.page_.list.setFocus()
    shown.key(Qt.Key.Key_Return)
    assert shown.page_.detail.isVisible()
    assert not shown.page_.list.isVisible()
    shown.key(Qt.Key.Key_Escape)  # leaves the section
    shown.key(Qt.Key.Key_Escape)  # leaves the detail
    assert shown.page_.list.isVisible()


# Many at once, and the bin ------------------------------------------------------------------------------------------


def test_a_deleted_contact_lies_in_the_bin_and_is_restored(shown: Contacts) -> None:
    shown.stand_on("Milan Novák")
    shown.do("contacts.delete")
    assert "Milan Novák" not in shown.names()
    assert shown.notice() == "Milan Novák deleted"
    shown.do("contacts.bin")
    table = shown.page_.rooms.bin.table
    bin_names = [str(table.index(row, 0).data()) for row in range(table.rowCount())]
    assert bin_names == ["Milan Novák"]
    shown.click(button(shown.page_.rooms.bin, "Restore 1 contact"))
    shown.key(Qt.Key.Key_Escape)
    assert "Milan Novák" in shown.names()


def test_undo_brings_back_what_was_deleted(shown: Contacts) -> None:
    shown.stand_on("Milan Novák")
    shown.do("contacts.delete")
    shown.do("edit.undo")
    assert "Milan Novák" in shown.names()


def test_before_more_than_ten_are_deleted_one_is_told_how_many(
    qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[tuple[str, list[str]]] = []

    def ask(self: Messages, head: str, sentence: str, verbs: list[str]) -> int:
        asked.append((head, list(verbs)))
        return len(asked) - 1  # first Keep, then Delete

    monkeypatch.setattr(Messages, "ask", ask)
    with contacts_window(qtbot, tmp_path / "m.alumnidesk", _twelve) as shown:
        shown.page_.list.selectAll()
        shown.do("contacts.delete")
        assert len(shown.names()) == 12
        shown.do("contacts.delete")
        assert shown.names() == []
    assert asked[0] == ("Delete 12 contacts?", ["Keep them", "Delete 12 contacts"])


def test_without_contacts_the_page_offers_import_and_a_new_contact(empty: Contacts) -> None:
    seen = texts(empty.page_)
    assert "No contacts yet" in seen
    assert "Import a list" in seen
    empty.click(button(empty.page_.nobody, "New contact"))
    empty.type("Anna")
    empty.tab()
    empty.type("Erste")
    empty.key(Qt.Key.Key_Return)
    assert empty.names() == ["Anna Erste"]


def test_what_has_been_in_the_bin_for_long_is_offered_for_good_with_what_goes(
    shown: Contacts, monkeypatch: pytest.MonkeyPatch
) -> None:
    number = shown.ask(lambda desk: next(i for i in desk.find.contacts("milan").ids))
    shown.ask(lambda desk: desk.notes.add(number, "Plays the cello"))
    shown.ask(lambda desk: desk.contacts.delete([number]))
    shown.do("contacts.bin")
    bin = shown.page_.rooms.bin
    assert bin.offered.isHidden()
    assert bin.keep.currentText() == "after 30 days"

    def long_ago(desk: Desk) -> None:
        with desk._database.writing(say("Long ago")) as transaction:
            transaction.execute("UPDATE contact SET binned_at = '2020-01-01T00:00:00+00:00' WHERE binned_at <> ''")

    shown.ask(long_ago)
    shown.settle()
    assert bin.offer.text() == "1 contact has been in the bin for more than 30 days."
    asked: list[str] = []

    def answer(messages: Messages, head: str, sentence: str, verbs: list[str]) -> int:
        asked.append(f"{head} {sentence} {verbs}")
        return len(asked) - 2  # first Esc, then the first verb

    monkeypatch.setattr(Messages, "ask", answer)
    shown.click(bin.offered)
    shown.settle()
    assert "1 note" in asked[0]
    assert "Keep them" in asked[0]
    assert bin.table.rowCount() == 1
    shown.click(bin.offered)
    shown.settle()
    assert not bin.head.isVisible()
    assert shown.notice() == "Milan Novák deleted for good"
    shown.do("edit.undo")
    assert bin.table.rowCount() == 1
    bin.keep.setCurrentIndex(bin.keep.findData(0))
    bin.keep.activated.emit(bin.keep.currentIndex())
    shown.settle()
    assert bin.offered.isHidden()
    assert bin.keep.currentText() == "never"


def test_the_keyboard_stands_on_the_neighbour_after_deleting_and_on_the_contact_again_after_undo(
    shown: Contacts,
) -> None:
    def here() -> str:
        return shown.names()[shown.page_.list.currentIndex().row()]

    names = shown.names()
    for name in (names[2], names[-1]):
        shown.stand_on(name)
        shown.do("contacts.delete")
        place = names.index(name)
        assert here() == (names[place + 1] if place + 1 < len(names) else names[place - 1])
        shown.do("edit.undo")
        assert here() == name
    shown.stand_on(names[2])
    shown.do("contacts.delete")
    shown.page_.list.setFocus()
    shown.key(Qt.Key.Key_Down)
    moved = here()
    shown.do("edit.undo")
    assert here() == moved  # who has gone on is not called back


def test_the_detail_waits_for_the_end_of_typing(shown: Contacts) -> None:
    """It would hold up a key: to show somebody takes longer than a key may."""
    page = shown.page_
    page.beside._later.start(60_000)  # somebody else is stood on since the key before
    page.search.setText("mue")
    assert page.beside._later.interval() == PAUSE
    shown.settle()
    shown.qtbot.waitUntil(lambda: not page.beside._later.isActive(), timeout=5000)
    shown.settle()
    assert page.detail.card is not None
    assert page.detail.card.id == page.list.current_id


def test_another_contact_begins_at_its_head_however_far_down_one_had_read(shown: Contacts) -> None:
    shown.window.resize(1366, 400)
    shown.stand_on("Anna Müller")
    bar = shown.page_.detail._scroll.verticalScrollBar()
    bar.setValue(bar.maximum())
    assert bar.value() > 0
    shown.stand_on("Bernd Mueller")
    assert bar.maximum() > 0
    assert bar.value() == 0


SMALLEST = 512
"""Pixels that a laptop with 768 has at 150 %."""


def test_every_menu_fits_on_a_small_laptop_with_all_that_can_be_done(shown: Contacts) -> None:
    shown.search("m")
    shown.page_.list.setFocus()
    menus = shown.window.menus
    for selected, wanted in (("one", "contacts.returned"), ("two", "contacts.merge")):
        if selected == "two":
            shown.key(Qt.Key.Key_Down, modifiers=Qt.KeyboardModifier.ShiftModifier)
        everything = {wanted, "contacts.save_search"}
        shown.qtbot.waitUntil(lambda everything=everything: everything <= shown.page_.commands().keys(), timeout=5000)
        for id, _ in MENUS:
            menu = menus[id]
            menus.fill(menu, id)
            assert menu.sizeHint().height() <= SMALLEST, (id, selected)


def test_what_stands_in_a_submenu_can_be_reached_with_letters_alone(shown: Contacts) -> None:
    menu = shown.window.menus["contacts"]
    menu.popup(shown.window.mapToGlobal(QPoint(0, 0)))
    shown.settle()
    inner = next(action for action in menu.actions() if action.text().replace("&", "") == "Print")
    QTest.keyClick(menu, Qt.Key(ord(inner.text().partition("&")[2][0].upper())))
    shown.settle()
    opened = inner.menu()
    assert isinstance(opened, QMenu)
    assert opened.isVisible()
    assert [a.text().replace("&", "") for a in opened.actions()] == [
        "Print this list …", "Print labels or envelopes …", "Print a directory …"]  # fmt: skip
    assert opened.actions()[0].shortcut().toString() == "Ctrl+P"
    menu.close()


def test_the_place_in_the_navigation_leads_back_to_the_list_from_whatever_has_taken_its_room(shown: Contacts) -> None:
    page = shown.page_
    for action, room in (("contacts.bin", "bin"), ("contacts.duplicates", "duplicates")):
        shown.do(action)
        shown.settle()
        assert page.rooms.currentWidget() is getattr(page.rooms, room)
        shown.do("view.contacts")
        assert page.rooms.currentWidget() is page.panes, action
        assert page.search.hasFocus()


def test_an_import_that_is_being_checked_stays_when_its_place_is_chosen_again_and_is_left_when_it_is_done(
    shown: Contacts, tmp_path: Path
) -> None:
    page = shown.page_
    (tmp_path / "list.csv").write_text("First name,Last name\nNeu,Hier\n", "utf-8")
    page.take_files([tmp_path / "list.csv"])
    room = page.rooms.importing
    shown.qtbot.waitUntil(lambda: room.preview is not None and not shown.tasks.busy, timeout=10_000)
    shown.do("view.contacts")
    assert page.rooms.currentWidget() is room
    for _ in range(2):
        room.main.click()
        shown.settle()
    shown.qtbot.waitUntil(lambda: room.preview is None, timeout=10_000)
    shown.do("view.contacts")
    shown.settle()
    assert page.rooms.currentWidget() is page.panes
    assert "Neu Hier" in shown.names()


def test_contacts_are_deleted_one_after_the_other_with_one_key_each(shown: Contacts) -> None:
    page = shown.page_
    before = list(page.table.ids)
    page.list.setFocus()
    page.list.go_to(before[2])
    for gone in (1, 2, 3):
        QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Delete)
        shown.settle()
        left = [*before[:2], *before[2 + gone :]]
        assert list(page.table.ids) == left
        assert page.list.current_id == before[2 + gone]
        assert page.list.hasFocus()
