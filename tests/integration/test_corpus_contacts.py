"""Real contact files of other programs, where there are some: all come in, and nothing of them gets lost."""

from __future__ import annotations

import re
import time
from collections import Counter
from pathlib import Path

import pytest

from alumnidesk.domain.cards import PERSON, ContactCard
from alumnidesk.domain.records import ContactRecord, Reading, as_card
from alumnidesk.errors import BadFile
from alumnidesk.formats import csv, vcard, vcard_lines
from alumnidesk.formats.detect import detect


def files(corpus: Path, *endings: str) -> list[Path]:
    folder = corpus / "contacts"
    found = sorted(path for path in folder.rglob("*") if path.suffix.casefold() in endings)
    assert found, f"no {endings} below {folder}"
    return found


def read_csv(data: bytes) -> tuple[csv.Table, Reading]:
    table = csv.table(data, csv.sniff(data))
    return table, csv.read(table, csv.guess_mapping(table.header))


def test_every_vcard_file_comes_in_and_the_counters_balance(corpus: Path) -> None:
    cards = 0
    for path in files(corpus, ".vcf", ".vcard"):
        data, began = path.read_bytes(), time.perf_counter()
        reading = vcard.read(data)
        assert time.perf_counter() - began < 5, path
        seen = sum(not isinstance(card, vcard_lines.Problem) for card in vcard_lines.cards(data))
        refused = sum(problem.severe for problem in reading.problems)
        assert seen == len(reading.records) + refused, path
        assert all(problem.line > 0 for problem in reading.problems), path
        cards += seen
    assert cards > 300


def test_few_real_cards_are_refused_and_each_refused_one_is_empty(corpus: Path) -> None:
    for path in files(corpus, ".vcf", ".vcard"):
        for problem in vcard.read(path.read_bytes()).problems:
            if problem.severe:
                assert not re.search(r"^(N|FN|EMAIL|TEL|ADR|ORG)\b[^:]*:[; \t]*\w", problem.text, re.M | re.I), path


@pytest.mark.parametrize("version", vcard.VERSIONS)
def test_a_round_trip_through_our_own_vcard_loses_no_property(corpus: Path, version: str) -> None:
    for path in files(corpus, ".vcf", ".vcard"):
        for record in vcard.read(path.read_bytes()).records:
            again = vcard.read(vcard.write(as_card(record), version, record.photo).encode())
            assert not again.problems, path
            assert len(again.records) == 1, path
            assert not properties(record) - properties(again.records[0]), (path, record.line)


def test_a_round_trip_through_our_own_table_loses_no_property(corpus: Path) -> None:
    for path in files(corpus, ".vcf", ".vcard"):
        cards = [as_card(record) for record in vcard.read(path.read_bytes()).records]
        again = read_csv(b"".join(csv.write(cards, "neutral")))[1]
        assert not again.problems, path
        assert [said(as_card(record)) for record in again.records] == [said(card) for card in cards], path


def test_every_table_comes_in_and_the_counters_balance(corpus: Path) -> None:
    for path in files(corpus, ".csv"):
        data = path.read_bytes()
        try:
            assert detect(data, path) == "csv"
        except BadFile:
            continue
        table, reading = read_csv(data)
        refused = sum(problem.severe for problem in reading.problems) - len(table.problems)
        assert len(table.rows) == len(reading.records) + refused, path


def properties(record: ContactRecord) -> Counter[object]:
    """Every typed value and every kept line of a record."""
    parts = (
        record.emails,
        record.phones,
        record.addresses,
        record.links,
        record.affiliations,
        record.tags,
        record.foreign,
    )
    values = (item for item in record.values.items() if item != ("kind", PERSON))  # which every card is by itself
    return Counter([*values, *(part for group in parts for part in group), ("uid", record.uid)])


def said(card: ContactCard) -> list[str]:
    """What a card says, without the spaces at the ends of texts, which a table does not keep."""
    parts = (card.emails, card.phones, card.addresses, card.links, card.tags)
    return [
        " ".join(str(value).split())
        for value in (card.family_name, card.given_name, card.remark, card.birth_date, *parts)
    ]
