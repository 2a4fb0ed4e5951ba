"""Whom the earlier parts of a long file were about, kept on the disk until a later row may be one of them."""

from __future__ import annotations

import json
import pickle
from collections.abc import Iterable
from typing import TYPE_CHECKING

from alumnidesk.storage.connection import temporary
from alumnidesk.storage.spool import packed

if TYPE_CHECKING:
    from alumnidesk.services.matching import Known

Key = tuple[str, str | int]
"""What somebody is found by: ``name``, ``email``, ``uid`` or ``contact``, and which."""


class EarlierRows:
    """Finds people by any of their keys."""

    def __init__(self) -> None:
        self._connection = temporary()
        self._connection.execute("CREATE TEMP TABLE person (id INTEGER PRIMARY KEY, bytes BLOB NOT NULL)")
        self._connection.execute(
            "CREATE TEMP TABLE called (id INTEGER PRIMARY KEY, kind TEXT, key ANY, person INTEGER, "
            "UNIQUE (kind, key, person)) STRICT"
        )
        self._count = 0

    def keep(self, people: Iterable[Known], keys: Iterable[tuple[Key, Known]]) -> None:
        """Remember people as they are now, with all keys that they got in this part."""
        execute = self._connection.execute
        execute("BEGIN")
        for known in people:
            if not known.kept:
                known.kept = self._count = self._count + 1
            execute("INSERT OR REPLACE INTO person VALUES (?, ?)", (known.kept, packed(known)))
        self._connection.executemany(
            "INSERT OR IGNORE INTO called (kind, key, person) VALUES (?, ?, ?)",
            ((*key, known.kept) for key, known in keys),
        )
        execute("COMMIT")

    def find(self, keys: Iterable[Key]) -> list[tuple[int, Key, Known]]:
        """Who is called so, each with a number; the lower it is, the earlier was somebody called so."""
        if not self._count:
            return []
        pairs = self._connection.execute(
            "SELECT called.id, kind, called.key, person FROM json_each(?) wanted "
            "JOIN called ON kind = wanted.value ->> 0 AND called.key = wanted.value ->> 1", (json.dumps(list(keys)),),
        ).fetchall()  # fmt: skip
        people: dict[int, Known] = {
            person: pickle.loads(found)
            for person, found in self._connection.execute(
                "SELECT id, bytes FROM person WHERE id IN (SELECT value FROM json_each(?))",
                (json.dumps(sorted({person for _, _, _, person in pairs})),),
            )
        }
        return [(number, (kind, key), people[person]) for number, kind, key, person in pairs]
