"""The window over two events and those who may come."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot
from tests.ui.events_window import fill
from tests.ui.real_window import OpenWindow, filled_file, window_over_copy


@pytest.fixture(scope="session")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The file that every test here begins with."""
    return filled_file(tmp_path_factory, fill)


@pytest.fixture
def shown(qtbot: QtBot, tmp_path: Path, filled: Path) -> Iterator[OpenWindow]:
    """An active window over a copy of it."""
    with window_over_copy(qtbot, filled, tmp_path) as window:
        yield window
