"""The e-mails of a mailing as drafts: a file each, a mailbox, or blind copies of a few messages to ourselves."""

from __future__ import annotations

import datetime as dt
import logging
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby
from pathlib import Path

from alumnidesk.documents import letters as documents
from alumnidesk.domain import email_words
from alumnidesk.domain.consent import EMAIL
from alumnidesk.domain.email_draft import BCC, MBOX, MOST_BLIND, AttachedFile, EmailDraft, Mailbox
from alumnidesk.domain.file_names import FileNames
from alumnidesk.domain.letters import LetterPlan
from alumnidesk.domain.mailing_plans import EmailPlan, MailingPlan
from alumnidesk.domain.mailings import Job
from alumnidesk.formats import email_drafts
from alumnidesk.i18n import Message, say
from alumnidesk.progress import Progress
from alumnidesk.services import stored_files
from alumnidesk.services.export_targets import Several
from alumnidesk.services.letter_references import pictures
from alumnidesk.storage.database import Database

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Sent:
    """A letter that was made, and where it is."""

    letter: LetterPlan
    number: int
    """The id of its first row."""
    channel: str
    to: str
    page: int
    pages: int = 1


class Drafts:
    """Writes the e-mails of a mailing, and keeps count of them."""

    def __init__(self, database: Database, plan: MailingPlan, job: Job, numbers: Sequence[int], form: str) -> None:
        self._plan, self._job, self._form = plan, job, form
        self._emails = list(zip(plan.emails, numbers, strict=True))
        self._pictures = pictures(database, (email.letter for email in plan.emails))
        self._files = [AttachedFile(file.name, stored_files.fetch(database, file.key)) for file in job.attachments]
        self._now = dt.datetime.now(dt.UTC)
        self.sent: list[Sent] = []
        self.failed: list[tuple[str, Message]] = []

    def write(self, targets: Several, target: Path, progress: Progress) -> None:
        """All of them. Raises EnvironmentFault and Cancelled."""
        progress.begin(say("Writing e-mails …"), len(self._emails))
        if self._form == MBOX:
            targets.file(target, email_drafts.mbox(self._each(), self._now), progress)
        else:
            drafts = self._together() if self._form == BCC else self._each()
            names = FileNames(".eml", "E-mail")
            files = ((names.new(self._name(draft)), email_drafts.eml(draft, self._now)) for draft in drafts)
            targets.folder(target, files, progress)

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
        if name := self._job.letter_file(letter):
            pdf = documents.one_letter_pdf(letter, plan.master.association, self._pictures)
            attached.insert(0, AttachedFile(name, pdf))
        to = Mailbox(email.to, letter.name)
        return email_words.draft(letter, to, plan.master.association, plan.purpose, self._pictures, attached=attached)

    def _together(self) -> Iterator[EmailDraft]:
        """One e-mail to ourselves for all who get the same words, in parts."""
        plan = self._plan
        alike = [(email_words.for_all(email.letter, plan.master), email, number)
                 for email, number in self._emails]  # fmt: skip
        for letter, group in groupby(sorted(alike, key=lambda one: repr(one[0])), key=lambda one: one[0]):
            several = list(group)
            for at in range(0, len(several), MOST_BLIND):
                part = several[at : at + MOST_BLIND]
                blind = [Mailbox(email.to) for _, email, _ in part]
                for _, email, number in part:
                    self._note(replace(email, letter=replace(letter, party=email.letter.party)), number)
                yield email_words.draft(
                    letter,
                    None,
                    plan.master.association,
                    plan.purpose,
                    self._pictures,
                    attached=self._files,
                    blind=blind,
                )

    def _note(self, email: EmailPlan, number: int) -> None:
        self.sent.append(Sent(email.letter, number, EMAIL, email.to, len(self.sent) + 1))
