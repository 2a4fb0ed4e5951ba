"""Setting plain text: breaking it into lines and drawing them. Text is never markup; whatever it says is printed."""

from __future__ import annotations

import re

from reportlab.pdfgen.canvas import Canvas

from alumnidesk.documents import fonts
from alumnidesk.documents.style import Style
from alumnidesk.documents.text_object import TextObject

_A_LITTLE_LESS = 1 - 1e-9
"""What is made to fit exactly would be too wide by rounding, and be cut."""


def wrapped(text: str, style: Style, width: float) -> tuple[str, ...]:
    """The lines of `text` in `style` that fit into `width` points. Words that are too long are broken."""
    lines: list[str] = []
    for paragraph in fonts.clean(text).split("\n"):
        lines += broken(paragraph, style, width)
    return tuple(lines)


def broken(paragraph: str, style: Style, width: float) -> list[str]:
    """The same of words without line ends that are clean already."""
    gap = style.width(" ")
    lines: list[str] = []
    line: list[str] = []
    used = 0.0
    for word in paragraph.split(" "):
        if not word:
            continue
        length = style.width(word)
        if line and used + gap + length <= width:
            line.append(word)
            used += gap + length
            continue
        if line:
            lines.append(" ".join(line))
        if length > width:
            *full, word = pieces(word, style, width)
            lines += full
            length = style.width(word)
        line, used = [word], length
    lines.append(" ".join(line))
    return lines


def pieces(word: str, style: Style, width: float, used: float = 0.0) -> list[str]:
    """A word cut where it reaches the edge; of the first line so many points are `used` already."""
    found = [""]
    empty = not used
    for sign in word:
        length = style.width(sign)
        if not empty and used + length > width:
            found.append("")
            used = 0.0
        found[-1] += sign
        used += length
        empty = False
    return found


def in_two(text: str, style: Style, width: float) -> list[str]:
    """A text in one or two lines of `width` points, divided at a blank or behind a hyphen; the second may be cut."""
    if style.width(text) <= width:
        return [text]
    ends = (match.end() for match in re.finditer(r"[ -]", text))
    end = max((at for at in ends if style.width(text[:at].rstrip()) <= width), default=0)
    lines = [text[:end].rstrip()] if end else []
    return [*lines, shortened(text[end:], style, width)]


def draw(canvas: Canvas, lines: tuple[str, ...] | list[str], style: Style, x: float, y: float) -> None:
    """Draw `lines` from the baseline (x, y) of the first one down, in points from the lower left corner."""
    text = TextObject(canvas, style.leading)
    text.move_to(x, y)
    for line in lines:
        text.write(line, style)
        text.next_line()
    text.draw()


def draw_right(canvas: Canvas, line: str, style: Style, x: float, y: float) -> None:
    """Draw one line that ends at `x`."""
    draw(canvas, [line], style, x - style.width(line), y)


def shrunk(line: str, style: Style, width: float, smallest: float) -> Style:
    """`style`, smaller where `line` would be wider than `width`, but not below `smallest` points."""
    natural = style.width(line)
    if natural <= width:
        return style
    scale = max(width / natural * _A_LITTLE_LESS, smallest / style.size)
    return Style(style.font, style.size * scale, style.leading * scale, style.colour)


def shortened(line: str, style: Style, width: float) -> str:
    """`line`, cut with an ellipsis where it would be wider than `width`."""
    if style.width(line) <= width:
        return line
    first, *_ = pieces(line, style, width - style.width("…"))
    return first.rstrip() + "…"
