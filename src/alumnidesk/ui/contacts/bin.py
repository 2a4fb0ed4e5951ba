"""The bin: contacts that were deleted, the way back, and the way out for good."""

from __future__ import annotations

import datetime as dt
from array import array
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from alumnidesk.domain.association import KEPT_FOR
from alumnidesk.domain.lines import ContactLine
from alumnidesk.ui.contacts.rooms import Room
from alumnidesk.ui.contacts.table import columns, line_of
from alumnidesk.ui.page import Context
from alumnidesk.ui.widgets.buttons import FilledButton, OutlinedButton
from alumnidesk.ui.widgets.empty import EmptyState
from alumnidesk.ui.widgets.fields import ChangingChoice
from alumnidesk.ui.widgets.head import PageHead
from alumnidesk.ui.widgets.label import Label
from alumnidesk.ui.widgets.lines import LinesTable
from alumnidesk.ui.widgets.list_table import ListTable
from alumnidesk.ui.widgets.stack import Stack
from alumnidesk.ui.words import tr, tr_n, words

if TYPE_CHECKING:
    from alumnidesk.desk import Desk
    from alumnidesk.domain.printed_list import PrintedRow
    from alumnidesk.progress import Progress
    from alumnidesk.services.bin import Leaving


def kept_words(days: int) -> str:
    """When final deletion is offered."""
    return tr_n("after {n} day", "after {n} days", days) if days else tr("never")


class Bin(Room):
    """A list of what was deleted, the last on top. Esc goes back to the contacts."""

    def __init__(self, context: Context, back: Callable[[], None]) -> None:
        super().__init__()
        self._context, self._back = context, back
        look = context.look
        self.table: LinesTable[ContactLine] = LinesTable(columns(), self._fetch)
        self.list = ListTable(look, self.table, tr("Deleted contacts"))
        self.restore = FilledButton(look, tr("Restore"), icon="undo", clicked=self.restore_selected, changes=True)
        self.delete = OutlinedButton(
            look, tr("Delete for good …"), icon="trash", clicked=self.delete_selected, changes=True
        )
        self.back_button = OutlinedButton(look, tr("Back to the contacts"), icon="arrow-left", clicked=back)
        self.head = PageHead(
            look,
            tr("Bin"),
            actions=[self.back_button, self.delete, self.restore],
            below=tr("Deleted contacts stay here until somebody says otherwise."),
        )
        self.keep = ChangingChoice()
        self.keep.setFont(look.font())
        self.keep.setAccessibleName(tr("Offer final deletion"))
        for days in KEPT_FOR:
            self.keep.addItem(kept_words(days), days)
        self.keep.activated.connect(lambda _: self._keep_for(int(self.keep.currentData())))
        self.offer = Label(look, wraps=True)
        self.offered = OutlinedButton(
            look, tr("Delete for good …"), icon="trash", clicked=self._delete_old, changes=True
        )
        self._old: list[int] = []
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
        rows.addWidget(self._offers())
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
            today = dt.date.today()
            self._context.tasks.run(
                lambda desk: (desk.bin.contacts(), desk.bin.old(today), desk.bin.days),
                lambda found: self._show(*found),
                latest="bin",
            )

    def _offers(self) -> QWidget:
        """How long the bin keeps, and what is older than that."""
        look, holder = self._context.look, QWidget()
        column = QVBoxLayout(holder)
        column.setContentsMargins(look.px(20), look.px(8), look.px(20), 0)
        column.setSpacing(look.px(8))
        kept = QHBoxLayout()
        kept.setSpacing(look.px(8))
        kept.addWidget(Label(look, tr("Offer final deletion"), role="text2"))
        kept.addWidget(self.keep)
        kept.addStretch(1)
        column.addLayout(kept)
        old = QHBoxLayout()
        old.setSpacing(look.px(12))
        old.addWidget(self.offer, 1)
        old.addWidget(self.offered, 0, Qt.AlignmentFlag.AlignTop)
        column.addLayout(old)
        self._offer_place = holder
        return holder

    def _keep_for(self, days: int) -> None:
        self._context.deed(lambda desk: desk.bin.keep_for(days))

    # For good --------------------------------------------------------------------------------------------------

    def delete_selected(self) -> None:
        """Take the selected contacts out of the file, after asking."""
        if ids := self.list.selected_ids():
            self._context.tasks.run(lambda desk: desk.bin.leaving(ids), self._ask)

    def _delete_old(self) -> None:
        old = self._old
        self._context.tasks.run(lambda desk: desk.bin.leaving(old), self._ask)

    def _ask(self, leaving: Leaving) -> None:
        """Say what goes, and do it if that is wanted; Enter keeps them."""
        ids, n = leaving.contacts, len(leaving.contacts)
        told = [tr("They leave the file with everything that stands in them.")]
        if leaving.with_them:
            told.append(tr("With them go: {list}.", list=", ".join(map(words, leaving.with_them))))
        told.append(tr("The history can bring them back until it is cleared."))
        verb = tr_n("Delete {n} contact for good", "Delete {n} contacts for good", n)
        head = tr_n("Delete {n} contact for good?", "Delete {n} contacts for good?", n)
        if self._context.messages.ask(head, "\n\n".join(told), [verb, tr("Keep them")]) == 0:
            self._context.deed(lambda desk: desk.bin.delete_for_good(ids))

    def restore_selected(self) -> None:
        """Take the selected contacts out of the bin."""
        ids = self.list.selected_ids()
        if ids:
            self._context.deed(lambda desk: desk.contacts.restore(ids))

    @property
    def printing(self) -> Callable[[], object] | None:
        return self._print if self.table.ids else None

    def _print(self) -> None:
        from alumnidesk.ui.printing.lists import SeenList, heads, of_today, print_seen, row  # needed rarely

        ids, shown = list(self.table.ids), columns()
        counts = tr_n("{n} contact", "{n} contacts", len(ids))

        def rows(desk: Desk, progress: Progress) -> list[PrintedRow]:
            return [row(shown, line_of(card)) for card in progress.each(desk.contacts.cards(ids))]

        print_seen(self._context, self.window(), SeenList(tr("Bin"), of_today(counts), heads(shown), rows))

    def _fetch(self, ids: Sequence[int], deliver: Callable[[Sequence[ContactLine]], None]) -> None:
        self._context.tasks.run(lambda desk: [line_of(card) for card in desk.contacts.cards(ids)], deliver)

    def _show(self, ids: list[int], old: list[int], days: int) -> None:
        self._old = old
        self.keep.setCurrentIndex(max(self.keep.findData(days), 0))
        self.offer.setText(
            tr_n(
                "{n} contact has been in the bin for more than {days} days.",
                "{n} contacts have been in the bin for more than {days} days.",
                len(old),
                days=days,
            )
        )
        self.offered.set_words(tr_n("Delete {n} for good …", "Delete {n} for good …", len(old)))
        for widget in (self.offer, self.offered):
            widget.setVisible(bool(old))
        self._offer_place.setVisible(bool(ids))
        self.list.hold()
        self.table.show(array("q", ids))
        self.places.setCurrentIndex(0 if ids else 1)
        self.head.setVisible(bool(ids))

    def _follow(self, selected: int) -> None:
        self.restore.setEnabled(selected > 0)
        self.delete.setEnabled(selected > 0)
        self.restore.set_words(
            tr_n("Restore {n} contact", "Restore {n} contacts", selected) if selected else tr("Restore")
        )

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self._back()
        else:
            super().keyPressEvent(event)
