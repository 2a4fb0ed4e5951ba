"""Commands on events: list them, add one, put people on its list."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path

import click

from alumnidesk.cli.terminal import FILE, Terminal, chosen, only_one, with_terminal
from alumnidesk.desk import Desk
from alumnidesk.domain.cards import DECLINED, EventCard
from alumnidesk.domain.folding import fold
from alumnidesk.domain.lines import EventLine
from alumnidesk.i18n import say, say_n


@click.command()
@click.argument("file", type=FILE)
@click.argument("action", type=click.Choice(["list", "add", "invite"]), default="list")
@click.argument("event", required=False)
@click.option("--on", "starts_on", default="", metavar="DAY", help="add: the day, such as 2026-12-12.")
@click.option("--at", "starts_at", default="", metavar="TIME", help="add: the time, such as 15:00.")
@click.option("--place", default="", help="add: where it takes place.")
@click.option("--places", "capacity", type=int, help="add: how many can come; by default as many as like.")
@click.option("--where", "query", metavar="QUERY", help="invite: the contacts that fit.")
@click.option("--limit", type=click.IntRange(min=0), help="invite: at most so many of them.")
@with_terminal
def events(
    terminal: Terminal,
    file: Path,
    action: str,
    event: str | None,
    starts_on: str,
    starts_at: str,
    place: str,
    capacity: int | None,
    query: str | None,
    limit: int | None,
) -> int:
    """List the events of FILE, add one, or put people on its list.

    \b
    alumnidesk events FILE
    alumnidesk events FILE add "Reunion" --on 2026-12-12
    alumnidesk events FILE invite "Reunion" --where Hamburg --limit 80
    """
    if action != "list" and not event:
        raise click.UsageError(terminal.language(say("“{action}” needs an EVENT.", action=action)))
    if action == "invite" and query is None:
        raise click.UsageError(terminal.language(say("“invite” needs --where QUERY; an empty QUERY means everybody.")))
    with terminal.desk(file) as desk:
        if action == "add":
            card = EventCard(
                title=event or "", starts_on=starts_on, starts_at=starts_at, place=place, capacity=capacity
            )
            added = desk.events.add(card)
            terminal.say(say("Event “{title}” added", title=added.title))
            terminal.data(asdict(added))
        elif action == "invite":
            _invite(terminal, desk, event or "", chosen(terminal, desk, query, limit))
        else:
            _list(terminal, desk.events.lines())
    return 0


@click.command()
@click.argument("file", type=FILE)
@click.option("--event", required=True, metavar="EVENT", help="Which event: its title or the beginning of it.")
@click.option("--out", required=True, type=FILE, metavar="OUT.pdf", help="The PDF that is written.")
@with_terminal
def roster(terminal: Terminal, file: Path, event: str, out: Path) -> int:
    """Print the list of an event, to be signed."""
    with terminal.desk(file) as desk, terminal.progress() as progress:
        about = event_named(desk, event)
        pages = desk.events.print_roster(about.id, out, progress=progress)
        people = len(desk.events.roster(about.id))
    terminal.say(
        say_n("List printed on {n} page to {file}", "List printed on {n} pages to {file}", pages, file=str(out))
    )
    terminal.data({"out": out, "event": about.title, "pages": pages, "people": people})
    return 0


def _invite(terminal: Terminal, desk: Desk, name: str, contacts: list[int]) -> None:
    line = event_named(desk, name)
    added = desk.events.invite(line.id, contacts)
    terminal.say(
        say_n(
            "{n} person put on the list of “{title}”",
            "{n} people put on the list of “{title}”",
            added,
            title=line.title,
        )
    )
    terminal.data({"event": line.id, "title": line.title, "found": len(contacts), "added": added})


def _list(terminal: Terminal, lines: list[EventLine]) -> None:
    for line in lines:
        terminal.row(str(line.id), line.starts_on, line.title, line.place, f"{line.coming}/{line.capacity or '–'}")
    terminal.data([line._asdict() for line in lines])


def on_its_list(desk: Desk, event: int, among: Sequence[int] | None = None) -> list[int]:
    """Everybody on the list of an event who has not declined; `among` these contacts, if any are given."""
    listed = [person.contact_id for person in desk.events.roster(event) if person.state != DECLINED]
    return listed if among is None else [contact for contact in listed if contact in set(among)]


def event_named(desk: Desk, name: str) -> EventLine:
    """The event with this number, or whose title is or begins with this. Raises Refused if it is not exactly one."""
    lines = desk.events.lines()
    wanted = fold(name)
    found = (
        [line for line in lines if str(line.id) == name]
        or [line for line in lines if fold(line.title) == wanted]
        or [line for line in lines if fold(line.title).startswith(wanted)]
    )
    one: EventLine = only_one(
        found,
        say("There is no event “{name}”.", name=name),
        say("“{name}” could be several events; its number says which.", name=name),
        [f"{line.id}: {line.title}" for line in found or lines],
    )
    return one
