"""Carrying out an import: what is left of a preview after the person has decided, written as one deed."""

from __future__ import annotations

from array import array
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import chain, groupby, islice

from alumnidesk.domain.cards import ContactCard
from alumnidesk.domain.records import Problem, fingerprint
from alumnidesk.domain.uniting import united
from alumnidesk.formats import pictures
from alumnidesk.i18n import Message, say, say_n
from alumnidesk.progress import Progress
from alumnidesk.services import cards, column_mappings, import_ties, stored_files
from alumnidesk.services.import_plan import ImportReport, Preview, Step, new_one
from alumnidesk.services.import_ties import TiedStep
from alumnidesk.services.matching import ROW_SYSTEM, UID_SYSTEM
from alumnidesk.storage import backup
from alumnidesk.storage.database import Database, Transaction

_BATCH = 500
_LEFT_OUT = 0
_BY_THE_PERSON = say("Left out by you.")


@dataclass(slots=True)
class Plan:
    """What is left of a preview after the person has decided. Steps are named by their place in `Preview.steps`."""

    preview: Preview
    whose: array[int] = field(default_factory=lambda: array("q"))
    """Step → the id of a contact, the number of one who comes new, or `_LEFT_OUT`."""
    decided: list[int] = field(default_factory=list)
    """The steps about which the person has decided otherwise than proposed."""
    new: int = 0
    """How many contacts come new."""

    @classmethod
    def of(cls, preview: Preview, skip: Collection[int], whose: Mapping[int, int], progress: Progress) -> Plan:
        """`whose` has the rows for which the person has decided; the others are whose they are proposed to be."""
        plan = cls(preview)
        turned_out: dict[int, int] = {}
        """The number of a new contact that it is not → who it is."""
        begun = bytearray(len(preview.rows))
        """First row of a new contact → whether that one comes."""
        progress.begin(say("Comparing with the contacts …"), len(preview.steps))
        for place, step in enumerate(progress.each(preview.steps)):
            if step.row in skip:
                plan.whose.append(_LEFT_OUT)
                continue
            own = new_one(step.row)
            one = whose.get(step.row, step.proposed)
            one = turned_out.get(one, one)
            if one != own:
                turned_out[own] = one
            if one < 0 and not begun[new_one(one)]:
                begun[new_one(one)] = True
                plan.new += 1
            plan.whose.append(one)
            if whose.get(step.row, step.proposed) != step.proposed:
                plan.decided.append(place)
        return plan

    @property
    def left_out(self) -> list[int]:
        """The rows of the steps that were left out."""
        rows = self.preview.planned.rows_of_steps
        return [row for row, one in zip(rows, self.whose, strict=True) if one == _LEFT_OUT]

    def of_new(self) -> Iterator[tuple[int, list[Step]]]:
        """The number of each new contact and the steps that are about it, in the order of the file."""
        places = [place for place, one in enumerate(self.whose) if one < 0]
        return self._grouped(sorted(places, key=self.whose.__getitem__, reverse=True))

    def of_known(self) -> Iterator[tuple[int, list[Step]]]:
        """The id of each contact that the file knows and the steps that are about it, in the order of the ids."""
        places = [place for place, one in enumerate(self.whose) if one > 0]
        return self._grouped(sorted(places, key=self.whose.__getitem__))

    def _grouped(self, places: Iterable[int]) -> Iterator[tuple[int, list[Step]]]:
        for one, group in groupby(places, self.whose.__getitem__):
            yield one, [self.preview.steps[place] for place in group]

    def all(self) -> Iterator[tuple[int, Step]]:
        """All steps, each with whose it is."""
        return ((one, step) for one, step in zip(self.whose, self.preview.steps, strict=True) if one != _LEFT_OUT)


class Writer:
    """Writes a plan: one deed, all of it or nothing; a backup is made first."""

    def __init__(self, database: Database, preview: Preview, plan: Plan, progress: Progress) -> None:
        self._database = database
        self._preview = preview
        self._plan = plan
        self._progress = progress
        self._created = array("q", bytes(8 * len(preview.rows)))
        """Row → the id of the contact that came new with it, or 0."""
        self._changed: list[int] = []
        self._adding = bytearray(len(preview.rows))
        """Row → whether it adds something to somebody."""
        self._changeset: int | None = None

    def write(self) -> ImportReport:
        """Do it. Raises Cancelled until it is written for good."""
        plan = self._plan
        tied = TiedStep.of(self._database, plan.all()) if self._preview.planned.tied else []
        for one in tied:
            self._adding[one.row] = bool(one.news) and new_one(one.row) != one.said.contact
        newly_tied = {one.said.contact for one in tied if one.news and one.said.contact > 0}
        known = self._of_known()
        first = next(known, None)
        if plan.new or plan.decided or newly_tied or first is not None:
            backup.make(self._database, "import", self._progress)
            self._progress.begin(say("Writing the contacts …"), len(plan.whose) - plan.whose.count(_LEFT_OUT))
            with self._database.writing(self._label(), progress=self._progress) as transaction:
                self._insert(transaction)
                self._update(transaction, chain([first] if first is not None else [], known))
                self._remember_decisions(transaction)
                import_ties.write(transaction, tied, self._id)
                self._remember_columns(transaction)
                self._changed += sorted(newly_tied.difference(self._changed))
                transaction.label = self._label()
                self._changeset = transaction.changeset
        return self._report()

    def _of_known(self) -> Iterator[_Known]:
        """The contacts of which this file says something new, or which it calls by a UID that is new."""
        groups = self._plan.of_known()
        while batch := dict(islice(groups, _BATCH)):
            for before in cards.read(self._database, list(batch)):
                steps = batch[before.id or 0]
                after = before
                for count, step in enumerate(steps):
                    present, after = after, united(after, step.record, fill=count > 0)
                    self._adding[step.row] |= after is not present
                if after is not before or any(step.card.uid for step in steps):
                    yield _Known(before, after, steps)
            self._progress.advance(sum(map(len, batch.values())))

    def _insert(self, transaction: Transaction) -> None:
        groups = self._plan.of_new()
        while batch := list(islice(groups, _BATCH)):
            new = [self._new(steps) for _, steps in batch]
            for (number, _), id in zip(batch, cards.insert(transaction, new), strict=True):
                self._created[new_one(number)] = id
            _keep_photos(transaction, zip(new, (steps for _, steps in batch), strict=True))
            self._progress.advance(sum(len(steps) for _, steps in batch))

    def _new(self, steps: Sequence[Step]) -> ContactCard:
        """A new contact: its first row says who it is, the others complete it."""
        card = steps[0].card
        for step in steps[1:]:
            present, card = card, united(card, step.record, fill=True)
            self._adding[step.row] |= card is not present
        uid = next((step.card.uid for step in steps if step.card.uid), "")
        return card if card.uid == uid else replace(card, uid=uid)

    def _update(self, transaction: Transaction, known: Iterable[_Known]) -> None:
        while batch := list(islice(known, _BATCH)):
            for one in batch:
                if one.after is not one.before:
                    cards.update(transaction, one.before, one.after)
                    self._changed.append(one.before.id or 0)
                    self._progress.check()
            _keep_photos(transaction, ((one.after, one.steps) for one in batch))
            uids = {step.card.uid: one.before.id for one in batch for step in one.steps if step.card.uid}
            if uids:
                first = transaction.allocate("identity", len(uids))
                rows = [(first + i, contact, UID_SYSTEM, uid) for i, (uid, contact) in enumerate(uids.items())]
                transaction.insert_many("identity", ("id", "contact_id", "system", "key"), rows)

    def _remember_decisions(self, transaction: Transaction) -> None:
        """What the person has decided about rows holds when they come again; so does what the file calls somebody."""
        for place in self._plan.decided:
            record, contact = self._preview.steps[place].record, self._id(self._plan.whose[place])
            transaction.execute(
                "INSERT INTO identity (contact_id, system, key) VALUES (?, ?, ?) "
                "ON CONFLICT (system, key) DO UPDATE SET contact_id = excluded.contact_id",
                (contact, ROW_SYSTEM, fingerprint(record)),
            )
            transaction.execute(
                "UPDATE identity SET contact_id = ? WHERE system = ? AND key = ?", (contact, UID_SYSTEM, record.uid)
            )

    def _id(self, one: int) -> int:
        """The contact behind an id or the number of a new one."""
        return one if one > 0 else self._created[new_one(one)]

    def _remember_columns(self, transaction: Transaction) -> None:
        """Corrected columns serve the next file with the same header; undoing the import forgets them."""
        if self._preview.corrected and self._preview.choices.columns:
            column_mappings.remember(transaction, self._preview.corrected, self._preview.choices.columns)

    def _label(self) -> Message:
        """How many contacts are new and others now; a line that completes a new contact changes no other."""
        new = say_n("{n} new contact", "{n} new contacts", self._plan.new)
        if not self._changed:
            return say("“{file}” imported: {new}", file=self._preview.path.name, new=new)
        other = say_n("{n} changed", "{n} changed", len(self._changed))
        return say("“{file}” imported: {new}, {changed}", file=self._preview.path.name, new=new, changed=other)

    def _report(self) -> ImportReport:
        preview, plan, changed = self._preview, self._plan, sum(self._adding)
        problems, left_out = tuple(preview.problems), plan.left_out
        return ImportReport(
            read=len(preview.rows),
            created=plan.new,
            changed=changed,
            unchanged=len(preview.rows) - plan.new - changed - len(left_out) - len(problems),
            skipped=len(left_out),
            problems=problems,
            remarks=tuple(preview.remarks(frozenset(left_out))),
            changeset=self._changeset,
            contacts=(*filter(None, self._created), *self._changed),
            left_out=tuple(
                Problem(row.line, _BY_THE_PERSON, row.name) for row in map(preview.rows.__getitem__, left_out)
            ),
        )


@dataclass(frozen=True, slots=True)
class _Known:
    """A contact of ours as it is, as it becomes, and by what."""

    before: ContactCard
    after: ContactCard
    steps: Sequence[Step]


def _keep_photos(transaction: Transaction, written: Iterable[tuple[ContactCard, Sequence[Step]]]) -> None:
    for card, steps in written:
        photo = next((step.record.photo for step in steps if card.photo and step.record.photo_key == card.photo), b"")
        if photo:
            stored_files.store(transaction, photo, pictures.media_type(photo))
