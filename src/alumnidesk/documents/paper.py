"""Paper: the canvas to draw on, its coordinates, and writing a document whole."""

from __future__ import annotations

import os
from io import BytesIO
from pathlib import Path
from typing import Any

from reportlab import rl_config
from reportlab.lib.units import mm
from reportlab.pdfgen.canvas import Canvas

from alumnidesk.documents import fonts

rl_config.useA85 = (
    0  # streams as bytes, not as text: a quarter smaller and faster; every reader has known it since 1993
)


def new_canvas(
    target: BytesIO,
    *,
    size: tuple[float, float],
    title: str,
    author: str,
    language: str,
    family: str,
    exact: bool = False,
) -> Canvas:
    """A canvas for one document, compressed, with no font in it but ours.

    `exact`: PDF viewers propose to print it in its true size, where windows and labels are, and on one side of the
    paper, so that no letter stands on the back of another (ISO 32000-1, 12.2).
    """
    font: Any = fonts.face(family)  # the type stubs take it for a number
    canvas = Canvas(target, pagesize=size, pageCompression=1, initialFontName=font, lang=language)
    canvas.setTitle(title)
    canvas.setAuthor(author)
    canvas.setSubject("")
    canvas.setCreator("AlumniDesk")
    if exact:
        canvas.setViewerPreference("PrintScaling", "None")
        canvas.setViewerPreference("Duplex", "Simplex")
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
