"""Carrying out a sync: first one deed brings our side up to date, then the places are written, then what both had.

Stopped at any point, nothing is half: a place that was written says what we say, and the next sync sees that it does.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace

from alumnidesk.domain.records import Problem, as_card
from alumnidesk.domain.sync import Decision, settled
from alumnidesk.formats.vcard_states import CardText, card_text
from alumnidesk.i18n import Message, say, say_n
from alumnidesk.progress import Progress
from alumnidesk.services import cards, sync_links
from alumnidesk.services.matching import UID_SYSTEM
from alumnidesk.services.sync_contacts import Contacts
from alumnidesk.services.sync_links import NOTHING_HAD, Bases, Link, Packed
from alumnidesk.services.sync_looking import digest_of
from alumnidesk.services.sync_meeting import Meeting, meet, state
from alumnidesk.services.sync_partners import CHANGED_MEANWHILE, Held, Partner
from alumnidesk.services.sync_plan import Outcome, SyncPlan, SyncProblem, SyncReport, each_once
from alumnidesk.services.sync_sending import Errand, Sender, errands_first, kept_link
from alumnidesk.services.sync_steps import Act, Step
from alumnidesk.storage import backup
from alumnidesk.storage.database import Database, Transaction, now

_BATCH = 500
_LARGE = 20
"""So many contacts that change here are not touched without a backup."""
_TOUCHES_US = frozenset({Act.MEET, Act.CREATE_HERE, Act.BIN_HERE, Act.LEAVE, Act.RESTORE})


class Writer:
    """Carries out one plan."""

    def __init__(
        self,
        database: Database,
        plan: SyncPlan,
        partner: Partner,
        decisions: Mapping[str, Decision],
        progress: Progress,
    ) -> None:
        assert plan.partner.id is not None
        self._database, self._plan, self._partner, self._progress = database, plan, partner, progress
        self._number, self._decisions = plan.partner.id, decisions
        self._contacts = Contacts(database)
        self._planned = {item.id: item.outcome for item in plan.items}
        steps = [step for step in plan.steps.values() if isinstance(step, Step)]
        self._acts = [(step, act) for step in steps if (act := step.decided(decisions)) is not None]
        self._errands: list[Errand] = []
        self._saved: list[tuple[Link, Packed]] = []
        self._problems: list[SyncProblem] = []
        self._counts: Counter[Outcome] = Counter({Outcome.UNCHANGED: plan.unchanged})
        self._undecided = sum(1 for step in steps if step.decided(decisions) is None)
        self._ours = 0

    def write(self) -> SyncReport:
        """One deed here, then place by place there."""
        of = {act: [step for step, other in self._acts if other is act] for act in Act}
        if sum(len(of[act]) for act in _TOUCHES_US) > _LARGE:
            backup.make(self._database, "sync", self._progress)
        self._progress.begin(say("Bringing the contacts up to date …"), sum(len(of[act]) for act in _TOUCHES_US))
        with self._database.writing(say("Synced"), progress=self._progress) as deed:
            if self._plan.anew:
                sync_links.drop_partner(deed, self._number)
            self._meet(deed, [*of[Act.MEET], *of[Act.LEAVE], *of[Act.RESTORE]])
            self._create(deed, of[Act.CREATE_HERE])
            self._bin(deed, of[Act.BIN_HERE])
            for act in (Act.CREATE_THERE, Act.DELETE_THERE):
                self._errands += [Errand(step, act) for step in of[act]]
                self._counts.update(self._outcome_there(step, act) for step in of[act])
            sync_links.drop(deed, self._number, [step.link.contact for act in (Act.DROP, Act.BIN_HERE)
                                                 for step in of[act]])  # fmt: skip
            sync_links.move(deed, self._number, [step.link for step in of[Act.MOVE]])
            sync_links.save(deed, self._number, self._saved)
            deed.label = self._label()
        changeset = deed.written.changeset if deed.written else None
        self._progress.past_return()
        sender = Sender(self._database, self._number, self._partner, self._progress)
        sender.run(list(errands_first(self._errands)))
        with self._database.writing(say("Synced")) as transaction:  # nothing that history watches
            sync_links.set_synced(transaction, self._number, deed.changeset)
        return self._report(changeset, sender)

    def _outcome_there(self, step: Step, act: Act) -> Outcome:
        if act is Act.CREATE_THERE:
            return Outcome.NEW_THERE
        return Outcome.LEAVES if self._planned[step.id] is Outcome.LEAVES else Outcome.BINNED_HERE

    # Our side ---------------------------------------------------------------------------------------------------

    def _meet(self, deed: Transaction, steps: Sequence[Step]) -> None:
        """Contacts that both have take over what changed there."""
        acts = {step.id: act for step, act in self._acts}
        for start in range(0, len(steps), _BATCH):
            batch = steps[start : start + _BATCH]
            contacts = [step.link.contact for step in batch]
            known = {card.id: card for card in self._contacts.read(contacts)}
            had = sync_links.bases(self._database, self._number, [step.kept_as or step.link.contact for step in batch])
            for step, held in self._progress.each(zip(batch, self._read(batch), strict=True), every=50):
                theirs = self._as_card(step, held)
                if theirs is None or isinstance(held, SyncProblem):
                    continue
                bases = had.get(step.kept_as or step.link.contact, NOTHING_HAD)
                decided = step.about_values(self._decisions)
                meeting = meet(self._contacts, self._partner, known[step.link.contact], step.link.place, theirs, bases,
                               decided)  # fmt: skip
                self._undecided += len(meeting.merged.conflicts)
                self._met(deed, step, acts[step.id], held, meeting)

    def _met(self, deed: Transaction, step: Step, act: Act, held: Held, meeting: Meeting) -> None:
        undecided = meeting.merged.conflicts
        if act is Act.LEAVE and undecided:
            return
        if why := meeting.unclear:
            self._problems.append(SyncProblem(held.place, 0, why))
            return
        if act is Act.RESTORE:
            deed.execute("UPDATE contact SET binned_at = '' WHERE id = ?", (step.link.contact,))
        if meeting.changes_us:
            becomes, photo = meeting.becomes
            self._contacts.keep_photo(deed, photo)
            cards.update(deed, meeting.card, becomes)
        self._ours += meeting.changes_us or act is Act.RESTORE
        bases = meeting.bases_after()
        if act is Act.LEAVE:
            self._counts[Outcome.LEAVES] += 1
            self._errands.append(Errand(step, Act.DELETE_THERE))
            return
        if step.id in self._planned:  # others were counted as unchanged
            self._counts[_outcome(meeting)] += 1
        if meeting.changes_them:
            changes = meeting.merged.theirs
            self._errands.append(Errand(step, Act.MEET, changes, bases.ours, meeting.bases.theirs, undecided))
        else:
            self._saved.append((kept_link(step.link, held, undecided), bases.packed()))

    def _create(self, deed: Transaction, steps: Sequence[Step]) -> None:
        """Cards that nobody here is become contacts."""
        for start in range(0, len(steps), _BATCH):
            batch = steps[start : start + _BATCH]
            made = []
            taken: set[str] = set()
            for step, held in self._progress.each(zip(batch, self._read(batch), strict=True), every=50):
                theirs = self._as_card(step, held)
                record = self._contacts.record(held.text) if theirs and isinstance(held, Held) else None
                if theirs is None or isinstance(held, SyncProblem) or record is None or isinstance(record, Problem):
                    continue
                card = as_card(record)
                if card.uid in taken or self._uid_is_known(deed, card.uid):
                    card = replace(card, uid="")
                taken.add(card.uid)
                self._contacts.keep_photo(deed, record.photo)
                ours = self._partner.held_of(held.place, self._contacts.text(card, theirs.version, record.photo))
                both = Bases(settled(state(ours), {}, ()), settled(theirs.state, {}, ()))
                made.append((step, held, card, both.packed()))
            ids = cards.insert(deed, [card for _, _, card, _ in made])
            for number, (step, held, _, packed) in zip(ids, made, strict=True):
                link = replace(step.link, contact=number, stamp=held.kept_stamp, digest=digest_of(held))
                self._saved.append((link, packed))
            self._counts[Outcome.NEW_HERE] += len(made)
            self._ours += len(made)

    def _uid_is_known(self, deed: Transaction, uid: str) -> bool:
        found = deed.execute(
            "SELECT 1 FROM contact WHERE uid = ?1 UNION ALL SELECT 1 FROM identity WHERE system = ?2 AND key = ?1",
            (uid, UID_SYSTEM),
        )
        return not uid or found.fetchone() is not None

    def _bin(self, deed: Transaction, steps: Sequence[Step]) -> None:
        """Contacts that were deleted there go into the bin."""
        deed.execute(
            "UPDATE contact SET binned_at = ? WHERE id IN (SELECT value FROM json_each(?)) AND binned_at = ''",
            (now(), json.dumps([step.link.contact for step in steps])),
        )
        self._counts[Outcome.DELETED_THERE] += len(steps)
        self._ours += len(steps)

    # Reading ----------------------------------------------------------------------------------------------------

    def _read(self, steps: Sequence[Step]) -> list[Held | SyncProblem]:
        return list(self._partner.read([step.link.place for step in steps]))

    def _as_card(self, step: Step, held: Held | SyncProblem) -> CardText | None:
        """What stands at a place, if it is what was planned with; else it is left for the next sync."""
        if isinstance(held, SyncProblem):
            self._problems.append(held)
            return None
        card = card_text(held.text)
        if held.stamp != step.stamp or isinstance(card, Problem):
            self._problems.append(SyncProblem(held.place, 0, CHANGED_MEANWHILE))
            return None
        return card

    # Telling ----------------------------------------------------------------------------------------------------

    def _label(self) -> Message:
        here = say_n("{n} changed here", "{n} changed here", self._ours)
        there = say_n("{n} there", "{n} there", len(self._errands))
        return say("Synced with “{partner}”: {here}, {there}", partner=self._plan.partner.name, here=here, there=there)

    def _named(self, problem: SyncProblem) -> SyncProblem:
        return replace(problem, place=self._partner.name_of(problem.place)) if problem.place else problem

    def _report(self, changeset: int | None, sender: Sender) -> SyncReport:
        doubts = self._partner.remarks()
        return SyncReport(
            replace(self._plan.partner, synced_at=now()),
            +self._counts,
            self._ours,
            len(sender.done),
            self._undecided,
            each_once((*self._plan.problems, *map(self._named, (*self._problems, *sender.problems, *doubts)))),
            changeset,
        )


def _outcome(meeting: Meeting) -> Outcome:
    if meeting.changes_us:
        return Outcome.CHANGED_BOTH if meeting.changes_them else Outcome.CHANGED_HERE
    return Outcome.CHANGED_THERE if meeting.changes_them else Outcome.UNCHANGED
