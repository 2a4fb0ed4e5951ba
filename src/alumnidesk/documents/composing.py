"""From the text of a letter to blocks that are ready to be placed: every look of it in faces and measures."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

from reportlab.lib.units import mm

from alumnidesk.documents import fonts
from alumnidesk.documents.blocks import Block, CuttingLine, Image, Lines, Symbol
from alumnidesk.documents.codes import CODE_TOO_SMALL, matrix
from alumnidesk.documents.furniture import fitted
from alumnidesk.documents.images import PackedImage, decoded
from alumnidesk.documents.style import Style
from alumnidesk.documents.typesetting import Column, Span, set_lines
from alumnidesk.domain.letter_text import (
    BULLET,
    CENTRE,
    HEADING,
    LARGE,
    NORMAL,
    RIGHT,
    SMALL,
    Code,
    Document,
    Paragraph,
    Picture,
    Runs,
    Signature,
    Slip,
    Table,
    numbered,
)
from alumnidesk.domain.letter_text import Block as Words
from alumnidesk.errors import InvalidInput

SIZES: Mapping[str, tuple[float, float]] = {SMALL: (8.5, 12), NORMAL: (10.5, 15.5), LARGE: (13, 18), HEADING: (13, 18)}
"""Points, and points from line to line. Headings are bold."""
GAP = SIZES[NORMAL][1] / 2
"""Between paragraphs."""
SIGNATURE_ROOM, _SIGNATURE_WIDTH = 15 * mm, 60 * mm
_MARKS = ("•", "–", "·")
"""Before an item, by its level."""
_HANGING, _AFTER_NUMBER, _BETWEEN_ITEMS = 5.5 * mm, 1.5 * mm, 2.5
_BETWEEN_CELLS, _PADDING, _LEADING_OF_CELLS = 3 * mm, 3.5, 13.5
_NARROWEST = 18.0
"""A column that is narrower has smaller letters, so that even a single W stays within it."""
_MOST_REPEATED = 1 / 3
"""Headings that take more of a page than this do not come again."""
_EMPTY = (bytes([1] * 25), *[bytes([1, *[0] * 23, 1])] * 23, bytes([1] * 25))
"""A frame without a code in it."""
_REMEMBERED = 500
"""Blocks that are kept in case they occur again."""


@dataclass(frozen=True, slots=True)
class Composition:
    """A letter's own words, set."""

    flow: tuple[Block | None, ...]
    """None: here a new page begins."""
    slip: tuple[Block, ...]
    """What belongs at the foot of the last page."""
    signed: bool
    """Does the signature have its place among the words?"""


class Composer:
    """Sets the texts of one run. What occurs again is set once."""

    def __init__(
        self,
        family: str,
        room: tuple[float, float],
        pictures: Mapping[str, bytes],
        signature: PackedImage | None,
        *,
        draft: bool = False,
    ) -> None:
        """`room`: width and height that a text has on a first page, in points; `pictures`: stored files by key.

        In a `draft` a code that cannot be printed is an empty frame.
        """
        self.draft = draft
        self.family = family
        self.width, self.height = room
        self.pictures = pictures
        self.signature = signature
        self._styles: dict[tuple[float, bool, bool], Style] = {}
        self._images: dict[tuple[str, int], PackedImage | None] = {}
        self._once: dict[Hashable, Block] = {}
        self._again: dict[Hashable, Block] = {}

    def compose(self, document: Document) -> Composition:
        """The blocks of a letter. Raises InvalidInput if a QR code is too small for what it says."""
        slips = [block for block in document if isinstance(block, Slip)]
        flow = document if not slips else tuple(block for block in document if not isinstance(block, Slip))
        return Composition(
            flow=tuple(self._blocks(flow, 2 * GAP)),
            slip=tuple(block for slip in slips for block in self._slip(slip)),
            signed=any(isinstance(block, Signature) for block in document),
        )

    def words(self, text: str, style: Style, before: float) -> Block:
        """Words all in one style."""
        return self._remembered((text, style, before), self._words, text, style, before)

    def room_to_sign(self, before: float = 0) -> Block:
        """The picture of the signature, if there is one, else room for one by hand."""
        return self._remembered((Signature, before), self._room_to_sign, before)

    def _slip(self, slip: Slip) -> Iterator[Block]:
        yield self._remembered(Slip, Block, CuttingLine(self.width), GAP)
        yield from (block for block in self._blocks(slip.blocks, 0) if block is not None)

    def _blocks(self, document: Iterable[Words], before: float) -> Iterator[Block | None]:
        """Each block set, with the gap that two such have between them."""
        document = tuple(document)
        previous: Words | None = None
        for block, number in zip(document, numbered(document), strict=True):
            gap = before if previous is None else _gap(previous, block)
            match block:
                case Paragraph():
                    yield self._remembered((block, number, gap), self._paragraph, block, number, gap)
                case Table():
                    yield from self._rows(block, gap)
                case Picture():
                    if image := self._image(block):
                        yield self._remembered((block, gap), self._picture, block, image, gap)
                case Code():
                    yield self._remembered((block, gap), self._code, block, gap)
                case Signature():
                    yield self.room_to_sign(gap)
                case _:
                    yield None
            previous = block

    # Words ---------------------------------------------------------------------------------------------------------

    def _words(self, text: str, style: Style, before: float) -> Block:
        lines = set_lines((Span(text, style),), self.width)
        return Block(Lines(((0, lines),), style.leading, style.size), before)

    def _paragraph(self, block: Paragraph, number: int, before: float) -> Block:
        size, leading = SIZES[block.size]
        heading = block.size == HEADING
        indent = 0.0
        columns: list[Column] = []
        if block.mark:
            style = self._style(size)
            mark = _MARKS[block.level] if block.mark == BULLET else f"{number}."
            indent = block.level * _HANGING + max(_HANGING, style.width(mark) + _AFTER_NUMBER)
            columns.append((block.level * _HANGING, ((Span(mark, style),),)))
        spans = self._spans(block.runs, size, bold=heading)
        columns.append((indent, set_lines(spans, self.width - indent, block.align)))
        return Block(Lines(tuple(columns), leading, size), before, keeps=heading)

    def _rows(self, table: Table, before: float) -> Iterator[Block]:
        head: Block | None = None
        for index, row in enumerate(table.rows):
            gap = before if index == 0 else 0
            key = (table.widths, table.rows[0] if table.head else None, row, index == 0, gap)
            block = self._remembered(key, self._row, table, index, gap, head)
            if block.keeps and block.height <= _MOST_REPEATED * self.height:
                head = block
            yield block

    def _row(self, table: Table, index: int, before: float, head: Block | None) -> Block:
        total = sum(max(share, 1) for share in table.widths)
        shares = [max(share, 1) * self.width / total for share in table.widths]
        rooms = [max(share - _BETWEEN_CELLS, share / 2) for share in shares[:-1]] + shares[-1:]
        scale = min(1.0, min(rooms, default=0) / _NARROWEST)
        size, headings = SIZES[NORMAL][0] * scale, table.head and index == 0
        columns = [
            (sum(shares[:column]), set_lines(self._spans(cell, size, bold=headings), room))
            for column, (cell, room) in enumerate(zip(table.rows[index], rooms, strict=True))
        ]
        lines = Lines(
            tuple(columns),
            _LEADING_OF_CELLS * scale,
            size,
            padding=_PADDING,
            rule=self.width,
            first=index == 0,
            heavy=headings,
            whole=True,
        )
        return Block(lines, before, keeps=headings, head=head)

    def _spans(self, runs: Runs, size: float, *, bold: bool = False) -> tuple[Span, ...]:
        return tuple(Span(run.text, self._style(size, bold or run.bold, run.italic), run.underlined) for run in runs)

    def _style(self, size: float, bold: bool = False, italic: bool = False) -> Style:
        key = (size, bold, italic)
        if key not in self._styles:
            weight = fonts.WEIGHTS[bold, italic]
            self._styles[key] = Style(fonts.face(self.family, weight), size, 0)
        return self._styles[key]

    # Pictures and codes ----------------------------------------------------------------------------------------------

    def _image(self, block: Picture) -> PackedImage | None:
        key = (block.file, block.width)
        if key not in self._images:
            self._images[key] = decoded(self.pictures.get(block.file, b""), block.width * mm)
        return self._images[key]

    def _picture(self, block: Picture, image: PackedImage, before: float) -> Block:
        width, height = fitted(image, min(block.width * mm, self.width), self.height)
        return Block(Image(image, width, height, height, self._aligned(width, block.align)), before)

    def _room_to_sign(self, before: float) -> Block:
        width, height = 0.0, 0.0
        if self.signature:
            width, height = fitted(self.signature, _SIGNATURE_WIDTH, SIGNATURE_ROOM - 2 * mm)
        return Block(Image(self.signature, width, height, SIGNATURE_ROOM), before, keeps=True)

    def _code(self, block: Code, before: float) -> Block:
        size = min(block.size * mm, self.width)
        modules = matrix(block.text, size / mm)
        if modules is None and not self.draft:
            raise InvalidInput("text", CODE_TOO_SMALL)
        symbol = Symbol(modules or _EMPTY, size, self._aligned(size, block.align))
        return Block(symbol, max(before, 4 * symbol.module))

    def _aligned(self, width: float, align: str) -> float:
        return {RIGHT: self.width - width, CENTRE: (self.width - width) / 2}.get(align, 0.0)

    def _remembered(self, key: Hashable, made: Callable[..., Block], *values: Any) -> Block:
        """The block for a key; one that has been set before gets a number and is not set anew."""
        if block := self._again.get(key):
            return block
        if block := self._once.pop(key, None):
            block = self._again[key] = replace(block, number=len(self._again) + 1)
            return block
        if len(self._once) >= _REMEMBERED:  # what every recipient has of their own is of no use to the next one
            self._once.clear()
        block = self._once[key] = made(*values)
        return block


def _gap(previous: Words, block: Words) -> float:
    """What two blocks have between them: items of a list little, blank lines nothing more."""
    if not isinstance(block, Paragraph):
        return GAP
    if isinstance(previous, Paragraph):
        if block.mark and previous.mark:
            return _BETWEEN_ITEMS
        if not block.runs or not previous.runs:
            return 0
    return 1.5 * GAP if block.size == HEADING else GAP
