"""Small strokes of the brush that several widgets share."""

from __future__ import annotations

from PySide6.QtCore import QRect, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen
from PySide6.QtWidgets import QWidget


def fill(painter: QPainter, rect: QRect | QRectF, colour: QColor, radius: float) -> None:
    """Fill a rectangle with round corners."""
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(colour)
    painter.drawRoundedRect(rect, radius, radius)


def frame(painter: QPainter, rect: QRect | QRectF, colour: QColor, radius: float, width: float = 1) -> None:
    """A frame of `width` pixels just inside a rectangle with round corners."""
    half = width / 2
    painter.setPen(QPen(colour, width))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    inner = max(radius - half, 0)
    painter.drawRoundedRect(QRectF(rect).adjusted(half, half, -half, -half), inner, inner)


def mirrored(widget: QWidget, place: QRect, within: QRect | None = None) -> QRect:
    """A place in a widget, or in a part of it, at the other side where one reads from right to left."""
    if widget.layoutDirection() != Qt.LayoutDirection.RightToLeft:
        return place
    whole = widget.rect() if within is None else within  # QStyle knows this too, and would be 3 % of the start
    return QRect(whole.left() + whole.right() - place.right(), place.top(), place.width(), place.height())
