"""A sentence about what was just done, with Undo and a named Close; and the callout, its sister inside a page."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from alumnidesk.ui.icons import paint_icon
from alumnidesk.ui.look import Look
from alumnidesk.ui.widgets.beside import Beside
from alumnidesk.ui.widgets.buttons import Button, LinkButton, OutlinedButton, PlainButton, key_words
from alumnidesk.ui.widgets.flow import Flow
from alumnidesk.ui.widgets.label import Label
from alumnidesk.ui.widgets.paint import fill, frame
from alumnidesk.ui.words import tr

HEIGHT, STRIP, LEAST = 44, 60, 280
"""At 100 %: the bar, the strip it lies in, and the width of a sentence that has its buttons beside it."""


class TintedArea(QWidget):
    """A tinted ground with round corners; in high contrast a frame around the page's own ground."""

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        look.changed.connect(self.update)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if self._look.palette.high:
            frame(painter, self.contentsRect(), self._look.colour("accent"), self._look.px(8))
        else:
            fill(painter, self.contentsRect(), self._look.colour("tint"), self._look.px(8))


class TintedBox(TintedArea):
    """A tinted area that is as high as its words need at their present width, and no higher."""

    def __init__(self, look: Look) -> None:
        super().__init__(look)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)

    def sizeHint(self) -> QSize:
        hint = super().sizeHint()
        return QSize(hint.width(), self.heightForWidth(self.width()))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self.updateGeometry()


def tinted_role(look: Look) -> str:
    """The colour of text in a `TintedArea`."""
    return "text" if look.palette.high else "on_tint"


class TintLabel(Label):
    """Text in a `TintedArea`."""

    def __init__(self, look: Look, text: str = "", *, bold: bool = False, wraps: bool = False) -> None:
        super().__init__(look, text, bold=bold, wraps=wraps, role=tinted_role(look))
        look.changed.connect(lambda: self.set_role(tinted_role(look)))


class Symbol(QWidget):
    """One icon in the colour of its surroundings; says nothing that the words beside it do not."""

    def __init__(
        self,
        look: Look,
        icon: str,
        role: str = "text2",
        size: int = 20,
        *,
        tinted: bool = False,
    ) -> None:
        super().__init__()
        self._look, self._icon, self._role, self._size, self._tinted = look, icon, role, size, tinted
        self.setFixedSize(look.px(size), look.px(size))
        look.changed.connect(self.update)

    def show_icon(self, icon: str, role: str) -> None:
        """Show another icon or colour."""
        self._icon, self._role = icon, role
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        role = tinted_role(self._look) if self._tinted else self._role
        paint_icon(QPainter(self), self._icon, self._look.colour(role), 0, 0, self._look.px(self._size))


def lay_out_strip(look: Look, area: TintedArea, symbol: Symbol, sentence: TintLabel, buttons: QWidget) -> None:
    """Lay out a strip: symbol and sentence, and the buttons beside them, or below where there is no room."""
    area.setMinimumHeight(look.px(HEIGHT) + area.contentsMargins().top())
    said = QWidget()
    row = QHBoxLayout(said)
    row.setContentsMargins(0, 0, 0, 0)
    row.setSpacing(look.px(12))
    row.addWidget(symbol)
    row.addWidget(sentence, 1)
    rows = QVBoxLayout(area)
    rows.setContentsMargins(look.px(16), look.px(4), look.px(12), look.px(4))
    rows.addLayout(Beside(said, buttons, look.px(8), look.px(LEAST)))


class NoticeBar(TintedArea):
    """Icon, sentence in the past, Undo or Redo with its key, Close."""

    def __init__(self, look: Look, *, closed: Callable[[], None]) -> None:
        super().__init__(look)
        self.setAccessibleName(tr("Notice"))
        self._undo: Callable[[], None] | None = None
        self._redo: Callable[[], None] | None = None
        self._symbol = Symbol(look, "check-circle", tinted=True)
        self.sentence = TintLabel(look, wraps=True)
        self.undo_button = LinkButton(look, tr("Undo"), icon="undo", key=key_words("Ctrl+Z"), clicked=self._undone)
        keys = key_words("Ctrl+Shift+Z")
        self.redo_button = LinkButton(look, tr("Redo"), icon="redo", key=keys, clicked=self._done_again)
        self.close_button = PlainButton(look, "", icon="close", name=tr("Close this notice"), clicked=closed)
        self._action: Callable[[], object] | None = None
        self.action_button = LinkButton(look, "", icon="arrow-right", clicked=self._acted)
        buttons = QWidget()
        flow = Flow(look.px(8), buttons)
        for button in (self.action_button, self.undo_button, self.redo_button, self.close_button):
            flow.addWidget(button)
        lay_out_strip(look, self, self._symbol, self.sentence, buttons)

    def say(
        self,
        sentence: str,
        undo: Callable[[], None] | None,
        icon: str,
        action: tuple[str, Callable[[], object]] | None = None,
        redo: Callable[[], None] | None = None,
    ) -> None:
        """Show a sentence; without `undo` and `redo` there is no Undo and no Redo, without `action` no other button."""
        text, self._action = action or ("", None)
        self.action_button.set_words(text)
        self.action_button.setVisible(action is not None)
        self._undo, self._redo = undo, redo
        self.sentence.setText(sentence)
        self.setAccessibleDescription(sentence)
        self._symbol.show_icon(icon, "on_tint")
        self.undo_button.setVisible(undo is not None)
        self.redo_button.setVisible(redo is not None)

    def _acted(self) -> None:
        if self._action is not None:
            self._action()

    def _undone(self) -> None:
        if self._undo is not None:
            self._undo()

    def _done_again(self) -> None:
        if self._redo is not None:
            self._redo()


class Callout(TintedBox):
    """A bold line, a sentence with names, one outlined button: something that one may want to do now."""

    def __init__(
        self,
        look: Look,
        head: str,
        sentence: str,
        *,
        icon: str = "info",
        action: str = "",
        action_icon: str = "arrow-right",
        clicked: Callable[[], object] | None = None,
        changes: bool = False,
    ) -> None:
        """`changes`: the action changes the file."""
        super().__init__(look)
        self.setAccessibleName(head)
        rows = QVBoxLayout(self)
        margin = look.px(16)
        rows.setContentsMargins(margin, look.px(12), margin, margin)
        rows.setSpacing(look.px(6))
        first = QHBoxLayout()
        first.setSpacing(look.px(8))
        first.addWidget(Symbol(look, icon, tinted=True))
        self.head = TintLabel(look, head, bold=True, wraps=True)
        first.addWidget(self.head, 1)
        rows.addLayout(first)
        self.sentence = TintLabel(look, sentence, wraps=True)
        rows.addWidget(self.sentence)
        self.button: Button | None = None
        if action:
            self.button = OutlinedButton(look, action, icon=action_icon, clicked=clicked, changes=changes)
            rows.addSpacing(look.px(4))
            rows.addWidget(self.button, 0, Qt.AlignmentFlag.AlignLeft)
