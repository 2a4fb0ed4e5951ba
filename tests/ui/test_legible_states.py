"""Placeholders, what is selected and what cannot be used now are read in every palette; measured on painted pixels."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable

import pytest
from PySide6.QtGui import QColor, QImage
from PySide6.QtWidgets import QApplication, QCheckBox, QLineEdit, QMenu, QPlainTextEdit, QRadioButton, QWidget
from tests.ui.test_look import contrast

from alumnidesk.ui.look import Look
from alumnidesk.ui.palettes import PALETTES
from alumnidesk.ui.widgets.buttons import Button, FilledButton, LinkButton, OutlinedButton, PlainButton
from alumnidesk.ui.widgets.fields import Choice
from alumnidesk.ui.widgets.lines import Column, LinesTable
from alumnidesk.ui.widgets.list_table import ListTable

READ, MADE_OUT = 4.5, 3.0
"""Text that one reads; and words of what cannot be used just now, which one only has to make out."""


def placeholder(look: Look) -> QWidget:
    line = QLineEdit()
    line.setPlaceholderText("Search MMM")
    return line


def unusable_text(look: Look) -> QWidget:
    line = QLineEdit("Hamburg MMM")
    line.setEnabled(False)
    return line


def unusable_lines(look: Look) -> QWidget:
    lines = QPlainTextEdit("Hamburg MMM")
    lines.setEnabled(False)
    return lines


def unusable_choice(look: Look) -> QWidget:
    choice = Choice()
    choice.addItem("Hamburg MMM")
    choice.setEnabled(False)
    return choice


def marked_text(look: Look) -> QWidget:
    line = QLineEdit("Hamburg MMM")
    line.selectAll()
    return line


def selected_row(look: Look) -> QWidget:
    table: LinesTable[str] = LinesTable((Column("name", "Name", lambda line: line, 200),),
                                        lambda ids, deliver: deliver(["Anna MMM"]))  # fmt: skip
    rows = ListTable(look, table, "People", heads=False)
    table.show([1], ["Anna MMM"])
    table.setParent(rows)
    return rows


def unusable_box(kind: type[QCheckBox] | type[QRadioButton]) -> Callable[[Look], QWidget]:
    def make(look: Look) -> QWidget:
        box = kind("Invited MMM")
        box.setEnabled(False)
        return box

    return make


def unusable(kind: type[Button]) -> Callable[[Look], QWidget]:
    def make(look: Look) -> QWidget:
        button = kind(look, "Save MMM")
        button.setEnabled(False)
        return button

    return make


def unusable_entry(look: Look) -> QWidget:
    menu = QMenu()
    menu.addAction("Undo MMM").setEnabled(False)
    return menu


STATES: dict[str, tuple[Callable[[Look], QWidget], float]] = {
    "placeholder": (placeholder, READ),
    "marked text": (marked_text, READ),
    "selected row": (selected_row, READ),
    "text": (unusable_text, READ),
    "lines": (unusable_lines, READ),
    "choice": (unusable_choice, READ),
    "check box": (unusable_box(QCheckBox), MADE_OUT),
    "radio button": (unusable_box(QRadioButton), MADE_OUT),
    "menu entry": (unusable_entry, MADE_OUT),
    "filled button": (unusable(FilledButton), READ),
    "outlined button": (unusable(OutlinedButton), MADE_OUT),
    "plain button": (unusable(PlainButton), MADE_OUT),
    "link": (unusable(LinkButton), MADE_OUT),
}


def strongest(image: QImage) -> float:
    """Contrast of the ink of the words against what lies most around them."""
    middle = image.copy(image.width() // 8, image.height() // 4, image.width() * 3 // 4, image.height() // 2)
    colours = Counter(QColor(middle.pixel(x, y)).name() for x in range(middle.width()) for y in range(middle.height()))
    ground = colours.most_common(1)[0][0]
    return max(contrast(ground, ink) for ink, n in colours.items() if n > 2)


@pytest.mark.parametrize("palette", PALETTES)
def test_every_state_of_a_control_can_be_read(qapp: QApplication, palette: str) -> None:
    look = Look(qapp, palette=palette)
    weak = {}
    for name, (make, least) in STATES.items():
        widget = make(look)
        widget.setFont(look.font())
        widget.ensurePolished()
        widget.resize(220, 40)
        painted = strongest(widget.grab().toImage())
        if painted < least:
            weak[name] = round(painted, 1)
        widget.deleteLater()
    look.choose("light")
    look.deleteLater()
    assert weak == {}


@pytest.mark.parametrize("palette", PALETTES)
def test_what_cannot_be_used_now_looks_different_from_what_can(qapp: QApplication, palette: str) -> None:
    look = Look(qapp, palette=palette)
    same = []
    for name in ("choice", "check box", "radio button", "filled button", "outlined button", "plain button", "link"):
        make, _ = STATES[name]
        widget = make(look)
        widget.ensurePolished()
        widget.resize(220, 40)
        unusable = widget.grab().toImage()
        widget.setEnabled(True)
        if widget.grab().toImage() == unusable:
            same.append(name)
        widget.deleteLater()
    look.choose("light")
    look.deleteLater()
    assert same == []
