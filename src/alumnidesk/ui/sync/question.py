"""One question of a sync: both values side by side, or what may become of a contact, and “later” as the default."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QGridLayout, QVBoxLayout, QWidget

from alumnidesk.services.sync_plan import Decision, Question, QuestionKind
from alumnidesk.ui.look import Look
from alumnidesk.ui.sync.wording import asked
from alumnidesk.ui.widgets.alternatives import Alternative, Alternatives
from alumnidesk.ui.widgets.label import Label, breakable, section
from alumnidesk.ui.words import tr, words

ORDER = (Decision.OURS, Decision.THEIRS, Decision.BOTH, Decision.LATER)
CELL = 132
"""Least width of a value at 100 %."""


class QuestionBox(QWidget):
    """`decided` carries the question's id and what is chosen."""

    decided = Signal(str, object)

    def __init__(self, look: Look, name: str, question: Question, decision: Decision) -> None:
        """`name` is that of the contact, `decision` what is chosen so far."""
        super().__init__()
        self.question, self._look = question, look
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(look.px(6))
        column.addWidget(section(look, asked(question)))
        if question.kind is QuestionKind.CHANGED_BOTH:
            if before := words(question.before):
                said = tr("Before: {value}", value=breakable(before))
                column.addWidget(Label(look, said, size="small", role="text2", wraps=True, selectable=True))
        else:
            self._add_sides(column)
        self._cells: dict[str, Alternative] = {}
        grid = QGridLayout()
        grid.setHorizontalSpacing(look.px(8))
        grid.setVerticalSpacing(look.px(6))
        for side in range(2):
            grid.setColumnStretch(side, 1)
            grid.setColumnMinimumWidth(side, look.px(CELL))
        top = 0
        if question.kind is QuestionKind.CHANGED_BOTH:
            for side, text in enumerate((tr("Here"), tr("There"))):
                grid.addWidget(Label(look, text, size="small", role="text2"), 0, side)
            top = 1
        texts = _answers(question)
        for place, answer in enumerate(answer for answer in ORDER if answer in question.allowed):
            text = texts[answer]
            said = tr("{name}, {question}: {answer}", name=name, question=asked(question), answer=text)
            cell = self._cells[answer.value] = Alternative(look, text, said)
            grid.addWidget(cell, top + place // 2, place % 2)
        column.addLayout(grid)
        self.choice = Alternatives(self._cells, decision.value, Decision.BOTH.value, self)
        self.choice.picked.connect(lambda pick: self.decided.emit(self.question.id, Decision(pick)))

    def _add_sides(self, column: QVBoxLayout) -> None:
        """What either side has, where the answers are deeds and no values."""
        for head, message in ((tr("Here"), self.question.ours), (tr("There"), self.question.theirs)):
            if value := words(message):
                side = QVBoxLayout()
                side.setSpacing(0)
                side.addWidget(Label(self._look, head, size="small", role="text2"))
                side.addWidget(Label(self._look, breakable(value), wraps=True, selectable=True))
                column.addLayout(side)


def _answers(question: Question) -> Mapping[Decision, str]:
    match question.kind:
        case QuestionKind.CHANGED_BOTH:
            found = {
                Decision.OURS: words(question.ours) or tr("Nothing any more"),
                Decision.THEIRS: words(question.theirs) or tr("Nothing any more"),
                Decision.BOTH: tr("Both"),
            }
        case QuestionKind.CHANGED_HERE_DELETED_THERE:
            found = {
                Decision.OURS: tr("Keep, and write it there again"),
                Decision.THEIRS: tr("Delete it here too"),
            }
        case QuestionKind.DELETED_HERE_CHANGED_THERE:
            found = {
                Decision.OURS: tr("Delete it there too"),
                Decision.THEIRS: tr("Bring it back as it is there"),
            }
        case QuestionKind.PERHAPS_THE_SAME:
            found = {Decision.OURS: tr("They are the same"), Decision.BOTH: tr("They are two")}
    return {**found, Decision.LATER: tr("Decide later")}
