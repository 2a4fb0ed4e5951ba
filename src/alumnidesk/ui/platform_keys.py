"""Keys of a Mac that are not those of other systems. Qt itself takes its ⌘ for Ctrl."""

from __future__ import annotations

import sys
from collections.abc import Mapping
from types import MappingProxyType

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent

_ON_A_MAC: Mapping[str, str] = MappingProxyType({"Del": "Ctrl+Backspace", "Ctrl+H": "Ctrl+Shift+H"})
"""Its notebooks have no key Del, and ⌘H hides every program."""


def key_here(key: str, platform: str = sys.platform) -> str:
    """The key for what `key` does elsewhere; `platform` as in `sys`."""
    return _ON_A_MAC.get(key, key) if platform == "darwin" else key


def takes_away(event: QKeyEvent, platform: str = sys.platform) -> bool:
    """Whether a key takes away what one stands on in a list: Del, and on a Mac the key above Return, also with ⌘."""
    modifier = Qt.KeyboardModifier
    if platform == "darwin" and event.key() == Qt.Key.Key_Backspace:
        return not event.modifiers() & ~modifier.ControlModifier
    return event.key() == Qt.Key.Key_Delete and not event.modifiers() & ~(
        modifier.KeypadModifier | modifier.ShiftModifier
    )
