"""All mailings, those being prepared and those that went out; at the right what can be done with one."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from alumnidesk.domain.consent import POST
from alumnidesk.domain.mailings import OPEN, PRODUCED, STATE_WORDS, Job
from alumnidesk.ui.letters.producing import Producing
from alumnidesk.ui.letters.reprint_dialog import ask_pages
from alumnidesk.ui.letters.table import letter_columns, letter_paper_columns, mailing_columns, numbers, state_chip
from alumnidesk.ui.page import Context
from alumnidesk.ui.printing.lists import SeenList, heads, of_today, print_seen, row, rows_of
from alumnidesk.ui.when import moment_words
from alumnidesk.ui.widgets.buttons import LinkButton, OutlinedButton
from alumnidesk.ui.widgets.detail import Facts
from alumnidesk.ui.widgets.empty import EmptyState
from alumnidesk.ui.widgets.flow import Flow
from alumnidesk.ui.widgets.focus import follow_the_eye
from alumnidesk.ui.widgets.label import Ground, section
from alumnidesk.ui.widgets.lines import LinesTable
from alumnidesk.ui.widgets.list_table import TWO_LINES, ListTable
from alumnidesk.ui.widgets.panes import Panes
from alumnidesk.ui.widgets.stack import Stack
from alumnidesk.ui.words import language, tr, tr_n, words

if TYPE_CHECKING:
    from alumnidesk.desk import Desk
    from alumnidesk.domain.printed_list import PrintedRow
    from alumnidesk.progress import Progress
    from alumnidesk.services.mailings import MailingLine
    from alumnidesk.services.sent_letters import LetterLine


class Mailings(Stack):
    """`go_on` carries the number of a mailing to be gone on with, `begin` a new one made from another, `letter` the
    number of a letter to be shown as it was."""

    go_on = Signal(int)
    begin = Signal(object)
    letter = Signal(int)

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._context, look = context, context.look
        self._lines: dict[int, MailingLine] = {}
        self._letters: dict[int, LetterLine] = {}
        self._producing = Producing(context, self)
        self.table: LinesTable[MailingLine] = LinesTable(
            mailing_columns(), lambda ids, deliver: deliver([self._lines[id] for id in ids])
        )
        self.list = ListTable(look, self.table, tr("Mailings"), row=TWO_LINES)
        new = OutlinedButton(look, tr("New mailing"), icon="plus", clicked=context.actions.trigger("letters.new"))
        self.nothing = EmptyState(
            look,
            tr("Nothing has gone out yet"),
            tr(
                "Write to everybody on an event’s list, or to all whom a search finds: one letter each, in their "
                "language, with the address where the window of the envelope is."
            ),
            [new],
            icon="mail",
        )
        listed = QWidget()
        inset = QVBoxLayout(listed)
        inset.setContentsMargins(look.px(8), 0, look.px(8), 0)
        inset.addWidget(self.list)
        self.panes = Panes(look, context.preferences, "letters", listed, self._detail())
        self.addWidget(self.panes)
        self.addWidget(self.nothing)
        self.list.current_changed.connect(self._show_current)
        self.list.opened.connect(self._open)

    def _detail(self) -> QWidget:
        look = self._context.look
        detail = self._panel = Ground(look, "panel")
        column = QVBoxLayout(detail)
        column.setContentsMargins(look.px(8), look.px(16), look.px(8), 0)
        column.setSpacing(look.px(8))
        self.head = section(look)
        self.head.setWordWrap(True)
        self._facts = QVBoxLayout()
        self.deeds = QWidget()
        self._flow = Flow(look.px(8), self.deeds)
        self.more = QWidget()
        self._links = QVBoxLayout(self.more)
        self._links.setContentsMargins(0, 0, 0, 0)
        self._links.setSpacing(0)
        named = QVBoxLayout()
        named.setContentsMargins(look.px(12), 0, look.px(12), 0)
        named.setSpacing(look.px(8))
        named.addWidget(self.head)
        named.addLayout(self._facts)
        named.addWidget(self.deeds)
        named.addWidget(self.more)
        column.addLayout(named)
        self.people: LinesTable[LetterLine] = LinesTable(
            letter_columns(), lambda ids, deliver: deliver([self._letters[id] for id in ids])
        )
        self.people_list = ListTable(look, self.people, tr("Recipients"), row=TWO_LINES, heads=False)
        self.people_list.opened.connect(self.letter.emit)
        column.addWidget(self.people_list, 1)
        column.addStretch()  # where nobody has got it yet
        return detail

    # Showing ---------------------------------------------------------------------------------------------------

    def show_mailings(self, mailings: Sequence[MailingLine]) -> None:
        """Show these, newest first."""
        self._lines = {line.id: line for line in mailings}
        self.table.show(list(self._lines), mailings)
        self.setCurrentIndex(0 if mailings else 1)
        self._show_current(self.list.current_id)

    def stand_on(self, number: int) -> None:
        """Stand on one of them."""
        self.list.go_to(number)

    def _show_current(self, id: int | None) -> None:
        line = self._lines.get(id or 0)
        if line is None:
            return
        self.head.setText(line.title)
        self._show_facts(line)
        self._offer(line)
        if line.state in OPEN:
            self._show_letters([])
        else:
            self._context.tasks.run(
                lambda desk: desk.sent_letters.of(line.id), self._show_letters, latest="recipients of a mailing"
            )

    def _show_letters(self, letters: Sequence[LetterLine]) -> None:
        self._letters = {letter.id: letter for letter in letters}
        self.people.show(list(self._letters), letters)
        self.people_list.setVisible(bool(letters))

    def _show_facts(self, line: MailingLine) -> None:
        _empty(self._facts)
        facts = Facts(self._context.look)
        facts.add(tr("State"), chips=(state_chip(line.state),))
        if line.state in OPEN:
            facts.add(tr("Last changed"), moment_words(line.made_at))
        else:
            facts.add(tr("Made on"), moment_words(line.made_at))
            if line.sent_at:
                facts.add(tr("Sent on"), moment_words(line.sent_at))
        if people := words(line.whom):
            facts.add(tr("Recipients"), people)
        if line.event:
            facts.add(tr("Event"), line.event)
        if purpose := words(line.purpose):
            facts.add(tr("What it is for"), purpose)
        if line.letters:
            counted = tr_n("{n} page", "{n} pages", line.pages)
            facts.add(tr("Letters"), tr("{n} ({pages})", n=line.letters, pages=counted))
        for label, n in ((tr("E-mails"), line.emails), (tr("Returned"), line.came_back)):
            if n:
                facts.add(label, language().number(n))
        self._facts.addWidget(facts)

    def _offer(self, line: MailingLine) -> None:
        """What can be done with a mailing, by its state."""
        look = self._context.look
        self._flow.clear()
        _empty(self._links)

        def button(text: str, icon: str, does: Callable[[], object], *, changes: bool = True) -> None:
            self._flow.addWidget(OutlinedButton(look, text, icon=icon, clicked=does, changes=changes))

        def link(text: str, icon: str, does: Callable[[], object]) -> None:
            made = LinkButton(look, text, icon=icon, clicked=does)
            made.padding = 0
            self._links.addWidget(made, 0, Qt.AlignmentFlag.AlignLeft)

        if line.state in OPEN:
            button(tr("Go on"), "arrow-right", lambda: self.go_on.emit(line.id), changes=False)
            button(tr("Discard"), "trash", lambda: self._deed(lambda desk: desk.mailings.discard(line.id)))
        if line.state == PRODUCED:
            button(tr("Mark as sent"), "check", lambda: self._deed(lambda desk: desk.mailings.mark_sent(line.id)))
        if line.state not in OPEN:
            if line.letters and line.kept:
                link(tr("Print pages again …"), "printer", lambda: self._reprint(line))
            if line.letters:
                link(tr("Labels to match …"), "badge", lambda: self._labels(line.id))
            link(tr("List of recipients …"), "list", lambda: self._print_recipients(line))
            if line.event:
                link(tr("Write to those who have not answered"), "mail", lambda: self._begin(_reminder, line.id))
            link(tr("Write to those who have not got it yet"), "user-plus", lambda: self._begin(_again, line.id))
        self.deeds.updateGeometry()
        follow_the_eye(self._panel)

    # Doing -----------------------------------------------------------------------------------------------------

    def _deed(self, work: Callable[[Desk], object]) -> None:
        self._context.deed(work)

    def _open(self, id: int) -> None:
        """Enter: on with one that is being prepared, to the recipients of one that went out."""
        if self._lines[id].state in OPEN:
            self.go_on.emit(id)
        else:
            self.panes.show_detail()

    def _begin(self, make: Callable[[Desk, int], Job], number: int) -> None:
        self._context.tasks.run(lambda desk: make(desk, number), self.begin.emit)

    def _reprint(self, line: MailingLine) -> None:
        pages = ask_pages(self._context.look, line.title, line.pages, self.window())
        if pages:
            self._producing.pages(
                line.title, lambda desk, out, progress: desk.sent_letters.reprint(line.id, pages, out, progress)
            )

    def _print_recipients(self, line: MailingLine) -> None:
        shown = letter_paper_columns()

        def rows(desk: Desk, progress: Progress) -> list[PrintedRow]:
            return [row(shown, letter) for letter in progress.each(desk.sent_letters.of(line.id))]

        below = ", ".join((words(STATE_WORDS[line.state]), numbers(line)))
        print_seen(self._context, self.window(), SeenList(line.title, below, heads(shown), rows))

    def print(self) -> None:
        """The list of all of them, on paper."""
        lines, shown = list(self._lines.values()), mailing_columns()
        counts = tr_n("{n} mailing", "{n} mailings", len(lines))
        listed = SeenList(tr("Mailings"), of_today(counts), heads(shown), rows_of(shown, lines))
        print_seen(self._context, self.window(), listed)

    def _labels(self, number: int) -> None:
        self._context.tasks.run(lambda desk: _on_paper(desk, number), self._producing.labels)


def _reminder(desk: Desk, number: int) -> Job:
    return desk.mailings.reminder(number)


def _again(desk: Desk, number: int) -> Job:
    return desk.mailings.again(number)


def _on_paper(desk: Desk, number: int) -> list[int]:
    """The contacts who got a letter on paper."""
    return [letter.contact for letter in desk.sent_letters.of(number) if letter.channel == POST]


def _empty(column: QVBoxLayout) -> None:
    while (item := column.takeAt(0)) is not None:
        if (widget := item.widget()) is not None:
            widget.hide()
            widget.deleteLater()
