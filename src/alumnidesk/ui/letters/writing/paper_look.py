"""How the letter's text looks on the page: the letter's own font in its sizes, to scale with the width of the text."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QFont, QFontDatabase

from alumnidesk.domain.letter_text import HEADING, LARGE, NORMAL, SMALL
from alumnidesk.places import bundled
from alumnidesk.ui.letters.writing.formats import Measures
from alumnidesk.ui.look import Look

_FAMILIES = {"serif": "NotoSerif", "sans": "NotoSans"}
_FACES = ("Regular", "Bold", "Italic", "BoldItalic")
_SYMBOLS = "NotoSansSymbols2-Regular"
"""Has the signs that both families lack, such as boxes to tick; Qt finds them there by itself."""
POINTS: Mapping[str, float] = {SMALL: 8.5, NORMAL: 10.5, LARGE: 12.5, HEADING: 14}
"""Sizes of the letters in print."""
TEXT_WIDTH, TEXT_LEFT = 165.0, 25.0
"""Millimetres of an A4 page: width of the text, and the margin before it (DIN 5008)."""
_POINTS_PER_MM = 72 / 25.4


@lru_cache(maxsize=2)
def family(font: str) -> str:
    """The name by which Qt knows the letter's font; loads its faces on first use."""
    known = _FAMILIES.get(font, _FAMILIES["serif"])
    names = []
    for face in (*(f"{known}-{face}" for face in _FACES), _SYMBOLS):
        number = QFontDatabase.addApplicationFont(str(bundled("resources") / "fonts" / f"{face}.ttf"))
        names += QFontDatabase.applicationFontFamilies(number)
    return names[0] if names else ""


class PaperLook(QObject):
    """Pixels for what is measured in points and millimetres. `changed` when there are others."""

    changed = Signal()

    def __init__(self, look: Look, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._look = look
        self._font = "serif"
        self.text_width = TEXT_WIDTH
        self.left = TEXT_LEFT
        self.per_point = self.most
        """Pixels."""

    @property
    def most(self) -> float:
        """At 100 % a page is as large as on paper."""
        return 96 / 72 * self._look.scale / 100

    @property
    def least(self) -> float:
        """Smaller letters are not legible; then lines end earlier than in print."""
        return self.most * 0.86

    @property
    def measures(self) -> Measures:
        """Room around paragraphs."""
        px = self._look.px
        return Measures(gap=px(10), item_gap=px(4), words=px(22))

    def mm(self, millimetres: float) -> float:
        """A measure of the paper in pixels."""
        return millimetres * _POINTS_PER_MM * self.per_point

    def take(self, *, font: str | None = None, per_point: float | None = None) -> None:
        """Another font (`serif` or `sans`), or another scale."""
        before = self._font, self.per_point
        self._font = self._font if font is None else font
        self.per_point = self.per_point if per_point is None else per_point
        if (self._font, self.per_point) != before:
            self.changed.emit()

    def font(self, dpi: int, size: str = NORMAL, *, bold: bool = False) -> QFont:
        """The letter's font in one of its sizes, for a screen of so many dots per inch."""
        font = QFont(family(self._font))
        font.setPointSizeF(self.points(dpi, size))
        font.setBold(bold)
        font.setHintingPreference(QFont.HintingPreference.PreferNoHinting)
        return font

    def points(self, dpi: int, size: str = NORMAL) -> float:
        """What Qt takes for the size of letters on a screen of so many dots per inch."""
        return POINTS[size] * self.per_point * 72 / dpi
