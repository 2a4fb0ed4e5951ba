"""A key in a letter of forty pages, with lists, placeholders and paragraphs that only some get; and opening it."""

from __future__ import annotations

import os

from PySide6.QtCore import Qt
from PySide6.QtGui import QTextCursor
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from tests.benchmarks.harness import Row, once, percentile

from alumnidesk.domain.cards import LetterText, TemplateCard
from alumnidesk.domain.letter_markup import write
from alumnidesk.domain.letter_text import Paragraph, Run
from alumnidesk.ui.letters.editor import LetterEditor
from alumnidesk.ui.look import Look

PARAGRAPHS = 420
KEYS = 200
_WORDS = "Wir laden Sie herzlich ein und freuen uns auf ein Wiedersehen im Lindenhof mit Chor und Kaffee. "


def _paragraph(number: int) -> Paragraph:
    if number % 7 == 3:
        return Paragraph((Run(_WORDS + "{given_name}"),), mark="number")
    runs = (Run(_WORDS * 3), Run("fett", bold=True), Run(" und {name} " + _WORDS))
    return Paragraph(runs, only="" if number % 11 else "email:none")


def measure() -> list[Row]:
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    application = QApplication.instance() or QApplication([])
    assert isinstance(application, QApplication)
    editor = LetterEditor(Look(application, palette="light"))
    editor.resize(760, 700)
    editor.show()
    body = write(tuple(map(_paragraph, range(PARAGRAPHS))))
    card = TemplateCard(id=1, name="Brief", texts=(LetterText("de", "Einladung", body),))

    def press() -> None:
        QTest.keyClick(editor.body, Qt.Key.Key_A)
        application.processEvents()

    def show() -> None:
        editor.show_letter(card)
        application.processEvents()

    opened = once(show)
    editor.body.setFocus()
    cursor = editor.body.textCursor()
    cursor.movePosition(QTextCursor.MoveOperation.Right, n=5_000)
    editor.body.setTextCursor(cursor)
    press()
    keys = [once(press) * 1_000 for _ in range(KEYS)]
    editor.commit()
    return [
        Row("a key in a letter of 40 pages, 95 of 100", percentile(keys, 0.95), 0, 16, unit="ms"),
        Row("a letter of 40 pages shown in the editor", opened * 1_000, 0, 1_000, unit="ms"),
    ]
