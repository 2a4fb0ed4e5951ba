"""A disk that is full or refuses to write: said in words, nothing half, and it goes on as soon as there is room."""

from __future__ import annotations

import resource
import shutil
import signal
import subprocess
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest
from tests.faults.steps import in_child
from tests.integration.storage.filled import add_contacts

from alumnidesk.errors import EnvironmentFault, Unwritable
from alumnidesk.i18n import say
from alumnidesk.storage import backup, upgrade
from alumnidesk.storage.check import check
from alumnidesk.storage.connection import connect
from alumnidesk.storage.content import content_hash
from alumnidesk.storage.database import Database


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A disk of four megabytes."""
    place = tmp_path / "disk"
    place.mkdir()
    mounted = subprocess.run(["mount", "-t", "tmpfs", "-o", "size=4m", "tmpfs", place], capture_output=True, text=True)
    if mounted.returncode:
        pytest.skip(f"no small disk can be mounted here: {mounted.stderr.strip()}")
    yield place
    subprocess.run(["umount", place], check=True)


@contextmanager
def filled_up(disk: Path, left: int) -> Iterator[None]:
    """In the block only so many bytes are free."""
    filler = disk / "filler"
    with filler.open("wb") as file:
        file.write(bytes(max(0, shutil.disk_usage(disk).free - left)))
    try:
        yield
    finally:
        filler.unlink()


def import_many(database: Database) -> None:
    with database.writing(say("Import")) as deed:
        add_contacts(deed, 800)


def test_on_a_full_disk_nothing_is_lost_and_the_deed_works_once_there_is_room(path: Path, small_disk: Path) -> None:
    file = Path(shutil.copyfile(path, small_disk / path.name))
    with closing(Database.open(file)) as database:
        before = content_hash(database.connection)
        with filled_up(small_disk, left=200_000):
            with pytest.raises(EnvironmentFault, match=r"The disk with “Freunde.*” is full \(0 MB free\)") as full:
                import_many(database)
            assert "Everything saved before is safe" in str(full.value)
            assert content_hash(database.connection) == before
            with pytest.raises(EnvironmentFault, match="full"):
                import_many(database)
        import_many(database)
        assert check(database).good
        assert check(database).contacts == 829


def test_a_file_on_a_disk_that_is_full_to_the_brim_opens_and_closes(path: Path, small_disk: Path) -> None:
    file = Path(shutil.copyfile(path, small_disk / path.name))
    with filled_up(small_disk, left=0):
        upgrade.bring_up_to_date(file)
        with closing(Database.open(file)) as database:
            assert len(database.rows("SELECT * FROM contact")) == 30
            with pytest.raises(EnvironmentFault, match="full"):
                import_many(database)
    with closing(Database.open(file)) as database:
        assert check(database).good


def test_a_backup_that_does_not_fit_leaves_no_stub_and_the_older_one(
    database: Database, small_disk: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_DATA_HOME", str(small_disk))
    old = backup.make(database, "close")
    import_many(database)
    with filled_up(small_disk, left=100_000):
        with pytest.raises(EnvironmentFault, match=r"no room for “Freunde.*”: it needs [1-9] MB, and 0 MB are free"):
            backup.make(database, "close")
        assert [p.name for p in old.path.parent.iterdir()] == [old.path.name]
        assert backup.newest_verified(database.path) == old
    assert backup.make(database, "close").contacts == 829


def test_a_restore_that_does_not_fit_leaves_the_present_file(path: Path, small_disk: Path) -> None:
    with closing(Database.open(path)) as database:
        import_many(database)
        made = backup.make(database, "close")
    file = Path(shutil.copyfile(path, small_disk / path.name))
    before = file.read_bytes()
    with filled_up(small_disk, left=100_000), pytest.raises(EnvironmentFault, match=r"it needs [1-9] MB, and 0 MB"):
        backup.restore(made.path, file)
    assert file.read_bytes() == before
    assert [p.name for p in small_disk.iterdir()] == [file.name]


@pytest.mark.parametrize("left", [0, 50_000])
def test_a_new_file_that_does_not_fit_leaves_nothing_and_is_named(
    small_disk: Path, left: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(upgrade, "_BLANK", {})  # as in a program that has made none yet
    with filled_up(small_disk, left=left), pytest.raises(EnvironmentFault, match=r"“new\.alumnidesk” is full"):
        upgrade.create(small_disk / "new.alumnidesk")
    assert list(small_disk.iterdir()) == []


def test_a_medium_that_cannot_be_written_opens_for_reading(path: Path, small_disk: Path) -> None:
    file = Path(shutil.copyfile(path, small_disk / path.name))
    subprocess.run(["mount", "-o", "remount,ro", small_disk], check=True)
    with closing(Database.open(file)) as database:
        assert database.read_only
        assert len(database.rows("SELECT * FROM contact_line")) == 29
        with pytest.raises(Unwritable, match="open for reading only"), database.writing(say("Change")):
            pass
    with pytest.raises(EnvironmentFault, match="may only be read"):
        upgrade.create(small_disk / "new.alumnidesk")


def test_a_limit_for_files_is_met_like_a_full_disk(path: Path) -> None:
    """RLIMIT_FSIZE: SQLite reports a write fault there, not a full disk; some network drives do the same."""

    def work() -> str:
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        with closing(Database.open(path)) as database:
            before = content_hash(database.connection)
            _, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
            resource.setrlimit(resource.RLIMIT_FSIZE, (path.stat().st_size + 20_000, hard))
            try:
                import_many(database)
            except EnvironmentFault as fault:
                said = str(fault)
            assert content_hash(database.connection) == before
            resource.setrlimit(resource.RLIMIT_FSIZE, (100_000, hard))
            try:
                backup.make(database, "close")
            except EnvironmentFault as fault:
                said += str(fault)
            assert list(backup.folder_of(path).iterdir()) == []
            resource.setrlimit(resource.RLIMIT_FSIZE, (hard, hard))
            import_many(database)
            assert check(database).good
        return said

    said = in_child(work)
    assert said.count("the disk reports a fault or a limit is reached") == 2
    with closing(connect(path)) as connection:
        assert connection.execute("SELECT count(*) FROM contact").fetchone() == (830,)
