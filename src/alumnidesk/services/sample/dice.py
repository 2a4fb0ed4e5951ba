"""Chance that falls the same way on every platform and in every Python.

Only `random.Random.random()` is used: of the whole module it alone is promised to give the same sequence for a seed.
"""

from __future__ import annotations

import hashlib
import random
from collections.abc import Sequence
from typing import TypeVar

T = TypeVar("T")


class Dice:
    """Draws for one purpose; the same `seed` and `purpose` give the same draws."""

    def __init__(self, seed: int, purpose: str) -> None:
        self.roll = random.Random(f"{seed}/{purpose}").random
        """A number from 0 up to, but without, 1."""

    def chance(self, probability: float) -> bool:
        return self.roll() < probability

    def pick(self, things: Sequence[T]) -> T:
        """One of the things, all alike."""
        return things[int(self.roll() * len(things))]

    def often(self, things: Sequence[T]) -> T:
        """One of the things, the first ones much more often: family names and towns are spread like that."""
        share = self.roll()
        return things[int(share * share * len(things))]

    def between(self, low: int, high: int) -> int:
        """A whole number from `low` to `high`, both included."""
        return low + int(self.roll() * (high - low + 1))


def identity(seed: int, thing: int | str) -> str:
    """A name-based UUID (RFC 9562, version 5), the same for the same seed and thing."""
    digest = hashlib.sha1(f"lindenhof/{seed}/{thing}".encode(), usedforsecurity=False).hexdigest()
    return f"{digest[:8]}-{digest[8:12]}-5{digest[13:16]}-8{digest[17:20]}-{digest[20:32]}"
