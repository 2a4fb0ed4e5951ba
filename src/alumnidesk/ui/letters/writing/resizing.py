"""The corner by which a picture or a QR code is pulled to its width; it is seen as wide as it is printed.

From the keyboard the same is “Change this …” in the tools.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QColor, QFontMetricsF, QPainter

from alumnidesk.domain.letter_text import CENTRE, RIGHT, Code, Picture
from alumnidesk.ui.letters.writing.conversion import object_of
from alumnidesk.ui.letters.writing.dialogs import LARGEST_CODE, LEAST, WIDEST
from alumnidesk.ui.letters.writing.formats import CODE, PICTURE, align_of, fragments
from alumnidesk.ui.letters.writing.words import Words
from alumnidesk.ui.palettes import LIGHT
from alumnidesk.ui.widgets.paint import fill, frame
from alumnidesk.ui.words import tr

HANDLE, REACH = 10, 24
"""Sides at 100 % of the square that is seen, and of that which takes the pointer."""


@dataclass(frozen=True, slots=True)
class Placed:
    """A picture or a code, and where it is painted."""

    what: Picture | Code
    rect: QRectF

    @property
    def corner(self) -> QPointF:
        """The corner that moves when it gets wider."""
        return self.rect.bottomLeft() if self.what.align == RIGHT else self.rect.bottomRight()


class Resizing:
    """For one text; `change` gives the picture beside the cursor another width, and whether that goes on a change
    that was begun, so that one pull is one step of undo."""

    def __init__(self, text: Words, change: Callable[[Picture | Code, bool], object]) -> None:
        self._text, self._change = text, change
        self._pulled: Placed | None = None
        self._begun = False

    def here(self) -> Placed | None:
        """The picture or the code beside which the cursor stands."""
        cursor = self._text.textCursor()
        block = cursor.block()
        for fragment in fragments(block):
            form = fragment.charFormat()
            if form.objectType() not in (PICTURE, CODE) or cursor.hasSelection():
                continue
            made = object_of(form, align_of(block.blockFormat()), "")
            layout = block.layout()
            line = layout.lineForTextPosition(fragment.position() - block.position())
            if isinstance(made, Picture | Code) and line.isValid():
                size = self._text.painted.intrinsicSize(self._text.document(), fragment.position(), form)
                x = layout.position().x() + line.naturalTextRect().x()
                y = layout.position().y() + line.y() + line.ascent() - size.height()
                return Placed(made, QRectF(QPointF(x, y), size))
        return None

    def reaches(self, point: QPointF) -> bool:
        """Is the pointer at the corner?"""
        placed, reach = self.here(), self._text.look.px(REACH) / 2
        if placed is None:
            return False
        away = point - placed.corner
        return abs(away.x()) <= reach and abs(away.y()) <= reach

    @property
    def pulling(self) -> bool:
        """Is the corner being pulled?"""
        return self._pulled is not None

    def begin(self) -> None:
        """The corner is taken."""
        self._pulled, self._begun = self.here(), False

    def pull(self, point: QPointF) -> None:
        """The corner is pulled to here."""
        now = self.here()
        if self._pulled is None or now is None:
            return
        what, millimetre = now.what, self._text.paper.mm(1)
        if what.align == CENTRE:
            wide = 2 * abs(point.x() - now.rect.center().x())
        else:
            wide = now.rect.right() - point.x() if what.align == RIGHT else point.x() - now.rect.left()
        most = LARGEST_CODE if isinstance(what, Code) else WIDEST
        width = min(max(round(wide / millimetre), LEAST), most)
        made = replace(what, size=width) if isinstance(what, Code) else replace(what, width=width)
        if made != what:
            self._change(made, self._begun)
            self._begun = True

    def end(self) -> None:
        """The corner is let go."""
        self._pulled = None

    def paint(self, painter: QPainter) -> None:
        """A frame around the picture, its corner, and while that is pulled how wide it is."""
        if (placed := self.here()) is None or not self._text.hasFocus():
            return
        look, ink = self._text.look, QColor(LIGHT.accent)
        frame(painter, placed.rect, ink, 0)
        square = QRectF(0, 0, look.px(HANDLE), look.px(HANDLE))
        square.moveCenter(placed.corner)
        fill(painter, square, ink, look.px(2))
        frame(painter, square, QColor(LIGHT.page), look.px(2))
        if self._pulled is not None:
            wide = placed.what.size if isinstance(placed.what, Code) else placed.what.width
            self._say(painter, placed.rect, tr("{n} mm", n=wide))

    def _say(self, painter: QPainter, rect: QRectF, words: str) -> None:
        look = self._text.look
        font = look.font("small", bold=True)
        metrics = QFontMetricsF(font)
        place = QRectF(0, 0, metrics.horizontalAdvance(words) + look.px(12), metrics.height() + look.px(4))
        place.moveTopLeft(rect.topLeft() + QPointF(look.px(4), look.px(4)))
        fill(painter, place, QColor(LIGHT.accent), look.px(4))
        painter.setFont(font)
        painter.setPen(QColor(LIGHT.on_accent))
        painter.drawText(place.topLeft() + QPointF(look.px(6), look.px(2) + metrics.ascent()), words)
