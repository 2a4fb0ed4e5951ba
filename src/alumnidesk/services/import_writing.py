"""Carrying out an import: what is left of a preview after the person has decided, written as one deed."""

from __future__ import annotations

from array import array
from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from alumnidesk.domain.cards import ContactCard
from alumnidesk.domain.records import Problem, fingerprint
from alumnidesk.domain.uniting import united
from alumnidesk.formats import pictures
from alumnidesk.i18n import Message, say, say_n
from alumnidesk.progress import Progress
from alumnidesk.services import cards, column_mappings, import_ties, stored_files
from alumnidesk.services.import_plan import ImportReport, Kind, Preview, Step, new_one
from alumnidesk.services.import_ties import TiedStep
from alumnidesk.services.matching import ROW_SYSTEM, UID_SYSTEM
from alumnidesk.storage import backup
from alumnidesk.storage.database import Database, Transaction

_BATCH = 500
_NOT_BEGUN = -1


@dataclass(slots=True)
class Plan:
    """What is left of a preview after the person has decided. Steps are named by their place in `Preview.steps`."""

    steps: Sequence[Step]
    new: array[int] = field(default_factory=lambda: array("q"))
    """The steps of the new contacts: each says who it is."""
    numbers: array[int] = field(default_factory=lambda: array("q"))
    """The number of each of them until it has an id."""
    completed: dict[int, ContactCard] = field(default_factory=dict)
    """Such a step → the new contact, where later rows add something."""
    known: defaultdict[int, list[int]] = field(default_factory=lambda: defaultdict(list))
    """Contact → the steps that are about it, in file order."""
    whose: list[tuple[int, Step]] = field(default_factory=list)
    """All steps in file order, with the id of the contact or the number of the new one, if the file has ties."""
    decided: list[tuple[int, Step]] = field(default_factory=list)
    """The same for those about which the person has decided otherwise than proposed."""
    skipped: int = 0
    changed: set[int] = field(default_factory=set)
    """Rows that add something to somebody."""

    @classmethod
    def of(cls, preview: Preview, skip: Collection[int], whose: Mapping[int, int], progress: Progress) -> Plan:
        """`whose` has the rows for which the person has decided; the others are whose they are proposed to be."""
        plan = cls(preview.steps)
        turned_out: dict[int, int] = {}
        """The number of a new contact that it is not → who it is."""
        begun = array("q", [_NOT_BEGUN]) * len(preview.rows)
        """First row of a new contact → its step."""
        for place, step in enumerate(progress.each(preview.steps)):
            if step.row in skip:
                plan.skipped += 1
                continue
            own = new_one(step.row)
            one = whose.get(step.row, step.proposed)
            one = turned_out.get(one, one)
            if one != own:
                turned_out[own] = one
            if one > 0:
                plan.known[one].append(place)
            elif (first := begun[new_one(one)]) != _NOT_BEGUN:
                plan._complete(first, step)
            else:
                begun[new_one(one)] = place
                plan.new.append(place)
                plan.numbers.append(one)
            if preview.tied:
                plan.whose.append((one, step))
            if whose.get(step.row, step.proposed) != step.proposed:
                plan.decided.append((one, step))
        return plan

    def _complete(self, first: int, step: Step) -> None:
        """A later row about a new contact."""
        present = self.card(first)
        after = united(present, step.record, fill=True)
        if after is not present:
            self.changed.add(step.row)
        self.completed[first] = after if after.uid else replace(after, uid=step.card.uid)

    def card(self, place: int) -> ContactCard:
        """The new contact that begins with this step."""
        return self.completed.get(place) or self.steps[place].card


class Writer:
    """Writes a plan: one deed, all of it or nothing; a backup is made first."""

    def __init__(self, database: Database, preview: Preview, plan: Plan, progress: Progress) -> None:
        self._database = database
        self._preview = preview
        self._plan = plan
        self._progress = progress
        self._created = array("q")
        self._changed: list[int] = []
        self._changeset: int | None = None

    def write(self) -> ImportReport:
        """Do it. Raises Cancelled until it is written for good."""
        plan = self._plan
        changes = list(self._changes())
        tied = TiedStep.of(self._database, plan.whose)
        plan.changed.update(one.step.row for one in tied if one.news and new_one(one.step.row) != one.said.contact)
        newly_tied = {one.said.contact for one in tied if one.news and one.said.contact > 0}
        newly_tied -= {before.id for before, _ in changes}
        if plan.new or changes or newly_tied or plan.decided or any(self._identities()):
            backup.make(self._database, "import", self._progress)
            self._progress.begin(say("Writing the contacts …"), len(plan.new) + len(changes))
            label = self._label(len(plan.new), len(changes) + len(newly_tied))
            with self._database.writing(label, progress=self._progress) as transaction:
                self._insert(transaction)
                self._update(transaction, changes)
                created = dict(zip(plan.numbers, self._created, strict=True)) if plan.decided or tied else {}
                self._identify(transaction, created)
                import_ties.write(transaction, tied, created)
                self._remember_columns(transaction)
                self._changed += sorted(newly_tied)
                self._changeset = transaction.changeset
        return self._report()

    def _changes(self) -> Iterator[tuple[ContactCard, ContactCard]]:
        """The contacts that have something new in this file, as they are and as they become."""
        plan, known = self._plan, self._plan.known
        self._progress.begin(say("Comparing with the contacts …"), len(known))
        for before in self._progress.each(cards.read(self._database, sorted(known))):
            after = before
            for count, place in enumerate(known[before.id or 0]):
                step = plan.steps[place]
                present, after = after, united(after, step.record, fill=count > 0)
                if after is not present:
                    plan.changed.add(step.row)
            if after is not before:
                yield before, after

    def _insert(self, transaction: Transaction) -> None:
        plan = self._plan
        for start in range(0, len(plan.new), _BATCH):
            batch = [plan.card(place) for place in plan.new[start : start + _BATCH]]
            self._created.extend(cards.insert(transaction, batch))
            self._keep_photos(transaction, batch)
            self._progress.advance(len(batch))

    def _update(self, transaction: Transaction, changes: Sequence[tuple[ContactCard, ContactCard]]) -> None:
        for before, after in self._progress.each(changes, every=50):
            cards.update(transaction, before, after)
            self._changed.append(before.id or 0)
        self._keep_photos(transaction, [after for _, after in changes])

    def _keep_photos(self, transaction: Transaction, written: Sequence[ContactCard]) -> None:
        wanted = {card.photo for card in written if card.photo}
        for step in self._preview.steps if wanted else ():
            if step.record.photo and step.record.photo_key in wanted:
                wanted.discard(step.record.photo_key)
                stored_files.store(transaction, step.record.photo, pictures.media_type(step.record.photo))

    def _identities(self) -> Iterator[tuple[int, str]]:
        """Known contact → the UID by which the file calls it, where we did not know that."""
        for contact, places in self._plan.known.items():
            yield from ((contact, step.record.uid) for place in places if (step := self._plan.steps[place]).identity)
        yield from ((contact, step.card.uid) for contact, step in self._plan.decided if contact > 0 and step.card.uid)

    def _identify(self, transaction: Transaction, created: Mapping[int, int]) -> None:
        """Remember how the file calls somebody known, and what the person has decided about its rows."""
        names = list({uid: contact for contact, uid in self._identities()}.items())
        if names:
            first = transaction.allocate("identity", len(names))
            rows = [(first + i, contact, UID_SYSTEM, uid) for i, (uid, contact) in enumerate(names)]
            transaction.insert_many("identity", ("id", "contact_id", "system", "key"), rows)
        for one, step in self._plan.decided:
            transaction.execute(
                "INSERT INTO identity (contact_id, system, key) VALUES (?, ?, ?) "
                "ON CONFLICT (system, key) DO UPDATE SET contact_id = excluded.contact_id",
                (created.get(one, one), ROW_SYSTEM, fingerprint(step.record)),
            )

    def _remember_columns(self, transaction: Transaction) -> None:
        """Corrected columns serve the next file with the same header; undoing the import forgets them."""
        if self._preview.corrected and self._preview.choices.columns:
            column_mappings.remember(transaction, self._preview.corrected, self._preview.choices.columns)

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
