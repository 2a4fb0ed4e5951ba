"""The line at the foot: which file, is everything saved, what is running, how old the last checked backup is."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QProgressBar

from alumnidesk.progress import Progress
from alumnidesk.ui.look import Look
from alumnidesk.ui.tasks import Tasks
from alumnidesk.ui.widgets.buttons import LinkButton
from alumnidesk.ui.widgets.foot import Foot
from alumnidesk.ui.widgets.label import Label
from alumnidesk.ui.widgets.notice import Symbol
from alumnidesk.ui.words import tr, tr_n, words

HEIGHT = 32
APPEARS_AFTER = 600
"""Milliseconds of work before its progress is shown."""
POLL = 150
TOO_OLD = dt.timedelta(days=30)
"""From this age on the mark of an overdue backup turns from amber to red."""


class StatusLine(Foot):
    """File, saved, progress with Cancel, age of the backup."""

    def __init__(self, look: Look, tasks: Tasks, unstored: Callable[[], bool] = lambda: False) -> None:
        """`unstored` tells whether something stands in a field that could not be saved."""
        super().__init__(look, HEIGHT, 20, 20)
        self._running: list[Progress] = []
        self._unstored = unstored
        row = self.row
        self._file_mark = Symbol(look, "document", size=16)
        self.file = Label(look, size="small", role="text2")
        self.saved = Label(look, tr("Everything is saved"), size="small", role="text2")
        self.step = Label(look, size="small", role="text2")
        self.bar = QProgressBar()
        self.bar.setTextVisible(False)
        self.bar.setFixedWidth(look.px(160))
        self.bar.setAccessibleName(tr("Progress"))
        self.cancel = LinkButton(look, tr("Cancel"), clicked=self._cancel)
        self.cancel.setFont(look.font("small", bold=True))
        self._backup_mark = Symbol(look, "shield-check", "good", 16)
        self.backup = Label(look, size="small", role="text2")
        row.addWidget(self._file_mark)
        row.addWidget(self.file)
        row.addSpacing(look.px(16))
        row.addWidget(self.saved)
        row.addSpacing(look.px(16))
        row.addWidget(self.step)
        row.addWidget(self.bar)
        row.addWidget(self.cancel)
        row.addStretch(1)
        row.addWidget(self._backup_mark)
        row.addWidget(self.backup)
        self._appears = QTimer(self, singleShot=True, interval=APPEARS_AFTER)
        self._poll = QTimer(self, interval=POLL)
        self._appears.timeout.connect(self._appear)
        self._poll.timeout.connect(self._show)
        tasks.began.connect(self._began)
        tasks.ended.connect(self._ended)
        self._still = QTimer(self, interval=POLL)
        self._still.timeout.connect(self._show_saved)
        application = QApplication.instance()
        if isinstance(application, QApplication):
            application.focusChanged.connect(self._show_saved)  # a field was left, or a message says why it stays
        self._hide_progress()
        self.show_file(None)
        self.show_backup(None)

    # File and backup -------------------------------------------------------------------------------------------

    def show_file(self, path: Path | None) -> None:
        """Name the open file."""
        self.file.setText(path.name if path else "")
        self.file.setToolTip(str(path).replace("<", "‹") if path else "")
        for widget in (self._file_mark, self.file, self.saved):
            widget.setVisible(path is not None)

    def show_backup(self, age: dt.timedelta | None, overdue: bool = False) -> None:
        """Say how old the newest checked backup is (None: there is none), as a warning if one is `overdue`."""
        self._backup_mark.setVisible(self.file.text() != "" and (overdue or age is not None))
        self.backup.setVisible(self.file.text() != "")
        role = "good" if not overdue else "look" if age is None or age < TOO_OLD else "bad"
        self.backup.setText(tr("No backup yet") if age is None else backup_words(age))
        self.backup.set_role("text2" if role == "good" else role)
        self._backup_mark.show_icon("shield-check" if role == "good" else "warning", role)

    def _show_saved(self) -> None:
        """Say whether everything is saved; as long as it is not, look again and again whether it is now."""
        if unstored := self.isVisible() and self._unstored():
            self._still.start()
        else:
            self._still.stop()
        self.saved.setText(tr("Not everything is saved yet") if unstored else tr("Everything is saved"))
        self.saved.set_role("look" if unstored else "text2")

    # Progress --------------------------------------------------------------------------------------------------

    def _began(self, progress: Progress) -> None:
        self._running.append(progress)
        if not self._poll.isActive() and not self._appears.isActive():
            self._appears.start()

    def _ended(self, progress: Progress) -> None:
        if progress in self._running:
            self._running.remove(progress)
        if not self._running:
            self._appears.stop()
            self._poll.stop()
            self._hide_progress()

    def _appear(self) -> None:
        if self._running:
            for widget in (self.step, self.bar, self.cancel):
                widget.show()
            self.saved.hide()
            self._show()
            self._poll.start()

    def _show(self) -> None:
        progress = self._running[0]
        self.step.setText(words(progress.step))
        self.bar.setRange(0, progress.total)
        self.bar.setValue(min(progress.done, progress.total))
        self.cancel.setVisible(progress.can_cancel)

    def _hide_progress(self) -> None:
        for widget in (self.step, self.bar, self.cancel):
            widget.hide()
        self.saved.setVisible(self.file.text() != "")

    def _cancel(self) -> None:
        if self._running:
            self._running[0].cancel()
            self.cancel.hide()


def backup_words(age: dt.timedelta) -> str:
    """How old the backup is, in words."""
    days = age.days
    if days > 0:
        return tr_n("Backup checked {n} day ago", "Backup checked {n} days ago", days)
    hours = int(age.total_seconds()) // 3600
    if hours > 0:
        return tr_n("Backup checked {n} hour ago", "Backup checked {n} hours ago", hours)
    return tr("Backup checked just now")
