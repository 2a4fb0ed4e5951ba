"""What a letter's text is set in before it has a place on a page: lines in columns, pictures, QR codes, cutting lines.

Measures are points; everything is drawn from its upper left corner.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Protocol

from reportlab.lib.units import mm
from reportlab.pdfgen.canvas import Canvas

from alumnidesk.documents.images import PackedImage
from alumnidesk.documents.style import GREY, HAIR, INK
from alumnidesk.documents.typesetting import Column, draw_columns

_TOGETHER = 2
"""So many lines of a paragraph at least stand at the foot of a page and at the top of the next."""
_THIN, _HEAVY = 0.4, 0.8
_DASHES = (4, 3)


class Content(Protocol):
    """What is drawn of a block."""

    @property
    def height(self) -> float: ...

    def draw(self, canvas: Canvas, x: float, top: float) -> None: ...


@dataclass(frozen=True, slots=True)
class Block:
    """A part of a letter, and how it stands among the others."""

    content: Content
    before: float = 0
    """Room above; not at the top of a page."""
    number: int = 0
    """Set for what occurs again in other letters: the same number for the same drawing."""
    keeps: bool = False
    """Does it stay on one page with what follows?"""
    head: Block | None = None
    """What comes again above it where it is the first on a page: the headings of its table."""
    height: float = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "height", self.content.height)

    @property
    def least(self) -> float:
        """So much of it has to have room on a page on which it begins."""
        lines = self.content
        if isinstance(lines, Lines) and not lines.whole and lines.count >= 2 * _TOGETHER:
            return _TOGETHER * lines.leading
        return self.height

    def split(self, room: float, *, at_any_rate: bool) -> tuple[Block, Block] | None:
        """What of it goes into `room`, and what is left for the next page; None if it is not to be divided.

        `at_any_rate`: it would not find more room on another page.
        """
        lines = self.content
        if not isinstance(lines, Lines) or lines.count < 2:
            return None
        count = int((room - lines.padding) / lines.leading)
        count = max(1, min(count, lines.count - 1)) if at_any_rate else min(count, lines.count - _TOGETHER)
        if not at_any_rate and (lines.whole or count < _TOGETHER):
            return None
        first, rest = lines.cut(count)
        return replace(self, content=first, number=0), replace(self, content=rest, number=0, before=0)


@dataclass(frozen=True, slots=True)
class Lines:
    """Lines of text in columns: a paragraph, a mark and its item, the cells of a row."""

    columns: tuple[Column, ...]
    leading: float
    ascent: float
    """From the upper edge of a line to its base line."""
    padding: float = 0
    """Above and below all lines."""
    rule: float = 0
    """Width of the line below, and of the one above if it is the `first` row."""
    first: bool = False
    heavy: bool = False
    whole: bool = False
    """Is it divided only if a page of its own were not enough?"""

    @property
    def count(self) -> int:
        return max((len(lines) for _, lines in self.columns), default=0)

    @property
    def height(self) -> float:
        return self.count * self.leading + 2 * self.padding

    def cut(self, count: int) -> tuple[Lines, Lines]:
        """The first lines of each column, and the others."""
        return (
            replace(self, columns=tuple((x, lines[:count]) for x, lines in self.columns)),
            replace(self, columns=tuple((x, lines[count:]) for x, lines in self.columns), first=False),
        )

    def draw(self, canvas: Canvas, x: float, top: float) -> None:
        draw_columns(canvas, self.columns, self.leading, x, top - self.padding - self.ascent)
        if self.rule:
            canvas.setStrokeColor(GREY if self.heavy else HAIR)
            canvas.setLineWidth(_HEAVY if self.heavy else _THIN)
            canvas.line(x, top - self.height, x + self.rule, top - self.height)
            if self.first:
                canvas.line(x, top, x + self.rule, top)


@dataclass(frozen=True, slots=True)
class Image:
    """A picture in its room: as large as it is drawn, or with room to sign above and below."""

    image: PackedImage | None
    width: float
    drawn: float
    """Height of the picture."""
    height: float
    x: float = 0

    def draw(self, canvas: Canvas, x: float, top: float) -> None:
        if self.image:
            y = top - (self.height + self.drawn) / 2
            self.image.draw(canvas, x + self.x, y, self.width, self.drawn)


@dataclass(frozen=True, slots=True)
class Symbol:
    """A QR code, with the white margin below that readers need (ISO/IEC 18004, 6.3.8: four modules)."""

    matrix: Sequence[bytes]
    size: float
    x: float = 0

    @property
    def module(self) -> float:
        return self.size / len(self.matrix)

    @property
    def height(self) -> float:
        return self.size + 4 * self.module

    def draw(self, canvas: Canvas, x: float, top: float) -> None:
        """Dark modules beside each other are one rectangle: many small ones show fine white lines between them."""
        path = canvas.beginPath()
        for row, modules in enumerate(self.matrix, 1):
            start = modules.find(1)
            while start >= 0:
                end = modules.find(0, start)
                end = end if end >= 0 else len(modules)
                path.rect(
                    x + self.x + start * self.module, top - row * self.module, (end - start) * self.module, self.module
                )
                start = modules.find(1, end)
        canvas.setFillColor(INK)
        canvas.drawPath(path, stroke=0, fill=1)


@dataclass(frozen=True, slots=True)
class CuttingLine:
    """A dashed line; what is below it is cut off and sent back."""

    width: float
    height: float = 8 * mm

    def draw(self, canvas: Canvas, x: float, top: float) -> None:
        canvas.saveState()
        canvas.setStrokeColor(GREY)
        canvas.setLineWidth(_THIN)
        canvas.setDash(*_DASHES)
        canvas.line(x, top - self.height / 2, x + self.width, top - self.height / 2)
        canvas.restoreState()
