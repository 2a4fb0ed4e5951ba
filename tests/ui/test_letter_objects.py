"""What else stands in a letter: pictures, codes, new pages, slips, paragraphs for some only, and their dialogs."""

from __future__ import annotations

from PySide6.QtGui import QTextCursor
from tests.ui.letter_typing import beginning_of, plain, type_words

from alumnidesk.domain.letter_text import (
    Code,
    NewPage,
    Paragraph,
    Picture,
    Run,
    Signature,
    Slip,
)
from alumnidesk.ui.letters.editor import LetterEditor
from alumnidesk.ui.letters.writing.dialogs import ObjectDialog, TableDialog


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
    body.setTextCursor(beginning_of(body, 1))
    assert body.painted_here() == Picture("ab", 40)
    body.change_painted(Picture("ab", 90, "right"))
    assert body.letter[1] == Picture("ab", 90, "right")
    type_words(body, "x")
    beside = {Paragraph((Run("x"),), align="right"), Picture("ab", 90, "right")}
    assert beside <= {*body.letter}, "words beside a picture are a paragraph of their own"
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
    body.setTextCursor(beginning_of(body, 1))
    body.moveCursor(QTextCursor.MoveOperation.EndOfBlock)
    type_words(body, "\nI come")
    body.put(Picture("ab"))
    slip = body.letter[1]
    assert isinstance(slip, Slip)
    assert slip.blocks == (*plain("Reply", "I come"), Picture("ab"))
    body.setTextCursor(beginning_of(body, 1))
    assert body.in_slip
    body.leave_slip()
    assert body.letter[1] == plain("Reply")[0]
    assert isinstance(body.letter[2], Slip)


def test_only_some_get_a_paragraph_and_it_says_who(editor: LetterEditor) -> None:
    body = editor.body
    type_words(body, "For all\nFor some\nFor all again")
    body.setTextCursor(beginning_of(body, 1))
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
