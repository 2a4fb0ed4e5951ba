"""A list as it goes on paper: the columns that one sees, with the words that stand in them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class PrintedColumn:
    """One column: its head, and how wide it is beside the others."""

    head: str
    width: int
    right: bool = False
    """Numbers stand right."""


@dataclass(frozen=True, slots=True)
class PrintedRow:
    """One line of the list; of the head of a group there is only one cell."""

    cells: Sequence[str]
    group: bool = False


@dataclass(frozen=True, slots=True)
class PrintedList:
    """All of it, in the reader's language."""

    title: str
    below: str
    """What it is a list of, such as what was searched for."""
    columns: Sequence[PrintedColumn]
    rows: Sequence[PrintedRow]
    language: str
