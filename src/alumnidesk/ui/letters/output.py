"""Step 4: one PDF in print order, or straight to the printer. Each letter is then noted with its recipient."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from alumnidesk.ui import files
from alumnidesk.ui.letters.draft import Checked, counts
from alumnidesk.ui.page import Context
from alumnidesk.ui.widgets.buttons import OutlinedButton
from alumnidesk.ui.widgets.fields import LineField
from alumnidesk.ui.widgets.form import Form
from alumnidesk.ui.widgets.label import Label, title
from alumnidesk.ui.words import tr, tr_n, words

WIDEST, UNBOUND = 640, 16_777_215


class OutputStep(QWidget):
    """`print_asked`, `rewrite` and `finished` are what its buttons ask for; `named` carries the name of the mailing."""

    print_asked = Signal()
    rewrite = Signal()
    finished = Signal()
    named = Signal(str)

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        look, self._say = context.look, context.notices.say
        self._folder: Path | None = None
        self.head = title(look)
        self.sentence = Label(look, role="text2", wraps=True)
        self.form = Form(look, above=True)
        self.name = LineField(look, "title", tr("Name of this mailing"))
        self.form.add(self.name)
        self.name.saved.connect(lambda key, value: self.named.emit(value))
        self.printer = OutlinedButton(look, tr("Print …"), icon="printer", clicked=self.print_asked.emit)
        self.change = OutlinedButton(look, tr("Change letter"), icon="edit", clicked=self.rewrite.emit)
        self.folder = OutlinedButton(look, tr("Show in folder"), icon="folder", clicked=self._show_folder)
        self.done = OutlinedButton(look, tr("To all mailings"), icon="arrow-right", clicked=self.finished.emit)
        self.problems = Label(look, role="bad", wraps=True)
        self._look = look
        text = self._text = QWidget()
        column = QVBoxLayout(text)
        column.setContentsMargins(look.px(20), look.px(24), look.px(20), look.px(20))
        column.setSpacing(look.px(12))
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(text)
        outer.addStretch(1)
        for widget in (self.head, self.sentence, self.problems, self.form):
            column.addWidget(widget)
        row = QHBoxLayout()
        row.setSpacing(look.px(8))
        for button in (self.printer, self.change, self.folder, self.done):
            row.addWidget(button)
        row.addStretch(1)
        column.addLayout(row)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Sentences are at most as wide as one likes to read."""
        super().resizeEvent(event)
        wide = self.width() >= self._look.px(WIDEST)
        self._text.setMinimumWidth(self._look.px(WIDEST) if wide else 0)
        self._text.setMaximumWidth(self._look.px(WIDEST) if wide else UNBOUND)

    def show_checked(self, checked: Checked, name: str) -> None:
        """Say what is about to go out."""
        number = counts(checked.plan)
        ready = number.letters > 0 and not checked.plan.problems
        self.head.setText(
            tr("The letters cannot go out yet")
            if checked.plan.problems
            else tr_n("{n} letter is ready", "{n} letters are ready", number.letters)
        )
        self.sentence.setVisible(ready)
        self.sentence.setText(
            tr(
                "They come in print order: our own country first, by postcode, then abroad. When they "
                "are saved or printed, each is noted in the history of its recipient; one Undo takes "
                "that back."
            )
        )
        self.problems.setText("\n".join(words(problem) for problem in checked.plan.problems))
        self.problems.setVisible(bool(checked.plan.problems))
        self.name.set_value(name)
        self.form.show()
        self.printer.setVisible(ready)
        self.change.setVisible(bool(checked.plan.problems))
        self.folder.hide()
        self.done.hide()

    def show_done(self, letters: int, pages: int, out: Path | None) -> None:
        """Say what went out."""
        self.head.setText(tr_n("{n} letter went out", "{n} letters went out", letters))
        counted = tr_n("{n} page", "{n} pages", pages)
        if out is None:
            self.sentence.setText(
                tr("Printed, {pages}. Each letter stands in the history of its recipient.", pages=counted)
            )
        else:
            self.sentence.setText(
                tr(
                    "Saved as {file}, {pages}. Each letter stands in the history of its recipient.",
                    file=out.name,
                    pages=counted,
                )
            )
        self._folder = out.parent if out is not None else None
        self.sentence.show()
        self.form.hide()
        self.printer.hide()
        self.change.hide()
        self.folder.setVisible(out is not None)
        self.done.show()
        self.done.setFocus(Qt.FocusReason.OtherFocusReason)

    def _show_folder(self) -> None:
        if self._folder is not None:
            files.show_folder(self._folder, self._say)
