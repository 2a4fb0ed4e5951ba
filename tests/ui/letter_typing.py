"""Typing in the text of a letter, as a person does it."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent, QTextCursor
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from alumnidesk.domain.letter_text import Document, Paragraph, Run
from alumnidesk.ui.letters.writing.body import Body

CTRL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier


def type_words(body: Body, text: str) -> None:
    for sign in text:
        for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
            key = Qt.Key.Key_Return if sign == "\n" else Qt.Key.Key_unknown
            QApplication.sendEvent(body, QKeyEvent(kind, key, Qt.KeyboardModifier.NoModifier, sign))


def press(body: Body, key: Qt.Key, modifiers: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    QTest.keyClick(body, key, modifiers)


def plain(*texts: str) -> Document:
    return tuple(Paragraph((Run(text),) if text else ()) for text in texts)


def beginning_of(body: Body, block: int) -> QTextCursor:
    """The beginning of a block, counted from 0."""
    return QTextCursor(body.document().findBlockByNumber(block))
