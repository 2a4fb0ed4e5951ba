"""Damaged files: opening never crashes, what is damaged is found, and the way out is the newest backup."""

from __future__ import annotations

import os
import random
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import pytest
from sqlcipher3 import dbapi2 as driver

from alumnidesk.errors import AlumniDeskError, BadFile, EnvironmentFault, Refused
from alumnidesk.i18n import say
from alumnidesk.storage import backup, search, upgrade
from alumnidesk.storage.check import check
from alumnidesk.storage.connection import connect
from alumnidesk.storage.database import Database

FLIPS = int(os.environ.get("ALUMNIDESK_FLIPS", "300"))


def everything(path: Path) -> Iterator[object]:
    """All that can be read of a file by way of its tables, its indexes and its search index."""
    with closing(connect(path, read_only=True)) as connection:
        connection.execute("PRAGMA query_only=OFF")
        schema = connection.execute("SELECT type, name, tbl_name, sql FROM sqlite_schema ORDER BY 1, 2").fetchall()
        yield schema
        for kind, name, table, sql in schema:
            if kind == "table" and "VIRTUAL" not in sql:
                yield connection.execute(f'SELECT * FROM "{name}" NOT INDEXED ORDER BY rowid').fetchall()
            elif kind == "index" and sql and "WHERE" not in sql:
                columns = sql.rpartition("(")[2].rstrip(")")
                query = f'SELECT {columns}, rowid FROM "{table}" INDEXED BY "{name}" ORDER BY {columns}'
                yield connection.execute(query).fetchall()
        connection.execute("CREATE VIRTUAL TABLE temp.words USING fts5vocab('main', 'contact_search', 'instance')")
        yield connection.execute("SELECT * FROM temp.words").fetchall()
        for beginning in ("mu", "mul", "zoe", "ham"):
            yield sorted(search.matching(connection, beginning))


def readable(path: Path) -> list[object] | None:
    """The same as a list, or None if it cannot be read to its end."""
    try:
        return list(everything(path))
    except (AlumniDeskError, driver.Error, UnicodeDecodeError):
        return None


def used(path: Path) -> str:
    """What a person is told who opens the file, has it checked and changes something; empty if all is well."""
    try:
        upgrade.bring_up_to_date(path)
        with closing(Database.open(path)) as database:
            database.ask(search.in_order, "sort_name")
            database.rows("SELECT * FROM contact_line ORDER BY sort_name LIMIT 50")
            report = check(database)
            if not report.good:
                return "; ".join(map(str, report.problems)) or "the index disagrees"
            with database.writing(say("Change")) as deed:
                deed.execute("UPDATE contact SET remark = 'x' WHERE id = 5")
    except (BadFile, EnvironmentFault, Refused) as fault:
        return f"{fault.message} {fault.way_out}"
    return ""


def flipped(original: bytes, chance: random.Random) -> Iterator[bytes]:
    """The file again and again, each time with another bit wrong; bytes of zero are mostly space that nothing uses."""
    places = [place for place, byte in enumerate(original) if byte]
    for place in chance.sample(places, FLIPS):
        spoilt = bytearray(original)
        spoilt[place] ^= 1 << chance.randrange(8)
        yield bytes(spoilt)


def test_of_flipped_bits_almost_all_are_found_and_none_crashes(path: Path) -> None:
    with closing(Database.open(path)) as database:
        made = backup.make(database, "close")
    original, whole = path.read_bytes(), readable(path)
    chance = random.Random(20261134)
    found = missed = harmless = 0
    for spoilt in flipped(original, chance):
        path.write_bytes(spoilt)
        altered = readable(path) != whole
        said = used(path)
        if said:
            found += 1
        elif altered:
            missed += 1
        else:
            harmless += 1  # in space that nothing uses
        for log in path.parent.glob("*-wal"):
            log.unlink()
    assert found / (found + missed) >= 0.95, (found, missed, harmless)
    assert found > FLIPS / 2
    backup.restore(made.path, path)
    assert readable(path) == whole


def test_of_flipped_bits_in_a_backup_almost_all_are_found(path: Path) -> None:
    with closing(Database.open(path)) as database:
        made = backup.make(database, "close").path
    original, whole = made.read_bytes(), readable(made)
    chance = random.Random(20261134)
    found = missed = 0
    for spoilt in flipped(original, chance):
        made.write_bytes(spoilt)
        altered = readable(made) != whole
        try:
            backup.verify(made)
        except (BadFile, EnvironmentFault):
            found += 1
        else:
            missed += altered
    assert found / (found + missed) >= 0.95, (found, missed)


def test_a_file_cut_at_any_length_is_told_and_never_opened(path: Path) -> None:
    original = path.read_bytes()
    said = set()
    lengths = [0, 1, 15, 16, 17, 99, 100, 101, 4095, 4096, 4097, len(original) - 1]
    for length in [*lengths, *range(5000, len(original), 20_011)]:
        path.write_bytes(original[:length])
        with pytest.raises(BadFile) as refused:
            upgrade.bring_up_to_date(path)
        said.add(str(refused.value.message))
        assert path.read_bytes() == original[:length]
        with pytest.raises(BadFile):
            Database.open(path)
    assert said == {
        "“Freunde des Lindenhofs.alumnidesk” is empty.",
        "“Freunde des Lindenhofs.alumnidesk” is not a file of AlumniDesk.",
        "“Freunde des Lindenhofs.alumnidesk” is cut off: its end is missing.",
    }


@pytest.mark.parametrize(
    "scribble",
    [
        lambda data, chance: data.__setitem__(slice(0, 4096), chance.randbytes(4096)),
        lambda data, chance: data.__setitem__(slice(16, 18), b"\x00\x07"),
        lambda data, chance: data.__setitem__(slice(100, 200), bytes(100)),
        lambda data, chance: data.__setitem__(slice(4096, 8192), chance.randbytes(4096)),
        lambda data, chance: data.__setitem__(slice(28, 32), b"\xff\xff\xff\xff"),
    ],
)
def test_a_scribbled_page_never_crashes(path: Path, scribble: Callable[[bytearray, random.Random], None]) -> None:
    data = bytearray(path.read_bytes())
    scribble(data, random.Random(1))
    path.write_bytes(data)
    assert used(path) != ""
