"""Taking back an old merge around what was done since: every value that only the merge touched goes back.

An exact undo (`storage.undo`) refuses as soon as a later deed touched the same values. Of a merge that would be too
little: weeks later somebody has corrected the survivor. So here each value is looked at by itself. What is as the merge
left it is put back, what was added since stays where it is, and of a value that both have changed a person says which
one is right.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from alumnidesk.errors import Refused
from alumnidesk.i18n import say
from alumnidesk.storage import past
from alumnidesk.storage.connection import Connection
from alumnidesk.storage.history import Entry
from alumnidesk.storage.past import Row

_SILENT = frozenset({"position", "listed_at"})
"""Columns that nobody knows of; the older value is as good as the later one."""


class Clash(NamedTuple):
    """A value that the merge changed, and a later deed changed again (or deleted together with its row)."""

    table: str
    row: int
    column: str
    """Empty when the whole row was deleted later."""
    older: Any
    """What stood there before the merge."""
    later: Any
    """What stands there now; None for a row that is gone."""

    @property
    def key(self) -> tuple[str, int, str]:
        """By which a decision names it."""
        return self.table, self.row, self.column


@dataclass(slots=True)
class _Net:
    """What a deed did to one row from its beginning to its end."""

    table: str
    row: int
    before: Row = field(default_factory=dict)
    after: Row = field(default_factory=dict)
    deleted: bool = False


def is_merge(connection: Connection, changeset: int) -> bool:
    """Whether a deed took a contact away whose rows live on with another one: it did not delete alone.

    That one is left over of a household, which is none any more, is no more than deleting.
    """
    return bool(
        connection.execute(
            "SELECT 1 FROM change WHERE changeset_id = ?1 AND table_name = 'contact' "
            "AND before IS NOT NULL AND after IS NULL "
            "AND EXISTS (SELECT 1 FROM change WHERE changeset_id = ?1 AND (before IS NULL OR after IS NOT NULL) "
            "AND NOT (table_name = 'contact' AND after IS '{\"household_id\":null}')) "
            "LIMIT 1",
            (changeset,),
        ).fetchone()
    )


def clashes(connection: Connection, changeset: int) -> list[Clash]:
    """What a person has to decide before the merge `changeset` can be taken back.

    Raises Refused if the contact that stayed is gone: a later merge has to be taken back first.
    """
    found: list[Clash] = []
    for net in _nets(connection, changeset):
        if net.deleted:
            continue
        present = past.present_row(connection, net.table, net.row)
        if not present:
            if net.table == "contact":
                raise Refused(
                    say("The contact that stayed was merged with another one since."),
                    say("Take that back first; the history page shows it."),
                )
            if "contact_id" in net.before and _has_parents(connection, net.table, gone := _gone(connection, net)):
                found.append(Clash(net.table, net.row, "", gone, None))
            continue
        found += [
            Clash(net.table, net.row, column, older, present[column])
            for column, older in net.before.items()
            if column not in _SILENT and present[column] not in (older, net.after[column])
        ]
    return found


def take_back(connection: Connection, merge: Entry, changeset: int, put_back: Collection[tuple[str, int, str]]) -> None:
    """Put back what the merge changed, inside the transaction of the deed that takes it back.

    `changeset` is where it was done last. Of the clashes those whose keys are in `put_back` get their older value, the
    others keep the later one. What would belong to something that is gone since (the list of a deleted event) stays
    away.
    """
    undecided = {clash.key: clash for clash in clashes(connection, changeset)}
    connection.execute("PRAGMA defer_foreign_keys=ON")
    nets = _nets(connection, changeset)
    for table, first, last in connection.execute(
        "SELECT table_name, row_id, row_last FROM change WHERE changeset_id = ? AND before IS NULL AND after IS NULL",
        (changeset,),
    ).fetchall():
        connection.execute(f'DELETE FROM main."{table}" WHERE id BETWEEN ? AND ?', (first, last))
    kept = {key for key in undecided if key not in put_back}
    for net in nets:  # first make room, then let the deleted rows come back into it
        if not net.deleted and (net.table, net.row, "") not in undecided:
            _update(connection, net, kept)
    returning = [(net.table, net.before) for net in reversed(nets) if net.deleted]  # what others refer to went last
    returning += [
        (clash.table, clash.older) for clash in undecided.values() if clash.key in put_back and not clash.column
    ]
    for table, row in returning:
        if _has_parents(connection, table, row):
            _insert(connection, table, row)
    connection.execute("UPDATE changeset SET reverted = 1 WHERE id = ?", (merge.id,))


def _update(connection: Connection, net: _Net, kept: set[tuple[str, int, str]]) -> None:
    values = {column: older for column, older in net.before.items() if (net.table, net.row, column) not in kept}
    if values:
        assignments = ", ".join(f'"{column}" = ?' for column in values)
        connection.execute(f'UPDATE main."{net.table}" SET {assignments} WHERE id = ?', (*values.values(), net.row))


def _insert(connection: Connection, table: str, row: Row) -> None:
    """Let a row come back, unless one that says the same was entered meanwhile."""
    names, marks = ", ".join(f'"{column}"' for column in row), ", ".join("?" * len(row))
    connection.execute(f'INSERT OR IGNORE INTO main."{table}" ({names}) VALUES ({marks})', tuple(row.values()))


def _nets(connection: Connection, changeset: int) -> list[_Net]:
    """What the deed did to each row that was there before it."""
    found: dict[tuple[str, int], _Net] = {}
    made: defaultdict[str, list[tuple[int, int]]] = defaultdict(list)
    for table, row, last, before, after in connection.execute(
        "SELECT table_name, row_id, row_last, before, after FROM change WHERE changeset_id = ? ORDER BY id",
        (changeset,),
    ):
        if before is None:
            made[table].append((row, last))
            continue
        if (table, row) not in found and any(first <= row <= end for first, end in made[table]):
            continue  # made and deleted by the same deed: it never was
        net = found.setdefault((table, row), _Net(table, row))
        net.before = json.loads(before) | net.before
        net.deleted = after is None
        net.after |= json.loads(after or "{}")
    return list(found.values())


def _gone(connection: Connection, net: _Net) -> Row:
    """A row that was deleted since, as it was then but for what the merge had changed."""
    (before,) = connection.execute(
        "SELECT before FROM change WHERE table_name = ? AND row_id = ? AND after IS NULL AND before IS NOT NULL "
        "ORDER BY id DESC LIMIT 1",
        (net.table, net.row),
    ).fetchone()
    deleted: Row = json.loads(before)
    return deleted | net.before


def _has_parents(connection: Connection, table: str, row: Row) -> bool:
    """Whether all that a row refers to is there, contacts aside: the one that went comes back."""
    for key in connection.execute(f'PRAGMA main.foreign_key_list("{table}")').fetchall():
        parent, column = key[2], key[3]
        if (
            parent != "contact"
            and row.get(column) is not None
            and not past.present_row(connection, parent, row[column])
        ):
            return False
    return True
