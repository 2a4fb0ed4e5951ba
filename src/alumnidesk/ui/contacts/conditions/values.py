"""The editors for the value of a condition: a menu where there are few values, a line that offers what there is, a
date, a number."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QLocale, Qt, Signal
from PySide6.QtWidgets import QCompleter, QHBoxLayout, QLineEdit, QWidget

from alumnidesk.domain import dates
from alumnidesk.domain.addresses import country_codes, country_name
from alumnidesk.domain.query_fields import QueryField, Sort
from alumnidesk.ui.look import Look
from alumnidesk.ui.widgets.fields import Choice
from alumnidesk.ui.words import language, tr, words

WIDTH, SHORT = 240, 104
"""Of an editor at 100 %: of one value, and of numbers."""


def choices_of(field: QueryField) -> list[tuple[str, str]]:
    """The values of a field that has few of them, with their words; none for others."""
    here = language()
    match field.sort:
        case Sort.CHOICE:
            return [(choice.value, words(choice.label)) for choice in field.choices]
        case Sort.COUNTRY:
            named = [(code, country_name(code, here.code)) for code in country_codes()]
            return sorted(named, key=lambda one: one[1].casefold())
        case Sort.MONTH:
            return [(str(month), QLocale(here.locale).standaloneMonthName(month)) for month in range(1, 13)]
        case _:
            return []


class ValueEditor(QWidget):
    """One value of a field. `changed` at each key."""

    changed = Signal()

    def __init__(self, look: Look, field: QueryField, name: str) -> None:
        super().__init__()
        self._field = field
        self.box: Choice | None = None
        self.line: QLineEdit | None = None
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        if field.sort in (Sort.CHOICE, Sort.COUNTRY, Sort.MONTH, Sort.AUDIENCE, Sort.TEXT, Sort.ROLE):
            self.box = self._menu(name)
        else:
            self.line = QLineEdit()
            if field.sort is Sort.DATE:
                self.line.setPlaceholderText(tr("Day, month or year"))
        if self.line is not None:
            self.line.textChanged.connect(self.changed)
        editor = self.box or self.line
        assert editor is not None
        editor.setFont(look.font())
        editor.setAccessibleName(name)
        editor.setFixedWidth(look.px(SHORT if field.sort is Sort.NUMBER else WIDTH))
        row.addWidget(editor, 1)
        self.setFocusProxy(editor)

    def _menu(self, name: str) -> Choice:
        """A menu; of fields with any values it offers what there is, and other values can be typed."""
        box = Choice()
        if self._field.sort in (Sort.TEXT, Sort.ROLE):
            box.setEditable(True)
            box.setInsertPolicy(Choice.InsertPolicy.NoInsert)
            self.line = box.lineEdit()
            if self.line is not None:
                self.line.setAccessibleName(name)
            box.activated.connect(self._taken)
        else:
            box.addItem(tr("Choose …"), "")
            for value, shown in choices_of(self._field):
                box.addItem(shown, value)
            box.currentIndexChanged.connect(self.changed)
        return box

    def _taken(self, place: int) -> None:
        """What was chosen stands in the line without its indent."""
        if self.box is not None and self.line is not None:
            self.line.setText(str(self.box.itemData(place) or ""))

    def offer(self, values: Sequence[str]) -> None:
        """Offer the values that there are; what stands in the field stays."""
        box = self.box
        if box is None or choices_of(self._field):
            return
        value = self.value
        blocked = box.blockSignals(True)
        box.clear()
        if not box.isEditable():
            box.addItem(tr("Choose …"), "")
        for one in values:
            box.addItem(one, one.strip())  # what lies below something else is indented
        if box.isEditable():
            completer = QCompleter([one.strip() for one in values], box)
            completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
            completer.setFilterMode(Qt.MatchFlag.MatchContains)
            if (popup := completer.popup()) is not None:
                popup.setAccessibleName(box.accessibleName())
            box.setCompleter(completer)
        self.value = value
        box.blockSignals(blocked)

    @property
    def value(self) -> str:
        """In stored form where it can be read, else as typed."""
        if self.line is None:
            return str(self.box.currentData() or "") if self.box is not None else ""
        text = " ".join(self.line.text().split())
        return dates.read(text) or text if self._field.sort is Sort.DATE else text

    @value.setter
    def value(self, value: str) -> None:
        box = self.box
        if self.line is not None:
            self.line.setText(dates.shown(value, language().locale) if self._field.sort is Sort.DATE else value)
            self.line.setCursorPosition(0)
        elif box is not None:
            if value and box.findData(value) < 0:
                box.addItem(value, value)
            box.setCurrentIndex(max(box.findData(value), 0))
