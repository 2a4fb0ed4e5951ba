"""The return code of a letter at the right edge of its first page, upright: bars to scan, and its digits to type.

Code 128 (ISO/IEC 15417) with two digits per symbol, 0.25 mm per module: 20 mm long for eight digits, with more white at
both ends than the ten modules that the norm asks for. It stands where text, window, fold marks and punch holes never are.
"""

from __future__ import annotations

from reportlab.graphics.barcode.code128 import Code128
from reportlab.lib.units import mm
from reportlab.pdfgen.canvas import Canvas

from alumnidesk.documents.text import Style

_MODULE, _HEIGHT = 0.25 * mm, 3.5 * mm
_FROM_RIGHT, _FROM_BOTTOM = 9 * mm, 45 * mm
"""Where the bars begin: printers leave about 5 mm at the edges empty."""


def draw(canvas: Canvas, code: str, style: Style, width: float) -> None:
    """Draw a code (`domain.return_code`) on a page of this width, in points."""
    x = width - _FROM_RIGHT
    bars = canvas.beginPath()
    for begins, modules in _bars("".join(code.split())):
        bars.rect(x, _FROM_BOTTOM + begins * _MODULE, _HEIGHT, modules * _MODULE)
    canvas.setFillColor(style.colour)
    canvas.drawPath(bars, stroke=0, fill=1)
    text = canvas.beginText()
    text.setTextTransform(0, 1, -1, 0, x - style.size / 3, _FROM_BOTTOM)
    text.setFont(style.font, style.size)
    text.textOut(code)
    canvas.drawText(text)


def _encoded(digits: str) -> str:
    barcode = Code128(digits)
    barcode.validate()
    barcode.encode()
    barcode.decompose()
    return str(barcode.decomposed)


def _bars(digits: str) -> list[tuple[int, int]]:
    """Begin and width of each bar, in modules."""
    found, at = [], 0
    for sign in _encoded(digits):
        modules = ord(sign.upper()) - ord("A") + 1
        if sign.isupper():
            found.append((at, modules))
        at += modules
    return found
