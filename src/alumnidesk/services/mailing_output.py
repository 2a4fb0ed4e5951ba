"""Producing a mailing: one PDF in print order and e-mail drafts, noted with everybody who gets one. Nothing is sent."""

from __future__ import annotations

import json
import uuid
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from alumnidesk.documents import letters as documents
from alumnidesk.domain import email_words
from alumnidesk.domain.consent import POST
from alumnidesk.domain.email_draft import BCC, EML, MBOX
from alumnidesk.domain.letters import LetterPlan
from alumnidesk.domain.mailing_plans import MailingPlan
from alumnidesk.domain.mailings import OPEN, PRODUCED, Job
from alumnidesk.domain.return_code import code
from alumnidesk.errors import Refused
from alumnidesk.i18n import Message, say, say_n
from alumnidesk.progress import Progress
from alumnidesk.services import archive, export_targets
from alumnidesk.services.letter_references import pictures
from alumnidesk.services.mailing_drafts import Drafts, Sent
from alumnidesk.storage.database import Database, Transaction, now


@dataclass(frozen=True, slots=True)
class Outputs:
    """Where a mailing is written to."""

    pdf: Path | None = None
    """The letters on paper, one PDF."""
    emails: Path | None = None
    """A new folder for message files, or a file for a mailbox."""
    form: str = EML
    """One of `email_draft.FORMS`."""
    on_paper: bool = False
    """The PDF only goes on to a printer; that is what the history calls it then."""
    word: Path | None = None
    """The letters on paper as one document for word processors (DOCX)."""


@dataclass(frozen=True, slots=True)
class Produced:
    """A mailing that was produced and noted with everybody who gets it."""

    mailing: int
    letters: int
    emails: int
    pages: int
    left_out: int
    """Recipients who get nothing; the plan says why."""
    failed: tuple[tuple[str, Message], ...]
    """Names whose letter or e-mail could not be made, and why."""
    files: tuple[Path, ...]
    """What was written."""
    begins: tuple[int, ...] = ()
    """The pages, from 0, on which a letter begins."""


def produce(
    database: Database, plan: MailingPlan, outputs: Outputs, job: Job, number: int | None, progress: Progress
) -> Produced:
    """Write everything of a plan and note it, all or nothing. See `Mailings.produce`."""
    _refuse(database, plan, outputs, job, number)
    with export_targets.all_or_none() as targets, database.writing(_label(plan, outputs, job)) as transaction:
        numbers = _reserved(transaction, [*plan.letters, *(email.letter for email in plan.emails)])
        paper = _Paper(database, plan, outputs, job, numbers[: len(plan.letters)])
        if plan.letters:
            paper.make(progress)
        drafts = Drafts(database, plan, job, numbers[len(plan.letters) :], outputs.form)
        if plan.emails and outputs.emails is not None:
            drafts.write(targets, outputs.emails, progress)
        failed = (*paper.failed, *drafts.failed)
        if not paper.sent and not drafts.sent:
            raise Refused(say("{name}: {reason}", name=failed[0][0], reason=failed[0][1]))
        for path, data in paper.files.items():
            targets.file(path, [data], Progress())
        progress.past_return()
        targets.put()
        mailing = _noted(transaction, plan, job, number, paper.pages)
        _note(transaction, mailing, [*paper.sent, *drafts.sent])
    return Produced(
        mailing,
        letters=len(paper.sent),
        emails=len(drafts.sent),
        pages=paper.pages,
        left_out=len(plan.left_out),
        failed=failed,
        files=(*paper.files, *([outputs.emails] if plan.emails and outputs.emails is not None else ())),
        begins=tuple(one.page - 1 for one in paper.sent),
    )


def _refuse(database: Database, plan: MailingPlan, outputs: Outputs, job: Job, number: int | None) -> None:
    if plan.problems:
        raise Refused(plan.problems[0], say("Please correct that first."))
    if not plan.letters and not plan.emails:
        why = say("The list says for each recipient why.") if plan.left_out else say("Nobody fits what was chosen.")
        raise Refused(say("There is no letter to print."), why)
    if plan.letters and outputs.pdf is None and outputs.word is None:
        raise Refused(say("There are letters on paper, and no file for them."), say("Say where the PDF goes."))
    if plan.emails and outputs.emails is None:
        raise Refused(say("There are e-mails, and no folder for them."), say("Say where the drafts go."))
    for path in (outputs.pdf, outputs.word, outputs.emails):
        if path is not None:
            export_targets.refuse_data_file(path)
    if plan.emails and outputs.emails is not None and outputs.form != MBOX:
        export_targets.refuse_taken(outputs.emails)
    if plan.emails and outputs.form == BCC and (own := email_words.personal(plan.emails)):
        raise Refused(
            say("One e-mail to all cannot say what is different for each: {fields}", fields=own),
            say("Choose one file per e-mail, or take these placeholders out of the text."),
        )
    if number is not None:
        rows = database.rows("SELECT state FROM mailing WHERE id = ?", (number,))
        if not rows or rows[0][0] not in OPEN:
            raise Refused(say("This mailing went out already."), say("It can be printed again from the list."))


def _label(plan: MailingPlan, outputs: Outputs, job: Job) -> Message:
    n, emails, title = len(plan.letters), len(plan.emails), job.title
    if n and emails:
        on_paper, drafted = say_n("{n} letter", "{n} letters", n), say_n("{n} e-mail", "{n} e-mails", emails)
        return say("{letters} and {emails} made: {title}", letters=on_paper, emails=drafted, title=title)
    if emails:
        return say_n("{n} e-mail drafted: {title}", "{n} e-mails drafted: {title}", emails, title=title)
    if outputs.on_paper:
        return say_n("{n} letter printed: {title}", "{n} letters printed: {title}", n, title=title)
    if outputs.pdf is None:
        return say_n("{n} letter saved for Word: {title}", "{n} letters saved for Word: {title}", n, title=title)
    return say_n("{n} letter saved as PDF: {title}", "{n} letters saved as PDF: {title}", n, title=title)


def _reserved(transaction: Transaction, letters: Sequence[LetterPlan]) -> list[int]:
    """For each letter the id of its first row; each has one for everybody whom it names."""
    first = transaction.allocate("letter", sum(len(letter.party.contacts) for letter in letters))
    numbers = []
    for letter in letters:
        numbers.append(first)
        first += len(letter.party.contacts)
    return numbers


class _Paper:
    """Makes the letters on paper, and keeps count of them."""

    def __init__(
        self, database: Database, plan: MailingPlan, outputs: Outputs, job: Job, numbers: Sequence[int]
    ) -> None:
        self._association, self._outputs, self._title = plan.master.association, outputs, job.title
        self._numbers = numbers
        self._letters = [
            replace(letter, code=code(number)) for letter, number in zip(plan.letters, numbers, strict=True)
        ]
        self._pictures = pictures(database, self._letters)
        self.files: dict[Path, bytes] = {}
        """What is to be written."""
        self.sent: list[Sent] = []
        self.pages = 0
        self.failed: list[tuple[str, Message]] = []

    def make(self, progress: Progress) -> None:
        """All that can be made. Raises Cancelled."""
        data, run = documents.run_pdf(self._letters, self._association, progress, pictures=self._pictures)
        self.sent, self.pages = self._printed(run), run.pages
        self.failed = [(letter.name, why) for letter, why in run.failed]
        if self._outputs.pdf is not None:
            self.files[self._outputs.pdf] = data
        if self._outputs.word is not None:
            self._make_document(self._outputs.word, progress)

    def _printed(self, run: documents.PrintedRun) -> list[Sent]:
        """The letters that are on paper, with their pages."""
        every = zip(self._letters, self._numbers, run.first_pages, strict=True)
        made = [(letter, number, page) for letter, number, page in every if page >= 0]
        ends = [*(page for _, _, page in made[1:]), run.pages]
        return [
            Sent(letter, number, POST, "\n".join(letter.address), page + 1, end - page)
            for (letter, number, page), end in zip(made, ends, strict=True)
        ]

    def _make_document(self, path: Path, progress: Progress) -> None:
        """The same letters for a word processor."""
        from alumnidesk.documents.word_letters import letters_document  # 170 ms that only such a document waits for

        letters = [one.letter for one in self.sent]
        self.files[path], unwritten = letters_document(
            letters, self._association, self._pictures, progress, self._title
        )
        self.failed += [(letter.name, why) for letter, why in unwritten]
        if self._outputs.pdf is None:
            left = {id(letter) for letter, _ in unwritten}
            self.sent = [one for one in self.sent if id(one.letter) not in left]


def _noted(transaction: Transaction, plan: MailingPlan, job: Job, number: int | None, pages: int) -> int:
    """The mailing as it went out: a new row, or that of the job."""
    values = {
        "title": job.title,
        "template_id": _there(transaction, "letter_template", job.template),
        "event_id": _there(transaction, "event", job.event),
        "made_at": now(),
        "pages": pages,
        "purpose": plan.purpose.key,
        "state": PRODUCED,
        "job": json.dumps(job.stored(), ensure_ascii=False),
        "frozen": archive.freeze(transaction, plan.master),
    }
    if number is None:
        number = transaction.allocate("mailing", 1)
        columns, row = ("id", "uid", *values), (number, str(uuid.uuid4()), *values.values())
        transaction.insert_many("mailing", columns, [row])
    else:
        assignments = ", ".join(f"{name} = ?" for name in values)
        transaction.execute(f"UPDATE mailing SET {assignments} WHERE id = ?", (*values.values(), number))
    return number


def _there(transaction: Transaction, table: str, row: int | None) -> int | None:
    """The row, if it still exists."""
    return row if transaction.execute(f"SELECT 1 FROM {table} WHERE id = ?", (row,)).fetchone() else None


def _note(transaction: Transaction, mailing: int, sent: Sequence[Sent]) -> None:
    """A row for everybody whom a letter names."""
    rows = []
    for one in sent:
        letter, words = one.letter, archive.kept_of(one.letter, one.number)
        greeting = letter.paragraphs[0] if letter.paragraphs else ""
        rows += [
            (one.number + i, mailing, contact.id, letter.language, one.to, greeting, letter.subject, one.page,
             one.pages, one.channel, words)
            for i, contact in enumerate(letter.party.contacts)
            if contact.id is not None
        ]  # fmt: skip
    columns = ("id", "mailing_id", "contact_id", "language", "address", "salutation", "subject", "first_page", "pages",
               "channel", "words")  # fmt: skip
    transaction.insert_many("letter", columns, rows)
