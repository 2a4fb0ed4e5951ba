"""What screen readers are given in the place of what Qt would give them."""

from __future__ import annotations

from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QAbstractButton, QWidget
from pytestqt.qtbot import QtBot
from tests.ui.contacts_window import Contacts

from alumnidesk.ui.look import Look
from alumnidesk.ui.screen_readers import steady_areas
from alumnidesk.ui.widgets.scroller import Scroller
from alumnidesk.ui.widgets.tabs import Tabs


def ask(button: QAbstractButton, action: str) -> None:
    """Have a button do something as a screen reader does."""
    QAccessible.queryAccessibleInterface(button).actionInterface().doAction(action)


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


def test_a_place_that_is_toggled_is_gone_to(qtbot: QtBot, shown: Contacts) -> None:
    places = shown.window._navigation._places
    ask(places["events"], "Toggle")
    assert shown.window.current_name == "events"
    assert places["events"].isChecked()
    ask(places["events"], "Toggle")  # one is there already
    assert shown.window.current_name == "events"
    assert places["events"].isChecked()
    ask(places["contacts"], "Press")
    qtbot.waitUntil(lambda: shown.window.current_name == "contacts")  # it looks pressed for a moment
    assert places["contacts"].isChecked()
    assert not places["events"].isChecked()


def test_a_tab_is_chosen_once_however_it_is_asked(qtbot: QtBot, look: Look) -> None:
    tabs = Tabs(look, "States", (("open", "Open"), ("done", "Done"), ("all", "All")))
    qtbot.addWidget(tabs)
    chosen: list[str] = []
    tabs.chosen.connect(chosen.append)
    for number, (action, key) in enumerate([("Toggle", "done"), ("Press", "all"), ("Toggle", "open")]):
        ask(tabs._tabs[key], action)
        qtbot.waitUntil(lambda n=number: len(chosen) > n)  # what is pressed looks so for a moment
        assert (tabs.current, len(chosen), chosen[-1]) == (key, number + 1, key)
    tabs.go_to("all")
    assert (tabs.current, len(chosen)) == ("all", 3)
