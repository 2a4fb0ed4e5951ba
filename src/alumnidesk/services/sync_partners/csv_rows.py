"""The rows of a CSV file as contacts: by what a row is known, what it says, and what is to be written into it."""

from __future__ import annotations

import hashlib
import uuid
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

from alumnidesk.domain.cards import ContactCard
from alumnidesk.domain.fields import by_key
from alumnidesk.domain.own_fields import OwnField
from alumnidesk.domain.records import ContactRecord, Problem
from alumnidesk.errors import BadFile
from alumnidesk.formats.csv_dialect import Table
from alumnidesk.formats.csv_edit import Edits, KeptFile, opened
from alumnidesk.formats.detect import detect
from alumnidesk.formats.mapping import ColumnMapping, guess_mapping
from alumnidesk.formats.row_writing import RowWriter, Sound, Written
from alumnidesk.i18n import Message, say
from alumnidesk.services.sync_plan import SyncProblem

ID_HEADING = by_key("uid").label.text
"""Of the column by which rows are known."""
Remembered = Callable[[tuple[str, ...]], tuple[str | None, ...] | None]
"""Where somebody once put the columns of this header."""


@dataclass(slots=True, eq=False)
class Row:
    """One row that is a contact, or has an id."""

    place: str
    """Its id in the file, or the one that it is to get."""
    line: int
    """Where it begins in the file; 0: it is new."""
    cells: list[str]
    given: bool
    """Whether the file has its id."""
    twin: int = 0
    """Line of another row with the same id."""
    written: bool = False


@dataclass(frozen=True, slots=True)
class Reads:
    """What it takes to read rows as an import does."""

    remembered: Remembered
    own: tuple[OwnField, ...]
    sound: Sound
    language: str


@dataclass
class Rows:
    """What stands in a file now, and what is to be changed."""

    file: KeptFile
    mapping: ColumnMapping
    writer: RowWriter
    problems: list[SyncProblem] = field(default_factory=list)
    rows: dict[str, Row] = field(default_factory=dict)
    deleted: set[int] = field(default_factory=set)

    @classmethod
    def of(cls, path: Path, data: bytes, reads: Reads) -> Rows:
        """The rows of a file. Raises BadFile for what is no table with headings, or has rows that cannot be read."""
        if detect(data, path) != "csv":
            raise BadFile(
                path,
                say("“{file}” is no CSV file.", file=path.name),
                say("In Excel and LibreOffice one saves a table as “CSV UTF-8”."),
            )
        file = opened(data, path)
        if not any(file.table.header):
            raise BadFile(
                path,
                say("“{file}” has no headings.", file=path.name),
                say("Please write above each column what it holds, such as “Last name” and “E-mail”."),
            )
        for problem in file.table.problems:
            raise BadFile(
                path,
                say("Line {line} of “{file}”: {why}", line=problem.line, file=path.name, why=problem.why),
                say("Please repair this row; until then nothing is read there, so that nobody seems to be missing."),
                problem.line,
            )
        mapping = _mapping(file.table, reads)
        writer = RowWriter(
            file.table, mapping, language=reads.language, own=reads.own, sound=reads.sound, can_hold=file.can_hold
        )
        made = cls(file, mapping, writer)
        made._find(str(path))
        return made

    # Who is where ----------------------------------------------------------------------------------------------------

    @property
    def id_column(self) -> int:
        """Where the ids stand; behind the last column if there is none for them yet."""
        columns = self.mapping.columns
        return columns.index("uid") if "uid" in columns else len(self.file.table.header)

    def _find(self, path: str) -> None:
        times: Counter[str] = Counter()
        for line, cells in self.file.table.rows:
            given = cells[self.id_column] if self.id_column < len(cells) else ""
            if given and (first := self.rows.get(given)) is not None:
                first.twin = line
                continue
            if not given:
                made = self.writer.record(line, cells)
                if isinstance(made, Problem):
                    self.problems.append(SyncProblem(Path(path).name, line, made.why, made.text))
                if not isinstance(made, ContactRecord):
                    continue
            text = "\x1f".join(cells)
            times[text] += 1
            # The same until it stands in the file, so that a sync that was interrupted finds the row again.
            place = given or str(uuid.uuid5(uuid.NAMESPACE_URL, f"{path}\n{times[text]}\n{text}"))
            self.rows[place] = Row(place, line, cells, bool(given))

    def name_of(self, place: str) -> str:
        """How a person finds a row: name of the file and line."""
        row = self.rows.get(place)
        return f"{self.file.name}:{row.line}" if row is not None and row.line else self.file.name

    def stamp(self, row: Row) -> str:
        """The same as long as the columns that take part, and what stands in them, are the same."""
        columns = self.writer.taking_part
        texts = [row.cells[column] if column < len(row.cells) else "" for column in columns]
        slots_of = (f"{column}={slot}" for column, slot in columns.items())
        said = "\x1e".join([*texts, *slots_of, str(row.twin)])
        return hashlib.blake2b(said.encode("utf-8", "surrogatepass"), digest_size=12).hexdigest()

    # Reading and writing ---------------------------------------------------------------------------------------------

    def record(self, row: Row) -> ContactRecord | SyncProblem:
        """What a row says; a problem if that is nothing certain."""
        if row.twin:
            why = say(
                "Lines {one} and {other} have the same “{heading}”. Please empty that cell in the row that is new.",
                one=row.line,
                other=row.twin,
                heading=ID_HEADING,
            )
            return SyncProblem(row.place, row.line, why, row.place)
        made = self.writer.record(row.line, row.cells)
        if isinstance(made, ContactRecord):
            return replace(made, uid=row.place if row.given else "")
        why = made.why if made is not None else say("Nothing in this row could be understood.")
        return SyncProblem(row.place, row.line, why)

    def cells(self, place: str) -> list[str]:
        """What stands in a row; nothing in a new one."""
        row = self.rows.get(place)
        return row.cells if row is not None else []

    def write(self, place: str, card: ContactCard) -> Iterator[SyncProblem]:
        """Change a row or add one; what cannot be written is told."""
        row = self.rows.get(place)
        if row is None:
            row = self.rows[place] = Row(place, 0, [], given=True)
        made: Written = self.writer.written(card, row.cells)
        row.cells = [*made.cells, *row.cells[len(made.cells) :]]
        row.written = True
        for column in sorted(made.unsaid - self.writer.only_read.keys()):
            why = say(
                "“{heading}” stays as it is there: what we have cannot be written so that it reads the same.",
                heading=self.file.table.header[column],
            )
            yield SyncProblem(place, row.line, why)

    def delete(self, place: str) -> None:
        """Take a row away."""
        row = self.rows.pop(place)
        if row.line:
            self.deleted.add(row.line)

    def after(self) -> bytes:
        """The file with everything that is to be changed, and an id for each contact in it. Raises BadFile."""
        column, width = self.id_column, len(self.file.table.header)
        changed: dict[int, Mapping[int, str]] = {}
        added = []
        for row in self.rows.values():
            texts = dict(enumerate(row.cells[:width])) if row.written else {}
            if row.written and not row.line:
                added.append({**texts, column: row.place})
            elif row.written or not row.given:
                changed[row.line] = texts if row.given else {**texts, column: row.place}
        headings = (ID_HEADING,) if column == width and (changed or added) else ()
        return self.file.edited(Edits(changed, self.deleted, added, headings))

    # Columns ---------------------------------------------------------------------------------------------------------

    def notes(self) -> Iterator[Message]:
        """What one should know about the columns before a sync."""
        header, columns = self.file.table.header, self.mapping.columns
        if self.id_column == len(header):
            yield say("The file gets a column “{heading}”, by which its rows are known.", heading=ID_HEADING)
        taking_part = self.writer.taking_part
        alone = [text for at, text in enumerate(header) if text and at not in taking_part and columns[at] != "uid"]
        if alone:
            yield say("Left alone: {headings}", headings=", ".join(f"“{heading}”" for heading in alone))
        for column, why in self.writer.only_read.items():
            yield say("“{heading}” is only read, not written. {why}", heading=header[column], why=why)


def _mapping(table: Table, reads: Reads) -> ColumnMapping:
    """Where somebody once put the columns, also before the one for ids was added; else as guessed."""
    header = table.header
    guessed = guess_mapping(header, [own.name for own in reads.own], table.rows)
    columns = reads.remembered(header)
    if columns is None and "uid" in guessed.columns:
        at = guessed.columns.index("uid")
        before = reads.remembered((*header[:at], *header[at + 1 :]))
        columns = (*before[:at], "uid", *before[at:]) if before is not None else None
    if columns is None or len(columns) != len(header):
        return guessed
    if "uid" in guessed.columns and "uid" not in columns:
        at = guessed.columns.index("uid")
        columns = (*columns[:at], "uid", *columns[at + 1 :])
    return replace(guessed, columns=columns)
