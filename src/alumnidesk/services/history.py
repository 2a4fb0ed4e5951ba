"""What was done, and taking it back."""

from __future__ import annotations

from alumnidesk.errors import Refused
from alumnidesk.i18n import say
from alumnidesk.storage import history
from alumnidesk.storage.database import Database, Written
from alumnidesk.storage.history import Entry


class History:
    """Every deed ever done, newest first; each can be taken back as long as no later one builds on it."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def entries(self, *, before: int | None = None, limit: int = 200) -> list[Entry]:
        """Deeds older than `before` (or the newest), with their state."""
        return history.entries(self._database.connection, before=before, limit=limit)

    def next_undo(self) -> Entry | None:
        """What Undo would take back now."""
        return history.next_undo(self._database.connection)

    def next_redo(self) -> Entry | None:
        """What Redo would do again now (an entry of an undo, whose label is that of its deed)."""
        return history.next_redo(self._database.connection)

    def in_the_way(self, changeset: int) -> list[Entry]:
        """Later deeds that must be taken back first."""
        return history.in_the_way(self._database.connection, changeset)

    def undo(self, changeset: int | None = None) -> Written:
        """Take back a deed, by default the newest that still holds. Raises Refused with the reason in words."""
        subject = changeset or getattr(self.next_undo(), "id", None)
        if subject is None:
            raise Refused(say("There is nothing to take back."))
        return self._revert(subject)

    def redo(self, changeset: int | None = None) -> Written:
        """Do again what was taken back: the deed `changeset`, or what was undone last. Raises Refused."""
        if changeset is None:
            subject = getattr(self.next_redo(), "id", None)
        else:
            subject = history.undo_of(self._database.connection, changeset)
        if subject is None:
            raise Refused(say("There is nothing to do again."))
        return self._revert(subject)

    def _revert(self, changeset: int) -> Written:
        written = self._database.revert(changeset)
        if written is None:
            raise Refused(say("This step is already taken back."))
        return written
