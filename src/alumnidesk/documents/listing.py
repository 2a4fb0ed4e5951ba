"""A list on paper: the columns as on screen, long values in several lines, the heads again on each page."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from reportlab.lib.pagesizes import A4, landscape
from reportlab.lib.units import mm
from reportlab.pdfgen.canvas import Canvas

from alumnidesk.documents import fonts
from alumnidesk.documents.paper import Paper, document
from alumnidesk.documents.style import GREY, HAIR, Style
from alumnidesk.documents.text import draw, draw_right, shortened, wrapped
from alumnidesk.domain.association import Association
from alumnidesk.domain.printed_list import PrintedList, PrintedRow
from alumnidesk.i18n import Language, say
from alumnidesk.progress import Progress

SIDE, TOP, BOTTOM = 15 * mm, 18 * mm, 20 * mm
UPRIGHT = 760
"""Columns that are wider together, in points of the screen at 100 %, go on sheets that lie across."""
GAP, HEADS = 3 * mm, 7 * mm
MOST_LINES = 4
"""Of one cell; what is longer ends in an ellipsis."""
_BY_HAND = say("please write in by hand")
"""In place of words whose letters the font does not have."""


def print_listing(listed: PrintedList, association: Association, out: Path, *, progress: Progress | None = None) -> int:
    """Write a list as a PDF; returns its number of pages.

    Under the name `out` there is the whole document or whatever was there before. Raises `Cancelled` and OSError.
    """
    progress = progress or Progress()
    progress.begin(say("Printing the list …"), len(listed.rows))
    wide = sum(column.width for column in listed.columns) > UPRIGHT
    paper = Paper(landscape(A4) if wide else A4, fonts.clean(listed.title), listed.language)
    with document(out, association, paper, progress) as canvas:
        sheet = _Sheet(canvas, listed, association, paper.size)
        pages = sheet.pages(progress)
        for number, page in enumerate(pages, 1):
            sheet.draw(page, number, len(pages))
            progress.check()
    return len(pages)


_Set = tuple[PrintedRow, list[tuple[str, ...]], float]
"""A row, the lines of its cells, and its height in points."""


class _Sheet:
    """Sets and draws the pages of one list."""

    def __init__(
        self, canvas: Canvas, listed: PrintedList, association: Association, size: tuple[float, float]
    ) -> None:
        self.canvas, self.listed, self.association = canvas, listed, association
        self.words = Language(listed.language)
        self.width, self.top = size[0] - 2 * SIDE, size[1] - TOP
        regular, bold = fonts.face(association.font), fonts.face(association.font, fonts.BOLD)
        self.title, self.heads = Style(bold, 15, 19), Style(bold, 8.5, 11, GREY)
        self.group, self.body, self.small = (
            Style(bold, 9.5, 12.5),
            Style(regular, 9.5, 12.5),
            Style(regular, 9, 12, GREY),
        )
        self.widths = self._shared()
        self.lefts = [SIDE + sum(self.widths[:n]) + GAP * n for n in range(len(self.widths))]
        self.title_lines = wrapped(listed.title, self.title, self.width)
        self.below_lines = wrapped(listed.below, self.small, self.width) if listed.below else ()

    def _shared(self) -> list[float]:
        """The widths of the columns, as they are to each other on screen; no head is cut as long as there is room."""
        room = self.width - GAP * (len(self.listed.columns) - 1)
        heads = [self.heads.width(fonts.clean(column.head)) + 0.5 for column in self.listed.columns]
        share = room / sum(column.width for column in self.listed.columns)
        widths = [max(column.width * share, head) for column, head in zip(self.listed.columns, heads, strict=True)]
        over, spare = sum(widths) - room, sum(widths) - sum(heads)
        if over <= 0:
            return widths
        if over > spare:
            return [width * room / sum(widths) for width in widths]
        return [width - (width - head) * over / spare for width, head in zip(widths, heads, strict=True)]

    # Setting ---------------------------------------------------------------------------------------------------

    def pages(self, progress: Progress) -> list[list[_Set]]:
        """The rows of each page. The head of a group goes on with its first row."""
        pages: list[list[_Set]] = [[]]
        left = self._first_top() - HEADS - BOTTOM
        waiting: list[_Set] = []
        for row in self.listed.rows:
            waiting.append(self._set(row))
            progress.advance()
            if row.group:
                continue
            height = sum(height for _, _, height in waiting)
            if height > left and pages[-1]:
                pages.append([])
                left = self.top - HEADS - BOTTOM
            pages[-1] += waiting
            left -= height
            waiting = []
        return pages

    def _set(self, row: PrintedRow) -> _Set:
        if row.group:
            return row, [(shortened(fonts.clean(row.cells[0]), self.group, self.width),)], self.group.leading + 5 * mm
        cells = [self._lines(text, width) for text, width in zip(row.cells, self.widths, strict=True)]
        return row, cells, max(map(len, cells)) * self.body.leading + 2.4 * mm

    def _lines(self, text: str, width: float) -> tuple[str, ...]:
        if fonts.lacking(text, self.association.font):
            text = self.words(_BY_HAND)  # a gap would look like nobody
        lines = wrapped(text, self.body, width)
        if len(lines) > MOST_LINES:
            return (*lines[: MOST_LINES - 1], shortened(" ".join(lines[MOST_LINES - 1 :]), self.body, width))
        return lines

    # Drawing ---------------------------------------------------------------------------------------------------

    def draw(self, rows: Sequence[_Set], number: int, of: int) -> None:
        """Draw one page."""
        y = self._head() if number == 1 else self.top
        for column, left, width in zip(self.listed.columns, self.lefts, self.widths, strict=True):
            self._cell(
                (shortened(fonts.clean(column.head), self.heads, width),), self.heads, left, width, column.right, y
            )
        y -= HEADS
        self._rule(y, 0.8)
        for row, cells, height in rows:
            if row.group:
                draw(self.canvas, cells[0], self.group, SIDE, y - height + 2.2 * mm)
            else:
                for column, lines, left, width in zip(self.listed.columns, cells, self.lefts, self.widths, strict=True):
                    self._cell(lines, self.body, left, width, column.right, y - 1.1 * mm)
            y -= height
            self._rule(y, 0.4)
        page = self.words(say("Page {page} of {pages}", page=number, pages=of))
        name = shortened(fonts.clean(self.association.name), self.small, self.width / 2)
        draw(self.canvas, [name], self.small, SIDE, 12 * mm)
        draw_right(self.canvas, page, self.small, SIDE + self.width, 12 * mm)
        self.canvas.showPage()

    def _first_top(self) -> float:
        lines = len(self.title_lines) * self.title.leading + len(self.below_lines) * self.small.leading
        return self.top - lines - 4 * mm

    def _head(self) -> float:
        y = self.top - self.title.size
        draw(self.canvas, self.title_lines, self.title, SIDE, y)
        draw(self.canvas, self.below_lines, self.small, SIDE, y - len(self.title_lines) * self.title.leading)
        return self._first_top()

    def _cell(self, lines: tuple[str, ...], style: Style, left: float, width: float, right: bool, top: float) -> None:
        """Lines from `top` (points from below) down; `right` where they end at the right edge of the cell."""
        y = top - style.size
        if not right:
            draw(self.canvas, lines, style, left, y)
            return
        for line in lines:
            draw_right(self.canvas, line, style, left + width, y)
            y -= style.leading

    def _rule(self, y: float, thick: float) -> None:
        self.canvas.setStrokeColor(HAIR)
        self.canvas.setLineWidth(thick)
        self.canvas.line(SIDE, y, SIDE + self.width, y)
