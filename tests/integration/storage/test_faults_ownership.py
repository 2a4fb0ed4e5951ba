"""One owner at a time, and it notices when the file is moved, deleted or replaced underneath."""

from __future__ import annotations

import ctypes
import os
import shutil
import struct
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest
from tests.integration.storage.filled import new_file

from alumnidesk import models as m
from alumnidesk.desk import Desk
from alumnidesk.domain.cards import ContactCard, LetterText, TemplateCard
from alumnidesk.errors import EnvironmentFault, Refused
from alumnidesk.i18n import say
from alumnidesk.storage import backup
from alumnidesk.storage.check import check
from alumnidesk.storage.connection import connect
from alumnidesk.storage.content import content_hash
from alumnidesk.storage.database import Database
from alumnidesk.storage.holding import request

SECOND = """
import sys, time
from pathlib import Path
from alumnidesk.errors import EnvironmentFault
from alumnidesk.storage import upgrade
from alumnidesk.storage.database import Database
begin = time.monotonic()
try:
    upgrade.bring_up_to_date(Path(sys.argv[1]))
    Database.open(Path(sys.argv[1])).rows("SELECT * FROM contact")
except EnvironmentFault as fault:
    print(fault)
print(time.monotonic() - begin, file=sys.stderr)
"""


def change(database: Database, name: str = "Änne") -> None:
    with database.writing(say("Change one")) as deed:
        deed.execute("UPDATE contact SET given_name = ? WHERE id = 5", (name,))


def second_program(database: Database) -> subprocess.CompletedProcess[str]:
    """What another program hears that opens the same file."""
    source = str(Path(sys.modules["alumnidesk"].__file__ or "").parents[1])
    return subprocess.run(
        [sys.executable, "-c", SECOND, str(database.path)],
        env={**os.environ, "PYTHONPATH": source},
        capture_output=True,
        text=True,
        timeout=60,
    )


@pytest.mark.parametrize("written", [False, True])
def test_a_second_program_is_told_at_once_that_the_file_is_in_use(database: Database, written: bool) -> None:
    if written:
        change(database)
    second = second_program(database)
    assert "is open in another window of AlumniDesk" in second.stdout, second.stderr
    assert float(second.stderr) < 2
    change(database, "Zoë")
    assert check(database).good


@pytest.mark.parametrize("looked", [lambda database: database.path.read_bytes(), lambda d: backup.make(d, "asked")])
def test_the_file_stays_held_when_a_dialog_or_a_backup_of_the_same_program_has_looked_into_it(
    database: Database, looked: Callable[[Database], object]
) -> None:
    """Closing a file anywhere in a process ends its POSIX locks on it; the dialogs of Qt read what they list."""
    change(database)
    assert looked(database)
    second = second_program(database)
    assert "is open in another window of AlumniDesk" in second.stdout, second.stderr
    change(database, "Zoë")
    assert check(database).good


def test_a_mac_is_asked_for_the_same_lock_in_its_own_order() -> None:
    """``struct flock`` and F_OFD_SETLK as Apple's <sys/fcntl.h> has them; Linux's are tried by the tests above."""

    class Flock(ctypes.Structure):
        _fields_ = (
            ("l_start", ctypes.c_int64), ("l_len", ctypes.c_int64), ("l_pid", ctypes.c_int32),
            ("l_type", ctypes.c_short), ("l_whence", ctypes.c_short),
        )  # fmt: skip

    command, asked = request("darwin", 3)
    lock = Flock.from_buffer_copy(asked)
    assert len(asked) == ctypes.sizeof(Flock)
    assert (command, lock.l_len, lock.l_pid, lock.l_type, lock.l_whence) == (90, 1, 0, 3, os.SEEK_SET)
    kind, _, start, *_ = struct.unpack("hhqqi4x", request("linux", 1)[1])
    assert (kind, start) == (1, lock.l_start)


def test_what_is_acknowledged_is_on_the_disk_itself_also_on_a_mac(database: Database) -> None:
    asked = [database.rows(f"PRAGMA {pragma}") for pragma in ("synchronous", "fullfsync", "checkpoint_fullfsync")]
    assert asked == [[(2,)], [(1,)], [(1,)]]


def test_whoever_closes_a_file_hands_it_to_the_next_program(path: Path) -> None:
    database = Database.open(path)
    database.path.read_bytes()
    database.close()
    assert second_program(database).stdout == ""


def test_no_shared_memory_file_is_needed(database: Database) -> None:
    change(database)
    assert not database.path.with_name(database.path.name + "-shm").exists()


def test_a_renamed_file_is_noticed_before_the_next_write_and_nothing_is_lost(path: Path, tmp_path: Path) -> None:
    with closing(Database.open(path)) as database:
        change(database)
        moved = path.rename(path.with_name("moved.alumnidesk"))
        with pytest.raises(EnvironmentFault, match="was moved, renamed or deleted") as refused:
            change(database, "Zoë")
        assert "Save a copy" in str(refused.value)
        database.save_copy(tmp_path / "Kopie.alumnidesk")
        assert not path.exists()
        moved.rename(path)  # put back: everything works again
        change(database, "Zoë")
    with closing(Database.open(tmp_path / "Kopie.alumnidesk")) as copy:
        assert copy.rows("SELECT given_name FROM contact WHERE id = 5") == [("Änne",)]
    with closing(Database.open(path)) as database:
        assert database.rows("SELECT given_name FROM contact WHERE id = 5") == [("Zoë",)]


def test_a_server_that_stops_answering_is_told_in_words_and_nothing_is_lost(
    path: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def out_of_reach(self: Path, **_: object) -> None:
        fault = OSError(22, "The specified network name is no longer available", str(self))
        fault.winerror = 64  # type: ignore[attr-defined]  # it has one on Windows only
        raise fault

    with closing(Database.open(path)) as database:
        change(database)
        with monkeypatch.context() as patch:
            patch.setattr(Path, "stat", out_of_reach)
            with pytest.raises(EnvironmentFault, match="was moved, renamed or deleted"):
                change(database, "Zoë")
        database.save_copy(tmp_path / "Kopie.alumnidesk")
    with closing(Database.open(tmp_path / "Kopie.alumnidesk")) as copy:
        assert copy.rows("SELECT given_name FROM contact WHERE id = 5") == [("Änne",)]


def test_a_file_that_was_renamed_and_then_closed_is_whole_under_its_new_name(path: Path) -> None:
    with closing(Database.open(path)) as database:
        change(database)
        moved = path.rename(path.with_name("moved.alumnidesk"))
    with closing(Database.open(moved)) as database:
        assert database.rows("SELECT given_name FROM contact WHERE id = 5") == [("Änne",)]


def test_a_copy_of_the_open_file_alone_is_whole(database: Database, tmp_path: Path) -> None:
    """Tools that synchronise folders copy the file and not its log."""
    change(database)
    with closing(Database.open(Path(shutil.copyfile(database.path, tmp_path / "copied.alumnidesk")))) as copy:
        assert content_hash(copy.connection) == content_hash(database.connection)


def test_a_deleted_file_can_be_saved_at_its_place_again(path: Path) -> None:
    with closing(Database.open(path)) as database:
        change(database)
        path.unlink()
        with pytest.raises(EnvironmentFault, match="deleted"):
            change(database, "Zoë")
        database.save_copy(path)
    with closing(connect(path)) as connection:
        assert connection.execute("SELECT given_name FROM contact WHERE id = 5").fetchone() == ("Änne",)


def test_a_file_that_was_replaced_underneath_is_not_written_and_both_versions_are_kept(
    path: Path, tmp_path: Path
) -> None:
    other = new_file(tmp_path / "other.alumnidesk", contacts=40)
    with closing(Database.open(path)) as database:
        change(database)
        ours = content_hash(database.connection)
        other.replace(path)
        theirs = path.read_bytes()
        with pytest.raises(EnvironmentFault, match="Another program replaced"):
            change(database, "Zoë")
        with pytest.raises(Refused, match="both are kept"):
            database.save_copy(path)
        database.save_copy(tmp_path / "ours.alumnidesk")
    assert path.read_bytes() == theirs
    with closing(Database.open(path)) as database:
        assert check(database).contacts == 39
    with closing(Database.open(tmp_path / "ours.alumnidesk")) as database:
        assert content_hash(database.connection) == ours


@pytest.mark.parametrize("elsewhere", [False, True])
def test_one_goes_on_in_the_copy_of_a_file_that_is_gone(path: Path, tmp_path: Path, elsewhere: bool) -> None:
    copy = tmp_path / "Kopie.alumnidesk" if elsewhere else path
    desk = Desk.open(path)
    names = [line.name for line in desk.find.lines(desk.find.contacts().ids)]
    desk.history.undo()
    moved = path.rename(path.with_name("moved.alumnidesk"))
    left = moved.read_bytes()
    with pytest.raises(EnvironmentFault, match="moved"):
        desk.history.redo()
    assert desk.save_copy(copy)
    assert desk.path == copy
    desk.history.redo()
    desk.letters.save_template(TemplateCard(name="Gruß", texts=(LetterText("de", "Gruß", "Hallo"),)))
    card = desk.contacts.add(ContactCard(given_name="Änne", family_name="Zoll"))
    assert [line.name for line in desk.find.lines(desk.find.contacts().ids)] == [*names, "Änne Zoll"]
    assert card.id in desk.find.contacts("zoll").ids
    desk.history.undo()
    assert "Gruß" in [template.name for template in desk.letters.templates()]
    assert desk.check() == []
    desk.close()
    assert moved.read_bytes() == left
    assert backup.newest_verified(copy) is not None


def test_a_copy_of_a_file_that_is_there_leaves_one_where_one_is(path: Path, tmp_path: Path) -> None:
    desk = Desk.open(path)
    assert not desk.save_copy(tmp_path / "Kopie.alumnidesk")
    assert desk.path == path
    desk.close(backup=False)


def test_the_open_file_is_no_place_for_its_own_copy(database: Database) -> None:
    with pytest.raises(Refused, match="is the file that is open"):
        database.save_copy(database.path)


def test_another_thread_may_not_touch_the_file(database: Database) -> None:
    said: list[BaseException] = []

    def touch() -> None:
        try:
            database.rows("SELECT 1")
        except RuntimeError as fault:
            said.append(fault)

    thread = threading.Thread(target=touch)
    thread.start()
    thread.join()
    assert "belongs to the thread that opened it" in str(said[0])


# No write without a label -------------------------------------------------------------------------------------------


def test_a_write_without_a_label_is_refused(database: Database) -> None:
    before = content_hash(database.connection)
    with pytest.raises(RuntimeError, match="a write without a label"):
        database.rows("UPDATE contact SET given_name = 'x'")
    with pytest.raises(Exception, match="readonly"):
        database.connection.execute("DELETE FROM contact_line")
    with database.reading() as session:
        session.get_one(m.Contact, 1).given_name = "x"
        with pytest.raises(Exception, match="readonly"):
            session.flush()
    change(database)
    with pytest.raises(Exception, match="readonly"):
        database.connection.execute("UPDATE contact SET given_name = 'x'")
    database.revert(7)
    assert content_hash(database.connection, with_history=False) != ""
    assert before != content_hash(database.connection)


def test_a_deed_does_not_begin_inside_another_and_reads_with_its_own_session(database: Database) -> None:
    with database.writing(say("Outer")) as deed:
        deed.session.get_one(m.Contact, 5).given_name = "Änne"
        with pytest.raises(RuntimeError, match="does not begin inside another"), database.writing(say("Inner")):
            pass
        with pytest.raises(RuntimeError, match="own session"), database.reading():
            pass
    assert database.rows("SELECT given_name FROM contact WHERE id = 5") == [("Änne",)]


def test_an_exception_takes_the_whole_deed_back(database: Database) -> None:
    before = content_hash(database.connection)

    def fail() -> None:
        with database.writing(say("Change")) as deed:
            deed.execute("UPDATE contact SET given_name = 'x'")
            deed.session.add(m.Contact(uid="new"))
            deed.session.flush()
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        fail()
    assert content_hash(database.connection) == before
    assert check(database).good


def test_if_one_of_many_rows_fails_none_of_them_stays_though_the_deed_goes_on(database: Database) -> None:
    with database.writing(say("Import")) as deed:
        first = deed.allocate("tag", 2)
        with pytest.raises(Exception, match="UNIQUE"):
            deed.insert_many("tag", ["id", "name"], [(first, "Chor"), (first + 1, "Chor")])
        deed.execute("INSERT INTO tag (name) VALUES ('Vorstand')")
    assert database.rows("SELECT name FROM tag") == [("Vorstand",)]
    database.revert(deed.changeset)
    assert database.rows("SELECT name FROM tag") == []


def test_rows_that_replace_deletes_are_noted_too(database: Database) -> None:
    with database.writing(say("Tag")) as deed:
        deed.execute("INSERT INTO tag (name) VALUES ('Chor')")
    with database.writing(say("Replace")) as deed:
        deed.execute("INSERT OR REPLACE INTO tag (name) VALUES ('Chor')")
    assert database.rows("SELECT id FROM tag") == [(2,)]
    database.revert(deed.changeset)
    assert database.rows("SELECT id, name FROM tag") == [(1, "Chor")]


def test_a_row_keeps_its_id(database: Database) -> None:
    with pytest.raises(Exception, match="keeps its id"), database.writing(say("Change")) as deed:
        deed.execute("UPDATE contact SET id = 999 WHERE id = 5")


def test_opening_and_closing_leaves_one_file(path: Path) -> None:
    with closing(Database.open(path)) as database:
        change(database)
    assert [p.name for p in path.parent.iterdir() if p.is_file()] == [path.name]
    begin = time.monotonic()
    shutil.copyfile(path, path.with_name("copy.alumnidesk"))
    with closing(Database.open(path.with_name("copy.alumnidesk"))) as database:
        assert database.rows("SELECT given_name FROM contact WHERE id = 5") == [("Änne",)]
    assert time.monotonic() - begin < 5
