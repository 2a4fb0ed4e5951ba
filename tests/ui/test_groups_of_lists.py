"""Lists in groups: heads are rows on which nobody stands; keys, selection and copying go past them."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QAbstractItemModelTester, QTest
from pytestqt.qtbot import QtBot

from alumnidesk.ui.look import Look
from alumnidesk.ui.widgets.grouped import Group, GroupedRows
from alumnidesk.ui.widgets.lines import WINDOW, Column, LinesTable
from alumnidesk.ui.widgets.list_table import ListTable

Answer = Callable[[Sequence[str]], None]
KEY, SHIFT, NONE = Qt.Key, Qt.KeyboardModifier.ShiftModifier, Qt.KeyboardModifier.NoModifier


def group(name: str, size: int) -> Group:
    return Group(name, size, f"{size} people")


def at_once(ids: Sequence[int], deliver: Answer) -> None:
    deliver([f"Person {id}" for id in ids])


@pytest.fixture
def shown(qtbot: QtBot, look: Look) -> ListTable:
    columns = (Column[str]("name", "Name", lambda line: line), Column[str]("town", "Town", lambda line: "Kiel"))
    table = LinesTable(columns, at_once)
    shown = ListTable(look, table, "People")
    table.setParent(shown)
    qtbot.addWidget(shown)
    shown.resize(600, 400)
    shown.show()
    shown.setFocus()
    table.show([1, 2, 3, 4, 5], groups=[group("1998", 2), group("2001", 1), group("Without cohort", 2)])
    return shown


def table_of(shown: ListTable) -> LinesTable[str]:
    table = shown.model()
    assert isinstance(table, LinesTable)
    return table


@given(st.lists(st.integers(1, 5), min_size=1, max_size=8), st.slices(60))
def test_rows_are_the_ids_with_a_head_before_each_group(counts: list[int], part: slice) -> None:
    expected: list[int] = []
    for number, count in enumerate(counts):
        begun = 100 + sum(counts[:number])
        expected += [-1 - number, *range(begun, begun + count)]
    rows = GroupedRows(range(100, 100 + sum(counts)), [group(str(count), count) for count in counts])
    assert list(rows) == expected
    assert rows[part] == expected[part]
    assert [rows[place] for place in range(-len(rows), 0)] == expected
    for row, id in enumerate(expected):
        assert rows.heads_before(row) == sum(other < 0 for other in expected[:row])
        if id > 0:
            assert rows.index(id) == row
    with pytest.raises(ValueError, match="7"):
        rows.index(7)
    with pytest.raises(IndexError):
        rows[len(rows)]


def test_heads_have_the_name_and_number_of_their_group(shown: ListTable) -> None:
    table = table_of(shown)
    assert [str(table.index(row, 0).data()) for row in range(table.rowCount())] == [
        "1998, 2 people", "Person 1", "Person 2", "2001, 1 people", "Person 3", "Without cohort, 2 people", "Person 4",
        "Person 5",
    ]  # fmt: skip
    tester = QAbstractItemModelTester(table, QAbstractItemModelTester.FailureReportingMode.Warning)
    table.show(range(1, 500), groups=[group("a", 99), group("b", 400)])
    del tester


def test_keys_go_from_person_to_person(shown: ListTable) -> None:
    stood: list[int | None] = [shown.current_id]
    shown.current_changed.connect(stood.append)
    for key in (KEY.Key_Down, KEY.Key_Down, KEY.Key_Down, KEY.Key_Up, KEY.Key_Up):
        QTest.keyClick(shown, key)
    assert stood == [1, 2, 3, 4, 3, 2]
    for key, id in ((KEY.Key_End, 5), (KEY.Key_Home, 1), (KEY.Key_PageDown, 5), (KEY.Key_PageUp, 1)):
        QTest.keyClick(shown, key, Qt.KeyboardModifier.ControlModifier if key in (KEY.Key_End, KEY.Key_Home) else NONE)
        assert shown.current_id == id, key


def test_page_by_page_one_gets_through_a_long_list_of_small_groups(shown: ListTable) -> None:
    table_of(shown).show(range(1, 201), groups=[group(str(n), 1) for n in range(200)])
    assert shown.current_id == 1
    for _ in range(60):
        QTest.keyClick(shown, KEY.Key_PageDown)
    assert shown.current_id == 200
    for _ in range(60):
        QTest.keyClick(shown, KEY.Key_PageUp)
    assert shown.current_id == 1
    assert shown.indexAt(QPoint(20, 5)).row() == 0, "the head above the first line is shown again"


def test_heads_are_never_selected_copied_or_opened(shown: ListTable) -> None:
    counts: list[int] = []
    opened: list[int] = []
    shown.selection_changed.connect(counts.append)
    shown.opened.connect(opened.append)
    QTest.keyClick(shown, KEY.Key_Down, SHIFT)
    QTest.keyClick(shown, KEY.Key_Down, SHIFT)
    assert (shown.selected_ids(), counts[-1]) == ([1, 2, 3], 3)
    shown.selectAll()
    assert (shown.selected_ids(), counts[-1]) == ([1, 2, 3, 4, 5], 5)
    shown.copy()
    assert QGuiApplication.clipboard().text().split("\n") == [f"Person {n}\tKiel" for n in range(1, 6)]
    head = shown.visualRect(table_of(shown).index(3, 0)).center()
    QTest.mouseDClick(shown.viewport(), Qt.MouseButton.LeftButton, pos=head)
    assert opened == []
    assert shown.current_id is not None


def test_one_stays_on_somebody_when_groups_come_and_go(shown: ListTable) -> None:
    table = table_of(shown)
    shown.go_to(4)
    table.show([1, 2, 3, 4, 5])
    assert shown.current_id == 4
    table.show([4, 3, 2, 1], groups=[group("x", 1), group("y", 3)])
    assert shown.current_id == 4
    table.show([7], groups=[group("x", 1)])
    assert shown.current_id == 7


def test_only_people_are_read_and_each_line_stands_at_its_person() -> None:
    asked: list[list[int]] = []

    def fetch(ids: Sequence[int], deliver: Answer) -> None:
        asked.append(list(ids))
        at_once(ids, deliver)

    table = LinesTable((Column[str]("name", "Name", lambda line: line),), fetch)
    table.show(range(1, 301), groups=[group(str(n), 3) for n in range(100)])
    for row in range(table.rowCount()):
        id = table.ids[row]
        assert table.line(row) == (f"Person {id}" if id > 0 else None)
    assert len(asked) == -(-400 // WINDOW)
    assert sorted(id for ids in asked for id in ids) == list(range(1, 301))
