"""2,000 planted duplicates among 40,000 contacts: how many are found, how many that are called sure are none."""

from __future__ import annotations

import datetime as dt
import statistics
import sys
import tempfile
import time
from collections import Counter
from dataclasses import replace
from pathlib import Path

from tests.benchmarks.harness import Row, once, percentile
from tests.benchmarks.planting import KINDS, LOOKALIKES, Planted, plant, twins_of_the_sample

from alumnidesk.desk import Desk
from alumnidesk.domain.duplicates import Suspect
from alumnidesk.i18n import say
from alumnidesk.services import cards, sample

CONTACTS, DUPLICATES, LOOKALIKE = 40_000, 2_000, 400
TODAY = dt.date(2026, 11, 21)
SEED = 1


def measure() -> list[Row]:
    count = CONTACTS - DUPLICATES - LOOKALIKE
    planted = plant(list(sample.people(count, SEED, TODAY)), DUPLICATES, LOOKALIKE, SEED)
    with tempfile.TemporaryDirectory() as name:
        desk = Desk.create_sample(Path(name) / "a.alumnidesk", count, seed=SEED, today=TODAY)
        with desk._database.writing(say("Sample data")) as transaction:
            cards.insert(transaction, [each.card for each in planted])
        found: list[Suspect] = []
        seconds = once(lambda: found.extend(desk.duplicates.suspects()))
        numbers = dict(desk._database.rows("SELECT uid, id FROM contact"))
        answered = _answers(desk, found)
        desk.close(backup=False)
    twins = twins_of_the_sample(count, SEED, TODAY)
    return _rows(found, planted, twins, numbers, seconds, answered)


def _rows(
    found: list[Suspect],
    planted: list[Planted],
    twins: list[tuple[str, str]],
    numbers: dict[str, int],
    seconds: float,
    answered: list[float],
) -> list[Row]:
    people = _people([*twins, *((each.of, each.card.uid) for each in planted if each.same)], numbers)
    by_pair = {(pair.first, pair.second): pair for pair in found}
    hits = {each.card.uid: by_pair.get(_pair(numbers, each.of, each.card.uid)) for each in planted}
    sure = [pair for pair in found if pair.sure]
    wrong = [pair for pair in sure if people.get(pair.first, -1) != people.get(pair.second, -2)]
    missed = [each for each in planted if each.same and hits[each.card.uid] is None]
    _tell(planted, hits, found, len(wrong), people)
    return [
        Row(f"{CONTACTS:,} contacts searched for duplicates", seconds, 0.0, 30.0),
        Row(f"missed of {DUPLICATES:,} planted duplicates", 100 * len(missed) / DUPLICATES, 0.0, 5.0, unit="%"),
        Row(f"wrong of {len(sure):,} that are called sure", 100 * len(wrong) / len(sure), 0.0, 10.0, unit="%"),
        Row("who a new card may be, 95th percentile", 1000 * percentile(answered, 0.95), 0.0, 20.0, unit="ms"),
    ]


def _people(same: list[tuple[str, str]], numbers: dict[str, int]) -> dict[int, int]:
    """Which contacts are one person: the lowest id of each."""
    found: dict[int, int] = {}
    for one, other in same:
        here, there = (found.get(numbers[uid], numbers[uid]) for uid in (one, other))
        for number in (numbers[one], numbers[other], *(n for n, person in found.items() if person in (here, there))):
            found[number] = min(here, there)
    return found


def _pair(numbers: dict[str, int], one: str, other: str) -> tuple[int, int]:
    here, there = numbers[one], numbers[other]
    return (here, there) if here < there else (there, here)


def _answers(desk: Desk, found: list[Suspect]) -> list[float]:
    """The seconds in which a card that is being entered is answered."""
    seconds = []
    for pair in found[:400:2]:
        card = replace(desk.contacts.card(pair.second), id=None)
        begin = time.perf_counter()
        desk.duplicates.likely(card)
        seconds.append(time.perf_counter() - begin)
    return seconds


def _tell(
    planted: list[Planted],
    hits: dict[str, Suspect | None],
    found: list[Suspect],
    wrong: int,
    people: dict[int, int],
) -> None:
    """By kind, on stderr: a bar says little about what is found and what is not."""
    count = Counter(each.kind for each in planted)
    for kind in (*KINDS, *LOOKALIKES):
        of_kind = [hit for each in planted if each.kind == kind and (hit := hits[each.card.uid])]
        certain = sum(hit.sure for hit in of_kind)
        print(f"      {kind:<24} {count[kind]:>5}   suspected {len(of_kind):>5}   sure {certain:>5}", file=sys.stderr)
    right = sum(people.get(pair.first, -1) == people.get(pair.second, -2) for pair in found)
    scores = statistics.mean(pair.score for pair in found)
    print(
        f"      {len(found)} suspects, {right} of them right, mean score {scores:.0f}; {wrong} sure and wrong",
        file=sys.stderr,
    )
