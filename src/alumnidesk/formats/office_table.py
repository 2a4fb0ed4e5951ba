"""A table of texts for office programs, as the name of its file asks for it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from alumnidesk.formats import csv_table, workbook


def write(name: str, sheet: str, headings: Sequence[str], rows: Iterable[Sequence[str]]) -> Iterator[bytes]:
    """The file in pieces: a workbook with one `sheet` if its `name` ends so (``.xlsx``), else CSV."""
    if name.casefold().endswith(".xlsx"):
        return workbook.write(sheet, headings, rows)
    return csv_table.write(headings, rows)
