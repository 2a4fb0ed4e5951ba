"""The data file: what history, index and proof cost on top of bare SQLite and of copying a file."""

from __future__ import annotations

import lzma
import os
import shutil
import tempfile
from contextlib import closing
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from tests.benchmarks.harness import Row, once, seconds
from tests.integration.storage.filled import add_contacts

from alumnidesk.i18n import say
from alumnidesk.storage import backup, content, history, upgrade
from alumnidesk.storage.connection import Connection, connect
from alumnidesk.storage.database import Database

IMPORTED = 40_000
TAKEN_BACK = 10_000
UPGRADED = 50_000
OLDEST = Path(__file__).parents[1] / "golden" / "0001.alumnidesk.xz"
TABLES = ("contact", "email", "phone", "address", "contact_line")


def measure() -> list[Row]:
    with tempfile.TemporaryDirectory() as name, pytest.MonkeyPatch.context() as patch:
        folder = Path(name)
        patch.setenv("XDG_DATA_HOME", str(folder / "data"))
        empty = folder / "empty.alumnidesk"
        upgrade.create(empty)
        return [*_importing(folder, empty), *_taking_back(folder, empty), _upgrading(folder)]


def _upgrading(folder: Path) -> Row:
    """A file of the first version, as it is opened for the first time today: copied, verified, one version after the
    other (required: `safety-and-experience`, row F16)."""
    path = folder / "old.alumnidesk"
    path.write_bytes(lzma.decompress(OLDEST.read_bytes()))
    with closing(connect(path)) as connection:
        _grow(connection, UPGRADED)
    taken = once(lambda: upgrade.bring_up_to_date(path))
    with closing(Database.open(path)) as database:
        assert database.rows("SELECT count(*) FROM contact")[0][0] > UPGRADED
    return Row(f"upgrade of {UPGRADED:,} contacts from the first version", taken, 0, 10)


def _grow(connection: Connection, count: int) -> None:
    """At least so many contacts more, each like one of those that are there, with what they have."""
    connection.execute("BEGIN IMMEDIATE")
    ((top, there),) = connection.execute("SELECT max(id), count(*) FROM contact")
    for table in TABLES:
        owner = "id" if table == "contact" else "contact_id"
        names = [name for _, name, *_ in connection.execute(f"PRAGMA table_info({table})")]
        kept = [name for name in names if name != "id" or name == owner]
        changed = {owner: f"{owner} + :step * :top", "uid": "uid || '-' || :step"}
        copied = ", ".join(changed.get(name, name) for name in kept)
        connection.executemany(
            f"INSERT INTO {table} ({', '.join(kept)}) SELECT {copied} FROM {table} WHERE {owner} <= :top",
            [{"step": step, "top": top} for step in range(1, count // there + 2)],
        )
    connection.execute("COMMIT")


def _importing(folder: Path, empty: Path) -> list[Row]:
    path = Path(shutil.copyfile(empty, folder / "ours.alumnidesk"))
    with closing(Database.open(path)) as database:
        _ = database.engine
        ours = once(lambda: _import(database, IMPORTED))
        rows = {table: database.rows(f"SELECT * FROM {table} ORDER BY 1") for table in TABLES}
        words = _words(database)
        floor = once(lambda: _bare(Path(shutil.copyfile(empty, folder / "bare.alumnidesk")), rows, words))
        reading = seconds(lambda: content.content_hash(database.connection), times=3)
        copying = seconds(lambda: _copied(path, folder / "copy"), times=3)
        made = [once(partial(_backup, database, number)) for number in range(3)]
    return [
        Row(f"{IMPORTED:,} contacts with history and index", ours, floor, 2.5, against="the same rows by bare SQLite"),
        Row("backup, verified", sorted(made)[1], copying, 5, against="file copy and fsync"),
        Row("content hash", reading, copying, 5, against="file copy and fsync"),
    ]


def _import(database: Database, count: int) -> None:
    with database.writing(say("Import")) as deed:
        add_contacts(deed, count)


def _words(database: Database) -> list[tuple[Any, ...]]:
    """Entries of the search index much like ours: a contentless index does not give them back."""
    return database.rows(
        """
        SELECT c.id, lower(given_name || ' ' || family_name), lower(postcode || ' ' || town), lower(e.address),
            replace(replace(number, '+', ''), ' ', '') || ' 0' || substr(replace(number, ' ', ''), 4), lower(street)
        FROM contact c JOIN email e ON e.contact_id = c.id JOIN phone p ON p.contact_id = c.id
            JOIN address a ON a.contact_id = c.id ORDER BY c.id
        """
    )


def _bare(path: Path, rows: dict[str, list[tuple[Any, ...]]], words: list[tuple[Any, ...]]) -> None:
    """The floor: the same rows into the same tables and indexes, with nothing noted and nothing worked out."""
    with closing(connect(path)) as connection:
        connection.execute("BEGIN IMMEDIATE")
        for table, values in rows.items():
            marks = ", ".join("?" * len(values[0]))
            connection.executemany(f"INSERT INTO {table} VALUES ({marks})", values)
        connection.executemany(
            "INSERT INTO contact_search (rowid, name, town, email, phone, other) VALUES (?, ?, ?, ?, ?, ?)", words
        )
        connection.execute("COMMIT")
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")


def _copied(path: Path, target: Path) -> None:
    shutil.copyfile(path, target)
    with target.open("rb+") as file:
        os.fsync(file.fileno())


def _backup(database: Database, number: int) -> None:
    with database.writing(say("Change")) as deed:
        deed.execute("UPDATE contact SET remark = ? WHERE id = 1", (str(number),))
    backup.make(database, "close")


def _taking_back(folder: Path, empty: Path) -> list[Row]:
    with closing(Database.open(Path(shutil.copyfile(empty, folder / "undo.alumnidesk")))) as database:
        _ = database.engine
        inserting = once(lambda: _import(database, TAKEN_BACK))
        undone, done_again = [], []
        for _ in range(2):
            step = history.next_undo(database.connection)
            assert step is not None
            undone.append(once(partial(database.revert, step.id)))
            undo = history.next_redo(database.connection)
            assert undo is not None
            done_again.append(once(partial(database.revert, undo.id)))
    return [
        Row(f"undo of {TAKEN_BACK:,} imported contacts", min(undone), inserting, 1.5, against="their import"),
        Row(f"redo of {TAKEN_BACK:,} imported contacts", min(done_again), inserting, 1.5, against="their import"),
    ]
