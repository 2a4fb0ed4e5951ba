"""Fonts of this computer, for letters that no bundled face has: names in Chinese, Japanese, Korean, Georgian …

Only scripts whose letters stand side by side from left to right. Arabic, Hebrew or Indic letters change by their
neighbours or run the other way, which is not done here; a gap that is named before printing is better than wrong words.
Only fonts with TrueType outlines, as ReportLab embeds no others, and only those that their maker lets one embed in part
(OpenType specification: ``cmap``, ``OS/2`` fsType).
"""

from __future__ import annotations

import struct
from bisect import bisect_right
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from threading import Lock
from typing import BinaryIO, cast

from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFError, TTFont

from alumnidesk.documents.embedding import EmbeddedFace
from alumnidesk.places import font_folders

_SIDE_BY_SIDE = (
    (0x0530, 0x058F), (0x10A0, 0x10FF), (0x1200, 0x139F), (0x1C90, 0x1CBF), (0x2D00, 0x2DDF),  # Armenia to Ethiopia
    (0x2E80, 0x9FFF), (0xAC00, 0xD7A3), (0xF900, 0xFAFF), (0xFF00, 0xFFEF), (0x20000, 0x323AF),  # East Asia
)  # fmt: skip
_RESTRICTED, _NO_SUBSETS, _BITMAPS_ONLY = 0x0002, 0x0100, 0x0200
"""Bits of fsType."""
_UNICODE = ((3, 10), (0, 6), (0, 4), (3, 1), (0, 3))
"""Platform and encoding of a ``cmap``, those with all planes first."""
_NOT_FOR_TEXT = ("bold", "italic", "oblique", "light", "thin", "black", "mono", "condensed")
_lock = Lock()


@dataclass(frozen=True, slots=True)
class _Found:
    """A font file, and its characters as runs: the first of each, and the last."""

    path: Path
    firsts: tuple[int, ...]
    lasts: tuple[int, ...]

    def has(self, code: int) -> bool:
        run = bisect_right(self.firsts, code) - 1
        return run >= 0 and code <= self.lasts[run]

    @property
    def rank(self) -> tuple[bool, int, str]:
        """Fonts for running text first, then those with many characters, so that one font serves a whole name."""
        name = self.path.stem.casefold()
        size = sum(self.lasts) - sum(self.firsts)
        return any(word in name for word in _NOT_FOR_TEXT), -size, name


def face_with(sign: str) -> str:
    """The name under which ReportLab knows a face of this computer that prints a character; empty if there is none.

    The first call reads the list of characters of every installed font, about half a millisecond each.
    """
    return _face_with(sign, tuple(font_folders()))


@lru_cache(maxsize=4096)
def _face_with(sign: str, folders: tuple[Path, ...]) -> str:
    code = ord(sign)
    if not any(first <= code <= last for first, last in _SIDE_BY_SIDE):
        return ""
    with _lock:
        faces = (_loaded(font.path) for font in _installed(folders) if font.has(code))
        return next((name for name in faces if name and _prints(name, code)), "")


@lru_cache(maxsize=2)
def _installed(folders: tuple[Path, ...]) -> tuple[_Found, ...]:
    files = {path for folder in folders for path in folder.rglob("*") if path.suffix.lower() in (".ttf", ".ttc")}
    return tuple(sorted((font for path in files if (font := _read(path)).firsts), key=lambda font: font.rank))


@lru_cache(maxsize=64)
def _loaded(path: Path) -> str:
    """The face of a file under its path; empty if ReportLab cannot use it."""
    try:
        pdfmetrics.registerFont(EmbeddedFace(str(path), str(path)))
    except (OSError, TTFError, struct.error, ValueError, KeyError, IndexError):
        return ""
    return str(path)


def _prints(name: str, code: int) -> bool:
    return bool(cast(TTFont, pdfmetrics.getFont(name)).face.charToGlyph.get(code))


# Reading a font ------------------------------------------------------------------------------------------------------


def _read(path: Path) -> _Found:
    """The characters of a font, of a collection those of its first; none if it is no font that we may and can embed."""
    try:
        with path.open("rb") as file:
            runs = _runs(file)
    except (OSError, struct.error, ValueError):
        runs = []
    return _Found(path, tuple(first for first, _ in runs), tuple(last for _, last in runs))


def _runs(file: BinaryIO) -> list[tuple[int, int]]:
    kind, first = struct.unpack(">4s8xI", file.read(16))
    file.seek(first if kind == b"ttcf" else 0)
    (count,) = struct.unpack(">4xH6x", file.read(12))
    tables: dict[bytes, int] = dict(struct.iter_unpack(">4s4xI4x", file.read(16 * count)))
    if not {b"glyf", b"cmap", b"OS/2"} <= tables.keys():
        return []
    file.seek(tables[b"OS/2"] + 8)
    (licence,) = struct.unpack(">H", file.read(2))
    if licence & 0x000F == _RESTRICTED or licence & (_NO_SUBSETS | _BITMAPS_ONLY):
        return []
    file.seek(tables[b"cmap"] + 2)
    (count,) = struct.unpack(">H", file.read(2))
    maps = {(platform, encoding): at for platform, encoding, at in struct.iter_unpack(">HHI", file.read(8 * count))}
    at = next((maps[known] for known in _UNICODE if known in maps), None)
    if at is None:
        return []
    file.seek(tables[b"cmap"] + at)
    (form,) = struct.unpack(">H", file.read(2))
    return {4: _runs_of_segments, 12: _runs_of_groups}.get(form, lambda _: [])(file)


def _runs_of_segments(file: BinaryIO) -> list[tuple[int, int]]:
    """``cmap`` format 4; the last segment stands for nothing."""
    (twice,) = struct.unpack(">4xH6x", file.read(12))
    codes = struct.unpack(f">{twice // 2}H2x{twice // 2}H", file.read(2 * twice + 2))
    return sorted(zip(codes[twice // 2 :], codes[: twice // 2], strict=True))[:-1]


def _runs_of_groups(file: BinaryIO) -> list[tuple[int, int]]:
    """``cmap`` format 12."""
    (count,) = struct.unpack(">10xI", file.read(14))
    return [(first, last) for first, last in struct.iter_unpack(">II4x", file.read(12 * count))]
