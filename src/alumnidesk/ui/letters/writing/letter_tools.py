"""The tools of the editor that need more than the text: what can be put in, tables, who gets a paragraph, values."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QObject
from PySide6.QtGui import QImage

from alumnidesk.domain import letter_text, placeholders
from alumnidesk.ui.letters.editor import LetterEditor
from alumnidesk.ui.letters.writing.conditions import Conditions, Known, known
from alumnidesk.ui.letters.writing.conversion import table_of
from alumnidesk.ui.letters.writing.inserting import Inserting
from alumnidesk.ui.letters.writing.painted import drawn
from alumnidesk.ui.letters.writing.table_menu import TableMenu
from alumnidesk.ui.letters.writing.toolbar import Tool
from alumnidesk.ui.letters.writing.words import KEYS
from alumnidesk.ui.page import Context
from alumnidesk.ui.widgets.photo import whole
from alumnidesk.ui.words import tr

_SIDE = 1_000
"""Pixels of a picture that is kept to be painted."""
_CODES = 50
"""So many codes are kept, for those who go from recipient to recipient and back."""


class LetterTools(QObject):
    """Puts its tools at the end of an editor's."""

    def __init__(self, context: Context, editor: LetterEditor) -> None:
        super().__init__(editor)
        self._context, self._editor = context, editor
        look, body, bar = context.look, editor.body, editor.tools
        self.inserting = Inserting(context, body, lambda: editor.language, editor)
        self.conditions = Conditions(context, body, editor)
        self.tables = TableMenu(body, editor)
        self._images: dict[str, QImage | None] = {}
        editor.painted.image_of = self._image_of
        self._codes: dict[tuple[str, int], QImage | None] = {}
        editor.painted.code_of = self._code_of
        self.insert = Tool(look, tr("Insert"), "plus-circle", words=tr("Insert"), menu=self.inserting.menu)
        self.only = Tool(
            look, tr("Only if …"), "filter", words=tr("Only if …"), key=KEYS["only"], menu=self.conditions.menu
        )
        self.table = Tool(look, tr("Table"), "table", words=tr("Table"), menu=self.tables.menu)
        self.change = Tool(look, tr("Change this …"), "edit", words=tr("Change this …"), does=body.ask_to_change)
        self.values = Tool(
            look,
            tr("Show what is filled in"),
            "eye",
            words=tr("Values"),
            does=lambda: self.show_values(not self.valued),
        )
        for tool in (self.insert, self.only, self.values, self.table, self.change):
            bar.add(tool)
        body.cursorPositionChanged.connect(self._follow)
        body.asked.connect(self._do)
        editor.shown.connect(self._follow)
        self._follow()

    def read(self) -> None:
        """Read what there is to choose from."""
        self._context.tasks.run(known, self._offer, latest="conditions of letters")

    def _offer(self, known: Known) -> None:
        self.conditions.offer(known)

    def _do(self, command: str) -> None:
        if command == "only":
            self.only.click()
        elif command == "new_page":
            self.inserting.new_page()

    def _follow(self) -> None:
        """Offer what fits where one writes."""
        body = self._editor.body
        self.table.setVisible(table_of(body.textCursor()) is not None)
        self.change.setVisible(body.painted_here() is not None)
        only = body.only
        self.only.show_on(bool(only))
        self.only.setAccessibleDescription(self.conditions.in_words(only) if only else tr("In all letters"))

    # Values ----------------------------------------------------------------------------------------------------

    @property
    def valued(self) -> bool:
        """Do placeholders show what is filled in?"""
        return self._editor.names.valued

    def show_values(self, on: bool) -> None:
        """Show placeholders by what is filled in for the recipient of the sketch, or by their names."""
        self._editor.names.valued = on
        self.values.show_on(on)
        self._editor.chips_changed()

    # Pictures --------------------------------------------------------------------------------------------------

    def _image_of(self, key: str) -> QImage | None:
        """The picture with this key; it is read when it is first asked for."""
        if key not in self._images:
            self._images[key] = None
            keys = letter_text.files(self._editor.body.letter) | {key}
            self._context.tasks.run(lambda desk: desk.letter_pictures.those(keys), self._take_images)
        return self._images[key]

    def _code_of(self, says: str, size: int) -> QImage | None:
        """The code of so many millimetres as the recipient of the sketch gets it, made when it is first asked for;
        None where there is none to be had, as for what is too much for its size."""
        text = placeholders.fill(says, self._editor.names.values).text
        key = text, size
        if key not in self._codes:
            if len(self._codes) >= _CODES:
                self._codes.clear()
            self._codes[key] = None
            if text.strip():
                self._context.tasks.run(
                    lambda desk: desk.letter_pictures.code(text, size), lambda code: self._take_code(key, code)
                )
        return self._codes[key]

    def _take_code(self, key: tuple[str, int], code: Sequence[bytes] | None) -> None:
        if code is not None:
            self._codes[key] = drawn(code)
            self._editor.body.viewport().update()

    def _take_images(self, found: dict[str, bytes]) -> None:
        for key, data in found.items():
            image = whole(data, _SIDE)
            self._images[key] = None if image.isNull() else image
        if any(self._images.values()):
            self._editor.chips_changed()
