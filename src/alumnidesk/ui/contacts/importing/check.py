"""Step 3: what becomes of every line of the file, why, and which shall be left out."""

from __future__ import annotations

from array import array
from collections.abc import Callable, Mapping, Sequence

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from alumnidesk.domain.association import Association
from alumnidesk.domain.cards import ContactCard
from alumnidesk.domain.fields import Group
from alumnidesk.services.import_plan import Kind, Preview, Row
from alumnidesk.ui.contacts.facts import facts
from alumnidesk.ui.contacts.table import NOTHING
from alumnidesk.ui.page import Context
from alumnidesk.ui.widgets.buttons import OutlinedButton
from alumnidesk.ui.widgets.chip import Chip, ChipLabel
from alumnidesk.ui.widgets.detail import DetailPane
from alumnidesk.ui.widgets.flow import Flow
from alumnidesk.ui.widgets.label import Label, Line, breakable, section, title
from alumnidesk.ui.widgets.lines import Column, LinesTable
from alumnidesk.ui.widgets.list_table import TWO_LINES, ListTable
from alumnidesk.ui.widgets.panes import Panes
from alumnidesk.ui.widgets.tabs import Tabs
from alumnidesk.ui.words import tr, words

ALL = "all"
WIDTHS = (384, 480)
"""Of the detail at 100 %, in a window and in a wide one."""
FIRST = {Kind.PROBLEM: 0, Kind.SIMILAR: 1, Kind.CHANGED: 2, Kind.NEW: 3, Kind.UNCHANGED: 4}
"""What one should look at stands on top."""


class CheckStep(QWidget):
    """`changed` when a row is left out, taken again, or said to be somebody known; `confirmed` with Enter."""

    changed = Signal()
    confirmed = Signal()

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look = context.look
        self._rows: Sequence[Row] = ()
        self._cards: Mapping[int, ContactCard] = {}
        self.skipped: set[int] = set()
        self.same: set[int] = set()
        tabs = (
            (ALL, tr("All")),
            (Kind.PROBLEM.value, tr("Problems")),
            (Kind.SIMILAR.value, tr("Maybe known")),
            (Kind.CHANGED.value, tr("Changed")),
            (Kind.NEW.value, tr("New")),
            (Kind.UNCHANGED.value, tr("Unchanged")),
        )
        self.tabs = Tabs(self._look, tr("Lines of the file"), tabs)
        self.tabs.chosen.connect(lambda _: self._fill())
        self.table: LinesTable[Row] = LinesTable(self._columns(), self._fetch)
        self.list = ListTable(self._look, self.table, tr("Lines of the file"), row=TWO_LINES)
        self.list.current_changed.connect(lambda _: self._show_row())
        self.list.opened.connect(lambda _: self.skip_selected())
        self.list.installEventFilter(self)
        self.detail = RowDetail(context, self.skip_selected, self._say_same)
        self._lay_out(context)

    def _columns(self) -> tuple[Column[Row], ...]:
        return (
            Column(
                "name",
                tr("Contact"),
                lambda row: row.name or tr("Line {n}", n=row.line),
                230,
                second=lambda row: tr("Line {n}", n=row.line) if row.name else "",
                sortable=False,
            ),
            Column(
                "state",
                tr("What happens"),
                lambda row: self._state(row).text,
                200,
                200,
                chips=lambda row: (self._state(row),),
                sortable=False,
            ),
            Column("why", tr("Why"), lambda row: words(row.what), 360, second=_second, sortable=False),
        )

    def _lay_out(self, context: Context) -> None:
        look = self._look
        middle = QWidget()
        rows = QVBoxLayout(middle)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(look.px(6))
        inset = QHBoxLayout()
        inset.setContentsMargins(look.px(8), 0, look.px(8), 0)
        inset.addWidget(self.tabs)
        rows.addLayout(inset)
        inner = QHBoxLayout()
        inner.setContentsMargins(look.px(8), 0, look.px(8), 0)
        inner.addWidget(self.list)
        rows.addLayout(inner, 1)
        outer = QHBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(Panes(look, context.preferences, "import", middle, self.detail, WIDTHS))

    # Showing ---------------------------------------------------------------------------------------------------

    def show_preview(self, preview: Preview) -> None:
        """Show what importing would do; nothing is left out yet."""
        self._rows = preview.rows
        self._cards = {step.row: step.card for step in preview.steps}
        self.skipped.clear()
        self.same.clear()
        self.tabs.count(ALL, len(preview.rows))
        for kind in Kind:
            self.tabs.count(kind.value, preview.counts[kind])
        self.tabs.go_to(ALL)
        self._fill()

    def _fill(self) -> None:
        wanted = self.tabs.current
        rows = [row for row in self._rows if wanted in (ALL, row.kind)]
        if wanted == ALL:
            rows.sort(key=lambda row: FIRST[row.kind])
        self.table.show(array("q", (row.id for row in rows)))
        self._show_row()

    def _fetch(self, ids: Sequence[int], deliver: Callable[[Sequence[Row]], None]) -> None:
        deliver([self._rows[id] for id in ids])

    def _show_row(self) -> None:
        id = self.list.current_id
        row = self._rows[id] if id is not None else None
        new = row is not None and row.kind in (Kind.NEW, Kind.SIMILAR)
        card = self._cards.get(row.id) if row is not None and new else None
        self.detail.show_row(row, card, skipped=id in self.skipped, same=id in self.same)

    def _state(self, row: Row) -> Chip:
        if row.kind is Kind.PROBLEM:
            return Chip(tr("Not taken"), "bad", "warning")
        if row.id in self.skipped:
            return Chip(tr("Left out"), "plain", "minus-circle")
        if row.kind is Kind.SIMILAR:
            return (
                Chip(tr("Same person"), "good", "same-person")
                if row.id in self.same
                else Chip(tr("New, maybe known"), "look", "same-person")
            )
        return {
            Kind.NEW: Chip(tr("New"), "good", "user-plus"),
            Kind.CHANGED: Chip(tr("Changed"), "good", "edit"),
            Kind.UNCHANGED: Chip(tr("Unchanged"), "plain", "check"),
        }[row.kind]

    @property
    def wanted(self) -> int:
        """How many lines will add or change something."""
        kinds = (Kind.NEW, Kind.SIMILAR, Kind.CHANGED)
        return sum(1 for row in self._rows if row.kind in kinds and row.id not in self.skipped)

    # Deciding --------------------------------------------------------------------------------------------------

    def skip_selected(self) -> None:
        """Leave the selected lines out, or take them after all."""
        ids = [id for id in self.list.selected_ids() if self._rows[id].kind not in (Kind.PROBLEM, Kind.UNCHANGED)]
        if ids and all(id in self.skipped for id in ids):
            self.skipped.difference_update(ids)
        else:
            self.skipped.update(ids)
        self._decided()

    def _say_same(self) -> None:
        """The selected lines are the contacts they look like, or they are not."""
        ids = [id for id in self.list.selected_ids() if self._rows[id].kind is Kind.SIMILAR]
        if ids and all(id in self.same for id in ids):
            self.same.difference_update(ids)
        else:
            self.same.update(ids)
        self._decided()

    def _decided(self) -> None:
        self.table.reload()
        self._show_row()
        self.changed.emit()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.ShortcutOverride:
            if event.key() == Qt.Key.Key_Delete:
                event.accept()  # here it is not the window's key for deleting contacts
                return True
        elif isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            if event.key() in (Qt.Key.Key_Space, Qt.Key.Key_Delete):
                self.skip_selected()
                return True
            if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
                if not event.isAutoRepeat():
                    self.confirmed.emit()
                return True
        return super().eventFilter(watched, event)


def _second(row: Row) -> str:
    """The small line: what differs, or the text that was not taken."""
    if row.kind is Kind.PROBLEM:
        return " ".join(row.text.split())
    if row.differences:
        return ", ".join(words(difference.label) for difference in row.differences)
    return " ".join(words(remark.why) for remark in row.remarks)


class RowDetail(DetailPane):
    """One line of the file: old and new value of each field, remarks, and the two decisions."""

    def __init__(self, context: Context, skip: Callable[[], None], same: Callable[[], None]) -> None:
        super().__init__(context.look, tr("Line of the file"))
        self.look = look = context.look
        self.name = title(look)
        self.name.setWordWrap(True)
        self.state = Label(look, role="text2", wraps=True)
        self.same = OutlinedButton(look, tr("It is the same person"), icon="same-person", clicked=same)
        self.skip = OutlinedButton(look, tr("Leave out"), icon="minus-circle", clicked=skip)
        buttons = Flow(look.px(8))
        buttons.addWidget(self.same)
        buttons.addWidget(self.skip)
        self.parts = QVBoxLayout()
        self.parts.setSpacing(look.px(4))
        self.column.setSpacing(look.px(10))
        for widget in (self.name, self.state):
            self.column.addWidget(widget)
        self.column.addLayout(buttons)
        self.column.addWidget(Line(look))
        self.column.addLayout(self.parts)

    def show_row(self, row: Row | None, card: ContactCard | None = None, *, skipped: bool, same: bool) -> None:
        """Show a line, or nothing; `card` is what would be new."""
        while (item := self.parts.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.hide()
                widget.deleteLater()
        self.name.setText(breakable(row.name or tr("Line {n}", n=row.line), 20) if row else "")
        self.state.setText(words(row.what) if row else "")
        self.skip.setVisible(row is not None and row.kind not in (Kind.PROBLEM, Kind.UNCHANGED))
        self.skip.set_words(tr("Take after all") if skipped else tr("Leave out"))
        self.skip.set_icon("plus-circle" if skipped else "minus-circle")
        self.same.setVisible(row is not None and row.kind is Kind.SIMILAR)
        self.same.set_words(tr("It is somebody else") if same else tr("It is the same person"))
        if row is None:
            return
        for difference in row.differences:
            self._add(words(difference.label), words(difference.old), words(difference.new))
        if card is not None:
            for fact in facts(card, Association()):
                if fact.value != NOTHING and fact.group is not Group.SENDING:
                    self._add(fact.label, "", fact.value or ", ".join(chip.text for chip in fact.chips))
        if row.text:
            self._add(tr("In the file"), "", row.text)
        for remark in row.remarks:
            self.parts.addWidget(ChipLabel(self.look, Chip(tr("Please look"), "look", "warning")))
            self._add(words(remark.why), "", remark.text)

    def _add(self, label: str, old: str, new: str) -> None:
        self.parts.addWidget(
            section(self.look, label) if not old and not new else Label(self.look, label, role="text2", wraps=True)
        )
        if old:
            self.parts.addWidget(
                Label(
                    self.look,
                    tr("Now: {value}", value=breakable(old)),
                    size="small",
                    role="text2",
                    wraps=True,
                    selectable=True,
                )
            )
        if new:
            self.parts.addWidget(Label(self.look, breakable(new), wraps=True, selectable=True))
