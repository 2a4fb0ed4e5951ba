"""Whose a line of the file is: choosing the contact for it, and the rules by which contacts are recognised."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from alumnidesk.domain.lines import ContactLine
from alumnidesk.services.matching import SIMILAR, SURE
from alumnidesk.ui.contacts.picker import ContactPicker
from alumnidesk.ui.page import Context
from alumnidesk.ui.widgets.dialog import Dialog
from alumnidesk.ui.widgets.label import Label, section
from alumnidesk.ui.words import tr, tr_n, words


class MergeWithDialog(Dialog):
    """Asks for the contact that takes up lines of the file; `chosen_contact` is told of it."""

    def __init__(
        self, context: Context, names: list[str], chosen_contact: Callable[[int], object], parent: QWidget
    ) -> None:
        super().__init__(
            context.look,
            tr_n("Merge {n} line with which contact?", "Merge {n} lines with which contact?", len(names)),
            tr("What the line knows in addition is filled in there. You see it before anything is written."),
            parent,
        )
        shown = "\n".join(names[:3]) + ("\n…" if len(names) > 3 else "")
        self.column.addWidget(Label(context.look, shown, bold=True, wraps=True))
        self.picker = ContactPicker(context, tr("Who is it? Name, town, year …"))
        self._chosen_contact = chosen_contact
        self.picker.picked.connect(self._take)
        self.column.addWidget(self.picker)
        self.choose(tr("Cancel"), clicked=self.reject)
        self.picker.setFocus(Qt.FocusReason.OtherFocusReason)

    def _take(self, line: ContactLine) -> None:
        self.accept()
        self._chosen_contact(line.id)


def show_rules(context: Context, parent: QWidget) -> None:
    """The rules, in the order in which they are asked; their words are those of the column “Why”."""
    look = context.look
    dialog = Dialog(
        look,
        tr("How contacts are recognised"),
        tr("A line of the file belongs to somebody known by the first of these that is true:"),
        parent,
    )
    for number, rule in enumerate(SURE, 1):
        dialog.column.addWidget(Label(look, tr("{n}. {rule}", n=number, rule=words(rule)), wraps=True))
    dialog.column.addWidget(section(look, tr("Maybe known: new, unless you say who it is")))
    for rule in SIMILAR:
        dialog.column.addWidget(Label(look, tr("• {rule}", rule=words(rule)), wraps=True))
    spelling = tr("Names are compared without regard to case, accents and ü or ue; numbers with or without country.")
    dialog.column.addWidget(Label(look, spelling, size="small", role="text2", wraps=True))
    dialog.choose(tr("Close"), main=True)
    dialog.exec()
    dialog.deleteLater()
