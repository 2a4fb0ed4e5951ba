"""The detail of one contact in a sync: what changes here and there, field by field, and what is to be decided."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from alumnidesk.domain.association import Association
from alumnidesk.domain.cards import ContactCard
from alumnidesk.domain.fields import Group
from alumnidesk.services.sync_plan import Decision, Side, SyncDifference, SyncItem, SyncProblem
from alumnidesk.ui.contacts.facts import facts
from alumnidesk.ui.contacts.table import NOTHING
from alumnidesk.ui.look import Look
from alumnidesk.ui.sync.question import QuestionBox
from alumnidesk.ui.sync.table import PlanRow, outcome_chip
from alumnidesk.ui.sync.wording import WHY
from alumnidesk.ui.widgets.buttons import LinkButton
from alumnidesk.ui.widgets.chip import Chip, chip_row
from alumnidesk.ui.widgets.detail import DetailPane
from alumnidesk.ui.widgets.label import Label, Line, breakable, section, title
from alumnidesk.ui.words import tr, words


class ItemDetail(DetailPane):
    """Built anew for each row one stands on.

    `decided` carries a question's id and its decision, `left` asks for the list again, `settled` for the next question
    after Enter.
    """

    decided = Signal(str, object)
    left = Signal()
    settled = Signal()

    def __init__(self, look: Look, open_contact: Callable[[int], object]) -> None:
        super().__init__(look, tr("What happens to this contact"))
        self.look, self._open = look, open_contact
        self.boxes: list[QuestionBox] = []
        """What is to be decided about the contact that is shown."""

    def show_row(self, row: PlanRow | None, decisions: Mapping[str, Decision]) -> None:
        """Show a contact or a problem, or nothing."""
        self.boxes = []
        column = self.set_body(QWidget())
        if row is None:
            return
        head = title(self.look, breakable(row.name, 20))
        head.setWordWrap(True)
        column.addWidget(head)
        column.addSpacing(self.look.px(8))
        if row.problem is not None:
            self._add_problem(column, row.problem)
        elif row.item is not None:
            self._add_item(column, row.item, decisions)

    def add_known(self, known: ContactCard | None, found: Sequence[SyncDifference]) -> None:
        """All that stands there about somebody new here, and what is known of who it may be."""
        if known is not None:
            self._add_head(self.column, tr("Here"))
            for fact in facts(known, Association()):
                if fact.value != NOTHING and fact.group is not Group.SENDING:
                    value = fact.value or ", ".join(chip.text for chip in fact.chips)
                    self._add_value(self.column, fact.label, breakable(value))
        if found:
            self._add_head(self.column, tr("There"))
            for change in found:
                self._add_change(self.column, change)

    def go_to_question(self) -> bool:
        """Put the focus on the first question; False if there is none."""
        if self.boxes:
            self.boxes[0].choice.current.setFocus(Qt.FocusReason.TabFocusReason)
        return bool(self.boxes)

    # Building --------------------------------------------------------------------------------------------------

    def _add_item(self, column: QVBoxLayout, item: SyncItem, decisions: Mapping[str, Decision]) -> None:
        look = self.look
        column.addWidget(chip_row(look, (outcome_chip(item.outcome),)))
        if item.place:
            column.addSpacing(look.px(6))
            column.addWidget(Label(look, breakable(item.place), size="small", role="text2", wraps=True))
        if item.contact is not None:
            row = QHBoxLayout()
            link = LinkButton(look, tr("Open the contact"), icon="user", clicked=partial(self._open, item.contact))
            link.padding = 0
            row.addWidget(link)
            row.addStretch(1)
            column.addLayout(row)
        if (why := WHY.get(item.outcome)) is not None:
            column.addSpacing(look.px(8))
            column.addWidget(Label(look, why(), wraps=True))
        for question in item.questions:
            column.addSpacing(look.px(12))
            column.addWidget(Line(look))
            column.addSpacing(look.px(12))
            box = QuestionBox(look, item.name, question, decisions.get(question.id, Decision.LATER))
            box.decided.connect(self.decided)
            box.choice.stepped.connect(partial(self._step, len(self.boxes)))
            self.boxes.append(box)
            column.addWidget(box)
        for side, head in ((Side.OURS, tr("Changes here")), (Side.THEIRS, tr("Changes there"))):
            if changes := [one for one in item.differences if one.side is side]:
                self._add_head(column, head)
                for change in changes:
                    self._add_change(column, change)

    def _add_head(self, column: QVBoxLayout, text: str) -> None:
        column.addSpacing(self.look.px(12))
        column.addWidget(Line(self.look))
        column.addSpacing(self.look.px(12))
        column.addWidget(section(self.look, text))

    def _add_change(self, column: QVBoxLayout, change: SyncDifference) -> None:
        old, new = words(change.old), words(change.new)
        if old and new:
            text = tr("{before} → {after}", before=breakable(old), after=breakable(new))
        elif old:
            text = tr("{before} → taken away", before=breakable(old))
        else:
            text = breakable(new)
        self._add_value(column, words(change.label), text)

    def _add_value(self, column: QVBoxLayout, label: str, text: str) -> None:
        column.addSpacing(self.look.px(6))
        column.addWidget(Label(self.look, label, size="small", role="text2", wraps=True))
        column.addWidget(Label(self.look, text, wraps=True, selectable=True))

    def _add_problem(self, column: QVBoxLayout, problem: SyncProblem) -> None:
        look = self.look
        column.addWidget(chip_row(look, (Chip(tr("Cannot be read"), "bad", "warning"),)))
        column.addSpacing(look.px(8))
        column.addWidget(Label(look, breakable(words(problem.why)), wraps=True, selectable=True))
        if problem.line:
            column.addSpacing(look.px(4))
            column.addWidget(Label(look, tr("Line {n}", n=problem.line), size="small", role="text2"))
        if problem.text:
            column.addSpacing(look.px(8))
            column.addWidget(section(look, tr("In the file")))
            column.addWidget(Label(look, breakable(problem.text), wraps=True, selectable=True))
        column.addSpacing(look.px(12))
        out = tr("It is left as it is, and nothing is deleted because of it. Correct it there, then sync again.")
        column.addWidget(Label(look, out, role="text2", wraps=True))

    # Keys ------------------------------------------------------------------------------------------------------

    def _step(self, here: int, by: int) -> None:
        if 0 <= here + by < len(self.boxes):
            cell = self.boxes[here + by].choice.current
            cell.setFocus(Qt.FocusReason.TabFocusReason)
            self._scroll.ensureWidgetVisible(cell)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not event.isAutoRepeat():
            self.settled.emit()
        else:
            super().keyPressEvent(event)
