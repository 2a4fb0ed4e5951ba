"""Where letters and e-mails go: asks for the place, writes them, and shows pages before they are printed."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from alumnidesk.domain.email_draft import MBOX
from alumnidesk.domain.mailing_plans import MailingPlan
from alumnidesk.domain.mailings import Job
from alumnidesk.errors import Cancelled
from alumnidesk.i18n import say
from alumnidesk.progress import Progress
from alumnidesk.ui import files
from alumnidesk.ui.page import Context
from alumnidesk.ui.printing.passing import passing_file
from alumnidesk.ui.words import tr, tr_n

if TYPE_CHECKING:
    from alumnidesk.desk import Desk
    from alumnidesk.services.exporting import ExportReport
    from alumnidesk.services.mailings import Outputs, Produced

USE = "letters"
"""What the folder is remembered for."""


class Producing:
    """`window` is what its dialogs stand in front of."""

    def __init__(self, context: Context, window: QWidget) -> None:
        self._context, self._window = context, window

    def ask(
        self,
        plan: MailingPlan,
        job: Job,
        number: int | None,
        form: str,
        then: Callable[[Produced], object],
        *,
        on_paper: bool,
    ) -> None:
        """Ask where everything goes, and write it; nothing happens after Cancel."""
        from alumnidesk.services.mailings import Outputs  # slow to load, and needed only here

        pdf = emails = None
        if plan.letters:
            pdf = passing_file(job.title) if on_paper else self._pdf_place(job.title)
            if pdf is None:
                return
        if plan.emails:
            emails = self._drafts_place(job.title, form)
            if emails is None:
                return
        self._write(plan, Outputs(pdf, emails, form, on_paper=on_paper), job, number, then)

    def for_word_processors(
        self, plan: MailingPlan, job: Job, number: int | None, form: str, then: Callable[[Produced], object]
    ) -> None:
        """All letters as one document (``.docx``), which is how they go out; or a table with a row for each letter."""
        from alumnidesk.services.mailings import Outputs  # as in `ask`

        kinds = ";;".join(
            (
                tr("Letters as a document (*.docx)"),
                tr("Addresses and salutations as a workbook (*.xlsx)"),
                tr("Addresses and salutations as a table (*.csv)"),
            )
        )
        head = tr("Save letters for word processors")
        path = files.ask_save(self._window, self._context.preferences, head, kinds, USE, f"{job.title}.docx")
        if path is None:
            return
        if path.suffix.lower() in (".xlsx", ".csv"):
            self._save_table(plan, path)
            return
        emails = self._drafts_place(job.title, form) if plan.emails else None
        if emails is not None or not plan.emails:
            self._write(plan, Outputs(emails=emails, form=form, word=path), job, number, then)

    def _save_table(self, plan: MailingPlan, path: Path) -> None:
        """A row for each letter; nothing goes out by that."""
        progress = Progress(running=say("“{file}” is still being written", file=path.name))

        def saved(report: ExportReport) -> None:
            self._context.notices.say(
                tr_n("{n} row saved as {file}", "{n} rows saved as {file}", report.written, file=path.name),
                action=(tr("Show the folder"), lambda: files.show_folder(path.parent, self._context.notices.say)),
            )

        self._context.tasks.run(
            lambda desk: desk.exporting.write_mailing(path, plan.letters, progress),
            saved,
            progress=progress,
        )

    def _pdf_place(self, title: str) -> Path | None:
        return files.ask_save(
            self._window,
            self._context.preferences,
            tr("Save letters as PDF"),
            tr("PDF files (*.pdf)"),
            USE,
            f"{title}.pdf",
        )

    def _drafts_place(self, title: str, form: str) -> Path | None:
        head = tr("Save e-mail drafts")
        if form == MBOX:
            kinds = tr("Mailbox files (*.mbox)")
            return files.ask_save(self._window, self._context.preferences, head, kinds, USE, f"{title}.mbox")
        kinds = tr("A folder with one file for each e-mail (*)")
        return files.ask_save(self._window, self._context.preferences, head, kinds, USE, title.replace(".", ""))

    def _write(
        self, plan: MailingPlan, outputs: Outputs, job: Job, number: int | None, then: Callable[[Produced], object]
    ) -> None:
        progress = Progress(say("Printing letters …"), running=say("The letters are still being written"))

        def written(made: Produced) -> None:
            then(made)
            if outputs.on_paper and outputs.pdf is not None:
                self._show(job.title, outputs.pdf, made.begins)

        self._context.deed(
            lambda desk: desk.mailings.produce(plan, outputs, job=job, number=number, progress=progress),
            then=written,
            failed=self._not_written,
            progress=progress,
        )

    def _not_written(self, problem: BaseException) -> None:
        if not isinstance(problem, Cancelled):
            self._context.messages.show(problem)

    def _show(self, title: str, path: Path, begins: Sequence[int]) -> None:
        from alumnidesk.ui.printing.dialog import show_pages  # needed rarely, and slow to load

        show_pages(self._context, self._window.window(), title, path, use=USE, begins=begins)

    def test_page(self, plan: MailingPlan, title: str) -> None:
        """The first page of the first letter, to be printed and held against the envelope."""
        self.pages(title, lambda desk, out, progress: out.write_bytes(desk.mailings.test_page(plan)))

    def pages(self, title: str, write: Callable[[Desk, Path, Progress], object]) -> None:
        """Show the pages that `write` makes, to be printed or saved."""
        from alumnidesk.ui.printing.dialog import print_pdf  # needed rarely, and slow to load

        print_pdf(self._context, self._window.window(), title, write, use=USE)

    def labels(self, contacts: Sequence[int]) -> None:
        """Address labels for those who get a letter."""
        from alumnidesk.ui.labels.printing import LabelPrinting  # needed rarely, and slow to load

        LabelPrinting(self._context, self._window.window()).ask(contacts)
