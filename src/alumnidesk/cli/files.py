"""Commands on the data file itself: make one, back it up, bring a backup back, check it."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import click

from alumnidesk.cli.terminal import FILE, Terminal, with_terminal
from alumnidesk.desk import Desk
from alumnidesk.i18n import say, say_n


@click.command()
@click.argument("file", type=FILE)
@click.option("--sample", type=click.IntRange(0, 1_000_000), metavar="N", help="With N invented contacts.")
@click.option("--seed", type=int, default=1, show_default=True, help="Another seed gives other people.")
@click.option("--today", type=click.DateTime(["%Y-%m-%d"]), help="The day around which the sample's events lie.")
@with_terminal
def new(terminal: Terminal, file: Path, sample: int | None, seed: int, today: dt.datetime | None) -> int:
    """Make a new data file; with --sample an invented association that looks alive."""
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
