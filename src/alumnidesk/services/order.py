"""The order of a list, kept once for all searches: what a search found are places in it.

Places are sorted three times as quickly as ids by a key, and where an id stands is found without going through the
list: with 400,000 contacts the difference between a search that follows each key and one that does not (measured).
"""

from __future__ import annotations

from array import array
from bisect import bisect_left, insort
from collections.abc import Callable, Collection, Iterable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from functools import cached_property
from heapq import nsmallest
from itertools import accumulate, compress, pairwise
from typing import Any, TypeVar, overload

_SORTED_LATER = 100_000
"""So few places are sorted when somebody looks further down than the first rows: a key that is answered by 30,000
contacts waits a fifth less, and the later sorting is still too short to be felt (measured)."""
_FIRST = 128
"""The rows that a list shows at once, and some below."""
Key = TypeVar("Key", bound=tuple[Any, ...])
Groups = tuple[tuple[str, int], ...]
"""Names of groups, and how many contacts stand in each."""


def filled_first(filled: Sequence[int], ids: array[int]) -> array[int]:
    """Those who have something in a column as they are sorted by it, then the others."""
    others = bytearray([True]) * (max(ids, default=0) + 1)
    for id in filled:
        others[id] = False
    return array("q", [*filled, *(id for id in ids if others[id])])


def moved(ids: array[int], changed: Iterable[int], key: Callable[[int], Key | None]) -> array[int]:
    """The same order after a few contacts changed; `key` says where one stands now, None for one who has gone."""
    found = ids[:]
    for number in changed:
        with suppress(ValueError):
            found.remove(number)
    for number in changed:
        if key(number) is not None:
            insort(found, number, key=key)  # type: ignore[type-var]  # whoever is in it has a key
    return found


@dataclass(frozen=True, slots=True)
class Downwards:
    """A key that sorts the other way round."""

    key: Any

    def __lt__(self, other: Downwards) -> bool:
        return bool(other.key < self.key)


class Order:
    """All contacts in the order of a list; `groups` are those that follow each other in it."""

    def __init__(self, ids: array[int], groups: Groups = ()) -> None:
        self.ids, self.groups = ids, groups

    @cached_property
    def places(self) -> array[int]:
        """By number of the contact: its place in the order; one place behind the last for contacts not in it."""
        places = array("q", [len(self.ids)]) * (max(self.ids, default=0) + 1)
        for place, number in enumerate(self.ids):
            places[number] = place
        return places

    def all(self) -> InOrder:
        """Everybody."""
        return InOrder(self, range(len(self.ids)))

    def only(self, ids: Collection[int]) -> InOrder:
        """Some of them, in the order."""
        if len(ids) > _SORTED_LATER:
            return self.among(ids)
        return InOrder(self, list(map(self.places.__getitem__, ids)), in_order=False)

    def among(self, ids: Collection[int], *, all_but: bool = False) -> InOrder:
        """Those who are among `ids`, which may name others too, or all but those."""
        places, end = self.places, len(self.places)
        if ids and max(ids) >= end:
            ids = [id for id in ids if id < end]
        fits = bytearray([all_but]) * (len(self.ids) + 1)
        for place in map(places.__getitem__, ids):
            fits[place] = not all_but
        return InOrder(self, list(compress(range(len(self.ids)), fits)))


class InOrder(Sequence[int]):
    """Ids of contacts in the order of a list."""

    def __init__(self, order: Order, places: Sequence[int], *, in_order: bool = True) -> None:
        self._order, self._found = order, places
        self._place_of = order.places  # made here, in the thread that made the order, before the window asks for one
        if in_order:
            self._places = places

    @cached_property
    def _places(self) -> Sequence[int]:
        return sorted(self._found)

    @cached_property
    def _first(self) -> Sequence[int]:
        return nsmallest(_FIRST, self._found)

    @cached_property
    def groups(self) -> Groups:
        """The groups of the order, with how many of these ids stand in each; without those in which nobody does."""
        if not self._order.groups:
            return ()
        ends = accumulate((n for _, n in self._order.groups), initial=0)
        found = pairwise([bisect_left(self._places, end) for end in ends])
        return tuple((name, e - b) for (name, _), (b, e) in zip(self._order.groups, found, strict=False) if e > b)

    def __len__(self) -> int:
        return len(self._found)

    @overload
    def __getitem__(self, wanted: int) -> int: ...
    @overload
    def __getitem__(self, wanted: slice) -> list[int]: ...
    def __getitem__(self, wanted: int | slice) -> int | list[int]:
        if isinstance(wanted, slice):
            asked = range(*wanted.indices(len(self)))
            places = self._down_to(max(asked, default=0))
            return [self._order.ids[places[row]] for row in asked]
        return self._order.ids[self._down_to(wanted)[wanted]]

    def _down_to(self, row: int) -> Sequence[int]:
        """The places down to a row at least: to see the first ones not all need to be sorted."""
        return self._first if 0 <= row < _FIRST and "_places" not in vars(self) else self._places

    def __contains__(self, id: object) -> bool:
        return isinstance(id, int) and self._place(id) is not None

    def index(self, id: int, start: int = 0, stop: int | None = None) -> int:
        """Where an id stands. Raises ValueError if it is not among them."""
        found = self._place(id)
        if found is None:
            raise ValueError(id)
        return found

    def _place(self, id: int) -> int | None:
        if not self._places:
            return None
        if not 0 <= id < len(self._place_of):
            return None
        place = self._place_of[id]
        found = bisect_left(self._places, place)
        return found if found < len(self._places) and self._places[found] == place else None
