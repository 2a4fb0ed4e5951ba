"""The return code of a letter at the right edge of its first page, upright: bars to scan, and its digits to type.

Code 128 (ISO/IEC 15417) with two digits per symbol, 0.25 mm per module: 20 mm long for eight digits, with more white
around than the ten modules that the norm asks for. Text, window, fold marks and punch holes are elsewhere.
"""

from __future__ import annotations

from reportlab.lib.units import mm
from reportlab.pdfgen.canvas import Canvas

from alumnidesk.documents.text import Style

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
    """Draws the codes of one document. A symbol at its place, digits and all, is drawn once and then used again: most of
    a code is that of the letter before."""

    def __init__(self, canvas: Canvas, style: Style, size: tuple[float, float]) -> None:
        self._canvas, self._style, self._size = canvas, style, size
        self._forms: set[str] = set()

    def draw(self, code: str) -> None:
        """Draw a code (`domain.return_code`): an even number of digits, and spaces."""
        values = symbols(code.replace(" ", ""))
        for place, value in enumerate(values):
            name = f"code{place}of{len(values)}-{value}"
            if name not in self._forms:
                self._forms.add(name)
                self._make_form(name, value, place, len(values) - 3)
            self._canvas.doForm(name)

    def _make_form(self, name: str, value: int, place: int, pairs: int) -> None:
        canvas, style = self._canvas, self._style
        canvas.beginForm(name, 0, 0, *map(int, self._size))
        canvas.setFillColor(style.colour)
        x, y = self._size[0] - _FROM_RIGHT, _FROM_BOTTOM + 11 * place * _MODULE
        for index, width in enumerate(map(int, _SYMBOLS[value])):
            if index % 2 == 0:
                canvas.rect(x, y, _HEIGHT, width * _MODULE, stroke=0, fill=1)
            y += width * _MODULE
        if 1 <= place <= pairs:
            digit = style.width("0")
            before = 2 * (place - 1) + (place - 1 + pairs % 2) // 2 / 2  # half a digit of room between fours
            text = canvas.beginText()
            text.setTextTransform(0, 1, -1, 0, x - style.size / 3, _FROM_BOTTOM + before * digit)
            text.setFont(style.font, style.size)
            text.textOut(f"{value:02}")
            canvas.drawText(text)
        canvas.endForm()


def symbols(digits: str) -> list[int]:
    """The symbols of an even number of digits: start, pairs of digits, their sum, stop."""
    pairs = [int(digits[at : at + 2]) for at in range(0, len(digits), 2)]
    total = sum(place * value for place, value in enumerate(pairs, 1))
    return [_START, *pairs, (_START + total) % _MODULUS, _STOP]
