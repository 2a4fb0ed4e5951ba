"""Paper: the canvas to draw on, its coordinates, and a document as a file."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import Any

from reportlab import rl_config
from reportlab.lib.units import mm
from reportlab.pdfbase.pdfdoc import PDFResourceDictionary
from reportlab.pdfgen.canvas import Canvas

from alumnidesk.documents import fonts
from alumnidesk.documents.pdf_objects import document_of
from alumnidesk.domain.association import Association
from alumnidesk.progress import Progress
from alumnidesk.whole_files import write_whole

rl_config.useA85 = (
    0  # streams as bytes, not as text: a quarter smaller and faster; every reader has known it since 1993
)
_PDF_VERSION: Any = 1, 4
"""The first one in which pictures have see-through corners; the type stubs want two texts."""


class _Canvas(Canvas):
    """Its pages share one directory of what is drawn on them (ISO 32000-1, 7.8.3): writing one for each took a tenth
    of the time of a letter run."""

    def __init__(self, *given: Any, **named: Any) -> None:
        super().__init__(*given, **named)
        self._document = document_of(self)
        self._resources: Any = PDFResourceDictionary()
        self._resources.basicFonts()
        self._resources.allProcs()
        self._shared = self._document.Reference(self._resources)

    def showPage(self) -> None:
        """Finish the page."""
        super().showPage()
        page = self._document.Pages.pages[-1]
        if page.XObjects:
            self._resources.XObject.update(page.XObjects.dict)
        page.Resources = self._shared
        page.MediaBox = f"[0 0 {page.pagewidth:.4f} {page.pageheight:.4f}]"  # ReportLab would count each digit again


@dataclass(frozen=True, slots=True)
class Paper:
    """What a document is before anything is drawn on it."""

    size: tuple[float, float]
    """Width and height of its pages, in points."""
    title: str
    language: str
    exact: bool = False
    """PDF viewers propose to print it in its true size, where windows and labels are, and on one side of the paper, so
    that no letter stands on the back of another (ISO 32000-1, 12.2)."""


def new_canvas(target: BytesIO, association: Association, paper: Paper) -> Canvas:
    """A canvas for one document of an association, compressed, with no font in it but theirs."""
    font: Any = fonts.face(association.font)  # the type stubs take it for a number
    canvas = _Canvas(
        target,
        pagesize=paper.size,
        pageCompression=1,
        initialFontName=font,
        lang=paper.language,
        pdfVersion=_PDF_VERSION,
    )
    canvas.setTitle(paper.title)
    canvas.setAuthor(association.name)
    canvas.setSubject("")
    canvas.setCreator("AlumniDesk")
    if paper.exact:
        canvas.setViewerPreference("PrintScaling", "None")
        canvas.setViewerPreference("Duplex", "Simplex")
    return canvas


@contextmanager
def document(out: Path, association: Association, paper: Paper, progress: Progress | None = None) -> Iterator[Canvas]:
    """A canvas, see `new_canvas`; what is drawn on it in the ``with`` block is then written to `out`, whole.

    `progress` cannot be cancelled once the writing begins. If the block raises, nothing is written. Raises OSError.
    """
    data = BytesIO()
    canvas = new_canvas(data, association, paper)
    yield canvas
    canvas.save()
    if progress is not None:
        progress.past_return()
    write_whole(out, [data.getvalue()])


def from_top(size: tuple[float, float], millimetres: float) -> float:
    """The y coordinate (points from the bottom) of a place given in millimetres from the top."""
    return size[1] - millimetres * mm
