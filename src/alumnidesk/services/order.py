"""The order of a list, kept once for all searches: what a search found are places in it.

Places are sorted three times as quickly as ids by a key, and where an id stands is found without going through the
list: with 400,000 contacts the difference between a search that follows each key and one that does not (measured).
"""

from __future__ import annotations

from array import array
from bisect import bisect_left
from collections.abc import Collection, Iterable, Sequence
from functools import cached_property
from itertools import compress
from typing import overload


class Order:
    """All contacts in the order of a list."""

    def __init__(self, ids: array[int]) -> None:
        self.ids = ids

    @cached_property
    def places(self) -> array[int]:
        """By number of the contact: its place in the order; one place behind the last for contacts not in it."""
        places = array("q", [len(self.ids)]) * (max(self.ids, default=0) + 1)
        for place, number in enumerate(self.ids):
            places[number] = place
        return places

    def all(self, *, descending: bool = False) -> InOrder:
        """Everybody."""
        return InOrder(self, range(len(self.ids)), descending=descending)

    def only(self, ids: Iterable[int], *, descending: bool = False) -> InOrder:
        """Some of them, in the order."""
        return InOrder(self, sorted(map(self.places.__getitem__, ids)), descending=descending)

    def among(self, ids: Collection[int], *, all_but: bool = False, descending: bool = False) -> InOrder:
        """Those who are among `ids`, which may name others too, or all but those."""
        places, end = self.places, len(self.places)
        if ids and max(ids) >= end:
            ids = [id for id in ids if id < end]
        fits = bytearray([all_but]) * (len(self.ids) + 1)
        for place in map(places.__getitem__, ids):
            fits[place] = not all_but
        return InOrder(self, list(compress(range(len(self.ids)), fits)), descending=descending)


class InOrder(Sequence[int]):
    """Ids of contacts in the order of a list."""

    def __init__(self, order: Order, places: Sequence[int], *, descending: bool = False) -> None:
        self._order, self._places, self._descending = order, places, descending

    def __len__(self) -> int:
        return len(self._places)

    @overload
    def __getitem__(self, wanted: int) -> int: ...
    @overload
    def __getitem__(self, wanted: slice) -> list[int]: ...
    def __getitem__(self, wanted: int | slice) -> int | list[int]:
        ids = self._order.ids
        if isinstance(wanted, slice):
            return [self[place] for place in range(*wanted.indices(len(self)))]
        return ids[self._places[-1 - wanted if self._descending else wanted]]

    def __contains__(self, id: object) -> bool:
        return isinstance(id, int) and self._found(id) is not None

    def index(self, id: int, start: int = 0, stop: int | None = None) -> int:
        """Where an id stands. Raises ValueError if it is not among them."""
        found = self._found(id)
        if found is None:
            raise ValueError(id)
        return len(self) - 1 - found if self._descending else found

    def _found(self, id: int) -> int | None:
        if not self._places:
            return None
        places = self._order.places
        if not 0 <= id < len(places):
            return None
        place = places[id]
        found = bisect_left(self._places, place)
        return found if found < len(self._places) and self._places[found] == place else None
