"""Which contacts were changed here since a deed, found in the history and not by looking at every contact."""

from __future__ import annotations

from alumnidesk.domain.units import with_those_below
from alumnidesk.services.cards import PARTS
from alumnidesk.services.unit_paths import stored
from alumnidesk.storage.database import Database

_PARTS = (*(part.table for part in PARTS), "contact_tag")
"""Tables whose rows are values of one contact."""
_SHARED = {"tag": ("contact_tag", "tag_id"), "unit": ("affiliation", "unit_id"), "own_field": ("own_value", "field_id")}
"""Tables whose rows many contacts name, and by which rows they do."""


def changed_since(database: Database, changeset: int) -> set[int]:
    """The contacts that any deed after `changeset` wrote, made or took back."""
    found: set[int] = set()
    runs: dict[str, list[tuple[int, int]]] = {}
    wanted = ", ".join(f"'{table}'" for table in ("contact", *_PARTS, *_SHARED))
    for table, first, last, contact, moved_to in database.rows(
        "SELECT table_name, row_id, row_last, contact_id, json_extract(after, '$.contact_id') FROM change "
        f"WHERE changeset_id > ? AND table_name IN ({wanted})",
        (changeset,),
    ):
        if table == "contact":
            found.update(range(first, last + 1))
        elif contact is None:
            runs.setdefault(table, []).append((first, last))
        found.update(number for number in (contact, moved_to) if number is not None)
    if "unit" in runs:
        runs["unit"] = _with_those_below(database, runs["unit"])
    for table, rows in runs.items():
        naming, column = _SHARED.get(table, (table, "id"))
        for first, last in rows:
            found.update(
                contact
                for (contact,) in database.rows(
                    f"SELECT contact_id FROM {naming} WHERE {column} BETWEEN ? AND ?", (first, last)
                )
            )
    return found


def _with_those_below(database: Database, runs: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """Units by their ids, with those whose path they stand in: contacts name units by their paths."""
    units = stored(database)
    changed = [unit.id for unit in units if any(first <= unit.id <= last for first, last in runs)]
    return [(number, number) for number in {one for top in changed for one in with_those_below(units, top)}]
