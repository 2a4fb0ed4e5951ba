"""The steps of a sync: what `carry_out` does for one contact, as it was planned."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from enum import Enum

from alumnidesk.domain.sync import Decision
from alumnidesk.services.sync_links import Link


class Act(Enum):
    """What is done."""

    MEET = "meet"
    """Both have it: each takes over from the other what changed there."""
    CREATE_HERE = "create here"
    CREATE_THERE = "create there"
    BIN_HERE = "bin here"
    DELETE_THERE = "delete there"
    LEAVE = "leave"
    """We take over what changed there, then it is deleted there."""
    RESTORE = "restore"
    """It comes out of the bin, with what changed there."""
    MOVE = "move"
    """Only its place has another name, or another time."""
    DROP = "drop"
    """It is gone on both sides."""


@dataclass(frozen=True, slots=True)
class Step:
    """What is to be done for one contact."""

    id: str
    act: Act | None
    """None: nothing, as long as nobody decides."""
    link: Link
    """As it will be; `Link.contact` 0: not known yet."""
    choices: Mapping[Decision, Act] = field(default_factory=dict)
    """What is done if somebody decides about the contact as a whole."""
    stamp: str = ""
    """Of the place as it was looked at; empty: there is nothing."""
    kept_as: int = 0
    """Under which contact is kept what both had; 0: under this one."""

    def decided(self, decisions: Mapping[str, Decision]) -> Act | None:
        """What is done after all."""
        decision = decisions.get(self.question, decisions.get(self.id, Decision.LATER))
        return self.act if self.act is not None else self.choices.get(decision)

    @property
    def question(self) -> str:
        """The id of the question about the contact as a whole."""
        return f"{self.id}/contact"

    def about_values(self, decisions: Mapping[str, Decision]) -> Mapping[str, Decision]:
        """The decisions about single values, by the ids of their conflicts."""
        return _OfStep(f"{self.id}/", decisions, decisions.get(self.id, Decision.LATER))


class _OfStep(Mapping[str, Decision]):
    """Decisions of one step: each conflict's own, else that for the contact."""

    def __init__(self, prefix: str, decisions: Mapping[str, Decision], usual: Decision) -> None:
        self._prefix, self._decisions, self._usual = prefix, decisions, usual

    def __getitem__(self, conflict: str) -> Decision:
        return self._decisions.get(self._prefix + conflict, self._usual)

    def __iter__(self) -> Iterator[str]:
        return (key.removeprefix(self._prefix) for key in self._decisions if key.startswith(self._prefix))

    def __len__(self) -> int:
        return sum(1 for _ in self)
