"""A contact file on disk becomes records, by detection or by what the person has chosen."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache
from itertools import islice
from pathlib import Path

from alumnidesk.domain.cards import Affiliation, Foreign
from alumnidesk.domain.checking import is_email, is_phone
from alumnidesk.domain.folding import fold
from alumnidesk.domain.own_fields import OwnField
from alumnidesk.domain.records import ContactRecord, Problem, Reading
from alumnidesk.domain.slots import FULL_NAME, GREETING
from alumnidesk.domain.units import Unit, path_meant
from alumnidesk.domain.written_names import understood
from alumnidesk.errors import BadFile, InvalidInput
from alumnidesk.formats import csv, ldif, spreadsheets, vcard
from alumnidesk.formats.csv import ColumnMapping, Table
from alumnidesk.formats.detect import detect
from alumnidesk.i18n import NOTHING, Message, say
from alumnidesk.progress import Progress
from alumnidesk.services.column_mappings import ColumnMappings, Slots
from alumnidesk.services.import_plan import Choices, Column
from alumnidesk.services.own_fields import OwnFields
from alumnidesk.storage import faults

LARGEST = 300_000_000
"""Bytes; a contact list of this size has more than a million people."""
WHOLE = 50_000
"""So many rows or cards are held in memory together."""
AT_ONCE = 20_000
"""And so many of a file that has more, since others things need room then: who came before, and the file itself."""
_SAMPLES = 3


@dataclass(frozen=True, slots=True)
class Source:
    """What a file says, and how it was read."""

    readings: Iterator[Reading]
    """At least one; all records of a file, or `AT_ONCE` each time. Made while one goes through them."""
    choices: Choices
    """Complete for the format."""
    columns: tuple[Column, ...] = ()
    preset: str = ""
    corrected: str = ""
    """By what a mapping that the person has corrected is found again; empty when nothing was corrected."""
    sheets: tuple[str, ...] = ()
    """The sheets of a spreadsheet that one could have instead."""
    unclear_date: str = ""
    """A date that could be read in two ways."""
    names: frozenset[str] = frozenset()
    """The foreign properties in which a greeting, or a whole name beside its parts, is kept."""


def read(path: Path, choices: Choices, mappings: ColumnMappings, own: OwnFields, progress: Progress) -> Source:
    """The records of a file. Raises BadFile (no contact list, empty, too large) and EnvironmentFault (not there)."""
    data = content(path)
    kind = choices.format or detect(data, path)
    fields = own.all()
    if kind == "vcard":
        cards = vcard.in_parts(data, _size(vcard.count(data)), progress)
        source = Source(cards, Choices(format="vcard"), names=frozenset({"FN"}))
    else:
        rows = _rows(path, data, kind, choices, progress)
        source = _mapped(path, rows, choices, mappings, fields, progress)
    return replace(source, readings=_ready(source, "vcard" if kind == "vcard" else "csv", own, progress))


def _size(total: int) -> int:
    return max(total, 1) if total <= WHOLE else AT_ONCE


_LOOKING = say("Looking at the records …")


def _ready(source: Source, origin: str, own: OwnFields, progress: Progress) -> Iterator[Reading]:
    """The same as it can be saved, and with what names say besides."""
    fields = own.all()
    for reading in source.readings:
        progress.begin(_LOOKING, len(reading.records))
        records = (understood(record, source.names) for record in progress.each(reading.records))
        ready = tuple(own.sound(record, origin, fields) if record.own else record for record in records)
        yield replace(reading, records=ready, notes=(*reading.notes, *_new_fields(ready, fields)))


def with_known_units(reading: Reading, units: Sequence[Unit], progress: Progress) -> Reading:
    """The same with the whole paths of the units that are meant here.

    If it cannot be known which unit a name means, that name is kept beside the contact, and one should look.
    """

    @lru_cache(maxsize=1024)
    def known(name: str) -> str | InvalidInput:
        try:
            return path_meant(units, name) if name else ""
        except InvalidInput as several:
            return several

    def settled(record: ContactRecord) -> ContactRecord:
        at = [known(one.unit) for one in record.affiliations]
        if all(one.unit == unit for one, unit in zip(record.affiliations, at, strict=True)):
            return record
        here, kept, problems = [], [], []
        for one, unit in zip(record.affiliations, at, strict=True):
            if isinstance(unit, InvalidInput):
                kept.append(Foreign("csv", UNCLEAR, one.unit))
                problems.append(Problem(record.line, _with_way_out(unit), one.unit, severe=False))
                unit = ""
            here.append(replace(one, unit=unit))
        return replace(
            record,
            affiliations=tuple(one for one in here if one != Affiliation()),
            foreign=(*record.foreign, *kept),
            problems=(*record.problems, *problems),
        )

    at_the_top = {fold(unit.name) for unit in units if unit.under is None and not unit.alone}
    named = {one.unit for record in reading.records for one in record.affiliations} if at_the_top else ()
    notes = [
        say("“{name}” was taken for the unit at the top; other units have this name too.", name=name)
        for name in sorted(named)
        if fold(name) in at_the_top
    ]
    records = tuple(map(settled, progress.each(reading.records)))
    return replace(reading, records=records, notes=(*reading.notes, *notes))


UNCLEAR = "X-ALUMNIDESK-UNIT"
"""By this name a contact keeps the name of a unit of which nobody could know which one it means."""


def _with_way_out(problem: InvalidInput) -> Message:
    return say("{why} {way_out}", why=problem.message, way_out=problem.way_out or NOTHING)


def _new_fields(records: Sequence[ContactRecord], fields: Sequence[OwnField]) -> Iterator[Message]:
    known = {field.name for field in fields}
    for name in dict.fromkeys(value.field for record in records for value in record.own):
        if name not in known:
            yield say("“{name}” becomes a new own field.", name=name)


def content(path: Path) -> bytes:
    """The bytes of a file. Raises BadFile (a folder, too large) and EnvironmentFault (not there, may not be read)."""
    if path.is_dir():
        raise faults.a_folder(path)
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
    mapping = rows.usual or csv.guess_mapping(table.header, [field.name for field in own], table.rows)
    saved, usual = _usual(table.header, choices, mappings, mapping.columns)
    columns = choices.columns if choices.columns is not None else usual
    if len(columns) == len(table.header):
        mapping = replace(mapping, columns=columns)
    return Source(
        _readings(rows, mapping, choices.month_first, progress),
        replace(
            rows.choices, columns=mapping.columns, saved=saved, month_first=choices.month_first, zeros=choices.zeros
        ),
        _columns(table, mapping),
        mapping.preset,
        csv.header_key(table.header) if mapping.columns != usual and not saved else "",
        rows.sheets,
        csv.unclear_date(table, mapping),
        frozenset(table.header[i] for i, slot in enumerate(mapping.columns) if slot in (GREETING, FULL_NAME)),
    )


def _readings(rows: _Rows, mapping: ColumnMapping, month_first: bool | None, progress: Progress) -> Iterator[Reading]:
    notes = rows.notes
    for reading in csv.in_parts(rows.table, mapping, _size(len(rows.table.rows)), progress, month_first):
        progress.begin(_LOOKING, len(reading.records))
        records: Iterable[ContactRecord] = map(sound, progress.each(reading.records))
        if rows.photos:
            records = (replace(one, photo=rows.photos.get(one.line, b"")) for one in records)
        yield replace(reading, records=tuple(records), notes=(*notes, *reading.notes))
        notes = ()


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


def sound(record: ContactRecord) -> ContactRecord:
    """A record of a table as it can be saved: an e-mail without @ and a number without digits are kept as they came."""
    emails = [email for email in record.emails if not is_email(email.address)]
    phones = [phone for phone in record.phones if not is_phone(phone.number)]
    if not emails and not phones:
        return record
    kept = [
        *(("EMAIL", email.address, say("This is not an e-mail address; it was kept as it is.")) for email in emails),
        *(("TEL", phone.number, say("This is not a phone number; it was kept as it is.")) for phone in phones),
    ]
    return replace(
        record,
        emails=tuple(email for email in record.emails if email not in emails),
        phones=tuple(phone for phone in record.phones if phone not in phones),
        foreign=(*record.foreign, *(Foreign("csv", name, text) for name, text, _ in kept)),
        problems=(
            *record.problems,
            *(Problem(record.line, why, text[:2000], severe=False) for _, text, why in kept),
        ),
    )
