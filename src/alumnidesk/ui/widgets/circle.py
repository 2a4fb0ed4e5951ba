"""A circle with an icon or the initials of a person."""

from __future__ import annotations

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QBrush, QPainter, QPaintEvent, QPixmap, QTransform
from PySide6.QtWidgets import QWidget

from alumnidesk.ui.icons import paint_icon
from alumnidesk.ui.look import Look
from alumnidesk.ui.widgets.paint import fill, frame
from alumnidesk.ui.widgets.photo import square

TIMELINE, TASK, FIRST_START, PERSON = 32, 40, 48, 52
"""Diameters at 100 %."""


def paint_circle(
    painter: QPainter, look: Look, rect: QRect, *, icon: str = "", initials: str = "", tinted: bool = True
) -> None:
    """Paint a circle that fills `rect`; on the tint, or on the ground of a plain chip."""
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    fill(painter, rect, look.colour("tint" if tinted else "plain_ground"), rect.height() / 2)
    if look.palette.high and not tinted:
        frame(painter, rect, look.colour("plain"), rect.height() / 2)
    ink = look.colour("on_tint" if tinted else "plain")
    if icon:
        size = look.px(24 if rect.height() >= look.px(FIRST_START) else 20 if rect.height() > look.px(36) else 18)
        paint_icon(painter, icon, ink, rect.center().x() - size / 2 + 1, rect.center().y() - size / 2 + 1, size)
    else:
        painter.setFont(look.font(bold=True))
        painter.setPen(ink)
        painter.drawText(rect, Qt.AlignmentFlag.AlignCenter, initials)


class Circle(QWidget):
    """The same as a widget. It repeats what stands beside it, so screen readers skip it."""

    def __init__(self, look: Look, diameter: int, *, icon: str = "", tinted: bool = True) -> None:
        super().__init__()
        self._look, self._icon, self._initials, self._tinted = look, icon, "", tinted
        self._photo = QPixmap()
        self.setFixedSize(look.px(diameter), look.px(diameter))
        look.changed.connect(self.update)

    def show_initials(self, initials: str) -> None:
        """Show a person's initials."""
        self._icon, self._initials = "", initials
        self.update()

    def show_icon(self, icon: str) -> None:
        """Show an icon."""
        self._icon, self._initials = icon, ""
        self.update()

    def show_photo(self, data: bytes) -> None:
        """Show a photo in place of icon or initials; these again, if it is empty or cannot be decoded."""
        ratio = self.devicePixelRatioF()
        self._photo = square(data, round(self.width() * ratio)) if data else QPixmap()
        self._photo.setDevicePixelRatio(ratio)
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        if not self._photo.isNull():
            self._paint_photo(QPainter(self))
            return
        paint_circle(
            QPainter(self), self._look, self.rect(), icon=self._icon, initials=self._initials, tinted=self._tinted
        )

    def _paint_photo(self, painter: QPainter) -> None:
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        brush = QBrush(self._photo)
        ratio = self._photo.devicePixelRatio()
        brush.setTransform(QTransform.fromScale(1 / ratio, 1 / ratio))
        painter.setBrush(brush)
        painter.drawEllipse(self.rect())


def initials(name: str) -> str:
    """First letters of the first and the last word of a name: Anna Müller → AM."""
    parts = [part for part in name.split() if part[:1].isalnum()]
    if not parts:
        return ""
    return (parts[0][0] + (parts[-1][0] if len(parts) > 1 else "")).upper()
