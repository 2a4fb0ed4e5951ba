"""Backups of the open data file: making them, and knowing how old the newest is."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

from alumnidesk.i18n import Message
from alumnidesk.progress import Progress
from alumnidesk.storage import backup
from alumnidesk.storage.backup import Backup
from alumnidesk.storage.database import Database

__all__ = ["Backup", "Backups"]

NEW, OLD = dt.timedelta(days=1), dt.timedelta(days=7)
"""So long a file may be without a backup (one is made when it is closed), and so old may its backup be."""


class Backups:
    """Verified copies of the open file, in the folder of the program."""

    def __init__(self, database: Database) -> None:
        self._database = database

    @property
    def folder(self) -> Path:
        """Where they lie."""
        return backup.folder_of(self._database.path)

    def make(self, reason: str = "asked", *, progress: Progress | None = None) -> Backup:
        """A verified backup; the last one if nothing was written since.

        `reason` is a key of `reasons`. Raises EnvironmentFault (disk full, not writable) or BadFile (damaged).
        """
        return backup.make(self._database, reason, progress)

    def copy_to(self, folder: Path, made: Backup) -> Path:
        """Put a verified copy of a backup into a second folder, and thin out older ones there; says where it lies now.

        Raises EnvironmentFault (not there, full) or BadFile (what arrived is not what was sent).
        """
        return backup.copy_to(made, folder)

    def list(self) -> list[Backup]:
        """All backups, newest first."""
        return backup.list_backups(self._database.path)

    def newest(self) -> Backup | None:
        """The backup that would be brought back if the file were lost now."""
        return backup.newest_verified(self._database.path)

    def age(self) -> dt.timedelta | None:
        """How old the newest verified backup is; None if there is none."""
        newest = self.newest()
        return dt.datetime.now(dt.UTC) - newest.made_at if newest is not None else None

    def overdue(self, age: dt.timedelta | None) -> bool:
        """Whether to make one now: the newest is so old, or there is none (None) though the file is not of today."""
        if age is not None:
            return age >= OLD
        first = self._database.rows("SELECT made_at FROM changeset ORDER BY id LIMIT 1")
        return bool(first) and dt.datetime.now(dt.UTC) - dt.datetime.fromisoformat(first[0][0]) >= NEW

    def is_due(self) -> bool:
        """Whether something was written since the newest verified backup."""
        return backup.same_state(self._database) is None

    @staticmethod
    def why(made: Backup) -> Message:
        """Why a backup was made, in words."""
        return backup.REASONS[made.reason]
