"""Step 3: every letter page by page and every e-mail, problems first, each with its reason and its remedy."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent, QShowEvent
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QVBoxLayout, QWidget

from alumnidesk.domain.folding import fold
from alumnidesk.domain.letters import LetterPlan
from alumnidesk.domain.mailing_plans import EmailPlan
from alumnidesk.errors import Refused
from alumnidesk.ui.letters.drafts_form import FORM
from alumnidesk.ui.letters.email_sheet import EmailSheet
from alumnidesk.ui.letters.job import Checked
from alumnidesk.ui.letters.paper import LetterDesk
from alumnidesk.ui.letters.sums import Sums
from alumnidesk.ui.letters.table import Recipient, recipient_columns, recipients_of
from alumnidesk.ui.page import Context
from alumnidesk.ui.widgets.beside import Beside
from alumnidesk.ui.widgets.buttons import LinkButton, OutlinedButton, PlainButton
from alumnidesk.ui.widgets.empty import EmptyState
from alumnidesk.ui.widgets.flow import Flow
from alumnidesk.ui.widgets.label import Ground, Label, Line
from alumnidesk.ui.widgets.lines import LinesTable
from alumnidesk.ui.widgets.list_table import TWO_LINES, ListTable
from alumnidesk.ui.widgets.search import SearchField
from alumnidesk.ui.widgets.stack import Stack
from alumnidesk.ui.words import tr, tr_n, words

LEFT, RIGHT, RIGHT_WIDE = 320, 312, 360
"""Widths at 100 % of the list and of the sums."""
WIDE, NARROW, SMALL = 1500, 960, 660
"""From which width on the sums are wide, are there at all, and the list stands beside the letter."""
LIST, LETTER, UNBOUND = 264, 220, 16_777_215
"""Heights at 100 % of the list above the letter and, at least, of the letter; no limit."""


class CheckStep(QWidget):
    """`rewrite` asks for the step before, `put_in` to write to contacts all the same or (False) no longer."""

    rewrite = Signal()
    put_in = Signal(list, bool)

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._context, self._look = context, context.look
        self.checked: Checked | None = None
        self._letters: Mapping[int, LetterPlan] = {}
        self._emails: Mapping[int, EmailPlan] = {}
        self._order: Sequence[int] = ()
        """Contacts with a letter or e-mail, in the order of the list: those to look at first."""
        self._lines: dict[int, Recipient] = {}
        self._by_hand: Collection[int] = ()
        self._can_be_put_in: Collection[int | None] = ()
        row = self._row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(self._list_part())
        self._between = Line(self._look, upright=True)
        row.addWidget(self._between)
        self._letter_part = self._middle()
        row.addWidget(self._letter_part, 1)
        self._beyond = Line(self._look, upright=True)
        row.addWidget(self._beyond)
        self._summing = False
        """Where there is room for one of the two: are the sums shown, and not the letters?"""
        self.summary = Sums(context)
        self.summary.rewrite.connect(self.rewrite)
        self.summary.salutations.connect(self._show_salutations)
        row.addWidget(self._sums_part())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """With little room the sums give way until one asks for them, then the list stands above the letter."""
        super().resizeEvent(event)
        small = self.width() < self._look.px(SMALL)
        self._row.setDirection(QBoxLayout.Direction.TopToBottom if small else QBoxLayout.Direction.LeftToRight)
        self._left.setMinimumWidth(0 if small else self._look.px(LEFT))
        self._left.setMaximumWidth(UNBOUND if small else self._look.px(LEFT))
        self._left.setMaximumHeight(self._look.px(LIST) if small else UNBOUND)
        self._left.setMinimumHeight(self._look.px(LIST) if small else 0)
        self._between.setVisible(not small)
        self._share_room()

    def _share_room(self) -> None:
        narrow = self.width() < self._look.px(NARROW)
        instead = narrow and self._summing
        width = self._look.px(RIGHT_WIDE if self.width() >= self._look.px(WIDE) else RIGHT)
        self._right.setMinimumWidth(0 if narrow else width)
        self._right.setMaximumWidth(UNBOUND if narrow else width)
        self._right.setVisible(instead or not narrow)
        self._beyond.setVisible(not narrow)
        self.sums.setVisible(narrow)
        self.back.setVisible(narrow)
        self._left.setVisible(not instead)
        self._letter_part.setVisible(not instead)

    def _show_sums(self, *, shown: bool) -> None:
        """In a narrow window put the sums in the place of the letters, or the letters in theirs."""
        self._summing = shown
        self._share_room()
        (self.back if shown else self.sums).setFocus(Qt.FocusReason.OtherFocusReason)

    def _sums_part(self) -> QWidget:
        look = self._look
        part = self._right = Ground(look, "panel")
        self.back = LinkButton(
            look, tr("Back to the letters"), icon="chevron-left", clicked=lambda: self._show_sums(shown=False)
        )
        column = QVBoxLayout(part)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        top = QHBoxLayout()
        top.setContentsMargins(look.px(12), 0, 0, 0)
        top.addWidget(self.back)
        top.addStretch(1)
        column.addLayout(top)
        column.addWidget(self.summary, 1)
        return part

    def _list_part(self) -> QWidget:
        look = self._look
        part = self._left = Ground(look, "page")
        self.search = SearchField(look, tr("Search recipients"))
        self.head = Label(look, size="small", bold=True, role="text2")
        self.table: LinesTable[Recipient] = LinesTable(
            recipient_columns(), lambda ids, deliver: deliver([self._lines[id] for id in ids])
        )
        self.list = ListTable(look, self.table, tr("Recipients"), row=TWO_LINES, heads=False)
        column = QVBoxLayout(part)
        column.setContentsMargins(look.px(8), look.px(12), look.px(4), 0)
        column.setSpacing(look.px(8))
        inset = QHBoxLayout()
        inset.setContentsMargins(look.px(12), 0, look.px(12), 0)
        inset.addWidget(self.search)
        column.addLayout(inset)
        self.head.setContentsMargins(look.px(12), look.px(4), 0, 0)
        column.addWidget(self.head)
        self.salutations = LinkButton(look, tr("All salutations …"), icon="list", clicked=self._show_salutations)
        self.sums = LinkButton(look, tr("What goes out"), icon="chart", clicked=lambda: self._show_sums(shown=True))
        links = QWidget()
        ways = Flow(look.px(12), links)
        ways.addWidget(self.salutations)
        ways.addWidget(self.sums)
        beside = QHBoxLayout()
        beside.setContentsMargins(look.px(6), 0, 0, 0)
        beside.addWidget(links)
        column.addLayout(beside)
        column.addWidget(Line(look))
        column.addWidget(self.list, 1)
        self.search.asked.connect(lambda _: self._show_lines())
        self.search.left_for_list.connect(self.list.setFocus)
        self.list.current_changed.connect(self._show_letter)
        self.list.opened.connect(self._open)
        return part

    def _middle(self) -> QWidget:
        look = self._look
        middle = Ground(look, "desk")
        bar = Ground(look, "page")
        left, right = QWidget(), QWidget()
        walk, tools = QHBoxLayout(left), QHBoxLayout(right)
        for row in (walk, tools):
            row.setContentsMargins(0, 0, 0, 0)
            row.setSpacing(look.px(4))
        across = QVBoxLayout(bar)
        across.setContentsMargins(look.px(12), look.px(2), look.px(12), look.px(2))
        across.addLayout(Beside(left, right, 0))
        self.previous = PlainButton(
            look, "", icon="chevron-left", name=tr("Previous letter"), clicked=lambda: self.go(-1)
        )
        self.following = PlainButton(look, "", icon="chevron-right", name=tr("Next letter"), clicked=lambda: self.go(1))
        self.place = Label(look, size="small")
        self.zoom = PlainButton(look, tr("Whole page"), clicked=self._resize)
        self.leave_out = PlainButton(
            look, tr("Leave out again"), icon="minus-circle", clicked=lambda: self._put_in(put_in=False)
        )
        self.leave_out.hide()
        change = PlainButton(look, tr("Change letter"), icon="edit", clicked=self.rewrite.emit)
        for widget in (self.previous, self.place, self.following):
            walk.addWidget(widget)
        walk.addStretch(1)
        tools.addWidget(self.zoom)
        tools.addWidget(self.leave_out)
        tools.addWidget(change)
        self.desk = LetterDesk(look)
        self.desk.setMinimumHeight(look.px(LETTER))
        contact = OutlinedButton(
            look, tr("Open contact"), icon="user", clicked=lambda: self._open(self.list.current_id)
        )
        self.force = OutlinedButton(
            look, tr("Write all the same"), icon="mail", clicked=lambda: self._put_in(put_in=True)
        )
        self.none = EmptyState(look, "-", "-", [contact, self.force], icon="mail")
        self.email = EmailSheet(look)
        self._sheets = Stack()
        for sheet in (self.desk, self.email, self.none):
            self._sheets.addWidget(sheet)
        column = QVBoxLayout(middle)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(bar)
        column.addWidget(Line(look))
        column.addWidget(self._sheets, 1)
        return middle

    # Showing ---------------------------------------------------------------------------------------------------

    def show_checked(self, checked: Checked) -> None:
        """Show what would go out."""
        self.checked = checked
        self._letters, self._emails = checked.letters, checked.emails
        lines = recipients_of(checked.plan)
        self._order = [line.id for line in lines if line.id in self._letters or line.id in self._emails]
        self._lines = {line.id: line for line in lines}
        self._by_hand = checked.job.by_hand
        self._can_be_put_in = {one.contact.id for one in checked.plan.left_out if one.by_hand}
        n = len(lines)
        if checked.plan.left_out or checked.plan.looks:
            self.head.setText(tr_n("{n} recipient, problems first", "{n} recipients, problems first", n))
        else:
            self.head.setText(tr_n("{n} recipient", "{n} recipients", n))
        self.salutations.setEnabled(bool(self._order))
        self._show_lines()
        self.summary.show_checked(checked)
        if self.list.current_id is not None:
            self._show_letter(self.list.current_id)

    def _show_lines(self) -> None:
        wanted = fold(self.search.text())
        shown = [line for line in self._lines.values() if wanted in fold(line.name)]
        self.table.show([line.id for line in shown], shown)

    def begin(self) -> None:
        """Stand on the first letter."""
        self._summing = False
        self._share_room()
        if self._order:
            self.list.go_to(self._order[0])
        self.list.setFocus(Qt.FocusReason.OtherFocusReason)

    def _show_letter(self, id: int | None) -> None:
        checked, letter = self.checked, self._letter(id)
        forced = letter is not None and any(one.id in self._by_hand for one in letter.party.contacts)
        self.leave_out.setVisible(forced)
        self.force.setVisible(id in self._can_be_put_in)
        self.zoom.setVisible(id in self._letters)
        if checked is None or id is None:
            self._sheets.setCurrentWidget(self.none)
            self.none.say(tr("Nobody gets this letter"), tr("Choose other recipients in the first step."))
            return
        if letter is None:
            line = self._lines[id]
            self._sheets.setCurrentWidget(self.none)
            self.none.say(tr("No letter to {name}", name=line.name), line.words)
            self._place(None)
            return
        self._place(self._order.index(id))
        if id in self._letters:
            self._sheets.setCurrentWidget(self.desk)
            self._context.tasks.run(
                lambda desk: (letter, desk.mailings.preview(checked.plan, letter)),
                self._show_pdf,
                latest="letter preview",
            )
        else:
            self._sheets.setCurrentWidget(self.email)
            email = self._emails[id]
            self._context.tasks.run(
                lambda desk: desk.mailings.draft(checked.plan, email),
                lambda draft: self.email.show_draft(draft, checked.job.goes_with(email.letter, self._form)),
                failed=self._no_email,
                latest="letter preview",
            )

    @property
    def _form(self) -> str:
        """In which form e-mails are drafted on this computer, as it was chosen last."""
        return self._context.preferences.text(FORM)

    def showEvent(self, event: QShowEvent) -> None:
        """What is attached follows from the form, which is chosen in the step after this."""
        super().showEvent(event)
        if self.list.current_id in self._emails:
            self._show_letter(self.list.current_id)

    def _letter(self, id: int | None) -> LetterPlan | None:
        """What somebody gets, on paper or as an e-mail."""
        email = self._emails.get(id or 0)
        return email.letter if email is not None else self._letters.get(id or 0)

    def _no_email(self, problem: BaseException) -> None:
        """Something has to be put right first; what, the sums say too."""
        if not isinstance(problem, Refused):
            self._context.messages.show(problem)
            return
        self._sheets.setCurrentWidget(self.none)
        self.none.say(tr("This e-mail cannot be shown yet"), words(problem.message))

    def _show_pdf(self, made: tuple[LetterPlan, bytes]) -> None:
        letter, pdf = made
        if self.checked is not None:
            self.desk.sheets.show_pdf(pdf, letter.inserted, self.checked.window, fits=letter.fits_window)
            self.desk.verticalScrollBar().setValue(0)

    def _place(self, place: int | None) -> None:
        n = len(self._order)
        said = tr("{n} of {all}", n=(place or 0) + 1, all=n)
        if not self._emails:
            said = tr("Letter {n} of {all}", n=(place or 0) + 1, all=n)
        self.place.setText("" if place is None else said)
        self.previous.setEnabled(place is not None and place > 0)
        self.following.setEnabled(place is None or place + 1 < n)

    def go(self, by: int) -> None:
        """Go to the letter before or after."""
        current = self.list.current_id
        place = self._order.index(current) if current in self._order else -1
        if 0 <= place + by < len(self._order):
            self.search.clear()
            self.list.go_to(self._order[place + by])

    def _put_in(self, *, put_in: bool) -> None:
        letter = self._letter(self.list.current_id)
        whom = [one.id for one in letter.party.contacts] if letter is not None else [self.list.current_id]
        self.put_in.emit([id for id in whom if id is not None], put_in)

    def _show_salutations(self) -> None:
        from alumnidesk.ui.letters.salutations import show_salutations  # asked for rarely

        emails = (email.letter for email in self._emails.values())
        show_salutations(self._context, self.window(), [*self._letters.values(), *emails])

    def _resize(self) -> None:
        whole = not self.desk.sheets.whole
        self.desk.show_whole(whole)
        self.zoom.set_words(tr("Whole width") if whole else tr("Whole page"))

    def _open(self, id: int | None) -> None:
        if id is not None:
            self._context.open_page("contacts", id)
