"""What a sync would do and what it did, in whole sentences."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from pathlib import Path

from alumnidesk.services.sync_plan import FOLDER, Outcome, PartnerCard, Question, QuestionKind, SyncPlan, SyncReport
from alumnidesk.ui.when import clock, day_words, local
from alumnidesk.ui.words import tr, tr_n, words

Said = Callable[[int], str]

PENDING: Mapping[Outcome, Said] = {
    Outcome.NEW_HERE: lambda n: tr_n("{n} new contact comes in", "{n} new contacts come in", n),
    Outcome.CHANGED_HERE: lambda n: tr_n("{n} contact changes here", "{n} contacts change here", n),
    Outcome.CHANGED_BOTH: lambda n: tr_n(
        "{n} contact gets something on both sides", "{n} contacts get something on both sides", n
    ),
    Outcome.DELETED_THERE: lambda n: tr_n("{n} contact goes into the bin here", "{n} contacts go into the bin here", n),
    Outcome.NEW_THERE: lambda n: tr_n("{n} contact will be written there", "{n} contacts will be written there", n),
    Outcome.CHANGED_THERE: lambda n: tr_n("{n} contact changes there", "{n} contacts change there", n),
    Outcome.BINNED_HERE: lambda n: tr_n("{n} contact will be deleted there", "{n} contacts will be deleted there", n),
    Outcome.LEAVES: lambda n: tr_n(
        "{n} contact no longer fits and leaves the other side", "{n} contacts no longer fit and leave the other side", n
    ),
}
"""What happens, in the order in which it is told: here first, then there."""


def pending(plan: SyncPlan) -> list[str]:
    """What a sync would do, kind by kind; empty if both sides agree."""
    said = [text(plan.counts[outcome]) for outcome, text in PENDING.items() if plan.counts[outcome]]
    if plan.questions:
        said.append(tr_n("{n} question is to be decided", "{n} questions are to be decided", len(plan.questions)))
    return said


def done(report: SyncReport) -> str:
    """What a sync did, for the notice."""
    said = [tr("Synced with “{name}”.", name=report.partner.name)]
    if report.ours:
        said.append(tr_n("{n} contact has changed here.", "{n} contacts have changed here.", report.ours))
    if report.theirs:
        said.append(tr_n("{n} contact has changed there.", "{n} contacts have changed there.", report.theirs))
    if report.undecided:
        said.append(tr_n("{n} question waits.", "{n} questions wait.", report.undecided))
    if len(said) == 1:
        said.append(tr("Nothing was new on either side."))
    return " ".join(said)


def deleted(plan: SyncPlan) -> str:
    """How many of how many would be deleted, where that is so many that it is asked."""
    here = plan.counts[Outcome.DELETED_THERE]
    there = plan.counts[Outcome.BINNED_HERE] + plan.counts[Outcome.LEAVES]
    everybody = plan.partner.contacts
    if here >= there:
        return tr_n(
            "{n} of {all} contacts would go into the bin here",
            "{n} of {all} contacts would go into the bin here",
            here,
            all=everybody,
        )
    return tr_n(
        "{n} of {all} contacts would be deleted there",
        "{n} of {all} contacts would be deleted there",
        there,
        all=everybody,
    )


WHY: Mapping[Outcome, Callable[[], str]] = {
    Outcome.NEW_THERE: lambda: tr("The whole contact is written there."),
    Outcome.BINNED_HERE: lambda: tr("It was deleted here, and nothing has changed there since."),
    Outcome.DELETED_THERE: lambda: tr(
        "It was deleted there, and nothing has changed here since. From the bin it can be taken back."
    ),
    Outcome.LEAVES: lambda: tr("It is not among the contacts of this sync any more. Here it stays."),
}
"""What speaks for what happens to a whole contact."""


def asked(question: Question) -> str:
    """What is to be decided."""
    match question.kind:
        case QuestionKind.CHANGED_BOTH:
            return words(question.label)
        case QuestionKind.CHANGED_HERE_DELETED_THERE:
            return tr("Deleted there, but changed here")
        case QuestionKind.DELETED_HERE_CHANGED_THERE:
            return tr("Deleted here, but changed there")
        case QuestionKind.PERHAPS_THE_SAME:
            return tr("Perhaps the same person")


def what_it_is(partner: PartnerCard) -> str:
    """The kind of partner."""
    return tr("Folder of contact files") if partner.kind == FOLDER else tr("CSV file")


def where(partner: PartnerCard) -> str:
    """What it is and its name on the disk, for a small line."""
    return tr("{kind} · {name}", kind=what_it_is(partner), name=Path(partner.place).name or partner.place)


def last_time(partner: PartnerCard, today: dt.date) -> str:
    """When it was synced last."""
    if not partner.synced_at:
        return tr("Never yet")
    moment = local(partner.synced_at)
    return tr("{day}, {time}", day=day_words(moment.date(), today), time=clock(moment))
