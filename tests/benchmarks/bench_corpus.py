"""Real files of other programs, in and out again: how many cards and properties, and that none is lost.

The files are where ALUMNIDESK_CORPUS points to; without it there is nothing to measure.
"""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

from tests.benchmarks.harness import Row
from tests.exchange import corpus, others, tables


def measure() -> list[Row]:
    """Counts; each of something that must not be."""
    folder = os.environ.get("ALUMNIDESK_CORPUS")
    if not folder:
        print("ALUMNIDESK_CORPUS names no folder, so no real files were read.")
        return []
    with tempfile.TemporaryDirectory() as scratch:
        figures = corpus.measure(Path(folder), Path(scratch))
        lists = tables.measure(Path(folder), Path(scratch))
    print(f"{figures.files:,} files, {figures.cards:,} cards, {figures.properties:,} properties of those that came in.")
    print(f"{figures.came_in:,} cards came in; {len(figures.refused)} were named with their line as saying nothing.")
    for kind, count in figures.left_out.items():
        if count:
            print(f"{kind}: {count} pictures have no place in it, and the export says so.")
    print(f"{lists.files:,} tables and LDIF files with {lists.words:,} words.")
    rows = [
        _count("cards neither taken nor named", figures.unreported),
        _count("cards that vobject reads and we do not", figures.read_by_vobject),
        _count("exceptions", [*figures.raised, *lists.raised]),
        _count(f"files that took more than {corpus.PATIENCE:g} s", figures.hung),
        *(_count(f"properties lost through {kind}", lost) for kind, lost in figures.lost.items()),
        _count("words of tables lost", lists.lost),
    ]
    if others.has_ical_js():
        rows.insert(2, _count("cards that ical.js reads and we do not", figures.read_by_ical_js))
    else:
        print("ical.js is not here, so it was not asked; “python3 dev.py interop” brings it.")
    return rows


def _count(name: str, found: list[str]) -> Row:
    for one in found:
        print(f"      {name}: {one}")
    return Row(name, len(found), 0, 0, unit="")
