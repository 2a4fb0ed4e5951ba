"""Where the columns of a list go: said once, saved under a name, found again."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QPoint, QTimer
from PySide6.QtWidgets import QApplication
from tests.ui import real_window
from tests.ui.contacts_window import Contacts
from tests.ui.importing_lists import bring_in
from tests.ui.real_window import texts

from alumnidesk.ui.contacts.importing.room import DONE, ImportRoom
from alumnidesk.ui.widgets.form_dialog import FormDialog


def corrected(room: ImportRoom, shown: Contacts, heading: str, slot: str) -> None:
    """Let a column go somewhere else."""
    assert room.preview is not None
    box = room.columns.boxes[[column.heading for column in room.preview.columns].index(heading)]
    box.setCurrentIndex(box.findData(slot))
    box.activated.emit(box.currentIndex())
    shown.settle()


def answer(name: str) -> None:
    """Type a name into the dialog that comes, and press Enter."""

    def type_() -> None:
        dialog = QApplication.activeModalWidget()
        assert isinstance(dialog, FormDialog)
        dialog.form.fields["name"].set_value(name)
        dialog.go.click()

    QTimer.singleShot(50, type_)


def test_columns_are_saved_under_a_name_found_again_renamed_and_deleted(shown: Contacts, table: Path) -> None:
    room = bring_in(shown, table)
    saved = room.columns.saved
    assert [saved.box.itemText(n) for n in range(saved.box.count())] == ["As recognised"]
    assert not saved.rename.isVisible()
    corrected(room, shown, "Lieblingsfarbe", "remark")
    answer("Kursliste")
    saved.save.click()
    shown.settle()
    assert saved.box.currentText() == "Kursliste"
    assert not saved.save.isVisible(), "there is nothing new to save"
    room.leave()
    room = bring_in(shown, table)
    assert saved.box.currentText() == "Kursliste"
    assert room.columns.boxes[-1].currentData() == "remark"
    answer("Kurse")
    saved.rename.click()
    shown.settle()
    assert saved.box.currentText() == "Kurse"
    saved.box.setCurrentIndex(0)
    saved.box.activated.emit(0)
    shown.settle()
    assert room.columns.boxes[-1].currentText() == "Keep as it is"
    saved.box.setCurrentIndex(1)
    saved.box.activated.emit(1)
    shown.settle()
    saved.delete.click()
    shown.settle()
    assert saved.box.count() == 1
    assert "Kurse" in shown.notice()
    shown.do("edit.undo")
    shown.settle()
    assert [saved.box.itemText(n) for n in range(saved.box.count())] == ["As recognised", "Kurse"]
    assert saved.box.currentText() == "As recognised", "what one goes on with stays as it is"
    room.main.click()
    room.main.click()
    shown.settle()
    assert room.steps.current == DONE


def test_whoever_puts_a_column_right_goes_on_from_there(shown: Contacts, table: Path) -> None:
    room = bring_in(shown, table)
    assert room.main.hasFocus()
    corrected(room, shown, "Lieblingsfarbe", "remark")
    assert room.columns.boxes[-1].hasFocus()
    assert room.columns.boxes[-1].currentData() == "remark"
    room.columns.headings.setFocus()
    room.columns.headings.click()
    shown.settle()
    assert room.columns.headings.hasFocus()
    room.columns.delimiter._tabs[","].click()
    shown.settle()
    assert room.columns.delimiter._tabs[","].hasFocus()
    real_window.answer(shown.window, "Close")
    room.leave()
    shown.window.activateWindow()
    shown.qtbot.waitUntil(shown.window.isActiveWindow)
    room = bring_in(shown, table)
    assert room.main.hasFocus()


def test_whoever_imports_says_whether_day_or_month_comes_first(shown: Contacts, tmp_path: Path) -> None:
    path = tmp_path / "tage.csv"
    path.write_text("Vorname;Nachname;Geburtsdatum\nUlf;Neu;03/04/1975\n", "utf-8")
    room = bring_in(shown, path)
    assert "Read 03/04/1975" in texts(room.columns)
    for words, day in (("month first", "1975-03-04"), ("day first", "1975-04-03"), ("as text", "")):
        next(tab for tab in room.columns.dates._tabs.values() if tab.text() == words).click()
        shown.settle()
        assert room.preview is not None
        step = room.preview.step(0)
        assert step is not None
        assert step.card.birth_date == day
    assert room.columns.dates.isVisible()


def test_all_postcodes_that_have_lost_their_zero_get_it_back_with_one_choice(shown: Contacts, tmp_path: Path) -> None:
    shown.ask(lambda desk: desk.settings.set("country", "DE"))
    path = tmp_path / "orte.csv"
    people = ("Ulf;Neu;Ring 1;1067;Dresden", "Eva;Neu;Ring 2;4109;Leipzig", "Ida;Alt;Ring 3;24103;Kiel")
    path.write_text("\n".join(("Vorname;Nachname;Straße;PLZ;Ort", *people)), "utf-8")
    room = bring_in(shown, path)
    assert "Postcodes such as 1067" in texts(room.columns)
    for way, codes in (("zero", ["01067", "04109", "24103"]), ("*", ["1067", "4109", "24103"])):
        room.columns.zeros._tabs[way].click()
        shown.settle()
        assert room.preview is not None
        assert [step.card.addresses[0].postcode for step in room.preview.steps] == codes
        assert len(list(room.preview.remarks())) == (0 if way == "zero" else 2)
        assert room.columns.zeros.isVisible()
        assert room.columns.zeros.current == way
    room.main.click()
    shown.settle()
    room.main.click()
    shown.settle()
    room = bring_in(shown, path)
    room.columns.zeros._tabs["zero"].click()  # also for those who are in the file without it by now
    shown.settle()
    assert room.preview is not None
    assert [str(row.kind) for row in room.preview.rows] == ["changed", "changed", "unchanged"]
    real_window.answer(shown.window, "Close")
    room.leave()
    path.write_text("Vorname;Nachname;PLZ;Ort\nIda;Alt;24103;Kiel\n", "utf-8")
    assert not bring_in(shown, path).columns.zeros.isVisible()


def test_saved_columns_are_chosen_for_another_list_by_their_name(shown: Contacts, table: Path, tmp_path: Path) -> None:
    room = bring_in(shown, table)
    corrected(room, shown, "Lieblingsfarbe", "remark")
    answer("<b>Kurs</b>")
    room.columns.saved.save.click()
    shown.settle()
    other = tmp_path / "andere.csv"
    other.write_text("Nachname,Lieblingsfarbe\nNeu,rot\n", "utf-8")
    room = bring_in(shown, other)
    box = room.columns.saved.box
    assert box.currentText() == "As recognised"
    box.setCurrentIndex(box.findText("<b>Kurs</b>"))
    box.activated.emit(box.currentIndex())
    shown.settle()
    assert room.columns.boxes[1].currentData() == "remark"


def test_what_says_how_the_file_is_read_ends_where_the_page_does_in_any_width(shown: Contacts, table: Path) -> None:
    columns = bring_in(shown, table).columns
    for width in range(1100, 1500, 13):
        shown.window.resize(width, 768)
        shown.settle()
        for group in (columns._text, columns._letters, columns.headings, columns.saved):
            right = group.mapTo(columns, QPoint(group.width(), 0)).x()
            assert right <= columns.width() - 20, (width, group)
