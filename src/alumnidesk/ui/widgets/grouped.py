"""The rows of a list in groups: the head of each group is a row of its own, before those who stand in it."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from itertools import accumulate
from typing import NamedTuple, overload


class Group(NamedTuple):
    """One group of a list: its name, how many rows stand in it, and that in words."""

    name: str
    size: int
    said: str


class GroupedRows(Sequence[int]):
    """Ids with a row for the head of each group; that of the first is -1, that of the second -2 and so on.

    Only the places of the heads are kept: a list of 400,000 ids stays what it was.
    """

    def __init__(self, ids: Sequence[int], groups: Sequence[Group]) -> None:
        self._ids, self.groups = ids, groups
        before = accumulate((group.size for group in groups[:-1]), initial=0)
        self._heads = [place + number for number, place in enumerate(before)]

    def heads_before(self, row: int) -> int:
        """How many of the rows above this one are heads."""
        return bisect_left(self._heads, row)

    def __len__(self) -> int:
        return len(self._ids) + len(self._heads)

    @overload
    def __getitem__(self, wanted: int) -> int: ...
    @overload
    def __getitem__(self, wanted: slice) -> list[int]: ...
    def __getitem__(self, wanted: int | slice) -> int | list[int]:
        if isinstance(wanted, slice):
            return [self[row] for row in range(*wanted.indices(len(self)))]
        row = wanted + len(self) if wanted < 0 else wanted
        if not 0 <= row < len(self):
            raise IndexError(wanted)
        heads = bisect_right(self._heads, row)
        return -heads if self._heads[heads - 1] == row else self._ids[row - heads]

    def __contains__(self, id: object) -> bool:
        return id in self._ids

    def index(self, id: int, start: int = 0, stop: int | None = None) -> int:
        """The row of an id. Raises ValueError if it is not among them."""
        place = self._ids.index(id)
        # The head that stands before `place` ids is the last one whose row is not behind the row looked for.
        low, high = 0, len(self._heads)
        while low < high:
            middle = (low + high) // 2
            low, high = (middle + 1, high) if self._heads[middle] - middle <= place else (low, middle)
        return place + low
