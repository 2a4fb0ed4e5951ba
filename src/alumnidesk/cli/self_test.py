"""The command that proves an installation: all that is bundled is there, and the main job can be done with it."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterator
from itertools import chain
from pathlib import Path
from zipfile import is_zipfile

import click

from alumnidesk.cli.terminal import Terminal, with_terminal
from alumnidesk.desk import Desk
from alumnidesk.domain.cards import EventCard
from alumnidesk.domain.mailings import Audience, Job
from alumnidesk.i18n import Message, say, say_n
from alumnidesk.services import installation
from alumnidesk.services.import_plan import Kind
from alumnidesk.services.mailings import Outputs

_LIST = (
    "Vorname;Nachname;E-Mail;Straße;PLZ;Ort;Telefon\n"
    "Åsa;Öström-Müller;asa@post.example;Königstraße 5;24937;Flensburg;+49 461 5551234\n"
    "Łukasz;Nguyễn;;Kongens gade 7;1264;København;\n"
)


@click.command("self-test")
@with_terminal
def self_test(terminal: Terminal) -> int:
    """Prove that this installation is complete and works."""
    with tempfile.TemporaryDirectory(prefix="alumnidesk-") as folder:
        done = []
        for line in chain(installation.proofs(), _story(Path(folder))):
            terminal.say(line)
            done.append(line)
    terminal.say(say("self-test: all well"))
    terminal.data({"well": True, "proofs": done})
    return 0


def _story(folder: Path) -> Iterator[Message]:
    """From a list of addresses to printed letters, in a folder that is deleted afterwards."""
    desk = Desk.create_sample(folder / "test.alumnidesk", 60, language="de")
    try:
        yield say("a data file with {n} contacts", n=len(desk.find.contacts().ids))
        yield from _import(desk, folder / "list.csv")
        yield from _letters(desk, folder / "letters.pdf")
        yield from _export(desk, folder / "again.csv")
        before = len(desk.find.contacts().ids)
        _prove(not desk.check(), "the file is not sound")
        yield say("the file is sound")
        made = desk.backups.make("asked")
        _prove(made.verified and made.contacts == before, "the backup lacks contacts")
        yield say_n("a verified backup of {n} contact", "a verified backup of {n} contacts", made.contacts)
    finally:
        shutil.rmtree(desk.backups.folder, ignore_errors=True)
        desk.close(backup=False)


def _import(desk: Desk, path: Path) -> Iterator[Message]:
    path.write_bytes(_LIST.encode("cp1252", "ignore"))
    report = desk.importing.carry_out(desk.importing.preview(path))
    _prove(report.created == 2 and not report.problems, "the list was not imported")
    for query in ("ostrom-mueller", "flens", "04615551234"):
        found = desk.find.contacts(query).ids
        _prove(bool(set(found) & set(report.contacts)), f"“{query}” finds nobody")
    yield say_n("{n} contact imported and found", "{n} contacts imported and found", report.created)


def _letters(desk: Desk, path: Path) -> Iterator[Message]:
    event = desk.events.add(
        EventCard(title="Ehemaligentreffen", starts_on="2030-12-12", starts_at="15:00", place="Großer Saal")
    )
    _prove(event.id is not None, "the event was not saved")
    desk.events.invite(event.id or 0, desk.find.contacts().ids[:20])
    contacts = [participation.contact_id for participation in desk.events.roster(event.id or 0)]
    template, audience, document = (
        desk.letters.templates()[0],
        Audience(contacts=tuple(contacts)),
        path.with_suffix(".docx"),
    )
    job = Job(event.title, audience, template=template.id, event=event.id)
    made = desk.mailings.produce(desk.mailings.plan(job), Outputs(path, word=document), job=job)
    _prove(made.letters > 0 and not made.failed and path.read_bytes()[:5] == b"%PDF-", "the letters were not printed")
    _prove(is_zipfile(document), "the letters were not written for a word processor")
    yield say_n("{n} letter printed", "{n} letters printed", made.letters)


def _export(desk: Desk, path: Path) -> Iterator[Message]:
    everybody = desk.find.contacts().ids
    for kind, ending in (("thunderbird-de", ".csv"), ("vcard4", ".vcf"), ("xlsx", ".xlsx"), ("ldif", ".ldif")):
        target = path.with_suffix(ending)
        report = desk.exporting.write(target, kind, everybody)
        again = desk.importing.preview(target)
        known = again.counts.get(Kind.UNCHANGED, 0)
        _prove(known == report.written, f"{kind}: {report.written - known} contacts are not known again")
    yield say_n("{n} contact exported and known again", "{n} contacts exported and known again", len(everybody))


def _prove(holds: bool, otherwise: str) -> None:
    if not holds:
        raise click.ClickException(otherwise)
