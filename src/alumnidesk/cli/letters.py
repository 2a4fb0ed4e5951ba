"""The command that prints letters."""

from __future__ import annotations

from pathlib import Path

import click

from alumnidesk.cli.events import event_named
from alumnidesk.cli.purposes import purpose_named
from alumnidesk.cli.terminal import FILE, Terminal, chosen, only_one, with_terminal
from alumnidesk.desk import Desk
from alumnidesk.domain.cards import DECLINED, TemplateCard
from alumnidesk.domain.folding import fold
from alumnidesk.domain.letters import LEFT_OUT
from alumnidesk.i18n import say, say_n


@click.command()
@click.argument("file", type=FILE)
@click.option("--template", required=True, metavar="NAME", help="Which letter: its name or the beginning of it.")
@click.option("--event", metavar="EVENT", help="About this event, to everybody on its list who has not declined.")
@click.option("--where", "query", metavar="QUERY", help="To the contacts that fit.")
@click.option("--out", required=True, type=FILE, metavar="OUT.pdf", help="The PDF that is written, in print order.")
@click.option(
    "--per-household/--each", default=True, help="One letter to those who live together (that is usual), or to each."
)
@click.option("--purpose", metavar="NAME", help="What it is for, if not what the letter is for.")
@with_terminal
def letters(
    terminal: Terminal,
    file: Path,
    template: str,
    event: str | None,
    query: str | None,
    out: Path,
    per_household: bool,
    purpose: str | None,
) -> int:
    """Print a letter to many into one PDF. It is noted with everybody who gets it; “undo” takes that back."""
    if event is None and query is None:
        raise click.UsageError(terminal.language(say("Say who gets the letter: --event EVENT or --where QUERY.")))
    with terminal.desk(file) as desk:
        card = _template(desk, template)
        about = event_named(desk, event) if event is not None else None
        contacts = chosen(terminal, desk, query) if query is not None else []
        if about is not None:
            listed = [p.contact_id for p in desk.events.roster(about.id) if p.state != DECLINED]
            contacts = listed if query is None else [number for number in listed if number in set(contacts)]
        number = about.id if about is not None else None
        what_for = purpose_named(desk, purpose).key if purpose is not None else ""
        with terminal.progress() as progress:
            plan = desk.letters.plan(
                card, contacts, event=number, purpose=what_for, per_household=per_household, progress=progress
            )
            title = f"{card.name}: {about.title}" if about is not None else card.name
            run = desk.letters.print_run(plan, out, title=title, template=card.id, event=number, progress=progress)
    terminal.say(say_n("{n} letter saved as {file}", "{n} letters saved as {file}", run.letters, file=str(run.out)))
    for finding in plan.findings:
        name, reason = finding.contact.name, finding.reason
        if finding.severity == LEFT_OUT:
            terminal.remark(say("Left out: {name}: {reason}", name=name, reason=reason))
        else:
            terminal.remark(say("{name}: {reason}", name=name, reason=reason))
    for letter, reason in run.failed:
        terminal.remark(say("{name}: {reason}", name=letter.party.name, reason=reason))
    terminal.data(
        {
            "out": run.out,
            "letters": run.letters,
            "pages": run.pages,
            "left_out": run.left_out,
            "findings": [
                {"contact": f.contact.id, "name": f.contact.name, "severity": f.severity, "reason": f.reason}
                for f in plan.findings
            ],
            "failed": [
                {"contact": letter.contact.id, "name": letter.party.name, "reason": reason}
                for letter, reason in run.failed
            ],
        }
    )
    return 1 if run.failed else 0


def _template(desk: Desk, name: str) -> TemplateCard:
    """The letter with this name, or whose name begins so. Raises Refused if it is not exactly one."""
    templates = desk.letters.templates()
    wanted = fold(name)
    found = [t for t in templates if fold(t.name) == wanted] or [
        t for t in templates if fold(t.name).startswith(wanted)
    ]
    one: TemplateCard = only_one(
        found,
        say("There is no letter “{name}”.", name=name),
        say("“{name}” could be several letters.", name=name),
        [t.name for t in found or templates],
    )
    return one
