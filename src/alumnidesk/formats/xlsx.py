"""Excel workbooks (ECMA-376, transitional and strict): the values of one sheet, as text.

Formulas are never computed: what counts is the result that the program left beside them. Macros, links to other files,
pictures and notes are not looked at. Why this is no library: see decision 12.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from alumnidesk.formats.archives import Archive, Enough, Listener
from alumnidesk.formats.grid import Grid, cell_name
from alumnidesk.formats.number_formats import BUILT_IN, Shown, plain, shown_by
from alumnidesk.progress import Progress


@dataclass(frozen=True, slots=True)
class Sheet:
    """One sheet of a workbook."""

    name: str
    part: str
    hidden: bool = False


def sheets(archive: Archive) -> list[Sheet]:
    """The sheets with cells, in their order, without those that are hidden. Raises BadFile."""
    book = _book(archive)
    there = [sheet for sheet in book.sheets if sheet.part in archive.names and _has_cells(archive, sheet)]
    return [sheet for sheet in there if not sheet.hidden] or there


def read(archive: Archive, sheet: Sheet, grid: Grid, progress: Progress) -> None:
    """Put the cells of a sheet into `grid`. Raises BadFile and Cancelled."""
    book = _book(archive)
    strings, styles = _Strings(), _Styles(book.since_1904)
    for part, listener in ((book.strings, strings), (book.styles, styles)):
        if part in archive.names:
            archive.walk(part, listener, progress)
    archive.walk(sheet.part, _Cells(grid, strings.found, styles.shown), progress)


def has_macros(archive: Archive) -> bool:
    """Whether the workbook brings programs along; they are not run."""
    return any(name.endswith("vbaProject.bin") for name in archive.names)


def _local(name: str) -> str:
    return name.rpartition(" ")[2]


# The workbook ------------------------------------------------------------------------------------------------------


class _Links(Listener):
    """A part's relationships: id → type (the last word of its URI) and target."""

    def __init__(self, archive: Archive, part: str) -> None:
        self.by_id: dict[str, tuple[str, str]] = {}
        self._folder = posixpath.dirname(part)
        name = posixpath.join(self._folder, "_rels", posixpath.basename(part) + ".rels")
        if name in archive.names:
            archive.walk(name, self)

    def start(self, name: str, attributes: Mapping[str, str]) -> None:
        if _local(name) == "Relationship":
            target = attributes.get("Target", "")
            where = target.lstrip("/") if target.startswith("/") else posixpath.join(self._folder, target)
            kind = attributes.get("Type", "").rpartition("/")[2]
            self.by_id[attributes.get("Id", "")] = (kind, posixpath.normpath(where))

    def first(self, kind: str) -> str:
        return next((target for found, target in self.by_id.values() if found == kind), "")


@dataclass
class _Book(Listener):
    """What the workbook's own part says."""

    links: _Links
    sheets: list[Sheet] = field(default_factory=list)
    since_1904: bool = False

    @property
    def strings(self) -> str:
        return self.links.first("sharedStrings")

    @property
    def styles(self) -> str:
        return self.links.first("styles")

    def start(self, name: str, attributes: Mapping[str, str]) -> None:
        local = _local(name)
        if local == "workbookPr":
            self.since_1904 = attributes.get("date1904") in ("1", "true")
        elif local == "sheet":
            link = next((value for key, value in attributes.items() if key.endswith("relationships id")), "")
            kind, part = self.links.by_id.get(link, ("", ""))
            if kind == "worksheet":
                self.sheets.append(Sheet(attributes.get("name", ""), part, attributes.get("state", "") not in _SEEN))


_SEEN = ("", "visible")


def _book(archive: Archive) -> _Book:
    part = _Links(archive, "").first("officeDocument")
    if part not in archive.names:
        raise archive.damaged()
    book = _Book(_Links(archive, part))
    archive.walk(part, book)
    return book


# Shared texts and formats ------------------------------------------------------------------------------------------

_ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")


def _unescaped(text: str) -> str:
    """``_x000D_`` stands for a character that XML cannot hold (ECMA-376, 22.9.2.19)."""
    return _ESCAPED.sub(lambda match: chr(int(match[1], 16)), text) if "_x" in text else text


class _Strings(Listener):
    """The texts that cells share, without the reading aids of Japanese."""

    def __init__(self) -> None:
        self.found: list[str] = []
        self._parts: list[str] = []
        self._listening = self._aid = False

    def start(self, name: str, attributes: Mapping[str, str]) -> None:
        local = _local(name)
        self._listening = local == "t" and not self._aid
        self._aid = self._aid or local == "rPh"

    def end(self, name: str) -> None:
        local = _local(name)
        self._listening = False
        if local == "si":
            self.found.append(_unescaped("".join(self._parts)))
            self._parts.clear()
        elif local == "rPh":
            self._aid = False

    def text(self, text: str) -> None:
        if self._listening:
            self._parts.append(text)


class _Styles(Listener):
    """How numbers look, by the number of a cell's style."""

    def __init__(self, since_1904: bool) -> None:
        self.shown: list[Shown] = []
        self._since_1904 = since_1904
        self._codes = dict(BUILT_IN)
        self._in_cells = False

    def start(self, name: str, attributes: Mapping[str, str]) -> None:
        local = _local(name)
        if local == "numFmt":
            self._codes[_number(attributes.get("numFmtId"))] = attributes.get("formatCode", "")
        elif local == "cellXfs":
            self._in_cells = True
        elif local == "xf" and self._in_cells:
            code = self._codes.get(_number(attributes.get("numFmtId")), "")
            self.shown.append(shown_by(code, since_1904=self._since_1904) if code else plain)

    def end(self, name: str) -> None:
        if _local(name) == "cellXfs":
            self._in_cells = False


def _number(text: str | None) -> int:
    return int(text) if text and text.isascii() and text.isdigit() and len(text) < 8 else 0


# Cells -------------------------------------------------------------------------------------------------------------


@lru_cache(maxsize=4096)
def _column(letters: str) -> int:
    """1 for A, 28 for AB; 0 for nonsense."""
    number = 0
    for letter in letters:
        if not "A" <= letter <= "Z" or number > 16_384:
            return 0
        number = number * 26 + ord(letter) - 64
    return number


class _Cells(Listener):
    """The rows of one sheet on their way into a grid."""

    def __init__(self, grid: Grid, strings: Sequence[str], shown: Sequence[Shown]) -> None:
        self._grid, self._strings, self._shown = grid, strings, shown
        self._row, self._column = 0, 0
        self._cells: list[str] = []
        self._kind, self._style, self._formula = "n", 0, False
        self._parts: list[str] = []
        self._listening = self._aid = False

    def start(self, name: str, attributes: Mapping[str, str]) -> None:
        local = _local(name)
        if local == "c":
            reference = attributes.get("r", "")
            self._column = _column(reference.rstrip("0123456789")) or self._column + 1
            self._kind = attributes.get("t", "n")
            self._style = _number(attributes.get("s"))
            self._formula = False
            self._parts.clear()
        elif local == "v":
            self._listening = True
        elif local == "t":
            self._listening = not self._aid
        elif local == "row":
            self._row = _number(attributes.get("r")) or self._row + 1
            self._column = 0
            self._cells = []
        elif local == "f":
            self._formula = True
        elif local == "rPh":
            self._aid = True

    def end(self, name: str) -> None:
        local = _local(name)
        if local in ("v", "t"):
            self._listening = False
        elif local == "c":
            if value := self._value():
                self._cells.extend([""] * (self._column - 1 - len(self._cells)))
                self._cells.append(value)
        elif local == "row":
            self._grid.add(self._row, self._cells)
        elif local == "rPh":
            self._aid = False

    def text(self, text: str) -> None:
        if self._listening:
            self._parts.append(text)

    def _value(self) -> str:
        text = "".join(self._parts)
        kind = self._kind
        if not text:
            if self._formula and kind != "str":
                self._grid.without_result.append(cell_name(self._column, self._row))
            return ""
        if kind == "s":
            index = _number(text)
            return self._strings[index] if index < len(self._strings) else ""
        if kind == "n":
            return (self._shown[self._style] if self._style < len(self._shown) else plain)(text)
        if kind == "e":
            self._grid.errors.append(cell_name(self._column, self._row))
            return ""
        if kind == "b":
            return "TRUE" if text == "1" else "FALSE"
        if kind == "d":
            return text.removesuffix("Z").removesuffix("T00:00:00")
        return _unescaped(text)


class _First(Listener):
    """Stops at the first cell that has something in it."""

    found = False

    def start(self, name: str, attributes: Mapping[str, str]) -> None:
        if _local(name) in ("v", "is", "f"):
            self.found = True
            raise Enough


def _has_cells(archive: Archive, sheet: Sheet) -> bool:
    first = _First()
    archive.walk(sheet.part, first)
    return first.found
