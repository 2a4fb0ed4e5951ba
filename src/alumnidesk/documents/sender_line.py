"""The small line over the address with the sender (DIN 5008: Rücksendeangabe), so set that it shows as a whole."""

from __future__ import annotations

from reportlab.lib.units import mm

from alumnidesk.documents import fonts
from alumnidesk.documents.style import GREY, Style
from alumnidesk.documents.text import shortened, wrapped
from alumnidesk.domain.association import Association
from alumnidesk.domain.envelope_windows import Window, window_of

ZONE = 5 * mm
"""Height of its place, at the top of the window."""
_SIZES, _OF_TWO = (8.0, 7.5, 7.0, 6.5, 6.0), (6.5, 6.0)
"""Points, the wanted one first (DIN 5008: 8); nothing smaller can be read at the post. Two lines have less height."""
_BETWEEN = " · "


def fitted_sender(line: str, place: Window, font: str) -> tuple[tuple[str, ...], Style, bool]:
    """The lines of the sender in the largest size in which they fit their place, and whether all of it does.

    One line, else two, broken where one thing ends if both are short enough. Beyond that it is shortened.
    """
    line, width = " ".join(fonts.clean(line).split()), place.text.width * mm
    for size in _SIZES:
        style = Style(font, size, ZONE, GREY)
        if style.width(line) <= width:
            return (line,), style, True
    for size in _OF_TWO:
        style = Style(font, size, ZONE / 2, GREY)
        if lines := _two(line, style, width):
            return lines, style, True
    first, second, *_ = wrapped(line, style, width)
    return (first, shortened(second + "…", style, width)), style, False


def sender_fits(association: Association) -> bool:
    """Whether the sender shows in the envelope's window as a whole, or has no place there at all."""
    place = window_of(association)
    return not place.return_line or fitted_sender(association.sender_line, place, fonts.face(association.font))[2]


def _two(line: str, style: Style, width: float) -> tuple[str, ...]:
    """The line in two, both of which fit; none if it cannot be."""
    parts = line.split(_BETWEEN)
    for count in range(1, len(parts)):
        halves = _BETWEEN.join(parts[:count]), _BETWEEN.join(parts[count:])
        if all(style.width(half) <= width for half in halves):
            return halves
    lines = wrapped(line, style, width)
    return lines if len(lines) == 2 else ()
