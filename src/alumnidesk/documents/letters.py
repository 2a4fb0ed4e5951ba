"""A letter run as one PDF: letterhead drawn once, text that repeats drawn once, the rest set per letter.

About a thousand letters a second come from two rules: the page furniture is a form XObject, and so is every run of
paragraphs that occurs again. Nothing has to know which paragraphs hold placeholders.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, replace
from io import BytesIO
from itertools import groupby
from pathlib import Path

from reportlab.lib.units import mm
from reportlab.pdfgen.canvas import Canvas

from alumnidesk.documents import fonts
from alumnidesk.documents.furniture import LEFT, Furniture, fitted, picture
from alumnidesk.documents.paper import Window, from_top, new_canvas, window, write_whole
from alumnidesk.documents.return_code import ReturnCodes
from alumnidesk.documents.text import ASCENT, GREY, Style, draw, draw_right, shortened, wrapped
from alumnidesk.domain.association import Association
from alumnidesk.domain.letters import LetterPlan
from alumnidesk.i18n import Language, Message, say
from alumnidesk.progress import Progress

log = logging.getLogger(__name__)

_ADDRESS_ZONE, _ADDRESS_LEADING = 27.3 * mm, 4.55 * mm
"""Six lines at the bottom of the window (DIN 5008)."""
_RETURN_LINE = 5 * mm
_SIGNATURE_ROOM = 15 * mm
_REMEMBERED = 500
"""Texts that are kept in case they occur again."""
_TOP_OF_NEXT_PAGES = 30
"""Millimetres from the top."""


@dataclass(frozen=True, slots=True)
class PrintedRun:
    """What was printed: number of pages, the 0-based first page of each letter, and what could not be printed."""

    pages: int
    first_pages: tuple[int, ...]
    """In the order of the plans; -1 for a letter that could not be printed."""
    failed: tuple[tuple[LetterPlan, Message], ...] = ()


def print_run(
    plans: Sequence[LetterPlan], association: Association, out: Path, progress: Progress | None = None
) -> PrintedRun:
    """Write all letters into one PDF, in the order of `plans`.

    Under the name `out` there is the whole document or whatever was there before. A letter that cannot be set is left
    out and listed, the others are printed. Raises `Cancelled` (nothing was written) and OSError.
    """
    progress = progress or Progress()
    data, printed = run_pdf(plans, association, progress)
    progress.past_return()
    write_whole(out, data)
    return printed


def run_pdf(
    plans: Sequence[LetterPlan],
    association: Association,
    progress: Progress,
    only: Sequence[Collection[int]] | None = None,
) -> tuple[bytes, PrintedRun]:
    """The same as bytes; with `only` these pages (from 0) of each letter."""
    progress.begin(say("Printing letters …"), len(plans))
    data = BytesIO()
    printed = _print(plans, association, data, progress, only)
    return data.getvalue(), printed


def one_letter_pdf(plan: LetterPlan, association: Association) -> bytes:
    """One letter as a PDF document, for the preview."""
    data = BytesIO()
    _print([plan], association, data, Progress())
    return data.getvalue()


def _print(
    plans: Sequence[LetterPlan],
    association: Association,
    target: BytesIO,
    progress: Progress,
    only: Sequence[Collection[int]] | None = None,
) -> PrintedRun:
    place = window(association.window)
    canvas = new_canvas(
        target,
        size=place.size,
        title=fonts.clean(plans[0].subject) if plans else "",
        author=association.name,
        language=plans[0].language if plans else association.language,
        family=association.font,
    )
    press = _Press(canvas, association, place)
    first_pages: list[int] = []
    failed: list[tuple[LetterPlan, Message]] = []
    pages = 0
    for index, plan in enumerate(plans):
        try:
            letter = press.typeset(plan)
        except Exception:  # one letter must not take the others with it
            log.exception("a letter could not be set")
            failed.append((plan, say("This letter could not be printed.")))
            first_pages.append(-1)
        else:
            press.draw(letter, only[index] if only is not None else range(len(letter.pages)))
            first_pages.append(pages)
            pages += len(letter.pages)
        progress.advance()
    canvas.save()
    return PrintedRun(pages, tuple(first_pages), tuple(failed))


@dataclass(frozen=True, slots=True)
class _Block:
    """Set text, not yet on a page."""

    lines: tuple[str, ...]
    style: Style
    before: float
    """Room above, in points; not at the top of a page."""
    number: int = 0
    """Set for a text that occurs again in other letters: the same number for the same text."""

    @property
    def height(self) -> float:
        return len(self.lines) * self.style.leading

    def cut(self, count: int) -> tuple[_Block, _Block]:
        return _Block(self.lines[:count], self.style, self.before), _Block(self.lines[count:], self.style, 0)


@dataclass(frozen=True, slots=True)
class _SetLetter:
    """A letter with everything in its place; drawing it cannot fail any more."""

    plan: LetterPlan
    address: tuple[tuple[str, ...], Style]
    pages: tuple[tuple[tuple[_Block, float], ...], ...]
    """Per page the blocks with the upper edge of each, in points from the bottom."""


def fitted_address(lines: Sequence[str], place: Window, font: str) -> tuple[tuple[str, ...], Style, bool]:
    """The address in the largest size (10.5 to 6.5 points) in which it fits the window, and whether all of it does.

    A line that would make it small takes two, broken between words. What does not fit even then is shortened; nothing
    is ever printed beyond the window.
    """
    width = place.text.width * mm
    height = place.text.height * mm - (_RETURN_LINE if place.return_line else 0)
    cleaned = [fonts.clean(line) for line in lines]
    for half_points, most_lines in (*((size, 1) for size in (21, 20, 19)), *((size, 2) for size in range(21, 12, -1))):
        size = half_points / 2
        style = Style(font, size, _ADDRESS_LEADING * size / 10.5)
        broken = [_between_words(line, style, width) for line in cleaned]
        shown = [part for parts in broken for part in parts]
        if len(shown) * style.leading <= height and all(0 < len(parts) <= most_lines for parts in broken):
            return tuple(shown), style, True
    most = int(height / style.leading)
    shown = [shortened(line, style, width) for line in cleaned[:most]]
    if len(lines) > most:
        shown[-1] = shortened(shown[-1], style, width - style.width(" …")) + " …"
    return tuple(shown), style, False


def _between_words(line: str, style: Style, width: float) -> tuple[str, ...]:
    """The line in as many as it needs; none if a word is too long for one."""
    if style.width(line) <= width:
        return (line,)
    parts = wrapped(line, style, width)
    return parts if " ".join(parts) == " ".join(line.split()) else ()


def address_fits(lines: Sequence[str], association: Association) -> bool:
    """Whether an address shows in the envelope's window as a whole."""
    return fitted_address(lines, window(association.window), fonts.face(association.font))[2]


class _Press:
    """Sets and prints the letters of one run."""

    def __init__(self, canvas: Canvas, association: Association, place: Window) -> None:
        self.canvas = canvas
        self.association = association
        self.place = place
        self.furniture = Furniture(association, place)
        self.signature = picture(association.signature)
        self.width = self.furniture.right - LEFT
        regular, bold = self.furniture.regular, self.furniture.bold
        self.body = Style(regular, 10.5, 15.5)
        self.subject = Style(bold, 10.5, 15.5)
        self.small = Style(regular, 8.5, 12, GREY)
        self.codes = ReturnCodes(canvas, Style(regular, 6, 8), place.size)
        self._once: dict[tuple[str, Style, float], _Block] = {}
        self._again: dict[tuple[str, Style, float], _Block] = {}
        self._drawn_once: set[tuple[int, ...]] = set()
        self._forms: dict[tuple[int, ...] | tuple[str, ...], str] = {}

    # Setting ---------------------------------------------------------------------------------------------------------

    def typeset(self, plan: LetterPlan) -> _SetLetter:
        """Break the letter into lines and pages."""
        subject = [self._block(plan.subject, self.subject, 0)] if plan.subject else []
        gap = self.body.leading / 2
        paragraphs = [
            self._block(text, self.body, gap if index else 2 * gap) for index, text in enumerate(plan.paragraphs)
        ]
        pages = self._paged(subject + paragraphs, self._closing(plan))
        lines, style, _ = fitted_address(plan.address, self.place, self.furniture.regular)
        return _SetLetter(plan, (lines, style), pages)

    def _block(self, text: str, style: Style, before: float) -> _Block:
        """The text in lines; one that has been set before gets a number and is not broken anew."""
        key = (text, style, before)
        if block := self._again.get(key):
            return block
        if block := self._once.pop(key, None):
            block = self._again[key] = replace(block, number=len(self._again) + 1)
            return block
        if len(self._once) >= _REMEMBERED:  # what every recipient has of their own is of no use to the next one
            self._once.clear()
        block = self._once[key] = _Block(wrapped(text, style, self.width), style, before)
        return block

    def _closing(self, plan: LetterPlan) -> list[_Block]:
        """Closing words, room to sign, who signs: these stay together."""
        blocks = [self._block(plan.closing, self.body, self.body.leading / 2)] if plan.closing else []
        if self.association.signatory:
            blocks.append(self._block(self.association.signatory, self.body, _SIGNATURE_ROOM))
            if self.association.signatory_role:
                blocks.append(self._block(self.association.signatory_role, self.small, 0))
        return blocks

    def _paged(self, text: list[_Block], closing: list[_Block]) -> tuple[tuple[tuple[_Block, float], ...], ...]:
        top = from_top(self.place.size, self.place.subject)
        bottom = self.furniture.bottom
        pages: list[list[tuple[_Block, float]]] = [[]]
        y = top
        together = sum(block.before + block.height for block in closing)
        for index, block in enumerate(text):
            # the closing never stands alone on a page: the last lines of the text go with it
            reserve = together if index == len(text) - 1 and block.height + together < top - bottom else 0
            while True:
                before = block.before if pages[-1] else 0
                room = y - before - bottom
                if block.height + reserve <= room:
                    pages[-1].append((block, y - before))
                    y -= before + block.height
                    break
                fitting = min(int(room / block.style.leading), len(block.lines) - 2)
                if fitting >= 2 or not pages[-1]:
                    head, block = block.cut(max(fitting, 1))
                    pages[-1].append((head, y - before))
                pages.append([])
                y = from_top(self.place.size, _TOP_OF_NEXT_PAGES)
        if together > y - bottom:
            pages.append([])
            y = from_top(self.place.size, _TOP_OF_NEXT_PAGES)
        for block in closing:
            before = block.before if pages[-1] else 0
            pages[-1].append((block, y - before))
            y -= before + block.height
        return tuple(map(tuple, pages))

    # Printing --------------------------------------------------------------------------------------------------------

    def draw(self, letter: _SetLetter, wanted: Collection[int]) -> None:
        """Draw these pages of a letter."""
        canvas, plan = self.canvas, letter.plan
        for number, blocks in enumerate(letter.pages):
            if number not in wanted:
                continue
            if number == 0:
                self._furniture(("first", plan.language, plan.date), lambda page: self._first_page(page, plan))
                if plan.code:
                    self.codes.draw(plan.code)
                lines, style = letter.address
                draw(
                    canvas, lines, style, self.place.text.x * mm, self._address_top(lines, style) - ASCENT * style.size
                )
            else:
                self._furniture(("next",), self.furniture.next_page)
                name = shortened(fonts.clean(plan.name), self.small, self.width / 2)
                draw_right(canvas, name, self.small, self.furniture.right, from_top(self.place.size, 17))
            if len(letter.pages) > 1:
                page = say("Page {page} of {pages}", page=number + 1, pages=len(letter.pages))
                line = Language(plan.language)(page)
                draw_right(canvas, line, self.small, self.furniture.right, self.furniture.bottom - 4 * mm)
            for again, run in groupby(blocks, lambda placed: placed[0].number > 0):
                self._draw_run(list(run), again)
            if number == len(letter.pages) - 1:
                self._sign(blocks)
            canvas.showPage()

    def _address_top(self, lines: Sequence[str], style: Style) -> float:
        """Six lines and fewer start at the same height; more grow upwards into the zone above."""
        bottom = from_top(self.place.size, self.place.text.y + self.place.text.height)
        return bottom + max(_ADDRESS_ZONE, len(lines) * style.leading)

    def _first_page(self, canvas: Canvas, plan: LetterPlan) -> None:
        self.furniture.first_page(canvas)
        self.furniture.information(canvas, plan.language, plan.date)

    def _furniture(self, key: tuple[str, ...], drawing: Callable[[Canvas], None]) -> None:
        if key not in self._forms:
            self._make_form(key, drawing, 0)
        self.canvas.doForm(self._forms[key])

    def _draw_run(self, run: list[tuple[_Block, float]], again: bool) -> None:
        """Draw blocks below each other; a run that was drawn before as a form, which costs as little as one line."""
        top = run[0][1]
        key = tuple(block.number for block, _ in run)
        if not again or key not in self._drawn_once:
            self._drawn_once |= {key} if again else set()
            _draw_blocks(self.canvas, run, 0)
            return
        if key not in self._forms:
            self._make_form(key, lambda page: _draw_blocks(page, run, -top), -self.place.size[1])
        self.canvas.saveState()
        self.canvas.translate(0, top)
        self.canvas.doForm(self._forms[key])
        self.canvas.restoreState()

    def _make_form(
        self, key: tuple[int, ...] | tuple[str, ...], drawing: Callable[[Canvas], None], lowest: float
    ) -> None:
        name = self._forms[key] = f"form{len(self._forms)}"
        self.canvas.beginForm(name, 0, int(lowest), *map(int, self.place.size))
        drawing(self.canvas)
        self.canvas.endForm()

    def _sign(self, blocks: Sequence[tuple[_Block, float]]) -> None:
        """Put the picture of the signature above the signatory's name."""
        if not self.signature:
            return
        for block, top in blocks:
            if block.before == _SIGNATURE_ROOM:
                width, height = fitted(self.signature, 60 * mm, _SIGNATURE_ROOM - 2 * mm)
                self.canvas.drawImage(self.signature, LEFT, top + 1 * mm, width, height, mask="auto")


def _draw_blocks(canvas: Canvas, run: Sequence[tuple[_Block, float]], up: float) -> None:
    for block, top in run:
        draw(canvas, block.lines, block.style, LEFT, top + up - block.style.size)
