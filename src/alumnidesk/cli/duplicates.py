"""Commands on duplicates: who is in the register twice, and making one of two."""

from __future__ import annotations

from pathlib import Path

import click

from alumnidesk.cli.terminal import FILE, Terminal, with_terminal
from alumnidesk.domain.merging import FieldChoice, Pick
from alumnidesk.i18n import NOTHING, Message, say
from alumnidesk.services.merging import MergePlan


@click.command()
@click.argument("file", type=FILE)
@click.option("--sure", is_flag=True, help="Only pairs against which nothing speaks.")
@click.option("--limit", type=click.IntRange(min=0), help="At most so many.")
@with_terminal
def duplicates(terminal: Terminal, file: Path, sure: bool, limit: int | None) -> int:
    """List contacts of FILE that may be one, the surest first. Each line tells the reasons; “merge” makes them one."""
    with terminal.desk(file) as desk:
        with terminal.progress() as progress:
            found = [pair for pair in desk.duplicates.suspects(progress) if pair.sure or not sure]
        pairs = found[:limit] if limit is not None else found
        names = {
            line.id: line.name for line in desk.find.lines([n for pair in pairs for n in (pair.first, pair.second)])
        }
    for pair in pairs:
        reasons, against = (terminal.language(_listed(words)) for words in (pair.reasons, pair.against))
        how = terminal.language(say("sure") if pair.sure else say("perhaps"))
        people = (str(pair.first), names[pair.first], str(pair.second), names[pair.second])
        terminal.row(*people, str(pair.score), how, reasons, against)
    if not found:
        terminal.remark(say("No two contacts look like one."))
    terminal.data(
        {
            "found": len(found),
            "pairs": [
                {
                    "first": {"id": pair.first, "name": names[pair.first]},
                    "second": {"id": pair.second, "name": names[pair.second]},
                    "score": pair.score,
                    "sure": pair.sure,
                    "reasons": pair.reasons,
                    "against": pair.against,
                }
                for pair in pairs
            ],
        }
    )
    return 0


def _listed(words: tuple[Message, ...]) -> Message:
    first, *others = words or (NOTHING,)
    for other in others:
        first = say("{first}, {other}", first=first, other=other)
    return first


@click.command()
@click.argument("file", type=FILE)
@click.argument("keep", type=int)
@click.argument("other", type=int)
@click.option("--take", "fields", multiple=True, metavar="FIELD", help="Take this field from OTHER; may be repeated.")
@click.option("--dry-run", is_flag=True, help="Only say what would happen.")
@with_terminal
def merge(terminal: Terminal, file: Path, keep: int, other: int, fields: tuple[str, ...], dry_run: bool) -> int:
    """Merge two contacts of FILE, named by their numbers. KEEP stays; all that hangs on OTHER moves to it."""
    with terminal.desk(file) as desk:
        plan = desk.merging.plan(keep, other)
        picks = _picks(terminal, plan, fields)
        result = plan.result(picks)
        if not dry_run:
            result = desk.merging.merge(keep, other, picks)
    for choice in plan.fields:
        label, ours, theirs = (terminal.language(words) for words in
                               (choice.field.label, _listed(choice.ours), _listed(choice.theirs)))  # fmt: skip
        terminal.row(choice.key, label, ours, theirs, picks.get(choice.key, choice.pick))
    for moved in plan.moves:
        terminal.say(say("Moves: {what}", what=moved.words))
    names = {"a": plan.keep.name, "b": plan.other.name}
    terminal.say(say("{a} and {b} would be merged", **names) if dry_run else say("{a} and {b} merged", **names))
    terminal.data(
        {
            "dry_run": dry_run,
            "contact": {"id": result.id, "name": result.name},
            "fields": [
                {"field": c.key, "keep": c.ours, "other": c.theirs, "pick": picks.get(c.key, c.pick), "picks": c.picks}
                for c in plan.fields
            ],
            "moves": [{"what": m.table, "count": m.count, "doubled": m.doubled} for m in plan.moves],
        }
    )
    return 0


def _picks(terminal: Terminal, plan: MergePlan, fields: tuple[str, ...]) -> dict[str, Pick]:
    """The picks that `--take` asks for."""
    offered: dict[str, FieldChoice] = {c.key: c for c in plan.fields if Pick.THEIRS in c.picks}
    for name in fields:
        if name not in offered:
            unknown = say("“{field}” cannot be taken from {name}.", field=name, name=plan.other.name)
            raise click.UsageError(terminal.language(unknown))
    return dict.fromkeys(fields, Pick.THEIRS)
