"""Importing: a file becomes records, a preview says what they would do, and one deed does it."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from alumnidesk.domain.cards import ContactCard
from alumnidesk.domain.records import Problem, Reading
from alumnidesk.domain.uniting import united
from alumnidesk.errors import Refused
from alumnidesk.formats import pictures
from alumnidesk.formats.bulk import collector_paused
from alumnidesk.i18n import Message, say, say_n
from alumnidesk.progress import Progress
from alumnidesk.services import cards, import_ties, reading, stored_files
from alumnidesk.services.import_plan import Choices, ImportReport, Kind, Preview, Step
from alumnidesk.services.import_planning import Planner
from alumnidesk.services.import_ties import TiedStep, new_one
from alumnidesk.services.matching import UID_SYSTEM
from alumnidesk.services.own_fields import OwnFields
from alumnidesk.services.reading import with_known_units
from alumnidesk.services.units import stored
from alumnidesk.storage import backup
from alumnidesk.storage.database import Database, Transaction

_BATCH = 500
_MAPPING = "mapping:"
"""Settings that remember which column goes where, by the header of the table."""


class Importing:
    """Brings files of other programs into the register."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def preview(self, path: Path, *, choices: Choices | None = None, progress: Progress | None = None) -> Preview:
        """Read a file and say what importing it would do. Writes nothing.

        Raises BadFile if it is no contact list or cannot be read as a whole, Cancelled.
        """
        progress = progress or Progress()
        with collector_paused():
            source = reading.read(path, choices or Choices(), self._remembered, OwnFields(self._database), progress)
            source = with_known_units(source, stored(self._database))
            rows, steps = Planner(self._database, progress).plan(source.reading)
        return Preview(
            path=path,
            format=source.choices.format or "",
            choices=source.choices,
            columns=source.columns,
            rows=tuple(rows),
            notes=(*source.reading.notes, *_remarks_on_lines(source.reading)),
            preset=source.preset,
            own_fields=tuple(field.name for field in OwnFields(self._database).all()),
            sheets=source.sheets,
            corrected=source.corrected,
            steps=tuple(steps),
            state=self._database.changes,
        )

    def _remembered(self, header: str) -> tuple[str | None, ...] | None:
        """The mapping that was chosen when a file with this header was last imported."""
        rows = self._database.rows("SELECT value FROM setting WHERE key = ?", (_MAPPING + header,))
        return tuple(json.loads(rows[0][0])) if rows else None

    def carry_out(
        self,
        preview: Preview,
        *,
        skip: Collection[int] = (),
        same: Collection[int] = (),
        progress: Progress | None = None,
    ) -> ImportReport:
        """Do what a preview says: one deed, all of it or nothing; a backup is made first.

        `skip` are ids of rows to leave out, `same` ids of similar rows that are, the person says, the same contact.
        Raises Refused if the register has changed since the preview, Cancelled until it is written for good.
        """
        progress = progress or Progress()
        if preview.state != self._database.changes:
            raise Refused(
                say("The contacts have changed since this preview was made."),
                say("Please look at the preview again; it is up to date now."),
            )
        with collector_paused():
            plan = _Plan.of(preview, frozenset(skip), frozenset(same), progress)
            return _Writer(self._database, preview, plan, progress).write()


def _remarks_on_lines(reading: Reading) -> Iterator[Message]:
    for problem in reading.problems:
        if not problem.severe:
            yield say("Line {line}: {why}", line=problem.line, why=problem.why)


# Writing -----------------------------------------------------------------------------------------------------------


@dataclass(slots=True)
class _Plan:
    """What is left of a preview after the person has decided."""

    new: dict[int, ContactCard] = field(default_factory=dict)
    """First row → the new contact, with what later rows add."""
    known: defaultdict[int, list[Step]] = field(default_factory=lambda: defaultdict(list))
    """Contact → the steps that are about it, in file order."""
    whose: list[tuple[int, Step]] = field(default_factory=list)
    """All steps in file order, with the id of the contact or the number of the new one."""
    skipped: int = 0
    changed: set[int] = field(default_factory=set)
    """Rows that add something to somebody."""

    @classmethod
    def of(cls, preview: Preview, skip: frozenset[int], same: frozenset[int], progress: Progress) -> _Plan:
        plan = cls()
        turned_out: dict[int, int] = {}
        for step in progress.each(preview.steps):
            if step.row in skip:
                plan.skipped += 1
                continue
            contact, first = (step.contact, step.first) if step.sure or step.row in same else (None, None)
            if first is not None:
                contact = turned_out.get(first)
            if contact is not None:
                turned_out[step.row] = contact
                plan.known[contact].append(step)
                plan.whose.append((contact, step))
                continue
            key = step.row if first is None else first
            plan.whose.append((new_one(key), step))
            if key not in plan.new:
                plan.new[key] = step.card
            else:
                present = plan.new[key]
                after = united(present, step.record, fill=True)
                if after is not present:
                    plan.changed.add(step.row)
                plan.new[key] = after if after.uid else replace(after, uid=step.card.uid)
        return plan


class _Writer:
    """Writes a plan."""

    def __init__(self, database: Database, preview: Preview, plan: _Plan, progress: Progress) -> None:
        self._database = database
        self._preview = preview
        self._plan = plan
        self._progress = progress
        self._created: list[int] = []
        self._changed: list[int] = []
        self._changeset: int | None = None

    def write(self) -> ImportReport:
        plan = self._plan
        changes = list(self._changes())
        tied = TiedStep.of(self._database, plan.whose)
        plan.changed.update(one.step.row for one in tied if one.news and new_one(one.step.row) != one.said.contact)
        newly_tied = {one.said.contact for one in tied if one.news and one.said.contact > 0}
        newly_tied -= {before.id for before, _ in changes}
        identities = [
            (contact, step.record.uid) for contact, steps in plan.known.items() for step in steps if step.identity
        ]
        if plan.new or changes or identities or newly_tied:
            backup.make(self._database, "import", self._progress)
            self._progress.begin(say("Writing the contacts …"), len(plan.new) + len(changes))
            label = self._label(len(plan.new), len(changes) + len(newly_tied))
            with self._database.writing(label, progress=self._progress) as transaction:
                self._insert(transaction, list(plan.new.values()))
                self._update(transaction, changes)
                self._identify(transaction, identities)
                import_ties.write(transaction, tied, dict(zip(map(new_one, plan.new), self._created, strict=True)))
                self._changed += sorted(newly_tied)
                self._keep_photos(transaction, [*plan.new.values(), *(after for _, after in changes)])
                self._remember_mapping(transaction)
                self._changeset = transaction.changeset
        return self._report()

    def _changes(self) -> Iterator[tuple[ContactCard, ContactCard]]:
        """The contacts that have something new in this file, as they are and as they become."""
        known = self._plan.known
        self._progress.begin(say("Comparing with the contacts …"), len(known))
        for before in self._progress.each(cards.read(self._database, sorted(known))):
            after = before
            for place, step in enumerate(known[before.id or 0]):
                present, after = after, united(after, step.record, fill=place > 0)
                if after is not present:
                    self._plan.changed.add(step.row)
            if after is not before:
                yield before, after

    def _insert(self, transaction: Transaction, new: Sequence[ContactCard]) -> None:
        for start in range(0, len(new), _BATCH):
            batch = new[start : start + _BATCH]
            self._created += cards.insert(transaction, batch)
            self._progress.advance(len(batch))

    def _update(self, transaction: Transaction, changes: Sequence[tuple[ContactCard, ContactCard]]) -> None:
        for before, after in self._progress.each(changes, every=50):
            cards.update(transaction, before, after)
            self._changed.append(before.id or 0)

    def _keep_photos(self, transaction: Transaction, written: Sequence[ContactCard]) -> None:
        wanted = {card.photo for card in written if card.photo}
        for step in self._preview.steps if wanted else ():
            if step.record.photo and step.record.photo_key in wanted:
                wanted.discard(step.record.photo_key)
                stored_files.store(transaction, step.record.photo, pictures.media_type(step.record.photo))

    def _identify(self, transaction: Transaction, identities: Sequence[tuple[int, str]]) -> None:
        if identities:
            first = transaction.allocate("identity", len(identities))
            rows = [(first + i, contact, UID_SYSTEM, uid) for i, (contact, uid) in enumerate(identities)]
            transaction.insert_many("identity", ("id", "contact_id", "system", "key"), rows)

    def _remember_mapping(self, transaction: Transaction) -> None:
        """A corrected mapping serves the next file with the same header; undoing the import forgets it."""
        if self._preview.corrected:
            transaction.execute(
                "INSERT INTO setting (key, value) VALUES (?1, ?2) "
                "ON CONFLICT (key) DO UPDATE SET value = excluded.value",
                (_MAPPING + self._preview.corrected, json.dumps(self._preview.choices.columns)),
            )

    def _label(self, created: int, changed: int) -> Message:
        new = say_n("{n} new contact", "{n} new contacts", created)
        other = say_n("{n} changed", "{n} changed", changed)
        return say("“{file}” imported: {new}, {changed}", file=self._preview.path.name, new=new, changed=other)

    def _report(self) -> ImportReport:
        rows, plan = self._preview.rows, self._plan
        problems = tuple(Problem(row.line, row.what, row.text) for row in rows if row.kind is Kind.PROBLEM)
        return ImportReport(
            read=len(rows),
            created=len(plan.new),
            changed=len(plan.changed),
            unchanged=len(rows) - len(plan.new) - len(plan.changed) - plan.skipped - len(problems),
            skipped=plan.skipped,
            problems=problems,
            remarks=tuple(remark for row in rows for remark in row.remarks),
            changeset=self._changeset,
            contacts=(*self._created, *self._changed),
        )
