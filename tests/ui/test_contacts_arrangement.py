"""Columns, sorting and groups of the contact list, chosen in a real window and kept for the next time."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import partial
from pathlib import Path
from threading import Event

import pytest
from PySide6.QtCore import QPoint, Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMenu
from pytestqt.qtbot import QtBot
from tests.ui.contacts_window import Contacts, contacts_window, people, press
from tests.ui.real_window import button, unnamed

from alumnidesk.desk import Desk
from alumnidesk.domain.cards import Affiliation, ContactCard, OwnValue
from alumnidesk.domain.lines import Arrangement, ContactLine
from alumnidesk.domain.own_fields import OwnKind
from alumnidesk.ui.contacts.columns_dialog import AWAY, DOWN, UP, WIDER, ColumnsDialog
from alumnidesk.ui.preferences import Preferences
from alumnidesk.ui.widgets.lines import Deliver

USUAL = ["Name", "Town", "Cohort", "E-mail", "Tags"]
KEY, CONTROL = Qt.Key, Qt.KeyboardModifier.ControlModifier


def _fill(desk: Desk) -> None:
    people(desk)
    desk.own_fields.add("Height", OwnKind.NUMBER)
    for name, height, cohort in (("Aal", "10", 1998), ("Zeh", "9.5", 2001)):
        own, belonging = (OwnValue("Height", height),), (Affiliation("Club", cohort_to=cohort),)
        desk.contacts.add(ContactCard(family_name=name, own=own, affiliations=belonging))


@pytest.fixture
def shown(qtbot: QtBot, tmp_path: Path) -> Iterator[Contacts]:
    with contacts_window(qtbot, tmp_path / "c.alumnidesk", _fill) as window:
        yield window


def heads(shown: Contacts) -> list[str]:
    return [column.title for column in shown.page_.table.columns]


def cells(shown: Contacts, column: str) -> list[str]:
    """What stands in a column, from top to bottom."""
    table, place = shown.page_.table, heads(shown).index(column)
    return [str(table.index(row, place).data()) for row in range(table.rowCount())]


def in_dialog(shown: Contacts, act: Callable[[ColumnsDialog], None]) -> None:
    """Open the dialog by its key, act in it, and wait until it has closed."""
    done: list[bool] = []

    def look() -> None:
        dialog = QApplication.activeModalWidget()
        if not isinstance(dialog, ColumnsDialog):
            QTimer.singleShot(5, look)
            return
        shown.qtbot.waitUntil(lambda: not shown.tasks.busy)
        try:
            act(dialog)
            done.append(True)
        finally:
            if dialog.isVisible():
                dialog.accept()

    QTimer.singleShot(0, look)
    shown.do("contacts.columns")
    shown.qtbot.waitUntil(lambda: bool(done), timeout=5000)
    shown.settle()


def stands_on(shown: Contacts, name: str) -> bool:
    return shown.shown_name() == name


def add(dialog: ColumnsDialog, name: str) -> None:
    dialog.further.setFocus()
    dialog.further.setCurrentIndex(dialog.further.findText(name))
    press(dialog.add, KEY.Key_Space)


def test_columns_are_added_moved_and_removed_by_keyboard_and_stay_for_the_next_time(
    qtbot: QtBot, tmp_path: Path
) -> None:
    path = tmp_path / "c.alumnidesk"
    with contacts_window(qtbot, path, _fill) as shown:
        assert heads(shown) == USUAL

        def act(dialog: ColumnsDialog) -> None:
            add(dialog, "Postcode")
            add(dialog, "Height")
            press(dialog.rows["own.Height"][UP], KEY.Key_Space)
            assert dialog.focusWidget() is dialog.rows["own.Height"][UP]
            press(dialog.rows["tags"][AWAY], KEY.Key_Space)
            press(dialog.rows["town"][DOWN], KEY.Key_Space)
            press(dialog.rows["postcode"][WIDER], KEY.Key_Space)
            assert unnamed(dialog) == []  # type: ignore[arg-type]
            press(dialog, KEY.Key_Return)

        in_dialog(shown, act)
        assert heads(shown) == ["Name", "Cohort", "Town", "E-mail", "Height", "Postcode"]
        assert cells(shown, "Height")[shown.names().index("Aal")] == "10"
        assert "22767" in cells(shown, "Postcode")
    with contacts_window(qtbot, path, None) as again:
        again.settle()
        assert heads(again) == ["Name", "Cohort", "Town", "E-mail", "Height", "Postcode"]
        assert sorted(cells(again, "Height"))[-2:] == ["10", "9.5"]
        assert again.page_.arranged.widths["postcode"] == 120


def test_cancel_and_as_at_first_put_the_columns_back(shown: Contacts) -> None:
    in_dialog(shown, lambda dialog: add(dialog, "Phone"))
    assert heads(shown) == [*USUAL, "Phone"]

    def refuse(dialog: ColumnsDialog) -> None:
        add(dialog, "Street")
        assert heads(shown) == [*USUAL, "Phone", "Street"], "the list follows at once"
        dialog.group.setCurrentIndex(1)
        dialog.group.activated.emit(1)
        press(dialog, KEY.Key_Escape)

    in_dialog(shown, refuse)
    assert heads(shown) == [*USUAL, "Phone"]
    assert shown.page_.arranged.group == ""
    in_dialog(shown, lambda dialog: button(dialog, "As at first").click())
    assert heads(shown) == USUAL


def test_any_column_is_sorted_by_a_click_on_its_head(shown: Contacts) -> None:
    in_dialog(shown, lambda dialog: add(dialog, "Height"))
    head = shown.page_.list.horizontalHeader()
    place = heads(shown).index("Height")
    at = QPoint(head.sectionViewportPosition(place) + 10, 10)
    shown.click(head.viewport(), at)
    assert shown.names()[:3] == ["Zeh", "Aal", "<b>x</b> & <img src='y'> <b>x</b> & <img src='y'>"]
    shown.click(head.viewport(), at)
    assert shown.names()[:2] == ["Aal", "Zeh"]
    shown.search("e")
    shown.search("zeh")
    assert shown.names() == ["Zeh"]
    shown.page_.arranged.remove("own.Height")
    shown.settle()
    shown.page_.search.clear()
    shown.settle()
    assert shown.page_.arranged.sort == "name"


def test_found_letters_are_marked_in_further_columns_and_values_are_read_for_the_window_only(shown: Contacts) -> None:
    asked: list[int] = []
    fetch = shown.page_.table._fetch

    def watched(ids: Sequence[int], deliver: Deliver[ContactLine]) -> None:
        asked.append(len(ids))
        fetch(ids, deliver)

    shown.page_.table._fetch = watched
    in_dialog(shown, lambda dialog: add(dialog, "Street"))
    shown.search("linden")
    column = shown.page_.table.columns[heads(shown).index("Street")]
    assert column.marks
    assert "Lindenweg 14" in cells(shown, "Street")
    assert sum(asked) <= 18


def test_the_heads_are_dragged_wider_and_elsewhere(shown: Contacts) -> None:
    list, head = shown.page_.list, shown.page_.list.horizontalHeader()
    before = [list.columnWidth(n) for n in range(5)]
    border = head.sectionViewportPosition(1) - 1
    QTest.mousePress(head.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(border, 10))
    QTest.mouseMove(head.viewport(), QPoint(border + 30, 10))
    QTest.mouseRelease(head.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(border + 30, 10))
    shown.settle()
    after = [list.columnWidth(n) for n in range(5)]
    assert sum(after) == sum(before)
    assert (after[0] > before[0], after[1] < before[1], after[2:]) == (True, True, before[2:])
    assert shown.page_.arranged.widths["name"] == after[0]
    list.resize(list.width() - 1, list.height())
    assert abs(list.columnWidth(0) - after[0]) <= 2, "a window of another size keeps the proportions"
    head.moveSection(3, 1)
    shown.settle()
    assert heads(shown) == ["Name", "E-mail", "Town", "Cohort", "Tags"]
    assert [head.logicalIndex(n) for n in range(5)] == [0, 1, 2, 3, 4]
    head.moveSection(2, 0)
    shown.settle()
    assert heads(shown)[0] == "Name"


def test_the_menu_of_a_head_sorts_groups_and_removes(shown: Contacts) -> None:
    def choose(words: str, column: int = 1) -> None:
        head = shown.page_.list.horizontalHeader()
        head.customContextMenuRequested.emit(QPoint(head.sectionViewportPosition(column) + 5, 5))
        menu = QApplication.activePopupWidget()
        assert isinstance(menu, QMenu)
        next(action for action in menu.actions() if action.text().replace("&", "") == words).trigger()
        menu.close()
        shown.settle()

    choose("Sort downwards")
    assert cells(shown, "Town")[:2] == ["Lübeck", "Kiel"]
    choose("In groups by cohort")
    assert shown.names()[:4] == ["1998, 2 contacts", "Anna Müller", "Aal", "2001, 1 contact"]
    choose("Remove this column")
    assert "Town" not in heads(shown)
    choose("No groups", 0)
    assert "2001, 1 contact" not in shown.names()


def test_groups_are_kept_and_the_keyboard_goes_past_their_heads(qtbot: QtBot, tmp_path: Path) -> None:
    path = tmp_path / "c.alumnidesk"
    with contacts_window(qtbot, path, _fill) as shown:

        def group(dialog: ColumnsDialog) -> None:
            dialog.group.setFocus()
            press(dialog.group, KEY.Key_Down)
            press(dialog.group, KEY.Key_Down)

        in_dialog(shown, group)
        assert shown.page_.arranged.group == "unit"
    with contacts_window(qtbot, path, None) as again:
        page = again.page_
        assert again.names()[:4] == ["Club, 2 contacts", "Aal", "Zeh", "House, 1 contact"]
        assert again.names()[5] == "Without unit, 6 contacts"
        page.list.setFocus()
        for wanted in ("Zeh", "Anna Müller"):
            again.key(KEY.Key_Down)
            qtbot.waitUntil(partial(stands_on, again, wanted), timeout=5000)
        page.list.selectAll()
        again.settle()
        assert "9 contacts – 9 selected" in page.head.counts.text()
        again.search("zeh")
        assert again.names() == ["Club, 1 contact", "Zeh"]
        assert len(page.selection.ids()) == 1


def test_a_column_goes_with_its_own_field_and_comes_back_with_it(shown: Contacts) -> None:
    in_dialog(shown, lambda dialog: add(dialog, "Height"))
    number = shown.ask(lambda desk: desk.own_fields.all())[0].id
    shown.window.deeds.do(lambda desk: desk.own_fields.remove(number))
    shown.settle()
    assert heads(shown) == USUAL
    shown.do("edit.undo")
    assert heads(shown) == [*USUAL, "Height"]
    assert "10" in cells(shown, "Height")


@pytest.mark.parametrize("kept", ["nonsense", '[["town", 90]]', '[["name", 90], ["no such", 5], ["own.Shoes", 9]]'])
def test_what_cannot_be_read_of_the_kept_columns_harms_nothing(qtbot: QtBot, tmp_path: Path, kept: str) -> None:
    path = tmp_path / "c.alumnidesk"
    preferences = Preferences(path.with_suffix(".ini"))
    preferences.keep("contacts/columns", kept)
    preferences.keep("contacts/group", "no such")
    preferences.save()
    with contacts_window(qtbot, path, _fill) as shown:
        assert heads(shown) == (["Name"] if "own." in kept else USUAL)
        assert len(shown.names()) == 9


def test_a_pointer_on_its_way_to_a_head_has_the_contacts_sorted_before_it_clicks(shown: Contacts) -> None:
    heads_, place = shown.page_.list.horizontalHeader(), heads(shown).index("Town")
    at = QPoint(heads_.sectionViewportPosition(place) + 20, heads_.height() // 2)

    def prepared(downwards: bool) -> bool:
        return bool(shown.ask(lambda desk: Arrangement("town", downwards) in desk.find._arranging._orders))

    by_name = cells(shown, "Name")
    assert not prepared(downwards=False)
    QTest.mouseMove(heads_.viewport(), at)
    QTest.mouseMove(heads_.viewport(), at + QPoint(2, 0))
    shown.settle()
    assert prepared(downwards=False)
    assert cells(shown, "Name") == by_name, "nothing is sorted yet"
    QTest.mouseClick(heads_.viewport(), Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, at)
    shown.settle()
    QTest.mouseMove(heads_.viewport(), QPoint(2, 2))
    QTest.mouseMove(heads_.viewport(), at)
    shown.settle()
    assert prepared(downwards=True)


def test_once_nobody_works_with_the_list_it_can_be_sorted_by_every_column_at_once(
    shown: Contacts, qtbot: QtBot
) -> None:
    def prepared() -> set[str]:
        orders: list[Arrangement] = shown.ask(lambda desk: list(desk.find._arranging._orders))
        return {order.sort for order in orders}

    shown.page_.arranged.choose({**shown.page_.arranged.widths, "phone": 140})
    shown.settle()
    qtbot.waitUntil(lambda: prepared() >= {"name", "town", "cohort", "email", "tags", "phone"}, timeout=60_000)


def test_what_somebody_asks_for_goes_before_the_orders_that_are_made_ready_unseen(shown: Contacts) -> None:
    tasks, free = shown.tasks, Event()
    prepared: list[bool] = []
    began: list[object] = []
    tasks.began.connect(began.append)
    heads_, place = shown.page_.list.horizontalHeader(), heads(shown).index("Cohort")
    at = QPoint(heads_.sectionViewportPosition(place) + 20, heads_.height() // 2)
    tasks.run(lambda _: free.wait(10))
    QTest.mouseMove(heads_.viewport(), at)
    QTest.mouseMove(heads_.viewport(), at + QPoint(2, 0))
    for _ in range(2):
        tasks.run(lambda desk: any(order.sort == "cohort" for order in desk.find._arranging._orders), prepared.append)
    free.set()
    shown.settle()
    assert prepared == [False, False]
    assert shown.ask(lambda desk: any(order.sort == "cohort" for order in desk.find._arranging._orders))
    assert not began, "the line at the foot is silent"


def test_sorting_that_takes_long_is_seen_at_the_foot_and_esc_leaves_the_list_as_it_was(shown: Contacts) -> None:
    heads_, place = shown.page_.list.horizontalHeader(), heads(shown).index("Town")
    at = QPoint(heads_.sectionViewportPosition(place) + 20, heads_.height() // 2)
    by_name, free, status = shown.names(), Event(), shown.window.status
    shown.tasks.run(lambda _: free.wait(10))  # as with many contacts
    QTest.mouseClick(heads_.viewport(), Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, at)
    assert shown.page_.arranged.sort == "town"
    shown.qtbot.waitUntil(status.bar.isVisible, timeout=5000)
    assert status.step.text() == "Sorting the contacts …"
    shown.page_.list.setFocus()
    QTest.keyClick(shown.page_.list, Qt.Key.Key_Escape)
    free.set()
    shown.settle()
    assert not status.bar.isVisible()
    assert (shown.page_.arranged.sort, shown.names()) == ("name", by_name)
    shown.click(heads_.viewport(), at)
    assert shown.page_.arranged.sort == "town"
    assert shown.names() != by_name
