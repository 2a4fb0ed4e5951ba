"""What both sides have changed, or one has deleted, is decided with real keys and clicks."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from tests.ui.real_window import answer, button, texts
from tests.ui.sync_window import Sync, card, set_up

from alumnidesk.domain.cards import Phone
from alumnidesk.services.sync_plan import Decision


@pytest.mark.parametrize(
    ("steps", "decision", "here", "there"),
    [
        (1, Decision.OURS, {"101"}, {"101"}),
        (2, Decision.THEIRS, {"102"}, {"102"}),
        (3, Decision.BOTH, {"101", "102"}, {"101", "102"}),
        (0, Decision.LATER, {"101"}, {"102"}),
    ],
)
def test_a_phone_that_both_changed_is_decided_by_keyboard(
    shown: Sync, steps: int, decision: Decision, here: set[str], there: set[str]
) -> None:
    shown.edit("Anna", "66969 100", "66969 102")
    shown.change("Anna Müller", phones=(Phone("+49 40 66969 101", "mobile"),))
    shown.do("sync.now")
    plan = shown.plan
    assert plan.head.counts.text().endswith("1 question is to be decided")
    shown.press(Qt.Key.Key_Return)
    box = plan.detail.boxes[0]
    assert box.choice.pick == Decision.LATER
    assert {"+49 40 66969 101", "+49 40 66969 102"} <= {cell.words.text() for cell in box.choice.cells.values()}
    for _ in range(steps):
        shown.press(Qt.Key.Key_Right)
    assert box.choice.pick == decision
    shown.press(Qt.Key.Key_Return)
    assert plan.main.hasFocus()
    shown.press(Qt.Key.Key_Return)
    assert {phone.number[-3:] for phone in shown.contact("Anna Müller").phones} == here
    text = shown.file("Anna").read_text("utf-8")
    assert {number for number in ("100", "101", "102") if f"66969 {number}" in text} == there
    if decision is Decision.LATER:
        assert shown.notice().endswith("1 question waits.")
        assert "1 question is to be decided" in texts(shown.page_.detail)
    else:
        assert "Both sides agree." in texts(shown.page_.detail)


@pytest.mark.parametrize(("decision", "stays"), [(Decision.OURS, True), (Decision.THEIRS, False)])
def test_who_was_deleted_there_and_changed_here_is_asked(shown: Sync, decision: Decision, stays: bool) -> None:
    shown.file("Bernd").unlink()
    shown.change("Bernd Wied", remark="Chor")
    shown.do("sync.now")
    shown.stand_on("Bernd Wied")
    assert "Deleted there, but changed here" in texts(shown.plan.detail)
    shown.click(shown.plan.detail.boxes[0].choice.cells[decision])
    shown.click(shown.plan.main)
    shown.rest()
    assert ("Bernd Wied" in shown.names()) is stays
    assert any("FN:Bernd" in text for text in shown.there().values()) is stays


@pytest.mark.parametrize(("decision", "people"), [(Decision.OURS, 1), (Decision.BOTH, 2), (Decision.LATER, 1)])
def test_who_is_perhaps_the_same_person_is_asked_with_both_shown(
    new: Sync, monkeypatch: pytest.MonkeyPatch, decision: Decision, people: int
) -> None:
    (new.folder / "new.vcf").write_bytes(card("u-9", "Anna", "Müller", "NOTE:sings in the choir"))
    set_up(new, monkeypatch)
    new.stand_on("Anna Müller")
    assert {"Perhaps the same person", "anna@mail.example", "sings in the choir"} <= set(texts(new.plan.detail))
    new.click(new.plan.detail.boxes[0].choice.cells[decision])
    new.click(new.plan.main)
    new.rest()
    assert new.names().count("Anna Müller") == people
    if decision is Decision.OURS:
        assert new.contact("Anna Müller").remark == "sings in the choir"


def test_many_conflicts_are_decided_at_once_but_no_deletion(shown: Sync) -> None:
    shown.edit("Anna", "66969 100", "66969 102")
    shown.change("Anna Müller", phones=(Phone("+49 40 66969 101", "mobile"),))
    shown.edit("Ida Nr03", "FN:Ida Nr03", "FN:Ida Nr03\r\nNOTE:there")
    shown.change("Ida Nr03", remark="here")
    shown.file("Bernd").unlink()
    shown.change("Bernd Wied", remark="Chor")
    shown.do("sync.now")
    shown.plan.list.selectAll()
    shown.plan._decide_selected(Decision.THEIRS)
    assert sorted(shown.plan.decisions.values()) == [Decision.THEIRS, Decision.THEIRS]
    shown.click(shown.plan.main)
    shown.rest()
    assert shown.contact("Ida Nr03").remark == "there"
    assert "Bernd Wied" in shown.names()
    assert shown.notice().endswith("1 question waits.")


def test_what_was_decided_for_one_partner_holds_for_no_other(shown: Sync) -> None:
    shown.edit("Anna", "66969 100", "66969 102")
    shown.change("Anna Müller", phones=(Phone("+49 40 66969 101", "mobile"),))
    shown.do("sync.now")
    shown.stand_on("Anna Müller")
    plan = shown.plan
    shown.click(plan.detail.boxes[0].choice.cells[Decision.THEIRS])
    plan.show_plan(plan.plan)
    assert list(plan.decisions.values()) == [Decision.THEIRS]
    plan.show_plan(replace(plan.plan, partner=replace(plan.plan.partner, id=99)))
    assert plan.decisions == {}


def test_what_was_decided_and_not_done_yet_is_asked_about_before_it_is_lost(shown: Sync) -> None:
    shown.edit("Anna", "66969 100", "66969 102")
    shown.change("Anna Müller", phones=(Phone("+49 40 66969 101", "mobile"),))
    shown.do("sync.now")
    assert shown.window.leave(), "nothing is decided yet"
    shown.plan.list.selectAll()
    shown.plan._decide_selected(Decision.THEIRS)
    said = answer(shown.window, "Go on deciding")
    assert not shown.window.close()
    assert "The sync is not done yet" in said
    shown.click(shown.plan.main)
    shown.rest()
    assert shown.window.leave()


def test_many_deletions_stop_and_say_how_many_of_how_many(shown: Sync) -> None:
    for number in range(5):
        shown.file(f"Ida Nr{number:02d}").unlink()
    shown.do("sync.now")
    plan = shown.plan
    assert plan.many is not None
    assert plan.many.head.text() == "5 of 22 contacts would go into the bin here"
    assert not plan.main.isVisible()
    assert "sync.now" not in shown.page_.commands()
    shown.press(Qt.Key.Key_Escape)
    assert len(shown.names()) == 22  # nothing has happened

    shown.do("sync.now")
    shown.click(button(shown.plan, "It is right, delete them and sync"))
    shown.rest()
    assert len(shown.names()) == 17
    shown.click(shown.window.notices.bar.undo_button)
    shown.rest()
    assert len(shown.names()) == 22
