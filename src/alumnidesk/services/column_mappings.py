"""Which column of a list goes where, saved under a name: found again by the header, or chosen for any other list.

Each is a setting of the data file. What was corrected without a name is kept by the header alone, as long as no saved
one has that header.
"""

from __future__ import annotations

import json
import uuid
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace

from alumnidesk.domain.fields import folded_header
from alumnidesk.domain.folding import fold
from alumnidesk.errors import InvalidInput, Refused
from alumnidesk.formats.mapping import header_key
from alumnidesk.i18n import NOTHING, Message, say
from alumnidesk.storage.database import Database, Transaction

SAVED = "columns:"
"""Begins the keys of settings that hold a saved mapping."""
REMEMBERED = "mapping:"
"""Begins the keys of settings that hold what was corrected without a name; the header follows."""
LONGEST_NAME = 100
Slots = tuple[str | None, ...]
"""A slot of `domain.slots` for each column, as in `Choices.columns`."""


@dataclass(frozen=True, slots=True)
class SavedMapping:
    """Where the columns of one kind of list go."""

    id: str
    name: str
    headings: tuple[str, ...]
    columns: Slots

    def applied(self, header: Sequence[str], guessed: Slots) -> Slots:
        """The slots of another list: those of the headings that it shares, each as often as here; else as guessed."""
        waiting: defaultdict[str, list[str | None]] = defaultdict(list)
        for heading, slot in zip(self.headings, self.columns, strict=True):
            waiting[folded_header(heading)].append(slot)
        found: list[str | None] = []
        for heading, guess in zip(header, guessed, strict=True):
            saved = waiting.get(folded_header(heading))
            found.append(saved.pop(0) if saved else None if guess in self.columns else guess)
        return tuple(found)


class ColumnMappings:
    """Keeps the mappings of columns."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def all(self) -> list[SavedMapping]:
        """The saved ones by name."""
        rows = self._database.rows("SELECT key, value FROM setting WHERE key LIKE ?", (SAVED + "%",))
        return sorted((_read(key, value) for key, value in rows), key=lambda one: fold(one.name))

    def of_header(self, header: Sequence[str]) -> tuple[SavedMapping | None, Slots | None]:
        """The saved mapping with this header, if there is one; and where the columns were put the last time."""
        key = header_key(header)
        saved = next((one for one in self.all() if header_key(one.headings) == key), None)
        if saved is not None:
            return saved, saved.columns
        rows = self._database.rows("SELECT value FROM setting WHERE key = ?", (REMEMBERED + key,))
        return None, tuple(json.loads(rows[0][0])) if rows else None

    def save(self, name: str, headings: Sequence[str], columns: Sequence[str | None]) -> SavedMapping:
        """Save where columns go; one of the same name is replaced. Raises InvalidInput for a name that cannot be."""
        name = _checked(name)
        known = next((one for one in self.all() if fold(one.name) == fold(name)), None)
        mapping = SavedMapping(known.id if known else uuid.uuid4().hex, name, tuple(headings), tuple(columns))
        if mapping != known:
            with self._database.writing(say("Columns saved as “{name}”", name=name)) as transaction:
                _write(transaction, mapping)
        return mapping

    def rename(self, id: str, name: str) -> SavedMapping:
        """Give a saved mapping another name. Raises InvalidInput if it is taken, Refused if the mapping is gone."""
        mapping, name = self._one(id), _checked(name)
        if any(fold(one.name) == fold(name) and one.id != id for one in self.all()):
            why = say("There are columns saved as “{name}” already.", name=name)
            raise InvalidInput("name", why, say("Choose another name."))
        if name != mapping.name:
            label = say("Saved columns “{old}” renamed to “{new}”", old=mapping.name, new=name)
            mapping = replace(mapping, name=name)
            with self._database.writing(label) as transaction:
                _write(transaction, mapping)
        return mapping

    def delete(self, id: str) -> None:
        """Forget a saved mapping. Raises Refused if it is gone already."""
        mapping = self._one(id)
        with self._database.writing(say("Saved columns “{name}” deleted", name=mapping.name)) as transaction:
            transaction.execute("DELETE FROM setting WHERE key = ?", (SAVED + id,))

    def _one(self, id: str) -> SavedMapping:
        found = next((one for one in self.all() if one.id == id), None)
        if found is None:
            raise Refused(say("These saved columns are not there any more."), say("Please choose others."))
        return found


def remember(transaction: Transaction, header: str, columns: Slots) -> None:
    """Within an import: what was corrected serves the next list with the same header (`header_key`)."""
    _put(transaction, REMEMBERED + header, json.dumps(columns))


def name_in(value: str | None) -> Message:
    """The name that a stored mapping has, for the history; empty if there is none."""
    return say("{value}", value=str(json.loads(value)["name"])) if value else NOTHING


def _read(key: str, value: str) -> SavedMapping:
    said = json.loads(value)
    return SavedMapping(key.removeprefix(SAVED), said["name"], tuple(said["headings"]), tuple(said["columns"]))


def _write(transaction: Transaction, mapping: SavedMapping) -> None:
    said = {"name": mapping.name, "headings": mapping.headings, "columns": mapping.columns}
    _put(transaction, SAVED + mapping.id, json.dumps(said, ensure_ascii=False))


def _put(transaction: Transaction, key: str, value: str) -> None:
    transaction.execute(
        "INSERT INTO setting (key, value) VALUES (?1, ?2) ON CONFLICT (key) DO UPDATE SET value = excluded.value",
        (key, value),
    )


def _checked(name: str) -> str:
    name = " ".join(name.split())
    if not name:
        raise InvalidInput("name", say("A name is missing."), say("Write how you want to find these columns again."))
    if len(name) > LONGEST_NAME:
        why = say("The name is longer than {n} characters.", n=LONGEST_NAME)
        raise InvalidInput("name", why, say("Choose a shorter one."))
    return name
