"""Labels and badges, from wherever one stands: asks for the sheet, writes the PDF, says what was done."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtWidgets import QWidget

from alumnidesk.progress import Progress
from alumnidesk.ui import files
from alumnidesk.ui.labels.dialog import LabelsDialog
from alumnidesk.ui.page import Context
from alumnidesk.ui.words import tr, tr_n, words

if TYPE_CHECKING:
    from alumnidesk.desk import Desk
    from alumnidesk.domain.label_sheets import LabelSheet
    from alumnidesk.domain.mailing import Mailing
    from alumnidesk.services.labels import LabelRun, Text


class LabelPrinting:
    """One run of labels or badges; `window` is what its dialogs stand in front of."""

    def __init__(self, context: Context, window: QWidget) -> None:
        self._context, self._window = context, window
        self._mailing: Mailing | None = None
        self._texts: Sequence[Text] = ()

    def ask(self, contacts: Sequence[int]) -> None:
        """Address labels for these contacts."""
        n = len(contacts)
        dialog = LabelsDialog(
            self._context, tr_n("Labels for {n} contact", "Labels for {n} contacts", n), households=True,
            save=lambda: self._save(dialog, tr("Labels"), self._labels),
        )  # fmt: skip

        def plan() -> None:
            together = dialog.together.isChecked()
            self._context.tasks.run(
                lambda desk: desk.labels.plan(contacts, per_household=together), planned, latest="labels"
            )

        def planned(mailing: Mailing) -> None:
            self._mailing = mailing
            left_out = [(finding.contact.name, finding.reason) for finding in mailing.left_out]
            dialog.show_labels(len(mailing.rows), left_out)

        dialog.asked.connect(plan)
        plan()
        self._stand(dialog)

    def ask_badges(self, event: int, title: str) -> None:
        """Name badges for those who come to an event."""

        def read(texts: Sequence[Text]) -> None:
            self._texts = texts
            dialog = LabelsDialog(
                self._context, tr("Name badges for “{event}”", event=title), households=False,
                save=lambda: self._save(dialog, tr("Name badges"), self._badges),
            )  # fmt: skip
            dialog.show_labels(len(texts), ())
            self._stand(dialog)

        self._context.tasks.run(lambda desk: desk.labels.badges(event), read)

    def _stand(self, dialog: LabelsDialog) -> None:
        dialog.setParent(self._window, dialog.windowFlags())
        dialog.test_asked.connect(lambda: self._test(dialog))
        dialog.exec()
        dialog.deleteLater()

    # Writing ---------------------------------------------------------------------------------------------------

    def _labels(self, desk: Desk, sheet: LabelSheet, out: Path, **how: Any) -> LabelRun:
        assert self._mailing is not None
        return desk.labels.print_labels(self._mailing, sheet, out, **how)

    def _badges(self, desk: Desk, sheet: LabelSheet, out: Path, **how: Any) -> LabelRun:
        return desk.labels.print_badges(self._texts, sheet, out, **how)

    def _save(self, dialog: LabelsDialog, name: str, write: Callable[..., LabelRun]) -> None:
        sheet, shift, start = dialog.sheet, dialog.shift(), dialog.picture.start
        if sheet is None or shift is None:
            return
        out = self._place(tr("{what} on {sheet}", what=name, sheet=sheet.name))
        if out is None:
            return
        dialog.keep()
        dialog.accept()
        progress = Progress()
        self._context.tasks.run(
            lambda desk: write(desk, sheet, out, start=start, shift=shift, progress=progress),
            self._saved,
            progress=progress,
        )

    def _test(self, dialog: LabelsDialog) -> None:
        sheet, shift = dialog.sheet, dialog.shift()
        if sheet is None or shift is None:
            return
        out = self._place(tr("Test sheet {sheet}", sheet=sheet.name))
        if out is not None:
            self._context.tasks.run(
                lambda desk: desk.labels.print_test_sheet(sheet, out, shift=shift),
                lambda _: self._context.notices.say(tr("Test sheet saved as {file}", file=out.name), icon="printer"),
            )

    def _place(self, suggested: str) -> Path | None:
        kinds = tr("PDF files (*.pdf)")
        return files.ask_save(self._window, self._context.preferences, suggested, kinds, "labels", f"{suggested}.pdf")

    def _saved(self, run: LabelRun) -> None:
        said = [
            tr_n("{n} label saved as {file}", "{n} labels saved as {file}", run.labels, file=run.out.name) + ".",
            *(tr("{name}: {reason}", name=name, reason=words(why)) for name, why in run.remarks[:3]),
        ]
        self._context.notices.say(
            " ".join(said),
            icon="printer",
            action=(tr("Show the folder"), lambda: files.show_folder(run.out.parent, self._context.notices.say)),
        )
