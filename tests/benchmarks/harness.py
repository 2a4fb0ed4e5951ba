"""Speed as a ratio: each benchmark measures its floor, or a peer, in the same run on the same machine.

A benchmark is a module ``tests/benchmarks/bench_*.py`` with ``measure() -> list[Row]``. It is no test: seconds differ
from machine to machine, ratios hardly, and both deserve to be looked at rather than to break a build.
"""

from __future__ import annotations

import gc
import statistics
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from alumnidesk.progress import Progress


@dataclass(frozen=True, slots=True)
class Row:
    """One figure: what we need, what the floor or the peer needs, and how many times that we may need."""

    name: str
    ours: float
    floor: float
    """The floor or the peer in the same unit; 0 when the bar is a bare figure, such as 16 ms or 150 MB."""
    bar: float
    """The highest ratio that is good enough; without a floor the highest figure."""
    unit: str = "s"
    """Empty for a count."""
    against: str = ""
    """What the floor is, in a few words: "empty window", "raw sqlite3"."""

    @property
    def ratio(self) -> float:
        """What the bar is held against."""
        return self.ours / self.floor if self.floor else self.ours

    @property
    def good(self) -> bool:
        """Whether the bar is met."""
        return self.ratio <= self.bar


def seconds(work: Callable[[], object], times: int = 5) -> float:
    """The median wall-clock seconds of `work`, after one run that warms it up."""
    work()
    return statistics.median(once(work) for _ in range(times))


def in_turns(*works: Callable[[], object], rounds: int = 7) -> list[float]:
    """The median processor seconds of each, after one run that warms it up: they take turns, so that a busy moment of
    the machine meets all of them alike. For work that waits for nothing but the processor."""
    for work in works:
        work()
    taken = [[computed(work) for work in works] for _ in range(rounds)]
    return [statistics.median(times) for times in zip(*taken, strict=True)]


def computed(work: Callable[[], object]) -> float:
    """The processor seconds of one run; what was left lying about before it is not swept up in its time."""
    gc.collect()
    return once(work, time.process_time)


def once(work: Callable[[], object], clock: Callable[[], float] = time.perf_counter) -> float:
    """The wall-clock seconds of one run, for work that cannot be repeated; or those of another clock."""
    begin = clock()
    work()
    return clock() - begin


def percentile(samples: Sequence[float], share: float) -> float:
    """The value that `share` (0 to 1) of the samples do not exceed."""
    ordered = sorted(samples)
    return ordered[min(len(ordered) - 1, int(share * len(ordered)))]


def printed(row: Row) -> str:
    """One line of the table."""
    figure = f"{row.ours:10.3f} {row.unit:<3}" if row.unit else f"{row.ours:10,.0f}    "
    if row.floor:
        compared = f"× {row.ratio:6.2f} of {row.floor:.3f} {row.unit}, may be × {row.bar:g}"
    else:
        compared = f"may be {row.bar:g} {row.unit}".rstrip()
    against = f" ({row.against})" if row.against else ""
    return f"{'good' if row.good else 'SLOW' if row.unit else 'BAD':<5} {row.name:<48} {figure} {compared}{against}"


class Watched(Progress):
    """Knows the longest time in which nobody looked whether to stop."""

    def __init__(self) -> None:
        super().__init__()
        self._last = time.perf_counter()
        self.longest = 0.0

    def check(self) -> None:
        now = time.perf_counter()
        self.longest = max(self.longest, now - self._last)
        self._last = now
        super().check()
