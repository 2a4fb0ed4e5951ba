"""Pictures in documents: decoded and packed once, and no finer than printing needs."""

from __future__ import annotations

from copy import copy
from functools import lru_cache
from io import BytesIO
from itertools import count
from typing import Any

from PIL import Image, ImageOps
from reportlab.lib.utils import ImageReader
from reportlab.pdfbase.pdfdoc import PDFImageXObject
from reportlab.pdfgen.canvas import Canvas

from alumnidesk.documents.pdf_objects import document_of

_DOTS_PER_POINT = 300 / 72
_MOST_PIXELS = 25_000_000
_HIGHEST = 4
"""So many times its width a picture may be high."""
_QUALITY = 88
_numbers = count(1)


class PackedImage:
    """A picture as it goes into documents. To pack one takes longer than all the rest of a letter, which is drawn anew
    after every word while it is being written."""

    def __init__(self, image: Image.Image | BytesIO) -> None:
        """Of a picture, or of the bytes of a JPEG, which stay as they are. Raises OSError if those are none."""
        reader = ImageReader(image)
        self.size: tuple[int, int] = reader.getSize()
        """Width and height in pixels."""
        self._name = f"image{next(_numbers)}"
        self._packed: Any = PDFImageXObject(self._name, reader, mask="auto")

    def draw(self, canvas: Canvas, x: float, y: float, width: float, height: float) -> None:
        """Draw it with its lower left corner at (x, y), in points."""
        document = document_of(canvas)
        if not document.hasForm(self._name):
            self._into(document)
        canvas.saveState()
        canvas.transform(width, 0, 0, height, x, y)
        canvas.doForm(self._name)
        canvas.restoreState()

    def _into(self, document: Any) -> None:
        """Add it to a document, which numbers its objects itself: hence a copy for each."""
        image = copy(self._packed)
        if mask := image.__dict__.pop("_smask", None):  # where it is see-through
            image.smask = document.Reference(copy(mask), document.getXObjectName(f"{self._name}.mask"))
        document.Reference(image, document.getXObjectName(self._name))


@lru_cache(maxsize=16)
def decoded(data: bytes, width: float) -> PackedImage | None:
    """A PNG or JPEG ready to be printed `width` points wide; None if there is none, or it is damaged or too large.

    A JPEG stays one: as single dots a photo would be ten times as long.
    """
    if not data:
        return None
    wide = max(1, int(width * _DOTS_PER_POINT))
    try:
        with Image.open(BytesIO(data), formats=("PNG", "JPEG")) as opened:
            if opened.width * opened.height > _MOST_PIXELS:
                return None
            photo = opened.format == "JPEG"
            image = ImageOps.exif_transpose(opened)
            image.thumbnail((wide, _HIGHEST * wide))
            if not photo:
                return PackedImage(image.convert("RGBA" if image.has_transparency_data else "RGB"))
            file = BytesIO()
            image.convert("RGB").save(file, "JPEG", quality=_QUALITY)
            return PackedImage(file)
    except (OSError, ValueError, SyntaxError, Image.DecompressionBombError):  # what Pillow raises for damaged files
        return None
