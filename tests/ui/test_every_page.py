"""Every place of the window, looked at with careful eyes: in other languages, with large text, in a small window."""

from __future__ import annotations

import sqlite3
from collections import defaultdict
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import NamedTuple

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QHelpEvent, QImage
from PySide6.QtWidgets import QApplication, QMenu, QToolTip, QWidget
from tests.ui import eyes
from tests.ui.own_words import own_words
from tests.ui.walk import Walk
from tests.ui.walked_files import BEACON, filled_file, marked_file
from tests.ui.walker import SIZE, bundled_font

from alumnidesk.i18n import LANGUAGES, PSEUDO
from alumnidesk.places import data_folder
from alumnidesk.ui.actions import MENUS
from alumnidesk.ui.widgets.list_table import ListTable
from alumnidesk.ui.widgets.panes import Panes

SMALL = (1024, 700)
PAGES_IN_TURN = ("home", "contacts", "events", "letters", "sync", "history", "settings")


class Dress(NamedTuple):
    """How the window is dressed for one walk; `small`: it is looked at in a small window as well."""

    language: str
    scale: int = 100
    small: bool = True
    mirrored: bool = False


STRETCHED = Dress(PSEUDO)
DRESSES = (Dress("de"), Dress("sv", small=False), Dress("de", 150), Dress("de", 200), STRETCHED,
           Dress("en", small=False, mirrored=True))  # fmt: skip


class Seen:
    """What was found on a walk, by search and line with the first place; and all words that were seen."""

    def __init__(self) -> None:
        self.findings: dict[str, dict[str, str]] = defaultdict(dict)
        self.words: set[str] = set()

    def look(self, place: str, root: QWidget) -> None:
        view = eyes.View(root)
        self.words.update(eyes.words_of(view))
        for search in eyes.LOOKS:
            for line in search(view):
                self.findings[search.__name__].setdefault(line, place)


@pytest.fixture(scope="module")
def walk(qapp: QApplication, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Walk]:
    """One open file with the sample association."""
    before = qapp.font()
    qapp.setFont(bundled_font())
    walk = Walk(qapp, filled_file(tmp_path_factory.mktemp("walk") / "Lindenhof.alumnidesk"))
    yield walk
    walk.end()
    qapp.setFont(before)


@pytest.fixture(scope="module", params=DRESSES, ids=lambda dress: "-".join(str(part) for part in dress[:2]))
def seen(request: pytest.FixtureRequest, qapp: QApplication, walk: Walk) -> Iterator[Seen]:
    """A walk in one dress."""
    dress: Dress = request.param
    direction = Qt.LayoutDirection.RightToLeft if dress.mirrored else Qt.LayoutDirection.LeftToRight
    qapp.setLayoutDirection(direction)
    walk.dress(dress.language, dress.scale)
    seen = Seen()

    def visit(place: str, root: QWidget) -> None:
        seen.look(place, root)
        if not dress.small or not root.isWindow() or root.isModal():
            return
        root.resize(*SMALL)
        walk.settle()
        seen.look(f"{place}, small", root)
        for panes in root.findChildren(Panes):
            if panes.isVisible() and panes.narrow:
                panes.show_detail()
                walk.settle()
                seen.look(f"{place}, small, detail", root)
                panes.show_list()
        root.resize(*SIZE)
        walk.settle()

    walk.go(visit)
    yield seen
    walk.undress()
    qapp.setLayoutDirection(Qt.LayoutDirection.LeftToRight)


def test_careful_eyes_find_nothing(seen: Seen) -> None:
    assert seen.words
    found = seen.findings.items()
    lines = [f"{search}: {line}   [{place}]" for search, places in found for line, place in places.items()]
    assert not lines, "\n".join(lines)


@pytest.mark.parametrize("seen", [STRETCHED], indirect=True)
def test_every_word_that_is_not_data_can_be_translated(seen: Seen, walk: Walk) -> None:
    known = own_words() | in_file(walk.path) | set(eyes.letters(f"{walk.path} {data_folder()} backups"))
    assert not eyes.untranslated(seen.words, known)


def in_file(path: Path) -> set[str]:
    """Every word that stands in a data file."""
    with closing(sqlite3.connect(f"file:{path}?mode=ro", uri=True)) as file:
        tables = file.execute("SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE '%search%'")
        rows = (row for (table,) in tables.fetchall() for row in file.execute(f'SELECT * FROM "{table}"'))
        return {word for row in rows for value in row if isinstance(value, str) for word in eyes.letters(value)}


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_menu_has_a_mnemonic_twice(walk: Walk, language: str) -> None:
    doubled = {}
    with walk.dressed(language):
        for name in PAGES_IN_TURN:
            page = walk.page(name)
            doubled[f"{name}, the bar"] = eyes.doubled(walk.window.menuBar().actions())
            for table in page.findChildren(ListTable):
                doubled[f"{name}, {table.accessibleName()}"] = eyes.doubled(table.menu_actions)
            for id, _ in MENUS:
                menu = QMenu()
                walk.window.menus.fill(menu, id)
                doubled[f"{name}, {id}"] = eyes.doubled(menu.actions())
                for inner in menu.findChildren(QMenu):
                    doubled[f"{name}, {id}, {inner.title()}"] = eyes.doubled(inner.actions())
    assert [f"{menu}: {letters}" for menu, letters in doubled.items() if letters] == []


def test_one_sees_where_the_keyboard_stands(walk: Walk) -> None:
    kinds, unseen = set(), []
    with walk.dressed("en"):
        for name in PAGES_IN_TURN:
            walk.page(name)
            for stop in eyes.View(walk.window).stops:
                if type(stop) not in kinds:
                    kinds.add(type(stop))
                    if not eyes.focus_shows(stop):
                        unseen.append(eyes.called(stop))
                    walk.settle()
    assert not unseen
    assert len(kinds) > 12


def test_names_that_look_like_markup_are_shown_as_typed(qapp: QApplication, tmp_path: Path) -> None:
    walk = Walk(qapp, marked_file(tmp_path / "<b>Lindenhof<b>.alumnidesk"))
    walk.dress("en")
    marked, pictures, words = [], [], set()
    beacon = bytes.fromhex(BEACON[1:])[::-1]

    def visit(place: str, root: QWidget) -> None:
        view = eyes.View(root)
        words.update(eyes.words_of(view))
        marked.extend(eyes.marked_up(view))
        picture = root.grab().toImage().convertToFormat(QImage.Format.Format_RGB32)
        if beacon in bytes(picture.constBits()):  # the bits live only as long as the picture
            pictures.append(place)

    try:
        walk.go(visit)
        walk.window.context.deed(lambda desk: desk.contacts.delete(list(desk.find.contacts().ids)[:1]))
        walk.settle()
        visit("notice", walk.window)
        table = walk.page("contacts").list
        spot = table.visualRect(table.model().index(0, 0)).center()
        place = table.viewport().mapToGlobal(spot)
        QApplication.sendEvent(table.viewport(), QHelpEvent(QEvent.Type.ToolTip, spot, place))
        assert "&lt;img src" in QToolTip.text()
        QToolTip.hideText()
    finally:
        walk.end()
    assert not marked
    assert not pictures
    assert any("<b>0</b> <img src=" in text for text in words)
