"""Contacts here and a table there, edited in any order, with crashes in between: nothing is lost or doubled."""

from __future__ import annotations

import csv
import io
import os
import re
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from unittest import mock

from hypothesis import Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from alumnidesk.desk import Desk
from alumnidesk.domain.cards import ContactCard, Phone
from alumnidesk.formats import vcard
from alumnidesk.services.sync_plan import CSV, Decision, Outcome, PartnerCard, SyncPlan

TOKEN = re.compile(r"(?<!\w)(?:zq\d+p?|0407\d{5})(?!\w)")
"""What marks a value that somebody entered: a word in a text, a phone number."""
HEADER = ["Parkplatz", "Vorname", "Nachname", "Telefon", "Handy", "Position"]


class Crash(BaseException):
    """The power fails."""


class ContactsAndTable(RuleBasedStateMachine):
    """An office at the desk, somebody with a spreadsheet, and a power supply one cannot rely on."""

    @initialize()
    def begin(self) -> None:
        self.room = tempfile.TemporaryDirectory()
        self.desk = Desk.create(Path(self.room.name) / "a.alumnidesk")
        self.path = Path(self.room.name) / "liste.csv"
        self.quoting: int = csv.QUOTE_MINIMAL
        self.count = 0
        self.alive: set[str] = set()
        """Values that nobody has taken away on either side."""
        self.save([HEADER])
        self.partner = self.desk.syncing.add(PartnerCard(name="Liste", kind=CSV, place=str(self.path))).id or 0
        for _ in range(2):
            self.new_there()
        self.new_here()
        self.sync()

    # What people do --------------------------------------------------------------------------------------------------

    def rows(self) -> list[list[str]]:
        text = self.path.read_bytes().decode("cp1252")
        return list(csv.reader(io.StringIO(text, newline=""), delimiter=";"))

    def save(self, rows: list[list[str]]) -> None:
        text = io.StringIO()
        csv.writer(text, delimiter=";", quoting=self.quoting).writerows(rows)  # type: ignore[arg-type]
        self.path.write_bytes(text.getvalue().encode("cp1252"))

    def ours(self) -> list[ContactCard]:
        return self.desk.contacts.cards(self.desk.find.contacts().ids)

    def held(self) -> tuple[set[str], set[str]]:
        ours = "\n".join(vcard.write(card).replace("\r\n ", "") for card in self.ours())
        return set(TOKEN.findall(ours)), set(TOKEN.findall(self.path.read_bytes().decode("cp1252")))

    @contextmanager
    def deed(self) -> Iterator[int]:
        """Somebody changes one side: what was there and is not any more was taken away on purpose."""
        before = self.held()
        self.count += 1
        yield self.count
        after = self.held()
        for was, is_now in zip(before, after, strict=True):
            self.alive = (self.alive | is_now - was) - (was - is_now)

    @rule()
    def new_here(self) -> None:
        with self.deed() as n:
            self.desk.contacts.add(ContactCard(family_name=f"zq{n}", phones=(Phone(f"0407{n:05}"),)))

    @rule(data=st.data(), what=st.sampled_from(["phones", "given_name", "position", "remark", "title"]))
    def edit_here(self, data: st.DataObject, what: str) -> None:
        if not (cards := self.ours()):
            return
        card = data.draw(st.sampled_from(cards))
        with self.deed() as n:
            if what == "phones":
                kept = card.phones[data.draw(st.integers(0, len(card.phones))) :]
                label = data.draw(st.sampled_from(["", "mobile", "work"]))
                changed = replace(card, phones=(*kept, Phone(f"0407{n:05}", label)))
            else:
                changed = replace(card, **{what: data.draw(st.sampled_from(["", f"zq{n}"]))})  # type: ignore[arg-type]
            self.desk.contacts.save(card, changed)

    @rule(data=st.data())
    def delete_here(self, data: st.DataObject) -> None:
        if len(cards := self.ours()) < 2:
            return
        card = data.draw(st.sampled_from(cards))
        with self.deed():
            self.desk.contacts.delete([card.id or 0])
        for row in self.rows():
            if card.family_name in row:
                self.alive -= set(row)  # the row goes with everything in it

    @rule()
    def new_there(self) -> None:
        with self.deed() as n:
            texts = {"Parkplatz": f"zq{n}p", "Nachname": f"zq{n}", "Telefon": f"0407{n:05}"}
            rows = self.rows()
            self.save([*rows, [texts.get(heading, "") for heading in rows[0]]])

    @rule(data=st.data(), what=st.sampled_from(HEADER), emptied=st.booleans())
    def edit_there(self, data: st.DataObject, what: str, emptied: bool) -> None:
        header, *rows = self.rows()
        if what not in header or not (filled := [row for row in rows if row]):
            return
        row = data.draw(st.sampled_from(filled))
        row += [""] * (len(header) - len(row))
        with self.deed() as n:
            value = f"0407{n:05}" if what in ("Telefon", "Handy") else f"zq{n}"
            row[header.index(what)] = "" if emptied and what != "Nachname" else value
            self.save([header, *rows])

    @rule(data=st.data())
    def delete_there(self, data: st.DataObject) -> None:
        header, *rows = self.rows()
        filled = [row for row in rows if any(row)]
        if len(filled) > 1:  # an empty table stops a sync
            with self.deed():
                rows.remove(data.draw(st.sampled_from(filled)))
                self.save([header, *rows])

    @rule(data=st.data(), quoting=st.sampled_from([csv.QUOTE_ALL, csv.QUOTE_MINIMAL]))
    def sort_and_save_anew(self, data: st.DataObject, quoting: int) -> None:
        header, *rows = self.rows()
        self.quoting = quoting
        self.save([header, *data.draw(st.permutations(rows)), []])

    @rule()
    def move_a_column(self) -> None:
        self.save([[*row[1:], *row[:1]] if len(row) == len(self.rows()[0]) else row for row in self.rows()])

    # Syncing ---------------------------------------------------------------------------------------------------------

    def plan(self) -> SyncPlan:
        """What a sync would do. A table in which nobody can be read any more stops it; then somebody enters a row."""
        plan = self.desk.syncing.preview(self.partner)
        if plan.stopped is not None:
            self.new_there()
            plan = self.desk.syncing.preview(self.partner)
        return plan

    @rule()
    def sync(self) -> None:
        self.desk.syncing.carry_out(self.plan(), allow_many=True)

    @rule(done=st.booleans())
    def sync_and_crash(self, done: bool) -> None:
        """The power fails when the table is written: before it, or when it is done and nobody knows."""
        real = os.replace

        def failing(source: Path, target: Path) -> None:
            if done:
                real(source, target)
            raise Crash

        plan = self.plan()
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
            plan = self.plan()
            decisions = {q.id: decision if decision in q.allowed else Decision.BOTH for q in plan.questions}
            self.desk.syncing.carry_out(plan, decisions, allow_many=True)
        plan = self.desk.syncing.preview(self.partner)
        assert not plan.items, plan.items
        assert not plan.problems
        written = self.path.stat().st_mtime_ns
        report = self.desk.syncing.carry_out(plan)
        assert report.counts == {Outcome.UNCHANGED: len(self.ours())} if self.ours() else not report.counts
        assert report.changeset is None
        assert self.path.stat().st_mtime_ns == written
        header, *rows = [row for row in self.rows() if any(row)]
        there = [dict(zip(header, row, strict=False)) for row in rows]
        assert sorted((row["Vorname"], row["Nachname"], row.get("Position", "")) for row in there) == sorted(
            (card.given_name, card.family_name, card.position) for card in self.ours()
        )
        phones = {card.family_name: {phone.number for phone in card.phones} for card in self.ours()}
        for row in there:
            assert {row[name] for name in ("Telefon", "Handy") if row.get(name)} <= phones[row["Nachname"]]


TestContactsAndTable = ContactsAndTable.TestCase
TestContactsAndTable.settings = settings(
    max_examples=8, stateful_step_count=12, deadline=None, phases=(Phase.explicit, Phase.reuse, Phase.generate)
)
