"""Commands on the history: what was done, and taking it back."""

from __future__ import annotations

from pathlib import Path

import click

from alumnidesk.cli.terminal import FILE, Terminal, with_terminal
from alumnidesk.i18n import say


@click.command()
@click.argument("file", type=FILE)
@click.option("--limit", type=click.IntRange(min=1), default=50, show_default=True, help="At most so many steps.")
@with_terminal
def history(terminal: Terminal, file: Path, limit: int) -> int:
    """What was done in FILE, the newest first."""
    with terminal.desk(file) as desk:
        entries = desk.history.entries(limit=limit)
    for entry in entries:
        state = terminal.language(say("taken back")) if entry.reverted else ""
        terminal.row(str(entry.id), entry.made_at, entry.made_by, terminal.language(entry.label), state)
    terminal.data(
        [
            {
                "changeset": entry.id,
                "made_at": entry.made_at,
                "made_by": entry.made_by,
                "label": entry.label,
                "rows": entry.rows,
                "reverted": entry.reverted,
                "final": entry.final,
            }
            for entry in entries
        ]
    )
    return 0


@click.command()
@click.argument("file", type=FILE)
@click.option("--changeset", type=int, metavar="N", help="Which step; by default the last one that still holds.")
@click.option(
    "--changed-since", type=click.Choice(["keep", "put-back"]), help="What becomes of values that were changed again."
)
@with_terminal
def undo(terminal: Terminal, file: Path, changeset: int | None, changed_since: str | None) -> int:
    """Take back a step of the history."""
    with terminal.desk(file) as desk:
        conflicts = desk.history.conflicts(changeset) if changeset is not None else []
        for conflict in conflicts if changed_since is None else ():
            line = conflict.line
            terminal.remark(
                say(
                    "{name}, {field}: now {later}, before {older}",
                    name=line.subject,
                    field=line.field,
                    later=say("“{value}”", value=line.after),
                    older=say("“{value}”", value=line.before),
                )
            )
        put_back = None if changed_since is None else conflicts if changed_since == "put-back" else []
        written = desk.history.undo(changeset, put_back=put_back)
    terminal.say(say("Taken back: {label}", label=written.label))
    terminal.data({"undone": written.undoes, "label": written.label, "changeset": written.changeset})
    return 0
