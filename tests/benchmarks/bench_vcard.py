"""Address cards of forty thousand people, out and in again, beside a bare vobject doing half of the same."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

import vobject
from tests.benchmarks.harness import Row, once

from alumnidesk.formats import vcard
from alumnidesk.services import sample

COUNT = 40_000
TODAY = dt.date(2026, 11, 21)


def measure() -> list[Row]:
    """Writing against `serialize` of cards that are already there, reading against parsing to vobject's own objects."""
    people = list(sample.people(COUNT, 1, TODAY))
    written: list[bytes] = []
    writing = once(lambda: written.append(b"".join(vcard.write_all(people))))
    text = written[0].decode()
    parsed: list[vobject.base.Component] = []
    parsing = once(lambda: parsed.extend(vobject.readComponents(text)))
    serialising = once(lambda: [card.serialize() for card in parsed])
    reading = once(_read(written[0]))
    return [
        Row(f"{COUNT:,} cards read", reading, parsing, 0.4, against="vobject parsing them"),
        Row(f"{COUNT:,} cards written", writing, serialising, 0.15, against="vobject serialising them"),
    ]


def _read(data: bytes) -> Callable[[], object]:
    def read() -> None:
        assert len(vcard.read(data).records) == COUNT

    return read
