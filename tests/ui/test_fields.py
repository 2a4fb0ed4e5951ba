"""Fields: saved when left, taken back with Esc, problems beside them."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QKeyEvent, QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QStyle, QStyleOptionComboBox, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from alumnidesk.errors import InvalidInput, Refused
from alumnidesk.i18n import say
from alumnidesk.ui.look import Look
from alumnidesk.ui.widgets.fields import CheckField, Choice, ChoiceField, DateField, LineField, TextField
from alumnidesk.ui.widgets.form import Form


def type_text(widget: QWidget, text: str) -> None:
    """Type any letters; QTest's own way ends the process at the first letter beyond ASCII."""
    for letter in text:
        for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
            QApplication.sendEvent(widget, QKeyEvent(kind, 0, Qt.KeyboardModifier.NoModifier, letter))


class Sheet(QWidget):
    """A form and what it saved."""

    def __init__(self, look: Look) -> None:
        super().__init__()
        self.form = Form(look)
        self.town = LineField(look, "town", "Town")
        self.born = DateField(look, "birth_date", "Born")
        self.form.add(self.town)
        self.form.add(self.born)
        self.form.add(TextField(look, "remark", "Remark"))
        self.form.add(CheckField(look, "no_post", "No post"))
        self.form.add(ChoiceField(look, "language", "Language", (("", "–"), ("de", "German"))))
        self.saved: list[tuple[str, object]] = []
        self.form.saved.connect(lambda key, value: self.saved.append((key, value)))
        QVBoxLayout(self).addWidget(self.form)


@pytest.fixture
def sheet(qtbot: QtBot, look: Look) -> Sheet:
    sheet = Sheet(look)
    qtbot.addWidget(sheet)
    sheet.show()
    sheet.activateWindow()
    sheet.form.show_values({"town": "Kiel", "birth_date": "1975-03-02", "remark": "", "no_post": False, "language": ""})
    sheet.town.setFocus()
    qtbot.waitUntil(sheet.town.editor.hasFocus)
    return sheet


def test_a_field_is_saved_once_when_it_is_left(sheet: Sheet) -> None:
    sheet.town.line.clear()
    type_text(sheet.town.line, "Lübeck")
    assert sheet.saved == []
    QTest.keyClick(sheet.town.line, Qt.Key.Key_Tab)
    assert sheet.saved == [("town", "Lübeck")]
    assert sheet.form.commit()
    assert sheet.saved == [("town", "Lübeck")]


def test_a_field_that_is_left_as_it_was_saves_nothing(sheet: Sheet) -> None:
    QTest.keyClick(sheet.town.line, Qt.Key.Key_Tab)
    QTest.keyClick(sheet.born.line, Qt.Key.Key_Tab)
    assert sheet.saved == []


def test_escape_takes_back_what_was_typed(sheet: Sheet) -> None:
    type_text(sheet.town.line, "x")
    QTest.keyClick(sheet.town.line, Qt.Key.Key_Escape)
    assert sheet.town.value == "Kiel"
    QTest.keyClick(sheet.town.line, Qt.Key.Key_Tab)
    assert sheet.saved == []


def test_an_incomplete_date_is_understood_and_a_wrong_one_explained_where_it_stands(sheet: Sheet) -> None:
    sheet.born.line.setText("3.1975")
    assert sheet.form.commit()
    assert sheet.saved == [("birth_date", "1975-03")]
    sheet.born.line.setText("in spring")
    assert not sheet.form.commit()
    assert "1975" in sheet.born.problem.text()
    assert sheet.born.line.text() == "in spring"
    assert len(sheet.saved) == 1


def test_a_refused_value_stays_as_typed_with_its_reason_below(sheet: Sheet) -> None:
    elsewhere: list[BaseException] = []
    sheet.town.line.setText("<b>?</b>")
    sheet.form.refused(InvalidInput("town", say("This is no town."), say("Please look.")), elsewhere.append)
    assert sheet.town.problem.text() == "This is no town. Please look."
    assert sheet.town.problem.textFormat() == Qt.TextFormat.PlainText
    assert sheet.town.value == "<b>?</b>"
    sheet.form.refused(Refused(say("Changed elsewhere.")), elsewhere.append)
    assert len(elsewhere) == 1


def test_a_choice_and_a_box_are_saved_at_once(sheet: Sheet) -> None:
    box, choice = sheet.form.fields["no_post"], sheet.form.fields["language"]
    assert isinstance(box, CheckField)
    assert isinstance(choice, ChoiceField)
    QTest.mouseClick(box.box, Qt.MouseButton.LeftButton, pos=box.box.rect().center() - box.box.rect().center() / 1.05)
    assert ("no_post", True) in sheet.saved
    choice.box.setFocus()
    QTest.keyClick(choice.box, Qt.Key.Key_Down)
    assert ("language", "de") in sheet.saved


def test_a_refresh_keeps_what_is_being_typed(sheet: Sheet) -> None:
    type_text(sheet.town.line, "x")
    typed = sheet.town.value
    sheet.form.show_values({"town": "Bonn", "birth_date": "1980"})
    assert sheet.town.value == typed
    assert sheet.born.value == "1980"


def test_a_choice_that_goes_to_and_fro_is_saved_each_time(sheet: Sheet) -> None:
    choice = sheet.form.fields["language"]
    assert isinstance(choice, ChoiceField)
    choice.box.setFocus()
    for key in (Qt.Key.Key_Down, Qt.Key.Key_Up, Qt.Key.Key_Down):
        QTest.keyClick(choice.box, key)
    assert sheet.saved == [("language", "de"), ("language", ""), ("language", "de")]
    choice.take_back()  # it was refused
    QTest.keyClick(choice.box, Qt.Key.Key_Down)
    assert sheet.saved[3:] == [("language", "de")]


def test_what_was_saved_by_enter_is_no_more_to_be_taken_back(sheet: Sheet) -> None:
    sheet.town.line.setText("Bonn")
    sheet.town.show_unsaved()
    QTest.keyClick(sheet.town.line, Qt.Key.Key_Return)
    sheet.town.line.setCursorPosition(2)
    sheet.form.show_values({"town": "Bonn"})
    assert sheet.town.line.cursorPosition() == 2
    assert not sheet.form.unstored
    QTest.keyClick(sheet.town.line, Qt.Key.Key_Escape)
    assert sheet.town.value == "Bonn"


@pytest.mark.parametrize("more", [Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.ShiftModifier])
def test_undo_and_redo_are_those_of_the_last_deed_while_nothing_was_typed(
    sheet: Sheet, more: Qt.KeyboardModifier
) -> None:
    undo = QKeyEvent(QEvent.Type.ShortcutOverride, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier | more)
    undo.ignore()
    QApplication.sendEvent(sheet.town.line, undo)
    assert not undo.isAccepted()
    type_text(sheet.town.line, "x")
    undo.ignore()
    QApplication.sendEvent(sheet.town.line, undo)
    assert undo.isAccepted()


def test_every_label_leads_to_its_field(sheet: Sheet) -> None:
    for field in sheet.form.fields.values():
        assert field.label.buddy() is field.editor
        assert field.editor.accessibleName()


def first_ink(widget: QWidget, below: int = 0) -> tuple[int, int]:
    """Column and row where the words of a control begin, in painted pixels."""
    image = widget.grab().toImage()
    edge = 5
    dark = [
        (x, y)
        for x in range(below + edge, image.width() - edge)
        for y in range(edge, image.height() - edge)
        if image.pixelColor(x, y).lightness() < 110
    ]
    return min(x for x, _ in dark), min(y for _, y in dark)


def test_the_words_of_all_fields_begin_at_the_same_place(sheet: Sheet) -> None:
    fields = sheet.form.fields
    fields["remark"].set_value("German")
    fields["language"].set_value("de")
    fields["town"].set_value("German")
    sheet.form.fields["birth_date"].setFocus()
    QApplication.processEvents()
    left, top = zip(*(first_ink(fields[key].editor) for key in ("town", "language", "remark")), strict=True)
    assert max(left) - min(left) <= 1, left
    assert max(top) - min(top) <= 1, top


def test_words_stay_in_their_place_when_a_box_gets_the_focus(sheet: Sheet) -> None:
    box = sheet.form.fields["no_post"].editor
    assert not box.hasFocus()
    before = first_ink(box, 24)
    box.setFocus()
    QApplication.processEvents()
    assert first_ink(box, 24) == before


def test_a_choice_that_is_longer_than_its_field_ends_in_an_ellipsis(qtbot: QtBot, look: Look) -> None:
    long, short = ChoiceField(look, "event", "Event", [("", "Meeting " * 20)]), ChoiceField(look, "e", "E", [("", "M")])
    for field in (long, short):
        qtbot.addWidget(field)
        field.resize(200, 40)
        field.show()
    image = long.box.grab().toImage()
    arrow = short.box.grab().toImage()
    right = range(image.width() - look.px(48), image.width() - look.px(28))
    inked = [x for x in right for y in range(6, image.height() - 6) if image.pixel(x, y) != arrow.pixel(x, y)]
    rows = {y for x in inked for y in range(6, image.height() - 6) if image.pixel(x, y) != arrow.pixel(x, y)}
    assert rows, "an ellipsis is painted"
    assert max(rows) - min(rows) <= 4, "only the dots of an ellipsis stand before the arrow"


@pytest.mark.parametrize("scale", [100, 150])
@pytest.mark.parametrize("bold", [False, True])
def test_a_choice_is_wide_enough_for_its_longest_words(qapp: QApplication, scale: int, bold: bool) -> None:
    look = Look(qapp, palette="light", scale=scale)
    choice = Choice()
    choice.setFont(look.font(bold=bold))
    for words in ("or", "At least one of these fits"):
        choice.addItem(words)
        choice.setCurrentText(words)
        choice.resize(choice.sizeHint())
        option = QStyleOptionComboBox()
        choice.initStyleOption(option)
        room = choice.style().subControlRect(
            QStyle.ComplexControl.CC_ComboBox, option, QStyle.SubControl.SC_ComboBoxEditField, choice
        )
        assert choice.fontMetrics().horizontalAdvance(words) <= room.width() - 2
    choice.deleteLater()
    look.deleteLater()


def test_escape_leaves_what_was_chosen_to_whoever_stands_around_it(sheet: Sheet) -> None:
    """A choice and a box were saved when they were chosen: Esc closes their dialog, and turns nothing back unsaid."""
    box, choice = sheet.form.fields["no_post"], sheet.form.fields["language"]
    assert isinstance(box, CheckField)
    assert isinstance(choice, ChoiceField)
    passed_on: list[int] = []
    sheet.keyPressEvent = lambda event: passed_on.append(event.key())  # type: ignore[method-assign]
    QTest.keyClick(choice.box, Qt.Key.Key_Down)
    QTest.keyClick(choice.box, Qt.Key.Key_Escape)
    QTest.keyClick(box.box, Qt.Key.Key_Space)
    QTest.keyClick(box.box, Qt.Key.Key_Escape)
    assert (choice.value, box.value) == ("de", True)
    assert passed_on == [Qt.Key.Key_Escape, Qt.Key.Key_Escape]


def test_an_open_choice_shows_all_of_its_few_entries_each_high_enough_for_a_finger(qtbot: QtBot, look: Look) -> None:
    choice = Choice()
    choice.addItems(["Coming", "No answer", "Not coming", "Waiting list"])
    qtbot.addWidget(choice)
    choice.show()
    choice.showPopup()
    view = choice.view()
    rows = [view.visualRect(view.model().index(row, 0)) for row in range(choice.count())]
    assert all(row.height() >= look.px(32) for row in rows)
    assert all(view.viewport().rect().contains(row) for row in rows)
    choice.hidePopup()


def test_the_wheel_over_a_choice_changes_nothing_also_after_one_has_chosen(sheet: Sheet) -> None:
    choice = sheet.form.fields["language"]
    choice.editor.setFocus()
    QTest.keyClick(choice.editor, Qt.Key.Key_Down)
    assert sheet.saved == [("language", "de")]
    at, none = QPointF(choice.editor.rect().center()), Qt.MouseButton.NoButton
    for by in (120, -120):
        turned = QWheelEvent(
            at, choice.editor.mapToGlobal(at), QPoint(), QPoint(0, by), none, Qt.KeyboardModifier.NoModifier,
            Qt.ScrollPhase.NoScrollPhase, False,
        )  # fmt: skip
        QApplication.sendEvent(choice.editor, turned)
        assert not turned.isAccepted()  # the page around it scrolls
    assert choice.value == "de"
    assert sheet.saved == [("language", "de")]
