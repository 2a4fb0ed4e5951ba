"""Pages of a PDF to a printer, one after the other between the window's own work, so that it keeps answering."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QObject, QRectF, QSize, QSizeF, QTimer
from PySide6.QtGui import QPageSize, QPainter
from PySide6.QtPdf import QPdfDocument
from PySide6.QtPrintSupport import QPrintDialog, QPrinter
from PySide6.QtWidgets import QWidget

from alumnidesk.i18n import say
from alumnidesk.progress import Progress
from alumnidesk.ui.tasks import Tasks
from alumnidesk.ui.words import tr

DOTS = 300
"""Dots per inch at which a page is drawn; finer would only take longer."""


def ask_printer(parent: QWidget, title: str) -> QPrinter | None:
    """Which printer, and how; None after Cancel."""
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setDocName(title)
    printer.setFullPage(True)
    printer.setPageSize(QPageSize(QPageSize.PageSizeId.A4))
    dialog = QPrintDialog(printer, parent)
    dialog.setWindowTitle(tr("Print letters"))
    chosen = dialog.exec() == QPrintDialog.DialogCode.Accepted
    dialog.deleteLater()
    return printer if chosen else None


class Printing(QObject):
    """Prints a file; `done` gets the number of pages that went to the printer."""

    def __init__(
        self, tasks: Tasks, printer: QPrinter, path: Path, done: Callable[[int, bool], None], parent: QObject
    ) -> None:
        super().__init__(parent)
        self._tasks, self._printer, self._done = tasks, printer, done
        self._document = QPdfDocument(self)
        self._document.load(str(path))
        size = self._document.pagePointSize(0)
        printer.setPageSize(QPageSize(QSizeF(size), QPageSize.Unit.Point))
        self._painter = QPainter(printer)
        self._page = 0
        self._progress = Progress(say("Printing letters …"))
        self._progress.total = self._document.pageCount()
        tasks.began.emit(self._progress)
        self._timer = QTimer(self, interval=0)
        self._timer.timeout.connect(self._next)
        self._timer.start()

    def _next(self) -> None:
        if self._page >= self._document.pageCount() or not self._progress.can_cancel:
            self._end()
            return
        if self._page:
            self._printer.newPage()
        points = self._document.pagePointSize(self._page)
        size = QSize(round(points.width() * DOTS / 72), round(points.height() * DOTS / 72))
        whole = self._printer.pageLayout().fullRectPixels(self._printer.resolution())
        self._painter.drawImage(QRectF(whole), self._document.render(self._page, size))
        self._page += 1
        self._progress.done = self._page

    def _end(self) -> None:
        self._timer.stop()
        self._painter.end()
        self._tasks.ended.emit(self._progress)
        whole = self._page == self._document.pageCount()
        self._document.close()
        self._done(self._page, whole)
        self.deleteLater()
