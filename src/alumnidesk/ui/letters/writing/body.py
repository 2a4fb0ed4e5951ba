"""The text of a letter: paragraphs, lists, tables, conditions, and what else stands in it. Keys are those of a word
processor; what the buttons do is done here, each as one step of undo."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import QMimeData, QRectF, Qt, Signal
from PySide6.QtGui import (
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QTextBlock,
    QTextBlockFormat,
    QTextCharFormat,
    QTextCursor,
    QTextTable,
)

from alumnidesk.domain import letter_markup
from alumnidesk.domain.letter_text import (
    ALIGNMENTS,
    BULLET,
    HEADING,
    NUMBER,
    Block,
    Code,
    Document,
    Paragraph,
    Picture,
    Runs,
    Table,
    tidy_runs,
)
from alumnidesk.ui.letters.writing.conversion import (
    Putter,
    object_format,
    object_of,
    put_runs,
    read,
    table_of,
)
from alumnidesk.ui.letters.writing.formats import (
    CHIP,
    CODE,
    FILLER,
    LEVEL,
    LINE_END,
    MARK,
    OBJECT_SIGN,
    ONLY,
    PICTURE,
    SIZE,
    align_of,
    alignment,
    fragments,
    joined,
    laid_out,
    size_of,
)
from alumnidesk.ui.letters.writing.formatted import Formatted
from alumnidesk.ui.letters.writing.furniture import Beside
from alumnidesk.ui.letters.writing.resizing import Resizing
from alumnidesk.ui.letters.writing.words import KEYS, Names, Shared

_SHIFT = Qt.KeyboardModifier.ShiftModifier


class Body(Formatted):
    """`picture` carries a picture that was pasted, `file` the path of one that was dropped."""

    picture = Signal(object)
    file = Signal(object)
    change_asked = Signal(object)
    """Carries a picture or a code that was double-clicked, or that the button is pressed for."""

    def __init__(self, shared: Shared, names: Names, name: str) -> None:
        super().__init__(shared, names, name)
        self.in_words: Callable[[str], str] = str
        """Says a condition."""
        self._beside = Beside(self, lambda only: self.in_words(only))
        self._resizing = Resizing(self, lambda made, goes_on: self.change_painted(made, goes_on=goes_on))
        self.viewport().setMouseTracking(True)

    # Content ---------------------------------------------------------------------------------------------------

    _read: tuple[int, Document, str] | None = None

    @property
    def letter(self) -> Document:
        """The text."""
        return self._reading()[1]

    @property
    def stored(self) -> str:
        """The text as it is kept."""
        return self._reading()[2]

    def _reading(self) -> tuple[int, Document, str]:
        """Read once for each state of the text."""
        revision = self.document().revision()
        if self._read is None or self._read[0] != revision:
            letter = _without_ends(read(self.document(), again=False))
            self._read = revision, letter, letter_markup.write(letter)
        return self._read

    def show_stored(self, text: str) -> None:
        """Show this text; what was typed is given up, and cannot be brought back here."""
        document = self.document()
        document.setUndoRedoEnabled(False)
        document.clear()
        cursor = QTextCursor(document)
        cursor.setBlockFormat(laid_out(QTextBlockFormat(), self.paper.measures))
        cursor.setCharFormat(QTextCharFormat())
        Putter(cursor, self.paper.measures).put(letter_markup.read(text))
        document.setUndoRedoEnabled(True)
        self.moveCursor(QTextCursor.MoveOperation.Start)

    def type_in(self, text: str) -> None:
        """Write this text in the place of the one that stands here."""
        cursor = QTextCursor(self.document())
        cursor.beginEditBlock()
        cursor.select(QTextCursor.SelectionType.Document)
        cursor.removeSelectedText()
        cursor.setBlockFormat(laid_out(QTextBlockFormat(), self.paper.measures))
        Putter(cursor, self.paper.measures).put(letter_markup.read(text))
        cursor.endEditBlock()

    def put_in(self, document: Document) -> None:
        """Put in a part of a letter: words go on in the line, paragraphs become paragraphs of their own."""
        cursor = self.textCursor()
        cursor.beginEditBlock()
        cursor.removeSelectedText()
        if table_of(cursor) is not None:
            put_runs(cursor, joined([runs for block in document for runs in _all_runs(block)]))
        else:
            self._paste_blocks(cursor, list(document))
        cursor.endEditBlock()
        self.setTextCursor(cursor)

    def _paste_blocks(self, cursor: QTextCursor, blocks: list[Block]) -> None:
        first = blocks[0]
        here = cursor.blockFormat()
        if isinstance(first, Paragraph) and not first.mark and (len(blocks) == 1 or not cursor.atBlockStart()):
            put_runs(cursor, first.runs)
            blocks = blocks[1:]
        if not blocks:
            return
        tail = not cursor.atBlockEnd()
        if tail and cursor.atBlockStart():
            cursor.insertBlock(here)
            cursor.movePosition(QTextCursor.MoveOperation.PreviousBlock)
            tail = False
        elif tail and not isinstance(blocks[-1], Paragraph):
            cursor.insertBlock(here)
            cursor.movePosition(QTextCursor.MoveOperation.PreviousBlock)
            cursor.movePosition(QTextCursor.MoveOperation.EndOfBlock)
        putter = Putter(cursor, self.paper.measures)
        putter.put(tuple(blocks))

    def painted_here(self) -> Picture | Code | None:
        """The picture or the code beside which the cursor stands."""
        block = self.textCursor().block()
        form = block.blockFormat()
        for fragment in fragments(block):
            made = object_of(fragment.charFormat(), align_of(form), form.stringProperty(ONLY))
            if isinstance(made, Picture | Code):
                return made
        return None

    def change_painted(self, made: Picture | Code, *, goes_on: bool = False) -> None:
        """Give the picture or the code beside which the cursor stands other values; what `goes_on` a change that was
        begun is taken back together with it."""
        for fragment in fragments(self.textCursor().block()):
            if fragment.charFormat().objectType() in (PICTURE, CODE):
                cursor = QTextCursor(self.document())
                if goes_on:
                    cursor.joinPreviousEditBlock()
                else:
                    cursor.beginEditBlock()
                cursor.setPosition(fragment.position())
                cursor.setPosition(fragment.position() + 1, QTextCursor.MoveMode.KeepAnchor)
                cursor.setCharFormat(object_format(made))
                form = cursor.blockFormat()
                form.setAlignment(alignment(made.align))
                cursor.setBlockFormat(form)
                cursor.endEditBlock()
                return

    def ask_to_change(self) -> None:
        """Ask for other values of the picture or the code beside which the cursor stands."""
        if (made := self.painted_here()) is not None:
            self.change_asked.emit(made)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton and self._resizing.reaches(event.position()):
            self._resizing.begin()
        else:
            super().mousePressEvent(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self._resizing.pulling:
            self._resizing.pull(event.position())
            return
        at_corner = self._resizing.reaches(event.position())
        shape = Qt.CursorShape.SizeHorCursor if at_corner else Qt.CursorShape.IBeamCursor
        self.viewport().setCursor(shape)
        super().mouseMoveEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if self._resizing.pulling:
            self._resizing.end()
            self.viewport().update()
        else:
            super().mouseReleaseEvent(event)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        super().mouseDoubleClickEvent(event)
        self.ask_to_change()

    def put(self, block: Block) -> None:
        """Put a block of its own in where the cursor stands, and go on behind it; into a table, in its first cell."""
        cursor = self.textCursor()
        cursor.beginEditBlock()
        if (table := table_of(cursor)) is not None:
            cursor.setPosition(table.lastPosition() + 1)
        here = laid_out(_without_filler(cursor.blockFormat()), self.paper.measures)
        if not cursor.atBlockStart() and not cursor.atBlockEnd():
            cursor.insertBlock(here)
            cursor.movePosition(QTextCursor.MoveOperation.PreviousBlock)
            cursor.movePosition(QTextCursor.MoveOperation.EndOfBlock)
        elif cursor.atBlockStart() and not cursor.atBlockEnd():
            cursor.insertBlock(here)
            cursor.movePosition(QTextCursor.MoveOperation.PreviousBlock)
        Putter(cursor, self.paper.measures).put((block,))
        in_table = QTextCursor(cursor)
        in_table.movePosition(QTextCursor.MoveOperation.Left)
        if cursor.atEnd() or _is_painted(cursor.block().next()):
            if not (cursor.block().text() == "" and cursor.blockFormat().boolProperty(FILLER)):
                plain = QTextBlockFormat(here)
                for key in (MARK, LEVEL, SIZE):
                    plain.clearProperty(key)
                cursor.insertBlock(laid_out(plain, self.paper.measures), QTextCharFormat())
        else:
            cursor.movePosition(QTextCursor.MoveOperation.NextBlock)
        cursor.endEditBlock()
        if isinstance(block, Table) and (made := table_of(in_table)) is not None:
            cursor = made.cellAt(0, 0).firstCursorPosition()
        self.setTextCursor(cursor)

    # Painting --------------------------------------------------------------------------------------------------

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        painter = QPainter(self.viewport())
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._beside.paint(painter, QRectF(event.rect()))
        self._resizing.paint(painter)

    # Keys ------------------------------------------------------------------------------------------------------

    commands = frozenset(KEYS)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if self.command(event) or not self._own_key(event):
            if event.text() and event.text().isprintable() and self._at_painted():
                self._new_paragraph()
            super().keyPressEvent(event)

    def do(self, command: str) -> None:
        """Do one of `KEYS`."""
        if command in ("bold", "italic", "underlined"):
            self.set_look(command, not self.has_look(command))
        elif command in ALIGNMENTS:
            self.set_align(command)
        elif command in (BULLET, NUMBER):
            self.set_mark("" if self.mark == command else command)
        else:
            self.asked.emit(command)

    def _own_key(self, event: QKeyEvent) -> bool:
        key, shift = event.key(), bool(event.modifiers() & _SHIFT)
        cursor = self.textCursor()
        if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            if shift or table_of(cursor) is not None:
                cursor.insertText(LINE_END)
                self.setTextCursor(cursor)
            else:
                self._enter()
            return True
        if key == Qt.Key.Key_Backspace and not cursor.hasSelection() and cursor.atBlockStart() and self.mark:
            self.move_level(-1)
            return True
        return False

    def focusNextPrevChild(self, next: bool) -> bool:
        """Tab goes through the cells of a table, and sets items of lists in and out; elsewhere it leaves the text."""
        cursor, by = self.textCursor(), 1 if next else -1
        if (table := table_of(cursor)) is not None:
            return self._next_cell(table, by)
        if self.mark and (cursor.atBlockStart() or cursor.hasSelection()):
            self.move_level(by)
            return True
        return super().focusNextPrevChild(next)

    def _enter(self) -> None:
        cursor = self.textCursor()
        if self.mark and not cursor.block().text() and not cursor.hasSelection():
            self.move_level(-1)
            return
        self._new_paragraph()

    def _new_paragraph(self) -> None:
        """A paragraph like this one; after a heading a normal one."""
        cursor = self.textCursor()
        cursor.beginEditBlock()
        cursor.removeSelectedText()
        form = _without_filler(cursor.blockFormat())
        if size_of(form) == HEADING and cursor.atBlockEnd():
            form.clearProperty(SIZE)
        cursor.insertBlock(laid_out(form, self.paper.measures), cursor.charFormat())
        if self.textCursor().charFormat().objectType():
            cursor.setBlockCharFormat(QTextCharFormat())
        cursor.endEditBlock()
        self.setTextCursor(cursor)
        self.ensureCursorVisible()

    def _at_painted(self) -> bool:
        """Does the cursor stand beside a picture or the like, where no words go?"""
        return not self.textCursor().hasSelection() and _is_painted(self.textCursor().block())

    def _next_cell(self, table: QTextTable, by: int) -> bool:
        """Go to the next cell; behind the last there is a new row."""
        cell = table.cellAt(self.textCursor())
        at = cell.row() * table.columns() + cell.column() + by
        if at < 0:
            return False
        if at >= table.rows() * table.columns():
            table.appendRows(1)
        cursor = table.cellAt(at // table.columns(), at % table.columns()).firstCursorPosition()
        cursor.movePosition(QTextCursor.MoveOperation.EndOfBlock, QTextCursor.MoveMode.KeepAnchor)
        self.setTextCursor(cursor)
        return True

    # Pasting ---------------------------------------------------------------------------------------------------

    def canInsertFromMimeData(self, source: QMimeData) -> bool:
        return super().canInsertFromMimeData(source) or source.hasImage() or source.hasUrls()

    def insertFromMimeData(self, source: QMimeData) -> None:
        files = [Path(url.toLocalFile()) for url in source.urls() if url.isLocalFile()]
        if files:
            for file in files:
                self.file.emit(file)
        elif source.hasImage() and not source.hasText() and not source.hasHtml():
            self.picture.emit(source.imageData())
        else:
            super().insertFromMimeData(source)


def _is_painted(block: QTextBlock) -> bool:
    """Is it a picture or the like, and no words?"""
    kinds = (fragment.charFormat().objectType() for fragment in fragments(block)) if OBJECT_SIGN in block.text() else ()
    return any(kind and kind != CHIP for kind in kinds)


_ENDS = re.compile(r"[ \t]+(?=\n|\Z)")


def _without_ends(document: Document) -> Document:
    """Without spaces at the ends of lines, which nobody sees."""

    def one(block: Block) -> Block:
        if not isinstance(block, Paragraph) or not _ENDS.search(block.text):
            return block
        *first, last = (run.saying(_INNER_ENDS.sub("", run.text)) for run in block.runs)
        return replace(block, runs=tidy_runs((*first, replace(last, text=last.text.rstrip(" \t")))))

    blocks = list(map(one, document))
    while blocks and blocks[-1] == Paragraph():
        blocks.pop()
    return tuple(blocks)


_INNER_ENDS = re.compile(r"[ \t]+(?=\n)")


def _without_filler(form: QTextBlockFormat) -> QTextBlockFormat:
    form.clearProperty(FILLER)
    return form


def _all_runs(block: Block) -> Iterator[Runs]:
    if isinstance(block, Paragraph):
        yield block.runs
    elif isinstance(block, Table):
        for row in block.rows:
            yield from row
