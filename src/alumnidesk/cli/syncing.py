"""The command that keeps contacts in step with a place that holds them too."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import click

from alumnidesk.cli.terminal import FILE, Terminal, with_terminal
from alumnidesk.desk import Desk
from alumnidesk.i18n import Message, say
from alumnidesk.services.sync_plan import (
    CSV,
    FOLDER,
    Decision,
    Outcome,
    PartnerCard,
    Question,
    SyncItem,
    SyncPlan,
    SyncProblem,
    SyncReport,
)

_DONE: Mapping[Outcome, Message] = {
    Outcome.NEW_HERE: say("new here"),
    Outcome.NEW_THERE: say("new there"),
    Outcome.CHANGED_HERE: say("changed here"),
    Outcome.CHANGED_THERE: say("changed there"),
    Outcome.CHANGED_BOTH: say("changed on both sides"),
    Outcome.BINNED_HERE: say("deleted here, so there too"),
    Outcome.DELETED_THERE: say("deleted there, so here too"),
    Outcome.LEAVES: say("does not belong to it any more"),
    Outcome.QUESTION: say("to be decided"),
    Outcome.UNCHANGED: say("unchanged"),
}
_HERE = (Outcome.NEW_HERE, Outcome.CHANGED_HERE, Outcome.CHANGED_BOTH, Outcome.DELETED_THERE)
_THERE = (Outcome.NEW_THERE, Outcome.CHANGED_THERE, Outcome.CHANGED_BOTH, Outcome.BINNED_HERE, Outcome.LEAVES)


@click.command()
@click.argument("file", type=FILE)
@click.argument("place", metavar="FOLDER|TABLE", type=FILE)
@click.option("--where", "query", metavar="QUERY", help="Only contacts that fit; kept for the next time.")
@click.option("--dry-run", is_flag=True, help="Only say what would happen.")
@click.option(
    "--take",
    type=click.Choice(["ours", "theirs", "both"]),
    help="Decide all that can be decided so; by default nothing is, and both sides keep what they have.",
)
@click.option("--anew", is_flag=True, help="As if it were the first time: a place that was emptied is filled again.")
@click.option("--allow-many", is_flag=True, help="Also if very many would be deleted on one side or added to a table.")
@with_terminal
def sync(
    terminal: Terminal,
    file: Path,
    place: Path,
    query: str | None,
    dry_run: bool,
    take: str | None,
    anew: bool,
    allow_many: bool,
) -> int:
    """Keep FILE in step with a FOLDER of .vcf files, one for each contact, or with a TABLE (CSV), a row for each.

    What changed on one side changes on the other, property by property. What changed on both is told and waits.
    """
    with terminal.desk(file) as desk:
        partner = _partner(desk, place, query, keep=not dry_run)
        with terminal.progress() as progress:
            plan = desk.syncing.preview(partner.id or partner, progress, anew=anew)
        if plan.stopped is not None:
            terminal.remark(say("If it is the right place: --anew writes all contacts there again."))
        decisions = {q.id: Decision(take) for q in plan.questions if take and Decision(take) in q.allowed}
        undecided = [question for question in plan.questions if question.id not in decisions]
        if dry_run:
            refused = plan.stopped or (plan.many if not allow_many else None)
            _tell(terminal, plan, plan.problems, undecided)
            if refused is not None:
                terminal.remark(refused)
            return 1 if refused is not None or undecided or plan.problems else 0
        with terminal.progress() as progress:
            report = desk.syncing.carry_out(plan, decisions, allow_many=allow_many, progress=progress)
    _tell(terminal, plan, report.problems, undecided, report)
    return 1 if report.undecided or report.problems else 0


def _partner(desk: Desk, place: Path, query: str | None, *, keep: bool) -> PartnerCard:
    """The partner that lies there; the first time it is made, and kept unless this is only a rehearsal."""
    path = place.expanduser().absolute()
    partners = desk.syncing.partners()
    known = next((card for card in partners if Path(card.place) == path), None)
    if known is None:
        names, name, number = {card.name.casefold() for card in partners}, path.name or str(path), 1
        while name.casefold() in names:
            number += 1
            name = f"{path.name} {number}"
        kind = CSV if path.is_file() else FOLDER
        card = PartnerCard(name=name, kind=kind, place=str(path), query=query or "")
        return desk.syncing.add(card) if keep else card
    if query is not None and keep and query != known.query:
        return desk.syncing.change(
            PartnerCard(known.id, known.name, known.kind, known.place, query, known.options, known.synced_at)
        )
    return known


def _tell(
    terminal: Terminal,
    plan: SyncPlan,
    problems: tuple[SyncProblem, ...],
    undecided: list[Question],
    report: SyncReport | None = None,
) -> None:
    """What happened, or without a report what would."""
    for note in plan.notes:
        terminal.say(note)
    for item in plan.items:
        terminal.row(terminal.language(_DONE[item.outcome]), item.name, item.place)
        for one in item.differences:
            terminal.row(
                "", terminal.language(one.label), f"{terminal.language(one.old)} → {terminal.language(one.new)}"
            )
    for question in undecided:
        name = next(item.name for item in plan.items if question in item.questions)
        sides = {"ours": question.ours, "theirs": question.theirs}
        terminal.remark(
            say("{name}, {label}: here “{ours}”, there “{theirs}”", name=name, label=question.label, **sides)
        )
    for problem in problems:
        terminal.remark(say("{file}: {why}", file=problem.place, why=problem.why))
    counts = plan.counts
    terminal.say(
        say(
            "{partner}: {ours} to change here, {theirs} there, {same} unchanged, {asked} to be decided",
            partner=plan.partner.name,
            ours=sum(counts[outcome] for outcome in _HERE),
            theirs=sum(counts[outcome] for outcome in _THERE),
            same=plan.unchanged,
            asked=len(undecided),
        )
        if report is None
        else say(
            "{partner}: {ours} changed here, {theirs} there, {same} unchanged, {asked} to be decided",
            partner=plan.partner.name,
            ours=report.ours,
            theirs=report.theirs,
            same=report.counts.get(Outcome.UNCHANGED, 0),
            asked=report.undecided,
        )
    )
    terminal.data(
        {
            "partner": plan.partner.name,
            "dry_run": report is None,
            "counts": {outcome.value: plan.counts[outcome] for outcome in Outcome},
            "items": [_item(item) for item in plan.items],
            "undecided": [question.id for question in undecided],
            "problems": [{"file": p.place, "line": p.line, "reason": p.why, "text": p.text} for p in problems],
            "notes": plan.notes,
            "many": plan.many,
            "stopped": plan.stopped,
            "changeset": report.changeset if report else None,
        }
    )


def _item(item: SyncItem) -> dict[str, object]:
    return {
        "id": item.id,
        "name": item.name,
        "contact": item.contact,
        "place": item.place,
        "outcome": item.outcome,
        "differences": [{"side": d.side, "field": d.label, "old": d.old, "new": d.new} for d in item.differences],
        "questions": [
            {"id": q.id, "kind": q.kind, "field": q.label, "ours": q.ours, "theirs": q.theirs, "before": q.before,
             "allowed": q.allowed}
            for q in item.questions
        ],
    }  # fmt: skip
