"""What the text of a letter consists of, and how the text of one letter comes from that of all.

Placeholders are filled in run by run: nothing that comes from a contact can become markup. In which string a text is
kept: `letter_markup`.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import groupby
from typing import TypeVar

from alumnidesk.domain import placeholders

LEFT, CENTRE, RIGHT, JUSTIFIED = ALIGNMENTS = ("left", "centre", "right", "justified")
SMALL, NORMAL, LARGE, HEADING = SIZES = ("small", "normal", "large", "heading")
BULLET, NUMBER = MARKS = ("bullet", "number")
MOST_LEVELS = 3


@dataclass(frozen=True, slots=True)
class Run:
    """Words that look alike; ``\\n`` begins a new line in the same paragraph."""

    text: str
    bold: bool = False
    italic: bool = False
    underlined: bool = False

    def saying(self, text: str) -> Run:
        """Other words of the same look. Every run of a letter asks; `dataclasses.replace` takes three times as long."""
        return Run(text, self.bold, self.italic, self.underlined)


Runs = tuple[Run, ...]
"""Words one after the other. Neighbours look different, none is empty."""


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph, or with a `mark` an item of a list."""

    runs: Runs = ()
    align: str = LEFT
    size: str = NORMAL
    mark: str = ""
    level: int = 0
    """How far an item is set in, 0 to 2."""
    only: str = ""
    """A search in its stored form: only letters to somebody who fits it have the block. Empty: all have it."""

    @property
    def text(self) -> str:
        return "".join(run.text for run in self.runs)


@dataclass(frozen=True, slots=True)
class Table:
    """Cells in rows, all rows of the same length."""

    rows: tuple[tuple[Runs, ...], ...]
    widths: tuple[int, ...]
    """Shares of the width of the text, in percent; as many as columns."""
    head: bool = False
    """Is the first row one of headings, which comes again on the next page?"""
    only: str = ""


@dataclass(frozen=True, slots=True)
class Picture:
    file: str
    """Key of a stored file."""
    width: int = 60
    """Millimetres."""
    align: str = LEFT
    only: str = ""


@dataclass(frozen=True, slots=True)
class Code:
    """A QR code."""

    text: str
    """What it says, with placeholders."""
    size: int = 25
    """Millimetres."""
    align: str = LEFT
    only: str = ""


@dataclass(frozen=True, slots=True)
class Signature:
    """Here the picture of the signature goes, and not below the closing words."""

    only: str = ""


@dataclass(frozen=True, slots=True)
class NewPage:
    only: str = ""


@dataclass(frozen=True, slots=True)
class Slip:
    """A reply slip: below a line to cut along, at the foot of the letter's last page."""

    blocks: tuple[Inner, ...] = ()
    only: str = ""


Inner = Paragraph | Table | Picture | Code
"""What may stand in a slip too."""
Block = Inner | Signature | NewPage | Slip
Document = tuple[Block, ...]
_Kind = TypeVar("_Kind", bound=Block)


# One form -----------------------------------------------------------------------------------------------------------


_LINE_ENDS = str.maketrans("\r\x85\u2028\u2029", "\n\n\n\n") | {0x1680: " "}
_NOT_IN_XML = re.compile("[^\t\n\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def clean(text: str) -> str:
    """The text with every line end as ``\\n`` and without characters that no document may hold (XML 1.0, 2.2)."""
    return _NOT_IN_XML.sub("", text.replace("\r\n", "\n").translate(_LINE_ENDS))


def tidy(document: Document) -> Document:
    """The same document in its one form: neighbouring runs that look alike are one, values are within their bounds."""
    return tuple(_tidied(block) for block in document)


def tidy_runs(runs: Iterable[Run]) -> Runs:
    """Runs of which no neighbours look alike and none is empty."""
    cleaned = (run.saying(clean(run.text)) for run in runs)
    grouped = groupby((run for run in cleaned if run.text), lambda run: run.saying(""))
    return tuple(look.saying("".join(run.text for run in alike)) for look, alike in grouped)


def _tidied(block: Block) -> Block:
    match block:
        case Slip():
            return Slip(tuple(map(_tidied_inner, block.blocks)), clean(block.only))
        case Signature() | NewPage():
            return replace(block, only=clean(block.only))
        case _:
            return _tidied_inner(block)


def _tidied_inner(block: Inner) -> Inner:
    match block:
        case Paragraph():
            level = min(max(block.level, 0), MOST_LEVELS - 1) if block.mark else 0
            return replace(block, runs=tidy_runs(block.runs), level=level, only=clean(block.only))
        case Table():
            columns = max((len(row) for row in block.rows), default=0)
            rows = tuple((*map(tidy_runs, row), *(() for _ in range(columns - len(row)))) for row in block.rows)
            widths = block.widths if len(block.widths) == columns else _even(columns)
            return replace(block, rows=rows, widths=widths, only=clean(block.only))
        case Code():
            return replace(block, text=clean(block.text), only=clean(block.only))
        case _:
            return replace(block, only=clean(block.only))


def _even(columns: int) -> tuple[int, ...]:
    """Equal shares that make 100 together."""
    return tuple(100 * (i + 1) // columns - 100 * i // columns for i in range(columns))


# Looking through -----------------------------------------------------------------------------------------------------


def blocks(document: Document) -> Iterator[Block]:
    """All blocks, those of slips after their slip."""
    for block in document:
        yield block
        if isinstance(block, Slip):
            yield from block.blocks


def texts(document: Document) -> Iterator[str]:
    """Everything in it that may hold placeholders: paragraphs, cells, what codes say."""
    for block in blocks(document):
        match block:
            case Paragraph():
                yield block.text
            case Table():
                yield from (_words(cell) for row in block.rows for cell in row)
            case Code():
                yield block.text


def plain(document: Document) -> str:
    """Its words: blank lines between blocks, tabs between cells; items with a dash or their number."""
    parts: list[str] = []
    numbers = [0] * MOST_LEVELS
    for block in blocks(document):
        numbers = _counted(numbers, block)
        match block:
            case Paragraph(mark=""):
                parts += ["", block.text]
            case Paragraph():
                mark = "–" if block.mark == BULLET else f"{numbers[block.level]}."
                parts += [""] * (sum(numbers) == 1 and block.mark == NUMBER)
                parts.append(f"{'  ' * block.level}{mark} {block.text}")
            case Table():
                parts += ["", *("\t".join(map(_words, row)) for row in block.rows)]
            case Code():
                parts += ["", block.text]
    return "\n".join(parts).strip("\n")


def _counted(numbers: list[int], block: Block) -> list[int]:
    """The numbers of the items so far, per level, with `block`."""
    if not isinstance(block, Paragraph) or not block.mark:
        return [0] * len(numbers)
    level = block.level
    mine = numbers[level] + 1 if block.mark == NUMBER else 0
    return [*numbers[:level], mine, *[0] * (len(numbers) - level - 1)]


def numbered(document: Iterable[Block]) -> list[int]:
    """For each block the number of a numbered item, 0 for everything else."""
    numbers, found = [0] * MOST_LEVELS, []
    for block in document:
        numbers = _counted(numbers, block)
        found.append(numbers[block.level] if isinstance(block, Paragraph) and block.mark == NUMBER else 0)
    return found


def conditions(document: Document) -> set[str]:
    """The searches that decide which letters have a block."""
    return {block.only for block in blocks(document) if block.only}


def with_conditions(document: Document, change: Callable[[str], str]) -> Document:
    """The document with another condition for each."""

    def one(block: _Kind) -> _Kind:
        return replace(block, only=change(block.only)) if block.only else block

    return tuple(
        replace(one(block), blocks=tuple(map(one, block.blocks))) if isinstance(block, Slip) else one(block)
        for block in document
    )


def with_contents(document: Document, change: Callable[[Inner], Inner | None]) -> Document:
    """The document with each paragraph, table, picture and code as `change` makes it, or without it (None), those of
    slips included."""

    def one(block: Block) -> Block | None:
        match block:
            case Slip():
                return replace(block, blocks=tuple(new for inner in block.blocks if (new := change(inner)) is not None))
            case Signature() | NewPage():
                return block
            case _:
                return change(block)

    return tuple(new for block in document if (new := one(block)) is not None)


def files(document: Document) -> set[str]:
    """Keys of the stored files of its pictures."""
    return {block.file for block in blocks(document) if isinstance(block, Picture)}


def _words(runs: Runs) -> str:
    return "".join(run.text for run in runs)


# Filling in ----------------------------------------------------------------------------------------------------------

_STYLES = "\x1c\x1d\x1e\x1f\x85\u1680\u2028\u2029"
"""One character per look of a run: white space to every pattern, and in no text (`clean`)."""
_AROUND = re.compile(rf"([{_STYLES}]*)(\{{[^{{}}\n]*\}})([{_STYLES}]*)")


@dataclass(frozen=True, slots=True)
class FilledText:
    document: Document
    missing: tuple[str, ...] = ()
    """Keys of placeholders for which there was nothing to fill in."""


def fill(document: Document, values: Mapping[str, str], fits: Callable[[str], bool] = lambda only: True) -> FilledText:
    """The document of one letter: without the blocks whose `only` does not fit, with its placeholders filled in.

    A paragraph or row of a table of which nothing is left goes. Conditions are gone from the result.
    """
    missing: dict[str, None] = {}

    def words(runs: Runs) -> Runs:
        filled, gone = fill_runs(runs, values)
        missing.update(dict.fromkeys(gone))
        return filled

    def fitting(blocks: Iterable[_Kind]) -> Iterator[_Kind]:
        for block in blocks:
            if not block.only:
                yield block
            elif fits(block.only):
                yield replace(block, only="")

    def inner(block: Inner) -> Inner | None:
        match block:
            case Paragraph():
                runs = words(block.runs)
                if runs is block.runs:
                    return block
                return replace(block, runs=runs) if _words(runs).strip() else None
            case Table():
                rows = [(row, tuple(words(cell) for cell in row)) for row in block.rows]
                kept = tuple(
                    new for old, new in rows if any(map(_words, new)) or not any("{" in _words(cell) for cell in old)
                )
                return replace(block, rows=kept) if len(kept) > block.head else None
            case Code():
                text = placeholders.fill(block.text, values)
                missing.update(dict.fromkeys(text.missing))
                return replace(block, text=text.text) if text.text.strip() else None
            case _:
                return block

    def one(block: Block) -> Block | None:
        match block:
            case Slip():
                kept = tuple(new for part in fitting(block.blocks) if (new := inner(part)) is not None)
                return Slip(kept) if kept else None
            case Signature() | NewPage():
                return block
            case _:
                return inner(block)

    filled = tuple(new for block in fitting(document) if (new := one(block)) is not None)
    return FilledText(filled, tuple(missing))


def fill_runs(runs: Runs, values: Mapping[str, str]) -> tuple[Runs, tuple[str, ...]]:
    """The runs with their placeholders filled in as `placeholders.fill` does, and the keys that had no value.

    A value looks like the placeholder in whose place it stands.
    """
    if not any("{" in run.text for run in runs):
        return runs, ()
    if len(runs) == 1:
        filled = placeholders.fill(runs[0].text, values)
        return (runs[0].saying(filled.text),) if filled.text else (), filled.missing
    if all(values.get(key) for run in runs for key in placeholders.used(run.text, values)):  # no gap to close
        return tuple(run.saying(placeholders.fill(run.text, values).text) for run in runs), ()
    looks = {mark: Run("", bool(i & 1), bool(i & 2), bool(i & 4)) for i, mark in enumerate(_STYLES)}
    marks = {look: mark for mark, look in looks.items()}
    coded = ""
    for run in runs:
        mark = marks[run.saying("")]
        coded += mark + run.text.replace("\n", "\n" + mark)
    safe = {key: value.translate(_WITHOUT) for key, value in values.items()}
    filled = placeholders.fill(_closed_up(coded, safe), safe)
    parts, look = [], Run("")
    for part in re.split(f"([{_STYLES}])", filled.text):
        if part in looks:
            look = looks[part]
        else:
            parts.append(look.saying(part))
    return tidy_runs(parts), filled.missing


_WITHOUT = {ord(mark): " " for mark in _STYLES}


def _closed_up(coded: str, values: Mapping[str, str]) -> str:
    """The text without the change of look around a placeholder that stays empty, where it changes back at once."""

    def without(found: re.Match[str]) -> str:
        before, braces, after = found.groups()
        if values.get(braces[1:-1]) or braces[1:-1] not in values:
            return found[0]
        earlier = re.findall(f"[{_STYLES}]", coded[: found.start()])
        return braces if before and after and earlier[-1:] == [after[-1]] else found[0]

    return _AROUND.sub(without, coded)
