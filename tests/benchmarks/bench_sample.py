"""The invented association: making contacts against making equally large cards of nothing new."""

from __future__ import annotations

import dataclasses
import datetime as dt
from collections import deque

from tests.benchmarks.harness import Row, seconds

from alumnidesk.domain.cards import Address, Affiliation, ContactCard, Email, Phone
from alumnidesk.services import sample

COUNT = 10_000
TODAY = dt.date(2026, 11, 21)


def measure() -> list[Row]:
    """Contacts as a stream; the floor builds the same card with its parts over and over."""
    values = [
        {field.name: getattr(card, field.name) for field in dataclasses.fields(ContactCard)}
        for card in sample.people(500, 1, TODAY)
    ]

    def floor() -> None:
        for number in range(COUNT):
            ContactCard(**values[number % 500])
            Email("a", "home", True)
            Phone("1", "home")
            Address(street="a", postcode="1", town="b", label="home")
            Affiliation("a", "b", "c", None, 1998)

    ours = seconds(lambda: deque(sample.people(COUNT, 1, TODAY), 0), 3)
    return [Row(f"{COUNT:,} invented contacts", ours, seconds(floor, 3), 7.0, against="building bare cards")]
