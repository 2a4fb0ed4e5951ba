"""The association's own fields of a contact: an editor for each kind, in one form."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLineEdit, QWidget

from alumnidesk.domain import own_fields
from alumnidesk.domain.cards import OwnValue
from alumnidesk.domain.own_fields import NO, YES, OwnField, OwnKind
from alumnidesk.errors import InvalidInput
from alumnidesk.ui.contacts.file_door import FileDoor
from alumnidesk.ui.look import Look
from alumnidesk.ui.page import Context
from alumnidesk.ui.settings import TAGS_AND_FIELDS
from alumnidesk.ui.widgets.buttons import LinkButton, OutlinedButton
from alumnidesk.ui.widgets.fields import ChoiceField, Field, LineField, zeros_said
from alumnidesk.ui.widgets.form import Form
from alumnidesk.ui.widgets.label import Label, breakable
from alumnidesk.ui.words import language, tr, words


class OwnLine(LineField):
    """A text, number, date or link, shown as the language writes it."""

    def __init__(self, look: Look, field: OwnField) -> None:
        self._field = field
        super().__init__(look, field.name, field.name)

    def _shown(self) -> str | bool:
        text = self.line.text().strip()
        try:
            return own_fields.read(self._field, text)
        except InvalidInput:
            return text

    def _show(self, value: str | bool) -> None:
        super()._show(own_fields.shown(self._field, str(value), language().code))

    def _remark(self) -> str:
        return zeros_said(self.line.text()) if self._field.kind is OwnKind.DATE else ""

    def _misunderstood(self) -> str:
        try:
            own_fields.read(self._field, self.line.text())
        except InvalidInput as problem:
            return " ".join(words(part) for part in (problem.message, problem.way_out) if part)
        return ""


class OwnChoice(ChoiceField):
    """One of the choices, or yes and no; what was stored and is none of them any more can be kept."""

    def __init__(self, look: Look, field: OwnField) -> None:
        choices = [(choice, choice) for choice in field.choices]
        if field.kind is OwnKind.YES_NO:
            choices = [(YES, tr("yes")), (NO, tr("no"))]
        super().__init__(look, field.name, field.name, [("", tr("Not known")), *choices])
        self.box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.box.setMinimumContentsLength(8)

    def _show(self, value: str | bool) -> None:
        if value and self.box.findData(value) < 0:
            self.box.addItem(str(value), value)
        super()._show(value)


class OwnFile(Field):
    """A file: its name, and buttons to open it, to choose another one and to take it away."""

    def __init__(self, look: Look, field: OwnField, context: Context, door: FileDoor) -> None:
        self._context, self._door, self._value = context, door, ""
        holder = QWidget()
        row = QHBoxLayout(holder)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(look.px(4))
        self.link = LinkButton(look, "", icon="document", clicked=self._open)
        self.choose = OutlinedButton(look, tr("Choose …"), clicked=self._choose)
        self.remove = LinkButton(look, tr("Remove"), clicked=lambda: self._take(""))
        super().__init__(look, field.name, field.name, holder)
        for button, said in (
            (self.choose, tr("{field}: choose a file", field=field.name)),
            (self.remove, tr("Remove {field}", field=field.name)),
        ):
            button.setAccessibleName(said)
        for button in (self.link, self.choose, self.remove):
            row.addWidget(button)
        row.addStretch(1)
        holder.setFocusProxy(self.choose)

    def _shown(self) -> str | bool:
        return self._value

    def _show(self, value: str | bool) -> None:
        self._value = str(value)
        self.link.set_words(own_fields.file_name(self._value).replace("&", "&&"))
        self.link.setVisible(bool(value))
        self.remove.setVisible(bool(value))

    def _open(self) -> None:
        self._door.open(own_fields.file_key(self._value), own_fields.file_name(self._value))

    def _choose(self) -> None:
        path = self._door.choose(self.window())
        if path is not None:
            self._context.tasks.run(lambda desk: desk.attachments.keep(path), self._take)

    def _take(self, value: str) -> None:
        self._show(value)
        self.commit()
        self.choose.setFocus(Qt.FocusReason.OtherFocusReason)


class OwnFieldsField(Field):
    """All own fields of a contact as one value, saved whenever one of them is left."""

    def __init__(
        self, look: Look, key: str, label: str, fields: Sequence[OwnField], context: Context, door: FileDoor
    ) -> None:
        self._fields = fields
        self.form = Form(look)
        for field in fields:
            inner = self._editor(look, field, context, door)
            inner.label.setWordWrap(True)
            inner.label.setText(breakable(field.name, 12))
            self.form.add(inner)
        if not fields:
            none = Label(look, tr("There are no fields of your own yet."), role="text2", wraps=True)
            self.form.add_widget(none)
            make = LinkButton(look, tr("Make one in the settings"))
            make.clicked.connect(lambda: context.open_page("settings", TAGS_AND_FIELDS))
            self.form.add_widget(make)
        super().__init__(look, key, label, self.form)
        self.form.setMaximumWidth(16_777_215)
        self._stored: Any = ()
        self.form.saved.connect(lambda name, value: self.commit())
        if fields:
            self.setFocusProxy(self.form.fields[fields[0].name])

    @staticmethod
    def _editor(look: Look, field: OwnField, context: Context, door: FileDoor) -> Field:
        if field.kind in (OwnKind.YES_NO, OwnKind.CHOICE):
            return OwnChoice(look, field)
        if field.kind is OwnKind.FILE:
            return OwnFile(look, field, context, door)
        return OwnLine(look, field)

    def go_to(self, number: int) -> None:
        """Begin typing in the field of this number."""
        if self._fields:
            inner = self.form.fields[self._fields[min(number, len(self._fields) - 1)].name]
            inner.setFocus(Qt.FocusReason.OtherFocusReason)
            if isinstance(inner.editor, QLineEdit):
                inner.editor.selectAll()

    def set_value(self, value: Any) -> None:
        """Show what is stored; a field that is being typed in, or makes no sense yet, keeps what was typed."""
        self._stored, self._sent = value, None
        for name, text in self._texts(value).items():
            inner = self.form.fields[name]
            if inner.problem.isHidden() and not (inner.editor.hasFocus() and inner.edited):
                inner.set_value(text)
        self.show_problem("")

    @property
    def edited(self) -> bool:
        return set(self._shown()) != set(self._stored)  # a file may have brought them in another order

    def commit(self) -> bool:
        understood = self.form.commit()
        return super().commit() and understood

    def _shown(self) -> Any:
        """The values as they stand in the editors; where one makes no sense, the stored one."""
        known = {value.field: value for value in self._stored}
        found = []
        for field in self._fields:
            present = known.pop(field.name, OwnValue(field.name, ""))
            inner = self.form.fields[field.name]
            text = present.value if inner.edited and inner._misunderstood() else str(inner.value)
            if text:
                found.append(replace(present, value=text))
        return (*found, *known.values())

    def _show(self, value: Any) -> None:
        for name, text in self._texts(value).items():
            self.form.fields[name].set_value(text)

    def _texts(self, values: Sequence[OwnValue]) -> dict[str, str]:
        texts = {value.field: value.value for value in values}
        return {field.name: texts.get(field.name, "") for field in self._fields}
