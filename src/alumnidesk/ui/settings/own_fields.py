"""Settings: fields of the association's own, and tags in groups."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from alumnidesk.domain.own_fields import KIND_LABELS, OwnField, OwnKind
from alumnidesk.ui.look import Look
from alumnidesk.ui.page import Context
from alumnidesk.ui.widgets.buttons import LinkButton, OutlinedButton, PlainButton
from alumnidesk.ui.widgets.fields import ChoiceField, Field, LineField, TextField
from alumnidesk.ui.widgets.focus import follow_the_eye
from alumnidesk.ui.widgets.form_dialog import FormDialog, Values
from alumnidesk.ui.widgets.label import Label, breakable, section
from alumnidesk.ui.words import tr, tr_n, words

if TYPE_CHECKING:
    from alumnidesk.desk import Desk

HINT_WIDTH = 760
"""At 100 %: lines of reading length."""
ASKED_FROM = 1
"""So many contacts that would lose something are named before a field is removed."""
Used = Mapping[int, int]
"""How many contacts have something in each field."""


class OwnFieldsSection(QWidget):
    """The fields in their order; each is changed, moved and removed where it stands."""

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._context, look = context, context.look
        self._fields: Sequence[OwnField] = ()
        self._used: Used = {}
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(look.px(8))
        column.addWidget(section(look, tr("Own fields")))
        column.addLayout(
            hint(
                look,
                tr(
                    "What you want to know of people beside the usual: a shirt size, allergies, the number of the key. "
                    "You can search for it, and it goes into letters and files."
                ),
            )
        )
        self._rows = QVBoxLayout()
        self._rows.setSpacing(look.px(8))
        column.addLayout(self._rows)
        self.add = OutlinedButton(look, tr("Add a field"), icon="plus", clicked=self._add, changes=True)
        column.addWidget(self.add, 0, Qt.AlignmentFlag.AlignLeft)

    def read(self) -> None:
        """Show what there is now."""

        def read(desk: Desk) -> tuple[list[OwnField], Used]:
            fields = desk.own_fields.all()
            return fields, {field.id or 0: desk.own_fields.used(field.id or 0) for field in fields}

        self._context.tasks.run(read, lambda found: self._show(*found), latest="own fields")

    def _show(self, fields: Sequence[OwnField], used: Used) -> None:
        if (list(fields), used) == (list(self._fields), self._used):
            return
        self._fields, self._used = fields, used
        clear(self._rows)
        for place, field in enumerate(fields):
            self._rows.addWidget(self._row(field, place))
        in_order(self)

    def _row(self, field: OwnField, place: int) -> QWidget:
        look, number = self._context.look, field.id or 0
        holder = QWidget()
        row = QHBoxLayout(holder)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(look.px(4))
        text = QVBoxLayout()
        text.setSpacing(0)
        text.addWidget(Label(look, breakable(field.name), wraps=True))
        parts = [words(KIND_LABELS[field.kind])]
        if field.kind is OwnKind.CHOICE:
            parts = [", ".join(field.choices)]
        filled = self._used.get(number, 0)
        parts.append(tr_n("filled in at {n} contact", "filled in at {n} contacts", filled) if filled else tr("empty"))
        text.addWidget(Label(look, breakable(" · ".join(parts)), size="small", role="text2", wraps=True))
        row.addLayout(text, 1)
        up = PlainButton(look, "", icon="arrow-up", name=tr("Move {field} up", field=field.name), changes=True)
        down = PlainButton(look, "", icon="arrow-down", name=tr("Move {field} down", field=field.name), changes=True)
        up.clicked.connect(partial(self._move, place, -1))
        down.clicked.connect(partial(self._move, place, 1))
        up.setEnabled(place > 0)
        down.setEnabled(place < len(self._fields) - 1)
        change = LinkButton(look, tr("Change"), icon="edit", clicked=partial(self._change, field), changes=True)
        change.setAccessibleName(tr("Change {field}", field=field.name))
        remove = LinkButton(look, tr("Remove"), icon="trash", clicked=partial(self._remove, field), changes=True)
        remove.setAccessibleName(tr("Remove {field}", field=field.name))
        for button in (up, down, change, remove):
            row.addWidget(button)
        holder.setMaximumWidth(look.px(HINT_WIDTH))
        return holder

    # Deeds ------------------------------------------------------------------------------------------------------

    def _add(self) -> None:
        self._ask(
            tr("A new field"),
            tr("Add the field"),
            OwnField(""),
            lambda desk, v: desk.own_fields.add(v["name"], v["kind"], v["choices"].split("\n")),
        )

    def _change(self, field: OwnField) -> None:
        number = field.id or 0

        def change(desk: Desk, values: Values) -> None:
            desk.own_fields.rename(number, values["name"])
            choices = values["choices"].split("\n") if values["choices"] else []
            if values["kind"] != field.kind:
                desk.own_fields.change_kind(number, values["kind"], choices)
            elif field.kind is OwnKind.CHOICE:
                desk.own_fields.change_choices(number, choices)

        self._ask(tr("Change {field}", field=field.name), tr("Change the field"), field, change)

    def _ask(self, head: str, verb: str, field: OwnField, work: Any) -> None:
        look = self._context.look
        kinds = [(kind.value, words(text)) for kind, text in KIND_LABELS.items()]
        name = LineField(look, "name", tr("Name"))
        kind = ChoiceField(look, "kind", tr("What it holds"), kinds)
        choices = TextField(look, "choices", tr("What can be chosen, line by line"), 5)
        fields: list[Field] = [name, kind, choices]
        dialog = FormDialog(self._context, head, fields, verb, work, self.window())
        dialog.form.show_values({"name": field.name, "kind": field.kind.value, "choices": "\n".join(field.choices)})

        def follow() -> None:
            chosen = kind.value == OwnKind.CHOICE
            choices.setVisible(chosen)
            choices.label.setVisible(chosen)

        kind.box.currentIndexChanged.connect(follow)
        follow()
        dialog.exec()
        dialog.deleteLater()

    def _move(self, place: int, by: int) -> None:
        order = [field.id or 0 for field in self._fields]
        order.insert(place + by, order.pop(place))
        self._context.deed(lambda desk: desk.own_fields.order(order), quiet=True)
        self.add.setFocus(Qt.FocusReason.OtherFocusReason)

    def _remove(self, field: OwnField) -> None:
        number = field.id or 0
        used = self._used.get(number, 0)
        if used >= ASKED_FROM:
            sentence = tr_n(
                "{n} contact has something in it, which goes with the field. Undo brings both back.",
                "{n} contacts have something in it, which goes with the field. Undo brings both back.",
                used,
            )
            head = tr("Remove the field “{field}”?", field=field.name)
            if self._context.messages.ask(head, sentence, [tr("Keep it"), tr("Remove the field")]) != 1:
                return
        self._context.deed(lambda desk: desk.own_fields.remove(number))
        self.add.setFocus(Qt.FocusReason.OtherFocusReason)


def hint(look: Look, text: str) -> QHBoxLayout:
    """Lines of reading length; in a row, because a column would reckon their height at its own width."""
    label = Label(look, text, role="text2", wraps=True)
    label.setMaximumWidth(look.px(HINT_WIDTH))
    row = QHBoxLayout()
    row.addWidget(label, 1000)
    row.addStretch(1)
    return row


def in_order(section: QWidget) -> None:
    """Let Tab go down a section, and what stands beside it, as one reads, once its rows have their places."""
    around = section.parentWidget() or section
    QTimer.singleShot(0, around, lambda: follow_the_eye(around))


def clear(layout: QVBoxLayout) -> None:
    """Take away all widgets of a layout."""
    while (item := layout.takeAt(0)) is not None:
        if (widget := item.widget()) is not None:
            widget.hide()
            widget.deleteLater()
