"""The check-up finds what is wrong, and what is only the index's fault is put right."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from alumnidesk.desk import Desk
from alumnidesk.i18n import say
from alumnidesk.progress import Progress
from alumnidesk.storage import backup, indexing, search
from alumnidesk.storage.check import check
from alumnidesk.storage.content import content_hash
from alumnidesk.storage.database import Database


def behind_the_back(path: Path, *statements: str) -> None:
    """Change a file as a fault would: without label, history or index."""
    database = Database.open(path)
    with database.temporary_tables():  # lifts the lock on writing
        database.connection.execute("PRAGMA foreign_keys=OFF")
        for statement in statements:
            database.connection.execute(statement)
    database.close()


def checked(path: Path) -> tuple[list[str], bool]:
    database = Database.open(path)
    try:
        report = check(database)
        assert report.good == (not report.problems and not report.index_disagrees)
        return [str(problem) for problem in report.problems], report.index_disagrees
    finally:
        database.close()


def test_a_sound_file_is_good(database: Database) -> None:
    made = backup.make(database, "close")
    report = check(database)
    assert report.good
    assert report.contacts == 29
    assert report.content_hash == content_hash(database.connection) == backup.content_of(made.path)
    assert report.backup == made
    assert report.steps_since == 0


def test_it_says_how_many_steps_the_newest_backup_lacks(database: Database) -> None:
    backup.make(database, "close")
    for name in ("Änne", "Anna"):
        with database.writing(say("Change one")) as deed:
            deed.execute("UPDATE contact SET given_name = ? WHERE id = 5", (name,))
    assert check(database).steps_since == 2


@pytest.mark.parametrize(
    ("statement", "problem"),
    [
        ("UPDATE email SET contact_id = 999 WHERE id = 4", "One entry lacks what it belongs to"),
        ("UPDATE changeset SET reverted = 0 WHERE id = 5", "One step of the history contradicts itself"),
        ("UPDATE changeset SET reverted = 1 WHERE id = 2", "One step of the history contradicts itself"),
        ("UPDATE contact SET family_name = 'Müllor' WHERE id = 8", "differs from the backup of the same state"),
        ("UPDATE change SET before = '{}' WHERE before IS NOT NULL", "differs from the backup of the same state"),
    ],
)
def test_what_contradicts_itself_or_the_backup_is_said(path: Path, statement: str, problem: str) -> None:
    database = Database.open(path)
    backup.make(database, "close")
    database.close()
    behind_the_back(path, statement)
    problems, _ = checked(path)
    assert any(problem in found for found in problems)


ALLOWED = {"kind": "organisation", "gender_form": "m", "salutation_mode": "own", "uid": "another"}


@pytest.mark.parametrize("table", ["contact", "email", "phone", "address", "affiliation", "own_value"])
def test_whatever_column_changes_lists_and_index_keep_up(database: Database, table: str) -> None:
    with database.writing(say("Add parts")) as deed:
        deed.execute("INSERT INTO phone (contact_id, number) VALUES (5, '040 1')")
        deed.execute("INSERT INTO address (contact_id, town) VALUES (5, 'Kiel')")
        deed.execute("INSERT INTO affiliation (contact_id, role) VALUES (5, 'Chor')")
        deed.execute("INSERT INTO own_field (uid, name) VALUES ('f', 'Shirt')")
        deed.execute("INSERT INTO own_value (contact_id, field_id, value) VALUES (5, 1, 'M')")
    columns = [
        row for row in database.rows(f"PRAGMA table_info({table})") if not row[1].endswith("id") or row[1] == "uid"
    ]
    for _, column, kind, *_ in columns:
        (row,), *_ = database.rows(f"SELECT max(id) FROM {table}")
        value = ALLOWED.get(column, f"word {column}") if kind == "TEXT" else 1
        with database.writing(say("Change one")) as deed:
            deed.execute(f"UPDATE {table} SET {column} = ? WHERE id = ?", (value, row))
        with database.temporary_tables():
            assert not database.ask(indexing.disagrees, Progress()), f"{table}.{column}"


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE contact_line SET town = 'Kiel' WHERE contact_id = 7",
        "DELETE FROM contact_line WHERE contact_id = 7",
        "INSERT INTO contact_line SELECT 99, name, '', '', '', '', '', '', '' FROM contact_line WHERE contact_id = 7",
        "DELETE FROM contact_search WHERE rowid = 7",
        "INSERT INTO contact_search (rowid, name) VALUES (99, 'nobody')",
        "INSERT INTO contact_search (contact_search) VALUES ('delete-all')",
        "UPDATE contact SET binned_at = 'x' WHERE id = 9",
        "UPDATE address SET town = 'Kiel' WHERE id = 9",
    ],
)
def test_an_index_that_disagrees_is_found_and_made_anew(path: Path, statement: str) -> None:
    behind_the_back(path, statement)
    problems, disagrees = checked(path)
    assert problems == []
    assert disagrees
    database = Database.open(path)
    database.rebuild_index()
    database.close()
    assert checked(path) == ([], False)


def test_a_file_that_may_only_be_read_is_checked_too(path: Path) -> None:
    database = Database.open(path, read_only=True)
    try:
        assert check(database).good
    finally:
        database.close()


def test_a_rebuilt_index_finds_what_the_old_one_found(database: Database) -> None:
    queries = ("muller", "hamburg", "04000", "zoe", "anna1 malmo")
    before = [sorted(search.matching(database.connection, query)) for query in queries]
    assert all(before)
    database.rebuild_index()
    assert [sorted(search.matching(database.connection, query)) for query in queries] == before


def test_a_broken_page_is_said_and_the_backup_offered(path: Path, tmp_path: Path) -> None:
    database = Database.open(path)
    made = backup.make(database, "close")
    root, size = database.rows(
        "SELECT rootpage, (SELECT page_size FROM pragma_page_size) FROM sqlite_schema WHERE name = 'phone'"
    )[0]
    database.close()
    shutil.copyfile(path, tmp_path / "good")
    with path.open("r+b") as file:
        file.seek((root - 1) * size)
        file.write(b"\xff" * 200)
    database = Database.open(path)
    try:
        report = check(database)
    finally:
        database.close()
    assert report.problems
    assert report.backup == made
    assert "The newest verified backup is of" in str(report.in_words()[-1])


def test_the_desk_says_what_is_wrong_and_puts_the_index_right(path: Path) -> None:
    behind_the_back(path, "DELETE FROM contact_search WHERE rowid = 7")
    desk = Desk.open(path)
    try:
        assert [str(problem) for problem in desk.check()] == [
            "Lists and search did not show what the contacts say; they are made anew."
        ]
        assert desk.check() == []
    finally:
        desk.close(backup=False)


def test_what_cannot_be_put_right_is_not_said_to_be(path: Path) -> None:
    behind_the_back(path, "DELETE FROM contact_search WHERE rowid = 7")
    database = Database.open(path, read_only=True)
    try:
        assert [str(problem) for problem in check(database).in_words()] == [
            "Lists and search do not show what the contacts say, and the file may only be read."
        ]
    finally:
        database.close()
