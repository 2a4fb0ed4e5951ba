"""What screen readers are given in the place of what Qt would give them."""

from __future__ import annotations

from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from alumnidesk.ui.look import Look
from alumnidesk.ui.screen_readers import steady_areas
from alumnidesk.ui.widgets.scroller import Scroller


def test_an_area_is_asked_for_a_part_that_has_gone_meanwhile(qtbot: QtBot, look: Look) -> None:
    steady_areas()
    body = QWidget()
    body.setFixedHeight(look.px(2000))
    area = Scroller(look, "Anna Müller", body)
    qtbot.addWidget(area)
    area.resize(look.px(300), look.px(300))
    area.show()
    qtbot.waitUntil(area.verticalScrollBar().isVisible)
    heard = QAccessible.queryAccessibleInterface(area)
    counted = heard.childCount()
    body.setFixedHeight(look.px(20))
    qtbot.waitUntil(lambda: not area.verticalScrollBar().isVisible())
    assert heard.childCount() == counted  # otherwise the program would end below
    assert [heard.child(number) is not None for number in range(counted + 1)] == [True] * counted + [False]
    assert heard.text(QAccessible.Text.Name) == "Anna Müller"
