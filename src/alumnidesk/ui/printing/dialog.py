"""What is about to be printed, page by page; from here to a printer, to a file, or to the system's own PDF viewer."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from PySide6.QtWidgets import QHBoxLayout, QWidget

from alumnidesk.i18n import say
from alumnidesk.progress import Progress
from alumnidesk.ui import files
from alumnidesk.ui.page import Context
from alumnidesk.ui.printing.passing import passing_file
from alumnidesk.ui.printing.preview import PagePreview
from alumnidesk.ui.printing.printer import Printing, ask_printer, printers
from alumnidesk.ui.widgets.buttons import LinkButton, PlainButton
from alumnidesk.ui.widgets.dialog import Dialog
from alumnidesk.ui.widgets.label import Label
from alumnidesk.ui.words import tr, tr_n

if TYPE_CHECKING:
    from alumnidesk.desk import Desk

T = TypeVar("T")
SaveTable = Callable[["Desk", Path, Progress], object]
HEIGHT = 440
"""Of the page, at 100 %."""


class PrintDialog(Dialog):
    """The pages of one file."""

    def __init__(
        self,
        context: Context,
        title: str,
        path: Path,
        *,
        use: str,
        printer: str = "",
        begins: Sequence[int] = (),
        table: SaveTable | None = None,
    ) -> None:
        """`title` names the work and the suggested file; `use` what its folder is remembered for; `printer` is the one
        that was chosen before; `begins` are the pages, from 0, that never stand on the back of another; `table` writes
        the same as a table."""
        super().__init__(context.look, title)
        look, self._context = context.look, context
        self._title, self._path, self._use, self._printer = title, path, use, printer
        self.begins = begins
        self.preview = PagePreview(look, tr("Page as it is printed"))
        self.preview.setFixedHeight(look.px(HEIGHT))
        self.preview.show_pdf(path.read_bytes())
        self.column.addWidget(self.preview)
        self.back = PlainButton(look, "", icon="chevron-left", name=tr("Page before"), clicked=lambda: self.turn(-1))
        self.on = PlainButton(look, "", icon="chevron-right", name=tr("Next page"), clicked=lambda: self.turn(1))
        self.place = Label(look, role="text2")
        self.viewer = LinkButton(look, tr("Open in the PDF viewer"), icon="document", clicked=self._view)
        self.table = LinkButton(look, tr("Save as a table …"), icon="export", clicked=lambda: self._save_table(table))
        self.table.setVisible(table is not None)
        row = QHBoxLayout()
        row.setSpacing(look.px(8))
        for widget in (self.back, self.place, self.on):
            row.addWidget(widget)
        row.addStretch(1)
        row.addWidget(self.table)
        row.addWidget(self.viewer)
        self.column.addLayout(row)
        self.way_out = Label(
            look,
            tr("No printer is set up on this computer. Save the pages as PDF, or open them in the PDF viewer."),
            wraps=True,
        )
        self.column.addWidget(self.way_out)
        able = bool(printers())
        self.way_out.setVisible(not able)
        self.choose(tr("Close"), clicked=self.reject)
        self.test = self.choose(tr("Print only this page …"), clicked=lambda: self._print(self.preview.page))
        self.save = self.choose(tr("Save as PDF …"), main=not able, clicked=self._save)
        self.go = self.choose(
            tr_n("Print {n} page …", "Print {n} pages …", self.preview.pages), main=able, clicked=self._print
        )
        self.go.setVisible(able)
        self.test.setVisible(able and self.preview.pages > 1)
        self.turn(0)

    def turn(self, by: int) -> None:
        """Show another page."""
        preview = self.preview
        preview.turn_to(preview.page + by)
        self.place.setText(tr("Page {page} of {pages}", page=preview.page + 1, pages=preview.pages))
        self.back.setEnabled(preview.page > 0)
        self.on.setEnabled(preview.page < preview.pages - 1)

    def _save(self) -> None:
        kinds = tr("PDF files (*.pdf)")
        out = files.ask_save(self, self._context.preferences, self._title, kinds, self._use, f"{self._title}.pdf")
        if out is not None:
            path = self._path
            self.do_once(
                self._context.tasks.run,
                lambda desk: desk.layouts.save(path, out),
                lambda _: self._context.notices.say(tr("Saved as {file}", file=out.name), icon="printer"),
                failed=self._context.messages.show,
            )

    def _save_table(self, save: SaveTable | None) -> None:
        if save is None:
            return
        kinds = ";;".join((tr("Workbooks (*.xlsx)"), tr("Tables (*.csv)")))
        out = files.ask_save(self, self._context.preferences, self._title, kinds, self._use, f"{self._title}.xlsx")
        if out is not None:
            progress = Progress()
            self._context.tasks.run(
                lambda desk: save(desk, out, progress),
                lambda _: self._context.notices.say(tr("Saved as {file}", file=out.name), icon="export"),
                failed=self._context.messages.show,
                progress=progress,
            )

    def _print(self, only: int | None = None) -> None:
        printer = ask_printer(
            self, self._context.messages, self._title, self._printer, 1 if only is not None else self.preview.pages
        )
        if printer is None:
            return
        self.setEnabled(False)

        def printed(pages: int, whole: bool) -> None:
            self.setEnabled(True)
            words = tr_n("{n} page went to the printer", "{n} pages went to the printer", pages)
            if only is not None:
                self._context.notices.say(words, icon="printer")
            else:
                self._leave(words if whole else tr_n("Stopped after {n} page", "Stopped after {n} pages", pages))

        Printing(self._context.tasks, printer, self._path, printed, self, only, self.begins)

    def _leave(self, words: str) -> None:
        self._context.notices.say(words, icon="printer")
        self.accept()

    def _view(self) -> None:
        files.show_file(self._path, self._context.notices.say)


def show_pages(
    context: Context,
    window: QWidget,
    title: str,
    path: Path,
    *,
    use: str,
    printer: str = "",
    begins: Sequence[int] = (),
    table: SaveTable | None = None,
) -> None:
    """Show the pages of a file before `window`, until one has left them; for the rest see `PrintDialog`."""
    dialog = PrintDialog(context, title, path, use=use, printer=printer, begins=begins, table=table)
    dialog.setParent(window, dialog.windowFlags())
    dialog.exec()
    dialog.deleteLater()


def print_pdf(
    context: Context,
    window: QWidget,
    title: str,
    write: Callable[[Desk, Path, Progress], T],
    then: Callable[[T], object] = lambda _: None,
    *,
    use: str,
    printer: str = "",
    table: SaveTable | None = None,
) -> None:
    """Have `write` make a PDF, show it before `window`, and tell `then` what `write` returned once one has left it."""
    out, progress = passing_file(title), Progress(running=say("The pages are still being prepared"))

    def show(written: T) -> None:
        show_pages(context, window, title, out, use=use, printer=printer, table=table)
        then(written)

    context.tasks.run(lambda desk: write(desk, out, progress), show, progress=progress)
