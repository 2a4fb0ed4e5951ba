"""What invented people have agreed to: on the form with which they came, and at the Alumni Week."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from alumnidesk.domain.cards import PERSON, ContactCard
from alumnidesk.domain.consent import EMAIL, NO, POST, PRINT, YES
from alumnidesk.services.sample.dice import Dice
from alumnidesk.services.sample.events import STORY
from alumnidesk.services.sample.people import people
from alumnidesk.services.sample.words import texts

_AGO = (330, 96, 27)
"""So many days ago the forms were entered; by e-mail and phone it is the last time."""


@dataclass(frozen=True, slots=True)
class SampleAnswer:
    """One answer of the person at a place in the sample."""

    index: int
    purpose: str
    channel: str
    answer: str
    on: str
    """ISO date."""
    source: str


def answers(n: int, seed: int, today: dt.date, language: str = "de") -> list[SampleAnswer]:
    """What people have answered, in the order of the sample; many were never asked."""
    dice, sources = Dice(seed, "consents"), texts(language)["consent_sources"]
    form, signed, *later = sources
    found: list[SampleAnswer] = []
    for index, card in enumerate(people(min(n, STORY), seed, today, language)):
        if card.deceased or card.kind != PERSON or not dice.chance(0.55):
            continue
        turn = 0 if dice.chance(0.7) else 1
        day = (today - dt.timedelta(days=_AGO[turn])).isoformat()
        source = (form, signed)[turn]
        found += [SampleAnswer(index, *asked, day, source) for asked in _on_paper(dice, card)]
        if dice.chance(0.06):
            day = (today - dt.timedelta(days=_AGO[2])).isoformat()
            found.append(SampleAnswer(index, "fundraising", POST, NO, day, dice.pick(later)))
    return found


def _on_paper(dice: Dice, card: ContactCard) -> list[tuple[str, str, str]]:
    """Purpose, channel and answer of everything on the form that was filled in."""
    filled = []
    if card.emails:
        filled.append(("news", EMAIL, YES if dice.chance(0.8) else NO))
    if dice.chance(0.5):
        filled.append(("directory", PRINT, YES if dice.chance(0.6) else NO))
    if dice.chance(0.4):
        filled.append(("photos", PRINT, YES if dice.chance(0.7) else NO))
    return filled
