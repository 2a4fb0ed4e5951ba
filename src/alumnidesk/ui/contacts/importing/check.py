"""Step 3: what becomes of every line of the file, why, whose it is, and which shall be left out."""

from __future__ import annotations

from array import array
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QAction, QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from alumnidesk.services.import_plan import Kind, Merged, Preview, Row, new_one
from alumnidesk.ui.contacts.importing.row_detail import RowDetail, Shown
from alumnidesk.ui.contacts.importing.whose import MergeWithDialog
from alumnidesk.ui.page import Context
from alumnidesk.ui.platform_keys import takes_away
from alumnidesk.ui.widgets.chip import Chip
from alumnidesk.ui.widgets.lines import Column, LinesTable
from alumnidesk.ui.widgets.list_table import TWO_LINES, ListTable
from alumnidesk.ui.widgets.panes import Panes
from alumnidesk.ui.widgets.tabs import Tabs
from alumnidesk.ui.words import tr, words

if TYPE_CHECKING:
    from alumnidesk.desk import Desk

ALL, LOOK = "all", "look"
WIDTHS = (384, 480)
"""Of the detail at 100 %, in a window and in a wide one."""
FIRST = (Kind.PROBLEM, Kind.SIMILAR, Kind.CHANGED, Kind.NEW, Kind.UNCHANGED)
"""What one should look at stands on top."""
ADDING = (Kind.NEW, Kind.SIMILAR, Kind.CHANGED)
"""Lines that add or change something."""


class CheckStep(QWidget):
    """`changed` when a row is left out, taken again, or said to be somebody's; `confirmed` with Enter.

    `skipped` and `whose` are what `Importing.carry_out` wants to know.
    """

    changed = Signal()
    confirmed = Signal()

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._context, self._look = context, context.look
        self._preview: Preview | None = None
        self.skipped: set[int] = set()
        self.whose: dict[int, int] = {}
        self._merged: dict[int, Merged] = {}
        tabs = (
            (ALL, tr("All")),
            (Kind.PROBLEM.value, tr("Problems")),
            (LOOK, tr("Please look")),
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
        self.detail = RowDetail(
            context,
            skip=self.skip_selected,
            same=self.say_same,
            merge=self.ask_contact,
            new=self.say_new,
            back=self.as_proposed,
        )
        self._keys: dict[int, Callable[[], object]] = {
            Qt.Key.Key_Space: self.skip_selected, Qt.Key.Key_S: self.say_same, Qt.Key.Key_M: self.ask_contact,
            Qt.Key.Key_N: self.say_new, Qt.Key.Key_P: self.as_proposed,
        }  # fmt: skip
        self.list.menu_actions = self._menu()
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
                chips=self._chips,
                sortable=False,
            ),
            Column("why", tr("Why"), lambda row: self._shown(row).why, 360, second=self._second, sortable=False),
        )

    def _menu(self) -> list[QAction]:
        offered = (
            (tr("It is the same person"), self.say_same),
            (tr("Merge with …"), self.ask_contact),
            (tr("A contact of its own"), self.say_new),
            (tr("As proposed"), self.as_proposed),
            (tr("Leave out or take"), self.skip_selected),
        )
        actions = []
        for text, do in offered:
            action = QAction(text, self)
            action.triggered.connect(do)
            actions.append(action)
        return actions

    def _lay_out(self, context: Context) -> None:
        look = self._look
        above, middle = QHBoxLayout(), QWidget()
        above.setContentsMargins(look.px(8), 0, look.px(8), look.px(6))
        above.addWidget(self.tabs)
        inner = QHBoxLayout(middle)
        inner.setContentsMargins(look.px(8), 0, look.px(8), 0)
        inner.addWidget(self.list)
        rows = QVBoxLayout(self)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(0)
        rows.addLayout(above)  # across the page: beside the detail there is no room for all of them in one row
        rows.addWidget(Panes(look, context.preferences, "import", middle, self.detail, WIDTHS), 1)

    @property
    def decided(self) -> bool:
        """Has somebody decided about a line?"""
        return bool(self.skipped or self.whose)

    # Showing ---------------------------------------------------------------------------------------------------

    def show_preview(self, preview: Preview, *, stay: bool = False) -> None:
        """Show what importing would do; nothing is left out yet. One begins at the top, or stays on the line."""
        self._preview = preview
        if not stay:
            self.list.begin_at_the_top()
        self.skipped.clear()
        self.whose.clear()
        self._merged.clear()
        self.tabs.count(ALL, len(preview.rows))
        self.tabs.count(LOOK, len(preview.planned.remarked))
        for kind in Kind:
            self.tabs.count(kind.value, preview.counts[kind])
        self.tabs.go_to(ALL)
        self._fill()

    def _fill(self) -> None:
        wanted, ids = self.tabs.current, array("q")
        if self._preview is not None and wanted == LOOK:
            ids.extend(self._preview.planned.remarked)
        for kind in FIRST:
            if self._preview is not None and wanted in (ALL, kind):
                ids.extend(self._preview.by_kind[kind])
        self.table.show(ids)
        self._show_row()

    def _fetch(self, ids: Sequence[int], deliver: Callable[[Sequence[Row]], None]) -> None:
        deliver([self._preview.rows[id] for id in ids] if self._preview is not None else [])

    def _shown(self, row: Row) -> Shown:
        step = self._preview.step(row.id) if self._preview is not None else None
        one = self.whose.get(row.id)
        own = new_one(row.id)
        return Shown(
            row,
            step.card if step is not None else None,
            row.id in self.skipped,
            self._merged.get(row.id) if one is not None and one > 0 else None,
            one == own,
            one is not None and one != own,
            self._preview.own_fields if self._preview is not None else (),
        )

    def _show_row(self) -> None:
        id = self.list.current_id
        self.detail.show_row(
            self._shown(self._preview.rows[id]) if self._preview is not None and id is not None else None
        )

    def _chips(self, row: Row) -> tuple[Chip, ...]:
        look = Chip(tr("Please look"), "look", "warning")
        return (self._state(row), look) if row.remarks else (self._state(row),)

    def _state(self, row: Row) -> Chip:
        shown = self._shown(row)
        if row.kind is Kind.PROBLEM:
            return Chip(tr("Not taken"), "bad", "warning")
        if shown.skipped:
            return Chip(tr("Left out"), "plain", "minus-circle")
        if shown.merged is not None:
            return Chip(tr("Merged"), "good", "merge")
        if shown.same:
            return Chip(tr("Same person"), "good", "same-person")
        kind = Kind.NEW if shown.new else row.kind
        return {
            Kind.NEW: Chip(tr("New"), "good", "user-plus"),
            Kind.SIMILAR: Chip(tr("New, maybe known"), "look", "same-person"),
            Kind.CHANGED: Chip(tr("Changed"), "good", "edit"),
            Kind.UNCHANGED: Chip(tr("Unchanged"), "plain", "check"),
        }[kind]

    def _second(self, row: Row) -> str:
        """The small line: what differs, or the text that was not taken."""
        if row.kind is Kind.PROBLEM:
            return " ".join(row.text.split())
        merged = self._merged.get(row.id)
        differences = row.differences if merged is None else merged.differences
        if differences and self.whose.get(row.id) != new_one(row.id):
            return ", ".join(dict.fromkeys(words(difference.label) for difference in differences))
        return " ".join(words(remark.why) for remark in row.remarks)

    @property
    def wanted(self) -> int:
        """How many lines will add or change something."""
        preview = self._preview
        if preview is None:
            return 0
        known = {id for id in self.whose if preview.planned.kinds[id] is Kind.UNCHANGED}
        skipped = sum(1 for id in self.skipped if id in known or preview.planned.kinds[id] in ADDING)
        return sum(preview.counts[kind] for kind in ADDING) + len(known) - skipped

    # Deciding --------------------------------------------------------------------------------------------------

    def _selected(self, fits: Callable[[int, Kind], bool]) -> list[int]:
        """The selected lines about which there is something to decide and that fit; of a long file they are many."""
        preview = self._preview
        if preview is None:
            return []
        return [id for id in self.list.selected_ids() if fits(id, preview.planned.kinds[id]) and preview.has_step(id)]

    def skip_selected(self) -> None:
        """Leave the selected lines out, or take them after all."""
        ids = self._selected(lambda id, kind: kind is not Kind.UNCHANGED or id in self.whose)
        if ids and all(id in self.skipped for id in ids):
            self.skipped.difference_update(ids)
        else:
            self.skipped.update(ids)
        self._decided()

    def say_same(self) -> None:
        """The selected lines are those whom they look like."""
        preview = self._preview
        for id in self._selected(lambda id, kind: kind is Kind.SIMILAR and id not in self.whose):
            step = preview.step(id) if preview is not None else None
            if step is not None and step.contact is not None:
                self._merge([id], step.contact)
            elif step is not None and step.first is not None:
                self.whose[id] = new_one(step.first)
        self._decided()

    def say_new(self) -> None:
        """The selected lines are contacts of their own, although they look like somebody."""
        for id in self._selected(lambda id, kind: kind is not Kind.NEW):
            self.whose[id] = new_one(id)
        self._decided()

    def as_proposed(self) -> None:
        """Take back whose the selected lines were said to be."""
        for id in self._selected(lambda id, kind: id in self.whose):
            self.whose.pop(id)
        self._decided()

    def ask_contact(self) -> None:
        """Ask which contact the selected lines are merged with."""
        ids = self._selected(lambda id, kind: True)
        if ids and self._preview is not None:
            names = [self._preview.rows[id].name or tr("Line {n}", n=self._preview.rows[id].line) for id in ids]
            dialog = MergeWithDialog(self._context, names, lambda contact: self._merge(ids, contact), self)
            dialog.exec()
            dialog.deleteLater()

    def _merge(self, ids: Sequence[int], contact: int) -> None:
        preview = self._preview
        if preview is None:
            return

        def compare(desk: Desk) -> list[Merged]:
            return [desk.importing.merged(preview, id, contact) for id in ids]

        self._context.tasks.run(compare, self._compared)

    def _compared(self, merged: Sequence[Merged]) -> None:
        for one in merged:
            self._merged[one.row] = one
            self.whose[one.row] = one.contact
        self._decided()

    def _decided(self) -> None:
        self.table.reload()
        self._show_row()
        self.changed.emit()

    def _meant(self, event: QKeyEvent) -> Callable[[], object] | None:
        """What a key does here."""
        if takes_away(event):
            return self.skip_selected
        return None if event.modifiers() else self._keys.get(event.key())

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.ShortcutOverride:
            if self._meant(event) is not None:
                event.accept()  # here it is not the window's key, such as that for deleting contacts
                return True
        elif isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            if (does := self._meant(event)) is not None:
                does()
                return True
            if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
                if not event.isAutoRepeat():
                    self.confirmed.emit()
                return True
        return super().eventFilter(watched, event)
