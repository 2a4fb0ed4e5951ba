"""Columns saved under a name: choose them for the list that one imports, save, rename and delete them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from alumnidesk.services.import_plan import Preview, SavedMapping
from alumnidesk.ui.page import Context
from alumnidesk.ui.widgets.buttons import LinkButton
from alumnidesk.ui.widgets.fields import Choice, LineField
from alumnidesk.ui.widgets.flow import Flow
from alumnidesk.ui.widgets.form_dialog import FormDialog
from alumnidesk.ui.widgets.label import Label
from alumnidesk.ui.words import tr

if TYPE_CHECKING:
    from alumnidesk.desk import Desk

PROGRAMS: Mapping[str, str] = MappingProxyType(
    {
        "neutral": "AlumniDesk", "google": "Google", "outlook": "Outlook", "thunderbird": "Thunderbird",
        "apple": "Apple", "openjverein": "OpenJVerein", "wiso": "WISO MeinVerein", "spg": "SPG-Verein",
    }
)  # fmt: skip
"""First word of a preset → the program whose table it is."""


class SavedColumns(QWidget):
    """`chosen` carries the id of the saved columns, empty for those that were recognised.

    `changed` carries the id to go on with after some were saved, renamed or deleted.
    """

    chosen = Signal(str)
    changed = Signal(str)

    def __init__(self, context: Context, columns: Callable[[], tuple[str | None, ...]]) -> None:
        """`columns` says where the columns go now."""
        super().__init__()
        look = context.look
        self._context, self._columns = context, columns
        self._preview: Preview | None = None
        self.box = Choice()
        self.box.setAccessibleName(tr("Columns as"))
        if (popup := self.box.view()) is not None:
            popup.setAccessibleName(self.box.accessibleName())
        self.box.setFont(look.font())
        self.box.setSizeAdjustPolicy(Choice.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.box.setMinimumContentsLength(16)
        self.box.activated.connect(lambda _: self.chosen.emit(str(self.box.currentData())))
        self.save = LinkButton(look, tr("Save these columns …"), icon="plus", clicked=self.ask_name)
        self.rename = LinkButton(look, tr("Rename …"), icon="edit", clicked=self.ask_other_name)
        self.delete = LinkButton(look, tr("Delete"), icon="trash", clicked=self.forget)
        row = Flow(look.px(8), self)
        row.addWidget(Label(look, tr("Columns as"), role="text2"))
        for widget in (self.box, self.save, self.rename, self.delete):
            row.addWidget(widget)

    def show_preview(self, preview: Preview) -> None:
        """Offer what is saved, and show what was used."""
        self._preview = preview
        program = PROGRAMS.get(preview.preset.partition("-")[0], "")
        self.box.clear()
        self.box.addItem(tr("As recognised: {program}", program=program) if program else tr("As recognised"), "")
        for one in preview.saved:
            self.box.addItem(one.name, one.id)
        self.box.setCurrentIndex(max(self.box.findData(preview.choices.saved or ""), 0))
        used = self._used
        self.rename.setVisible(used is not None)
        self.delete.setVisible(used is not None)
        self.save.setVisible(used is None or used.columns != preview.choices.columns)

    @property
    def _used(self) -> SavedMapping | None:
        preview = self._preview
        return next((one for one in preview.saved if one.id == preview.choices.saved), None) if preview else None

    def ask_name(self) -> None:
        """Ask for a name and save where the columns go now."""
        preview, used, columns = self._preview, self._used, self._columns()
        if preview is None:
            return
        headings = tuple(column.heading for column in preview.columns)
        sentence = tr("Lists with the same headings go the same way from now on; you can choose it for any other list.")

        def work(desk: Desk, values: Mapping[str, Any]) -> SavedMapping:
            return desk.importing.mappings.save(str(values["name"]), headings, columns)

        self._ask(tr("Save these columns"), used.name if used else preview.path.stem, tr("Save"), work, sentence)

    def ask_other_name(self) -> None:
        """Ask for another name of the saved columns in use."""
        if (used := self._used) is not None:
            id = used.id
            self._ask(
                tr("Rename saved columns"),
                used.name,
                tr("Rename"),
                lambda desk, values: desk.importing.mappings.rename(id, str(values["name"])),
            )

    def _ask(
        self,
        head: str,
        name: str,
        verb: str,
        work: Callable[[Desk, Mapping[str, Any]], SavedMapping],
        sentence: str = "",
    ) -> None:
        field = LineField(self._context.look, "name", tr("Name"))
        field.set_value(name)
        dialog = FormDialog(self._context, head, [field], verb, work, self, sentence)
        field.line.selectAll()
        dialog.exec()
        dialog.deleteLater()
        if dialog.outcome is not None:
            self.changed.emit(dialog.outcome.id)

    def forget(self) -> None:
        """Delete the saved columns in use; the notice offers to take that back."""
        if (used := self._used) is not None:
            id = used.id
            self._context.deed(lambda desk: desk.importing.mappings.delete(id), then=lambda _: self.changed.emit(""))
