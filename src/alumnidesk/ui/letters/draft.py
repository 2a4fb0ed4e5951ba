"""A mailing while it is being made: to whom, which letter, about what. In no data file until it goes out."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, fields, replace
from typing import TYPE_CHECKING, Any

from alumnidesk.domain.cards import COMING, INVITED, EventCard, Participation, TemplateCard
from alumnidesk.domain.consent import POST, Purpose
from alumnidesk.domain.letters import EnvelopeWindow, LetterPlan, RunPlan
from alumnidesk.domain.lines import EventLine
from alumnidesk.i18n import Message
from alumnidesk.progress import Progress
from alumnidesk.ui.words import tr

if TYPE_CHECKING:
    from alumnidesk.desk import Desk

EVENT, SEARCH, CHOSEN = "event", "search", "chosen"
"""Where the recipients come from: the list of an event, a search, or contacts chosen on another page."""


@dataclass(slots=True)
class Draft:
    """What was chosen so far."""

    source: str = EVENT
    event: int | None = None
    """What the letter is about; with the source `EVENT` also whose list gets it."""
    states: set[str] = field(default_factory=lambda: {COMING, INVITED})
    query: str = ""
    chosen: Sequence[int] = ()
    purpose: str = ""
    """Key of what it is for, which decides who may be written to; empty: what the letter is for."""
    by_hand: set[int] = field(default_factory=set)
    """Whom a person has knowingly put in all the same."""
    per_household: bool = True
    """Who lives together gets one letter."""
    template: TemplateCard | None = None
    title: str = ""
    """Empty: named after letter and event."""

    def copy(self) -> Draft:
        """As it is now, for the owner thread; the window may go on choosing meanwhile."""
        return replace(self, states=set(self.states), by_hand=set(self.by_hand))

    def stored(self) -> dict[str, Any]:
        """As plain JSON values; of the letter only which one it is."""
        values = {one.name: getattr(self, one.name) for one in fields(self)}
        template = self.template.id if self.template is not None else None
        sets = {"states": sorted(self.states), "by_hand": sorted(self.by_hand)}
        return values | sets | {"chosen": list(self.chosen), "template": template}

    @classmethod
    def restored(cls, stored: Mapping[str, Any]) -> Draft:
        """The reverse of `stored`; `offers` finds the letter again."""
        template = TemplateCard(id=stored["template"])
        states, by_hand = set(stored["states"]), set(stored["by_hand"])
        return replace(cls(**stored), template=template, states=states, by_hand=by_hand)


@dataclass(frozen=True, slots=True)
class Offers:
    """What one can choose from."""

    events: Sequence[EventLine]
    people: Sequence[Participation]
    """On the list of the draft's event."""
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
    """The whole run, ready to be looked at."""

    plan: RunPlan
    window: EnvelopeWindow
    by_hand: Collection[int] = ()
    """Who was put in all the same."""


def take_over(desk: Desk, contacts: Sequence[int], event: int | None) -> Draft:
    """Begin with contacts from another page; if they are all who gave certain answers, those answers stay a choice."""
    if event is None:
        return Draft(CHOSEN, chosen=tuple(contacts))
    wanted, people = set(contacts), desk.events.roster(event)
    states = {person.state for person in people if person.contact_id in wanted}
    if wanted == {person.contact_id for person in people if person.state in states}:
        return Draft(EVENT, event, states or {COMING, INVITED}, chosen=tuple(contacts))
    return Draft(CHOSEN, event, chosen=tuple(contacts))


def recipients(desk: Desk, draft: Draft) -> Sequence[int]:
    """Who gets the letter, by name."""
    if draft.source == CHOSEN:
        return tuple(draft.chosen)
    if draft.source == SEARCH:
        return desk.find.contacts(draft.query).ids if draft.query.strip() else ()
    if draft.event is None:
        return ()
    return [person.contact_id for person in desk.events.roster(draft.event) if person.state in draft.states]


def offers(desk: Desk, draft: Draft) -> Offers:
    """What there is to choose from; for an event or a letter that has gone meanwhile there is another."""
    events = desk.events.lines()
    event = draft.event if draft.event in {line.id for line in events} else None
    if event is None and draft.source == EVENT and events:
        event = events[0].id
    templates = desk.letters.templates()
    wanted = draft.template.id if draft.template is not None else None
    template = next((card for card in templates if card.id == wanted), templates[0] if templates else None)
    people = desk.events.roster(event) if event is not None else ()
    about = desk.events.card(event) if event is not None else None
    found = recipients(desk, replace(draft, event=event))
    purpose = draft.purpose or (template.purpose if template is not None else "")
    purposes = [one for one in desk.purposes.all() if POST in one.used or one.key == purpose]
    missing = desk.find.contacts(draft.query).missing if draft.source == SEARCH and draft.query.strip() else ()
    together = desk.households.several_among(found)
    return Offers(events, people, found, missing, together, purposes, purpose, templates, template, about)


def check(desk: Desk, draft: Draft, language: str, progress: Progress) -> Checked:
    """Plan every letter, and say what is worth a look."""
    template = draft.template or TemplateCard()
    plan = desk.letters.plan(
        template,
        recipients(desk, draft),
        event=draft.event,
        purpose=draft.purpose,
        by_hand=draft.by_hand,
        per_household=draft.per_household,
        progress=progress,
    )
    return Checked(plan, desk.letters.window(language), draft.by_hand)


@dataclass(frozen=True, slots=True)
class Counts:
    """The numbers of a run."""

    letters: int
    left_out: int
    languages: Sequence[tuple[str, int]]
    """Each language, such as “in German”, and how many letters are written in it."""


def counts(plan: RunPlan) -> Counts:
    """Count the letters, who is left out, and the languages."""
    by_language: dict[str, int] = {}
    for letter in plan.letters:
        by_language[letter.language] = by_language.get(letter.language, 0) + 1
    out = len({finding.contact.id for finding in plan.findings if finding.severity == "left_out"})
    said = {"de": tr("in German"), "en": tr("in English"), "sv": tr("in Swedish")}
    named = [(said.get(code, code), n) for code, n in by_language.items()]
    return Counts(len(plan.letters), out, sorted(named, key=lambda pair: -pair[1]))


def letters_of(plan: RunPlan) -> dict[int, LetterPlan]:
    """The letters by their contact."""
    return {letter.contact.id: letter for letter in plan.letters if letter.contact.id is not None}
