"""Text on the window. Always plain: Qt would otherwise take a contact's name for markup and draw local pictures."""

from __future__ import annotations

import re

from PySide6.QtCore import Qt
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QFrame, QLabel, QSizePolicy, QWidget

from alumnidesk.ui.look import Look, Size


class Label(QLabel):
    """One text in one of three sizes and two weights; `role` names its colour."""

    def __init__(
        self,
        look: Look,
        text: str = "",
        *,
        size: Size = "body",
        bold: bool = False,
        role: str = "text",
        wraps: bool = False,
        selectable: bool = False,
    ) -> None:
        super().__init__()
        self._look, self._role = look, role
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setFont(look.font(size, bold))
        self.setWordWrap(wraps)
        if selectable:
            self.setTextInteractionFlags(
                Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
            )
            self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self.setText(text)
        self._colour()
        look.changed.connect(self._colour)

    def set_role(self, role: str) -> None:
        """Show the text in another colour."""
        self._role = role
        self._colour()

    def _colour(self) -> None:
        palette = self.palette()
        palette.setColor(QPalette.ColorRole.WindowText, self._look.colour(self._role))
        self.setPalette(palette)


def title(look: Look, text: str = "") -> Label:
    """The title of a page or the name of a person."""
    return Label(look, text, size="title", bold=True)


def section(look: Look, text: str = "") -> Label:
    """The head of a section inside a page."""
    return Label(look, text, bold=True)


class Line(QWidget):
    """One thin line between areas; `role` hair for the thinner one between rows."""

    def __init__(self, look: Look, role: str = "line", *, upright: bool = False) -> None:
        super().__init__()
        self._look, self._role = look, role
        self.setAutoFillBackground(True)
        fixed, grows = QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Expanding
        if upright:
            self.setFixedWidth(1)
            self.setSizePolicy(fixed, grows)
        else:
            self.setFixedHeight(1)
            self.setSizePolicy(grows, fixed)
        self._colour()
        look.changed.connect(self._colour)

    def _colour(self) -> None:
        palette = self.palette()
        palette.setColor(QPalette.ColorRole.Window, self._look.colour(self._role))
        self.setPalette(palette)


class Ground(QFrame):
    """An area with a ground of its own colour: navigation, panel, desk."""

    def __init__(self, look: Look, role: str) -> None:
        super().__init__()
        self._look, self._role = look, role
        self.setAutoFillBackground(True)
        self._colour()
        look.changed.connect(self._colour)

    def _colour(self) -> None:
        palette = self.palette()
        palette.setColor(QPalette.ColorRole.Window, self._look.colour(self._role))
        self.setPalette(palette)


def breakable(text: str, longest: int = 24) -> str:
    """The same text for a narrow column: a long word (an address, a link, a path) may go on in the next line."""
    return re.sub(rf"\S{{{longest + 1},}}", lambda word: _broken(word[0], longest), text)


def _broken(word: str, longest: int) -> str:
    pieces = re.findall(rf"[^@./\\_-]{{1,{longest}}}[@./\\_-]*|[@./\\_-]+", word)
    return "\N{ZERO WIDTH SPACE}".join(pieces)
