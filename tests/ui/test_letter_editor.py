"""Writing a letter: typing, chips, lists, tables, copying and pasting, undo, as a person does it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from PySide6.QtCore import QEvent, QMimeData, QPointF, QRect, Qt, QUrl
from PySide6.QtGui import QColor, QGuiApplication, QImage, QKeyEvent, QMouseEvent, QTextCursor
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from alumnidesk.domain import letter_markup
from alumnidesk.domain.cards import LetterText, TemplateCard
from alumnidesk.domain.letter_text import (
    Code,
    Document,
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
from alumnidesk.ui.letters.writing.pasting import from_html
from alumnidesk.ui.letters.writing.table_menu import TableMenu
from alumnidesk.ui.look import Look

CTRL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier


@pytest.fixture
def editor(qtbot: QtBot, qapp: QApplication) -> LetterEditor:
    """A letter that is still empty, with the keyboard in its text."""
    look = Look(qapp, palette="light")
    made = LetterEditor(look)
    qtbot.addWidget(made)
    made.resize(760, 700)
    made.show_letter(TemplateCard(id=1, name="Gruß", texts=(LetterText("en", "", ""),)))
    made.show()
    made.activateWindow()
    made.body.setFocus()
    qtbot.waitUntil(made.body.hasFocus, timeout=5000)
    return made


def _type(body: Body, text: str) -> None:
    for sign in text:
        for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
            key = Qt.Key.Key_Return if sign == "\n" else Qt.Key.Key_unknown
            QApplication.sendEvent(body, QKeyEvent(kind, key, Qt.KeyboardModifier.NoModifier, sign))


def _key(body: Body, key: Qt.Key, modifiers: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    QTest.keyClick(body, key, modifiers)


def _paste(body: Body, *, html: str = "", text: str = "") -> None:
    source = QMimeData()
    if html:
        source.setHtml(html)
    if text:
        source.setText(text)
    body.insertFromMimeData(source)


def _plain(*texts: str) -> Document:
    return tuple(Paragraph((Run(text),) if text else ()) for text in texts)


# Words -------------------------------------------------------------------------------------------------------------


def test_words_are_made_bold_italic_and_underlined_by_keys(editor: LetterEditor) -> None:
    body = editor.body
    _type(body, "We are ")
    _key(body, Qt.Key.Key_B, CTRL)
    _type(body, "glad")
    _key(body, Qt.Key.Key_B, CTRL)
    _key(body, Qt.Key.Key_I, CTRL)
    _key(body, Qt.Key.Key_U, CTRL)
    _type(body, " always")
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
    _type(body, "Programme\nCoffee")
    body.moveCursor(QTextCursor.MoveOperation.Start)
    sizes = editor.tools.sizes
    sizes.setCurrentIndex(sizes.findData("heading"))
    sizes.activated.emit(sizes.currentIndex())
    _key(body, Qt.Key.Key_E, CTRL)
    heading, normal = body.letter
    assert (heading.size, heading.align) == ("heading", "centre")  # type: ignore[union-attr]
    assert (normal.size, normal.align) == ("normal", "left")  # type: ignore[union-attr]
    first = body.document().firstBlock().layout()
    assert first.formats()[0].format.fontPointSize() > body.font().pointSizeF()
    body.moveCursor(QTextCursor.MoveOperation.EndOfBlock)
    _key(body, Qt.Key.Key_Return)
    _type(body, "At last")
    assert body.letter[1].size == "normal", "behind a heading come normal words"  # type: ignore[union-attr]


def test_a_letter_without_adornments_stays_plain(editor: LetterEditor) -> None:
    _type(editor.body, "Dear {First name},\nwe are glad.")
    assert editor.text().body == "Dear {given_name},\n\nwe are glad."


def test_a_line_can_end_within_a_paragraph(editor: LetterEditor) -> None:
    _type(editor.body, "Lindenhof 1")
    _key(editor.body, Qt.Key.Key_Return, SHIFT)
    _type(editor.body, "24937 Flensburg")
    assert editor.body.letter == _plain("Lindenhof 1\n24937 Flensburg")


# Placeholders ------------------------------------------------------------------------------------------------------


def test_what_is_typed_in_braces_becomes_one_chip_that_is_deleted_as_a_whole(editor: LetterEditor) -> None:
    body = editor.body
    _type(body, "Dear {Vorname}!")
    assert [name for _, name in body.chips()] == ["given_name"]
    assert body.stored == "Dear {given_name}!"
    assert body.names.shown("given_name") == "First name"
    _key(body, Qt.Key.Key_Backspace)
    _key(body, Qt.Key.Key_Backspace)
    assert body.stored == "Dear", "a space at the end needs no markup"
    body.undo()
    body.undo()
    assert body.stored == "Dear {given_name}!"


def test_a_chip_takes_on_the_look_of_words_and_keeps_it(editor: LetterEditor) -> None:
    body = editor.body
    _type(body, "{name}")
    body.selectAll()
    _key(body, Qt.Key.Key_B, CTRL)
    assert body.letter == (Paragraph((Run("{name}", bold=True),)),)
    body.moveCursor(QTextCursor.MoveOperation.End)
    _type(body, "!")
    assert body.letter == (Paragraph((Run("{name}!", bold=True),)),)


def test_chips_are_wider_than_their_names_and_show_values_when_asked(editor: LetterEditor) -> None:
    body = editor.body
    _type(body, "{name}")
    narrow = body.cursorRect().x()
    editor.names.values = {"name": "Wilhelmine Auguste von der Lindenhof-Hohenfels"}
    editor.names.valued = True
    editor.chips_changed()
    assert body.cursorRect().x() > narrow * 2
    assert body.stored == "{name}"


def test_unknown_braces_of_all_kinds_stay_what_they_are(editor: LetterEditor) -> None:
    _type(editor.body, "{}, { a { b }")
    assert editor.body.stored == "{}, { a { b }"


def test_a_screen_reader_hears_the_names_of_placeholders(editor: LetterEditor) -> None:
    body = editor.body
    _type(body, "Dear {name},\nwe are glad")
    _key(body, Qt.Key.Key_Up)
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
    _type(body, "Coffee\n")
    _key(body, Qt.Key.Key_Tab)
    _type(body, "with cake\n\n")
    _type(body, "Choir\n\nSee you")
    items = [(block.mark, block.level, block.text) for block in body.letter if isinstance(block, Paragraph)]
    assert items == [("number", 0, "Coffee"), ("number", 1, "with cake"), ("number", 0, "Choir"), ("", 0, "See you")]
    _key(body, Qt.Key.Key_8, CTRL | SHIFT)
    assert editor.tools.bullets.isChecked()
    body.moveCursor(QTextCursor.MoveOperation.StartOfBlock)
    _key(body, Qt.Key.Key_Backspace)
    assert not editor.tools.bullets.isChecked()
    assert len(body.letter) == 4, "the item is a paragraph again and no part of the one above"


# Tables ------------------------------------------------------------------------------------------------------------


def test_a_table_is_filled_with_tab_and_grows_at_its_end(editor: LetterEditor) -> None:
    body = editor.body
    _type(body, "Programme")
    body.put(Table((((), ()),), (50, 50), head=True))
    body.moveCursor(QTextCursor.MoveOperation.Up)
    body.moveCursor(QTextCursor.MoveOperation.StartOfBlock)
    _key(body, Qt.Key.Key_Tab, SHIFT)
    for word in ("Coffee", "15:00", "Choir"):
        _type(body, word)
        _key(body, Qt.Key.Key_Tab)
    _type(body, "16\n00")
    table = body.letter[1]
    assert isinstance(table, Table)
    words = [["".join(run.text for run in cell) for cell in row] for row in table.rows]
    assert words == [["Coffee", "15:00"], ["Choir", "16\n00"]]
    assert table.head


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
    _type(body, "Before")
    for block in (Picture("ab", 40), Code("https://lindenhof.example/{email}"), Signature(), NewPage()):
        body.put(block)
    _type(body, "After")
    assert body.letter == (
        *_plain("Before"),
        Picture("ab", 40),
        Code("https://lindenhof.example/{email}"),
        Signature(),
        NewPage(),
        *_plain("After"),
    )
    body.setTextCursor(_at(body, 1))
    assert body.painted_here() == Picture("ab", 40)
    body.change_painted(Picture("ab", 90, "right"))
    assert body.letter[1] == Picture("ab", 90, "right")
    _type(body, "x")
    assert isinstance(body.letter[1], Picture | Paragraph), "words beside a picture are a paragraph of their own"
    assert Picture("ab", 90, "right") in body.letter
    for _ in range(3):
        body.undo()
    assert body.letter[1] == Picture("ab", 40)


def test_a_picture_is_put_into_the_middle_of_words(editor: LetterEditor) -> None:
    body = editor.body
    _type(body, "onetwo")
    cursor = body.textCursor()
    cursor.setPosition(3)
    body.setTextCursor(cursor)
    body.put(Picture("ab"))
    assert body.letter == (*_plain("one"), Picture("ab"), *_plain("two"))
    _type(body, "!")
    assert body.letter[2] == _plain("!two")[0]
    body.type_in("{salutation}")
    body.moveCursor(QTextCursor.MoveOperation.Start)
    body.put(Picture("ab"))
    assert body.letter == (Picture("ab"), *_plain("{salutation}"))


def test_a_reply_slip_stays_one_while_it_is_written(editor: LetterEditor) -> None:
    body = editor.body
    _type(body, "Please answer.")
    body.put(Slip((Paragraph((Run("Reply"),)),)))
    body.setTextCursor(_at(body, 1))
    body.moveCursor(QTextCursor.MoveOperation.EndOfBlock)
    _type(body, "\nI come")
    body.put(Picture("ab"))
    slip = body.letter[1]
    assert isinstance(slip, Slip)
    assert slip.blocks == (*_plain("Reply", "I come"), Picture("ab"))
    body.setTextCursor(_at(body, 1))
    assert body.in_slip
    body.leave_slip()
    assert body.letter[1] == _plain("Reply")[0]
    assert isinstance(body.letter[2], Slip)


def test_only_some_get_a_paragraph_and_it_says_who(editor: LetterEditor) -> None:
    body = editor.body
    _type(body, "For all\nFor some\nFor all again")
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


# Copying and pasting -----------------------------------------------------------------------------------------------


def test_what_is_copied_is_pasted_as_it_was(editor: LetterEditor) -> None:
    body = editor.body
    document: Document = (
        Paragraph((Run("Dear "), Run("{given_name}", italic=True)), only="email:none"),
        Paragraph((Run("Coffee"),), mark="bullet", level=1),
        Table(((((Run("a"),)), (Run("b"),)),), (30, 70)),
        Picture("ab", 40, "right"),
        *_plain("End"),
    )
    body.type_in(letter_markup.write(document))
    body.selectAll()
    body.copy()
    taken = QGuiApplication.clipboard().mimeData()
    assert "{First name}" in taken.text()
    body.type_in("")
    QTest.keyClick(body, Qt.Key.Key_V, CTRL)
    assert body.letter == document


def test_words_are_pasted_into_the_line_and_paragraphs_between(editor: LetterEditor) -> None:
    body = editor.body
    _type(body, "We come.")
    cursor = body.textCursor()
    cursor.setPosition(3)
    body.setTextCursor(cursor)
    _paste(body, text="all ")
    assert body.letter == _plain("We all come.")
    _paste(body, text="now\n\nand later")
    assert body.letter == _plain("We all now", "and latercome.")


HOSTILE = """<html><head><style>p {color: red}</style><script>alert(1)</script></head><body>
<p style="font-family: Comic Sans; color: #f00; font-size: 40pt">Dear <b>all</b> <span style="font-weight:700">of
you</span> &lt;b&gt;no&lt;/b&gt; {Vorname}</p><img src="http://evil.example/x.png"><img src="file:///etc/passwd">
<ul><li>one<ul><li><i>two</i></li></ul></li></ul><table><tr><td>a</td><td><u>b</u><br>c</td></tr><tr><td>d</td></tr>
</table><a href="javascript:alert(1)">link</a><iframe src="http://evil.example">frame</iframe><o:p>&nbsp;</o:p>
<object data="x">no</object></body></html>"""


def test_from_other_programs_come_words_lists_and_tables_and_nothing_foreign(editor: LetterEditor) -> None:
    body = editor.body
    _paste(body, html=HOSTILE)
    words = Paragraph(
        (Run("Dear "), Run("all", bold=True), Run(" "), Run("of you", bold=True), Run(" <b>no</b> {given_name}"))
    )
    assert body.letter[:4] == (
        words,
        Paragraph((Run("one"),), mark="bullet"),
        Paragraph((Run("two", italic=True),), mark="bullet", level=1),
        Table((((Run("a"),), (Run("b", underlined=True), Run("\nc"))), ((Run("d"),), ())), (50, 50)),
    )
    assert [block.text.strip("\xa0 ") for block in body.letter[4:] if isinstance(block, Paragraph)] == ["link"]
    assert "evil" not in body.stored
    assert "alert" not in body.stored


def test_pasted_text_is_never_markup(editor: LetterEditor) -> None:
    _paste(editor.body, text="<letter><p><b>x</b></p></letter> & <i>y</i>")
    assert editor.body.letter == _plain("<letter><p><b>x</b></p></letter> & <i>y</i>")
    assert letter_markup.read(editor.body.stored) == editor.body.letter


@pytest.mark.parametrize(
    "html", ["", "<", "<p", "</p></td></table>", "<table><td>x", "<li>x", "<ul><li>", "&#0;&#xD800;"]
)
def test_broken_html_breaks_nothing(html: str) -> None:
    from_html(html)


def test_html_that_is_deep_or_long_is_read_in_time() -> None:
    deep = from_html("<div>" * 5_000 + "x" + "</div>" * 5_000)
    assert deep == _plain("x")
    assert len(from_html("<p>word</p>" * 2_000)) == 2_000


def test_a_subject_takes_one_line_of_words_and_placeholders(editor: LetterEditor) -> None:
    subject = editor.fields["subject"].text
    source = QMimeData()
    source.setHtml("<p>Come <b>to</b></p><p>{Event: title}</p>")
    subject.insertFromMimeData(source)
    assert editor.text().subject == "Come to {event_title}"


def test_a_picture_of_the_clipboard_is_offered_to_be_kept(editor: LetterEditor) -> None:
    image = QImage(20, 10, QImage.Format.Format_RGB32)
    image.fill(QColor("teal"))
    source = QMimeData()
    source.setImageData(image)
    taken: list[QImage] = []
    editor.body.picture.connect(taken.append)
    assert editor.body.canInsertFromMimeData(source)
    editor.body.insertFromMimeData(source)
    assert [one.width() for one in taken] == [20]


def test_a_picture_file_that_is_dropped_is_a_picture_and_no_path(editor: LetterEditor, tmp_path: Path) -> None:
    source = QMimeData()
    source.setUrls([QUrl.fromLocalFile(str(tmp_path / "house.png"))])
    taken: list[Path] = []
    editor.body.file.connect(taken.append)
    editor.body.insertFromMimeData(source)
    assert taken == [tmp_path / "house.png"]
    assert editor.body.letter == ()


# Fields ------------------------------------------------------------------------------------------------------------


def test_undo_is_that_of_the_text_while_something_is_typed_and_that_of_the_window_before(editor: LetterEditor) -> None:
    event = QKeyEvent(QEvent.Type.ShortcutOverride, Qt.Key.Key_Z, CTRL)
    event.setAccepted(False)
    QApplication.sendEvent(editor.body, event)
    assert not event.isAccepted(), "the window may undo its last deed"
    _type(editor.body, "Words")
    QApplication.sendEvent(editor.body, event)
    assert event.isAccepted()
    _key(editor.body, Qt.Key.Key_Z, CTRL)
    assert editor.body.stored == ""


def test_esc_gives_back_what_is_stored_and_undo_takes_that_back(editor: LetterEditor) -> None:
    _type(editor.body, "Long words")
    _key(editor.body, Qt.Key.Key_Escape)
    assert editor.body.stored == ""
    editor.tools.undo.click()
    assert editor.body.stored == "Long words"


def test_leaving_a_field_saves_the_letter_once_and_keeps_the_undo_of_the_text(editor: LetterEditor) -> None:
    saved: list[TemplateCard] = []
    editor.saved.connect(saved.append)
    _type(editor.body, "Words")
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
    _type(editor.body, "Words")
    editor.fields["subject"].text.setFocus()
    page = editor.sheet.page
    place = QPointF(page.width() / 2, page.height() - 100)
    left, none = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    page.mousePressEvent(QMouseEvent(QEvent.Type.MouseButtonPress, place, place, left, left, none))
    assert editor.body.hasFocus()
    assert editor.body.textCursor().atEnd()


def test_the_page_shows_where_one_writes(editor: LetterEditor) -> None:
    _type(editor.body, "Line\n" * 80)
    bar = editor.sheet.verticalScrollBar()
    assert bar.value() > 500
    _key(editor.body, Qt.Key.Key_PageUp)
    line = editor.body.textCursor().blockNumber()
    assert 40 < line < 80
    place = editor.body.viewport().mapTo(editor.sheet, editor.body.cursorRect().center())
    assert editor.sheet.rect().contains(place)


def _at(body: Body, block: int) -> QTextCursor:
    return QTextCursor(body.document().findBlockByNumber(block))


# Any sequence ------------------------------------------------------------------------------------------------------

# Steps are taken back in the document itself: with its cursor Qt warns of a place behind the end, and goes to the end.
_STEPS: dict[str, Callable[[Body], object]] = {
    "words": lambda body: _type(body, "Words {name} "),
    "enter": lambda body: _key(body, Qt.Key.Key_Return),
    "line": lambda body: _key(body, Qt.Key.Key_Return, SHIFT),
    "back": lambda body: _key(body, Qt.Key.Key_Backspace),
    "delete": lambda body: _key(body, Qt.Key.Key_Delete),
    "bold": lambda body: _key(body, Qt.Key.Key_B, CTRL),
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
    "up": lambda body: _key(body, Qt.Key.Key_Up),
    "left": lambda body: _key(body, Qt.Key.Key_Left),
    "select up": lambda body: _key(body, Qt.Key.Key_Up, SHIFT),
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
