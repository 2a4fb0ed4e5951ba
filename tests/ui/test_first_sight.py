"""What a page shows before it has read anything."""

from __future__ import annotations

from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot
from tests.ui.real_window import open_window

from alumnidesk.desk import Desk
from alumnidesk.domain.cards import ContactCard, EventCard
from alumnidesk.services.sync_plan import PartnerCard
from alumnidesk.ui.widgets.empty import EmptyState


def _fill(desk: Desk, folder: Path) -> None:
    desk.contacts.add(ContactCard(given_name="Anna", family_name="Müller"))
    desk.events.add(EventCard(title="Advent"))
    desk.syncing.add(PartnerCard(name="Phone", place=str(folder)))


@pytest.mark.parametrize("page", ["contacts", "events", "letters", "sync", "history"])
def test_no_page_says_that_there_is_nothing_before_it_has_looked(qtbot: QtBot, tmp_path: Path, page: str) -> None:
    with open_window(qtbot, tmp_path / "filled.alumnidesk", lambda desk: _fill(desk, tmp_path)) as opened:
        opened.window.open_page(page)
        shown = opened.window.current_page
        assert shown is not None
        said = [state for state in shown.findChildren(EmptyState) if state.isVisible()]
        assert said == []
