"""Files filed at a contact: a certificate, a letter that came, the agreement with a mentor."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from alumnidesk.domain.file_names import kept_name
from alumnidesk.errors import BadFile, Refused
from alumnidesk.i18n import say
from alumnidesk.services import export_targets, stored_files
from alumnidesk.services.photos import contact_name
from alumnidesk.storage import faults
from alumnidesk.storage.database import Database, now
from alumnidesk.whole_files import write_whole

LARGEST = 20_000_000
"""Bytes. The data file is copied as a whole for every backup."""


@dataclass(frozen=True, slots=True)
class FiledFile:
    """One file at a contact."""

    id: int
    name: str
    """As it was called when it was filed; never a path."""
    size: int
    """Bytes."""
    added_at: str
    """ISO date and time, UTC."""
    key: str
    """By which its bytes are kept."""


class Attachments:
    """Files at contacts. Their bytes are kept once by content, in the data file itself."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def of(self, contact: int) -> list[FiledFile]:
        """The files of a contact, the newest first."""
        return [
            FiledFile(*row)
            for row in self._database.rows(
                "SELECT a.id, a.name, coalesce(length(f.data), 0), a.added_at, a.sha256 FROM attachment a "
                "LEFT JOIN stored_file f ON f.sha256 = a.sha256 WHERE a.contact_id = ? "
                "ORDER BY a.added_at DESC, a.id DESC",
                (contact,),
            )
        ]

    def add(self, contact: int, path: Path) -> None:
        """File a copy of a file. Raises BadFile (too large, empty, a folder) or EnvironmentFault (not readable)."""
        name, data = _read(path)
        label = say("File “{file}” added to {name}", file=name, name=contact_name(self._database, contact))
        with self._database.writing(label) as transaction:
            transaction.execute(
                "INSERT INTO attachment (contact_id, sha256, name, added_at) VALUES (?, ?, ?, ?)",
                (contact, stored_files.store(transaction, data), name, now()),
            )

    def remove(self, number: int) -> None:
        """Take a file away from its contact."""
        rows = self._database.rows("SELECT name, contact_id FROM attachment WHERE id = ?", (number,))
        if not rows:
            raise Refused(say("This file is not here any more."))
        file, contact = rows[0]
        label = say("File “{file}” removed from {name}", file=file, name=contact_name(self._database, contact))
        with self._database.writing(label) as transaction:
            transaction.execute("DELETE FROM attachment WHERE id = ?", (number,))

    def keep(self, path: Path) -> str:
        """Keep the bytes of a file for an own field; returns the value for it. Raises like `add`."""
        name, data = _read(path)
        return f"{stored_files.keep(self._database, data)}\n{name}"

    def write(self, key: str, target: Path) -> None:
        """Write a filed file to the disk, whole or not at all.

        Raises Refused (its bytes are not here, or a data file stands there) or EnvironmentFault.
        """
        data = stored_files.fetch(self._database, key)
        with export_targets.writing(target):
            write_whole(target, [data])


def _read(path: Path) -> tuple[str, bytes]:
    """The name by which a file is filed, and its bytes."""
    name = kept_name(path.name)
    if path.is_dir():
        raise BadFile(path, say("“{file}” is a folder.", file=name), say("Please choose a file in it."))
    with faults.explained(path):
        size = path.stat().st_size
        if size > LARGEST:
            raise BadFile(
                path,
                say("“{file}” is larger than {limit} MB.", file=name, limit=LARGEST // 1_000_000),
                say("Every backup would hold it again. Keep it in a folder, and note here where it lies."),
            )
        data = path.read_bytes()
    if not data:
        raise BadFile(path, say("“{file}” is empty.", file=name))
    return name, data
