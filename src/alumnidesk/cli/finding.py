"""The command that finds contacts; it imports nothing but the search, because scripts call it often."""

from __future__ import annotations

from pathlib import Path

import click

from alumnidesk.cli.terminal import FILE, Terminal, chosen, with_terminal


@click.command()
@click.argument("file", type=FILE)
@click.argument("query")
@click.option("--limit", type=click.IntRange(min=0), help="At most so many.")
@with_terminal
def search(terminal: Terminal, file: Path, query: str, limit: int | None) -> int:
    """Find contacts by the beginnings of words: name, town, e-mail, phone number, tag."""
    with terminal.desk(file) as desk:
        found = chosen(desk, query)
        lines = desk.find.lines(found[:limit] if limit is not None else found)
    for line in lines:
        terminal.row(str(line.id), line.name, line.town, line.cohort, line.email)
    terminal.data(
        {
            "found": len(found),
            "contacts": [
                {
                    "id": line.id,
                    "name": line.name,
                    "town": line.town,
                    "cohort": line.cohort,
                    "email": line.email,
                    "tags": line.tags,
                    "marks": line.marks,
                }
                for line in lines
            ],
        }
    )
    return 0
