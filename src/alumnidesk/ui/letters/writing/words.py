"""Words with placeholders on paper: the base of all fields of a letter, and the one for its single lines."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping
from typing import NamedTuple

from PySide6.QtCore import QEvent, QMimeData, QPoint, Qt, Signal
from PySide6.QtGui import (
    QAccessible,
    QAccessibleAnnouncementEvent,
    QColor,
    QFont,
    QInputMethodEvent,
    QKeyEvent,
    QKeySequence,
    QPalette,
    QTextCursor,
    QTextDocument,
    QTextOption,
)
from PySide6.QtWidgets import QFrame, QSizePolicy, QTextEdit

from alumnidesk.domain import letter_text, placeholders
from alumnidesk.domain.letter_text import BULLET, CENTRE, JUSTIFIED, LEFT, NUMBER, RIGHT, Document, Run
from alumnidesk.ui.letters.writing.conversion import put_runs, read
from alumnidesk.ui.letters.writing.formats import (
    CHIP,
    NAME,
    OBJECT_SIGN,
    PLACEHOLDER,
    char_format,
    chip_format,
    fragments,
    look_of,
    runs_of,
)
from alumnidesk.ui.letters.writing.painted import Painted, said
from alumnidesk.ui.letters.writing.paper_look import PaperLook
from alumnidesk.ui.letters.writing.pasting import MIME, from_mime, to_mime
from alumnidesk.ui.look import Look
from alumnidesk.ui.palettes import LIGHT
from alumnidesk.ui.words import language, words

MARGIN, ABOVE = 12, 4
"""Pixels around the text within its field; above and below a single line."""
_CTRL, _SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier


KEYS = {
    "bold": "Ctrl+B",
    "italic": "Ctrl+I",
    "underlined": "Ctrl+U",
    LEFT: "Ctrl+L",
    CENTRE: "Ctrl+E",
    RIGHT: "Ctrl+R",
    JUSTIFIED: "Ctrl+J",
    NUMBER: "Ctrl+Shift+7",
    BULLET: "Ctrl+Shift+8",
    "placeholder": "Ctrl+Shift+P",
    "only": "Ctrl+Shift+I",
    "new_page": "Ctrl+Return",
}
"""By command, as in the usual word processors."""


class Shared(NamedTuple):
    """What all fields of one letter share."""

    look: Look
    paper: PaperLook
    painted: Painted


class Names:
    """What placeholders are called: by name in the window's language, or by the value that a recipient has."""

    def __init__(self) -> None:
        self.own: Collection[str] = ()
        """Names of the association's own fields."""
        self.values: Mapping[str, str] = {}
        """What is put in for one recipient."""
        self.valued = False
        """Are the values shown in the place of the names?"""

    def shown(self, name: str) -> str:
        """What stands on a chip."""
        if self.valued and self.values.get(name):
            return self.values[name]
        known = placeholders.BY_KEY.get(name)
        return words(known.label) if known else name

    def known(self, name: str) -> bool:
        """Is there such a placeholder?"""
        return name in placeholders.BY_KEY or name in self.own

    def key(self, written: str) -> str:
        """The key of what somebody wrote in braces; what there is not stays as written."""
        return placeholders.key_of(written, self.own) or written


class Words(QTextEdit):
    """Text on paper. What is pasted or typed becomes words and placeholders, never markup."""

    changed_height = Signal()
    asked = Signal(str)
    """A command that needs more than the text, such as ``placeholder`` for their menu."""

    def __init__(self, shared: Shared, names: Names, name: str) -> None:
        super().__init__()
        self.look, self.paper, self.painted, self.names = shared.look, shared.paper, shared.painted, names
        self.setAccessibleName(name)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setTabChangesFocus(True)
        self.setAcceptRichText(True)  # Qt would not ask `createMimeDataFromSelection` otherwise
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setWordWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        self.setStyleSheet("QTextEdit { background: transparent; border: 0; padding: 0; }")
        document = self.document()
        document.setDocumentMargin(MARGIN)
        document.setUseDesignMetrics(True)
        self.painted.serve(document)
        self.dress()
        self.paper.changed.connect(self.dress)
        self.look.changed.connect(self.dress)
        document.documentLayout().documentSizeChanged.connect(lambda _: self._fit())
        self.cursorPositionChanged.connect(self._announce)

    def dress(self) -> None:
        """Put on the colours of paper and the letter's font."""
        palette, role = self.palette(), QPalette.ColorRole
        for which, colour in (
            (role.Text, LIGHT.text),
            (role.Base, LIGHT.page),
            (role.Highlight, LIGHT.accent),
            (role.HighlightedText, LIGHT.on_accent),
            (role.PlaceholderText, LIGHT.text2),
        ):
            palette.setColor(which, QColor(colour))
        self.setPalette(palette)
        self.setFont(self.letter_font())
        self.document().setDefaultFont(self.letter_font())
        self.document().setIndentWidth(self.paper.per_point * 18)
        self._fit()

    def letter_font(self) -> QFont:
        """The font of the words."""
        return self.paper.font(self.logicalDpiY())

    def _fit(self) -> None:
        height = round(self.document().size().height())
        if height != self.minimumHeight() or height != self.maximumHeight():
            self.setFixedHeight(height)
            self.changed_height.emit()

    # Content ---------------------------------------------------------------------------------------------------

    def put_chip(self, name: str) -> None:
        """Put in a placeholder where the cursor stands."""
        cursor = self.textCursor()
        look = cursor.charFormat()
        cursor.beginEditBlock()
        cursor.insertText(OBJECT_SIGN, chip_format(name, look))
        cursor.endEditBlock()
        self.setTextCursor(cursor)
        self.setCurrentCharFormat(char_format(look_of(look)))

    def rename(self, written: str, key: str) -> None:
        """Make one placeholder another one, wherever it stands."""
        cursor = QTextCursor(self.document())
        cursor.beginEditBlock()
        for start, name in reversed(list(self.chips())):
            if name == written:
                cursor.setPosition(start)
                cursor.setPosition(start + 1, QTextCursor.MoveMode.KeepAnchor)
                cursor.setCharFormat(chip_format(key, cursor.charFormat()))
        cursor.endEditBlock()

    def chips(self) -> Iterator[tuple[int, str]]:
        """Place and name of each placeholder."""
        block = self.document().begin()
        while block.isValid():
            for fragment in fragments(block):
                form = fragment.charFormat()
                if form.objectType() == CHIP:
                    yield from ((fragment.position() + n, form.stringProperty(NAME)) for n in range(fragment.length()))
            block = block.next()

    def chips_changed(self) -> None:
        """What stands on the chips is something else."""
        self.document().markContentsDirty(0, self.document().characterCount())
        self.viewport().update()

    # Typing ----------------------------------------------------------------------------------------------------

    page_height: Callable[[], int] = staticmethod(lambda: 400)
    """Pixels of the page that are seen at once."""

    commands: Collection[str] = ("placeholder",)
    """Those of `KEYS` that it understands."""

    def command(self, event: QKeyEvent) -> str:
        """The command that a key means."""
        if not event.modifiers() & _CTRL:
            return ""
        pressed = QKeySequence(event.keyCombination())
        return next((command for command in self.commands if pressed == QKeySequence(KEYS[command])), "")

    def do(self, command: str) -> None:
        """Do one of the commands."""
        self.asked.emit(command)

    def event(self, event: QEvent) -> bool:
        """Keys of the text go before those of the window."""
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent) and self.command(event):
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if command := self.command(event):
            self.do(command)
            return
        if event.key() in (Qt.Key.Key_PageUp, Qt.Key.Key_PageDown) and not event.modifiers() & _CTRL:
            self._turn_page(-1 if event.key() == Qt.Key.Key_PageUp else 1, bool(event.modifiers() & _SHIFT))
            return
        super().keyPressEvent(event)
        if event.text().endswith("}"):
            self._close_braces()

    def _turn_page(self, by: int, select: bool) -> None:
        """Qt would go by the height of the field, which is that of the whole text."""
        at = self.cursorRect().center()
        there = self.cursorForPosition(at + QPoint(0, by * self.page_height()))
        cursor, mode = self.textCursor(), QTextCursor.MoveMode
        cursor.setPosition(there.position(), mode.KeepAnchor if select else mode.MoveAnchor)
        self.setTextCursor(cursor)

    def inputMethodEvent(self, event: QInputMethodEvent) -> None:
        super().inputMethodEvent(event)
        if event.commitString().endswith("}"):
            self._close_braces()

    def _close_braces(self) -> None:
        """What was typed in braces becomes a placeholder."""
        cursor = self.textCursor()
        block = cursor.block()
        head = QTextCursor(block)
        head.setPosition(cursor.position(), QTextCursor.MoveMode.KeepAnchor)
        typed = head.selectedText()
        start = typed.rfind("{")
        found = PLACEHOLDER.fullmatch(typed[start:]) if start >= 0 else None
        if found is None or OBJECT_SIGN in found[0] or "\u2028" in found[0]:
            return
        length = len(found[0].encode("utf-16-le")) // 2
        look = cursor.charFormat()
        cursor.beginEditBlock()
        cursor.setPosition(cursor.position() - length, QTextCursor.MoveMode.KeepAnchor)
        cursor.insertText(OBJECT_SIGN, chip_format(self.names.key(found[1]), look))
        cursor.endEditBlock()
        self.setTextCursor(cursor)
        self.setCurrentCharFormat(char_format(look_of(look)))

    _was = 0
    """Where the cursor stood before."""

    def _announce(self) -> None:
        """Let a screen reader say what it cannot read: of placeholders Qt tells it only that something stands there."""
        before, self._was = self._was, self.textCursor().position()
        if self.hasFocus() and QAccessible.isActive() and (text := self.spoken(before)):
            QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self, text))

    def spoken(self, before: int) -> str:
        """What a screen reader is to say of the cursor's way from `before`: the placeholder that it passed, or the
        words of a line in which there is one."""
        cursor = self.textCursor()
        now = cursor.position()
        if abs(now - before) == 1:
            passed = QTextCursor(self.document())
            passed.setPosition(max(now, before))
            return said(passed.charFormat(), self.names.shown)
        line = QTextCursor(cursor)
        line.movePosition(QTextCursor.MoveOperation.StartOfLine)
        start = line.position()
        line.movePosition(QTextCursor.MoveOperation.EndOfLine)
        if start <= before <= line.position() or OBJECT_SIGN not in cursor.block().text():
            return ""
        return self._said_between(start, line.position())

    def _said_between(self, start: int, end: int) -> str:
        """The words between two places, with the names of what is painted there; nothing if nothing is."""
        parts, painted = [], False
        for fragment in fragments(self.document().findBlock(start)):
            first = max(start - fragment.position(), 0)
            last = min(end - fragment.position(), fragment.length())
            name = said(fragment.charFormat(), self.names.shown)
            if first < last:
                painted |= bool(name)
                parts.append(name or fragment.text()[first:last])
        return "".join(parts) if painted else ""

    # Copy and paste --------------------------------------------------------------------------------------------

    def selected(self) -> Document:
        """What is selected."""
        part = QTextDocument()
        QTextCursor(part).insertFragment(self.textCursor().selection())
        return read(part)

    def createMimeDataFromSelection(self) -> QMimeData:
        return to_mime(self.selected(), language())

    def canInsertFromMimeData(self, source: QMimeData) -> bool:
        return source.hasText() or source.hasHtml() or source.hasFormat(MIME)

    def insertFromMimeData(self, source: QMimeData) -> None:
        document = from_mime(source, self.names.key)
        if document:
            self.put_in(document)

    def put_in(self, document: Document) -> None:
        """Put in the words of a text in one line."""
        text = " ".join(" ".join(letter_text.texts(document)).split())
        cursor = self.textCursor()
        cursor.beginEditBlock()
        cursor.removeSelectedText()
        put_runs(cursor, (Run(text),))
        cursor.endEditBlock()
        self.setTextCursor(cursor)


class OneLine(Words):
    """The subject or the closing words: one paragraph; Enter goes on to the next field."""

    def __init__(self, shared: Shared, names: Names, name: str, *, bold: bool) -> None:
        self._bold = bold
        super().__init__(shared, names, name)
        self.setPlaceholderText(name)
        self.document().setDocumentMargin(ABOVE)
        self.setViewportMargins(MARGIN - ABOVE, 0, MARGIN - ABOVE, 0)

    def letter_font(self) -> QFont:
        return self.paper.font(self.logicalDpiY(), bold=self._bold)

    @property
    def stored(self) -> str:
        """The words with the keys of their placeholders."""
        block = self.document().begin()
        parts = []
        while block.isValid():
            parts.append("".join(run.text for run in runs_of(block)))
            block = block.next()
        return " ".join(parts).strip()

    def show_stored(self, text: str) -> None:
        """Show these words; what was typed is given up, and cannot be brought back here."""
        self.document().setUndoRedoEnabled(False)
        self.document().clear()
        put_runs(QTextCursor(self.document()), (Run(text),) if text else ())
        self.document().setUndoRedoEnabled(True)

    def type_in(self, text: str) -> None:
        """Write these words in the place of those that stand here."""
        cursor = QTextCursor(self.document())
        cursor.select(QTextCursor.SelectionType.Document)
        cursor.beginEditBlock()
        cursor.removeSelectedText()
        put_runs(cursor, (Run(text),) if text else ())
        cursor.endEditBlock()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.focusNextChild()
        else:
            super().keyPressEvent(event)
