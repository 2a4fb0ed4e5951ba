"""Taking back what a deed did, exactly or not at all."""

from __future__ import annotations

import json
import sys
from collections.abc import Collection, Iterator
from itertools import groupby
from typing import NamedTuple

from alumnidesk.errors import Refused
from alumnidesk.i18n import say
from alumnidesk.progress import Progress
from alumnidesk.storage import history, separate
from alumnidesk.storage.connection import Connection
from alumnidesk.storage.history import Entry

_BATCH = 10_000


class _Change(NamedTuple):
    id: int
    table: str
    first: int
    last: int
    before: str | None
    after: str | None

    @property
    def kind(self) -> str:
        return "made" if self.before is None else "deleted" if self.after is None else "changed"


def revert(
    connection: Connection,
    subject: Entry,
    put_back: Collection[tuple[str, int, str]] | None = None,
    progress: Progress | None = None,
) -> None:
    """Put back what a deed changed, inside the transaction of the deed that takes it back.

    `subject` is what `history.subject_of` gave. Each row is put back only if it is as the deed left it, so that what
    comes out is what was there before, to the letter. A merge is taken back around later deeds (`storage.separate`),
    where `put_back` decides what both have changed. Raises Refused, with the reason in words, if the deed is final,
    already taken back, or if later deeds stand in the way; Cancelled.
    """
    if subject.reverted:
        raise Refused(say("This step is already taken back."))
    if subject.final:
        raise Refused(subject.final)
    if separable(connection, subject.id):
        _separate(connection, subject, put_back)
        return
    blockers = history.in_the_way(connection, subject.id)
    if blockers:
        raise Refused(
            say("Later steps build on this one, the last of them: {label}", label=blockers[-1].label),
            say("Take those back first; the history page shows them."),
        )
    connection.execute("PRAGMA defer_foreign_keys=ON")
    for table, kind, changes in _batches(connection, history.applied_by(connection, subject)):
        if progress is not None:
            progress.check()
        if _PUT_BACK[kind](connection, table, changes) != sum(c.last - c.first + 1 for c in changes):
            raise Refused(
                say("This cannot be taken back: what it changed was changed again or deleted since."),
                say("The history page shows what happened since."),
            )
    _refuse_a_ring(connection)
    connection.execute("UPDATE changeset SET reverted = 1 WHERE id = ?", (subject.id,))
    # Taking back an undo makes its deed hold again.
    if subject.undoes is not None:
        connection.execute("UPDATE changeset SET reverted = 0 WHERE id = ?", (subject.undoes,))


def separable(connection: Connection, changeset: int) -> bool:
    """Whether a deed is a merge, which can be taken back around what was done since."""
    subject = history.subject_of(connection, changeset)
    return subject.undoes is None and separate.is_merge(connection, subject.id)


def clashes(connection: Connection, changeset: int) -> list[separate.Clash]:
    """What has to be decided before a deed can be taken back: nothing, unless it is a merge."""
    subject = history.subject_of(connection, changeset)
    if subject.reverted or not separable(connection, changeset):
        return []
    return separate.clashes(connection, history.applied_by(connection, subject))


def _separate(connection: Connection, merge: Entry, put_back: Collection[tuple[str, int, str]] | None) -> None:
    if put_back is None and clashes(connection, merge.id):
        raise Refused(
            say("What this step changed was changed again since, and only you know which is right."),
            say("Choose for each value whether the later one stays or the older one comes back."),
        )
    separate.take_back(connection, merge, history.applied_by(connection, merge), put_back or ())


def _refuse_a_ring(connection: Connection) -> None:
    """Two moves, each right in its time, can put units below each other when only the earlier is taken back."""
    (lost,) = connection.execute(
        "WITH RECURSIVE hung (id) AS (SELECT id FROM unit WHERE parent_id IS NULL "
        "UNION SELECT unit.id FROM unit JOIN hung ON unit.parent_id = hung.id) "
        "SELECT EXISTS (SELECT 1 FROM unit WHERE id NOT IN hung)"
    ).fetchone()
    if lost:
        raise Refused(
            say("This cannot be taken back: a unit would stand below itself."),
            say("The history page shows what was moved since."),
        )


def _batches(connection: Connection, changeset: int) -> Iterator[tuple[str, str, list[_Change]]]:
    """The changes, last first, as far as neighbours of one kind to one table can be put back together.

    A deed may have changed more than fits into memory.
    """
    before = sys.maxsize
    while True:
        rows = connection.execute(
            "SELECT id, table_name, row_id, row_last, before, after FROM change WHERE changeset_id = ? AND id < ? "
            "ORDER BY id DESC LIMIT ?", (changeset, before, _BATCH),
        ).fetchall()  # fmt: skip
        if not rows:
            return
        changes = [_Change(*row) for row in rows]
        for (table, kind), batch in groupby(changes, key=lambda change: (change.table, change.kind)):
            yield table, kind, list(batch)
        before = changes[-1].id


# Each puts rows back and returns how many it found as expected.


def _delete_made(connection: Connection, table: str, changes: list[_Change]) -> int:
    deleted = 0
    with history.by_hand(connection, table):
        for change in changes:
            history.note_deleted(connection, table, change.first, change.last)
            gone = connection.execute(
                f'DELETE FROM main."{table}" WHERE id BETWEEN ? AND ?', (change.first, change.last)
            )
            deleted += gone.rowcount
    return deleted


def _change_back(connection: Connection, table: str, changes: list[_Change]) -> int:
    done = 0
    for change in changes:
        before, after = json.loads(change.before or "{}"), json.loads(change.after or "{}")
        columns = ", ".join(f'"{column}" = ?' for column in before)
        as_left = " AND ".join(f'"{column}" IS ?' for column in after)
        done += connection.execute(
            f'UPDATE main."{table}" SET {columns} WHERE id = ? AND {as_left}',
            (*before.values(), change.first, *after.values()),
        ).rowcount
    return done


def _make_deleted(connection: Connection, table: str, changes: list[_Change]) -> int:
    """Rows come back from their JSON in one statement; new runs of ids are noted as one change each.

    Columns that the table got since they were deleted have their default.
    """
    columns = list(json.loads(changes[0].before or "{}"))
    names = ", ".join(f'"{c}"' for c in columns)
    values = ", ".join(f"json_extract(before, '$.{c}')" for c in columns)
    with history.by_hand(connection, table):
        made = connection.execute(
            f'INSERT INTO main."{table}" ({names}) SELECT {values} FROM change '
            "WHERE id BETWEEN ? AND ? ORDER BY row_id",
            (changes[-1].id, changes[0].id),
        ).rowcount
    history.note_made(connection, table, history.runs(change.first for change in changes))
    return made


_PUT_BACK = {"made": _delete_made, "changed": _change_back, "deleted": _make_deleted}
