"""The commands that make letters and e-mail drafts, and note what comes back."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import click

from alumnidesk.cli.events import event_named, on_its_list
from alumnidesk.cli.purposes import purpose_named
from alumnidesk.cli.terminal import FILE, Terminal, chosen, only_one, with_terminal
from alumnidesk.desk import Desk
from alumnidesk.domain import needs
from alumnidesk.domain.cards import TemplateCard
from alumnidesk.domain.consent import EMAIL, POST
from alumnidesk.domain.email_draft import EML, FORMS
from alumnidesk.domain.folding import fold
from alumnidesk.domain.lines import EventLine
from alumnidesk.domain.mailing_plans import MailingPlan
from alumnidesk.domain.mailings import EMAIL_FIRST, Audience, Job
from alumnidesk.domain.ready_templates import ready_uid
from alumnidesk.i18n import Message, say, say_n
from alumnidesk.services.mailings import Outputs, Produced


@click.command()
@click.argument("file", type=FILE)
@click.option("--template", required=True, metavar="NAME", help="Which letter: its name or the beginning of it.")
@click.option("--event", metavar="EVENT", help="About this event, to everybody on its list who has not declined.")
@click.option("--where", "query", metavar="QUERY", help="To the contacts that fit.")
@click.option("--out", type=FILE, metavar="OUT.pdf", help="The PDF that is written, in print order.")
@click.option("--docx", type=FILE, metavar="OUT.docx", help="The same letters for a word processor, one section each.")
@click.option(
    "--email-drafts",
    type=FILE,
    metavar="FOLDER",
    help="Drafts of e-mails go into this new folder; with --out only who cannot be reached by e-mail gets paper.",
)
@click.option("--form", type=click.Choice(FORMS), default=EML, help="One file per e-mail, a mailbox, or blind copies.")
@click.option("--attach", type=FILE, multiple=True, metavar="FILE", help="Goes with every e-mail.")
@click.option(
    "--per-household/--each", default=True, help="One letter to those who live together (that is usual), or to each."
)
@click.option("--purpose", metavar="NAME", help="What it is for, if not what the letter is for.")
@click.option("--not-yet", is_flag=True, help="Only to those who have not got this letter yet.")
@with_terminal
def letters(
    terminal: Terminal,
    file: Path,
    template: str,
    event: str | None,
    query: str | None,
    out: Path | None,
    docx: Path | None,
    email_drafts: Path | None,
    form: str,
    attach: tuple[Path, ...],
    per_household: bool,
    purpose: str | None,
    not_yet: bool,
) -> int:
    """Make letters to many as one PDF, or drafts of e-mails. They are noted with everybody who gets one; “undo” takes
    that back. Nothing is sent."""
    if event is None and query is None:
        raise click.UsageError(terminal.language(say("Say who gets the letter: --event EVENT or --where QUERY.")))
    on_paper = out or docx
    if on_paper is None and email_drafts is None:
        raise click.UsageError(
            terminal.language(say("Say where it goes: --out OUT.pdf, --docx OUT.docx or --email-drafts FOLDER."))
        )
    with terminal.desk(file) as desk:
        card = _template(desk, template)
        about = event_named(desk, event) if event is not None else None
        job = Job(
            title=f"{card.name}: {about.title}" if about is not None else card.name,
            audience=Audience(contacts=tuple(_contacts(terminal, desk, about, query))),
            template=card.id,
            event=about.id if about is not None else None,
            purpose=purpose_named(desk, purpose).key if purpose is not None else "",
            channels=POST if email_drafts is None else EMAIL if on_paper is None else EMAIL_FIRST,
            per_household=per_household,
            not_twice=not_yet,
            attachments=tuple(desk.mailings.attach(path) for path in attach),
        )
        with terminal.progress() as progress:
            plan = desk.mailings.plan(job, progress=progress)
            if not plan.letters and not plan.emails:
                terminal.told(plan.left_out, ())  # it is refused now, and this is why
            outputs = Outputs(out, email_drafts, form, word=docx)
            made = desk.mailings.produce(plan, outputs, job=job, progress=progress)
    _tell(terminal, plan, made, [path for path in (out, docx) if path is not None], email_drafts)
    return 1 if made.failed else 0


def _contacts(terminal: Terminal, desk: Desk, about: EventLine | None, query: str | None) -> list[int]:
    among = chosen(terminal, desk, query) if query is not None else None
    return on_its_list(desk, about.id, among) if about is not None else among or []


def _tell(terminal: Terminal, plan: MailingPlan, made: Produced, out: Sequence[Path], drafts: Path | None) -> None:
    for path in out if made.letters else ():
        terminal.say(say_n("{n} letter saved as {file}", "{n} letters saved as {file}", made.letters, file=str(path)))
    if made.emails:
        n, file = made.emails, str(drafts)
        terminal.say(say_n("{n} e-mail drafted in {file}", "{n} e-mails drafted in {file}", n, file=file))
    if not plan.master.association.has_sender:
        terminal.remark(needs.sender().text)
    for about_all in plan.remarks:
        terminal.remark(about_all)
    findings = terminal.told(plan.left_out, plan.looks)
    for name, reason in made.failed:
        terminal.remark(say("{name}: {reason}", name=name, reason=reason))
    terminal.data(
        {
            "out": next((path for path in out if path in made.files), None),
            "files": made.files,
            "letters": made.letters,
            "pages": made.pages,
            "email_drafts": drafts,
            "emails": made.emails,
            "left_out": made.left_out,
            "remarks": plan.remarks,
            "findings": findings,
            "failed": [{"name": name, "reason": reason} for name, reason in made.failed],
        }
    )


def _template(desk: Desk, name: str) -> TemplateCard:
    """The letter with this name, or whose name begins so; a ready one also by its key, which is the same in every
    language. Raises Refused if it is not exactly one."""
    templates = desk.letters.templates()
    wanted = fold(name)
    found = (
        [t for t in templates if fold(t.name) == wanted]
        or [t for t in templates if t.uid == ready_uid(name.strip().lower())]
        or [t for t in templates if fold(t.name).startswith(wanted)]
    )
    one: TemplateCard = only_one(
        found,
        say("There is no letter “{name}”.", name=name),
        say("“{name}” could be several letters.", name=name),
        [t.name for t in found or templates],
    )
    return one


@click.command()
@click.argument("file", type=FILE)
@click.argument("code")
@click.option("--on", default="", metavar="DAY", help="When it came back, such as 2026-12-12; else today.")
@click.option("--note", default="", help="What stood on the envelope; it goes into the search for the new address.")
@with_terminal
def returned(terminal: Terminal, file: Path, code: str, on: str, note: str) -> int:
    """Note that the letter with this CODE came back: its address is not used any more, and a search begins."""
    with terminal.desk(file) as desk:
        before = desk.returned.find(code)
        after = desk.returned.came_back(code, on=on, note=note)
    terminal.say(say("{name}: {reason}", name=after.letter.name, reason=_what_became(before.in_use, before.standing)))
    for one in after.ask:
        terminal.say(say("Perhaps {name} knows more ({why}).", name=one.name, why=one.why))
    terminal.data(
        {
            "contacts": after.letter.contacts,
            "name": after.letter.name,
            "mailing": after.letter.title,
            "address": after.letter.address,
            "came_back_on": after.letter.came_back_on,
            "marked": before.in_use,
            "standing": before.standing,
            "ask": [{"contact": one.id, "name": one.name, "why": one.why} for one in after.ask],
        }
    )
    return 0


def _what_became(marked: bool, standing: Message) -> Message:
    return say("The address is not used any more, and a search for a new one has begun.") if marked else standing
