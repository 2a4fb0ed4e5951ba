"""What is entered for many contacts: an editor for each thing that can be changed, and each way to change it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QComboBox, QCompleter, QLineEdit, QPlainTextEdit, QVBoxLayout, QWidget

from alumnidesk.domain.addresses import country_codes, country_name
from alumnidesk.domain.bulk_edit import ADDRESS, AFFILIATIONS, TAGS, Edit, Target, Way
from alumnidesk.domain.cards import Affiliation
from alumnidesk.domain.fields import Kind, by_key
from alumnidesk.domain.own_fields import NO, YES, OwnField, OwnKind
from alumnidesk.domain.slots import own_name
from alumnidesk.errors import InvalidInput
from alumnidesk.i18n import LANGUAGES
from alumnidesk.ui.contacts.blocks import KINDS, AffiliationBlock
from alumnidesk.ui.contacts.facts import kind_words
from alumnidesk.ui.contacts.own_fields import OwnLine
from alumnidesk.ui.look import Look
from alumnidesk.ui.widgets.fields import ChoiceField, DateField, Field, LineField, TextField
from alumnidesk.ui.widgets.form import Form
from alumnidesk.ui.widgets.label import Label, section
from alumnidesk.ui.words import language, tr, words

if TYPE_CHECKING:
    from alumnidesk.desk import Desk

VALUE = "value"
"""The key of the field to which a refused value belongs."""


@dataclass(frozen=True, slots=True)
class Offered:
    """What can be changed, and what there is to choose from."""

    targets: Sequence[Target]
    own: Mapping[str, OwnField]
    tags: Sequence[str] = ()
    units: Sequence[str] = ()
    roles: Sequence[str] = ()


def offered(desk: Desk) -> Offered:
    """Read what can be changed in this file."""
    own = {field.name: field for field in desk.own_fields.all()}
    return Offered(desk.bulk.targets(), own, desk.contacts.tags(), desk.contacts.units(), desk.find.values("role"))


class ValueEditor(QWidget):
    """The fields for one target and way. `changed` at each key."""

    changed = Signal()

    def __init__(self, look: Look, target: Target, way: Way, known: Offered) -> None:
        super().__init__()
        self._look, self._target, self._way, self._known = look, target, way, known
        self.block: AffiliationBlock | None = None
        """Where an affiliation is entered."""
        self.fields: dict[str, Field] = {}
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(look.px(8))
        form = Form(look)
        if target.slot == AFFILIATIONS and way in (Way.END, Way.CHANGE):
            column.addWidget(section(look, tr("Which affiliations?")))
            for field in self._where():
                form.add(field)
            form.add_hint(tr("What is left empty does not matter."))
        if target.slot == AFFILIATIONS and way is not Way.END:
            column.addWidget(form)
            if way is Way.CHANGE:
                column.addWidget(section(look, tr("What do they become?")))
            self.block = AffiliationBlock(look, known.units)
            self.block.remove.hide()
            for line in self.block.lines.values():
                line.textChanged.connect(self.changed)
            column.addWidget(self.block)
        elif way is not Way.CLEAR:
            form.add(self._value())
            column.addWidget(form)
        self.fields = form.fields
        for field in self.fields.values():
            self._follow(field.editor)
        self.problem = Label(look, size="small", role="bad", wraps=True)
        self.problem.hide()
        column.addWidget(self.problem)

    # Fields ----------------------------------------------------------------------------------------------------

    def _value(self) -> Field:
        look, slot, label = self._look, self._target.slot, words(self._target.label)
        if slot == AFFILIATIONS:
            return DateField(look, VALUE, tr("Ended"))
        if slot == TAGS:
            return _line(look, VALUE, tr("Tag"), self._known.tags)
        if slot == f"{ADDRESS}country":
            tongue = language().locale
            return _line(look, VALUE, label, [country_name(code, tongue) for code in country_codes()])
        if slot == f"{ADDRESS}label":
            return _choice(look, label, [(kind, kind_words(kind)) for kind in KINDS["addresses"]])
        if slot.startswith(ADDRESS):
            return LineField(look, VALUE, label)
        if name := own_name(slot):
            return self._own_value(self._known.own[name])
        field = by_key(slot)
        match field.kind:
            case Kind.FLAG:
                return _choice(look, label, _yes_or_no())
            case Kind.CHOICE:
                return _choice(look, label, [(value, words(text)) for value, text in field.choices])
            case Kind.LANGUAGE:
                return _choice(look, label, list(LANGUAGES.items()))
            case Kind.LONG_TEXT:
                return TextField(look, VALUE, label)
            case Kind.DATE:
                return DateField(look, VALUE, label)
        return LineField(look, VALUE, label)

    def _own_value(self, field: OwnField) -> Field:
        if field.kind is OwnKind.YES_NO:
            return _choice(self._look, field.name, _yes_or_no())
        if field.kind is OwnKind.CHOICE:
            return _choice(self._look, field.name, [(choice, choice) for choice in field.choices])
        line = OwnLine(self._look, field)
        line.key = VALUE
        return line

    def _where(self) -> list[Field]:
        look, known = self._look, self._known
        return [
            _line(look, "unit", tr("Unit"), known.units),
            _line(look, "role", tr("Role"), known.roles),
            LineField(look, "cohort", tr("Cohort")),
        ]

    def _follow(self, editor: QWidget) -> None:
        if isinstance(editor, QLineEdit | QPlainTextEdit):
            editor.textChanged.connect(self.changed)
        elif isinstance(editor, QComboBox):
            editor.currentIndexChanged.connect(self.changed)

    @property
    def first(self) -> QWidget | None:
        """Where typing begins, if anything is typed."""
        if self.fields:
            return next(iter(self.fields.values()))
        return self.block.first if self.block is not None else None

    # What is entered -------------------------------------------------------------------------------------------

    def edit(self) -> Edit | None:
        """The change as it is entered; None while it makes no sense, which is then said at its place."""
        self.show_problem("")
        texts = {key: str(field.value) for key, field in self.fields.items()}
        cohort = texts.get("cohort", "")
        wrong = self.block.problem() if self.block is not None else ""
        if cohort and not (cohort.isdecimal() and len(cohort) == 4):
            wrong = tr("“{text}” is not a year. A cohort is a year such as 1998.", text=cohort)
        if wrong:
            self.show_problem(wrong)
            return None
        where = Affiliation(texts.get("unit", ""), texts.get("role", ""), cohort_to=int(cohort) if cohort else None)
        part = (self.block.read() if self.block is not None else None) or Affiliation()
        value = texts.get(VALUE, "")
        if self._way is not Way.CLEAR and not value and part == Affiliation():
            return None  # nothing is entered yet
        return Edit(self._target.slot, self._way, value, where, part)

    def refused(self, problem: InvalidInput) -> None:
        """Say at its place why a value cannot be entered."""
        self.show_problem(" ".join(words(part) for part in (problem.message, problem.way_out) if part))

    def show_problem(self, text: str) -> None:
        """Say it below the value, or where an affiliation is entered; an empty text takes it away."""
        if (field := self.fields.get(VALUE)) is not None:
            field.show_problem(text)
        else:
            self.problem.setText(text)
            self.problem.setVisible(bool(text))


def _yes_or_no() -> list[tuple[str, str]]:
    return [(YES, tr("yes")), (NO, tr("no"))]


def _choice(look: Look, label: str, choices: Sequence[tuple[str, str]]) -> ChoiceField:
    made = ChoiceField(look, VALUE, label, [("", tr("Choose …")), *choices])
    made.box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
    return made


def _line(look: Look, key: str, label: str, known: Sequence[str]) -> LineField:
    """A line that offers what there is while one types."""
    made = LineField(look, key, label)
    completer = QCompleter(list(known), made.line)
    completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
    completer.setFilterMode(Qt.MatchFlag.MatchContains)
    if (popup := completer.popup()) is not None:
        popup.setAccessibleName(label)
    made.line.setCompleter(completer)
    return made
