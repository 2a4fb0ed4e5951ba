"""Labels and name badges through the window."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QMenu
from tests.printed_pages import pages_of, words_of
from tests.ui.contacts_window import Contacts
from tests.ui.counting import counted
from tests.ui.real_window import in_dialog, texts, unnamed

from alumnidesk.desk import Desk
from alumnidesk.domain.cards import COMING, EventCard
from alumnidesk.ui import files
from alumnidesk.ui.events.choose import ChooseEvent
from alumnidesk.ui.labels.dialog import BADGES, SHEET, LabelsDialog
from alumnidesk.ui.labels.own_sheet import OwnSheetDialog
from alumnidesk.ui.printing import printer
from alumnidesk.ui.printing.dialog import PrintDialog


def with_dialog(shown: Contacts, action: str, use: Callable[[LabelsDialog], object]) -> None:
    in_dialog(shown, LabelsDialog, shown.window.actions_[action].trigger, use)


def test_labels_for_the_listed_contacts_are_saved_on_the_sheet_that_one_finds(
    shown: Contacts, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    target = tmp_path / "labels.pdf"
    monkeypatch.setattr(files, "ask_save", lambda *args: target)
    seen: list[str] = []

    def use(dialog: LabelsDialog) -> None:
        shown.qtbot.waitUntil(lambda: dialog.go.isEnabled(), timeout=5000)
        assert unnamed(dialog) == []  # type: ignore[arg-type]
        QTest.keyClicks(dialog.search, "herma 4677")
        assert dialog.sheet is not None
        assert "Herma 4677" in dialog.sheet.names
        assert "click on its first free label in the picture" in dialog.begins.text()
        QTest.keyClick(dialog.picture, Qt.Key.Key_Down)
        QTest.keyClick(dialog.picture, Qt.Key.Key_Right)
        seen.extend([dialog.begins.text(), dialog.reasons.toPlainText(), dialog.picture.accessibleName()])
        QTest.keyClick(dialog.search, Qt.Key.Key_Return)
        dialog.save.click()

    with_dialog(shown, "contacts.labels", use)
    shown.settle()
    assert seen[0] == "1 sheet, from label 5 on"
    assert "Carla Wied: Has died" in seen[1]
    assert seen[2] == "First free label: 5 of 21"
    assert "Anna" in words_of(target)
    assert "Wied" not in words_of(target)
    assert "saved as labels.pdf" in shown.notice()


def test_labels_on_a_used_sheet_take_five_steps(
    shown: Contacts, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The menu and its entry are the first two."""
    monkeypatch.setattr(files, "ask_save", lambda *args: tmp_path / "labels.pdf")
    done: list[str] = []

    def use(dialog: LabelsDialog) -> None:
        shown.qtbot.waitUntil(lambda: dialog.go.isEnabled(), timeout=5000)
        with counted() as count:
            QTest.keyClicks(dialog.search, "herma 4677")
            picture = dialog.picture
            QTest.mouseClick(picture, Qt.MouseButton.LeftButton, pos=picture.rect().center())
            QTest.mouseClick(dialog.save, Qt.MouseButton.LeftButton)
        done.extend([*count.deeds, dialog.begins.text()])

    with_dialog(shown, "contacts.labels", use)
    shown.settle()
    *deeds, begins = done
    assert 2 + len(deeds) <= 5, deeds
    assert "from label" in begins, "it is not the first one"
    assert (tmp_path / "labels.pdf").exists()


def test_the_sheet_and_the_printer_are_remembered_and_a_measure_that_is_none_is_said(
    shown: Contacts, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(files, "ask_save", lambda *args: tmp_path / "labels.pdf")

    def first(dialog: LabelsDialog) -> None:
        shown.qtbot.waitUntil(lambda: dialog.go.isEnabled(), timeout=5000)
        QTest.keyClicks(dialog.search, "L7163")
        dialog.right.setText("abc")
        dialog.save.click()
        assert dialog.isVisible()
        assert not dialog.problem.isHidden()
        dialog.right.setText("1,5")
        dialog.save.click()

    def again(dialog: LabelsDialog) -> None:
        assert dialog.sheet is not None
        assert "Avery L7163" in dialog.sheet.names
        assert dialog.right.text() == "1,5"
        dialog.reject()

    with_dialog(shown, "contacts.labels", first)
    with_dialog(shown, "contacts.labels", again)


def test_a_name_of_no_sheet_is_said_and_nothing_can_be_saved(shown: Contacts) -> None:
    def use(dialog: LabelsDialog) -> None:
        QTest.keyClicks(dialog.search, "no such sheet")
        assert dialog.sheet is None
        assert not dialog.go.isEnabled()
        assert "70 x 36" in dialog.begins.text()
        dialog.reject()

    with_dialog(shown, "contacts.labels", use)


def test_a_test_sheet_is_shown_before_it_is_saved_and_the_dialog_stays(
    shown: Contacts, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    target = tmp_path / "test.pdf"
    monkeypatch.setattr(files, "ask_save", lambda *args: target)

    def save(pages: PrintDialog) -> None:
        assert "100 %" in pages.preview.text
        pages.save.click()
        shown.qtbot.waitUntil(target.exists, timeout=5000)

    def use(dialog: LabelsDialog) -> None:
        in_dialog(shown, PrintDialog, dialog.test.click, save)

    with_dialog(shown, "contacts.labels", use)
    assert "100 %" in words_of(target)


def test_each_printer_has_its_own_aim(shown: Contacts, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(files, "ask_save", lambda *args: tmp_path / "labels.pdf")
    monkeypatch.setattr(printer, "printers", lambda: ["Office", "Hall/2"])

    def office(dialog: LabelsDialog) -> None:
        shown.qtbot.waitUntil(lambda: dialog.go.isEnabled(), timeout=5000)
        assert dialog.printer.value == "Office"
        dialog.right.setText("1,5")
        dialog.save.click()

    def hall(dialog: LabelsDialog) -> None:
        shown.qtbot.waitUntil(lambda: dialog.go.isEnabled(), timeout=5000)
        dialog.printer.set_value("Hall/2")
        assert dialog.right.text() == "0"
        dialog.right.setText("-2")
        dialog.save.click()

    def again(dialog: LabelsDialog) -> None:
        assert (dialog.printer.value, dialog.right.text()) == ("Hall/2", "-2")
        dialog.printer.set_value("Office")
        assert dialog.right.text() == "1,5"
        dialog.reject()

    for use in (office, hall, again):
        with_dialog(shown, "contacts.labels", use)


def test_envelopes_are_found_and_printed_with_sender_and_address(
    shown: Contacts, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    target = tmp_path / "envelopes.pdf"
    monkeypatch.setattr(files, "ask_save", lambda *args: target)
    shown.ask(lambda desk: desk.settings.set("name", "Freundeskreis Lindenhof"))

    def use(dialog: LabelsDialog) -> None:
        shown.qtbot.waitUntil(lambda: dialog.go.isEnabled(), timeout=5000)
        QTest.keyClicks(dialog.search, "envelope c5")
        assert dialog.sheet is not None
        assert dialog.sheet.name == "Envelope C5"
        assert "the sender at" in dialog.begins.text()
        assert "envelopes" in dialog.go.text()
        dialog.save.click()

    with_dialog(shown, "contacts.labels", use)
    shown.settle()
    assert words_of(target).count("Freundeskreis Lindenhof") == len(pages_of(target)) > 1


def test_a_sheet_of_ones_own_is_measured_beside_a_picture_found_and_forgotten(shown: Contacts) -> None:
    def measure(asking: OwnSheetDialog) -> None:
        assert unnamed(asking) == []  # type: ignore[arg-type]
        fields = asking.form.fields
        asking.go.click()
        assert "no name" in fields["name"].problem.text()
        fields["name"].type_in("Drawer 3")
        for key, text in (("columns", "2"), ("rows", "5"), ("width", "90"), ("height", "50,5"), ("left", "10"),
                          ("top", "20"), ("across", "9"), ("down", "51")):  # fmt: skip
            fields[key].type_in(text)
        asking.go.click()
        assert "between 90" in fields["across"].problem.text()
        assert not fields["name"].problem.isVisible()
        before = asking.picture.grab().toImage()
        fields["across"].type_in("95")
        assert asking.picture.grab().toImage() != before
        asking.go.click()
        shown.qtbot.waitUntil(lambda: not asking.isVisible(), timeout=5000)

    def use(dialog: LabelsDialog) -> None:
        shown.qtbot.waitUntil(lambda: dialog.go.isEnabled(), timeout=5000)
        assert dialog.remove.isHidden()
        in_dialog(shown, OwnSheetDialog, dialog.add.click, measure)

    def again(dialog: LabelsDialog) -> None:
        shown.qtbot.waitUntil(lambda: dialog.go.isEnabled(), timeout=5000)
        QTest.keyClicks(dialog.search, "drawer")
        assert dialog.sheet is not None
        assert (dialog.sheet.name, dialog.sheet.count, dialog.sheet.height) == ("Drawer 3", 10, 50.5)
        dialog.remove.click()
        shown.qtbot.waitUntil(lambda: dialog.remove.isHidden(), timeout=5000)
        dialog.reject()

    with_dialog(shown, "contacts.labels", use)
    with_dialog(shown, "contacts.labels", again)
    assert shown.ask(lambda desk: [one for one in desk.labels.sheets("en") if one.own]) == []


def test_an_own_envelope_needs_its_size_only(shown: Contacts) -> None:
    def measure(asking: OwnSheetDialog) -> None:
        fields = asking.form.fields
        assert fields["columns"].isVisible()
        fields["kind"].set_value("envelope")
        assert not fields["columns"].isVisible()
        for key, text in (("name", "Invitation"), ("width", "200"), ("height", "140")):
            fields[key].type_in(text)
        asking.go.click()
        shown.qtbot.waitUntil(lambda: not asking.isVisible(), timeout=5000)

    def use(dialog: LabelsDialog) -> None:
        shown.qtbot.waitUntil(lambda: dialog.go.isEnabled(), timeout=5000)
        in_dialog(shown, OwnSheetDialog, dialog.add.click, measure)

    with_dialog(shown, "contacts.labels", use)
    (own,) = shown.ask(lambda desk: [one for one in desk.labels.sheets("en") if one.own])
    assert (own.name, own.envelope, own.page) == ("Invitation", True, (200, 140))


def test_badges_are_printed_from_the_page_of_an_event(
    shown: Contacts, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    target = tmp_path / "badges.pdf"
    proposed: list[str] = []

    def ask_save(*asked: Any) -> Path:
        proposed.append(asked[-1])
        return target

    monkeypatch.setattr(files, "ask_save", ask_save)

    def invite(desk: Desk) -> int:
        event = desk.events.add(EventCard(title="Reunion")).id or 0
        desk.events.invite(event, list(desk.find.contacts("anna").ids))
        desk.events.answer([one.id for one in desk.events.roster(event)], COMING)
        desk.events.invite(event, desk.events.not_listed(event, desk.find.contacts("").ids)[:1])
        return event

    shown.page("events", shown.ask(invite))

    def use(dialog: LabelsDialog) -> None:
        assert any("1 of 2 people on the list" in text for text in texts(dialog)), "it says whom they are for"
        assert dialog.together.isHidden()
        assert dialog.go.text() == "Print 1 badge …"
        assert dialog.sheet is not None
        assert dialog.sheet.names[0] == "Avery L4785", "a sheet for badges is offered before those for addresses"
        dialog.save.click()

    kept = shown.window.context.preferences
    kept.keep(SHEET, "Herma 4103")
    with_dialog(shown, "events.badges", use)
    shown.settle()
    assert "Anna" in words_of(target)
    assert shown.notice().startswith("1 badge saved as badges.pdf.")
    assert (kept.text(SHEET), kept.text(BADGES)) == ("Herma 4103", "Avery L4785"), "each is remembered by itself"
    assert proposed == ["Name badges for Reunion on Avery L4785.pdf"]


@pytest.mark.parametrize(
    ("action", "head"),
    [
        ("events.badges", "Name badges for “Reunion”"),
        ("events.labels", "Labels or envelopes for 1 contact"),
        ("contacts.labels", "Labels or envelopes for 7 contacts"),
    ],
)
def test_labels_and_badges_are_in_the_menus_of_every_page_and_ask_which_event_is_meant(
    shown: Contacts, action: str, head: str
) -> None:
    def invite(desk: Desk) -> None:
        event = desk.events.add(EventCard(title="Reunion")).id or 0
        desk.events.invite(event, list(desk.find.contacts("anna").ids))

    shown.ask(invite)
    shown.page("letters")
    name = action.partition(".")[0]
    menu = shown.window.menus[name]
    shown.window.menus.fill(menu, name)
    offered = [entry for inner in menu.findChildren(QMenu) for entry in inner.actions()]
    assert shown.window.actions_[action] in offered

    def choose() -> None:
        shown.window.actions_[action].trigger()
        shown.settle()
        if name == "events":
            page = shown.page("events")
            page.findChild(ChooseEvent).made[-1].click()

    heads: list[str] = []
    in_dialog(shown, LabelsDialog, choose, lambda dialog: heads.append(dialog.windowTitle()))
    assert heads == [head]
