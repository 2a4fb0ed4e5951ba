"""What a Mac's keyboard lacks or keeps for itself has another key there."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent, QKeySequence

from alumnidesk.ui.actions import ACTIONS, Actions
from alumnidesk.ui.look import Look
from alumnidesk.ui.platform_keys import key_here, takes_away

DEL, BACKSPACE = Qt.Key.Key_Delete, Qt.Key.Key_Backspace
NONE, CTRL, KEYPAD = (
    Qt.KeyboardModifier.NoModifier,
    Qt.KeyboardModifier.ControlModifier,
    Qt.KeyboardModifier.KeypadModifier,
)
OF_THE_SYSTEM = {"Ctrl+H", "Ctrl+M", "Ctrl+Space", "Ctrl+Tab", "Ctrl+`", "Ctrl+Shift+Q", "Ctrl+Shift+3", "Ctrl+Shift+4"}
"""Hide, minimise, search, other program, other window, log out, pictures (Apple, "Mac keyboard shortcuts")."""


def test_no_action_has_a_key_that_a_mac_keeps_for_itself_and_none_shares_its_key() -> None:
    keys = [key_here(key, "darwin") for spec in ACTIONS for key in {spec.key, spec.key_too} if key]
    assert not OF_THE_SYSTEM & set(keys)
    once = {key for spec in ACTIONS for key in (spec.key, spec.key_too) if key}
    assert len({key_here(key, "darwin") for key in once}) == len(once)


def test_elsewhere_the_keys_are_as_declared(look: Look) -> None:
    actions = Actions(look)
    assert actions["contacts.delete"].shortcut() == QKeySequence(key_here("Del"))
    assert [key_here(key, "linux") for key in ("Del", "Ctrl+H")] == ["Del", "Ctrl+H"]
    actions.deleteLater()


@pytest.mark.parametrize(
    ("key", "modifiers", "platform", "does"),
    [
        (DEL, NONE, "win32", True), (DEL, KEYPAD, "win32", True), (DEL, CTRL, "win32", False),
        (BACKSPACE, NONE, "win32", False), (BACKSPACE, NONE, "darwin", True), (BACKSPACE, CTRL, "darwin", True),
        (DEL, NONE, "darwin", True),
    ],
)  # fmt: skip
def test_what_one_stands_on_is_taken_away_with_the_key_that_there_is(
    key: Qt.Key, modifiers: Qt.KeyboardModifier, platform: str, does: bool
) -> None:
    assert takes_away(QKeyEvent(QEvent.Type.KeyPress, key, modifiers), platform) == does
