"""The paths by which cards name units: out of rows and into rows."""

from __future__ import annotations

from collections.abc import Iterable

from alumnidesk.domain.units import STEP, Unit, tree
from alumnidesk.storage.database import Database, Transaction

_ALL = "SELECT id, name, kind, parent_id FROM unit"


def stored(database: Database) -> list[Unit]:
    """Every unit, each followed by those below it, by name."""
    return tree(database.rows(_ALL))


def ids_of(transaction: Transaction, paths: Iterable[str]) -> dict[str, int]:
    """The ids of the units with these whole paths; what is missing is made, with those above it.

    A path says where a unit is and is never looked for elsewhere: what somebody typed has become a whole path before
    (`domain.units.path_meant`).
    """
    return {path: _found(transaction, path) or _made(transaction, path) for path in sorted(set(paths))}


def _found(transaction: Transaction, path: str) -> int | None:
    """Step by step, because of many contacts each asks for its own."""
    under: int | None = None
    for name in path.split(STEP):
        row = transaction.execute("SELECT id FROM unit WHERE parent_id IS ? AND name = ?", (under, name)).fetchone()
        if row is None:  # or a name has a step in it, from when paths in files were not understood
            return {unit.said: unit.id for unit in tree(transaction.execute(_ALL).fetchall())}.get(path)
        under = row[0]
    return under


def _made(transaction: Transaction, path: str) -> int:
    above, _, name = path.rpartition(STEP)
    under = ids_of(transaction, [above])[above] if above else None
    number = transaction.allocate("unit", 1)
    transaction.insert_many("unit", ("id", "name", "parent_id"), [(number, name, under)])
    return number
