"""The open data file: its owner thread, its deeds, the backups while one works, and the answer to a second start."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal

from alumnidesk.progress import Progress
from alumnidesk.ui.deeds import Deeds
from alumnidesk.ui.tasks import Tasks

if TYPE_CHECKING:
    from alumnidesk.desk import Desk
    from alumnidesk.ui.single import Doorbell

BACKUP_EVERY = 30 * 60 * 1000
"""Milliseconds between two looks whether a backup is due."""
SETTLE = 250
"""Milliseconds after the answer to the first page: by then it is painted, and its first detail has been asked for."""
IDLE = 1000
"""Milliseconds after that until the owner thread imports what deeds need; what is asked before goes first."""


class OpenFile(QObject):
    """One data file, from the moment one asks for it until it is closed. Whoever opens another makes another.

    `opened` when one can work with it; `not_opened` carries why one cannot. `backup_found` carries the age of the
    newest backup (None if there is none) and whether one is overdue. `rung` when the program is started again with the
    same file. Once it is closed none of them is heard any more.
    """

    opened = Signal()
    not_opened = Signal(object)
    backup_found = Signal(object, bool)
    rung = Signal()

    def __init__(self, path: Path, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.path = path
        self.read_only = False
        self.progress: Progress | None = None
        """Of its opening, as long as that goes on."""
        self.tasks = Tasks(self)
        self.deeds = Deeds(self.tasks, self.tasks)
        self.backup: tuple[dt.timedelta | None, bool] | None = None
        """What `backup_found` carried last; None until somebody has looked."""
        self._doorbell: Doorbell | None = None
        self._settling = QTimer(self, singleShot=True, interval=SETTLE)
        self._settling.timeout.connect(self._settle)
        self._idle = QTimer(self, singleShot=True, interval=IDLE)
        self._idle.timeout.connect(self._prepare)
        self._backup_timer = QTimer(self, interval=BACKUP_EVERY)
        self._backup_timer.timeout.connect(self.back_up)

    # Opening and closing ---------------------------------------------------------------------------------------

    def open(self, opener: Callable[[], Desk], progress: Progress | None = None) -> None:
        """Begin the owner thread, in which `opener` opens the file."""
        self.progress = progress
        self.tasks.start(opener, self._opened, failed=self._not_opened, progress=progress)

    def stop_opening(self) -> None:
        """Ask what opens it to stop, if it does so just now."""
        if self.progress is not None:
            self.progress.cancel()

    def close(self) -> Exception | None:
        """Let the owner thread finish what is queued and close the file; the desk makes its backup then.

        Returns why there is no backup of its last changes, if so.
        """
        self.blockSignals(True)
        for timer in (self._settling, self._idle, self._backup_timer):
            timer.stop()
        self._take_doorbell_down()
        self.tasks.stop()
        return self.tasks.not_backed_up

    def go_on_in(self, copy: Path) -> None:
        """A copy is the open file now."""
        self.path, self.read_only = copy, False
        self._take_doorbell_down()
        self._hang_doorbell()
        self._look_for_backup()

    def sign(self, author: str) -> None:
        """Write this name beside what is done from now on."""
        self.tasks.run(lambda desk: setattr(desk, "author", author))

    def _opened(self, desk: Desk) -> None:
        self.progress, self.read_only = None, desk.read_only
        self.deeds.attach()
        self.opened.emit()
        # The owner thread answers in turn: once it gets to this, what the first page asked for is on its way.
        self.tasks.run(lambda desk: None, self._first_answers_came)

    def _not_opened(self, problem: BaseException) -> None:
        self.not_opened.emit(problem)

    def _first_answers_came(self, _: None) -> None:
        self._settling.start()

    def _settle(self) -> None:
        """After the first paint: what nobody waits for."""
        self._hang_doorbell()
        self._idle.start()
        self.tasks.ended.connect(self._look_for_backup)  # long work makes backups
        self._look_for_backup()
        self._backup_timer.start()

    def _prepare(self) -> None:
        self.tasks.run(lambda desk: desk.prepare())

    # Backups ---------------------------------------------------------------------------------------------------

    def back_up(self) -> None:
        """Make a backup if anything was written since the last one, and say how old the newest is."""

        def work(desk: Desk) -> tuple[dt.timedelta | None, bool]:
            if desk.backups.is_due() and not desk.read_only:
                desk.backups.make("timer")
            return _newest_backup(desk)

        self.tasks.run(work, self._found_backup, latest="backup age")

    def _look_for_backup(self) -> None:
        self.tasks.run(_newest_backup, self._found_backup, latest="backup age")

    def _found_backup(self, backup: tuple[dt.timedelta | None, bool]) -> None:
        self.backup = backup
        self.backup_found.emit(*backup)

    # A second start --------------------------------------------------------------------------------------------

    @property
    def answers(self) -> bool:
        """Does it answer a second start by now?"""
        return self._doorbell is not None

    def _hang_doorbell(self) -> None:
        from alumnidesk.ui.single import Doorbell  # QtNetwork is 5 % of the start

        self._doorbell = Doorbell(self.path, self.rung.emit, self)

    def _take_doorbell_down(self) -> None:
        if self._doorbell is not None:
            self._doorbell.close()
            self._doorbell.deleteLater()
            self._doorbell = None


def _newest_backup(desk: Desk) -> tuple[dt.timedelta | None, bool]:
    age = desk.backups.age()
    return age, desk.backups.overdue(age)
