"""What one enters about an answer: its day, how one knows, yes or no. In the detail of a contact, or for many."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QCompleter, QWidget

from alumnidesk.domain.consent import NO, YES
from alumnidesk.ui.look import Look
from alumnidesk.ui.widgets.buttons import OutlinedButton
from alumnidesk.ui.widgets.fields import DateField, LineField
from alumnidesk.ui.widgets.flow import Flow
from alumnidesk.ui.widgets.form import Form
from alumnidesk.ui.words import tr


class AnswerForm(Form):
    """`answered` carries yes or no; day and source then stand in `on` and `source`."""

    answered = Signal(str)

    def __init__(self, look: Look) -> None:
        super().__init__(look)
        self.day = DateField(look, "on", tr("On"))
        self._source = LineField(look, "source", tr("Source"))
        self._source.line.setPlaceholderText(tr("form, call …"))
        self.add(self.day)
        self.add(self._source)
        self.yes = OutlinedButton(look, tr("Yes"), icon="check-circle", clicked=lambda: self._answer(YES))
        self.no = OutlinedButton(look, tr("No"), icon="minus-circle", clicked=lambda: self._answer(NO))
        row = QWidget()
        self.buttons = Flow(look.px(8), row)
        for button in (self.yes, self.no):
            self.buttons.addWidget(button)
        self.add_widget(row)
        self.begin(())

    def begin(self, sources: Sequence[str]) -> None:
        """Today, no source; `sources` are offered while one types."""
        self.show_anew({"on": dt.date.today().isoformat(), "source": ""})
        completer = QCompleter(list(sources), self._source.line)
        completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        completer.setFilterMode(Qt.MatchFlag.MatchContains)
        if (popup := completer.popup()) is not None:
            popup.setAccessibleName(tr("Source"))
        self._source.line.setCompleter(completer)

    @property
    def on(self) -> dt.date | None:
        """The day, if one is entered in full."""
        try:
            return dt.date.fromisoformat(str(self.day.value))
        except ValueError:
            return None

    @property
    def source(self) -> str:
        return str(self._source.value)

    def _answer(self, answer: str) -> None:
        if self.on is None:
            self.day.show_problem(tr("Please enter day, month and year."))
            self.day.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            self.answered.emit(answer)
