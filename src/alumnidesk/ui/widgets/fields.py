"""Fields of records: a label, an editor, and the text of a problem below it.

There is no Save button. A field is saved when it is left (or on Enter): `saved` then carries its key and new value.
Esc takes back what was typed. Until the deed has succeeded the form keeps what was typed; a refused value is shown with
`show_problem`, next to where it happened.
"""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QObject, QSize, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QKeySequence, QPaintEvent, QWheelEvent
from PySide6.QtWidgets import (
    QAbstractButton,
    QCheckBox,
    QComboBox,
    QLineEdit,
    QPlainTextEdit,
    QSizePolicy,
    QStyle,
    QStyleOptionComboBox,
    QStylePainter,
    QVBoxLayout,
    QWidget,
)

from alumnidesk.domain import dates
from alumnidesk.ui.look import Look
from alumnidesk.ui.widgets.changing import Changing
from alumnidesk.ui.widgets.label import Label
from alumnidesk.ui.words import language, tr

WIDEST = 480
"""Of an editor at 100 %."""
NARROWEST = 18
"""Letters that a choice shows at least."""
PADDING = 4
"""So many pixels Qt does not reckon with in the width of a choice."""


class Field(QWidget):
    """What all fields share. A kind of field implements `_shown` and `_show`; `value` is always text or bool."""

    saved = Signal(str, object)
    typed = True
    """Whether it is filled by typing, which Esc takes back; what is chosen is saved at once and Esc leaves it."""
    changes = True
    """Whether it changes the file, if its form does, and not only chooses what is shown."""

    def __init__(self, look: Look, key: str, label: str, editor: QWidget) -> None:
        super().__init__()
        self.key, self.editor = key, editor
        self.label = Label(look, label, role="text2")
        self.label.setBuddy(editor)
        self.problem = Label(look, size="small", role="bad", wraps=True)
        self.problem.hide()
        self._stored: str | bool = ""
        self._sent: str | bool | None = None
        editor.setAccessibleName(label)
        editor.setFont(look.font())
        editor.setMaximumWidth(look.px(WIDEST))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(look.px(4))
        column.addWidget(editor)
        column.addWidget(self.problem)
        self.setFocusProxy(editor)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        editor.installEventFilter(self)

    # Value -----------------------------------------------------------------------------------------------------

    @property
    def value(self) -> str | bool:
        """What stands in the editor now."""
        return self._shown()

    @property
    def edited(self) -> bool:
        """Does it differ from what is stored?"""
        return self._shown() != self._stored

    def set_value(self, value: str | bool) -> None:
        """Show what is stored; what was typed is given up."""
        self._stored, self._sent = value, None
        self._show(value)
        self.show_problem("")

    def type_in(self, value: str | bool) -> None:
        """Show this as if it had been typed; nothing is saved yet."""
        self._show(value)

    def keep(self) -> None:
        """What stands in the editor is stored now."""
        self._stored, self._sent = self._shown(), None
        self.show_problem("")

    def take_back(self) -> None:
        """Show again what is stored."""
        self._sent = None
        self._show(self._stored)
        self.show_problem("")

    def commit(self) -> bool:
        """Save what was typed, as if the field were left; False if it cannot be understood."""
        if self.value == (self._stored if self._sent is None else self._sent):
            return True
        if problem := self._misunderstood():
            self.show_problem(problem)
            return False
        self._sent = self.value
        self.saved.emit(self.key, self._sent)
        return True

    def show_problem(self, text: str) -> None:
        """Say below the field why its value cannot be saved; an empty text takes it away."""
        if text:
            self._sent = None
        self.problem.setText(text)
        self.problem.setVisible(bool(text))
        self.editor.setAccessibleDescription(text)
        if bool(self.editor.property("problem")) != bool(text):
            self.editor.setProperty("problem", bool(text))
            self.editor.style().polish(self.editor)

    def show_unsaved(self) -> None:
        """Say below the field that the computer would not save it just now, and how to go on."""
        self.show_problem(tr("This is not saved yet. Enter tries again, Esc gives it up."))

    @property
    def has_problem(self) -> bool:
        """Is it said that its value cannot be saved?"""
        return bool(self.problem.text())

    def only_read(self, why: str) -> None:
        """Show the value, and beside the pointer why it cannot be changed; an empty text: it can be."""
        for part in (self.editor, *self.findChildren(QAbstractButton)):
            if isinstance(part, QLineEdit | QPlainTextEdit):
                part.setReadOnly(bool(why))
            else:
                part.setEnabled(not why)
            part.setToolTip(why)
        self.editor.setAccessibleDescription(why)

    def set_quiet(self) -> None:
        """Show the editor as plain text, a dash where it is empty, until the pointer or the focus is on it."""
        self.editor.setProperty("quiet", True)
        if isinstance(self.editor, QLineEdit | QPlainTextEdit):
            self.editor.setPlaceholderText("–")

    def _shown(self) -> str | bool:
        return ""

    def _show(self, value: str | bool) -> None: ...

    def _misunderstood(self) -> str:
        """Why what was typed cannot be a value of this kind, or an empty text."""
        return ""

    # Leaving and Esc -------------------------------------------------------------------------------------------

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QFocusEvent) and event.type() == QEvent.Type.FocusOut:
            if event.reason() != Qt.FocusReason.PopupFocusReason and not self._being_told(event):
                self.commit()
        elif isinstance(event, QKeyEvent) and event.type() == QEvent.Type.ShortcutOverride:
            return self._leaves_undo_to_the_window(event)
        elif isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            return self._key(event)
        return super().eventFilter(watched, event)

    def _being_told(self, event: QFocusEvent) -> bool:
        """Does the focus go to the message that says why this was not saved? It would be tried, and said, again."""
        return event.reason() == Qt.FocusReason.ActiveWindowFocusReason and self.has_problem

    def _key(self, event: QKeyEvent) -> bool:
        if event.key() == Qt.Key.Key_Escape and self.typed and self.edited:
            self.take_back()
            return True
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not isinstance(self.editor, QPlainTextEdit):
            self.commit()
        return False

    def _leaves_undo_to_the_window(self, event: QKeyEvent) -> bool:
        """While nothing was typed here, undo and redo are those of the last deed and not of the last letter."""
        keys = QKeySequence.StandardKey
        if (event.matches(keys.Undo) or event.matches(keys.Redo)) and not self.edited:
            event.ignore()
            return True
        return False


class LineField(Field):
    """One line of text."""

    def __init__(self, look: Look, key: str, label: str) -> None:
        self.line, self._look = QLineEdit(), look
        super().__init__(look, key, label, self.line)

    def commit(self) -> bool:
        """Save what was typed; what was read otherwise than it was typed is shown as it was read, and said below."""
        remark = self._remark()
        if not super().commit():
            return False
        if remark:
            self._show(self.value)
            self._say(remark)
        return True

    def _remark(self) -> str:
        """What is worth saying about how the typed text was read, or an empty text."""
        return ""

    said: Label | None = None
    _unseen = False

    def _say(self, remark: str) -> None:
        if self.said is None:
            self.said = Label(self._look, size="small", role="text2", wraps=True)
            column = self.layout()
            assert column is not None
            column.addWidget(self.said)
            self.line.textEdited.connect(self.said.hide)
        self.said.setText(remark)
        self.said.show()
        self.editor.setAccessibleDescription(remark)
        self._unseen = True

    def has_said(self) -> bool:
        """Whether something was said that nobody has seen yet; asking is seeing."""
        unseen, self._unseen = self._unseen, False
        return unseen

    def _shown(self) -> str | bool:
        return self.line.text().strip()

    def _show(self, value: str | bool) -> None:
        if self.line.hasFocus() and self.line.text() == str(value):
            return  # whoever goes on typing stays at their place
        self.line.setText(str(value))
        self.line.setCursorPosition(0)


def zeros_said(typed: str) -> str:
    """What is said of a date in which zeros stand for what is not known; nothing of others."""
    typed = typed.strip()
    if not dates.has_zeros(typed):
        return ""
    read = dates.shown(dates.read(typed), language().locale)
    return tr("“{text}” was read as {date}: the zeros stand for what is not known.", text=typed, date=read)


class DateField(LineField):
    """A date that may be incomplete: 1975, 3.1975, 2.3.1975, 2 Mar — shown as the language writes it, stored as ISO."""

    def _shown(self) -> str | bool:
        text = self.line.text().strip()
        return dates.read(text) or text

    def _show(self, value: str | bool) -> None:
        super()._show(dates.shown(str(value), language().locale))

    def _remark(self) -> str:
        return zeros_said(self.line.text())

    def _misunderstood(self) -> str:
        text = self.line.text().strip()
        if not text or dates.read(text):
            return ""
        return tr("This is not a date. Examples: 1975, Mar 1975, 2 Mar 1975, 2 Mar")


class TextField(Field):
    """Several lines of text; Tab leaves the field."""

    def __init__(self, look: Look, key: str, label: str, lines: int = 4) -> None:
        self.text = QPlainTextEdit()
        self.text.setTabChangesFocus(True)
        super().__init__(look, key, label, self.text)
        height = self.text.fontMetrics().lineSpacing() * lines + look.px(26)
        self.text.setFixedHeight(height)

    def show_unsaved(self) -> None:
        self.show_problem(tr("This is not saved yet. Leaving the field tries again, Esc gives it up."))

    def _shown(self) -> str | bool:
        return self.text.toPlainText().strip()

    def _show(self, value: str | bool) -> None:
        if not (self.text.hasFocus() and self.text.toPlainText() == str(value)):  # as above
            self.text.setPlainText(str(value))


class ChoiceField(Field):
    """One of several values, saved as soon as it is chosen; `choices` are (value, words)."""

    typed = False

    def __init__(self, look: Look, key: str, label: str, choices: Sequence[tuple[str, str]]) -> None:
        self.box = Choice()
        for value, text in choices:
            self.box.addItem(text, value)
        super().__init__(look, key, label, self.box)
        self.box.activated.connect(self.commit)

    def _shown(self) -> str | bool:
        return str(self.box.currentData() or "")

    def _show(self, value: str | bool) -> None:
        self.box.setCurrentIndex(max(self.box.findData(value), 0))


def indented(text: str, depth: int) -> str:
    """One thing of a tree in a list to choose from."""
    return "\u2003" * depth + text


class Choice(QComboBox):
    """A combo box that the wheel does not turn, so that scrolling a form changes nothing, also after one has chosen."""

    def __init__(self) -> None:
        super().__init__()
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)

    def setAccessibleName(self, name: str) -> None:
        """Name the box, and the list that opens from it."""
        super().setAccessibleName(name)
        self.view().setAccessibleName(name)

    def sizeHint(self) -> QSize:
        """Qt forgets the padding of the style; then even the longest word would end in an ellipsis."""
        return super().sizeHint() + QSize(PADDING, 0)

    def minimumSizeHint(self) -> QSize:
        """In a narrow form it gets narrower; the open list shows all words."""
        hint = super().minimumSizeHint()
        return QSize(min(hint.width(), self.fontMetrics().averageCharWidth() * NARROWEST), hint.height())

    def paintEvent(self, event: QPaintEvent) -> None:
        """As Qt paints it, but words that do not fit end in an ellipsis."""
        painter, option = QStylePainter(self), QStyleOptionComboBox()
        self.initStyleOption(option)
        painter.drawComplexControl(QStyle.ComplexControl.CC_ComboBox, option)
        room = self.style().subControlRect(
            QStyle.ComplexControl.CC_ComboBox, option, QStyle.SubControl.SC_ComboBoxEditField, self
        )
        shown = self.fontMetrics().elidedText(self.currentText(), Qt.TextElideMode.ElideRight, room.width() - 2)
        option.currentText = shown
        painter.drawControl(QStyle.ControlElement.CE_ComboBoxLabel, option)

    def wheelEvent(self, event: QWheelEvent) -> None:
        event.ignore()


class ChangingChoice(Changing, Choice):
    """A choice that changes the file as soon as it is made, outside forms."""

    changes = True

    def held(self, why: str) -> None:
        self.explain(why)
        self.setEnabled(not why)


class CheckField(Field):
    """Yes or no; the words stand beside the box, and it is saved at once."""

    typed = False

    def __init__(self, look: Look, key: str, label: str) -> None:
        self.box = QCheckBox(label.replace("&", "&&"))
        super().__init__(look, key, label, self.box)
        self.label.setText("")
        self._stored = False
        self.box.clicked.connect(self.commit)

    def _shown(self) -> str | bool:
        return self.box.isChecked()

    def _show(self, value: str | bool) -> None:
        self.box.setChecked(bool(value))
