"""What two sides that hold the same contact become: compared slot by slot with what each had after the last sync.

A **slot** is the place of one value: `N`, `BDAY`; of phones, e-mails, addresses, tags … each value is one of its own.
The rules stand in the decision “Two-way sync compares three states, property by property”.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from types import MappingProxyType
from typing import NamedTuple


class Slot(NamedTuple):
    """The place of one value of a contact."""

    name: str
    """Property name in capitals: ``TEL``, ``BDAY`` …"""
    key: str = ""
    """Of what has many values, by what this one is known: the digits of a phone, an e-mail in lower case …"""


@dataclass(frozen=True, slots=True)
class Content:
    """What stands in a slot."""

    canonical: str
    """The same for everything that says the same, however a program writes it: one or more property lines."""
    lines: tuple[str, ...] = field(default=(), compare=False)
    """The property lines as they came, unfolded, to be written elsewhere."""


State = Mapping[Slot, Content]
"""What a side holds of one contact."""
Base = Mapping[Slot, str]
"""What a side held after the last sync: the canonical forms alone."""
Changes = Mapping[Slot, Content | None]
"""What a side is to take over; None: the slot goes."""


class Decision(StrEnum):
    """What becomes of a question."""

    OURS = "ours"
    THEIRS = "theirs"
    BOTH = "both"
    """Both values stand beside each other; of people who look alike: they are two."""
    LATER = "later"
    """Both sides keep what they have, and the next sync asks again."""


@dataclass(frozen=True, slots=True)
class Conflict:
    """Both sides changed the same thing in different ways."""

    id: str
    """The same in every sync until it is decided."""
    before: Base
    """What was there before, if anything."""
    ours: State
    """What we have now; empty: we removed it."""
    theirs: State
    allowed: tuple[Decision, ...]

    @property
    def slots(self) -> frozenset[Slot]:
        """The slots that it is about."""
        return frozenset({*self.before, *self.ours, *self.theirs})


@dataclass(frozen=True, slots=True)
class Merged:
    """What a merge comes to."""

    ours: Changes = field(default_factory=dict)
    """What is to change with us."""
    theirs: Changes = field(default_factory=dict)
    conflicts: tuple[Conflict, ...] = ()
    """What nobody has decided yet."""


_SET = frozenset({"CATEGORIES"})
"""Of these nothing takes the place of anything: values come and go by themselves."""
_FOLLOWS: Mapping[str, str] = MappingProxyType({"FN": "N"})
"""A slot that says another one again: what becomes of that decides about it, and alone it is not asked about."""
_TEXTS = frozenset({"NOTE"})
"""Of these there is one, but two can be made one of, one below the other."""
_QUIET_AT_FIRST = frozenset({"FN", "PHOTO"})
"""What either side keeps at the first sync without being asked: a name in another order, a picture made smaller."""


def merge(
    ours: State,
    theirs: State,
    base_ours: Base,
    base_theirs: Base,
    decisions: Mapping[str, Decision] = MappingProxyType({}),
) -> Merged:
    """Compare each side with what it had, and say what either takes over from the other.

    Empty bases are those of a first sync. `decisions` are by the ids of conflicts.
    """
    to_us: dict[Slot, Content | None] = {}
    to_them: dict[Slot, Content | None] = {}
    contested: list[Slot] = []
    for slot in sorted({*ours, *theirs, *base_ours, *base_theirs}):
        our, their = ours.get(slot), theirs.get(slot)
        we_changed = _canonical(our) != base_ours.get(slot)
        they_changed = _canonical(their) != base_theirs.get(slot)
        if our == their or not (we_changed or they_changed):
            continue
        if not we_changed:
            to_us[slot] = their
        elif not they_changed:
            to_them[slot] = our
        elif our and their and slot not in base_ours and slot not in base_theirs:
            _first_meeting(slot, our, their, to_us, to_them, contested)
        else:
            contested.append(slot)
    undecided = []
    for conflict in _conflicts(ours, theirs, base_ours, base_theirs, contested):
        decision = decisions.get(conflict.id, Decision.LATER)
        if decision not in conflict.allowed or decision is Decision.LATER:
            undecided.append(conflict)
        for slot in conflict.slots:
            to_us.pop(slot, None)
            to_them.pop(slot, None)
            our, their = conflict.ours.get(slot), conflict.theirs.get(slot)
            if our != their and decision in conflict.allowed:
                _decide(slot, our, their, decision, to_us, to_them)
    return Merged(to_us, to_them, tuple(undecided))


def settled(state: State, base: Base, undecided: Iterable[Conflict]) -> Base:
    """What a side had after a sync, for the next one: its state, but for what nobody has decided."""
    found = {slot: content.canonical for slot, content in state.items()}
    for conflict in undecided:
        for slot in conflict.slots:
            found.pop(slot, None)
            if slot in base:
                found[slot] = base[slot]
    return found


def _canonical(content: Content | None) -> str | None:
    return content.canonical if content else None


def _first_meeting(
    slot: Slot,
    our: Content,
    their: Content,
    to_us: dict[Slot, Content | None],
    to_them: dict[Slot, Content | None],
    contested: list[Slot],
) -> None:
    """Both have had it all along, and differently: whoever says more is right; else somebody has to decide."""
    if slot.name in _QUIET_AT_FIRST:
        return
    if says_all(our.canonical, their.canonical):
        to_them[slot] = our
    elif says_all(their.canonical, our.canonical):
        to_us[slot] = their
    else:
        contested.append(slot)


def _decide(
    slot: Slot,
    our: Content | None,
    their: Content | None,
    decision: Decision,
    to_us: dict[Slot, Content | None],
    to_them: dict[Slot, Content | None],
) -> None:
    """Ours: as if only we had changed it; theirs: the other way round; both: as if each had only added its own."""
    if decision is Decision.BOTH and our and their:
        to_us[slot] = to_them[slot] = _one_below_the_other(our, their)
    elif decision is Decision.OURS or (decision is Decision.BOTH and our):
        to_them[slot] = our
    elif decision is Decision.THEIRS or (decision is Decision.BOTH and their):
        to_us[slot] = their


def _one_below_the_other(our: Content, their: Content) -> Content:
    """Two texts as one; one of them alone if it says the other already, as after a sync that was cut short."""
    for whole, part in ((our, their), (their, our)):
        text = part.canonical.partition(":")[2]
        if whole.canonical.startswith(f"{part.canonical}\\n") or whole.canonical.endswith(f"\\n{text}"):
            return whole
    joined = f"{our.canonical}\\n{their.canonical.partition(':')[2]}"
    return Content(joined, (joined,))


def _conflicts(
    ours: State, theirs: State, base_ours: Base, base_theirs: Base, contested: Sequence[Slot]
) -> Iterator[Conflict]:
    """The contested slots as one thing to decide each; a corrected value and what it was before are one thing."""
    open_slots, before = set(contested), {**base_ours, **base_theirs}
    for name, slots in _replaced(ours, theirs, base_ours, base_theirs).items():
        open_slots -= set(slots)
        yield _conflict(name, slots, ours, theirs, before, beside=True)
    for slot in contested:
        leader = Slot(_FOLLOWS.get(slot.name, ""))
        if slot in open_slots and not leader.name:
            followers = [other for other in contested if _FOLLOWS.get(other.name) == slot.name]
            texts = slot.name in _TEXTS and slot in ours and slot in theirs
            yield _conflict(_id(slot), [slot, *followers], ours, theirs, before, beside=texts)


def _id(slot: Slot) -> str:
    return f"{slot.name}:{slot.key}" if slot.key else slot.name


def _conflict(name: str, slots: Sequence[Slot], ours: State, theirs: State, base: Base, *, beside: bool) -> Conflict:
    both = (Decision.BOTH,) if beside else ()
    return Conflict(
        name,
        {slot: base[slot] for slot in slots if slot in base},
        {slot: ours[slot] for slot in slots if slot in ours},
        {slot: theirs[slot] for slot in slots if slot in theirs},
        (Decision.LATER, Decision.OURS, Decision.THEIRS, *both),
    )


def _replaced(ours: State, theirs: State, base_ours: Base, base_theirs: Base) -> dict[str, list[Slot]]:
    """By property: values that both sides removed, together with what each side put in their place."""
    gone = [slot for slot in base_ours if slot in base_theirs and slot not in ours and slot not in theirs]
    found: dict[str, list[Slot]] = {}
    for name in {slot.name for slot in gone if slot.key} - _SET:
        our_new = [s for s in ours if s.name == name and s not in base_ours and s not in theirs]
        their_new = [s for s in theirs if s.name == name and s not in base_theirs and s not in ours]
        if our_new and their_new:
            old = sorted(slot for slot in gone if slot.name == name)
            found[f"{name}:{old[0].key}"] = [*old, *sorted(our_new), *sorted(their_new)]
    return found


# Which of two says more --------------------------------------------------------------------------------------------


def says_all(more: str, less: str) -> bool:
    """Whether a canonical line says all that another says: no parameter and no component of it is other or missing."""
    (our_params, our_parts), (their_params, their_parts) = _taken_apart(more), _taken_apart(less)
    alike = all(ours == theirs or not theirs for ours, theirs in zip(our_parts, their_parts, strict=False))
    return our_params >= their_params and len(our_parts) >= len(their_parts) and alike


def _taken_apart(line: str) -> tuple[frozenset[str], list[str]]:
    """Name and parameters, and the components of the value; signs that divide nothing are made others for that."""
    head, _, value = _MEANT.sub(lambda match: match[0].translate(_HIDDEN), line).partition(":")
    return frozenset(head.split(";")), value.split(";")


_MEANT = re.compile(r'"[^"]*"|\\.', re.DOTALL)
_HIDDEN = str.maketrans(":;", "\x01\x02")
