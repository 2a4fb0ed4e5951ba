"""Keeping contacts in step with a folder of files, in a real window with real keys and clicks."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot
from tests.ui.real_window import OpenWindow, button, in_dialog, open_window, texts, unnamed

from alumnidesk.desk import Desk
from alumnidesk.domain.cards import ContactCard, Email, Phone
from alumnidesk.services.sync_plan import Decision, PartnerCard
from alumnidesk.ui import files
from alumnidesk.ui.sync.form import PartnerDialog
from alumnidesk.ui.sync.plan import ALL, PROBLEMS

CARD = "BEGIN:VCARD\r\nVERSION:3.0\r\nUID:{uid}\r\nN:{family};{given};;;\r\nFN:{given} {family}\r\n{more}END:VCARD\r\n"


def card(uid: str, given: str, family: str, *more: str) -> bytes:
    """A contact file as a phone writes it."""
    return CARD.format(uid=uid, given=given, family=family, more="".join(f"{line}\r\n" for line in more)).encode()


class Sync(OpenWindow):
    """The window with the page at its front, and the folder on the other side."""

    folder: Path
    page_: Any

    def rest(self) -> None:
        """Wait until the last look and its pages are done."""
        for _ in range(4):
            self.settle()

    def press(self, key: Qt.Key, text: str = "") -> None:
        """A key where the focus is."""
        self.key(key, text)
        self.rest()

    def do(self, action: str) -> None:
        """What the menu entry or its key does."""
        self.window.actions_[action].trigger()
        self.rest()

    def names(self) -> list[str]:
        """Everybody in use."""
        return sorted(line.name for line in self.ask(lambda desk: desk.find.lines(desk.find.contacts().ids)))

    def contact(self, name: str) -> ContactCard:
        """What is stored about somebody."""
        found: ContactCard = self.ask(
            lambda desk: next(c for c in desk.contacts.cards(list(desk.find.contacts().ids)) if c.name == name)
        )
        return found

    def change(self, name: str, **values: Any) -> None:
        """Somebody is changed here."""
        before = self.contact(name)
        self.ask(lambda desk: desk.contacts.save(before, replace(before, **values)))
        self.rest()

    def file(self, given: str) -> Path:
        """The file of somebody on the other side."""
        return next(path for path in self.folder.glob("*.vcf") if f"FN:{given}" in path.read_text("utf-8"))

    def edit(self, given: str, old: str, new: str) -> None:
        """Somebody is changed on the other side."""
        path = self.file(given)
        before = path.read_bytes()
        assert old.encode() in before
        path.write_bytes(before.replace(old.encode(), new.encode()))

    def there(self) -> dict[str, str]:
        """All files on the other side."""
        return {path.name: path.read_text("utf-8") for path in self.folder.glob("*.vcf")}

    @property
    def plan(self) -> Any:
        """What a sync would do, at the front."""
        assert self.page_.places.currentWidget() is self.page_.plan
        return self.page_.plan

    def stand_on(self, name: str) -> None:
        """Stand on somebody in what a sync would do."""
        plan = self.plan
        plan.tabs._tabs[ALL].click()
        place = next(place for place, row in enumerate(plan._rows) if row.name == name)
        plan.list.setFocus()
        plan.list.go_to(place)
        self.rest()

    def notice(self) -> str:
        """What the notice says, or nothing."""
        return "" if self.window.notices.isHidden() else self.window.notices.bar.sentence.text()


def people(desk: Desk) -> None:
    """Twenty whom nobody touches, and two whom both sides change."""
    for number in range(20):
        desk.contacts.add(ContactCard(given_name="Ida", family_name=f"Nr{number:02d}"))
    desk.contacts.add(
        ContactCard(
            given_name="Anna",
            family_name="Müller",
            phones=(Phone("+49 40 66969 100", "mobile"),),
            emails=(Email("anna@mail.example"),),
        )
    )
    desk.contacts.add(ContactCard(given_name="Bernd", family_name="Wied", remark="Cello"))


@contextmanager
def _window(qtbot: QtBot, path: Path, folder: Path, fill: Callable[[Desk], object]) -> Iterator[Sync]:
    with open_window(qtbot, path, fill) as opened:
        opened.window.activateWindow()
        qtbot.waitUntil(opened.window.isActiveWindow, timeout=5000)
        shown = Sync(qtbot, opened.window, opened.tasks)
        shown.folder = folder
        shown.page_ = shown.page("sync")
        shown.rest()
        yield shown


@pytest.fixture
def shown(qtbot: QtBot, tmp_path: Path) -> Iterator[Sync]:
    """The page over a file and a folder that are in step."""
    folder = tmp_path / "phone"
    folder.mkdir()

    def fill(desk: Desk) -> None:
        people(desk)
        partner = desk.syncing.add(PartnerCard(name="Phone", place=str(folder)))
        assert partner.id is not None
        desk.syncing.carry_out(desk.syncing.preview(partner.id))

    with _window(qtbot, tmp_path / "filled.alumnidesk", folder, fill) as window:
        yield window


@pytest.fixture
def new(qtbot: QtBot, tmp_path: Path) -> Iterator[Sync]:
    """The page before anything was set up, and a folder with two contacts."""
    folder = tmp_path / "Handy & Co"
    folder.mkdir()
    (folder / "ute.vcf").write_bytes(card("u-1", "Ute", "Nissen", "EMAIL:ute@nissen.example"))
    (folder / "anna.vcf").write_bytes(card("u-2", "Jonas", "Feldkamp"))
    with _window(qtbot, tmp_path / "new.alumnidesk", folder, people) as window:
        yield window


def set_up(new: Sync, monkeypatch: pytest.MonkeyPatch) -> None:
    """Set up the sync with the folder, as far as the first look."""
    monkeypatch.setattr(files, "ask_folder", lambda *args: new.folder)

    def fill_in(dialog: PartnerDialog) -> None:
        assert unnamed(dialog) == []  # type: ignore[arg-type]
        dialog.browse.click()
        assert dialog.name.value == "Handy & Co"
        dialog.go.click()

    in_dialog(new, PartnerDialog, new.window.actions_["sync.add"].trigger, fill_in)
    new.rest()


# Setting up --------------------------------------------------------------------------------------------------------


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


# Syncing -----------------------------------------------------------------------------------------------------------


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


def test_an_empty_folder_deletes_nobody_and_asks_whether_it_is_the_right_one(shown: Sync) -> None:
    for path in shown.folder.glob("*.vcf"):
        path.unlink()
    shown.do("sync.now")
    assert shown.page_.places.currentWidget() is shown.page_.panes
    assert shown.page_.detail.callout is not None
    assert button(shown.page_.detail, "Choose the folder …").isVisible()
    assert str(shown.page_.table.index(0, 2).data()) == "Stopped"
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


# What stands in the way ---------------------------------------------------------------------------------------------


def test_a_folder_that_is_gone_is_told_kindly_and_can_be_chosen_anew(
    shown: Sync, monkeypatch: pytest.MonkeyPatch
) -> None:
    moved = shown.folder.rename(shown.folder.with_name("stick"))
    shown.do("sync.now")
    callout = shown.page_.detail.callout
    assert callout is not None
    assert "phone" in callout.head.text()
    assert "Not found" in [str(shown.page_.table.index(0, 2).data())]
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
