"""A mailing while it is being made, as the window needs it: what one can choose from, and what would go out."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from alumnidesk.domain.cards import COMING, INVITED, EventCard, Participation, TemplateCard
from alumnidesk.domain.consent import EMAIL, POST, Purpose
from alumnidesk.domain.letters import EnvelopeWindow, LetterPlan
from alumnidesk.domain.lines import EventLine, next_event
from alumnidesk.domain.mailing_plans import EmailPlan, MailingPlan
from alumnidesk.domain.mailings import CONTACTS, EVENT, SEARCH, Audience, Job
from alumnidesk.i18n import Message
from alumnidesk.progress import Progress
from alumnidesk.ui.words import language, tr, tr_n

if TYPE_CHECKING:
    from alumnidesk.desk import Desk

NOBODY = ("",)
"""Answers to an event that nobody has given: every tick was taken away."""
FIRST = Job(audience=Audience(EVENT, answers=(COMING, INVITED)))
"""What a mailing begins with: an invitation to the list of an event."""


@dataclass(frozen=True, slots=True)
class Offers:
    """What one can choose from."""

    events: Sequence[EventLine]
    people: Sequence[Participation]
    """On the list of the event."""
    recipients: Sequence[int]
    missing: Sequence[Message]
    """What the search for them names that there is not."""
    households: int
    """Of so many households several are among the recipients."""
    purposes: Sequence[Purpose]
    """What letters can be for."""
    purpose: str
    """Key of what this one is for."""
    templates: Sequence[TemplateCard]
    template: TemplateCard | None
    """The chosen one as it is now, else the first."""
    about: EventCard | None


@dataclass(frozen=True, slots=True)
class Checked:
    """The whole mailing, ready to be looked at."""

    plan: MailingPlan
    window: EnvelopeWindow
    job: Job

    @property
    def letters(self) -> dict[int, LetterPlan]:
        """The letters on paper by their contact, in print order."""
        return {letter.contact.id: letter for letter in self.plan.letters if letter.contact.id is not None}

    @property
    def emails(self) -> dict[int, EmailPlan]:
        """The e-mails by their contact."""
        return {one.letter.contact.id: one for one in self.plan.emails if one.letter.contact.id is not None}

    @property
    def ready(self) -> bool:
        """Can it go out?"""
        return bool(self.plan.letters or self.plan.emails) and not self.plan.problems


def take_over(desk: Desk, contacts: Sequence[int], event: int | None) -> Job:
    """Begin with contacts from another page; all who gave certain answers to an event are meant as those who did."""
    chosen = Audience(CONTACTS, contacts=tuple(contacts))
    if event is None:
        return Job(audience=chosen)
    wanted, people = set(contacts), desk.events.roster(event)
    states = {person.state for person in people if person.contact_id in wanted}
    if wanted == {person.contact_id for person in people if person.state in states}:
        answers = tuple(sorted(states or {COMING, INVITED}))
        return Job(audience=Audience(EVENT, id=event, answers=answers), event=event)
    return Job(audience=chosen, event=event)


def offers(desk: Desk, job: Job) -> Offers:
    """What there is to choose from; for an event or a letter that has gone meanwhile there is another."""
    events = desk.events.lines()
    event = job.event if job.event in {line.id for line in events} else None
    if event is None and job.audience.source == EVENT:
        coming = next_event(events, dt.date.today())
        event = coming.id if coming is not None else None
    templates = desk.letters.templates()
    template = next((card for card in templates if card.id == job.template), templates[0] if templates else None)
    people = desk.events.roster(event) if event is not None else ()
    about = desk.events.card(event) if event is not None else None
    found = desk.mailings.audience(about_event(job, event))
    purpose = job.purpose or (template.purpose if template is not None else "")
    purposes = [one for one in desk.purposes.all() if {POST, EMAIL} & set(one.used) or one.key == purpose]
    typed = job.audience.query if job.audience.source == SEARCH else ""
    missing = desk.find.contacts(typed).missing if typed.strip() else ()
    together = desk.households.several_among(found)
    return Offers(events, people, found, missing, together, purposes, purpose, templates, template, about)


def about_event(job: Job, event: int | None) -> Job:
    """The mailing, about this event; if its list gets it, then that of this event."""
    audience = replace(job.audience, id=event or 0) if job.audience.source == EVENT else job.audience
    return replace(job, event=event, audience=audience)


def check(desk: Desk, job: Job, progress: Progress) -> Checked:
    """Plan every letter and e-mail, and say what is worth a look."""
    return Checked(desk.mailings.plan(job, progress=progress), desk.letters.window(language().code), job)


def counted(plan: MailingPlan) -> str:
    """What goes out, in one line."""
    letters = tr_n("{n} letter", "{n} letters", len(plan.letters))
    if plan.emails:
        emails = tr_n("{n} e-mail", "{n} e-mails", len(plan.emails))
        letters = tr("{letters}, {emails}", letters=letters, emails=emails) if plan.letters else emails
    if not plan.left_out:
        return letters
    return tr("{counted}, {out} left out", counted=letters, out=len(plan.left_out))


def languages(letters: Iterable[LetterPlan]) -> Sequence[tuple[str, int]]:
    """Each language, such as “in German”, and how many of the letters are written in it."""
    by_language: dict[str, int] = {}
    for letter in letters:
        by_language[letter.language] = by_language.get(letter.language, 0) + 1
    said = {"de": tr("in German"), "en": tr("in English"), "sv": tr("in Swedish")}
    named = [(said.get(code, code), n) for code, n in by_language.items()]
    return sorted(named, key=lambda pair: -pair[1])
