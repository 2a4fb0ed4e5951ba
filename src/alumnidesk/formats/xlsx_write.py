"""Cards to an Excel workbook in our own columns, which lose nothing: dates as dates, numbers as numbers, the rest text.

A cell of text is stored as text whatever it begins with, so no program takes ``=`` for a formula or a postcode for a
number. Dates are shown in the order of the computer that opens the file.
"""

from __future__ import annotations

import datetime as dt
import re
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence

from alumnidesk.domain import slots
from alumnidesk.domain.cards import ContactCard
from alumnidesk.domain.fields import Kind, single_valued
from alumnidesk.domain.own_fields import OwnKind
from alumnidesk.domain.ties import Ties
from alumnidesk.formats import workbook
from alumnidesk.formats.csv_presets import presets
from alumnidesk.formats.csv_write import NOBODY, filled
from alumnidesk.formats.workbook import FIRST_DAY, LONGEST_CELL, Cell

_DATES = frozenset(("undeliverable_since", "began", "ended"))
_YEARS = frozenset(("cohort_from", "cohort_to"))
_DAY = re.compile(r"\d{4}-\d\d-\d\d", re.ASCII)
_FIGURES = re.compile(r"-?(0|[1-9]\d{0,9})(\.\d{0,4}[1-9])?", re.ASCII)


def write(
    cards: Sequence[ContactCard],
    own: Mapping[str, OwnKind],
    left_out: Counter[str],
    ties: Mapping[int, Ties] = NOBODY,
) -> Iterator[bytes]:
    """The workbook in pieces; empty ones come while its rows are put together.

    `own` says what the association's own fields hold. `left_out` counts ``cut``: texts that are too long for a cell,
    and see `csv_write.write`.
    """
    columns, rows = filled(cards, presets()["neutral"], left_out, ties)
    values = [_VALUES[_kind(slot or "", own)] for _, slot in columns]

    def typed() -> Iterator[list[Cell]]:
        for row in rows:
            if max(map(len, row)) > LONGEST_CELL:
                left_out["cut"] += sum(len(text) > LONGEST_CELL for text in row)
            yield [value(text) if text else "" for value, text in zip(values, row, strict=True)]

    return workbook.write("Contacts", [heading for heading, _ in columns], typed())


def _text(value: str) -> Cell:
    return value[:LONGEST_CELL]


def _date(value: str) -> Cell:
    """A day; what is incomplete or before Excel's time stays text."""
    found = dt.date.fromisoformat(value) if _DAY.fullmatch(value) else dt.date.min
    return found if found >= FIRST_DAY else _text(value)


def _number(value: str) -> Cell:
    return float(value) if _FIGURES.fullmatch(value) else _text(value)


_VALUES: Mapping[OwnKind, Callable[[str], Cell]] = {
    kind: {OwnKind.DATE: _date, OwnKind.NUMBER: _number}.get(kind, _text) for kind in OwnKind
}


def _kind(slot: str, own: Mapping[str, OwnKind]) -> OwnKind:
    """What the cells of a slot hold."""
    if name := slots.own_name(slot):
        return own.get(name, OwnKind.TEXT)
    if parts := slots.part(slot):
        if parts.attribute in _YEARS:
            return OwnKind.NUMBER
        return OwnKind.DATE if parts.attribute in _DATES else OwnKind.TEXT
    return OwnKind.DATE if slot in _DATED else OwnKind.TEXT


_DATED = frozenset(field.key for field in single_valued() if field.kind is Kind.DATE)
