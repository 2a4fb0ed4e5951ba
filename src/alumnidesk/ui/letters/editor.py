"""Writing a letter: one tab per language, its words on the page, and what to put right below."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from PySide6.QtCore import QEvent, QObject, QSignalBlocker, Qt, QTimer, Signal
from PySide6.QtGui import QImage, QTextCursor
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from alumnidesk.domain import letter_text, placeholders
from alumnidesk.domain.cards import LetterText, TemplateCard
from alumnidesk.domain.consent import POST, Purpose
from alumnidesk.domain.envelope_windows import window_of
from alumnidesk.i18n import LANGUAGES, Message
from alumnidesk.ui.letters.writing.body import Body
from alumnidesk.ui.letters.writing.fields import WordsField
from alumnidesk.ui.letters.writing.painted import Painted
from alumnidesk.ui.letters.writing.paper_look import PaperLook
from alumnidesk.ui.letters.writing.placeholder_menu import PlaceholderMenu
from alumnidesk.ui.letters.writing.preview import Sketch
from alumnidesk.ui.letters.writing.sheet import Sheet
from alumnidesk.ui.letters.writing.toolbar import Tool, Toolbar
from alumnidesk.ui.letters.writing.words import KEYS, Names, OneLine, Shared, Words
from alumnidesk.ui.look import Look
from alumnidesk.ui.widgets.beside import Beside
from alumnidesk.ui.widgets.buttons import LinkButton
from alumnidesk.ui.widgets.changing import Changing
from alumnidesk.ui.widgets.fields import ChoiceField, Field, LineField
from alumnidesk.ui.widgets.label import Label
from alumnidesk.ui.widgets.tabs import Tabs
from alumnidesk.ui.words import tr, words

PAUSE = 250
"""Milliseconds without a key before the preview follows."""


class LetterEditor(Changing, QWidget):
    """`typed` carries the text as it stands now, shortly after a key; `saved` the letter when a field was left."""

    typed = Signal(object)
    saved = Signal(object)
    shown = Signal()
    """Another text is shown."""
    changes = True

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        self.card = TemplateCard()
        self.names = Names()
        self.paper = PaperLook(look, self)
        self.painted = Painted(look, self.paper, self)
        self.painted.words_of, self.painted.is_known = self.names.shown, self.names.known
        shared = Shared(look, self.paper, self.painted)
        self.name = LineField(look, "name", tr("Name of the letter"))
        self.purpose = ChoiceField(look, "purpose", tr("What it is for"), [])
        self.tabs = Tabs(look, tr("Languages"), tuple(LANGUAGES.items()))
        self.body = Body(shared, self.names, tr("Text"))
        self.fields: dict[str, WordsField] = {
            "subject": WordsField(look, "subject", OneLine(shared, self.names, tr("Subject"), bold=True)),
            "body": WordsField(look, "body", self.body),
            "closing": WordsField(look, "closing", OneLine(shared, self.names, tr("Closing words"), bold=False)),
        }
        self._last: Words = self.body
        self._printed: tuple[object, ...] | None = None
        """What the page around the words was made from."""
        self.tools = Toolbar(look, self.body)
        self.placeholders = PlaceholderMenu(look, self)
        self.insert = Tool(
            look,
            tr("Placeholder"),
            "plus",
            words=tr("Placeholder"),
            key=KEYS["placeholder"],
            does=self.offer_placeholders,
        )
        self.tools.add(self.insert)
        texts = [field.text for field in self.fields.values()]
        self.sheet = Sheet(look, self.paper, list(self.fields.values()), texts)
        self.hint = Label(look, size="small", role="text2", wraps=True)
        self._problems = QVBoxLayout()
        self._problems.setSpacing(look.px(4))
        self._pause = QTimer(self, singleShot=True, interval=PAUSE)
        self._pause.timeout.connect(self._paused)
        self._lay_out()
        self.tabs.chosen.connect(self._turn)
        self.name.saved.connect(lambda key, value: self._save())
        self.purpose.saved.connect(lambda key, value: self._save())
        self.placeholders.chosen.connect(self.put_in)
        for field in self.fields.values():
            field.saved.connect(lambda key, value: self._save())
            field.text.textChanged.connect(self._pause.start)
            field.text.asked.connect(self._do)
            field.text.installEventFilter(self)

    def _lay_out(self) -> None:
        look = self._look
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(look.px(8))
        for field in (self.name, self.purpose):
            field.editor.setMinimumWidth(look.px(160))
        column.addLayout(Beside(self._row(self.name), self._row(self.purpose), look.px(16)))
        column.addWidget(self.tabs)
        column.addWidget(self.tools)
        column.addWidget(self.sheet, 1)
        column.addWidget(self.hint)
        column.addLayout(self._problems)

    def held(self, why: str) -> None:
        for field in (self.name, self.purpose):
            field.only_read(why)
        for part in (self.tools, *(field.text for field in self.fields.values())):
            part.setEnabled(not why)
            part.setToolTip(why)

    def _row(self, field: Field) -> QWidget:
        """A field behind its words; it is hidden together with them."""
        row = QWidget()
        across = QHBoxLayout(row)
        across.setContentsMargins(0, 0, 0, 0)
        across.setSpacing(self._look.px(8))
        field.label.setMinimumHeight(self._look.px(36))
        across.addWidget(field.label, 0, Qt.AlignmentFlag.AlignTop)
        across.addWidget(field, 1)
        return row

    def offer(self, own: Sequence[str], purposes: Sequence[Purpose]) -> None:
        """Offer the association's own fields, by their names, and what letters can be for."""
        self.purpose.box.clear()
        for purpose in purposes:
            if POST in purpose.used or purpose.key == self.card.purpose:
                self.purpose.box.addItem(words(purpose.name), purpose.key)
        self.purpose.set_value(self.card.purpose)
        if list(own) == list(self.names.own):
            return
        self.names.own = own
        self.placeholders.offer(own)
        self.chips_changed()
        self._check()

    def chips_changed(self) -> None:
        """What stands on the chips, or in the pictures, is something else."""
        for field in self.fields.values():
            field.text.chips_changed()

    def offer_placeholders(self) -> None:
        """Open the list of placeholders where one writes."""
        text = self._last
        self.placeholders.open_at(text.viewport().mapToGlobal(text.cursorRect().bottomLeft()))

    def put_in(self, key: str) -> None:
        """Put a placeholder where one writes."""
        self._last.put_chip(key)
        self._last.setFocus(Qt.FocusReason.OtherFocusReason)

    def _do(self, command: str) -> None:
        if command == "placeholder":
            self.offer_placeholders()

    # Showing ---------------------------------------------------------------------------------------------------

    @property
    def language(self) -> str:
        """The language one writes in now."""
        return self.tabs.current

    def show_letter(self, card: TemplateCard, language: str = "") -> None:
        """Show a letter, in `language` or in the one shown before, else in its first."""
        other = card.id != self.card.id
        self.card = card
        self.name.set_value(card.name)
        self.purpose.set_value(card.purpose)
        have = [text.language for text in card.texts]
        if other and have:
            wanted = language if language in have else have[0]
            self.tabs.go_to(wanted if wanted in LANGUAGES else next(iter(LANGUAGES)))
        self._show_text(keep=not other)
        if other:
            self.sheet.show_words()

    def _turn(self, language: str) -> None:
        self._show_text(keep=False)
        self._pause.start()

    def _show_text(self, *, keep: bool) -> None:
        text = self._stored()
        for key, field in self.fields.items():
            if keep and field.editor.hasFocus() and field.edited:
                continue
            value = getattr(text, key)
            if field.value == value and not field.edited:
                continue
            blocker = QSignalBlocker(field.text)
            field.set_value(value)
            del blocker
        self._hint()
        self._check()
        self.shown.emit()

    def _stored(self) -> LetterText:
        found = next((text for text in self.card.texts if text.language == self.language), None)
        return found or LetterText(self.language, "", "")

    def text(self) -> LetterText:
        """The words as they stand in the fields now."""
        stored = self._stored()
        shown = {key: str(field.value) if field.edited else getattr(stored, key) for key, field in self.fields.items()}
        return LetterText(self.language, **shown)

    @property
    def edited(self) -> bool:
        """Do the words differ from what is stored, or on its way there?"""
        return self.text() != self._stored() and any(field.edited for field in self.fields.values())

    def type_in(self, text: LetterText) -> None:
        """Show these words as if they had just been typed."""
        self.tabs.go_to(text.language)
        self._show_text(keep=False)
        self.fields["body"].setFocus()
        for key, field in self.fields.items():
            field.type_in(getattr(text, key))
        self.body.moveCursor(QTextCursor.MoveOperation.End)

    def _hint(self) -> None:
        empty = not any((self._stored().subject, self._stored().body))
        if empty and len(self.card.texts) > 0:
            self.hint.setText(
                tr(
                    "Not written in {language} yet; those people get another language.",
                    language=LANGUAGES[self.language],
                )
            )
        self.hint.setVisible(empty and len(self.card.texts) > 0)

    def show_print(self, sketch: Sketch) -> None:
        """Show what is printed around the words of a real letter, and what is filled in there."""
        association, letter = sketch.association, sketch.letter
        if self.names.values != letter.values:
            self.names.values = letter.values
            if self.names.valued:
                self.chips_changed()
            self.body.viewport().update()  # codes are those of this recipient
        head = (association, letter.address, letter.date, letter.language)
        if head == self._printed:
            return
        first, place = self._printed is None, window_of(association)
        self._printed = head
        self.paper.take(font=association.font)
        signature = QImage.fromData(association.signature) if association.signature else QImage()
        self.painted.signature = None if signature.isNull() else signature
        page = self.sheet.page
        page.signs = (association.signatory, association.signatory_role)
        page.show_head(sketch.pdf, place.subject, place.folds)
        if first:
            self.sheet.show_words()

    # Writing ---------------------------------------------------------------------------------------------------

    def _paused(self) -> None:
        self._check()
        self.typed.emit(self.text())

    def _check(self) -> None:
        """Say which placeholders there are not, with a way to put it right."""
        while (item := self._problems.takeAt(0)) is not None:
            if (row := item.widget()) is not None:
                row.hide()
                row.deleteLater()
        for problem in placeholders.check(self._whole(), self.names.own):
            self._problems.addWidget(self._problem(problem))

    def _whole(self) -> str:
        """Everything that may hold placeholders."""
        subject, closing = (str(self.fields[key].value) for key in ("subject", "closing"))
        return "\n".join((subject, *letter_text.texts(self.body.letter), closing))

    def _problem(self, problem: Message) -> QWidget:
        row = QWidget()
        across = QHBoxLayout(row)
        across.setContentsMargins(0, 0, 0, 0)
        across.addWidget(Label(self._look, words(problem), role="bad", wraps=True), 1)
        if "meant" in problem.args:
            written, meant = str(problem.args["written"])[1:-1], words(problem.args["meant"])
            button = LinkButton(
                self._look, tr("Write {meant}", meant=meant), clicked=lambda: self.correct(written, meant)
            )
            across.addWidget(button)
        return row

    def correct(self, written: str, meant: str) -> None:
        """Write another placeholder in all places."""
        for field in self.fields.values():
            field.text.rename(written, self.names.key(meant))
        self._check()
        self._save()

    def commit(self) -> bool:
        """Save what is typed."""
        left = [field for field in (self.name, self.purpose, *self.fields.values()) if not field.commit()]
        return not left

    def _save(self) -> None:
        text = self.text()
        others = [other for other in self.card.texts if other.language != text.language]
        written = [text] if any((text.subject, text.body, text.closing)) else []
        places = {other.language: place for place, other in enumerate(self.card.texts)}
        texts = sorted(others + written, key=lambda one: places.get(one.language, len(places)))
        purpose = str(self.purpose.value) or self.card.purpose
        card = replace(self.card, name=str(self.name.value), texts=tuple(texts), purpose=purpose)
        if card != self.card:
            self.card = card
            self._hint()
            self.saved.emit(card)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.FocusIn:
            self._last = next((field.text for field in self.fields.values() if field.text is watched), self._last)
        return super().eventFilter(watched, event)
