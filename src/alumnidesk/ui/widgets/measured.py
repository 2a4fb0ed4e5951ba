"""Texts that are painted again and again, measured once each."""

from __future__ import annotations

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QFont, QFontMetrics

REMEMBERED = 20_000
"""So many texts are kept; measuring one takes half as long as drawing it, shortening one longer."""
STEP = " › "
"""That of `domain.units`, which a first page does not need yet."""


class Words:
    """One font, and the widths of texts in it, which it remembers."""

    def __init__(self, font: QFont) -> None:
        self.font = font
        self._metrics = QFontMetrics(font)
        self.height = self._metrics.height()
        self._ascent = self._metrics.ascent()
        self._widths: dict[str, int] = {}
        self._shortened: dict[tuple[str, int], str] = {}

    def width(self, text: str) -> int:
        """How wide a text is, in pixels."""
        width = self._widths.get(text)
        if width is None:
            if len(self._widths) > REMEMBERED:
                self._widths.clear()
            width = self._widths[text] = self._metrics.horizontalAdvance(text)
        return width

    def shortened(self, text: str, room: int) -> str:
        """The text as far as it fits, with “…” for the rest."""
        if self.width(text) <= room:
            return text
        shortened = self._shortened.get((text, room))
        if shortened is None:
            if len(self._shortened) > REMEMBERED:
                self._shortened.clear()
            shortened = self._metrics.elidedText(text, Qt.TextElideMode.ElideRight, room)
            self._shortened[(text, room)] = shortened
        return shortened

    def shortened_path(self, text: str, room: int) -> str:
        """The same, but of the path of a unit its own name stays, and what stands above gives way: “Facul… › Choir”."""
        above, step, name = text.rpartition(STEP)
        if not step or self.width(text) <= room:
            return self.shortened(text, room)
        left = room - self.width(step + name)
        above = self.shortened(above, left) if left > self.width("…") else ""
        return self.shortened((above + step + name).strip(), room)

    def place(self, text: str, room: QRect, right: bool) -> tuple[str, int, int]:
        """The text as far as it fits, and where its first letter stands on its base line."""
        shown = self.shortened(text, room.width())
        x = room.x() + (room.width() - self.width(shown) if right else 0)
        return shown, x, room.y() + (room.height() - self.height) // 2 + self._ascent
