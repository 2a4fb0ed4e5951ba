"""The contacts page under the fingers: a key until the list is painted, scrolling, sorting, and whether the window
answers while much is sorted and while a backup is made.

Keys are real key events into the real page over a real file, offscreen; the floor is a bare repaint of the same list.
"""

from __future__ import annotations

import os
import statistics
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication
from tests.benchmarks.harness import Row, once, percentile, seconds
from tests.benchmarks.watching import Painted, longest_gap, rest, until

from alumnidesk.desk import Desk
from alumnidesk.domain.cards import ContactCard
from alumnidesk.domain.lines import Arrangement
from alumnidesk.progress import Progress
from alumnidesk.storage import search
from alumnidesk.ui.contacts.page import ContactsPage
from alumnidesk.ui.deeds import Deeds
from alumnidesk.ui.look import Look
from alumnidesk.ui.messages import Messages
from alumnidesk.ui.preferences import Preferences
from alumnidesk.ui.tasks import Tasks
from alumnidesk.ui.window import MainWindow

SIZES = ((40_000, 16.0), (400_000, 50.0))
"""How many contacts, and the milliseconds within which a key must be answered (95th percentile)."""
TYPED = ("müller", "hamburg", "an", "peter schmidt", "0461", "carstensen flens", "berlin 1998", "web.example")
SLOWEST = ("phone", "street", "birth_date", "unit", "programme", "tags")
"""Columns with the most different values, or the most rows behind them."""
PAUSE = 0.1
"""Seconds between two keys of a quick typist; what the page does meanwhile must not delay the next key."""
SCROLLS = 60
"""Half of them go a page further, half jump."""
JUMP = 7_919
"""Rows."""
ANSWERS = 50.0
"""Milliseconds for which the window may keep a key or a click waiting while it does something else."""
LITTLE = 0.02
"""Seconds between two turns of the wheel."""
LOOK = 0.4
"""Seconds in which one looks at the list before the next word."""


def measure() -> list[Row]:
    """Milliseconds per key, per page scrolled and per sorted column."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    application = QApplication.instance() or QApplication(sys.argv[:1])
    assert isinstance(application, QApplication)
    rows: list[Row] = []
    scrolled: list[float] = []
    with tempfile.TemporaryDirectory() as folder, pytest.MonkeyPatch.context() as patch:
        patch.setenv("XDG_DATA_HOME", folder)  # there the backups go
        for n, bar in SIZES:
            path = Path(folder) / f"{n}.alumnidesk"
            Desk.create_sample(path, n).close(backup=False)
            with _page(application, path) as (page, tasks):
                rows += _keys_and_sorting(application, page, tasks, n, bar)
                scrolls, repaints = zip(*_scrolls(application, page), strict=True)
                scrolling = _scrolling(n, percentile(scrolls, 0.95), percentile(repaints, 0.95))
                scrolled.append(scrolling.ratio)
                rows.append(scrolling)
                rows += _few(application, page, tasks) if n <= 40_000 else [_sorted_at_first(application, page, tasks)]
    few, many = scrolled
    return [*rows, Row("the list scrolled, 400,000", many, few, 1.3, "×", "repaints that it takes at 40,000")]


def _keys_and_sorting(application: QApplication, page: ContactsPage, tasks: Tasks, n: int, bar: float) -> list[Row]:
    keys, repaints = zip(*_keys(application, page, tasks), strict=True)
    floor = percentile(repaints, 0.5)
    sorted_ = 1000 * seconds(partial(_sort, page), 5)
    ids = 1000 * seconds(lambda: _all_ids(tasks, application), 5)
    floor_name = "bare repaint of the list"
    times = 3 if n <= 40_000 else 10
    return [
        Row(f"a key until the list is painted, {n:,}", percentile(keys, 0.95), 0, bar, "ms", "95th percentile"),
        Row(f"the same, of both, {n:,}", percentile(keys, 0.95), percentile(repaints, 0.95), times, "ms", floor_name),
        Row(f"a key, median, {n:,}", percentile(keys, 0.5), floor, times, "ms", floor_name),
        Row(f"another column sorted, {n:,}", sorted_, ids, 4, "ms", "all ids in order"),
    ]


def _scrolling(n: int, ours: float, floor: float) -> Row:
    return Row(f"the list scrolled, {n:,}", ours, floor, 2, "ms", "bare repaint; 95th percentile of both")


def _few(application: QApplication, page: ContactsPage, tasks: Tasks) -> list[Row]:
    """What is measured with as many contacts as most associations have at most."""
    return [*_arranged(application, page, tasks), _backed_up(page, tasks)]


def _sorted_at_first(application: QApplication, page: ContactsPage, tasks: Tasks) -> Row:
    """The window's longest gap while a column is sorted for the first time, median of some; of the worst column."""
    gaps = {}
    for column in ("town", "phone", "unit"):
        page.arranged.choose({**page.arranged.widths, column: 140})
        gaps[column] = statistics.median(_gap_of_sorting(application, page, tasks, column) for _ in range(5))
    worst = max(gaps, key=lambda column: gaps[column])
    return Row("longest wait while 400,000 are sorted", gaps[worst], 0, ANSWERS, "ms", f"by {worst}, median of 5")


def _gap_of_sorting(application: QApplication, page: ContactsPage, tasks: Tasks, column: str) -> float:
    page.arranged.arrange("name", "", downwards=False)
    tasks.run(_forget)
    until(application, lambda: not tasks.busy)
    before = page.hits
    return longest_gap(
        partial(page.arranged.arrange, column, "", downwards=False),
        lambda: page.hits is not before and not tasks.busy,
    )


def _backed_up(page: ContactsPage, tasks: Tasks) -> Row:
    """The window's longest gap while a backup is made and verified; the median of some."""
    gap = statistics.median(_gap_of_a_backup(page, tasks, number) for number in range(5))
    return Row("longest wait while 40,000 are backed up", gap, 0, ANSWERS, "ms", "median of 5")


def _gap_of_a_backup(page: ContactsPage, tasks: Tasks, number: int) -> float:
    made: list[object] = []
    page.context.deed(partial(_change, number))
    return longest_gap(partial(tasks.run, lambda desk: desk.backups.make("timer"), made.append), lambda: bool(made))


def _change(number: int, desk: Desk) -> object:
    return desk.contacts.add(ContactCard(given_name="Anna", family_name=f"Müller-{number}"))


def _arranged(application: QApplication, page: ContactsPage, tasks: Tasks) -> Iterator[Row]:
    """Milliseconds until the list is painted when it is sorted by one of its columns for the first time, after a
    moment in which nobody worked with it; and when it is put into groups."""
    usual = page.arranged.widths
    for column in dict.fromkeys((*usual, *SLOWEST)):
        if column != "name":
            page.arranged.choose({**usual, column: 140})
            yield _first(application, page, tasks, f"sorted by {column} at first", sort=column)
    page.arranged.choose(usual)
    for column in ("cohort", "unit"):
        yield _first(application, page, tasks, f"in groups by {column} at first", group=column)
    page.arranged.arrange("name", "", downwards=False)
    until(application, lambda: not tasks.busy)


def _first(
    application: QApplication, page: ContactsPage, tasks: Tasks, name: str, *, sort: str = "name", group: str = ""
) -> Row:
    """From the click to the painted list, with what `page.arranged.rest` has made ready, in milliseconds."""
    times = []
    for _ in range(5):
        page.arranged.arrange("name", "", downwards=False)
        wanted = page.arranged.arrangement._replace(sort=sort, group=group)
        tasks.run(_forget)
        tasks.run(partial(_foresee, wanted))
        until(application, lambda: not tasks.busy)
        times.append(1000 * once(partial(_arrange, page, sort, group)))
    return Row(name, statistics.median(times), 0, 50.0, "ms", "median")


def _foresee(wanted: Arrangement, desk: Desk) -> None:
    desk.find.foresee([wanted], Progress())


def _arrange(page: ContactsPage, sort: str, group: str) -> None:
    before = page.hits
    page.arranged.arrange(sort, group, downwards=False)
    Painted((page.list.viewport(),), lambda: page.hits is not before).wait()


def _forget(desk: Desk) -> None:
    """Every order but that by name, which the list has anyway."""
    arranging = desk.find._arranging
    for wanted in set(arranging._orders) - {Arrangement()}:
        del arranging._orders[wanted]


def _all_ids(tasks: Tasks, application: QApplication) -> None:
    tasks.run(lambda desk: search.in_order(desk._database.connection, "sort_town"))
    until(application, lambda: not tasks.busy)


@contextmanager
def _page(application: QApplication, path: Path) -> Iterator[tuple[ContactsPage, Tasks]]:
    look, tasks = Look(application, palette="light"), Tasks()
    deeds = Deeds(tasks, tasks)
    window = MainWindow(look, tasks, deeds, Preferences(path.with_suffix(".ini")), Messages(look), {})
    tasks.start(lambda: Desk.open(path), lambda _: None)
    window.open_page("contacts")
    window.resize(1366, 768)
    window.show()
    page = window.current_page
    assert isinstance(page, ContactsPage)
    until(application, lambda: not tasks.busy)
    try:
        yield page, tasks
    finally:
        tasks.stop()
        window.close()
        window.deleteLater()
        application.processEvents()


def _keys(application: QApplication, page: ContactsPage, tasks: Tasks) -> Iterator[tuple[float, float]]:
    """Milliseconds from each key to its painted list, and of a repaint of that list; the first word warms up.

    They take turns, so that a busy moment meets both.
    """
    for place, word in enumerate(("warm up", *TYPED)):
        page.search.clear()
        rest(application, LOOK)
        for letter in word:
            took = once(partial(_key, application, page, letter))
            rest(application, PAUSE)
            if place:
                yield 1000 * took, 1000 * once(page.list.viewport().repaint)


def _key(application: QApplication, page: ContactsPage, letter: str) -> None:
    for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
        application.sendEvent(page.search, QKeyEvent(kind, Qt.Key.Key_unknown, Qt.KeyboardModifier.NoModifier, letter))
    painted = Painted((page.list.viewport(), page.not_found), lambda: page.shown_query == page.search.text())
    painted.wait()


def _scrolls(application: QApplication, page: ContactsPage) -> Iterator[tuple[float, float]]:
    """Milliseconds until the list is painted elsewhere, with all its rows, and of a repaint of it, in turns."""
    bar, port = page.list.verticalScrollBar(), page.list.viewport()
    for number in range(SCROLLS):
        by = JUMP * bar.singleStep() if number % 2 else bar.pageStep()
        took = once(partial(_scroll, page, (bar.value() + by) % max(bar.maximum(), 1)))
        rest(application, LITTLE)
        yield 1000 * took, 1000 * once(port.repaint)


def _scroll(page: ContactsPage, to: int) -> None:
    rows, port = page.list, page.list.viewport()
    painted = Painted((port,), lambda: all(rows._table.line(row.number) for row in rows._rows(port.rect())))
    rows.verticalScrollBar().setValue(to)
    painted.wait()


def _sort(page: ContactsPage) -> None:
    heads, before = page.list.horizontalHeader(), page.hits
    painted = Painted((page.list.viewport(),), lambda: page.hits is not before)
    heads.sectionClicked.emit(1 if heads.property("turn") else 2)
    heads.setProperty("turn", not heads.property("turn"))
    painted.wait()
