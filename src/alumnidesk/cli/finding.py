"""The command that finds contacts; it imports nothing but the search, because scripts call it often."""

from __future__ import annotations

from pathlib import Path

import click

from alumnidesk.cli.terminal import FILE, Terminal, chosen, with_terminal
from alumnidesk.i18n import say


@click.command()
@click.argument("file", type=FILE)
@click.argument("query")
@click.option("--limit", type=click.IntRange(min=0), help="At most so many.")
@with_terminal
def search(terminal: Terminal, file: Path, query: str, limit: int | None) -> int:
    """Find contacts by the beginnings of words. They are looked for in names, towns, e-mails, phone numbers, tags …

    Fields are asked by name: town:kiel cohort:1998..2003 email:none -tag:mentor. Write -- before a QUERY that begins
    with -.
    """
    with terminal.desk(file) as desk:
        found = chosen(terminal, desk, query)
        close = [] if found else desk.find.close_spellings(query)
        lines = desk.find.lines(found[:limit] if limit is not None else found)
    for line in lines:
        terminal.row(str(line.id), line.name, line.town, line.cohort, line.email)
    if not found:
        terminal.remark(say("No contact fits “{query}”.", query=query))
    for text in close:
        terminal.remark(say("Did you mean “{words}”?", words=text))
    terminal.data(
        {
            "found": len(found),
            "close_spellings": close,
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
