"""The list of an event on paper: who is expected, with a line for each signature, and lines for unannounced guests."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from reportlab.lib.pagesizes import A4
from reportlab.lib.units import mm
from reportlab.pdfgen.canvas import Canvas

from alumnidesk.documents import fonts
from alumnidesk.documents.paper import Paper, document
from alumnidesk.documents.style import GREY, HAIR, Style
from alumnidesk.documents.text import draw, draw_right, in_two, shortened, wrapped
from alumnidesk.domain import seats
from alumnidesk.domain.association import Association
from alumnidesk.domain.cards import COMING, INVITED, WAITLIST, EventCard, Participation
from alumnidesk.domain.days import span_words
from alumnidesk.i18n import Language, Message, say, say_n
from alumnidesk.progress import Progress

LEFT, RIGHT, TOP, BOTTOM = 20 * mm, A4[0] - 15 * mm, A4[1] - 20 * mm, 20 * mm
ROW = 8.5 * mm
"""High enough to sign in."""
RAISED = 2.6 * mm
"""So much higher begins the first of two small lines in a row."""
FREE_ROWS = 4
"""Empty lines at the end, for guests whom nobody announced; fewer where the page ends, so that none stand alone."""
LEAST_FREE, TAKEN_OVER = 2, 3
"""Where not even so many fit, the last few people go over to a new page with all of them."""
_Row = tuple[int, Participation | None]
"""A number and who has it; nobody on a free line."""
_STATES = {COMING: say("Coming"), INVITED: say("No answer"), WAITLIST: say("Waiting list")}
_BY_HAND = say("please write in by hand")
"""In place of a name whose letters the font does not have."""


@dataclass(frozen=True, slots=True)
class _Column:
    head: Message
    left: float
    """Points from the left edge of the table."""
    width: float
    text: Callable[[int, Participation], str | Message]
    right: bool = False


_COLUMNS = (
    _Column(say("No."), 0, 8 * mm, lambda number, person: str(number), right=True),
    _Column(say("Name"), 11 * mm, 50 * mm, lambda number, person: person.name),
    _Column(say("Town"), 63 * mm, 28 * mm, lambda number, person: person.town),
    _Column(say("Answer"), 93 * mm, 25 * mm, lambda number, person: _STATES[person.state]),
    _Column(say("Companions"), 118 * mm, 20 * mm, lambda number, person: str(person.companions or "–"), right=True),
    _Column(say("Signature"), 142 * mm, 33 * mm, lambda number, person: ""),
)


def print_roster(
    event: EventCard,
    people: Sequence[Participation],
    association: Association,
    out: Path,
    *,
    language: str,
    progress: Progress | None = None,
) -> int:
    """Write the sign-in sheet of an event; returns its number of pages. Who is not coming is left out.

    Under the name `out` there is the whole document or whatever was there before. Raises `Cancelled` and OSError.
    """
    progress = progress or Progress()
    expected = [person for person in people if person.state in _STATES]
    progress.begin(say("Printing the list …"), len(expected))
    with document(out, association, Paper(A4, fonts.clean(event.title), language), progress) as canvas:
        sheet = _Sheet(canvas, event, expected, association, Language(language))
        pages = sheet.pages()
        for number, page in enumerate(pages, 1):
            sheet.draw(page, number, len(pages))
            progress.advance(len(page))
    return len(pages)


class _Sheet:
    """Sets and draws the pages of one list."""

    def __init__(
        self,
        canvas: Canvas,
        event: EventCard,
        people: Sequence[Participation],
        association: Association,
        words: Language,
    ) -> None:
        self.canvas, self.words, self.association = canvas, words, association
        regular, bold = fonts.face(association.font), fonts.face(association.font, fonts.BOLD)
        self.title, self.bold = Style(bold, 17, 22), Style(bold, 8.5, 11, GREY)
        self.body, self.small = Style(regular, 10, 13), Style(regular, 9, 12, GREY)
        self.narrow = Style(regular, 8.5, 10.5)
        width = RIGHT - LEFT
        code = words.code
        when = span_words(event.starts_on, event.starts_at, event.ends_on, event.ends_at, code)
        self.event_title = fonts.clean(event.title)
        self.title_lines = wrapped(event.title, self.title, width)
        self.when_lines = wrapped(", ".join(part for part in (when, event.place) if part), self.body, width)
        if len(self.when_lines) > 1:
            self.when_lines = wrapped(when, self.body, width) + wrapped(event.place, self.body, width)
        taken = seats.taken(people)
        self.counts = words(
            say_n("{n} person is coming, companions included", "{n} people are coming, companions included", taken)
        )
        self.people = list(enumerate(people, 1))

    def _first_top(self) -> float:
        lines = len(self.title_lines) * self.title.leading + len(self.when_lines) * self.body.leading
        return TOP - lines - self.small.leading - 6 * mm

    def pages(self) -> list[list[_Row]]:
        """The rows of each page: the people, then free lines on the page where they end."""
        first = int((self._first_top() - 7 * mm - BOTTOM) / ROW)
        other = int((TOP - 7 * mm - 7 * mm - BOTTOM) / ROW)
        pages: list[list[_Row]] = [[*self.people[:first]]]
        pages += [[*self.people[start : start + other]] for start in range(first, len(self.people), other)]
        room = (first if len(pages) == 1 else other) - len(pages[-1])
        if room < LEAST_FREE:
            pages.append(pages[-1][-TAKEN_OVER:])
            del pages[-2][-TAKEN_OVER:]
            room = other - len(pages[-1])
        pages[-1] += [(0, None)] * min(FREE_ROWS, room)
        return pages

    def draw(self, rows: Sequence[_Row], number: int, of: int) -> None:
        """Draw one page."""
        y = self._head() if number == 1 else self._next_head()
        self._column_heads(y)
        y -= 7 * mm
        for place, person in rows:
            y -= ROW
            self._row(place, person, y)
        page = self.words(say("Page {page} of {pages}", page=number, pages=of))
        draw(
            self.canvas,
            [shortened(fonts.clean(self.association.name), self.small, 110 * mm)],
            self.small,
            LEFT,
            12 * mm,
        )
        draw_right(self.canvas, page, self.small, RIGHT, 12 * mm)
        self.canvas.showPage()

    def _head(self) -> float:
        y = TOP - self.title.size
        draw(self.canvas, self.title_lines, self.title, LEFT, y)
        y -= len(self.title_lines) * self.title.leading
        draw(self.canvas, self.when_lines, self.body, LEFT, y)
        y -= len(self.when_lines) * self.body.leading
        draw(self.canvas, [self.counts], self.small, LEFT, y)
        return self._first_top()

    def _next_head(self) -> float:
        draw(self.canvas, [shortened(self.event_title, self.bold, RIGHT - LEFT)], self.bold, LEFT, TOP - 3 * mm)
        return TOP - 7 * mm

    def _column_heads(self, top: float) -> None:
        for column in _COLUMNS:
            self._cell(column, self.words(column.head), self.bold, top - 4.5 * mm)
        self._rule(top - 7 * mm, 0.8)

    def _row(self, place: int, person: Participation | None, y: float) -> None:
        if person is not None:
            for column in _COLUMNS:
                text, style = column.text(place, person), self.body
                if isinstance(text, str) and fonts.lacking(text, self.association.font):
                    text, style = _BY_HAND, self.small  # a gap would look like nobody
                shown = self.words(text) if isinstance(text, Message) else fonts.clean(text)
                self._cell(column, shown, style, y + 2.6 * mm)
        self._rule(y, 0.4)

    def _cell(self, column: _Column, text: str, style: Style, y: float) -> None:
        if style is self.body and style.width(text) > column.width:
            lines = in_two(text, self.narrow, column.width)
            draw(self.canvas, lines, self.narrow, LEFT + column.left, y + RAISED * (len(lines) - 1))
            return
        line = shortened(text, style, column.width)
        if column.right:
            draw_right(self.canvas, line, style, LEFT + column.left + column.width, y)
        else:
            draw(self.canvas, [line], style, LEFT + column.left, y)

    def _rule(self, y: float, width: float) -> None:
        self.canvas.setStrokeColor(HAIR)
        self.canvas.setLineWidth(width)
        self.canvas.line(LEFT, y, RIGHT, y)
