"""Backups of a real file: made, proven, listed, thinned out, brought back."""

from __future__ import annotations

import datetime as dt
import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
import time_machine
from tests.integration.storage.filled import add_contacts, new_file

from alumnidesk.errors import AlumniDeskError, BadFile, EnvironmentFault
from alumnidesk.i18n import say
from alumnidesk.storage import backup, content, search
from alumnidesk.storage.connection import connect
from alumnidesk.storage.database import Database

hash_of = backup.content_of


def change(database: Database, name: str = "Änne") -> None:
    with database.writing(say("Change one")) as deed:
        deed.execute("UPDATE contact SET given_name = ? WHERE id = 5", (name,))


def test_a_backup_holds_what_the_open_file_holds(database: Database) -> None:
    change(database)  # still in the log, not in the file
    made = backup.make(database, "close")
    assert made.verified
    assert made.contacts == 29
    assert made.size == made.path.stat().st_size > 0
    assert hash_of(made.path) == content.content_hash(database.connection)
    assert backup.verify(made.path) == made


def test_a_backup_says_in_its_name_when_and_why_it_was_made(database: Database) -> None:
    made = backup.make(database, "close")
    moment = made.made_at.astimezone()
    assert made.path.name.endswith(" close.alumnidesk-backup")
    assert made.path.name.startswith(moment.strftime("%Y-%m-%d %H."))
    assert made.path.parent.name.startswith("Freunde des Lindenhofs ")


def test_it_is_one_file_without_a_log_and_opens_on_a_read_only_medium(database: Database) -> None:
    made = backup.make(database, "close")
    assert [p.name for p in made.path.parent.iterdir()] == [made.path.name]
    with closing(sqlite3.connect(f"{made.path.as_uri()}?mode=ro", uri=True)) as connection:
        assert connection.execute("SELECT count(*) FROM contact").fetchone() == (30,)


def test_nothing_is_made_when_nothing_changed(database: Database) -> None:
    first = backup.make(database, "close")
    assert backup.make(database, "timer") == first
    change(database)
    second = backup.make(database, "timer")
    assert [b.path for b in backup.list_backups(database.path)] == [second.path, first.path]
    assert backup.newest_verified(database.path) == second


def test_two_backups_in_one_second_both_stay(database: Database) -> None:
    with time_machine.travel("2026-11-21 14:05:33", tick=False):
        names = []
        for number in range(3):
            change(database, f"Anna {number}")
            names.append(backup.make(database, "close").path.name[11:19])
    assert len(set(names)) == 3


def test_old_backups_are_thinned_out(database: Database) -> None:
    start = dt.datetime(2026, 1, 1, 12, tzinfo=dt.UTC)
    for day in range(40):
        with time_machine.travel(start + dt.timedelta(days=day), tick=False):
            change(database, f"Anna {day}")
            made = backup.make(database, "close")
    left = backup.list_backups(database.path)
    assert left[0] == made
    assert 16 <= len(left) <= 20


def test_namesakes_in_two_folders_have_backups_of_their_own(database: Database, tmp_path: Path) -> None:
    backup.make(database, "close")
    (tmp_path / "other").mkdir()
    assert backup.list_backups(new_file(tmp_path / "other" / database.path.name)) == []


def test_a_damaged_file_is_not_backed_up_over_good_backups(path: Path) -> None:
    database = Database.open(path)
    good = backup.make(database, "close")
    root = database.rows("SELECT rootpage FROM sqlite_schema WHERE name = 'email'")[0][0]
    size = database.rows("PRAGMA page_size")[0][0]
    change(database)
    database.close()
    with path.open("r+b") as file:
        file.seek((root - 1) * size)
        file.write(b"\xff" * 200)
    database = Database.open(path)
    try:
        with pytest.raises(BadFile, match="damaged"):
            backup.make(database, "close")
    finally:
        database.close()
    assert [p.name for p in good.path.parent.iterdir()] == [good.path.name]


def test_a_damaged_backup_is_listed_as_such_and_never_the_newest_verified(database: Database) -> None:
    first = backup.make(database, "close")
    change(database)
    second = backup.make(database, "close")
    second.path.write_bytes(second.path.read_bytes()[:5000])
    assert [b.verified for b in backup.list_backups(database.path)] == [False, True]
    assert backup.newest_verified(database.path) == first


def test_a_backup_can_be_put_into_a_second_place(database: Database, tmp_path: Path) -> None:
    made = backup.make(database, "close")
    stick = tmp_path / "stick"
    with pytest.raises(EnvironmentFault, match="“stick” is not there"):
        backup.copy_to(made, stick)
    stick.mkdir()
    copy = backup.copy_to(made, stick)
    assert hash_of(copy) == hash_of(made.path)
    assert copy.parent == stick / backup.folder_of(database.path).name


def test_copies_in_the_second_place_are_thinned_out_by_the_same_rule_and_nobody_elses(
    database: Database, tmp_path: Path
) -> None:
    stick = tmp_path / "stick"
    stick.mkdir()
    foreign = stick / "2020-01-01 12.00.00 close.alumnidesk-backup"
    foreign.write_bytes(b"of another association, put here by hand")
    start = dt.datetime(2026, 1, 1, 12, tzinfo=dt.UTC)
    for day in range(40):
        with time_machine.travel(start + dt.timedelta(days=day), tick=False):
            change(database, f"Anna {day}")
            copy = backup.copy_to(backup.make(database, "close"), stick)
    first = sorted(b.path.name for b in backup.list_backups(database.path))
    assert sorted(path.name for path in copy.parent.iterdir()) == first
    assert foreign.exists()


def test_another_backup_opens_none_of_the_older_ones_but_the_newest(database: Database) -> None:
    made = backup.make(database, "close")
    for day in (1, 2, 3):
        name = made.path.name.replace(made.path.name[:4], str(int(made.path.name[:4]) - day))
        (made.path.parent / name).symlink_to("nowhere")  # whoever opened it would say that it is not there
    change(database)
    assert backup.make(database, "timer").verified
    assert backup.newest_verified(database.path) is not None


# Bringing back -------------------------------------------------------------------------------------------------------


def test_a_restored_file_is_as_it_was_and_the_replaced_one_is_kept(path: Path) -> None:
    database = Database.open(path)
    before = content.content_hash(database.connection)
    made = backup.make(database, "close")
    change(database)
    after = content.content_hash(database.connection)
    database.close()
    kept = backup.restore(made.path, path)
    assert kept is not None
    assert kept.parent == path.parent
    assert kept.name.startswith("Freunde des Lindenhofs (")
    assert hash_of(kept) == after
    database = Database.open(path)
    try:
        assert content.content_hash(database.connection) == before
        assert len(search.matching(database.connection, "muller")) == 5
        change(database)
    finally:
        database.close()


def test_a_lost_file_comes_back(path: Path) -> None:
    database = Database.open(path)
    made = backup.make(database, "close")
    database.close()
    path.unlink()
    assert backup.restore(made.path, path) is None
    assert hash_of(path) == hash_of(made.path)


def test_the_log_of_a_damaged_file_is_not_played_into_the_restored_one(path: Path, tmp_path: Path) -> None:
    database = Database.open(path)
    made = backup.make(database, "close")
    change(database)
    log = path.with_name(path.name + "-wal")
    left = log.read_bytes()
    database.close()
    path.write_bytes(b"\x00" * 5000)
    log.write_bytes(left)
    kept = backup.restore(made.path, path)
    assert kept is not None
    assert kept.with_name(kept.name + "-wal").read_bytes() == left
    assert hash_of(path) == hash_of(made.path)


def test_an_open_file_is_not_replaced(database: Database) -> None:
    made = backup.make(database, "close")
    before = database.path.read_bytes()
    with pytest.raises(EnvironmentFault, match="open in another window"):
        backup.restore(made.path, database.path)
    assert database.path.read_bytes() == before
    assert [p.name for p in database.path.parent.glob("*unfinished*")] == []


def newer(file: Path) -> None:
    with closing(sqlite3.connect(file)) as connection, connection:
        connection.execute("UPDATE alembic_version SET version_num = '9999'")


def altered(file: Path) -> None:
    with closing(sqlite3.connect(file)) as connection, connection:
        connection.execute("UPDATE contact SET given_name = 'Eve' WHERE id = 7")


@pytest.mark.parametrize(
    ("spoil", "message"),
    [
        (lambda file: file.write_text("Name;Ort\n"), "is not a file of AlumniDesk"),
        (newer, "was written by a newer AlumniDesk"),
        (altered, "is damaged"),
        (lambda file: file.write_bytes(file.read_bytes()[:-5000]), "is cut off"),
        (lambda file: file.write_bytes(b""), "is empty"),
    ],
)
def test_a_bad_backup_is_refused_with_the_reason_and_the_file_stays(path: Path, spoil: object, message: str) -> None:
    database = Database.open(path)
    made = backup.make(database, "close")
    database.close()
    before = path.read_bytes()
    spoil(made.path)  # type: ignore[operator]
    with pytest.raises(AlumniDeskError, match=message):
        backup.restore(made.path, path)
    assert path.read_bytes() == before
    assert [p.name for p in path.parent.iterdir() if p.is_file()] == [path.name]


def test_a_saved_copy_can_be_opened_and_brought_back(database: Database, tmp_path: Path) -> None:
    change(database)
    copy = tmp_path / "Kopie.alumnidesk"
    database.save_copy(copy)
    assert hash_of(copy) == content.content_hash(database.connection)
    assert not backup.verify(copy).verified
    with closing(connect(copy)):
        pass
    shutil.copyfile(copy, tmp_path / "second.alumnidesk")
    backup.restore(tmp_path / "second.alumnidesk", copy)
    assert hash_of(copy) == content.content_hash(database.connection)


def test_a_backup_of_a_large_import_covers_all_of_it(database: Database) -> None:
    with database.writing(say("Import")) as deed:
        add_contacts(deed, 1500)
    assert backup.make(database, "import").contacts == 1529


def test_of_a_file_that_was_renamed_while_open_a_backup_is_made_all_the_same(database: Database) -> None:
    """Then the two cannot be compared byte by byte, and what they hold is compared instead."""
    change(database)
    database.path.rename(database.path.with_name("moved.alumnidesk"))
    made = backup.make(database, "close")
    assert hash_of(made.path) == content.content_hash(database.connection)
    database.path.with_name("moved.alumnidesk").rename(database.path)


def test_an_index_that_disagrees_does_not_keep_a_backup_from_being_made(database: Database) -> None:
    with database.temporary_tables():
        database.connection.execute("DELETE FROM contact_line")
    change(database)
    assert backup.make(database, "close").verified
