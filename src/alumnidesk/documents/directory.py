"""A printed directory: title page, contents, the entries in one column or two, and an index of names.

Everything is set before anything is drawn, so that the contents know the pages. Photos are read and made small one by
one, each picture once, however often it occurs.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from io import BytesIO
from pathlib import Path

from PIL import Image, ImageOps
from reportlab.lib.pagesizes import A4
from reportlab.lib.units import mm
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas

from alumnidesk.documents import fonts
from alumnidesk.documents.furniture import colour, fitted, picture
from alumnidesk.documents.paper import Paper, document, from_top
from alumnidesk.documents.style import GREY, HAIR, Style
from alumnidesk.documents.text import draw, draw_right, shortened, wrapped
from alumnidesk.domain.association import Association
from alumnidesk.domain.directory import DirectoryPlan, Entry
from alumnidesk.domain.folding import fold
from alumnidesk.i18n import Language, say
from alumnidesk.progress import Progress

LEFT, RIGHT, TOP, BOTTOM = 20 * mm, A4[0] - 20 * mm, A4[1] - 28 * mm, 24 * mm
HEAD, FOOT = A4[1] - 18 * mm, 13 * mm
"""Baselines of what stands above and below the text of each page."""
GAP = 8 * mm
"""Between two columns."""
_PHOTO = 17 * mm, 22 * mm
_PHOTO_PIXELS = 200, 259
"""The same at 300 dots per inch."""
_PHOTO_GAP = 3 * mm
_BETWEEN, _BEFORE_HEADING = 7.0, 12.0
"""Points above an entry and above a heading; not at the top of a column."""
_HEADING_LINES = 3
_INDEX_COLUMNS, _CONTENTS_COLUMNS = 3, 2


def print_directory(
    plan: DirectoryPlan,
    association: Association,
    photo: Callable[[str], bytes],
    out: Path,
    progress: Progress | None = None,
) -> int:
    """Write a directory as PDF; returns its number of pages. `photo` reads a stored picture by its key.

    Under the name `out` there is the whole document or whatever was there before. Raises `Cancelled` and OSError.
    """
    progress = progress or Progress()
    progress.begin(say("Printing the directory …"), plan.people)
    with document(out, association, Paper(A4, fonts.clean(plan.title), plan.language), progress) as canvas:
        return _Press(canvas, plan, association, photo).print(progress)


@dataclass(frozen=True, slots=True)
class _Part:
    """Lines that stay together: a heading, an entry, or a piece of an entry that is longer than a column."""

    lines: tuple[tuple[str, Style], ...]
    before: float
    least: float = 0
    """So high it is at least, for the photo."""
    photo: str = ""
    entry: Entry | None = None
    heading: str = ""

    @property
    def height(self) -> float:
        return max(sum(style.leading for _, style in self.lines), self.least)


@dataclass(slots=True)
class _Page:
    """What stands on a page of entries: each part with the left and upper edge, in points."""

    parts: list[tuple[_Part, float, float]] = field(default_factory=list)
    chapters: list[str] = field(default_factory=list)
    """The headings under which something stands here."""

    @property
    def names(self) -> list[str]:
        return [part.entry.name for part, *_ in self.parts if part.entry is not None]


class _Press:
    """Sets and draws one directory."""

    def __init__(
        self, canvas: Canvas, plan: DirectoryPlan, association: Association, photo: Callable[[str], bytes]
    ) -> None:
        self.canvas, self.plan, self.association = canvas, plan, association
        self.words = Language(plan.language)
        regular, bold = fonts.face(association.font), fonts.face(association.font, fonts.BOLD)
        self.accent = colour(association.accent)
        self.name, self.body = Style(bold, 9.5, 13), Style(regular, 8.5, 11.5)
        self.heading = Style(bold, 13, 20, self.accent)
        self.small, self.row = Style(regular, 8, 11, GREY), Style(regular, 10, 17)
        self.part_head = Style(bold, 17, 30, self.accent)
        self.columns = max(1, plan.columns)
        self.width = (RIGHT - LEFT - (self.columns - 1) * GAP) / self.columns
        self._read_photo = photo
        self._photos: dict[str, ImageReader | None] = {}
        self._number = 0

    def print(self, progress: Progress) -> int:
        """Draw all pages; returns how many there are."""
        pages = self._pages()
        contents = -(-len(self.plan.chapters) // (self._list_setting(_CONTENTS_COLUMNS)[1] * _CONTENTS_COLUMNS))
        begins: dict[str, int] = {}
        found: dict[tuple[str, int], list[int]] = {}
        for number, page in enumerate(pages, 1 + contents + 1):
            for part, *_ in page.parts:
                if part.heading:
                    begins[part.heading] = number
                elif part.entry is not None and number not in found.setdefault(
                    (part.entry.name, part.entry.contact), []
                ):
                    found[part.entry.name, part.entry.contact].append(number)
        self._title_page()
        self._lists(self.words(say("Contents")), [(name, str(page), page) for name, page in begins.items()],
                    _CONTENTS_COLUMNS)  # fmt: skip
        for page in pages:
            self._draw(page)
            progress.advance(len(page.names))
        if not self.plan.by_name:
            names = [
                (name, ", ".join(map(str, numbers)), numbers[0])
                for (name, _), numbers in sorted(found.items(), key=lambda one: (fold(one[0][0]), one[0][1]))
            ]
            self._lists(self.words(say("Names")), names, _INDEX_COLUMNS)
        return self._number

    # Setting ---------------------------------------------------------------------------------------------------

    def _pages(self) -> list[_Page]:
        """All entries, column by column. A heading never stands alone at the foot, an entry is divided only where it is
        longer than a column."""
        pages: list[_Page] = []
        column, y = self.columns, 0.0
        for parts in self._together():
            needed = sum(part.height + (part.before if number else 0) for number, part in enumerate(parts))
            before = parts[0].before if y < TOP else 0
            if column >= self.columns or y - before - needed < BOTTOM:
                column, y, before = column + 1, TOP, 0
                if column >= self.columns:
                    pages.append(_Page())
                    column = 0
            for number, part in enumerate(parts):
                y -= part.before if number else before
                pages[-1].parts.append((part, LEFT + column * (self.width + GAP), y))
                y -= part.height
        self._note_chapters(pages)
        return pages

    @staticmethod
    def _note_chapters(pages: list[_Page]) -> None:
        chapter = ""
        for page in pages:
            for part, *_ in page.parts:
                chapter = part.heading or chapter
                if chapter not in page.chapters:
                    page.chapters.append(chapter)

    def _together(self) -> Iterator[list[_Part]]:
        """What has to stand in one column: an entry, the first one of a chapter with its heading."""
        for chapter in self.plan.chapters:
            lines = wrapped(chapter.heading, self.heading, self.width)
            if len(lines) > _HEADING_LINES:
                last = shortened(" ".join(lines[_HEADING_LINES - 1 :]), self.heading, self.width)
                lines = (*lines[: _HEADING_LINES - 1], last)
            head = [_Part(tuple((line, self.heading) for line in lines), _BEFORE_HEADING, heading=chapter.heading)]
            for entry in chapter.entries:
                first, *more = self._entry(entry, sum(part.height for part in head))
                yield [*head, first]
                yield from ([part] for part in more)
                head = []

    def _entry(self, entry: Entry, above: float) -> Iterator[_Part]:
        """An entry as one part, or as several where it does not fit into a column below what stands `above` it."""
        width = self.width - (_PHOTO[0] + _PHOTO_GAP if entry.photo else 0)
        lines = [(line, self.name) for line in wrapped(entry.name, self.name, width)]
        lines += [(line, self.body) for text in entry.lines for line in wrapped(text, self.body, width)]
        photo, least, room = entry.photo, _PHOTO[1] if entry.photo else 0, TOP - BOTTOM - above - _BETWEEN
        while lines:
            count, height = 0, 0.0
            while count < len(lines) and height + lines[count][1].leading <= room:
                height += lines[count][1].leading
                count += 1
            yield _Part(tuple(lines[:count]), _BETWEEN, least, photo, entry)
            lines = lines[count:]
            photo, least, room = "", 0, TOP - BOTTOM

    # Drawing ---------------------------------------------------------------------------------------------------

    def _title_page(self) -> None:
        canvas, width = self.canvas, RIGHT - LEFT
        y = from_top(A4, 60)
        if logo := picture(self.association.logo):
            wide, high = fitted(logo, 70 * mm, 28 * mm)
            logo.draw(canvas, LEFT, y, wide, high)
        y -= 40 * mm
        title = Style(self.name.font, 30, 36, self.accent)
        lines = wrapped(self.plan.title, title, width)[:4]
        draw(canvas, lines, title, LEFT, y)
        y -= len(lines) * title.leading
        whose = (self.association.name, Style(self.name.font, 14, 20))
        for text, style in (whose, (self.association.strapline, Style(self.body.font, 11, 16))):
            lines = wrapped(text, style, width)[:3] if text else ()
            draw(canvas, lines, style, LEFT, y)
            y -= len(lines) * style.leading
        self._rule(y - 2 * mm)
        body = Style(self.body.font, 10.5, 15)
        draw(canvas, [self.words(say("As of {day}", day=self.plan.day))], body, LEFT, y - 10 * mm)
        draw(canvas, wrapped(self.plan.note, body, width)[:3], body, LEFT, y - 10 * mm - body.leading)
        self._end_page()

    def _draw(self, page: _Page) -> None:
        names, heads = page.names, page.chapters
        first, last = (names[0], names[-1]) if self.plan.by_name and names else (heads[0], heads[-1])
        half = (RIGHT - LEFT) / 2 - 3 * mm
        self._head(shortened(fonts.clean(first), self.small, half), shortened(fonts.clean(last), self.small, half))
        for part, x, top in page.parts:
            self._part(part, x, top)
        self._foot()
        self._end_page()

    def _part(self, part: _Part, x: float, top: float) -> None:
        y = top
        for style, lines in _alike(part.lines):
            draw(self.canvas, lines, style, x, y - style.size)
            y -= len(lines) * style.leading
        if part.heading:
            self.canvas.bookmarkHorizontal(part.heading, 0, top + 6)
            self.canvas.addOutlineEntry(fonts.clean(part.heading), part.heading, 0)
        if part.photo and (image := self._photo(part.photo)) is not None:
            wide, high = _PHOTO
            self.canvas.drawImage(image, x + self.width - wide, top - high, wide, high)

    def _photo(self, key: str) -> ImageReader | None:
        if key not in self._photos:
            self._photos[key] = _small(self._read_photo(key))
        return self._photos[key]

    def _lists(self, head: str, rows: Sequence[tuple[str, str, int]], columns: int) -> None:
        """Texts with their page numbers, in as many pages as they need."""
        style, per_column = self._list_setting(columns)
        width = (RIGHT - LEFT - (columns - 1) * GAP) / columns
        for start in range(0, len(rows), per_column * columns):
            if not start:
                draw(self.canvas, [head], self.part_head, LEFT, TOP - self.part_head.size)
                self.canvas.bookmarkPage(f"list {head}")
                self.canvas.addOutlineEntry(head, f"list {head}", 0)
            for place, (text, pages, first) in enumerate(rows[start : start + per_column * columns]):
                x = LEFT + place // per_column * (width + GAP)
                y = TOP - self.part_head.leading - (place % per_column + 1) * style.leading
                self._list_row(text, pages, first, style, x, y, width)
            self._foot()
            self._end_page()

    def _list_setting(self, columns: int) -> tuple[Style, int]:
        """How a list in so many columns is set, and how many rows fit into a column."""
        style = self.row if columns == _CONTENTS_COLUMNS else Style(self.body.font, 8.5, 12)
        return style, int((TOP - self.part_head.leading - BOTTOM) / style.leading)

    def _list_row(self, text: str, pages: str, first: int, style: Style, x: float, y: float, width: float) -> None:
        room = width - style.width(pages) - 2 * mm
        line = shortened(fonts.clean(text), style, room)
        draw(self.canvas, [line], style, x, y)
        draw_right(self.canvas, pages, style, x + width, y)
        self.canvas.linkAbsolute("", f"page {first}", (x, y - 3, x + width, y + style.size))
        if (gap := room - style.width(line)) > 6 * mm:
            self.canvas.setStrokeColor(HAIR)
            self.canvas.setLineWidth(0.5)
            self.canvas.setDash(0.5, 2.5)
            self.canvas.line(x + width - style.width(pages) - gap, y, x + width - style.width(pages) - 2 * mm, y)
            self.canvas.setDash()

    # Furniture -------------------------------------------------------------------------------------------------

    def _head(self, left: str, right: str) -> None:
        draw(self.canvas, [left], self.small, LEFT, HEAD)
        if right != left:
            draw_right(self.canvas, right, self.small, RIGHT, HEAD)
        self._rule(HEAD - 2 * mm)

    def _foot(self) -> None:
        """Whose directory it is, for whom, and of which day; and the page."""
        page = str(self._number + 1)
        said = " · ".join(filter(None, (self.association.name, self.plan.note, self.plan.day)))
        self._rule(FOOT + 4 * mm)
        room = RIGHT - LEFT - self.name.width(page) - 6 * mm
        draw(self.canvas, [shortened(fonts.clean(said), self.small, room)], self.small, LEFT, FOOT)
        draw_right(self.canvas, page, self.name, RIGHT, FOOT)

    def _rule(self, y: float) -> None:
        self.canvas.setStrokeColor(HAIR)
        self.canvas.setLineWidth(0.5)
        self.canvas.line(LEFT, y, RIGHT, y)

    def _end_page(self) -> None:
        self._number += 1
        self.canvas.bookmarkPage(f"page {self._number}")
        self.canvas.showPage()


def _alike(lines: Sequence[tuple[str, Style]]) -> Iterator[tuple[Style, list[str]]]:
    """Lines of one style in one piece: it is drawn at once."""
    gathered: list[str] = []
    last: Style | None = None
    for line, style in lines:
        if last is not None and style is not last:
            yield last, gathered
            gathered = []
        gathered.append(line)
        last = style
    if last is not None:
        yield last, gathered


def _small(data: bytes) -> ImageReader | None:
    """A photo cut to the room that it has, no larger than printing needs; None when there is none or it is damaged."""
    if not data:
        return None
    try:
        with Image.open(BytesIO(data), formats=("PNG", "JPEG")) as image:
            image.thumbnail((4 * _PHOTO_PIXELS[0], 4 * _PHOTO_PIXELS[1]))
            upright = ImageOps.exif_transpose(image).convert("RGBA")
            ground = Image.new("RGBA", upright.size, "white")
            cut = ImageOps.fit(
                Image.alpha_composite(ground, upright).convert("RGB"), _PHOTO_PIXELS, centering=(0.5, 0.35)
            )
    except (OSError, ValueError, SyntaxError, Image.DecompressionBombError):  # what Pillow raises for damaged files
        return None
    made = BytesIO()
    cut.save(made, "JPEG", quality=85)
    made.seek(0)
    return ImageReader(made)
