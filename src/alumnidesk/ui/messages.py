"""The one place that shows what went wrong: the five families in plain words, our own bugs without personal data."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6 import QtCore, QtGui, QtWidgets
from PySide6.QtWidgets import QWidget

from alumnidesk import __version__
from alumnidesk.errors import AlumniDeskError, BadFile, Cancelled, EnvironmentFault, InvalidInput, Refused, Unwritable
from alumnidesk.places import log_folder
from alumnidesk.ui.look import Look
from alumnidesk.ui.widgets.dialog import Dialog, ask
from alumnidesk.ui.words import tr, words


class Messages:
    """Shows messages over a window. Nothing here is ever taken for markup."""

    def __init__(self, look: Look, window: QWidget | None = None) -> None:
        self._look = look
        self.window = window
        self.save_copy: Callable[[], object] | None = None
        """Saves a copy of the open file, the way out when it cannot be changed any more."""
        self._crashed = False

    def show(self, problem: BaseException) -> None:
        """Show what happened and the way out, by the family of the problem."""
        if isinstance(problem, Cancelled):
            return
        if not isinstance(problem, AlumniDeskError):
            self.crashed(problem)
            return
        head, sentence = _words_of(problem)
        if isinstance(problem, Unwritable) and self.save_copy is not None:
            if ask(self._look, head, sentence, [tr("Not now"), tr("Save a copy …")], self.window) == 1:
                self.save_copy()
            return
        ask(self._look, head, sentence, [tr("Understood")], self.window)

    def not_backed_up(self, problem: Exception) -> None:
        """Say that a file was closed and could not be backed up, and why."""
        if not isinstance(problem, AlumniDeskError):
            self.crashed(problem)
            return
        _, why = _words_of(problem)
        sentence = tr("All that you entered is saved in the file. Only a backup of it could not be made:")
        head = tr("There is no backup of today’s changes")
        ask(self._look, head, f"{sentence}\n\n{why}", [tr("Understood")], self.window)

    def ask(self, head: str, sentence: str, verbs: Sequence[str], *, settled: Callable[[], bool] | None = None) -> int:
        """Ask before what is final; verbs as buttons, the last one is the main one. -1 after Esc, or once `settled`."""
        return ask(self._look, head, sentence, verbs, self.window, settled=settled)

    def crashed(self, bug: BaseException) -> None:
        """A bug of ours: write the log, tell the person, go on. A second one meanwhile is only logged."""
        report = crash_report(bug)
        log = _write_log(report)
        if self._crashed:
            return
        self._crashed = True
        try:
            self._show_crash(report, log)
        finally:
            self._crashed = False

    def _show_crash(self, report: str, log: Path | None) -> None:
        dialog = Dialog(
            self._look,
            tr("Something did not work as it should"),
            tr(
                "This is a mistake in AlumniDesk, not yours. What was saved is safe, and you can go on working. "
                "The report below names no people; it helps to put the mistake right."
            ),
            self.window,
        )
        text = QtWidgets.QPlainTextEdit(report)  # like QUrl named only here: such classes are 3 ms of every start
        text.setReadOnly(True)
        text.setAccessibleName(tr("Report"))
        text.setMinimumHeight(self._look.px(160))
        dialog.column.addWidget(text)
        verbs = [tr("Open the log’s folder"), tr("Copy the report"), tr("Go on")]
        for index, verb in enumerate(verbs):
            dialog.choose(verb, main=index == 2)
        dialog.exec()
        dialog.deleteLater()
        if dialog.chosen == 0 and log is not None:
            QtGui.QDesktopServices.openUrl(QtCore.QUrl.fromLocalFile(str(log.parent)))
        elif dialog.chosen == 1:
            QtGui.QGuiApplication.clipboard().setText(report)


def _words_of(problem: AlumniDeskError) -> tuple[str, str]:
    """Head and sentences: what happened, where, the way out."""
    what = words(problem.message)
    out = words(problem.way_out) if problem.way_out else ""
    if isinstance(problem, BadFile):
        name = Path(problem.path).name
        where = tr("{file}, line {line}", file=name, line=problem.line) if problem.line else name
        return tr("This file could not be read"), "\n\n".join(part for part in (where, what, out) if part)
    heads = {
        EnvironmentFault: tr("The computer does not let us do this just now"),
        Refused: tr("This cannot be done as things stand"),
        InvalidInput: tr("One value needs another look"),
    }
    head = next((text for family, text in heads.items() if isinstance(problem, family)), tr("Please look at this"))
    return head, "\n\n".join(part for part in (what, out) if part)


def crash_report(bug: BaseException) -> str:
    """Kind and place of a bug. Its message is left out, because it may hold a name or an address."""
    import platform  # both only ever needed here, and not at every start
    import traceback

    frames = traceback.extract_tb(bug.__traceback__)
    places = [f"{_in_program(frame.filename)}:{frame.lineno} {frame.name}" for frame in frames]
    when = dt.datetime.now(dt.UTC).strftime("%Y-%m-%d %H:%M UTC")
    about = f"AlumniDesk {__version__}, Python {platform.python_version()}, {platform.platform()}"
    return "\n".join([when, about, type(bug).__name__, *places])


def _in_program(filename: str) -> str:
    """A path inside our package or a library, without the folders of the person's home."""
    parts = Path(filename).parts
    for anchor in ("alumnidesk", "site-packages"):
        if anchor in parts:
            return "/".join(parts[len(parts) - 1 - parts[::-1].index(anchor) :])
    return parts[-1] if parts else ""


def _write_log(report: str) -> Path | None:
    try:
        path = log_folder() / "crashes.log"
        with path.open("a", encoding="utf-8") as file:
            file.write(report + "\n\n")
    except OSError:
        return None
    return path
