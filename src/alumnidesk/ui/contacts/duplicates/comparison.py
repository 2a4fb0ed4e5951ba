"""Two records side by side, field by field: what will be there afterwards, and what moves along."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from alumnidesk.domain.cards import ORGANISATION, ContactCard
from alumnidesk.i18n import Message
from alumnidesk.ui.contacts.duplicates.pairs import chip
from alumnidesk.ui.contacts.facts import subtitle, whole_name
from alumnidesk.ui.contacts.table import NOTHING
from alumnidesk.ui.look import Look
from alumnidesk.ui.widgets.alternatives import LONGEST, Alternative, Alternatives
from alumnidesk.ui.widgets.buttons import FilledButton, OutlinedButton
from alumnidesk.ui.widgets.chip import Chip, ChipLabel
from alumnidesk.ui.widgets.flow import Flow
from alumnidesk.ui.widgets.head import PageHead
from alumnidesk.ui.widgets.label import Label, Line, breakable, section
from alumnidesk.ui.widgets.notice import Symbol
from alumnidesk.ui.widgets.scroller import Scroller
from alumnidesk.ui.words import tr, tr_n, words

if TYPE_CHECKING:
    from alumnidesk.domain.duplicates import Suspect
    from alumnidesk.services.merging import FieldChoice, MergePlan, Moved, Pick

OURS, THEIRS, BOTH = "ours", "theirs", "both"
"""The values of `Pick`."""
LABELS = 132
"""Width of the fields' names at 100 %."""


class Comparison(QWidget):
    """At the left what stays, at the right what goes.

    `merge_asked` and `swap_asked` carry the picks that a person has changed.
    """

    merge_asked = Signal(object)
    swap_asked = Signal(object)
    apart_asked = Signal()
    left = Signal()

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        self.plan: MergePlan | None = None
        self.choices: dict[str, Alternatives] = {}
        """Where two values differ, by the keys of the fields."""
        self.merge = FilledButton(look, tr("Merge"), icon="merge", clicked=self._merge, changes=True)
        self.apart = OutlinedButton(look, tr("Not a duplicate"), key="N", clicked=self.apart_asked.emit, changes=True)
        self.back = OutlinedButton(look, tr("Back"), icon="arrow-left", clicked=self.left.emit)
        self.head = PageHead(look, tr("One person or two?"), actions=[self.back, self.apart, self.merge], below="")
        self._reasons = Flow(look.px(6))
        rows = QVBoxLayout(self)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(0)
        rows.addWidget(self.head)
        inset = QVBoxLayout()
        inset.setContentsMargins(look.px(20), look.px(10), look.px(20), look.px(10))
        inset.addLayout(self._reasons)
        rows.addLayout(inset)
        self._scroller = Scroller(look, tr("Both records"))
        rows.addWidget(self._scroller, 1)

    # Showing ---------------------------------------------------------------------------------------------------

    def show_plan(
        self, plan: MergePlan, suspect: Suspect | None, below: str, picks: Mapping[str, Pick] | None = None
    ) -> None:
        """Show what a merge would do; `picks` are what a person has chosen already."""
        self.plan = plan
        organisation = plan.keep.kind == ORGANISATION
        self.head.title.setText(tr("One organisation or two?") if organisation else tr("One person or two?"))
        self.head.below.setText(below)
        self.head.below.setVisible(bool(below))
        self._show_reasons(suspect)
        self._build(plan, picks or {})
        self.merge.setEnabled(True)

    @property
    def picks(self) -> dict[str, Pick]:
        """What a person has chosen otherwise than the plan did."""
        fields = self.plan.fields if self.plan is not None else ()
        return {
            field.key: type(field.pick)(self.choices[field.key].pick)
            for field in fields
            if field.key in self.choices and self.choices[field.key].pick != field.pick
        }

    def entered(self) -> None:
        """It has come to the front: arrows choose at once, and Enter merges from anywhere."""
        first = next(iter(self.choices.values()), None)
        (self.merge if first is None else first.current).setFocus(Qt.FocusReason.OtherFocusReason)

    def _show_reasons(self, suspect: Suspect | None) -> None:
        self._reasons.clear()
        if suspect is None:
            return
        chips = [chip(suspect)]
        chips += [Chip(_sentence(reason), "good", "check") for reason in suspect.reasons]
        chips += [Chip(_sentence(reason), "look", "warning") for reason in suspect.against]
        for each in chips:
            self._reasons.addWidget(ChipLabel(self._look, each))

    def _build(self, plan: MergePlan, picks: Mapping[str, Pick]) -> None:
        look, body = self._look, QWidget()
        self.choices.clear()
        outer = QVBoxLayout(body)
        outer.setContentsMargins(look.px(20), look.px(4), look.px(20), look.px(20))
        outer.setSpacing(look.px(10))
        grid = QGridLayout()
        grid.setHorizontalSpacing(look.px(10))
        grid.setVerticalSpacing(look.px(6))
        grid.setColumnMinimumWidth(0, look.px(LABELS))
        grid.setColumnStretch(1, 1)
        grid.setColumnStretch(2, 1)
        self._add_names(grid, plan)
        differing = [field for field in plan.fields if len(field.picks) > 1]
        settled = [field for field in plan.fields if len(field.picks) == 1]
        if differing:
            self._add_head(grid, tr("Where they differ"))
        for field in differing:
            self._add_choice(grid, field, picks.get(field.key, field.pick))
        if settled:
            self._add_head(grid, tr("Nothing to choose"))
        for field in settled:
            self._add_settled(grid, field)
        outer.addLayout(grid)
        self._add_moves(outer, plan)
        outer.addStretch(1)
        self._scroller.hold(body)

    def _add_names(self, grid: QGridLayout, plan: MergePlan) -> None:
        look = self._look
        self.swap = OutlinedButton(look, tr("Swap"), icon="refresh", clicked=self._swap)
        self.swap.setAccessibleDescription(tr("The other record stays"))
        for column, card, chip_ in (
            (1, plan.keep, Chip(tr("Stays"), "good", "check-circle")),
            (2, plan.other, Chip(tr("Goes into the other one"), "plain", "merge")),
        ):
            grid.addLayout(self._name(card, chip_), 0, column)
        grid.addWidget(self.swap, 0, 3, Qt.AlignmentFlag.AlignTop)

    def _name(self, card: ContactCard, state: Chip) -> QVBoxLayout:
        look, column = self._look, QVBoxLayout()
        column.setSpacing(look.px(4))
        column.addWidget(ChipLabel(look, state), 0, Qt.AlignmentFlag.AlignLeft)
        column.addWidget(Label(look, breakable(whole_name(card)), bold=True, wraps=True, selectable=True))
        if below := subtitle(card):
            column.addWidget(Label(look, breakable(below), size="small", role="text2", wraps=True))
        column.addStretch(1)
        return column

    def _add_head(self, grid: QGridLayout, text: str) -> None:
        row = grid.rowCount()
        part = QVBoxLayout()
        part.setContentsMargins(0, self._look.px(8), 0, 0)
        part.setSpacing(self._look.px(6))
        part.addWidget(Line(self._look))
        part.addWidget(section(self._look, text))
        grid.addLayout(part, row, 0, 1, 4)

    def _add_choice(self, grid: QGridLayout, field: FieldChoice, pick: Pick) -> None:
        look, row, label = self._look, grid.rowCount(), words(field.field.label)
        grid.addWidget(self._label(label), row, 0, Qt.AlignmentFlag.AlignTop)
        ours, theirs = _value(field.ours), _value(field.theirs)
        cells = {
            OURS: Alternative(look, ours, tr("{field}: {value}, from the record that stays", field=label, value=ours)),
            THEIRS: Alternative(
                look, theirs, tr("{field}: {value}, from the record that goes", field=label, value=theirs)
            ),
        }
        if BOTH in field.picks:
            cells[BOTH] = Alternative(look, tr("Both"), tr("{field}: both values", field=label))
        for column, cell in enumerate(cells.values(), 1):
            grid.addWidget(cell, row, column)
        chosen = pick if pick in field.picks else field.pick
        choice = self.choices[field.key] = Alternatives(cells, chosen, BOTH, cells[OURS])
        choice.stepped.connect(partial(self._step, choice))

    def _add_settled(self, grid: QGridLayout, field: FieldChoice) -> None:
        row = grid.rowCount()
        grid.addWidget(self._label(words(field.field.label)), row, 0, Qt.AlignmentFlag.AlignTop)
        same = field.ours == field.theirs
        for column, lines, taken in (
            (1, field.ours, same or field.pick == OURS),
            (2, field.theirs, same or field.pick == THEIRS),
        ):
            grid.addWidget(self._fact(_value(lines), taken), row, column)

    def _label(self, text: str) -> Label:
        label = Label(self._look, text, role="text2", wraps=True)
        label.setContentsMargins(0, self._look.px(8), 0, 0)
        return label

    def _fact(self, text: str, taken: bool) -> QWidget:
        look, fact = self._look, QWidget()
        across = QHBoxLayout(fact)
        across.setContentsMargins(look.px(10), look.px(8), look.px(10), 0)
        across.setSpacing(look.px(8))
        mark: QWidget = Symbol(look, "check", "good", 18) if taken else QWidget()
        mark.setFixedWidth(look.px(18))
        across.addWidget(mark, 0, Qt.AlignmentFlag.AlignTop)
        value = Label(look, breakable(text, LONGEST), wraps=True, selectable=True, role="text" if taken else "text2")
        across.addWidget(value, 1, Qt.AlignmentFlag.AlignTop)
        return fact

    def _add_moves(self, column: QVBoxLayout, plan: MergePlan) -> None:
        look = self._look
        column.addWidget(Line(look))
        column.addWidget(section(look, tr("What moves along")))
        if not plan.moves:
            column.addWidget(Label(look, tr("Nothing else hangs on {name}.", name=plan.other.name), wraps=True))
        for moved in plan.moves:
            column.addWidget(Label(look, _moved(moved), wraps=True, selectable=True))
        way_back = tr("The merge can be taken back on the page History, also after weeks.")
        column.addWidget(Label(look, way_back, size="small", role="text2", wraps=True))

    # Deciding --------------------------------------------------------------------------------------------------

    def _merge(self) -> None:
        if self.plan is not None and self.merge.isEnabled():
            self.merge.setEnabled(False)  # until the next pair is shown
            self.merge_asked.emit(self.picks)

    def _swap(self) -> None:
        mirrored = {OURS: THEIRS, THEIRS: OURS, BOTH: BOTH}
        self.swap_asked.emit({key: type(pick)(mirrored[pick]) for key, pick in self.picks.items()})

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key, plain = event.key(), not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not event.isAutoRepeat():
            self._merge()
        elif key == Qt.Key.Key_Escape:
            self.left.emit()
        elif key == Qt.Key.Key_N and plain and not event.isAutoRepeat():
            self.apart_asked.emit()
        else:
            super().keyPressEvent(event)

    def _step(self, choice: Alternatives, by: int) -> None:
        """From one field to the next."""
        choices = list(self.choices.values())
        there = choices.index(choice) + by
        if 0 <= there < len(choices):
            cell = choices[there].current
            cell.setFocus(Qt.FocusReason.TabFocusReason)
            self._scroller.ensureWidgetVisible(cell)


def _value(lines: Sequence[Message]) -> str:
    return "\n".join(map(words, lines)) or NOTHING


def _sentence(reason: Message) -> str:
    """A reason that stands alone."""
    text = words(reason)
    return text[:1].upper() + text[1:]


def _moved(moved: Moved) -> str:
    """How many of what move, and how many of them the two have in common."""
    if not moved.doubled:
        return words(moved.words)
    return tr_n(
        "{what} – {n} of them stays as one, because both contacts have it",
        "{what} – {n} of them stay as one each, because both contacts have them",
        moved.doubled,
        what=words(moved.words),
    )
