"""Step 2: how the file was read, and which of its columns goes where. Each guess is corrected where it is seen."""

from __future__ import annotations

from contextlib import suppress

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QStandardItem, QStandardItemModel
from PySide6.QtWidgets import QCheckBox, QFrame, QGridLayout, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from alumnidesk.domain import slots
from alumnidesk.domain.own_fields import check_name
from alumnidesk.errors import InvalidInput
from alumnidesk.services.import_plan import DELIMITERS, ENCODINGS, Choices, Preview
from alumnidesk.ui.contacts.importing.saved_columns import SavedColumns
from alumnidesk.ui.page import Context
from alumnidesk.ui.widgets.buttons import LinkButton
from alumnidesk.ui.widgets.fields import Choice
from alumnidesk.ui.widgets.flow import Flow
from alumnidesk.ui.widgets.label import Label, Line, breakable
from alumnidesk.ui.widgets.notice import Callout
from alumnidesk.ui.widgets.tabs import Tabs
from alumnidesk.ui.words import tr, tr_n, words

KEEP = "*"
"""Data of the entry for a column that is kept as it is."""
DAY, MONTH = "day", "month"
"""What comes first in dates that could mean two days."""
ZERO = "zero"
"""Postcodes get the zero that they have lost."""
SAMPLE = 60
"""So many characters of a sample are shown."""


class ColumnsStep(QWidget):
    """`changed` when something was corrected; `choices` says how the file shall be read then."""

    changed = Signal()

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._look = look = context.look
        self._preview: Preview | None = None
        self._headings: list[str] = []
        self._reread = False
        self._saved: str | None = None
        self._at: QWidget | int | None = None
        self.corrected = False
        """Did somebody put something right that is not among the saved columns?"""
        self.boxes: list[Choice] = []
        self._model = _slots_model()
        dividers = tuple(zip(DELIMITERS, _delimiter_words(), strict=True))
        self.delimiter = Tabs(look, tr("Columns are divided by"), dividers)
        self.delimiter.chosen.connect(lambda _: self._corrected(self.delimiter, anew=True))
        self.encoding = Choice()
        self.encoding.setAccessibleName(tr("Characters are stored as"))
        if (popup := self.encoding.view()) is not None:
            popup.setAccessibleName(self.encoding.accessibleName())
        self.encoding.setFont(look.font())
        for code, text in zip(ENCODINGS, _encoding_words(), strict=True):
            self.encoding.addItem(text, code)
        self.encoding.activated.connect(lambda _: self._corrected(self.encoding, anew=True))
        orders = ((KEEP, tr("as text")), (DAY, tr("day first")), (MONTH, tr("month first")))
        self.dates = Tabs(look, tr("Dates that could mean two days are read"), orders)
        self.dates.chosen.connect(lambda _: self._corrected(self.dates))
        ways = ((KEEP, tr("as they are")), (ZERO, tr("with a zero in front")))
        self.zeros = Tabs(look, tr("Postcodes that seem to have lost their zero"), ways)
        self.zeros.chosen.connect(lambda _: self._corrected(self.zeros))
        self.headings = QCheckBox(tr("The first line has the headings"))
        self.headings.setAccessibleName(self.headings.text())
        self.headings.setFont(look.font())
        self.headings.clicked.connect(lambda _: self._corrected(self.headings, anew=True))
        self.sheet = Choice()
        self.sheet.setAccessibleName(tr("Sheet of the file"))
        if (popup := self.sheet.view()) is not None:
            popup.setAccessibleName(self.sheet.accessibleName())
        self.sheet.setFont(look.font())
        self.sheet.activated.connect(lambda _: self._corrected(self.sheet, anew=True))
        self.saved = SavedColumns(context, self._columns)
        self.saved.chosen.connect(self._choose_saved)
        self.saved.changed.connect(self._choose_saved)
        self._remarks = QVBoxLayout()
        self._remarks.setSpacing(look.px(8))
        self._scroll = QScrollArea()
        self._scroll.setWidgetResizable(True)
        self._scroll.setFrameShape(QFrame.Shape.NoFrame)
        self._scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._scroll.setAccessibleName(tr("Columns of the file"))
        self._lay_out()

    def _lay_out(self) -> None:
        look = self._look
        column = QVBoxLayout(self)
        column.setContentsMargins(look.px(20), 0, 0, 0)
        column.setSpacing(look.px(10))
        self._text = self._group(Label(look, tr("Divided by"), role="text2"), self.delimiter)
        self._letters = self._group(Label(look, tr("Characters"), role="text2"), self.encoding)
        self._sheets = self._group(Label(look, tr("Sheet"), role="text2"), self.sheet)
        self._unclear = Label(look, role="text2")
        self._dates = self._group(self._unclear, self.dates)
        self._lost = Label(look, role="text2")
        self._postcodes = self._group(self._lost, self.zeros)
        row = Flow(look.px(24), below=look.px(8))
        for group in (self._text, self._letters, self._sheets, self.headings, self._dates, self._postcodes):
            row.addWidget(group)
        above = QVBoxLayout()
        above.setContentsMargins(0, 0, look.px(20), 0)
        above.setSpacing(column.spacing())
        above.addLayout(row)
        above.addWidget(self.saved)
        above.addLayout(self._remarks)
        column.addLayout(above)
        column.addWidget(Line(look))
        column.addWidget(self._scroll, 1)

    def _group(self, *widgets: QWidget) -> QWidget:
        """What is shown or hidden together, because only some files have it."""
        group = QWidget()
        row = QHBoxLayout(group)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(self._look.px(8))
        for widget in widgets:
            row.addWidget(widget)
        return group

    # Showing ---------------------------------------------------------------------------------------------------

    def show_preview(self, preview: Preview) -> None:
        """Show how a file was read."""
        self._preview, self._saved = preview, None
        if not preview.columns:
            return
        self.saved.show_preview(preview)
        choices = preview.choices
        if choices.delimiter in DELIMITERS:
            self.delimiter.go_to(choices.delimiter)
        self.encoding.setCurrentIndex(max(self.encoding.findData(choices.encoding), 0))
        self.headings.setChecked(choices.header_row != 0)
        self.sheet.clear()
        self.sheet.addItems(preview.sheets)
        self.sheet.setCurrentIndex(self.sheet.findText(choices.sheet or "", Qt.MatchFlag.MatchExactly))
        self._text.setVisible(preview.format == "csv")
        self._letters.setVisible(preview.format == "csv")
        self._sheets.setVisible(len(preview.sheets) > 1)
        self.headings.setVisible(preview.format != "ldif")
        self._dates.setVisible(bool(preview.unclear_date) or choices.month_first is not None)
        self._unclear.setText(tr("Read {date}", date=preview.unclear_date))
        self.dates.go_to(KEEP if choices.month_first is None else MONTH if choices.month_first else DAY)
        self._postcodes.setVisible(bool(preview.lost_zero))
        self._lost.setText(tr("Postcodes such as {postcode}", postcode=preview.lost_zero))
        self.zeros.go_to(ZERO if choices.zeros else KEEP)
        self._offer_own_fields(preview)
        self._show_remarks(preview)
        self._show_columns(preview)

    def _offer_own_fields(self, preview: Preview) -> None:
        """The association's own fields, and a new one for each column that nobody understands."""
        known = [field.name for field in preview.own_fields]
        for name in known:
            self._place(slots.OWN + name)
        for column in preview.columns:
            with suppress(InvalidInput):
                if column.slot is None and column.samples:
                    name = check_name(column.heading, known)
                    self._place(slots.OWN + name, tr("New own field “{name}”", name=name))

    def _show_remarks(self, preview: Preview) -> None:
        while (item := self._remarks.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.hide()
                widget.deleteLater()
        notes = [words(note) for note in preview.notes[:5]]
        if notes:
            self._remarks.addWidget(Callout(self._look, tr("Please look at this"), "\n".join(notes), icon="info"))

    def _show_columns(self, preview: Preview) -> None:
        look, bar = self._look, self._scroll.verticalScrollBar()
        headings = [column.heading for column in preview.columns]
        place, self._headings = bar.value() if headings == self._headings else 0, headings
        body = QWidget()
        grid = QGridLayout(body)
        grid.setContentsMargins(0, 0, look.px(20), look.px(20))
        grid.setHorizontalSpacing(look.px(24))
        grid.setVerticalSpacing(look.px(6))
        grid.setColumnStretch(1, 4)
        grid.setColumnStretch(3, 1)
        for at, text in enumerate((tr("Column of the file"), tr("For example"), tr("Goes to"))):
            grid.addWidget(Label(look, text, size="small", bold=True, role="text2"), 0, at)
        self.boxes = []
        self._empty: list[QWidget] = []
        for number, column in enumerate(preview.columns):
            heading = Label(look, breakable(column.heading) or tr("Column {n}", n=number + 1), wraps=True)
            heading.setMinimumWidth(look.px(180))
            sample = " · ".join(text if len(text) <= SAMPLE else f"{text[:SAMPLE]}…" for text in column.samples)
            example = Label(look, breakable(" ".join(sample.split())), size="small", role="text2", wraps=True)
            box = Choice()
            box.setModel(self._model)
            box.setSizeAdjustPolicy(Choice.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
            box.setMinimumContentsLength(24)
            box.setFont(look.font())
            name = tr("{column} goes to", column=column.heading or tr("Column {n}", n=number + 1))
            box.setAccessibleName(name)
            if (popup := box.view()) is not None:
                popup.setAccessibleName(name)
            box.setCurrentIndex(self._place(column.slot))
            box.activated.connect(lambda _, number=number: self._corrected(number))
            self.boxes.append(box)
            for at, widget in enumerate((heading, example, box)):
                grid.addWidget(widget, number + 1, at)
                if not column.samples:
                    widget.hide()
                    self._empty.append(widget)
        if hidden := len(self._empty) // 3:
            self._more = LinkButton(
                look,
                tr_n("Show {n} empty column", "Show {n} empty columns", hidden),
                icon="plus",
                clicked=self._show_empty,
            )
            grid.addWidget(self._more, len(preview.columns) + 1, 0, 1, 3, Qt.AlignmentFlag.AlignLeft)
        grid.setRowStretch(len(preview.columns) + 2, 1)
        self._scroll.setWidget(body)
        body.setAutoFillBackground(False)
        bar.setValue(place)  # whoever has chosen for one column goes on with the next

    def _show_empty(self) -> None:
        for widget in self._empty:
            widget.show()
        self._more.hide()

    def _place(self, slot: str | None, said: str = "") -> int:
        """Where a slot stands among the choices; it is added with these words if it does not yet."""
        found = self._model.match(
            self._model.index(0, 0),
            Qt.ItemDataRole.UserRole,
            KEEP if slot is None else slot,
            1,
            Qt.MatchFlag.MatchExactly,
        )
        if found:
            return found[0].row()
        item = QStandardItem(said or words(slots.label(slot or "")))
        item.setData(slot, Qt.ItemDataRole.UserRole)
        self._model.appendRow(item)
        return self._model.rowCount() - 1

    # Correcting ------------------------------------------------------------------------------------------------

    def _corrected(self, at: QWidget | int, *, anew: bool = False) -> None:
        """Other letters or columns: read again, `anew` with new guesses about the columns."""
        self._at, self._reread, self.corrected = at, anew, True
        self.changed.emit()

    def go_on_there(self) -> bool:
        """Put the keyboard where something was put right just now, once; False if nothing was."""
        at, self._at = self._at, None
        if isinstance(at, int):
            at = self.boxes[at] if at < len(self.boxes) else None
        if isinstance(at, Tabs):
            at.focus_current()
        elif at is not None:
            at.setFocus(Qt.FocusReason.OtherFocusReason)
        return at is not None

    def _choose_saved(self, id: str) -> None:
        """Columns as they were saved; empty: as they are recognised."""
        self._saved, self._reread, self.corrected = id, True, False
        self.changed.emit()

    def _columns(self) -> tuple[str | None, ...]:
        return tuple(None if (slot := box.currentData()) == KEEP else str(slot) for box in self.boxes)

    def choices(self) -> Choices:
        """How the file shall be read."""
        was = self._preview.choices if self._preview else Choices()
        header = (was.header_row or 1) if self.headings.isChecked() else 0
        columns = None if self._reread else self._columns()
        saved = self._saved if self._reread else was.saved
        zeros = self.zeros.current == ZERO
        month_first = None if self.dates.current == KEEP else self.dates.current == MONTH
        if was.format in (None, "csv"):
            encoding, delimiter = str(self.encoding.currentData()), self.delimiter.current
            return Choices(
                "csv", encoding, delimiter, header, columns, saved=saved, month_first=month_first, zeros=zeros
            )
        sheet = self.sheet.currentText() if self.sheet.count() else None
        return Choices(
            was.format, None, None, header, columns, sheet, saved=saved, month_first=month_first, zeros=zeros
        )


def _slots_model() -> QStandardItemModel:
    """All places where a column can go, shared by all boxes."""
    model = QStandardItemModel()
    entries = [
        (KEEP, tr("Keep as it is")),
        (slots.LEAVE_OUT, tr("Leave out")),
        *((slot, words(slots.label(slot))) for slot in slots.choices()),
    ]
    for slot, text in entries:
        item = QStandardItem(text)
        item.setData(slot, Qt.ItemDataRole.UserRole)
        model.appendRow(item)
    return model


def _delimiter_words() -> tuple[str, ...]:
    return tr("comma"), tr("semicolon"), tr("tab"), tr("bar |")


def _encoding_words() -> tuple[str, ...]:
    return (
        tr("UTF-8 (usual)"),
        tr("Windows"),
        tr("Mac (older)"),
        tr("UTF-16 (Excel)"),
        tr("UTF-16, reversed"),
        tr("ISO 8859-15"),
        tr("DOS (American)"),
        tr("DOS (Western Europe)"),
        tr("Shift JIS (Japanese)"),
    )
