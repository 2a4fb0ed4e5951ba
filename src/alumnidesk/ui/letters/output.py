"""Step 4: letters as one PDF or to the printer, e-mails as drafts. Each is then noted with its recipient."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from alumnidesk.domain.mailings import OPEN, PREPARED, PRODUCED
from alumnidesk.ui import files
from alumnidesk.ui.letters.drafts_form import DraftsForm
from alumnidesk.ui.letters.job import Checked
from alumnidesk.ui.letters.producing import Producing
from alumnidesk.ui.page import Context
from alumnidesk.ui.widgets.buttons import OutlinedButton, PlainButton
from alumnidesk.ui.widgets.fields import LineField
from alumnidesk.ui.widgets.flow import Flow
from alumnidesk.ui.widgets.form import Form
from alumnidesk.ui.widgets.label import Label, Line, section, title
from alumnidesk.ui.widgets.scroller import Scroller
from alumnidesk.ui.words import tr, tr_n, words

if TYPE_CHECKING:
    from alumnidesk.services.mailings import Produced

WIDEST, UNBOUND = 640, 16_777_215


class OutputStep(QWidget):
    """`changed` carries the mailing with other choices, `produced` tells that it went out; `rewrite` and `finished` are
    what its buttons ask for."""

    changed = Signal(object)
    produced = Signal()
    rewrite = Signal()
    finished = Signal()

    def __init__(self, context: Context) -> None:
        super().__init__()
        look = self._look = context.look
        self._context = context
        self.checked: Checked | None = None
        self.mailing = 0
        """The one that went out."""
        self._folder: Path | None = None
        self._said = "", ""
        """What went out, and where it is."""
        self._producing = Producing(context, self)
        self.head = title(look)
        self.sentence = Label(look, role="text2", wraps=True)
        self.problems = Label(look, role="bad", wraps=True)
        self.form = Form(look, above=True)
        self.name = LineField(look, "title", tr("Name of this mailing"))
        self.form.add(self.name)
        self.name.saved.connect(lambda key, value: self._choose(title=value))
        self.change = OutlinedButton(look, tr("Change letter"), icon="edit", clicked=self.rewrite.emit)
        self.paper = self._paper_part()
        self.drafts = DraftsForm(context)
        self.drafts.changed.connect(lambda choices: self._choose(**choices))
        self.after = self._after_part()
        self._text = QWidget()
        column = QVBoxLayout(self._text)
        column.setContentsMargins(look.px(20), look.px(24), look.px(20), look.px(20))
        column.setSpacing(look.px(12))
        for widget in (self.head, self.sentence, self.problems, self.form, self.paper, self.drafts, self.after):
            column.addWidget(widget)
        column.addWidget(self.change, 0, Qt.AlignmentFlag.AlignLeft)
        column.addStretch(1)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(Scroller(look, tr("Output"), self._text))

    def _paper_part(self) -> QWidget:
        look, part = self._look, QWidget()
        self.paper_head = section(look)
        self.printer = OutlinedButton(look, tr("Print …"), icon="printer", clicked=self.print)
        self.test = PlainButton(look, tr("Test page …"), icon="eye", clicked=self._test)
        self.labels = PlainButton(look, tr("Labels to match …"), icon="badge", clicked=self._labels)
        self.word = PlainButton(look, tr("For word processors …"), icon="document", clicked=self._word)
        buttons = QWidget()
        row = Flow(look.px(8), buttons)
        for button in (self.printer, self.test, self.labels, self.word):
            row.addWidget(button)
        column = QVBoxLayout(part)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(look.px(8))
        for widget in (Line(look), self.paper_head, buttons):
            column.addWidget(widget)
        return part

    def _after_part(self) -> QWidget:
        look, part = self._look, QWidget()
        self.failed = Label(look, role="look", wraps=True)
        self.sent = OutlinedButton(look, tr("Mark as sent"), icon="check", clicked=self._mark_sent, changes=True)
        self.folder = OutlinedButton(look, tr("Show in folder"), icon="folder", clicked=self._show_folder)
        self.done = OutlinedButton(look, tr("To all mailings"), icon="arrow-right", clicked=self.finished.emit)
        buttons = QWidget()
        row = Flow(look.px(8), buttons)
        for button in (self.sent, self.folder, self.done):
            row.addWidget(button)
        column = QVBoxLayout(part)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(look.px(12))
        for widget in (self.failed, buttons):
            column.addWidget(widget)
        return part

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Sentences are at most as wide as one likes to read."""
        super().resizeEvent(event)
        self._text.setMaximumWidth(self._look.px(WIDEST) if self.width() >= self._look.px(WIDEST) else UNBOUND)

    # Before it goes out ----------------------------------------------------------------------------------------

    @property
    def main_words(self) -> str:
        """What the main button does."""
        plan = self.checked.plan if self.checked is not None else None
        if plan is None or not plan.emails:
            return tr("Save as PDF")
        return tr("Save letters and e-mails") if plan.letters else tr("Save e-mail drafts")

    def show_checked(self, checked: Checked, name: str, number: int | None) -> None:
        """Say what is about to go out."""
        self.checked, self.mailing = checked, number or 0
        plan, ready = checked.plan, checked.ready
        letters, emails = len(plan.letters), len(plan.emails)
        self.head.setText(_ready_words(letters, emails) if ready else tr("The letters cannot go out yet"))
        self.sentence.setVisible(ready)
        self.sentence.setText(
            tr(
                "They come in print order: our own country first, by postcode, then abroad. When they "
                "are saved or printed, each is noted in the history of its recipient; one Undo takes "
                "that back."
            )
            if letters
            else tr("When they are saved, each is noted in the history of its recipient; one Undo takes that back.")
        )
        self.problems.setText("\n".join(words(problem) for problem in plan.problems))
        self.problems.setVisible(bool(plan.problems))
        self.name.set_value(name)
        self.form.show()
        self.paper.setVisible(ready and letters > 0)
        self.paper_head.setText(tr_n("On paper: {n} letter", "On paper: {n} letters", letters))
        self.drafts.setVisible(ready and emails > 0)
        self.drafts.show_job(checked.job, emails)
        self.change.setVisible(bool(plan.problems))
        self.after.hide()

    def _choose(self, **choices: Any) -> None:
        if self.checked is None:
            return
        self.checked = replace(self.checked, job=replace(self.checked.job, **choices))
        self.name.keep()
        self.changed.emit(self.checked.job)

    def _test(self) -> None:
        if self.checked is not None:
            self._producing.test_page(self.checked.plan, str(self.name.value))

    def _labels(self) -> None:
        if self.checked is not None:
            whom = [
                one.id for letter in self.checked.plan.letters for one in letter.party.contacts if one.id is not None
            ]
            self._producing.labels(whom)

    def _word(self) -> None:
        """All letters as a document that can be changed, or their addresses and salutations as a table."""
        if self.checked is None or not self.form.commit():
            return
        plan, job = self.checked.plan, replace(self.checked.job, title=str(self.name.value))
        self._producing.for_word_processors(
            plan, job, self.mailing or None, self.drafts.form, lambda made: self._show_produced(made, on_paper=False)
        )

    # Going out -------------------------------------------------------------------------------------------------

    def save(self) -> None:
        """Save letters and e-mails, and note them."""
        self._produce(on_paper=False)

    def print(self) -> None:
        """Print the letters, save the e-mails, and note them."""
        self._produce(on_paper=True)

    def _produce(self, *, on_paper: bool) -> None:
        if self.checked is None or not self.form.commit():
            return
        checked, number = self.checked, self.mailing or None
        job = replace(checked.job, title=str(self.name.value))
        self._producing.ask(
            checked.plan,
            job,
            number,
            self.drafts.form,
            lambda made: self._show_produced(made, on_paper=on_paper),
            on_paper=on_paper,
        )

    def _show_produced(self, made: Produced, *, on_paper: bool) -> None:
        self.mailing = made.mailing
        self.produced.emit()
        self.show_done(made, on_paper=on_paper)

    def show_done(self, made: Produced, *, on_paper: bool) -> None:
        """Say what went out."""
        saved = [path for path in made.files if not on_paper or path.suffix != ".pdf"]
        self._said = _out_words(made.letters, made.emails), _where_words(made, saved, on_paper)
        self._show_state(PRODUCED)
        self.failed.setText(
            "\n".join(tr("{name}: {reason}", name=name, reason=words(why)) for name, why in made.failed)
        )
        self.failed.setVisible(bool(made.failed))
        self._folder = saved[0].parent if saved else None
        self.sentence.show()
        for widget in (self.form, self.paper, self.drafts, self.change):
            widget.hide()
        self.folder.setVisible(bool(saved))
        self.after.show()
        self.done.setFocus(Qt.FocusReason.OtherFocusReason)

    def refresh(self) -> None:
        """Something was done or taken back, perhaps what went out."""
        if (number := self.mailing) and not self.after.isHidden():
            self._context.tasks.run(
                lambda desk: desk.mailings.line(number).state,
                self._show_state,
                failed=lambda _: self._show_state(PREPARED),
                latest="mailing that holds",
            )

    def _show_state(self, state: str) -> None:
        holds = state not in OPEN
        head, sentence = self._said if holds else _taken_back()
        self.head.setText(head)
        self.sentence.setText(sentence)
        self.sent.setVisible(state == PRODUCED)

    def _mark_sent(self) -> None:
        number = self.mailing
        self._context.deed(lambda desk: desk.mailings.mark_sent(number), then=lambda _: self.sent.hide())

    def _show_folder(self) -> None:
        if self._folder is not None:
            files.show_folder(self._folder, self._context.notices.say)


def _ready_words(letters: int, emails: int) -> str:
    if not emails:
        return tr_n("{n} letter is ready", "{n} letters are ready", letters)
    if not letters:
        return tr_n("{n} e-mail is ready", "{n} e-mails are ready", emails)
    counted = tr_n("{n} letter", "{n} letters", letters)
    return tr_n("{letters} and {n} e-mail are ready", "{letters} and {n} e-mails are ready", emails, letters=counted)


def _out_words(letters: int, emails: int) -> str:
    if not emails:
        return tr_n("{n} letter is done", "{n} letters are done", letters)
    if not letters:
        return tr_n("{n} e-mail is drafted", "{n} e-mails are drafted", emails)
    counted = tr_n("{n} letter", "{n} letters", letters)
    return tr_n("{letters} and {n} e-mail are done", "{letters} and {n} e-mails are done", emails, letters=counted)


def _taken_back() -> tuple[str, str]:
    return tr("This mailing was taken back"), tr(
        "No letter stands in the history of its recipient any more; Redo notes them again. "
        "What was saved is still there."
    )


def _where_words(made: Produced, saved: Sequence[Path], on_paper: bool) -> str:
    """Where it is now, and that it stands with its recipients."""
    counted = tr_n("{n} page", "{n} pages", made.pages)
    if on_paper and not saved:
        return tr("Printed, {pages}. Each letter stands in the history of its recipient.", pages=counted)
    if len(saved) == 1 and made.letters:
        return tr(
            "Saved as {file}, {pages}. Each letter stands in the history of its recipient.",
            file=saved[0].name,
            pages=counted,
        )
    folder = saved[0].parent.name if saved else ""
    return tr("Saved in {folder}. Each letter and e-mail stands in the history of its recipient.", folder=folder)
