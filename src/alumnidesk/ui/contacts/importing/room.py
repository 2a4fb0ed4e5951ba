"""The room of an import: four steps in the place of the contact list. Nothing is written before the last button."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from alumnidesk.errors import AlumniDeskError, Cancelled
from alumnidesk.i18n import Message, say
from alumnidesk.progress import Progress
from alumnidesk.services.import_plan import Choices, ImportReport, Preview
from alumnidesk.ui import files
from alumnidesk.ui.contacts.importing.check import CheckStep
from alumnidesk.ui.contacts.importing.columns import ColumnsStep
from alumnidesk.ui.contacts.importing.done import DoneStep
from alumnidesk.ui.contacts.importing.whose import show_rules
from alumnidesk.ui.contacts.rooms import Room
from alumnidesk.ui.page import Context, Unfinished
from alumnidesk.ui.widgets.buttons import FilledButton, LinkButton, OutlinedButton
from alumnidesk.ui.widgets.empty import EmptyState
from alumnidesk.ui.widgets.head import PageHead
from alumnidesk.ui.widgets.stack import Stack
from alumnidesk.ui.widgets.steps import StepBar
from alumnidesk.ui.widgets.working import Working
from alumnidesk.ui.words import tr, tr_n, words

if TYPE_CHECKING:
    from alumnidesk.desk import Desk

FILE, COLUMNS, CHECK, DONE = range(4)


class ImportRoom(Room):
    """File → Columns (of a table) → Check → Done."""

    help_topic = "import"

    def __init__(self, context: Context, left: Callable[[], None]) -> None:
        super().__init__()
        self.context, self._left = context, left
        look = context.look
        self.preview: Preview | None = None
        self._queue: list[Path] = []
        self._path: Path | None = None
        self._after_reading = COLUMNS
        self._writing = False
        self.main = FilledButton(look, tr("Choose a file"), clicked=self._go_on)
        self.close_button = OutlinedButton(look, tr("Close"), clicked=self.leave)
        self.head = PageHead(
            look,
            tr("Import a list"),
            actions=[self.close_button, self.main],
            below=tr("Nothing is written before you have seen what happens."),
        )
        self.steps = StepBar(look, [tr("Choose"), tr("Columns"), tr("Check"), tr("Done")])
        self.steps.chosen.connect(self._step_chosen)
        self.rules = LinkButton(look, tr("How contacts are recognised"), icon="info", clicked=self.show_rules)
        self._build_places()
        rows = QVBoxLayout(self)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(0)
        rows.addWidget(self.head)
        bar = QHBoxLayout()
        bar.setContentsMargins(look.px(20), look.px(14), look.px(20), look.px(12))
        bar.addWidget(self.steps)
        bar.addStretch(1)
        bar.addWidget(self.rules)
        rows.addLayout(bar)
        rows.addWidget(self.places, 1)

    def _build_places(self) -> None:
        context, look = self.context, self.context.look
        self.file = EmptyState(look, tr("Which list?"), "", [], icon="document")
        self.columns = ColumnsStep(context)
        self.columns.changed.connect(self._read_again)
        self.check = CheckStep(context)
        self.check.changed.connect(self._name_main)
        self.check.confirmed.connect(self.main.click)
        self.done = DoneStep(look)
        self.working = Working(look)
        self.places = Stack()
        for place in (self.file, self.columns, self.check, self.done, self.working):
            self.places.addWidget(place)

    # Coming and going ------------------------------------------------------------------------------------------

    def begin(self, paths: list[Path]) -> None:
        """Begin with these files, one after the other; without any, ask for one.

        What is being written, or was put right by hand, is done first.
        """
        if (self._writing and self.preview is not None) or self.unfinished is not None:
            self._queue.extend(paths)
            if n := len(paths):
                said = tr_n("{n} file waits until this one is imported", "{n} files wait until this one is imported", n)
                self.context.notices.say(said, icon="import")
            return
        self._forget()
        self.context.notices.close_notice()  # it tells of what was done before
        self._queue = list(paths)
        if self._queue:
            self._read(self._queue.pop(0))
        else:
            self._show(FILE)
            QTimer.singleShot(0, self, self.choose_file)

    def choose_file(self) -> None:
        """Ask which file it is."""
        kinds = tr("Contact lists (*.xlsx *.xlsm *.ods *.csv *.txt *.tsv *.vcf *.vcard *.ldif);;All files (*)")
        chosen = files.ask_several(self.window(), self.context.preferences, tr("Import a list"), kinds, "import")
        if chosen:
            self._forget()
            self._queue = list(chosen[1:])
            self._read(chosen[0])

    def leave(self) -> None:
        """Back to the contacts; work under way is stopped. What was put right is not given up by accident."""
        begun = self.unfinished
        if begun is not None and self.context.messages.ask(begun.head, begun.sentence, [tr("Close"), begun.go_on]) != 0:
            return
        self.working.cancel()
        self._forget()
        self._left()

    @property
    def holds(self) -> bool:
        """While a file is looked at or written, or another one waits."""
        return self.preview is not None or self.working.progress is not None or bool(self._queue)

    @property
    def unfinished(self) -> Unfinished | None:
        """A preview in which somebody put something right; what is being written is known to the owner thread."""
        if self.preview is None or self._writing or not (self.columns.corrected or self.check.decided):
            return None
        sentence = tr(
            "What you put right in “{file}” is lost if you close now. Nothing has been written yet.",
            file=self.preview.path.name,
        )
        return Unfinished(tr("The list is not imported yet"), sentence, tr("Go on importing"))

    def entered(self) -> None:
        """The room has come to the front."""
        self.main.setFocus(Qt.FocusReason.OtherFocusReason)

    def refresh(self) -> None:
        """A deed was done: what the preview compares with has changed, or the import was taken back."""
        if self.steps.current == DONE and (changeset := self.done.changeset) is not None:
            self.context.tasks.run(
                lambda desk: all(entry.id != changeset or not entry.reverted for entry in desk.history.entries()),
                lambda holds: self.done.show_holds(holds=holds),
                latest="import that holds",
            )
        if self.preview is not None and self.working.progress is None:
            self._read(self.preview.path, self.preview.choices, self.steps.current)

    def _forget(self) -> None:
        self.preview, self._path, self.columns.corrected = None, None, False
        self.steps.leave_out()
        self.steps.restart()

    # Reading ---------------------------------------------------------------------------------------------------

    def _read(self, path: Path, choices: Choices | None = None, then: int = COLUMNS) -> None:
        self._path, self._after_reading = path, then
        progress = self._begin_work()

        def read(desk: Desk) -> Preview:
            return desk.importing.preview(path, choices=choices, progress=progress)

        self.context.tasks.run(read, self._was_read, failed=self._not_read, latest="import", progress=progress)

    def _read_again(self) -> None:
        """Something about the file was corrected."""
        if self.preview is not None:
            self._read(self.preview.path, self.columns.choices(), COLUMNS)

    def _was_read(self, preview: Preview) -> None:
        self._end_work()
        self.preview = preview
        self.steps.leave_out(*() if preview.columns else (COLUMNS,))
        self.columns.show_preview(preview)
        self.check.show_preview(preview, stay=self._after_reading == CHECK)
        self._show(self._after_reading if preview.columns else CHECK)

    def _not_read(self, problem: BaseException) -> None:
        self._end_work()
        if isinstance(problem, Cancelled):
            self._show(FILE if self.preview is None else COLUMNS if self.preview.columns else CHECK)
        elif isinstance(problem, AlumniDeskError) and self._path is not None:
            out = words(problem.way_out) if problem.way_out else ""
            self._show(FILE)
            self.file.say(
                tr("This file could not be read"),
                "\n".join(part for part in (self._path.name, words(problem.message), out) if part),
            )
        else:
            self._show(FILE)
            self.context.messages.show(problem)

    # Writing ---------------------------------------------------------------------------------------------------

    def _write(self) -> None:
        preview, skip, whose = self.preview, frozenset(self.check.skipped), dict(self.check.whose)
        if preview is None:
            return
        running = say("“{file}” is still being imported", file=preview.path.name)
        progress, self._writing = self._begin_work(running), True

        def write(desk: Desk) -> ImportReport:
            return desk.importing.carry_out(preview, skip=skip, whose=whose, progress=progress)

        self.context.deed(write, then=self._written, failed=self._not_written, progress=progress)

    def _written(self, report: ImportReport) -> None:
        self._end_work()
        self._writing = False
        self.done.show_report(self._path, report)
        self.preview = None
        self._show(DONE)

    def _not_written(self, problem: BaseException) -> None:
        self._end_work()
        self._writing = False
        self._show(CHECK)
        self.context.messages.show(problem)
        if self.preview is not None and not isinstance(problem, Cancelled):
            self._read(self.preview.path, self.preview.choices, CHECK)

    def _begin_work(self, running: Message | None = None) -> Progress:
        self.places.setCurrentWidget(self.working)
        self.main.setEnabled(False)
        return self.working.begin(say("Reading the file …"), running=running)

    def _end_work(self) -> None:
        self.working.end()
        self.main.setEnabled(True)

    # Steps -----------------------------------------------------------------------------------------------------

    def _show(self, step: int) -> None:
        self.steps.go_to(step)
        self.places.setCurrentIndex(step)
        if step == FILE:
            self.file.say(
                tr("Which list?"),
                tr(
                    "A table from Excel, LibreOffice, Google, Outlook or Thunderbird, or business cards (vCard) from a "
                    "phone or address book. You can also drag a file onto the window."
                ),
            )
        self.close_button.setVisible(step != DONE)
        self.rules.setVisible(step == CHECK)
        self.head.below.setText(self._below(step))
        self._name_main()
        if step == COLUMNS and self.columns.go_on_there():
            return
        focus: QWidget = self.check.list if step == CHECK else self.main
        focus.setFocus(Qt.FocusReason.OtherFocusReason)

    def show_rules(self) -> None:
        """By which rules a line is said to be somebody known."""
        show_rules(self.context, self)

    def _below(self, step: int) -> str:
        if step in (COLUMNS, CHECK) and self._path is not None:
            return tr("{file} – nothing is written before you press “Import”.", file=self._path.name)
        return "" if step == DONE else tr("Nothing is written before you have seen what happens.")

    def _step_chosen(self, step: int) -> None:
        if self.working.progress is None and self.steps.current != DONE:
            self._show(step)

    def _name_main(self) -> None:
        step = self.steps.current
        self.main.setEnabled(True)
        if step == FILE:
            self.main.set_words(tr("Choose a file"))
        elif step == COLUMNS:
            self.main.set_words(tr("Check the contacts"))
        elif step == CHECK:
            n = self.check.wanted
            self.main.set_words(tr_n("Import {n} line", "Import {n} lines", n) if n else tr("Nothing to import"))
            self.main.setEnabled(n > 0)
        else:
            self.main.set_words(tr("Next file") if self._queue else tr("To the contacts"))

    def _go_on(self) -> None:
        step = self.steps.current
        if step == FILE:
            self.choose_file()
        elif step == COLUMNS:
            self._show(CHECK)
        elif step == CHECK:
            self._write()
        elif self._queue:
            self.begin(self._queue)
        else:
            self.leave()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            step = self.steps.current
            if self.working.progress is not None:
                self.working.cancel()
            elif step == CHECK and self.preview is not None and self.preview.columns:
                self._show(COLUMNS)
            else:
                self.leave()
        else:
            super().keyPressEvent(event)
