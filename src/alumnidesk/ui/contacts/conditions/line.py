"""One condition of the builder: a field, what is asked of it, its value or both ends of a range."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QSignalBlocker, Signal
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QWidget

from alumnidesk.domain.query_fields import QueryField, query_field
from alumnidesk.domain.query_form import Ends, Line, askable, asked_of
from alumnidesk.ui.contacts.conditions.values import ValueEditor
from alumnidesk.ui.look import Look
from alumnidesk.ui.widgets.buttons import PlainButton
from alumnidesk.ui.widgets.fields import Choice
from alumnidesk.ui.widgets.flow import Flow
from alumnidesk.ui.widgets.focus import follow_the_eye
from alumnidesk.ui.widgets.label import Label
from alumnidesk.ui.words import tr, words

FIELD, ASKED, TYPED = 264, 208, 240
"""Widths at 100 %."""
Known = Callable[[str, Callable[[Sequence[str]], None]], object]
"""Asks for the values of a field that there are."""


class ConditionLine(QWidget):
    """`changed` when it says something else, `removed` when it shall go."""

    changed = Signal()
    removed = Signal()

    def __init__(self, look: Look, line: Line, fields: Sequence[QueryField], known: Known) -> None:
        super().__init__()
        self._look, self._known = look, known
        self.field, self.asked = Choice(), Choice()
        self.field.addItem(tr("Words in any field"), "")
        for one in fields:
            self.field.addItem(words(one.label), one.key)
        self.field.setAccessibleName(tr("Field"))
        self.asked.setAccessibleName(tr("What is asked of it"))
        for box, width in ((self.field, FIELD), (self.asked, ASKED)):
            box.setFont(look.font())
            box.setFixedWidth(look.px(width))
        self.typed = QLineEdit()
        self.typed.setFont(look.font())
        self.typed.setAccessibleName(tr("Words in any field"))
        self.typed.setMinimumWidth(look.px(TYPED))
        self.first: ValueEditor | None = None
        self.last: ValueEditor | None = None
        self.to = Label(look, tr("to"), role="text2")
        self.remove = PlainButton(look, "", icon="close", name=tr("Remove this condition"), clicked=self.removed.emit)
        self.values = QWidget()
        self.row = QHBoxLayout(self.values)
        self.row.setContentsMargins(0, 0, 0, 0)
        self.row.setSpacing(look.px(8))
        self.row.addWidget(self.to)
        flow = Flow(look.px(8), self)
        for widget in (self.field, self.asked, self.typed, self.values, self.remove):
            flow.addWidget(widget)
        self._show(line)
        self.field.currentIndexChanged.connect(lambda _: self._another_field())
        self.asked.currentIndexChanged.connect(lambda _: self._another_question())
        self.typed.textChanged.connect(self.changed)

    @property
    def line(self) -> Line:
        """What it says now."""
        key = str(self.field.currentData() or "")
        if not key:
            return Line(value=self.typed.text())
        first, last = (editor.value if editor is not None else "" for editor in (self.first, self.last))
        return Line(key, str(self.asked.currentData()), first, last)

    def begin(self) -> None:
        """Put the keyboard where the value goes."""
        key = self.field.currentData()
        editor = self.typed if not key else self.first
        (editor if editor is not None and not editor.isHidden() else self.asked).setFocus()

    # Showing ---------------------------------------------------------------------------------------------------

    def _show(self, line: Line) -> None:
        blockers = QSignalBlocker(self.field), QSignalBlocker(self.asked)
        if line.field and self.field.findData(line.field) < 0:
            self.field.addItem(words(query_field(line.field).label), line.field)
        self.field.setCurrentIndex(max(self.field.findData(line.field), 0))
        self.asked.clear()
        for editor in (self.first, self.last):
            if editor is not None:
                self.row.removeWidget(editor)
                editor.deleteLater()
        self.first = self.last = None
        if line.field:
            self._show_field(query_field(line.field), line)
        else:
            self.typed.setText(line.value)
        self.asked.setVisible(bool(line.field))
        self.typed.setVisible(not line.field)
        self._show_ends()
        del blockers

    def _show_field(self, field: QueryField, line: Line) -> None:
        for asked in askable(field):
            self.asked.addItem(words(asked.label), asked.key)
        self.asked.setCurrentIndex(self.asked.findData(asked_of(line).key))
        label = words(field.label)
        self.first = ValueEditor(self._look, field, tr("Value of {field}", field=label))
        self.last = ValueEditor(self._look, field, tr("Upper end of {field}", field=label))
        self.row.insertWidget(0, self.first)
        self.row.addWidget(self.last)
        self.first.value, self.last.value = line.value, line.last
        for editor in (self.first, self.last):
            editor.changed.connect(self.changed)
            self._known(field.key, self._offer_to(editor))
        follow_the_eye(self)

    def _offer_to(self, editor: ValueEditor) -> Callable[[Sequence[str]], None]:
        def offer(values: Sequence[str]) -> None:
            if editor in (self.first, self.last):  # another field was chosen meanwhile
                editor.offer(values)

        return offer

    def _show_ends(self) -> None:
        key = str(self.field.currentData() or "")
        ends = asked_of(self.line).ends if key else Ends.NONE
        if self.first is not None and self.last is not None:
            self.first.setVisible(ends in (Ends.VALUE, Ends.BOTH))
            self.last.setVisible(ends in (Ends.LAST, Ends.BOTH))
        self.to.setVisible(ends is Ends.BOTH)
        self.values.setVisible(ends is not Ends.NONE)

    # Choosing --------------------------------------------------------------------------------------------------

    def _another_field(self) -> None:
        self._show(Line(str(self.field.currentData() or "")))
        self.changed.emit()

    def _another_question(self) -> None:
        self._show_ends()
        self.changed.emit()
