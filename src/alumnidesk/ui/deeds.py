"""Deeds from the window: do it in the owner thread, say what was done with Undo beside it, refresh what shows it."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Protocol, TypeVar

from PySide6.QtCore import QObject, Signal

from alumnidesk.i18n import Message
from alumnidesk.progress import Progress
from alumnidesk.ui.notices import Notices
from alumnidesk.ui.tasks import Tasks
from alumnidesk.ui.words import tr, words

if TYPE_CHECKING:
    from alumnidesk.desk import Desk

T = TypeVar("T")

NOUNS = {
    "event": "events", "participation": "events", "letter_template": "letters", "letter_text": "letters",
    "mailing": "letters", "letter": "letters", "setting": "settings", "stored_file": "settings",
}
"""Which noun of the window a table belongs to; all others are contacts."""


class Written(Protocol):
    """What a deed wrote, as the desk tells it."""

    @property
    def changeset(self) -> int: ...
    @property
    def label(self) -> Message: ...
    @property
    def tables(self) -> frozenset[str]: ...


class Deeds(QObject):
    """Does deeds and takes them back. `changed` carries the nouns that were touched, `history` among them;
    `next_changed` the labels of the next undo and the next redo (None if there is none)."""

    changed = Signal(object)
    next_changed = Signal(object, object)

    def __init__(self, tasks: Tasks, notices: Notices, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._tasks, self._notices = tasks, notices

    def do(self, work: Callable[[Desk], T], label: Message | None = None, *, then: Callable[[T], None] | None = None,
           failed: Callable[[BaseException], None] | None = None, quiet: bool = False,
           progress: Progress | None = None) -> None:
        """Do `work`; afterwards say `label` (or the deed's own) with Undo, unless `quiet`, and refresh the pages."""

        def with_what_it_wrote(desk: Desk) -> tuple[T, list[Written]]:
            written: list[Written] = []
            desk.after_writing.append(written.append)
            try:
                return work(desk), written
            finally:
                desk.after_writing.remove(written.append)

        def done(outcome: tuple[T, list[Written]]) -> None:
            result, written = outcome
            if written:
                self._tell(written, label, quiet)
            if then is not None:
                then(result)

        self._tasks.run(with_what_it_wrote, done, failed=failed, progress=progress)

    def undo(self) -> None:
        """Take back the newest deed that still holds."""
        self.do(lambda desk: desk.history.undo(), quiet=True, then=self._taken_back)

    def redo(self) -> None:
        """Do again what was taken back last."""
        self.do(lambda desk: desk.history.redo(), quiet=True, then=self._done_again)

    def undo_one(self, changeset: int) -> None:
        """Take back one deed of the history, however old."""
        self.do(lambda desk: desk.history.revert(changeset), quiet=True, then=self._taken_back)

    def read_next(self) -> None:
        """Ask what the next undo and redo would be, for the menu."""

        def labels(desk: Desk) -> tuple[Message | None, Message | None]:
            undo, redo = desk.history.next_undo(), desk.history.next_redo()
            return (undo.label if undo else None), (redo.label if redo else None)

        self._tasks.run(labels, lambda both: self.next_changed.emit(*both), latest="next undo")

    def _tell(self, written: list[Written], label: Message | None, quiet: bool) -> None:
        if not quiet:
            last = written[-1]
            self._notices.say(words(label or last.label), lambda: self.undo_one(last.changeset))
        nouns = {NOUNS.get(table, "contacts") for deed in written for table in deed.tables}
        self.changed.emit(nouns | {"history"})
        self.read_next()

    def _taken_back(self, written: Written | None) -> None:
        if written is not None:
            self._notices.say(tr("Taken back: {deed}", deed=words(written.label)), icon="undo")

    def _done_again(self, written: Written | None) -> None:
        if written is not None:
            self._notices.say(tr("Done again: {deed}", deed=words(written.label)), icon="redo")
