"""A real desk on a real file for the tests of deeds."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from alumnidesk.desk import Desk


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    """A new, empty data file, open."""
    desk = Desk.create(tmp_path / "test.alumnidesk")
    yield desk
    desk.close(backup=False)
