"""Who gets a mailing by which way, and every word of it: what was chosen meets the data of the moment."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from functools import partial

from alumnidesk.documents import fonts
from alumnidesk.documents import letters as documents
from alumnidesk.domain import mailing_job
from alumnidesk.domain.cards import TemplateCard
from alumnidesk.domain.consent import EMAIL, POST, Occasion
from alumnidesk.domain.email_draft import is_address, no_sender
from alumnidesk.domain.households import Party, parties
from alumnidesk.domain.letters import Finding, LetterPlan, in_order, print_order, template_problems, write_letters
from alumnidesk.domain.mailing_job import Audience, EmailPlan, Job, MailingPlan, divide, email_parties, tried
from alumnidesk.i18n import NOTHING, Message, say
from alumnidesk.progress import Progress
from alumnidesk.services import cards, letter_references
from alumnidesk.services.consents import Consents
from alumnidesk.services.events import Events
from alumnidesk.services.finding import Finding as Find
from alumnidesk.services.households import Households
from alumnidesk.services.letters import Letters
from alumnidesk.services.own_fields import OwnFields
from alumnidesk.services.settings import Settings
from alumnidesk.storage.database import Database


def audience(database: Database, find: Find, whom: Audience) -> list[int]:
    """The contacts that are meant. Raises Refused if the event is gone."""
    if whom.source == mailing_job.EVENT:
        roster = Events(database).roster(Events(database).card(whom.id).id or 0)
        return [one.contact_id for one in roster if not whom.answers or one.state in whom.answers]
    if whom.source == mailing_job.SEARCH:
        return list(find.contacts(whom.query).ids) if whom.query.strip() else []
    return list(whom.contacts)


def template_of(database: Database, job: Job) -> TemplateCard:
    """The words of a job: its own, else those of its template. Raises Refused if that is gone."""
    card = Letters(database).template(job.template) if job.template is not None else TemplateCard()
    return TemplateCard(card.id, card.uid, card.name, job.texts, card.purpose) if job.texts else card


def plan(
    database: Database, find: Find, job: Job, today: dt.date | None = None, progress: Progress | None = None
) -> MailingPlan:
    """Every letter and e-mail of a job as it would be now. Raises Refused (something chosen is gone) and Cancelled."""
    progress = progress or Progress()
    progress.begin(say("Reading the contacts …"))
    taken_out = set(job.without)
    contacts = [contact for contact in audience(database, find, job.audience) if contact not in taken_out]
    planner = _Planner(database, job, contacts, today or dt.date.today())
    progress.begin(say("Putting the letters together …"), 2 * len(contacts))
    return planner.plan(progress)


class _Planner:
    """Everything that a plan needs to know, looked up once."""

    def __init__(self, database: Database, job: Job, contacts: Sequence[int], today: dt.date) -> None:
        self._database, self._job, self._contacts, self._today = database, job, contacts, today
        self._template, self._association = template_of(database, job), Settings(database).association()
        self._event = Events(database).card(job.event) if job.event is not None else None
        self._households = Households(database).among(contacts) if job.per_household else {}
        self._own_fields = OwnFields(database).all()
        self._references = letter_references.look_up(database, self._template.texts)
        self._lacking = partial(fonts.lacking, family=self._association.font)
        purpose, consents = job.purpose or self._template.purpose, Consents(database)
        self._occasions = {
            channel: consents.occasion(contacts, purpose, job.by_hand, channel) for channel in tried(job.channels)
        }

    def plan(self, progress: Progress) -> MailingPlan:
        job, association, template = self._job, self._association, self._template
        got = _got(self._database, job, self._contacts)
        division = divide(cards.read(self._database, self._contacts), self._occasions, self._households, got, progress)
        by_email = email_parties(division.by_email, per_household=job.per_household)
        letters, looks = self._written(POST, progress.each(parties(division.by_post, self._households)))
        others, more_looks = self._written(EMAIL, progress.each(by_email))
        emails = [EmailPlan(one, email.address) for one in others if (email := one.contact.preferred_email)]
        problems = template_problems(template, self._event, self._own_fields, self._lacking, self._references)
        if emails and not is_address(association.email):
            problems.append(no_sender())
        return MailingPlan(
            letters=tuple(sorted(letters, key=lambda letter: print_order(letter.contact, association.country))),
            emails=tuple(sorted(emails, key=lambda email: in_order(Finding(email.letter.contact, "", NOTHING)))),
            nobody=tuple(sorted(division.nobody, key=in_order)),
            looks=tuple(sorted([*looks, *more_looks], key=in_order)),
            problems=tuple(problems),
            purpose=next(iter(self._occasions.values())).purpose,
            template=template,
            association=association,
            event=self._event,
            written_on=self._today,
        )

    def _written(self, channel: str, whom: Iterable[Party]) -> tuple[list[LetterPlan], list[Finding]]:
        """The letters that go out by a channel; whether the font has every letter matters to those on paper."""
        on_paper = channel == POST or self._job.letter_attached
        return write_letters(
            self._template,
            whom if self._template.texts else (),
            self._association,
            today=self._today,
            event=self._event,
            occasion=self._occasions.get(channel, Occasion(channel=channel)),
            own_fields=self._own_fields,
            lacking=self._lacking if on_paper else lambda text: "",
            fits=partial(documents.address_fits, association=self._association),
            references=self._references,
        )


def _got(database: Database, job: Job, contacts: Sequence[int]) -> dict[int, Message]:
    """Who of the contacts has got it already, where that keeps somebody from getting it again."""
    if not job.not_again and not job.not_twice:
        return {}
    chosen = set(contacts)
    marks = ", ".join("?" * len(job.not_again))
    rows = database.rows(
        "SELECT contact_id, made_at FROM letter JOIN mailing ON mailing.id = mailing_id "
        f"WHERE mailing_id IN ({marks}) OR (? AND template_id = ? AND event_id IS ?) ORDER BY made_at",
        (*job.not_again, job.not_twice, job.template, job.event),
    )
    return {
        contact: say("Got it on {day}", day=dt.date.fromisoformat(made_at[:10]))
        for contact, made_at in rows
        if contact in chosen
    }
