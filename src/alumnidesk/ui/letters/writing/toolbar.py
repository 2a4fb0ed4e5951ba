"""The tools of the editor: how words look, what can be put in, and who gets a paragraph."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QSignalBlocker, Qt
from PySide6.QtGui import QColor, QPainter
from PySide6.QtWidgets import QMenu, QWidget

from alumnidesk.domain.letter_text import (
    BULLET,
    CENTRE,
    HEADING,
    JUSTIFIED,
    LARGE,
    LEFT,
    NORMAL,
    NUMBER,
    RIGHT,
    SMALL,
)
from alumnidesk.ui.icons import icon
from alumnidesk.ui.letters.writing.body import Body
from alumnidesk.ui.letters.writing.words import KEYS
from alumnidesk.ui.look import Look
from alumnidesk.ui.widgets.buttons import Button, PlainButton, key_words
from alumnidesk.ui.widgets.fields import Choice
from alumnidesk.ui.widgets.flow import Flow
from alumnidesk.ui.widgets.paint import fill, frame
from alumnidesk.ui.words import tr


class Tool(PlainButton):
    """A tool that may be on; a click leaves the keyboard in the text."""

    def __init__(
        self,
        look: Look,
        name: str,
        icon: str,
        *,
        words: str = "",
        key: str = "",
        does: Callable[[], object] | None = None,
        menu: QMenu | None = None,
    ) -> None:
        said = f"{name} ({key_words(key)})" if key else name
        super().__init__(look, words, icon=icon, name=said, clicked=does, menu=menu)
        self.padding = 8
        self.setAccessibleName(name)
        self.setToolTip(said)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)

    def show_on(self, on: bool) -> None:
        """Show whether it is on."""
        self.setCheckable(True)
        if self.isChecked() != on:
            self.setChecked(on)

    def nextCheckState(self) -> None:
        """A click does something; what is on then, the text says."""

    def paint_ground(self, painter: QPainter) -> None:
        if self.isChecked():
            fill(painter, self.rect(), self._look.colour("tint"), self._look.px(6))
            frame(painter, self.rect(), self._look.colour("accent"), self._look.px(6), 1)
        else:
            super().paint_ground(painter)

    def icon_ink(self) -> QColor:
        return self._look.colour("on_tint") if self.isChecked() else super().icon_ink()


class Toolbar(QWidget):
    """Works on one body. Rows of tools that break where there is no more room."""

    def __init__(self, look: Look, body: Body) -> None:
        super().__init__()
        self._look, self._body = look, body
        self._flow = Flow(look.px(2), self)
        self.setAccessibleName(tr("Tools of the text"))
        self.bold = self._tool(tr("Bold"), "bold", "bold")
        self.italic = self._tool(tr("Italic"), "italic", "italic")
        self.underlined = self._tool(tr("Underlined"), "underline", "underlined")
        self.sizes = Choice()
        self.sizes.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.sizes.setFont(look.font())
        self.sizes.setAccessibleName(tr("Size of the paragraph"))
        self.sizes.setToolTip(tr("Size of the paragraph"))
        for size, words in (
            (NORMAL, tr("Normal")),
            (SMALL, tr("Small")),
            (LARGE, tr("Large")),
            (HEADING, tr("Heading")),
        ):
            self.sizes.addItem(words, size)
        self._flow.addWidget(self.sizes)
        self.aligns = {
            LEFT: (tr("Align left"), "align-left"),
            CENTRE: (tr("Centred"), "align-centre"),
            RIGHT: (tr("Align right"), "align-right"),
            JUSTIFIED: (tr("Justified"), "align-justified"),
        }
        menu = QMenu(self)
        for align, (words, sign) in self.aligns.items():
            action = menu.addAction(icon(look, sign), words)
            action.setShortcut(KEYS[align])
            action.setShortcutContext(Qt.ShortcutContext.WidgetShortcut)  # the text answers it
            action.triggered.connect(lambda _=False, align=align: self._body.do(align))
        self.align = self.add(Tool(look, tr("Alignment"), "align-left", menu=menu))
        self.bullets = self._tool(tr("Bullet list"), "bullets", BULLET)
        self.numbers = self._tool(tr("Numbered list"), "numbers", NUMBER)
        self.out = self.add(Tool(look, tr("Further out"), "outdent", does=lambda: body.move_level(-1)))
        self.into = self.add(Tool(look, tr("Further in"), "indent", does=lambda: body.move_level(1)))
        self.undo = self.add(Tool(look, tr("Undo in the text"), "undo", does=body.undo))
        self.redo = self.add(Tool(look, tr("Redo in the text"), "redo", does=body.redo))
        self.sizes.activated.connect(lambda _: self._set_size())
        body.cursorPositionChanged.connect(self.follow)
        body.currentCharFormatChanged.connect(lambda _: self.follow())
        body.textChanged.connect(self.follow_steps)
        self.follow()

    def add(self, button: Button) -> Button:
        """Add a tool at the end."""
        self._flow.addWidget(button)
        return button

    def _tool(self, name: str, sign: str, command: str) -> Tool:
        tool = Tool(self._look, name, sign, key=KEYS[command], does=lambda: self._body.do(command))
        self._flow.addWidget(tool)
        return tool

    def _set_size(self) -> None:
        self._body.set_size(str(self.sizes.currentData()))
        self._body.setFocus(Qt.FocusReason.OtherFocusReason)

    def follow_steps(self) -> None:
        """Offer the steps that can be taken back; Qt does not tell it of a text that was shown anew."""
        document = self._body.document()
        self.undo.setEnabled(document.isUndoAvailable())
        self.redo.setEnabled(document.isRedoAvailable())

    def follow(self) -> None:
        """Show how the words at the cursor look."""
        body = self._body
        self.follow_steps()
        for look, tool in (("bold", self.bold), ("italic", self.italic), ("underlined", self.underlined)):
            tool.show_on(body.has_look(look))
        mark = body.mark
        self.bullets.show_on(mark == BULLET)
        self.numbers.show_on(mark == NUMBER)
        self.out.setEnabled(bool(mark))
        self.into.setEnabled(bool(mark))
        blocker = QSignalBlocker(self.sizes)
        self.sizes.setCurrentIndex(self.sizes.findData(body.size_))
        del blocker
        name, sign = self.aligns[body.align]
        self.align.set_icon(sign)
        self.align.setAccessibleDescription(name)
