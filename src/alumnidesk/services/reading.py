"""A contact file on disk becomes records, by detection or by what the person has chosen."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache
from itertools import islice
from pathlib import Path

from alumnidesk.domain.cards import Affiliation, Email, Foreign, Phone
from alumnidesk.domain.folding import digits
from alumnidesk.domain.own_fields import OwnField
from alumnidesk.domain.records import ContactRecord, Problem, Reading
from alumnidesk.domain.units import Unit, meant
from alumnidesk.errors import BadFile
from alumnidesk.formats import csv, ldif, spreadsheets, vcard
from alumnidesk.formats.csv import ColumnMapping, Table
from alumnidesk.formats.detect import detect
from alumnidesk.formats.vcard_text import escape
from alumnidesk.i18n import Message, say
from alumnidesk.progress import Progress
from alumnidesk.services.column_mappings import ColumnMappings, Slots
from alumnidesk.services.import_plan import Choices, Column
from alumnidesk.services.own_fields import OwnFields
from alumnidesk.storage import faults

LARGEST = 300_000_000
"""Bytes; a contact list of this size has more than a million people."""
AT_ONCE = 50_000
"""So many rows or cards come in as one part; a preview of more would not fit into the memory of an old computer."""
_SAMPLES = 3


@dataclass(frozen=True, slots=True)
class Source:
    """What a file says, and how it was read."""

    reading: Reading
    choices: Choices
    """Complete for the format."""
    columns: tuple[Column, ...] = ()
    preset: str = ""
    corrected: str = ""
    """By what a mapping that the person has corrected is found again; empty when nothing was corrected."""
    sheets: tuple[str, ...] = ()
    """The sheets of a spreadsheet that one could have instead."""
    parts: int = 1
    """In how many parts the file comes in; `choices` says which of them this is."""
    unclear_date: str = ""
    """A date that could be read in two ways."""


def _part(choices: Choices, count: int) -> tuple[slice, int, int]:
    """What of so many rows or cards is to be read now, which part that is, and of how many."""
    parts = max(1, -(-count // AT_ONCE))
    part = min(max(choices.part, 1), parts)
    return slice((part - 1) * AT_ONCE, part * AT_ONCE if part < parts else None), part, parts


def read(path: Path, choices: Choices, mappings: ColumnMappings, own: OwnFields, progress: Progress) -> Source:
    """The records of a file. Raises BadFile (no contact list, empty, too large) and EnvironmentFault (not there)."""
    data = content(path)
    kind = choices.format or detect(data, path)
    fields = own.all()
    if kind == "vcard":
        wanted, part, parts = _part(choices, vcard.count(data))
        source = Source(vcard.read(data, progress, wanted), Choices(format="vcard", part=part), parts=parts)
    else:
        rows = _rows(path, data, kind, choices, progress)
        source = _mapped(path, rows, choices, mappings, fields, progress)
    progress.begin(say("Looking at the records …"), len(source.reading.records))
    origin = "vcard" if kind == "vcard" else "csv"
    records = (sound(record, origin) for record in progress.each(source.reading.records))
    ready = tuple(own.sound(record, origin, fields) if record.own else record for record in records)
    notes = (*source.reading.notes, *_new_fields(ready, fields))
    return replace(source, reading=replace(source.reading, records=ready, notes=notes))


def with_known_units(source: Source, units: Sequence[Unit], progress: Progress) -> Source:
    """The same with the names of units as they are here, where the file has them in another case or as a path."""

    @lru_cache(maxsize=1024)
    def known(name: str) -> str:
        unit = meant(units, name)
        return unit.name if unit else name

    def here(one: Affiliation) -> Affiliation:
        return one if one.unit == known(one.unit) else replace(one, unit=known(one.unit))

    def settled(record: ContactRecord) -> ContactRecord:
        if all(not one.unit or one.unit == known(one.unit) for one in record.affiliations):
            return record
        return replace(record, affiliations=tuple(map(here, record.affiliations)))

    records = tuple(map(settled, progress.each(source.reading.records)))
    return replace(source, reading=replace(source.reading, records=records))


def _new_fields(records: Sequence[ContactRecord], fields: Sequence[OwnField]) -> Iterator[Message]:
    known = {field.name for field in fields}
    for name in dict.fromkeys(value.field for record in records for value in record.own):
        if name not in known:
            yield say("“{name}” becomes a new own field.", name=name)


def content(path: Path) -> bytes:
    """The bytes of a file. Raises BadFile (a folder, too large) and EnvironmentFault (not there, may not be read)."""
    if path.is_dir():
        raise BadFile(path, say("“{file}” is a folder.", file=path.name), say("Please choose a file in it."))
    with faults.explained(path):
        if path.stat().st_size > LARGEST:
            raise BadFile(
                path,
                say("“{file}” is larger than {limit} MB.", file=path.name, limit=LARGEST // 1_000_000),
                say("Please divide it, or leave pictures out of the export."),
            )
        return path.read_bytes()


# Tables ------------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Rows:
    """A table of any format, before anybody has said where its columns go."""

    table: Table
    choices: Choices
    """Complete but for the columns."""
    usual: ColumnMapping | None = None
    """Where they go in this format; None: guessed from the headings."""
    notes: tuple[Message, ...] = ()
    sheets: tuple[str, ...] = ()
    photos: Mapping[int, bytes] = field(default_factory=dict)
    """Line of a row → a picture that comes with it."""


def _rows(path: Path, data: bytes, kind: str, choices: Choices, progress: Progress) -> _Rows:
    if kind == "csv":
        return _csv_rows(data, choices, progress)
    if kind == "ldif":
        book = ldif.read(data, progress)
        if not book.table.header:
            raise BadFile(
                path,
                say("There is no contact in “{file}”.", file=path.name),
                say("Please export the address book again; lists of people alone are not read."),
            )
        return _Rows(book.table, Choices("ldif", header_row=1), book.mapping, photos=book.photos)
    found = spreadsheets.read(data, kind, path, progress, sheet=choices.sheet, header_row=choices.header_row)
    chosen = Choices(kind, header_row=found.header_row, sheet=found.sheet)
    return _Rows(found.table, chosen, sheets=found.sheets)


def _csv_rows(data: bytes, choices: Choices, progress: Progress) -> _Rows:
    dialect = csv.sniff(data)
    if choices.encoding is not None:
        dialect = replace(dialect, encoding=choices.encoding, notes=())
    if choices.delimiter is not None:
        dialect = replace(dialect, delimiter=choices.delimiter)
    if choices.header_row is not None:
        dialect = replace(dialect, header_row=choices.header_row)
    chosen = Choices("csv", dialect.encoding, dialect.delimiter, dialect.header_row)
    return _Rows(csv.table(data, dialect, progress), chosen, notes=dialect.notes)


def _mapped(
    path: Path,
    rows: _Rows,
    choices: Choices,
    mappings: ColumnMappings,
    own: Sequence[OwnField],
    progress: Progress,
) -> Source:
    """The records of a table: its columns go where the person says, else where they once said, else as guessed."""
    table = rows.table
    if not table.header:
        raise BadFile(
            path,
            say("There is no table in “{file}”.", file=path.name),
            say("Please choose another delimiter, or export the contacts again."),
        )
    mapping = rows.usual or csv.guess_mapping(table.header, [field.name for field in own])
    saved, usual = _usual(table.header, choices, mappings, mapping.columns)
    columns = choices.columns if choices.columns is not None else usual
    if len(columns) == len(table.header):
        mapping = replace(mapping, columns=columns)
    wanted, part, parts = _part(choices, len(table.rows))
    reading = csv.read(table, mapping, progress, wanted, choices.month_first)
    if rows.photos:
        pictured = (replace(r, photo=rows.photos.get(r.line, b"")) for r in reading.records)
        reading = replace(reading, records=tuple(pictured))
    return Source(
        replace(reading, notes=(*rows.notes, *reading.notes)),
        replace(rows.choices, columns=mapping.columns, saved=saved, part=part, month_first=choices.month_first),
        _columns(table, mapping),
        mapping.preset,
        csv.header_key(table.header) if mapping.columns != usual and not saved else "",
        rows.sheets,
        parts,
        csv.unclear_date(table, mapping),
    )


def _usual(header: Sequence[str], choices: Choices, mappings: ColumnMappings, guessed: Slots) -> tuple[str, Slots]:
    """The saved mapping that serves a header, if one does, and where the columns go unless the person corrects it."""
    if choices.saved:
        chosen = next((one for one in mappings.all() if one.id == choices.saved), None)
        if chosen is not None:
            return chosen.id, chosen.applied(header, guessed)
    if choices.saved == "":
        return "", guessed
    found, remembered = mappings.of_header(header)
    return found.id if found else "", remembered or guessed


def _columns(table: Table, mapping: ColumnMapping) -> tuple[Column, ...]:
    return tuple(
        Column(heading, slot, tuple(islice(_cells(table, index), _SAMPLES)))
        for index, (heading, slot) in enumerate(zip(table.header, mapping.columns, strict=True))
    )


def _cells(table: Table, index: int) -> list[str]:
    return [cells[index] for _, cells in table.rows[:200] if index < len(cells) and cells[index]]


# What cannot be saved as it is -------------------------------------------------------------------------------------


def sound(record: ContactRecord, source: str) -> ContactRecord:
    """The record as it can be saved: an e-mail without @ and a number without digits are kept as they came."""
    if all(map(_is_email, record.emails)) and all(map(_is_phone, record.phones)):
        return record
    emails = [email for email in record.emails if not _is_email(email)]
    phones = [phone for phone in record.phones if not _is_phone(phone)]
    kept = [
        *((Foreign(source, "EMAIL", _line("EMAIL", email.address, source)), email.address) for email in emails),
        *((Foreign(source, "TEL", _line("TEL", phone.number, source)), phone.number) for phone in phones),
    ]
    whys = [say("This is not an e-mail address; it was kept as it is.")] * len(emails)
    whys += [say("This is not a phone number; it was kept as it is.")] * len(phones)
    remarks = [Problem(record.line, why, text[:2000], severe=False) for why, (_, text) in zip(whys, kept, strict=True)]
    return replace(
        record,
        emails=tuple(email for email in record.emails if _is_email(email)),
        phones=tuple(phone for phone in record.phones if _is_phone(phone)),
        foreign=(*record.foreign, *(foreign for foreign, _ in kept)),
        problems=(*record.problems, *remarks),
    )


def _line(name: str, text: str, source: str) -> str:
    return f"{name}:{escape(text)}" if source == "vcard" else text


_EMAIL = re.compile(r"[^\s\x00-\x1f]+@[^\s\x00-\x1f@]+")


def _is_email(email: Email) -> bool:
    return _EMAIL.fullmatch(email.address) is not None


def _is_phone(phone: Phone) -> bool:
    return bool(digits(phone.number))
