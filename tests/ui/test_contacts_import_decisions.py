"""Whose a line of a list is: a contact that one looks for, one of its own, or nobody."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from tests.ui.contacts_window import Contacts
from tests.ui.importing_lists import bring_in, check, names, shown_rows, stand_on
from tests.ui.real_window import texts

from alumnidesk.services import reading
from alumnidesk.storage.spool import Spool
from alumnidesk.ui.contacts.importing.room import DONE
from alumnidesk.ui.contacts.importing.whose import MergeWithDialog


def test_a_line_is_merged_with_a_contact_that_one_looks_for_by_the_keyboard_alone(shown: Contacts, table: Path) -> None:
    room = check(shown, table)
    row = stand_on(room, "Ömer Öztürk")
    known = next(name for name in names(shown) if name not in ("Bernd Mueller",))

    def choose() -> None:
        dialog = QApplication.activeModalWidget()
        assert isinstance(dialog, MergeWithDialog)
        dialog.picker.search.setText(known)
        QTest.keyClick(dialog.picker.search, Qt.Key.Key_Return)

    QTimer.singleShot(50, choose)
    shown.key(Qt.Key.Key_M)
    shown.settle()
    assert shown_rows(room)[row] == ("Ömer Öztürk", "Merged")
    assert any(f"Merged with {known}: chosen by you" in text for text in texts(room.check.detail))
    assert "First name" in texts(room.check.detail), "what changes is told field by field"
    shown.key(Qt.Key.Key_P)
    assert shown_rows(room)[row] == ("Ömer Öztürk", "New")
    assert not room.check.detail.back.isVisible()
    QTimer.singleShot(50, choose)
    room.check.detail.merge.click()
    shown.settle()
    before = len(names(shown))
    room.main.click()
    shown.settle()
    assert room.steps.current == DONE
    assert len(names(shown)) == before
    assert known not in names(shown), "the line has the newer name"


def test_somebody_recognised_can_be_a_contact_of_its_own(shown: Contacts, table: Path) -> None:
    room = check(shown, table)
    row = stand_on(room, "Bernd Mueller")
    wanted = room.check.wanted
    assert room.check.detail.new.isVisible()
    shown.key(Qt.Key.Key_N)
    assert shown_rows(room)[row] == ("Bernd Mueller", "New")
    assert room.check.wanted == wanted
    before = len(names(shown))
    room.main.click()
    shown.settle()
    assert len(names(shown)) == before + 2


def test_the_rules_by_which_contacts_are_recognised_can_be_read(shown: Contacts, table: Path) -> None:
    room = check(shown, table)
    read: list[str] = []

    def look() -> None:
        dialog = QApplication.activeModalWidget()
        assert dialog is not None
        read.extend(texts(dialog))
        dialog.close()

    QTimer.singleShot(50, look)
    room.rules.click()
    assert "2. same ID" in read
    assert any(text.endswith("same name and e-mail address") for text in read)


def test_the_lines_of_a_long_file_that_lies_on_the_disk_are_decided_like_those_of_any_other(
    shown: Contacts, table: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(reading, "WHOLE", 1)
    monkeypatch.setattr(reading, "AT_ONCE", 1)
    before = names(shown)
    room = bring_in(shown, table)
    room.main.click()
    assert room.preview is not None
    assert isinstance(room.preview.rows, Spool)
    n = room.check.wanted
    assert n > 1
    room.check.list.selectAll()
    room.check.skip_selected()
    assert room.main.text() == "Nothing to import"
    room.check.skip_selected()
    stand_on(room, "Ömer Öztürk")
    room.check.skip_selected()
    assert room.check.wanted == n - 1
    room.main.click()
    shown.settle()
    assert room.steps.current == DONE
    assert "Ömer Öztürk" not in names(shown)
    shown.do("edit.undo")
    assert before == names(shown)
