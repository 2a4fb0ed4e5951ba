"""A letter run as one PDF: letterhead drawn once, text that repeats drawn once, the rest set per letter.

More than a thousand letters a second come from two rules: the page furniture is a form XObject, and so is every run of
blocks that occurs again. Nothing has to know which of them hold placeholders. The rest is left to `text_object`.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Collection, Hashable, Mapping, Sequence
from dataclasses import dataclass
from io import BytesIO
from itertools import groupby
from types import MappingProxyType

from reportlab.lib.units import mm
from reportlab.pdfgen.canvas import Canvas

from alumnidesk.documents import fonts
from alumnidesk.documents.blocks import Block
from alumnidesk.documents.composing import GAP, Composer
from alumnidesk.documents.furniture import ABOVE_NEXT, LEFT, Furniture, picture
from alumnidesk.documents.pages import Page, Placed, Room, paged
from alumnidesk.documents.paper import Paper, from_top, new_canvas
from alumnidesk.documents.return_code import ReturnCodes
from alumnidesk.documents.style import ASCENT, GREY, Style
from alumnidesk.documents.text import draw, draw_right, shortened, wrapped
from alumnidesk.domain.association import Association
from alumnidesk.domain.envelope_windows import Window, window_of
from alumnidesk.domain.letters import LetterPlan
from alumnidesk.errors import AlumniDeskError, Refused
from alumnidesk.i18n import Language, Message, say
from alumnidesk.progress import Progress

log = logging.getLogger(__name__)

_ADDRESS_ZONE, _ADDRESS_LEADING = 27.3 * mm, 4.55 * mm
"""Six lines at the bottom of the window (DIN 5008)."""
_RETURN_LINE = 5 * mm
_NO_PICTURES: Mapping[str, bytes] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class PrintedRun:
    """What was printed: number of pages, the 0-based first page of each letter, and what could not be printed."""

    pages: int
    first_pages: tuple[int, ...]
    """In the order of the plans; -1 for a letter that could not be printed."""
    failed: tuple[tuple[LetterPlan, Message], ...] = ()


def run_pdf(
    plans: Sequence[LetterPlan],
    association: Association,
    progress: Progress | None = None,
    only: Sequence[Collection[int]] | None = None,
    pictures: Mapping[str, bytes] = _NO_PICTURES,
) -> tuple[bytes, PrintedRun]:
    """All letters as one PDF document, in the order of `plans`; with `only` these pages (from 0) of each.

    `pictures` are the stored files that they show, by key. A letter that cannot be set is left out and listed, the
    others are printed. Raises `Cancelled`.
    """
    progress = progress or Progress()
    progress.begin(say("Printing letters …"), len(plans))
    data = BytesIO()
    printed = _print(plans, association, data, progress, only, pictures)
    return data.getvalue(), printed


def one_letter_pdf(
    plan: LetterPlan,
    association: Association,
    pictures: Mapping[str, bytes] = _NO_PICTURES,
    *,
    draft: bool = False,
) -> bytes:
    """One letter as a PDF document. Raises Refused if it cannot be printed.

    A `draft` can be looked at even so: it has an empty frame where a QR code would be too small.
    """
    data = BytesIO()
    printed = _print([plan], association, data, Progress(), None, pictures, draft=draft)
    if printed.failed:
        raise Refused(printed.failed[0][1])
    return data.getvalue()


def _print(
    plans: Sequence[LetterPlan],
    association: Association,
    target: BytesIO,
    progress: Progress,
    only: Sequence[Collection[int]] | None,
    pictures: Mapping[str, bytes],
    *,
    draft: bool = False,
) -> PrintedRun:
    place = window_of(association)
    title, language = (fonts.clean(plans[0].subject), plans[0].language) if plans else ("", association.language)
    canvas = new_canvas(target, association, Paper(place.size, title, language, exact=True))
    press = _Press(canvas, association, place, pictures, draft=draft)
    first_pages: list[int] = []
    failed: list[tuple[LetterPlan, Message]] = []
    pages = 0
    for index, plan in enumerate(plans):
        try:
            letter = press.typeset(plan)
        except AlumniDeskError as problem:
            failed.append((plan, problem.message))
            first_pages.append(-1)
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
class _SetLetter:
    """A letter with everything in its place; drawing it cannot fail any more."""

    plan: LetterPlan
    address: tuple[tuple[str, ...], Style]
    pages: Sequence[Page]


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
    return fitted_address(lines, window_of(association), fonts.face(association.font))[2]


class _Press:
    """Sets and prints the letters of one run."""

    def __init__(
        self, canvas: Canvas, association: Association, place: Window, pictures: Mapping[str, bytes], *, draft: bool
    ) -> None:
        self.canvas = canvas
        self.association = association
        self.place = place
        self.furniture = Furniture(association, place)
        self.width = self.furniture.right - LEFT
        tops = from_top(place.size, place.subject), from_top(place.size, self.furniture.next_top)
        self.room = Room(*tops, self.furniture.bottom)
        room = self.width, min(tops) - self.furniture.bottom
        signature = picture(association.signature)
        self.composer = Composer(association.font, room, pictures, signature, draft=draft)
        regular, bold = self.furniture.regular, self.furniture.bold
        self.body = Style(regular, 10.5, 15.5)
        self.subject = Style(bold, 10.5, 15.5)
        self.small = Style(regular, 8.5, 12, GREY)
        self.codes = ReturnCodes(canvas, Style(regular, 6, 8), place.size)
        self._drawn_once: set[Hashable] = set()
        self._forms: dict[Hashable, str] = {}

    # Setting ---------------------------------------------------------------------------------------------------------

    def typeset(self, plan: LetterPlan) -> _SetLetter:
        """Break the letter into lines and pages."""
        subject = [self.composer.words(plan.subject, self.subject, 0)] if plan.subject else []
        text = self.composer.compose(plan.text)
        closing = self._closing(plan, signed=text.signed)
        pages = paged([*subject, *text.flow], closing, text.slip, self.room)
        lines, style, _ = fitted_address(plan.address, self.place, self.furniture.regular)
        return _SetLetter(plan, (lines, style), pages)

    def _closing(self, plan: LetterPlan, *, signed: bool) -> list[Block]:
        """Closing words, room to sign unless that has its place in the text, who signs: these stay together."""
        words = self.composer.words
        blocks = [words(plan.closing, self.body, GAP)] if plan.closing else []
        if self.association.signatory:
            blocks += [] if signed else [self.composer.room_to_sign()]
            blocks.append(words(self.association.signatory, self.body, GAP if signed else 0))
            if self.association.signatory_role:
                blocks.append(words(self.association.signatory_role, self.small, 0))
        return blocks

    # Printing --------------------------------------------------------------------------------------------------------

    def draw(self, letter: _SetLetter, wanted: Collection[int]) -> None:
        """Draw these pages of a letter."""
        canvas, plan = self.canvas, letter.plan
        for number, blocks in enumerate(letter.pages):
            if number not in wanted:
                continue
            if number == 0:
                self._as_form(("first", plan.language, plan.date), lambda page: self._first_page(page, plan))
                if plan.code:
                    self.codes.draw(plan.code)
                lines, style = letter.address
                draw(
                    canvas, lines, style, self.place.text.x * mm, self._address_top(lines, style) - ASCENT * style.size
                )
            else:
                self._as_form(("next",), self.furniture.next_page)
                name = shortened(fonts.clean(plan.name), self.small, self.width / 2)
                draw_right(
                    canvas,
                    name,
                    self.small,
                    self.furniture.right,
                    from_top(self.place.size, self.furniture.next_top - ABOVE_NEXT),
                )
            if len(letter.pages) > 1:
                page = say("Page {page} of {pages}", page=number + 1, pages=len(letter.pages))
                line = Language(plan.language)(page)
                draw_right(canvas, line, self.small, self.furniture.right, self.furniture.bottom - 4 * mm)
            for again, run in groupby(blocks, lambda placed: placed[0].number > 0):
                self._draw_run(list(run), again)
            canvas.showPage()

    def _address_top(self, lines: Sequence[str], style: Style) -> float:
        """Six lines and fewer start at the same height; more grow upwards, as far as there is room above."""
        bottom = from_top(self.place.size, self.place.text.y + self.place.text.height)
        return bottom + min(self.place.text.height * mm, max(_ADDRESS_ZONE, len(lines) * style.leading))

    def _first_page(self, canvas: Canvas, plan: LetterPlan) -> None:
        self.furniture.first_page(canvas)
        self.furniture.information(canvas, plan.language, plan.date)

    def _draw_run(self, run: Sequence[Placed], again: bool) -> None:
        """Draw blocks below each other; a run that was drawn before as a form, which costs as little as one line."""
        key = tuple((block.number, round(top, 1)) for block, top in run) if again else ()
        if key in self._drawn_once:
            self._as_form(key, lambda page: _draw_blocks(page, run))
            return
        self._drawn_once |= {key} if again else set()
        _draw_blocks(self.canvas, run)

    def _as_form(self, key: Hashable, drawing: Callable[[Canvas], None]) -> None:
        """Draw what is on many pages at the same place, once for all of them."""
        if key not in self._forms:
            name = self._forms[key] = f"form{len(self._forms)}"
            self.canvas.beginForm(name, 0, 0, *map(int, self.place.size))
            drawing(self.canvas)
            self.canvas.endForm()
        self.canvas.doForm(self._forms[key])


def _draw_blocks(canvas: Canvas, run: Sequence[Placed]) -> None:
    for block, top in run:
        block.content.draw(canvas, LEFT, top)
