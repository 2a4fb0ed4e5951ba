"""The letter beside the page one writes on, as it will be printed: to the first recipient, then to each of them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from alumnidesk.domain.association import Association
from alumnidesk.domain.cards import LetterText
from alumnidesk.domain.letters import EnvelopeWindow, LetterPlan
from alumnidesk.ui.letters.paper import LetterDesk
from alumnidesk.ui.page import Context
from alumnidesk.ui.widgets.buttons import PlainButton
from alumnidesk.ui.widgets.label import Ground, Label, Line
from alumnidesk.ui.words import language, tr

if TYPE_CHECKING:
    from alumnidesk.desk import Desk


@dataclass(frozen=True, slots=True)
class Sketch:
    """One letter as it will be printed."""

    letter: LetterPlan
    pdf: bytes
    window: EnvelopeWindow
    association: Association


class Preview(QWidget):
    """`shown` carries each `Sketch`."""

    shown = Signal(object)

    def __init__(self, context: Context, text: Callable[[], LetterText]) -> None:
        super().__init__()
        self._context, self._text = context, text
        self._contacts: Sequence[int] | None = None
        """None until it is known to whom the letters go: nothing is shown before."""
        self._event: int | None = None
        self._at, self._step = 0, 1
        look = context.look
        self.desk = LetterDesk(look)
        self.previous = PlainButton(look, "", icon="chevron-left", name=tr("Previous letter"), clicked=self.go_back)
        self.following = PlainButton(look, "", icon="chevron-right", name=tr("Next letter"), clicked=self.go_on)
        self.whom = Label(look, size="small")
        self.whom.setMinimumWidth(0)
        self._bar = Ground(look, "page")
        across = QHBoxLayout(self._bar)
        across.setContentsMargins(look.px(8), look.px(2), look.px(8), look.px(2))
        across.setSpacing(look.px(4))
        across.addWidget(self.previous)
        across.addWidget(self.whom, 1)
        across.addWidget(self.following)
        self._bar.hide()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._bar)
        column.addWidget(Line(look))
        column.addWidget(self.desk, 1)

    def show_recipients(self, contacts: Sequence[int], event: int | None) -> None:
        """To whom the letters go, and what they are about."""
        if list(contacts) != list(self._contacts or ()):
            self._at = 0
        self._contacts, self._event, self._step = contacts, event, 1
        self._bar.setVisible(bool(contacts))
        self.sketch()

    def go_on(self) -> None:
        """Show the letter to the next recipient."""
        self._go(1)

    def go_back(self) -> None:
        """Show the letter to the one before."""
        self._go(-1)

    def _go(self, by: int) -> None:
        if self._contacts:
            self._at, self._step = (self._at + by) % len(self._contacts), by
            self.sketch()

    def sketch(self) -> None:
        """Set the letter as it is written now."""
        if self._contacts is None:
            return
        text, event, code = self._text(), self._event, language().code
        ids, at = self._contacts, self._at
        in_turn = [*ids[at:], *ids[:at]] if self._step > 0 else [*ids[at::-1], *ids[:at:-1]]

        def made(desk: Desk) -> Sketch:
            letter = desk.letters.sketch(text, in_turn, event=event)
            return Sketch(letter, desk.letters.preview(letter), desk.letters.window(code), desk.settings.association())

        self._context.tasks.run(made, self._show, latest="sketch of a letter")

    def _show(self, sketch: Sketch) -> None:
        letter, contacts = sketch.letter, self._contacts or ()
        id = letter.contact.id
        if id is not None and id in contacts:  # who gets none was passed over
            self._at = list(contacts).index(id)
        total = language().number(len(contacts))
        self.whom.setText(
            tr("{n} of {total}: {name}", n=language().number(self._at + 1), total=total, name=letter.name)
        )
        self.whom.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.desk.sheets.show_pdf(sketch.pdf, letter.inserted, sketch.window)
        self.shown.emit(sketch)
