"""Writing a letter: one tab per language, placeholders set off from the words around them, a look at it beside."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import replace

from PySide6.QtCore import QEvent, QObject, QSignalBlocker, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QSyntaxHighlighter, QTextCharFormat, QTextDocument
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QMenu, QPlainTextEdit, QSizePolicy, QVBoxLayout, QWidget

from alumnidesk.domain import placeholders
from alumnidesk.domain.cards import LetterText, TemplateCard
from alumnidesk.domain.consent import POST, Purpose
from alumnidesk.i18n import LANGUAGES, Message
from alumnidesk.ui.look import Look
from alumnidesk.ui.widgets.beside import Beside
from alumnidesk.ui.widgets.buttons import LinkButton, PlainButton
from alumnidesk.ui.widgets.fields import ChoiceField, Field, LineField, TextField
from alumnidesk.ui.widgets.focus import go_behind_the_text
from alumnidesk.ui.widgets.label import Label
from alumnidesk.ui.widgets.tabs import Tabs
from alumnidesk.ui.words import language, tr, words

PAUSE = 250
"""Milliseconds without a key before the preview follows."""
_IN_BRACES = re.compile(r"\{([^{}\n]*)\}")
_UNBOUND = 16_777_215
_KEYS = ("subject", "body", "closing")


class Painted(QSyntaxHighlighter):
    """Sets known placeholders on tint and underlines those that there are not."""

    def __init__(self, look: Look, document: QTextDocument) -> None:
        super().__init__(document)
        self._look = look
        self.own: Sequence[str] = ()
        """Names of the association's own fields."""
        look.changed.connect(self.rehighlight)

    def highlightBlock(self, text: str) -> None:
        look = self._look
        known, unknown = QTextCharFormat(), QTextCharFormat()
        known.setBackground(look.colour("match"))
        known.setForeground(look.colour("on_tint"))
        unknown.setForeground(look.colour("bad"))
        unknown.setUnderlineStyle(QTextCharFormat.UnderlineStyle.WaveUnderline)
        unknown.setUnderlineColor(look.colour("bad"))
        for found in _IN_BRACES.finditer(text):
            form = known if placeholders.key_of(found[1], self.own) else unknown
            self.setFormat(found.start(), found.end() - found.start(), form)


class WordsField(TextField):
    """Words of a letter; with one line Enter goes on to the next field."""

    def __init__(self, look: Look, key: str, label: str, lines: int = 0, parent: QWidget | None = None) -> None:
        """`lines` 0: as many as there is room for."""
        self._one_line = lines == 1
        super().__init__(look, key, label, max(lines, 1), parent)
        self.painted = Painted(look, self.text.document())
        self.text.setMaximumWidth(_UNBOUND)
        if lines == 0:
            self.text.setMinimumHeight(look.px(120))
            self.text.setMaximumHeight(_UNBOUND)
            self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        else:
            self.text.setLineWrapMode(QPlainTextEdit.LineWrapMode.NoWrap)
            self.text.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
            self.text.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
            self.text.setFixedHeight(look.px(36))

    def _key(self, event: QKeyEvent) -> bool:
        if self._one_line and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.text.focusNextChild()
            return True
        return super()._key(event)


class LetterEditor(QWidget):
    """`typed` carries the text as it stands now, shortly after a key; `saved` the letter when a field was left."""

    typed = Signal(object)
    saved = Signal(object)

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look = look
        self.card = TemplateCard()
        self.name = LineField(look, "name", tr("Name of the letter"))
        self.purpose = ChoiceField(look, "purpose", tr("What it is for"), [])
        self.tabs = Tabs(look, tr("Languages"), tuple(LANGUAGES.items()))
        self.fields: dict[str, WordsField] = {
            "subject": WordsField(look, "subject", tr("Subject"), 1),
            "body": WordsField(look, "body", tr("Text")),
            "closing": WordsField(look, "closing", tr("Closing words"), 1),
        }
        self._last = self.fields["body"]
        self._own: Sequence[str] = ()
        self._menu = QMenu(self)
        self._fill_menu()
        self.insert = PlainButton(look, tr("Insert field"), icon="plus", menu=self._menu)
        self.insert.setFocusPolicy(Qt.FocusPolicy.TabFocus)  # a click leaves the field where one writes alone
        self.hint = Label(look, size="small", role="text2", wraps=True)
        self._problems = QVBoxLayout()
        self._problems.setSpacing(look.px(4))
        self._pause = QTimer(self, singleShot=True, interval=PAUSE)
        self._pause.timeout.connect(lambda: self.typed.emit(self.text()))
        self._lay_out()
        self.tabs.chosen.connect(self._turn)
        self.name.saved.connect(lambda key, value: self._save())
        self.purpose.saved.connect(lambda key, value: self._save())
        for field in self.fields.values():
            field.saved.connect(lambda key, value: self._save())
            field.text.textChanged.connect(self._changed)
            field.text.installEventFilter(self)

    def _lay_out(self) -> None:
        look = self._look
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(look.px(8))
        grid = QGridLayout()
        grid.setHorizontalSpacing(look.px(8))
        grid.setVerticalSpacing(look.px(8))
        grid.setColumnStretch(1, 1)
        top = Beside(self.tabs, self.insert, look.px(8))
        self._row(grid, 0, self.name)
        self._row(grid, 1, self.purpose)
        grid.addLayout(top, 2, 0, 1, 2)
        for row, field in enumerate(self.fields.values(), 3):
            self._row(grid, row, field)
        grid.setRowStretch(4, 1)
        column.addLayout(grid, 1)
        column.addWidget(self.hint)
        column.addLayout(self._problems)

    def _row(self, grid: QGridLayout, row: int, field: Field) -> None:
        field.label.setMinimumHeight(self._look.px(36))
        grid.addWidget(field.label, row, 0, Qt.AlignmentFlag.AlignTop)
        grid.addWidget(field, row, 1)

    def _fill_menu(self) -> None:
        self._menu.clear()
        heads = {
            placeholders.CONTACT: tr("About the recipient"),
            placeholders.EVENT: tr("About the event"),
            placeholders.ASSOCIATION: tr("About us"),
        }
        for about, head in heads.items():
            part = self._menu.addMenu(head)
            for known in placeholders.PLACEHOLDERS:
                if known.about == about:
                    part.addAction(words(known.label).replace("&", "&&"), self._inserter(words(known.label)))
            if about == placeholders.CONTACT and self._own:
                part.addSeparator()
                for name in self._own:
                    part.addAction(name.replace("&", "&&"), self._inserter(name))

    def offer(self, own: Sequence[str], purposes: Sequence[Purpose]) -> None:
        """Offer the association's own fields, by their names, and what letters can be for."""
        self.purpose.box.clear()
        for purpose in purposes:
            if POST in purpose.used or purpose.key == self.card.purpose:
                self.purpose.box.addItem(words(purpose.name), purpose.key)
        self.purpose.set_value(self.card.purpose)
        if list(own) == list(self._own):
            return
        self._own = own
        self._fill_menu()
        for field in self.fields.values():
            field.painted.own = own
            field.painted.rehighlight()
        self._check()

    def _inserter(self, name: str) -> Callable[[], None]:
        return lambda: self.put_in(name)

    def put_in(self, name: str) -> None:
        """Put a placeholder where one writes."""
        self._last.text.insertPlainText("{" + name + "}")
        self._last.text.setFocus(Qt.FocusReason.OtherFocusReason)

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

    def _turn(self, language: str) -> None:
        self._show_text(keep=False)
        self._pause.start()

    def _show_text(self, *, keep: bool) -> None:
        text = self._stored()
        for key, field in self.fields.items():
            if keep and field.editor.hasFocus() and field.edited:
                continue
            value = placeholders.named(getattr(text, key), language())
            if field.value == value and not field.edited:
                continue
            blocker = QSignalBlocker(field.text)
            field.set_value(value)
            del blocker
        self._hint()
        self._check()

    def _stored(self) -> LetterText:
        found = next((text for text in self.card.texts if text.language == self.language), None)
        return found or LetterText(self.language, "", "")

    def text(self) -> LetterText:
        """The words as they stand in the fields now."""
        return LetterText(self.language, *(placeholders.keyed(str(self.fields[key].value), self._own) for key in _KEYS))

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
            field.type_in(placeholders.named(getattr(text, key), language()))
        go_behind_the_text()

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

    # Writing ---------------------------------------------------------------------------------------------------

    def _changed(self) -> None:
        self._check()
        self._pause.start()

    def _check(self) -> None:
        """Say what is wrong with the placeholders, with a way to put it right."""
        while (item := self._problems.takeAt(0)) is not None:
            if (row := item.widget()) is not None:
                row.hide()
                row.deleteLater()
        whole = "\n".join(str(field.value) for field in self.fields.values())
        for problem in placeholders.check(placeholders.keyed(whole, self._own), self._own):
            self._problems.addWidget(self._problem(problem))

    def _problem(self, problem: Message) -> QWidget:
        row = QWidget()
        across = QHBoxLayout(row)
        across.setContentsMargins(0, 0, 0, 0)
        across.addWidget(Label(self._look, words(problem), role="bad", wraps=True), 1)
        if "meant" in problem.args:
            written, meant = str(problem.args["written"]), "{" + words(problem.args["meant"]) + "}"
            across.addWidget(
                LinkButton(self._look, tr("Write {meant}", meant=meant), clicked=lambda: self.correct(written, meant))
            )
        return row

    def correct(self, written: str, meant: str) -> None:
        """Write another placeholder in all places."""
        for field in self.fields.values():
            text = field.text.toPlainText()
            if written in text:
                field.text.selectAll()
                field.text.insertPlainText(text.replace(written, meant))
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
            self._last = next((field for field in self.fields.values() if field.text is watched), self._last)
        return super().eventFilter(watched, event)
