"""Writing a letter: words, chips, lists and tables, as a person does it."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QTextCursor
from tests.ui.letter_typing import CTRL, SHIFT, beginning_of, plain, press, type_words

from alumnidesk.domain.letter_text import (
    Paragraph,
    Run,
    Table,
)
from alumnidesk.ui.letters.editor import LetterEditor
from alumnidesk.ui.letters.writing.table_menu import TableMenu

# Words -------------------------------------------------------------------------------------------------------------


def test_words_are_made_bold_italic_and_underlined_by_keys(editor: LetterEditor) -> None:
    body = editor.body
    type_words(body, "We are ")
    press(body, Qt.Key.Key_B, CTRL)
    type_words(body, "glad")
    press(body, Qt.Key.Key_B, CTRL)
    press(body, Qt.Key.Key_I, CTRL)
    press(body, Qt.Key.Key_U, CTRL)
    type_words(body, " always")
    runs = (Run("We are "), Run("glad", bold=True), Run(" always", italic=True, underlined=True))
    assert body.letter == (Paragraph(runs),)
    assert editor.tools.italic.isChecked()
    assert not editor.tools.bold.isChecked()
    body.selectAll()
    editor.tools.bold.click()
    editor.tools.bold.click()
    assert not any(run.bold for run in body.letter[0].runs)


def test_paragraphs_have_a_size_and_an_alignment(editor: LetterEditor) -> None:
    body = editor.body
    type_words(body, "Programme\nCoffee")
    body.moveCursor(QTextCursor.MoveOperation.Start)
    sizes = editor.tools.sizes
    sizes.setCurrentIndex(sizes.findData("heading"))
    sizes.activated.emit(sizes.currentIndex())
    press(body, Qt.Key.Key_E, CTRL)
    heading, normal = body.letter
    assert (heading.size, heading.align) == ("heading", "centre")  # type: ignore[union-attr]
    assert (normal.size, normal.align) == ("normal", "left")  # type: ignore[union-attr]
    first = body.document().firstBlock().layout()
    assert first.formats()[0].format.fontPointSize() > body.font().pointSizeF()
    body.moveCursor(QTextCursor.MoveOperation.EndOfBlock)
    press(body, Qt.Key.Key_Return)
    type_words(body, "At last")
    assert body.letter[1].size == "normal", "behind a heading come normal words"  # type: ignore[union-attr]


def test_a_letter_without_adornments_stays_plain(editor: LetterEditor) -> None:
    type_words(editor.body, "Dear {First name},\nwe are glad.")
    assert editor.text().body == "Dear {given_name},\n\nwe are glad."


def test_a_line_can_end_within_a_paragraph(editor: LetterEditor) -> None:
    type_words(editor.body, "Lindenhof 1")
    press(editor.body, Qt.Key.Key_Return, SHIFT)
    type_words(editor.body, "24937 Flensburg")
    assert editor.body.letter == plain("Lindenhof 1\n24937 Flensburg")


# Placeholders ------------------------------------------------------------------------------------------------------


def test_what_is_typed_in_braces_becomes_one_chip_that_is_deleted_as_a_whole(editor: LetterEditor) -> None:
    body = editor.body
    type_words(body, "Dear {Vorname}!")
    assert [name for _, name in body.chips()] == ["given_name"]
    assert body.stored == "Dear {given_name}!"
    assert body.names.shown("given_name") == "First name"
    press(body, Qt.Key.Key_Backspace)
    press(body, Qt.Key.Key_Backspace)
    assert body.stored == "Dear", "a space at the end needs no markup"
    body.undo()
    body.undo()
    assert body.stored == "Dear {given_name}!"


def test_a_chip_takes_on_the_look_of_words_and_keeps_it(editor: LetterEditor) -> None:
    body = editor.body
    type_words(body, "{name}")
    body.selectAll()
    press(body, Qt.Key.Key_B, CTRL)
    assert body.letter == (Paragraph((Run("{name}", bold=True),)),)
    body.moveCursor(QTextCursor.MoveOperation.End)
    type_words(body, "!")
    assert body.letter == (Paragraph((Run("{name}!", bold=True),)),)


def test_chips_are_wider_than_their_names_and_show_values_when_asked(editor: LetterEditor) -> None:
    body = editor.body
    type_words(body, "{name}")
    narrow = body.cursorRect().x()
    editor.names.values = {"name": "Wilhelmine Auguste von der Lindenhof-Hohenfels"}
    editor.names.valued = True
    editor.chips_changed()
    assert body.cursorRect().x() > narrow * 2
    assert body.stored == "{name}"


def test_unknown_braces_of_all_kinds_stay_what_they_are(editor: LetterEditor) -> None:
    type_words(editor.body, "{}, { a { b }")
    assert editor.body.stored == "{}, { a { b }"


def test_a_screen_reader_hears_the_names_of_placeholders(editor: LetterEditor) -> None:
    body = editor.body
    type_words(body, "Dear {name},\nwe are glad")
    press(body, Qt.Key.Key_Up)
    assert body.spoken(before=12) == "Dear Placeholder Name,"
    cursor = body.textCursor()
    cursor.setPosition(6)
    body.setTextCursor(cursor)
    assert body.spoken(before=5) == "Placeholder Name", "to the right"
    cursor.setPosition(5)
    body.setTextCursor(cursor)
    assert body.spoken(before=6) == "Placeholder Name", "to the left"
    assert body.spoken(before=4) == "", "letters are read by Qt"
    assert body.spoken(before=2) == "", "the line was read already"


# Lists -------------------------------------------------------------------------------------------------------------


def test_a_list_goes_on_and_ends_as_in_a_word_processor(editor: LetterEditor) -> None:
    body = editor.body
    editor.tools.numbers.click()
    type_words(body, "Coffee\n")
    press(body, Qt.Key.Key_Tab)
    type_words(body, "with cake\n\n")
    type_words(body, "Choir\n\nSee you")
    items = [(block.mark, block.level, block.text) for block in body.letter if isinstance(block, Paragraph)]
    assert items == [("number", 0, "Coffee"), ("number", 1, "with cake"), ("number", 0, "Choir"), ("", 0, "See you")]
    press(body, Qt.Key.Key_8, CTRL | SHIFT)
    assert editor.tools.bullets.isChecked()
    body.moveCursor(QTextCursor.MoveOperation.StartOfBlock)
    press(body, Qt.Key.Key_Backspace)
    assert not editor.tools.bullets.isChecked()
    assert len(body.letter) == 4, "the item is a paragraph again and no part of the one above"


# Tables ------------------------------------------------------------------------------------------------------------


def test_a_table_is_filled_with_tab_and_grows_at_its_end(editor: LetterEditor) -> None:
    body = editor.body
    type_words(body, "Programme")
    body.put(Table((((), ()),), (50, 50), head=True))
    for word in ("Coffee", "15:00", "Choir"):
        type_words(body, word)
        press(body, Qt.Key.Key_Tab)
    type_words(body, "16\n00")
    table = body.letter[1]
    assert isinstance(table, Table)
    words = [["".join(run.text for run in cell) for cell in row] for row in table.rows]
    assert words == [["Coffee", "15:00"], ["Choir", "16\n00"]]
    assert table.head


def test_one_writes_in_the_first_cell_of_a_table_that_was_put_in(editor: LetterEditor) -> None:
    body = editor.body
    for at in (0, 4, 9):  # before words, between them, behind them
        body.show_stored("")
        type_words(body, "Programme\nSee you")
        cursor = body.textCursor()
        cursor.setPosition(at)
        body.setTextCursor(cursor)
        body.put(Table((((), ()), ((), ())), (50, 50)))
        type_words(body, "Coffee")
        table = next(block for block in body.letter if isinstance(block, Table))
        assert table.rows == (((Run("Coffee"),), ()), ((), ()))


def test_rows_and_columns_come_and_go_and_undo_brings_them_back(editor: LetterEditor) -> None:
    body = editor.body
    cells = tuple(tuple((Run(f"{row}{column}"),) for column in "ab") for row in "12")
    body.put(Table(cells, (70, 30)))
    menu = TableMenu(body, editor)

    def do(words: str) -> Table | None:
        body.setTextCursor(beginning_of(body, 1))
        menu.fill()
        next(action for action in menu.menu.actions() if action.text() == words).trigger()
        return next((block for block in body.letter if isinstance(block, Table)), None)

    before = body.letter
    grown = do("Column after")
    assert grown is not None
    assert (len(grown.rows[0]), grown.widths) == (3, (33, 33, 34))
    body.undo()
    assert body.letter == before
    grown = do("Row below")
    assert grown is not None
    assert [len(row) for row in grown.rows] == [2, 2, 2]
    left = do("Delete the column")
    assert left is not None
    assert left.widths == (100,)
    assert do("Delete the table") is None
    for _ in range(3):
        body.undo()
    assert body.letter == before
