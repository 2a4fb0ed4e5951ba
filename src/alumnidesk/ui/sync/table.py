"""The columns of the partners, and of what a sync would do contact by contact."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from alumnidesk.errors import AlumniDeskError, EnvironmentFault
from alumnidesk.services.sync_plan import Decision, Outcome, PartnerCard, Question, SyncItem, SyncPlan, SyncProblem
from alumnidesk.ui.sync.wording import asked, last_time, where
from alumnidesk.ui.widgets.chip import Chip
from alumnidesk.ui.widgets.lines import Column
from alumnidesk.ui.words import tr, tr_n, words

Looked = SyncPlan | AlumniDeskError | None
"""What a look at a partner found: what a sync would do, why one cannot look, or nothing yet."""

HERE = (Outcome.NEW_HERE, Outcome.CHANGED_HERE, Outcome.CHANGED_BOTH, Outcome.DELETED_THERE)
THERE = (Outcome.NEW_THERE, Outcome.CHANGED_THERE, Outcome.CHANGED_BOTH, Outcome.BINNED_HERE, Outcome.LEAVES)
"""What changes something on which side."""
FIRST = (Outcome.QUESTION, Outcome.DELETED_THERE, Outcome.BINNED_HERE, Outcome.LEAVES)
"""What one should look at stands on top; all else as it comes."""


@dataclass(frozen=True, slots=True)
class PartnerRow:
    """A partner as the list shows it."""

    partner: PartnerCard
    looked: Looked


def partner_columns(today: dt.date) -> tuple[Column[PartnerRow], ...]:
    """Name and place, when last, what is pending."""
    return (
        Column(
            "name",
            tr("Name"),
            lambda row: row.partner.name,
            300,
            second=lambda row: where(row.partner),
            icon=lambda row: ("folder" if row.partner.kind == "folder" else "document", "text2"),
            sortable=False,
        ),
        Column("last", tr("Last sync"), lambda row: last_time(row.partner, today), 150, sortable=False),
        Column(
            "state",
            tr("Pending"),
            lambda row: state(row).text,
            180,
            180,
            chips=lambda row: (state(row),),
            sortable=False,
        ),
    )


def state(row: PartnerRow) -> Chip:
    """How a partner stands."""
    looked = row.looked
    if isinstance(looked, EnvironmentFault):
        return Chip(tr("Not found"), "bad", "warning")
    if isinstance(looked, AlumniDeskError) or (looked is not None and looked.stopped is not None):
        return Chip(tr("Stopped"), "bad", "warning")
    if looked is None:
        return Chip(tr("Not looked yet"), "plain", "clock")
    if n := len(looked.questions):
        return Chip(tr_n("{n} question", "{n} questions", n), "look", "question")
    if looked.problems:
        n = len(looked.problems)
        return Chip(tr_n("{n} problem", "{n} problems", n), "look", "warning")
    if n := len(looked.items):
        return Chip(tr_n("{n} contact", "{n} contacts", n), "plain", "sync")
    return Chip(tr("In step"), "good", "check-circle")


@dataclass(frozen=True, slots=True)
class PlanRow:
    """One line of what a sync would do: a contact, or a problem."""

    item: SyncItem | None = None
    problem: SyncProblem | None = None

    @property
    def name(self) -> str:
        """Who it is, or what could not be read."""
        if self.item is not None:
            return self.item.name or tr("Without a name")
        assert self.problem is not None
        return self.problem.place or tr("The whole")

    @property
    def questions(self) -> Sequence[Question]:
        """What is to be decided about it."""
        return self.item.questions if self.item is not None else ()


def plan_rows(plan: SyncPlan) -> list[PlanRow]:
    """All lines: problems and questions first, then what takes something away."""
    rows = [PlanRow(problem=problem) for problem in plan.problems]
    order = {outcome: place for place, outcome in enumerate(FIRST)}
    items = sorted(plan.items, key=lambda item: 0 if item.questions else order.get(item.outcome, len(FIRST)))
    return rows + [PlanRow(item) for item in items]


def plan_columns(decided: Mapping[str, Decision]) -> tuple[Column[PlanRow], ...]:
    """Who, what happens, and what it is about; `decided` are the answers so far."""
    return (
        Column("name", tr("Contact"), lambda row: row.name, 220, sortable=False),
        Column(
            "state",
            tr("What happens"),
            lambda row: ", ".join(chip.text for chip in _chips(row, decided)),
            196,
            196,
            chips=lambda row: _chips(row, decided),
            sortable=False,
        ),
        Column("what", tr("What it is about"), _about, 316, sortable=False),
    )


def _about(row: PlanRow) -> str:
    if row.problem is not None:
        return words(row.problem.why)
    assert row.item is not None
    labels = [asked(question) for question in row.item.questions]
    labels += [words(difference.label) for difference in row.item.differences]
    return ", ".join(_once(label for label in labels if label))


def _once(texts: Iterable[str]) -> list[str]:
    return list(dict.fromkeys(texts))


def _chips(row: PlanRow, decided: Mapping[str, Decision]) -> tuple[Chip, ...]:
    if row.item is None:
        return (Chip(tr("Cannot be read"), "bad", "warning"),)
    if row.questions:
        open_ = [q for q in row.questions if decided.get(q.id, Decision.LATER) is Decision.LATER]
        if open_:
            return (Chip(tr("Please decide"), "look", "question"),)
        return (Chip(tr("Decided"), "good", "check"),)
    return (outcome_chip(row.item.outcome),)


def outcome_chip(outcome: Outcome) -> Chip:
    """What becomes of a contact, in a word or two."""
    match outcome:
        case Outcome.NEW_HERE:
            return Chip(tr("New here"), "good", "user-plus")
        case Outcome.NEW_THERE:
            return Chip(tr("New there"), "good", "export")
        case Outcome.CHANGED_HERE:
            return Chip(tr("Changes here"), "good", "edit")
        case Outcome.CHANGED_THERE:
            return Chip(tr("Changes there"), "good", "export")
        case Outcome.CHANGED_BOTH:
            return Chip(tr("Changes on both sides"), "good", "sync")
        case Outcome.BINNED_HERE:
            return Chip(tr("Is deleted there"), "look", "trash")
        case Outcome.DELETED_THERE:
            return Chip(tr("Into the bin here"), "look", "archive")
        case Outcome.LEAVES:
            return Chip(tr("Leaves the other side"), "look", "minus-circle")
        case Outcome.QUESTION:
            return Chip(tr("Please decide"), "look", "question")
        case Outcome.UNCHANGED:
            return Chip(tr("Unchanged"), "plain", "check")
