"""What changes the file: where that may only be read it is out of reach and says why.

The window holds everything in it, with the reason in words (`hold`); each widget that changes something asks for that
reason when it is shown, so that no page has to know.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QWidget

_WHY = "why nothing can be changed"
"""The property of a window that has the reason."""
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


def why_not(widget: QWidget) -> str:
    """Why nothing can be changed in the window of a widget; empty if it can."""
    return str(widget.window().property(_WHY) or "")


def hold(window: QWidget, why: str) -> None:
    """Put all that changes something in a window out of reach, for this reason; an empty one gives it back."""
    window.setProperty(_WHY, why)
    for widget in window.findChildren(QWidget):
        if isinstance(widget, Changing):
            widget.heed()
