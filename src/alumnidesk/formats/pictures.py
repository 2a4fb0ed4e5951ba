"""Pictures for letterheads, and photos: what a file is and how large, read from its head before anything decodes it.

PNG: signature and IHDR chunk (W3C PNG, section 11.2.2). JPEG: markers up to the frame header (ITU-T T.81, B.1, B.2.2).
"""

from __future__ import annotations

import struct
from pathlib import Path

from alumnidesk.errors import BadFile
from alumnidesk.i18n import Message, say

LARGEST = 2_000_000
"""Bytes."""
MOST_PIXELS = 25_000_000
_PNG = b"\x89PNG\r\n\x1a\n"
_FRAMES = frozenset(range(0xC0, 0xD0)) - {0xC4, 0xC8, 0xCC}
"""Markers of a JPEG that begin a frame; the other three of the row define tables."""
_WITHOUT_LENGTH = frozenset((0x01, *range(0xD0, 0xD9)))


def read(path: Path) -> bytes:
    """The bytes of a PNG or JPEG that may be used. Raises BadFile (another kind, too large) or OSError."""
    if path.stat().st_size > LARGEST:
        raise BadFile(path, *_TOO_LARGE)
    data = path.read_bytes()
    if (reason := why_not(data)) is not None:
        raise BadFile(path, *reason)
    return data


_TOO_LARGE = (
    say("The picture is larger than 2 MB."),
    say("Please save it smaller; 1,000 pixels in width are plenty."),
)


def why_not(data: bytes) -> tuple[Message, Message] | None:
    """Why bytes cannot be used as a picture, and the way out; None if they can. Nothing is decoded for that."""
    if len(data) > LARGEST:
        return _TOO_LARGE
    size = pixels(data)
    if size is None:
        return (
            say("This is not a PNG or JPEG picture."),
            say("Open it in a picture program and save it as PNG."),
        )
    width, height = size
    if not 0 < width * height <= MOST_PIXELS:
        return (
            say("The picture has {width} × {height} pixels, which is too much.", width=width, height=height),
            _TOO_LARGE[1],
        )
    return None


def media_type(data: bytes) -> str:
    """``image/png`` or ``image/jpeg``, by the first bytes."""
    return "image/png" if data.startswith(_PNG) else "image/jpeg"


def pixels(data: bytes) -> tuple[int, int] | None:
    """Width and height of a PNG or JPEG; None for anything else."""
    if data.startswith(_PNG):
        if len(data) < 24 or data[12:16] != b"IHDR":
            return None
        width, height = struct.unpack(">II", data[16:24])
        return int(width), int(height)
    if data.startswith(b"\xff\xd8"):
        return _jpeg_pixels(data)
    return None


def _jpeg_pixels(data: bytes) -> tuple[int, int] | None:
    place = 2
    while place + 9 <= len(data):
        if data[place] != 0xFF:
            return None
        marker = data[place + 1]
        if marker == 0xFF:
            place += 1
        elif marker in _WITHOUT_LENGTH:
            place += 2
        elif marker in _FRAMES:
            height, width = struct.unpack(">HH", data[place + 5 : place + 9])
            return int(width), int(height)
        else:
            place += 2 + int.from_bytes(data[place + 2 : place + 4], "big")
    return None
