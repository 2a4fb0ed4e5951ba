"""A printed directory: a thousand people in two columns with all details, contents and an index of names."""

from __future__ import annotations

import datetime as dt
import tempfile
from pathlib import Path

from tests.benchmarks.bench_letters import ASSOCIATION, contacts
from tests.benchmarks.harness import Row, seconds

from alumnidesk.documents.directory import print_directory
from alumnidesk.domain.consent import DIRECTORY, KNOWN, PHOTOS, PRINT, YES
from alumnidesk.domain.directory import DETAILS, TOWN, Agreed, DirectoryStyle, plan_directory

COUNT = 1_000


def measure() -> list[Row]:
    purposes = {purpose.key: purpose for purpose in KNOWN}
    people = list(contacts(COUNT))
    answers = {(card.id or 0, DIRECTORY, PRINT): YES for card in people}
    agreed = Agreed(purposes[DIRECTORY], purposes[PHOTOS], answers)
    style = DirectoryStyle(order=TOWN, details=frozenset(DETAILS))
    with tempfile.TemporaryDirectory() as folder:
        out = Path(folder) / "directory.pdf"

        def printed() -> None:
            plan = plan_directory(people, style, agreed, ASSOCIATION, today=dt.date(2026, 11, 22))
            assert plan.people == COUNT
            print_directory(plan, ASSOCIATION, lambda key: b"", out)

        ours = seconds(printed, times=3)
    return [Row(f"{COUNT:,} people in a directory with contents and index", ours, 0, 2.0)]
