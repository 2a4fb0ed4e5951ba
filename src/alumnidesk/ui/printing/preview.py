"""A page as it will lie on the table: one page of a PDF on the desk's ground."""

from __future__ import annotations

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QRectF, QSize, QSizeF, Qt
from PySide6.QtGui import QColor, QImage, QPainter, QPaintEvent
from PySide6.QtPdf import QPdfDocument

from alumnidesk.ui.look import Look
from alumnidesk.ui.widgets.label import Ground

A4 = QSizeF(595, 842)
MARGIN = 24


class PagePreview(Ground):
    """Shows a page as large as there is room; paper stays white in every palette."""

    def __init__(self, look: Look, name: str) -> None:
        super().__init__(look, "desk")
        self._look = look
        self._document = QPdfDocument(self)
        self._buffer = QBuffer(self)
        self._image = QImage()
        self.page = 0
        """Which one is shown, from 0."""
        self.setAccessibleName(name)
        self.setMinimumWidth(look.px(320))

    def show_pdf(self, data: bytes) -> None:
        """Show the first page of a PDF document."""
        self._document.close()
        self._buffer.close()
        self._buffer.setData(QByteArray(data))
        self._buffer.open(QIODevice.OpenModeFlag.ReadOnly)
        self._document.load(self._buffer)
        self.turn_to(0)

    @property
    def pages(self) -> int:
        """How many pages there are."""
        return self._document.pageCount()

    def turn_to(self, page: int) -> None:
        """Show another page, if there is one."""
        self.page = max(0, min(page, self.pages - 1))
        self._image = QImage()
        self.setAccessibleDescription(self._document.getAllText(self.page).text() if self.pages else "")
        self.update()

    @property
    def text(self) -> str:
        """What stands on the page."""
        return self.accessibleDescription()

    def _sheet(self) -> QRectF:
        paper = self._document.pagePointSize(self.page) if self.pages else A4
        margin = self._look.px(MARGIN)
        room = QSizeF(max(self.width() - 2 * margin, 1), max(self.height() - 2 * margin, 1))
        size = paper.scaled(room, Qt.AspectRatioMode.KeepAspectRatio)
        return QRectF((self.width() - size.width()) / 2, margin, size.width(), size.height())

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        sheet = self._sheet()
        for spread, strength in ((5, 10), (3, 14), (1, 22)):
            painter.fillRect(sheet.adjusted(-spread, -spread + 2, spread, spread + 2), QColor(0, 0, 0, strength))
        painter.fillRect(sheet, QColor("white"))
        if not self.pages:
            return
        ratio = self.devicePixelRatioF()
        wanted = QSize(round(sheet.width() * ratio), round(sheet.height() * ratio))
        if self._image.size() != wanted:
            self._image = self._document.render(self.page, wanted)
        painter.drawImage(sheet, self._image)
