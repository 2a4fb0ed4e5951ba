"""What ties a contact to others and to us, as it travels in files: household, relationships, consents.

A file names the other side by its UID. What a file says is compared with what is known (`compare`): only what is new
counts, so that the same file again changes nothing.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import astuple, dataclass, field, fields, replace
from typing import TypeVar

from alumnidesk.domain import dates
from alumnidesk.domain.consent import CHANNELS, KNOWN, NO, OWED, YES
from alumnidesk.domain.relationships import BY_KEY

_PURPOSES = frozenset(purpose.key for purpose in KNOWN)


@dataclass(frozen=True, slots=True)
class HouseholdTie:
    """The household that a contact is in."""

    uid: str
    name: str = ""
    own_salutation: str = ""

    @property
    def sound(self) -> bool:
        """Can it be kept as it is? Likewise for the other ties."""
        return bool(self.uid)


FORTH, BACK = "", "back"


@dataclass(frozen=True, slots=True)
class RelationTie:
    """A relationship of a contact: it is the `kind` (mentor, parent …) of the other one; `BACK`: the other one is."""

    other: str
    """UID of the other contact."""
    kind: str
    side: str = FORTH
    position: str = ""
    department: str = ""
    began: str = ""
    ended: str = ""
    remark: str = ""
    name: str = ""
    """Of a kind of the association's own, like `name_back`."""
    name_back: str = ""

    @property
    def sound(self) -> bool:
        dated = all(not day or dates.is_stored(day) for day in (self.began, self.ended))
        known = self.kind in BY_KEY or bool(self.kind and self.name)
        return bool(self.other) and known and dated and self.side in (FORTH, BACK)


@dataclass(frozen=True, slots=True)
class ConsentTie:
    """An answer as a file says it; `consent.Given` is one in the ledger of a contact."""

    purpose: str
    channel: str
    answer: str
    on: str
    """ISO date."""
    source: str = ""
    wording: str = ""
    entered: str = ""
    """ISO date and time, UTC; empty if it is not known."""
    name: str = ""
    """Of a purpose of the association's own."""

    @property
    def sound(self) -> bool:
        day = dates.is_stored(self.on) and len(self.on) == 10
        known = self.purpose in _PURPOSES or bool(self.purpose and self.name)
        return known and self.purpose != OWED.key and day and self.channel in CHANNELS and self.answer in (YES, NO)


@dataclass(frozen=True, slots=True)
class Ties:
    """Everything that ties one contact."""

    household: HouseholdTie | None = None
    relations: tuple[RelationTie, ...] = ()
    consents: tuple[ConsentTie, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.household or self.relations or self.consents)


NO_TIES = Ties()

Tie = TypeVar("Tie", HouseholdTie, RelationTie, ConsentTie)


def texts_of(tie: HouseholdTie | RelationTie | ConsentTie) -> tuple[str, ...]:
    """A tie as texts in the order of its fields, for files."""
    return astuple(tie)


def from_texts(kind: type[Tie], texts: object) -> Tie | None:
    """The reverse of `texts_of`; None for what is no such tie."""
    if not isinstance(texts, Sequence) or len(texts) != len(fields(kind)):
        return None
    if not all(isinstance(text, str) for text in texts):
        return None
    made = kind(*map(plain, texts))
    return made if made.sound else None


_UNSEEN = re.compile(r"[\0-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\ufeff]")


def plain(text: str) -> str:
    """Text as files carry it in any format: composed (NFC), lines ended by line feeds, no control characters, no spaces
    around it."""
    return unicodedata.normalize("NFC", _UNSEEN.sub("", text.replace("\r\n", "\n").replace("\r", "\n")).strip())


# What is new -------------------------------------------------------------------------------------------------------

Pair = tuple[int, int, str]
"""Two contacts and the kind: the first is the mentor of the second."""
_HOUSEHOLD_WORDS, _WORDS = ("name", "own_salutation"), ("position", "department", "began", "ended", "remark")
_Worded = TypeVar("_Worded", HouseholdTie, RelationTie)


@dataclass(frozen=True, slots=True)
class Claim:
    """What a file says about one contact."""

    contact: int
    """Its id; below 0 for one who comes new with the file."""
    ties: Ties


@dataclass(slots=True)
class Known:
    """What is known about the contacts of a file, and about those whom it ties them to."""

    whose: Mapping[str, int]
    """UID → contact."""
    household_of: dict[int, str] = field(default_factory=dict)
    """Contact → UID of its household."""
    households: dict[str, HouseholdTie] = field(default_factory=dict)
    sizes: Counter[str] = field(default_factory=Counter)
    """UID of a household → how many are in it."""
    relations: dict[Pair, RelationTie] = field(default_factory=dict)
    """Of each, the words."""
    consents: defaultdict[int, Counter[ConsentTie]] = field(default_factory=lambda: defaultdict(Counter))


@dataclass(frozen=True, slots=True)
class News:
    """What one claim adds; empty if all of it is known."""

    household: HouseholdTie | None = None
    relations: tuple[tuple[Pair, RelationTie], ...] = ()
    """With the words as they are from then on; `Pair` holds the contacts."""
    consents: tuple[ConsentTie, ...] = ()
    unknown: int = 0
    """Relationships with somebody who is not here."""

    def __bool__(self) -> bool:
        return bool(self.household or self.relations or self.consents)


def compare(known: Known, claims: Sequence[Claim]) -> list[News]:
    """What each claim adds to what is known and to the claims before it. `known` is brought forward.

    Of two claims that contradict each other the first one counts, so that the same file again changes nothing.
    """
    together = _households(known, claims)
    told: set[Pair] = set()
    found = []
    for index, claim in enumerate(claims):
        relations, unknown = _relations(known, claim, told)
        consents = _missing(known.consents[claim.contact], claim)
        found.append(News(together.get(index), relations, consents, unknown))
    return found


def _households(known: Known, claims: Sequence[Claim]) -> dict[int, HouseholdTie]:
    """By place of the claim, the household that a contact comes into, or whose words are new.

    One alone is no household; contacts that are a household already under another UID stay that.
    """
    wanted: dict[str, dict[int, tuple[int, HouseholdTie]]] = defaultdict(dict)
    placed: set[int] = set()
    for index, claim in enumerate(claims):
        if (tie := claim.ties.household) is not None and claim.contact not in placed:
            placed.add(claim.contact)
            wanted[tie.uid][claim.contact] = index, tie
    found: dict[int, HouseholdTie] = {}
    for uid, members in wanted.items():
        present = {known.household_of.get(contact, "") for contact in members}
        if uid not in known.households and len(members) > 1 and len(present) == 1 and present != {""}:
            (uid,) = present
        new = {contact for contact in members if known.household_of.get(contact, "") != uid}
        if known.sizes[uid] + len(new) < 2:
            continue
        known.sizes[uid] += len(new)
        for nth, (contact, (index, tie)) in enumerate(members.items()):
            before = known.households.get(uid, HouseholdTie(uid))
            after = _worded(before, tie, _HOUSEHOLD_WORDS, fill=nth > 0)
            if contact in new or after != before:
                found[index] = after
            known.households[uid] = after
            known.household_of[contact] = uid
    return found


def _relations(known: Known, claim: Claim, told: set[Pair]) -> tuple[tuple[tuple[Pair, RelationTie], ...], int]:
    """The relationships that are new or say something new, and how many are with somebody who is not here."""
    new: dict[Pair, RelationTie] = {}
    unknown = 0
    for said in claim.ties.relations:
        other = known.whose.get(said.other)
        if other is None or other == claim.contact:
            unknown += other is None
            continue
        pair = _pair(claim.contact, other, said)
        before = known.relations.get(pair)
        after = said if before is None else _worded(before, said, _WORDS, fill=pair in told)
        told.add(pair)
        if after != before:
            known.relations[pair] = new[pair] = after
    return tuple(new.items()), unknown


def _missing(ledger: Counter[ConsentTie], claim: Claim) -> tuple[ConsentTie, ...]:
    """The answers that are not in the ledger, in their order; they are from now on."""
    there = ledger.copy()
    missing = []
    for answer in claim.ties.consents:
        if there[answer]:
            there[answer] -= 1
        else:
            missing.append(answer)
    ledger.update(missing)
    return tuple(missing)


def _pair(contact: int, other: int, said: RelationTie) -> Pair:
    first, second = (other, contact) if said.side == BACK else (contact, other)
    mutual = BY_KEY[said.kind].mutual if said.kind in BY_KEY else said.name == said.name_back
    if mutual:
        first, second = sorted((first, second))
    return first, second, said.kind


def _worded(before: _Worded, said: _Worded, words: Sequence[str], *, fill: bool) -> _Worded:
    """What is known, with the words that a file says, or with `fill` only where there are none yet."""
    news = {word: text for word in words if (text := getattr(said, word)) and not (fill and getattr(before, word))}
    return replace(before, **news)
