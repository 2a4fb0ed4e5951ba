"""Pictures and QR codes in a letter as one sees them while writing: in their width, and with what they say."""

from __future__ import annotations

import pytest
import segno
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QColor, QImage, QTextCursor
from PySide6.QtTest import QTest
from tests.ui.letter_typing import type_words
from tests.ui.letters_window import at_step
from tests.ui.real_window import OpenWindow

from alumnidesk.domain.letter_text import Block, Code, Picture
from alumnidesk.ui.letters.editor import LetterEditor
from alumnidesk.ui.letters.writing.body import Body
from alumnidesk.ui.letters.writing.resizing import Placed

LEFT, NONE = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier


def _beside(body: Body, block: Block) -> None:
    """Put it in and stand beside it."""
    type_words(body, "Before")
    body.put(block)
    cursor = QTextCursor(body.document().firstBlock().next())
    body.setTextCursor(cursor)


def _placed(body: Body) -> Placed:
    placed = body._resizing.here()
    assert placed is not None
    return placed


def _pull(body: Body, millimetres: float) -> None:
    """Pull the corner by so much, in steps as a hand does."""
    corner, port = _placed(body).corner, body.viewport()
    QTest.mousePress(port, LEFT, NONE, corner.toPoint())
    for part in (0.3, 0.7, 1.0):
        QTest.mouseMove(port, (corner + QPointF(body.paper.mm(millimetres) * part, 2)).toPoint())
    QTest.mouseRelease(port, LEFT, NONE)


def test_a_picture_is_seen_in_its_width(editor: LetterEditor) -> None:
    red = QImage(200, 100, QImage.Format.Format_RGB32)
    red.fill(QColor("red"))
    editor.painted.image_of = lambda key: red
    _beside(editor.body, Picture("ab", 40, "centre"))
    seen = editor.body.viewport().grab().toImage()
    row = _placed(editor.body).rect.center().toPoint().y()
    width = sum(seen.pixelColor(x, row) == QColor("red") for x in range(seen.width()))
    assert width == pytest.approx(editor.paper.mm(40), abs=5)  # the frame around it takes its edges


def test_a_picture_gets_its_width_by_pulling_its_corner_in_one_step_of_undo(editor: LetterEditor) -> None:
    body = editor.body
    _beside(body, Picture("ab", 40))
    _pull(body, 20)
    assert body.letter[1] == Picture("ab", 60)
    assert _placed(body).rect.width() == pytest.approx(editor.paper.mm(60))
    body.undo()
    assert body.letter[1] == Picture("ab", 40)
    body.redo()
    assert body.letter[1] == Picture("ab", 60)


def test_at_the_right_the_other_corner_moves_and_in_the_middle_both_sides(editor: LetterEditor) -> None:
    body = editor.body
    _beside(body, Picture("ab", 40, "right"))
    _pull(body, -20)
    assert body.letter[1] == Picture("ab", 60, "right")
    body.change_painted(Picture("ab", 40, "centre"))
    _pull(body, 10)
    assert body.letter[1] == Picture("ab", 60, "centre")


def test_nothing_gets_wider_than_the_text_nor_too_small_to_be_seen(editor: LetterEditor) -> None:
    body = editor.body
    _beside(body, Picture("ab", 40))
    _pull(body, -39)
    assert body.letter[1] == Picture("ab", 10)
    _pull(body, 400)
    assert body.letter[1] == Picture("ab", 165)
    body.clear()
    _beside(body, Code("x", 25))
    _pull(body, 90)
    assert body.painted_here() == Code("x", 60)


def test_the_corner_shows_where_it_can_be_pulled_and_is_there_only_beside_the_picture(editor: LetterEditor) -> None:
    body = editor.body
    _beside(body, Picture("ab", 40))
    corner = _placed(body).corner.toPoint()
    QTest.mouseMove(body.viewport(), corner)
    assert body.viewport().cursor().shape() == Qt.CursorShape.SizeHorCursor
    QTest.mouseMove(body.viewport(), corner + QPoint(60, 0))
    assert body.viewport().cursor().shape() == Qt.CursorShape.IBeamCursor
    body.moveCursor(QTextCursor.MoveOperation.Start)
    assert body._resizing.here() is None
    QTest.mousePress(body.viewport(), LEFT, NONE, corner)
    QTest.mouseMove(body.viewport(), corner + QPoint(80, 0))
    QTest.mouseRelease(body.viewport(), LEFT, NONE)
    assert body.letter[1] == Picture("ab", 40)


def test_a_code_is_seen_as_the_recipient_gets_it(shown: OpenWindow) -> None:
    write = at_step(shown, 1).steps.write
    body = write.editor.body
    body.setFocus()
    body.clear()
    _beside(body, Code("https://lindenhof.example/{given_name}", 30))
    codes = []
    write.preview.sketch()
    for _ in range(2):
        shown.settle()
        body.grab()  # a code is made when it is first seen
        shown.settle()
        name = write.preview.whom.text().partition(": ")[2].split()[0]
        assert _seen(body) == _expected(f"https://lindenhof.example/{name}")
        codes.append(_seen(body))
        shown.click(write.preview.following)
    assert codes[0] != codes[1]


def test_a_code_that_says_too_much_for_its_size_stays_a_frame(shown: OpenWindow) -> None:
    write = at_step(shown, 1).steps.write
    body = write.editor.body
    body.setFocus()
    body.clear()
    _beside(body, Code("x" * 900, 10))
    body.grab()
    shown.settle()
    assert write.editor.painted.code_of("x" * 900, 10) is None


def _expected(text: str) -> list[list[bool]]:
    return [[bool(dark) for dark in row] for row in segno.make(text, error="m", micro=False, encoding="utf-8").matrix]


def _seen(body: Body) -> list[list[bool]]:
    """The modules on screen, read at their middle."""
    cursor = body.textCursor()
    body.moveCursor(QTextCursor.MoveOperation.Start)  # no frame around it
    image = body.viewport().grab().toImage()
    body.setTextCursor(cursor)
    rect = _placed(body).rect
    code = body.painted_here()
    assert isinstance(code, Code)
    drawn = body.painted.code_of(code.text, code.size)
    assert drawn is not None
    side = drawn.width() // 8
    step = rect.width() / side
    return [
        [
            image.pixelColor((rect.topLeft() + QPointF((x + 0.5) * step, (y + 0.5) * step)).toPoint()).lightness() < 128
            for x in range(side)
        ]
        for y in range(side)
    ]
