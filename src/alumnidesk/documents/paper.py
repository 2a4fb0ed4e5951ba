"""Paper: the sheets and envelope windows that we print for, the canvas to draw on, and writing a document whole."""

from __future__ import annotations

import json
import os
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from io import BytesIO
from pathlib import Path
from typing import Any

from reportlab import rl_config
from reportlab.lib.pagesizes import A4, LETTER
from reportlab.lib.units import mm
from reportlab.pdfgen.canvas import Canvas

from alumnidesk.documents import fonts
from alumnidesk.places import bundled

rl_config.useA85 = (
    0  # streams as bytes, not as text: a quarter smaller and faster; every reader has known it since 1993
)

_PAPERS = {"A4": A4, "Letter": LETTER}


@dataclass(frozen=True, slots=True)
class Rect:
    """A rectangle in millimetres from the upper left corner of the page."""

    x: float
    y: float
    width: float
    height: float


@dataclass(frozen=True, slots=True)
class Window:
    """Where an envelope's window lies on a folded letter, and what else depends on it. Millimetres, from the top."""

    key: str
    names: Mapping[str, str]
    paper: str
    window: Rect
    """What shows."""
    text: Rect
    """Where address and return line stand within it."""
    return_line: bool
    information: tuple[float, float, float]
    """Left, top and width of the information block."""
    subject: float
    """Top of the letter's own text."""
    letterhead: float
    """Where the letterhead ends."""
    folds: tuple[float, ...]
    hole: float
    """The mark for the punch; 0: none."""

    @property
    def size(self) -> tuple[float, float]:
        """Width and height of the paper in points."""
        return _PAPERS[self.paper]

    def name(self, language: str) -> str:
        return self.names.get(language, self.names["en"])


@lru_cache(maxsize=1)
def windows() -> Mapping[str, Window]:
    """All known windows by their key, in the order in which one offers them."""
    rows: dict[str, Any] = json.loads((bundled("resources") / "reference" / "windows.json").read_text("utf-8"))
    return {
        key: Window(
            key=key,
            names=row["name"],
            paper=row["paper"],
            window=Rect(*row["window"]),
            text=Rect(*row["text"]),
            return_line=row["return_line"],
            information=tuple(row["information"]),
            subject=row["subject"],
            letterhead=row["letterhead"],
            folds=tuple(row["folds"]),
            hole=row["hole"],
        )
        for key, row in rows.items()
        if key != "about"
    }


def window(key: str) -> Window:
    """The window `key`, else DIN 5008 form B."""
    return windows().get(key, windows()["din5008b"])


def new_canvas(
    target: BytesIO, *, size: tuple[float, float], title: str, author: str, language: str, family: str
) -> Canvas:
    """A canvas for one document, compressed, with no font in it but ours."""
    font: Any = fonts.face(family)  # the type stubs take it for a number
    canvas = Canvas(target, pagesize=size, pageCompression=1, initialFontName=font, lang=language)
    canvas.setTitle(title)
    canvas.setAuthor(author)
    canvas.setSubject("")
    canvas.setCreator("AlumniDesk")
    return canvas


def write_whole(path: Path, data: bytes) -> None:
    """Write a file so that under its name there is never a part of it: beside it, to the disk, then renamed.

    Raises OSError; what was there before is then untouched.
    """
    part = path.with_name(f".{path.name}.part")
    try:
        with part.open("wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        part.replace(path)
    except BaseException:
        part.unlink(missing_ok=True)
        raise


def from_top(size: tuple[float, float], millimetres: float) -> float:
    """The y coordinate (points from the bottom) of a place given in millimetres from the top."""
    return size[1] - millimetres * mm
