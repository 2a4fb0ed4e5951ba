"""The check of an import as one sees it before anything is written."""

from __future__ import annotations

from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot
from tests.ui.contacts_window import Contacts, contacts_window
from tests.ui.importing_lists import bring_in, check
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


@pytest.mark.parametrize("language", ["de", "en", "sv"])
def test_why_somebody_is_new_or_known_says_more_than_the_chip_and_in_plain_words(
    qtbot: QtBot, tmp_path: Path, language: str
) -> None:
    path = tmp_path / "phone.vcf"
    card = "BEGIN:VCARD\nVERSION:3.0\nUID:1\nN:Zorn;Eva;;;\nFN:Eva Zorn\n{more}END:VCARD\n"
    path.write_text(card.format(more="") + card.format(more="NOTE:Sings\n"), "utf-8")
    set_language(language)
    try:
        with contacts_window(qtbot, tmp_path / "c.alumnidesk") as window:
            check = bring_in(window, path).check
            shown = [(check._state(row).text, check._shown(row).why) for row in check._preview.rows]
    finally:
        set_language("en")
    assert len(shown) == 2
    assert all(state.casefold() not in why.casefold() for state, why in shown)
    assert not any("UID" in why for _, why in shown)


def test_a_field_of_which_two_values_change_is_named_once(shown: Contacts, table: Path) -> None:
    room = check(shown, table, "Vorname;Nachname;E-Mail;Telefon\nUlf;Neu;ulf@post.example;0461 11111\n")
    room.main.click()
    shown.settle()
    table.write_text("Vorname;Nachname;E-Mail;Telefon\nUlf;Neu;ulf@post.example;0461 22222 / 0461 33333\n", "utf-8")
    room = check(shown, table)
    assert room.preview is not None
    assert len(room.preview.rows[0].differences) > 1
    assert str(room.check.table.index(0, 2).data()).endswith("Phone numbers")
    assert str(room.check.table.index(0, 2).data()).count("Phone numbers") == 1
