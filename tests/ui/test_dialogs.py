"""Dialogs: as wide and as high as what stands in them, also when something appears later; Enter does the main thing."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit
from pytestqt.qtbot import QtBot

from alumnidesk.ui.look import Look
from alumnidesk.ui.widgets.dialog import Dialog
from alumnidesk.ui.widgets.label import Label


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
