"""Which backups may go: the older, the fewer are kept. A rule without a clock of its own and without files."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable
from itertools import groupby
from typing import Protocol, TypeVar

ALL_OF = dt.timedelta(days=2)
"""So young that every one is kept."""
STEPS: tuple[tuple[int, Callable[[dt.datetime], object]], ...] = (
    (12, lambda moment: moment.date()),
    (10, lambda moment: moment.isocalendar()[:2]),
    (9, lambda moment: (moment.year, moment.month)),
)
"""Then twelve days, before them ten weeks, before them nine months: the newest of each is kept."""
PROTECTED = dt.timedelta(days=9 * 31)
"""How long a backup made before an upgrade or a restore stays in any case."""
PROTECTED_REASONS = frozenset({"upgrade", "restore"})


class Dated(Protocol):
    """What the rule needs to know of a backup."""

    @property
    def made_at(self) -> dt.datetime: ...
    @property
    def reason(self) -> str: ...
    @property
    def verified(self) -> bool: ...


B = TypeVar("B", bound=Dated)


def surplus(backups: Iterable[B], now: dt.datetime) -> list[B]:
    """The backups that may be deleted, newest first.

    Days, weeks and months are counted by the backups that there are, not by the calendar: after a long pause, or when
    the clock jumps ahead, as many old ones stay as before. What seems to come from the future is left alone until the
    clock is there. The newest verified backup always stays, and so do those made before an upgrade or a restore.
    """
    past = sorted((b for b in backups if b.made_at <= now), key=lambda b: b.made_at, reverse=True)
    newest_verified = next((b for b in past if b.verified), None)
    old = [b for b in past if now - b.made_at > ALL_OF]
    going: list[B] = []
    for count, period in STEPS:
        periods = [list(group) for _, group in groupby(old, key=lambda b: period(b.made_at))]
        going += [b for group in periods[:count] for b in group[1:]]
        old = [b for group in periods[count:] for b in group]
    going += old
    return [b for b in going if b is not newest_verified and not _protected(b, now)]


def _protected(backup: Dated, now: dt.datetime) -> bool:
    return backup.reason in PROTECTED_REASONS and now - backup.made_at <= PROTECTED
