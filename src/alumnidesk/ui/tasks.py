"""The owner thread: the one thread that touches the data file. Work goes there, answers come back as signals.

A key in the search box costs one trip there and back, so nothing on that way is polled. Progress is polled, because it
is for eyes only.
"""

from __future__ import annotations

import threading
from collections import deque
from collections.abc import Callable
from contextlib import suppress
from functools import partial
from typing import TYPE_CHECKING, Any, NamedTuple, TypeVar

import shiboken6
from PySide6.QtCore import QCoreApplication, QEvent, QObject, Qt, Signal

from alumnidesk.errors import Cancelled
from alumnidesk.progress import Progress
from alumnidesk.ui.collecting import Collecting

if TYPE_CHECKING:
    from alumnidesk.desk import Desk

T = TypeVar("T")
STORED_WITHIN = 2.0
"""Seconds that a closing window waits for what was typed last to be stored, or refused."""


class _Job(NamedTuple):
    work: Callable[[Any], Any]
    then: Callable[[Any], None] | None
    failed: Callable[[BaseException], None] | None
    latest: str
    number: int
    shown: Progress | None
    patient: Progress | None


class Tasks(QObject):
    """A queue of work for the owner thread.

    Work is a function of the desk and runs strictly one after the other. `then` gets its result, `failed` what it
    raised, both in the window's thread; what has no `failed` of its own goes to `unhandled`. `Cancelled` is silent.
    """

    unhandled = Signal(object)
    """An exception of work that nobody else wanted."""
    began = Signal(object)
    """A `Progress` whose work is queued."""
    ended = Signal(object)
    """The same `Progress` when its work is over."""
    _finished = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._queue: deque[_Job] = deque()
        self._wake = threading.Condition()
        self._newest: dict[str, int] = {}
        self._count = 0
        self._stopping = False
        self._awaited: list[Progress] = []
        self._thread: threading.Thread | None = None
        self._desk: Desk | None = None
        self.not_backed_up: Exception | None = None
        """After `stop`: why the closed file has no backup of its last changes, if so."""
        self._collecting = Collecting(self)
        self._finished.connect(self._deliver, Qt.ConnectionType.QueuedConnection)

    # Asking ----------------------------------------------------------------------------------------------------

    def start(
        self,
        opener: Callable[[], Desk],
        then: Callable[[Desk], None],
        *,
        failed: Callable[[BaseException], None] | None = None,
        progress: Progress | None = None,
    ) -> None:
        """Begin the thread and open the data file in it. Afterwards `run` may be called.

        If it cannot be opened, what was asked of it meanwhile is not done.
        """

        def open_it(_: None) -> Desk:
            self._desk = opener()
            return self._desk

        self._collecting.begin()
        self._thread = threading.Thread(target=self._loop, name="owner of the data file", daemon=True)
        self._thread.start()
        self._put(open_it, then, failed, shown=progress)

    def run(
        self,
        work: Callable[[Desk], T],
        then: Callable[[T], None] | None = None,
        *,
        failed: Callable[[BaseException], None] | None = None,
        latest: str | None = None,
        progress: Progress | None = None,
        shown: bool = True,
        patient: bool = False,
    ) -> None:
        """Do `work` in the owner thread; whoever listens to `began` shows its `progress`, if it is to be `shown`.

        Of all work with the same name `latest` only the newest counts: older work still waiting is dropped, and an
        older result that comes in late is not delivered. `patient` work, which takes long and only reads, lets others
        go first at every step of its `progress`; deeds may be done meanwhile. It does not outlive the window.
        """
        self._put(
            work, then, failed, latest or "", shown=progress if shown else None, patient=progress if patient else None
        )

    def stop(self, seconds: float = 30.0) -> bool:
        """Finish what is queued, close the desk, end the thread; True when it has ended in time."""
        with self._wake:
            self._stopping = True
            self._wake.notify()
        if self._thread is None:
            return True
        self._thread.join(seconds)
        ended = not self._thread.is_alive()
        if ended:
            self._collecting.end()
        return ended

    @property
    def busy(self) -> bool:
        """Is work waiting or running?"""
        return self._pending > 0

    @property
    def stopped(self) -> bool:
        """Is the file closed, or about to be?"""
        return self._stopping

    @property
    def unfinished(self) -> list[Progress]:
        """Shown work that has not written anything yet and would be lost if it ended now.

        Work with a name `latest` is not among it: it only reads, and can be asked for again.
        """
        return [] if self._stopping else [progress for progress in self._awaited if progress.can_cancel]

    def give_up(self) -> None:
        """Ask all unfinished work to stop; it leaves the file as it was."""
        for progress in self.unfinished:
            progress.cancel()

    def wait(self, seconds: float) -> None:
        """Let what was asked for so far be done, but wait no longer than this.

        That is for a few milliseconds before painting. The answers come as always, when the event loop has its turn.
        """
        done = threading.Event()
        self.run(lambda _: done.set())
        done.wait(seconds)

    def settle(self) -> None:
        """Let what was asked for so far be done and its answers come, before one goes; a moment, not for ever."""
        self.wait(STORED_WITHIN)
        QCoreApplication.sendPostedEvents(self, QEvent.Type.MetaCall)

    _pending = 0

    def _put(
        self,
        work: Callable[[Any], Any],
        then: Callable[[Any], None] | None,
        failed: Callable[[BaseException], None] | None,
        latest: str = "",
        *,
        shown: Progress | None,
        patient: Progress | None = None,
    ) -> None:
        with self._wake:
            self._count += 1
            if latest:
                self._newest[latest] = self._count
                stale = [job for job in self._queue if job.latest == latest]
                for job in stale:
                    self._queue.remove(job)
                self._pending -= len(stale)
            else:
                stale = []
            self._queue.append(_Job(work, then, failed, latest, self._count, shown, patient))
            self._pending += 1
            self._wake.notify()
        if shown is not None and not latest:
            self._awaited.append(shown)
        for job in stale:
            if job.shown is not None:
                self.ended.emit(job.shown)
        if shown is not None:
            self.began.emit(shown)

    # In the owner thread ---------------------------------------------------------------------------------------

    def _loop(self) -> None:
        try:
            while (job := self._next()) is not None:
                self._do(job)
                job = None
        finally:
            desk, self._desk = self._desk, None
            if desk is not None:
                self._close(desk)

    def _close(self, desk: Desk) -> None:
        try:
            desk.close()
        except Exception as problem:  # whatever it is, the person is told
            self.not_backed_up = problem

    def _next(self) -> _Job | None:
        with self._wake:
            while not self._queue and not self._stopping:
                self._wake.wait()
            return self._queue.popleft() if self._queue else None

    def _do(self, job: _Job) -> None:
        if job.patient is not None:
            job.patient.between = self._let_others_go_first
        result: Any = None
        raised: BaseException | None = None
        try:
            if self._desk is None and job.number > 1:  # the first opens it
                raise Cancelled
            if job.shown is not None:
                job.shown.check()  # it was given up while it waited
            result = job.work(self._desk)
        except Cancelled as cancelled:
            raised = cancelled.with_traceback(None)  # nobody reads it, and all that the work had gathered hangs on it
        except BaseException as error:  # whatever it is, the person is told and the thread goes on
            raised = error
        self._finished.emit((job, result, raised))

    def _let_others_go_first(self) -> None:
        """Between two steps of patient work. Raises Cancelled when the window closes."""
        while True:
            with self._wake:
                if self._stopping:
                    raise Cancelled
                job = next((job for job in self._queue if job.patient is None), None)
                if job is None:
                    return
                self._queue.remove(job)
            self._do(job)

    # In the window's thread ------------------------------------------------------------------------------------

    def _deliver(self, outcome: tuple[_Job, Any, BaseException | None]) -> None:
        job, result, raised = outcome
        self._pending -= 1
        if job.shown is not None:
            if job.shown in self._awaited:
                self._awaited.remove(job.shown)
            self.ended.emit(job.shown)
        if job.latest and self._newest.get(job.latest) != job.number:
            return
        if raised is None:
            if job.then is not None and alive(job.then):
                job.then(result)
        elif job.failed is not None and alive(job.failed):
            job.failed(raised)
        elif not isinstance(raised, Cancelled):
            self.unhandled.emit(raised)


def alive(callback: Callable[..., object]) -> bool:
    """Are the widgets still there of which this is a method, or which a function speaks of that was made in one?

    A window may be gone before its answer comes.
    """
    function = callback.func if isinstance(callback, partial) else callback
    held = [getattr(function, "__self__", None)]
    for cell in getattr(function, "__closure__", None) or ():
        with suppress(ValueError):  # nothing is in it yet
            held.append(cell.cell_contents)
    return all(shiboken6.isValid(one) for one in held if isinstance(one, QObject))
