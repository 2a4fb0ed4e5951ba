"""Syncing with a folder of files in a real window: what happens at once, what is shown first, and what is said."""

from __future__ import annotations

import threading

import pytest
from tests.ui.real_window import texts
from tests.ui.sync_window import Sync

from alumnidesk.domain.cards import Phone
from alumnidesk.services.sync_plan import Decision


def test_few_changes_are_carried_out_at_once_and_undo_takes_back_what_changed_here(shown: Sync) -> None:
    shown.edit("Anna", "anna@mail.example", "anna@neu.example")
    shown.change("Bernd Wied", remark="Cello & Chor")
    shown.page_._look_again()
    shown.rest()
    assert {"1 contact changes here", "1 contact changes there"} <= set(texts(shown.page_.detail))

    shown.do("sync.now")
    assert shown.contact("Anna Müller").emails[0].address == "anna@neu.example"
    assert "Cello & Chor" in shown.file("Bernd").read_text("utf-8")
    assert shown.notice() == ("Synced with “Phone”. 1 contact has changed here. 1 contact has changed there.")
    shown.click(shown.window.notices.bar.undo_button)
    shown.rest()
    assert shown.contact("Anna Müller").emails[0].address == "anna@mail.example"


def test_when_nothing_is_new_the_notice_says_so(shown: Sync) -> None:
    before = shown.there()
    shown.do("sync.now")
    assert shown.notice() == "Synced with “Phone”. Nothing was new on either side."
    assert not shown.window.notices.bar.undo_button.isVisible()
    assert shown.there() == before


def test_cancel_while_both_sides_are_compared_means_that_nothing_happened(shown: Sync) -> None:
    shown.edit("Anna", "anna@mail.example", "anna@neu.example")
    shown.change("Bernd Wied", remark="Chor")
    before = shown.there()
    busy = threading.Event()
    shown.tasks.run(lambda desk: busy.wait(10))
    shown.window.actions_["sync.now"].trigger()
    shown.page_.working.cancel_button.click()
    busy.set()
    shown.rest()
    assert shown.page_.places.currentWidget() is shown.page_.panes
    assert shown.contact("Anna Müller").emails[0].address == "anna@mail.example"
    assert shown.there() == before


def test_what_was_changed_meanwhile_is_compared_anew_and_decisions_stay(
    shown: Sync, monkeypatch: pytest.MonkeyPatch
) -> None:
    shown.edit("Anna", "66969 100", "66969 102")
    shown.change("Anna Müller", phones=(Phone("+49 40 66969 101", "mobile"),))
    shown.do("sync.now")
    shown.stand_on("Anna Müller")
    shown.click(shown.plan.detail.boxes[0].choice.cells[Decision.THEIRS])
    said: list[BaseException] = []
    monkeypatch.setattr(shown.page_.context.messages, "show", said.append)
    shown.change("Bernd Wied", remark="Chor")
    shown.click(shown.plan.main)
    shown.rest()
    assert len(said) == 1
    assert "Bernd Wied" in [row.name for row in shown.plan._rows]
    shown.click(shown.plan.main)
    shown.rest()
    assert [phone.number[-3:] for phone in shown.contact("Anna Müller").phones] == ["102"]
