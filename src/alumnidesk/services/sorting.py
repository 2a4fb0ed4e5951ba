"""Sorting all contacts in pieces, so that nobody waits for it.

Python lets no other thread have its turn within one `sorted`: with 400,000 texts the window would stand still for a
third of a second, and a key, which the owner of the file answers after it, would wait for longer (measured).
"""

from __future__ import annotations

from array import array
from bisect import bisect_right
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from itertools import accumulate, count, islice
from typing import Any

from alumnidesk.services.order import Order

PIECE = 8_000
"""So many contacts are taken at once: about 20 ms (measured)."""
Between = Callable[[], object]
"""What is done between two pieces: others may go first."""


def arranged(before: Order, pages: Iterable[Mapping[int, Any]], between: Between, *, descending: bool) -> array[int]:
    """The ids of an order sorted by keys; alike ones keep their places, and those without a key come last.

    `pages` bring keys by id, each id on one page at most.
    """
    numbers: dict[Any, int] = {}
    number_at = array("q", [-1]) * len(before.ids)  # by place
    for page in pages:
        for id, key in page.items():
            number_at[before.places[id]] = numbers.setdefault(key, len(numbers))
        between()
    ranks = count(len(numbers) - 1, -1) if descending else count()
    rank_of = array("q", [len(numbers)]) * (len(numbers) + 1)  # by number; those without one rank last
    for piece in _sorted_pieces(numbers, between):
        for key in piece:
            rank_of[numbers.pop(key)] = next(ranks)
        between()
    return _ranked(before.ids, number_at, rank_of, between)


def _sorted_pieces(keys: Collection[Any], between: Between) -> Iterator[list[Any]]:
    """All keys, sorted, one piece after the other."""
    some = sorted(islice(keys, 0, None, len(keys) // 1000 + 1))
    pieces: list[list[Any]] = [[] for _ in range(len(keys) // PIECE + 1)]
    ends = [some[len(some) * number // len(pieces)] for number in range(1, len(pieces))]
    for number, key in enumerate(keys, 1):
        pieces[bisect_right(ends, key)].append(key)
        if number % PIECE == 0:
            between()
    while pieces:
        yield sorted(pieces.pop(0))


def _ranked(ids: array[int], number_at: array[int], rank_of: array[int], between: Between) -> array[int]:
    """Ids by the ranks of the numbers at their places: it is counted how many have each, so each knows its place."""
    counted = array("q", [0]) * len(rank_of)
    for start in range(0, len(ids), PIECE):
        for number in number_at[start : start + PIECE]:
            counted[rank_of[number]] += 1
        between()
    next_place = array("q", accumulate(counted, initial=0))
    found = array("q", [0]) * len(ids)
    for start in range(0, len(ids), PIECE):
        for id, number in zip(ids[start : start + PIECE], number_at[start : start + PIECE], strict=True):
            rank = rank_of[number]
            found[next_place[rank]] = id
            next_place[rank] += 1
        between()
    return found
