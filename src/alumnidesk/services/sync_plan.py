"""What a sync would do, to be looked at and decided before anything is written; and what it did."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cached_property

from alumnidesk.domain.sync import Decision
from alumnidesk.i18n import Message

__all__ = [
    "CSV",
    "FOLDER",
    "Decision",
    "Outcome",
    "PartnerCard",
    "Question",
    "QuestionKind",
    "Side",
    "SyncDifference",
    "SyncItem",
    "SyncPlan",
    "SyncProblem",
    "SyncReport",
    "each_once",
]

FOLDER, CSV = "folder", "csv"
"""Kinds of partners."""


@dataclass(frozen=True, slots=True)
class PartnerCard:
    """A place that holds contacts too."""

    id: int | None = None
    name: str = ""
    kind: str = FOLDER
    place: str = ""
    """Path of the folder or file."""
    query: str = ""
    """Whom it is about, in the language of the search box; empty: all contacts."""
    options: Mapping[str, str] = field(default_factory=dict)
    """What only this kind of partner knows, such as the columns of a CSV file."""
    synced_at: str = ""
    """ISO date and time, UTC, of the last sync; empty: never. Not to be changed by hand."""
    contacts: int = 0
    """How many contacts are kept in step."""


class Side(StrEnum):
    """Where something changes."""

    OURS = "ours"
    THEIRS = "theirs"


class Outcome(StrEnum):
    """What becomes of one contact."""

    NEW_HERE = "new_here"
    """Known there only: becomes a new contact here."""
    NEW_THERE = "new_there"
    """Known here only: is written there."""
    CHANGED_HERE = "changed_here"
    """We get something."""
    CHANGED_THERE = "changed_there"
    """They get something."""
    CHANGED_BOTH = "changed_both"
    """Either side gets something from the other."""
    BINNED_HERE = "binned_here"
    """Deleted here, as before there: is deleted there too."""
    DELETED_THERE = "deleted_there"
    """Deleted there, as before here: goes into the bin here."""
    LEAVES = "leaves"
    """No longer among those whom the partner is about: leaves the partner, stays here."""
    QUESTION = "question"
    """Nothing happens until somebody decides (what is beside the question happens all the same)."""
    UNCHANGED = "unchanged"
    """Only counted."""


class QuestionKind(StrEnum):
    """What is to be decided."""

    CHANGED_BOTH = "changed_both"
    """The same property was changed on both sides."""
    CHANGED_HERE_DELETED_THERE = "changed_here_deleted_there"
    DELETED_HERE_CHANGED_THERE = "deleted_here_changed_there"
    PERHAPS_THE_SAME = "perhaps_the_same"
    """Somebody new there resembles somebody here. `Decision.OURS`: they are the same; `BOTH`: they are two."""


@dataclass(frozen=True, slots=True)
class SyncDifference:
    """One thing that changes, in words."""

    side: Side
    """Where it changes."""
    label: Message
    old: Message
    """Empty when something is added."""
    new: Message
    """Empty when something is taken away."""


@dataclass(frozen=True, slots=True)
class Question:
    """One thing to decide. Undecided, both sides keep what they have."""

    id: str
    """By it one decides in `Syncing.carry_out`; the same in every preview until it is decided."""
    kind: QuestionKind
    label: Message
    """What it is about: ``Phone``; the contact as a whole."""
    ours: Message
    """What we have, in words; empty: nothing."""
    theirs: Message
    before: Message
    """What both had."""
    allowed: tuple[Decision, ...]
    """`Decision.LATER`, the default, is always among them."""


@dataclass(frozen=True, slots=True)
class SyncItem:
    """One contact about which something happens or is asked."""

    id: str
    """A decision for it holds for all its questions."""
    name: str
    contact: int | None
    """None: it is new here."""
    place: str
    """Name of the file; empty: it is new there."""
    outcome: Outcome
    differences: tuple[SyncDifference, ...] = ()
    questions: tuple[Question, ...] = ()


@dataclass(frozen=True, slots=True)
class SyncProblem:
    """Something at the partner that could not be taken; it is left as it is and counts as unchanged."""

    place: str
    """Name of the file; empty: it concerns the partner as a whole."""
    line: int
    """1-based; 0: the whole file."""
    why: Message
    text: str = ""


def each_once(problems: Iterable[SyncProblem]) -> tuple[SyncProblem, ...]:
    """Problems without those that were told already: a place is read more than once in a sync."""
    return tuple({(one.place, one.line, str(one.why), one.text): one for one in problems}.values())


@dataclass(frozen=True)
class SyncPlan:
    """What a sync would do. Nothing is written before `Syncing.carry_out`."""

    partner: PartnerCard
    items: tuple[SyncItem, ...] = ()
    problems: tuple[SyncProblem, ...] = ()
    unchanged: int = 0
    notes: tuple[Message, ...] = ()
    """What one should know about the partner, such as columns that take no part."""
    stopped: Message | None = None
    """Set when nothing at all can be done: why."""
    many: Message | None = None
    """Set when so many contacts would be deleted on one side, or added to somebody's table, that it must be allowed
    expressly: how many, in words."""
    adds_many: bool = False
    """Whether `many` is about contacts that would be added, and nothing is deleted by it."""
    anew: bool = False
    """Whether what both had is forgotten, as if nobody had ever synced there."""
    state: int = field(default=0, repr=False)
    """Number of deeds when it was made: it holds until the next one."""
    steps: Mapping[str, object] = field(default_factory=dict, repr=False)
    """What `carry_out` needs, by the id of the item."""

    @cached_property
    def counts(self) -> Mapping[Outcome, int]:
        """How many contacts of each outcome."""
        return Counter({Outcome.UNCHANGED: self.unchanged}) + Counter(item.outcome for item in self.items)

    @cached_property
    def questions(self) -> tuple[Question, ...]:
        """All that is to be decided."""
        return tuple(question for item in self.items for question in item.questions)


@dataclass(frozen=True, slots=True)
class SyncReport:
    """What a sync did."""

    partner: PartnerCard
    counts: Mapping[Outcome, int]
    """Contacts by what became of them."""
    ours: int
    """How many contacts changed here, new and deleted ones included."""
    theirs: int
    undecided: int
    """Questions that wait for the next sync."""
    problems: tuple[SyncProblem, ...]
    changeset: int | None
    """By which our side can be taken back; None: nothing was written here."""
