"""Older files are brought up to date or stay as they are; what is no file of ours, or a newer one, is not touched."""

from __future__ import annotations

import hashlib
import os
import shutil
import sqlite3
import tempfile
from contextlib import closing
from pathlib import Path

import pytest
from sqlcipher3 import dbapi2 as driver
from tests.faults.steps import as_nobody, each_kill
from tests.integration.storage import next_version

from alumnidesk import cli
from alumnidesk.errors import AlumniDeskError, BadFile, Cancelled, EnvironmentFault, Refused
from alumnidesk.i18n import say
from alumnidesk.progress import Progress
from alumnidesk.storage import backup, indexing, layout, upgrade
from alumnidesk.storage.check import check
from alumnidesk.storage.connection import connect
from alumnidesk.storage.content import content_hash
from alumnidesk.storage.database import Database


def sha256(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def state(path: Path) -> tuple[str, str]:
    """The version and the content of a file that nobody has open."""
    with closing(connect(path)) as connection:
        return layout.version(connection), content_hash(connection)


def only_the_file_is_there(path: Path) -> bool:
    return [p.name for p in path.parent.iterdir() if p.is_file()] == [path.name]


def test_a_present_file_is_left_alone(path: Path) -> None:
    before = sha256(path)
    assert upgrade.bring_up_to_date(path) is None
    assert sha256(path) == before
    assert only_the_file_is_there(path)


def test_an_older_file_is_copied_and_brought_up_to_date(path: Path, tmp_path: Path) -> None:
    old = state(path)
    with next_version.installed(tmp_path / "program") as number:
        copy = upgrade.bring_up_to_date(path)
        assert copy is not None
        assert backup.verify(copy).reason == "upgrade"
        assert upgrade.bring_up_to_date(path) is None
        database = Database.open(path)
        try:
            assert check(database).good
            assert database.rows("SELECT rank, count(*) FROM contact GROUP BY 1") == [(7, 29), (9, 1)]
            assert database.rows("SELECT count(*) FROM email") == [(31,)]
            assert database.rows("SELECT version_num FROM alembic_version") == [(number,)]
            with database.writing(say("Change one")) as deed:
                deed.execute("UPDATE contact SET rank = 1 WHERE id = 4")
            database.revert(deed.changeset)
            database.revert(3)
        finally:
            database.close()
    with pytest.raises(EnvironmentFault, match="newer AlumniDesk"):  # the older program again
        upgrade.bring_up_to_date(path)
    backup.restore(copy, path)
    assert state(path) == old


def test_an_upgrade_that_is_killed_leaves_the_old_file_or_the_new_one(path: Path, tmp_path: Path) -> None:
    old, original = state(path), path.read_bytes()
    with next_version.installed(tmp_path / "program") as number:
        upgrade.bring_up_to_date(path)
        new = state(path)
        assert new[0] == number
        seen = set()
        path.write_bytes(original)
        for _ in each_kill(lambda: upgrade.bring_up_to_date(path), stride=3):
            found = state(path)
            assert found in (old, new)
            seen.add(found)
            if found == new:
                assert any(b.reason == "upgrade" and b.verified for b in backup.list_backups(path))
                path.write_bytes(original)
            shutil.rmtree(backup.folder_of(path), ignore_errors=True)
        assert state(path) == new
    assert old in seen


class Stopped(Progress):
    """Work that somebody stops when it asks for the n-th time whether it should."""

    def __init__(self, after: int) -> None:
        super().__init__()
        self.left, self.numbers = after, list[tuple[str, int, int]]()

    def check(self) -> None:
        self.numbers.append((self.step.text, self.done, self.total))
        self.left -= 1
        if not self.left:
            self.cancel()
        super().check()


def test_an_upgrade_says_how_far_it_is_and_can_be_stopped_until_it_is_written(path: Path, tmp_path: Path) -> None:
    old = state(path)
    with next_version.installed(tmp_path / "program") as number:
        for step in range(1, 99):
            stopped = Stopped(step)
            try:
                upgrade.bring_up_to_date(path, stopped)
            except Cancelled:
                assert state(path) == old
            else:
                break
        assert state(path)[0] == number
    assert stopped.numbers[-1] == ("Putting into the search index …", 29, 29)
    assert not stopped.can_cancel


def test_who_stops_an_upgrade_in_a_terminal_reads_that_nothing_was_changed(
    path: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def stopped(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    old = state(path)
    with next_version.installed(tmp_path / "program") as number:
        with monkeypatch.context() as keys:
            keys.setattr(indexing, "refresh", stopped)
            assert cli.main(["check", str(path), "--language", "en"]) == 1
        assert capsys.readouterr().err.strip() == "Stopped. Nothing was changed."
        assert state(path) == old
        assert cli.main(["check", str(path)]) == 0
        assert state(path)[0] == number


def test_an_upgrade_that_fails_leaves_the_old_file(path: Path, tmp_path: Path) -> None:
    with next_version.installed(tmp_path / "program") as number:
        script = next((tmp_path / "program").rglob(f"{number}_*.py"))
        script.write_text(script.read_text() + '    op.execute("UPDATE email SET contact_id = 999")\n')
        old = state(path)
        with pytest.raises(EnvironmentFault, match="stays as it was"):
            upgrade.bring_up_to_date(path)
        assert state(path) == old


# Files that are not ours --------------------------------------------------------------------------------------------


def encrypted(path: Path) -> None:
    path.unlink()
    with closing(driver.connect(str(path))) as connection:
        connection.execute("PRAGMA key = 'secret'")
        connection.executescript("CREATE TABLE t (a); INSERT INTO t VALUES ('Anna')")


def foreign(path: Path) -> None:
    path.unlink()
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("CREATE TABLE t (a)")


def newer(path: Path) -> None:
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        connection.execute("PRAGMA journal_mode=DELETE")
        connection.execute("UPDATE alembic_version SET version_num = '0999'")


def without_version(path: Path) -> None:
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        connection.execute("DROP TABLE alembic_version")


def scribbled(path: Path) -> None:
    data = bytearray(path.read_bytes())
    data[100:4000] = b"\xff" * 3900
    path.write_bytes(data)


SPOILT = {
    "is empty": lambda path: path.write_bytes(b""),
    "is not a file of AlumniDesk": lambda path: path.write_text("Name;Ort\nAnna;Kiel\n" * 500),
    "belongs to another program": foreign,
    "is encrypted": encrypted,
    "is cut off": lambda path: path.write_bytes(path.read_bytes()[:-4096]),
    "is damaged": scribbled,
    "newer AlumniDesk .file version 0999": newer,
}


@pytest.mark.parametrize("message", SPOILT)
def test_what_cannot_be_opened_is_refused_with_its_own_reason_and_not_touched(path: Path, message: str) -> None:
    SPOILT[message](path)
    before = sha256(path)
    with pytest.raises(AlumniDeskError, match=message) as refused:
        upgrade.bring_up_to_date(path)
    assert isinstance(refused.value, BadFile | EnvironmentFault)
    assert refused.value.way_out is not None
    assert sha256(path) == before
    assert only_the_file_is_there(path)


def test_a_file_without_a_version_is_damaged(path: Path) -> None:
    without_version(path)
    with pytest.raises(BadFile, match="is damaged"):
        upgrade.bring_up_to_date(path)


def test_a_missing_file_is_not_created(tmp_path: Path) -> None:
    with pytest.raises(EnvironmentFault, match="is not there"):
        upgrade.bring_up_to_date(tmp_path / "gone.alumnidesk")
    assert list(tmp_path.glob("*.alumnidesk*")) == []


def test_a_new_file_does_not_take_the_place_of_an_old_one(path: Path) -> None:
    with pytest.raises(Refused, match="exists already"):
        upgrade.create(path)


def test_making_a_file_that_is_killed_leaves_nothing_or_all(tmp_path: Path) -> None:
    path = tmp_path / "new.alumnidesk"
    for _ in each_kill(lambda: upgrade.create(path), stride=7):
        if path.exists():
            assert state(path)[0] == layout.newest()
            path.unlink()
    assert state(path)[0] == layout.newest()


# Read-only ----------------------------------------------------------------------------------------------------------


@pytest.fixture
def only_readable(path: Path) -> Path:
    """A data file that others may read."""
    if os.geteuid() != 0:
        pytest.skip("only root can become somebody else")
    temporary = Path(tempfile.gettempdir())
    for folder in path.parents:
        if folder != temporary and folder.is_relative_to(temporary):
            folder.chmod(0o755)
    path.chmod(0o644)
    # What is imported on the way is imported now: the other user may not even be able to read this Python.
    upgrade.bring_up_to_date(path)
    Database.open(path, read_only=True).close()
    return path


def opened(path: Path) -> str:
    """What a person meets who opens a file and changes something."""
    try:
        upgrade.bring_up_to_date(path)
        database = Database.open(path)
        try:
            with database.writing(say("Change")):
                pass
        except AlumniDeskError as fault:
            return f"{database.read_only}, {len(database.rows('SELECT * FROM contact_line'))} lines. {fault}"
        finally:
            database.close()
    except AlumniDeskError as fault:
        return str(fault)
    return "changed"


def test_a_file_that_may_only_be_read_opens_for_reading(only_readable: Path) -> None:
    before = sha256(only_readable)
    said = as_nobody(lambda: opened(only_readable))
    assert said.startswith("True, 29 lines. This file is open for reading only.")
    assert sha256(only_readable) == before
    assert only_the_file_is_there(only_readable)


def test_an_older_file_that_may_only_be_read_is_not_touched(only_readable: Path, tmp_path: Path) -> None:
    before = sha256(only_readable)
    with next_version.installed(tmp_path / "program"):
        layout.newest()
        assert "may only be read, not changed" in as_nobody(lambda: opened(only_readable))
    assert sha256(only_readable) == before


def test_changes_that_are_not_folded_in_are_never_overlooked_on_a_read_only_medium(path: Path) -> None:
    log = path.with_name(path.name + "-wal")
    connection = connect(path)  # as if the program had ended between the commit and folding the log into the file
    connection.execute("UPDATE contact SET given_name = 'Änne' WHERE id = 5")
    left, present = log.read_bytes(), path.read_bytes()
    connection.close()
    path.write_bytes(present)
    log.write_bytes(left)
    with pytest.raises(EnvironmentFault, match="was not closed properly") as refused:
        Database.open(path, read_only=True)
    assert log.name in str(refused.value)
    database = Database.open(path)
    assert database.rows("SELECT given_name FROM contact WHERE id = 5") == [("Änne",)]
    database.close()
