"""The bin: contacts that were deleted, and the way back."""

from __future__ import annotations

from array import array
from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from alumnidesk.domain.lines import ContactLine
from alumnidesk.ui.contacts.table import columns, line_of
from alumnidesk.ui.page import Context
from alumnidesk.ui.widgets.buttons import FilledButton, OutlinedButton
from alumnidesk.ui.widgets.empty import EmptyState
from alumnidesk.ui.widgets.head import PageHead
from alumnidesk.ui.widgets.lines import LinesTable
from alumnidesk.ui.widgets.list_table import ListTable
from alumnidesk.ui.widgets.stack import Stack
from alumnidesk.ui.words import tr, tr_n


class Bin(QWidget):
    """A list of what was deleted, the last on top. Esc goes back to the contacts."""

    def __init__(self, context: Context, back: Callable[[], None], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context, self._back = context, back
        look = context.look
        self.table: LinesTable[ContactLine] = LinesTable(columns(), self._fetch)
        self.list = ListTable(look, self.table, tr("Deleted contacts"))
        self.restore = FilledButton(look, tr("Restore"), icon="undo", clicked=self.restore_selected)
        self.back_button = OutlinedButton(look, tr("Back to the contacts"), icon="arrow-left", clicked=back)
        self.head = PageHead(
            look,
            tr("Bin"),
            actions=[self.back_button, self.restore],
            below=tr("Deleted contacts stay here until they are restored."),
        )
        empty = EmptyState(
            look,
            tr("The bin is empty"),
            tr("Contacts that you delete can be found and restored here."),
            [OutlinedButton(look, tr("Back to the contacts"), icon="arrow-left", clicked=back)],
            icon="trash",
        )
        self.places = Stack()
        filled = QWidget()
        inner = QHBoxLayout(filled)
        inner.setContentsMargins(look.px(8), look.px(16), look.px(8), 0)
        inner.addWidget(self.list)
        self.places.addWidget(filled)
        self.places.addWidget(empty)
        rows = QVBoxLayout(self)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(0)
        rows.addWidget(self.head)
        rows.addWidget(self.places, 1)
        self.list.opened.connect(lambda _: self.restore_selected())
        self.list.selection_changed.connect(self._follow)

    def entered(self) -> None:
        """The bin has come to the front."""
        self.refresh()
        self.list.setFocus(Qt.FocusReason.OtherFocusReason)

    def refresh(self) -> None:
        """Read again what is in the bin."""
        if self.isVisible():
            self._context.tasks.run(lambda desk: desk.contacts.binned(), self._show, latest="bin")

    def restore_selected(self) -> None:
        """Take the selected contacts out of the bin."""
        ids = self.list.selected_ids()
        if ids:
            self._context.deed(lambda desk: desk.contacts.restore(ids))

    def _fetch(self, ids: Sequence[int], deliver: Callable[[Sequence[ContactLine]], None]) -> None:
        self._context.tasks.run(lambda desk: [line_of(card) for card in desk.contacts.cards(ids)], deliver)

    def _show(self, ids: list[int]) -> None:
        self.table.show(array("q", ids))
        self.places.setCurrentIndex(0 if ids else 1)
        self.head.setVisible(bool(ids))

    def _follow(self, selected: int) -> None:
        self.restore.setEnabled(selected > 0)
        self.restore.set_words(
            tr_n("Restore {n} contact", "Restore {n} contacts", selected) if selected else tr("Restore")
        )

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self._back()
        else:
            super().keyPressEvent(event)
