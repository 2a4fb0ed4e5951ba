"""What a sync would do, contact by contact, before anything is written; questions are decided here."""

from __future__ import annotations

from array import array
from collections.abc import Callable, Sequence
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QMenu, QVBoxLayout, QWidget

from alumnidesk.domain.cards import ContactCard
from alumnidesk.services.sync_plan import Decision, Outcome, QuestionKind, SyncDifference, SyncItem, SyncPlan
from alumnidesk.ui.page import Context
from alumnidesk.ui.sync.item import ItemDetail
from alumnidesk.ui.sync.table import HERE, THERE, PlanRow, plan_columns, plan_rows
from alumnidesk.ui.sync.wording import deleted, pending
from alumnidesk.ui.widgets.buttons import FilledButton, OutlinedButton, PlainButton
from alumnidesk.ui.widgets.head import PageHead
from alumnidesk.ui.widgets.lines import LinesTable
from alumnidesk.ui.widgets.list_table import ListTable
from alumnidesk.ui.widgets.notice import Callout
from alumnidesk.ui.widgets.panes import Panes
from alumnidesk.ui.widgets.tabs import Tabs
from alumnidesk.ui.words import tr, words

if TYPE_CHECKING:
    from alumnidesk.desk import Desk

ALL, QUESTIONS, COMES, GOES, PROBLEMS = "all", "questions", "here", "there", "problems"
WIDTHS = (464, 560)
"""Of the detail at 100 %, in a window and in a wide one."""


class PlanRoom(QWidget):
    """`asked` carries whether a mass deletion is allowed; `left` leads back, and nothing has happened."""

    asked = Signal(bool)
    left = Signal()

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._context = context
        look = self._look = context.look
        self.plan: SyncPlan | None = None
        self.decisions: dict[str, Decision] = {}
        """What was decided so far, by the ids of the questions; they outlive a second look."""
        self._rows: Sequence[PlanRow] = ()
        self.main = FilledButton(
            look, tr("Sync now"), icon="sync", clicked=lambda: self.asked.emit(False), changes=True
        )
        self.back = OutlinedButton(look, tr("Back"), icon="arrow-left", clicked=self.left.emit)
        self.tabs = Tabs(
            look,
            tr("What happens"),
            (
                (ALL, tr("All")),
                (QUESTIONS, tr("Questions")),
                (COMES, tr("Comes here")),
                (GOES, tr("Goes there")),
                (PROBLEMS, tr("Problems")),
            ),
        )
        self.tabs.chosen.connect(lambda _: self._fill())
        menu = QMenu(self)
        for decision, text in (
            (Decision.OURS, tr("Take what is here")),
            (Decision.THEIRS, tr("Take what is there")),
            (Decision.BOTH, tr("Take both")),
            (Decision.LATER, tr("Decide later")),
        ):
            menu.addAction(text, partial(self._decide_selected, decision))
        self.together = PlainButton(look, tr("For the selected"), icon="check", menu=menu)
        self.head = PageHead(look, tr("Sync"), actions=[self.back, self.main], tools=[self.together], below="")
        self.table: LinesTable[PlanRow] = LinesTable(plan_columns(self.decisions), self._fetch)
        self.list = ListTable(look, self.table, tr("Contacts of this sync"))
        self.list.current_changed.connect(lambda _: self._show_row())
        self.list.opened.connect(lambda _: self._open())
        self.detail = ItemDetail(look, lambda id: context.open_page("contacts", id))
        self.detail.decided.connect(self._decide)
        self.detail.left.connect(self._to_list)
        self.detail.settled.connect(self._next_question)
        self.many: Callout | None = None
        """What stops a mass deletion; its button allows it."""
        self._lay_out(context)

    def _lay_out(self, context: Context) -> None:
        look = self._look
        middle = QWidget()
        rows = QVBoxLayout(middle)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(look.px(6))
        for widget in (self.tabs, self.list):
            inset = QHBoxLayout()
            inset.setContentsMargins(look.px(8), 0, look.px(8), 0)
            inset.addWidget(widget)
            rows.addLayout(inset, 1 if widget is self.list else 0)
        self.panes = Panes(look, context.preferences, "sync plan", middle, self.detail, WIDTHS)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(0)
        outer.addWidget(self.head)
        self._stopped = QVBoxLayout()
        self._stopped.setContentsMargins(look.px(20), look.px(12), look.px(20), 0)
        outer.addLayout(self._stopped)
        outer.addSpacing(look.px(12))
        outer.addWidget(self.panes, 1)

    # Showing ---------------------------------------------------------------------------------------------------

    def show_plan(self, plan: SyncPlan) -> None:
        """Show what a sync would do. What was decided before holds where the question is still the same."""
        if self.plan is not None and self.plan.partner.id != plan.partner.id:
            self.decisions.clear()
        self.plan = plan
        asked = {question.id for question in plan.questions}
        for gone in self.decisions.keys() - asked:
            del self.decisions[gone]
        self._rows = plan_rows(plan)
        first = not plan.partner.synced_at
        name = plan.partner.name
        self.head.title.setText(tr("First sync: {name}", name=name) if first else tr("Sync: {name}", name=name))
        self.head.set_counts(" · ".join(pending(plan)) or tr("Nothing was new on either side."))
        said = tr("Nothing is written before you press “Sync now”.")
        said = said if plan.many is None else tr("Nothing is written yet.")
        self.head.below.setText("\n".join([said, *map(words, plan.notes)]))
        for key in (ALL, QUESTIONS, COMES, GOES, PROBLEMS):
            self.tabs.count(key, len(self._of(key)))
        self.tabs.go_to(QUESTIONS if plan.questions else ALL)
        self.together.setVisible(sum(question.kind is QuestionKind.CHANGED_BOTH for question in plan.questions) > 1)
        self._show_many(plan)
        self._fill()

    def entered(self) -> None:
        """The room has come to the front."""
        self.list.setFocus(Qt.FocusReason.OtherFocusReason)

    def _show_many(self, plan: SyncPlan) -> None:
        if self.many is not None:
            self._stopped.removeWidget(self.many)
            self.many.hide()
            self.many.deleteLater()
            self.many = None
        self.main.setVisible(plan.many is None)
        if plan.many is not None:
            adds = plan.adds_many
            self.many = Callout(
                self._look,
                words(plan.many) if adds else deleted(plan),
                tr(
                    "They do not stand in the table yet. If only some belong there, go back and choose which contacts "
                    "take part."
                )
                if adds
                else tr(
                    "So many at once is rarely meant: perhaps files were moved, or a wrong folder was chosen. Nothing "
                    "has been deleted. Go back and look there, or say that it is right."
                ),
                icon="warning",
                action=tr("It is right, add them and sync") if adds else tr("It is right, delete them and sync"),
                action_icon="plus" if adds else "trash",
                clicked=lambda: self.asked.emit(True),
                changes=True,
            )
            self._stopped.addWidget(self.many)

    def _of(self, key: str) -> list[int]:
        """The places of the rows that a tab shows."""
        tests: dict[str, Callable[[PlanRow], bool]] = {
            ALL: lambda row: True,
            QUESTIONS: lambda row: bool(row.questions),
            COMES: lambda row: row.item is not None and row.item.outcome in HERE,
            GOES: lambda row: row.item is not None and row.item.outcome in THERE,
            PROBLEMS: lambda row: row.problem is not None,
        }
        return [place for place, row in enumerate(self._rows) if tests[key](row)]

    def _fill(self) -> None:
        self.table.show(array("q", self._of(self.tabs.current)))
        self._show_row()

    def _fetch(self, ids: Sequence[int], deliver: Callable[[Sequence[PlanRow]], None]) -> None:
        deliver([self._rows[id] for id in ids])

    def _show_row(self) -> None:
        id = self.list.current_id
        row = None if id is None else self._rows[id]
        self.detail.show_row(row, self.decisions)
        if self.plan is not None and row is not None and row.item is not None and _is_new_here(row.item):
            self._read_new(self.plan, row.item)

    def _read_new(self, plan: SyncPlan, item: SyncItem) -> None:
        """Of somebody who is new here all is shown that stands there, and who it may be."""
        known = item.contact

        def read(desk: Desk) -> tuple[ContactCard | None, Sequence[SyncDifference]]:
            return desk.contacts.card(known) if known is not None else None, desk.syncing.stands_at(plan, item.place)

        def show(both: tuple[ContactCard | None, Sequence[SyncDifference]]) -> None:
            here = self.list.current_id
            if self.plan is plan and here is not None and self._rows[here].item is item:
                self.detail.add_known(*both)

        self._context.tasks.run(read, show, latest="new in sync")

    # Deciding --------------------------------------------------------------------------------------------------

    def _decide(self, question: str, decision: Decision) -> None:
        self.decisions[question] = decision
        self.table.reload()

    def _decide_selected(self, decision: Decision) -> None:
        """The same for all that both sides changed in the selected contacts, where it can be; never for a deletion."""
        for row in (self._rows[id] for id in self.list.selected_ids()):
            for question in row.questions:
                if question.kind is QuestionKind.CHANGED_BOTH and decision in question.allowed:
                    self.decisions[question.id] = decision
        self.table.reload()
        self._show_row()

    def _open(self) -> None:
        """Enter or a double click: the question of the row."""
        self.panes.show_detail()
        self.detail.go_to_question()

    def _to_list(self) -> None:
        self.panes.show_list()
        self.list.setFocus(Qt.FocusReason.OtherFocusReason)

    def _next_question(self) -> None:
        """On to the next contact with a question; after the last one to the button."""
        here = self.list.current_id
        ids = list(self.table.ids)
        behind = ids[ids.index(here) + 1 :] if here in ids else []
        following = next((id for id in behind if self._rows[id].questions), None)
        if following is None:
            self._to_list()
            if self.main.isVisible():
                self.main.setFocus(Qt.FocusReason.TabFocusReason)
        else:
            self.list.go_to(following)
            self.detail.go_to_question()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        else:
            super().keyPressEvent(event)


def _is_new_here(item: SyncItem) -> bool:
    """Is it somebody new here, or perhaps so?"""
    perhaps = any(question.kind is QuestionKind.PERHAPS_THE_SAME for question in item.questions)
    return item.outcome is Outcome.NEW_HERE or perhaps
