"""Real files of other programs, through the program and out again: all come in, and nothing is lost."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest
from tests.exchange import cards, tables
from tests.exchange import corpus as measured

from alumnidesk.domain.records import as_card
from alumnidesk.formats import csv, vcard


@pytest.mark.parametrize("kind", measured.FORMATS)
def test_every_property_of_every_card_is_written_and_read_again(corpus: Path, kind: str) -> None:
    for path in measured.files(corpus):
        data = path.read_bytes()
        records = vcard.read(data).records
        lines = {record.line for record in records}
        said = measured.said_by(card for card in cards.read(data) if card.line in lines)
        left_out: Counter[str] = Counter()
        if kind == "csv":
            written = b"".join(csv.write([as_card(record) for record in records], "neutral", left_out))
            left_out["photo"] += sum(bool(record.photo) for record in records)
        else:
            version = {"vcard3": "3.0", "vcard4": "4.0"}[kind]
            written = "".join(vcard.write(as_card(record), version, record.photo) for record in records).encode()
            assert not said - measured.said_by(cards.read(written)), path
        missing = said - measured.said_again(written, kind)
        assert missing.total() <= left_out["photo"] + left_out["picture"], (path, missing)


def test_every_word_of_every_table_is_in_what_goes_out_again_or_in_a_problem(corpus: Path, tmp_path: Path) -> None:
    figures = tables.measure(corpus, tmp_path)
    assert figures.raised == []
    assert figures.lost == []
    assert figures.words > 800


@pytest.mark.slow
def test_nothing_is_lost_in_the_data_file_and_every_card_comes_in_or_is_named(corpus: Path, tmp_path: Path) -> None:
    figures = measured.measure(corpus, tmp_path, every=4)  # all of them: python3 dev.py bench corpus
    assert figures.raised == []
    assert figures.hung == []
    assert figures.unreported == []
    assert figures.read_by_vobject == []
    assert figures.read_by_ical_js == []
    assert figures.lost == {kind: [] for kind in measured.FORMATS}
    assert figures.cards == figures.came_in + len(figures.refused)
    assert figures.came_in > 60
    assert figures.properties > 600
