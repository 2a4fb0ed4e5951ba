"""Setting words of different looks: broken into lines that fit, each line aligned. Text is never markup."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from itertools import groupby
from typing import NamedTuple

from reportlab.pdfgen.canvas import Canvas

from alumnidesk.documents import fonts
from alumnidesk.documents.style import Style
from alumnidesk.documents.text import broken
from alumnidesk.documents.text import pieces as cut_pieces
from alumnidesk.documents.text_object import TextObject
from alumnidesk.domain.letter_text import CENTRE, JUSTIFIED, LEFT, RIGHT

_UNDERLINE = 0.11, 0.055
"""Below the base line, and how thick, by the size of the letters."""


class Span(NamedTuple):
    """Words in one style on one line."""

    text: str
    style: Style
    underlined: bool = False
    x: float = 0
    """Points from the left edge of the column."""
    stretch: float = 0
    """Points that each of its spaces is wider than usual, in a justified line."""

    @property
    def width(self) -> float:
        return self.style.width(self.text) + self.stretch * self.text.count(" ")


Line = tuple[Span, ...]
Column = tuple[float, tuple[Line, ...]]
"""Lines below each other, and how far to the right they begin (points)."""


@lru_cache(maxsize=100)
def set_lines(spans: tuple[Span, ...], width: float, align: str = LEFT) -> tuple[Line, ...]:
    """The lines of words that fit into `width` points. Words that are too long are broken; ``\\n`` begins a new line.

    Of justified words the last line, and each before a ``\\n``, stays as wide as it is.
    """
    lines: list[Line] = []
    for paragraph in _paragraphs(spans):
        *most, last = _broken(paragraph, width)
        lines += [_aligned(line, width, align) for line in most]
        lines.append(_aligned(last, width, LEFT if align == JUSTIFIED else align))
    return tuple(lines)


def _paragraphs(spans: Iterable[Span]) -> Iterator[list[Span]]:
    """The words between line ends, ready to be printed."""
    paragraph: list[Span] = []
    for span in spans:
        first, *others = fonts.clean(span.text).split("\n")
        paragraph.append(span._replace(text=first))
        for text in others:
            yield paragraph
            paragraph = [span._replace(text=text)]
    yield paragraph


def _broken(paragraph: Sequence[Span], width: float) -> list[list[Span]]:
    if len(paragraph) == 1:
        (span,) = paragraph
        return [[span._replace(text=line)] for line in broken(span.text, span.style, width)]
    lines: list[list[Span]] = []
    line: list[Span] = []
    used = 0.0
    for gap, word in _words(paragraph):
        length = sum(part.width for part in word)
        if line and gap is not None and used + gap.width + length <= width:
            line += [gap, *word]
            used += gap.width + length
            continue
        if line:
            lines.append(line)
        if length > width:
            *full, word = _cut(word, width)
            lines += full
            length = sum(part.width for part in word)
        line, used = list(word), length
    lines.append(line)
    return lines


def _words(paragraph: Sequence[Span]) -> Iterator[tuple[Span | None, list[Span]]]:
    """Each word, which may look different in the middle, with the space before it; the first has none."""
    gap: Span | None = None
    word: list[Span] = []
    for span in paragraph:
        for text in re.findall(" +|[^ ]+", span.text):
            if text[0] != " ":
                word.append(span._replace(text=text))
            elif word:
                yield gap, word
                gap, word = span._replace(text=" "), []
    if word:
        yield gap, word


def _cut(word: Sequence[Span], width: float) -> list[list[Span]]:
    """A word cut where it reaches the edge."""
    lines: list[list[Span]] = [[]]
    used = 0.0
    for part in word:
        for number, text in enumerate(cut_pieces(part.text, part.style, width, used)):
            if number:
                lines.append([])
                used = 0.0
            if text:
                lines[-1].append(part._replace(text=text))
                used += part.style.width(text)
    return lines


def _aligned(line: Sequence[Span], width: float, align: str) -> Line:
    """The line with neighbours that look alike in one, each at its place."""
    if align == LEFT and len(line) <= 1:
        return tuple(line)
    alike = groupby(line, lambda span: (span.style, span.underlined))
    joined = [Span("".join(span.text for span in spans), *look) for look, spans in alike]
    room = width - sum(span.width for span in joined)
    spaces = sum(span.text.count(" ") for span in joined)
    stretch = room / spaces if align == JUSTIFIED and spaces else 0.0
    x = {RIGHT: room, CENTRE: room / 2}.get(align, 0.0)
    placed = []
    for span in joined:
        placed.append(span._replace(x=x, stretch=stretch))
        x += placed[-1].width
    return tuple(placed)


def draw_columns(canvas: Canvas, columns: Sequence[Column], leading: float, x: float, y: float) -> None:
    """Draw columns beside each other; (x, y) is the left end of their first base line, from the lower left (points)."""
    if not columns:
        return
    text = TextObject(canvas, leading)
    for at, lines in columns:
        text.move_to(x + at, y)
        _write_lines(text, lines)
    text.draw()
    for at, lines in columns:
        for number, line in enumerate(lines):
            for span in line:
                if span.underlined:
                    _underline(canvas, span, x + at + span.x, y - number * leading)


def _write_lines(text: TextObject, lines: Sequence[Line]) -> None:
    at = stretch = 0.0
    for line in lines:
        if line and line[0].x != at:
            text.indent(line[0].x - at)
            at = line[0].x
        for span in line:
            if span.stretch != stretch:
                stretch = span.stretch
                text.stretch(stretch)
            text.write(span.text, span.style)
        text.next_line()
    if stretch:
        text.stretch(0)


def _underline(canvas: Canvas, span: Span, x: float, y: float) -> None:
    below, thick = _UNDERLINE
    canvas.setStrokeColor(span.style.colour)
    canvas.setLineWidth(thick * span.style.size)
    y -= below * span.style.size
    canvas.line(x, y, x + span.width, y)
