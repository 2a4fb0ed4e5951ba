"""Faces as they go into documents: cut down to the characters that were used (ISO 32000-1, 9.6.3 and 9.9)."""

from __future__ import annotations

import zlib
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from reportlab.pdfbase.pdfdoc import PDFObjectReference
from reportlab.pdfbase.ttfonts import FF_NONSYMBOLIC, FF_SYMBOLIC, SUBSETN, TTFont, makeToUnicodeCMap

from alumnidesk.documents.pdf_objects import Literal, dictionary, number, numbers, stream


@dataclass(frozen=True, slots=True)
class _Part:
    """Up to 256 characters of a face, as they go into a document."""

    font: dict[bytes, bytes]
    descriptor: dict[bytes, bytes]
    characters: Literal
    """Which ones they are, so that text can be copied and searched."""
    file: Literal


class EmbeddedFace(TTFont):
    """A face of which each part is cut out, packed and written once: a letter that is being written is drawn anew after
    every word, nearly always with the same characters, and these took half the time."""

    def addObjects(self, document: Any) -> None:
        """Put what was used of the face into a document. ReportLab calls it when it writes the document."""
        state: Any = self.state[document]
        state.frozen = 1
        fonts = document.idToObject["BasicFonts"].dict
        for subset, used in enumerate(state.subsets):
            name = self.getSubsetInternalName(subset, document)[1:]
            part = _part(self, subset, tuple(used))
            file = _put(document, part.file.written, f"{name} file")
            descriptor = dictionary({**part.descriptor, b"/FontFile2": file})
            font = {
                **part.font,
                b"/FontDescriptor": _put(document, descriptor, f"{name} descriptor"),
                b"/ToUnicode": _put(document, part.characters.written, f"{name} characters"),
            }
            _put(document, dictionary(font), name)
            fonts[name] = PDFObjectReference(name)
        del self.state[document]


def _put(document: Any, written: bytes, name: str) -> bytes:
    """Add an object to a document; the reference to it."""
    reference: bytes = document.Reference(Literal(written), name).format(document)
    return reference


@lru_cache(maxsize=24)
def _part(font: EmbeddedFace, subset: int, used: tuple[int, ...]) -> _Part:
    face: Any = font.face
    name = SUBSETN(subset) + b"+" + face.name + face.subfontNameX
    data = face.makeSubset(list(used))
    characters = makeToUnicodeCMap(name.decode("ascii"), used).encode("ascii")
    packed = {b"/Filter": b"/FlateDecode"}
    return _Part(
        font={
            b"/Type": b"/Font",
            b"/Subtype": b"/TrueType",
            b"/BaseFont": b"/" + name,
            b"/FirstChar": b"0",
            b"/LastChar": b"%d" % (len(used) - 1),
            b"/Widths": numbers(map(face.getCharWidth, used)),
        },
        descriptor={
            b"/Type": b"/FontDescriptor",
            b"/FontName": b"/" + name,
            b"/Flags": b"%d" % (face.flags & ~FF_NONSYMBOLIC | FF_SYMBOLIC),
            b"/FontBBox": numbers(face.bbox),
            b"/ItalicAngle": number(face.italicAngle),
            b"/Ascent": number(face.ascent),
            b"/Descent": number(face.descent),
            b"/CapHeight": number(face.capHeight),
            b"/StemV": number(face.stemV),
            b"/MissingWidth": number(face.defaultWidth),
        },
        characters=stream(packed, zlib.compress(characters)),
        file=stream({**packed, b"/Length1": b"%d" % len(data)}, zlib.compress(data)),
    )
