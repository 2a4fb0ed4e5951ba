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
    head = area.window()
    here = head.previousInFocusChain()
    while here is not head and not (_is_stop(here) and _belongs(here, before) and not area.isAncestorOf(here)):
        here = here.previousInFocusChain()
    for stop in [widget for widget in area.findChildren(QWidget) if _is_stop(widget)] if here is not head else ():
        QWidget.setTabOrder(here, stop)
        here = stop


def _belongs(widget: QWidget, area: QWidget | None) -> bool:
    return area is None or area.isAncestorOf(widget)


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
