"""What a page carries besides its own words: letterhead, return line, information block, foot, fold marks."""

from __future__ import annotations

from dataclasses import replace
from functools import lru_cache
from io import BytesIO

from PIL import Image
from reportlab.lib.colors import Color, HexColor
from reportlab.lib.units import mm
from reportlab.pdfgen.canvas import Canvas

from alumnidesk.documents import fonts, letterhead
from alumnidesk.documents.images import PackedImage
from alumnidesk.documents.paper import from_top
from alumnidesk.documents.sender_line import fitted_sender
from alumnidesk.documents.style import GREY, HAIR, INK, Style
from alumnidesk.documents.text import draw, shortened, shrunk
from alumnidesk.domain.association import Association
from alumnidesk.domain.envelope_windows import Window
from alumnidesk.i18n import Language, say

LEFT, RIGHT = 25 * mm, 20 * mm
"""Margins of DIN 5008."""
_FOOT_LINES = 8
"""More than these would leave the letter too little room."""
_FOOT_GAP, _FOOT_LEAST = 4 * mm, 5.0
"""Between columns at least; and the smallest letters of the foot (points)."""
_LOGO_HEIGHT, _LOGO_WIDTH = 17 * mm, 45 * mm
_UNPRINTABLE = 8
"""Millimetres at the top that some printers leave white."""
_PAGE_NUMBER = 6.0
"""Millimetres between the text and a foot, where the number of the page stands."""
_BASELINE = {1: 3.7 * mm, 2: 2.1 * mm}
"""From the top of the window to the first baseline of the sender, by its lines."""
_NEXT_TOP = 30.0
ABOVE_NEXT = 13.0
"""Millimetres: where the text of following pages begins, and how far above it their head stands."""
_PRINTED_PIXELS = 400
"""Height to which a picture is reduced: at 17 mm that is 600 dots per inch."""


class Furniture:
    """The furniture of one association's letters, drawn in its fonts and colour."""

    def __init__(self, association: Association, window: Window) -> None:
        self.association = association
        self.window = window
        self.size = window.size
        self.right = self.size[0] - RIGHT
        self.regular = fonts.face(association.font)
        self.bold = fonts.face(association.font, fonts.BOLD)
        self.small = Style(self.regular, 7.5, 10.5, GREY)
        self.logo = picture(association.logo)
        self.foot_columns = _foot_columns(association)
        self.foot_style = Style(self.regular, 7, 9.5, GREY)
        self.letterhead = letterhead.read(association.letterhead, association.letterhead_next)
        self.own_head = not self.letterhead.first or association.letterhead_and == "all"
        self.own_foot = not self.letterhead.first or association.letterhead_and in ("all", "foot")
        lines = max(map(len, self.foot_columns), default=0) if self.own_foot else 0
        self.foot_top = 11 * mm + lines * self.foot_style.leading
        self.bottom = self.foot_top + 8 * mm if lines else 20 * mm
        """Where the letter's own text has to end, in points from the bottom."""
        if self.letterhead.first and not self.own_foot:
            self.bottom = (float(association.letterhead_foot) + _PAGE_NUMBER) * mm
        self.next_top = float(association.letterhead_top) if self.letterhead.following else _NEXT_TOP
        """Where the text of following pages begins, in millimetres from the top; above it stands whose letter it is."""

    def first_page(self, canvas: Canvas) -> None:
        """Letterhead, return line, foot and marks of a letter's first page."""
        if self.letterhead.first:
            self.letterhead.first.draw(canvas, self.size)
        if self.own_head:
            self._letterhead(canvas)
        if self.window.return_line:
            self._return_line(canvas)
        self._marks(canvas)
        self.foot(canvas)

    def next_page(self, canvas: Canvas) -> None:
        """The quiet head of a continued letter, and the same foot; or the letterhead that there is for it."""
        if self.letterhead.following:
            self.letterhead.following.draw(canvas, self.size)
            self.foot(canvas)
            return
        y = from_top(self.size, _NEXT_TOP - ABOVE_NEXT)
        draw(canvas, [self.association.name], Style(self.bold, 8.5, 11, colour(self.association.accent)), LEFT, y)
        self._rule(canvas, y - 3 * mm)
        self.foot(canvas)

    def information(self, canvas: Canvas, language: str, date: str) -> None:
        """Whom to ask, and the date, in the reader's language."""
        words = Language(language)
        rows = [
            (say("Your contact"), self.association.contact_person),
            (say("Phone"), self.association.phone),
            (say("E-mail"), self.association.email),
            (say("Date"), date),
        ]
        shown = [(words(label), fonts.clean(value)) for label, value in rows if value]
        left, top, width = self.window.information
        values = Style(self.regular, 8.5, 13)
        column = max((self.small.width(label) for label, _ in shown), default=0) + 3 * mm
        y = from_top(self.size, top) - 3 * mm
        for label, value in shown:
            room = width * mm - column
            style = shrunk(value, values, room, 6.5)
            draw(canvas, [label], self.small, left * mm, y)
            draw(canvas, [shortened(value, style, room)], style, left * mm + column, y)
            y -= values.leading

    def foot(self, canvas: Canvas) -> None:
        """Address, ways to reach us, bank: as many columns as there is something to say."""
        if not self.foot_columns or not self.own_foot:
            return
        self._rule(canvas, self.foot_top)
        style, rooms, gap = self._foot_rooms()
        x = LEFT
        for column, room in zip(self.foot_columns, rooms, strict=True):
            draw(canvas, [shortened(line, style, room) for line in column], style, x, self.foot_top - 4.2 * mm)
            x += room + gap

    def _foot_rooms(self) -> tuple[Style, list[float], float]:
        """The foot's style, the width of each column and the gap between them: each column is as wide as it needs.

        All get smaller together before anything is shortened, because nobody can pay to half an IBAN.
        """
        gaps, style = max(2, len(self.foot_columns) - 1), self.foot_style
        total = self.right - LEFT
        rooms = [max(map(style.width, column)) for column in self.foot_columns]
        least = gaps * _FOOT_GAP
        if sum(rooms) + least > total:
            size = max(style.size * (total - least) / sum(rooms), _FOOT_LEAST)
            style = replace(style, size=size)
            rooms = [max(map(style.width, column)) for column in self.foot_columns]
        scale = min(1.0, (total - least) / sum(rooms))
        rooms = [room * scale + 0.01 for room in rooms]
        return style, rooms, (total - sum(rooms)) / gaps

    def _letterhead(self, canvas: Canvas) -> None:
        end = from_top(self.size, self.window.letterhead)
        height = min(_LOGO_HEIGHT, (self.window.letterhead - _UNPRINTABLE) * mm)
        x = LEFT
        if self.logo:
            width, height = fitted(self.logo, _LOGO_WIDTH, height)
            self.logo.draw(canvas, x, end, width, height)
            x += width + 4 * mm
        name, strapline = fonts.clean(self.association.name), fonts.clean(self.association.strapline)
        style = shrunk(name, Style(self.bold, 15, 18, colour(self.association.accent)), self.right - x, 8)
        middle = end + height / 2
        draw(canvas, [shortened(name, style, self.right - x)], style, x, middle + (1 if strapline else -5))
        if strapline:
            below = shrunk(strapline, Style(self.regular, 8.5, 11, GREY), self.right - x, 6)
            draw(canvas, [shortened(strapline, below, self.right - x)], below, x, middle - 12)

    def _return_line(self, canvas: Canvas) -> None:
        place = self.window.text
        lines, style, _ = fitted_sender(self.association.sender_line, self.window, self.regular)
        draw(canvas, lines, style, place.x * mm, from_top(self.size, place.y) - _BASELINE[len(lines)])

    def _marks(self, canvas: Canvas) -> None:
        canvas.setStrokeColor(HAIR)
        canvas.setLineWidth(0.4)
        for fold in self.window.folds:
            canvas.line(3.5 * mm, from_top(self.size, fold), 8.5 * mm, from_top(self.size, fold))
        if self.window.hole:
            y = from_top(self.size, self.window.hole)
            canvas.line(3.5 * mm, y, 10.5 * mm, y)

    def _rule(self, canvas: Canvas, y: float) -> None:
        canvas.setStrokeColor(HAIR)
        canvas.setLineWidth(0.4)
        canvas.line(LEFT, y, self.right, y)


@lru_cache(maxsize=8)
def picture(data: bytes) -> PackedImage | None:
    """A PNG or JPEG ready to be drawn, no larger than printing needs; None when there is none or it is damaged."""
    if not data:
        return None
    try:
        with Image.open(BytesIO(data), formats=("PNG", "JPEG")) as image:
            image.thumbnail((4 * _PRINTED_PIXELS, _PRINTED_PIXELS))
            return PackedImage(image.convert("RGBA" if image.mode in ("RGBA", "LA", "P") else "RGB"))
    except (OSError, ValueError, SyntaxError, Image.DecompressionBombError):  # what Pillow raises for damaged files
        return None


def fitted(image: PackedImage, width: float, height: float) -> tuple[float, float]:
    """Size of a picture within `width` and `height`, its proportions kept."""
    wide, high = image.size
    scale = min(width / wide, height / high)
    return wide * scale, height if scale * high > height else high * scale


def colour(text: str) -> Color:
    try:
        return HexColor(text)
    except ValueError:
        return INK


def _foot_columns(association: Association) -> list[list[str]]:
    place = " ".join(part for part in (association.postcode, association.town) if part)
    columns = (
        (association.name, association.street, place) if association.street or place else (),
        (association.phone, association.email, association.website),
        association.bank,
        association.registration,
    )
    cleaned = ([fonts.clean(line) for line in column if line] for column in columns)
    return [column[:_FOOT_LINES] for column in cleaned if column]
