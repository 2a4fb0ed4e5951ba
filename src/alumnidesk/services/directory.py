"""Deeds on directories: who agreed to stand in one, and making it. Nothing in the data file changes by it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from alumnidesk.documents import fonts
from alumnidesk.documents.directory import print_directory
from alumnidesk.domain.consent import DIRECTORY, PHOTOS
from alumnidesk.domain.directory import Agreed, DirectoryPlan, DirectoryStyle, plan_directory
from alumnidesk.errors import Refused
from alumnidesk.i18n import say
from alumnidesk.progress import Progress
from alumnidesk.services import cards, export_targets
from alumnidesk.services.consents import Consents
from alumnidesk.services.purposes import Purposes
from alumnidesk.services.settings import Settings
from alumnidesk.storage.database import Database


@dataclass(frozen=True, slots=True)
class DirectoryRun:
    """What was printed."""

    out: Path
    people: int
    pages: int


class Directory:
    """Everything one can do with a printed directory."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def wording(self) -> str:
        """What people agree to, as it reads now, in the language of the association."""
        purposes = Purposes(self._database)
        return purposes.wording(purposes.get(DIRECTORY))

    def plan(
        self,
        contacts: Sequence[int],
        style: DirectoryStyle,
        *,
        today: dt.date | None = None,
        progress: Progress | None = None,
    ) -> DirectoryPlan:
        """The directory of those of these contacts who have agreed to stand in it, with who has not.

        Raises Cancelled.
        """
        progress = progress or Progress()
        association, purposes = Settings(self._database).association(), Purposes(self._database)
        progress.begin(say("Reading the contacts …"), len(contacts))
        answers = Consents(self._database).answers(contacts, (DIRECTORY, PHOTOS))
        return plan_directory(
            cards.read(self._database, contacts),
            style,
            Agreed(purposes.get(DIRECTORY), purposes.get(PHOTOS), answers),
            association,
            today=today or dt.date.today(),
            lacking=partial(fonts.lacking, family=association.font),
            progress=progress,
        )

    def print(self, plan: DirectoryPlan, out: Path, progress: Progress | None = None) -> DirectoryRun:
        """Write a directory into one PDF. Raises Refused (nobody stands in it), EnvironmentFault and Cancelled."""
        if not plan.people:
            raise Refused(
                say("Nobody of these contacts has agreed to stand in a directory."),
                say("Note who agrees with “Note a consent …”; then they stand in it."),
            )
        association = Settings(self._database).association()
        with export_targets.writing(out):
            pages = print_directory(plan, association, self._photo, out, progress)
        return DirectoryRun(out, plan.people, pages)

    def _photo(self, key: str) -> bytes:
        rows = self._database.rows("SELECT data FROM stored_file WHERE sha256 = ?", (key,))
        return bytes(rows[0][0]) if rows else b""
