"""What comes back from a contact: shown on top with whom one can ask, and marked in a small dialog."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QRadioButton, QVBoxLayout, QWidget

from alumnidesk.domain import dates
from alumnidesk.domain.cards import Address, ContactCard
from alumnidesk.domain.returned import Acquaintance, Place, place_line, places_of
from alumnidesk.ui.contacts.section import OVERHANG
from alumnidesk.ui.look import Look
from alumnidesk.ui.page import Context
from alumnidesk.ui.widgets.buttons import LinkButton
from alumnidesk.ui.widgets.dialog import Dialog
from alumnidesk.ui.widgets.fields import DateField, LineField
from alumnidesk.ui.widgets.flow import Flow
from alumnidesk.ui.widgets.label import Label, breakable
from alumnidesk.ui.words import language, tr, words

if TYPE_CHECKING:
    from alumnidesk.desk import Desk

ROOM = 340
"""Width of the longest words on a button, at 100 %."""


class ReturnedSection(QWidget):
    """Shown only while something comes back: what, since when, the way back, and who may know more."""

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._context = context
        self.card: ContactCard | None = None
        look = context.look
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(look.px(OVERHANG), 0, look.px(OVERHANG), look.px(10))
        self._column.setSpacing(look.px(2))
        self.hide()

    @staticmethod
    def read(desk: Desk, card: ContactCard) -> Sequence[Acquaintance]:
        """Whom one can ask, if anything comes back; for the owner thread."""
        if card.id is None or len(in_use(card)) == len(places_of(card)):
            return ()
        return desk.contacts.whom_to_ask(card.id)

    def show_returned(self, card: ContactCard, ask: Sequence[Acquaintance]) -> None:
        """Show what comes back from a contact."""
        self.card = card
        while (item := self._column.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.hide()
                widget.deleteLater()
        places = [place for place in places_of(card) if place.undeliverable_since]
        self.setVisible(bool(places) and not card.binned)
        if self.isHidden():
            return
        for place in places:
            self._add_place(card.id or 0, place)
        if ask:
            self._add_acquaintances(ask)

    def _add_place(self, contact: int, place: Place) -> None:
        look = self._context.look
        since = dates.shown(place.undeliverable_since, language().locale)
        line = breakable(place_line(place))
        said = (
            tr("Letters to {address} come back since {date}.", address=line, date=since)
            if isinstance(place, Address)
            else tr("E-mails to {address} come back since {date}.", address=line, date=since)
        )
        self._column.addWidget(Label(look, said, wraps=True))
        again = LinkButton(
            look,
            tr("It works again"),
            icon="check",
            clicked=lambda: self._context.deed(lambda desk: desk.contacts.works_again(contact, place)),
            changes=True,
        )
        again.padding = 0
        again.setAccessibleDescription(said)
        self._column.addWidget(again, 0, Qt.AlignmentFlag.AlignLeft)

    def _add_acquaintances(self, ask: Sequence[Acquaintance]) -> None:
        look = self._context.look
        self._column.addWidget(Label(look, tr("Who may know more:"), role="text2"))
        holder = QWidget()
        flow = Flow(look.px(4), holder)
        for one in ask:
            said = tr("{name} ({why})", name=one.name, why=words(one.why))
            link = LinkButton(look, _short(look, said), clicked=partial(self._go_to, one.id))
            link.setAccessibleName(said)
            link.padding, link.tall = 0, 24
            flow.addWidget(link)
        self._column.addWidget(holder)

    def _go_to(self, contact: int) -> None:
        self._context.open_page("contacts", contact)

    # Marking ---------------------------------------------------------------------------------------------------

    @property
    def can_mark(self) -> bool:
        """Is there anything that could come back?"""
        return self.card is not None and not self.card.binned and bool(in_use(self.card))

    def mark(self, place: Place | None = None) -> None:
        """Ask what came back and since when; `place` is proposed."""
        card = self.card
        if card is None or card.id is None or not self.can_mark:
            return
        contact = card.id
        dialog = ReturnedDialog(self._context.look, card, place, self.window())
        dialog.exec()
        dialog.deleteLater()
        chosen, on, note = dialog.place, dialog.on, dialog.note.line.text()
        if dialog.chosen >= 0 and chosen is not None:
            self._context.deed(lambda desk: desk.contacts.mark_undeliverable(contact, chosen, on, note))


def in_use(card: ContactCard) -> list[Place]:
    """Addresses and e-mails that do not come back as far as is known."""
    return [place for place in places_of(card) if not place.undeliverable_since]


def _short(look: Look, text: str) -> str:
    """The words of a button that have room in a narrow place."""
    metrics = QFontMetrics(look.font(bold=True))
    return metrics.elidedText(text, Qt.TextElideMode.ElideRight, look.px(ROOM)).replace("&", "&&")


class ReturnedDialog(Dialog):
    """Which of the addresses and e-mails, since when, and a word about it."""

    def __init__(self, look: Look, card: ContactCard, proposed: Place | None, parent: QWidget | None = None) -> None:
        sentence = tr("It is not used any more, and a search for {name} begins, due in two weeks.", name=card.name)
        super().__init__(look, tr("What came back?"), sentence, parent)
        self._places = in_use(card)
        self._group = QButtonGroup(self)
        for number, place in enumerate(self._places):
            radio = QRadioButton(_short(look, place_line(place)))
            radio.setFont(look.font())
            radio.setAccessibleName(place_line(place))
            radio.setChecked(place == proposed or (proposed is None and number == 0))
            self._group.addButton(radio, number)
            self.column.addWidget(radio)
        self._since = DateField(look, "on", tr("Since"))
        self._since.set_value(dt.date.today().isoformat())
        self.note = LineField(look, "note", tr("Remark"))
        for field in (self._since, self.note):
            row = QHBoxLayout()
            field.label.setFixedWidth(look.px(100))
            row.addWidget(field.label, 0, Qt.AlignmentFlag.AlignTop)
            row.addWidget(field, 1)
            self.column.addLayout(row)
        self.choose(tr("Cancel"))
        self.choose(tr("Mark as returned"), main=True, clicked=self._finish)

    @property
    def place(self) -> Place | None:
        """What came back."""
        number = self._group.checkedId()
        return self._places[number] if number >= 0 else None

    @property
    def on(self) -> str:
        """Since when, as it is stored."""
        return str(self._since.value)

    def _finish(self) -> None:
        if self._since.commit():
            self.chosen = 1
            self.accept()
