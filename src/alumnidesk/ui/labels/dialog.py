"""Which labels or envelopes lie in the drawer, which of them are free, and where the printer puts them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QLineEdit, QPlainTextEdit, QVBoxLayout

from alumnidesk.domain.file_names import file_name
from alumnidesk.domain.label_sheets import LabelSheet, called, found
from alumnidesk.errors import InvalidInput
from alumnidesk.i18n import Message
from alumnidesk.ui.labels.sheet_picture import HEIGHT, SheetPicture
from alumnidesk.ui.page import Context
from alumnidesk.ui.widgets.buttons import LinkButton
from alumnidesk.ui.widgets.dialog import Dialog
from alumnidesk.ui.widgets.fields import ChoiceField
from alumnidesk.ui.widgets.label import Label
from alumnidesk.ui.widgets.lengths import length_text, read_length
from alumnidesk.ui.widgets.lines import Column, LinesTable
from alumnidesk.ui.widgets.list_table import TWO_LINES, ListTable
from alumnidesk.ui.widgets.search import SearchField
from alumnidesk.ui.words import tr, tr_n, words

if TYPE_CHECKING:
    from alumnidesk.services.labels import Text

SHEET, BADGES, SHIFT, PRINTER = "labels/sheet", "labels/badges", "labels/shift", "labels/printer"
"""What is kept on this computer: the names of the sheets for addresses and for badges, by how many millimetres each
printer is off, and which was the last."""


class LabelsDialog(Dialog):
    """`asked` wants to know again what is to be printed; `test_asked` wants a test sheet, `save_asked` a file and
    `print_asked` to see the pages and print them; `add_asked` and `remove_asked` are about sheets of one's own."""

    asked = Signal()
    test_asked = Signal()
    save_asked = Signal()
    print_asked = Signal()
    add_asked = Signal()
    remove_asked = Signal()

    def __init__(
        self, context: Context, head: str, among: Sequence[LabelSheet], *, badges: bool, sentence: str = ""
    ) -> None:
        """`among` these sheets one chooses; `badges` tells whether it is names that are printed, not addresses."""
        super().__init__(context.look, head, sentence)
        look = self.look
        self._preferences = context.preferences
        self.badges = badges
        self.labels: Sequence[Text] = ()
        """The lines of each that is to be printed."""
        self._among = list(among)
        self.search = SearchField(look, tr("Maker and number, or size"))
        self.column.addWidget(self.search)
        self.list = self._sheet_list()
        self.picture = SheetPicture(look)
        sides = QHBoxLayout()
        sides.setSpacing(look.px(16))
        sides.addWidget(self.list, 1)
        sides.addWidget(self.picture, 0, Qt.AlignmentFlag.AlignTop)
        self.column.addLayout(sides)
        measure = tr("Measure your own sheet …") if badges else tr("Measure your own sheet or envelope …")
        self.add = LinkButton(look, measure, clicked=self.add_asked.emit, changes=True)
        self.remove = LinkButton(look, tr("Forget this one"), clicked=self.remove_asked.emit, changes=True)
        own = QHBoxLayout()
        for button in (self.add, self.remove):
            own.addWidget(button)
        own.addStretch(1)
        self.column.addLayout(own)
        self.begins = Label(look, "", role="text2", wraps=True)
        self.column.addWidget(self.begins)
        self.right, self.down = (self._measure(text) for text in (tr("mm to the right"), tr("mm down")))
        self.printer = self._printers()
        self.column.addLayout(self._moving())
        self.problem = Label(look, size="small", role="bad", wraps=True)
        self.problem.hide()
        self.column.addWidget(self.problem)
        self.together = QCheckBox(tr("One label per household"))
        self.together.setAccessibleName(self.together.text())
        self.together.setFont(look.font())
        self.together.setChecked(True)
        self.together.setVisible(not badges)
        self.column.addWidget(self.together)
        self.left_out = Label(look, role="look", wraps=True)
        self.reasons = QPlainTextEdit()
        self.reasons.setReadOnly(True)
        self.reasons.setFont(look.font("small"))
        self.reasons.setAccessibleName(tr("Who gets no label, and why"))
        self.reasons.setFixedHeight(look.px(72))
        for widget in (self.left_out, self.reasons):
            widget.hide()
            self.column.addWidget(widget)
        self.choose(tr("Cancel"))
        self.test = self.choose(tr("Test sheet …"), clicked=self.test_asked.emit)
        self.save = self.choose(tr("Save as PDF …"), clicked=self.save_asked.emit)
        self.go = self.choose("", main=True, clicked=self.print_asked.emit)
        self.search.asked.connect(self._find)
        self.search.left_for_list.connect(self.list.setFocus)
        self.list.current_changed.connect(lambda _: self._show())
        self.list.opened.connect(lambda _: self.picture.setFocus())
        self.picture.moved.connect(lambda _: self._show())
        self.together.clicked.connect(lambda _: self.asked.emit())
        self._find("")
        self.search.setFocus(Qt.FocusReason.OtherFocusReason)

    # Made once -------------------------------------------------------------------------------------------------

    def _sheet_list(self) -> ListTable:
        look = self.look
        name = Column[LabelSheet](
            "name",
            tr("Label sheet"),
            lambda sheet: ", ".join(called(sheet, self.search.text())[: 1 if sheet.envelope else 3]),
            300,
            second=_measures,
        )
        self._table: LinesTable[LabelSheet] = LinesTable(
            (name,), lambda ids, deliver: deliver([self._among[id] for id in ids]), self
        )
        listed = ListTable(look, self._table, tr("Label sheets"), row=TWO_LINES, heads=False)
        listed.setFixedHeight(look.px(HEIGHT))
        listed.setMinimumWidth(look.px(300))
        return listed

    def _measure(self, name: str) -> QLineEdit:
        field = QLineEdit()
        field.setFont(self.look.font())
        field.setAccessibleName(tr("Move by {direction}", direction=name))
        field.setFixedWidth(self.look.px(72))
        return field

    def _moving(self) -> QVBoxLayout:
        """By how much all labels are moved, for a printer that draws the paper in askew; kept for each printer."""
        look = self.look
        row = QHBoxLayout()
        row.setSpacing(look.px(8))
        for field, text in zip((self.right, self.down), (tr("mm to the right"), tr("mm down")), strict=True):
            row.addWidget(field)
            row.addWidget(Label(look, text, role="text2"))
        row.addStretch(1)
        column = QVBoxLayout()
        column.setSpacing(look.px(4))
        if self.printer.box.count() > 1:
            beside = QHBoxLayout()
            beside.setSpacing(look.px(8))
            beside.addWidget(self.printer.label)
            beside.addWidget(self.printer, 1)
            column.addLayout(beside)
        column.addWidget(Label(look, tr("If the printer does not meet the labels, move everything by"), role="text2"))
        column.addLayout(row)
        self._show_shift()
        self.printer.box.currentIndexChanged.connect(lambda _: self._show_shift())
        return column

    def _printers(self) -> ChoiceField:
        """The printers of this computer, and any other one: to it belongs what is saved as a file."""
        from alumnidesk.ui.printing.printer import printers  # slow to load

        choices = [*((name, name) for name in printers()), ("", tr("Another printer"))]
        field = ChoiceField(self.look, "printer", tr("Printer"), choices)
        kept = self._preferences.text(PRINTER, choices[0][0])
        field.set_value(kept if kept in dict(choices) else choices[0][0])
        return field

    def _show_shift(self) -> None:
        kept = self._preferences.text(self._shift_key, "0;0").split(";")
        for field, value in zip((self.right, self.down), (*kept, "0")[:2], strict=True):
            field.setText(value)

    @property
    def _shift_key(self) -> str:
        name = str(self.printer.value)
        return f"{SHIFT}/{file_name(name)}" if name else SHIFT

    # What is chosen --------------------------------------------------------------------------------------------

    @property
    def sheet(self) -> LabelSheet | None:
        """The sheet one stands on."""
        return self._among[self.list.current_id] if self.list.current_id is not None else None

    def shift(self) -> tuple[float, float] | None:
        """By how many millimetres all is moved; None, and a sentence below the fields, if that is no number."""
        try:
            moved = tuple(read_length("shift", field.text()) for field in (self.right, self.down))
        except InvalidInput:
            moved = (100.0, 100.0)
        wrong = any(abs(by) > 20 for by in moved)
        self.problem.setText(tr("Please enter millimetres, at most 20 in any direction, such as 1.5 or -0.5."))
        self.problem.setVisible(wrong)
        if wrong:
            self.right.setFocus(Qt.FocusReason.OtherFocusReason)
            return None
        return moved[0], moved[1]

    def keep(self) -> None:
        """Remember sheet, printer and its aim for the next time."""
        if self.sheet is not None:
            self._preferences.keep(BADGES if self.badges else SHEET, self.sheet.name)
        self._preferences.keep(PRINTER, str(self.printer.value))
        self._preferences.keep(self._shift_key, f"{self.right.text()};{self.down.text()}")

    # Showing ---------------------------------------------------------------------------------------------------

    def show_sheets(self, among: Sequence[LabelSheet], name: str = "") -> None:
        """Choose among other sheets; stand on the one of this name."""
        self._among = list(among)
        if self.search.text() != name:
            self.search.setText(name)
        self._find(name)

    def _find(self, text: str) -> None:
        numbers = {sheet: number for number, sheet in enumerate(self._among)}
        fitting = found(text, self._among, badges=self.badges)
        kept = self._preferences.text(BADGES if self.badges else SHEET)
        if not text:
            fitting.sort(key=lambda sheet: kept not in sheet.names)
        self.list.begin_at_the_top()
        self._table.show([numbers[sheet] for sheet in fitting], fitting)
        self._show()

    def show_labels(self, labels: Sequence[Text], left_out: Sequence[tuple[str, Message]]) -> None:
        """What is to be printed, and who gets none."""
        self.labels = labels
        self.left_out.setVisible(bool(left_out))
        self.reasons.setVisible(bool(left_out))
        self.left_out.setText(tr_n("{n} contact gets no label:", "{n} contacts get no label:", len(left_out)))
        lines = (tr("{name}: {reason}", name=name, reason=words(why)) for name, why in left_out)
        self.reasons.setPlainText("\n".join(lines))
        self._show()

    def _show(self) -> None:
        sheet, n = self.sheet, len(self.labels)
        self.picture.show_sheet(sheet, n)
        self.remove.setVisible(sheet is not None and sheet.own)
        if sheet is None:
            self.begins.setText(tr("No label sheet is called so. Try the number alone, or the size, such as 70 x 36."))
        else:
            self.begins.setText(_begins(sheet, self.picture.start, n))
        self.go.set_words(self._to_print(n))
        for button in (self.save, self.go):
            button.setEnabled(sheet is not None and n > 0)
        self.test.setEnabled(sheet is not None)

    def _to_print(self, n: int) -> str:
        if self.badges:
            return tr_n("Print {n} badge …", "Print {n} badges …", n)
        if self.sheet is not None and self.sheet.envelope:
            return tr_n("Print {n} envelope …", "Print {n} envelopes …", n)
        return tr_n("Print {n} label …", "Print {n} labels …", n)


def _begins(sheet: LabelSheet, start: int, n: int) -> str:
    """How many sheets are needed for so many labels, and where they begin; or how one begins elsewhere."""
    if sheet.envelope:
        return tr_n("{n} envelope, the sender at its upper left", "{n} envelopes, the sender at their upper left", n)
    needed = -(-(start - 1 + n) // sheet.count)
    if start == 1 < sheet.count:
        return tr_n(
            "{n} sheet. If it is begun: click on its first free label in the picture.",
            "{n} sheets. If the first is begun: click on its first free label in the picture.",
            needed,
        )
    return tr_n("{n} sheet, from label {start} on", "{n} sheets, from label {start} on", needed, start=start)


def _measures(sheet: LabelSheet) -> str:
    if sheet.envelope:
        width, height = map(length_text, sheet.page)
        return tr("{width} × {height} mm, printed directly", width=width, height=height)
    width, height = (length_text(length) for length in (sheet.width, sheet.height))
    return tr(
        "{width} × {height} mm, {n} on a sheet of {paper}", width=width, height=height, n=sheet.count, paper=sheet.paper
    )
