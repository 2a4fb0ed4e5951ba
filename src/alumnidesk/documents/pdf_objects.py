"""ReportLab's document, and objects of a PDF (ISO 32000-1, 7.3) that are written already when it puts them together."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from reportlab.pdfbase.pdfdoc import PDFObject
from reportlab.pdfgen.canvas import Canvas


def document_of(canvas: Canvas) -> Any:
    """ReportLab's document, which holds what pages have in common. There is no other way to it."""
    return canvas._doc  # type: ignore[attr-defined]


class Literal(PDFObject):
    """An object, written already; the references in it are the document's to which it belongs."""

    def __init__(self, written: bytes = b"") -> None:
        self.written = written

    def format(self, document: object) -> bytes:
        """As it goes into the file."""
        return self.written


def stream(entries: Mapping[bytes, bytes], data: bytes) -> Literal:
    """A stream of bytes that are packed already, if they are to be."""
    head = dictionary({**entries, b"/Length": b"%d" % len(data)})
    return Literal(b"%s\nstream\n%s\nendstream\n" % (head, data))


def dictionary(entries: Mapping[bytes, bytes]) -> bytes:
    """Names with their values."""
    return b"<< %s >>" % b" ".join(b"%s %s" % entry for entry in entries.items())


def number(value: float) -> bytes:
    """A number, with four places at most."""
    return f"{float(value):.4f}".rstrip("0").rstrip(".").encode("ascii")


def numbers(values: Iterable[float]) -> bytes:
    """An array of numbers."""
    return b"[%s]" % b" ".join(map(number, values))
