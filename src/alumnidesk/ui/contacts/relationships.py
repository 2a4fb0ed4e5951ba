"""The relationships of a contact in its detail: who is what to it, and since when."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QHBoxLayout, QMenu, QVBoxLayout, QWidget

from alumnidesk.domain import dates
from alumnidesk.domain.cards import ORGANISATION, ContactCard
from alumnidesk.domain.relationships import Kind, Relation
from alumnidesk.ui.contacts.detail_section import DetailSection
from alumnidesk.ui.contacts.relating import OWN, Entered, RelationSheet
from alumnidesk.ui.contacts.section import label_width
from alumnidesk.ui.page import Context
from alumnidesk.ui.widgets.buttons import LinkButton, PlainButton
from alumnidesk.ui.widgets.label import Label
from alumnidesk.ui.words import language, tr, words

if TYPE_CHECKING:
    from alumnidesk.desk import Desk


@dataclass(frozen=True, slots=True)
class Related:
    """The relationships of one contact, and the kinds there are."""

    relations: Sequence[Relation] = ()
    kinds: Sequence[Kind] = ()

    @classmethod
    def read(cls, desk: Desk, contact: int) -> Related:
        """For the owner thread."""
        return cls(desk.relationships.of(contact), desk.relationships.kinds())


class RelationshipSection(DetailSection):
    """Hidden while there is none, until one is to be added. `opened` carries what was opened, to be scrolled to."""

    opened = Signal(object)

    def __init__(self, context: Context) -> None:
        super().__init__(context.look, tr("Relationships"))
        self._context = context
        self._card: ContactCard | None = None
        self._related = Related()
        look = context.look
        column = self.column
        self.add = LinkButton(look, tr("Add"), icon="plus", clicked=self.open, changes=True)
        self.add.setAccessibleName(tr("Add a relationship"))
        self.offer(self.add)
        self._rows = QVBoxLayout()
        self._rows.setSpacing(0)
        column.addLayout(self._rows)
        self.sheet = RelationSheet(context)
        self.sheet.entered.connect(self._relate)
        self.sheet.changed.connect(self._change)
        self.sheet.closed.connect(self._closed)
        column.addWidget(self.sheet)
        self.hide()

    # Showing ---------------------------------------------------------------------------------------------------

    def show_related(self, card: ContactCard, related: Related) -> None:
        """Show the relationships of a contact; what is being entered about the same one stays."""
        if self._card is None or card.id != self._card.id:
            self.sheet.hide()
        self._card = card
        if related != self._related:
            self._related = related
            while (item := self._rows.takeAt(0)) is not None:
                if (widget := item.widget()) is not None:
                    widget.hide()
                    widget.deleteLater()
            for relation in related.relations:
                self._rows.addWidget(self._row(relation))
        self._show_or_hide()

    def _show_or_hide(self) -> None:
        known = self._card is not None and self._card.id is not None and not self._card.binned
        self.setVisible(known and (bool(self._related.relations) or not self.sheet.isHidden()))

    def _row(self, relation: Relation) -> QWidget:
        look = self._context.look
        holder = QWidget()
        row = QHBoxLayout(holder)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(look.px(8))
        role = Label(look, words(relation.role), role="text2", wraps=True)
        role.setFixedWidth(label_width(look))
        role.setContentsMargins(0, look.px(4), 0, 0)
        row.addWidget(role, 0, Qt.AlignmentFlag.AlignTop)
        cell = QVBoxLayout()
        cell.setSpacing(0)
        link = LinkButton(
            look,
            relation.name.replace("&", "&&"),
            clicked=partial(self._context.open_page, "contacts", relation.other),
        )
        link.padding = 0
        link.setAccessibleName(tr("{role}: {name}", role=words(relation.role), name=relation.name))
        cell.addWidget(link, 0, Qt.AlignmentFlag.AlignLeft)
        if below := _below(relation):
            small = Label(look, below, size="small", role="text2", wraps=True)
            small.setContentsMargins(0, 0, 0, look.px(4))
            cell.addWidget(small)
        cell.addStretch(1)
        row.addLayout(cell, 1)
        row.addWidget(self._more(relation, holder), 0, Qt.AlignmentFlag.AlignTop)
        return holder

    def _more(self, relation: Relation, holder: QWidget) -> PlainButton:
        menu = QMenu(holder)
        menu.addAction(tr("Change the relationship"), partial(self._begin_changing, relation))
        menu.addAction(tr("Remove the relationship"), partial(self._remove, relation))
        button = PlainButton(self._context.look, "", icon="more", name=tr("More"), changes=True)
        button.setAccessibleName(tr("More about {name}", name=relation.name))
        button.clicked.connect(lambda: menu.popup(button.mapToGlobal(button.rect().bottomLeft())))
        return button

    # Deeds -----------------------------------------------------------------------------------------------------

    def open(self) -> None:
        """Ask for a new relationship."""
        if self._card is not None and self._card.id is not None:
            self.sheet.show()
            self._show_or_hide()
            organisation = self._card.kind == ORGANISATION
            self.sheet.begin(self._related.kinds, self._card.id, organisation=organisation)
            QTimer.singleShot(0, self.sheet, lambda: self.opened.emit(self.sheet))

    def _begin_changing(self, relation: Relation) -> None:
        self.sheet.begin_changing(relation)
        QTimer.singleShot(0, self.sheet, lambda: self.opened.emit(self.sheet))

    def _relate(self, entered: Entered) -> None:
        if self._card is None or self._card.id is None:
            return
        this = self._card.id

        def relate(desk: Desk) -> None:
            kind = entered.kind
            if kind == OWN:
                kind = desk.relationships.add_kind(entered.name, entered.name_back).key
            first, second = (this, entered.other) if entered.back else (entered.other, this)
            desk.relationships.relate(first, second, kind, **entered.values)

        self._context.deed(relate, then=lambda _: self.sheet.close_sheet(), failed=self._refused)

    def _change(self, relationship: int, values: dict[str, str]) -> None:
        self._context.deed(
            lambda desk: desk.relationships.change(relationship, **values),
            then=lambda _: self.sheet.close_sheet(),
            failed=self._refused,
        )

    def _remove(self, relation: Relation) -> None:
        self._context.deed(lambda desk: desk.relationships.remove(relation.id))

    def _refused(self, problem: BaseException) -> None:
        self.sheet.refused(problem, self._context.messages.show)

    def _closed(self) -> None:
        self._show_or_hide()
        if self.isVisible():
            self.add.setFocus(Qt.FocusReason.OtherFocusReason)


def _below(relation: Relation) -> str:
    """Position, department, years and remark, as far as they are known."""
    locale = language().locale
    began, ended = (dates.shown(text, locale) for text in (relation.began, relation.ended))
    if began and ended:
        span = f"{began}–{ended}"
    elif ended:
        span = tr("until {date}", date=ended)
    else:
        span = tr("since {date}", date=began) if began else ""
    parts = (*relation.shown_as, span, relation.remark)
    return ", ".join(part for part in parts if part)
