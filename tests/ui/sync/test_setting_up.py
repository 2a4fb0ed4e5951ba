"""Setting up the sync with a folder of files, changing and ending it, in a real window."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QMenu
from tests.ui.real_window import button, in_dialog, texts, unnamed
from tests.ui.sync_window import Sync, set_up

from alumnidesk.ui.sync.form import PartnerDialog


def test_an_empty_page_says_what_it_is_for_and_begins_there(new: Sync) -> None:
    assert new.page_.places.currentWidget() is new.page_.empty
    assert "Thunderbird" in new.page_.empty.sentence.text()
    assert button(new.page_.empty, "Set up a sync …").isVisible()
    assert unnamed(new.page_) == []


def test_the_first_sync_is_shown_and_writes_nothing_before_one_says_so(
    new: Sync, monkeypatch: pytest.MonkeyPatch
) -> None:
    set_up(new, monkeypatch)
    assert new.plan.head.title.text() == "First sync: Handy & Co"
    assert new.plan.head.counts.text() == "2 new contacts come in · 22 contacts will be written there"
    assert len(new.there()) == 2
    assert "Ute Nissen" not in new.names()
    new.stand_on("Ute Nissen")
    assert "ute@nissen.example" in texts(new.plan.detail)
    assert unnamed(new.page_) == []

    new.click(new.plan.main)
    new.rest()
    assert len(new.there()) == 24
    assert {"Ute Nissen", "Jonas Feldkamp"} <= set(new.names())
    assert new.notice().startswith("Synced with “Handy & Co”. 2 contacts have changed here. 22 contacts have changed")
    assert "Both sides agree." in texts(new.page_.detail)


def test_back_from_the_first_look_leaves_both_sides_as_they_were(new: Sync, monkeypatch: pytest.MonkeyPatch) -> None:
    before = new.there()
    set_up(new, monkeypatch)
    new.press(Qt.Key.Key_Escape)
    assert new.page_.places.currentWidget() is new.page_.panes
    assert "Never yet" in texts(new.page_.detail)
    assert "2 new contacts come in" in texts(new.page_.detail)
    assert new.there() == before
    assert "Ute Nissen" not in new.names()


def test_a_folder_that_is_not_there_is_said_at_its_field(new: Sync) -> None:
    said: list[str] = []

    def fill_in(dialog: PartnerDialog) -> None:
        dialog.place.type_in(str(new.folder / "nowhere"))
        dialog.name.type_in("Phone")
        dialog.go.click()
        new.rest()
        said.append(dialog.place.problem.text())

    in_dialog(new, PartnerDialog, new.window.actions_["sync.add"].trigger, fill_in)
    assert said[0]
    assert new.ask(lambda desk: desk.syncing.partners()) == []


def test_a_sync_that_ends_leaves_both_sides_and_comes_back_with_undo(shown: Sync) -> None:
    before = shown.there()
    shown.page_._remove()
    shown.rest()
    assert shown.page_.places.currentWidget() is shown.page_.empty
    assert shown.there() == before
    assert len(shown.names()) == 22
    shown.window.deeds.undo()
    shown.rest()
    assert shown.page_.places.currentWidget() is shown.page_.panes
    assert "Both sides agree." in texts(shown.page_.detail)


def test_in_a_file_that_may_only_be_read_a_sync_is_looked_at_and_stays(shown: Sync) -> None:
    shown.window.show_read_only(True)
    shown.click(button(shown.page_.detail, "More"))
    menu = QApplication.activePopupWidget()
    assert isinstance(menu, QMenu)
    usable = {action.text(): action.isEnabled() for action in menu.actions() if action.text()}
    menu.close()
    assert usable == {"Show the folder": True, "Sync no more": False}
    for words in ("Sync now", "Change …"):
        assert "may only be read" in button(shown.page_, words).toolTip()


def test_name_and_contacts_are_changed_and_who_leaves_stays_here(shown: Sync) -> None:
    shown.ask(lambda desk: desk.segments.save("Müllers & Co", "müller"))
    shown.page_._read()
    shown.rest()

    def fill_in(dialog: PartnerDialog) -> None:
        assert not dialog.kind.isEnabled()
        box = dialog.query.box
        box.setCurrentIndex(box.findText("Saved search Müllers & Co"))
        dialog.name.type_in("<b>Handy</b>")
        dialog.go.click()

    in_dialog(shown, PartnerDialog, button(shown.page_.detail, "Change …").click, fill_in)
    shown.rest()
    assert {"<b>Handy</b>", "Saved search Müllers & Co"} <= set(texts(shown.page_.detail))
    assert any("leave the other side" in text for text in texts(shown.page_.detail))
    assert len(shown.names()) == 22
