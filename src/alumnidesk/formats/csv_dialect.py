"""CSV, first half: bytes to a table of text, with encoding and delimiter detected and every doubt said.

Detection goes from certain to likely: byte order mark, pattern of NULs (UTF-16), strict UTF-8, then Windows-1252 or
Mac Roman by which of them makes letters of the odd bytes. The result is a `Dialect`, which the person can change.
"""

from __future__ import annotations

import csv
import io
import re
import unicodedata
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from alumnidesk.domain import slots
from alumnidesk.domain.records import Problem
from alumnidesk.formats.bulk import collector_paused
from alumnidesk.formats.defusing import DEFUSED, without_prefix
from alumnidesk.i18n import Message, say, say_n
from alumnidesk.progress import Progress

LONGEST_CELL = 100_000
"""Characters; longer cells are damage, not data."""
csv.field_size_limit(LONGEST_CELL)  # one limit for the whole process; nobody else here reads CSV

ENCODINGS = ("utf-8", "cp1252", "mac_roman", "utf-16-le", "utf-16-be", "iso8859_15", "cp437", "cp850", "shift_jis")
"""What a person can choose from when the detection was wrong."""
DELIMITERS = (",", ";", "\t", "|")

_SAMPLE = 65_536
_SHOWN = 2_000


@dataclass(frozen=True, slots=True)
class Dialect:
    """How the bytes of one CSV file are to be read."""

    encoding: str = "utf-8"
    delimiter: str = ","
    header_row: int = 1
    """Which filled row holds the headings: 1 for the first; 0 when there are none."""
    bom: bool = False
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


# Encoding ----------------------------------------------------------------------------------------------------------

_BOMS = ((b"\xef\xbb\xbf", "utf-8"), (b"\xff\xfe", "utf-16-le"), (b"\xfe\xff", "utf-16-be"))
_AMONG_LETTERS = re.compile(rb"(?<=[A-Za-z])[\x80-\xff]|[\x80-\xff](?=[A-Za-z])")
_QUOTE_MARKS = frozenset(b"\x91\x92\x93\x94\x96\x97")


def encoding_of(data: bytes) -> tuple[str, bool, tuple[Message, ...]]:
    """Name of the encoding, whether a byte order mark stands in front, and what is doubtful about it."""
    for mark, name in _BOMS:
        if data.startswith(mark):
            return name, True, ()
    sample = data[:4096]
    if len(sample) >= 4:
        half = len(sample) // 2
        if sample[1::2].count(0) > half * 0.3 and sample[::2].count(0) < half * 0.1:
            return "utf-16-le", False, ()
        if sample[::2].count(0) > half * 0.3 and sample[1::2].count(0) < half * 0.1:
            return "utf-16-be", False, ()
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        return _single_byte(data)
    return "utf-8", False, ()


def _single_byte(data: bytes) -> tuple[str, bool, tuple[Message, ...]]:
    """Windows-1252 has its letters at C0 to FF, Mac Roman most of them at 80 to 9F, where the other has signs."""
    high = [byte for byte in b"".join(_AMONG_LETTERS.findall(data)) if byte not in _QUOTE_MARKS]
    mac = sum(byte <= 0x9F or byte == 0xA7 for byte in high)
    if mac > len(high) - mac:
        return "mac_roman", False, (say("The file seems to come from an older Mac. Please look at the umlauts."),)
    undefined = sum(data.count(byte) for byte in (b"\x81", b"\x8d", b"\x8f", b"\x90", b"\x9d"))
    if undefined:
        note = say("Some characters of this file are not in Windows-1252. Please look at the umlauts.")
        return "cp1252", False, (note,)
    return "cp1252", False, ()


def decode(data: bytes, dialect: Dialect) -> str:
    """The whole text; bytes that the encoding does not know become the replacement character, never an error."""
    text = data.decode(dialect.encoding, "replace")
    return text.removeprefix("\ufeff")


# Delimiter and header ----------------------------------------------------------------------------------------------

_SEP_LINE = re.compile(r'\A"?sep=(.)"?(?:\r\n|\r|\n)', re.IGNORECASE)


def sniff(data: bytes) -> Dialect:
    """Encoding, delimiter and row of the headings of a CSV file."""
    encoding, bom, notes = encoding_of(data)
    dialect = Dialect(encoding, bom=bom, notes=notes)
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
    """The rows of the file. A row with a broken quote or an endless cell is a problem, and the next one is read."""
    progress = progress or Progress()
    progress.begin(say("Reading the file …"))
    text = decode(data, dialect)
    progress.check()
    notes: list[Message] = []
    if replaced := text.count("\ufffd") - data.count(b"\xef\xbf\xbd"):
        notes.append(
            say_n(
                "{n} character cannot be read in this encoding.",
                "{n} characters cannot be read in this encoding.",
                max(replaced, 1),
            )
        )
    text, removed = _CONTROLS.subn("", text.replace("\r\n", "\n"))
    progress.check()
    if removed:
        notes.append(
            say_n("{n} invisible NUL character was removed.", "{n} invisible NUL characters were removed.", removed)
        )
    if not unicodedata.is_normalized("NFC", text):
        text = unicodedata.normalize("NFC", text)
    progress.check()
    first_line = 1
    if match := _SEP_LINE.match(text):
        text, first_line = text[match.end() :], 2
    problems: list[Problem] = []
    with collector_paused():
        rows = list(progress.each(_records(text, dialect.delimiter, first_line, problems, progress)))
    defused = DEFUSED.search(text) is not None
    progress.check()
    if defused:
        rows = [(line, [without_prefix(cell) for cell in cells]) for line, cells in rows]
    if dialect.header_row:
        header = tuple(rows[dialect.header_row - 1][1]) if len(rows) >= dialect.header_row else ()
        rows = rows[dialect.header_row :]
    else:
        header = ("",) * max((len(cells) for _, cells in rows), default=0)
    return Table(header, rows, tuple(problems), tuple(notes))


def _records(
    text: str, delimiter: str, first_line: int, problems: list[Problem], progress: Progress
) -> Iterator[tuple[int, list[str]]]:
    """Filled rows, spaces around their cells removed, with the line where each begins.

    All at once where the file is sound, else line by line.
    """
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    sound: list[tuple[int, list[str]]] = []
    line, width = first_line, 0
    try:
        for cells in reader:
            width = width or len(cells)
            if reader.line_num + first_line - line > 1 and _has_swallowed(cells, width, delimiter):
                raise csv.Error
            stripped = list(map(str.strip, cells))
            if any(stripped):
                sound.append((line, stripped))
                if not len(sound) % 1024:
                    progress.check()
            line = reader.line_num + first_line
    except csv.Error:
        return _records_one_by_one(text, delimiter, first_line, problems)
    return iter(sound)


def _records_one_by_one(
    text: str, delimiter: str, first_line: int, problems: list[Problem]
) -> Iterator[tuple[int, list[str]]]:
    """For damaged files: each row is read for itself; after a broken one reading goes on at the next line."""
    lines = list(io.StringIO(text, newline=""))
    at, failures, width = 0, 0, 0
    while at < len(lines):
        reach = 1_000 if failures < 100 else 20  # bounds the work on a file that is broken in every line
        reader = csv.reader(lines[at : at + reach], delimiter=delimiter, strict=True)
        try:
            cells = next(reader)
            used = reader.line_num
            if used > 1 and _has_swallowed(cells, width, delimiter):
                raise csv.Error
        except csv.Error as error:
            problems.append(Problem(at + first_line, _why(error), lines[at].rstrip("\r\n")[:_SHOWN]))
            failures += 1
            at += 1
            continue
        stripped = list(map(str.strip, cells))
        if any(stripped):
            width = width or len(cells)
            yield at + first_line, stripped
        at += used


def _has_swallowed(cells: list[str], width: int, delimiter: str) -> bool:
    """Whether a row over several lines looks like several rows between two stray quotes."""
    return len(cells) != width > 1 and any("\n" in cell and delimiter in cell for cell in cells)


def _why(error: csv.Error) -> Message:
    if "field larger" in str(error):
        return say("This row has a cell with more than {limit} characters.", limit=LONGEST_CELL)
    return say("A quotation mark in this row is never closed, or stands in the wrong place.")
