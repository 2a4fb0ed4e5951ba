"""A new mailing in four steps: recipients, letter, check, output. Nothing is written before the last one."""

from __future__ import annotations

import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from alumnidesk.domain.cards import TemplateCard
from alumnidesk.errors import Cancelled
from alumnidesk.i18n import say
from alumnidesk.progress import Progress
from alumnidesk.ui import files
from alumnidesk.ui.drafts import Begun
from alumnidesk.ui.letters import draft as drafts
from alumnidesk.ui.letters.check import CheckStep
from alumnidesk.ui.letters.draft import Checked, Draft, Offers
from alumnidesk.ui.letters.output import OutputStep
from alumnidesk.ui.letters.recipients import RecipientsStep
from alumnidesk.ui.letters.write import WriteStep
from alumnidesk.ui.page import Context
from alumnidesk.ui.widgets.beside import Beside
from alumnidesk.ui.widgets.buttons import FilledButton, PlainButton
from alumnidesk.ui.widgets.flow import Flow
from alumnidesk.ui.widgets.label import Label, Line, title
from alumnidesk.ui.widgets.stack import Stack
from alumnidesk.ui.widgets.steps import StepBar
from alumnidesk.ui.words import language, tr, tr_n

if TYPE_CHECKING:
    from alumnidesk.services.mailings import Produced

RECIPIENTS, LETTER, CHECK, OUTPUT = range(4)
PAGE = "letters"


class Run(QWidget):
    """The page of one mailing; `left` asks for the list of all, and tells whether the letters went out."""

    left = Signal(bool)

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context, self.look = context, context.look
        self.draft = Draft()
        self.offered: Offers | None = None
        self.checked: Checked | None = None
        self.running = False
        """Was a mailing begun that has not gone out yet?"""
        self._fresh = False
        self.recipients = RecipientsStep(context)
        self.write = WriteStep(context)
        self.check = CheckStep(context)
        self.output = OutputStep(context)
        self.stack = Stack()
        for step in (self.recipients, self.write, self.check, self.output):
            self.stack.addWidget(step)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(self._head())
        column.addWidget(Line(self.look))
        column.addWidget(self.stack, 1)
        self.recipients.changed.connect(self._rechosen)
        self.write.chosen.connect(self._take_template)
        self.check.rewrite.connect(lambda: self.go_to(LETTER))
        self.check.put_in.connect(self._put_in)
        self.steps.chosen.connect(self.go_to)
        self.output.rewrite.connect(lambda: self.go_to(LETTER))
        self.output.named.connect(self._name)
        self.output.print_asked.connect(self.print)
        self.output.finished.connect(self._finish)

    def _head(self) -> QVBoxLayout:
        look = self.look
        self.title = title(look)
        self.title.setWordWrap(True)
        self.back = PlainButton(look, tr("Back"), icon="chevron-left", clicked=self.go_back)
        self.next = FilledButton(look, "-", icon="arrow-right", clicked=self.go_on)
        self.finish = FilledButton(look, tr("Save as PDF"), icon="document", clicked=self.save)
        self.steps = StepBar(look, (tr("Recipients"), tr("Letter"), tr("Check"), tr("Output")))
        self.state = Label(look, size="small", role="text2")
        head = QVBoxLayout()
        head.setContentsMargins(look.px(20), look.px(16), look.px(20), look.px(12))
        head.setSpacing(look.px(8))
        buttons = QWidget()
        row = Flow(look.px(8), buttons)
        for button in (self.back, self.next, self.finish):
            row.addWidget(button)
        head.addLayout(Beside(self.title, buttons, look.px(16), look.px(320)))
        head.addLayout(Beside(self.steps, self.state, look.px(8)))
        return head

    # Beginning -------------------------------------------------------------------------------------------------

    def begin(self, draft: Draft) -> None:
        """Begin a mailing with what is chosen already."""
        self.draft, self.offered, self.checked, self.running = draft, None, None, True
        self.steps.begin_again()
        self.steps.setEnabled(True)
        self._fresh = True
        self.recipients.show_draft(draft)
        self._show_step(RECIPIENTS)
        self._read()
        if draft.chosen:
            self._keep()

    def refresh(self, changed: set[str]) -> None:
        """Somebody or something changed: read again what is shown."""
        if not self.running:
            return
        if changed & {"contacts", "events", "letters"} and self.step in (RECIPIENTS, LETTER):
            self._read()
        elif changed & {"contacts", "events", "settings"} and self.step == CHECK:
            self._plan()

    @property
    def step(self) -> int:
        """Where one is."""
        return self.stack.currentIndex()

    def _rechosen(self) -> None:
        self._keep()
        self._read()

    def _keep(self) -> None:
        """Keep what was chosen, should the program end before the letters go out."""
        if not self.running:
            return
        about = say("You had begun the mailing “{title}”", title=self._title())
        self._context.drafts.keep(PAGE, Begun(about, self.draft.stored()))

    def _read(self) -> None:
        draft = self.draft.copy()
        self._context.tasks.run(lambda desk: drafts.offers(desk, draft), self._offered, latest="offers of a mailing")

    def _offered(self, offered: Offers) -> None:
        self.offered = offered
        self.draft.event = offered.about.id if offered.about is not None else None
        self.draft.template = offered.template
        if self.step == RECIPIENTS:
            self.recipients.show_offers(offered)
            self.next.setEnabled(bool(offered.recipients))
            if self._fresh:
                self._fresh = False
                (self.next if offered.recipients else self.recipients.focus_field()).setFocus()
        elif self.step == LETTER:
            self._show_letters()
        self._show_head()

    def _show_letters(self) -> None:
        if self.offered is not None:
            self.write.show_letters(
                self.offered.templates, self.draft.template, self.offered.recipients, self.draft.event
            )

    def _take_template(self, card: TemplateCard) -> None:
        before = self.draft.template
        if not self.draft.purpose and before is not None and before.purpose != card.purpose:
            self.draft.by_hand.clear()  # whom one puts in against a wish, one puts in for one purpose
        self.draft.template = card
        self._keep()
        self._show_head()
        self._read()

    # Steps -----------------------------------------------------------------------------------------------------

    def go_on(self) -> None:
        """To the next step."""
        self.go_to(self.step + 1)

    def go_back(self) -> None:
        """To the step before; from the first to the list of mailings."""
        if self.step == RECIPIENTS:
            self.running = False
            self._context.drafts.forget(PAGE)
            self.left.emit(False)
        else:
            self.go_to(self.step - 1)

    def go_to(self, step: int) -> None:
        """Go to a step; on the way to the check all letters are planned."""
        if self.step == LETTER and not self.write.commit():
            return
        self._keep()
        if step in (CHECK, OUTPUT) and (self.checked is None or self.step < CHECK):
            self._show_step(CHECK)
            self._plan()
            return
        self._show_step(step)
        if step in (RECIPIENTS, LETTER):
            self.checked = None
            self._read()
        elif step == OUTPUT and self.checked is not None:
            self.output.show_checked(self.checked, self._title())

    def _show_step(self, step: int) -> None:
        self.stack.setCurrentIndex(step)
        self.steps.go_to(step)
        self._show_head()
        if step == LETTER:
            self.write.editor.fields["subject"].setFocus()

    def _show_head(self) -> None:
        self.title.setText(self._title())
        onwards = {RECIPIENTS: tr("On to the letter"), LETTER: tr("Check letters"), CHECK: tr("On to output")}
        self.next.set_words(onwards.get(self.step, self.next.text()))
        n = len(self.offered.recipients) if self.offered is not None else 0
        self.state.setText(self._state(n))
        ready = self.checked is not None and bool(self.checked.plan.letters) and not self.checked.plan.problems
        self.next.setEnabled({RECIPIENTS: n > 0, LETTER: self.draft.template is not None}.get(self.step, ready))
        self.next.setVisible(self.step != OUTPUT)
        self.finish.setVisible(self.step == OUTPUT and self.running)
        self.finish.setEnabled(ready)
        self.back.setVisible(self.running)

    def _state(self, recipients: int) -> str:
        """The numbers of the run, as far as they are known."""
        if self.step in (RECIPIENTS, LETTER):
            return tr_n("{n} recipient", "{n} recipients", recipients)
        if self.checked is None:
            return ""
        number = drafts.counts(self.checked.plan)
        return tr_n("{n} letter, {out} left out", "{n} letters, {out} left out", number.letters, out=number.left_out)

    def _title(self) -> str:
        if self.draft.title:
            return self.draft.title
        letter = self.draft.template.name if self.draft.template is not None else ""
        about = self.offered.about if self.offered is not None else None
        if letter and about is not None:
            return tr("{letter}: {event}", letter=letter, event=about.title)
        return letter or tr("New mailing")

    def _name(self, title: str) -> None:
        self.draft.title = title
        self._keep()
        self.output.name.keep()
        self._show_head()

    # Check -----------------------------------------------------------------------------------------------------

    def _plan(self) -> None:
        draft, code, progress = self.draft.copy(), language().code, Progress(say("Preparing letters …"))
        self._context.tasks.run(
            lambda desk: drafts.check(desk, draft, code, progress),
            self._checked,
            failed=self._not_checked,
            latest="check of a mailing",
            progress=progress,
        )

    def _checked(self, checked: Checked) -> None:
        first = self.checked is None
        self.checked = checked
        self.check.show_checked(checked)
        if first:
            self.check.begin()
        self._show_head()

    def _put_in(self, contact: int, put_in: bool) -> None:
        (self.draft.by_hand.add if put_in else self.draft.by_hand.discard)(contact)
        self._keep()
        self._plan()

    def _not_checked(self, problem: BaseException) -> None:
        self._show_step(LETTER)
        self._read()
        if not isinstance(problem, Cancelled):
            self._context.messages.show(problem)

    # Output ----------------------------------------------------------------------------------------------------

    def save(self) -> None:
        """Save all letters as one PDF, and note them."""
        suggested = f"{self._title()}.pdf"
        out = files.ask_save(
            self, self._context.preferences, tr("Save letters as PDF"), tr("PDF files (*.pdf)"), "letters", suggested
        )
        if out is not None:
            self._write(out, lambda run: self._gone_out(run.letters, run.pages, out))

    def print(self) -> None:
        """Print all letters, and note them."""
        from alumnidesk.ui.printing.printer import Printing, ask_printer  # asked for rarely, and slow to load

        printer = ask_printer(self, self._context.messages, self._title())
        if printer is None:
            return
        folder = tempfile.TemporaryDirectory()
        out = Path(folder.name) / "letters.pdf"

        def printed(pages: int, whole: bool) -> None:
            folder.cleanup()
            if not whole:
                self._context.notices.say(
                    tr_n(
                        "Stopped after {n} page. The letters are noted; Undo takes that back.",
                        "Stopped after {n} pages. The letters are noted; Undo takes that back.",
                        pages,
                    ),
                    icon="warning",
                )

        def written(run: Produced) -> None:
            self._gone_out(run.letters, run.pages, None)
            Printing(self._context.tasks, printer, out, printed, self)

        self._write(out, written, on_paper=True)

    def _write(self, out: Path, then: Callable[[Produced], None], *, on_paper: bool = False) -> None:
        if self.checked is None or not self.output.form.commit():
            return
        plan, draft, named = self.checked.plan, self.draft, self._title()
        template = draft.template.id if draft.template is not None else None
        progress = Progress(say("Printing letters …"))
        self.finish.setEnabled(False)
        self._context.deed(
            lambda desk: desk.letters.print_run(
                plan, out, title=named, template=template, event=draft.event, on_paper=on_paper, progress=progress
            ),
            then=then,
            failed=self._not_written,
            progress=progress,
        )

    def _not_written(self, problem: BaseException) -> None:
        self._show_head()
        self._context.messages.show(problem)

    def _gone_out(self, letters: int, pages: int, out: Path | None) -> None:
        self.running = False
        self._context.drafts.forget(PAGE)
        self.output.show_done(letters, pages, out)
        self.checked = None
        self.steps.setEnabled(False)
        self._show_head()

    def _finish(self) -> None:
        self.left.emit(True)

    def commit(self) -> bool:
        """Save what is typed."""
        return self.write.commit() if self.step == LETTER else True
