"""Whatever is written with a label, by whatever way into the file: taken back it is gone, done again it is there."""

from __future__ import annotations

import shutil
import tempfile
from pathlib import Path
from typing import Any

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule
from sqlalchemy.exc import IntegrityError, PendingRollbackError
from sqlcipher3 import dbapi2 as driver

from alumnidesk import models as m
from alumnidesk.errors import Refused
from alumnidesk.i18n import say
from alumnidesk.progress import Progress
from alumnidesk.storage import history, indexing, upgrade
from alumnidesk.storage.content import content_hash, problems
from alumnidesk.storage.database import Database, Transaction

TEXT = st.one_of(
    st.sampled_from(["", "Müller", "O'Connor", "\x00", "1", "01", "null", '{"a": 1}', "\u2028"]),
    st.text(max_size=6),
)
UNIQUE_TEXT = {"uid", "key", "name", "system", "language"}
CHOICES = {
    ("contact", "kind"): ("person", "organisation"),
    ("contact", "gender_form"): ("", "f", "m"),
    ("contact", "salutation_mode"): ("", "formal", "none"),
    ("participation", "state"): ("invited", "coming", "declined"),
}


class Writes(RuleBasedStateMachine):
    """Random rows in all tables that history watches; a write that the tables refuse must leave nothing."""

    empty: Path

    @initialize()
    def begin(self) -> None:
        self.folder = tempfile.TemporaryDirectory()
        path = shutil.copyfile(self.empty, Path(self.folder.name) / "a.alumnidesk")
        self.database = Database.open(path)
        self.connection = self.database.connection
        self.columns = history.watched_tables(self.connection)
        self.holding: list[tuple[int, str, str]] = []
        """Deeds that hold: their number, the content before them and after."""
        self.uid = 0

    def content(self) -> str:
        return content_hash(self.connection, with_history=False)

    # Values -----------------------------------------------------------------------------------------------------

    def value(self, data: st.DataObject, table: str, column: str) -> Any:
        if (table, column) in CHOICES:
            return data.draw(st.sampled_from(CHOICES[table, column]))
        keys = {key[3]: key[2] for key in self.connection.execute(f'PRAGMA foreign_key_list("{table}")')}
        described = {row[1]: row for row in self.connection.execute(f'PRAGMA table_info("{table}")')}
        needed = described[column][3]
        if column in keys:
            ids = self.ids(keys[column])
            return data.draw(st.sampled_from(ids or [1] if needed else [None, *ids]))
        if described[column][2] == "INTEGER":
            numbers = st.sampled_from([0, 1, 2, 2**62])
            return data.draw(numbers if needed else st.none() | numbers)
        if column in UNIQUE_TEXT:
            self.uid += 1
            return data.draw(st.sampled_from(["same", f"{self.uid}"]))
        return data.draw(TEXT)

    def row(self, data: st.DataObject, table: str) -> dict[str, Any]:
        return {c: self.value(data, table, c) for c in self.columns[table] if c != "id"}

    def ids(self, table: str) -> list[int]:
        return [number for (number,) in self.connection.execute(f'SELECT id FROM "{table}"')]

    def table(self, data: st.DataObject) -> str:
        # Contacts more often than chance would have it, because most other tables hang on them.
        return data.draw(st.sampled_from([*self.columns, "contact", "contact", "contact"]))

    # Single writes ----------------------------------------------------------------------------------------------

    def insert(self, data: st.DataObject, deed: Transaction) -> None:
        table = self.table(data)
        values = self.row(data, table)
        verb = data.draw(st.sampled_from(["INSERT", "INSERT OR REPLACE", "INSERT OR IGNORE"]))
        names = ", ".join(f'"{name}"' for name in values)
        deed.execute(f'{verb} INTO "{table}" ({names}) VALUES ({", ".join("?" * len(values))})', [*values.values()])

    def insert_many(self, data: st.DataObject, deed: Transaction) -> None:
        table = self.table(data)
        rows = [self.row(data, table) for _ in range(data.draw(st.integers(1, 4)))]
        first = deed.allocate(table, len(rows))
        values = [(first + i, *row.values()) for i, row in enumerate(rows)]
        deed.insert_many(table, ["id", *rows[0]], values)

    def update(self, data: st.DataObject, deed: Transaction) -> None:
        table = self.table(data)
        values = self.row(data, table)
        chosen = data.draw(st.sets(st.sampled_from(sorted(values)), min_size=1, max_size=3))
        columns = ", ".join(f'"{column}" = ?' for column in sorted(chosen))
        whom = data.draw(st.sampled_from(["id % 2 = 0", "id = (SELECT max(id) FROM contact)", "1"]))
        deed.execute(f'UPDATE "{table}" SET {columns} WHERE {whom}', [values[c] for c in sorted(chosen)])

    def delete(self, data: st.DataObject, deed: Transaction) -> None:
        table = self.table(data)
        ids = self.ids(table)
        if ids:
            deed.execute(f'DELETE FROM "{table}" WHERE id = ?', (data.draw(st.sampled_from(ids)),))

    def through_session(self, data: st.DataObject, deed: Transaction) -> None:
        ids = self.ids("contact")
        if ids and data.draw(st.booleans()):
            contact = deed.session.get_one(m.Contact, data.draw(st.sampled_from(ids)))
            contact.remark = data.draw(TEXT)
            contact.emails = [m.Email(address=data.draw(TEXT))]
        else:
            self.uid += 1
            phones = [m.Phone(number="040 1")]
            deed.session.add(m.Contact(uid=f"s{self.uid}", given_name=data.draw(TEXT), phones=phones))
        deed.session.flush()

    # Deeds ------------------------------------------------------------------------------------------------------

    @rule(data=st.data(), steps=st.integers(1, 4), stop=st.booleans())
    def write(self, data: st.DataObject, steps: int, stop: bool) -> None:
        before = self.content()
        ways = [self.insert, self.insert, self.insert_many, self.update, self.delete, self.through_session]
        try:
            with self.database.writing(say("Write {n}", n=steps)) as deed:
                for _ in range(steps):
                    way = data.draw(st.sampled_from(ways))
                    try:
                        way(data, deed)
                    except driver.IntegrityError:  # the deed goes on without it
                        continue
                if stop and data.draw(st.booleans()):
                    raise Refused(say("Stop"))
        except Refused:
            assert self.content() == before
            return
        except (driver.IntegrityError, IntegrityError, PendingRollbackError):
            assert self.content() == before
            return
        if deed.written is None:
            assert self.content() == before
        else:
            self.holding.append((deed.written.changeset, before, self.content()))

    @rule(steps=st.integers(1, 5))
    def undo_one_by_one_and_redo(self, steps: int) -> None:
        chosen = self.holding[-steps:]
        for number, before, _ in reversed(chosen):
            entry = history.next_undo(self.connection)
            assert entry is not None
            assert entry.id == number
            self.database.revert(number)
            assert self.content() == before
        for number, _, after in chosen:
            entry = history.next_redo(self.connection)
            assert entry is not None
            assert entry.undoes == number
            self.database.revert(entry.id)
            assert self.content() == after

    @rule()
    def undo_for_good(self) -> None:
        if self.holding:
            number, before, _ = self.holding.pop()
            self.database.revert(number)
            assert self.content() == before

    @rule(data=st.data())
    def in_any_order(self, data: st.DataObject) -> None:
        """Out of order a step is taken back and done again exactly, or refused with a reason and nothing changes."""
        numbers = [number for number, *_ in self.holding]
        undone: list[int] = []
        refusals: list[Refused] = []
        contents = {frozenset(): self.content()}
        for _ in range(data.draw(st.integers(0, 6))):
            number = data.draw(st.sampled_from(numbers)) if numbers else None
            if number is None:
                return
            before = self.content()
            subject = history.undo_of(self.connection, number) if number in undone else number
            assert subject is not None
            try:
                self.database.revert(subject)
            except Refused as refused:
                refusals.append(refused)
                assert self.content() == before
                continue
            undone = [n for n in undone if n != number] if number in undone else [*undone, number]
            # The same steps taken back is the same content, in whichever order that came about.
            assert contents.setdefault(frozenset(undone), self.content()) == self.content()
        for number in sorted(undone):
            subject = history.undo_of(self.connection, number)
            assert subject is not None
            try:
                self.database.revert(subject)
            except Refused:
                # Whatever order it was undone in, the reverse is always open.
                for again in reversed(undone[undone.index(number) :]):
                    subject = history.undo_of(self.connection, again)
                    if subject is not None:
                        self.database.revert(subject)
                break
        assert self.content() == contents[frozenset()]
        assert all(refused.way_out is not None for refused in refusals)

    @invariant()
    def index_and_structure_agree(self) -> None:
        if not hasattr(self, "database"):
            return
        assert not self.connection.in_transaction
        assert problems(self.connection) == []
        with self.database.temporary_tables():
            assert not indexing.disagrees(self.connection, Progress())

    def teardown(self) -> None:
        if not hasattr(self, "database"):
            return
        try:
            for number, before, _ in reversed(self.holding):
                self.database.revert(number)
                assert self.content() == before
            assert all(self.ids(table) == [] for table in self.columns)
        finally:
            self.database.close()
            self.folder.cleanup()


@pytest.fixture(scope="module", autouse=True)
def _empty_file(tmp_path_factory: pytest.TempPathFactory) -> None:
    Writes.empty = tmp_path_factory.mktemp("empty") / "empty.alumnidesk"
    upgrade.create(Writes.empty)


TestWrites = Writes.TestCase
TestWrites.settings = settings(max_examples=25, stateful_step_count=15, deadline=None)
