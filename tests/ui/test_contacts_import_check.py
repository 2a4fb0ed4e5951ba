"""The check of an import as one sees it before anything is written."""

from __future__ import annotations

from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot
from tests.ui.contacts_window import Contacts, contacts_window
from tests.ui.importing_lists import bring_in
from tests.ui.real_window import texts

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


def test_lines_are_counted_before_and_people_afterwards_and_why_they_differ_is_said(
    shown: Contacts, tmp_path: Path
) -> None:
    path = tmp_path / "list.csv"
    path.write_text(
        "Vorname;Nachname;E-Mail;Ort\nOle;Zinn;ole@mail.example;\nEva;Zorn;;\nOle;Zinn;ole@mail.example;Kiel\n", "utf-8"
    )
    room = bring_in(shown, path)
    room.main.click()
    shown.settle()
    assert room.main.text() == "Import 3 lines"
    room.main.click()
    shown.settle()
    said = texts(room.done)
    assert {"2 contacts imported", "Lines of the file"} <= {*said}
    assert any(text.startswith("1 line added something to somebody") for text in said)
