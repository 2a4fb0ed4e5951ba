"""Who gets a mailing by which way, and every word of it: what was chosen meets the data of the moment."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from functools import partial

from alumnidesk.documents import fonts
from alumnidesk.documents import letters as documents
from alumnidesk.documents.sender_line import sender_fits
from alumnidesk.domain.cards import TemplateCard
from alumnidesk.domain.letters import MasterLetter
from alumnidesk.domain.mailing_plans import MailingPlan, plan_mailing
from alumnidesk.domain.mailings import EVENT, SEARCH, TRIED, Audience, Job
from alumnidesk.i18n import Message, say
from alumnidesk.progress import Progress
from alumnidesk.services import cards, letter_references
from alumnidesk.services.consents import Consents
from alumnidesk.services.events import Events
from alumnidesk.services.finding import Finding
from alumnidesk.services.households import Households
from alumnidesk.services.letters import Letters
from alumnidesk.services.own_fields import OwnFields
from alumnidesk.services.settings import Settings
from alumnidesk.storage.database import Database


def audience(database: Database, find: Finding, whom: Audience) -> list[int]:
    """The contacts that are meant. Raises Refused if the event is gone."""
    if whom.source == EVENT:
        if not whom.id:
            return []
        events = Events(database)
        events.card(whom.id)  # refused if it is gone; its list would just be empty
        return [one.contact_id for one in events.roster(whom.id) if not whom.answers or one.state in whom.answers]
    if whom.source == SEARCH:
        return list(find.contacts(whom.query).ids) if whom.query.strip() else []
    return list(whom.contacts)


def template_of(database: Database, job: Job) -> TemplateCard:
    """The words of a job: its own, else those of its template. Raises Refused if that is gone."""
    card = Letters(database).template(job.template) if job.template is not None else TemplateCard()
    return TemplateCard(card.id, card.uid, card.name, job.texts, card.purpose) if job.texts else card


def plan(
    database: Database, find: Finding, job: Job, today: dt.date | None = None, progress: Progress | None = None
) -> MailingPlan:
    """Every letter and e-mail of a job as it would be now. Raises Refused (something chosen is gone) and Cancelled."""
    progress = progress or Progress()
    progress.begin(say("Reading the contacts …"))
    contacts = audience(database, find, job.audience)
    template, consents = template_of(database, job), Consents(database)
    master = _master(database, job, template, today or dt.date.today())
    purpose = job.purpose or template.purpose
    occasions = [consents.occasion(contacts, purpose, job.by_hand, channel) for channel in TRIED[job.channels]]
    households = Households(database).among(contacts) if job.per_household else {}
    got = _got(database, job, contacts)
    progress.begin(say("Putting the letters together …"), 2 * len(contacts))
    return plan_mailing(
        master,
        cards.read(database, contacts),
        occasions,
        households,
        got,
        letter_attached=job.letter_attached,
        progress=progress,
    )


def _master(database: Database, job: Job, template: TemplateCard, today: dt.date) -> MasterLetter:
    """What all its letters are written from."""
    association = Settings(database).association()
    return MasterLetter(
        template,
        association,
        today,
        event=Events(database).card(job.event) if job.event is not None else None,
        own_fields=OwnFields(database).all(),
        references=letter_references.look_up(database, template.texts),
        lacking=partial(fonts.lacking, family=association.font),
        fits=partial(documents.address_fits, association=association),
        sender_fits=sender_fits(association),
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
