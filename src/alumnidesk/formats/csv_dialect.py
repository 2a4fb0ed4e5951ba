"""CSV, first half: bytes to a table of text, with encoding and delimiter detected and every doubt said.

What was detected is a `Dialect`, which the person can change.
"""

from __future__ import annotations

import csv
import io
import re
import unicodedata
from collections import Counter, deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import islice
from typing import overload

from alumnidesk.domain import slots
from alumnidesk.domain.records import Problem
from alumnidesk.formats.bulk import collector_paused
from alumnidesk.formats.defusing import DEFUSED, without_prefix
from alumnidesk.formats.encodings import encoding_of
from alumnidesk.i18n import Message, say, say_n
from alumnidesk.progress import Progress

LONGEST_CELL = 100_000
"""Characters; longer cells are damage, not data."""
csv.field_size_limit(LONGEST_CELL)  # one limit for the whole process; nobody else here reads CSV

DELIMITERS = (",", ";", "\t", "|")

KEPT_ROWS = 100_000
"""So many rows of a file are kept in memory."""
_SAMPLE = 65_536
_SHOWN = 2_000
_PIECE = 1 << 20
_REACH = 1_000
"""So many lines a single row may have in a damaged file."""


@dataclass(frozen=True, slots=True)
class Dialect:
    """How the bytes of one CSV file are to be read."""

    encoding: str = "utf-8"
    delimiter: str = ","
    header_row: int = 1
    """Which filled row holds the headings: 1 for the first; 0 when there are none."""
    notes: tuple[Message, ...] = ()
    """What is doubtful about it, for the preview."""


@dataclass(frozen=True, slots=True)
class Table:
    """The rows of a file as text. Rows can be shorter or longer than the header."""

    header: tuple[str, ...]
    rows: Sequence[tuple[int, list[str]]]
    """Each with the 1-based line of the file where it begins."""
    problems: tuple[Problem, ...] = ()
    notes: tuple[Message, ...] = ()


def decode(data: bytes, dialect: Dialect) -> str:
    """The whole text; bytes that the encoding does not know become the replacement character, never an error."""
    text = data.decode(dialect.encoding, "replace")
    return text.removeprefix("\ufeff")


# Delimiter and header ----------------------------------------------------------------------------------------------

_SEP_LINE = re.compile(r'\A"?sep=(.)"?(?:\r\n|\r|\n)', re.IGNORECASE)


def sniff(data: bytes) -> Dialect:
    """Encoding, delimiter and row of the headings of a CSV file."""
    encoding, notes = encoding_of(data)
    dialect = Dialect(encoding, notes=notes)
    text = decode(data[: _SAMPLE * (2 if encoding.startswith("utf-16") else 1)], dialect)
    if match := _SEP_LINE.match(text):
        dialect = replace(dialect, delimiter=match[1])
        text = text[match.end() :]
    else:
        dialect = replace(dialect, delimiter=_delimiter(text))
    return replace(dialect, header_row=header_row_of(_sample_rows(text, dialect.delimiter)))


def _delimiter(text: str) -> str:
    """The delimiter that divides most rows into as many columns as the first row of that width."""

    def score(delimiter: str) -> float:
        widths = Counter(len(row) for row in _sample_rows(text, delimiter))
        if not widths:
            return 0
        width, rows = max(widths.items(), key=lambda item: (item[0] > 1) * item[0] * item[1])
        return 0 if width == 1 else width * (rows / widths.total()) ** 2

    return max(DELIMITERS, key=score)


def _sample_rows(text: str, delimiter: str) -> list[list[str]]:
    """The filled rows at the beginning, read tolerantly; the last of a cut sample is left out."""
    rows: list[list[str]] = []
    try:
        for row in csv.reader(io.StringIO(text, newline=""), delimiter=delimiter):
            if any(cell.strip() for cell in row):
                rows.append(row)
            if len(rows) > 200:
                break
    except csv.Error:
        return rows
    return rows[:-1] if len(text) >= _SAMPLE and len(rows) > 1 else rows


_DATA = re.compile(r".+@.+\..+|[+\d][\d ./()+-]*|https?://.*")


def header_row_of(rows: list[list[str]]) -> int:
    """The row among the first ten that knows most headings; none when the first row looks like data itself."""
    known = [sum(slots.slot_for_header(cell) is not None for cell in row) for row in rows[:10]]
    if not known:
        return 1
    best = max(range(len(known)), key=lambda index: known[index])
    if known[best] >= 2 or known[0]:
        return (best if known[best] >= 2 else 0) + 1
    looks_like_data = any(_DATA.fullmatch(cell.strip()) for cell in rows[0])
    return 0 if looks_like_data else 1


# Table -------------------------------------------------------------------------------------------------------------

_CONTROLS = re.compile("[\0\ud800-\udfff]")


def table(data: bytes, dialect: Dialect, progress: Progress | None = None) -> Table:
    """The rows of the file. A row with a broken quote or an endless cell is a problem, and the next one is read.

    Of a long file the rows are not kept but read again whenever somebody goes through them (`LongRows`).
    """
    progress = progress or Progress()
    progress.begin(say("Reading the file …"), data.count(b"\n"))
    found = _Found()
    try:
        kept, count = _looked_through(_sound_rows(_Text(data, dialect, found)), found, progress)
    except csv.Error:
        found = _Found(damaged=True)
        kept, count = _looked_through(_rows_one_by_one(_Text(data, dialect, found)), found, progress)
    if count > len(kept):
        rows: Sequence[tuple[int, list[str]]] = LongRows(lambda: _again(data, dialect, found, progress), count)
    else:
        rows = kept
    header: tuple[str, ...] = ("",) * found.width
    if dialect.header_row:
        header = tuple(rows[dialect.header_row - 1][1]) if count >= dialect.header_row else ()
        rows = rows[dialect.header_row :]
    if header and all(len(cell) > 1 and cell[0] == cell[-1] == "'" for cell in header):
        header = tuple(_unquoted(header))
        rows = rows.without_quotes() if isinstance(rows, LongRows) else [(line, _unquoted(row)) for line, row in rows]
    return Table(header, rows, tuple(found.problems), tuple(found.notes(data)))


@dataclass(slots=True)
class _Found:
    """What a whole file showed while it was read for the first time."""

    damaged: bool = False
    """Read row by row, because a quotation mark is in the wrong place somewhere."""
    width: int = 0
    """Cells of its widest row."""
    problems: list[Problem] = field(default_factory=list)
    defused: bool = False
    """Some cell so far has an apostrophe against formulas."""
    replaced: int = 0
    removed: int = 0

    def notes(self, data: bytes) -> Iterator[Message]:
        """What one should know about its characters."""
        if self.replaced and (replaced := self.replaced - data.count(b"\xef\xbf\xbd")):
            yield say_n(
                "{n} character cannot be read in this encoding.",
                "{n} characters cannot be read in this encoding.",
                max(replaced, 1),
            )
        if self.removed:
            yield say_n(
                "{n} invisible NUL character was removed.", "{n} invisible NUL characters were removed.", self.removed
            )


def _looked_through(
    rows: Iterator[tuple[int, list[str]]], found: _Found, progress: Progress
) -> tuple[list[tuple[int, list[str]]], int]:
    """The rows, or the first of them if there are too many to be kept; and how many there are."""
    kept: list[tuple[int, list[str]]] = []
    count = 0
    with collector_paused():
        for count, row in enumerate(progress.each(rows), 1):
            found.width = max(found.width, len(row[1]))
            if count <= KEPT_ROWS:
                kept.append(row)
    return (kept if count <= KEPT_ROWS else kept[:1]), count


class LongRows(Sequence[tuple[int, list[str]]]):
    """The rows of a file too long to be kept; each walk reads it again."""

    def __init__(self, walk: Callable[[], Iterator[tuple[int, list[str]]]], count: int, begin: int = 0) -> None:
        self._walk, self._begin, self._count = walk, begin, count

    def __len__(self) -> int:
        return self._count - self._begin

    def __iter__(self) -> Iterator[tuple[int, list[str]]]:
        return islice(self._walk(), self._begin, self._count)

    @overload
    def __getitem__(self, place: int) -> tuple[int, list[str]]: ...

    @overload
    def __getitem__(self, place: slice) -> Sequence[tuple[int, list[str]]]: ...

    def __getitem__(self, place: int | slice) -> tuple[int, list[str]] | Sequence[tuple[int, list[str]]]:
        if isinstance(place, int):
            return next(islice(self, range(len(self))[place], None))
        start, stop, step = place.indices(len(self))
        if stop == len(self) and step == 1:
            return LongRows(self._walk, self._count, self._begin + start)
        return list(islice(self, start, max(start, stop), step))

    def without_quotes(self) -> LongRows:
        """The same without the single quotation marks that some programs put around every cell."""
        walk = self._walk
        return LongRows(lambda: ((line, _unquoted(cells)) for line, cells in walk()), self._count, self._begin)


def _unquoted(cells: Iterable[str]) -> list[str]:
    return [cell[1:-1].strip() if len(cell) > 1 and cell[0] == cell[-1] == "'" else cell for cell in cells]


class _Text:
    """The characters of a file piece by piece, clean, each piece a number of whole lines."""

    def __init__(self, data: bytes, dialect: Dialect, found: _Found) -> None:
        self._data, self._dialect = data, dialect
        self.found = found
        self.delimiter = dialect.delimiter
        self.first_line = 1
        self.width = 0
        """Cells of the row with the headings, once it was read; above it may stand titles of another width."""
        self._above = max(dialect.header_row, 1)

    def lines(self) -> Iterator[str]:
        """The lines with their ends."""
        for piece in self._pieces():
            yield from io.StringIO(self._clean(piece), newline="")

    def _pieces(self) -> Iterator[str]:
        stream = io.TextIOWrapper(io.BytesIO(self._data), self._dialect.encoding, "replace", newline="")
        waiting, first = stream.read(_PIECE).removeprefix("\ufeff"), True
        while waiting:
            more = stream.read(_PIECE)
            end = _end_of_lines(waiting) if more else len(waiting)
            piece = waiting[:end]
            if first and (match := _SEP_LINE.match(piece)):
                piece, self.first_line = piece[match.end() :], 2
            first = first and not piece
            yield piece
            waiting = waiting[end:] + more

    def _clean(self, text: str) -> str:
        found = self.found
        found.replaced += text.count("\ufffd")
        text, removed = _CONTROLS.subn("", text)
        found.removed += removed
        text = text.replace("\r\n", "\n")
        if not unicodedata.is_normalized("NFC", text):
            text = unicodedata.normalize("NFC", text)
        found.defused = found.defused or DEFUSED.search(text) is not None
        return text

    def note_width(self, cells: list[str]) -> None:
        """Another filled row was read."""
        if self._above:
            self._above -= 1
            self.width = 0 if self._above else len(cells)

    def row(self, cells: list[str]) -> list[str]:
        """The cells without what stands around them."""
        stripped = list(map(str.strip, cells))
        return [without_prefix(cell) for cell in stripped] if self.found.defused else stripped


def _end_of_lines(text: str) -> int:
    """Where the last whole line ends; 0 if it is not known whether any does."""
    return text.rfind("\n") + 1 or text.rfind("\r", 0, len(text.rstrip("\r\0"))) + 1


def _again(data: bytes, dialect: Dialect, found: _Found, progress: Progress) -> Iterator[tuple[int, list[str]]]:
    text = _Text(data, dialect, _Found())
    for count, row in enumerate(_rows_one_by_one(text) if found.damaged else _sound_rows(text)):
        if not count % 1024:
            progress.check()
        yield row


def _sound_rows(text: _Text) -> Iterator[tuple[int, list[str]]]:
    """Filled rows with the line where each begins, as they stand in a file without faults; else raises csv.Error."""
    delimiter = text.delimiter
    reader = csv.reader(text.lines(), delimiter=delimiter, strict=True)
    before = 0
    for cells in reader:
        number = reader.line_num
        if number - before > 1 and _has_swallowed(cells, text.width, delimiter):
            raise csv.Error
        row = text.row(cells)
        if any(row):
            text.note_width(cells)
            yield before + text.first_line, row
        before = number


def _rows_one_by_one(text: _Text) -> Iterator[tuple[int, list[str]]]:
    """For damaged files: each row is read for itself; after a broken one reading goes on at the next line."""
    source, delimiter, problems = text.lines(), text.delimiter, text.found.problems
    lines: deque[str] = deque(islice(source, _REACH))
    at, failures = 0, 0
    while lines:
        reach = _REACH if failures < 100 else 20  # bounds the work on a file that is broken in every line
        reader = csv.reader(islice(lines, reach), delimiter=delimiter, strict=True)
        used = 1
        try:
            cells = next(reader)
            if reader.line_num > 1 and _has_swallowed(cells, text.width, delimiter):
                raise csv.Error
        except csv.Error as error:
            problems.append(Problem(at + text.first_line, _why(error), lines[0].rstrip("\r\n")[:_SHOWN]))
            failures += 1
        else:
            used = reader.line_num
            row = text.row(cells)
            if any(row):
                text.note_width(cells)
                yield at + text.first_line, row
        for _ in range(used):
            lines.popleft()
        lines.extend(islice(source, used))
        at += used


def _has_swallowed(cells: list[str], width: int, delimiter: str) -> bool:
    """Whether a row over several lines looks like several rows between two stray quotes."""
    return len(cells) != width > 1 and any("\n" in cell and delimiter in cell for cell in cells)


def _why(error: csv.Error) -> Message:
    if "field larger" in str(error):
        return say("This row has a cell with more than {limit} characters.", limit=LONGEST_CELL)
    return say("A quotation mark in this row is never closed, or stands in the wrong place.")
