"""The second half of a sync: what is written at the partner, place by place, and what both have then."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from alumnidesk.domain.cards import ContactCard
from alumnidesk.domain.sync import Base, Changes, Conflict, settled
from alumnidesk.errors import EnvironmentFault
from alumnidesk.formats.vcard_states import CardText, card_text, replaced
from alumnidesk.i18n import say
from alumnidesk.progress import Progress
from alumnidesk.services import sync_links
from alumnidesk.services.sync_contacts import Contacts
from alumnidesk.services.sync_links import Bases, Link, Packed
from alumnidesk.services.sync_looking import digest_of
from alumnidesk.services.sync_meeting import state
from alumnidesk.services.sync_partners import CHANGED_MEANWHILE, Held, Partner
from alumnidesk.services.sync_plan import SyncProblem
from alumnidesk.services.sync_steps import Act, Step
from alumnidesk.storage.database import Database


@dataclass(frozen=True, slots=True)
class Errand:
    """One place that is to be written or deleted."""

    step: Step
    act: Act
    """`Act.MEET`, `CREATE_THERE` or `DELETE_THERE`."""
    changes: Changes = field(default_factory=dict)
    """What they take over."""
    ours: Base = field(default_factory=dict)
    """What we have."""
    had: Base = field(default_factory=dict)
    """What they had, for what nobody has decided."""
    undecided: tuple[Conflict, ...] = ()


class Sender:
    """Runs errands at a partner."""

    def __init__(self, database: Database, number: int, partner: Partner, progress: Progress) -> None:
        self._database, self._number, self._partner, self._progress = database, number, partner, progress
        self._contacts = Contacts(database)
        self._saved: list[tuple[Link, Packed]] = []
        self._dropped: list[int] = []
        self._again: list[Link] = []
        self._taken: set[str] = set()
        self.problems: list[SyncProblem] = []
        self.done: list[Errand] = []

    def run(self, errands: Sequence[Errand]) -> None:
        """Do them all. Raises EnvironmentFault (disk full, the partner is gone); what was done by then is kept."""
        self._progress.begin(say("Writing there …"), len(errands))
        if any(errand.act is Act.CREATE_THERE for errand in errands):
            self._taken = {place.casefold() for place in self._partner.listing().stamps}
        batch = self._partner.at_once
        for start in range(0, max(len(errands), 1), batch):  # also without any: the partner may have to settle things
            try:
                self._batch(errands[start : start + batch])
            except EnvironmentFault:
                self._keep()
                raise
            self._keep()

    def _batch(self, errands: Sequence[Errand]) -> None:
        new = [errand.step.link.contact for errand in errands if errand.act is Act.CREATE_THERE]
        known = {card.id: card for card in self._contacts.read(new)}
        for errand in self._progress.each(errands, every=50):
            match errand.act:
                case Act.CREATE_THERE:
                    problem = self._create(errand.step, known[errand.step.link.contact])
                case Act.DELETE_THERE:
                    problem = self._partner.delete(errand.step.link.place, errand.step.stamp)
                    if problem is None:
                        self._dropped.append(errand.step.link.contact)
                case _:
                    problem = self._change(errand)
            if problem is None:
                self.done.append(errand)
            else:
                self.problems.append(problem)
                self._again.append(replace(errand.step.link, stamp="", digest=""))

    def _create(self, step: Step, card: ContactCard) -> SyncProblem | None:
        place = self._partner.new_place(card.uid, self._taken)
        self._taken.add(place.casefold())
        ours = self._partner.held_of("", self._contacts.text(card))
        held = self._partner.write(place, ours, "")
        if isinstance(held, SyncProblem):
            return held
        link = Link(step.link.contact, held.place, card.uid, held.kept_stamp, digest_of(held), step.link.fits)
        had = settled(state(ours), {}, ())
        theirs = had if held.text == ours else settled(state(held.text), {}, ())
        self._saved.append((link, Bases(had, theirs).packed()))
        return None

    def _change(self, errand: Errand) -> SyncProblem | None:
        place, stamp = errand.step.link.place, errand.step.stamp
        present = next(self._partner.read([place]))
        if isinstance(present, SyncProblem):
            return present
        card = card_text(present.text)
        if present.stamp != stamp or not isinstance(card, CardText):
            return SyncProblem(place, 0, CHANGED_MEANWHILE)
        held = self._partner.write(place, replaced(card, errand.changes).text, stamp)
        if isinstance(held, SyncProblem):
            return held
        both = Bases(errand.ours, settled(state(held.text), errand.had, errand.undecided))
        self._saved.append((kept_link(errand.step.link, held, errand.undecided), both.packed()))
        return None

    def _keep(self) -> None:
        """What was written is on the disk; then what both have is kept, and not before."""
        self._partner.settle()
        with self._database.writing(say("Synced")) as transaction:  # nothing that history watches
            sync_links.drop(transaction, self._number, self._dropped)
            sync_links.move(transaction, self._number, self._again)
            sync_links.save(transaction, self._number, self._saved)
        self._saved, self._dropped, self._again = [], [], []


def kept_link(link: Link, held: Held, undecided: Sequence[Conflict]) -> Link:
    """The link to what stands there now; what is undecided is looked at again by the next sync."""
    if undecided:
        return replace(link, place=held.place, stamp="", digest="")
    return replace(link, place=held.place, stamp=held.kept_stamp, digest=digest_of(held))


def errands_first(errands: Sequence[Errand]) -> Iterator[Errand]:
    """Changed places before new ones, deletions last: what is most easily lost comes first."""
    order = (Act.MEET, Act.CREATE_THERE, Act.DELETE_THERE)
    return iter(sorted(errands, key=lambda errand: order.index(errand.act)))
