"""A long list that lies on the disk is the same list."""

from __future__ import annotations

import os
import threading
from pathlib import Path

import pytest

from alumnidesk.domain.cards import ContactCard, Email, Phone
from alumnidesk.domain.records import ContactRecord, Problem, as_card
from alumnidesk.i18n import say
from alumnidesk.services.import_plan import Kind, Row, Step
from alumnidesk.storage.spool import Spool


def step(number: int) -> Step:
    record = ContactRecord(
        number,
        {"family_name": f"Öz{number}"},
        (Email("a@b.example"),),
        (Phone("1"),),
        problems=(Problem(number, say("Line {n}", n=number)),),
        photo=b"\0\xff",
    )
    return Step(number, record, as_card(record), contact=number or None)


def test_what_was_put_in_comes_out_in_its_order_and_by_its_place() -> None:
    things = [step(number) for number in range(1_203)]
    spool = Spool(things[:1_000])
    spool.extend(things[1_000:])
    assert len(spool) == 1_203
    assert list(spool) == things
    assert (spool[0], spool[-1], spool[700], spool[5:9]) == (things[0], things[-1], things[700], things[5:9])
    with pytest.raises(IndexError):
        spool[1_203]


def test_values_that_name_their_kind_come_back_as_what_they_were() -> None:
    row = Row(0, 1, Kind.SIMILAR, "A", say("May be {name}", name="B"))
    (again,) = Spool([row])
    assert again == row
    assert again.kind is Kind.SIMILAR
    assert list(Spool[ContactCard | None]([None, ContactCard()])) == [None, ContactCard()]


def test_another_thread_may_read_it() -> None:
    spool = Spool(range(2_000))
    found: list[int] = []
    reader = threading.Thread(target=lambda: found.extend(spool))
    reader.start()
    reader.join()
    assert found == list(range(2_000))


@pytest.mark.skipif(not Path("/proc/self/fd").exists(), reason="looks at the open files of Linux")
def test_much_lies_on_the_disk_under_no_name() -> None:
    spool = Spool(os.urandom(100_000) for _ in range(300))
    assert len(spool) == 300
    assert any(status.st_size > 10_000_000 for status in unnamed())


def unnamed() -> list[os.stat_result]:
    """The open files of this process that no folder knows any more."""
    found = []
    for name in Path("/proc/self/fd").iterdir():
        try:
            found.append(os.fstat(int(name.name)))
        except OSError:
            continue
    return [status for status in found if status.st_nlink == 0]
