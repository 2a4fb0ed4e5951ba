"""A CSV file that somebody else keeps: single cells of it are changed, and it stays in its own hand.

What is not touched comes out byte by byte as it came in: encoding, byte order mark, delimiter, line ends, quotation
marks, empty rows, lines before the headings, columns that nobody knows. A changed cell keeps its quotation marks; a
new one is written as the others of its column.

    file = opened(data, path)
    data = file.edited(Edits(changed={7: {2: "0371 555"}}, deleted={9}, added=[{0: "Anna"}], headings=("Our id",)))
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, field, replace
from functools import cached_property
from pathlib import Path

from alumnidesk.errors import BadFile
from alumnidesk.formats.csv_dialect import LONGEST_CELL, Dialect, Table, sniff, table
from alumnidesk.formats.defusing import phone_guard, without_prefix
from alumnidesk.i18n import say

_LINE_END = re.compile(r"\r\0*\r?\n|\r|\n")
"""As `csv_dialect.table` counts lines: it takes ``\\r\\r\\n`` for one end."""
_CONTROLS = re.compile("[\0\ud800-\udfff]")
_SAMPLES = 50


def clean(text: str) -> str:
    """A text as it can be read again from a cell: composed, without spaces around it and invisible signs in it."""
    return unicodedata.normalize("NFC", re.sub("\r+\n", "\n", _CONTROLS.sub("", text))).strip()


@dataclass(frozen=True, slots=True)
class Edits:
    """What is to change. Columns are counted from 0, the new ones after the last that has a heading."""

    changed: Mapping[int, Mapping[int, str]] = field(default_factory=dict)
    """Line of the file where a row begins → column → text."""
    deleted: Set[int] = frozenset()
    """Lines of the file where the rows begin that are to go."""
    added: Sequence[Mapping[int, str]] = ()
    """New rows, column → text; they stand after the last one."""
    headings: tuple[str, ...] = ()
    """Of new columns."""

    def __bool__(self) -> bool:
        return bool(any(self.changed.values()) or self.deleted or self.added or self.headings)


@dataclass(frozen=True)
class KeptFile:
    """The bytes of a CSV file, and what they say."""

    data: bytes
    file: str
    dialect: Dialect
    table: Table
    """As an import sees it; without headings there is none, and nothing can be changed."""
    header_line: int
    """The line where the row of the headings begins."""

    def can_hold(self, text: str) -> bool:
        """Whether the encoding of the file has all characters of a text, and a cell the room."""
        if len(text) > LONGEST_CELL:
            return False
        try:
            text.encode(self.dialect.encoding)
        except UnicodeEncodeError:
            return False
        return True

    def edited(self, edits: Edits) -> bytes:
        """The file with these changes; read again, it says what it said but for them.

        Raises BadFile, and nothing is lost, where a row cannot be taken apart for certain, or the file with its new
        text would be taken for one of another encoding or with other headings. Texts are as `clean` makes them and
        such that `can_hold`.
        """
        if not edits:
            return self.data
        text = "".join(self._pieces(edits))
        new = self._encoded(text)
        if not self._says(new, text):
            raise BadFile(
                self.file,
                say("“{file}” would be read in another way with the new text in it.", file=self.name),
                say("Please save the file as “CSV UTF-8” in the program that it comes from."),
            )
        return new

    def _says(self, data: bytes, text: str) -> bool:
        """Whether one who knows nothing of this file would read just that text, and as the same table."""
        after = opened(data, self.file)
        ours, theirs = (replace(dialect, encoding="", notes=()) for dialect in (self.dialect, after.dialect))
        return ours == theirs and after._text == text and len(after.table.problems) <= len(self.table.problems)

    @property
    def name(self) -> str:
        """The name of the file without its folder."""
        return Path(self.file).name

    # Text ------------------------------------------------------------------------------------------------------------

    @cached_property
    def _handler(self) -> str:
        """How bytes that are no text in this encoding come back as they were."""
        return "surrogatepass" if self.dialect.encoding.startswith("utf-16") else "surrogateescape"

    @cached_property
    def _odd(self) -> bytes:
        """The half of a character at the end of a damaged UTF-16 file."""
        return self.data[-1:] if self._handler == "surrogatepass" and len(self.data) % 2 else b""

    @cached_property
    def _text(self) -> str:
        whole = self.data[: len(self.data) - len(self._odd)]
        text = whole.decode(self.dialect.encoding, self._handler)
        if self._encoded(text) != self.data:
            raise self._unclear(0)
        return text

    def _encoded(self, text: str) -> bytes:
        return text.encode(self.dialect.encoding, self._handler) + self._odd

    @cached_property
    def _starts(self) -> list[int]:
        """Where each line begins in the text, by its number from 1."""
        first = 1 if self._text.startswith("\ufeff") else 0
        return [0, first, *(match.end() for match in _LINE_END.finditer(self._text, first))]

    # Rows ------------------------------------------------------------------------------------------------------------

    def _pieces(self, edits: Edits) -> Iterator[str]:
        """The text in pieces: what is untouched as it is, and between the rows that change."""
        done = 0
        known = {self.header_line: list(self.table.header), **dict(self.table.rows)}
        touched = set(known) if edits.headings else {*edits.changed, *edits.deleted}
        last = max(known)
        for line in sorted({*touched, *((last,) if edits.added else ())}):
            row = self._row(line, known[line])
            yield self._text[done : row.start]
            done = row.end
            if line in edits.deleted:
                row = replace(row, cells=[], line_end="")
            elif line in touched:
                row = self._changed(row, line, edits)
            if line == last and edits.added:
                yield from self._with_added(row, edits)
            else:
                yield row.text(self._delimiter)
        yield self._text[done:]

    def _changed(self, row: _Row, line: int, edits: Edits) -> _Row:
        cells = list(row.cells)
        width = len(self.table.header)
        if edits.headings and line == self.header_line:
            quoted = bool(cells) and all(map(_is_quoted, cells))
            new = [_written(heading, self._delimiter, quoted=quoted) for heading in edits.headings]
            return replace(row, cells=[*cells[:width], *new, *cells[width:]])
        if edits.headings and len(cells) >= width:
            cells[width:width] = [""] * len(edits.headings)
        said = [*map(_meaning, cells), *[""] * (width + len(edits.headings) - len(cells))]
        changes = {column: text for column, text in edits.changed.get(line, {}).items() if text != said[column]}
        if changes:  # a row that is shorter than the headings and has lines in its cells would seem to be several
            cells += [""] * (len(said) - len(cells))
        for column, text in changes.items():
            keeps = _is_quoted(cells[column])
            cells[column] = _written(text, self._delimiter, quoted=True) if keeps else self._new(text, column)
        return replace(row, cells=cells)

    def _with_added(self, last: _Row, edits: Edits) -> Iterator[str]:
        """The last row, the new ones, and no line end where there was none before."""
        line_end = self._line_end
        width = len(self.table.header) + len(edits.headings)
        rows = [replace(last, line_end=last.line_end or line_end)] if last.cells else []
        for texts in edits.added:
            cells = [self._new(texts.get(column, ""), column) for column in range(width)]
            rows.append(_Row(0, 0, cells, line_end))
        if not last.line_end and not self._text[last.end :]:
            rows[-1] = replace(rows[-1], line_end="")
        yield from (row.text(self._delimiter) for row in rows)

    @cached_property
    def _line_end(self) -> str:
        match = _LINE_END.search(self._text)
        return match[0].replace("\0", "") if match else "\r\n"

    # Cells -----------------------------------------------------------------------------------------------------------

    def _row(self, line: int, cells: list[str]) -> _Row:
        """A row taken apart. Raises BadFile where it does not read as `csv_dialect.table` has read it."""
        start = at = self._starts[line]
        raw: list[str] = []
        while (match := self._cell.match(self._text, at)) is not None:
            raw.append(match[1])
            at = match.end()
            if match[2] != self._delimiter:
                break
        said = [_meaning(text) for text in raw]
        if match is None or len(said) != len(cells) or not all(map(_agree, said, cells)):
            raise self._unclear(line)
        return _Row(start, at, raw, match[2])

    @property
    def _delimiter(self) -> str:
        return self.dialect.delimiter

    @cached_property
    def _cell(self) -> re.Pattern[str]:
        end = re.escape(self._delimiter)
        return re.compile(rf'("[^"]*(?:""[^"]*)*"|[^"{end}\r\n][^{end}\r\n]*|)({end}|\r\r?\n|\r|\n|\Z)')

    def _new(self, text: str, column: int) -> str:
        """A cell that was empty or was not there, in the style of the others of its column."""
        quoted, empty = self._styles
        if not text:
            return empty
        return _written(text, self._delimiter, quoted=quoted[column] if column < len(quoted) else all(quoted))

    @cached_property
    def _styles(self) -> tuple[list[bool], str]:
        """For each column whether its cells have quotation marks that they do not need, and how an empty cell looks."""
        rows = self.table.rows[-_SAMPLES:] or [(self.header_line, list(self.table.header))]
        taken = [self._row(line, cells).cells for line, cells in rows]
        every = [cell for row in taken for cell in row if cell]
        always = bool(every) and all(map(_is_quoted, every))
        columns = ([row[at] for row in taken if at < len(row) and row[at]] for at in range(len(self.table.header)))
        empty = '""' if '""' in every or (always and not any("" in row for row in taken)) else ""
        return [all(map(_is_quoted, column)) if column else always for column in columns], empty

    def _unclear(self, line: int) -> BadFile:
        return BadFile(
            self.file,
            say("A row of “{file}” cannot be taken apart for certain, so nothing was written.", file=self.name),
            say("Please save the file anew in the program that it comes from, best as “CSV UTF-8”."),
            line,
        )


@dataclass(frozen=True, slots=True)
class _Row:
    """A row as it stands in the text: where, its cells with their quotation marks, and its end."""

    start: int
    end: int
    cells: list[str]
    line_end: str

    def text(self, delimiter: str) -> str:
        return delimiter.join(self.cells) + self.line_end


def _is_quoted(raw: str) -> bool:
    return raw.startswith('"')


def _meaning(raw: str) -> str:
    """What a cell says, as `csv_dialect.table` reads it."""
    text = raw[1:-1].replace('""', '"') if _is_quoted(raw) else raw
    return without_prefix(clean(text))


def _agree(ours: str, theirs: str) -> bool:
    """Whether both read the same; what is no text in its encoding, they replace differently."""
    return ours == theirs or "\ufffd" in theirs


def _written(text: str, delimiter: str, *, quoted: bool) -> str:
    text = phone_guard(text)
    if quoted or any(sign in text for sign in (delimiter, '"', "\r", "\n")):
        return '"' + text.replace('"', '""') + '"'
    return text


def opened(data: bytes, file: str | Path) -> KeptFile:
    """A file to be edited, read once. `file` is its name, for messages.

    Plain letters with semicolons and without a mark are what European Excel writes, and reads as Windows-1252: the
    first umlaut is to be one for it as well.
    """
    dialect = sniff(data)
    if data.isascii() and dialect.delimiter == ";" and b"\r\n" in data:
        dialect = replace(dialect, encoding="cp1252")
    everything = table(data, replace(dialect, header_row=0))
    rows, at = everything.rows, dialect.header_row
    if not at or len(rows) < at:
        return KeptFile(data, str(file), dialect, replace(everything, header=(), rows=[]), 0)
    line, header = rows[at - 1]
    return KeptFile(data, str(file), dialect, replace(everything, header=tuple(header), rows=rows[at:]), line)
