"""What is painted among the words of a letter: placeholders as chips, pictures, codes, the signature, a new page."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from PySide6.QtCore import QObject, QPointF, QRect, QRectF, QSizeF, Qt
from PySide6.QtGui import (
    QColor,
    QFont,
    QFontMetricsF,
    QImage,
    QPainter,
    QPen,
    QPyTextObject,
    QTextDocument,
    QTextFormat,
)

from alumnidesk.domain.letter_text import HEADING, NORMAL
from alumnidesk.ui.icons import paint_icon
from alumnidesk.ui.letters.writing.formats import (
    CHIP,
    CODE,
    FILE,
    NAME,
    NEW_PAGE,
    OBJECTS,
    PICTURE,
    SAYS,
    SIGNATURE,
    WIDTH,
    look_of,
    size_of,
)
from alumnidesk.ui.letters.writing.paper_look import POINTS, PaperLook
from alumnidesk.ui.look import Look
from alumnidesk.ui.palettes import LIGHT
from alumnidesk.ui.widgets.paint import fill, frame
from alumnidesk.ui.words import tr

_PADDING = 5
_SHARP = 8
"""Pixels of a module."""
_SIGNATURE = 15.0
"""Millimetres of height."""


class Painted(QPyTextObject):
    """Paints the characters of `formats.OBJECTS` of all documents it is registered with (`serve`).

    On paper, which is white in every palette.
    """

    def __init__(self, look: Look, paper: PaperLook, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._look, self._paper = look, paper
        self.words_of: Callable[[str], str] = str
        """What stands on the chip of a placeholder."""
        self.is_known: Callable[[str], bool] = lambda name: True
        self.image_of: Callable[[str], QImage | None] = lambda key: None
        self.code_of: Callable[[str, int], QImage | None] = lambda says, size: None
        self.signature: QImage | None = None

    def serve(self, document: QTextDocument) -> None:
        """Paint in this document too."""
        for kind in OBJECTS:
            document.documentLayout().registerHandler(kind, self)

    # Size ------------------------------------------------------------------------------------------------------

    def intrinsicSize(self, document: QTextDocument, position: int, form: QTextFormat) -> QSizeF:
        kind = form.objectType()
        room = max(document.textWidth() - 2 * document.documentMargin(), 40)
        if kind == CHIP:
            metrics = QFontMetricsF(_font(document, position, form))
            width = metrics.horizontalAdvance(self.words_of(form.stringProperty(NAME))) + 2 * self._look.px(_PADDING)
            return QSizeF(min(width + 2, room), metrics.height())
        if kind == PICTURE:
            width = min(self._paper.mm(form.intProperty(WIDTH)), room)
            image = self.image_of(form.stringProperty(FILE))
            return QSizeF(width, width * image.height() / image.width() if image is not None else width * 0.6)
        if kind == CODE:
            side = self._paper.mm(form.intProperty(WIDTH))
            return QSizeF(side, side)
        if kind == SIGNATURE:
            height = self._paper.mm(_SIGNATURE)
            if self.signature is not None:
                return QSizeF(min(height * self.signature.width() / self.signature.height(), room), height)
            return QSizeF(min(self._paper.mm(60), room), height)
        return QSizeF(room, self._look.px(28))

    # Painting --------------------------------------------------------------------------------------------------

    def drawObject(
        self, painter: QPainter, rect: QRectF | QRect, document: QTextDocument, position: int, form: QTextFormat
    ) -> None:
        rect = QRectF(rect)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        kind = form.objectType()
        if kind == CHIP:
            self._chip(painter, rect, form, _font(document, position, form))
        elif kind == PICTURE:
            self._picture(painter, rect, self.image_of(form.stringProperty(FILE)))
        elif kind == CODE:
            self._code(painter, rect, self.code_of(form.stringProperty(SAYS), form.intProperty(WIDTH)))
        elif kind == SIGNATURE:
            self._signature(painter, rect)
        elif kind == NEW_PAGE:
            self._new_page(painter, rect)
        painter.restore()

    def _chip(self, painter: QPainter, rect: QRectF, form: QTextFormat, font: QFont) -> None:
        name = form.stringProperty(NAME)
        known = self.is_known(name)
        ink, ground = (LIGHT.on_tint, LIGHT.match) if known else (LIGHT.bad, LIGHT.bad_ground)
        inner = rect.adjusted(1, 0, -1, 0)
        fill(painter, inner, QColor(ground), self._look.px(4))
        if self._look.palette.high or not known:
            frame(painter, inner, QColor(ink), self._look.px(4))
        metrics = QFontMetricsF(font)
        pad = self._look.px(_PADDING)
        text = metrics.elidedText(self.words_of(name), Qt.TextElideMode.ElideRight, inner.width() - 2 * pad + 1)
        painter.setFont(font)
        painter.setPen(QColor(ink))
        painter.drawText(inner.topLeft() + QPointF(pad, metrics.ascent()), text)

    def _picture(self, painter: QPainter, rect: QRectF, image: QImage | None) -> None:
        if image is not None:
            painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
            painter.drawImage(rect, image)
        else:
            self._box(painter, rect, tr("Picture"), "document")

    def _code(self, painter: QPainter, rect: QRectF, code: QImage | None) -> None:
        if code is not None:
            painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
            painter.drawImage(rect, code)
        else:
            self._box(painter, rect, tr("QR code"), "qr")

    def _signature(self, painter: QPainter, rect: QRectF) -> None:
        if self.signature is not None:
            painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
            painter.drawImage(rect, self.signature)
        else:
            self._box(painter, rect, tr("Signature"), "signature")

    def _box(self, painter: QPainter, rect: QRectF, words: str, icon: str) -> None:
        """Where something will be printed: its kind with an icon, if there is room the word too."""
        fill(painter, rect, QColor(LIGHT.panel), self._look.px(4))
        painter.setPen(QPen(QColor(LIGHT.field), 1, Qt.PenStyle.DashLine))
        painter.drawRoundedRect(rect.adjusted(0.5, 0.5, -0.5, -0.5), self._look.px(4), self._look.px(4))
        size = self._look.px(20)
        font = self._look.font("small")
        wide = QFontMetricsF(font).horizontalAdvance(words)
        shown = wide + self._look.px(8) < rect.width() and rect.height() > 2.4 * size
        middle = rect.center()
        top = middle.y() - (size if shown else size / 2)
        paint_icon(painter, icon, QColor(LIGHT.text2), middle.x() - size / 2, top, size)
        if shown:
            painter.setFont(font)
            painter.setPen(QColor(LIGHT.text2))
            place = QRectF(rect.x(), top + size, rect.width(), size * 1.2)
            painter.drawText(place, Qt.AlignmentFlag.AlignCenter, words)

    def _new_page(self, painter: QPainter, rect: QRectF) -> None:
        font = self._look.font("small")
        words = tr("New page")
        wide = QFontMetricsF(font).horizontalAdvance(words) + self._look.px(16)
        y, middle = rect.center().y(), rect.center().x()
        painter.setPen(QPen(QColor(LIGHT.field), 1, Qt.PenStyle.DashLine))
        painter.drawLine(rect.topLeft() + QPointF(0, rect.height() / 2), QPointF(middle - wide / 2, y))
        painter.drawLine(QPointF(middle + wide / 2, y), rect.topRight() + QPointF(0, rect.height() / 2))
        painter.setFont(font)
        painter.setPen(QColor(LIGHT.text2))
        painter.drawText(rect, Qt.AlignmentFlag.AlignCenter, words)


def drawn(code: Sequence[bytes]) -> QImage:
    """A QR code of these modules; so large that it stays sharp at any size."""
    side = len(code)
    shades = b"".join(bytes(0 if dark else 255 for dark in row) for row in code)
    image = QImage(shades, side, side, side, QImage.Format.Format_Grayscale8)
    return image.scaled(side * _SHARP, side * _SHARP)  # by repeating pixels


def said(form: QTextFormat, words_of: Callable[[str], str]) -> str:
    """What a screen reader is told of a painted character."""
    names: Mapping[int, str] = {
        PICTURE: tr("Picture"),
        CODE: tr("QR code"),
        SIGNATURE: tr("Signature"),
        NEW_PAGE: tr("New page"),
    }
    if form.objectType() == CHIP:
        return tr("Placeholder {name}", name=words_of(form.stringProperty(NAME)))
    return names.get(form.objectType(), "")


def _font(document: QTextDocument, position: int, form: QTextFormat) -> QFont:
    """The font of the words around."""
    look = look_of(form.toCharFormat())
    font = QFont(document.defaultFont())
    size = size_of(document.findBlock(position).blockFormat())
    font.setPointSizeF(font.pointSizeF() * POINTS[size] / POINTS[NORMAL])
    font.setBold(look.bold or size == HEADING or font.bold())
    font.setItalic(look.italic)
    font.setUnderline(look.underlined)
    return font
