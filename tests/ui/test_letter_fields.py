"""The fields of a letter: what is kept and what is taken back, whatever one does."""

from __future__ import annotations

from collections.abc import Callable

from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from PySide6.QtCore import QEvent, QPointF, QRect, Qt
from PySide6.QtGui import QKeyEvent, QMouseEvent, QTextCursor
from PySide6.QtWidgets import QApplication
from tests.ui.letter_typing import CTRL, SHIFT, press, type_words

from alumnidesk.domain import letter_markup
from alumnidesk.domain.cards import LetterText, TemplateCard
from alumnidesk.domain.letter_text import (
    Code,
    NewPage,
    Paragraph,
    Picture,
    Run,
    Slip,
    Table,
)
from alumnidesk.ui.letters.editor import LetterEditor
from alumnidesk.ui.letters.writing.body import Body
from alumnidesk.ui.letters.writing.conversion import normal, read


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
