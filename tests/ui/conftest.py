"""A look, an owner thread and a window over invented people, for the tests of the window."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot
from tests.ui.contacts_window import Contacts, contacts_window, people
from tests.ui.gallery import make_window
from tests.ui.importing_lists import TABLE
from tests.ui.real_window import filled_file

from alumnidesk.domain.cards import LetterText, TemplateCard
from alumnidesk.ui.letters.editor import LetterEditor
from alumnidesk.ui.look import Look
from alumnidesk.ui.tasks import Tasks
from alumnidesk.ui.window import MainWindow


@pytest.fixture
def look(qapp: QApplication) -> Look:
    return Look(qapp, palette="light")


@pytest.fixture
def tasks(qapp: QApplication) -> Iterator[Tasks]:
    tasks = Tasks()
    yield tasks
    assert tasks.stop(5)
    tasks.deleteLater()


@pytest.fixture
def editor(qtbot: QtBot, look: Look) -> LetterEditor:
    """A letter that is still empty, with the keyboard in its text."""
    made = LetterEditor(look)
    qtbot.addWidget(made)
    made.resize(760, 700)
    made.show_letter(TemplateCard(id=1, name="Gruß", texts=(LetterText("en", "", ""),)))
    made.show()
    made.activateWindow()
    made.body.setFocus()
    qtbot.waitUntil(made.body.hasFocus, timeout=5000)
    return made


@pytest.fixture(scope="session")
def _seven(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return filled_file(tmp_path_factory, people)


@pytest.fixture
def shown(qtbot: QtBot, tmp_path: Path, _seven: Path) -> Iterator[Contacts]:
    """The page of contacts over seven people; a module that needs others, or another page, has a window of its own."""
    with contacts_window(qtbot, Path(shutil.copy(_seven, tmp_path / "c.alumnidesk")), None) as window:
        yield window


@pytest.fixture
def table(tmp_path: Path) -> Path:
    """A list with somebody new, somebody known and a line without a name."""
    path = tmp_path / "liste.csv"
    path.write_bytes(TABLE.encode("cp1252"))
    return path


@pytest.fixture
def gallery(qapp: QApplication, tmp_path: Path) -> Iterator[Callable[..., MainWindow]]:
    """Makes windows of the gallery; they are closed when the test is over."""
    made: list[MainWindow] = []

    def make(**options: object) -> MainWindow:
        window = make_window(qapp, tmp_path / "window.ini", **options)  # type: ignore[arg-type]
        made.append(window)
        window.resize(1366, 768)
        window.show()
        qapp.processEvents()
        return window

    yield make
    for window in made:
        window.close()
        window.deleteLater()
    qapp.processEvents()
