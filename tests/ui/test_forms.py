"""Forms: what explains a field, or says what is wrong with it, is read whole in any width."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QApplication, QLabel, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from alumnidesk.ui.look import Look
from alumnidesk.ui.widgets.fields import CheckField, LineField
from alumnidesk.ui.widgets.form import Form

LONG = "Stands in the history beside what you do. Others who use this file have a name of their own there. " * 2


@pytest.fixture
def sheet(qtbot: QtBot, look: Look) -> tuple[QWidget, Form]:
    """A form with a head, two fields and a hint, above empty room."""
    sheet, form = QWidget(), Form(look)
    form.add_head("You")
    form.add(LineField(look, "name", "Name"))
    form.add(LineField(look, "town", "Town"))
    form.add_hint(LONG)
    column = QVBoxLayout(sheet)
    column.addWidget(form)
    column.addStretch(1)
    qtbot.addWidget(sheet)
    sheet.show()
    return sheet, form


def _whole(label: QLabel) -> bool:
    return label.height() >= label.heightForWidth(label.width())


@pytest.mark.parametrize("width", [330, 420, 700, 1600])
def test_a_hint_and_a_problem_are_read_whole_and_nothing_is_pulled_apart(
    sheet: tuple[QWidget, Form], width: int
) -> None:
    window, form = sheet
    form.fields["name"].show_problem(LONG)
    window.resize(width, 900)
    for _ in range(5):
        QApplication.processEvents()
    hint = next(label for label in form.findChildren(QLabel) if label.text() == LONG and label.parent() is form)
    assert _whole(form.fields["name"].problem)
    assert _whole(hint)
    assert form.fields["town"].height() == form.fields["town"].editor.height()
    assert hint.x() == form.fields["town"].x()


def test_fields_below_their_labels_are_as_wide_as_what_stands_among_them(qtbot: QtBot, look: Look) -> None:
    form, among = Form(look, above=True), QWidget()
    field = form.add(LineField(look, "name", "Name"))
    form.add_widget(among)
    qtbot.addWidget(form)
    form.resize(300, 200)
    form.show()
    assert field.width() == among.width() == form.width()


def test_a_hint_begins_where_the_boxes_do_that_it_is_about(qtbot: QtBot, look: Look) -> None:
    form = Form(look)
    form.add(LineField(look, "name", "Name"))
    form.add_hint("Yours")
    box = form.add(CheckField(look, "letters", "Letters"))
    form.add_hint("Of the boxes")
    qtbot.addWidget(form)
    form.show()
    yours, ticked = (label for label in form.findChildren(QLabel) if label.text() in ("Yours", "Of the boxes"))
    assert yours.x() == form.fields["name"].x() > ticked.x() == box.x()
