"""The thorough check-up: everything that can be wrong with a file, looked for and said in words."""

from __future__ import annotations

from dataclasses import dataclass

from alumnidesk.i18n import Message, say, say_n
from alumnidesk.progress import Progress
from alumnidesk.storage import backup, content, faults, indexing
from alumnidesk.storage.backup import Backup
from alumnidesk.storage.connection import Connection
from alumnidesk.storage.database import Database


@dataclass(frozen=True, slots=True)
class Report:
    """What a check-up found."""

    problems: tuple[Message, ...]
    """What is wrong; empty if nothing is."""
    index_disagrees: bool
    """Lists or search do not show what the contacts say: nothing is lost, `Database.rebuild_index` puts it right."""
    content_hash: str
    """Empty if the file cannot be read to its end."""
    contacts: int
    backup: Backup | None
    """The newest verified backup."""
    steps_since: int
    """How many steps of the history would be lost by going back to it."""
    read_only: bool
    """The file may only be read, so nothing is put right in it."""

    @property
    def good(self) -> bool:
        return not self.problems and not self.index_disagrees

    def in_words(self) -> list[Message]:
        """What is wrong, and which backup one could go back to at what price; empty if nothing is wrong."""
        found = list(self.problems)
        if self.problems and self.backup:
            found.append(
                say_n(
                    "The newest verified backup is of {moment}; it lacks one step done since.",
                    "The newest verified backup is of {moment}; it lacks {n} steps done since.",
                    self.steps_since,
                    moment=self.backup.made_at.astimezone().strftime("%Y-%m-%d %H:%M"),
                )
            )
        if self.index_disagrees and self.read_only:
            found.append(say("Lists and search do not show what the contacts say, and the file may only be read."))
        elif self.index_disagrees:
            found.append(say("Lists and search did not show what the contacts say; they are made anew."))
        return found


def check(database: Database, progress: Progress | None = None) -> Report:
    """Read everything and compare: structure, links, history, search index, and the newest backup of the same state.

    SQLite's own check sees about a third of all flipped bits (measured), because its pages have no checksums. What it
    misses in texts is found by the hash that every backup has of what it holds.
    """
    progress = progress or Progress()
    connection = database.connection
    newest = backup.newest_verified(database.path)
    found: list[Message] = []
    held, contacts, disagrees, since = "", 0, False, 0
    try:
        progress.begin(say("Checking the structure …"))
        found += _structure(connection)
        progress.begin(say("Checking the history …"))
        found += _history(connection)
        held, contacts = content.content_hash(connection), content.contacts(connection)
        same = backup.same_state(database)
        if same and backup.content_of(same.path) != held:
            found.append(say("What the file holds differs from the backup of the same state, so it was damaged since."))
        since = _steps_since(connection, newest)
        if not found:  # of damaged contacts nothing sensible can be said about the index
            with database.temporary_tables():
                disagrees = indexing.disagrees(connection, progress)
    except faults.UNREADABLE as fault:
        found.append(say("The file cannot be read to its end: {details}", details=str(fault)))
    return Report(tuple(found), disagrees, held, contacts, newest, since, database.read_only)


def _structure(connection: Connection) -> list[Message]:
    answers = [text for (text,) in connection.execute("PRAGMA integrity_check(20)")]
    found = [say("The structure is damaged: {details}", details=answer) for answer in answers if answer != "ok"]
    broken = len(connection.execute("PRAGMA foreign_key_check").fetchall())
    if broken:
        found.append(say_n("One entry lacks what it belongs to.", "{n} entries lack what they belong to.", broken))
    return found


def _history(connection: Connection) -> list[Message]:
    """A step counts as taken back exactly if an undo of it holds; each change belongs to a step and names a table."""
    (wrong,) = connection.execute(
        """
        SELECT count(*) FROM changeset s
        WHERE s.reverted <> EXISTS (SELECT 1 FROM changeset u WHERE u.undoes = s.id AND u.reverted = 0)
            AND (s.undoes IS NULL OR s.undoes IN (SELECT id FROM changeset WHERE undoes IS NULL))
        """
    ).fetchone()
    if not wrong:
        return []
    return [
        say_n("One step of the history contradicts itself.", "{n} steps of the history contradict themselves.", wrong)
    ]


def _steps_since(connection: Connection, newest: Backup | None) -> int:
    last = newest.content_version.split(" ", 1)[0] if newest else ""
    (steps,) = connection.execute("SELECT count(*) FROM changeset WHERE id > ?", (int(last or 0),)).fetchone()
    return int(steps)
