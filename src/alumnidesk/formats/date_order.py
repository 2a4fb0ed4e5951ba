"""Which number of ``3/4/1975`` is the month, where a program's table tells more than the cell."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import replace

from alumnidesk.domain import dates
from alumnidesk.domain.dates import Order
from alumnidesk.domain.fields import FIELDS, Kind
from alumnidesk.formats.csv_dialect import Table
from alumnidesk.formats.csv_presets import presets
from alumnidesk.formats.mapping import ColumnMapping
from alumnidesk.i18n import Message, say

_LOOKED_AT = 5_000
"""Rows among which one looks for an example."""
_DATES = frozenset(field.key for field in FIELDS if field.kind is Kind.DATE)


def month_first(table: Table, mapping: ColumnMapping) -> bool | None:
    """Whether the month comes first in dates that could be read in two ways; None where that is not known.

    Dates of the same table that can be read in one way only decide; without any, the usual order of the program does.
    """
    preset = presets().get(mapping.preset)
    if preset is None or not preset.month_first:
        return None
    certain = {dates.order(cell) for cell in _cells(table, mapping) if dates.read(cell)} - {None}
    return None if len(certain) == 2 else certain != {Order.DAY_FIRST}


def example(table: Table, mapping: ColumnMapping) -> str:
    """A date of the table that could be read in two ways, for whoever is asked which; empty if there is none."""
    looked_at = replace(table, rows=table.rows[:_LOOKED_AT])
    return next((cell for cell in _cells(looked_at, mapping) if dates.order(cell) is Order.EITHER), "")


def remark(table: Table, mapping: ColumnMapping) -> Message | None:
    """What one should know about the dates of a table before it is imported."""
    first = month_first(table, mapping)
    if first is None:
        return None
    example = next((cell for cell in _cells(table, mapping) if dates.order(cell) is Order.EITHER), None)
    if example is None:
        return None
    day = dt.date(*dates.split(dates.read(example, month_first=first)))
    return say("{text} is read as {day}, and all dates of this list in the same order.", text=example, day=day)


def _cells(table: Table, mapping: ColumnMapping) -> Iterator[str]:
    columns = [index for index, slot in enumerate(mapping.columns) if slot in _DATES]
    return (cells[index] for _, cells in table.rows for index in columns if index < len(cells))
