"""Contacts are dragged from a list to where they are taken: an event, its list of people, a place of the navigation.

The mouse is one way; each of these can be done from the keyboard as well.
"""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Sequence

from PySide6.QtCore import QByteArray, QEvent, QMimeData, QObject, QPoint, QRect, Qt, QTimer
from PySide6.QtGui import QDrag, QDropEvent, QFontMetrics, QPainter, QPaintEvent, QPixmap
from PySide6.QtWidgets import QAbstractScrollArea, QWidget

from alumnidesk.ui.look import Look
from alumnidesk.ui.widgets.chip import Chip, chip_width, paint_chip
from alumnidesk.ui.widgets.paint import frame
from alumnidesk.ui.words import tr_n

CONTACTS = f"application/x-alumnidesk-contacts-{os.getpid()}"
"""Another window of the program may have another file open, where the same numbers are other people."""
LINGER = 700
"""Milliseconds one holds them over a page's place until the page opens."""


def as_dragged(contacts: Sequence[int]) -> QMimeData:
    """What a drag of these contacts carries."""
    data = QMimeData()
    data.setData(CONTACTS, QByteArray(json.dumps(list(contacts)).encode()))
    return data


def drag_contacts(look: Look, source: QWidget, contacts: Sequence[int]) -> None:
    """Drag these contacts until they are dropped; the pointer carries how many they are."""
    if not contacts:
        return
    drag = QDrag(source)
    drag.setMimeData(as_dragged(contacts))
    drag.setPixmap(_how_many(look, source.devicePixelRatioF(), len(contacts)))
    drag.setHotSpot(QPoint(-look.px(12), -look.px(12)))
    drag.exec(Qt.DropAction.CopyAction)


def _how_many(look: Look, ratio: float, n: int) -> QPixmap:
    chip = Chip(tr_n("{n} contact", "{n} contacts", n), icon="contacts")
    width, height = chip_width(look, chip, QFontMetrics(look.font("small"))), look.px(24)
    drawn = QPixmap(round(width * ratio), round(height * ratio))
    drawn.setDevicePixelRatio(ratio)
    drawn.fill(Qt.GlobalColor.transparent)
    painter = QPainter(drawn)
    paint_chip(painter, look, chip, QRect(0, 0, width, height))
    frame(painter, QRect(0, 0, width, height), look.colour("line"), look.px(6))
    painter.end()
    return drawn


class TakesContacts(QObject):
    """Lets contacts be dropped on a widget, and draws a ring around where they would go.

    `place` says which part of the widget a point belongs to, an empty one where nothing is taken; `take` gets the
    contacts and the point; `lingered` is called when one holds them there for a while.
    """

    def __init__(
        self,
        look: Look,
        widget: QWidget,
        take: Callable[[Sequence[int], QPoint], object],
        place: Callable[[QPoint], QRect] | None = None,
        lingered: Callable[[], object] | None = None,
    ) -> None:
        super().__init__(widget)
        self._on: QWidget = widget.viewport() if isinstance(widget, QAbstractScrollArea) else widget
        self._take, self._place = take, place or (lambda point: self._on.rect())
        self._look = look
        self._ring: Ring | None = None
        self._linger = QTimer(self, singleShot=True, interval=LINGER)
        self._lingers = lingered is not None
        if lingered is not None:
            self._linger.timeout.connect(lingered)
        self._on.setAcceptDrops(True)
        self._on.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        kind = event.type()
        if kind == QEvent.Type.DragLeave:
            self._leave()
        elif isinstance(event, QDropEvent) and event.mimeData().hasFormat(CONTACTS):
            if kind == QEvent.Type.Drop:
                self._drop(event)
            else:
                self._aim(event)
            return True
        return False

    def _aim(self, event: QDropEvent) -> None:
        place = self._place(event.position().toPoint())
        if self._ring is None:
            self._ring = Ring(self._look, self._on)
        self._ring.show_at(place)
        if self._lingers and not self._linger.isActive() and event.type() == QEvent.Type.DragEnter:
            self._linger.start()
        # Where they are not taken one may still linger: Qt tells of no further moves where the first is declined.
        event.setDropAction(Qt.DropAction.IgnoreAction if place.isEmpty() else Qt.DropAction.CopyAction)
        event.accept()

    def _drop(self, event: QDropEvent) -> None:
        self._leave()
        point = event.position().toPoint()
        if self._place(point).isEmpty():
            event.ignore()
            return
        event.acceptProposedAction()
        contacts = [int(id) for id in json.loads(bytes(event.mimeData().data(CONTACTS).data()))]
        # The drag is not over before this event is: a dialog waits until then.
        QTimer.singleShot(0, self, lambda: self._take(contacts, point))

    def _leave(self) -> None:
        self._linger.stop()
        if self._ring is not None:
            self._ring.hide()


class Ring(QWidget):
    """Drawn around where contacts would go; in nobody's way."""

    def __init__(self, look: Look, parent: QWidget) -> None:
        super().__init__(parent)
        self._look = look
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.hide()

    def show_at(self, place: QRect) -> None:
        """Draw it around a part of the widget, or nowhere."""
        self.setGeometry(place)
        self.setVisible(not place.isEmpty())
        self.raise_()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        frame(painter, self.rect(), self._look.colour("accent"), self._look.px(6), 2)
