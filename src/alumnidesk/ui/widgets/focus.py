"""Where the keyboard focus is, and the way it goes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import pairwise
from typing import cast

from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QTextCursor
from PySide6.QtWidgets import QApplication, QGridLayout, QLayout, QLineEdit, QPlainTextEdit, QWidget


def follow_the_eye(area: QWidget) -> None:
    """Make Tab go through an area as one reads it: in the order of its layouts, whenever their widgets were made."""
    layout = area.layout()
    stops = list(_stops(layout)) if layout is not None else []
    for before, after in pairwise(stops):
        QWidget.setTabOrder(before, after)


def go_on_to(area: QWidget, before: QWidget | None = None) -> None:
    """Make Tab come to an area right behind another one; without that behind everything there is in the window."""
    others = (one for one in _backwards(area.window()) if _is_stop(one) and not area.isAncestorOf(one))
    here = next((one for one in others if before is None or before.isAncestorOf(one)), None)
    for stop in filter(_is_stop, area.findChildren(QWidget)):
        if here is not None:
            QWidget.setTabOrder(here, stop)
        here = stop


def _backwards(head: QWidget) -> Iterator[QWidget]:
    """All widgets of a window, the last one that Tab comes to first."""
    here = head.previousInFocusChain()
    while here is not None and here is not head:
        yield here
        here = here.previousInFocusChain()


def _is_stop(widget: QWidget) -> bool:
    return bool(widget.focusPolicy() & Qt.FocusPolicy.TabFocus) and widget.focusProxy() is None


def _stops(layout: QLayout) -> Iterator[QWidget]:
    places: Iterable[int] = range(layout.count())
    if isinstance(layout, QGridLayout):
        places = sorted(places, key=lambda place: cast(tuple[int, ...], layout.getItemPosition(place))[:2])
    for place in places:
        item = layout.itemAt(place)
        widget = item.widget() if item is not None else None
        inner = widget.layout() if widget is not None else item.layout() if item is not None else None
        if widget is not None and _is_stop(widget):
            yield widget
        if inner is not None:
            yield from _stops(inner)


def inside(widget: QObject | None, area: QObject) -> bool:
    """Does a widget (or the list that drops down from it) belong to an area?"""
    while widget is not None:
        if widget is area:
            return True
        widget = widget.parent()
    return False


def go_behind_the_text() -> None:
    """Where one types now, go on behind what stands there."""
    editor = QApplication.focusWidget()
    if isinstance(editor, QLineEdit):
        editor.end(False)
    elif isinstance(editor, QPlainTextEdit):
        editor.moveCursor(QTextCursor.MoveOperation.End)
