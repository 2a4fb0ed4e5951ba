"""Fields one below the other, labels in one column at the left or above their fields."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, TypeVar

from PySide6.QtCore import QRect, QSize, Qt, Signal
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QWidget

from alumnidesk.errors import InvalidInput
from alumnidesk.ui.look import Look
from alumnidesk.ui.widgets.changing import Changing
from alumnidesk.ui.widgets.fields import WIDEST, CheckField, Field
from alumnidesk.ui.widgets.label import Label, section
from alumnidesk.ui.words import words

T = TypeVar("T")
LABELS = 112
"""Width of the label column at 100 %; longer labels make it wider."""


class _TopGrid(QGridLayout):
    """A grid at the top of its room. Qt's own alignment goes by the preferred width: broken lines would be cut."""

    def setGeometry(self, room: QRect) -> None:
        needed = self.heightForWidth(room.width()) if self.hasHeightForWidth() else self.sizeHint().height()
        super().setGeometry(QRect(room.topLeft(), QSize(room.width(), min(room.height(), needed))))


class Form(Changing, QWidget):
    """`saved` carries the key and the value of a field that was left. One that `changes` the file can only be read
    where that may only be read."""

    saved = Signal(str, object)

    def __init__(self, look: Look, *, above: bool = False, labels: int = LABELS, changes: bool = False) -> None:
        super().__init__()
        self.changes = changes
        self._look, self._above = look, above
        self.fields: dict[str, Field] = {}
        self._columns = 1 if above else 2
        self._grid = _TopGrid(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(look.px(8))
        self._grid.setVerticalSpacing(look.px(4 if above else 8))
        if not above:
            self._grid.setColumnMinimumWidth(0, look.px(labels))
            self._grid.setColumnStretch(1, 1)

    def add(self, field: Field) -> Field:
        """Put a field at the foot of the form."""
        row = self._grid.rowCount()
        self.fields[field.key] = field
        field.saved.connect(self.saved)
        if isinstance(field, CheckField):
            field.label.setParent(field)
            field.label.hide()
            self._grid.addWidget(field, row, 0, 1, self._columns)
        elif self._above:
            self._grid.addWidget(field.label, row, 0)
            self._grid.addWidget(field, row + 1, 0)
        else:
            field.label.setMinimumHeight(self._look.px(36))
            self._grid.addWidget(field.label, row, 0, Qt.AlignmentFlag.AlignTop)
            self._grid.addWidget(field, row, 1)
        return field

    def add_head(self, words: str) -> None:
        """A bold line above the fields that follow."""
        row = self._grid.rowCount()
        head = section(self._look, words)
        head.setMinimumHeight(self._look.px(36 if row > 1 else 28))
        head.setAlignment(Qt.AlignmentFlag.AlignLeading | Qt.AlignmentFlag.AlignBottom)
        self._grid.addWidget(head, row, 0, 1, self._columns)

    def add_hint(self, words: str) -> None:
        """A small line below the last field, for what its label cannot say."""
        hint = Label(self._look, words, size="small", role="text2", wraps=True)
        hint.setMaximumWidth(self._look.px(WIDEST))
        row = QHBoxLayout()  # as below
        row.addWidget(hint, 1)
        row.addStretch()
        last = next(reversed(self.fields.values()), None)
        if self._above or isinstance(last, CheckField):
            self._grid.addLayout(row, self._grid.rowCount(), 0, 1, self._columns)
        else:
            self._grid.addLayout(row, self._grid.rowCount(), 1)

    def add_widget(self, widget: QWidget) -> None:
        """Anything else, over the whole width."""
        row = QHBoxLayout()  # the grid would reckon the height of its lines at the grid's width, not at their own
        row.addWidget(widget)
        self._grid.addLayout(row, self._grid.rowCount(), 0, 1, self._columns)

    def held(self, why: str) -> None:
        for field in self.fields.values():
            if field.changes:
                field.only_read(why)

    # Values ----------------------------------------------------------------------------------------------------

    def show_values(self, values: Mapping[str, Any]) -> None:
        """Show what is stored; a field that is being typed in, or has a problem, keeps what was typed beyond that."""
        for key, field in self.fields.items():
            if key not in values:
                continue
            beyond = field.edited and field.value != values[key]
            if not (beyond and (field.editor.hasFocus() or field.has_problem)):
                field.set_value(values[key])

    def show_anew(self, values: Mapping[str, Any]) -> None:
        """Show the values of something else; what was typed is given up."""
        for field in self.fields.values():
            field.take_back()
        self.show_values(values)

    def values(self) -> dict[str, str | bool]:
        """What stands in all editors now."""
        return {key: field.value for key, field in self.fields.items()}

    def commit(self) -> bool:
        """Save what was typed in any field, before one leaves; False if something cannot be understood."""
        left = [field for field in self.fields.values() if not field.commit()]
        return not left

    @property
    def unstored(self) -> bool:
        """Does something stand in a field that was refused, or could not be saved?"""
        return any(field.has_problem for field in self.fields.values())

    def go_to_problem(self) -> None:
        """Stand in the first field whose value cannot be saved, if there is one."""
        for field in self.fields.values():
            if field.has_problem:
                field.setFocus(Qt.FocusReason.OtherFocusReason)
                return

    def follow(self, then: Callable[[], object]) -> None:
        """Do this whenever something is typed or chosen, long before it is saved; for a picture beside the fields."""
        for field in self.fields.values():
            for changed in ("textChanged", "currentIndexChanged"):
                if (signal := getattr(field.editor, changed, None)) is not None:
                    signal.connect(lambda _: then())

    def understood(self, made: Callable[[], T], otherwise: Callable[[BaseException], None]) -> T | None:
        """What `made` makes of the fields; None if it raises InvalidInput, which is then shown as in `refused`."""
        for field in self.fields.values():
            field.show_problem("")
        try:
            return made()
        except InvalidInput as problem:
            self.refused(problem, otherwise)
            return None

    def refused(self, problem: BaseException, otherwise: Callable[[BaseException], None]) -> None:
        """Show a refused value at its field and go there; anything else goes to `otherwise` (`Messages.show`)."""
        field = self.fields.get(problem.field) if isinstance(problem, InvalidInput) else None
        if field is None or not isinstance(problem, InvalidInput):
            otherwise(problem)
            return
        out = f" {words(problem.way_out)}" if problem.way_out else ""
        field.show_problem(words(problem.message) + out)
        field.setFocus(Qt.FocusReason.OtherFocusReason)
