"""The return code of a letter at the right edge of its first page, upright: bars to scan, and its digits to type.

Code 128 (ISO/IEC 15417) with two digits per symbol, 0.25 mm per module: 20 mm long for eight digits, with more white
around than the ten modules that the norm asks for. Text, window, fold marks and punch holes are elsewhere.
"""

from __future__ import annotations

from reportlab.lib.units import mm
from reportlab.pdfgen.canvas import Canvas

from alumnidesk.documents.style import Style
from alumnidesk.documents.text_object import TextObject

_MODULE, _HEIGHT = 0.25 * mm, 3.5 * mm
_FROM_RIGHT, _FROM_BOTTOM = 9 * mm, 45 * mm
"""Where the bars begin: printers leave about 5 mm at the edges empty."""
_START, _STOP, _MODULUS = 105, 106, 103
_SYMBOLS = """
212222 222122 222221 121223 121322 131222 122213 122312 132212 221213 221312 231212 112232 122132 122231
113222 123122 123221 223211 221132 221231 213212 223112 312131 311222 321122 321221 312212 322112 322211
212123 212321 232121 111323 131123 131321 112313 132113 132311 211313 231113 231311 112133 112331 132131
113123 113321 133121 313121 211331 231131 213113 213311 213131 311123 311321 331121 312113 312311 332111
314111 221411 431111 111224 111422 121124 121421 141122 141221 112214 112412 122114 122411 142112 142211
241211 221114 413111 241112 134111 111242 121142 121241 114212 124112 124211 411212 421112 421211 212141
214121 412121 111143 111341 131141 114113 114311 411113 411311 113141 114131 311141 411131 211412 211214
211232 2331112
""".split()  # noqa: SIM905 - a table to read
"""The widths of bars and spaces in turn, in modules: two digits by their value, others for the sum, start, stop."""


class ReturnCodes:
    """Draws the codes of one document."""

    def __init__(self, canvas: Canvas, style: Style, size: tuple[float, float]) -> None:
        self._canvas, self._style = canvas, style
        self._x = size[0] - _FROM_RIGHT
        self._bars: dict[tuple[int, int], str] = {}

    def draw(self, code: str) -> None:
        """Draw a code (`domain.return_code`): an even number of digits, and spaces."""
        canvas, style = self._canvas, self._style
        text = TextObject(canvas)
        text.turn_to(self._x - style.size / 3, _FROM_BOTTOM)
        text.write(code, style)
        text.draw()
        # Bars as they stand in the page, because each as a call would take longer than the rest of the letter's page.
        placed = enumerate(symbols(code.replace(" ", "")))
        canvas.addLiteral(" ".join([self._bars.get(symbol) or self._symbol(*symbol) for symbol in placed]) + " f")

    def _symbol(self, place: int, value: int) -> str:
        """The bars of a symbol as rectangles in the language of PDF (ISO 32000-1, 8.5.2)."""
        bars, y = [], _FROM_BOTTOM + 11 * place * _MODULE
        for index, width in enumerate(map(int, _SYMBOLS[value])):
            if index % 2 == 0:
                bars.append(f"{self._x:.2f} {y:.2f} {_HEIGHT:.2f} {width * _MODULE:.2f} re")
            y += width * _MODULE
        drawn = self._bars[place, value] = " ".join(bars)
        return drawn


def symbols(digits: str) -> list[int]:
    """The symbols of an even number of digits: start, pairs of digits, their sum, stop."""
    pairs = [int(digits[at : at + 2]) for at in range(0, len(digits), 2)]
    total = sum(place * value for place, value in enumerate(pairs, 1))
    return [_START, *pairs, (_START + total) % _MODULUS, _STOP]
