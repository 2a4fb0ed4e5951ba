"""Handing contacts to another program: to which one, what for, who is left out and why, where to."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QButtonGroup, QCheckBox, QPlainTextEdit, QRadioButton, QVBoxLayout, QWidget

from alumnidesk.domain.consent import Purpose, Sending
from alumnidesk.ui.contacts.consent_dialog import said
from alumnidesk.ui.contacts.export_targets import BCC, MAILING, Target, targets
from alumnidesk.ui.look import Look
from alumnidesk.ui.widgets.dialog import Dialog
from alumnidesk.ui.widgets.fields import Choice
from alumnidesk.ui.widgets.label import Label, section
from alumnidesk.ui.words import tr, tr_n, words

if TYPE_CHECKING:
    from alumnidesk.services.address_lists import LeftOut


@dataclass(frozen=True, slots=True)
class Asked:
    """What a dialog says: what kind of file, what for, and how."""

    target: Target
    sending: Sending | None
    """None for our own use."""
    folder: bool
    """A file for each contact?"""
    per_household: bool
    """One letter to those who live together?"""


class ExportDialog(Dialog):
    """`answer` is what was chosen, None after Esc. `asked` wants to know who is left out."""

    asked = Signal()

    def __init__(
        self, look: Look, n: int, last: str, purposes: Sequence[Purpose] = (), parent: QWidget | None = None
    ) -> None:
        super().__init__(look, tr_n("Export {n} contact", "Export {n} contacts", n), parent=parent)
        self._n, self._purposes = n, purposes
        self._targets = targets()
        self.buttons = QButtonGroup(self)
        column = QVBoxLayout()
        column.setSpacing(look.px(4))
        for number, target in enumerate(self._targets):
            button = QRadioButton(tr("{target} – {about}", target=target.text, about=target.about))
            button.setAccessibleName(button.text())
            button.setFont(look.font())
            self.buttons.addButton(button, number)
            column.addWidget(button)
            if target.name == last:
                button.setChecked(True)
        if self.buttons.checkedId() < 0:
            self.buttons.button(0).setChecked(True)
        self.column.addLayout(column)
        self.folder = self._option(tr("A file for each contact, in a folder"))
        self.together = self._option(tr("One letter per household"))
        self.together.setChecked(True)
        self.column.addWidget(section(look, tr("What for?")))
        self.purpose = Choice()
        self.purpose.setFont(look.font())
        self.purpose.setAccessibleName(tr("What for?"))
        self.column.addWidget(self.purpose)
        self.left_out = Label(look, role="look", wraps=True)
        self.reasons = QPlainTextEdit()
        self.reasons.setReadOnly(True)
        self.reasons.setFont(look.font("small"))
        self.reasons.setAccessibleName(tr("Who is left out, and why"))
        self.reasons.setFixedHeight(look.px(96))
        self.column.addWidget(self.left_out)
        self.column.addWidget(self.reasons)
        self.column.addStretch(1)  # what one chooses from does not move apart where nobody is left out any more
        self.choose(tr("Cancel"))
        self.go = self.choose("", main=True)
        self._offer_purposes()
        self.buttons.idToggled.connect(lambda _, on: self._turn() if on else None)
        self.purpose.activated.connect(lambda _: self._ask())
        for option in (self.folder, self.together):
            option.clicked.connect(lambda _: self._ask())
        self.show_left_out(self.asks, ())
        self.buttons.button(max(self.buttons.checkedId(), 0)).setFocus(Qt.FocusReason.OtherFocusReason)

    @property
    def current(self) -> Target:
        """What is marked now."""
        return self._targets[max(self.buttons.checkedId(), 0)]

    @property
    def answer(self) -> Asked | None:
        """What was chosen in the end."""
        return self.asks if self.chosen == 1 else None

    @property
    def asks(self) -> Asked:
        """What is asked for, as it stands now."""
        sending, target = self.purpose.currentData(), self.current
        return Asked(
            target,
            sending if isinstance(sending, Sending) else None,
            target.cards and self.folder.isChecked(),
            self.together.isChecked(),
        )

    def _option(self, text: str) -> QCheckBox:
        """Something that only some targets can be asked for."""
        option = QCheckBox(text)
        option.setAccessibleName(text)
        option.setFont(self.look.font())
        self.column.addWidget(option)
        return option

    def _offer_purposes(self) -> None:
        """What a target can be for, standing on what was chosen before."""
        before, target = self.purpose.currentData(), self.current
        self.folder.setVisible(target.cards)
        self.together.setVisible(target.kind == MAILING)
        self.purpose.clear()
        if target.usual is None:
            self.purpose.addItem(tr("Our own use"), None)
        for sending in target.sendings(self._purposes):
            self.purpose.addItem(said(sending, self._purposes), sending)
        places = [self.purpose.itemData(row) for row in range(self.purpose.count())]
        wanted = before if before in places and before is not None else target.usual
        self.purpose.setCurrentIndex(places.index(wanted) if wanted in places else 0)

    def _turn(self) -> None:
        self._offer_purposes()
        self._ask()

    def _ask(self) -> None:
        self.show_left_out(self.asks, ())
        self.asked.emit()

    def show_left_out(self, asked: Asked, people: LeftOut) -> None:
        """Say who will not be handed out."""
        if asked != self.asks:
            return
        target = self.current
        n = self._n - len(people)
        self.left_out.setVisible(bool(people))
        self.reasons.setVisible(bool(people))
        self.left_out.setText(tr_n("{n} contact is left out:", "{n} contacts are left out:", len(people)))
        lines = (tr("{name}: {reason}", name=name, reason=words(why)) for name, why in people)
        self.reasons.setPlainText("\n".join(lines))
        self.go.set_words(
            tr_n("Copy {n} address", "Copy {n} addresses", n)
            if target.kind == BCC
            else tr_n("Save {n} contact …", "Save {n} contacts …", n)
        )
        self.go.setEnabled(n > 0)
