"""The owner thread: order, the newest search, errors, the end."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from functools import partial
from typing import Any

import pytest
import shiboken6
from PySide6.QtCore import QObject
from pytestqt.qtbot import QtBot

from alumnidesk.errors import Cancelled, Refused
from alumnidesk.i18n import say
from alumnidesk.progress import Progress
from alumnidesk.ui.tasks import Tasks


class Book:
    """Stands where a desk stands: something that belongs to one thread and is closed at the end."""

    def __init__(self) -> None:
        self.thread = threading.get_ident()
        self.closed_in = 0

    def close(self) -> None:
        self.closed_in = threading.get_ident()


@pytest.fixture
def book(tasks: Tasks, qtbot: QtBot) -> Book:
    opened: list[Any] = []
    tasks.start(Book, opened.append)  # type: ignore[arg-type]
    qtbot.waitUntil(lambda: bool(opened))
    return opened[0]  # type: ignore[no-any-return]


def test_work_is_done_in_one_thread_and_answered_in_the_windows(tasks: Tasks, book: Book, qtbot: QtBot) -> None:
    threads: list[int] = []
    answers: list[tuple[int, int]] = []

    def work(number: int) -> Callable[[Any], int]:
        def do(_: Any) -> int:
            threads.append(threading.get_ident())
            return number

        return do

    for number in range(5):
        tasks.run(work(number), lambda n: answers.append((n, threading.get_ident())))
    qtbot.waitUntil(lambda: len(answers) == 5)
    assert answers == [(n, threading.get_ident()) for n in range(5)]
    assert set(threads) == {book.thread}
    assert book.thread != threading.get_ident()


class Asker(QObject):
    """Writes down what it hears."""

    def __init__(self) -> None:
        super().__init__()
        self.heard: list[str] = []

    def hear(self, answer: str) -> None:
        self.heard.append(answer)


@pytest.mark.parametrize("there", [True, False], ids=["who is there", "who is gone"])
@pytest.mark.parametrize(
    "by",
    [
        lambda asker: asker.hear,
        lambda asker: partial(asker.hear),
        lambda asker: lambda answer: asker.hear(answer),
    ],
    ids=["a method", "a part of one", "a function"],
)
def test_who_asked_is_answered_unless_he_is_gone_meanwhile(
    tasks: Tasks, book: Book, qtbot: QtBot, by: Callable[[Asker], Callable[[str], None]], there: bool
) -> None:
    asker, gate = Asker(), threading.Event()
    tasks.run(lambda _: str(gate.wait(30)), by(asker))
    if not there:
        shiboken6.delete(asker)
    gate.set()
    qtbot.waitUntil(lambda: not tasks.busy)
    assert asker.heard == (["True"] if there else [])


def test_what_is_asked_for_can_be_waited_for_a_moment_and_no_longer(tasks: Tasks, book: Book, qtbot: QtBot) -> None:
    answers, gate = list[str](), threading.Event()
    tasks.run(lambda _: "quick", answers.append)
    tasks.wait(30)
    assert answers == [], "it comes when the event loop has its turn"
    qtbot.waitUntil(lambda: answers == ["quick"])
    tasks.run(lambda _: "slow" if gate.wait(30) else "waited for too long", answers.append)
    tasks.wait(0.001)
    gate.set()
    qtbot.waitUntil(lambda: not tasks.busy)
    assert answers == ["quick", "slow"]


def test_what_is_asked_of_a_file_that_cannot_be_opened_is_not_done(tasks: Tasks, qtbot: QtBot) -> None:
    gate, asked, problems = threading.Event(), list[Any](), list[BaseException]()

    def opener() -> Any:
        gate.wait()
        raise Refused(say("No."))

    tasks.unhandled.connect(problems.append)
    tasks.start(opener, asked.append, failed=problems.append)
    tasks.run(asked.append, asked.append)
    gate.set()
    qtbot.waitUntil(lambda: not tasks.busy)
    assert asked == []
    assert [str(problem) for problem in problems] == ["No."]


def test_of_many_searches_only_the_newest_is_answered(tasks: Tasks, book: Book, qtbot: QtBot) -> None:
    gate, done, answers = threading.Event(), [], []  # type: ignore[var-annotated]

    def search(text: str) -> Callable[[Any], str]:
        def do(_: Any) -> str:
            gate.wait(5)
            done.append(text)
            return text

        return do

    for text in ("m", "mü", "mül", "müll"):
        tasks.run(search(text), answers.append, latest="search")
        time.sleep(0.02)  # the first one has begun when the others come
    gate.set()
    qtbot.waitUntil(lambda: not tasks.busy)
    assert answers == ["müll"]
    assert done == ["m", "müll"]


def test_what_goes_wrong_reaches_whoever_asked_or_the_one_place_that_shows_it(
    tasks: Tasks, book: Book, qtbot: QtBot
) -> None:
    mine: list[BaseException] = []
    shown: list[BaseException] = []
    tasks.unhandled.connect(shown.append)

    def refuse(_: Any) -> None:
        raise Refused(say("No."))

    def stop(_: Any) -> None:
        raise Cancelled

    tasks.run(refuse, failed=mine.append)
    tasks.run(refuse)
    tasks.run(stop)
    qtbot.waitUntil(lambda: not tasks.busy)
    assert [type(problem) for problem in mine] == [Refused]
    assert [type(problem) for problem in shown] == [Refused]


def test_progress_is_told_when_work_begins_and_when_it_ends_even_badly(tasks: Tasks, book: Book, qtbot: QtBot) -> None:
    progress, told = Progress(), []  # type: ignore[var-annotated]
    tasks.began.connect(lambda p: told.append(("began", p)))
    tasks.ended.connect(lambda p: told.append(("ended", p)))

    def work(_: Any) -> None:
        progress.begin(say("Counting …"), 100_000)
        for _number in progress.each(range(100_000_000)):
            pass

    tasks.run(work, progress=progress)
    progress.cancel()
    qtbot.waitUntil(lambda: not tasks.busy)
    assert told == [("began", progress), ("ended", progress)]


def test_at_the_end_everything_queued_is_done_and_the_file_closed_in_its_thread(qtbot: QtBot, qapp: object) -> None:
    tasks, done = Tasks(), []  # type: ignore[var-annotated]
    opened: list[Any] = []
    tasks.start(Book, opened.append)  # type: ignore[arg-type]
    qtbot.waitUntil(lambda: bool(opened))
    for number in range(20):
        tasks.run(lambda _, number=number: done.append(number))  # type: ignore[misc]
    assert tasks.stop(5)
    assert done == list(range(20))
    assert opened[0].closed_in == opened[0].thread
    tasks.deleteLater()


def test_an_answer_is_back_within_a_few_milliseconds(tasks: Tasks, book: Book, qtbot: QtBot) -> None:
    times: list[float] = []
    for _ in range(50):
        start = time.perf_counter()
        answers: list[int] = []
        tasks.run(lambda _: 1, answers.append)
        qtbot.waitUntil(lambda answers=answers: bool(answers), timeout=1000)  # type: ignore[misc]
        times.append(time.perf_counter() - start)
    # waitUntil itself looks every 10 ms; an answer that had to be polled for would take longer than one look.
    assert sorted(times)[len(times) // 2] < 0.020


def test_patient_work_lets_others_go_first_at_every_step(tasks: Tasks, book: Book, qtbot: QtBot) -> None:
    progress, begun = Progress(), threading.Event()
    order: list[str] = []

    def search(_: Any) -> str:
        begun.set()
        while order != ["asked"]:
            progress.advance()
            time.sleep(0.001)
        return "found"

    tasks.run(search, order.append, progress=progress, patient=True)
    assert begun.wait(5)
    tasks.run(lambda _: "asked", order.append)
    tasks.wait(30)
    assert tasks.busy, "one waits for what was asked for, and not for the patient"
    qtbot.waitUntil(lambda: not tasks.busy)
    assert order == ["asked", "found"]


def test_patient_work_that_others_fail_beside_goes_on(tasks: Tasks, book: Book, qtbot: QtBot) -> None:
    progress, asked = Progress(), threading.Event()
    told: list[str] = []
    failed: list[BaseException] = []

    def search(_: Any) -> str:
        while not failed:
            progress.advance()
            asked.set()
            time.sleep(0.001)
        return "found"

    def fail(_: Any) -> None:
        raise Refused(say("No"))

    tasks.run(search, told.append, progress=progress, patient=True)
    assert asked.wait(5)
    tasks.run(fail, failed=failed.append)
    qtbot.waitUntil(lambda: not tasks.busy)
    assert told == ["found"]
    assert isinstance(failed[0], Refused)


def test_patient_work_does_not_outlive_the_window(tasks: Tasks, book: Book) -> None:
    progress, begun = Progress(), threading.Event()

    def search(_: Any) -> None:
        begun.set()
        while True:
            progress.advance()
            time.sleep(0.001)

    tasks.run(search, progress=progress, patient=True)
    assert begun.wait(5)
    assert tasks.stop(5)
    assert book.closed_in == book.thread


class Tied:
    """One of two that hold each other; says in which thread it goes."""

    def __init__(self, gone_in: list[int]) -> None:
        self.gone_in, self.other = gone_in, self

    def __del__(self) -> None:
        self.gone_in.append(threading.get_ident())


def test_what_is_tied_in_cycles_is_collected_in_the_windows_thread_alone(
    tasks: Tasks, book: Book, qtbot: QtBot
) -> None:
    gone_in: list[int] = []
    kept: list[list[object]] = []

    def tie(_: Book) -> None:
        for _number in range(2_000):
            Tied(gone_in)
            kept.append([])  # what stays makes Python's own collector come

    tasks.run(tie)
    qtbot.waitUntil(lambda: len(gone_in) == 2_000, timeout=10_000)
    assert set(gone_in) == {threading.get_ident()}
