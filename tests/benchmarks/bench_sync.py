"""Forty thousand cards in a folder brought in step for the first time, and again after ten changes."""

from __future__ import annotations

import datetime as dt
import tempfile
from dataclasses import replace
from pathlib import Path

from tests.benchmarks.harness import Row, once

from alumnidesk.desk import Desk
from alumnidesk.services.sync_plan import PartnerCard, SyncReport

CARDS = 40_000
FEW = 5
"""Changes on each side."""
TODAY = dt.date(2026, 11, 21)


def measure() -> list[Row]:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name) / "cards"
        folder.mkdir()
        desk = Desk.create_sample(Path(name) / "a.alumnidesk", CARDS, today=TODAY)
        partner = desk.syncing.add(PartnerCard(name="Cards", place=str(folder))).id or 0

        def sync() -> SyncReport:
            return desk.syncing.carry_out(desk.syncing.preview(partner))

        first = once(sync)
        nothing = once(sync)
        _change(desk, folder)
        few = once(sync)
        desk.close(backup=False)
        other = Desk.create(Path(name) / "b.alumnidesk")
        number = other.syncing.add(PartnerCard(name="Cards", place=str(folder))).id or 0
        taken = once(lambda: other.syncing.carry_out(other.syncing.preview(number)))
        again = once(lambda: other.syncing.carry_out(other.syncing.preview(number)))
        other.close(backup=False)
    against = "the first sync"
    return [
        Row(f"first sync: {CARDS:,} contacts become files", first, 0.0, 300.0),
        Row("sync when nothing has changed", nothing, first, 0.05, against=against),
        Row(f"sync with {2 * FEW} changes", few, first, 0.05, against=against),
        Row(f"first sync: {CARDS:,} files become contacts", taken, 0.0, 300.0),
        Row("sync after that when nothing has changed", again, taken, 0.05, against=against),
    ]


def _change(desk: Desk, folder: Path) -> None:
    """A few remarks here, a few notes there."""
    for card in desk.contacts.cards(desk.find.contacts().ids[:FEW]):
        desk.contacts.save(card, replace(card, remark=f"{card.remark} changed".strip()))
    for path in sorted(folder.iterdir())[:FEW]:
        path.write_bytes(path.read_bytes().replace(b"END:VCARD", b"X-CHANGED:yes\r\nEND:VCARD"))
