"""Handing contacts to other programs through the window."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QRadioButton
from tests.ui.contacts_window import Contacts
from tests.ui.counting import counted
from tests.ui.real_window import button, in_dialog, unnamed

from alumnidesk.domain.file_names import kept_name
from alumnidesk.i18n import LANGUAGES
from alumnidesk.services.import_plan import Kind
from alumnidesk.ui import files
from alumnidesk.ui.contacts.export_dialog import ExportDialog
from alumnidesk.ui.contacts.export_targets import targets
from alumnidesk.ui.words import set_language


def with_dialog(shown: Contacts, action: str, use: Callable[[ExportDialog], object]) -> None:
    """Start an export, and use its dialog once it stands."""
    in_dialog(shown, ExportDialog, shown.window.actions_[action].trigger, use)


def choose(dialog: ExportDialog, words: str) -> None:
    next(b for b in dialog.findChildren(QRadioButton) if b.text().startswith(words)).click()


def export(shown: Contacts, action: str, words: str) -> None:
    """Export for the program with these words."""

    def use(dialog: ExportDialog) -> None:
        choose(dialog, words)
        shown.settle()
        dialog.go.click()

    with_dialog(shown, action, use)


def test_the_found_contacts_go_to_thunderbird_in_three_steps(
    shown: Contacts, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    target = tmp_path / "out.csv"
    monkeypatch.setattr(files, "ask_save", lambda *args: target)  # 3: the platform's own dialog
    shown.search("mail")
    with_dialog(shown, "contacts.export", lambda dialog: dialog.go.click())  # 1, 2
    written = target.read_text("utf-8-sig")
    assert "anna@mail.example" in written
    assert "b.mueller@post.example" not in written
    assert "exported as “out.csv”" in shown.notice()
    assert shown.window.notices.bar.action_button.isVisible()


def test_the_choices_stay_together_where_nobody_is_left_out_any_more(shown: Contacts) -> None:
    gaps: list[int] = []

    def look_at(dialog: ExportDialog) -> None:
        shown.qtbot.waitUntil(dialog.reasons.isVisible)
        choose(dialog, "Phone, Apple")
        shown.settle()
        assert not dialog.reasons.isVisible()
        QApplication.processEvents()
        gaps.append(dialog.purpose.y() - dialog.folder.geometry().bottom())

    with_dialog(shown, "contacts.export", look_at)
    assert gaps[0] < 60


def test_a_group_gets_an_email_by_blind_copy_in_three_steps_and_one_in_the_mail_program(shown: Contacts) -> None:
    shown.search("mail")

    def use(dialog: ExportDialog) -> None:
        bcc = next(b for b in dialog.findChildren(QRadioButton) if b.text().startswith("E-mail, blind copy"))
        for press in (bcc, dialog.go):
            QTest.mouseClick(press, Qt.MouseButton.LeftButton, pos=QPoint(12, 10))

    with counted() as count:
        in_dialog(shown, ExportDialog, lambda: shown.click(button(shown.page_, "Export")), use)
    assert count.done == 3, count.deeds
    copied = QApplication.clipboard().text()
    assert "anna@mail.example" in copied
    assert "dagmar@mail.example" not in copied, "she wants no e-mail"
    assert "put" in shown.notice()
    assert "Bcc" in shown.notice()


def test_enter_among_the_programs_exports(shown: Contacts, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    target = tmp_path / "out.csv"
    monkeypatch.setattr(files, "ask_save", lambda *args: target)

    def press(dialog: ExportDialog) -> None:
        assert dialog.focusWidget() is dialog.buttons.checkedButton()
        QTest.keyClick(dialog.focusWidget(), Qt.Key.Key_Return)

    with_dialog(shown, "contacts.export", press)
    assert target.exists()


def test_who_is_left_out_is_named_with_the_reason_before_anything_is_saved(shown: Contacts) -> None:
    seen: list[tuple[str, str]] = []

    def look(dialog: ExportDialog) -> None:
        shown.qtbot.waitUntil(dialog.reasons.isVisible, timeout=5000)
        seen.append((dialog.reasons.toPlainText(), dialog.go.text()))
        assert unnamed(dialog) == []  # type: ignore[arg-type]
        dialog.reject()

    with_dialog(shown, "contacts.export_all", look)
    reasons, verb = seen[0]
    assert sorted(reasons.splitlines()) == ["Carla Wied: Has died", "Dagmar Zacharias: Wants no e-mails"]
    assert verb == "Save 5 contacts …"


def test_only_the_selected_contacts_are_exported(
    shown: Contacts, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    target = tmp_path / "cards.vcf"
    monkeypatch.setattr(files, "ask_save", lambda *args: target)
    shown.search("mue")
    shown.page_.list.selectAll()
    export(shown, "contacts.export", "Phone")
    shown.qtbot.waitUntil(target.exists)
    shown.settle()
    assert target.read_text("utf-8").count("BEGIN:VCARD") == 2


def test_a_workbook_for_excel_gets_its_own_ending_and_everybody_who_is_not_in_the_bin(
    shown: Contacts, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    target, asked = tmp_path / "out.xlsx", []

    def ask(window: object, preferences: object, title: str, kinds: str, place: str, suggested: str) -> Path:
        asked.append((kinds, suggested))
        return target

    monkeypatch.setattr(files, "ask_save", ask)
    export(shown, "contacts.export_all", "Excel")
    shown.qtbot.waitUntil(target.exists)
    shown.settle()
    assert asked == [("Workbooks (*.xlsx)", "Contacts for Excel.xlsx")]
    preview = shown.ask(lambda desk: desk.importing.preview(target))
    assert preview.counts == {Kind.UNCHANGED: 7}


def test_addresses_for_a_blind_copy_go_to_the_clipboard(shown: Contacts) -> None:
    export(shown, "contacts.export_all", "E-mail, blind copy")
    shown.qtbot.waitUntil(lambda: "copied" in shown.notice())
    assert sorted(QApplication.clipboard().text().split(", ")) == ["anna@mail.example", "b.mueller@post.example"]


def test_the_last_target_is_offered_first(shown: Contacts, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(files, "ask_save", lambda *args: tmp_path / "x.csv")
    export(shown, "contacts.export_all", "Google")
    shown.settle()
    seen: list[str] = []

    def again(dialog: ExportDialog) -> None:
        seen.append(dialog.current.name)
        dialog.reject()

    with_dialog(shown, "contacts.export_all", again)
    assert seen == ["google"]


def for_what(dialog: ExportDialog, words: str) -> None:
    """Choose a purpose as a person does."""
    dialog.purpose.setCurrentIndex(dialog.purpose.findText(words))
    dialog.purpose.activated.emit(dialog.purpose.currentIndex())


def test_a_newsletter_leaves_out_whoever_has_not_agreed_and_says_so(shown: Contacts) -> None:
    seen: list[str] = []

    def use(dialog: ExportDialog) -> None:
        choose(dialog, "Thunderbird")
        assert dialog.purpose.currentText() == "Our own use"
        for_what(dialog, "News by e-mail")
        shown.qtbot.waitUntil(lambda: "agreed" in dialog.reasons.toPlainText(), timeout=5000)
        seen.append(dialog.reasons.toPlainText())
        assert not dialog.go.isEnabled()
        dialog.reject()

    with_dialog(shown, "contacts.export_all", use)
    assert "Anna Müller: Has not agreed to “News” by e-mail" in seen[0].splitlines()


def test_a_blind_copy_is_for_an_invitation_unless_one_says_otherwise(shown: Contacts) -> None:
    def use(dialog: ExportDialog) -> None:
        assert dialog.purpose.findText("Printed directory") < 0, "a table for mails"
        choose(dialog, "Excel")
        assert dialog.purpose.findText("Printed directory") > 0
        choose(dialog, "E-mail, blind copy")
        assert dialog.purpose.currentText() == "Invitations by e-mail"
        assert dialog.purpose.findText("Our own use") < 0
        dialog.reject()

    with_dialog(shown, "contacts.export_all", use)


def test_cards_go_into_a_folder_of_their_own(shown: Contacts, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[object] = []
    target = tmp_path / "cards"

    def ask(window: object, preferences: object, title: str, kinds: str, place: str, suggested: str) -> Path:
        asked.append((kinds, suggested))
        return target

    monkeypatch.setattr(files, "ask_save", ask)

    def use(dialog: ExportDialog) -> None:
        assert not dialog.folder.isVisible(), "a table for Thunderbird is one file"
        choose(dialog, "vCard 4.0")
        dialog.folder.click()
        dialog.go.click()

    with_dialog(shown, "contacts.export_all", use)
    shown.qtbot.waitUntil(target.exists)
    shown.settle()
    assert asked == [("Folders (*)", "Contacts as cards")]
    assert len(list(target.glob("*.vcf"))) == 7
    assert "7 contacts exported as “cards”" in shown.notice()


def test_serial_letters_leave_out_who_wants_no_post_and_ask_about_households(
    shown: Contacts, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    target = tmp_path / "letters.xlsx"
    monkeypatch.setattr(files, "ask_save", lambda *args: target)
    shown.ask(lambda desk: desk.households.make(list(desk.find.contacts("mueller").ids)))
    seen: list[str] = []

    def use(dialog: ExportDialog) -> None:
        choose(dialog, "Word processor")
        assert dialog.purpose.currentText() == "Invitations by post"
        assert dialog.purpose.findText("Our own use") < 0
        assert dialog.purpose.findText("Invitations by e-mail") < 0
        assert (dialog.together.isVisible(), dialog.together.isChecked()) == (True, True)
        shown.qtbot.waitUntil(dialog.reasons.isVisible, timeout=5000)
        seen.append(dialog.reasons.toPlainText())
        dialog.go.click()

    with_dialog(shown, "contacts.export_all", use)
    shown.qtbot.waitUntil(target.exists)
    shown.settle()
    assert "Carla Wied: Has died" in seen[0].splitlines()
    assert "exported as “letters.xlsx”" in shown.notice()


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_file_of_each_kind_of_export_has_a_name_of_its_own_that_every_system_takes(language: str) -> None:
    set_language(language)
    try:
        named = [target.file for target in targets() if target.ending]
    finally:
        set_language("en")
    assert [kept_name(name) for name in named] == named
    assert len({*named}) == len(named)
    assert not [name for name in named if "," in name]
