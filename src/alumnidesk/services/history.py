"""What was done, and taking it back."""

from __future__ import annotations

from collections.abc import Collection
from typing import NamedTuple

from alumnidesk.domain.folding import words
from alumnidesk.domain.happened import DeedDetails, DeedLine
from alumnidesk.errors import Refused
from alumnidesk.i18n import Language, say
from alumnidesk.progress import Progress
from alumnidesk.storage import history, undo
from alumnidesk.storage.database import Database, Written
from alumnidesk.storage.history import Entry

__all__ = ["Conflict", "Entry", "History"]


class Conflict(NamedTuple):
    """A value that a merge and a later deed have changed: keep the later one, or put back the older one?"""

    key: tuple[str, int, str]
    line: DeedLine
    """Its words: `before` is the older value, `after` the later one (nothing if it was deleted)."""


class History:
    """Every deed ever done, newest first; each can be taken back as long as no later one builds on it."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def entries(self, *, limit: int = 200) -> list[Entry]:
        """The newest deeds, with their state."""
        return self._database.ask(history.entries, limit)

    def find(self, query: str, language: Language, limit: int = 5000) -> list[Entry]:
        """Of the newest `limit` deeds those whose words in `language`, or whose author, begin with all words typed."""
        wanted = words(query)

        def fits(entry: Entry) -> bool:
            there = words(f"{language(entry.label)} {entry.made_by}")
            return all(any(word.startswith(beginning) for word in there) for beginning in wanted)

        return [entry for entry in self.entries(limit=limit) if not wanted or fits(entry)]

    def details(self, changeset: int) -> DeedDetails:
        """What a deed did: how many of what, and record by record what stood there before and after."""
        from alumnidesk.services import happened  # with the catalogue of fields 5 % of a start on Home

        return self._database.ask(happened.tell, changeset)

    def next_undo(self) -> Entry | None:
        """What Undo would take back now; None at the beginning, or where the newest deed is final."""
        entry = self._database.ask(history.next_undo)
        return None if entry is None or entry.final else entry

    def next_redo(self) -> Entry | None:
        """What Redo would do again now (an entry of an undo, whose label is that of its deed)."""
        return self._database.ask(history.next_redo)

    def conflicts(self, changeset: int) -> list[Conflict]:
        """What has to be decided before a merge can be taken back: values that it and a later deed have changed.

        Empty for other deeds. Raises Refused if the contact that stayed is gone.
        """
        from alumnidesk.services.happened import tell_clash  # as in `details`

        found = self._database.ask(undo.clashes, changeset)
        return [Conflict(clash.key, self._database.ask(tell_clash, changeset, clash)) for clash in found]

    def in_the_way(self, changeset: int) -> list[Entry]:
        """Later deeds that must be taken back first, those that stand in their way included, oldest first.

        None for a merge, which is taken back around them.
        """
        if self._database.ask(undo.separable, changeset):
            return []
        found: dict[int, Entry] = {}
        waiting = [changeset]
        while waiting:
            for entry in self._database.ask(history.in_the_way, waiting.pop()):
                if entry.id not in found:
                    found[entry.id] = entry
                    waiting.append(entry.id)
        return [found[number] for number in sorted(found)]

    # What touched many contacts writes the search index of all of them anew when it is taken back or done again: with a
    # `progress` one sees that, and can stop it (raises Cancelled).

    def undo(
        self,
        changeset: int | None = None,
        *,
        put_back: Collection[Conflict] | None = None,
        progress: Progress | None = None,
    ) -> Written:
        """Take back a deed, by default the newest that still holds.

        Of the `conflicts` of a merge those in `put_back` get their older value, the others keep the later one; None:
        nobody was asked. Raises Refused with the reason in words.
        """
        subject = changeset or getattr(self.next_undo(), "id", None)
        if subject is None:
            raise Refused(say("There is nothing to take back."))
        return self._revert(subject, progress, None if put_back is None else {conflict.key for conflict in put_back})

    def undo_with_later(self, changeset: int, *, progress: Progress | None = None) -> list[int]:
        """Take back a deed and before it the later ones that build on it, newest first; returns them, oldest first.

        Raises Refused, before anything is done, if one of them is final. It can be stopped as long as nothing is taken
        back.
        """
        later = self.in_the_way(changeset)
        for entry in later:
            if entry.final:
                raise Refused(
                    say("This step has to stay, because a later one cannot be taken back: {label}", label=entry.label),
                    entry.final,
                )
        for entry in reversed(later):
            self._revert(entry.id, progress)
        self._revert(changeset, progress)
        return [changeset, *(entry.id for entry in later)]

    def redo(self, changeset: int | None = None, *, progress: Progress | None = None) -> Written:
        """Do again what was taken back: the deed `changeset`, or what was undone last. Raises Refused."""
        if changeset is None:
            subject = getattr(self.next_redo(), "id", None)
        else:
            subject = self._database.ask(history.undo_of, changeset)
        if subject is None:
            raise Refused(say("There is nothing to do again."))
        return self._revert(subject, progress)

    def _revert(
        self, changeset: int, progress: Progress | None, put_back: Collection[tuple[str, int, str]] | None = None
    ) -> Written:
        written = self._database.revert(changeset, put_back, progress)
        if written is None:
            raise Refused(say("This step is already taken back."))
        return written
