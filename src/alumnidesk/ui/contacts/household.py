"""The household of a contact in its detail: who lives there, and what one letter to all of them says."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from alumnidesk.domain.addresses import place_key
from alumnidesk.domain.association import Association
from alumnidesk.domain.cards import Address, ContactCard, HouseholdCard
from alumnidesk.domain.households import (
    can_be_written_to,
    joint_address_lines,
    joint_salutation,
    parties,
    with_shared_address,
)
from alumnidesk.ui.contacts.facts import letter_language
from alumnidesk.ui.contacts.section import OVERHANG, label_width
from alumnidesk.ui.page import Context
from alumnidesk.ui.widgets.buttons import LinkButton
from alumnidesk.ui.widgets.label import Label, Line, section
from alumnidesk.ui.words import tr

if TYPE_CHECKING:
    from alumnidesk.desk import Desk


@dataclass(frozen=True, slots=True)
class Home:
    """A household and its members."""

    household: HouseholdCard
    members: Sequence[ContactCard]

    @classmethod
    def read(cls, desk: Desk, card: ContactCard) -> Home | None:
        """The household of a contact, if it is in one; for the owner thread."""
        if card.household_id is None:
            return None
        household = desk.households.card(card.household_id)
        return cls(household, desk.contacts.cards(household.members))


@dataclass(frozen=True, slots=True)
class LetterWords:
    """What a letter to a household says: address, one line each, and salutation."""

    address: str
    salutation: str


def letters_to(home: Home, association: Association) -> list[LetterWords]:
    """The letters that a household gets when everybody in it is written to, exactly as they would be printed."""
    there = {home.household.id: home.household}
    members = [replace(member, household_id=home.household.id) for member in home.members]
    found = []
    for party in parties(can_be_written_to(with_shared_address(members, there)), there):
        spoken = {letter_language(contact, association) for contact in party.contacts}
        language = spoken.pop() if len(spoken) == 1 else association.language
        address = party.first.preferred_address or Address()
        lines = joint_address_lines(party, address, home_country=association.country, language=language)
        said = joint_salutation(party, language, association.salutation_mode)
        found.append(LetterWords("\n".join(lines), said.text or tr("Without salutation")))
    return found


class HouseholdSection(QWidget):
    """Hidden while the contact is in no household."""

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._context = context
        self._contact: int | None = None
        self._home: Home | None = None
        look = context.look
        column = QVBoxLayout(self)
        column.setContentsMargins(look.px(OVERHANG), look.px(14), look.px(OVERHANG), 0)
        column.setSpacing(0)
        column.addWidget(Line(look))
        column.addSpacing(look.px(10))
        top = QHBoxLayout()
        top.addWidget(section(look, tr("Household")))
        top.addStretch(1)
        self.change = LinkButton(look, tr("Change"), icon="edit", clicked=self.open)
        self.change.setAccessibleName(tr("Change the household"))
        self.leave = LinkButton(look, tr("Leave"), icon="minus-circle", clicked=self._leave)
        self.leave.setAccessibleName(tr("Leave the household"))
        top.addWidget(self.change)
        top.addWidget(self.leave)
        column.addLayout(top)
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
