"""Deeds from the window: do it in the owner thread, say what was done with Undo beside it, refresh what shows it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Protocol, TypeVar

from PySide6.QtCore import QObject, Signal

from alumnidesk.i18n import Message, say
from alumnidesk.progress import Progress
from alumnidesk.ui.tasks import Tasks, alive
from alumnidesk.ui.words import tr, tr_n, words

if TYPE_CHECKING:
    from alumnidesk.desk import Desk
    from alumnidesk.services.history import History

T = TypeVar("T")

UNDOING, REDOING = say("A step is still being taken back"), say("A step is still being done again")
"""For `Progress.running`."""
NOUNS = {
    "event": "events",
    "participation": "events",
    "letter_template": "letters",
    "letter_text": "letters",
    "mailing": "letters",
    "letter": "letters",
    "setting": "settings",
    "purpose": "settings",
    "stored_file": "settings",
    "sync_partner": "sync",
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
    @property
    def undoes(self) -> int | None: ...


class Deeds(QObject):
    """Does deeds and takes them back. `changed` carries the nouns that were touched, `history` among them;
    `next_changed` the labels of the next undo and the next redo (None if there is none); `said` a sentence about what
    was done, the changeset that Undo beside it takes back (0 for no Undo), and an icon; no sentence after a quiet deed,
    whose Undo an older notice must not seem to offer. `taken_back` carries a sentence and the deeds that
    were taken back, oldest first."""

    changed = Signal(object)
    next_changed = Signal(object, object)
    said = Signal(str, int, str)
    taken_back = Signal(str, object)
    _wrote = Signal(object)

    def __init__(self, tasks: Tasks, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._tasks = tasks
        self._written: list[Written] = []
        """Touched in the owner thread only."""
        self._wrote.connect(self._refresh)

    def attach(self) -> None:
        """Listen to the open desk: whatever writes, the pages that show it are refreshed."""
        self._tasks.run(lambda desk: desk.after_writing(self._note))

    def do(
        self,
        work: Callable[[Desk], T],
        label: Message | None = None,
        *,
        then: Callable[[T], None] | None = None,
        failed: Callable[[BaseException], None] | None = None,
        quiet: bool = False,
        progress: Progress | None = None,
    ) -> None:
        """Do `work`; afterwards say `label` (or the deed's own) with Undo, unless `quiet`, and refresh the pages."""

        def with_what_it_wrote(desk: Desk) -> tuple[T, list[Written]]:
            self._written.clear()
            result = work(desk)
            return result, list(self._written)

        def done(outcome: tuple[T, list[Written]]) -> None:
            result, written = outcome
            if written:
                last = written[-1]
                self.said.emit("" if quiet else words(label or last.label), last.changeset, "check-circle")
            if then is not None and alive(then):
                then(result)

        self._tasks.run(with_what_it_wrote, done, failed=failed, progress=progress)

    def undo(self) -> None:
        """Take back the newest deed that still holds."""
        self._turn(UNDOING, lambda history, progress: history.undo(progress=progress), self._taken_back)

    def undo_one(self, changeset: int) -> None:
        """Take back one deed of the history, however old."""
        self._turn(UNDOING, lambda history, progress: history.undo(changeset, progress=progress), self._taken_back)

    def redo(self) -> None:
        """Do again what was taken back last."""
        self._turn(REDOING, lambda history, progress: history.redo(progress=progress), self._done_again)

    def redo_these(self, changesets: Sequence[int]) -> None:
        """Do deeds again that were taken back, in this order."""
        self._turn(
            REDOING,
            lambda history, progress: [history.redo(changeset, progress=progress) for changeset in changesets],
            self._all_done_again,
        )

    def _turn(self, running: Message, work: Callable[[History, Progress], T], then: Callable[[T], None]) -> None:
        """What is taken back or done again may be much: if it lasts, one sees how far it is and can stop it."""
        progress = Progress(running=running)
        self.do(lambda desk: work(desk.history, progress), quiet=True, then=then, progress=progress)

    def read_next(self) -> None:
        """Ask what the next undo and redo would be, for the menu."""

        def labels(desk: Desk) -> tuple[Message | None, Message | None]:
            undo, redo = desk.history.next_undo(), desk.history.next_redo()
            return (undo.label if undo else None), (redo.label if redo else None)

        self._tasks.run(labels, lambda both: self.next_changed.emit(*both), latest="next undo")

    def _note(self, written: Written) -> None:
        self._written.append(written)
        self._wrote.emit(written)

    def _refresh(self, written: Written) -> None:
        self.changed.emit({NOUNS.get(table, "contacts") for table in written.tables} | {"history"})
        self.read_next()

    def _taken_back(self, written: Written) -> None:
        deeds = [] if written.undoes is None else [written.undoes]
        self.taken_back.emit(tr("Taken back: {deed}", deed=words(written.label)), deeds)

    def _all_done_again(self, written: Sequence[Written]) -> None:
        if len(written) == 1:
            self._done_again(written[0])
        else:
            self.said.emit(tr_n("{n} step done again", "{n} steps done again", len(written)), 0, "redo")

    def _done_again(self, written: Written) -> None:
        self.said.emit(tr("Done again: {deed}", deed=words(written.label)), 0, "redo")
