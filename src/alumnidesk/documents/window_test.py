"""The test page of an envelope window: print it, fold it, put it into the envelope, and see whether the frame shows."""

from __future__ import annotations

from pathlib import Path

from reportlab.lib.units import mm
from reportlab.pdfgen.canvas import Canvas

from alumnidesk.documents import fonts
from alumnidesk.documents.paper import Paper, document, from_top
from alumnidesk.documents.style import GREY, INK, Style
from alumnidesk.documents.text import draw, wrapped
from alumnidesk.domain.association import Association
from alumnidesk.domain.envelope_windows import Rect, Window, window_of
from alumnidesk.i18n import Language, say

_TICK, _LONG_TICK = 1.5, 3.0
"""Millimetres; every tenth is a long one with its number."""
_MARGIN = 25.0
"""Left of the words, and at both sides."""


def print_window_test(association: Association, out: Path) -> None:
    """Write the test page for the window of an association's envelopes, in its language. Raises OSError."""
    place, words = window_of(association), Language(association.language)
    title = words(say("Window test page"))
    with document(out, association, Paper(place.size, title, association.language, exact=True)) as canvas:
        _draw_page(canvas, association, place, words, title)


def _draw_page(canvas: Canvas, association: Association, place: Window, words: Language, title: str) -> None:
    regular = fonts.face(association.font)
    bold = Style(fonts.face(association.font, fonts.BOLD), 13, 17)
    small = Style(regular, 7, 9, GREY)
    _rulers(canvas, place.size, place.window, small)
    _frame(canvas, place.size, place.window, dashed=False)
    _frame(canvas, place.size, place.text, dashed=True)
    for fold in place.folds:
        y = from_top(place.size, fold)
        canvas.line(0, y, 10 * mm, y)
        draw(canvas, [words(say("fold here"))], small, 11 * mm, y - 2)
    inside = Style(regular, 9, 12)
    told = wrapped(
        words(say("All of this frame shows in the window, and nothing else of the page.")),
        inside,
        (place.text.width - 2) * mm,
    )
    draw(canvas, told, inside, (place.text.x + 1) * mm, from_top(place.size, place.text.y + 5))
    top = place.subject + 10
    draw(canvas, [title], bold, _MARGIN * mm, from_top(place.size, top))
    body, width = Style(regular, 10.5, 15.5), place.size[0] - 2 * _MARGIN * mm
    y = from_top(place.size, top + 8)
    for sentence in (
        say("{value}", value=place.spoken(association.language)),
        say("1. Print this page at 100 %, without fitting it to the paper. The rulers then show millimetres."),
        say("2. Fold it at the marks as you fold your letters, and put it into your envelope."),
        say(
            "3. The dashed frame, in which the address stands, has to show as a whole, also when you shake the "
            "envelope to any side; the other frame is where we think the window is."
        ),
        say(
            "4. If it does not: draw along the edge of the window on this page, take it out, and read left, top, width "
            "and height from the rulers. Enter them in the settings under Letters at “Measure your own window”."
        ),
    ):
        lines = wrapped(words(sentence), body, width)
        draw(canvas, lines, body, _MARGIN * mm, y)
        y -= len(lines) * body.leading + 4
    canvas.showPage()


def _frame(canvas: Canvas, size: tuple[float, float], rect: Rect, *, dashed: bool) -> None:
    canvas.setStrokeColor(GREY if dashed else INK)
    canvas.setLineWidth(0.4 if dashed else 0.8)
    canvas.setDash([3, 2] if dashed else [])
    canvas.rect(rect.x * mm, from_top(size, rect.y + rect.height), rect.width * mm, rect.height * mm)
    canvas.setDash([])


def _rulers(canvas: Canvas, size: tuple[float, float], around: Rect, style: Style) -> None:
    """Millimetres along the upper and the left edge of the window, counted from the corner of the page."""
    canvas.setStrokeColor(GREY)
    canvas.setLineWidth(0.2)
    above, beside = from_top(size, around.y - 2), (around.x + around.width + 2) * mm
    for millimetre in range(int(size[0] / mm) + 1):
        high = _LONG_TICK if millimetre % 10 == 0 else _TICK
        canvas.line(millimetre * mm, above, millimetre * mm, above + high * mm)
        if millimetre % 10 == 0:
            draw(canvas, [str(millimetre)], style, millimetre * mm + 0.5 * mm, above + 2.2 * mm)
    for millimetre in range(int(around.y) - 10, int(around.y + around.height) + 11):
        wide = _LONG_TICK if millimetre % 10 == 0 else _TICK
        y = from_top(size, millimetre)
        canvas.line(beside, y, beside + wide * mm, y)
        if millimetre % 10 == 0:
            draw(canvas, [str(millimetre)], style, beside + 3.5 * mm, y - 2)
