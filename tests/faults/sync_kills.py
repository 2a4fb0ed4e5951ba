"""Killing a sync at random steps: ``python -m tests.faults.sync_kills 300``; a few times in every test run.

Both sides have changes. A child process syncs and is killed before one of its SQL statements or file operations, now
and then twice; the next sync completes it. Then both sides must be, to the letter, as after an undisturbed sync.
"""

from __future__ import annotations

import os
import random
import shutil
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

from tests.faults.steps import killed_at

from alumnidesk.desk import Desk
from alumnidesk.domain.cards import ContactCard, Phone
from alumnidesk.services.sync_plan import PartnerCard

PEOPLE = 30
FEW = 5
"""Changes of each kind on each side."""
STEPS, FILE_STEPS = 500, 50
"""About as many as a sync of them has, and of those how many write files."""

Both = tuple[list[ContactCard], dict[str, bytes]]
"""Our contacts, and the files of the folder by name."""


class Killing:
    """A data file and a folder that have much to tell each other, again and again."""

    def __init__(self, place: Path) -> None:
        self._template, self._changed = place / "template.alumnidesk", place / "changed"
        self.file, self.folder = place / "killed.alumnidesk", place / "cards"
        self._prepare()
        self.expected = self._undisturbed()

    def _prepare(self) -> None:
        self.folder.mkdir()
        with _open(Desk.create(self._template)) as desk:
            for number in range(PEOPLE):
                desk.contacts.add(ContactCard(family_name=f"Öster{number:02}", remark="both"))
            desk.syncing.add(PartnerCard(name="Cards", place=str(self.folder)))
            _sync(desk)
            known = list(desk.contacts.cards(desk.find.contacts().ids))
            for card in known[:FEW]:
                desk.contacts.save(card, replace(card, phones=(Phone("0461 1"),)))
            for number in range(FEW):
                desk.contacts.add(ContactCard(family_name=f"Ours{number}"))
            desk.contacts.delete([known[-1].id or 0])
            for card in known[FEW - 2 : 2 * FEW]:  # two are changed on both sides
                self._edit(card.uid, b"ORG:Theirs\r\n")
            self._path(known[-2].uid).unlink()
            for number in range(FEW):
                text = f"BEGIN:VCARD\r\nVERSION:3.0\r\nUID:theirs-{number}\r\nN:Theirs{number};;;;\r\nEND:VCARD\r\n"
                self._path(f"theirs-{number}").write_text(text, newline="")
        shutil.copytree(self.folder, self._changed)

    def _path(self, uid: str) -> Path:
        return self.folder / f"{uid}.vcf"

    def _edit(self, uid: str, line: bytes) -> None:
        path = self._path(uid)
        path.write_bytes(path.read_bytes().replace(b"END:VCARD", line + b"END:VCARD"))

    def begin(self) -> dict[str, bytes]:
        """As before any sync; returns the files."""
        shutil.copyfile(self._template, self.file)
        shutil.rmtree(self.folder)
        shutil.copytree(self._changed, self.folder)
        return self.files()

    def files(self) -> dict[str, bytes]:
        """What lies in the folder for everybody to see."""
        return {path.name: path.read_bytes() for path in self.folder.iterdir() if not path.name.startswith(".")}

    def sync(self) -> None:
        """What is killed."""
        with _open(Desk.open(self.file)) as desk:
            _sync(desk)

    def _undisturbed(self) -> Both:
        self.begin()
        self.sync()
        return self.both()

    def both(self) -> Both:
        """Both sides, once nothing is left to do; the file must be sound."""
        with _open(Desk.open(self.file)) as desk:
            plan = desk.syncing.preview(_partner(desk))
            assert not plan.items, [str(item) for item in plan.items]
            assert not desk.check()
            cards = [replace(card, id=None) for card in desk.contacts.cards(desk.find.contacts().ids)]
        return sorted(cards, key=lambda card: card.uid), self.files()


@contextmanager
def _open(desk: Desk) -> Iterator[Desk]:
    try:
        yield desk
    finally:
        desk.close(backup=False)


def _partner(desk: Desk) -> int:
    (partner,) = desk.syncing.partners()
    return partner.id or 0


def _sync(desk: Desk) -> None:
    desk.syncing.carry_out(desk.syncing.preview(_partner(desk)))


def run(kills: int, seed: int, place: Path) -> dict[str, int]:
    """So many rounds; returns counts for whoever wants to see that it was real."""
    chance = random.Random(seed)
    killing = Killing(place)
    counts = Counter(rounds=kills)
    for number in range(kills):
        before = killing.begin()
        try:
            for _ in range(chance.choice((1, 1, 2))):
                statements = chance.random() < 0.5
                step = chance.randint(1, STEPS if statements else FILE_STEPS)
                counts["kills"] += killed_at(step, killing.sync, statements=statements)
            counts["folders half written"] += killing.files() not in (before, killing.expected[1])
            killing.sync()
            assert killing.both() == killing.expected
        except AssertionError:
            print(f"seed {seed}, round {number}: see {killing.file}", file=sys.stderr)
            raise
    return dict(counts)


if __name__ == "__main__":
    wanted = int(sys.argv[1]) if len(sys.argv) > 1 else 300
    with tempfile.TemporaryDirectory() as name:
        os.environ["XDG_DATA_HOME"] = name
        print(run(wanted, random.SystemRandom().randrange(10**6), Path(name)))
