"""What screen readers are given in the place of what Qt would give them."""

from __future__ import annotations

from PySide6 import QtGui, QtWidgets
from PySide6.QtCore import QObject

_SCROLLING = ("QScrollArea", "QAbstractScrollArea")


def steady_areas() -> None:
    """What scrolls stands the question for a part that has just gone.

    A screen reader counts the parts of an area and asks for one after the other. When the scroll bar went meanwhile,
    as beside the list when another contact is chosen, Qt's own answer reaches behind the end of the parts, and the
    program ends at once (Qt 6.12, `QAccessibleAbstractScrollArea::child`). As a plain widget the area looks first.

    To be called once, after the QApplication and before the first window; costs nothing while nobody listens.
    """
    QtGui.QAccessible.installFactory(_plain_area)  # named only here, see `Notices.say`


def _plain_area(kind: str, thing: QObject) -> QtGui.QAccessibleInterface | None:
    """Called with each class of a thing, the nearest first; None leaves it to Qt."""
    if kind in _SCROLLING and isinstance(thing, QtWidgets.QWidget):
        return QtWidgets.QAccessibleWidget(thing, QtGui.QAccessible.Role.Client)
    return None
