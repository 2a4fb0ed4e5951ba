"""The page of letters: what went out and the templates; a new mailing in four steps; a template with its editor."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import cached_property
from typing import TYPE_CHECKING, Any

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from alumnidesk.domain.cards import LetterText, TemplateCard
from alumnidesk.domain.mailings import Job
from alumnidesk.domain.template_files import SUFFIX
from alumnidesk.errors import Refused
from alumnidesk.ui import files
from alumnidesk.ui.letters import job as jobs
from alumnidesk.ui.letters.overview import MAILINGS, TEMPLATES, Overview
from alumnidesk.ui.letters.sent_letter import SentLetterPage
from alumnidesk.ui.letters.steps import MailingSteps
from alumnidesk.ui.letters.write import WriteStep
from alumnidesk.ui.page import Context, Page
from alumnidesk.ui.widgets.back_link import BackLink
from alumnidesk.ui.widgets.buttons import PlainButton
from alumnidesk.ui.widgets.label import Line, title
from alumnidesk.ui.widgets.stack import Stack
from alumnidesk.ui.words import tr

if TYPE_CHECKING:
    from alumnidesk.ui.letters.returned import ReturnedRoom


class TemplatePage(QWidget):
    """One letter template, written without a mailing."""

    def __init__(self, context: Context, back: Callable[[], object]) -> None:
        super().__init__()
        self._context, look = context, context.look
        self.back = BackLink(look, tr("Letter templates"), clicked=back)
        self.title = title(look)
        self.write = WriteStep(context, choosing=False)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        head = QVBoxLayout()
        head.setContentsMargins(look.px(20), look.px(10), look.px(20), look.px(12))
        head.setSpacing(look.px(2))
        first = QHBoxLayout()
        first.addWidget(self.back)
        first.addStretch(1)
        self.share = PlainButton(look, tr("Save as a file …"), icon="export", clicked=self.save_file)
        first.addWidget(self.share)
        head.addLayout(first)
        head.addWidget(self.title)
        column.addLayout(head)
        column.addWidget(Line(look))
        column.addWidget(self.write, 1)
        self.write.chosen.connect(lambda card: self.title.setText(card.name))

    def save_file(self) -> None:
        """Save the letter with its pictures as a file that others can take over."""
        context, card = self._context, self.write.editor.card
        if card.id is None or not self.write.commit():
            return
        id, kinds = card.id, tr("Letters (*.alumniletter)")
        suggested = f"{card.name}{SUFFIX}"
        out = files.ask_save(
            self.window(), context.preferences, tr("Save the letter for others"), kinds, "letters", suggested
        )
        if out is not None:
            context.tasks.run(
                lambda desk: desk.template_files.write(id, out),
                lambda _: context.notices.say(tr("The letter lies in {file}.", file=str(out))),
                failed=context.messages.show,
            )

    def show_letter(self, card: TemplateCard) -> None:
        """Show a letter and what it looks like."""
        self.title.setText(card.name)
        self.write.show_letters([card], card, (), None)


class LettersPage(Page):
    """All letters, a mailing, a template, or the returned mail."""

    help_topic = "letters"

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self.overview = Overview(context)
        self.steps = MailingSteps(context)
        self.template = TemplatePage(context, self._back_to_templates)
        self.sent_letter = SentLetterPage(context, lambda: self.show_all(MAILINGS))
        self._stack = Stack()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self._stack)
        for part in (self.overview, self.steps, self.template, self.sent_letter):
            self._stack.addWidget(part)
        self.overview.edit.connect(self._edit)
        self.overview.mailings.go_on.connect(self._go_on)
        self.overview.mailings.begin.connect(self._begin)
        self.overview.mailings.letter.connect(self.show_id)
        self.steps.left.connect(self._leave_steps)
        self._stack.currentChanged.connect(lambda _: self._name_help())
        self.overview.read()

    @cached_property
    def returned(self) -> ReturnedRoom:
        from alumnidesk.ui.letters.returned import ReturnedRoom  # needed rarely

        room = ReturnedRoom(self.context, lambda: self.show_all(MAILINGS))
        self._stack.addWidget(room)
        return room

    def commands(self) -> Mapping[str, Callable[[], object]]:
        found: dict[str, Callable[[], object]] = {
            "letters.new": self.new,
            "letters.templates": self._back_to_templates,
            "letters.returned": self.show_returned,
        }
        if self._stack.currentWidget() is self.overview and self.overview.listed:
            found["letters.print"] = self.overview.print
        return found

    def _name_help(self) -> None:
        self.help_topic = getattr(self._stack.currentWidget(), "help_topic", "letters")

    def refresh(self, changed: set[str]) -> None:
        if "returned" in vars(self):
            self.returned.refresh()
        if changed & {"letters", "events", "contacts"}:
            self.overview.read()
        self.steps.refresh(changed)
        if "letters" in changed and self._stack.currentWidget() is self.template:
            id = self.template.write.editor.card.id
            if id is not None:
                self.context.tasks.run(
                    lambda desk: desk.letters.template(id),
                    self.template.show_letter,
                    failed=self._template_gone,
                    latest="template",
                )

    def _template_gone(self, problem: BaseException) -> None:
        if not isinstance(problem, Refused):
            self.context.messages.show(problem)
        self._stack.setCurrentWidget(self.overview)
        self.overview.show_tab(TEMPLATES)

    def show_id(self, id: int) -> None:
        """Show a letter that went out, as it was."""
        if self.may_leave():
            self._stack.setCurrentWidget(self.sent_letter)
            self.sent_letter.open(id, lambda: self.show_all(MAILINGS))

    def show_all(self, tab: str) -> None:
        """The list of what went out, or of the templates."""
        if self.may_leave():
            self._stack.setCurrentWidget(self.overview)
            self.overview.show_tab(tab)
            self.overview.focus_list()

    def show_returned(self) -> None:
        """Enter what came back."""
        if self.may_leave():
            self._stack.setCurrentWidget(self.returned)
            self.returned.entered()

    def _leave_steps(self, gone_out: int) -> None:
        self.show_all(MAILINGS)
        if gone_out:
            self.overview.mailings.stand_on(gone_out)

    def _back_to_templates(self) -> None:
        self.show_all(TEMPLATES)

    def _edit(self, card: TemplateCard) -> None:
        self.template.show_letter(card)
        self._stack.setCurrentWidget(self.template)
        self.template.write.editor.fields["subject"].setFocus()

    def entered(self) -> None:
        current = self._stack.currentWidget()
        if current is self.overview:
            self.overview.focus_list()
        elif "returned" in vars(self) and current is self.returned:
            self.returned.entered()

    def may_leave(self) -> bool:
        current = self._stack.currentWidget()
        if current is self.steps:
            return self.steps.commit()
        return self.template.write.commit() if current is self.template else True

    # A new mailing ---------------------------------------------------------------------------------------------

    def new(self) -> None:
        """Begin a mailing; one that was begun and is not kept yet is gone on with."""
        if not self.may_leave():
            return
        if self.steps.running and self.steps.number is None:
            self._stack.setCurrentWidget(self.steps)
        else:
            self._begin(jobs.FIRST)

    def take_contacts(self, contacts: Sequence[int], event: int | None = None) -> None:
        self.context.tasks.run(lambda desk: jobs.take_over(desk, contacts, event), self._begin)

    def go_on_with(self, content: Mapping[str, Any]) -> None:
        if "text" not in content:
            self._stack.setCurrentWidget(self.steps)
            self.steps.go_on_with(content)
            return
        text = LetterText(**content["text"])

        def show(card: TemplateCard) -> None:
            self._edit(card)
            self.template.write.editor.type_in(text)

        self.context.tasks.run(lambda desk: desk.letters.template(content["template"]), show, latest="template")

    def _go_on(self, number: int) -> None:
        """Go on with a mailing that is being prepared."""
        if self.steps.running and self.steps.number == number:
            self._stack.setCurrentWidget(self.steps)
            return
        self.context.tasks.run(lambda desk: desk.mailings.job(number), lambda job: self._begin(job, number))

    def _begin(self, job: Job, number: int | None = None) -> None:
        self._stack.setCurrentWidget(self.steps)
        self.steps.begin(job, number)
