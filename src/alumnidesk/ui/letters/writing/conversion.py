"""A letter's text into Qt's document and back, exactly (`normal`), without Qt's own ways of reading and writing."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import count, groupby

from PySide6.QtGui import (
    QTextBlock,
    QTextBlockFormat,
    QTextBlockUserData,
    QTextCharFormat,
    QTextCursor,
    QTextDocument,
    QTextFormat,
    QTextTable,
)

from alumnidesk.domain.letter_text import (
    Block,
    Code,
    Document,
    Inner,
    NewPage,
    Paragraph,
    Picture,
    Run,
    Runs,
    Signature,
    Slip,
    Table,
    tidy,
    tidy_runs,
    with_contents,
)
from alumnidesk.ui.letters.writing.formats import (
    CHIP,
    CODE,
    FILE,
    FILLER,
    LEVEL,
    MARK,
    NEW_PAGE,
    OBJECT_SIGN,
    OBJECTS,
    ONLY,
    PICTURE,
    PLACEHOLDER,
    SAYS,
    SIGNATURE,
    SLIP,
    SLIP_ONLY,
    WIDTH,
    Measures,
    align_of,
    block_format,
    char_format,
    chip_format,
    fragments,
    joined,
    qt_text,
    run_of,
    runs_of,
    size_of,
    table_format,
)

_slips = count(1)
"""Tells the reply slips of a document apart."""


def normal(document: Document) -> Document:
    """The form in which a document comes back from the editor: without empty paragraphs at its end, without tables that
    have no cells, and without characters that Qt keeps for itself."""

    def kept(block: Inner) -> Inner | None:
        match block:
            case Paragraph():
                return replace(block, runs=_without_signs(block.runs))
            case Table():
                rows = tuple(tuple(_without_signs(cell) for cell in row) for row in block.rows)
                return replace(block, rows=rows) if rows and rows[0] else None
            case _:
                return block

    blocks = list(with_contents(tidy(document), kept))
    while blocks and blocks[-1] == Paragraph():
        blocks.pop()
    return tuple(blocks)


def _without_signs(runs: Runs) -> Runs:
    return tidy_runs(run.saying(qt_text(run.text).replace("\u2028", "\n")) for run in runs)


# Into Qt's document --------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Within:
    """The reply slip in which blocks stand; number 0: none."""

    slip: int = 0
    only: str = ""


class Putter:
    """Puts blocks in where a cursor stands; in an empty paragraph the first takes its place."""

    def __init__(self, cursor: QTextCursor, measures: Measures) -> None:
        self.cursor, self._measures = cursor, measures
        self._fresh = not cursor.block().text() and cursor.currentTable() is None
        """Is the paragraph of the cursor still to be used?"""

    def put(self, document: Document) -> None:
        """Put in a document, in one step of undo; what can be part of a reply slip becomes part of the one around."""
        here = _within(self.cursor.blockFormat())
        self.cursor.beginEditBlock()
        for block in normal(document):
            self._block(block, _Within() if isinstance(block, Slip | Signature | NewPage) else here)
        self.cursor.endEditBlock()

    def _block(self, block: Block, within: _Within) -> None:
        match block:
            case Slip():
                inside = _Within(next(_slips), block.only)
                for inner in block.blocks:
                    self._block(inner, inside)
                if not block.blocks:
                    self._begin(self._format(inside, filler=True))
            case Table():
                self._table(block, within)
            case Paragraph():
                form = self._format(
                    within, block.align, block.only, size=block.size, mark=block.mark, level=block.level
                )
                self._begin(form)
                put_runs(self.cursor, block.runs)
            case _:
                align = block.align if isinstance(block, Picture | Code) else "left"
                self._begin(self._format(within, align, block.only))
                self.cursor.insertText(OBJECT_SIGN, object_format(block))

    def _format(
        self, within: _Within, align: str = "left", only: str = "", *, size: str = "normal", mark: str = "",
        level: int = 0, filler: bool = False,
    ) -> QTextBlockFormat:  # fmt: skip
        form = block_format(
            self._measures, align=align, size=size, mark=mark, level=level, only=only, slip=within.slip,
            slip_only=within.only,
        )  # fmt: skip
        if filler:
            form.setProperty(FILLER, True)
        return form

    def _begin(self, form: QTextBlockFormat) -> None:
        """Go to a paragraph that is not used yet."""
        if self._fresh:
            self.cursor.setBlockFormat(form)
            self.cursor.setBlockCharFormat(QTextCharFormat())
            self.cursor.setCharFormat(QTextCharFormat())
        else:
            self.cursor.insertBlock(form, QTextCharFormat())
        self._fresh = False

    def _table(self, table: Table, within: _Within) -> None:
        if not table.rows or not table.rows[0]:
            return
        filler = self._format(within, filler=True)
        if self._fresh:
            self.cursor.setBlockFormat(filler)
        form = table_format(
            self._measures, table.widths, head=table.head, only=table.only, slip=within.slip, slip_only=within.only
        )
        made = self.cursor.insertTable(len(table.rows), len(table.rows[0]), form)
        plain = block_format(replace(self._measures, gap=0))
        for y, row in enumerate(table.rows):
            for x, cell in enumerate(row):
                inside = made.cellAt(y, x).firstCursorPosition()
                inside.setBlockFormat(plain)
                put_runs(inside, cell)
        self.cursor.setPosition(made.lastPosition() + 1)
        self.cursor.setBlockFormat(filler)
        self._fresh = True


def put_runs(cursor: QTextCursor, runs: Runs) -> None:
    """Put in words, their placeholders as chips."""
    for run in runs:
        look, at = char_format(run), 0
        for found in PLACEHOLDER.finditer(run.text):
            if found.start() > at:
                cursor.insertText(qt_text(run.text[at : found.start()]), look)
            cursor.insertText(OBJECT_SIGN, chip_format(qt_text(found[1]), look))
            at = found.end()
        if at < len(run.text):
            cursor.insertText(qt_text(run.text[at:]), look)


def object_format(block: Picture | Code | Signature | NewPage) -> QTextCharFormat:
    """The character that stands for something painted."""
    form = QTextCharFormat()
    match block:
        case Picture():
            form.setObjectType(PICTURE)
            form.setProperty(FILE, block.file)
            form.setProperty(WIDTH, block.width)
        case Code():
            form.setObjectType(CODE)
            form.setProperty(SAYS, block.text)
            form.setProperty(WIDTH, block.size)
        case Signature():
            form.setObjectType(SIGNATURE)
        case NewPage():
            form.setObjectType(NEW_PAGE)
    return form


def object_of(form: QTextFormat, align: str, only: str) -> Picture | Code | Signature | NewPage | None:
    """What a painted character stands for; None for a placeholder."""
    kind = form.objectType()
    if kind == PICTURE:
        return Picture(form.stringProperty(FILE), form.intProperty(WIDTH), align, only)
    if kind == CODE:
        return Code(form.stringProperty(SAYS), form.intProperty(WIDTH), align, only)
    if kind == SIGNATURE:
        return Signature(only)
    return NewPage(only) if kind == NEW_PAGE else None


# Out of Qt's document ------------------------------------------------------------------------------------------------


class AsRead(QTextBlockUserData):
    """What a paragraph was read as; whoever changes the paragraph takes it away (`forget`)."""

    def __init__(self, blocks: Sequence[tuple[_Within, Block | None]]) -> None:
        super().__init__()
        self.blocks = blocks


def forget(block: QTextBlock) -> None:
    """A paragraph has changed and is to be read again."""
    if isinstance(block.userData(), AsRead):
        block.setUserData(QTextBlockUserData())  # in which nothing is read


def read(document: QTextDocument, *, again: bool = True) -> Document:
    """The text that stands in Qt's document; not `again`: what was read of a paragraph is kept with it and used."""
    found: list[tuple[_Within, Block | None]] = []
    block = document.begin()
    while block.isValid():
        data = None if again else block.userData()
        if isinstance(data, AsRead):
            found += data.blocks
            block = block.next()
        elif (table := table_at(block)) is not None:
            found.append(_table_of(table))
            block = document.findBlock(table.lastPosition() + 1)
        else:
            here = [(within, None if one is None else tidy((one,))[0]) for within, one in _blocks_of(block)]
            if not again:
                block.setUserData(AsRead(here))
            found += here
            block = block.next()
    blocks: list[Block] = []
    for within, inner in groupby(found, lambda one: one[0]):
        inside = [block for _, block in inner if block is not None]
        if within.slip:
            blocks.append(Slip(tuple(block for block in inside if isinstance(block, Inner)), within.only))
        else:
            blocks += inside
    while blocks and blocks[-1] == Paragraph():
        blocks.pop()
    return tuple(blocks)


def table_at(block: QTextBlock) -> QTextTable | None:
    """The table in which a block stands."""
    return table_of(QTextCursor(block))


def table_of(cursor: QTextCursor) -> QTextTable | None:
    """The table in which a cursor stands."""
    return cursor.currentTable()


def _within(form: QTextFormat) -> _Within:
    return _Within(form.intProperty(SLIP), form.stringProperty(SLIP_ONLY))


def _blocks_of(block: QTextBlock) -> Iterator[tuple[_Within, Block | None]]:
    """A paragraph; where something painted stands in it, that and what is around it."""
    form = block.blockFormat()
    within, only, align = _within(form), form.stringProperty(ONLY), align_of(form)
    text = block.text()
    if not text and form.boolProperty(FILLER):
        if within.slip:
            yield within, None
        return
    mark = form.stringProperty(MARK)
    whole = Paragraph((), align, size_of(form), mark, form.intProperty(LEVEL) if mark else 0, only)
    if OBJECT_SIGN not in text:
        yield within, replace(whole, runs=tuple(runs_of(block)))
        return
    words: list[Run] = []
    painted = False
    for fragment in fragments(block):
        looks = fragment.charFormat()
        kind = looks.objectType()
        if kind in OBJECTS and kind != CHIP:
            painted = True
            if words:
                yield within, replace(whole, runs=tuple(words))
                words = []
            for _ in fragment.text():
                yield within, object_of(looks, align, only)
        else:
            words.append(run_of(fragment))
    if words or not painted:
        yield within, replace(whole, runs=tuple(words))


def _table_of(table: QTextTable) -> tuple[_Within, Block]:
    form = table.format()
    rows = tuple(tuple(_cell_of(table, y, x) for x in range(table.columns())) for y in range(table.rows()))
    widths = tuple(round(length.rawValue()) for length in form.columnWidthConstraints())
    only = form.stringProperty(ONLY)
    return _within(form), tidy((Table(rows, widths, form.headerRowCount() > 0, only),))[0]


def _cell_of(table: QTextTable, row: int, column: int) -> Runs:
    cell = table.cellAt(row, column)
    block, last = cell.firstCursorPosition().block(), cell.lastCursorPosition().block()
    parts = [tidy_runs(runs_of(block))]
    while block != last:
        block = block.next()
        parts.append(tidy_runs(runs_of(block)))
    return joined(parts)
