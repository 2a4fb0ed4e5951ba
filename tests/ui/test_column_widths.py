"""The room that the columns of a list get."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import Qt
from PySide6.QtGui import QFontMetrics
from pytestqt.qtbot import QtBot

from alumnidesk.ui.look import Look
from alumnidesk.ui.widgets.chip import Chip
from alumnidesk.ui.widgets.column_widths import shared
from alumnidesk.ui.widgets.lines import Column, LinesTable
from alumnidesk.ui.widgets.list_table import ListTable

CHIPS = (Chip("Member"), Chip("Paid", "good", "check"))
NAME = Column[str]("name", "Name", lambda line: line)
KINDS = (NAME, NAME._replace(right=True), NAME._replace(chips=lambda line: CHIPS))
WIDTHS = st.tuples(st.sampled_from(KINDS), st.integers(24, 400), st.integers(24, 200))


def at_once(ids: Sequence[int], deliver: Callable[[Sequence[str]], None]) -> None:
    deliver([f"Person {id}" for id in ids])


@given(st.lists(WIDTHS, min_size=1, max_size=8), st.integers(0, 2000), st.booleans())
def test_columns_fill_the_room_and_none_gets_narrower_than_its_head_if_there_is_room_for_all(
    given: list[tuple[Column[str], int, int]], spare: int, sideways: bool
) -> None:
    columns, wishes, least = zip(*given, strict=True)
    room = sum(least) + spare
    widths = shared(columns, wishes, least, room, sideways=sideways)
    assert all(width >= narrowest for width, narrowest in zip(widths, least, strict=True))
    if sideways and sum(widths) > room:
        assert widths == [max(wish, narrowest) for wish, narrowest in zip(wishes, least, strict=True)]
    else:
        assert sum(widths) == room


def test_chips_give_room_to_names_before_these_are_cut(qtbot: QtBot, look: Look) -> None:
    columns = (NAME._replace(width=180), Column[str]("tags", "Tags", str, 160, 100, chips=lambda line: CHIPS))
    table = LinesTable(columns, at_once)
    shown = ListTable(look, table, "People")
    table.setParent(shown)
    qtbot.addWidget(shown)
    shown.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    shown.resize(look.px(290), 300)
    shown.show()
    assert shown.columnWidth(0) == look.px(180)
    assert shown.columnWidth(1) == look.px(110)


def test_a_long_head_is_never_cut_while_there_is_room_for_all_heads(qtbot: QtBot, look: Look) -> None:
    table = LinesTable((
        Column[str]("name", "Name", lambda line: line, width=300),
        Column[str]("guests", "Begleitpersonen", lambda line: line, width=60),
        Column[str]("note", "Note", lambda line: line, width=300),
    ), at_once)  # fmt: skip
    shown = ListTable(look, table, "People")
    table.setParent(shown)
    qtbot.addWidget(shown)
    words = QFontMetrics(look.font("small", bold=True)).horizontalAdvance("Begleitpersonen")
    for width in (420, 900):
        shown.resize(width, 300)
        shown.show()
        assert shown.columnWidth(1) > words + look.px(20)
        assert sum(map(shown.columnWidth, range(3))) == shown.viewport().width()


def test_a_column_keeps_the_least_width_that_its_words_need(qtbot: QtBot, look: Look) -> None:
    columns = (NAME, Column[str]("day", "Day", lambda line: "Sat, 5 Dec 2026", 200, 148))
    table = LinesTable(columns, at_once)
    shown = ListTable(look, table, "Events")
    table.setParent(shown)
    qtbot.addWidget(shown)
    shown.resize(240, 300)
    shown.show()
    assert shown.columnWidth(1) >= look.px(148)


def test_an_e_mail_address_gives_room_before_a_town_is_cut() -> None:
    columns = (NAME, NAME._replace(key="town"), NAME._replace(key="email"))
    wishes, least = [164, 112, 232], [60, 50, 60]
    assert shared(columns, wishes, least, 440, sideways=False) == [164, 112, 164]
    assert shared(columns, wishes, least, 392, sideways=False) == [164, 112, 116]
    assert shared(columns, wishes, least, 360, sideways=False)[1] > 90
