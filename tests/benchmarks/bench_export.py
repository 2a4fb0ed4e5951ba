"""Forty thousand contacts handed out: how long somebody waits who cancels, and a workbook beside another writer's."""

from __future__ import annotations

import datetime as dt
import gc
import io
import tempfile
from collections import Counter
from pathlib import Path

import xlsxwriter
from tests.benchmarks.harness import Row, Watched, once

from alumnidesk.desk import Desk
from alumnidesk.formats import xlsx_write
from alumnidesk.formats.csv_presets import presets
from alumnidesk.formats.csv_write import filled
from alumnidesk.services import sample

COUNT = 40_000
TODAY = dt.date(2026, 11, 21)


def measure() -> list[Row]:
    """Cancelling at the worst moment of each kind of export, and the workbook alone."""
    with tempfile.TemporaryDirectory() as folder:
        waits = _longest_waits(Path(folder))
    return [
        *(Row(f"longest wait after “Cancel” in an export: {kind}", wait, 0.0, 0.2) for kind, wait in waits.items()),
        _workbook(),
    ]


def _workbook() -> Row:
    people = list(sample.people(COUNT // 4, 1, TODAY))
    ours = once(lambda: list(xlsx_write.write(people, {}, Counter())))
    columns, rows = filled(people, presets()["neutral"])
    cells = list(rows)

    def theirs() -> None:
        with xlsxwriter.Workbook(io.BytesIO(), {"in_memory": True}) as book:
            sheet = book.add_worksheet("Contacts")
            for number, row in enumerate([[heading for heading, _ in columns], *cells]):
                for column, text in enumerate(row):
                    if text:
                        sheet.write_string(number, column, text)

    return Row(f"{COUNT // 4:,} cards as a workbook", ours, once(theirs), 1.0, against="XlsxWriter, cells at hand")


def _longest_waits(folder: Path) -> dict[str, float]:
    desk = Desk.create(folder / "people.alumnidesk")
    desk.sample.fill(COUNT, seed=1, today=TODAY)
    everybody = list(desk.find.contacts().ids)
    waits = {}
    for kind in ("xlsx", "vcard4", "mailing"):
        gc.collect()
        progress = Watched()
        desk.exporting.write(folder / f"out.{kind}", kind, everybody, progress=progress)
        waits[kind] = progress.longest
    desk.close(backup=False)
    return waits
