"""What one enters about a relationship: with whom, what the other one is, from when to when."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from alumnidesk.domain.lines import ContactLine
from alumnidesk.domain.relationships import BY_KEY, Kind, Relation
from alumnidesk.ui.contacts.picker import ContactPicker
from alumnidesk.ui.page import Context
from alumnidesk.ui.widgets.buttons import LinkButton, OutlinedButton
from alumnidesk.ui.widgets.fields import ChoiceField, DateField, LineField
from alumnidesk.ui.widgets.flow import Flow
from alumnidesk.ui.widgets.form import Form
from alumnidesk.ui.widgets.label import Ground, Label
from alumnidesk.ui.words import tr, words

OWN = "own"
"""The choice of a kind that has no name yet."""
_BACK = "/back"
_VALUES = ("position", "department", "began", "ended", "remark")


@dataclass(frozen=True, slots=True)
class Entered:
    """A relationship as it was entered."""

    other: int
    kind: str
    """`OWN` for a new kind, which is called `name`, and `name_back` from the other side."""
    back: bool
    """The contact that is shown is what the kind names, not the other one."""
    name: str
    name_back: str
    values: dict[str, str]
    """Position, department, beginning, end and remark."""


class RelationSheet(Ground):
    """`entered` carries a new relationship, `changed` the id of one and its values; `closed` that it is put away."""

    entered = Signal(object)
    changed = Signal(int, object)
    closed = Signal()

    def __init__(self, context: Context) -> None:
        look = context.look
        super().__init__(look, "page")
        self._look = look
        self._other: ContactLine | None = None
        self._relation: Relation | None = None
        self.picker = ContactPicker(context, tr("Who? Name, town, year …"))
        self.picker.picked.connect(self._take)
        self.who = Label(look, bold=True, wraps=True)
        self.form = Form(look, above=True)
        self.kind = ChoiceField(look, "kind", tr("What the other one is"), [])
        self.kind.box.activated.connect(lambda _: self._show_forms())
        self.names = Form(look, above=True)
        self.names.add(LineField(look, "name", tr("What the other one is called")))
        self.names.add(LineField(look, "name_back", tr("What this contact is called (empty: the same)")))
        self.form.add(self.kind)
        self.form.add_widget(self.names)
        self.at_work = (LineField(look, "position", tr("Position")), LineField(look, "department", tr("Department")))
        for field in self.at_work:
            self.form.add(field)
        self.form.add(DateField(look, "began", tr("From")))
        self.form.add(DateField(look, "ended", tr("To")))
        self.form.add(LineField(look, "remark", tr("Remark")))
        self.save = OutlinedButton(look, tr("Add the relationship"), icon="check", clicked=self._save)
        buttons = QWidget()
        row = Flow(look.px(8), buttons)
        row.addWidget(self.save)
        row.addWidget(LinkButton(look, tr("Close"), clicked=self.close_sheet))
        column = QVBoxLayout(self)
        column.setContentsMargins(look.px(12), look.px(10), look.px(12), look.px(10))
        column.setSpacing(look.px(6))
        for widget in (self.who, self.picker):
            column.addWidget(widget)
        beside = QHBoxLayout()
        beside.addWidget(self.form)
        column.addLayout(beside)
        column.addWidget(buttons)
        self.hide()

    # Beginning -------------------------------------------------------------------------------------------------

    def begin(self, kinds: Sequence[Kind], contact: int, *, organisation: bool) -> None:
        """Ask for a new relationship of a contact."""
        self._other, self._relation = None, None
        self.picker.without = {contact}
        box = self.kind.box
        box.clear()
        for kind in kinds:
            box.addItem(words(kind.name), kind.key)
            if not kind.mutual:
                box.addItem(words(kind.name_back), kind.key + _BACK)
        box.addItem(tr("Something else …"), OWN)
        box.setCurrentIndex(max(box.findData("contact_person"), 0) if organisation else 0)
        self.names.show_anew({"name": "", "name_back": ""})
        self._begin(dict.fromkeys(_VALUES, ""), tr("Add the relationship"))
        self.picker.search.clear()
        self.picker.setFocus(Qt.FocusReason.OtherFocusReason)

    def begin_changing(self, relation: Relation) -> None:
        """Ask for what a relationship says."""
        self._other, self._relation = None, relation
        self._begin({key: getattr(relation, key) for key in _VALUES}, tr("Keep the changes"))
        first, _ = self.at_work
        (self.form.fields["began"] if first.isHidden() else first).setFocus(Qt.FocusReason.OtherFocusReason)

    def _begin(self, values: dict[str, str], verb: str) -> None:
        for key, value in values.items():
            self.form.fields[key].set_value(value)
        self.save.set_words(verb)
        relation = self._relation
        self.kind.setVisible(relation is None)
        self.kind.label.setVisible(relation is None)
        if relation is not None:
            self.who.setText(tr("{role}: {name}", role=words(relation.role), name=relation.name))
        self._show_forms()
        self._show_who()
        self.show()

    def _show_forms(self) -> None:
        kind = self._relation.kind if self._relation is not None else str(self.kind.value).removesuffix(_BACK)
        self.names.setVisible(self._relation is None and kind == OWN)
        for field in self.at_work:
            field.setVisible(kind in BY_KEY and BY_KEY[kind].at_work)
            field.label.setVisible(not field.isHidden())

    def _show_who(self) -> None:
        new = self._relation is None
        if self._other is not None:
            self.who.setText(self._other.name)
        self.who.setVisible(not new or self._other is not None)
        self.picker.setVisible(new and self._other is None)
        self.save.setEnabled(not new or self._other is not None)

    def _take(self, line: ContactLine) -> None:
        self._other = line
        self._show_who()
        self.kind.setFocus(Qt.FocusReason.OtherFocusReason)

    # Ending ----------------------------------------------------------------------------------------------------

    def _save(self) -> None:
        if not self.form.commit():
            return
        unseen = {field.key for field in self.at_work if field.isHidden() and self._relation is None}
        values = {key: "" if key in unseen else str(self.form.fields[key].value) for key in _VALUES}
        if self._relation is not None:
            self.changed.emit(self._relation.id, values)
        elif self._other is not None:
            key = str(self.kind.value)
            names = self.names.values()
            self.entered.emit(
                Entered(
                    self._other.id,
                    key.removesuffix(_BACK),
                    key.endswith(_BACK),
                    str(names["name"]),
                    str(names["name_back"]),
                    values,
                )
            )

    def refused(self, problem: BaseException, otherwise: Callable[[BaseException], None]) -> None:
        """Show a refused value at its field."""
        form = self.names if getattr(problem, "field", "") == "name" else self.form
        form.refused(problem, otherwise)

    def close_sheet(self) -> None:
        """Give up what was entered."""
        self.hide()
        self.closed.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.close_sheet()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._save()
        else:
            super().keyPressEvent(event)
