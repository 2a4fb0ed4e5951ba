"""Making or changing a household: who is in it, where they live, and what a letter to them says."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget

from alumnidesk.domain.addresses import place_key
from alumnidesk.domain.association import Association
from alumnidesk.domain.cards import ContactCard, HouseholdCard
from alumnidesk.domain.lines import ContactLine
from alumnidesk.ui.contacts.at_home import Home, letters_to
from alumnidesk.ui.contacts.facts import place_lines
from alumnidesk.ui.contacts.picker import ContactPicker
from alumnidesk.ui.page import Context
from alumnidesk.ui.widgets.dialog import Dialog
from alumnidesk.ui.widgets.fields import Choice, LineField, TextField
from alumnidesk.ui.widgets.form import Form
from alumnidesk.ui.widgets.label import Ground, Label, section
from alumnidesk.ui.words import tr

if TYPE_CHECKING:
    from alumnidesk.desk import Desk


@dataclass(frozen=True, slots=True)
class Wanted:
    """What was decided: new members, own words, whose address counts for all (None: everybody keeps their own)."""

    members: tuple[int, ...]
    name: str
    own_salutation: str
    address_of: int | None

    def do(self, desk: Desk, household: HouseholdCard | None) -> None:
        """Make or change the household; for the owner thread."""
        if household is None:
            desk.households.make(
                self.members, name=self.name, own_salutation=self.own_salutation, address_of=self.address_of
            )
        else:
            desk.households.change(
                household.id,
                members=self.members,
                name=self.name,
                own_salutation=self.own_salutation,
                address_of=self.address_of,
            )


class HouseholdDialog(Dialog):
    """The members of `household` stay; others can be added."""

    def __init__(
        self,
        context: Context,
        members: Sequence[ContactCard],
        association: Association,
        household: HouseholdCard | None,
        parent: QWidget | None = None,
    ) -> None:
        look = context.look
        super().__init__(
            look,
            tr("Make a household") if household is None else tr("Change the household"),
            tr("Who lives together gets one letter. Everybody stays a contact of their own."),
            parent,
        )
        self._context, self._association, self._household = context, association, household
        self.members = list(members)
        self.names = Label(look, wraps=True, bold=True)
        self.picker = ContactPicker(context, tr("Add somebody: name, town, year …"))
        self.picker.picked.connect(self._add)
        self.column.addWidget(self.names)
        self.column.addWidget(self.picker)
        self._where = section(look, tr("Where do they live?"))
        self.where = Choice()
        self.where.setAccessibleName(self._where.text())
        self.where.activated.connect(lambda _: self._show_preview())
        self.column.addWidget(self._where)
        self.column.addWidget(self.where)
        self.form = Form(look, above=True)
        names = TextField(look, "name", tr("Names in the address, in own words"), 2)
        salutation = LineField(look, "own_salutation", tr("Salutation in own words"))
        self.form.add(names)
        self.form.add(salutation)
        self.form.add_hint(tr("Left empty, they are made from those who get the letter."))
        if household is not None:
            self.form.show_values({"name": household.name, "own_salutation": household.own_salutation})
        self.column.addWidget(self.form)
        self.column.addWidget(self._preview_part())
        self.choose(tr("Cancel"), clicked=self.reject)
        verb = tr("Make a household") if household is None else tr("Change the household")
        self.do = self.choose(verb, main=True, icon="home", clicked=self._decide)
        names.text.textChanged.connect(self._show_preview)
        salutation.line.textChanged.connect(self._show_preview)
        self._show()
        if len(self.members) < 2:
            self.picker.setFocus(Qt.FocusReason.OtherFocusReason)

    def _preview_part(self) -> QWidget:
        look = self.look
        ground = Ground(look, "panel")
        column = QVBoxLayout(ground)
        column.setContentsMargins(look.px(12), look.px(10), look.px(12), look.px(10))
        column.setSpacing(look.px(6))
        self.letters = section(look)
        self.preview = Label(look, wraps=True, selectable=True)
        column.addWidget(self.letters)
        column.addWidget(self.preview)
        return ground

    # Showing ---------------------------------------------------------------------------------------------------

    def _show(self) -> None:
        self.names.setText(", ".join(member.name for member in self.members))
        self.picker.without = {member.id or 0 for member in self.members}
        self.do.setEnabled(len(self.members) > 1)
        self._show_places()
        self._show_preview()

    def _show_places(self) -> None:
        """Ask for the address of all only if they have not the same one already."""
        chosen = self.address_of
        at: dict[str, ContactCard] = {}
        for member in self.members:
            if member.preferred_address is not None:
                at.setdefault(place_key(member.preferred_address), member)
        same = len(at) == 1 and all(member.addresses for member in self.members)
        asked = bool(at) and not same and len(self.members) > 1
        self.where.clear()
        self.where.addItem(tr("Everybody keeps the address they have"), None)
        for member in at.values() if asked else ():
            assert member.preferred_address is not None
            place = ", ".join(place_lines(member.preferred_address, self._association).splitlines())
            self.where.addItem(tr("All at {place}", place=place), member.id)
        self.where.setCurrentIndex(max(self.where.findData(chosen), 0))
        self._where.setVisible(asked)
        self.where.setVisible(asked)

    @property
    def address_of(self) -> int | None:
        """Whose address all of them get."""
        of: int | None = self.where.currentData()
        return of

    def _show_preview(self) -> None:
        values = self.form.values()
        card = HouseholdCard(
            self._household.id if self._household is not None else -1,
            name=str(values["name"]),
            own_salutation=str(values["own_salutation"]),
            members=tuple(member.id or 0 for member in self.members),
        )
        members = self.members
        shared = next((m.preferred_address for m in members if m.id == self.address_of), None)
        if shared is not None and self.address_of is not None:
            members = [replace(member, addresses=(shared,)) for member in members]
        written = letters_to(Home(card, members), self._association)
        self.letters.setText(tr("The letter says") if len(written) < 2 else tr("The letters say"))
        self.preview.setText("\n\n".join(f"{letter.address}\n\n{letter.salutation}" for letter in written))

    # Deciding --------------------------------------------------------------------------------------------------

    def _add(self, line: ContactLine) -> None:
        self._context.tasks.run(lambda desk: desk.contacts.card(line.id), self._added)

    def _added(self, card: ContactCard) -> None:
        self.members.append(card)
        self._show()
        self.picker.setFocus(Qt.FocusReason.OtherFocusReason)

    def _decide(self) -> None:
        values = self.form.values()
        members = tuple(member.id or 0 for member in self.members)
        wanted = Wanted(members, str(values["name"]), str(values["own_salutation"]), self.address_of)
        household = self._household
        self.do_once(self._context.deed, lambda desk: wanted.do(desk, household), failed=self._context.messages.show)


def ask_household(context: Context, contacts: Sequence[int], parent: QWidget) -> None:
    """Make a household of these contacts; of one who is in one, change that."""

    def read(desk: Desk) -> tuple[list[ContactCard], Association, HouseholdCard | None]:
        household = desk.households.of(contacts[0]) if len(contacts) == 1 else None
        ids = household.members if household is not None else contacts
        return desk.contacts.cards(ids), desk.settings.association(), household

    def ask(answer: tuple[list[ContactCard], Association, HouseholdCard | None]) -> None:
        members, association, household = answer
        dialog = HouseholdDialog(context, members, association, household, parent)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.open()

    context.tasks.run(read, ask)
