"""The fonts that are embedded in documents: two families in four faces, one with signs, what they can print, and for
letters of other scripts those of this computer.

Only what is used of a face goes into a document. Text is prepared here too: letters with accents in one piece (NFC),
nothing invisible, so that what is drawn is what one reads back.
"""

from __future__ import annotations

import unicodedata
from functools import lru_cache
from threading import Lock
from typing import cast

from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont

from alumnidesk.documents import system_fonts
from alumnidesk.documents.embedding import EmbeddedFace
from alumnidesk.places import bundled

REGULAR, BOLD, ITALIC, BOLD_ITALIC = "Regular", "Bold", "Italic", "BoldItalic"
WEIGHTS = {(False, False): REGULAR, (True, False): BOLD, (False, True): ITALIC, (True, True): BOLD_ITALIC}
"""The face by whether it is bold and italic."""
_FAMILIES = {"serif": "NotoSerif", "sans": "NotoSans"}
_SIGNS = "NotoSansSymbols2-Regular"
"""Boxes to tick, telephones, envelopes, stars …"""
_lock = Lock()


def face(family: str, weight: str = REGULAR) -> str:
    """The name under which ReportLab knows the face; loads it on first use (15 ms). Other families mean serif."""
    return _loaded(f"{_FAMILIES.get(family, _FAMILIES['serif'])}-{weight}")


def _loaded(name: str) -> str:
    if name not in pdfmetrics.getRegisteredFontNames():
        with _lock:  # one object per face: two would count their characters apart
            if name not in pdfmetrics.getRegisteredFontNames():
                pdfmetrics.registerFont(EmbeddedFace(name, str(bundled("resources") / "fonts" / f"{name}.ttf")))
    return name


def lacking(text: str, family: str = "serif") -> str:
    """The characters of `text` that neither the family nor its stand-ins nor this computer can print, each once."""
    missing = set(clean(text)) - _characters(face(family)) - {"\n"}
    for stand_in in _stand_ins(face(family)) if missing else ():
        missing -= _characters(stand_in)
    return "".join(sorted(sign for sign in missing if not system_fonts.face_with(sign)))


def clean(text: str) -> str:
    """`text` composed (NFC) and without what has no shape: controls, directions, joiners; spaces of all kinds as one.

    Line ends stay; a no-break space stays one.
    """
    if text.isprintable() and text.isascii():
        return text
    if not unicodedata.is_normalized("NFC", text):
        text = unicodedata.normalize("NFC", text)
    return "".join(_shown(sign) for sign in text) if not text.isprintable() or "\ufe0f" in text else text


def _shown(sign: str) -> str:
    if sign in "\n\u00a0" or (sign.isprintable() and not "\ufe00" <= sign <= "\ufe0f"):
        return sign
    return " " if sign.isspace() else ""


def face_for(sign: str, font: str) -> str:
    """The face that prints a character: `font` itself wherever possible."""
    if sign in _characters(font):
        return font
    return next((name for name in _stand_ins(font) if sign in _characters(name)), system_fonts.face_with(sign) or font)


def width(text: str, font: str, size: float) -> float:
    """Width in points of `text` on one line."""
    return _unit_width(text, font) * size


@lru_cache(maxsize=32_768)
def _unit_width(text: str, font: str) -> float:
    return sum(map(_widths(font).__getitem__, text))


class _Widths(dict[str, float]):
    """The width of each character at a size of one point; measured when it first comes up."""

    def __init__(self, font: str) -> None:
        self._font = font

    def __missing__(self, sign: str) -> float:
        width = self[sign] = float(pdfmetrics.stringWidth(sign, face_for(sign, self._font), 1))
        return width


@lru_cache(maxsize=16)
def _widths(font: str) -> _Widths:
    return _Widths(font)


@lru_cache(maxsize=16)
def _characters(font: str) -> frozenset[str]:
    return frozenset(map(chr, cast(TTFont, pdfmetrics.getFont(font)).face.charToGlyph))


def _stand_ins(font: str) -> tuple[str, ...]:
    """The face of the other family in the same weight, then the signs."""
    name, weight = font.split("-")
    return face("serif" if name == _FAMILIES["sans"] else "sans", weight), _loaded(_SIGNS)
