"""A letterhead that somebody has drawn: a PDF or a picture of the whole page, behind the letter.

A page of a PDF stays what it is, letters and lines: its content becomes one form XObject, drawn again on every page
(ISO 32000-1, 8.10). Nothing else of the file is taken over: no annotations, actions, files or forms to fill in.
"""

from __future__ import annotations

import logging
import zlib
from dataclasses import dataclass
from functools import lru_cache
from io import BytesIO
from typing import TYPE_CHECKING, Any

from PIL import Image
from reportlab.lib.units import mm
from reportlab.pdfbase.pdfdoc import PDFDocument
from reportlab.pdfgen.canvas import Canvas

from alumnidesk.documents.images import PackedImage
from alumnidesk.documents.pdf_objects import Literal, dictionary, document_of, numbers, stream
from alumnidesk.i18n import Message, say

if TYPE_CHECKING:
    from pypdf import PageObject

log = logging.getLogger(__name__)

LARGEST = 2_000_000
"""Bytes of the file."""
_LARGEST_PAGE = 20_000_000
"""Bytes of a page's content, unpacked."""
_MOST_PIXELS = 25_000_000
_MOST_OBJECTS = 20_000
_PRINTED = 2480, 3508
"""Pixels of a page at 300 dots per inch; more would only be carried along."""
_SHAPES = (210 / 297, 215.9 / 279.4)
"""Width by height of A4 and Letter."""
_SHAPE_OFF = 0.03
_SIZE_OFF = 8 * mm
_DEEPEST = 60
_LEFT_OUT = frozenset(("/Length", "/Parent", "/StructParent", "/StructParents", "/Metadata", "/PieceInfo", "/OPI"))
"""What a page's content does not need; the parent would bring the whole file along."""
_NOT_READ = (
    say("The file cannot be read as a letterhead; it may be damaged."),
    say("Please save it once more as PDF from the program in which it was drawn, or as PNG."),
)
TOO_LARGE = (
    say("The letterhead is larger than 2 MB."),
    say("Please save it smaller: as PDF from the program in which it was drawn, or with 300 dots per inch."),
)
Reason = tuple[Message, Message]
"""Why a file cannot be a letterhead, and the way out."""


def why_not(data: bytes) -> Reason | None:
    """Why a file cannot be a letterhead, and the way out; None if it can. Sizes are looked at before it is decoded."""
    if len(data) > LARGEST:
        return TOO_LARGE
    try:
        return _why_no_pdf(data) if data.lstrip()[:5] == b"%PDF-" else _why_no_picture(data)
    except Exception:  # a damaged file can raise anything in the libraries that read it
        log.info("a letterhead could not be read")
        return _NOT_READ


def _why_no_picture(data: bytes) -> Reason | None:
    with Image.open(BytesIO(data), formats=("PNG", "JPEG")) as image:
        wide, high = image.size
        if wide * high > _MOST_PIXELS:
            return (
                say("The picture has {width} × {height} pixels, which is too much.", width=wide, height=high),
                say("Please save it with 300 dots per inch."),
            )
        if not any(abs(wide / high - shape) <= _SHAPE_OFF for shape in _SHAPES):
            return (
                say("The picture has {width} × {height} pixels, which is no whole page.", width=wide, height=high),
                say("A letterhead has the shape of the paper. What stands at its top only is a logo."),
            )
        image.load()
    return None


def _why_no_pdf(data: bytes) -> Reason | None:
    from pypdf import PdfReader  # 0.2 s, and most associations have none

    reader = PdfReader(BytesIO(data))
    if reader.is_encrypted:
        return (
            say("The PDF is protected by a password."),
            say("Please save it without one: then it can be put behind the letters."),
        )
    pages = len(reader.pages)
    if not 1 <= pages <= 2:
        return (
            say("The PDF has {n} pages.", n=pages),
            say("A letterhead has one, or two: the second one is for the pages that follow."),
        )
    for page in reader.pages:
        wide, high = _upright(page)
        papers = ((210 * mm, 297 * mm), (215.9 * mm, 279.4 * mm))
        if not any(abs(wide - w) <= _SIZE_OFF and abs(high - h) <= _SIZE_OFF for w, h in papers):
            return (
                say("The page is {width} × {height} mm.", width=round(wide / mm), height=round(high / mm)),
                say("Letters are on A4 or Letter, upright; please save the letterhead in that size."),
            )
        trial = PDFDocument()
        _Page(page).into(trial, "trial")
    return None


# Drawing -----------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Letterhead:
    """What lies behind the first page of a letter, and behind those that follow; either can be missing."""

    first: _Page | _Picture | None = None
    following: _Page | _Picture | None = None


@lru_cache(maxsize=4)
def read(first: bytes, following: bytes) -> Letterhead:
    """The letterhead of two files: of a PDF with two pages the second one follows, unless there is a file for that.

    What cannot be read any more is left away: it was looked at before it was kept (`why_not`).
    """
    pages, others = _sheets(first), _sheets(following)
    return Letterhead(pages[0] if pages else None, (others or pages[1:] or [None])[0])


def _sheets(data: bytes) -> list[_Page | _Picture | None]:
    if not data or why_not(data) is not None:
        return []
    if data.lstrip()[:5] != b"%PDF-":
        return [_Picture(data)]
    from pypdf import PdfReader  # as above

    return [_Page(page) for page in PdfReader(BytesIO(data)).pages]


class _Picture:
    """A picture of a page. A JPEG goes into the document as it is."""

    def __init__(self, data: bytes) -> None:
        if data.startswith(b"\xff\xd8"):
            self._image = PackedImage(BytesIO(data))
            return
        with Image.open(BytesIO(data), formats=("PNG",)) as image:
            image.thumbnail(_PRINTED)
            ground = Image.new("RGB", image.size, "white")
            shown = image.convert("RGBA")
            ground.paste(shown, mask=shown.getchannel("A"))
            self._image = PackedImage(ground)

    def draw(self, canvas: Canvas, size: tuple[float, float]) -> None:
        """Draw it over the whole page (points)."""
        self._image.draw(canvas, 0, 0, *size)


class _Page:
    """A page of a PDF."""

    def __init__(self, page: PageObject) -> None:
        self._page = page
        self.size = _upright(page)

    def draw(self, canvas: Canvas, size: tuple[float, float]) -> None:
        """Draw it as wide as the page (points), from its top; the first time its content goes into the document."""
        document = document_of(canvas)
        name = f"letterhead{self._page.page_number}-{id(self)}"
        if name not in _within(document):
            self.into(document, name)
            _within(document).add(name)
        scale = size[0] / self.size[0]
        canvas.saveState()
        canvas.translate(0, size[1] - self.size[1] * scale)
        canvas.scale(scale, scale)
        canvas.doForm(name)
        canvas.restoreState()

    def into(self, document: Any, name: str) -> None:
        """Add the page's content to a document of ReportLab, as a form of this name."""
        content = self._page.get_contents()
        drawn = content.get_data() if content is not None else b""
        if len(drawn) > _LARGEST_PAGE:
            raise ValueError("the content of the page is too large")
        box = self._page.cropbox
        entries = {
            b"/Type": b"/XObject",
            b"/Subtype": b"/Form",
            b"/BBox": numbers((box.left, box.bottom, box.right, box.top)),
            b"/Matrix": numbers(_matrix(self._page)),
            b"/Filter": b"/FlateDecode",
        }
        foreign = _Foreign(document, name)
        for key in ("/Resources", "/Group"):
            if (thing := self._page.get(key)) is not None:  # resources can be inherited
                entries[key.encode()] = foreign.written(thing)
        document.Reference(stream(entries, zlib.compress(drawn)), document.getXObjectName(name))


def _within(document: Any) -> set[str]:
    """The letterheads that a document holds already."""
    held: set[str] = document.__dict__.setdefault("letterheads", set())
    return held


def _upright(page: PageObject) -> tuple[float, float]:
    """Width and height of a page as one sees it, in points."""
    box = page.cropbox
    wide, high = float(box.width), float(box.height)
    return (high, wide) if page.rotation % 180 else (wide, high)


def _matrix(page: PageObject) -> tuple[float, ...]:
    """What brings a page to the corner, turned as one sees it (ISO 32000-1, 7.7.3.3: clockwise)."""
    box = page.cropbox
    left, bottom, right, top = map(float, (box.left, box.bottom, box.right, box.top))
    return {
        90: (0, -1, 1, 0, -bottom, right),
        180: (-1, 0, 0, -1, right, top),
        270: (0, 1, -1, 0, top, -left),
    }.get(page.rotation % 360, (1, 0, 0, 1, -left, -bottom))


class _Foreign:
    """Takes objects of another file over into a document, each once, with all that they refer to."""

    def __init__(self, document: Any, name: str) -> None:
        self._document, self._name = document, name
        self._taken: dict[int, bytes] = {}

    def written(self, thing: Any, depth: int = 0) -> bytes:
        """`thing` as it is written in the new document. Raises ValueError if there is no end to it."""
        from pypdf import generic  # as above

        if depth > _DEEPEST or len(self._taken) > _MOST_OBJECTS:
            raise ValueError("the objects of the letterhead have no end")
        if isinstance(thing, generic.IndirectObject):
            return self._reference(thing, depth)
        if isinstance(thing, generic.StreamObject):
            return stream(self._entries(thing, depth), thing._data).written  # packed as it is
        if isinstance(thing, generic.DictionaryObject):
            return dictionary(self._entries(thing, depth))
        if isinstance(thing, generic.ArrayObject):
            return b"[%s]" % b" ".join(self.written(one, depth + 1) for one in thing)
        plain = BytesIO()
        thing.write_to_stream(plain)
        return plain.getvalue()

    def _entries(self, thing: Any, depth: int) -> dict[bytes, bytes]:
        return {
            self.written(key, depth + 1): self.written(thing.raw_get(key), depth + 1)
            for key in thing
            if key not in _LEFT_OUT
        }

    def _reference(self, thing: Any, depth: int) -> bytes:
        if thing.idnum not in self._taken:
            literal = Literal()
            place = self._document.Reference(literal, f"{self._name}.{thing.idnum}")
            self._taken[thing.idnum] = place.format(self._document)
            target = thing.get_object()
            literal.written = self.written(target, depth + 1) if target is not None else b"null"
        return self._taken[thing.idnum]
