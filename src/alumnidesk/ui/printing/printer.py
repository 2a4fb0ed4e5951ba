"""Pages of a PDF to a printer, one after the other between the window's own work, so that it keeps answering.

Pages go as pictures: sharp enough for letters and labels, but the system's own PDF viewer prints them sharper still.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtCore import QObject, QRectF, QSize, QSizeF, QTimer
from PySide6.QtGui import QPageSize, QPainter
from PySide6.QtPdf import QPdfDocument
from PySide6.QtPrintSupport import QAbstractPrintDialog, QPrintDialog, QPrinter, QPrinterInfo
from PySide6.QtWidgets import QWidget

from alumnidesk.errors import Refused
from alumnidesk.i18n import say
from alumnidesk.progress import Progress
from alumnidesk.ui.messages import Messages
from alumnidesk.ui.tasks import Tasks
from alumnidesk.ui.words import tr

DOTS = 300
"""Dots per inch at which a page is drawn; finer would only take longer."""
NO_PRINTER = Refused(
    say("No printer is set up on this computer."),
    say("Save the pages as PDF instead and print them where there is one, or set up a printer in the system first."),
)


def printers() -> list[str]:
    """The printers that are set up on this computer, by name; the system's usual one first."""
    names, usual = list(QPrinterInfo.availablePrinterNames()), QPrinterInfo.defaultPrinterName()
    return sorted(names, key=lambda name: name != usual)


def ask_printer(parent: QWidget, messages: Messages, title: str, name: str = "", pages: int = 0) -> QPrinter | None:
    """Which printer, tray, sides and copies, in the platform's own dialog; None after Cancel. If there is no printer
    that is said.

    `title` names the work in the printer's queue; `name` is the printer one begins with; of `pages` some can be chosen.
    """
    if not printers():
        messages.show(NO_PRINTER)
        return None
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    if name:
        printer.setPrinterName(name)
    printer.setDocName(title)
    printer.setFullPage(True)
    printer.setPageSize(QPageSize(QPageSize.PageSizeId.A4))
    dialog = QPrintDialog(printer, parent)
    dialog.setWindowTitle(tr("Print"))
    if pages > 1:
        dialog.setOption(QAbstractPrintDialog.PrintDialogOption.PrintPageRange)
        dialog.setMinMax(1, pages)
    chosen = dialog.exec() == QPrintDialog.DialogCode.Accepted
    dialog.deleteLater()
    return printer if chosen else None


class Printing(QObject):
    """Prints a file; `done` gets the number of pages that went to the printer, and whether these are all."""

    def __init__(
        self,
        tasks: Tasks,
        printer: QPrinter,
        path: Path,
        done: Callable[[int, bool], None],
        parent: QObject,
        only: int | None = None,
        begins: Sequence[int] = (),
    ) -> None:
        """`only` this page (from 0) instead of all that were asked for in the dialog. `begins` are pages that are on a
        sheet of their own also where both sides are printed: the letter to somebody else is on the one before."""
        super().__init__(parent)
        self._tasks, self._printer, self._done = tasks, printer, done
        self._document = QPdfDocument(self)
        self._document.load(str(path))
        size = self._document.pagePointSize(only or 0)
        printer.setPageSize(QPageSize(QSizeF(size), QPageSize.Unit.Point))
        self._painter = QPainter(printer)
        self._pages = _wanted(printer, self._document.pageCount()) if only is None else [only]
        self._begins = frozenset(begins)
        self._two_sided = printer.duplex() != QPrinter.DuplexMode.DuplexNone
        self._printed = self._sides = 0
        self._progress = Progress(say("Printing …"))
        self._progress.total = len(self._pages)
        tasks.began.emit(self._progress)
        self._timer = QTimer(self, interval=0)
        self._timer.timeout.connect(self._next)
        self._timer.start()

    def _next(self) -> None:
        if self._printed >= len(self._pages) or not self._progress.can_cancel:
            self._end()
            return
        page = self._pages[self._printed]
        if self._printed:
            self._turn_to(page)
        points = self._document.pagePointSize(page)
        size = QSize(round(points.width() * DOTS / 72), round(points.height() * DOTS / 72))
        whole = self._printer.pageLayout().fullRectPixels(self._printer.resolution())
        self._painter.drawImage(QRectF(whole), self._document.render(page, size))
        self._printed += 1
        self._sides += 1
        self._progress.done = self._printed

    def _turn_to(self, page: int) -> None:
        """To the next side, or past an empty back to the next sheet."""
        self._printer.newPage()
        if self._two_sided and page in self._begins and self._sides % 2:
            self._printer.newPage()
            self._sides += 1

    def _end(self) -> None:
        self._timer.stop()
        self._painter.end()
        self._tasks.ended.emit(self._progress)
        whole = self._printed == len(self._pages)
        self._document.close()
        self._done(self._printed, whole)
        self.deleteLater()


def _wanted(printer: QPrinter, pages: int) -> list[int]:
    """The pages, from 0, that were asked for in the dialog."""
    if printer.printRange() != QPrinter.PrintRange.PageRange:
        return list(range(pages))
    return list(range(max(1, printer.fromPage()) - 1, min(pages, printer.toPage() or pages)))
