"""Bringing in a list through the window: every guess can be corrected, nothing is written before the last button."""

from __future__ import annotations

from pathlib import Path

import pytest
import xlsxwriter
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel
from tests.ui.contacts_window import MARKUP, Contacts, press
from tests.ui.importing_lists import bring_in, check, names, shown_rows, stand_on
from tests.ui.real_window import texts, unnamed

from alumnidesk.domain.own_fields import OwnKind
from alumnidesk.services.import_plan import Kind
from alumnidesk.ui import files
from alumnidesk.ui.contacts.importing.room import CHECK, COLUMNS, DONE, FILE

CORPUS = Path(__file__).parent.parent / "corpus" / "exports"


def test_a_table_is_brought_in_by_three_buttons_and_taken_back_by_one(shown: Contacts, table: Path) -> None:
    room = bring_in(shown, table)
    assert room.steps.current == COLUMNS
    assert room.columns.delimiter.current == ";"
    assert room.columns.encoding.currentData() == "cp1252"
    assert room.main.text() == "Check the contacts"
    room.main.click()
    shown.settle()
    assert room.steps.current == CHECK
    assert shown_rows(room)[0][1] == "Not taken"
    assert ("Ömer Öztürk", "New") in shown_rows(room)
    assert "Ömer Öztürk" not in names(shown)
    room.main.click()
    shown.settle()
    assert room.steps.current == DONE
    assert "Ömer Öztürk" in names(shown)
    assert any("0461" not in text and "No name, e-mail or phone" in text for text in [room.done.problems.toPlainText()])
    assert "imported" in shown.notice()
    shown.do("edit.undo")
    assert "Ömer Öztürk" not in names(shown)
    room.main.click()
    shown.settle()
    assert shown.page_.list.isVisible()
    assert len(shown.names()) == 7


def test_the_summary_says_whether_the_import_still_holds(shown: Contacts, table: Path) -> None:
    room = check(shown, table)
    room.main.click()
    shown.settle()
    assert "2 contacts imported" in texts(room.done)
    shown.do("edit.undo")
    assert "This import was taken back" in texts(room.done)
    assert "2 contacts imported" not in texts(room.done)
    assert f"What {table.name} brought in is gone again; Redo brings it back." in texts(room.done)
    shown.do("edit.redo")
    assert "2 contacts imported" in texts(room.done)


def test_another_delimiter_and_other_letters_are_one_click_away(shown: Contacts, table: Path) -> None:
    room = bring_in(shown, table)
    tabs = room.columns.delimiter
    next(tab for tab in tabs._tabs.values() if tab.text() == "comma").click()
    shown.settle()
    assert room.preview is not None
    assert len(room.preview.columns) == 1
    next(tab for tab in tabs._tabs.values() if tab.text() == "semicolon").click()
    shown.settle()
    assert len(room.preview.columns) == 9
    box = room.columns.encoding
    box.setCurrentIndex(box.findData("mac_roman"))
    box.activated.emit(box.currentIndex())
    shown.settle()
    assert not any("Öztürk" in text for text in texts(room.columns))
    box.setCurrentIndex(box.findData("cp1252"))
    box.activated.emit(box.currentIndex())
    shown.settle()
    assert any("Öztürk" in text for text in texts(room.columns))


def test_a_column_goes_where_one_says(shown: Contacts, table: Path) -> None:
    room = bring_in(shown, table)
    number = [column.heading for column in room.preview.columns].index("Lieblingsfarbe")  # type: ignore[union-attr]
    box = room.columns.boxes[number]
    assert box.currentText() == "Keep as it is"
    box.setCurrentIndex(box.findData("remark"))
    box.activated.emit(box.currentIndex())
    shown.settle()
    room.main.click()
    room.main.click()
    shown.settle()
    assert shown.card("Ömer Öztürk").remark == "blau"


def test_what_nobody_asked_about_is_kept_as_it_came(shown: Contacts, table: Path) -> None:
    room = bring_in(shown, table)
    room.main.click()
    room.main.click()
    shown.settle()
    assert [(f.name, f.raw) for f in shown.card("Ömer Öztürk").foreign] == [("Lieblingsfarbe", "blau")]


def test_lines_are_left_out_by_the_keyboard_and_the_button_counts_what_is_left(shown: Contacts, table: Path) -> None:
    room = check(shown, table)
    before = room.check.wanted
    assert str(before) in room.main.text()
    row = [name for name, _ in shown_rows(room)].index("Ömer Öztürk")
    room.check.list.go_to(room.check.table.ids[row])
    press(room.check.list, Qt.Key.Key_Space)
    shown.settle()
    assert shown_rows(room)[row] == ("Ömer Öztürk", "Left out")
    assert room.check.wanted == before - 1
    room.main.click()
    shown.settle()
    assert "Ömer Öztürk" not in names(shown)
    assert any("Left out" in text for text in texts(room.done))


def test_the_summary_goes_through_the_lines_in_their_order_and_says_which_were_left_out(
    shown: Contacts, tmp_path: Path
) -> None:
    shown.ask(lambda desk: desk.own_fields.add("Children", OwnKind.NUMBER))
    room = check(
        shown,
        tmp_path / "list.csv",
        "Vorname;Nachname;Ort;Children\nAsta;Ulm;Kiel;zwei\n;;Köln;\nOle;Zinn;;drei\nEva;Zorn;Ulm;1\n",
    )
    for name in ("Eva Zorn", "Asta Ulm"):
        stand_on(room, name)
        press(room.check.list, Qt.Key.Key_Space)
    room.main.click()
    shown.settle()
    assert names(shown).count("Ole Zinn") == 1
    assert room.done.problems.toPlainText().splitlines() == [
        "Line 2: Left out by you. Asta Ulm",
        "Line 3: No name, e-mail or phone number. Köln",
        "Line 4: “drei” is not a number. It was kept as it came. drei",
        "Line 5: Left out by you. Eva Zorn",
    ]


def test_a_doubt_that_is_a_whole_sentence_can_be_read_to_its_end(shown: Contacts, tmp_path: Path) -> None:
    room = check(shown, tmp_path / "list.csv", "Vorname;Nachname;Straße;PLZ;Ort\nOle;Zinn;Ring 1;1067;Dresden\n")
    said = "The postcode 1067 has only four digits. Is 01067 meant?"
    (label,) = [label for label in room.check.detail.findChildren(QLabel) if label.text() == said]
    assert label.width() <= room.check.detail.width()
    values = [one for one in room.check.detail.findChildren(QLabel) if "Dresden" in one.text()]
    assert label.y() < values[0].y(), "the doubt comes first, not at the foot of a long contact"
    assert label.wordWrap() or label.sizeHint().width() <= label.width()


def test_what_was_left_out_is_called_so_where_there_is_nothing_else_to_look_at(shown: Contacts, tmp_path: Path) -> None:
    room = check(shown, tmp_path / "list.csv", "Vorname;Nachname;Ort\nAsta;Ulm;Kiel\nOle;Zinn;Köln\n")
    stand_on(room, "Asta Ulm")
    press(room.check.list, Qt.Key.Key_Space)
    room.main.click()
    shown.settle()
    assert room.done.problems.toPlainText() == "Line 2: Left out by you. Asta Ulm"
    assert "Please look at these lines" not in texts(room.done)


def test_somebody_known_shows_old_and_new_field_by_field(shown: Contacts, table: Path) -> None:
    room = check(shown, table)
    row = [name for name, _ in shown_rows(room)].index("Bernd Mueller")
    assert shown_rows(room)[row][1] == "Changed"
    room.check.list.go_to(room.check.table.ids[row])
    shown.settle()
    assert any("040 1" in text for text in texts(room.check.detail))


def test_tabs_show_one_kind_of_lines_each(shown: Contacts, table: Path) -> None:
    room = check(shown, table)
    tab = next(tab for tab in room.check.tabs._tabs.values() if tab.text() == "Problems")
    assert tab.accessibleName() == "Problems, 1"
    tab.click()
    assert [state for _, state in shown_rows(room)] == ["Not taken"]


DOUBTFUL = "Vorname;Nachname;Geburtsdatum\nOle;Zinn;1.2.1970\nEva;Zorn;31.02.1970\nUwe;Öz;\n97;;\n"


def test_lines_to_look_at_have_a_tab_and_a_mark_of_their_own(shown: Contacts, tmp_path: Path) -> None:
    room = check(shown, tmp_path / "list.csv", DOUBTFUL)
    tab = next(tab for tab in room.check.tabs._tabs.values() if tab.text() == "Please look")
    assert tab.accessibleName() == "Please look, 2"
    tab.click()
    assert [name for name, _ in shown_rows(room)] == ["Eva Zorn", "97"]
    chips = room.check.table.columns[1].chips
    assert chips is not None
    marks = [[chip.text for chip in chips(room.preview.rows[row])] for row in (0, 1)]  # type: ignore[union-attr]
    assert marks == [["New"], ["New", "Please look"]]
    room.main.click()
    shown.settle()
    said = texts(room.done)
    assert said[said.index("Please look") + 1] == "2"


def test_a_line_that_completes_somebody_from_above_is_no_further_contact(shown: Contacts, tmp_path: Path) -> None:
    table = tmp_path / "list.csv"
    table.write_text("Vorname;Nachname;E-Mail;Ort\nOle;Zinn;o@z.example;\nOle;Zinn;o@z.example;Kiel\n", "utf-8")
    room = bring_in(shown, table)
    room.main.click()
    room.main.click()
    shown.settle()
    said = texts(room.done)
    assert "1 contact imported" in said
    assert any(text.startswith("1 line added something to somebody whom a line above it") for text in said)


def test_the_next_import_takes_the_notice_of_the_last_one_away(shown: Contacts, tmp_path: Path) -> None:
    table = tmp_path / "list.csv"
    table.write_text(DOUBTFUL, "utf-8")
    room = bring_in(shown, table)
    room.main.click()
    room.main.click()
    shown.settle()
    assert "imported" in shown.notice()
    room.main.click()
    assert "imported" in shown.notice()
    bring_in(shown, table)
    assert shown.notice() == ""


def test_another_reading_of_the_columns_is_checked_from_the_top(shown: Contacts, tmp_path: Path) -> None:
    table = tmp_path / "list.csv"
    table.write_text("Vorname;Nachname;X\n" + "".join(f"Ole;Zinn{n};\n" for n in range(80)), "utf-8")
    room = bring_in(shown, table)
    room.main.click()
    press(room.check.list, Qt.Key.Key_End)
    assert room.check.list.current_id == 79
    press(room.check.list, Qt.Key.Key_Escape)
    assert room.steps.current == COLUMNS
    room.columns.boxes[2].activated.emit(0)
    shown.settle()
    room.main.click()
    assert room.check.list.current_id == 0
    assert room.check.list.verticalScrollBar().value() == 0


def test_whoever_says_where_a_column_goes_stays_at_that_column(shown: Contacts, tmp_path: Path) -> None:
    table = tmp_path / "list.csv"
    headings = ";".join(f"Spalte {n}" for n in range(60))
    table.write_text(f"Vorname;{headings}\nOle;{';'.join('x' * 60)}\n", "utf-8")
    room = bring_in(shown, table)
    bar = room.columns._scroll.verticalScrollBar()
    assert bar.maximum() > 600
    bar.setValue(600)
    box = room.columns.boxes[30]
    box.setCurrentIndex(box.findData("remark"))
    box.activated.emit(box.currentIndex())
    shown.settle()
    assert room.columns.boxes[30].currentData() == "remark"
    assert bar.value() == 600


def test_business_cards_have_no_columns_to_look_at(shown: Contacts) -> None:
    room = bring_in(shown, CORPUS / "iphone-3.0.vcf")
    assert room.steps.current == CHECK
    assert room.check.wanted > 0
    assert room.steps.accessibleName() == "Step 2 of 3: Check"
    room.steps.setFocus()
    shown.key(Qt.Key.Key_Left)
    assert room.steps.current == FILE
    room.steps.setFocus()
    shown.key(Qt.Key.Key_Right)
    assert room.steps.current == CHECK


def test_the_step_of_the_columns_is_there_again_for_a_table_after_business_cards(shown: Contacts, table: Path) -> None:
    room = bring_in(shown, CORPUS / "iphone-3.0.vcf")
    without = room.steps.sizeHint().width()
    room = bring_in(shown, table)
    assert room.steps.accessibleName() == "Step 2 of 4: Columns"
    assert room.steps.sizeHint().width() > without


@pytest.mark.parametrize("name", sorted(path.name for path in CORPUS.iterdir()))
def test_what_other_programs_write_comes_in(shown: Contacts, name: str) -> None:
    room = bring_in(shown, CORPUS / name)
    if room.steps.current == COLUMNS:
        room.main.click()
    n = room.check.wanted
    assert n > 0
    room.main.click()
    shown.settle()
    assert room.steps.current == DONE
    assert len(names(shown)) >= 7 + n - room.check.tabs._tabs["changed"]._count  # type: ignore[operator]


def test_a_file_that_is_no_list_is_said_to_be_none_in_place(shown: Contacts, tmp_path: Path) -> None:
    path = tmp_path / "leer.csv"
    path.write_bytes(b"")
    room = bring_in(shown, path)
    assert room.steps.current == FILE
    assert "This file could not be read" in texts(room)
    assert room.main.text() == "Choose a file"


def test_a_dropped_ldif_file_comes_in_and_has_no_delimiter_letters_or_headings_to_choose(
    shown: Contacts, tmp_path: Path
) -> None:
    path = tmp_path / "Adressbuch.ldif"
    path.write_text("dn: cn=Ada Berg,mail=ada@mail.example\ncn: Ada Berg\nmail: ada@mail.example\n")
    room = bring_in(shown, path)
    assert room.steps.current == COLUMNS
    columns = room.columns
    for hidden in (columns.delimiter, columns.encoding, columns.headings, columns.sheet):
        assert not hidden.isVisible()
    assert [box.currentText() for box in columns.boxes] == ["Whole name", "E-mail"]
    room.main.click()
    room.main.click()
    shown.settle()
    assert "Ada Berg" in names(shown)


def test_another_sheet_of_a_workbook_is_one_click_away(shown: Contacts, tmp_path: Path) -> None:
    path = tmp_path / "Listen.xlsx"
    with xlsxwriter.Workbook(str(path)) as book:
        for name, first in (("Kurse", "Latein"), ("Mitglieder", "Ada")):
            sheet = book.add_worksheet(name)
            sheet.write_string(0, 0, "Vorname")
            sheet.write_string(0, 1, "Nachname")
            sheet.write_string(1, 0, first)
            sheet.write_string(1, 1, "Berg")
    room = bring_in(shown, path)
    assert room.columns.sheet.isVisible()
    assert not room.columns.delimiter.isVisible()
    assert [room.columns.sheet.itemText(n) for n in range(room.columns.sheet.count())] == ["Kurse", "Mitglieder"]
    assert shown_rows(room)[0][0] == "Latein Berg"
    room.columns.sheet.setFocus()
    QTest.keyClick(room.columns.sheet, Qt.Key.Key_Down)
    room.columns.sheet.activated.emit(room.columns.sheet.currentIndex())
    shown.settle()
    assert room.columns.sheet.currentText() == "Mitglieder"
    assert shown_rows(room)[0][0] == "Ada Berg"


def test_help_speaks_of_importing_while_one_imports(shown: Contacts, tmp_path: Path) -> None:
    path = tmp_path / "list.csv"
    path.write_text("First name,Last name\nAnna,Berg\n")
    bring_in(shown, path)
    shown.do("help.here")
    help = shown.window._help
    assert help is not None
    assert help.topic == "import"
    shown.do("contacts.bin")
    shown.do("help.here")
    assert help.topic == "contacts"
    help.close()


def test_markup_in_a_file_is_shown_as_typed(shown: Contacts, tmp_path: Path) -> None:
    path = tmp_path / "markup.csv"
    path.write_text(f"First name,Last name\n{MARKUP},{MARKUP}\n<i>Otto</i>,<u>Neu</u>\n", encoding="utf-8")
    room = bring_in(shown, path)
    assert all(label.textFormat() == Qt.TextFormat.PlainText for label in room.findChildren(QLabel))
    assert any(MARKUP in text for text in texts(room))
    room.main.click()
    shown.settle()
    assert "<i>Otto</i> <u>Neu</u>" in [name for name, _ in shown_rows(room)]
    assert all(label.textFormat() == Qt.TextFormat.PlainText for label in room.findChildren(QLabel))


def test_several_files_come_one_after_the_other(shown: Contacts) -> None:
    room = bring_in(shown, CORPUS / "iphone-3.0.vcf", CORPUS / "android-2.1.vcf")
    room.main.click()
    shown.settle()
    assert room.main.text() == "Next file"
    room.main.click()
    shown.settle()
    assert room.steps.current == CHECK
    assert room.preview is not None
    assert room.preview.path.name == "android-2.1.vcf"


def test_import_from_the_menu_asks_for_the_file_at_once(
    shown: Contacts, table: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(files, "ask_several", lambda *args: [table])
    shown.do("contacts.import")
    shown.qtbot.waitUntil(lambda: shown.page_.rooms.importing.steps.current == COLUMNS)
    shown.settle()


def test_esc_goes_back_step_by_step_and_nothing_was_written(shown: Contacts, table: Path) -> None:
    room = bring_in(shown, table)
    room.main.click()
    press(room, Qt.Key.Key_Escape)
    assert room.steps.current == COLUMNS
    press(room, Qt.Key.Key_Escape)
    shown.settle()
    assert shown.page_.list.isVisible()
    assert len(names(shown)) == 7


def test_a_file_dropped_on_the_window_is_offered(shown: Contacts, table: Path) -> None:
    dropped: list[list[Path]] = []
    shown.window.files_dropped.connect(dropped.append)
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(table))])
    event = QDropEvent(
        QPointF(300, 300), Qt.DropAction.CopyAction, data, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    )
    shown.window.dropEvent(event)
    assert dropped == [[table]]
    shown.window.take_files(dropped[0])
    shown.settle()
    room = shown.page_.rooms.importing
    assert room is not None
    assert room.isVisible()
    assert room.steps.current == COLUMNS


def test_every_control_of_the_room_has_a_name(shown: Contacts, table: Path) -> None:
    room = bring_in(shown, table)
    assert unnamed(room) == []  # type: ignore[arg-type]
    room.main.click()
    shown.settle()
    assert unnamed(room) == []  # type: ignore[arg-type]
    room.main.click()
    shown.settle()
    assert unnamed(room) == []  # type: ignore[arg-type]


def test_enter_goes_on_in_every_step_and_space_or_delete_leave_one_out(shown: Contacts, table: Path) -> None:
    room = bring_in(shown, table)
    press(room.main, Qt.Key.Key_Return)
    assert room.steps.current == CHECK
    wanted = room.check.wanted
    row = next(row.id for row in room.preview.rows if row.kind is Kind.NEW)  # type: ignore[union-attr]
    room.check.list.go_to(row)
    for key in (Qt.Key.Key_Space, Qt.Key.Key_Delete):
        shown.key(key)
        assert room.check.skipped == {row}
        assert (room.check.detail.skip.text(), room.check.detail.skip._icon) == ("Take after all", "plus-circle")
        shown.key(key)
        assert room.check.skipped == set()
        assert (room.check.detail.skip.text(), room.check.detail.skip._icon) == ("Leave out", "minus-circle")
    assert room.check.wanted == wanted
    shown.key(Qt.Key.Key_Return)
    shown.settle()
    assert room.steps.current == DONE
