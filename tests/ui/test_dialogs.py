"""Dialogs: as wide and as high as what stands in them, also when something appears later; Enter does the main thing."""

from __future__ import annotations

from itertools import pairwise

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from alumnidesk.ui.look import Look
from alumnidesk.ui.widgets.dialog import Dialog
from alumnidesk.ui.widgets.fields import LineField
from alumnidesk.ui.widgets.form import Form
from alumnidesk.ui.widgets.label import Label
from alumnidesk.ui.widgets.lines import Column, LinesTable
from alumnidesk.ui.widgets.list_table import TWO_LINES, ListTable


def test_a_dialog_is_as_wide_as_its_widest_line(qtbot: QtBot, look: Look) -> None:
    dialog = Dialog(look, "Head")
    line = Label(look, "A line of words that is a good deal wider than a dialog is by itself, and does not break")
    dialog.column.addWidget(line)
    qtbot.addWidget(dialog)
    dialog.show()
    assert line.visibleRegion().boundingRect().width() >= line.sizeHint().width()


def test_a_dialog_grows_with_what_appears_in_it(qtbot: QtBot, look: Look) -> None:
    dialog = Dialog(look, "Head")
    late = Label(look, "\n".join(f"Line {n}" for n in range(10)))
    dialog.column.addWidget(late)
    late.hide()
    qtbot.addWidget(dialog)
    dialog.show()
    late.show()
    qtbot.waitUntil(lambda: late.visibleRegion().boundingRect().height() == late.sizeHint().height())


def test_enter_presses_the_main_button_wherever_the_keyboard_stands(qtbot: QtBot, look: Look) -> None:
    pressed: list[str] = []
    dialog = Dialog(look, "Head")
    line = QLineEdit()
    dialog.column.addWidget(line)
    cancel = dialog.choose("Cancel", clicked=lambda: pressed.append("cancel"))
    main = dialog.choose("Save", main=True, clicked=lambda: pressed.append("save"))
    qtbot.addWidget(dialog)
    dialog.show()
    for stands in (line, main, cancel):
        QTest.keyClick(stands, Qt.Key.Key_Return)
    main.setEnabled(False)
    QTest.keyClick(line, Qt.Key.Key_Return)
    assert pressed == ["save", "save", "cancel"]


def test_a_dialog_is_no_higher_than_its_words(qtbot: QtBot, look: Look) -> None:
    dialog = Dialog(look, "Head")
    dialog.column.addWidget(Label(look, "One line"))
    dialog.choose("Close", main=True)
    qtbot.addWidget(dialog)
    dialog.show()
    assert dialog._body.height() == dialog._body.heightForWidth(dialog._body.width())


@pytest.mark.parametrize(("lines", "lower", "scrolls"), [(2, False, False), (8, True, False), (40, False, True)])
def test_on_a_low_screen_a_list_gets_lower_before_the_dialog_scrolls_and_nothing_else_does(
    qtbot: QtBot, look: Look, lines: int, lower: bool, scrolls: bool
) -> None:
    dialog, form, inner = Dialog(look, "Head"), Form(look), QWidget()
    table = LinesTable((Column[int]("name", "Name", str),), lambda ids, deliver: deliver(ids), dialog)
    shown = ListTable(look, table, "Numbers", row=TWO_LINES)
    table.show(range(100))
    shown.wish(400)
    QVBoxLayout(inner).addWidget(shown)
    dialog.column.addWidget(inner)
    fields = [form.add(LineField(look, f"field {n}", f"Field {n}")) for n in range(3)]
    dialog.column.addWidget(form)
    said = Label(look, "\n".join(f"Line {n}" for n in range(lines)))
    dialog.column.addWidget(said)
    qtbot.addWidget(dialog)
    dialog.show()
    QApplication.processEvents()
    assert dialog.height() < dialog.screen().availableSize().height()
    assert (shown.height() < 400) is lower
    assert shown.height() >= shown.minimumSizeHint().height()
    assert bool(dialog._body.verticalScrollBar().maximum()) is scrolls
    assert [field.height() for field in fields] == [field.sizeHint().height() for field in fields]
    assert all(one.geometry().bottom() < other.y() for one, other in pairwise(fields))
    assert said.height() == said.sizeHint().height()
    said.hide()
    qtbot.waitUntil(lambda: shown.height() == 400, timeout=2000)
