"""Words in the language of PDF: a text object (ISO 32000-1, 9.4).

ReportLab's own looks at every character and every digit in Python, which was half the time of a letter run. Here a
table per face turns a whole line at once into what stands for it in the document.
"""

from __future__ import annotations

from functools import lru_cache
from typing import Any, cast

from reportlab.lib.colors import Color
from reportlab.lib.rl_accel import escapePDF
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas

from alumnidesk.documents import fonts
from alumnidesk.documents.pdf_objects import document_of
from alumnidesk.documents.style import Style


class TextObject:
    """Collects words and draws them at once. Measures are points, from the lower left corner of the page."""

    def __init__(self, canvas: Canvas, leading: float = 0) -> None:
        """`leading`: from line to line."""
        self._canvas = canvas
        self._signs = _signs(canvas)
        self._code = [f"BT {leading:.3f} TL"]
        self._style: Style | None = None

    def move_to(self, x: float, y: float) -> None:
        """Go on at (x, y); lines begin there."""
        self._code.append(f"1 0 0 1 {x:.2f} {y:.2f} Tm")

    def turn_to(self, x: float, y: float) -> None:
        """The same, with lines that go upwards."""
        self._code.append(f"0 1 -1 0 {x:.2f} {y:.2f} Tm")

    def indent(self, by: float) -> None:
        """Let this line and the following ones begin so much further to the right."""
        self._code.append(f"{by:.2f} 0 Td")

    def stretch(self, by: float) -> None:
        """Make each space so much wider."""
        self._code.append(f"{by:.4f} Tw")

    def write(self, words: str, style: Style) -> None:
        """Write words on this line."""
        if not words:
            return
        signs = self._signs[style.font, style.size]
        if style is not self._style:
            self._code.append(f"{_ink(style.colour)} {signs.chosen}")
            self._style = style
        self._code.append(f"({words.translate(signs)}) Tj")

    def next_line(self) -> None:
        """Go on with the next line."""
        self._code.append("T*")

    def draw(self) -> None:
        """Put everything on the page."""
        self._code.append("ET")
        self._canvas.addLiteral(" ".join(self._code))


@lru_cache(maxsize=64)
def _ink(colour: Color) -> str:
    return f"{colour.red:.4g} {colour.green:.4g} {colour.blue:.4g} rg"


class _Signs(dict[int, str]):
    """What stands in a document for each character of a face in a size; filled in as they come up.

    A character that the face lacks, and each beyond its first 256 in a document, is a string of its own in another font
    (ISO 32000-1, 9.6).
    """

    def __init__(self, document: Any, face: str, size: float) -> None:
        self._document, self._face, self._size = document, face, size
        self.chosen = self._choice(face, 0)

    def __missing__(self, code: int) -> str:
        face = fonts.face_for(chr(code), self._face)
        ((subset, place),) = _font(face).splitString(chr(code), self._document)
        sign = escapePDF(place)
        if (face, subset) != (self._face, 0):
            sign = f") Tj {self._choice(face, subset)} ({sign}) Tj {self.chosen} ("
        self[code] = sign
        return sign

    def _choice(self, face: str, subset: int) -> str:
        """What chooses a part of a face."""
        font = _font(face)
        font.splitString(" ", self._document)  # a document knows a font by what was written in it
        return f"{font.getSubsetInternalName(subset, self._document)} {self._size:.3f} Tf"


class _SignsOfADocument(dict[tuple[str, float], _Signs]):
    def __init__(self, document: Any) -> None:
        self._document = document

    def __missing__(self, look: tuple[str, float]) -> _Signs:
        signs = self[look] = _Signs(self._document, *look)
        return signs


def _signs(canvas: Canvas) -> _SignsOfADocument:
    document = document_of(canvas)
    if "signs" not in document.__dict__:
        document.signs = _SignsOfADocument(document)
    found: _SignsOfADocument = document.signs
    return found


def _font(face: str) -> TTFont:
    return cast(TTFont, pdfmetrics.getFont(face))
