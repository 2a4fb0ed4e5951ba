"""The same change for many contacts: a plan says what it would do to each, and one deed does it.

Cards are read in batches and nothing of them is kept, so that a plan for all contacts of a large register is a few
arrays of ids. What is shown of it, and what is written, is worked out anew from the contacts themselves; a plan holds
until the next deed.
"""

from __future__ import annotations

from array import array
from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import cached_property

from alumnidesk.domain.bulk_edit import (
    AFFILIATIONS,
    TAGS,
    Edit,
    Target,
    Way,
    at,
    attribute,
    changed,
    entered,
    sound,
    targets,
    touched,
)
from alumnidesk.domain.cards import ContactCard
from alumnidesk.domain.checking import as_saved
from alumnidesk.domain.units import at_known_units
from alumnidesk.errors import InvalidInput, Refused
from alumnidesk.formats.bulk import collector_paused
from alumnidesk.i18n import NOTHING, Message, say, say_n
from alumnidesk.progress import Progress
from alumnidesk.services import cards, contacts
from alumnidesk.services.own_fields import OwnFields
from alumnidesk.services.tags import Tags
from alumnidesk.services.unit_paths import stored
from alumnidesk.storage import backup
from alumnidesk.storage.database import Database

MANY = 10
"""A backup is made before more contacts than these are changed."""


class Outcome(StrEnum):
    """What becomes of one contact."""

    CHANGES = "changes"
    STAYS = "stays"
    """It is so already, or there is nothing to change."""
    CANNOT = "cannot"
    """It could not be saved so."""


@dataclass(frozen=True, slots=True)
class Row:
    """One contact in the preview."""

    contact: int
    name: str
    outcome: Outcome
    old: tuple[Message, ...] = ()
    """What the change touches, a line for each value."""
    new: tuple[Message, ...] = ()
    why: Message = NOTHING
    """Why nothing changes: the end of a sentence about the contact, or the problem."""


@dataclass(frozen=True, slots=True)
class Reason:
    """Why some contacts do not change."""

    outcome: Outcome
    why: Message
    n: int


@dataclass(frozen=True)
class Plan:
    """What a change would do. Nothing is written before `Bulk.carry_out`."""

    edit: Edit
    """With its value as it is stored."""
    label: Message
    """What is changed."""
    entered: Message
    """What is entered there."""
    ids: Mapping[Outcome, array[int]]
    """Who changes, stays and cannot, each in the order that was given."""
    reasons: tuple[Reason, ...]
    """The most frequent first."""
    state: int
    """Number of deeds when it was made: it holds until the next one."""

    @property
    def changing(self) -> array[int]:
        """Who changes."""
        return self.ids[Outcome.CHANGES]

    @cached_property
    def in_order(self) -> array[int]:
        """Everybody: first who cannot, then who changes, then who stays."""
        return self.ids[Outcome.CANNOT] + self.ids[Outcome.CHANGES] + self.ids[Outcome.STAYS]


_Step = tuple[ContactCard, ContactCard | Message, Outcome]
"""A contact, and what it becomes or why it does not."""


class Bulk:
    """Changes many contacts at once."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def targets(self) -> list[Target]:
        """Everything that can be changed at many."""
        return targets(OwnFields(self._database).all())

    def plan(self, ids: Sequence[int], edit: Edit, progress: Progress | None = None) -> Plan:
        """What a change would do to these contacts; those that do not exist any more are left out.

        Raises InvalidInput (field ``value``) if no contact can have the value, Cancelled.
        """
        progress, own = progress or Progress(), OwnFields(self._database).all()
        edit = sound(self._at_known_units(edit), own)
        target = next((one for one in targets(own) if one.slot == edit.slot and edit.way in one.ways), None)
        if target is None:
            raise Refused(say("This cannot be changed for many."))
        found = {outcome: array("q") for outcome in Outcome}
        whys: dict[str, Message] = {}
        counted: Counter[tuple[Outcome, str]] = Counter()
        progress.begin(say("Looking at what would change …"), len(ids))
        with collector_paused():
            for card, after, outcome in progress.each(self._steps(edit, ids)):
                found[outcome].append(card.id or 0)
                if isinstance(after, Message):
                    whys[str(after)] = after
                    counted[outcome, str(after)] += 1
        reasons = tuple(Reason(outcome, whys[why], n) for (outcome, why), n in counted.most_common())
        return Plan(edit, target.label, entered(edit, own), found, reasons, self._database.changes)

    def rows(self, plan: Plan, ids: Sequence[int]) -> list[Row]:
        """What a plan says about some of its contacts, in this order."""
        own = OwnFields(self._database).all()
        found = []
        for card, after, outcome in self._steps(plan.edit, ids):
            if isinstance(after, Message):
                found.append(Row(card.id or 0, card.name, outcome, old=at(plan.edit.slot, card, own), why=after))
            else:
                old, new = touched(plan.edit, card, after, own)
                found.append(Row(card.id or 0, card.name, outcome, old, new))
        return found

    def carry_out(self, plan: Plan, *, skip: Collection[int] = (), progress: Progress | None = None) -> int:
        """Do what a plan says, except for those to `skip`, as one step; returns how many contacts changed.

        A backup is made before more than `MANY`. Raises Refused if the register has changed since the plan was made,
        Cancelled until it is written for good.
        """
        progress = progress or Progress()
        if plan.state != self._database.changes:
            raise Refused(
                say("The contacts have changed since this preview was made."),
                say("Please look at the preview again; it is up to date now."),
            )
        left_out = frozenset(skip)
        chosen = [number for number in plan.changing if number not in left_out]
        if not chosen:
            return 0
        if len(chosen) > MANY:
            backup.make(self._database, "bulk", progress)
        progress.begin(say("Changing the contacts …"), len(chosen))
        with collector_paused(), self._database.writing(_label(plan, len(chosen)), progress=progress) as transaction:
            steps = progress.each(self._steps(plan.edit, chosen))
            contacts.write(transaction, ((old, new) for old, new, _ in steps if isinstance(new, ContactCard)))
        return len(chosen)

    def _at_known_units(self, edit: Edit) -> Edit:
        try:
            where, part = at_known_units((edit.where, edit.part), stored(self._database))
        except InvalidInput as problem:
            raise InvalidInput("value", problem.message, problem.way_out) from problem
        return replace(edit, where=where, part=part)

    def _steps(self, edit: Edit, ids: Sequence[int]) -> Iterator[_Step]:
        own, groups = OwnFields(self._database).all(), Tags(self._database).groups()
        # What the change does not touch is not read; a name may be an e-mail address or a phone number.
        for card in cards.read(self._database, ids, ("emails", "phones", attribute(edit.slot))):
            if card.binned:
                yield card, say("lies in the bin"), Outcome.CANNOT
                continue
            after = changed(edit, card, groups)
            if isinstance(after, Message):
                yield card, after, Outcome.STAYS
                continue
            try:
                yield card, as_saved(card, after, own), Outcome.CHANGES
            except InvalidInput as problem:
                yield card, problem.message, Outcome.CANNOT


def _label(plan: Plan, n: int) -> Message:
    """What the deed is called."""
    edit, field = plan.edit, plan.label
    if edit.slot == TAGS:
        return contacts.given(edit.value, n) if edit.way is Way.ADD else contacts.taken(edit.value, n)
    if edit.slot == AFFILIATIONS:
        match edit.way:
            case Way.ADD:
                return say_n(
                    "Affiliation “{what}” of {n} contact added",
                    "Affiliation “{what}” of {n} contacts added",
                    n,
                    what=plan.entered,
                )
            case Way.END:
                return say_n("Affiliation of {n} contact ended", "Affiliations of {n} contacts ended", n)
        return say_n("Affiliation of {n} contact changed", "Affiliations of {n} contacts changed", n)
    if edit.way is Way.CLEAR:
        return say_n("{field} of {n} contact emptied", "{field} of {n} contacts emptied", n, field=field)
    if edit.way is Way.APPEND:
        return say_n("{field} of {n} contact added to", "{field} of {n} contacts added to", n, field=field)
    value = plan.entered
    return say_n("{field} of {n} contact: {value}", "{field} of {n} contacts: {value}", n, field=field, value=value)
