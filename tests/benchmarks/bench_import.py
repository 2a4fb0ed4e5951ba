"""Forty thousand CSV rows into the register: read, compared, written, with index and history, against bare SQLite."""

from __future__ import annotations

import datetime as dt
import statistics
import tempfile
from pathlib import Path

from tests.benchmarks.harness import Row, Watched, once

from alumnidesk.desk import Desk
from alumnidesk.formats import csv
from alumnidesk.services import sample
from alumnidesk.storage import indexing
from alumnidesk.storage.connection import connect
from alumnidesk.storage.database import Database

ROWS = 40_000
ROUNDS = 3
TODAY = dt.date(2026, 11, 21)


def measure() -> list[Row]:
    """The median of some rounds, in each of which ours and the floor take turns."""
    with tempfile.TemporaryDirectory() as name:
        source = Path(name) / "people.csv"
        source.write_bytes(b"".join(csv.write(list(sample.people(ROWS, 1, TODAY)), "google")))
        rounds = []
        for number in range(ROUNDS):
            folder = Path(name) / f"{number}"
            folder.mkdir()
            ours = _ours(folder / "ours.alumnidesk", source)
            rounds.append((*ours, _floor(folder / "ours.alumnidesk", folder / "floor.alumnidesk")))
        first, again, undone, floor = (statistics.median(figures) for figures in zip(*rounds, strict=True))
        return [
            Row(f"import of {ROWS:,} CSV rows", first, floor, 3.0, against="bare SQLite writing the same rows"),
            Row("the same file again: nothing changes", again, floor, 3.0, against="bare SQLite writing the same rows"),
            Row("undo of the import", undone, first, 1.5, against="the import"),
            Row(
                "longest wait after “Cancel” in an import",
                _longest_wait(Path(name) / "wait.alumnidesk", source),
                0.0,
                0.2,
            ),
        ]


def _ours(path: Path, source: Path) -> tuple[float, float, float]:
    desk = Desk.create(path)
    desk.prepare()
    _ = desk.importing
    first = once(lambda: desk.importing.carry_out(desk.importing.preview(source)))
    again = once(lambda: desk.importing.carry_out(desk.importing.preview(source)))
    undone = once(desk.history.undo)
    desk.history.redo()
    desk.close(backup=False)
    return first, again, undone


def _floor(ours: Path, path: Path) -> float:
    """Bare SQLite with our settings writing the rows that the import has left, index entries included."""
    Desk.create(path).close(backup=False)
    database = Database.open(ours)
    tables = {}
    for table in (
        "contact", "email", "phone", "address", "link", "foreign_property", "tag", "contact_tag", "unit",
        "affiliation", "contact_line", "changeset", "change",
    ):  # fmt: skip
        tables[table] = database.rows(f'SELECT * FROM "{table}"')
    entries = []
    ids = [number for (number,) in database.rows("SELECT id FROM contact")]
    for start in range(0, len(ids), 1000):
        entries += [entry for _, entry in indexing._read(database.connection, ids[start : start + 1000])]
    database.close()
    connection = connect(path)
    for table in ("change", "changeset"):
        connection.execute(f'DELETE FROM "{table}"')

    def write() -> None:
        connection.execute("BEGIN IMMEDIATE")
        for table, rows in tables.items():
            if rows:
                connection.executemany(f'INSERT INTO "{table}" VALUES ({", ".join("?" * len(rows[0]))})', rows)
        connection.executemany(
            "INSERT INTO contact_search (rowid, name, town, email, phone, other) VALUES (?, ?, ?, ?, ?, ?)", entries
        )
        connection.execute("COMMIT")

    seconds = once(write)
    connection.close()
    return seconds


def _longest_wait(path: Path, source: Path) -> float:
    """The longest that somebody waits who cancels at the worst moment."""
    desk = Desk.create(path)
    topic = desk.importing
    reading = Watched()
    preview = topic.preview(source, progress=reading)
    writing = Watched()
    topic.carry_out(preview, progress=writing)
    desk.close(backup=False)
    return max(reading.longest, writing.longest)
