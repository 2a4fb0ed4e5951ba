"""What changes the file is out of reach where that may only be read, says why, and comes back as it was."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from alumnidesk.ui.look import Look
from alumnidesk.ui.widgets.buttons import OutlinedButton
from alumnidesk.ui.widgets.changing import hold

WHY, OTHER = "This file may only be read", "The stick is full"


@pytest.fixture
def room(qtbot: QtBot) -> QWidget:
    """A window with room for widgets."""
    room = QWidget()
    QVBoxLayout(room)
    qtbot.addWidget(room)
    room.show()
    return room


def put(room: QWidget, widget: QWidget) -> None:
    column = room.layout()
    assert column is not None
    column.addWidget(widget)
    widget.show()


def test_a_button_says_again_what_it_said_before_it_could_not_be_pressed(room: QWidget, look: Look) -> None:
    button = OutlinedButton(look, "Change", changes=True)
    button.setToolTip("Anna’s address")
    button.setAccessibleDescription("Anna lives there")
    put(room, button)
    for why in (WHY, OTHER):
        hold(room, why)
        assert (button.isEnabled(), button.toolTip(), button.accessibleDescription()) == (False, why, why)
    hold(room, "")
    said = button.isEnabled(), button.toolTip(), button.accessibleDescription()
    assert said == (True, "Anna’s address", "Anna lives there")
