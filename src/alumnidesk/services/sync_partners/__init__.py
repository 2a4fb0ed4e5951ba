"""Places that hold contacts too, and what the engine of `services.syncing` wants from them."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from typing import Protocol

from alumnidesk.i18n import Message, say
from alumnidesk.services.sync_plan import SyncProblem

CHANGED_MEANWHILE = say("This was changed while the sync ran; the next sync looks at it.")
"""Why a place was left as it is."""


@dataclass(frozen=True, slots=True)
class Held:
    """What stands at one place of a partner."""

    place: str
    stamp: str
    """When this changes, it is read again: size and time of the file, for instance."""
    text: bytes
    """A vCard. A partner that holds something else makes one of it, so that the engine has one language."""
    fresh: bool = False
    """Whether it was written so lately that another change could leave the stamp as it is."""

    @property
    def kept_stamp(self) -> str:
        """The stamp as a link keeps it: none if the next sync should read the place whatever its stamp is."""
        return "" if self.fresh else self.stamp


@dataclass(frozen=True, slots=True)
class Listing:
    """All places of a partner."""

    stamps: Mapping[str, str]
    """Place → stamp."""
    problems: tuple[SyncProblem, ...] = ()
    """What is no place, or may not be looked into. A place with a problem is among `stamps` if it is there."""


class Partner(Protocol):
    """A place that holds contacts too. Raises EnvironmentFault when it is gone as a whole or cannot be read."""

    def listing(self) -> Listing:
        """All places, without reading them."""

    def read(self, places: list[str]) -> Iterator[Held | SyncProblem]:
        """What stands at these places, one after the other."""

    kept_by_hand: bool
    """Whether people edit it: what is missing may be an accident and is asked about, never deleted here by itself; and
    many contacts are not added without being allowed."""
    at_once: int
    """So many places are written before they are settled and what both had is kept."""

    def held_of(self, place: str, ours: bytes) -> bytes:
        """Our contact (a vCard) as this place can hold it: the side of ours that is compared, in a first sync too.

        A folder holds everything and gives it back as it is. A table has only its columns: a name without title, a town
        without street. `place` is empty for a contact that is new there.
        """

    def taken_over(self, ours: bytes, before: bytes, after: bytes) -> bytes:
        """Our contact with what changes between `before` (as `held_of` gave it) and `after` (the same, merged).

        A folder gives back `after`. What a table cannot hold stays with us as it is: the title of who gets another
        family name, the street of who gets another postcode.
        """

    def new_place(self, uid: str, taken: Collection[str]) -> str:
        """A place for a contact that is new there; `taken` are the places that there are, in `str.casefold`."""

    def write(self, place: str, text: bytes, stamp: str) -> Held | SyncProblem:
        """Replace what stands at a place, if it still has this stamp (empty: if there is nothing); a problem if not.

        Returns what stands there then, which may be less than `text` says.
        """

    def delete(self, place: str, stamp: str) -> SyncProblem | None:
        """Take a place away, if it still has this stamp."""

    def settle(self) -> None:
        """Everything that was written so far is on the disk when this returns. Called at the end of each sync."""

    def name_of(self, place: str) -> str:
        """What a person knows a place by."""

    def notes(self) -> tuple[Message, ...]:
        """What one should know about the partner before a sync."""

    def remarks(self) -> tuple[SyncProblem, ...]:
        """What was doubtful in what was read or written since this was last asked, and stayed as it is there."""
