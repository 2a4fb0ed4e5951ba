"""A data file that cannot be opened: why, and what can be done with it: export from it, or restore its backup."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from alumnidesk.desk import Desk
from alumnidesk.errors import BadFile, Cancelled, TooNew
from alumnidesk.i18n import say
from alumnidesk.progress import Progress
from alumnidesk.ui import files
from alumnidesk.ui.look import Look
from alumnidesk.ui.messages import Messages
from alumnidesk.ui.opening import Opening
from alumnidesk.ui.preferences import Preferences
from alumnidesk.ui.tasks import Tasks
from alumnidesk.ui.when import clock, written
from alumnidesk.ui.words import tr, tr_n, words

if TYPE_CHECKING:
    from alumnidesk.services.backups import Backup


def explain(
    look: Look, preferences: Preferences, messages: Messages, path: Path, problem: BaseException
) -> Path | None:
    """Say why the file cannot be opened. What a newer version wrote can be exported from here; in the place of a
    damaged file its newest backup is offered, and returned if somebody wants it there."""
    if isinstance(problem, TooNew):
        _offer_export(look, preferences, messages, path, problem)
        return None
    if isinstance(problem, BadFile) and (newest := Desk.newest_backup(path)) is not None:
        return newest.path if _wants_back(messages, problem, newest) else None
    messages.show(problem)
    return None


def _wants_back(messages: Messages, problem: BadFile, newest: Backup) -> bool:
    made_at = newest.made_at.astimezone()
    sentences = (
        words(problem.message),
        tr_n(
            "The newest backup is of {day}, {time}, and holds {n} contact. What was entered later is not in it.",
            "The newest backup is of {day}, {time}, and holds {n} contacts. What was entered later is not in it.",
            newest.contacts,
            day=written(made_at.date(), "year"),
            time=clock(made_at),
        ),
        tr("The file as it is now is kept beside it under another name."),
    )
    verbs = [tr("Leave it as it is"), tr("Restore it")]
    return messages.ask(tr("This file could not be read"), "\n\n".join(sentences), verbs) == 1


def _offer_export(look: Look, preferences: Preferences, messages: Messages, path: Path, problem: TooNew) -> None:
    sentence = "\n\n".join(words(part) for part in (problem.message, problem.way_out) if part is not None)
    verbs = [tr("Export the contacts …"), tr("Understood")]
    if messages.ask(tr("This file is newer than the program"), sentence, verbs) != 0:
        return
    kinds, name = tr("Tables (*.csv)"), f"{path.stem}.csv"
    target = files.ask_save(messages.window, preferences, tr("Export contacts"), kinds, "export", name)
    if target is not None:
        _export(look, messages, path, target)


def _export(look: Look, messages: Messages, path: Path, target: Path) -> None:
    progress, tasks, outcome = Progress(say("Opening the file …")), Tasks(), list[int | BaseException]()
    working = Opening(look, path.name, progress, messages.window)

    def write(desk: Desk) -> int:
        return desk.exporting.write(target, "csv", list(desk.find.contacts().ids), progress=progress).written

    def over(result: int | BaseException) -> None:
        outcome.append(result)
        working.over()

    tasks.start(partial(Desk.look_into, path), lambda _: tasks.run(write, over, failed=over), failed=over)
    working.exec()
    tasks.stop()
    tasks.deleteLater()
    exported = outcome[0] if outcome else Cancelled()  # without an outcome the program ends
    if isinstance(exported, BaseException):
        messages.show(exported)
        return
    said = tr_n("{n} contact written to {file}", "{n} contacts written to {file}", exported, file=target.name)
    messages.ask(tr("The contacts are exported"), said, [tr("Understood")])
