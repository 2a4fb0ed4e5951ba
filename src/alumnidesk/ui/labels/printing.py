"""Labels, badges and envelopes, from wherever one stands: asks for the sheet, makes the PDF, saves or prints it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from alumnidesk.domain.cards import COMING, Participation
from alumnidesk.i18n import say
from alumnidesk.progress import Progress
from alumnidesk.ui import files
from alumnidesk.ui.labels.dialog import LabelsDialog
from alumnidesk.ui.labels.own_sheet import OwnSheetDialog
from alumnidesk.ui.page import Context
from alumnidesk.ui.words import language, tr, tr_n, words

if TYPE_CHECKING:
    from alumnidesk.desk import Desk
    from alumnidesk.domain.addressees import AddressList
    from alumnidesk.domain.label_sheets import LabelSheet
    from alumnidesk.services.labels import LabelRun, Text

Write = Callable[["Desk", Path, Progress], "LabelRun"]
FOLDER = "labels"
"""What the folder of the files is remembered for."""


class LabelPrinting:
    """One run of labels or badges; `window` is what its dialogs stand in front of."""

    def __init__(self, context: Context, window: QWidget) -> None:
        self._context, self._window = context, window

    def ask(self, contacts: Sequence[int], event: str = "") -> None:
        """Address labels or envelopes for these contacts; `event` is the title of the one they are on the list of."""
        spoken = language().locale
        self._context.tasks.run(
            lambda desk: desk.labels.sheets(spoken),
            lambda sheets: self._ask(contacts, event, sheets),
            latest="label sheets",
        )

    def _ask(self, contacts: Sequence[int], event: str, sheets: Sequence[LabelSheet]) -> None:
        head = tr_n("Labels or envelopes for {n} contact", "Labels or envelopes for {n} contacts", len(contacts))
        dialog = LabelsDialog(self._context, head, sheets, badges=False)

        def plan() -> None:
            together = dialog.together.isChecked()
            self._context.tasks.run(
                lambda desk: desk.labels.plan(contacts, per_household=together), planned, latest="labels"
            )

        def planned(listed: AddressList) -> None:
            dialog.show_labels(listed.labels, [(one.contact.name, one.reason) for one in listed.left_out])

        dialog.asked.connect(plan)
        plan()
        self._stand(dialog, tr("Labels for {event}", event=event) if event else tr("Labels"))

    def ask_badges(self, event: int, title: str) -> None:
        """Name badges for those who come to an event."""

        spoken = language().locale

        def read(found: tuple[Sequence[Text], Sequence[Participation], Sequence[LabelSheet]]) -> None:
            badges, people, sheets = found
            head = tr("Name badges for “{event}”", event=title)
            dialog = LabelsDialog(self._context, head, _for_badges(sheets), badges=True, sentence=_who_comes(people))
            dialog.show_labels(badges, ())
            self._stand(dialog, tr("Name badges for {event}", event=title))

        self._context.tasks.run(
            lambda desk: (desk.labels.badges(event), desk.events.roster(event), desk.labels.sheets(spoken)), read
        )

    def _stand(self, dialog: LabelsDialog, name: str) -> None:
        dialog.setParent(self._window, dialog.windowFlags())
        dialog.test_asked.connect(lambda: self._test(dialog))
        dialog.save_asked.connect(lambda: self._save(dialog, name))
        dialog.print_asked.connect(lambda: self._print(dialog, name))
        dialog.add_asked.connect(lambda: self._add(dialog))
        dialog.remove_asked.connect(lambda: self._forget(dialog))
        dialog.exec()
        dialog.deleteLater()

    # Sheets of one's own -----------------------------------------------------------------------------------------

    def _add(self, dialog: LabelsDialog) -> None:
        asking = OwnSheetDialog(self._context, dialog, envelopes=not dialog.badges)
        if asking.exec() and asking.sheet is not None:
            self._show_sheets(dialog, asking.sheet.name)
        asking.deleteLater()

    def _forget(self, dialog: LabelsDialog) -> None:
        if dialog.sheet is not None:
            name = dialog.sheet.name
            self._context.deed(lambda desk: desk.labels.forget_sheet(name), then=lambda _: self._show_sheets(dialog))

    def _show_sheets(self, dialog: LabelsDialog, name: str = "") -> None:
        spoken, badges = language().locale, dialog.badges
        self._context.tasks.run(
            lambda desk: desk.labels.sheets(spoken),
            lambda sheets: dialog.show_sheets(_for_badges(sheets) if badges else sheets, name),
        )

    # Making ----------------------------------------------------------------------------------------------------

    @staticmethod
    def _chosen(dialog: LabelsDialog, name: str) -> tuple[str, Write] | None:
        """A title, and what writes the labels as they are chosen; None if something is missing, which is then said."""
        labels, sheet, shift, start = dialog.labels, dialog.sheet, dialog.shift(), dialog.picture.start
        badges = dialog.badges
        if sheet is None or shift is None:
            return None

        def written(desk: Desk, out: Path, progress: Progress) -> LabelRun:
            return desk.labels.print_labels(
                labels, sheet, out, badges=badges, start=start, shift=shift, progress=progress
            )

        return tr("{what} on {sheet}", what=name, sheet=sheet.name), written

    def _save(self, dialog: LabelsDialog, name: str) -> None:
        chosen = self._chosen(dialog, name)
        out = self._place(chosen[0]) if chosen is not None else None
        if chosen is None or out is None:
            return
        dialog.keep()
        dialog.accept()
        progress = Progress(running=say("“{file}” is still being written", file=out.name))
        badges, (_, written) = dialog.badges, chosen
        self._context.tasks.run(
            lambda desk: written(desk, out, progress), lambda run: self._saved(run, badges), progress=progress
        )

    def _print(self, dialog: LabelsDialog, name: str) -> None:
        from alumnidesk.ui.printing.dialog import print_pdf  # asked for rarely, and slow to load

        chosen = self._chosen(dialog, name)
        if chosen is None:
            return
        dialog.keep()
        dialog.accept()
        title, written = chosen
        printer = str(dialog.printer.value)
        print_pdf(self._context, self._window, title, written, self._tell, use=FOLDER, printer=printer)

    def _test(self, dialog: LabelsDialog) -> None:
        from alumnidesk.ui.printing.dialog import print_pdf  # as above

        sheet, shift = dialog.sheet, dialog.shift()
        if sheet is None or shift is None:
            return
        print_pdf(
            self._context,
            dialog,
            tr("Test sheet {sheet}", sheet=sheet.name),
            lambda desk, out, _: desk.labels.print_test_sheet(sheet, out, shift=shift),
            use=FOLDER,
            printer=str(dialog.printer.value),
        )

    def _place(self, suggested: str) -> Path | None:
        kinds = tr("PDF files (*.pdf)")
        return files.ask_save(self._window, self._context.preferences, suggested, kinds, FOLDER, f"{suggested}.pdf")

    # Telling ---------------------------------------------------------------------------------------------------

    def _saved(self, run: LabelRun, badges: bool) -> None:
        said = (
            tr_n("{n} badge saved as {file}", "{n} badges saved as {file}", run.labels, file=run.out.name)
            if badges
            else tr_n("{n} label saved as {file}", "{n} labels saved as {file}", run.labels, file=run.out.name)
        )
        self._context.notices.say(
            " ".join([said + ".", *_remarks(run)]),
            icon="printer",
            action=(tr("Show the folder"), lambda: files.show_folder(run.out.parent, self._context.notices.say)),
        )

    def _tell(self, run: LabelRun) -> None:
        """What one should look at on the printed sheets."""
        if run.remarks:
            self._context.notices.say(" ".join(_remarks(run)), icon="warning")


def _who_comes(people: Sequence[Participation]) -> str:
    """Whom badges are for, out of all who stand on the list."""
    return tr_n(
        "Only those who have said yes get a badge, with their companions: {coming} of {n} person on the list.",
        "Only those who have said yes get a badge, with their companions: {coming} of {n} people on the list.",
        len(people),
        coming=sum(person.state == COMING for person in people),
    )


def _for_badges(sheets: Sequence[LabelSheet]) -> list[LabelSheet]:
    return [sheet for sheet in sheets if not sheet.envelope]


def _remarks(run: LabelRun) -> list[str]:
    return [tr("{name}: {reason}", name=name, reason=words(why)) for name, why in run.remarks[:3]]
