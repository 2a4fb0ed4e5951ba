"""The bin: what is in it, how long it is kept, and what leaves it for good."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Sequence
from dataclasses import dataclass

from alumnidesk.domain.association import KEPT_FOR
from alumnidesk.errors import Refused
from alumnidesk.i18n import Message, say, say_n
from alumnidesk.services import cards, sync_links
from alumnidesk.services.households import dissolve_if_alone
from alumnidesk.services.merging import MOVED, references
from alumnidesk.services.settings import Settings
from alumnidesk.storage.database import Database

_CHOSEN = "IN (SELECT value FROM json_each(?))"


@dataclass(frozen=True, slots=True)
class Leaving:
    """What would leave the file for good."""

    contacts: tuple[int, ...]
    with_them: tuple[Message, ...]
    """What goes with the contacts beside their own fields: ``3 letters``, ``2 notes``."""


class Bin:
    """Contacts that were deleted and can still be restored."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def contacts(self) -> list[int]:
        """Contacts in the bin, the last thrown away first."""
        return [
            i
            for (i,) in self._database.rows("SELECT id FROM contact WHERE binned_at <> '' ORDER BY binned_at DESC, id")
        ]

    @property
    def days(self) -> int:
        """For how many days deleted contacts are kept at least; 0: for as long as nobody says otherwise."""
        return int(Settings(self._database).association().keep_deleted)

    def keep_for(self, days: int) -> None:
        """Keep deleted contacts for so many days (`KEPT_FOR`). Nothing is deleted by that."""
        if days not in KEPT_FOR:
            raise ValueError(f"not a time that the bin knows: {days}")
        Settings(self._database).set("keep_deleted", str(days))

    def old(self, today: dt.date) -> list[int]:
        """Contacts that have been in the bin for longer than that."""
        days = self.days
        if not days:
            return []
        until = (today - dt.timedelta(days)).isoformat()
        return [
            i
            for (i,) in self._database.rows(
                "SELECT id FROM contact WHERE binned_at <> '' AND binned_at < ? ORDER BY binned_at, id", (until,)
            )
        ]

    def leaving(self, contacts: Sequence[int]) -> Leaving:
        """What would go with these contacts. Raises Refused if one of them is not in the bin."""
        chosen = self._chosen(contacts)
        counted: dict[str, int] = {}
        for reference in references():
            if reference.table in MOVED:
                ((n,),) = self._database.rows(
                    f'SELECT count(*) FROM "{reference.table}" WHERE "{reference.column}" {_CHOSEN}', (chosen,)
                )
                counted[reference.table] = counted.get(reference.table, 0) + n
        told = tuple(MOVED[table](n) for table, n in counted.items() if n and table not in _UNTOLD)
        return Leaving(tuple(json.loads(chosen)), told)

    def delete_for_good(self, contacts: Sequence[int]) -> int:
        """Take contacts in the bin out of the file, with all that hangs on them; returns how many.

        The history keeps what went, so that it can be taken back until the history is cleared. Raises Refused if one
        of them is not in the bin.
        """
        chosen = self._chosen(contacts)
        n = len(json.loads(chosen))
        if not n:
            return 0
        left = self._database.rows(
            f"SELECT DISTINCT household_id FROM contact WHERE household_id IS NOT NULL AND id {_CHOSEN}", (chosen,)
        )
        households = [household for (household,) in left]
        label = say_n("{n} contact deleted for good", "{n} contacts deleted for good", n)
        if n == 1:
            (card,) = cards.read(self._database, json.loads(chosen))
            label = say("{name} deleted for good", name=card.name)
        with self._database.writing(label) as transaction:
            for reference in references():
                transaction.execute(f'DELETE FROM "{reference.table}" WHERE "{reference.column}" {_CHOSEN}', (chosen,))
            transaction.execute(f"DELETE FROM contact WHERE id {_CHOSEN}", (chosen,))
            sync_links.forget(transaction, json.loads(chosen))
            for household in households:
                dissolve_if_alone(transaction, household)
        return n

    def _chosen(self, contacts: Sequence[int]) -> str:
        """The ids as JSON, each once."""
        chosen = json.dumps(sorted(set(contacts)))
        in_use = self._database.rows(f"SELECT 1 FROM contact WHERE id {_CHOSEN} AND binned_at = '' LIMIT 1", (chosen,))
        if in_use:
            raise Refused(say("Only what lies in the bin can be deleted for good."))
        found = self._database.rows(f"SELECT id FROM contact WHERE id {_CHOSEN} ORDER BY id", (chosen,))
        return json.dumps([i for (i,) in found])


_UNTOLD = frozenset({"identity", "not_duplicate", "not_household"})
"""Machinery that nobody would miss."""
