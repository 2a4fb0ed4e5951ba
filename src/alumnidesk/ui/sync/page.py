"""Two-way sync: the places that hold contacts too, what is pending at each, and the sync itself."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from alumnidesk.errors import Cancelled, EnvironmentFault, Refused
from alumnidesk.i18n import Message, say
from alumnidesk.progress import Progress
from alumnidesk.services.sync_plan import Outcome, PartnerCard, SyncPlan, SyncReport
from alumnidesk.ui.page import Context, Page, Unfinished
from alumnidesk.ui.sync.detail import PartnerDetail
from alumnidesk.ui.sync.form import PartnerDialog, ask_place, audiences, read_audiences
from alumnidesk.ui.sync.plan import PlanRoom
from alumnidesk.ui.sync.table import Looked, PartnerRow, partner_columns
from alumnidesk.ui.sync.wording import done
from alumnidesk.ui.widgets.buttons import FilledButton, OutlinedButton
from alumnidesk.ui.widgets.empty import EmptyState
from alumnidesk.ui.widgets.head import PageHead
from alumnidesk.ui.widgets.lines import Deliver, LinesTable
from alumnidesk.ui.widgets.list_table import TWO_LINES, ListTable
from alumnidesk.ui.widgets.panes import Panes
from alumnidesk.ui.widgets.stack import Stack
from alumnidesk.ui.widgets.working import Working
from alumnidesk.ui.words import tr

if TYPE_CHECKING:
    from alumnidesk.desk import Desk

FEW = 10
"""So many contacts may change without being shown first."""
TAKEN_AWAY = (Outcome.DELETED_THERE, Outcome.BINNED_HERE)
"""What is shown first in any case."""


class SyncPage(Page):
    """The partners at the left, one of them at the right; in their place what a sync would do."""

    help_topic = "sync"

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        look, actions = self.look, context.actions
        self._partners: dict[int, PartnerCard] = {}
        self._looked: dict[int, Looked] = {}
        """What the last look at each found; gone when anything changes."""
        self._wanted: int | None = None
        self._offered: tuple[list[str], list[str]] = ([], [])
        self.main = FilledButton(look, tr("Sync now"), icon="sync", clicked=self._sync_current, changes=True)
        add = OutlinedButton(look, tr("Set up a sync …"), icon="plus", clicked=actions.trigger("sync.add"))
        self.head = PageHead(look, tr("Sync"), actions=[add, self.main])
        self.table: LinesTable[PartnerRow] = LinesTable(partner_columns(dt.date.today()), self._fetch)
        self.list = ListTable(look, self.table, tr("Places kept in step"), row=TWO_LINES)
        self.list.current_changed.connect(lambda _: self._stand())
        self.list.opened.connect(lambda _: self._see())
        self.detail = PartnerDetail(
            look,
            {
                "change": self._change,
                "remove": self._remove,
                "see": self._see,
                "place": self._choose_place,
                "again": self._look_again,
                "anew": self._begin_anew,
            },
            lambda sentence: context.notices.say(sentence, icon="info"),
        )
        self.empty = EmptyState(
            look,
            tr("Keep contacts in step with other programs"),
            tr(
                "With Thunderbird, Nextcloud or a phone through a folder of contact files, as vdirsyncer keeps one, or "
                "with a list that the treasurer keeps in Excel and saves as CSV. What changes there comes here, and "
                "the other way round; what both have changed is asked."
            ),
            [FilledButton(look, tr("Set up a sync …"), icon="plus", clicked=actions.trigger("sync.add"))],
            icon="sync",
        )
        self.plan = PlanRoom(context)
        self.plan.left.connect(self._to_partners)
        self.plan.asked.connect(self._carry_out)
        self.working = Working(look)
        self._lay_out()
        self._read()

    def _lay_out(self) -> None:
        look = self.look
        middle = QWidget()
        column = QVBoxLayout(middle)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(look.px(8))
        column.addWidget(self.head)
        inset = QHBoxLayout()
        inset.setContentsMargins(look.px(8), look.px(2), look.px(8), 0)
        inset.addWidget(self.list)
        column.addLayout(inset, 1)
        self.panes = Panes(look, self.context.preferences, "sync", middle, self.detail)
        self.places = Stack()
        self._unread = QWidget()
        """Until it is known whether there is anything to keep in step, nothing is said about it."""
        for place in (self._unread, self.empty, self.panes, self.plan, self.working):
            self.places.addWidget(place)
        outer = QHBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(self.places)

    @property
    def unfinished(self) -> Unfinished | None:
        if not self.plan.decisions or self.working.progress is not None:
            return None
        sentence = tr("What you decided there is lost if you close now. Nothing has been written yet.")
        return Unfinished(tr("The sync is not done yet"), sentence, tr("Go on deciding"))

    # Partners --------------------------------------------------------------------------------------------------

    def _read(self) -> None:
        def read(desk: Desk) -> tuple[list[PartnerCard], tuple[list[str], list[str]]]:
            return desk.syncing.partners(), read_audiences(desk)

        self.context.tasks.run(read, lambda both: self._show(*both), latest="partners")

    def _show(self, partners: Sequence[PartnerCard], offered: tuple[list[str], list[str]]) -> None:
        self._partners = {partner.id: partner for partner in partners if partner.id is not None}
        self._offered = offered
        self.table.show(list(self._partners))
        if self._wanted in self._partners:
            self.list.go_to(self._wanted or 0)
            self._wanted = None
        if self.places.currentWidget() in (self._unread, self.empty, self.panes):
            self.places.setCurrentWidget(self.panes if partners else self.empty)
        self._stand()

    def _fetch(self, ids: Sequence[int], deliver: Deliver[PartnerRow]) -> None:
        deliver([PartnerRow(self._partners[id], self._looked.get(id)) for id in ids])

    @property
    def _current(self) -> PartnerCard | None:
        return self._partners.get(self.list.current_id or 0)

    def _stand(self) -> None:
        """Show the partner one stands on, and look what is pending there."""
        partner = self._current
        self.main.setEnabled(partner is not None)
        if partner is None or partner.id is None:
            self.detail.show_row(None, "")
            return
        whom = dict(audiences(*self._offered, partner.query))[partner.query]
        looking = partner.id not in self._looked
        self.detail.show_row(PartnerRow(partner, self._looked.get(partner.id)), whom, looking=looking)
        if looking and self.places.currentWidget() is self.panes and self.isVisible():
            self._look_at(partner.id)

    def _look_at(self, id: int) -> None:
        """Compare both sides, letting everything else go first. Writes nothing."""
        progress = Progress(say("Looking what is new …"))

        def look(desk: Desk) -> Looked:
            try:
                return desk.syncing.preview(id, progress)
            except (EnvironmentFault, Refused) as problem:
                return problem

        self.context.tasks.run(
            look,
            lambda found: self._was_looked_at(id, found),
            failed=lambda problem: self._was_not_looked_at(id, problem),
            latest="pending sync",
            progress=progress,
            patient=True,
        )

    def _was_looked_at(self, id: int, found: Looked) -> None:
        self._looked[id] = found
        self.table.reload()
        if self.list.current_id == id:
            held_focus = self.detail.isAncestorOf(self.focusWidget() or self)
            self._stand()
            if held_focus:
                self.list.setFocus(Qt.FocusReason.OtherFocusReason)

    def _was_not_looked_at(self, id: int, problem: BaseException) -> None:
        self._was_looked_at(id, None)
        if not isinstance(problem, Cancelled):
            self.context.messages.show(problem)

    def _look_again(self) -> None:
        self._looked.clear()
        self.table.reload()
        self._stand()

    # Setting up ------------------------------------------------------------------------------------------------

    def _add(self) -> None:
        self._to_partners()
        dialog = PartnerDialog(self.context, PartnerCard(), audiences(*self._offered), self.window())
        dialog.exec()
        dialog.deleteLater()
        if isinstance(dialog.outcome, PartnerCard) and dialog.outcome.id is not None:
            self._wanted = dialog.outcome.id
            self._sync(dialog.outcome.id, show=True)

    def _change(self) -> None:
        if (partner := self._current) is not None:
            dialog = PartnerDialog(self.context, partner, audiences(*self._offered, partner.query), self.window())
            dialog.exec()
            dialog.deleteLater()

    def _remove(self) -> None:
        if (partner := self._current) is not None and (id := partner.id) is not None:
            self.context.deed(lambda desk: desk.syncing.remove(id))

    def _choose_place(self) -> None:
        """The folder or file lies elsewhere now."""
        if (partner := self._current) is None:
            return
        path = ask_place(self.context, partner.kind, self.window())
        if path is not None:
            there = replace(partner, place=str(path))
            self.context.deed(lambda desk: desk.syncing.change(there, moved=True))

    # The sync --------------------------------------------------------------------------------------------------

    def _sync_current(self) -> None:
        if (partner := self._current) is not None and partner.id is not None:
            self._sync(partner.id)

    def _see(self) -> None:
        """What would happen, contact by contact."""
        if (partner := self._current) is not None and partner.id is not None:
            self._sync(partner.id, show=True)

    def _begin_anew(self) -> None:
        """What a first sync would do with a place that was emptied; nothing is forgotten before it is done."""
        if (partner := self._current) is not None and partner.id is not None:
            self._sync(partner.id, show=True, anew=True)

    def _sync(self, id: int, *, show: bool = False, anew: bool = False) -> None:
        """Compare both sides; then show what would happen, or do it if there is nothing to ask and little to do."""
        progress = self._begin()

        def compared(plan: SyncPlan) -> None:
            self._end()
            if not anew:
                self._was_looked_at(id, plan)
            if plan.stopped is not None:
                self._say_stopped(id, looked=show)
                return
            self.plan.show_plan(plan)
            if show or _is_to_be_shown(plan):
                self._to_plan()
            else:
                self._carry_out(False)

        self.context.tasks.run(
            lambda desk: desk.syncing.preview(id, progress, anew=anew),
            compared,
            failed=lambda problem: self._not_compared(id, problem, looked=show),
            latest="sync",
            progress=progress,
        )

    def _begin(self, running: Message | None = None) -> Progress:
        """What the sync before did is no more what one has to know."""
        self.context.notices.close_notice()
        self.places.setCurrentWidget(self.working)
        self.working.cancel_button.setFocus(Qt.FocusReason.OtherFocusReason)
        return self.working.begin(say("Comparing both sides …"), running=running)

    def _end(self) -> None:
        self.working.end()
        self._to_partners()

    def _not_compared(self, id: int, problem: BaseException, *, looked: bool) -> None:
        self._end()
        if isinstance(problem, EnvironmentFault | Refused):
            self._was_looked_at(id, problem)
            self._say_stopped(id, looked=looked)
        elif not isinstance(problem, Cancelled):
            self.context.messages.show(problem)

    def _say_stopped(self, id: int, *, looked: bool) -> None:
        """Why stands in the detail, and there is nothing else to say to whoever only `looked`."""
        if not looked and (partner := self._partners.get(id)) is not None:
            said = tr("Not synced with “{name}”. Both sides are as they were.", name=partner.name)
            self.context.notices.say(said, icon="warning")

    def _carry_out(self, allow_many: bool) -> None:
        plan, decisions = self.plan.plan, dict(self.plan.decisions)
        if plan is None or plan.partner.id is None:
            return
        id, progress = (
            plan.partner.id,
            self._begin(say("The sync with “{name}” is still running", name=plan.partner.name)),
        )

        def do(desk: Desk) -> SyncReport:
            return desk.syncing.carry_out(plan, decisions, allow_many=allow_many, progress=progress)

        self.context.deed(
            do,
            then=lambda report: self._was_done(id, report),
            failed=lambda problem: self._not_done(id, problem),
            quiet=True,
            progress=progress,
        )

    def _was_done(self, id: int, report: SyncReport) -> None:
        self.plan.decisions.clear()
        self._looked.pop(id, None)
        self._end()
        self._read()
        self.context.notices.say(done(report), self._way_back(report))

    def _way_back(self, report: SyncReport) -> Callable[[], None] | None:
        """Undo of what changed here; the next sync takes it back there too."""
        changeset = report.changeset
        if changeset is None:
            return None
        label = say("Sync with “{name}”", name=report.partner.name)

        def take_back() -> None:
            progress = Progress(running=say("The sync is still being taken back"))
            self.context.deed(
                lambda desk: desk.history.undo(changeset, progress=progress),
                say("Taken back: {deed}", deed=label),
                progress=progress,
            )

        return take_back

    def _not_done(self, id: int, problem: BaseException) -> None:
        """What changed meanwhile is compared anew; what was decided stays decided."""
        self._end()
        if isinstance(problem, Cancelled):
            self._to_plan()
            return
        self._looked.pop(id, None)
        self.context.messages.show(problem)
        if isinstance(problem, Refused):
            self._sync(id, show=True)
        else:
            self._read()

    # From place to place ---------------------------------------------------------------------------------------

    def _to_partners(self) -> None:
        self.places.setCurrentWidget(self.panes if self._partners or self._wanted else self.empty)
        self._stand()
        self.list.setFocus(Qt.FocusReason.OtherFocusReason)

    def _to_plan(self) -> None:
        self.places.setCurrentWidget(self.plan)
        self.plan.entered()

    # The frame -------------------------------------------------------------------------------------------------

    def commands(self) -> Mapping[str, Callable[[], object]]:
        found: dict[str, Callable[[], object]] = {"sync.add": self._add}
        if self.places.currentWidget() is self.panes and self._current is not None:
            found["sync.now"] = self._sync_current
        elif self.places.currentWidget() is self.plan and self.plan.main.isVisible():
            found["sync.now"] = self.plan.main.click
        return found

    def refresh(self, changed: set[str]) -> None:
        if changed & {"contacts", "sync"}:
            self._looked.clear()
            self._read()

    def show_id(self, id: int) -> None:
        self._wanted = id
        self._read()

    def entered(self) -> None:
        if self.places.currentWidget() is self.plan:
            self.plan.entered()
            return
        self.list.setFocus(Qt.FocusReason.OtherFocusReason)
        self._look_again()


def _is_to_be_shown(plan: SyncPlan) -> bool:
    """Is there something to ask, or more to do than one lets happen unseen?"""
    if not plan.partner.synced_at or plan.questions or plan.many is not None or plan.problems:
        return True
    return len(plan.items) > FEW or any(item.outcome in TAKEN_AWAY for item in plan.items)
