"""Deeds on mailings: preparing a job, checking it, producing it, marking it as sent.

Nothing is ever sent by the program: letters become a PDF, e-mails become drafts. What went out is in
`services.sent_letters`.
"""

from __future__ import annotations

import datetime as dt
import json
import uuid
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from alumnidesk.documents import letters as documents
from alumnidesk.domain import email_words, mailings
from alumnidesk.domain.email_draft import EmailDraft, Mailbox
from alumnidesk.domain.letters import LetterPlan
from alumnidesk.domain.mailing_plans import EmailPlan, MailingPlan
from alumnidesk.domain.mailings import CHECKED, CONTACTS, OPEN, PREPARED, SENT, Attachment, Audience, Job
from alumnidesk.errors import InvalidInput, Refused
from alumnidesk.i18n import NOTHING, Message, say
from alumnidesk.progress import Progress
from alumnidesk.services import archive, mailing_output, mailing_plans
from alumnidesk.services.attachments import Attachments
from alumnidesk.services.finding import Finding
from alumnidesk.services.letter_references import pictures
from alumnidesk.services.mailing_output import Outputs, Produced
from alumnidesk.services.purposes import Purposes
from alumnidesk.storage.database import Database, now

__all__ = ["MailingLine", "Mailings", "Outputs", "Produced"]


@dataclass(frozen=True, slots=True)
class MailingLine:
    """One mailing in a list."""

    id: int
    title: str
    state: str
    """One of `domain.mailings.STATES`."""
    made_at: str
    """ISO date and time, UTC: when it was produced, or last changed before."""
    sent_at: str
    """The same; empty: not marked as sent, or before that was noted."""
    letters: int
    """On paper."""
    emails: int
    pages: int
    came_back: int
    """Of so many letters one knows that they came back."""
    event: str
    purpose: Message
    """What it was for; nothing if it went out before that was noted."""
    kept: bool
    """Can its pages be made again?"""
    whom: Message
    """Whom it is for; nothing if that was not noted, its event is gone, or it went out to contacts that were chosen."""


class Mailings:
    """Everything one can do with mailings."""

    def __init__(self, database: Database, find: Finding) -> None:
        self._database, self._find = database, find

    # Reading ----------------------------------------------------------------------------------------------------

    def all(self) -> list[MailingLine]:
        """Every mailing, the newest first."""
        return self._lines()

    def line(self, number: int) -> MailingLine:
        """One of them. Raises Refused if it does not exist."""
        found = self._lines("WHERE m.id = ?", number)
        if not found:
            raise archive.no_such_mailing()
        return found[0]

    def _lines(self, where: str = "", *values: Any) -> list[MailingLine]:
        purposes = {purpose.key: purpose.name for purpose in Purposes(self._database).all()}
        return [
            MailingLine(*(*row, purposes.get(key, NOTHING), bool(kept), _whom(row[2], source, contacts, event)))
            for *row, key, kept, source, contacts, event in self._database.rows(
                "SELECT m.id, m.title, m.state, m.made_at, m.sent_at, "
                "count(DISTINCT CASE l.channel WHEN 'post' THEN l.first_page END), "
                "count(DISTINCT CASE l.channel WHEN 'email' THEN l.first_page END), m.pages, "
                "count(DISTINCT CASE WHEN l.came_back_on <> '' THEN l.first_page END), coalesce(e.title, ''), "
                "m.purpose, m.frozen <> '{}', m.job ->> '$.audience.source', m.job -> '$.audience.contacts', w.title "
                "FROM mailing m LEFT JOIN letter l ON l.mailing_id = m.id LEFT JOIN event e ON e.id = m.event_id "
                "LEFT JOIN event w ON w.id = m.job ->> '$.audience.id' "
                f"{where} GROUP BY m.id ORDER BY m.made_at DESC, m.id DESC",
                values,
            )
        ]

    def job(self, number: int) -> Job:
        """What was chosen for a mailing; of one from before jobs were kept only its title, letter and event. Raises
        Refused if it does not exist."""
        rows = self._database.rows(
            "SELECT job, title, template_id, event_id, purpose FROM mailing WHERE id = ?", (number,)
        )
        if not rows:
            raise archive.no_such_mailing()
        stored, title, template, event, purpose = rows[0]
        held = json.loads(stored)
        return Job.restored(held) if held else Job(title, template=template, event=event, purpose=purpose)

    # Preparing --------------------------------------------------------------------------------------------------

    def prepare(self, job: Job, number: int | None = None) -> int:
        """Keep a job to go on with, a new one or a change of one that did not go out yet; returns its number.

        Raises InvalidInput if it has no name (``title``), Refused if it went out meanwhile.
        """
        title = " ".join(job.title.split())
        if not title:
            raise InvalidInput("title", say("The mailing has no name yet."), say("Give it one, by which you find it."))
        job = replace(job, title=title)
        if number is not None and self._open(number) == PREPARED and self.job(number) == job:
            return number
        label = say("Mailing “{title}” prepared", title=title)
        if number is not None:
            label = say("Mailing “{title}” changed", title=title)
        kept = json.dumps(job.stored(), ensure_ascii=False)
        with self._database.writing(label) as transaction:
            if number is None:
                number = transaction.allocate("mailing", 1)
                columns = ("id", "uid", "title", "made_at", "purpose", "state", "job")
                row = (number, str(uuid.uuid4()), title, now(), job.purpose, PREPARED, kept)
                transaction.insert_many("mailing", columns, [row])
            else:
                transaction.execute(
                    "UPDATE mailing SET title = ?, made_at = ?, purpose = ?, state = ?, job = ? WHERE id = ?",
                    (title, now(), job.purpose, PREPARED, kept, number),
                )
        return number

    def check_off(self, number: int) -> None:
        """Somebody has looked at everything that would go out. Raises Refused if it went out already."""
        if self._open(number) != CHECKED:
            self._set(number, say("Mailing “{title}” checked", title=self.job(number).title), state=CHECKED)

    def discard(self, number: int) -> None:
        """Throw a job away. Raises Refused if it went out."""
        self._open(number)
        with self._database.writing(say("Mailing “{title}” thrown away", title=self.job(number).title)) as transaction:
            transaction.execute("DELETE FROM mailing WHERE id = ?", (number,))

    def attach(self, path: Path) -> Attachment:
        """Keep a file that is to go with every e-mail. Raises BadFile (a folder, empty, too large) or
        EnvironmentFault."""
        key, _, name = Attachments(self._database).keep(path).partition("\n")
        return Attachment(name, key)

    # Checking ---------------------------------------------------------------------------------------------------

    def audience(self, job: Job) -> list[int]:
        """The contacts that are meant, before anything stands in the way. Raises Refused if what names them is gone."""
        return mailing_plans.audience(self._database, self._find, job.audience)

    def plan(self, job: Job, *, today: dt.date | None = None, progress: Progress | None = None) -> MailingPlan:
        """Everything that would go out now. Raises Refused (something that was chosen is gone) and Cancelled."""
        return mailing_plans.plan(self._database, self._find, job, today, progress)

    def preview(self, plan: MailingPlan, letter: LetterPlan) -> bytes:
        """A letter of a plan as a PDF document; of an e-mail the letter that it carries."""
        return documents.one_letter_pdf(letter, plan.master.association, pictures(self._database, [letter]))

    def draft(self, plan: MailingPlan, email: EmailPlan) -> EmailDraft:
        """An e-mail of a plan as it will read, without what is attached. Raises Refused if we have no address."""
        if plan.problems:
            raise Refused(plan.problems[0])
        letter, shown = email.letter, pictures(self._database, [email.letter])
        return email_words.draft(letter, Mailbox(email.to, letter.name), plan.master.association, plan.purpose, shown)

    def test_page(self, plan: MailingPlan) -> bytes:
        """The first page of the first letter as a PDF document, to try printer and paper. Raises Refused if there is no
        letter on paper."""
        if not plan.letters:
            raise Refused(say("There is no letter to print."), say("The list says for each recipient why."))
        first = plan.letters[:1]
        shown = pictures(self._database, first)
        return documents.run_pdf(first, plan.master.association, Progress(), [[0]], shown)[0]

    # Producing --------------------------------------------------------------------------------------------------

    def produce(
        self,
        plan: MailingPlan,
        outputs: Outputs,
        *,
        job: Job,
        number: int | None = None,
        progress: Progress | None = None,
    ) -> Produced:
        """Write everything of a plan and note it with everybody who gets it, all or nothing; one step to take back.

        `number` is the job that becomes the mailing; without it the mailing is a new one. A letter or e-mail that
        cannot be made is left out and listed. Raises Refused (nothing to send, something has to be put right first, it
        went out already), EnvironmentFault (a file cannot be written) and Cancelled.
        """
        return mailing_output.produce(self._database, plan, outputs, job, number, progress or Progress())

    def mark_sent(self, number: int) -> None:
        """The letters are in the post, the e-mails are sent. Raises Refused if it was not produced yet."""
        line = self.line(number)
        if line.state in OPEN:
            raise Refused(say("“{title}” was not produced yet.", title=line.title))
        if line.state != SENT:
            self._set(number, say("Mailing “{title}” sent", title=line.title), state=SENT, sent_at=now())

    # Once more --------------------------------------------------------------------------------------------------

    def again(self, number: int) -> Job:
        """The same mailing once more, to whoever is meant now and has not got it yet."""
        job = self.job(number)
        return replace(job, not_again=tuple(dict.fromkeys((*job.not_again, number))))

    def reminder(self, number: int) -> Job:
        """A second mailing to those on the event's list who did not answer the first. Raises Refused without event."""
        job = self.job(number)
        if job.event is None:
            raise Refused(say("This mailing was about no event, so nobody was to answer."))
        return mailings.reminder(job, job.event)

    # Within -----------------------------------------------------------------------------------------------------

    def _open(self, number: int) -> str:
        """The state of a job that can still be changed. Raises Refused if it cannot."""
        line = self.line(number)
        if line.state not in OPEN:
            raise Refused(say("“{title}” went out already.", title=line.title), say("Begin a new mailing instead."))
        return line.state

    def _set(self, number: int, label: Message, **values: str) -> None:
        assignments = ", ".join(f"{name} = ?" for name in values)
        with self._database.writing(label) as transaction:
            transaction.execute(f"UPDATE mailing SET {assignments} WHERE id = ?", (*values.values(), number))


def _whom(state: str, source: str | None, contacts: str | None, event: str | None) -> Message:
    if source is None or (source == CONTACTS and state not in OPEN):
        return NOTHING
    return mailings.whom(Audience(source, tuple(json.loads(contacts or "[]"))), event or "")
