"""Words whose paragraphs have formats: size, alignment, place in a list, condition. Each change is one step of undo."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from PySide6.QtGui import (
    QFont,
    QSyntaxHighlighter,
    QTextBlock,
    QTextBlockFormat,
    QTextCharFormat,
    QTextCursor,
    QTextFormat,
)

from alumnidesk.domain.letter_text import (
    HEADING,
    MOST_LEVELS,
    NORMAL,
)
from alumnidesk.ui.letters.writing.conversion import (
    forget,
    table_at,
    table_of,
)
from alumnidesk.ui.letters.writing.formats import (
    LEVEL,
    MARK,
    ONLY,
    SIZE,
    SLIP,
    SLIP_ONLY,
    align_of,
    alignment,
    laid_out,
    size_of,
)
from alumnidesk.ui.letters.writing.words import Names, Shared, Words


class Sizes(QSyntaxHighlighter):
    """Gives each paragraph the letters of its size, whenever it changes; the text itself is not touched by that."""

    def __init__(self, text: Words) -> None:
        self._text = text
        super().__init__(text.document())

    def highlightBlock(self, text: str) -> None:
        block = self.currentBlock()
        forget(block)
        size = size_of(block.blockFormat())
        table = table_at(block)
        head = table is not None and table.format().headerRowCount() > 0 and table.cellAt(block.position()).row() == 0
        if size == NORMAL and not head:
            return
        form = QTextCharFormat()
        form.setFontPointSize(self._text.paper.points(self._text.logicalDpiY(), size))
        if size == HEADING or head:
            form.setFontWeight(QFont.Weight.Bold)
        self.setFormat(0, len(text.encode("utf-16-le")) // 2, form)


class Formatted(Words):
    """What the tools do with the paragraphs that are selected, and with the words."""

    def __init__(self, shared: Shared, names: Names, name: str) -> None:
        super().__init__(shared, names, name)
        self.sizes = Sizes(self)
        self.paper.changed.connect(self.sizes.rehighlight)

    def selected_blocks(self) -> Iterator[QTextBlock]:
        """The paragraphs that are selected, else the one in which the cursor stands."""
        cursor = self.textCursor()
        block = self.document().findBlock(cursor.selectionStart())
        end = cursor.selectionEnd()
        yield block
        block = block.next()
        while block.isValid() and block.position() < end:
            yield block
            block = block.next()

    def change_blocks(self, change: Callable[[QTextBlockFormat], object]) -> None:
        """Change the format of all selected paragraphs."""
        cursor = QTextCursor(self.document())
        cursor.beginEditBlock()
        for block in list(self.selected_blocks()):
            form = block.blockFormat()
            change(form)
            cursor.setPosition(block.position())
            if table_at(block) is None:
                form = laid_out(form, self.paper.measures)
            cursor.setBlockFormat(form)
        cursor.endEditBlock()
        self.sizes_changed()
        self.cursorPositionChanged.emit()

    def sizes_changed(self) -> None:
        """Give the selected paragraphs the letters of their sizes."""
        for block in list(self.selected_blocks()):
            self.sizes.rehighlightBlock(block)

    def set_look(self, look: str, on: bool) -> None:
        """Make the selected words, or those typed next, bold, italic or underlined."""
        form = QTextCharFormat()
        if look == "bold":
            form.setFontWeight(QFont.Weight.Bold if on else QFont.Weight.Normal)
        elif look == "italic":
            form.setFontItalic(on)
        else:
            form.setFontUnderline(on)
        self.mergeCurrentCharFormat(form)
        self.cursorPositionChanged.emit()

    def has_look(self, look: str) -> bool:
        """Are the words at the cursor like that?"""
        form = self.textCursor().charFormat() if self.textCursor().hasSelection() else self.currentCharFormat()
        if look == "bold":
            return form.fontWeight() >= QFont.Weight.DemiBold.value
        return form.fontItalic() if look == "italic" else form.fontUnderline()

    def set_align(self, align: str) -> None:
        """Align the selected paragraphs."""
        self.change_blocks(lambda form: form.setAlignment(alignment(align)))

    @property
    def align(self) -> str:
        return align_of(self.textCursor().blockFormat())

    def set_size(self, size: str) -> None:
        """Give the selected paragraphs a size."""
        self.change_blocks(lambda form: _set(form, SIZE, size, NORMAL))

    @property
    def size_(self) -> str:
        """The size of the paragraph in which the cursor stands."""
        return size_of(self.textCursor().blockFormat())

    def set_mark(self, mark: str) -> None:
        """Make the selected paragraphs items of a list; no mark: paragraphs again. A table has no lists."""
        if table_of(self.textCursor()) is not None:
            return

        def change(form: QTextBlockFormat) -> None:
            _set(form, MARK, mark, "")
            if not mark:
                form.clearProperty(LEVEL)

        self.change_blocks(change)

    @property
    def mark(self) -> str:
        return self.textCursor().blockFormat().stringProperty(MARK)

    def move_level(self, by: int) -> None:
        """Set the selected items of lists further in or out; one that is out already is no item any more."""

        def change(form: QTextBlockFormat) -> None:
            if not form.hasProperty(MARK):
                return
            level = form.intProperty(LEVEL) + by
            if level < 0:
                form.clearProperty(MARK)
            _set(form, LEVEL, min(max(level, 0), MOST_LEVELS - 1), 0)

        self.change_blocks(change)

    def set_only(self, only: str) -> None:
        """Only letters to somebody who fits this search have the selected paragraphs, or the table; empty: all."""
        table = table_of(self.textCursor())
        if table is None:
            self.change_blocks(lambda form: _set(form, ONLY, only, ""))
            return
        form = table.format()
        if only:
            form.setProperty(ONLY, only)
        else:
            form.clearProperty(ONLY)
        form.setTopMargin(self.paper.measures.gap + (self.paper.measures.words if only else 0))
        table.setFormat(form)
        self.cursorPositionChanged.emit()

    @property
    def in_slip(self) -> bool:
        """Does the cursor stand in a reply slip?"""
        table = table_of(self.textCursor())
        form: QTextFormat = self.textCursor().blockFormat() if table is None else table.format()
        return form.intProperty(SLIP) > 0

    def leave_slip(self) -> None:
        """Make the selected paragraphs paragraphs of the letter again."""

        def change(form: QTextBlockFormat) -> None:
            form.clearProperty(SLIP)
            form.clearProperty(SLIP_ONLY)

        self.change_blocks(change)

    @property
    def only(self) -> str:
        table = table_of(self.textCursor())
        return (table.format() if table is not None else self.textCursor().blockFormat()).stringProperty(ONLY)


def _set(form: QTextBlockFormat, key: int, value: str | int, usual: str | int) -> None:
    if value == usual:
        form.clearProperty(key)
    else:
        form.setProperty(key, value)
