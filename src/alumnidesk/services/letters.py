"""Deeds on letters: templates, planning a run, printing it, and what went out."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

from alumnidesk.documents import fonts
from alumnidesk.documents import letters as documents
from alumnidesk.domain.cards import EventCard, LetterText, TemplateCard
from alumnidesk.domain.envelope_windows import window_of, windows
from alumnidesk.domain.example_letter import example
from alumnidesk.domain.letters import (
    LEFT_OUT,
    LOOK,
    NO_REFERENCES,
    EnvelopeWindow,
    LetterPlan,
    RunPlan,
    plan_run,
    why_left_out,
)
from alumnidesk.domain.mailing_job import Audience, Job, MailingPlan
from alumnidesk.domain.ready_templates import ready_templates
from alumnidesk.errors import InvalidInput, Refused
from alumnidesk.i18n import NOTHING, Message, say
from alumnidesk.models import LetterTemplate
from alumnidesk.models import LetterText as LetterTextRow
from alumnidesk.progress import Progress
from alumnidesk.services import cards, letter_references, mailing_output
from alumnidesk.services.consents import Consents
from alumnidesk.services.events import Events
from alumnidesk.services.households import Households
from alumnidesk.services.mailing_output import Outputs, Produced
from alumnidesk.services.own_fields import OwnFields
from alumnidesk.services.purposes import Purposes
from alumnidesk.services.settings import Settings
from alumnidesk.storage.database import Database

_SKETCHED = 50
"""Among so many recipients one is looked for to whom a letter can be sketched."""


@dataclass(frozen=True, slots=True)
class MailingLine:
    """One run in the list of what went out."""

    id: int
    title: str
    made_at: str
    """ISO date and time, UTC."""
    letters: int
    pages: int
    event: str
    purpose: Message
    """What it was for; nothing if it went out before that was noted."""


class Letters:
    """Everything one can do with letters."""

    def __init__(self, database: Database) -> None:
        self._database = database

    # Templates --------------------------------------------------------------------------------------------------

    def templates(self) -> list[TemplateCard]:
        """All templates, in the order in which they were made."""
        with self._database.reading() as session:
            return [_card(row) for row in session.query(LetterTemplate).order_by(LetterTemplate.id)]

    def template(self, template: int) -> TemplateCard:
        """One template. Raises Refused if it does not exist."""
        with self._database.reading() as session:
            row = session.get(LetterTemplate, template)
            if row is None:
                raise Refused(say("This letter does not exist any more."))
            return _card(row)

    def save_template(self, card: TemplateCard) -> TemplateCard:
        """Make a template, or change the one with the card's id. Raises InvalidInput if it has no name or no text."""
        if not card.name.strip():
            raise InvalidInput(
                "name", say("The letter has no name yet."), say("Give it one, for example “Invitation”.")
            )
        if not card.texts:
            raise InvalidInput("texts", say("The letter has no text yet."), say("Write it in at least one language."))
        if card.id is not None and self.template(card.id) == card:
            return card
        label = (
            say("Letter “{name}” added", name=card.name)
            if card.id is None
            else say("Letter “{name}” changed", name=card.name)
        )
        with self._database.writing(label) as transaction:
            session = transaction.session
            row = session.get(LetterTemplate, card.id) if card.id is not None else None
            if row is None:
                row = LetterTemplate(uid=card.uid or str(uuid.uuid4()))
                session.add(row)
            row.name, row.purpose = card.name, card.purpose
            texts = {text.language: text for text in row.texts}
            for text in card.texts:
                stored = texts.pop(text.language, None)
                if stored is None:
                    stored = LetterTextRow(language=text.language)
                    row.texts.append(stored)
                stored.subject, stored.body, stored.closing = text.subject, text.body, text.closing
            for gone in texts.values():
                row.texts.remove(gone)
            session.flush()
            number = row.id
        return self.template(number)

    def delete_template(self, template: int) -> None:
        """Delete a template; letters that were written with it stay in the history of their recipients."""
        card = self.template(template)
        with self._database.writing(say("Letter “{name}” deleted", name=card.name)) as transaction:
            transaction.execute("UPDATE mailing SET template_id = NULL WHERE template_id = ?", (template,))
            transaction.execute("DELETE FROM letter_text WHERE template_id = ?", (template,))
            transaction.execute("DELETE FROM letter_template WHERE id = ?", (template,))

    def add_ready_templates(self, language: str) -> None:
        """Add the letters that come with the program, named in `language`, as one step; those already there stay."""
        present = {card.uid for card in self.templates()}
        missing = [card for card in ready_templates(language) if card.uid not in present]
        if not missing:
            return
        with self._database.writing(say("Ready letters added")) as transaction:
            for card in missing:
                row = LetterTemplate(uid=card.uid, name=card.name, purpose=card.purpose)
                row.texts = [
                    LetterTextRow(language=t.language, subject=t.subject, body=t.body, closing=t.closing)
                    for t in card.texts
                ]
                transaction.session.add(row)

    # Runs -------------------------------------------------------------------------------------------------------

    def plan(
        self,
        template: TemplateCard,
        contacts: Sequence[int],
        *,
        event: int | None = None,
        purpose: str = "",
        by_hand: Collection[int] = (),
        per_household: bool = True,
        today: dt.date | None = None,
        progress: Progress | None = None,
    ) -> RunPlan:
        """Every letter to these contacts in print order, and what one should know before printing. Writes nothing.

        `purpose` is what they are for, if it is not what the template is for: who may not be written to for that gets
        none, except those whom a person has knowingly put in `by_hand`, as far as the law leaves that to them.
        `per_household`: those of them who live together get one letter. Raises Refused (no such purpose).
        """
        association = Settings(self._database).association()
        about: EventCard | None = Events(self._database).card(event) if event is not None else None
        return plan_run(
            template,
            cards.read(self._database, contacts),
            association,
            today=today or dt.date.today(),
            event=about,
            occasion=Consents(self._database).occasion(contacts, purpose or template.purpose, by_hand),
            households=Households(self._database).among(contacts) if per_household else None,
            own_fields=OwnFields(self._database).all(),
            lacking=partial(fonts.lacking, family=association.font),
            fits=partial(documents.address_fits, association=association),
            references=letter_references.look_up(self._database, template.texts),
            progress=progress,
        )

    def sketch(
        self, text: LetterText, contacts: Sequence[int], *, event: int | None = None, today: dt.date | None = None
    ) -> LetterPlan:
        """A letter while its words are being written: to the first of the contacts who can get one, else to an invented
        person, who has every block; about the event, else about an invented one."""
        association = Settings(self._database).association()
        today = today or dt.date.today()
        _, person, occasion = example(association, today)
        about = Events(self._database).card(event) if event is not None else occasion
        first = next(
            (card for card in cards.read(self._database, contacts[:_SKETCHED]) if not why_left_out(card)), person
        )
        template = TemplateCard(texts=(text,))
        references = letter_references.look_up(self._database, [text]) if first is not person else NO_REFERENCES
        own = OwnFields(self._database).all()
        run = plan_run(template, [first], association, today=today, event=about, own_fields=own, references=references)
        return run.letters[0]

    def window(self, language: str) -> EnvelopeWindow:
        """Where the window of the association's envelopes lies, and its name in a language."""
        place = window_of(Settings(self._database).association())
        shown = place.window
        return EnvelopeWindow(place.name(language), shown.x, shown.y, shown.width, shown.height)

    def preview(self, letter: LetterPlan) -> bytes:
        """One planned letter as a PDF document."""
        pictures = letter_references.pictures(self._database, [letter])
        return documents.one_letter_pdf(letter, Settings(self._database).association(), pictures)

    def example(self) -> bytes:
        """An invitation to an invented person with the letterhead as it is set now, as a PDF document."""
        association, today = Settings(self._database).association(), dt.date.today()
        template, recipient, occasion = example(association, today)
        run = plan_run(template, [recipient], association, today=today, event=occasion)
        return documents.one_letter_pdf(run.letters[0], association)

    @staticmethod
    def windows(language: str) -> list[tuple[str, str]]:
        """The envelope windows that letters can be made for: key, and name in a language."""
        return [(key, window.name(language)) for key, window in windows().items()]

    def print_run(
        self,
        run: RunPlan,
        out: Path,
        *,
        title: str,
        template: int | None = None,
        event: int | None = None,
        on_paper: bool = False,
        progress: Progress | None = None,
    ) -> Produced:
        """Write the run into one PDF and note each letter in the history of those it goes to, both or neither.

        `on_paper`: the file only goes on to a printer; that is what the history calls it then.
        Raises Refused if there is no letter or the text has problems, EnvironmentFault if the file cannot be written,
        Cancelled if the person stops it.
        """
        whom = [contact.id for letter in run.letters for contact in letter.party.contacts if contact.id is not None]
        job = Job(title, Audience(contacts=tuple(whom)), template, event=event, purpose=run.purpose.key)
        plan = MailingPlan(
            letters=run.letters,
            emails=(),
            nobody=tuple(finding for finding in run.findings if finding.severity == LEFT_OUT),
            looks=tuple(finding for finding in run.findings if finding.severity == LOOK),
            problems=run.problems,
            purpose=run.purpose,
            template=run.template,
            association=run.association,
            event=run.event,
            written_on=run.written_on,
        )
        outputs = Outputs(out, on_paper=on_paper)
        return mailing_output.produce(self._database, plan, outputs, job, None, progress or Progress())

    def mailings(self) -> list[MailingLine]:
        """The runs that went out, newest first."""
        purposes = {purpose.key: purpose.name for purpose in Purposes(self._database).all()}
        return [
            MailingLine(*(*row, purposes.get(key, NOTHING)))
            for *row, key in self._database.rows(
                "SELECT m.id, m.title, m.made_at, count(DISTINCT l.first_page), m.pages, coalesce(e.title, ''), "
                "m.purpose "
                "FROM mailing m LEFT JOIN letter l ON l.mailing_id = m.id LEFT JOIN event e ON e.id = m.event_id "
                "WHERE m.state IN ('produced', 'sent') GROUP BY m.id ORDER BY m.made_at DESC, m.id DESC"
            )
        ]

    def recipients(self, mailing: int) -> list[int]:
        """The contacts who got a letter of this run, in print order."""
        return [
            contact
            for (contact,) in self._database.rows(
                "SELECT contact_id FROM letter WHERE mailing_id = ? ORDER BY first_page", (mailing,)
            )
        ]


def _card(row: LetterTemplate) -> TemplateCard:
    texts = tuple(LetterText(text.language, text.subject, text.body, text.closing) for text in row.texts)
    return replace(TemplateCard(), id=row.id, uid=row.uid, name=row.name, texts=texts, purpose=row.purpose)
