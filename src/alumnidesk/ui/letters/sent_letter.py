"""One letter that went out, as the page that it was."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from alumnidesk.domain import dates
from alumnidesk.domain.consent import CHANNEL_NAMES
from alumnidesk.errors import Refused
from alumnidesk.ui.letters.paper import LetterDesk
from alumnidesk.ui.letters.producing import Producing
from alumnidesk.ui.page import Context
from alumnidesk.ui.when import local, written
from alumnidesk.ui.widgets.back_link import BackLink
from alumnidesk.ui.widgets.beside import Beside
from alumnidesk.ui.widgets.buttons import OutlinedButton
from alumnidesk.ui.widgets.detail import DetailPane, Facts
from alumnidesk.ui.widgets.empty import EmptyState
from alumnidesk.ui.widgets.flow import Flow
from alumnidesk.ui.widgets.label import Line, title
from alumnidesk.ui.widgets.stack import Stack
from alumnidesk.ui.words import language, tr, words

if TYPE_CHECKING:
    from alumnidesk.services.sent_letters import SentLetter

RIGHT = 312
"""Width at 100 % of what is known about it."""


class SentLetterPage(QWidget):
    """The page at the left, what is known about the letter at the right; `back` goes to its mailing."""

    def __init__(self, context: Context, back: Callable[[], object]) -> None:
        super().__init__()
        self._context, look = context, context.look
        self.letter: SentLetter | None = None
        self._producing = Producing(context, self)
        self.back = BackLink(look, tr("Mailings"), clicked=back)
        self.title = title(look)
        self.title.setWordWrap(True)
        self.print = OutlinedButton(look, tr("Print again …"), icon="printer", clicked=self._print)
        self.contact = OutlinedButton(look, tr("Open contact"), icon="user", clicked=self._to_contact)
        buttons = QWidget()
        row = Flow(look.px(8), buttons)
        for button in (self.contact, self.print):
            row.addWidget(button)
        head = QVBoxLayout()
        head.setContentsMargins(look.px(20), look.px(10), look.px(20), look.px(12))
        head.setSpacing(look.px(2))
        first = QHBoxLayout()
        first.addWidget(self.back)
        first.addStretch(1)
        head.addLayout(first)
        head.addLayout(Beside(self.title, buttons, look.px(16), look.px(320)))
        self.desk = LetterDesk(look)
        self.none = EmptyState(look, "-", "-", icon="mail")
        self._sheets = Stack()
        self._sheets.addWidget(self.desk)
        self._sheets.addWidget(self.none)
        self.facts = DetailPane(look, tr("About this letter"))
        self.facts.setFixedWidth(look.px(RIGHT))
        across = QHBoxLayout()
        across.setSpacing(0)
        across.addWidget(self._sheets, 1)
        across.addWidget(Line(look, upright=True))
        across.addWidget(self.facts)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(head)
        column.addWidget(Line(look))
        column.addLayout(across, 1)

    def open(self, number: int, gone: Callable[[], object]) -> None:
        """Show a letter by its number; `gone` is done if it is not there any more."""

        def failed(problem: BaseException) -> None:
            gone()
            self._context.messages.show(problem)

        self._context.tasks.run(
            lambda desk: desk.sent_letters.letter(number), self._show, failed=failed, latest="letter"
        )

    def _show(self, letter: SentLetter) -> None:
        self.letter = letter
        self.title.setText(tr("{title}: {name}", title=letter.title, name=letter.name))
        facts = Facts(self._context.look)
        facts.add(tr("Recipient"), letter.name)
        facts.add(words(CHANNEL_NAMES[letter.channel]), "\n".join(letter.address))
        facts.add(tr("Date"), written(local(letter.made_at).date(), "year"))
        if letter.subject:
            facts.add(tr("Subject"), letter.subject)
        if letter.code:
            facts.add(tr("Code"), letter.code)
        if letter.came_back_on:
            facts.add(tr("Came back"), dates.shown(letter.came_back_on, language().locale))
        self.facts.set_body(QWidget()).addWidget(facts)
        self.print.setVisible(letter.kept)
        self._context.tasks.run(
            lambda desk: desk.sent_letters.pdf(letter.id),
            self._show_pdf,
            failed=self._not_kept,
            latest="letter page",
        )

    def _show_pdf(self, pdf: bytes) -> None:
        self._sheets.setCurrentWidget(self.desk)
        self.contact.setFocus()
        self.desk.sheets.show_pdf(pdf)
        self.desk.verticalScrollBar().setValue(0)

    def _not_kept(self, problem: BaseException) -> None:
        if not isinstance(problem, Refused):
            self._context.messages.show(problem)
            return
        self._sheets.setCurrentWidget(self.none)
        self.none.say(words(problem.message), words(problem.way_out) if problem.way_out is not None else "")

    def _print(self) -> None:
        letter = self.letter
        if letter is not None:
            self._producing.pages(
                self.title.text(), lambda desk, out, progress: out.write_bytes(desk.sent_letters.pdf(letter.id))
            )

    def _to_contact(self) -> None:
        letter = self.letter
        if letter is not None:
            self._context.open_page("contacts", letter.contacts[0])
