"""Commands on the data file itself: make one, back it up, bring a backup back, check it."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import click

from alumnidesk.cli.terminal import FILE, Terminal, way_back, with_terminal
from alumnidesk.desk import Desk
from alumnidesk.i18n import say, say_n


@click.command()
@click.argument("file", type=FILE)
@click.option("--sample", type=click.IntRange(0, 1_000_000), metavar="N", help="With N invented contacts.")
@click.option("--seed", type=int, default=1, show_default=True, help="Another seed gives other people.")
@click.option("--today", type=click.DateTime(["%Y-%m-%d"]), help="The day around which the sample’s events lie.")
@with_terminal
def new(terminal: Terminal, file: Path, sample: int | None, seed: int, today: dt.datetime | None) -> int:
    """Make a new data file. With --sample it holds an invented association, to look around in."""
    language = terminal.language.code
    if sample is None:
        Desk.create(file, language).close(backup=False)
        terminal.say(say("“{file}” is ready.", file=str(file)))
    else:
        day = today.date() if today else None
        with terminal.progress() as progress:
            desk = Desk.create_sample(file, sample, seed=seed, language=language, today=day, progress=progress)
        desk.close(backup=False)
        terminal.say(
            say_n(
                "“{file}” is ready, with {n} invented contact.",
                "“{file}” is ready, with {n} invented contacts.",
                sample,
                file=str(file),
            )
        )
    terminal.data({"file": file, "contacts": sample or 0})
    return 0


@click.command()
@click.argument("file", type=FILE)
@click.argument("folder", type=FILE, required=False)
@with_terminal
def backup(terminal: Terminal, file: Path, folder: Path | None) -> int:
    """Make a verified backup of FILE. With FOLDER, a verified copy of it is put there."""
    with terminal.desk(file) as desk, terminal.progress() as progress:
        made = desk.backups.make("asked", progress=progress)
        copy = desk.backups.copy_to(folder, made) if folder is not None else None
    terminal.say(
        say_n(
            "Backup with {n} contact: {file}",
            "Backup with {n} contacts: {file}",
            made.contacts,
            file=str(copy or made.path),
        )
    )
    terminal.data({"backup": made.path, "copy": copy, "contacts": made.contacts, "size": made.size})
    return 0


@click.command()
@click.argument("file", type=FILE)
@click.argument("backup", type=FILE)
@with_terminal
def restore(terminal: Terminal, file: Path, backup: Path) -> int:
    """Put the content of BACKUP in the place of FILE. What stood there is kept beside it."""
    with terminal.progress() as progress:
        kept = Desk.restore(file, backup, progress)
    terminal.say(say("“{file}” holds the content of the backup again.", file=str(file)))
    if kept is not None:
        terminal.say(say("The file that stood there is now {kept}", kept=str(kept)))
    terminal.data({"file": file, "kept": kept})
    return 0


@click.command()
@click.argument("file", type=FILE)
@with_terminal
def check(terminal: Terminal, file: Path) -> int:
    """Read all of FILE and say whether it is sound."""
    with terminal.desk(file) as desk:
        problems = desk.check()
        broken = bool(problems and desk.check())  # lists and search index that were made anew are right now
        contacts = len(desk.find.contacts().ids)
    for problem in problems:
        terminal.say(problem)
    if broken and (way := way_back(file)) is not None:
        terminal.say(way)
    if not problems:
        terminal.say(
            say_n("“{file}” is sound: {n} contact.", "“{file}” is sound: {n} contacts.", contacts, file=str(file))
        )
    terminal.data({"file": file, "sound": not problems, "contacts": contacts, "problems": problems})
    return 1 if problems else 0
