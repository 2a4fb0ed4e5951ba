"""Choose the columns of the contact list, their order and widths, by what it is sorted and in which groups.

The list behind the dialog follows at once; Cancel puts it back as it was.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from itertools import pairwise

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QVBoxLayout, QWidget

from alumnidesk.ui.contacts.arrangement import NAME, ListArrangement, groups_offered
from alumnidesk.ui.look import Look
from alumnidesk.ui.widgets.buttons import OutlinedButton, PlainButton
from alumnidesk.ui.widgets.dialog import Dialog
from alumnidesk.ui.widgets.fields import Choice
from alumnidesk.ui.widgets.focus import follow_the_eye
from alumnidesk.ui.widgets.label import Label, breakable, section
from alumnidesk.ui.words import tr, words

STEP = 1.25
"""So much wider or narrower a column gets at a time."""
NARROWEST, WIDEST = 48, 600
UP, DOWN, NARROWER, WIDER, AWAY = range(5)
"""The buttons of a row, from left to right."""


class ColumnsDialog(Dialog):
    """Every change is shown by the list at once."""

    def __init__(self, look: Look, arrangement: ListArrangement, parent: QWidget) -> None:
        super().__init__(look, tr("Columns of the list"), parent=parent)
        self._arrangement = arrangement
        self._before = (arrangement.widths, arrangement.sort, arrangement.group, arrangement.downwards)
        self.names = {key: words(column.label) for key, column in arrangement.offered().items()}
        self._area = QWidget()
        area = QVBoxLayout(self._area)
        area.setContentsMargins(0, 0, 0, 0)
        area.setSpacing(look.px(8))
        self.column.addWidget(self._area)
        area.addWidget(section(look, tr("From left to right")))
        self._rows = QVBoxLayout()
        self._rows.setSpacing(0)
        area.addLayout(self._rows)
        self.further, self.add = self._choice(tr("Further column")), OutlinedButton(look, tr("Add"), icon="plus")
        self.add.setAccessibleName(tr("Add this column"))
        self.add.clicked.connect(self._add)
        area.addLayout(self._line(self.further, self.add))
        self.sort, self.downwards = self._choice(tr("Sorted by")), QCheckBox(tr("downwards"))
        self.downwards.setAccessibleName(tr("Sorted downwards"))
        self.group = self._choice(tr("Groups"))
        area.addWidget(section(look, tr("Sorted by")))
        area.addLayout(self._line(self.sort, self.downwards))
        area.addWidget(section(look, tr("Groups")))
        area.addLayout(self._line(self.group))
        for value, text in groups_offered():
            self.group.addItem(text, value)
        self.sort.activated.connect(self._arrange)
        self.group.activated.connect(self._arrange)
        self.downwards.clicked.connect(self._arrange)
        self.choose(tr("As at first"), clicked=lambda: self._choose_columns(self._arrangement.usual_widths()))
        self.choose(tr("Cancel"), clicked=self.reject)
        self.choose(tr("Done"), main=True)
        self.rejected.connect(self._put_back)
        self.rows: dict[str, list[PlainButton]] = {}
        """The buttons of each column."""
        self._fill()

    def _choice(self, name: str) -> Choice:
        choice = Choice()
        choice.setFont(self.look.font())
        choice.setAccessibleName(name)
        return choice

    def _line(self, wide: QWidget, beside: QWidget | None = None) -> QHBoxLayout:
        line = QHBoxLayout()
        line.setSpacing(self.look.px(8))
        line.addWidget(wide, 1)
        if beside is not None:
            line.addWidget(beside)
        return line

    # Rows ------------------------------------------------------------------------------------------------------

    def _fill(self) -> None:
        """Show what the arrangement is now."""
        chosen = [key for key in self._arrangement.widths if key in self.names]
        while (item := self._rows.takeAt(0)) is not None:
            if (old := item.widget()) is not None:
                old.hide()
                old.deleteLater()
        self.rows = {}
        for place, key in enumerate(chosen):
            self._rows.addWidget(self._row(key, place, len(chosen)))
        self._refill(self.further, {key: name for key, name in self.names.items() if key not in chosen})
        self._refill(self.sort, {key: self.names[key] for key in chosen})
        self.sort.setCurrentIndex(self.sort.findData(self._arrangement.sort))
        self.downwards.setChecked(self._arrangement.downwards)
        self.group.setCurrentIndex(self.group.findData(self._arrangement.group))
        self.add.setEnabled(bool(self.further.count()))
        follow_the_eye(self._area)
        for before, after in pairwise((self.group, *self.made)):
            self.setTabOrder(before, after)

    def _refill(self, choice: Choice, names: dict[str, str]) -> None:
        choice.clear()
        for key, name in names.items():
            choice.addItem(name, key)

    def _row(self, key: str, place: int, n: int) -> QWidget:
        look, name = self.look, self.names[key]
        row = QWidget()
        line = QHBoxLayout(row)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(look.px(4))
        line.addWidget(Label(look, breakable(name), wraps=True), 1)
        width = self._arrangement.widths[key]
        offered: list[tuple[str, str, Callable[[], None], bool]] = [
            ("arrow-up", tr("Move {column} to the left", column=name), partial(self._move, key, -1), place > 1),
            (
                "arrow-down",
                tr("Move {column} to the right", column=name),
                partial(self._move, key, 1),
                0 < place < n - 1,
            ),
            (
                "minus",
                tr("Make {column} narrower", column=name),
                partial(self._widen, key, 1 / STEP),
                width > NARROWEST,
            ),
            ("plus", tr("Make {column} wider", column=name), partial(self._widen, key, STEP), width < WIDEST),
            ("close", tr("Remove {column}", column=name), partial(self._remove, key), key != NAME),
        ]
        self.rows[key] = []
        for icon, said, clicked, possible in offered:
            button = PlainButton(look, "", icon=icon, name=said, clicked=clicked)
            button.setEnabled(possible)
            line.addWidget(button)
            self.rows[key].append(button)
        return row

    # Deeds -----------------------------------------------------------------------------------------------------

    def _move(self, key: str, by: int) -> None:
        keys = list(self._arrangement.widths)
        place = keys.index(key)
        keys.insert(place + by, keys.pop(place))
        self._choose_columns({key: self._arrangement.widths[key] for key in keys})
        self._focus(key, UP if by < 0 else DOWN)

    def _widen(self, key: str, by: float) -> None:
        width = min(max(round(self._arrangement.widths[key] * by), NARROWEST), WIDEST)
        self._choose_columns({**self._arrangement.widths, key: width})
        self._focus(key, WIDER if by > 1 else NARROWER)

    def _remove(self, key: str) -> None:
        keys = list(self.rows)
        below = keys[keys.index(key) + 1 :]
        self._arrangement.remove(key)
        self._fill()
        self._focus(below[0] if below else list(self.rows)[-1], AWAY)

    def _add(self) -> None:
        key = str(self.further.currentData())
        place = self.further.currentIndex()
        self._choose_columns({**self._arrangement.widths, key: self._arrangement.offered()[key].width})
        self.further.setCurrentIndex(min(place, self.further.count() - 1))
        self.add.setFocus(Qt.FocusReason.OtherFocusReason)

    def _choose_columns(self, widths: dict[str, int]) -> None:
        self._arrangement.choose(widths)
        self._fill()

    def _focus(self, key: str, place: int) -> None:
        """Stay on the button that was pressed, or on the first of its row that can be."""
        buttons = self.rows[key]
        able = next((button for button in (buttons[place], *buttons) if button.isEnabled()), None)
        if able is not None:
            able.setFocus(Qt.FocusReason.OtherFocusReason)

    def _arrange(self) -> None:
        sort, group = str(self.sort.currentData()), str(self.group.currentData())
        self._arrangement.arrange(sort, group, downwards=self.downwards.isChecked())

    def _put_back(self) -> None:
        widths, sort, group, downwards = self._before
        self._arrangement.choose(widths)
        self._arrangement.arrange(sort, group, downwards=downwards)
