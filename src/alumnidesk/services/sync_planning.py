"""From what both sides hold to what a sync would do, contact by contact."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import replace

from alumnidesk.domain.sync import Base, Decision, State
from alumnidesk.errors import Refused
from alumnidesk.formats.vcard_states import CardText, card_text
from alumnidesk.i18n import Message, say, say_n
from alumnidesk.progress import Progress
from alumnidesk.services import sync_links
from alumnidesk.services.finding import Finding
from alumnidesk.services.matching import UID_SYSTEM, Described, Match, Register
from alumnidesk.services.sync_changes import changed_since
from alumnidesk.services.sync_contacts import Contacts
from alumnidesk.services.sync_links import NOTHING_HAD, Bases, Link
from alumnidesk.services.sync_looking import Look, Seen, look
from alumnidesk.services.sync_meeting import Meeting, meet, state, their_base
from alumnidesk.services.sync_partners import Held, Partner
from alumnidesk.services.sync_plan import Outcome, PartnerCard, Question, QuestionKind, SyncItem, SyncPlan, SyncProblem
from alumnidesk.services.sync_steps import Act, Step
from alumnidesk.services.sync_words import about_contact, asked, told
from alumnidesk.storage.database import Database

_BATCH = 500
_MANY = 50
"""So many deletions on one side, or more than a tenth of all contacts, are not done without being allowed."""
EMPTY = say("There is nothing at all in it any more. Nothing was deleted here; is it the right place?")


class Planner:
    """Plans one sync."""

    def __init__(
        self, database: Database, card: PartnerCard, partner: Partner, progress: Progress, *, anew: bool = False
    ) -> None:
        self._database, self._card, self._partner, self._progress = database, card, partner, progress
        self._number = card.id or 0
        self._contacts = Contacts(database)
        self._anew = anew
        self._links = self._kept = {} if anew else sync_links.load(database, self._number)
        self._names: dict[int, str] = dict(database.rows("SELECT contact_id, name FROM contact_line"))
        self._binned = {number for (number,) in database.rows("SELECT id FROM contact WHERE binned_at <> ''")}
        self._fitting = self._chosen()
        self._kept_as: dict[int, int] = {}
        """Contact → the one under whom is kept what both had, if it is another."""
        self._waiting: set[int] = set()
        """Contacts about whom a question is asked that comes before all else."""
        self._items: list[SyncItem] = []
        self._steps: dict[str, Step] = {}
        self._unchanged = 0
        self._look = Look()

    def _chosen(self) -> set[int]:
        """Whom the partner is about. Raises Refused if its search names what there is not."""
        if not self._card.query:
            return set(self._names)
        hits = Finding(self._database).contacts(self._card.query)
        if hits.missing:
            raise Refused(hits.missing[0], say("Please change whom “{partner}” is about.", partner=self._card.name))
        return set(hits.ids)

    def plan(self) -> SyncPlan:
        """What the sync would do. Raises Cancelled, EnvironmentFault (the partner is gone as a whole), Refused."""
        state_now = self._database.changes
        self._look = look(self._partner, self._links, self._contacts, self._progress)
        if self._look.empty and not self._links.keys().isdisjoint(self._names):
            return SyncPlan(self._card, stopped=EMPTY, state=state_now)
        self._links = self._look.links
        self._follow_merges()
        self._new_there()
        changed = changed_since(self._database, sync_links.synced_until(self._database, self._number))
        touched = changed | self._look.moved
        links = [self._links[contact] for contact in sorted(self._links)]
        self._meet([step for link in links for step in self._linked(link, changed, touched)])
        self._new_here()
        order = sorted(self._items, key=lambda item: (item.outcome is not Outcome.QUESTION, item.name, item.id))
        return SyncPlan(
            self._card,
            tuple(order),
            tuple(self._named(problem) for problem in (*self._look.problems, *self._partner.remarks())),
            self._unchanged,
            notes=self._partner.notes(),
            many=self._many() or self._many_new(),
            adds_many=self._many() is None and self._many_new() is not None,
            anew=self._anew,
            state=state_now,
            steps=self._steps,
        )

    # Who is who -------------------------------------------------------------------------------------------------

    def _follow_merges(self) -> None:
        """Whoever was merged into somebody else is that one now, if that one has no place of his own."""
        uids = {link.uid: link.contact for link in self._links.values() if link.contact not in self._names and link.uid}
        for uid, survivor in self._database.rows(
            "SELECT key, contact_id FROM identity WHERE system = ? AND key IN (SELECT value FROM json_each(?))",
            (UID_SYSTEM, json.dumps(list(uids))),
        ):
            contact = uids[uid]
            if survivor in self._links or survivor not in self._names or contact in self._binned:
                continue
            link = self._links[survivor] = replace(self._links.pop(contact), contact=survivor)
            self._kept_as[survivor] = contact
            for kind in (self._look.moved, self._look.missing, self._look.unreadable):
                if contact in kind:
                    kind.remove(contact)
                    kind.add(survivor)
            seen = self._look.changed.pop(contact, None)
            if survivor not in self._look.missing:
                self._look.changed[survivor] = seen or Seen(
                    link.place, self._look.stamps.get(contact, link.stamp), link.stamp, link.uid, link.digest, None
                )

    def _new_there(self) -> None:
        """Recognise who is new at the partner, by the rules of an import."""
        new = [(seen, Described.of(seen.record)) for seen in self._look.new if seen.record is not None]
        if not new:
            return
        register = Register(self._database, [described for _, described in new])
        register.load(self._progress)
        for row, (seen, described) in enumerate(self._progress.each(new)):
            match = register.match(described)
            contact = match.known.contact if match is not None else None
            free = contact is not None and (contact not in self._links or contact in self._look.missing)
            step = Step(f"p{seen.place}", None, self._link(seen, 0), stamp=seen.stamp)
            if seen.uid in register.binned:
                self._ask_about_bin(seen, described.card.name, register.binned[seen.uid])
            elif match is not None and contact is not None and match.sure and free:
                register.take(match.known, row, described.record)
                self._links[contact] = self._link(seen, contact)
                self._look.missing.discard(contact)
                self._look.changed[contact] = seen
            elif match is not None and (free or (match.sure and not (seen.uid and match.known.uid))):
                self._ask_who(step, described.card.name, match, contact if free else None)
            else:
                register.add(row, described, described.card)
                self._add(replace(step, act=Act.CREATE_HERE), described.card.name, Outcome.NEW_HERE)

    def _link(self, seen: Seen, contact: int) -> Link:
        return Link(contact, seen.place, seen.uid, seen.kept_stamp, seen.digest, contact in self._fitting)

    def _ask_who(self, step: Step, name: str, match: Match, contact: int | None) -> None:
        """Somebody new there resembles somebody here: one person or two?"""
        choices = {Decision.BOTH: Act.CREATE_HERE}
        if contact is not None:
            self._waiting.add(contact)
            choices[Decision.OURS] = Act.MEET
            step = replace(step, link=replace(step.link, contact=contact, fits=contact in self._fitting))
        step = replace(step, choices=choices)
        words = say("{name}: {reason}", name=match.known.card.name, reason=match.reason)
        question = about_contact(step, QuestionKind.PERHAPS_THE_SAME, words, say("{name}", name=name))
        self._ask(step, name, question)

    def _ask_about_bin(self, seen: Seen, name: str, contact: int) -> None:
        """Somebody new there lies in the bin here."""
        step = Step(f"p{seen.place}", None, self._link(seen, contact), _FROM_BIN, seen.stamp)
        question = about_contact(step, QuestionKind.DELETED_HERE_CHANGED_THERE, _IN_BIN, say("new there"))
        self._ask(step, name, question)

    # Those who have a place -------------------------------------------------------------------------------------

    def _linked(self, link: Link, changed: set[int], touched: set[int]) -> Iterator[Step]:
        """What becomes of somebody who has a place there; steps for which both sides must be read are given back."""
        contact, number = link.contact, f"c{link.contact}"
        seen, fits = self._look.changed.get(contact), contact in self._fitting
        here, there = contact in self._names, contact not in self._look.missing
        if here and there and fits == link.fits and seen is None and contact not in touched:
            self._unchanged += 1  # nearly all of them, nearly always
            return
        leaves = here and link.fits and not fits
        stamp = seen.stamp if seen else self._look.stamps.get(contact, link.stamp)
        step = Step(number, None, replace(link, fits=fits), stamp=stamp if there else "")
        step = replace(step, kept_as=self._kept_as.get(contact, 0))
        if seen is not None:
            step = replace(step, link=replace(step.link, stamp=seen.kept_stamp, digest=seen.digest, uid=seen.uid))
        if contact in self._look.unreadable or contact in self._waiting:
            self._unchanged += 1
        elif not there and (leaves or not here):
            self._steps[number] = replace(step, act=Act.DROP)
        elif not there:
            self._deleted_there(step)
        elif not here:
            self._deleted_here(step, seen)
        elif leaves and seen is None:
            self._add(replace(step, act=Act.DELETE_THERE), self._names[contact], Outcome.LEAVES)
        elif seen is not None or contact in changed:
            yield replace(step, act=Act.LEAVE if leaves else Act.MEET)
        else:
            self._unchanged += 1
            if contact in self._look.moved or fits != link.fits:
                self._steps[number] = replace(step, act=Act.MOVE)

    def _deleted_there(self, step: Step) -> None:
        """Its place is gone: so it goes here too, unless something changed here since."""
        contact = step.link.contact
        name, had = self._names[contact], self._bases([contact]).get(contact, NOTHING_HAD)
        if not self._partner.kept_by_hand and had.ours and self._ours(contact, step.link.place) == had.ours:
            self._add(replace(step, act=Act.BIN_HERE), name, Outcome.DELETED_THERE)
            return
        step = replace(step, choices={Decision.OURS: Act.CREATE_THERE, Decision.THEIRS: Act.BIN_HERE})
        kind = QuestionKind.CHANGED_HERE_DELETED_THERE
        self._ask(step, name, about_contact(step, kind, say("is here"), say("deleted there")))

    def _deleted_here(self, step: Step, seen: Seen | None) -> None:
        """It is gone here: so it goes there too, unless something changed there since."""
        contact, place = step.link.contact, step.link.place
        name = next((card.name for card in self._contacts.read([contact])), place)
        if seen is None or not self._changed_there(contact, place):
            self._add(replace(step, act=Act.DELETE_THERE), name, Outcome.BINNED_HERE)
            return
        again = Act.RESTORE if contact in self._binned else Act.CREATE_HERE
        step = replace(step, choices={Decision.OURS: Act.DELETE_THERE, Decision.THEIRS: again})
        words = _IN_BIN if contact in self._binned else say("deleted here")
        self._ask(step, name, about_contact(step, QuestionKind.DELETED_HERE_CHANGED_THERE, words, say("changed there")))

    def _changed_there(self, contact: int, place: str) -> bool:
        """Whether the place of somebody says something else than it did; true as well if that is not known any more."""
        had = self._bases([contact]).get(contact)
        held = next(self._partner.read([place]))
        if had is None or isinstance(held, SyncProblem):
            return True
        theirs = state(held.text)
        return _canonical(theirs) != their_base(self._partner, theirs, had.theirs)

    def _ours(self, contact: int, place: str) -> Base:
        card = next(self._contacts.read([contact]))
        return _canonical(state(self._partner.held_of(place, self._contacts.text(card))))

    def _bases(self, contacts: list[int]) -> Mapping[int, Bases]:
        kept_as = {self._kept_as.get(contact, contact): contact for contact in contacts}
        found = sync_links.bases(self._database, self._number, kept_as)
        return {kept_as[contact]: had for contact, had in found.items()}

    # Comparing --------------------------------------------------------------------------------------------------

    def _meet(self, steps: list[Step]) -> None:
        self._progress.begin(say("Comparing the contacts …"), len(steps))
        for start in range(0, len(steps), _BATCH):
            batch = steps[start : start + _BATCH]
            contacts = [step.link.contact for step in batch]
            had = self._bases(contacts)
            cards = {card.id: card for card in self._contacts.read(contacts)}
            helds = self._partner.read([step.link.place for step in batch])
            for step, held in self._progress.each(zip(batch, helds, strict=True), every=50):
                theirs = _as_card(held)
                if isinstance(theirs, SyncProblem):
                    self._look.problems.append(theirs)
                    continue
                card = cards[step.link.contact]
                bases = had.get(step.link.contact, NOTHING_HAD)
                meeting = meet(self._contacts, self._partner, card, step.link.place, theirs, bases)
                if why := meeting.unclear:
                    self._look.problems.append(SyncProblem(step.link.place, 0, why))
                else:
                    self._met(step, meeting)

    def _met(self, step: Step, meeting: Meeting) -> None:
        """The item of somebody whom both have, or nothing if nothing is to be done."""
        questions = tuple(asked(step.id, conflict) for conflict in meeting.merged.conflicts)
        outcome = _OUTCOMES[meeting.changes_us, meeting.changes_them]
        if step.act is Act.LEAVE:
            outcome = Outcome.LEAVES
        if questions or outcome is not Outcome.UNCHANGED:
            differences = tuple(told(meeting))
            outcome = Outcome.QUESTION if questions else outcome
            self._steps[step.id] = step
            self._items.append(
                SyncItem(
                    step.id, meeting.card.name, step.link.contact, self._place(step), outcome, differences, questions
                )
            )
            return
        self._unchanged += 1
        known = step.link.contact not in self._kept_as and meeting.bases_after() == meeting.bases
        if not known:
            self._steps[step.id] = step
        elif step.link != self._kept.get(step.link.contact):
            self._steps[step.id] = replace(step, act=Act.MOVE)

    def _new_here(self) -> None:
        """Those whom the partner is about and does not have."""
        for contact in sorted(self._fitting - self._links.keys() - self._waiting):
            link = Link(contact, "", fits=True)
            self._add(Step(f"c{contact}", Act.CREATE_THERE, link), self._names[contact], Outcome.NEW_THERE)

    # Items ------------------------------------------------------------------------------------------------------

    def _add(self, step: Step, name: str, outcome: Outcome) -> None:
        self._steps[step.id] = step
        self._items.append(SyncItem(step.id, name, step.link.contact or None, self._place(step), outcome))

    def _place(self, step: Step) -> str:
        """What a person knows its place by."""
        return "" if step.act is Act.CREATE_THERE else self._partner.name_of(step.link.place)

    def _named(self, problem: SyncProblem) -> SyncProblem:
        return replace(problem, place=self._partner.name_of(problem.place)) if problem.place else problem

    def _ask(self, step: Step, name: str, question: Question) -> None:
        self._steps[step.id] = step
        place = self._place(step)
        item = SyncItem(step.id, name, step.link.contact or None, place, Outcome.QUESTION, (), (question,))
        self._items.append(item)

    def _many_new(self) -> Message | None:
        """How many would be added to what somebody else keeps by hand, if that is so many that nobody may want it."""
        new = sum(item.outcome is Outcome.NEW_THERE for item in self._items)
        if not self._partner.kept_by_hand or not self._look.taken or new <= _MANY:
            return None
        return say_n("{n} contact would be added there.", "{n} contacts would be added there.", new)

    def _many(self) -> Message | None:
        """How many would be deleted, if that is so many that it may be an accident."""
        here = sum(item.outcome is Outcome.DELETED_THERE for item in self._items)
        there = sum(item.outcome in (Outcome.BINNED_HERE, Outcome.LEAVES) for item in self._items)
        if max(here, there) <= _MANY and max(here, there) <= max(1, len(self._links) // 10):
            return None
        if here >= there:
            return say_n("{n} contact would be deleted here.", "{n} contacts would be deleted here.", here)
        return say_n("{n} contact would be deleted there.", "{n} contacts would be deleted there.", there)


_IN_BIN = say("lies in the bin")
_FROM_BIN = {Decision.OURS: Act.DELETE_THERE, Decision.THEIRS: Act.RESTORE}
_OUTCOMES = {
    (False, False): Outcome.UNCHANGED,
    (True, False): Outcome.CHANGED_HERE,
    (False, True): Outcome.CHANGED_THERE,
    (True, True): Outcome.CHANGED_BOTH,
}


def _canonical(found: State) -> Base:
    return {slot: content.canonical for slot, content in found.items()}


def _as_card(held: Held | SyncProblem) -> CardText | SyncProblem:
    """What was read as a card."""
    if isinstance(held, SyncProblem):
        return held
    card = card_text(held.text)
    return card if isinstance(card, CardText) else SyncProblem(held.place, card.line, card.why, card.text)
