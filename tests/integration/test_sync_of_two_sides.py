"""Two sides that hold the same contacts, edited in any order, with crashes in between: nothing is lost or doubled."""

from __future__ import annotations

import os
import re
import tempfile
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any
from unittest import mock

from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from alumnidesk.desk import Desk
from alumnidesk.domain.cards import ContactCard, Phone
from alumnidesk.domain.sync import Content, Slot
from alumnidesk.formats import vcard
from alumnidesk.formats.vcard_states import CardText, card_text, replaced
from alumnidesk.services.sync_plan import Decision, Outcome, PartnerCard

TOKEN = re.compile(r"(?<!\w)(?:zq\d+|0407\d{5})(?!\w)")
"""What marks a value that somebody entered: a word in a text, a phone number."""

PICK = st.integers(0, 99)
"""Which one of however many there are."""


class Crash(BaseException):
    """The power fails."""


class TwoSides(RuleBasedStateMachine):
    """An office at the desk, somebody with another program at the folder, and a power supply one cannot rely on."""

    @initialize()
    def begin(self) -> None:
        self.room = tempfile.TemporaryDirectory()
        self.desk = Desk.create(Path(self.room.name) / "a.alumnidesk")
        self.folder = Path(self.room.name) / "cards"
        self.folder.mkdir()
        self.partner = self.desk.syncing.add(PartnerCard(name="Cards", place=str(self.folder))).id or 0
        self.count = 0
        self.alive: set[str] = set()
        """Values that nobody has taken away on either side."""
        self.gone_there: set[str] = set()
        for _ in range(3):
            self.new_here()
        self.sync()

    # What people do ---------------------------------------------------------------------------------------------

    def token(self) -> int:
        self.count += 1
        return self.count

    @contextmanager
    def deed(self) -> Iterator[int]:
        """Somebody changes one side: what was there and is not any more was taken away on purpose."""
        before, number = self.held(), self.token()
        yield number
        after = self.held()
        self.gone_there |= before[1] - after[1]
        for was, is_now in zip(before, after, strict=True):
            # what an undo brings back here and somebody took away there meanwhile may go here too
            self.alive = (self.alive | is_now - was - self.gone_there) - (was - is_now)

    def ours(self) -> list[ContactCard]:
        return self.desk.contacts.cards(sorted(self.desk.find.contacts().ids))

    def files(self) -> list[Path]:
        """In an order that is the same in every run, whatever UIDs are given."""
        return sorted(self.folder.glob("[!.]*.vcf"), key=lambda path: sorted(TOKEN.findall(path.read_text())))

    def held(self) -> tuple[set[str], set[str]]:
        ours = "\n".join(vcard.write(card).replace("\r\n ", "") for card in self.ours())
        theirs = "\n".join(path.read_text().replace("\r\n ", "") for path in self.files())
        return set(TOKEN.findall(ours)), set(TOKEN.findall(theirs))

    @rule()
    def new_here(self) -> None:
        with self.deed() as n:
            self.desk.contacts.add(ContactCard(family_name=f"zq{n}", phones=(Phone(f"0407{n:05}"),)))

    @rule(pick=PICK, how=PICK, what=st.sampled_from(["remark", "call_name", "phones", "tags", "position"]))
    def edit_here(self, pick: int, how: int, what: str) -> None:
        if not (cards := self.ours()):
            return
        card = cards[pick % len(cards)]
        with self.deed() as n:
            if what == "phones":
                kept = card.phones[how % (len(card.phones) + 1) :]
                changed = replace(card, phones=(*kept, Phone(f"0407{n:05}")))
            elif what == "tags":
                changed = replace(card, tags=(*card.tags[1:], f"zq{n}"))
            else:
                text: dict[str, Any] = {what: f"zq{n}" if how % 3 else ""}
                changed = replace(card, **text)
            self.desk.contacts.save(card, changed)

    @rule(pick=PICK)
    def delete_here(self, pick: int) -> None:
        if len(cards := self.ours()) > 1:
            with self.deed():
                self.desk.contacts.delete([cards[pick % len(cards)].id or 0])

    @rule(pick=PICK, other=PICK)
    def merge_here(self, pick: int, other: int) -> None:
        cards = self.ours()
        if len(cards) > 2 and pick % len(cards) != other % len(cards):
            with self.deed():
                self.desk.merging.merge(cards[pick % len(cards)].id or 0, cards[other % len(cards)].id or 0)

    @rule()
    def empty_the_bin(self) -> None:
        with self.deed():
            self.desk.bin.delete_for_good(self.desk.bin.contacts())

    @rule()
    def undo_here(self) -> None:
        if self.desk.history.next_undo() is not None and self.desk.history.next_undo().id > 3:  # type: ignore[union-attr]
            with self.deed():
                self.desk.history.undo()

    @rule(uid=st.booleans())
    def new_there(self, uid: bool) -> None:
        with self.deed() as n:
            identity = f"UID:{uuid.UUID(int=n)}\n" if uid else ""
            text = (
                f"BEGIN:VCARD\nVERSION:3.0\n{identity}N:zq{n};;;;\nFN:zq{n}\nTEL:0407{n:05}\nX-OWN:zq{n}\nEND:VCARD\n"
            )
            (self.folder / f"{n}.vcf").write_text(text)

    @rule(
        pick=PICK,
        replacing=st.booleans(),
        what=st.sampled_from(["NOTE", "NICKNAME", "TEL", "CATEGORIES", "TITLE", "X-OWN"]),
    )
    def edit_there(self, pick: int, replacing: bool, what: str) -> None:
        if not (files := self.files()):
            return
        path = files[pick % len(files)]
        card = card_text(path.read_bytes())
        assert isinstance(card, CardText)
        with self.deed() as n:
            changes: dict[Slot, Content | None] = {}
            old = [slot for slot in card.state if slot.name == what]
            if replacing and old:
                changes[old[0]] = None
            value = f"0407{n:05}" if what == "TEL" else f"zq{n}"
            new = Slot(what, value if what in ("TEL", "CATEGORIES", "X-OWN") else "")
            changes[new] = Content(f"{what}:{value}", (f"{what}:{value}",))
            path.write_bytes(replaced(card, changes).text)

    @rule(pick=PICK)
    def delete_there(self, pick: int) -> None:
        if len(files := self.files()) > 1:
            with self.deed():
                files[pick % len(files)].unlink()

    @rule(pick=PICK)
    def rename_there(self, pick: int) -> None:
        if files := self.files():
            path = files[pick % len(files)]
            path.rename(path.with_name(f"renamed-{self.token()}.vcf"))

    # Syncing ----------------------------------------------------------------------------------------------------

    @rule()
    def sync(self) -> None:
        self.refill()
        plan = self.desk.syncing.preview(self.partner)
        self.desk.syncing.carry_out(plan, allow_many=True)

    def refill(self) -> None:
        """A folder without any card is not synced with; one may be left without when what was deleted here has gone
        there too, and all others wait for an answer."""
        if self.ours() and not self.files():
            self.new_there(uid=True)

    @rule(after=st.integers(0, 4), half=st.booleans())
    def sync_and_crash(self, after: int, half: bool) -> None:
        """The power fails at a write there: before it, or when it is done and nobody knows."""
        real, left = os.replace, [after]

        def failing(source: Path, target: Path) -> None:
            left[0] -= 1
            if left[0] < 0:
                if half:
                    real(source, target)
                raise Crash
            real(source, target)

        self.refill()
        plan = self.desk.syncing.preview(self.partner)
        with mock.patch("os.replace", failing):
            try:
                self.desk.syncing.carry_out(plan, allow_many=True)
            except Crash:
                self.desk.close(backup=False)
                self.desk = Desk.open(self.desk.path)

    @invariant()
    def nothing_is_lost(self) -> None:
        if hasattr(self, "desk"):
            ours, theirs = self.held()
            assert self.alive <= ours | theirs, self.alive - ours - theirs

    def teardown(self) -> None:
        if not hasattr(self, "desk"):
            return
        try:
            self.finish()
        finally:
            self.desk.close(backup=False)
            self.room.cleanup()

    def finish(self) -> None:
        """Everything decided, both sides are equal, nobody is there twice, and there is nothing left to do."""
        for decision in (Decision.OURS, Decision.THEIRS, Decision.OURS, Decision.BOTH):
            self.refill()
            plan = self.desk.syncing.preview(self.partner)
            decisions = {q.id: decision if decision in q.allowed else Decision.BOTH for q in plan.questions}
            self.desk.syncing.carry_out(plan, decisions, allow_many=True)
        self.refill()
        plan = self.desk.syncing.preview(self.partner)
        assert not plan.items, plan.items
        assert not plan.problems
        written = [path.stat().st_mtime_ns for path in self.files()]
        report = self.desk.syncing.carry_out(plan)
        assert report.counts == {Outcome.UNCHANGED: len(self.ours())} if self.ours() else not report.counts
        assert report.changeset is None
        assert [path.stat().st_mtime_ns for path in self.files()] == written
        ours = sorted(map(_said, (vcard.write(card).encode() for card in self.ours())))
        theirs = sorted(map(_said, (path.read_bytes() for path in self.files())))
        assert ours == theirs


def _said(text: bytes) -> list[str]:
    """What a card says, but for the name as one says it, which either side makes by itself."""
    card = card_text(text)
    assert isinstance(card, CardText)
    return sorted(content.canonical for slot, content in card.state.items() if slot.name != "FN")


TestTwoSides = TwoSides.TestCase
TestTwoSides.settings = settings(
    max_examples=12,
    stateful_step_count=15,
    deadline=None,
    phases=(Phase.explicit, Phase.reuse, Phase.generate),
    suppress_health_check=[HealthCheck.too_slow],
)
