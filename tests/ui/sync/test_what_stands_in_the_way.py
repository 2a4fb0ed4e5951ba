"""A folder that is gone, was emptied or cannot be read: what is said, and that nobody is deleted."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from tests.ui.real_window import button, texts
from tests.ui.sync_window import Sync

from alumnidesk.domain.cards import Phone
from alumnidesk.ui import files
from alumnidesk.ui.sync.plan import PROBLEMS


def test_an_empty_folder_deletes_nobody_and_asks_whether_it_is_the_right_one(shown: Sync) -> None:
    for path in shown.folder.glob("*.vcf"):
        path.unlink()
    shown.do("sync.now")
    assert shown.page_.places.currentWidget() is shown.page_.panes
    assert shown.page_.detail.callout is not None
    assert button(shown.page_.detail, "Choose the folder …").isVisible()
    assert shown.page_.table.index(0, 2).data() == "Stopped"
    assert len(shown.names()) == 22


def test_a_folder_that_was_emptied_is_filled_again_after_a_look(shown: Sync) -> None:
    for path in shown.folder.glob("*.vcf"):
        path.unlink()
    shown.do("sync.now")
    shown.click(button(shown.page_.detail, "Write all contacts there again …"))
    shown.rest()
    assert shown.page_.places.currentWidget() is shown.plan
    assert len(shown.plan._rows) == 22
    assert not list(shown.folder.glob("*.vcf")), "nothing is written before one has seen it"
    shown.click(shown.plan.main)
    shown.rest()
    assert len(list(shown.folder.glob("*.vcf"))) == 22
    assert len(shown.names()) == 22
    shown.do("sync.now")
    assert "Both sides agree." in texts(shown.page_.detail)


def test_who_only_looks_at_filling_it_again_is_asked_again(shown: Sync) -> None:
    for path in shown.folder.glob("*.vcf"):
        path.unlink()
    shown.do("sync.now")
    shown.click(button(shown.page_.detail, "Write all contacts there again …"))
    shown.rest()
    shown.plan.left.emit()
    shown.rest()
    assert shown.page_.detail.callout is not None
    assert shown.ask(lambda desk: desk.syncing.partners()[0].contacts) > 0, "what both had is not forgotten"


def test_a_folder_that_is_gone_is_told_kindly_and_can_be_chosen_anew(
    shown: Sync, monkeypatch: pytest.MonkeyPatch
) -> None:
    moved = shown.folder.rename(shown.folder.with_name("stick"))
    shown.do("sync.now")
    callout = shown.page_.detail.callout
    assert callout is not None
    assert "phone" in callout.head.text()
    assert shown.page_.table.index(0, 2).data() == "Not found"
    assert len(shown.names()) == 22
    monkeypatch.setattr(files, "ask_folder", lambda *args: moved)
    shown.click(callout.button)
    shown.rest()
    assert shown.page_.detail.callout is None
    assert "Both sides agree." in texts(shown.page_.detail)


def test_what_cannot_be_read_is_named_with_file_and_way_out_and_deletes_nobody(shown: Sync) -> None:
    shown.file("Bernd").write_text("BEGIN:VCARD\nFN:<b>broken</b>\n", "utf-8")
    shown.page_._look_again()
    shown.rest()
    assert "Problems" in texts(shown.page_.detail)
    shown.do("sync.now")
    shown.plan.tabs._tabs[PROBLEMS].click()
    shown.rest()
    assert any("Correct it there" in text for text in texts(shown.plan.detail))
    shown.click(shown.plan.main)
    shown.rest()
    assert "Bernd Wied" in shown.names()


def test_after_a_sync_that_stopped_the_notice_tells_of_that_and_not_of_the_one_before(shown: Sync) -> None:
    stopped = "Not synced with “Phone”. Both sides are as they were."
    shown.do("sync.now")
    assert shown.notice().startswith("Synced with “Phone”.")
    elsewhere = shown.folder.rename(shown.folder.with_name("stick"))
    shown.do("sync.now")
    assert shown.notice() == stopped
    elsewhere.rename(shown.folder)
    shown.do("sync.now")
    assert shown.notice().startswith("Synced with “Phone”.")
    for path in shown.folder.glob("*.vcf"):
        path.unlink()
    shown.do("sync.now")
    assert shown.notice() == stopped
    shown.click(button(shown.page_.detail, "Write all contacts there again …"))
    shown.rest()
    assert shown.notice() == "", "one is asked, and nothing has happened yet"


def test_whoever_only_looks_at_a_folder_that_is_gone_meanwhile_reads_so_in_the_detail_alone(shown: Sync) -> None:
    shown.edit("Anna", "66969 100", "66969 102")
    shown.page_._look_again()
    shown.rest()
    shown.folder.rename(shown.folder.with_name("stick"))
    shown.click(button(shown.page_.detail, "See what would happen"))
    shown.rest()
    assert shown.page_.detail.callout is not None
    assert shown.notice() == "", "nothing was to be synced"


def test_a_sync_that_waits_for_an_answer_or_was_cancelled_is_not_said_to_be_done(shown: Sync) -> None:
    shown.do("sync.now")
    shown.edit("Anna", "66969 100", "66969 102")
    shown.change("Anna Müller", phones=(Phone("+49 40 66969 101", "mobile"),))
    shown.do("sync.now")
    assert shown.notice() == ""
    shown.press(Qt.Key.Key_Escape)
    assert shown.page_.places.currentWidget() is shown.page_.panes
    assert shown.notice() == ""
    assert "1 question is to be decided" in texts(shown.page_.detail)
