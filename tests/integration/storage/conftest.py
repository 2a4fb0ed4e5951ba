"""A filled data file, closed and open."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.integration.storage.filled import new_file

from alumnidesk.storage.database import Database


@pytest.fixture(autouse=True)
def _backups_of_its_own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Each test finds only its own backups."""
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    monkeypatch.setenv("LOCALAPPDATA", str(tmp_path / "data"))


@pytest.fixture(scope="session")
def made_once(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Not to be opened: the file of which each test gets a copy."""
    return new_file(tmp_path_factory.mktemp("filled") / "filled.alumnidesk")


@pytest.fixture
def path(tmp_path: Path, made_once: Path) -> Path:
    """A data file with thirty people that nobody has open."""
    return Path(shutil.copyfile(made_once, tmp_path / "Freunde des Lindenhofs.alumnidesk"))


@pytest.fixture
def database(path: Path) -> Iterator[Database]:
    """The same, open."""
    database = Database.open(path)
    yield database
    database.close()
