"""CSV: sniff a dialect, read a table, guess where its columns go, make records of its rows; and write cards.

    dialect = sniff(data)
    rows = table(data, dialect)
    mapping = guess_mapping(rows.header)
    reading = read(rows, mapping)

Each step's result can be looked at and corrected before the next.
"""

from __future__ import annotations

from alumnidesk.formats.csv_dialect import DELIMITERS, Dialect, Table, sniff, table
from alumnidesk.formats.csv_presets import EXPORTS
from alumnidesk.formats.csv_write import write
from alumnidesk.formats.date_order import example as unclear_date
from alumnidesk.formats.encodings import ENCODINGS
from alumnidesk.formats.mapping import ColumnMapping, guess_mapping, header_key
from alumnidesk.formats.rows import each, in_parts, read

__all__ = [
    "DELIMITERS",
    "ENCODINGS",
    "EXPORTS",
    "ColumnMapping",
    "Dialect",
    "Table",
    "each",
    "guess_mapping",
    "header_key",
    "in_parts",
    "read",
    "sniff",
    "table",
    "unclear_date",
    "write",
]
