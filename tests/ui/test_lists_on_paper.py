"""Every list of the window goes on paper and into a table, as one sees it."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot
from tests.integration.mailing_office import job, produce
from tests.printed_pages import words_of
from tests.ui.duplicates_window import fill as fill_duplicates
from tests.ui.duplicates_window import find
from tests.ui.letters_window import fill as fill_letters
from tests.ui.real_window import OpenWindow, button, in_dialog, open_window

from alumnidesk.desk import Desk
from alumnidesk.domain.cards import ContactCard
from alumnidesk.ui import files
from alumnidesk.ui.letters.overview import MAILINGS, TEMPLATES
from alumnidesk.ui.printing.dialog import PrintDialog

MARKUP = "=1+2 <b>Call</b> & ask"


@pytest.fixture
def shown(qtbot: QtBot, tmp_path: Path) -> Iterator[OpenWindow]:
    def fill(desk: Desk) -> None:
        desk.author = "Ruth"
        fill_letters(desk)
        otto = desk.contacts.add(ContactCard(given_name="Otto", family_name="Lindgren")).id or 0
        desk.notes.add(otto, MARKUP, kind="call", due_on="2026-12-01")
        desk.contacts.delete([desk.contacts.add(ContactCard(organisation="Gone & Lost")).id or 0])

    with open_window(qtbot, tmp_path / "lists.alumnidesk", fill) as window:
        yield window


def print_by_key(shown: OpenWindow) -> None:
    """Ctrl+P, as a window without a screen gets it."""
    own = [action for action in shown.window.actions_.all() if action.shortcut().toString() == "Ctrl+P"]
    assert len(own) == 1
    own[0].trigger()


def on_paper(
    shown: OpenWindow, folder: Path, patch: pytest.MonkeyPatch, ask: Callable[[], object]
) -> tuple[str, list[list[str]]]:
    """The words of the PDF, and the rows of the table, that are saved from the preview."""
    pdf, table = folder / "list.pdf", folder / "list.csv"

    def save(dialog: PrintDialog) -> None:
        patch.setattr(files, "ask_save", lambda *_: table)
        dialog.table.click()
        shown.qtbot.waitUntil(table.exists)
        patch.setattr(files, "ask_save", lambda *_: pdf)
        dialog.save.click()
        shown.qtbot.waitUntil(lambda: not dialog.isVisible(), timeout=10_000)

    in_dialog(shown, PrintDialog, ask, save)
    rows = list(csv.reader(io.StringIO(table.read_text("utf-8-sig")), delimiter=";"))
    table.unlink()
    return words_of(pdf), rows


def test_the_history_is_printed_as_it_was_searched_each_line_with_its_day_and_author(
    shown: OpenWindow, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = shown.page("history")
    words, rows = on_paper(shown, tmp_path, monkeypatch, lambda: print_by_key(shown))
    assert rows[0] == ["Day", "Time", "What was done", "Done by", "State"]
    assert len(rows) - 1 == page.table.rowCount()
    assert all(row[0] and row[1] for row in rows)
    assert "Otto Lindgren added" in words
    page.search.setText("lindgren")
    shown.settle()
    words, rows = on_paper(shown, tmp_path, monkeypatch, lambda: print_by_key(shown))
    assert "History: lindgren" in words
    assert ["Otto Lindgren added", "Ruth"] in [row[2:4] for row in rows]
    assert not any("Gone" in row[2] for row in rows)
    page.search.setText("nothing like it")
    shown.settle()
    assert not shown.window._offered("history.print"), "there is nothing to print"


def test_all_follow_ups_are_printed_and_no_text_is_a_formula_in_the_table(
    shown: OpenWindow, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    home = shown.page("home")
    assert not shown.window._offered("home.print")
    home.show_follow_ups()
    shown.settle()
    words, rows = on_paper(shown, tmp_path, monkeypatch, lambda: print_by_key(shown))
    assert MARKUP in words
    assert ["1 Dec 2026", f"'{MARKUP}", "Call", "Otto Lindgren"] in rows


def test_the_mailings_the_templates_and_who_got_a_mailing_are_printed(
    shown: OpenWindow, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = shown.page("letters")
    page.show_all(TEMPLATES)
    _, rows = on_paper(shown, tmp_path, monkeypatch, lambda: print_by_key(shown))
    assert len(rows) - 1 == page.overview.table.rowCount() > 0
    folder = tmp_path / "out"
    folder.mkdir()
    made = shown.ask(
        lambda desk: produce(desk, job(desk, list(desk.find.contacts("kurs OR voss").ids), event=1), folder)
    )
    shown.settle()
    page.show_all(MAILINGS)
    shown.settle()
    _, rows = on_paper(shown, tmp_path, monkeypatch, lambda: print_by_key(shown))
    assert len(rows) == 2
    link = button(page.overview.mailings, "List of recipients …")
    words, rows = on_paper(shown, tmp_path, monkeypatch, link.click)
    sent = shown.ask(lambda desk: desk.sent_letters.of(made.mailing))
    assert [row[0] for row in rows[1:]] == [letter.name for letter in sent]
    assert len(sent) == 9
    assert "22767 Hamburg" in words
    assert "<b>Otto</b> Voss" in words


def test_the_bin_is_printed(shown: OpenWindow, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    page = shown.page("contacts")
    shown.window.actions_["contacts.bin"].trigger()
    shown.settle()
    words, rows = on_paper(shown, tmp_path, monkeypatch, lambda: print_by_key(shown))
    assert "Gone & Lost" in words
    assert [row[0] for row in rows[1:]] == ["Gone & Lost"]
    page.to_contacts()
    shown.settle()
    offered: list[bool] = []
    in_dialog(shown, PrintDialog, lambda: print_by_key(shown), lambda dialog: offered.append(dialog.table.isVisible()))
    assert offered == [False], "contacts are exported with all they have, and with whoever may be reached"


def test_pairs_that_may_be_one_are_printed_with_the_reasons(
    qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with open_window(qtbot, tmp_path / "d.alumnidesk", fill_duplicates) as shown:
        room = find(shown)
        _, rows = on_paper(shown, tmp_path, monkeypatch, lambda: print_by_key(shown))
        assert len(rows) - 1 == room.table.rowCount() > 0
        assert rows[0][:2] == ["Contact", "Resembles"]
        assert all(row[3] for row in rows[1:])
        room.list.setFocus()
        shown.key(Qt.Key.Key_Return)
        shown.settle()
        assert not shown.window._offered("contacts.print"), "two that are compared are no list"
