"""What is asked before something is put into a letter, or changed there."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QCheckBox, QGridLayout, QLineEdit, QSpinBox, QWidget

from alumnidesk.domain import placeholders
from alumnidesk.domain.letter_text import CENTRE, LEFT, RIGHT, Code, Picture, Table, tidy
from alumnidesk.ui.look import Look
from alumnidesk.ui.widgets.dialog import Dialog
from alumnidesk.ui.widgets.fields import Choice
from alumnidesk.ui.widgets.label import Label
from alumnidesk.ui.words import language, tr

WIDEST, LARGEST_CODE, LEAST = 165, 60, 10
"""Millimetres: the width of the text; of a code; of anything."""
MOST_ROWS, MOST_COLUMNS = 50, 8


class FormOf(Dialog):
    """A few values, each behind its words."""

    def __init__(self, look: Look, head: str, parent: QWidget) -> None:
        super().__init__(look, head, parent=parent)
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(look.px(8))
        self._grid.setVerticalSpacing(look.px(8))
        self._grid.setColumnStretch(1, 1)
        self.column.addLayout(self._grid)

    def ask(self, words: str, editor: QWidget) -> None:
        """One value more."""
        editor.setFont(self.look.font())
        editor.setAccessibleName(words)
        label = Label(self.look, words, role="text2")
        label.setBuddy(editor)
        at = self._grid.rowCount()
        self._grid.addWidget(label, at, 0)
        self._grid.addWidget(editor, at, 1)

    def ask_number(self, words: str, value: int, least: int, most: int, unit: str = "") -> QSpinBox:
        """A whole number more."""
        box = QSpinBox()
        box.setRange(least, most)
        box.setValue(value)
        box.setSuffix(f" {unit}" if unit else "")
        box.lineEdit().setTextMargins(self.look.px(10), 0, 0, 0)  # the style sheet does not reach in there
        self.ask(words, box)
        return box

    def finish(self, verb: str, first: QWidget) -> None:
        """Add the buttons, and begin with this."""
        self.choose(tr("Cancel"), clicked=self.reject)
        self.choose(verb, main=True, clicked=self.accept)
        first.setFocus(Qt.FocusReason.OtherFocusReason)


class TableDialog(FormOf):
    """How large a table is."""

    def __init__(self, look: Look, parent: QWidget) -> None:
        super().__init__(look, tr("Table"), parent)
        self.rows = self.ask_number(tr("Rows"), 3, 1, MOST_ROWS)
        self.columns = self.ask_number(tr("Columns"), 2, 1, MOST_COLUMNS)
        self.head = QCheckBox(tr("The first row holds headings"))
        self.head.setChecked(True)
        self.head.setFont(look.font())
        self.column.addWidget(self.head)
        self.finish(tr("Insert"), self.rows)

    @property
    def block(self) -> Table:
        """The empty table."""
        rows = (((),) * self.columns.value(),) * self.rows.value()
        table = tidy((Table(rows, (), self.head.isChecked()),))[0]
        assert isinstance(table, Table)
        return table


class WidthsDialog(FormOf):
    """How the width of a table is shared."""

    def __init__(self, look: Look, widths: Sequence[int], parent: QWidget) -> None:
        super().__init__(look, tr("Widths of the columns"), parent)
        self.boxes = [self.ask_number(tr("Column {n}", n=n), width, 3, 97, "%") for n, width in enumerate(widths, 1)]
        said = tr("What is missing to 100 % or is too much is shared out.")
        self.column.addWidget(Label(look, said, size="small", role="text2", wraps=True))
        self.finish(tr("Change"), self.boxes[0])

    @property
    def widths(self) -> tuple[int, ...]:
        """Shares that make 100 together."""
        values = [box.value() for box in self.boxes]
        ends = [round(100 * sum(values[:n]) / sum(values)) for n in range(len(values) + 1)]
        return tuple(end - begin for begin, end in pairwise(ends))


class ObjectDialog(FormOf):
    """Width and place of a picture or a QR code, and what the code says."""

    def __init__(self, look: Look, what: Picture | Code, parent: QWidget) -> None:
        super().__init__(look, tr("QR code") if isinstance(what, Code) else tr("Picture"), parent)
        self._what = what
        self.says = QLineEdit()
        if isinstance(what, Code):
            self.says.setText(placeholders.named(what.text, language()))
            self.ask(tr("What the code says"), self.says)
        size, most = (what.size, LARGEST_CODE) if isinstance(what, Code) else (what.width, WIDEST)
        self.size_ = self.ask_number(tr("Width"), size, LEAST, most, "mm")
        self.place = Choice()
        for align, words in ((LEFT, tr("Left")), (CENTRE, tr("In the middle")), (RIGHT, tr("Right"))):
            self.place.addItem(words, align)
        self.place.setCurrentIndex(max(self.place.findData(what.align), 0))
        self.ask(tr("Alignment"), self.place)
        if isinstance(what, Code):
            example = placeholders.named("https://lindenhof.example/{email}", language())
            said = tr("Usually an internet address. Placeholders are filled in: {example}", example=example)
            self.column.addWidget(Label(look, said, size="small", role="text2", wraps=True))
        new = isinstance(what, Code) and not what.text
        self.finish(tr("Insert") if new else tr("Change"), self.says if isinstance(what, Code) else self.size_)

    @property
    def block(self) -> Picture | Code:
        """As it was chosen."""
        align = str(self.place.currentData())
        if isinstance(self._what, Code):
            text = placeholders.keyed(self.says.text().strip())
            return replace(self._what, text=text, size=self.size_.value(), align=align)
        return replace(self._what, width=self.size_.value(), align=align)
