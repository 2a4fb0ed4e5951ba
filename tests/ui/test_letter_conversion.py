"""The text of a letter in Qt's document, and back: nothing is lost and nothing is added."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from PySide6.QtGui import QTextCursor, QTextDocument
from PySide6.QtWidgets import QApplication
from tests.ui.letter_documents import documents

from alumnidesk.domain.letter_text import Document, Paragraph, Run, Slip, Table, tidy
from alumnidesk.ui.letters.writing.conversion import Putter, normal, read
from alumnidesk.ui.letters.writing.formats import Measures

MEASURES = Measures(10, 3, 20)


@pytest.fixture(scope="module", autouse=True)
def _application(qapp: QApplication) -> None:
    """Qt's documents need one."""


def _shown(document: Document) -> QTextDocument:
    shown = QTextDocument()
    Putter(QTextCursor(shown), MEASURES).put(document)
    return shown


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(documents())
def test_every_document_comes_back_as_it_was(document: Document) -> None:
    assert read(_shown(document)) == normal(document)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(documents(), documents())
def test_undo_takes_back_what_was_put_in_and_redo_brings_it_again(first: Document, second: Document) -> None:
    shown = QTextDocument()
    cursor = QTextCursor(shown)
    Putter(cursor, MEASURES).put(first)
    shown.clearUndoRedoStacks()
    before = read(shown)
    cursor.movePosition(QTextCursor.MoveOperation.End)
    cursor.beginEditBlock()
    cursor.insertBlock()
    Putter(cursor, MEASURES).put(second)
    cursor.endEditBlock()
    after = read(shown)
    shown.undo()
    assert read(shown) == before
    shown.redo()
    assert read(shown) == after


def test_what_has_no_place_in_a_text_is_left_out() -> None:
    assert read(_shown((Paragraph((Run("a\ufffcb"),)), Table((), ()), Paragraph()))) == (Paragraph((Run("ab"),)),)
    assert normal((Slip((Table((), ()),)),)) == (Slip(()),)
    assert tidy(()) == read(_shown(()))
