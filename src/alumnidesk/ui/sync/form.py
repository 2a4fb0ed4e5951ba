"""The fields of a partner: what it is, where it lies, what it is called, and whom it is about."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QBoxLayout, QWidget

from alumnidesk.domain.query import Condition
from alumnidesk.domain.query_fields import Operator
from alumnidesk.domain.query_text import write
from alumnidesk.services.sync_plan import CSV, FOLDER, PartnerCard
from alumnidesk.ui import files
from alumnidesk.ui.page import Context
from alumnidesk.ui.widgets.buttons import OutlinedButton
from alumnidesk.ui.widgets.fields import ChoiceField, LineField
from alumnidesk.ui.widgets.form_dialog import FormDialog, Values
from alumnidesk.ui.words import tr

if TYPE_CHECKING:
    from alumnidesk.desk import Desk

Audiences = Sequence[tuple[str, str]]
"""Whom a partner may be about: a query and its words."""


def read_audiences(desk: Desk) -> tuple[list[str], list[str]]:
    """The names of the saved searches and of the lists; for the owner thread."""
    return [one.name for one in desk.segments.all()], [one.name for one in desk.lists.all()]


def audiences(searches: Sequence[str], lists: Sequence[str], present: str = "") -> Audiences:
    """All contacts, the saved searches, the lists, and the present query if it is none of these."""
    found = [("", tr("All contacts"))]
    found += [
        (write(Condition("segment", Operator.EQUALS, name)), tr("Saved search {name}", name=name)) for name in searches
    ]
    found += [(write(Condition("list", Operator.EQUALS, name)), tr("List {name}", name=name)) for name in lists]
    if present and present not in [query for query, _ in found]:
        found.append((present, tr("Search: {search}", search=present)))
    return found


def ask_place(context: Context, kind: str, parent: QWidget) -> Path | None:
    """Which folder or file it is; None after Cancel."""
    if kind == FOLDER:
        return files.ask_folder(parent, context.preferences, tr("Choose the folder"), "sync")
    kinds = tr("CSV files (*.csv *.txt);;All files (*)")
    return files.ask_open(parent, context.preferences, tr("Choose the file"), kinds, "sync")


class PartnerDialog(FormDialog):
    """Sets up a partner, or changes one. Nothing is written to either side by it."""

    def __init__(self, context: Context, partner: PartnerCard, offered: Audiences, parent: QWidget) -> None:
        look = context.look
        new = partner.id is None
        self._partner = partner
        self.kind = ChoiceField(
            look,
            "kind",
            tr("What is on the other side?"),
            [(FOLDER, tr("A folder of contact files (vCard)")), (CSV, tr("A CSV file that somebody else keeps"))],
        )
        self.place = LineField(look, "place", tr("Where does it lie?"))
        self.name = LineField(look, "name", tr("What shall it be called here?"))
        self.query = ChoiceField(look, "query", tr("Which contacts are kept in step?"), offered)
        super().__init__(
            context,
            tr("Set up a sync") if new else tr("Change this sync"),
            [self.kind, self.place, self.name, self.query],
            tr("Next") if new else tr("Save"),
            self._keep,
            parent,
            tr("First you see what would happen. Nothing is written before you say so.") if new else "",
        )
        self.browse = OutlinedButton(look, tr("Choose …"), icon="folder", clicked=self._browse)
        below = self.place.layout()
        assert isinstance(below, QBoxLayout)
        below.addWidget(self.browse, 0, Qt.AlignmentFlag.AlignLeft)
        self.kind.setEnabled(new)
        self.form.show_values(
            {"kind": partner.kind, "place": partner.place, "name": partner.name, "query": partner.query}
        )
        if len(offered) == 1:
            self.form.add_hint(
                tr("To keep only some in step, save a search on the page “Contacts” first; it is then offered here.")
            )

    def _keep(self, desk: Desk, values: Values) -> PartnerCard:
        text = {key: str(value) for key, value in values.items()}
        wanted = replace(self._partner, kind=text["kind"], place=text["place"], name=text["name"], query=text["query"])
        return desk.syncing.add(wanted) if wanted.id is None else desk.syncing.change(wanted)

    def _browse(self) -> None:
        path = ask_place(self._context, str(self.kind.value), self)
        if path is not None:
            self.place.type_in(str(path))
            if not self.name.value:
                self.name.type_in(path.name if self.kind.value == FOLDER else path.stem)
