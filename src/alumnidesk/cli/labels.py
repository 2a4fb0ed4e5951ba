"""Commands that print labels and name badges."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import click

from alumnidesk.cli.events import event_named, on_its_list
from alumnidesk.cli.purposes import purpose_named
from alumnidesk.cli.terminal import FILE, Terminal, chosen, only_one, with_terminal
from alumnidesk.desk import Desk
from alumnidesk.domain.consent import INVITATIONS
from alumnidesk.domain.folding import fold
from alumnidesk.domain.label_sheets import LabelSheet, found
from alumnidesk.errors import InvalidInput
from alumnidesk.i18n import Message, say, say_n
from alumnidesk.services.labels import LabelRun


def _sheet_options(command: Any) -> Any:
    """What labels and badges are printed on."""
    for option in (
        click.option(
            "--shift", default="0,0", metavar="MM,MM", help="Move everything right and down, for the printer."
        ),
        click.option("--start", type=click.IntRange(min=1), default=1, help="First free label of the first sheet."),
        click.option("--out", required=True, type=FILE, metavar="OUT.pdf", help="The PDF that is written."),
        click.option(
            "--sheet",
            required=True,
            metavar="NAME",
            help="Maker and number, such as “Herma 4677”, an own sheet, or an envelope, such as “Envelope C5”.",
        ),
    ):
        command = option(command)
    return command


@click.command()
@click.argument("file", type=FILE)
@_sheet_options
@click.option("--event", metavar="EVENT", help="For everybody on the list of this event who has not declined.")
@click.option("--where", "query", metavar="QUERY", help="For the contacts that fit.")
@click.option(
    "--per-household/--each", default=True, help="One label for those who live together (that is usual), or for each."
)
@click.option("--purpose", default=INVITATIONS, metavar="NAME", help="What the mailing is for; usually invitations.")
@click.option("--test-sheet", is_flag=True, help="Only a page that shows where the printer puts the labels.")
@with_terminal
def labels(
    terminal: Terminal,
    file: Path,
    sheet: str,
    out: Path,
    start: int,
    shift: str,
    event: str | None,
    query: str | None,
    per_household: bool,
    purpose: str,
    test_sheet: bool,
) -> int:
    """Print address labels on bought sheets, or envelopes, in the order of the letters."""
    if event is None and query is None and not test_sheet:
        raise click.UsageError(terminal.language(say("Say who gets a label: --event EVENT or --where QUERY.")))
    moved = _millimetres(shift)
    with terminal.desk(file) as desk, terminal.progress() as progress:
        kind = _sheet_named(desk, terminal, sheet)
        if test_sheet:
            desk.labels.print_test_sheet(kind, out, shift=moved)
            terminal.say(say("Test sheet written to {file}", file=str(out)))
            terminal.data({"out": out, "sheet": kind.name})
            return 0
        among = chosen(terminal, desk, query) if query is not None else None
        contacts = on_its_list(desk, event_named(desk, event).id, among) if event is not None else among or []
        what_for = purpose_named(desk, purpose).key
        plan = desk.labels.plan(contacts, what_for, per_household=per_household, progress=progress)
        run = desk.labels.print_labels(plan.labels, kind, out, start=start, shift=moved, progress=progress)
    left_out = [(finding.contact.name, finding.reason) for finding in plan.left_out]
    written = say_n("{n} label written to {file}", "{n} labels written to {file}", run.labels, file=str(out))
    return _tell(terminal, written, kind, run, left_out)


@click.command()
@click.argument("file", type=FILE)
@_sheet_options
@click.option("--event", required=True, metavar="EVENT", help="Which event: its title or the beginning of it.")
@with_terminal
def badges(terminal: Terminal, file: Path, sheet: str, out: Path, start: int, shift: str, event: str) -> int:
    """Print name badges for those who come to an event, and for their companions."""
    moved = _millimetres(shift)
    with terminal.desk(file) as desk, terminal.progress() as progress:
        kind = _sheet_named(desk, terminal, sheet, badges=True)
        if kind.envelope:
            raise InvalidInput(
                "sheet", say("Name badges are not printed on an envelope."), say("Choose a sheet of labels or cards.")
            )
        texts = desk.labels.badges(event_named(desk, event).id)
        run = desk.labels.print_labels(texts, kind, out, badges=True, start=start, shift=moved, progress=progress)
    written = say_n("{n} badge written to {file}", "{n} badges written to {file}", run.labels, file=str(out))
    return _tell(terminal, written, kind, run, [])


def _tell(
    terminal: Terminal, written: Message, sheet: LabelSheet, run: LabelRun, left_out: Sequence[tuple[str, Message]]
) -> int:
    terminal.say(written)
    terminal.left_out(left_out)
    terminal.looks(run.remarks)
    terminal.data(
        {
            "out": run.out,
            "sheet": sheet.name,
            "labels": run.labels,
            "sheets": run.sheets,
            "left_out": [{"name": name, "reason": reason} for name, reason in left_out],
            "remarks": [{"name": name, "reason": reason} for name, reason in run.remarks],
        }
    )
    return 0


def _sheet_named(desk: Desk, terminal: Terminal, name: str, *, badges: bool = False) -> LabelSheet:
    """The sheet or envelope that is called so, or the only one that fits. Raises Refused."""
    among = desk.labels.sheets(terminal.language.locale)
    fitting = found(name, among, badges=badges)
    exact = [sheet for sheet in fitting if fold(name) in map(fold, sheet.names)]
    one: LabelSheet = only_one(
        exact or fitting,
        say("There is no label sheet “{name}”.", name=name),
        say("“{name}” could be several label sheets.", name=name),
        [sheet.name for sheet in (fitting or found("", among, badges=badges))[:10]],
    )
    return one


def _millimetres(text: str) -> tuple[float, float]:
    try:
        right, down = map(float, text.split(","))
    except ValueError:
        raise InvalidInput(
            "shift", say("“{text}” are no two measures.", text=text), say("Write “1.5,-0.5”: right and down.")
        ) from None
    return right, down
