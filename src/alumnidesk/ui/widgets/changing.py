"""What changes the file: where that may only be read it is out of reach and says why.

The window holds everything in it, with the reason in words (`hold`); each widget that changes something asks for that
reason when it is shown, so that no page has to know.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtGui import QAction, QShowEvent
from PySide6.QtWidgets import QMenu, QWidget

_WHY = "why nothing can be changed"
"""The property of a window that has the reason."""
_DEED = "changes the file"
"""The property of an entry of a menu that does."""
if TYPE_CHECKING:
    _Mixed = QWidget
else:
    _Mixed = object


class Changing(_Mixed):
    """Part of a widget that changes the file, if `changes` says so; such a widget implements `held`."""

    changes = False
    why = ""
    """Why it cannot be used now."""
    _said: tuple[str, str] | None = None
    """While it says why: what it said before."""

    def held(self, why: str) -> None:
        """From now on nothing can be changed, and why; an empty text: again it can."""

    def explain(self, why: str) -> None:
        """Say the reason beside the pointer and to screen readers; with an empty text, what was said before."""
        if self._said is None:
            self._said = self.toolTip(), self.accessibleDescription()
        hint, description = (why, why) if why else self._said
        self.setToolTip(hint)
        self.setAccessibleDescription(description)
        if not why:
            self._said = None

    def heed(self) -> None:
        """Follow what holds in its window."""
        why = why_not(self) if self.changes else ""
        if why != self.why:
            self.why = why
            self.held(why)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.heed()


class ChangingMenu(Changing, QMenu):
    """A menu in which some entries change the file and others do not."""

    changes = True

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setToolTipsVisible(True)

    def add_deed(self, text: str, does: Callable[[], object]) -> QAction:
        """An entry that changes the file."""
        action = self.addAction(text, does)
        action.setProperty(_DEED, True)
        return action

    def held(self, why: str) -> None:
        for action in self.actions():
            if action.property(_DEED):
                hold_action(action, why)


def why_not(widget: QWidget) -> str:
    """Why nothing can be changed in the window of a widget, or in the one before which its dialog stands; empty if it
    can."""
    at: QWidget | None = widget
    while at is not None:
        if why := at.property(_WHY):
            return str(why)
        at = at.parentWidget()
    return ""


def hold_action(action: QAction, why: str) -> None:
    """Put an action out of reach for this reason, which its menus show; an empty one gives it back."""
    action.setEnabled(not why)
    action.setToolTip(why)  # without one Qt takes its text


def hold(window: QWidget, why: str) -> None:
    """Put all that changes something in a window out of reach, for this reason; an empty one gives it back."""
    window.setProperty(_WHY, why)
    for widget in window.findChildren(QWidget):
        if isinstance(widget, Changing):
            widget.heed()
