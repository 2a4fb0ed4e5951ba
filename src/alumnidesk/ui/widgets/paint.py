"""Small strokes of the brush that several widgets share."""

from __future__ import annotations

from PySide6.QtCore import QRect, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen
from PySide6.QtWidgets import QStyle, QWidget


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


def mirrored(widget: QWidget, place: QRect) -> QRect:
    """A place in a widget, at the other side where one reads from right to left."""
    return QStyle.visualRect(widget.layoutDirection(), widget.rect(), place)
