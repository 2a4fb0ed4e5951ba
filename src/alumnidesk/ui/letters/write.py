"""Step 2: which letter, and its words. What is typed is kept in the template, as everywhere, field by field."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, replace

from PySide6.QtCore import Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from alumnidesk.domain.cards import LetterText, TemplateCard
from alumnidesk.errors import InvalidInput
from alumnidesk.i18n import say
from alumnidesk.ui.drafts import Begun
from alumnidesk.ui.letters.editor import LetterEditor
from alumnidesk.ui.letters.writing.letter_tools import LetterTools
from alumnidesk.ui.letters.writing.preview import Preview
from alumnidesk.ui.page import Context
from alumnidesk.ui.widgets.beside import Beside
from alumnidesk.ui.widgets.buttons import PlainButton
from alumnidesk.ui.widgets.fields import Choice
from alumnidesk.ui.widgets.label import Label, Line
from alumnidesk.ui.words import language, tr, words

LEFT, WIDEST, SKETCH, NARROW = 720, 900, 280, 840
"""Widths at 100 %: of the page one writes on, usually and at most; the least of the sketch, and from which width on it
stands beside."""

UNBOUND = 16_777_215
WORDS = "letters/words"
"""Under what the words of a letter are kept until they are saved."""


class WriteStep(QWidget):
    """Editor at the left, the letter as it will look at the right. `chosen` carries the letter to be used."""

    chosen = Signal(object)

    def __init__(self, context: Context, *, choosing: bool = True) -> None:
        """`choosing`: offer all letters to choose from, as a mailing does."""
        super().__init__()
        self._context, look = context, context.look
        self._templates: Sequence[TemplateCard] = ()
        self.editor = LetterEditor(look)
        self.tools = LetterTools(context, self.editor)
        self.preview = Preview(context, self.editor.text)
        self.desk = self.preview.desk
        self.choice = Choice()
        self.choice.setAccessibleName(tr("Which letter?"))
        self.copy = PlainButton(look, tr("Copy"), icon="copy", clicked=self._copy, changes=True)
        self.copy.setAccessibleName(tr("Go on with a copy of this letter"))
        self._left = QWidget()
        column = QVBoxLayout(self._left)
        column.setContentsMargins(look.px(20), look.px(12), look.px(20), look.px(12))
        column.setSpacing(look.px(8))
        top = QWidget()
        which = QWidget()
        row = QHBoxLayout(which)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(Label(look, tr("Which letter?"), role="text2"))
        row.addWidget(self.choice, 1)
        chosen = QVBoxLayout(top)
        chosen.setContentsMargins(0, 0, 0, 0)
        chosen.addLayout(Beside(which, self.copy, look.px(8), look.px(300)))
        column.addWidget(top)
        top.setVisible(choosing)
        for field in (self.editor.name, self.editor.purpose):
            field.setVisible(not choosing)
            field.label.setVisible(not choosing)
        column.addWidget(self.editor, 1)
        across = QHBoxLayout(self)
        across.setContentsMargins(0, 0, 0, 0)
        across.setSpacing(0)
        across.addWidget(self._left)
        across.addWidget(Line(look, upright=True))
        across.addWidget(self.preview, 1)
        self.choice.activated.connect(lambda _: self._choose(self.choice.currentData()))
        self.editor.typed.connect(self._keep)
        self.editor.typed.connect(lambda _: self.preview.sketch())
        self.preview.shown.connect(self.editor.show_print)
        self.editor.saved.connect(self._save)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """With little room the page keeps its own and the sketch beside it grows smaller, then goes."""
        super().resizeEvent(event)
        px = self._context.look.px
        narrow = self.width() < px(NARROW)
        self.preview.setVisible(not narrow)
        width = min(max(px(LEFT), min(px(WIDEST), self.width() * 11 // 20)), self.width() - px(SKETCH))
        self._left.setMinimumWidth(0 if narrow else width)
        self._left.setMaximumWidth(UNBOUND if narrow else width)

    # Showing ---------------------------------------------------------------------------------------------------

    def show_letters(
        self,
        templates: Sequence[TemplateCard],
        current: TemplateCard | None,
        contacts: Sequence[int],
        event: int | None,
    ) -> None:
        """Show the letters to choose from, the chosen one, and to whom its sketch goes."""
        self._templates = templates
        self.choice.clear()
        for card in templates:
            self.choice.addItem(card.name, card.id)
        if current is not None:
            self.choice.setCurrentIndex(self.choice.findData(current.id))
            self.editor.show_letter(current, language().code)
        self.setEnabled(current is not None)
        self._context.tasks.run(
            lambda desk: ([field.name for field in desk.own_fields.all()], desk.purposes.all()),
            lambda found: self.editor.offer(*found),
            latest="own fields in letters",
        )
        self.tools.read()
        self.preview.show_recipients(contacts, event)

    # Choosing and saving ---------------------------------------------------------------------------------------

    def _choose(self, id: int) -> None:
        self.editor.commit()
        card = next((card for card in self._templates if card.id == id), None)
        if card is not None:
            self.chosen.emit(card)
            self.editor.show_letter(card, language().code)
            self.preview.sketch()

    def _copy(self) -> None:
        card = replace(self.editor.card, id=None, uid="", name=tr("{name} (copy)", name=self.editor.card.name))
        self._context.deed(lambda desk: desk.letters.save_template(card), then=self.chosen.emit)

    def _keep(self, text: LetterText) -> None:
        """Keep what is typed and not saved, should the program end without warning."""
        if not self.editor.edited:
            self._context.drafts.forget(WORDS)
            return
        about = say("You were writing the letter “{name}”", name=self.editor.card.name)
        content = {"template": self.editor.card.id, "text": asdict(text)}
        self._context.drafts.keep(WORDS, Begun(about, content))

    def _save(self, card: TemplateCard) -> None:
        self._context.drafts.forget(WORDS)
        self._context.deed(lambda desk: desk.letters.save_template(card), quiet=True, failed=self._refused)
        self.chosen.emit(card)  # after the deed, so that what is read then has it

    def _refused(self, problem: BaseException) -> None:
        if isinstance(problem, InvalidInput) and problem.field == "name":
            self.editor.name.show_problem(words(problem.message))
        else:
            self._context.messages.show(problem)

    def commit(self) -> bool:
        """Save what is typed."""
        saved = self.editor.commit()
        if saved:
            self._context.drafts.forget(WORDS)
        return saved
