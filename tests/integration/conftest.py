"""A real desk on a real file for the tests of deeds."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.integration.mailing_office import LINDENHOF, TEXTS
from tests.integration.synced_folder import Pair
from tests.integration.synced_table import EXCEL, Table
from tests.integration.terminal import Terminal

from alumnidesk.desk import Desk
from alumnidesk.domain.cards import TemplateCard


@pytest.fixture(scope="session")
def _new(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("new") / "test.alumnidesk"
    Desk.create(path).close(backup=False)
    return path


@pytest.fixture
def desk(tmp_path: Path, _new: Path) -> Iterator[Desk]:
    """A new, empty data file, open; a copy, because making one takes ten times as long."""
    desk = Desk.open(Path(shutil.copy(_new, tmp_path)))
    yield desk
    desk.close(backup=False)


@pytest.fixture
def office(desk: Desk) -> Desk:
    """A desk with a sender and one template, for what membership itself needs."""
    desk.settings.save(LINDENHOF)
    for template in desk.letters.templates():
        desk.letters.delete_template(template.id or 0)
    desk.letters.save_template(TemplateCard(name="Einladung", texts=TEXTS, purpose="membership"))
    return desk


@pytest.fixture
def pair(desk: Desk, tmp_path: Path) -> Pair:
    """A desk and an empty folder that it is kept in step with."""
    return Pair(desk, tmp_path / "cards")


@pytest.fixture
def table(desk: Desk, tmp_path: Path) -> Table:
    """A desk and a table from Excel that it is kept in step with."""
    path = tmp_path / "kursliste.csv"
    path.touch()
    return Table(desk, path, EXCEL)


@pytest.fixture
def terminal(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Terminal:
    """Somebody who types commands."""
    return Terminal(capsys, monkeypatch)


@pytest.fixture(scope="session")
def _sample(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("sample") / "association.alumnidesk"
    Desk.create_sample(path, 120, language="de").close(backup=False)
    return path


@pytest.fixture
def file(tmp_path: Path, _sample: Path) -> Path:
    """A closed file with the sample association, for commands; a module that needs others has its own."""
    return Path(shutil.copy(_sample, tmp_path))


@pytest.fixture
def source(tmp_path: Path) -> Path:
    """Where a list lies once it is written."""
    return tmp_path / "list.csv"
