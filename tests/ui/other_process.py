"""Somebody who types in a program of its own, which then ends or is killed: code that stands before that of a test."""

from __future__ import annotations

SOMEBODY = '''
from PySide6.QtCore import QEvent, Qt, QTimer
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication

def key(code, text=""):
    for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
        QApplication.sendEvent(QApplication.focusWidget(), QKeyEvent(kind, code, Qt.KeyboardModifier(0), text))

def types_a_new_contact(window, given_name, family_name):
    """In steps, between which the program goes on."""
    window.actions_["contacts.new"].trigger()
    while not window.current_page.detail.isAncestorOf(QApplication.focusWidget()):
        yield
    for letter in given_name:
        key(Qt.Key.Key_unknown, letter)
    key(Qt.Key.Key_Tab)
    for letter in family_name:
        key(Qt.Key.Key_unknown, letter)
        yield

def step_by_step(work):
    timer = QTimer(QApplication.instance(), interval=5)
    timer.timeout.connect(lambda: next(work, None))
    timer.start()
'''
