"""The list of contacts on paper, as it stands in the window."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from tests.printed_pages import words_of
from tests.ui.contacts_window import MARKUP, Contacts
from tests.ui.real_window import in_dialog

from alumnidesk.ui import files
from alumnidesk.ui.printing.dialog import PrintDialog


def on_paper(shown: Contacts, out: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """Print the list, save what the preview shows, and read it."""
    monkeypatch.setattr(files, "ask_save", lambda *_: out)

    def save(dialog: PrintDialog) -> None:
        assert dialog.preview.pages == 1
        dialog.save.click()
        shown.qtbot.waitUntil(lambda: not dialog.isVisible(), timeout=10_000)

    in_dialog(shown, PrintDialog, shown.window.actions_["contacts.print"].trigger, save)
    return words_of(out)


def test_what_one_sees_is_what_is_printed(shown: Contacts, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    page = shown.page_
    page.arranged.choose({"name": 160, "phone": 140, "tags": 160})
    shown.settle()
    shown.search("lindenw OR wied OR <b>x")
    text = on_paper(shown, tmp_path / "list.pdf", monkeypatch)
    assert "Contacts: lindenw OR wied OR <b>x" in text
    assert "3 of 7 contacts" in text
    assert "+49 40 66969 123" in text
    assert "Mentor, Donor" in text, "without what says why somebody was found"
    assert "Deceased" in text
    assert MARKUP in text
    assert "anna@mail.example" not in text, "a column that is not shown is not printed"
    assert "Lindenhof" not in text


def test_groups_stand_below_their_heads_and_of_several_that_are_selected_only_these_are_printed(
    shown: Contacts, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shown.page_.arranged.put_in_groups("cohort")
    shown.settle()
    text = on_paper(shown, tmp_path / "groups.pdf", monkeypatch)
    assert text.index("1998") < text.index("Anna Müller") < text.index("Without cohort") < text.index("Milan Novák")
    shown.stand_on("Lindenhof e. V.")
    shown.key(Qt.Key.Key_Down, modifiers=Qt.KeyboardModifier.ShiftModifier)
    chosen = shown.page_.selection.ids()
    assert len(chosen) == 2
    text = on_paper(shown, tmp_path / "some.pdf", monkeypatch)
    assert "Lindenhof" in text
    assert "Anna Müller" not in text
    assert "2 selected" in text
    assert "Without cohort" not in text
