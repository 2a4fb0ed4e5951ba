"""A page Sync where both sides are in step, and one where nothing was set up."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot
from tests.ui.sync_window import Sync, card, people, sync_window

from alumnidesk.desk import Desk
from alumnidesk.services.sync_plan import PartnerCard


@pytest.fixture
def shown(qtbot: QtBot, tmp_path: Path) -> Iterator[Sync]:
    """The page over a file and a folder that are in step."""
    folder = tmp_path / "phone"
    folder.mkdir()

    def fill(desk: Desk) -> None:
        people(desk)
        partner = desk.syncing.add(PartnerCard(name="Phone", place=str(folder)))
        assert partner.id is not None
        desk.syncing.carry_out(desk.syncing.preview(partner.id))

    with sync_window(qtbot, tmp_path / "filled.alumnidesk", folder, fill) as window:
        yield window


@pytest.fixture
def new(qtbot: QtBot, tmp_path: Path) -> Iterator[Sync]:
    """The page before anything was set up, and a folder with two contacts."""
    folder = tmp_path / "Handy & Co"
    folder.mkdir()
    (folder / "ute.vcf").write_bytes(card("u-1", "Ute", "Nissen", "EMAIL:ute@nissen.example"))
    (folder / "anna.vcf").write_bytes(card("u-2", "Jonas", "Feldkamp"))
    with sync_window(qtbot, tmp_path / "new.alumnidesk", folder, people) as window:
        yield window
