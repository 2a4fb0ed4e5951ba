"""The timeline: titles in one line or two, and the entry under the pointer."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QFontMetrics
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from alumnidesk.ui.look import Look
from alumnidesk.ui.widgets.timeline import STEP, Entry, Timeline

LONG = "Note about Christian Jankowski-Sandström added"
ENTRIES = [
    Entry("note", LONG, "Friday, by Ruth", "", 7),
    Entry("mail", "Letter sent", "Alumni Week", "4 Jul 2025", 8),
]


@pytest.fixture
def timeline(qtbot: QtBot, look: Look) -> Timeline:
    timeline = Timeline(look, "Lately")
    qtbot.addWidget(timeline)
    timeline.show_entries(ENTRIES)
    timeline.show()
    return timeline


def test_a_long_title_goes_on_in_a_second_line_instead_of_being_cut(timeline: Timeline, look: Look) -> None:
    timeline.resize(900, 400)
    assert timeline.sizeHint().height() == 2 * look.px(STEP)
    timeline.resize(300, 400)
    assert " ".join(timeline._titles[0]) == LONG
    assert len(timeline._titles[0]) == 2
    assert timeline.sizeHint().height() == 2 * look.px(STEP) + QFontMetrics(look.font()).height()


def test_a_click_finds_the_entry_below_a_title_of_two_lines(timeline: Timeline, look: Look) -> None:
    timeline.resize(300, 400)
    opened: list[int] = []
    timeline.opened.connect(opened.append)
    for y in (look.px(STEP) + 5, timeline._tops[1] + 5):
        QTest.mouseDClick(timeline, Qt.MouseButton.LeftButton, pos=QPoint(60, y))
    assert opened == [7, 8]


def test_a_word_that_no_line_holds_is_shortened(timeline: Timeline) -> None:
    timeline.show_entries([Entry("note", "Donaudampfschifffahrt" * 4, "", "4 Jul 2025")])
    timeline.resize(300, 400)
    (lines,) = timeline._titles
    assert len(lines) == 1
    assert lines[0].endswith("…")
