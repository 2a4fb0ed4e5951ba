"""A letter on the desk: its pages to scale, the envelope's window dashed, what was put in on tint."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QPointF, QRect, QRectF, QSize, QSizeF, Qt
from PySide6.QtGui import QColor, QImage, QPainter, QPaintEvent, QPen, QPolygonF, QResizeEvent
from PySide6.QtPdf import QPdfDocument
from PySide6.QtWidgets import QFrame, QScrollArea, QWidget

from alumnidesk.domain.letters import EnvelopeWindow
from alumnidesk.ui.icons import paint_icon
from alumnidesk.ui.look import Look
from alumnidesk.ui.palettes import LIGHT
from alumnidesk.ui.widgets.paint import fill
from alumnidesk.ui.words import tr

POINTS_PER_MM = 72 / 25.4
MARGIN = 24
SAID = 3
"""So many pages a screen reader is told at once."""
WIDEST = 760
"""Of the sheet at 100 %: wider would only enlarge what can be read already."""


class Sheets(QWidget):
    """The pages of one PDF document below each other, as wide as there is room, or the first as a whole."""

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        self._document = QPdfDocument(self)
        self._buffer = QBuffer(self)
        self._images: dict[int, QImage] = {}
        self._tints: dict[int, list[QPolygonF]] = {}
        self._inserted: Sequence[str] = ()
        self._window: EnvelopeWindow | None = None
        self._tab, self._fits = "", True
        self.whole = False
        """Show a whole page at once."""
        self.room = QSize(look.px(400), look.px(500))
        self.setAccessibleName(tr("Letter"))
        look.changed.connect(self.update)

    # Content ---------------------------------------------------------------------------------------------------

    def show_pdf(
        self, data: bytes, inserted: Sequence[str] = (), window: EnvelopeWindow | None = None, *, fits: bool = True
    ) -> None:
        """Show a document; `inserted` is set on tint, `window` drawn over the first page."""
        self._document.close()
        self._buffer.close()
        self._buffer.setData(QByteArray(data))
        self._buffer.open(QIODevice.OpenModeFlag.ReadOnly)
        self._document.load(self._buffer)
        self._window, self._fits = window, fits
        self._tab = tr("Fits the window") if fits else tr("Too long for the window")
        self._images.clear()
        self._tints.clear()
        self._inserted = inserted
        text = self._text_of(range(min(self.pages, SAID)))
        self.setAccessibleDescription(text if window is None else f"{self._tab}. {text}")
        self.refit()

    @property
    def pages(self) -> int:
        """Number of pages."""
        return self._document.pageCount()

    @property
    def text(self) -> str:
        """What stands on all pages."""
        return self._text_of(range(self.pages))

    def _text_of(self, pages: Iterable[int]) -> str:
        return "\n".join(self._document.getAllText(page).text() for page in pages)

    def spots(self, page: int) -> list[QPolygonF]:
        """Where on a page, below the window, the inserted words stand; looked for when the page is first seen."""
        if page not in self._tints:
            window = self._window if page == 0 else None
            below = (window.y + window.height) * POINTS_PER_MM if window is not None else 0.0
            self._tints[page] = self._found_spots(page, self._inserted, below)
        return self._tints[page]

    def _found_spots(self, page: int, inserted: Sequence[str], below: float) -> list[QPolygonF]:
        spots: list[QPolygonF] = []
        text = self._document.getAllText(page).text()
        for words in inserted:
            pattern = r"\s+".join(re.escape(word) for word in words.split())
            for found in re.finditer(rf"(?<!\w){pattern}(?!\w)", text) if pattern else ():
                selection = self._document.getSelectionAtIndex(page, found.start(), found.end() - found.start())
                spots += [shape for shape in selection.bounds() if shape.boundingRect().top() > below]
        return spots

    # Place -----------------------------------------------------------------------------------------------------

    def refit(self) -> None:
        """Take the size that the room allows."""
        gap = self._look.px(MARGIN)
        width, height = self._sheet()
        holder = self.parentWidget()
        around = holder.width() if holder is not None else 0
        self.setFixedSize(
            max(self.room.width(), around, width + 2 * gap),
            max(self.room.height(), max(self.pages, 1) * (height + gap) + gap),
        )
        self.update()

    def _sheet(self) -> tuple[int, int]:
        """Width and height of a sheet in pixels."""
        size = self._document.pagePointSize(0) if self.pages else None
        shape = size.height() / size.width() if size else 2**0.5
        gap = self._look.px(MARGIN)
        width = min(self.room.width() - 2 * gap, self._look.px(WIDEST))
        if self.whole:
            width = min(width, round((self.room.height() - 2 * gap) / shape))
        width = max(width, self._look.px(120))
        return width, round(width * shape)

    def page_rect(self, page: int) -> QRect:
        """Where a page lies."""
        gap = self._look.px(MARGIN)
        width, height = self._sheet()
        return QRect((self.width() - width) // 2, gap + page * (height + gap), width, height)

    # Painting --------------------------------------------------------------------------------------------------

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.fillRect(event.rect(), self._look.colour("desk"))
        for page in range(self.pages):
            rect = self.page_rect(page)
            if rect.intersects(event.rect()):
                self._paint_page(painter, page, rect)

    def _paint_page(self, painter: QPainter, page: int, rect: QRect) -> None:
        for spread, strength in ((5, 10), (3, 14), (1, 22)):
            painter.fillRect(rect.adjusted(-spread, -spread + 2, spread, spread + 2), QColor(0, 0, 0, strength))
        painter.fillRect(rect, QColor("white"))
        ratio = self.devicePixelRatioF()
        wanted = QSize(round(rect.width() * ratio), round(rect.height() * ratio))
        image = self._images.get(page)
        if image is None or image.size() != wanted:
            image = self._images[page] = self._document.render(page, wanted)
        painter.drawImage(rect, image)
        scale = rect.width() / self._document.pagePointSize(page).width()
        painter.save()
        painter.translate(rect.topLeft())
        painter.scale(scale, scale)
        painter.setCompositionMode(QPainter.CompositionMode.CompositionMode_Multiply)
        for spot in self.spots(page):
            fill(painter, spot.boundingRect().adjusted(-1.5, -1, 1.5, 1), QColor(LIGHT.tint), 2)
        painter.restore()
        if page == 0 and self._window is not None:
            self._paint_window(painter, rect, scale * POINTS_PER_MM, self._window)

    def _paint_window(self, painter: QPainter, sheet: QRect, scale: float, window: EnvelopeWindow) -> None:
        look = self._look
        place = QRectF(
            sheet.x() + window.x * scale, sheet.y() + window.y * scale, window.width * scale, window.height * scale
        )
        colour = QColor(LIGHT.accent if self._fits else LIGHT.bad)  # on paper, which is white in all palettes
        ground = QColor(colour)
        ground.setAlpha(14)
        painter.setBrush(ground)
        painter.setPen(QPen(colour, 1.4, Qt.PenStyle.DashLine))
        painter.drawRoundedRect(place, look.px(3), look.px(3))
        painter.setFont(look.font("small"))
        metrics = painter.fontMetrics()
        size, pad = look.px(16), look.px(8)
        words = metrics.horizontalAdvance(self._tab) + pad
        if size + 2 * pad + words > place.width():  # on a small sheet they would hide the letterhead
            words = 0
        width, height = size + 2 * pad + words, look.px(26)
        corner = QPointF(place.x(), place.y() - height + 1) if words else QPointF(place.right() - width, place.y())
        tab = QRectF(corner, QSizeF(width, height))
        fill(painter, tab, colour, look.px(4))
        paint_icon(
            painter,
            "check" if self._fits else "warning",
            QColor("white"),
            tab.x() + pad,
            tab.center().y() - size / 2,
            size,
        )
        if words:
            painter.setPen(QColor("white"))
            painter.drawText(tab.adjusted(size + 2 * pad, 0, 0, 0), Qt.AlignmentFlag.AlignVCenter, self._tab)


class LetterDesk(QScrollArea):
    """The ground on which the sheets lie; scrolls by mouse and keys."""

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        self.sheets = Sheets(look)
        self.setWidget(self.sheets)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setAccessibleName(tr("Preview of the letter"))
        self.setMinimumWidth(look.px(160))
        self.viewport().setAutoFillBackground(False)
        self.verticalScrollBar().setSingleStep(look.px(40))

    def show_whole(self, whole: bool) -> None:
        """Show a page as a whole, or as wide as there is room."""
        self.sheets.whole = whole
        self.sheets.refit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        # Room for the scroll bar is kept in any case: a sheet that grew without it would need it at once, for ever.
        bar = self.verticalScrollBar().sizeHint().width()
        self.sheets.room = QSize(self.maximumViewportSize().width() - bar, self.viewport().height())
        self.sheets.refit()
