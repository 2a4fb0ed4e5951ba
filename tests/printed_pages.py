"""What stands on the pages of a PDF, as a viewer finds it: read by PDFium, which had no part in writing it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pypdfium2

MM = 72 / 25.4
"""Points."""


@contextmanager
def opened(pdf: bytes | Path) -> Iterator[pypdfium2.PdfDocument]:
    with closing(pypdfium2.PdfDocument(pdf)) as document:
        yield document


def pages_of(pdf: bytes | Path) -> list[str]:
    """The text of each page, line by line; line ends of PDF readers (\\r\\n) become ours."""
    with opened(pdf) as document:
        return [page.get_textpage().get_text_bounded().replace("\r\n", "\n") for page in document]


def words_of(pdf: bytes | Path) -> str:
    """The text of all pages, line by line."""
    return "\n".join(pages_of(pdf))


def signs_on(page: pypdfium2.PdfPage) -> Iterator[tuple[str, float, float, float, float]]:
    """Each sign on a page but blanks, with left, top, right and bottom in millimetres from the upper left corner."""
    text, high = page.get_textpage(), page.get_height()
    for index in range(text.count_chars()):
        if (sign := text.get_text_range(index, 1)).strip():
            left, bottom, right, top = text.get_charbox(index)
            yield sign, left / MM, (high - top) / MM, right / MM, (high - bottom) / MM
