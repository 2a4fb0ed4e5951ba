"""The contacts page under the fingers: a key until the list is painted, scrolling, sorting, the detail.

Keys are real key events into the real page over a real file, offscreen; the floor is a bare repaint of the same list.
"""

from __future__ import annotations

import os
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from functools import partial
from pathlib import Path

from PySide6.QtCore import QEvent, QEventLoop, QObject, Qt, QTimer
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QWidget
from tests.benchmarks.harness import Row, once, percentile, seconds

from alumnidesk.desk import Desk
from alumnidesk.domain.lines import Arrangement
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
LOOK = 0.4
"""Seconds in which one looks at the list before the next word."""


def measure() -> list[Row]:
    """Milliseconds per key, per page scrolled and per sorted column."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    application = QApplication.instance() or QApplication(sys.argv[:1])
    assert isinstance(application, QApplication)
    rows: list[Row] = []
    with tempfile.TemporaryDirectory() as folder:
        for n, bar in SIZES:
            path = Path(folder) / f"{n}.alumnidesk"
            Desk.create_sample(path, n).close(backup=False)
            with _page(application, path) as (page, tasks):
                rows += _rows(application, page, tasks, n, bar)
    return rows


def _rows(application: QApplication, page: ContactsPage, tasks: Tasks, n: int, bar: float) -> list[Row]:
    keys, repaints = zip(*_keys(application, page, tasks), strict=True)
    floor = percentile(repaints, 0.5)
    scrolled = 1000 * seconds(lambda: _scroll(application, page, tasks), 20)
    sorted_ = 1000 * seconds(lambda: _sort(application, page, tasks), 3)
    ids = 1000 * seconds(lambda: _all_ids(tasks, application), 3)
    arranged = list(_arranged(application, page, tasks)) if n <= 40_000 else []
    floor_name = "bare repaint of the list"
    few, times = (3, 2) if n <= 40_000 else (10, 2)
    return [
        Row(f"a key until the list is painted, {n:,}", percentile(keys, 0.95), 0, bar, "ms", "95th percentile"),
        Row(f"the same, of both, {n:,}", percentile(keys, 0.95), percentile(repaints, 0.95), few, "ms", floor_name),
        Row(f"a key, median, {n:,}", percentile(keys, 0.5), floor, few, "ms", floor_name),
        Row(f"a page further down, {n:,}", scrolled, floor, times, "ms", floor_name),
        Row(f"another column sorted, {n:,}", sorted_, ids, 4, "ms", "all ids in order"),
        *arranged,
    ]


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
    _until(application, lambda: not tasks.busy)


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
        _until(application, lambda: not tasks.busy)
        times.append(1000 * once(partial(_arrange, page, sort, group)))
    return Row(name, statistics.median(times), 0, 50.0, "ms", "median")


def _foresee(wanted: Arrangement, desk: Desk) -> None:
    desk.find.foresee([wanted])


def _arrange(page: ContactsPage, sort: str, group: str) -> None:
    before = page.hits
    page.arranged.arrange(sort, group, downwards=False)
    Painted((page.list.viewport(),), lambda: page.hits is not before).wait()


def _forget(desk: Desk) -> None:
    """Every order but that by name, which the list has anyway."""
    arranging = desk.find._arranging
    arranging._known.clear()
    for wanted in set(arranging._orders) - {Arrangement()}:
        del arranging._orders[wanted]


def _all_ids(tasks: Tasks, application: QApplication) -> None:
    tasks.run(lambda desk: search.in_order(desk._database.connection, "sort_town"))
    _until(application, lambda: not tasks.busy)


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
    _until(application, lambda: not tasks.busy)
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
        _rest(application, LOOK)
        for letter in word:
            took = once(partial(_key, application, page, letter))
            _rest(application)
            if place:
                yield 1000 * took, 1000 * once(page.list.viewport().repaint)


def _key(application: QApplication, page: ContactsPage, letter: str) -> None:
    for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
        application.sendEvent(page.search, QKeyEvent(kind, Qt.Key.Key_unknown, Qt.KeyboardModifier.NoModifier, letter))
    painted = Painted((page.list.viewport(), page.not_found), lambda: page.shown_query == page.search.text())
    painted.wait()


class Painted(QObject):
    """Waits as the program does, in Qt's event loop, until one of the widgets was painted while something holds."""

    def __init__(self, widgets: Sequence[QWidget], holds: Callable[[], bool]) -> None:
        super().__init__()
        self._widgets, self._holds, self._loop = widgets, holds, QEventLoop()
        for widget in widgets:
            widget.installEventFilter(self)

    def wait(self) -> None:
        """Return when it was painted."""
        QTimer.singleShot(2000, self._loop, self._loop.quit)
        self._loop.exec()
        for widget in self._widgets:
            widget.removeEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Paint and self._holds():
            QTimer.singleShot(0, self._loop, self._loop.quit)
        return False


def _scroll(application: QApplication, page: ContactsPage, tasks: Tasks) -> None:
    bar = page.list.verticalScrollBar()
    bar.setValue((bar.value() + 7919) % max(bar.maximum(), 1))
    page.list.viewport().repaint()
    _until(application, lambda: not tasks.busy)


def _sort(application: QApplication, page: ContactsPage, tasks: Tasks) -> None:
    heads = page.list.horizontalHeader()
    heads.sectionClicked.emit(1 if heads.property("turn") else 2)
    heads.setProperty("turn", not heads.property("turn"))
    _until(application, lambda: not tasks.busy)
    page.list.viewport().repaint()


def _until(application: QApplication, done: Callable[[], bool]) -> None:
    begin = time.perf_counter()
    application.processEvents()
    while not done():
        application.processEvents()
        if time.perf_counter() - begin > 60:
            raise TimeoutError("the window did not answer")


def _rest(application: QApplication, seconds: float = PAUSE) -> None:
    end = time.perf_counter() + seconds
    while time.perf_counter() < end:
        application.processEvents()
        time.sleep(0.002)
