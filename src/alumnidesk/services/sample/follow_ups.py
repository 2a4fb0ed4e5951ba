"""What invented people are to be called about, and from whom a letter came back."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass

from alumnidesk.domain.cards import PERSON, ContactCard
from alumnidesk.domain.notes import CALL, MESSAGE, VISIT
from alumnidesk.services.sample.dice import Dice
from alumnidesk.services.sample.events import STORY
from alumnidesk.services.sample.people import people

_PLANNED: tuple[tuple[str, int, int], ...] = ((CALL, 9, -2), (MESSAGE, 6, 0), (VISIT, 4, 5), (CALL, 2, 24))
"""Kind, noted so many days ago, due so many days from now."""
_TEXTS: Mapping[str, tuple[str, ...]] = {
    "de": (
        "Fragt, ob sie im Frühjahr einen Vortrag halten kann; Termin zusagen",
        "Schickt die Fotos vom Sommerfest, danach bedanken",
        "Möchte das Haus wieder einmal sehen, Besuch verabreden",
        "Wegen der Praktikumsplätze noch einmal anrufen",
    ),
    "en": (
        "Offers a talk in spring; confirm a date",
        "Sends the pictures of the summer party; say thank you",
        "Would like to see the house again; agree on a day",
        "Ask again about the placements",
    ),
    "sv": (
        "Kan hålla ett föredrag i vår; bekräfta datum",
        "Skickar bilderna från sommarfesten; tacka",
        "Vill se huset igen; bestäm en dag",
        "Ring igen om praktikplatserna",
    ),
}
_CAME_BACK = dt.timedelta(days=11)


@dataclass(frozen=True, slots=True)
class SampleFollowUp:
    """One follow-up with the person at a place in the sample."""

    index: int
    kind: str
    text: str
    noted_at: str
    """ISO date and time, UTC."""
    due_on: str


@dataclass(frozen=True, slots=True)
class SampleReturn:
    """A letter to the person at a place in the sample came back."""

    index: int
    since: str
    """ISO date."""
    noted_at: str
    due_on: str


def follow_ups(n: int, seed: int, today: dt.date, language: str = "de") -> list[SampleFollowUp]:
    """What is to be done about people, the oldest first."""
    dice, chosen = Dice(seed, "follow-ups"), _people(n, seed, today, language)
    if not chosen:
        return []
    return [
        SampleFollowUp(
            dice.pick(chosen)[0],
            kind,
            text,
            f"{(today - dt.timedelta(days=ago)).isoformat()}T10:15:00Z",
            (today + dt.timedelta(days=due)).isoformat(),
        )
        for (kind, ago, due), text in zip(_PLANNED, _TEXTS[language], strict=True)
    ]


def returned(n: int, seed: int, today: dt.date, language: str = "de") -> SampleReturn | None:
    """The letter that came back: to somebody with one address, whose classmates may know more."""
    dice = Dice(seed, "returned")
    chosen = [index for index, card in _people(n, seed, today, language) if len(card.addresses) == 1]
    if not chosen:
        return None
    day = today - _CAME_BACK
    return SampleReturn(
        dice.pick(chosen), day.isoformat(), f"{day.isoformat()}T09:40:00Z", (day + dt.timedelta(days=14)).isoformat()
    )


def _people(n: int, seed: int, today: dt.date, language: str) -> list[tuple[int, ContactCard]]:
    """Those of the story who are alive, can be written to and have a cohort."""
    return [
        (index, card)
        for index, card in enumerate(people(min(n, STORY), seed, today, language))
        if card.kind == PERSON and not card.deceased and not card.no_post and card.addresses and card.affiliations
    ]
