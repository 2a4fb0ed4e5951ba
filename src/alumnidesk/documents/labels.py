"""Labels, name badges and envelopes: every text as large as it fits, set smaller or broken, never cut."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from reportlab.lib.units import mm
from reportlab.pdfgen.canvas import Canvas

from alumnidesk.documents import fonts, furniture
from alumnidesk.documents.paper import Paper, document, from_top
from alumnidesk.documents.style import ASCENT, GREY, INK, Style
from alumnidesk.documents.text import draw, shortened, shrunk, wrapped
from alumnidesk.domain.association import Association
from alumnidesk.domain.label_sheets import LabelSheet
from alumnidesk.i18n import Language, say
from alumnidesk.progress import Progress

_LEADING = 1.22
_LARGEST, _LARGEST_NAME = 11.0, 30.0
"""Points, of an address and of the name on a badge."""
_LEAST = 7.5
"""Points; what is still too wide at this size is broken first, and made smaller only where it becomes too high."""
HARD_TO_READ = 6.0
"""Points below which one is told."""
_NAME = 0.55
"""How much of the height of a badge is for the name."""


@dataclass(frozen=True, slots=True)
class PrintedLabels:
    """How many sheets there are, and which texts (from 0) came out too small to read well."""

    sheets: int
    small: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class _Part:
    """Lines in one style, and where their first baseline lies, in points below the top of the label."""

    lines: tuple[str, ...]
    style: Style
    baseline: float


def print_labels(
    texts: Sequence[Sequence[str]],
    sheet: LabelSheet,
    association: Association,
    out: Path,
    *,
    start: int = 1,
    shift: tuple[float, float] = (0.0, 0.0),
    badges: bool = False,
    progress: Progress | None = None,
) -> PrintedLabels:
    """Write a label for each of the texts (lines from the top) into one PDF.

    `start` is the first free label of the first sheet, from 1. `shift` moves everything right and down (millimetres),
    for a printer that draws the paper in askew. Of `badges` the first line is the name and as large as it fits.
    Under the name `out` there is the whole document or whatever was there before. Raises `Cancelled` and OSError.
    """
    progress = progress or Progress()
    progress.begin(say("Printing labels …"), len(texts))
    setting = (_badge if badges else _address)(sheet, association.font)
    small = []
    with document(out, association, _paper(sheet, association), progress) as canvas:
        if sheet.envelope:
            _make_sender(canvas, sheet, association, shift)
        for number, text in enumerate(progress.each(texts)):
            place = (start - 1 + number) % sheet.count
            if number and not place:
                canvas.showPage()
            if sheet.envelope:
                canvas.doForm(_SENDER)
            parts = list(setting.parts(text))
            if any(part.style.size < HARD_TO_READ for part in parts):
                small.append(number)
            _draw(canvas, sheet, place, shift, parts, centred=badges)
        canvas.showPage()
    return PrintedLabels(-(-(start - 1 + len(texts)) // sheet.count), tuple(small))


def print_test_sheet(
    sheet: LabelSheet, association: Association, out: Path, *, shift: tuple[float, float] = (0.0, 0.0)
) -> None:
    """Write a page that shows where the printer puts the labels: their frames, numbered, and what to do. Raises
    OSError."""
    words = Language(association.language)
    setting = _address(sheet, association.font)
    told = [
        sheet.name,
        words(say("Print this page at 100 %, on plain paper, and hold it against the light in front of a sheet.")),
        words(say("Where the frames lie beside the labels, measure by how many millimetres and enter that.")),
    ]
    with document(out, association, _paper(sheet, association)) as canvas:
        for place in range(sheet.count):
            x, y = _corner(sheet, place, shift)
            canvas.setStrokeColor(GREY)
            canvas.setLineWidth(0.3)
            canvas.rect(x, y - sheet.height * mm, sheet.width * mm, sheet.height * mm)
            lines = told[place : place + 1] or [str(place + 1)]
            if sheet.count < len(told):
                lines = told
            _draw(canvas, sheet, place, shift, list(setting.parts(lines)), centred=False)
        canvas.showPage()


_SENDER = "sender"
_STAMP = 74.0
"""Millimetres at the upper right that stay free for it."""
_CORNER, _LOGO = 8.0, 12.0
"""Millimetres from the corner to the sender, and how high and wide at most the logo beside it is."""


def _make_sender(canvas: Canvas, sheet: LabelSheet, association: Association, shift: tuple[float, float]) -> None:
    """A form with who writes, at the upper left of an envelope."""
    canvas.beginForm(_SENDER, 0, 0, *map(int, _size(sheet)))
    place = " ".join(filter(None, (association.postcode, association.town)))
    lines = [line for line in map(fonts.clean, (association.name, association.street, place)) if line]
    x, top = (_CORNER + shift[0]) * mm, from_top(_size(sheet), _CORNER + shift[1])
    room = (sheet.page[0] - _STAMP - 2 * _CORNER) * mm
    if logo := furniture.picture(association.logo):
        wide, high = furniture.fitted(logo, 2 * _LOGO * mm, _LOGO * mm)
        logo.draw(canvas, x, top - high, wide, high)
        x, room = x + wide + 2 * mm, room - wide - 2 * mm
    style = _style(fonts.face(association.font), 8)
    for number, line in enumerate(lines):
        one = shrunk(line, style, room, 6)
        shown = shortened(line, one, room)
        draw(canvas, [shown], one, x, top - style.size - number * style.leading)
    canvas.endForm()


def _paper(sheet: LabelSheet, association: Association) -> Paper:
    language = association.language
    return Paper(_size(sheet), Language(language)(say("Labels")), language, exact=True)


def _size(sheet: LabelSheet) -> tuple[float, float]:
    """Width and height of the paper in points."""
    width, height = sheet.page
    return width * mm, height * mm


def _corner(sheet: LabelSheet, place: int, shift: tuple[float, float]) -> tuple[float, float]:
    """The upper left corner of a label in points from the lower left of the page."""
    left, top = sheet.corner(place)
    return (left + shift[0]) * mm, from_top(_size(sheet), top + shift[1])


def _draw(
    canvas: Canvas, sheet: LabelSheet, place: int, shift: tuple[float, float], parts: Sequence[_Part], *, centred: bool
) -> None:
    x, top = _corner(sheet, place, shift)
    for part in parts:
        if not centred:
            draw(canvas, part.lines, part.style, x + _margin(sheet.width), top - part.baseline)
            continue
        for number, line in enumerate(part.lines):
            left = x + (sheet.width * mm - part.style.width(line)) / 2
            draw(canvas, [line], part.style, left, top - part.baseline - number * part.style.leading)


# Setting -----------------------------------------------------------------------------------------------------------


def _margin(length: float) -> float:
    """What stays free at an edge, in points: few printers and no hand hit the edge of a label."""
    return min(3.5, 0.07 * length) * mm


def fitted(
    lines: Sequence[str], style: Style, width: float, height: float, *, whole_lines: bool = True
) -> tuple[Style, tuple[str, ...]]:
    """The lines as large as they fit into a room (points). `whole_lines` are made smaller before they are broken, the
    others are broken at blanks first; words are cut only where they would be too small to read."""
    while True:
        parts = lines if whole_lines else [word for line in lines for word in line.split()]
        widest = max(map(style.width, parts))
        if widest > width and style.size > _LEAST:
            style = _smaller(style, max(width / widest, _LEAST / style.size))
            continue
        broken = tuple(piece for line in lines for piece in wrapped(line, style, width))
        if len(broken) * style.leading <= height:
            return style, broken
        style = _smaller(style, 0.95)


def _smaller(style: Style, by: float) -> Style:
    return Style(style.font, by * style.size, by * style.leading, style.colour)


@dataclass(frozen=True, slots=True)
class _Setting:
    """How texts are set on the labels of one sheet. Points."""

    width: float
    height: float
    margin: float
    body: Style
    name: Style | None = None

    def parts(self, text: Sequence[str]) -> Iterator[_Part]:
        """The parts of one text, from the top; in the middle of the label's height."""
        lines = [line for line in map(fonts.clean, text) if line.strip()]
        set_parts = []
        if self.name is not None:
            named = bool(text and text[0].strip())
            room = self.height * (_NAME if lines[1:] or not named else 1)
            free = (self.name, ("",))  # a guest's name is written by hand
            fits = fitted(lines[:1], self.name, self.width, room, whole_lines=False) if named else free
            set_parts.append(fits)
            lines = lines[named:]
        if lines:
            room = self.height - sum(len(broken) * style.leading for style, broken in set_parts)
            set_parts.append(fitted(lines, self.body, self.width, room))
        used = sum(len(broken) * style.leading for style, broken in set_parts)
        top = self.margin + (self.height - used) / 2
        for style, broken in set_parts:
            yield _Part(broken, style, top + ASCENT * style.size)
            top += len(broken) * style.leading


def _address(sheet: LabelSheet, family: str) -> _Setting:
    return _Setting(*_room(sheet), _style(fonts.face(family), _LARGEST))


def _badge(sheet: LabelSheet, family: str) -> _Setting:
    name = _style(fonts.face(family, fonts.BOLD), _LARGEST_NAME)
    return _Setting(*_room(sheet), _style(fonts.face(family), 1.3 * _LARGEST), name)


def _room(sheet: LabelSheet) -> tuple[float, float, float]:
    """Width and height for text, and the margin above it."""
    margin = _margin(sheet.height)
    return sheet.width * mm - 2 * _margin(sheet.width), sheet.height * mm - 2 * margin, margin


def _style(font: str, size: float) -> Style:
    return Style(font, size, _LEADING * size, INK)
