"""The detail of a partner: where it lies, whom it is about, what is pending, and what stands in the way."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from functools import partial
from pathlib import Path

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QVBoxLayout, QWidget

from alumnidesk.errors import AlumniDeskError, EnvironmentFault
from alumnidesk.i18n import say
from alumnidesk.services.sync_plan import FOLDER, PartnerCard, SyncPlan, SyncProblem
from alumnidesk.ui import files
from alumnidesk.ui.look import Look
from alumnidesk.ui.sync.table import PartnerRow
from alumnidesk.ui.sync.wording import last_time, pending, what_it_is
from alumnidesk.ui.widgets.buttons import LinkButton, OutlinedButton, PlainButton
from alumnidesk.ui.widgets.changing import ChangingMenu
from alumnidesk.ui.widgets.detail import DetailPane, Facts
from alumnidesk.ui.widgets.flow import Flow
from alumnidesk.ui.widgets.label import Label, Line, breakable, section, title
from alumnidesk.ui.widgets.notice import Callout
from alumnidesk.ui.words import tr, tr_n, words

EMPTIED = say(
    "If it lies on a stick or a network drive, connect that and look again. If it is the right place and was emptied, "
    "all contacts can be written there again."
)
LISTED = 10
"""So many problems are told; more are counted."""


class PartnerDetail(DetailPane):
    """Built anew for each partner one stands on. `deeds` are what its buttons do, by their keys."""

    def __init__(
        self,
        look: Look,
        deeds: Mapping[str, Callable[[], object]],
        say: Callable[[str], object],
    ) -> None:
        """`deeds`: change, remove, see (what would happen), place (choose it anew), again (look again),
        anew (begin anew with it)."""
        super().__init__(look, tr("This sync"))
        self.look, self._say = look, say
        self._deeds = {key: partial(QTimer.singleShot, 0, self, deed) for key, deed in deeds.items()}
        """Done once the button that was pressed has come to rest: they build this detail anew, also inside a dialog."""
        self.callout: Callout | None = None
        """Says why one cannot look, with the way out."""

    def show_row(self, row: PartnerRow | None, whom: str, *, looking: bool = False) -> None:
        """Show a partner; `whom` says in words which contacts it is about, `looking` whether it is looked at now."""
        look, partner = self.look, row.partner if row is not None else PartnerCard()
        self.callout = None
        column = self.set_body(QWidget())
        if row is None:
            return
        head = title(look, breakable(partner.name, 20))
        head.setWordWrap(True)
        column.addWidget(head)
        column.addSpacing(look.px(12))
        facts = Facts(look)
        facts.add(tr("Kind"), what_it_is(partner))
        facts.add(tr("Place"), breakable(partner.place))
        facts.add(tr("Who"), breakable(whom))
        if partner.synced_at:
            facts.add(tr("In step"), tr_n("{n} contact", "{n} contacts", partner.contacts))
        facts.add(tr("Last sync"), last_time(partner, dt.date.today()))
        column.addWidget(facts)
        column.addSpacing(look.px(12))
        column.addLayout(self._buttons(partner))
        column.addSpacing(look.px(16))
        column.addWidget(Line(look))
        column.addSpacing(look.px(12))
        if isinstance(row.looked, AlumniDeskError):
            self._add_fault(column, partner, row.looked)
        elif row.looked is not None and row.looked.stopped is not None:
            self._add_fault(column, partner, EnvironmentFault(row.looked.stopped, EMPTIED))
            column.addSpacing(look.px(4))
            column.addLayout(self._link(tr("Write all contacts there again …"), "sync", "anew", changes=True))
        else:
            self._add_pending(column, row.looked, looking=looking)

    def _buttons(self, partner: PartnerCard) -> Flow:
        look, row = self.look, Flow(self.look.px(8))
        row.addWidget(OutlinedButton(look, tr("Change …"), icon="edit", clicked=self._deeds["change"], changes=True))
        menu = ChangingMenu(self)
        folder = Path(partner.place) if partner.kind == FOLDER else Path(partner.place).parent
        menu.addAction(tr("Show the folder"), lambda: files.show_folder(folder, self._say))
        menu.addSeparator()
        menu.add_deed(tr("Sync no more"), lambda: self._deeds["remove"]())
        row.addWidget(PlainButton(look, tr("More"), menu=menu))
        return row

    def _add_fault(self, column: QVBoxLayout, partner: PartnerCard, problem: AlumniDeskError) -> None:
        """It cannot be looked at: a stick that is not plugged in, a search that names what there is not any more."""
        look, folder, gone = self.look, partner.kind == FOLDER, isinstance(problem, EnvironmentFault)
        elsewhere = tr("Choose the folder …") if folder else tr("Choose the file …")
        out = words(problem.way_out) if problem.way_out else ""
        self.callout = Callout(
            look,
            words(problem.message),
            out or tr("If it lies on a stick or a network drive, connect that and look again. Nothing is lost."),
            icon="warning",
            action=elsewhere if gone else tr("Change …"),
            action_icon="folder" if gone else "edit",
            clicked=self._deeds["place" if gone else "change"],
            changes=True,
        )
        column.addWidget(self.callout)
        column.addSpacing(look.px(8))
        column.addLayout(self._link(tr("Look again"), "refresh", "again"))

    def _link(self, text: str, icon: str, deed: str, *, changes: bool = False) -> Flow:
        link = LinkButton(self.look, text, icon=icon, clicked=self._deeds[deed], changes=changes)
        row = Flow(self.look.px(8))
        link.padding = 0
        row.addWidget(link)
        return row

    def _add_pending(self, column: QVBoxLayout, plan: SyncPlan | None, *, looking: bool) -> None:
        look = self.look
        column.addWidget(section(look, tr("Pending")))
        column.addSpacing(look.px(4))
        if plan is None:
            text = tr("Looking what is new …") if looking else tr("Nobody has looked since the last change.")
            column.addWidget(Label(look, text, role="text2", wraps=True))
            if not looking:
                column.addLayout(self._link(tr("Look again"), "refresh", "again"))
            return
        said = pending(plan)
        for text in said or [tr("Both sides agree.")]:
            column.addWidget(Label(look, text, wraps=True))
        if said or plan.problems:
            column.addLayout(self._link(tr("See what would happen"), "arrow-right", "see"))
        if plan.problems:
            column.addSpacing(look.px(12))
            column.addWidget(section(look, tr("Problems")))
            for problem in plan.problems[:LISTED]:
                self._add_problem(column, problem)
            if (more := len(plan.problems) - LISTED) > 0:
                column.addWidget(Label(look, tr_n("and {n} more", "and {n} more", more), role="text2"))
            column.addSpacing(look.px(6))
            out = tr("It is left as it is, and nothing is deleted because of it. Correct it there, then sync again.")
            column.addWidget(Label(look, out, size="small", role="text2", wraps=True))

    def _add_problem(self, column: QVBoxLayout, problem: SyncProblem) -> None:
        look = self.look
        column.addSpacing(look.px(6))
        column.addWidget(Label(look, breakable(words(problem.why)), wraps=True, selectable=True))
        where = problem.place
        if where and problem.line:
            where = tr("{file}, line {n}", file=problem.place, n=problem.line)
        if where:
            column.addWidget(Label(look, breakable(where), size="small", role="text2", wraps=True, selectable=True))
