"""How long work tells how far it is and learns that it should stop. Knows neither threads nor windows."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import TypeVar

from alumnidesk.errors import Cancelled
from alumnidesk.i18n import Message, say

T = TypeVar("T")


class Progress:
    """The state of one piece of work: written by the worker, polled by whoever shows it.

    `done` and `total` count whatever the work counts (rows, letters, bytes); `total` 0 means not known.
    """

    def __init__(self, step: Message | None = None, *, running: Message | None = None) -> None:
        self.step: Message = step or say("Working …")
        self.running: Message = running or say("Some work is still under way")
        """For whoever would end it before it is done: that it still goes on, and what it is."""
        self.done = 0
        self.total = 0
        self._cancelled = False
        self._cancellable = True
        self.between: Callable[[], object] | None = None
        """What is done between two steps of the work: who runs it may let others go first."""

    def begin(self, step: Message, total: int = 0) -> None:
        """A new step of the same work."""
        self.check()
        self.step, self.done, self.total = step, 0, total

    def advance(self, amount: int = 1) -> None:
        """Some of the work is done; the place where cancelling takes effect (raises `Cancelled`)."""
        self.done += amount
        self.check()
        if self.between is not None:
            self.between()

    def check(self) -> None:
        """Raise `Cancelled` if the person asked for it."""
        if self._cancelled and self._cancellable:
            raise Cancelled

    def cancel(self) -> None:
        """Ask the work to stop at its next step."""
        self._cancelled = True

    def past_return(self) -> None:
        """From here on the work is being written for good and cannot be cancelled any more."""
        self.check()
        self._cancellable = False

    @property
    def can_cancel(self) -> bool:
        return self._cancellable and not self._cancelled

    def each(self, things: Iterable[T], every: int = 256) -> Iterator[T]:
        """The things one after the other, counted in batches of `every`."""
        count = 0
        for count, thing in enumerate(things, 1):
            yield thing
            if count % every == 0:
                self.advance(every)
        self.advance(count % every)
