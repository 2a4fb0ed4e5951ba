"""A mailing in four steps: recipients, letter, check, output. From step to step the data file keeps what was chosen."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from alumnidesk.domain.cards import TemplateCard
from alumnidesk.domain.mailings import Job
from alumnidesk.errors import Cancelled, Refused
from alumnidesk.i18n import Message, say, say_n
from alumnidesk.progress import Progress
from alumnidesk.ui.drafts import Begun
from alumnidesk.ui.letters import job as jobs
from alumnidesk.ui.letters.check import CheckStep
from alumnidesk.ui.letters.job import Checked, Offers
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
from alumnidesk.ui.words import tr, tr_n

RECIPIENTS, LETTER, CHECK, OUTPUT = range(4)
PAGE = "letters"


class MailingSteps(QWidget):
    """The page of one mailing; `left` asks for the list of all, and carries the one that went out (0: none did)."""

    left = Signal(int)

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._context, self.look = context, context.look
        self.job = Job()
        self.number: int | None = None
        """Under which it is kept in the data file, if it is."""
        self._stored: Job | None = None
        """As it is kept there."""
        self.offered: Offers | None = None
        self.checked: Checked | None = None
        self.running = False
        """Was a mailing begun that has not gone out yet?"""
        self._fresh = False
        """Is nothing shown yet of what one can choose from?"""
        self._unstored = False
        """Was something chosen that the data file does not hold?"""
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
        self.bar.chosen.connect(self.go_to)
        self.output.rewrite.connect(lambda: self.go_to(LETTER))
        self.output.changed.connect(self._choose)
        self.output.produced.connect(self._gone_out)
        self.output.finished.connect(lambda: self.left.emit(self.output.mailing))

    def _head(self) -> QVBoxLayout:
        look = self.look
        self.title = title(look)
        self.title.setWordWrap(True)
        self.back = PlainButton(look, tr("Back"), icon="chevron-left", clicked=self.go_back)
        self.next = FilledButton(look, "-", icon="arrow-right", clicked=self.go_on)
        self.finish = FilledButton(look, "-", icon="document", clicked=self.output.save)
        self.bar = StepBar(look, (tr("Recipients"), tr("Letter"), tr("Check"), tr("Output")))
        self.state = Label(look, size="small", role="text2")
        head = QVBoxLayout()
        head.setContentsMargins(look.px(20), look.px(16), look.px(20), look.px(12))
        head.setSpacing(look.px(8))
        buttons = QWidget()
        row = Flow(look.px(8), buttons)
        for button in (self.back, self.next, self.finish):
            row.addWidget(button)
        head.addLayout(Beside(self.title, buttons, look.px(16), look.px(320)))
        head.addLayout(Beside(self.bar, self.state, look.px(8)))
        return head

    # Beginning -------------------------------------------------------------------------------------------------

    def begin(self, job: Job, number: int | None = None) -> None:
        """Begin a mailing with what is chosen already, or go on with one that is kept under a number."""
        self.job, self.number, self._stored = job, number, job if number is not None else None
        self.offered, self.checked, self.running = None, None, True
        self.bar.begin_again()
        self.bar.setEnabled(True)
        self._fresh, self._unstored = True, number is None and job != jobs.FIRST
        self.recipients.show_job(job)
        self._show_step(RECIPIENTS)
        self._read()
        if job.audience.contacts and number is None:
            self._keep()

    def go_on_with(self, content: Mapping[str, Any]) -> None:
        """A mailing that was not kept in the data file any more before the program ended."""
        self.begin(Job.restored(content["job"]), content["number"])
        self._stored = None
        self._keep()

    def refresh(self, changed: set[str]) -> None:
        """Somebody or something changed: read again what is shown."""
        if not self.running:
            self.output.refresh()
            return
        if changed & {"contacts", "events", "letters"} and self.step in (RECIPIENTS, LETTER):
            self._read()
        elif changed & {"contacts", "events", "settings"} and self.step in (CHECK, OUTPUT):
            self._plan()

    @property
    def step(self) -> int:
        """Where one is."""
        return self.stack.currentIndex()

    # What is chosen --------------------------------------------------------------------------------------------

    def _rechosen(self, job: Job) -> None:
        self._choose(job)
        self._read()

    def _choose(self, job: Job) -> None:
        self.job = job
        self._keep()
        self._show_head()

    def _keep(self) -> None:
        """Keep what was chosen, should the program end before the next step keeps it in the data file."""
        if self.running and self.job != self._stored:
            self._unstored = True
            content = {"number": self.number, "job": self.job.stored()}
            self._context.drafts.keep(PAGE, Begun(self._what_was_begun(), content))

    def _what_was_begun(self) -> Message:
        """By its name, or by whom it is for while the letter is not read yet."""
        n = len(self.job.audience.contacts)
        if not n or self.job.title or self._letter_and_event():
            return say("You had begun the mailing “{title}”", title=self._title())
        return say_n("You had begun a mailing to {n} contact", "You had begun a mailing to {n} contacts", n)

    def store(self) -> None:
        """Keep in the data file what was chosen."""
        job, number = self.job, self.number
        if not self.running or job == self._stored or self.offered is None or not self.offered.recipients:
            return
        if self.offered.template is None:
            return
        named = replace(job, title=self._title(), template=self.offered.template.id)
        self._stored = job
        self._context.deed(
            lambda desk: desk.mailings.prepare(named, number),
            then=self._kept,
            failed=self._not_kept,
            quiet=True,
        )

    def _kept(self, number: int) -> None:
        if self.running:
            self.number = number
            self._context.drafts.forget(PAGE)

    def _not_kept(self, problem: BaseException) -> None:
        """Whoever took it back meanwhile goes on with a new one."""
        self.number = self._stored = None
        self._keep()
        if not isinstance(problem, Refused):
            self._context.messages.show(problem)

    def _read(self) -> None:
        job = self.job
        self._context.tasks.run(lambda desk: jobs.offers(desk, job), self._offered, latest="offers of a mailing")

    def _offered(self, offered: Offers) -> None:
        as_kept = self.job == self._stored
        self.offered = offered
        self.job = jobs.about_event(self.job, offered.about.id if offered.about is not None else None)
        if offered.template is not None:
            self.job = replace(self.job, template=offered.template.id)
        if as_kept:
            if self.job.title == self._automatic_title():
                self.job = replace(self.job, title="")
            self._stored = self.job
        self.recipients.show_job(self.job)
        if self.step == RECIPIENTS:
            self.recipients.show_offers(offered)
            if self._fresh:
                self._fresh = False
                self.next.setEnabled(bool(offered.recipients))
                (self.next if offered.recipients else self.recipients.focus_field()).setFocus()
        elif self.step == LETTER:
            self._show_letters()
        if self._unstored:
            self._keep()  # by its name, which is known now
        self._show_head()

    def _show_letters(self) -> None:
        if self.offered is not None:
            offered = self.offered
            self.write.show_letters(offered.templates, offered.template, offered.recipients, self.job.event)

    def _take_template(self, card: TemplateCard) -> None:
        before = self.offered.template if self.offered is not None else None
        if not self.job.purpose and before is not None and before.purpose != card.purpose:
            self.job = replace(self.job, by_hand=())  # whom one puts in against a wish, one puts in for one purpose
        if self.offered is not None:
            self.offered = replace(self.offered, template=card)
        self._choose(replace(self.job, template=card.id))
        self._read()

    # Steps -----------------------------------------------------------------------------------------------------

    def go_on(self) -> None:
        """To the next step."""
        self.go_to(self.step + 1)

    def go_back(self) -> None:
        """To the step before; from the first to the list of mailings."""
        if self.step == RECIPIENTS:
            if self.number is not None:
                self.store()
            self.running = False
            self._context.drafts.forget(PAGE)
            self.left.emit(0)
        else:
            self.go_to(self.step - 1)

    def go_to(self, step: int) -> None:
        """Go to a step; on the way to the check all letters are planned."""
        if self.step == LETTER and not self.write.commit():
            return
        self.store()
        if step in (CHECK, OUTPUT) and (self.checked is None or self.step < CHECK):
            self._show_step(CHECK)
            self._plan()
            return
        self._show_step(step)
        if step in (RECIPIENTS, LETTER):
            self.checked = None
            self._read()
        elif step == OUTPUT and self.checked is not None:
            self._check_off()
            self._show_output()
            self._show_head()
            self.finish.setFocus()

    def _show_step(self, step: int) -> None:
        self.stack.setCurrentIndex(step)
        self.bar.go_to(step)
        self._show_head()
        if step == LETTER:
            self.write.editor.fields["subject"].setFocus()

    def _show_head(self) -> None:
        self.title.setText(self._title())
        onwards = {RECIPIENTS: tr("On to the letter"), LETTER: tr("Check letters"), CHECK: tr("On to output")}
        self.next.set_words(onwards.get(self.step, self.next.text()))
        n = len(self.offered.recipients) if self.offered is not None else 0
        self.state.setText(self._state(n))
        ready = self.checked is not None and self.checked.ready
        self.next.setEnabled({RECIPIENTS: n > 0, LETTER: self.job.template is not None}.get(self.step, ready))
        self.next.setVisible(self.step != OUTPUT)
        self.finish.setVisible(self.step == OUTPUT and self.running)
        self.finish.setEnabled(ready)
        self.finish.set_words(self.output.main_words)
        self.back.setVisible(self.running)

    def _state(self, recipients: int) -> str:
        """The numbers of the mailing, as far as they are known."""
        if self.step in (RECIPIENTS, LETTER):
            return tr_n("{n} recipient", "{n} recipients", recipients)
        return jobs.counted(self.checked.plan) if self.checked is not None else ""

    def _title(self) -> str:
        return self.job.title or self._automatic_title()

    def _automatic_title(self) -> str:
        return self._letter_and_event() or tr("New mailing")

    def _letter_and_event(self) -> str:
        letter = self.offered.template.name if self.offered is not None and self.offered.template is not None else ""
        about = self.offered.about if self.offered is not None else None
        if letter and about is not None:
            return tr("{letter}: {event}", letter=letter, event=about.title)
        return letter

    # Check and output ------------------------------------------------------------------------------------------

    def _plan(self) -> None:
        job, progress = self.job, Progress(say("Preparing letters …"))
        self._context.tasks.run(
            lambda desk: jobs.check(desk, job, progress),
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
        if self.step == OUTPUT:
            self._show_output()
        self._show_head()

    def _show_output(self) -> None:
        if self.checked is not None:
            self.output.show_checked(replace(self.checked, job=self.job), self._title(), self.number)

    def _put_in(self, contacts: list[int], put_in: bool) -> None:
        by_hand = set(self.job.by_hand) | set(contacts) if put_in else set(self.job.by_hand) - set(contacts)
        self._choose(replace(self.job, by_hand=tuple(sorted(by_hand))))
        self._plan()

    def _not_checked(self, problem: BaseException) -> None:
        self._show_step(LETTER)
        self._read()
        if not isinstance(problem, Cancelled):
            self._context.messages.show(problem)

    def _check_off(self) -> None:
        """Somebody has looked at it."""
        if self.number is not None and self.checked is not None and self.checked.ready:
            number = self.number
            self._context.deed(lambda desk: desk.mailings.check_off(number), quiet=True, failed=self._not_kept)

    def _gone_out(self) -> None:
        self.running = False
        self._context.drafts.forget(PAGE)
        self.checked = None
        self.bar.setEnabled(False)
        self._show_head()

    def commit(self) -> bool:
        """Save what is typed and chosen, when the page is left."""
        if self.step == LETTER and not self.write.commit():
            return False
        if self.step != RECIPIENTS:
            self.store()
        return True
