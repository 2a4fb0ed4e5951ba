"""How printed words look: a face in a size, and a colour."""

from __future__ import annotations

from dataclasses import dataclass

from reportlab.lib.colors import Color, HexColor

from alumnidesk.documents import fonts

INK, GREY, HAIR = HexColor("#1A2125"), HexColor("#525A5F"), HexColor("#B9B4AA")

ASCENT = 0.93
"""From the top of a line to its baseline, by its size: accents above and descenders below both stay in the line."""


@dataclass(frozen=True, slots=True, eq=False)
class Style:
    """A face in a size (points), the distance of its lines (points), and its colour."""

    font: str
    size: float
    leading: float
    colour: Color = INK

    def width(self, text: str) -> float:
        return fonts.width(text, self.font, self.size)
