"""Every place of the window, looked at with careful eyes: in other languages, with large text, in a small window."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QWidget
from tests.ui import eyes
from tests.ui.walk import SIZE, Walk, bundled_font, filled_file

from alumnidesk.i18n import PSEUDO
from alumnidesk.ui.widgets.panes import Panes

SMALL = (1024, 700)
DRESSES = [("de", 100, SMALL), ("sv", 100, None), ("de", 150, SMALL), ("de", 200, SMALL), (PSEUDO, 100, SMALL)]
"""Language, text size, and the smaller window that is looked at as well."""
Findings = dict[str, dict[str, str]]
"""What each of `eyes.LOOKS` found, and where first."""


@pytest.fixture(scope="module")
def walk(qapp: QApplication, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Walk]:
    """One open file with the sample association, and people whose names look like markup."""
    before = qapp.font()
    qapp.setFont(bundled_font())
    walk = Walk(qapp, filled_file(tmp_path_factory.mktemp("walk") / "Lindenhof.alumnidesk"))
    yield walk
    walk.end()
    qapp.setLayoutDirection(Qt.LayoutDirection.LayoutDirectionAuto)
    qapp.setFont(before)


def look_around(walk: Walk, small: tuple[int, int] | None) -> tuple[Findings, set[str]]:
    """Everything that is found on the way through all places, and all words that were seen."""
    findings: Findings = defaultdict(dict)
    words: set[str] = set()

    def look(name: str, root: QWidget) -> None:
        view = eyes.View(root)
        words.update(eyes.words_of(view))
        for search in eyes.LOOKS:
            for line in search(view):
                findings[search.__name__].setdefault(line, name)

    def visit(name: str, root: QWidget) -> None:
        look(name, root)
        if small is None or not root.isWindow() or root.isModal():
            return
        root.resize(*small)
        walk.settle()
        look(f"{name}, small", root)
        for panes in root.findChildren(Panes):
            if panes.isVisible() and panes.narrow:
                panes.show_detail()
                walk.settle()
                look(f"{name}, small, detail", root)
                panes.show_list()
        root.resize(*SIZE)
        walk.settle()

    walk.go(visit)
    return findings, words


@pytest.fixture(scope="module", params=DRESSES, ids=lambda dress: f"{dress[0]}-{dress[1]}")
def found(request: pytest.FixtureRequest, walk: Walk) -> tuple[Findings, set[str]]:
    """A walk in one language and text size."""
    language, scale, small = request.param
    walk.dress(language, scale)
    return look_around(walk, small)


@pytest.mark.parametrize("search", [search.__name__ for search in eyes.LOOKS])
def test_careful_eyes_find_nothing(found: tuple[Findings, set[str]], search: str) -> None:
    lines = [f"{line}   [{place}]" for line, place in found[0][search].items()]
    assert not lines, "\n".join(lines)
