"""Real cards of other programs as states: they say what we say, and only what is changed in them changes."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from alumnidesk.domain.records import Problem, as_card
from alumnidesk.domain.sync import Content, Slot, merge
from alumnidesk.formats import vcard, vcard_lines
from alumnidesk.formats.vcard_lines import RawCard
from alumnidesk.formats.vcard_states import CardText, card_text, replaced

NEW = Slot("X-NEW", "1")


def cards(corpus: Path) -> Iterator[CardText]:
    for path in sorted((corpus / "contacts").rglob("*.vcf")):
        for raw in vcard_lines.cards(path.read_bytes()):
            if isinstance(raw, RawCard):
                card = card_text(b"BEGIN:VCARD" + raw.block + b"END:VCARD\n")
                assert isinstance(card, CardText), path
                yield card


def test_a_value_comes_and_goes_and_every_other_byte_stays(corpus: Path) -> None:
    for card in cards(corpus):
        changed = replaced(card, {NEW: Content("X-NEW:1", ("X-NEW:1",))})
        assert changed.state == {**card.state, NEW: Content("X-NEW:1")}
        assert replaced(changed, {NEW: None}).text == card.text


def test_a_first_sync_takes_nothing_from_a_card_that_came_in_and_asks_nothing(corpus: Path) -> None:
    count = 0
    for card in cards(corpus):
        record = next(iter(vcard.each(card.text)))
        if isinstance(record, Problem):
            continue
        ours = card_text(vcard.write(as_card(record), "4.0" if card.version == "4.0" else "3.0", record.photo).encode())
        assert isinstance(ours, CardText)
        merged = merge(ours.state, card.state, {}, {})
        assert not merged.ours
        assert not merged.conflicts
        assert {slot.name for slot in merged.theirs} <= {"FN", "N", "KIND"}
        count += 1
    assert count > 300
