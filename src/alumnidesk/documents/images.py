"""Pictures within letters: decoded once, and no finer than printing needs."""

from __future__ import annotations

from io import BytesIO

from PIL import Image, ImageOps
from reportlab.lib.utils import ImageReader

_DOTS_PER_POINT = 300 / 72
_MOST_PIXELS = 25_000_000
_HIGHEST = 4
"""So many times its width a picture may be high."""
_QUALITY = 88


def decoded(data: bytes, width: float) -> ImageReader | None:
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
                return ImageReader(image.convert("RGBA" if image.has_transparency_data else "RGB"))
            file = BytesIO()
            image.convert("RGB").save(file, "JPEG", quality=_QUALITY)
            return ImageReader(file)
    except (OSError, ValueError, SyntaxError, Image.DecompressionBombError):  # what Pillow raises for damaged files
        return None
