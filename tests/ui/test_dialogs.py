"""Dialogs: as wide and as high as what stands in them, also when something appears later."""

from __future__ import annotations

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
