"""Lists: windows of lines, the current row, copying, painting."""

from __future__ import annotations

import time
from array import array
from collections.abc import Callable, Sequence

import pytest
from PySide6.QtCore import QEvent, QModelIndex, QObject, QPoint, QRect, Qt
from PySide6.QtGui import QGuiApplication, QHelpEvent, QPaintEvent, QRegion
from PySide6.QtTest import QAbstractItemModelTester, QTest
from PySide6.QtWidgets import QApplication, QToolTip
from pytestqt.qtbot import QtBot

from alumnidesk.ui.look import Look
from alumnidesk.ui.widgets.chip import Chip
from alumnidesk.ui.widgets.lines import WINDOW, Column, LinesTable
from alumnidesk.ui.widgets.list_table import ROW, TWO_LINES, ListTable

Answer = Callable[[Sequence[str]], None]
CHIPS = (Chip("Member"), Chip("Paid", "good", "check"))
COLUMNS = (
    Column[str]("name", "Name", lambda line: line, marks=True),
    Column[str]("tags", "Tags", lambda line: "Member", chips=lambda line: CHIPS),
)


def at_once(ids: Sequence[int], deliver: Answer) -> None:
    deliver([f"Person {id}" for id in ids])


@pytest.fixture
def shown(qtbot: QtBot, look: Look) -> ListTable:
    table = LinesTable(COLUMNS, at_once)
    shown = ListTable(look, table, "People")
    table.setParent(shown)
    qtbot.addWidget(shown)
    shown.resize(600, 400)
    shown.show()
    return shown


def table_of(shown: ListTable) -> LinesTable[str]:
    table = shown.model()
    assert isinstance(table, LinesTable)
    return table


def test_only_the_windows_that_are_looked_at_are_read() -> None:
    asked: list[tuple[int, int]] = []

    def fetch(ids: Sequence[int], deliver: Answer) -> None:
        asked.append((ids[0], len(ids)))
        at_once(ids, deliver)

    table = LinesTable(COLUMNS, fetch)
    table.show(range(1, 1001))
    assert table.line(0) == "Person 1"
    assert table.line(63) == "Person 64"
    assert table.line(999) == "Person 1000"
    assert asked == [(1, WINDOW), (961, 40)]


def test_all_lines_that_come_into_sight_are_asked_for_at_once_before_they_are_painted(qtbot: QtBot, look: Look) -> None:
    asked: list[Sequence[int]] = []

    def fetch(ids: Sequence[int], deliver: Answer) -> None:
        asked.append(ids)
        at_once(ids, deliver)

    table = LinesTable(COLUMNS, fetch)
    shown = ListTable(look, table, "People")
    table.setParent(shown)
    qtbot.addWidget(shown)
    shown.resize(600, 400)
    shown.show()
    table.show(range(1, 1001))
    QApplication.processEvents()
    asked.clear()
    shown.verticalScrollBar().setValue(3 * WINDOW - 4)
    assert asked == [list(range(2 * WINDOW + 1, 4 * WINDOW + 1))]
    assert (table.line(3 * WINDOW - 1), table.line(3 * WINDOW)) == ("Person 192", "Person 193")


def test_lines_that_come_late_are_shown_and_those_of_another_list_are_not() -> None:
    waiting: list[tuple[Sequence[int], Answer]] = []
    table = LinesTable(COLUMNS, lambda ids, deliver: waiting.append((ids, deliver)))
    changed: list[int] = []
    table.dataChanged.connect(lambda top, bottom, roles: changed.append(bottom.row()))
    table.show([1, 2, 3])
    assert table.line(0) is None
    assert table.line(1) is None
    assert len(waiting) == 1
    _, deliver = waiting.pop()
    table.show([7])
    table.line(0)
    deliver(["old", "old", "old"])
    assert table.line(0) is None
    waiting.pop()[1](["Person 7"])
    assert table.line(0) == "Person 7"
    assert changed == [0]


def test_the_table_keeps_qts_rules_for_models(qapp: QApplication) -> None:
    table = LinesTable(COLUMNS, at_once)
    tester = QAbstractItemModelTester(table, QAbstractItemModelTester.FailureReportingMode.Warning)
    for ids in ([1, 2, 3], [], range(1000)):
        table.show(ids)
    table.reload()
    assert table.rowCount(QModelIndex()) == 1000
    del tester


def test_there_is_always_a_current_row_and_it_stays_on_its_person(shown: ListTable) -> None:
    told: list[int | None] = []
    shown.current_changed.connect(told.append)
    table = table_of(shown)
    table.show([1, 2, 3])
    shown.go_to(3)
    table.show([5, 3, 1])
    assert shown.current_id == 3
    table.show([8, 9])
    assert shown.current_id == 8
    table.show([])
    assert told == [1, 3, 8, None]


def test_a_person_who_is_added_is_gone_to_when_the_list_has_them(shown: ListTable) -> None:
    table = table_of(shown)
    table.show([1, 2])
    shown.go_to(9)
    table.show([1, 9, 2])
    assert shown.current_id == 9
    assert shown.selected_ids() == [9]


@pytest.mark.parametrize("held", [Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.ControlModifier])
def test_home_and_end_lead_to_the_first_and_the_last_who_alone_are_selected_then(
    shown: ListTable, held: Qt.KeyboardModifier
) -> None:
    table_of(shown).show(range(1, 201))
    shown.go_to(60)
    QTest.keyClick(shown, Qt.Key.Key_End, held)
    assert (shown.current_id, shown.selected_ids()) == (200, [200])
    QTest.keyClick(shown, Qt.Key.Key_Home, held)
    assert (shown.current_id, shown.selected_ids()) == (1, [1])


@pytest.mark.parametrize("held", [Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.ControlModifier])
def test_with_shift_home_and_end_select_all_on_the_way(shown: ListTable, held: Qt.KeyboardModifier) -> None:
    table_of(shown).show(range(1, 201))
    shown.go_to(60)
    QTest.keyClick(shown, Qt.Key.Key_End, held | Qt.KeyboardModifier.ShiftModifier)
    assert shown.selected_ids() == list(range(60, 201))
    QTest.keyClick(shown, Qt.Key.Key_Home, held | Qt.KeyboardModifier.ShiftModifier)
    assert (shown.current_id, shown.selected_ids()) == (1, list(range(1, 61)))


def test_the_ring_leaves_the_whole_of_the_row_that_one_goes_from(shown: ListTable) -> None:
    painted: list[QRegion] = []

    class Watch(QObject):
        def eventFilter(self, watched: QObject, event: QEvent) -> bool:
            if isinstance(event, QPaintEvent):
                painted.append(QRegion(event.region()))
            return False

    table_of(shown).show(range(1, 201))
    shown.go_to(1)
    QApplication.processEvents()
    watch = Watch()
    shown.viewport().installEventFilter(watch)
    row = QRect(0, shown.rowViewportPosition(0), shown.viewport().width(), shown.rowHeight(0))
    QTest.keyClick(shown, Qt.Key.Key_Down, Qt.KeyboardModifier.ShiftModifier)
    QApplication.processEvents()
    assert any(region.intersected(row) == QRegion(row) for region in painted)


def test_selected_rows_are_copied_with_tabs_as_they_stand(shown: ListTable) -> None:
    table_of(shown).show([1, 2, 3])
    shown.selectAll()
    QTest.keyClick(shown, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    assert QGuiApplication.clipboard().text() == "Person 1\tMember\nPerson 2\tMember\nPerson 3\tMember"


def test_enter_opens_the_current_row_and_letters_are_left_to_the_search(shown: ListTable) -> None:
    opened: list[int] = []
    shown.opened.connect(opened.append)
    table_of(shown).show([4, 5])
    QTest.keyClick(shown, Qt.Key.Key_Down)
    QTest.keyClick(shown, Qt.Key.Key_P)
    QTest.keyClick(shown, Qt.Key.Key_Return)
    assert opened == [5]


def test_a_click_on_a_head_asks_for_that_order_and_a_second_one_for_its_reverse(shown: ListTable) -> None:
    asked: list[tuple[str, bool]] = []
    shown.sort_asked.connect(lambda key, downwards: asked.append((key, downwards)))
    heads = shown.horizontalHeader()
    heads.sectionClicked.emit(0)
    heads.sectionClicked.emit(0)
    assert asked == [("name", False), ("name", True)]


def test_markup_in_a_name_is_shown_as_typed(shown: ListTable, look: Look, qapp: QApplication) -> None:
    name = "<img src='x.png'><b>Anna</b>"
    table = LinesTable(COLUMNS, lambda ids, deliver: deliver([name] * len(ids)), shown)
    table.show([1])
    assert table.index(0, 0).data() == name
    assert table.index(0, 0).data(Qt.ItemDataRole.ToolTipRole) is None


@pytest.mark.parametrize("second", ["born on the longest <b>island</b> of all that lie in the sea", ""])
def test_a_second_line_that_is_cut_is_told_in_full(qtbot: QtBot, look: Look, second: str) -> None:
    column = Column[str]("name", "Name", str, second=lambda line: second, icon=lambda line: ("user", "text2"))
    table = LinesTable((column,), at_once)
    shown = ListTable(look, table, "People", row=TWO_LINES)
    table.setParent(shown)
    qtbot.addWidget(shown)
    shown.resize(look.px(240), 300)
    shown.show()
    table.show([1])
    spot = shown.visualRect(table.index(0, 0)).center()
    event = QHelpEvent(QHelpEvent.Type.ToolTip, spot, shown.viewport().mapToGlobal(spot))
    QApplication.sendEvent(shown.viewport(), event)
    told = "<p>Person 1, born on the longest &lt;b&gt;island&lt;/b&gt; of all that lie in the sea</p>"
    assert QToolTip.text() == (told if second else "")
    QToolTip.hideText()


def test_found_letters_are_marked(shown: ListTable, look: Look, qapp: QApplication) -> None:
    table = table_of(shown)
    table.show([1, 2], matcher=lambda text: [(0, 6)])
    qapp.processEvents()
    picture = shown.viewport().grab().toImage()
    row = {picture.pixelColor(x, 40).name() for x in range(150)}
    assert look.colour("match").name() in row
    assert look.colour("match2").name() in {picture.pixelColor(x, 8).name() for x in range(150)}


def test_four_hundred_thousand_rows_change_quickly_enough_for_typing(shown: ListTable, qapp: QApplication) -> None:
    many, few = array("q", range(1, 400_001)), array("q", range(1, 40))
    times: list[float] = []
    for ids in (many, few) * 5:
        start = time.perf_counter()
        table_of(shown).show(ids)
        shown.viewport().repaint()
        times.append(time.perf_counter() - start)
    assert sorted(times)[len(times) // 2] < 0.050


@pytest.mark.parametrize("height", range(200, 232, 5))
def test_no_row_is_cut_at_the_bottom_and_the_last_one_is_reached(shown: ListTable, look: Look, height: int) -> None:
    shown.resize(600, height)
    table_of(shown).show(range(1, 101))
    for key in (Qt.Key.Key_Home, Qt.Key.Key_PageDown, Qt.Key.Key_End):
        QTest.keyClick(shown, key)
        port, current = shown.viewport(), shown.visualRect(shown.currentIndex())
        assert current.top() >= 0
        assert current.bottom() < port.height()
        rest = port.height() % look.px(ROW)
        picture = port.grab().toImage()
        left = range(rest) if key is Qt.Key.Key_End else range(port.height() - rest, port.height())
        assert {picture.pixel(x, y) for x in range(0, port.width(), 3) for y in left} <= {look.colour("page").rgb()}
        assert not any(shown.indexAt(QPoint(20, y)).isValid() for y in left)
    assert shown.current_id == 100
