"""The check of an import as one sees it before anything is written."""

from __future__ import annotations

from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot
from tests.ui.contacts_window import contacts_window
from tests.ui.importing_lists import bring_in

from alumnidesk.ui.words import set_language


@pytest.mark.parametrize("language", ["de", "en", "sv"])
def test_the_tabs_of_the_check_stand_in_one_row_on_a_laptop(
    qtbot: QtBot, tmp_path: Path, table: Path, language: str
) -> None:
    set_language(language)
    try:
        with contacts_window(qtbot, tmp_path / "c.alumnidesk") as window:
            room = bring_in(window, table)
            room.main.click()
            window.settle()
            tabs = room.check.tabs
            for key in tabs._tabs:
                tabs.count(key, 12_345)
            window.settle()
            assert len({tab.y() for tab in tabs._tabs.values()}) == 1
            assert len(tabs._tabs) == 7
    finally:
        set_language("en")
