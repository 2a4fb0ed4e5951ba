"""A section of a contact opened for editing: its fields as the field catalogue lists them."""

from __future__ import annotations

import dataclasses
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QComboBox, QLineEdit, QPlainTextEdit, QVBoxLayout, QWidget

from alumnidesk.domain import fields as catalogue
from alumnidesk.domain.association import Association
from alumnidesk.domain.cards import ORGANISATION, ContactCard
from alumnidesk.domain.fields import Group, Kind
from alumnidesk.domain.own_fields import OwnField
from alumnidesk.domain.tags import TagGroup
from alumnidesk.errors import InvalidInput
from alumnidesk.i18n import LANGUAGES
from alumnidesk.ui.contacts.facts import preview
from alumnidesk.ui.contacts.file_door import FileDoor
from alumnidesk.ui.contacts.own_fields import OwnFieldsField
from alumnidesk.ui.contacts.parts import PartsField, parts_field
from alumnidesk.ui.contacts.tags import TagsField
from alumnidesk.ui.look import Look
from alumnidesk.ui.page import Context
from alumnidesk.ui.widgets.buttons import LinkButton
from alumnidesk.ui.widgets.fields import CheckField, ChoiceField, DateField, Field, LineField, TextField
from alumnidesk.ui.widgets.form import Form
from alumnidesk.ui.widgets.label import Label, section
from alumnidesk.ui.words import tr, words

COMMON = {"given_name", "family_name", "organisation"}
"""What nearly every name has."""
SEVERAL_LINES = {"own_address_name"}
"""Texts that an envelope prints on several lines."""


@dataclass(frozen=True, slots=True)
class Known:
    """What the form offers to choose from, and what it needs to show a letter's first lines."""

    association: Association = dataclasses.field(default_factory=Association)
    tags: Sequence[str] = ()
    units: Sequence[str] = ()
    """The paths of all."""
    roles: Sequence[str] = ()
    """Those that are in use; the usual ones are offered beside them."""
    own_fields: Sequence[OwnField] = ()
    tag_groups: Sequence[TagGroup] = ()


class SectionForm(QWidget):
    """The fields of one section. `saved` carries a key and its new value when a field is left; `closed` that one is
    done here (Enter, or Esc when nothing is typed)."""

    saved = Signal(str, object)
    closed = Signal()

    def __init__(self, context: Context, group: Group, card: ContactCard, known: Known, door: FileDoor) -> None:
        super().__init__()
        look, self._context, self._door = context.look, context, door
        self.group, self._known, self._card = group, known, card
        column = QVBoxLayout(self)
        column.setContentsMargins(0, look.px(10), 0, look.px(12))
        column.setSpacing(look.px(8))
        column.addWidget(section(look, words(catalogue.GROUP_LABELS[group])))
        self.form = Form(look)
        self.form.saved.connect(self.saved)
        column.addWidget(self.form)
        for field in fields_of(group, card):
            self._add(look, field)
        self._rare = self._put_away(look, column)
        self._previews: list[Label] = []
        if group is Group.SENDING:
            for head in (tr("A letter begins"), tr("and goes to")):
                self._previews.append(Label(look, wraps=True, selectable=True))
                column.addWidget(Label(look, head, size="small", role="text2"))
                column.addWidget(self._previews[-1])
            self._follow_typing()
        self.show_card(card)

    @property
    def fields(self) -> dict[str, Field]:
        """The fields by their keys."""
        return self.form.fields

    def show_card(self, card: ContactCard, keep: Collection[str] = ()) -> None:
        """Show what is stored; what is being typed, what was refused, and the fields in `keep` stay as they are."""
        self._card = card
        for key, field in self.fields.items():
            in_parts = isinstance(field, PartsField | OwnFieldsField)
            being_typed = not in_parts and field.editor.hasFocus() and field.edited
            if key not in keep and not being_typed and field.problem.isHidden():
                field.set_value(getattr(card, key))
        self._show_preview()

    def type_in(self, values: Mapping[str, Any]) -> None:
        """Show these values as if they had just been typed."""
        for key in self.fields.keys() & values.keys():
            if self.fields[key] in self._rare:
                self._reveal_rare()
            self.fields[key].type_in(values[key])

    def card_as_typed(self) -> ContactCard:
        """The card with what stands in the fields now."""
        typed: dict[str, Any] = {key: field.value for key, field in self.fields.items()}
        return replace(self._card, **typed)

    def go_to(self, key: str, part: int = 0) -> None:
        """Begin typing in a field (the first one if it is not here)."""
        field = self.fields.get(key) or next(iter(self.fields.values()))
        if field in self._rare:
            self._show_rare()
        if isinstance(field, PartsField | OwnFieldsField):
            field.go_to(part)
        else:
            field.setFocus(Qt.FocusReason.OtherFocusReason)
            if isinstance(field.editor, QLineEdit):
                field.editor.selectAll()

    def commit(self) -> bool:
        """Save what was typed; False if something cannot be understood or was refused."""
        return self.form.commit() and all(field.problem.isHidden() for field in self.fields.values())

    def refused(self, problem: BaseException) -> bool:
        """Show a refused value at its field; False if the problem is none of ours."""
        field = self.fields.get(problem.field) if isinstance(problem, InvalidInput) else None
        if field is None or not isinstance(problem, InvalidInput):
            return False
        out = f" {words(problem.way_out)}" if problem.way_out else ""
        field.show_problem(words(problem.message) + out)
        return True

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            lines = [field for field in self.fields.values() if isinstance(field, LineField)]
            if self.commit() and not any(line.has_said() for line in lines):
                self.closed.emit()
        elif event.key() == Qt.Key.Key_Escape:
            edited = [field for field in self.fields.values() if field.edited or not field.problem.isHidden()]
            for field in edited:
                field.take_back()
            if not edited:
                self.closed.emit()
        else:
            super().keyPressEvent(event)

    # Making fields ---------------------------------------------------------------------------------------------

    def _add(self, look: Look, field: catalogue.Field) -> None:
        key, label = field.key, words(field.label)
        if field.kind in (Kind.EMAILS, Kind.PHONES, Kind.LINKS, Kind.ADDRESSES, Kind.AFFILIATIONS):
            made: Field = parts_field(look, key, label, self._known.units, self._known.roles)
            self.form.fields[key] = made
            if self.group is Group.REACH:
                self.form.add_widget(Label(look, label, size="small", role="text2"))
            made.saved.connect(self.form.saved)
            self.form.add_widget(made)
            return
        if field.kind is Kind.OWN:
            made = OwnFieldsField(look, key, label, self._known.own_fields, self._context, self._door)
            self.form.fields[key] = made
            made.saved.connect(self.form.saved)
            self.form.add_widget(made)
            return
        if field.kind is Kind.TAGS:
            made = TagsField(look, key, label, self._known.tags, self._known.tag_groups)
        elif field.kind is Kind.LONG_TEXT or key in SEVERAL_LINES:
            made = TextField(look, key, label, lines=4 if field.kind is Kind.LONG_TEXT else 2)
        elif field.kind is Kind.DATE:
            made = DateField(look, key, label)
        elif field.kind is Kind.FLAG:
            made = CheckField(look, key, label)
        elif field.kind is Kind.CHOICE:
            made = _choice(look, key, label, self._choices(field))
        elif field.kind is Kind.LANGUAGE:
            made = _choice(look, key, label, self._languages())
        else:
            made = LineField(look, key, label)
        self.form.add(made)

    def _put_away(self, look: Look, column: QVBoxLayout) -> list[Field]:
        """Of a name, only what nearly everybody has is shown at first, and what is filled."""
        rare = [
            field
            for key, field in self.fields.items()
            if self.group is Group.NAME and key not in COMMON and (key == "kind" or not getattr(self._card, key))
        ]
        if rare:
            for field in rare:
                field.hide()
                field.label.hide()
            self._more = LinkButton(look, tr("Title, birth name, nickname …"), icon="plus", clicked=self._show_rare)
            column.addWidget(self._more, 0, Qt.AlignmentFlag.AlignLeft)
        return rare

    def _show_rare(self) -> None:
        self._reveal_rare()
        self._rare[0].setFocus(Qt.FocusReason.OtherFocusReason)

    def _reveal_rare(self) -> None:
        for field in self._rare:
            field.show()
            field.label.show()
        self._more.hide()

    def _choices(self, field: catalogue.Field) -> list[tuple[str, str]]:
        choices = [(value, words(text)) for value, text in field.choices]
        if field.key == "kind":
            return choices
        if field.key == "salutation_mode":
            return [("", tr("As the association writes")), *choices]
        return [("", tr("Not known")), *choices]

    def _languages(self) -> list[tuple[str, str]]:
        ours = self._known.association.language
        found = [
            ("", tr("As the association writes: {language}", language=LANGUAGES.get(ours, ours))),
            *LANGUAGES.items(),
        ]
        if self._card.language and self._card.language not in LANGUAGES:
            found.append((self._card.language, self._card.language))
        return found

    # The first lines of a letter -------------------------------------------------------------------------------

    def _follow_typing(self) -> None:
        for field in self.fields.values():
            if isinstance(field.editor, QLineEdit | QPlainTextEdit):
                field.editor.textChanged.connect(self._show_preview)
            elif isinstance(field.editor, QComboBox):
                field.editor.currentIndexChanged.connect(self._show_preview)

    def _show_preview(self) -> None:
        if self._previews:
            for label, text in zip(self._previews, preview(self.card_as_typed(), self._known.association), strict=True):
                label.setText(text)


def _choice(look: Look, key: str, label: str, choices: Sequence[tuple[str, str]]) -> ChoiceField:
    """A choice that gets narrower than its longest words when the panel is narrow."""
    made = ChoiceField(look, key, label, choices)
    made.box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
    made.box.setMinimumContentsLength(8)
    return made


def fields_of(group: Group, card: ContactCard) -> list[catalogue.Field]:
    """The fields of a section that a person fills in. An organisation's own name stands first in its name."""
    found = [f for f in catalogue.of_group(group) if f.kind not in (Kind.FOREIGN, Kind.IDENTITY)]
    if card.kind == ORGANISATION:
        own = catalogue.by_key("organisation")
        if group is Group.NAME:
            found = [own, *found]
        elif group is Group.WORK:
            found = [f for f in found if f is not own]
    elif group is Group.NAME:
        first = [catalogue.by_key(key) for key in ("given_name", "family_name")]
        found = [*first, *(f for f in found if f not in first)]
    return found
