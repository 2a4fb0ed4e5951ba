"""Killing the program at random moments: ``python -m tests.faults.kills 1000``; a hundred times in every test run.

A child process works on a data file and tells after each deed that it is done; in the middle of one it is killed.
Then the file must be sound, its index must agree, every deed that was told must be there, and none by half.
"""

from __future__ import annotations

import itertools
import os
import random
import shutil
import signal
import sys
import tempfile
import time
import traceback
from collections.abc import Callable
from pathlib import Path

from tests.integration.storage.filled import add_contacts, new_file

from alumnidesk import models as m
from alumnidesk.i18n import say
from alumnidesk.services.importing import Importing
from alumnidesk.storage.check import check
from alumnidesk.storage.connection import has_log
from alumnidesk.storage.database import Database

AT_ONCE = 150
"""Contacts of one import."""
MOST_DEEDS = 5
"""After so many at most it is killed."""

Tell = Callable[[int], None]


def edit(database: Database, tell: Tell) -> None:
    """A person who types quickly: each deed adds one contact by name and corrects another."""
    for number in itertools.count(1):
        with database.writing(say("Add a contact")) as deed:
            deed.session.add(
                m.Contact(uid=f"typed-{number}", given_name="Anna", emails=[m.Email(address="a@b.example")])
            )
            deed.execute("UPDATE contact SET remark = ? WHERE id = ?", (f"remark {number}", 1 + number % 30))
        tell(number)


def bulk(database: Database, tell: Tell) -> None:
    """One import after the other."""
    for number in itertools.count(1):
        with database.writing(say("Import")) as deed:
            add_contacts(deed, AT_ONCE)
        tell(number)


def lists(folder: Path) -> list[Path]:
    """Lists of different people, as a spreadsheet writes them."""
    made = []
    for number in range(1, 1 + MOST_DEEDS):
        people = (f"Vor{number}x{row};Nach{number}x{row};v{number}x{row}@x.example;Kiel" for row in range(AT_ONCE))
        made.append(folder / f"list-{number}.csv")
        made[-1].write_text("\n".join(["Vorname;Nachname;E-Mail;Ort", *people]), "utf-8")
    return made


def bring_in(database: Database, tell: Tell) -> None:
    """One list after the other is imported, as in the program: read, planned, backed up, written."""
    importing = Importing(database)
    for number, file in enumerate(lists(database.path.parent), 1):
        report = importing.carry_out(importing.preview(file))
        assert report.created == AT_ONCE
        tell(number)
    time.sleep(60)  # the kill comes sooner


def take_back(database: Database, tell: Tell) -> None:
    """An import, its undo, its redo, and so on."""
    with database.writing(say("Import")) as deed:
        add_contacts(deed, AT_ONCE)
    last = deed.changeset
    for number in itertools.count(1):
        tell(number)
        written = database.revert(last)
        assert written is not None
        last = written.changeset


def brought_in_again(database: Database, there: int) -> None:
    """Raise AssertionError unless the lists that are there bring nobody new, and the next one all of its people."""
    importing = Importing(database)
    for number, file in enumerate(lists(database.path.parent)[: there + 1], 1):
        report = importing.carry_out(importing.preview(file))
        assert report.created == (0 if number <= there else AT_ONCE)


def judge(path: Path, work: Callable[[Database, Tell], None], told: int) -> None:
    """Raise AssertionError unless the file is as it must be after a kill."""
    database = Database.open(path)
    try:
        report = check(database)
        assert report.good, [*map(str, report.problems), report.index_disagrees]
        made = report.contacts - 29
        if work is edit:
            typed = database.rows("SELECT count(*) FROM contact WHERE uid LIKE 'typed-%'")[0][0]
            remarks = database.rows("SELECT count(*) FROM changeset WHERE label LIKE '%Add a contact%'")[0][0]
            assert made == typed == remarks
            assert told <= typed <= told + 1
        elif work in (bulk, bring_in):
            assert made % AT_ONCE == 0
            assert told <= made // AT_ONCE <= told + 1
            if work is bring_in:
                brought_in_again(database, made // AT_ONCE)
        else:
            assert made in (0, AT_ONCE)
            done = database.rows("SELECT count(*) FROM changeset WHERE label LIKE '%Import%'")[0][0]
            assert told <= done - 1 <= told + 1 or (told == 0 and done <= 2)
        with database.writing(say("Go on")) as deed:
            deed.execute("UPDATE contact SET remark = 'went on' WHERE id = 1")
    finally:
        database.close()


def kill_once(path: Path, work: Callable[[Database, Tell], None], deeds: int, share: float) -> tuple[int, bool]:
    """Work on the file in a child process and kill it; returns how many deeds it told, and whether it left a log.

    It is killed after so many deeds and that share (0 to 1) of the time that one of them took, so that it is in the
    middle of one however busy the machine is.
    """
    read, write = os.pipe()
    child = os.fork()
    if child == 0:
        try:
            database = Database.open(path)
            _ = database.engine
            os.write(write, b".")  # ready
            work(database, lambda _number: os.write(write, b"."))
        except BaseException:
            traceback.print_exc()
        os._exit(1)
    os.close(write)
    with os.fdopen(read, "rb", buffering=0) as pipe:
        assert pipe.read(1) == b".", "the child did not begin; its traceback stands above"
        begin = time.perf_counter()
        told = b"".join(pipe.read(1) for _ in range(deeds))
        time.sleep(share * (time.perf_counter() - begin) / deeds)
        os.kill(child, signal.SIGKILL)
        told += b"".join(iter(lambda: pipe.read(4096), b""))
    _, status = os.waitpid(child, 0)
    assert os.WIFSIGNALED(status), "the child ended by itself; its traceback stands above"
    return len(told), has_log(path)


def run(kills: int, seed: int, folder: Path) -> dict[str, int]:
    """So many kills, spread over the kinds of work; returns counts for whoever wants to see that it was real."""
    chance = random.Random(seed)
    template = new_file(folder / "template.alumnidesk")
    counts = {"kills": 0, "deeds told": 0, "logs left": 0}
    for number in range(kills):
        work = (edit, bulk, take_back, bring_in)[number % 4]
        path = folder / "killed.alumnidesk"
        shutil.copyfile(template, path)
        told, log = kill_once(path, work, chance.randint(1, MOST_DEEDS if work is not bring_in else 2), chance.random())
        try:
            judge(path, work, told)
        except AssertionError:
            print(f"seed {seed}, kill {number}, {work.__name__}: see {path}", file=sys.stderr)
            raise
        counts = {
            "kills": number + 1,
            "deeds told": counts["deeds told"] + told,
            "logs left": counts["logs left"] + log,
        }
    return counts


if __name__ == "__main__":
    wanted = int(sys.argv[1]) if len(sys.argv) > 1 else 1000
    with tempfile.TemporaryDirectory() as place:
        os.environ["XDG_DATA_HOME"] = place
        print(run(wanted, random.SystemRandom().randrange(10**6), Path(place)))
