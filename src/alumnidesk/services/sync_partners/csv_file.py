"""A CSV file that somebody else keeps: a row for each contact, known by the column “AlumniDesk-ID”."""

from __future__ import annotations

import os
from collections.abc import Collection, Iterator
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

from alumnidesk.domain.cards import ContactCard
from alumnidesk.domain.records import ContactRecord, Problem, as_card
from alumnidesk.domain.taking_over import taken_over
from alumnidesk.errors import EnvironmentFault
from alumnidesk.formats import vcard
from alumnidesk.i18n import Message, say
from alumnidesk.services import reading
from alumnidesk.services.column_mappings import ColumnMappings
from alumnidesk.services.own_fields import OwnFields
from alumnidesk.services.settings import Settings
from alumnidesk.services.sync_contacts import Contacts, as_far_as_known
from alumnidesk.services.sync_partners import CHANGED_MEANWHILE, Held, Listing
from alumnidesk.services.sync_partners.csv_rows import Reads, Row, Rows
from alumnidesk.services.sync_plan import SyncProblem, each_once
from alumnidesk.services.unit_paths import stored
from alumnidesk.storage import faults
from alumnidesk.storage.database import Database
from alumnidesk.whole_files import write_whole


class CsvFile:
    """The rows of one file. It is read whole, changed in memory and written whole when things are settled."""

    kept_by_hand = True
    at_once = 1_000_000

    def __init__(self, database: Database, path: Path) -> None:
        self._path = path
        self._contacts = Contacts(database)
        self._mappings, self._own = ColumnMappings(database), OwnFields(database)
        self._fields, self._units = tuple(self._own.all()), stored(database)
        language = Settings(database).association().language
        self._reads = Reads(lambda header: self._mappings.of_header(header)[1], self._fields, self._sound, language)
        self._loaded: Rows | None = None
        self._remarks: list[SyncProblem] = []

    def _sound(self, record: ContactRecord) -> ContactRecord:
        """What a row says as it can be saved here, like what an import reads."""
        record = reading.sound(record)
        if record.own:
            record = self._own.sound(record, "csv", self._fields)
        if record.affiliations:
            record = replace(record, affiliations=as_far_as_known(record.affiliations, self._units))
        return record

    @property
    def _rows(self) -> Rows:
        if self._loaded is None:
            self._loaded = Rows.of(self._path, reading.content(self._path), self._reads)
        return self._loaded

    def listing(self) -> Listing:
        """All rows that are contacts. Raises EnvironmentFault, and BadFile if the file is no such list."""
        rows = self._rows
        return Listing({place: rows.stamp(row) for place, row in rows.rows.items()}, tuple(rows.problems))

    def name_of(self, place: str) -> str:
        """Name of the file and line."""
        return self._rows.name_of(place)

    def notes(self) -> tuple[Message, ...]:
        """Which columns take no part, or in one direction only."""
        return tuple(self._rows.notes())

    def remarks(self) -> tuple[SyncProblem, ...]:
        """Cells that were not understood, and what could not be written."""
        found, self._remarks = each_once(self._remarks), []
        return found

    def read(self, places: list[str]) -> Iterator[Held | SyncProblem]:
        """The rows as cards."""
        for place in places:
            row = self._rows.rows.get(place)
            yield SyncProblem(place, 0, CHANGED_MEANWHILE) if row is None else self._held(row)

    def _held(self, row: Row) -> Held | SyncProblem:
        made = self._rows.record(row)
        if isinstance(made, SyncProblem):
            return made
        self._remarks += [SyncProblem(row.place, row.line, one.why, one.text) for one in made.problems]
        return Held(row.place, self._rows.stamp(row), vcard.write(as_card(made)).encode())

    def held_of(self, place: str, ours: bytes) -> bytes:
        """Our contact in the columns of the file."""
        card = self._card(ours)
        held = self._rows.writer.held(card, self._rows.cells(place))
        return vcard.write(held).encode()

    def taken_over(self, ours: bytes, before: bytes, after: bytes) -> bytes:
        """Our contact with the cells that have changed."""
        record = self._contacts.record(ours)
        assert isinstance(record, ContactRecord)  # our own card always is one
        card = as_card(record)
        becomes = taken_over(card, self._card(before), self._card(after))
        return ours if becomes is card else vcard.write(becomes, photo=record.photo).encode()

    def _card(self, text: bytes) -> ContactCard:
        record = self._contacts.record(text)
        return ContactCard() if isinstance(record, Problem) else as_card(record)

    # Writing ---------------------------------------------------------------------------------------------------------

    def new_place(self, uid: str, taken: Collection[str]) -> str:
        """A new row is known by the UID of its contact."""
        return uid

    def write(self, place: str, text: bytes, stamp: str) -> Held | SyncProblem:
        """Change the row that has this stamp, or add one; on the disk it is when that is settled."""
        row = self._rows.rows.get(place)
        if (self._rows.stamp(row) if row is not None else "") != stamp:
            return SyncProblem(place, 0, CHANGED_MEANWHILE)
        self._remarks += self._rows.write(place, self._card(text))
        return self._held(self._rows.rows[place])

    def delete(self, place: str, stamp: str) -> SyncProblem | None:
        """Take away the row that has this stamp."""
        row = self._rows.rows.get(place)
        if row is not None and self._rows.stamp(row) != stamp:
            return SyncProblem(place, 0, CHANGED_MEANWHILE)
        if row is not None:
            self._rows.delete(place)
        return None

    def settle(self) -> None:
        """Write the file, whole, if anything in it is to change.

        Raises EnvironmentFault: somebody changed it since it was read, another program has it open, it may not be
        written, the disk is full. It is as it was then.
        """
        if self._loaded is None:
            return
        before, after = self._loaded.file.data, self._loaded.after()
        if after != before:
            self._replace(before, after)
            self._loaded = Rows.of(self._path, after, self._reads)

    def _replace(self, before: bytes, after: bytes) -> None:
        path = self._path.resolve()
        if path.with_name(f".~lock.{path.name}#").exists():  # LibreOffice would write its own state over ours
            raise faults.open_elsewhere(path)
        with faults.explained(path):
            if path.read_bytes() != before:
                raise EnvironmentFault(
                    say("“{file}” was changed while the sync ran.", file=path.name),
                    say("Nothing was written there. The next sync completes it."),
                )
            if not os.access(path, os.W_OK):
                raise faults.read_only(path)
            mode = path.stat().st_mode
            write_whole(path, [after])
            with suppress(OSError):
                path.chmod(mode)
