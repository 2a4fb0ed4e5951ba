"""The household of a contact in its detail: who lives there, and what one letter to all of them says."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from alumnidesk.domain.addresses import place_key
from alumnidesk.domain.association import Association
from alumnidesk.domain.cards import ContactCard
from alumnidesk.ui.contacts.at_home import Home, letters_to
from alumnidesk.ui.contacts.detail_section import DetailSection
from alumnidesk.ui.contacts.section import label_width
from alumnidesk.ui.page import Context
from alumnidesk.ui.widgets.buttons import LinkButton
from alumnidesk.ui.widgets.label import Label
from alumnidesk.ui.words import tr


class HouseholdSection(DetailSection):
    """Hidden while the contact is in no household."""

    def __init__(self, context: Context) -> None:
        super().__init__(context.look, tr("Household"))
        self._context = context
        self._contact: int | None = None
        self._home: Home | None = None
        look = context.look
        column = self.column
        self.change = LinkButton(look, tr("Change"), icon="edit", clicked=self.open, changes=True)
        self.change.setAccessibleName(tr("Change the household"))
        self.leave = LinkButton(look, tr("Leave"), icon="minus-circle", clicked=self._leave, changes=True)
        self.leave.setAccessibleName(tr("Leave the household"))
        self.offer(self.change, self.leave)
        self._people = QVBoxLayout()
        self._people.setSpacing(0)
        self._people.setAlignment(Qt.AlignmentFlag.AlignTop)
        self.letters = Label(look, size="small", role="text2", wraps=True, selectable=True)
        self.letters.setAccessibleName(tr("Letters to the household"))
        written = QVBoxLayout()
        written.addWidget(self.letters)
        written.setContentsMargins(0, look.px(4), 0, 0)
        for words, cell in ((tr("Together with"), self._people), (tr("Letter"), written)):
            row = QHBoxLayout()
            row.setSpacing(look.px(8))
            label = Label(look, words, role="text2", wraps=True)
            label.setFixedWidth(label_width(look))
            label.setContentsMargins(0, look.px(3), 0, 0)
            row.addWidget(label, 0, Qt.AlignmentFlag.AlignTop)
            row.addLayout(cell, 1)
            column.addLayout(row)
        self.hide()

    def show_home(self, card: ContactCard, home: Home | None, association: Association) -> None:
        """Show the household of a contact."""
        self._contact = card.id
        self.setVisible(home is not None and len(home.members) > 1 and not card.binned)
        if home == self._home or home is None:
            self._home = home
            return
        self._home = home
        while (item := self._people.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.hide()
                widget.deleteLater()
        for member in home.members:
            if member.id != card.id:
                self._people.addWidget(self._person(member, card))
        written = [f"{letter.address}\n{letter.salutation}" for letter in letters_to(home, association)]
        self.letters.setText("\n\n".join(written))

    def _person(self, member: ContactCard, card: ContactCard) -> QWidget:
        look = self._context.look
        holder = QWidget()
        row = QHBoxLayout(holder)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(look.px(8))
        link = LinkButton(
            look, member.name.replace("&", "&&"), clicked=partial(self._context.open_page, "contacts", member.id)
        )
        link.padding = 0
        link.setAccessibleName(tr("Open contact {name}", name=member.name))
        row.addWidget(link)
        row.addWidget(Label(look, _apart(member, card), size="small", role="text2", wraps=True), 1)
        return holder

    def open(self) -> None:
        """Change the household, or make one."""
        from alumnidesk.ui.contacts.household_dialog import ask_household  # needed rarely, and slow to load

        if self._contact is not None:
            ask_household(self._context, [self._contact], self.window())

    def _leave(self) -> None:
        contact = self._contact
        if contact is not None:
            self._context.deed(lambda desk: desk.households.leave(contact))
            self.change.setFocus(Qt.FocusReason.OtherFocusReason)


def _apart(member: ContactCard, card: ContactCard) -> str:
    """Why a letter to both does not name a member, or goes elsewhere."""
    if member.binned:
        return tr("In the bin")
    if member.deceased:
        return tr("Has died")
    if member.no_post:
        return tr("Wants no post")
    theirs, ours = member.preferred_address, card.preferred_address
    if theirs and ours and place_key(theirs) != place_key(ours):
        return tr("Has another address and gets a letter of their own")
    return ""
