"""Producing a mailing: one PDF in print order and e-mail drafts, noted with everybody who gets one. Nothing is sent."""

from __future__ import annotations

import datetime as dt
import json
import logging
import shutil
import uuid
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import groupby
from pathlib import Path

from alumnidesk.documents import letters as documents
from alumnidesk.documents.paper import write_whole
from alumnidesk.domain import email_words
from alumnidesk.domain.consent import EMAIL, POST
from alumnidesk.domain.email_draft import BCC, EML, MBOX, AttachedFile, EmailDraft, Mailbox
from alumnidesk.domain.file_names import FileNames, file_name
from alumnidesk.domain.letters import LetterPlan
from alumnidesk.domain.mailing_job import OPEN, PRODUCED, EmailPlan, Job, MailingPlan
from alumnidesk.domain.return_code import code
from alumnidesk.errors import Refused
from alumnidesk.formats import email_drafts
from alumnidesk.i18n import Message, say, say_n
from alumnidesk.progress import Progress
from alumnidesk.services import archive, export_targets, stored_files
from alumnidesk.services.letter_references import pictures
from alumnidesk.storage import faults
from alumnidesk.storage.database import Database, Transaction, now

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Outputs:
    """Where a mailing is written to."""

    pdf: Path | None = None
    """The letters on paper, one PDF."""
    emails: Path | None = None
    """A new folder for message files, or a file for a mailbox."""
    form: str = EML
    """One of `email_draft.FORMS`."""
    at_once: int = 50
    """With `BCC`: so many blind copies at most in one e-mail, because mail servers take no more."""
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


@dataclass(frozen=True, slots=True)
class _Sent:
    """A letter that was made, and where it is."""

    letter: LetterPlan
    number: int
    """The id of its first row."""
    channel: str
    to: str
    page: int
    pages: int = 1


def produce(
    database: Database, plan: MailingPlan, outputs: Outputs, job: Job, number: int | None, progress: Progress
) -> Produced:
    """Write everything of a plan and note it, all or nothing. See `Mailings.produce`."""
    _refuse(database, plan, outputs, job, number)
    with database.writing(_label(plan, outputs, job)) as transaction, faults.explained(_place(outputs)):
        numbers = _reserved(transaction, [*plan.letters, *(email.letter for email in plan.emails)])
        data, sent, pages, failed = b"", list[_Sent](), 0, list[tuple[str, Message]]()
        if plan.letters:
            coded = [replace(letter, code=code(n) if job.code else "") for letter, n in zip(plan.letters, numbers)]  # noqa: B905 - the rest are the e-mails'
            shown = pictures(database, coded)
            data, printed = documents.run_pdf(coded, plan.association, progress, pictures=shown)
            sent, pages = _printed(coded, numbers, printed), printed.pages
            failed = [(letter.name, why) for letter, why in printed.failed]
        files = {} if outputs.pdf is None or not sent else {outputs.pdf: data}
        if outputs.word is not None and sent:
            files[outputs.word], unwritten = _document(database, plan, [one.letter for one in sent], job, progress)
            failed += [(letter.name, why) for letter, why in unwritten]
            if outputs.pdf is None:
                left = {id(letter) for letter, _ in unwritten}
                sent = [one for one in sent if id(one.letter) not in left]
        writer = _Drafts(database, plan, outputs, job, numbers[len(plan.letters) :])
        if plan.emails and outputs.emails is not None:
            writer.write(outputs.emails, progress)
        progress.past_return()
        _write(files, writer)
        mailing = _noted(transaction, plan, job, number, pages)
        _note(transaction, mailing, [*sent, *writer.sent])
    return Produced(
        mailing,
        letters=len(sent),
        emails=len(writer.sent),
        pages=pages,
        left_out=len(plan.nobody),
        failed=(*failed, *writer.failed),
        files=(*files, *([writer.written] if writer.written is not None else ())),
    )


def _document(
    database: Database, plan: MailingPlan, letters: Sequence[LetterPlan], job: Job, progress: Progress
) -> tuple[bytes, tuple[tuple[LetterPlan, Message], ...]]:
    """The letters for a word processor."""
    from alumnidesk.documents.word_letters import letters_document  # 170 ms that only such a document waits for

    return letters_document(letters, plan.association, pictures(database, letters), progress, job.title)


def _write(files: Mapping[Path, bytes], drafts: _Drafts) -> None:
    """Write the documents, all or none; without them there are no e-mails either."""
    written: list[Path] = []
    try:
        for path, data in files.items():
            write_whole(path, data)
            written.append(path)
    except BaseException:
        for path in written:
            path.unlink(missing_ok=True)
        drafts.take_back()
        raise


def _refuse(database: Database, plan: MailingPlan, outputs: Outputs, job: Job, number: int | None) -> None:
    if plan.problems:
        raise Refused(plan.problems[0], say("Please correct that first."))
    if not plan.letters and not plan.emails:
        raise Refused(say("There is no letter to print."), say("The list says for each recipient why."))
    if plan.letters and outputs.pdf is None and outputs.word is None:
        raise Refused(say("There are letters on paper, and no file for them."), say("Say where the PDF goes."))
    if plan.emails and outputs.emails is None:
        raise Refused(say("There are e-mails, and no folder for them."), say("Say where the drafts go."))
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


def _place(outputs: Outputs) -> Path:
    return outputs.pdf or outputs.word or outputs.emails or Path()


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


def _printed(letters: Sequence[LetterPlan], numbers: Sequence[int], run: documents.PrintedRun) -> list[_Sent]:
    """The letters that are on paper, with their pages."""
    made = [(letter, n, page) for letter, n, page in zip(letters, numbers, run.first_pages) if page >= 0]  # noqa: B905
    ends = [*(page for _, _, page in made[1:]), run.pages]
    return [
        _Sent(letter, n, POST, "\n".join(letter.address), page + 1, end - page)
        for (letter, n, page), end in zip(made, ends, strict=True)
    ]


class _Drafts:
    """Writes the e-mails of a mailing, and keeps count of them."""

    def __init__(
        self, database: Database, plan: MailingPlan, outputs: Outputs, job: Job, numbers: Sequence[int]
    ) -> None:
        self._plan, self._outputs, self._job = plan, outputs, job
        self._emails = list(zip(plan.emails, numbers, strict=True))
        self._pictures = pictures(database, (email.letter for email in plan.emails))
        self._files = [AttachedFile(file.name, stored_files.fetch(database, file.key)) for file in job.attachments]
        self._now = dt.datetime.now(dt.UTC)
        self.written: Path | None = None
        self.sent: list[_Sent] = []
        self.failed: list[tuple[str, Message]] = []

    def write(self, target: Path, progress: Progress) -> None:
        """All of them, or none. Raises OSError and Cancelled."""
        progress.begin(say("Writing e-mails …"), len(self._emails))
        if self._outputs.form == MBOX:
            export_targets.write_file(target, email_drafts.mbox(self._each(), self._now), progress)
        else:
            drafts = self._together() if self._outputs.form == BCC else self._each()
            names = FileNames(".eml", "E-mail")
            files = ((names.new(self._name(draft)), email_drafts.eml(draft, self._now)) for draft in drafts)
            export_targets.write_folder(target, files, progress)
        self.written = target

    def take_back(self) -> None:
        """Take away what was written."""
        if self.written is not None and self.written.is_dir():
            shutil.rmtree(self.written, ignore_errors=True)
        elif self.written is not None:
            self.written.unlink(missing_ok=True)

    def _name(self, draft: EmailDraft) -> str:
        return self._job.title if draft.blind else draft.to.name or draft.to.address

    def _each(self) -> Iterator[EmailDraft]:
        """One e-mail to each; one that cannot be made must not take the others with it."""
        for email, number in self._emails:
            try:
                draft = self.draft(email)
            except Exception:
                log.exception("an e-mail could not be drafted")
                self.failed.append((email.letter.name, say("This e-mail could not be drafted.")))
                continue
            self._note(email, number)
            yield draft

    def draft(self, email: EmailPlan) -> EmailDraft:
        """One e-mail."""
        plan, letter = self._plan, email.letter
        attached = list(self._files)
        if self._job.letter_attached:
            pdf = documents.one_letter_pdf(letter, plan.association, self._pictures)
            attached.insert(0, AttachedFile(file_name(letter.subject or self._job.title, ".pdf"), pdf))
        to = Mailbox(email.to, letter.name)
        return email_words.draft(letter, to, plan.association, plan.purpose, self._pictures, attached=attached)

    def _together(self) -> Iterator[EmailDraft]:
        """One e-mail to ourselves for all who get the same words, in parts."""
        plan = self._plan
        alike = [(email_words.for_all(email.letter, plan.template, plan.association, plan.written_on), email, number)
                 for email, number in self._emails]  # fmt: skip
        for letter, group in groupby(sorted(alike, key=lambda one: repr(one[0])), key=lambda one: one[0]):
            several = list(group)
            for at in range(0, len(several), self._outputs.at_once):
                part = several[at : at + self._outputs.at_once]
                blind = [Mailbox(email.to) for _, email, _ in part]
                for _, email, number in part:
                    self._note(replace(email, letter=replace(letter, party=email.letter.party)), number)
                yield email_words.draft(
                    letter, None, plan.association, plan.purpose, self._pictures, attached=self._files, blind=blind
                )

    def _note(self, email: EmailPlan, number: int) -> None:
        self.sent.append(_Sent(email.letter, number, EMAIL, email.to, len(self.sent) + 1))


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
        "frozen": archive.freeze(transaction, plan),
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


def _note(transaction: Transaction, mailing: int, sent: Sequence[_Sent]) -> None:
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
