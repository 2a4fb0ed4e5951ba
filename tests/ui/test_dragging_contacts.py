"""Contacts are dragged with the mouse: onto an event wherever it stands, and onto a place of the navigation."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QMimeData, QPoint, Qt, QUrl
from PySide6.QtGui import QDrag, QDragEnterEvent, QDragLeaveEvent, QDropEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot
from tests.ui.real_window import OpenWindow, filled_file, in_dialog, window_over_copy

from alumnidesk.desk import Desk
from alumnidesk.domain.cards import ContactCard, EventCard
from alumnidesk.ui.contacts.saved.dialogs import ListDialog
from alumnidesk.ui.events.choose import ChooseEvent
from alumnidesk.ui.home.rows import EventEntry
from alumnidesk.ui.widgets.dragging import CONTACTS, Ring, TakesContacts, as_dragged

LEFT, COPY = Qt.MouseButton.LeftButton, Qt.DropAction.CopyAction
NOTHING = Qt.KeyboardModifier.NoModifier


def _fill(desk: Desk) -> None:
    for given in ("Anna", "Bertil", "Cem", "Dora", "Elin"):
        desk.contacts.add(ContactCard(given_name=given, family_name="Kursbuch"))
    soon = (dt.date.today() + dt.timedelta(days=9)).isoformat()
    desk.events.add(EventCard(title="Advent", starts_on=soon))
    desk.events.add(EventCard(title="Sommerfest", starts_on=(dt.date.today() + dt.timedelta(days=200)).isoformat()))


@pytest.fixture(scope="module")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return filled_file(tmp_path_factory, _fill)


@pytest.fixture
def shown(qtbot: QtBot, tmp_path: Path, filled: Path) -> Iterator[OpenWindow]:
    with window_over_copy(qtbot, filled, tmp_path) as window:
        yield window


def _enter(widget: QWidget, data: QMimeData, at: QPoint) -> QDragEnterEvent:
    event = QDragEnterEvent(at.toPointF(), COPY, data, LEFT, NOTHING)
    QApplication.sendEvent(widget, event)
    return event


def _drop(shown: OpenWindow, widget: QWidget, contacts: Sequence[int], at: QPoint | None = None) -> None:
    at, data = at or widget.rect().center(), as_dragged(contacts)
    _enter(widget, data, at)
    QApplication.sendEvent(widget, QDropEvent(at.toPointF(), COPY, data, LEFT, NOTHING))
    QApplication.processEvents()  # the contacts are taken when the drag is over
    shown.settle()


def _place(shown: OpenWindow, name: str) -> QWidget:
    return shown.window._navigation._places[name]


def _listed(shown: OpenWindow, title: str) -> set[str]:
    def read(desk: Desk) -> set[str]:
        event = next(line.id for line in desk.events.lines() if line.title == title)
        return {person.name for person in desk.events.roster(event)}

    names: set[str] = shown.ask(read)
    return names


def _row(page: Any, title: str) -> QPoint:
    table = page.overview.table
    row = next(row for row in range(table.rowCount()) if table.index(row, 0).data().startswith(title))
    centre: QPoint = page.overview.list.visualRect(table.index(row, 0)).center()
    return centre


def test_pulling_a_row_drags_all_that_are_selected(shown: OpenWindow) -> None:
    page = shown.page("contacts")
    port, carried = page.list.viewport(), []
    page.list.let_drag(lambda ids: carried.append(list(ids)))
    page.list.selectAll()
    start = page.list.visualRect(page.table.index(1, 0)).center()
    QTest.mousePress(port, LEFT, NOTHING, start)
    for step in (4, 40, 80):
        QTest.mouseMove(port, start + QPoint(-step, 0))
    QTest.mouseRelease(port, LEFT, NOTHING, start)
    assert carried == [list(page.hits.ids)]


def test_pulling_a_row_that_is_not_selected_drags_only_this_one(shown: OpenWindow) -> None:
    page = shown.page("contacts")
    port, carried = page.list.viewport(), []
    page.list.let_drag(lambda ids: carried.append(list(ids)))
    start = page.list.visualRect(page.table.index(3, 0)).center()
    QTest.mousePress(port, LEFT, NOTHING, start)
    for step in (4, 40, 80):
        QTest.mouseMove(port, start + QPoint(0, step))
    QTest.mouseRelease(port, LEFT, NOTHING, start)
    assert carried == [[page.hits.ids[3]]]
    assert page.list.selected_ids() == [page.hits.ids[3]]


def test_contacts_dropped_on_the_place_of_events_are_asked_about_there(shown: OpenWindow) -> None:
    page = shown.page("contacts")
    _drop(shown, _place(shown, "events"), page.hits.ids)
    assert shown.window.current_name == "events"
    dialog = shown.window.findChild(ChooseEvent)
    assert dialog is not None
    dialog.list.opened.emit(dialog.list.current_id)
    shown.settle()
    assert len(_listed(shown, "Advent") | _listed(shown, "Sommerfest")) == 5


def test_contacts_dropped_on_an_event_of_the_list_are_on_its_list_and_one_stays(shown: OpenWindow) -> None:
    page = shown.page("events")
    ids = shown.ask(lambda desk: list(desk.find.contacts("").ids))[:2]
    _drop(shown, page.overview.list.viewport(), ids, _row(page, "Sommerfest"))
    assert _listed(shown, "Sommerfest") == {"Anna Kursbuch", "Bertil Kursbuch"}
    assert not _listed(shown, "Advent")
    assert not page.at_one_event
    assert "2 people put on the list of “Sommerfest”" in shown.window.notices.bar.sentence.text()
    shown.window.deeds.undo()
    shown.settle()
    assert not _listed(shown, "Sommerfest")


def test_below_the_last_event_nothing_is_taken(shown: OpenWindow) -> None:
    port = shown.page("events").overview.list.viewport()
    below = QPoint(20, port.height() - 5)
    event = _enter(port, as_dragged([1]), below)
    assert event.dropAction() == Qt.DropAction.IgnoreAction
    _drop(shown, port, [1], below)
    assert not _listed(shown, "Advent") | _listed(shown, "Sommerfest")


def test_contacts_dropped_on_the_page_of_an_event_are_on_its_list(shown: OpenWindow) -> None:
    page = shown.page("events")
    page.show_id(next(id for id, line in page.overview._lines.items() if line.title == "Advent"))
    shown.settle()
    ids = shown.ask(lambda desk: list(desk.find.contacts("").ids))
    _drop(shown, page.roster.panes, ids[:3])
    assert len(_listed(shown, "Advent")) == 3
    _drop(shown, page.roster.panes, ids[:2])
    assert "2 people are on the list already" in shown.window.notices.bar.sentence.text()


def test_contacts_dropped_on_an_event_on_home_are_on_its_list(shown: OpenWindow) -> None:
    entry = shown.page("home").findChildren(EventEntry)[0]
    ids = shown.ask(lambda desk: list(desk.find.contacts("").ids))[:1]
    _drop(shown, entry, ids)
    assert _listed(shown, "Advent") == {"Anna Kursbuch"}
    assert shown.window.current_name == "home"


def test_contacts_dropped_on_letters_begin_a_mailing_to_them(shown: OpenWindow) -> None:
    shown.page("contacts")
    _drop(shown, _place(shown, "letters"), shown.ask(lambda desk: list(desk.find.contacts("").ids))[:2])
    assert shown.window.current_name == "letters"


def test_held_over_a_place_its_page_opens_and_elsewhere_no_more(shown: OpenWindow) -> None:
    shown.page("contacts")
    for name, opened in (("home", True), ("settings", False)):
        place = _place(shown, name)
        event = _enter(place, as_dragged([1]), place.rect().center())
        assert event.isAccepted()  # so that it is told when they leave
        assert event.dropAction() == Qt.DropAction.IgnoreAction
        taking = place.findChild(TakesContacts)
        assert taking is not None
        linger = taking._linger
        assert linger.isActive()
        if not opened:
            QApplication.sendEvent(place, QDragLeaveEvent())
            assert not linger.isActive()
            continue
        linger.timeout.emit()
        shown.settle()
        assert shown.window.current_name == name


def test_a_ring_shows_where_they_would_go(shown: OpenWindow) -> None:
    page = shown.page("events")
    port, at = page.overview.list.viewport(), _row(page, "Advent")
    _enter(port, as_dragged([1]), at)
    ring = port.findChild(Ring)
    assert ring is not None
    assert ring.isVisible()
    assert ring.geometry() == page.overview.list.row_at(at)
    QApplication.sendEvent(port, QDragLeaveEvent())
    assert not ring.isVisible()


def test_contacts_of_another_window_and_files_are_not_taken_for_contacts(shown: OpenWindow, tmp_path: Path) -> None:
    page = shown.page("events")
    port, at = page.overview.list.viewport(), _row(page, "Advent")
    foreign = QMimeData()
    foreign.setData(f"{CONTACTS}0", b"[1, 2]")
    assert not _enter(port, foreign, at).isAccepted()
    file = QMimeData()
    file.setUrls([QUrl.fromLocalFile(str(tmp_path / "list.csv"))])
    assert _enter(port, file, at).isAccepted()  # by the window, which brings in lists
    assert port.findChild(Ring) is None


# Lists -------------------------------------------------------------------------------------------------------------


def _unfolded(shown: OpenWindow) -> Any:
    """The lists that unfold where contacts are held over the button of saved searches."""

    def fill(desk: Desk) -> None:
        first = list(desk.find.contacts("").ids)[:1]
        desk.lists.freeze("Reunion <b>", first)
        desk.segments.save("From Kiel", "town:kiel")

    shown.ask(fill)
    saving = shown.page("contacts").saving
    _enter(saving.button, as_dragged([1]), saving.button.rect().center())
    taking = saving.button.findChild(TakesContacts)
    assert taking is not None
    assert taking._linger.isActive()
    taking._linger.timeout.emit()
    QApplication.sendEvent(saving.button, QDragLeaveEvent())
    shown.settle()
    assert saving.lists.isVisible()
    return saving.lists


def _at(lists: Any, name: str) -> QPoint:
    names = (str(lists.table.index(row, 0).data()) for row in range(lists.table.rowCount()))
    row = next(row for row, text in enumerate(names) if text.startswith(name))
    centre: QPoint = lists.list.visualRect(lists.table.index(row, 0)).center()
    return centre


def _on_list(shown: OpenWindow, name: str) -> int:
    n: int = shown.ask(lambda desk: next(one.contacts for one in desk.lists.all() if one.name == name))
    return n


def test_contacts_dropped_on_a_list_are_on_it_and_undo_takes_them_off(shown: OpenWindow) -> None:
    lists = _unfolded(shown)
    ids = shown.ask(lambda desk: list(desk.find.contacts("").ids))
    _drop(shown, lists.list.viewport(), ids[:3], _at(lists, "Reunion <b>"))
    assert _on_list(shown, "Reunion <b>") == 3
    assert not lists.isVisible()
    assert shown.window.notices.bar.sentence.text() == "2 contacts put on the list “Reunion <b>”"
    shown.click(shown.window.notices.bar.undo_button)
    shown.settle()
    assert _on_list(shown, "Reunion <b>") == 1


def test_who_is_on_the_list_already_is_said_to_be(shown: OpenWindow) -> None:
    lists = _unfolded(shown)
    ids = shown.ask(lambda desk: list(desk.find.contacts("").ids))
    _drop(shown, lists.list.viewport(), ids[:1], _at(lists, "Reunion <b>"))
    assert shown.window.notices.bar.sentence.text() == "1 person is on the list already"


def test_a_saved_search_takes_nobody_and_the_pointer_shows_it(shown: OpenWindow) -> None:
    lists = _unfolded(shown)
    port, at = lists.list.viewport(), _at(lists, "From Kiel")
    assert _enter(port, as_dragged([1]), at).dropAction() == Qt.DropAction.IgnoreAction
    ring = port.findChild(Ring)
    assert ring is None or not ring.isVisible()
    before = shown.ask(lambda desk: desk.history.entries())
    _drop(shown, port, [1], at)
    assert shown.ask(lambda desk: desk.history.entries()) == before
    assert _enter(port, as_dragged([1]), _at(lists, "Reunion <b>")).dropAction() == COPY


@pytest.mark.parametrize("where", ["the row of a new list", "the button itself"])
def test_contacts_can_be_dropped_on_a_list_that_is_yet_to_be_made(shown: OpenWindow, where: str) -> None:
    lists = _unfolded(shown)
    ids = shown.ask(lambda desk: list(desk.find.contacts("").ids))[:2]

    def drop() -> None:
        if where == "the button itself":
            _drop(shown, shown.page("contacts").saving.button, ids)
        else:
            _drop(shown, lists.list.viewport(), ids, _at(lists, "New list …"))

    def name_it(dialog: ListDialog) -> None:
        dialog.line.setText("Helpers")
        dialog.put.click()

    in_dialog(shown, ListDialog, drop, name_it)
    shown.settle()
    assert _on_list(shown, "Helpers") == 2


def test_many_lists_fit_a_low_window_and_are_scrolled_by_holding_contacts_at_the_edge(shown: OpenWindow) -> None:
    def fill(desk: Desk) -> None:
        for number in range(12):
            desk.lists.freeze(f"List {number:02}", [])

    shown.ask(fill)
    shown.window.resize(1000, 440)
    lists = _unfolded(shown)
    page = shown.page("contacts")
    assert page.rect().contains(lists.geometry())
    port, bar = lists.list.viewport(), lists.list.verticalScrollBar()
    foot = QPoint(40, port.height() - 3)
    for row in (1, 2):
        _enter(port, as_dragged([1]), foot)
        assert bar.value() == row
        _enter(port, as_dragged([1]), foot)
        assert bar.value() == row, "not before a moment has passed"
        lists._pause.stop()
    _enter(port, as_dragged([1]), QPoint(40, 3))
    assert bar.value() == 1


def test_the_lists_fold_up_when_the_drag_is_over(shown: OpenWindow, monkeypatch: pytest.MonkeyPatch) -> None:
    lists = _unfolded(shown)
    monkeypatch.setattr(QDrag, "exec", lambda *_: Qt.DropAction.IgnoreAction)
    shown.page("contacts")._drag([1])
    assert not lists.isVisible()


def test_the_lists_do_not_unfold_when_they_are_read_after_the_drag(
    shown: OpenWindow, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = shown.page("contacts")
    saving = page.saving
    monkeypatch.setattr(QDrag, "exec", lambda *_: saving.lists.unfold())
    page._drag([1])
    shown.settle()
    assert not saving.lists.isVisible()
