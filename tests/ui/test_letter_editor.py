"""Writing a letter: typing, chips, lists, tables, copying and pasting, undo, as a person does it."""

from __future__ import annotations

from collections.abc import Callable

from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from PySide6.QtCore import QEvent, QPointF, QRect, Qt
from PySide6.QtGui import QKeyEvent, QMouseEvent, QTextCursor
from PySide6.QtWidgets import QApplication
from tests.ui.letter_typing import CTRL, SHIFT, plain, press, type_words

from alumnidesk.domain import letter_markup
from alumnidesk.domain.cards import LetterText, TemplateCard
from alumnidesk.domain.letter_text import (
    Code,
    NewPage,
    Paragraph,
    Picture,
    Run,
    Signature,
    Slip,
    Table,
)
from alumnidesk.ui.letters.editor import LetterEditor
from alumnidesk.ui.letters.writing.body import Body
from alumnidesk.ui.letters.writing.conversion import normal, read
from alumnidesk.ui.letters.writing.dialogs import ObjectDialog, TableDialog
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
        body.setTextCursor(_at(body, 1))
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


# What else stands in a letter --------------------------------------------------------------------------------------


def test_a_picture_a_code_and_a_new_page_stand_for_themselves(editor: LetterEditor) -> None:
    body = editor.body
    type_words(body, "Before")
    for block in (Picture("ab", 40), Code("https://lindenhof.example/{email}"), Signature(), NewPage()):
        body.put(block)
    type_words(body, "After")
    assert body.letter == (
        *plain("Before"),
        Picture("ab", 40),
        Code("https://lindenhof.example/{email}"),
        Signature(),
        NewPage(),
        *plain("After"),
    )
    body.setTextCursor(_at(body, 1))
    assert body.painted_here() == Picture("ab", 40)
    body.change_painted(Picture("ab", 90, "right"))
    assert body.letter[1] == Picture("ab", 90, "right")
    type_words(body, "x")
    assert isinstance(body.letter[1], Picture | Paragraph), "words beside a picture are a paragraph of their own"
    assert Picture("ab", 90, "right") in body.letter
    for _ in range(3):
        body.undo()
    assert body.letter[1] == Picture("ab", 40)


def test_a_picture_is_put_into_the_middle_of_words(editor: LetterEditor) -> None:
    body = editor.body
    type_words(body, "onetwo")
    cursor = body.textCursor()
    cursor.setPosition(3)
    body.setTextCursor(cursor)
    body.put(Picture("ab"))
    assert body.letter == (*plain("one"), Picture("ab"), *plain("two"))
    type_words(body, "!")
    assert body.letter[2] == plain("!two")[0]
    body.type_in("{salutation}")
    body.moveCursor(QTextCursor.MoveOperation.Start)
    body.put(Picture("ab"))
    assert body.letter == (Picture("ab"), *plain("{salutation}"))


def test_a_reply_slip_stays_one_while_it_is_written(editor: LetterEditor) -> None:
    body = editor.body
    type_words(body, "Please answer.")
    body.put(Slip((Paragraph((Run("Reply"),)),)))
    body.setTextCursor(_at(body, 1))
    body.moveCursor(QTextCursor.MoveOperation.EndOfBlock)
    type_words(body, "\nI come")
    body.put(Picture("ab"))
    slip = body.letter[1]
    assert isinstance(slip, Slip)
    assert slip.blocks == (*plain("Reply", "I come"), Picture("ab"))
    body.setTextCursor(_at(body, 1))
    assert body.in_slip
    body.leave_slip()
    assert body.letter[1] == plain("Reply")[0]
    assert isinstance(body.letter[2], Slip)


def test_only_some_get_a_paragraph_and_it_says_who(editor: LetterEditor) -> None:
    body = editor.body
    type_words(body, "For all\nFor some\nFor all again")
    body.setTextCursor(_at(body, 1))
    body.set_only("email:none")
    assert [block.only for block in body.letter] == ["", "email:none", ""]
    assert body.only == "email:none"
    asked: list[str] = []
    body.in_words = lambda only: asked.append(only) or "Only if"  # type: ignore[func-returns-value]
    body.grab()
    assert asked == ["email:none"]
    body.set_only("")
    assert [block.only for block in body.letter] == ["", "", ""]
    body.undo()
    assert [block.only for block in body.letter] == ["", "email:none", ""]


# Fields ------------------------------------------------------------------------------------------------------------


def test_undo_is_that_of_the_text_while_something_is_typed_and_that_of_the_window_before(editor: LetterEditor) -> None:
    event = QKeyEvent(QEvent.Type.ShortcutOverride, Qt.Key.Key_Z, CTRL)
    event.setAccepted(False)
    QApplication.sendEvent(editor.body, event)
    assert not event.isAccepted(), "the window may undo its last deed"
    type_words(editor.body, "Words")
    QApplication.sendEvent(editor.body, event)
    assert event.isAccepted()
    press(editor.body, Qt.Key.Key_Z, CTRL)
    assert editor.body.stored == ""


def test_esc_gives_back_what_is_stored_and_undo_takes_that_back(editor: LetterEditor) -> None:
    type_words(editor.body, "Long words")
    press(editor.body, Qt.Key.Key_Escape)
    assert editor.body.stored == ""
    editor.tools.undo.click()
    assert editor.body.stored == "Long words"


def test_leaving_a_field_saves_the_letter_once_and_keeps_the_undo_of_the_text(editor: LetterEditor) -> None:
    saved: list[TemplateCard] = []
    editor.saved.connect(saved.append)
    type_words(editor.body, "Words")
    editor.fields["subject"].text.setFocus()
    assert [card.texts[0].body for card in saved] == ["Words"]
    editor.show_letter(saved[0])
    assert editor.body.document().isUndoAvailable()
    assert not editor.edited


def test_a_letter_that_nobody_changed_is_not_saved_whatever_form_its_text_has(editor: LetterEditor) -> None:
    saved: list[TemplateCard] = []
    editor.saved.connect(saved.append)
    editor.show_letter(
        TemplateCard(id=2, name="Brief", texts=(LetterText("en", "a", "{salutation} \n\n\n\nWords\n\n"),))
    )
    assert not editor.edited
    assert editor.commit()
    assert editor.text().body == "{salutation} \n\n\n\nWords\n\n"
    assert saved == []


def test_a_click_on_the_white_below_the_words_goes_behind_them(editor: LetterEditor) -> None:
    type_words(editor.body, "Words")
    editor.fields["subject"].text.setFocus()
    page = editor.sheet.page
    place = QPointF(page.width() / 2, page.height() - 100)
    left, none = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    page.mousePressEvent(QMouseEvent(QEvent.Type.MouseButtonPress, place, place, left, left, none))
    assert editor.body.hasFocus()
    assert editor.body.textCursor().atEnd()


def test_the_page_shows_where_one_writes(editor: LetterEditor) -> None:
    type_words(editor.body, "Line\n" * 80)
    bar = editor.sheet.verticalScrollBar()
    assert bar.value() > 500
    press(editor.body, Qt.Key.Key_PageUp)
    line = editor.body.textCursor().blockNumber()
    assert 40 < line < 80
    place = editor.body.viewport().mapTo(editor.sheet, editor.body.cursorRect().center())
    assert editor.sheet.rect().contains(place)


def _at(body: Body, block: int) -> QTextCursor:
    return QTextCursor(body.document().findBlockByNumber(block))


def test_a_number_stands_in_its_field_as_words_do(editor: LetterEditor) -> None:
    dialog = ObjectDialog(editor.body.look, Code("https://lindenhof.example"), editor)
    dialog.show()
    words, number = dialog.says, dialog.size_
    assert abs(number.height() - words.height()) <= 1
    inner = number.lineEdit()
    inner.setCursorPosition(0)
    words.setCursorPosition(0)
    typed = words.mapTo(dialog, words.cursorRect().center())
    assert abs(inner.mapTo(dialog, inner.cursorRect().center()).x() - typed.x()) <= 2
    dialog.close()


def test_what_is_new_is_inserted_and_what_is_there_is_changed(editor: LetterEditor) -> None:
    look = editor.body.look
    verbs = {
        dialog.windowTitle(): dialog.made[-1].text()
        for dialog in (ObjectDialog(look, Picture("none"), editor), TableDialog(look, editor))
    }
    assert verbs == {"Picture": "Change", "Table": "Insert"}
    codes = [ObjectDialog(look, Code(text), editor).made[-1].text() for text in ("", "https://lindenhof.example")]
    assert codes == ["Insert", "Change"]


# Any sequence ------------------------------------------------------------------------------------------------------

# Steps are taken back in the document itself: with its cursor Qt warns of a place behind the end, and goes to the end.
_STEPS: dict[str, Callable[[Body], object]] = {
    "words": lambda body: type_words(body, "Words {name} "),
    "enter": lambda body: press(body, Qt.Key.Key_Return),
    "line": lambda body: press(body, Qt.Key.Key_Return, SHIFT),
    "back": lambda body: press(body, Qt.Key.Key_Backspace),
    "delete": lambda body: press(body, Qt.Key.Key_Delete),
    "bold": lambda body: press(body, Qt.Key.Key_B, CTRL),
    "numbers": lambda body: body.set_mark("number"),
    "in": lambda body: body.move_level(1),
    "heading": lambda body: body.set_size("heading"),
    "right": lambda body: body.set_align("right"),
    "only": lambda body: body.set_only("email:none"),
    "table": lambda body: body.put(Table((((), (Run("cell"),)), ((), ())), (40, 60), head=True)),
    "picture": lambda body: body.put(Picture("ab")),
    "code": lambda body: body.put(Code("{email}")),
    "slip": lambda body: body.put(Slip((Paragraph((Run("Reply"),)),))),
    "page": lambda body: body.put(NewPage()),
    "start": lambda body: body.moveCursor(QTextCursor.MoveOperation.Start),
    "up": lambda body: press(body, Qt.Key.Key_Up),
    "left": lambda body: press(body, Qt.Key.Key_Left),
    "select up": lambda body: press(body, Qt.Key.Key_Up, SHIFT),
    "end": lambda body: body.moveCursor(QTextCursor.MoveOperation.End),
    "all": lambda body: body.selectAll(),
    "cut": lambda body: body.cut(),
    "paste": lambda body: body.paste(),
    "undo": lambda body: body.document().undo(),
    "redo": lambda body: body.document().redo(),
    "tab": lambda body: body.focusNextPrevChild(True),
}


@settings(
    max_examples=40,
    deadline=None,
    phases=(Phase.explicit, Phase.generate),
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(st.lists(st.sampled_from(sorted(_STEPS)), max_size=14))
def test_after_any_sequence_of_steps_the_letter_is_kept_as_it_stands(editor: LetterEditor, steps: list[str]) -> None:
    body = editor.body
    body.show_stored("")
    for step in steps:
        body.setFocus()
        _STEPS[step](body)
    stored, letter = body.stored, body.letter
    assert read(body.document(), again=False) == read(body.document()), "what was kept of a paragraph is up to date"
    assert letter_markup.read(stored) == letter
    assert normal(letter) == letter
    body.grab(QRect(0, 0, 600, 300))
    steps_back = 0
    while body.document().isUndoAvailable() and steps_back < 200:
        body.document().undo()
        steps_back += 1
    assert body.letter == ()
    while body.document().isRedoAvailable():
        body.document().redo()
    assert body.letter == letter or "undo" in steps
