"""Commands on contacts: bring in and hand out."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import click

from alumnidesk.cli.purposes import purpose_named
from alumnidesk.cli.terminal import FILE, Terminal, chosen, with_terminal
from alumnidesk.desk import Desk
from alumnidesk.domain.consent import CHANNELS, EMAIL, Sending
from alumnidesk.errors import BadFile
from alumnidesk.i18n import Message, say, say_n
from alumnidesk.services.exporting import CARDS, KINDS
from alumnidesk.services.import_plan import FORMATS, Choices, ImportReport, Kind, Preview

_BY_ENDING = {".vcf": "vcard3", ".vcard": "vcard3", ".xlsx": "xlsx", ".ldif": "ldif"}


@dataclass
class _Total:
    """What an import of several files did, or would do."""

    read: int = 0
    created: int = 0
    changed: int = 0
    unchanged: int = 0
    skipped: int = 0
    problems: list[dict[str, Any]] = field(default_factory=list)
    remarks: list[dict[str, Any]] = field(default_factory=list)
    notes: list[dict[str, Any]] = field(default_factory=list)
    changesets: list[int] = field(default_factory=list)


@click.command("import")
@click.argument("file", type=FILE)
@click.argument("source", type=FILE, nargs=-1, required=True)
@click.option("--as", "kind", type=click.Choice(FORMATS), help="Format; by default told from the content.")
@click.option("--encoding", help="Encoding of a CSV file, such as cp1252; by default detected.")
@click.option("--delimiter", help="Delimiter of a CSV file; by default detected.")
@click.option("--sheet", metavar="NAME", help="Sheet of a spreadsheet; by default the first with something on it.")
@click.option("--dry-run", is_flag=True, help="Only say what would happen.")
@with_terminal
def import_(
    terminal: Terminal,
    file: Path,
    source: tuple[Path, ...],
    kind: str | None,
    encoding: str | None,
    delimiter: str | None,
    sheet: str | None,
    dry_run: bool,
) -> int:
    """Import lists (XLSX, ODS, CSV, vCard, LDIF) into FILE. Each SOURCE is one step that can be taken back."""
    divider = "\t" if delimiter == "tab" else delimiter
    if divider is not None and len(divider) != 1:
        raise click.UsageError(terminal.language(say("A delimiter is one character, or the word “tab”.")))
    if encoding is not None and not _is_encoding(encoding):
        raise click.UsageError(terminal.language(say("There is no encoding “{name}”.", name=encoding)))
    choices = Choices(format=kind, encoding=encoding, delimiter=divider, sheet=sheet)
    total = _Total()
    with terminal.desk(file) as desk:
        for path in source:
            try:
                _import_one(terminal, desk, path, choices, dry_run, total)
            except BadFile as bad:
                terminal.complain(bad)
                total.problems.append({"file": path, "line": bad.line, "reason": bad.message, "text": ""})
    for said in (*total.problems, *total.remarks):
        if said["line"]:
            terminal.remark(_where(said))
    terminal.data({"dry_run": dry_run, **vars(total)})
    return 1 if total.problems else 0


def _where(said: dict[str, Any]) -> Message:
    file, line, why = said["file"].name, str(said["line"]), said["reason"]
    return say("{file}, line {line}: {why}", file=file, line=line, why=why)


def _is_encoding(name: str) -> bool:
    try:
        " ".encode(name)
    except LookupError:
        return False
    return True


def _import_one(terminal: Terminal, desk: Desk, path: Path, choices: Choices, dry_run: bool, total: _Total) -> None:
    with terminal.progress() as progress:
        preview = desk.importing.preview(path, choices=choices, progress=progress)
        report = _foreseen(preview) if dry_run else desk.importing.carry_out(preview, progress=progress)
    total.notes += [{"file": path, "note": note} for note in preview.notes]
    for note in preview.notes:
        terminal.remark(say("{file}: {note}", file=path.name, note=note))
    for name in ("read", "created", "changed", "unchanged", "skipped"):
        setattr(total, name, getattr(total, name) + getattr(report, name))
    for problems, into in ((report.problems, total.problems), (report.remarks, total.remarks)):
        into += [{"file": path, "line": p.line, "reason": p.why, "text": p.text} for p in problems]
    if report.changeset is not None:
        total.changesets.append(report.changeset)
    terminal.say(_summary(path, report))


def _foreseen(preview: Preview) -> ImportReport:
    """What the import would report."""
    counts = preview.counts
    return ImportReport(
        read=len(preview.rows),
        created=counts.get(Kind.NEW, 0) + counts.get(Kind.SIMILAR, 0),
        changed=counts.get(Kind.CHANGED, 0),
        unchanged=counts.get(Kind.UNCHANGED, 0),
        skipped=0,
        problems=tuple(preview.problems),
        remarks=tuple(preview.remarks()),
        changeset=None,
    )


def _summary(path: Path, report: ImportReport) -> Message:
    return say(
        "{file}: {created} new, {changed} changed, {unchanged} unchanged, {problems} with a problem",
        file=path.name,
        created=report.created,
        changed=report.changed,
        unchanged=report.unchanged,
        problems=len(report.problems),
    )


@click.command()
@click.argument("file", type=FILE)
@click.argument("target", type=FILE)
@click.option(
    "--as",
    "kind",
    type=click.Choice(KINDS),
    help="Format; by default vcard3, xlsx or ldif by TARGET’s ending, else csv. “mailing” is for serial letters: "
    "a workbook if TARGET ends in .xlsx, else CSV.",
)
@click.option("--folder", is_flag=True, help="vCard: a file for each contact in the folder TARGET, new or empty.")
@click.option("--where", "query", metavar="QUERY", help="Only contacts that fit; by default all.")
@click.option("--purpose", metavar="NAME", help="Only those who may be reached for this; by default for our own use.")
@click.option("--channel", type=click.Choice(CHANNELS), default=EMAIL, help="By which way; by default by e-mail.")
@click.option(
    "--per-household/--each", default=True, help="Mailing: those who live together share a row (that is usual), or not."
)
@with_terminal
def export(
    terminal: Terminal,
    file: Path,
    target: Path,
    kind: str | None,
    folder: bool,
    query: str | None,
    purpose: str | None,
    channel: str,
    per_household: bool,
) -> int:
    """Write contacts of FILE to TARGET for another program."""
    kind = kind or ("vcard3" if folder else _BY_ENDING.get(target.suffix.lower(), "csv"))
    if folder and kind not in CARDS:
        raise click.UsageError(terminal.language(say("Only vCard files can lie in a folder, a file for each contact.")))
    with terminal.desk(file, of_any_version=True) as desk, terminal.progress() as progress:
        sending = Sending(purpose_named(desk, purpose).key, channel) if purpose is not None else None
        contacts, topic = chosen(terminal, desk, query), desk.exporting
        report = (
            topic.write_folder(target, kind, contacts, sending=sending, progress=progress)
            if folder
            else topic.write(target, kind, contacts, sending=sending, per_household=per_household, progress=progress)
        )
    terminal.say(
        say_n(
            "{n} contact written to {file}", "{n} contacts written to {file}", report.written, file=str(report.target)
        )
    )
    for note in report.notes:
        terminal.remark(note)
    terminal.left_out(report.left_out)
    terminal.data(
        {
            "target": report.target,
            "as": kind,
            "written": report.written,
            "left_out": [{"name": name, "reason": reason} for name, reason in report.left_out],
            "notes": report.notes,
        }
    )
    return 0
