"""The calendar from which a day is picked."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

import pytest
from PySide6.QtCore import QDate
from PySide6.QtWidgets import QApplication, QTableView, QToolButton
from pytestqt.qtbot import QtBot

from alumnidesk.ui.look import Look
from alumnidesk.ui.palettes import PALETTES
from alumnidesk.ui.widgets.month import Month
from alumnidesk.ui.words import set_language


@pytest.fixture(autouse=True)
def english() -> Iterator[None]:
    yield
    set_language("en")


@pytest.mark.parametrize(
    ("code", "month", "first"), [("de", "Dezember", 1), ("en", "December", 1), ("sv", "december", 1)]
)
def test_it_speaks_the_language_of_the_window_and_begins_on_monday(
    qtbot: QtBot, look: Look, code: str, month: str, first: int
) -> None:
    set_language(code)
    shown = Month(look)
    qtbot.addWidget(shown)
    shown.setSelectedDate(QDate(2026, 12, 12))
    buttons = {button.objectName(): button for button in shown.findChildren(QToolButton)}
    assert buttons["qt_calendar_monthbutton"].text() == month
    assert shown.firstDayOfWeek().value == first
    assert all(button.accessibleName() for button in buttons.values())


@pytest.mark.parametrize("palette", sorted(PALETTES))
def test_the_chosen_day_is_filled_and_no_day_is_red(qtbot: QtBot, qapp: QApplication, palette: str) -> None:
    look = Look(qapp, palette=palette)
    shown = Month(look)
    qtbot.addWidget(shown)
    shown.setSelectedDate(QDate(2026, 12, 12))
    shown.show()
    QApplication.processEvents()
    view = shown.findChild(QTableView)
    assert view is not None
    image = view.grab().toImage()
    colours = Counter(image.pixelColor(x, y).name() for x in range(image.width()) for y in range(image.height()))
    assert colours[look.colour("accent").name()] > 500
    assert "#ff0000" not in colours
