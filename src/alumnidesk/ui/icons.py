"""The icon set of `resources/icons`, drawn in any colour and size, sharp on every screen.

The stroke stays 1.6 pixels at every size; its width in the drawing is worked out for the size asked for.
"""

from __future__ import annotations

from functools import lru_cache

from PySide6.QtCore import QByteArray, QRectF, Qt
from PySide6.QtGui import QColor, QIcon, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer
from PySide6.QtWidgets import QApplication

from alumnidesk.places import bundled
from alumnidesk.ui.look import Look

GRID = 24
STROKE = 1.6


def icon(look: Look, name: str, role: str = "text2", size: int = 20) -> QIcon:
    """The icon for Qt's own controls (menus, fields); `size` at 100 %. Made anew when the palette changes."""
    application = QApplication.instance()
    ratio = application.devicePixelRatio() if isinstance(application, QApplication) else 1.0
    made = QIcon(pixmap(name, look.colour(role).rgba(), look.px(size), ratio))
    made.addPixmap(pixmap(name, look.colour("field").rgba(), look.px(size), ratio), QIcon.Mode.Disabled)
    return made


def paint_icon(painter: QPainter, name: str, colour: QColor, x: float, y: float, size: int) -> None:
    """Paint the icon with its upper left corner at `x`, `y`, `size` pixels wide and high."""
    # The transform tells the screen's ratio; asking for the device would load every class that can be one (20 ms).
    drawn = pixmap(name, colour.rgba(), size, painter.deviceTransform().m11())
    painter.drawPixmap(round(x), round(y), drawn)


@lru_cache(maxsize=512)
def pixmap(name: str, rgba: int, size: int, ratio: float) -> QPixmap:
    """The icon as a picture of `size` logical pixels for a screen of `ratio` device pixels each."""
    drawing = _source(name).replace("currentColor", QColor.fromRgba(rgba).name())
    drawing = drawing.replace(f'stroke-width="{STROKE}"', f'stroke-width="{STROKE * GRID / size:.3f}"')
    side = round(size * ratio)
    picture = QPixmap(side, side)
    picture.fill(Qt.GlobalColor.transparent)
    painter = QPainter(picture)
    QSvgRenderer(QByteArray(drawing.encode())).render(painter, QRectF(0, 0, side, side))
    painter.end()
    picture.setDevicePixelRatio(ratio)
    return picture


@lru_cache(maxsize=128)
def _source(name: str) -> str:
    return (bundled("resources") / "icons" / f"{name}.svg").read_text("utf-8")
