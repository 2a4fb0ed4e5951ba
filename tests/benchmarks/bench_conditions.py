"""Fields by name, groups and close spellings among 40,000 contacts, in milliseconds without the window."""

from __future__ import annotations

import tempfile
from functools import partial
from pathlib import Path

from tests.benchmarks.harness import Row, seconds

from alumnidesk.desk import Desk

CONTACTS = 40_000
QUICK = (
    "anna -kiel", "kiel OR flensburg", '"anna müller"', "ort:hamburg", "jahrgang:1998..2003", "schlagwort:mentor",
    "e-mail:keine", "geboren:1975..1980", "verstorben:ja", "vorname:anna", "telefon:0461", "dabei:sommer",
    "-gehört:2025..", "ort:kiel schlagwort:mentor -e-mail:keine",
)  # fmt: skip
"""What people ask day by day."""
WIDE = ("ist:mitglied", "erreichbar:post", "sprache:de", "geändert:2020..")
"""What must go through a whole table, or is nearly everybody."""
MISSPELLED = ("Meier kiel", "hambrug", "Flensbrug müler", "kristine")


def measure() -> list[Row]:
    with tempfile.TemporaryDirectory() as name:
        desk = Desk.create_sample(Path(name) / "a.alumnidesk", CONTACTS)
        try:
            return _rows(desk)
        finally:
            desk.close(backup=False)


def _rows(desk: Desk) -> list[Row]:
    slowest = max(QUICK, key=lambda query: _milliseconds(desk, query))
    widest = max(WIDE, key=lambda query: _milliseconds(desk, query))
    spelling = [1000 * seconds(partial(desk.find.close_spellings, query)) for query in MISSPELLED]
    return [
        Row(f"slowest daily search: {slowest}", _milliseconds(desk, slowest), 0, 25, "ms"),
        Row(f"slowest wide search: {widest}", _milliseconds(desk, widest), 0, 400, "ms"),
        Row("close spellings, the slowest of four", max(spelling), 0, 50, "ms"),
    ]


def _milliseconds(desk: Desk, query: str) -> float:
    return 1000 * seconds(lambda: desk.find.contacts(query))
