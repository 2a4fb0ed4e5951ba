"""Copying and pasting in a letter: exactly between letters, words and few looks to and from other programs."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, Qt, QUrl
from PySide6.QtGui import QColor, QGuiApplication, QImage
from PySide6.QtTest import QTest
from tests.ui.letter_typing import CTRL, plain, type_words

from alumnidesk.domain import letter_markup
from alumnidesk.domain.letter_text import (
    Document,
    Paragraph,
    Picture,
    Run,
    Slip,
    Table,
)
from alumnidesk.i18n import Language
from alumnidesk.ui.letters.editor import LetterEditor
from alumnidesk.ui.letters.writing.body import Body
from alumnidesk.ui.letters.writing.pasting import from_html, to_mime


def _paste(body: Body, *, html: str = "", text: str = "") -> None:
    source = QMimeData()
    if html:
        source.setHtml(html)
    if text:
        source.setText(text)
    body.insertFromMimeData(source)


def test_what_is_copied_is_pasted_as_it_was(editor: LetterEditor) -> None:
    body = editor.body
    document: Document = (
        Paragraph((Run("Dear "), Run("{given_name}", italic=True)), only="email:none"),
        Paragraph((Run("Coffee"),), mark="bullet", level=1),
        Table(((((Run("a"),)), (Run("b"),)),), (30, 70)),
        Picture("ab", 40, "right"),
        *plain("End"),
    )
    body.type_in(letter_markup.write(document))
    body.selectAll()
    body.copy()
    taken = QGuiApplication.clipboard().mimeData()
    assert "{First name}" in taken.text()
    body.type_in("")
    QTest.keyClick(body, Qt.Key.Key_V, CTRL)
    assert body.letter == document


def test_another_program_gets_real_lists_and_no_markup_from_words() -> None:
    document: Document = (
        Paragraph((Run("Please <b>bring</b>: "), Run("{given_name}", bold=True)), "centre"),
        Paragraph((Run("a cake"),), mark="number"),
        Paragraph((Run("nuts"),), mark="bullet", level=1),
        Paragraph((Run("a spoon\nor two"),), mark="number"),
        Paragraph((Run("no more"),), mark="bullet"),
        Table(((((Run("a"),)), (Run("b", italic=True),)),), (50, 50)),
        Picture("ab", 40, "right"),
        Slip((Paragraph((Run("I come"),)),)),
    )
    html = to_mime(document, Language("en")).html()
    assert "<ol><li>a cake<ul><li>nuts</ul><li>a spoon" in html
    assert "text-align:center" in html
    assert "{First name}" in html
    assert from_html(html) == (
        Paragraph((Run("Please <b>bring</b>: "), Run("{First name}", bold=True))),
        *document[1:6],
        Paragraph((Run("I come"),)),
    )


def test_words_are_pasted_into_the_line_and_paragraphs_between(editor: LetterEditor) -> None:
    body = editor.body
    type_words(body, "We come.")
    cursor = body.textCursor()
    cursor.setPosition(3)
    body.setTextCursor(cursor)
    _paste(body, text="all ")
    assert body.letter == plain("We all come.")
    _paste(body, text="now\n\nand later")
    assert body.letter == plain("We all now", "and latercome.")


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
    assert editor.body.letter == plain("<letter><p><b>x</b></p></letter> & <i>y</i>")
    assert letter_markup.read(editor.body.stored) == editor.body.letter


@pytest.mark.parametrize(
    "html", ["", "<", "<p", "</p></td></table>", "<table><td>x", "<li>x", "<ul><li>", "&#0;&#xD800;"]
)
def test_broken_html_breaks_nothing(html: str) -> None:
    from_html(html)


def test_html_that_is_deep_or_long_is_read_in_time() -> None:
    deep = from_html("<div>" * 5_000 + "x" + "</div>" * 5_000)
    assert deep == plain("x")
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
