"""The command that prints a directory."""

from __future__ import annotations

from pathlib import Path

import click

from alumnidesk.cli.events import event_named, on_its_list
from alumnidesk.cli.terminal import FILE, Terminal, chosen, with_terminal
from alumnidesk.domain.directory import DETAILS, NAME, ORDERS, USUAL, DirectoryStyle
from alumnidesk.errors import InvalidInput
from alumnidesk.i18n import say, say_n


@click.command()
@click.argument("file", type=FILE)
@click.argument("out", type=FILE, metavar="OUT.pdf")
@click.option("--event", metavar="EVENT", help="Of everybody on the list of this event who has not declined.")
@click.option("--where", "query", metavar="QUERY", help="Of the contacts that fit; without it, of all.")
@click.option("--by", "order", type=click.Choice(list(ORDERS)), default=NAME, help="What entries stand together.")
@click.option(
    "--show",
    default=",".join(key for key in DETAILS if key in USUAL),
    metavar="DETAILS",
    help="What stands below a name: birth_name,address,phone,email,cohort,work,photo.",
)
@click.option("--columns", type=click.IntRange(1, 2), default=2, help="Columns of a page.")
@click.option("--title", default="", metavar="TEXT", help="What stands on the title page.")
@click.option("--note", default="", metavar="TEXT", help="The line at the foot, if not “For members only”.")
@with_terminal
def directory(
    terminal: Terminal,
    file: Path,
    out: Path,
    event: str | None,
    query: str | None,
    order: str,
    show: str,
    columns: int,
    title: str,
    note: str,
) -> int:
    """Print a directory, with only what each person has agreed to show."""
    style = DirectoryStyle(title, note, order, _details(show), columns)
    with terminal.desk(file) as desk, terminal.progress() as progress:
        contacts = chosen(terminal, desk, query)
        if event is not None:
            contacts = on_its_list(desk, event_named(desk, event).id, contacts)
        plan = desk.directory.plan(contacts, style, progress=progress)
        run = desk.directory.print(plan, out, progress)
    terminal.say(say_n("{n} person stands in {file}", "{n} people stand in {file}", run.people, file=str(run.out)))
    findings = terminal.told(plan.left_out, plan.looks)
    for remark in plan.remarks:
        terminal.remark(remark)
    terminal.data(
        {
            "out": run.out,
            "people": run.people,
            "pages": run.pages,
            "findings": findings,
            "remarks": list(plan.remarks),
        }
    )
    return 0


def _details(text: str) -> frozenset[str]:
    """The details that a list names. Raises InvalidInput if there is no such."""
    named = [part.strip() for part in text.split(",") if part.strip()]
    for name in named:
        if name not in DETAILS:
            raise InvalidInput(
                "show",
                say("There is no detail “{name}”.", name=name),
                say("There are: {names}", names=", ".join(DETAILS)),
            )
    return frozenset(named)
