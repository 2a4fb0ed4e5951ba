"""Settings: the units of the institution as a tree."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QMenu, QVBoxLayout, QWidget

from alumnidesk.domain.units import KINDS, Unit, with_those_below
from alumnidesk.i18n import say
from alumnidesk.progress import Progress
from alumnidesk.ui.page import Context
from alumnidesk.ui.settings.own_fields import HINT_WIDTH, clear, hint, in_order
from alumnidesk.ui.widgets.buttons import Button, OutlinedButton, PlainButton
from alumnidesk.ui.widgets.fields import ChoiceField, Field, LineField, indented
from alumnidesk.ui.widgets.form_dialog import FormDialog, Values
from alumnidesk.ui.widgets.label import Label, breakable, section
from alumnidesk.ui.words import tr, tr_n, words

if TYPE_CHECKING:
    from alumnidesk.desk import Desk
    from alumnidesk.services.units import UnitLine

CHANGING_UNITS = say("The units are still being changed")
"""For `Progress.running`."""
STEP = 28
"""So far to the right of the unit above it a unit stands, at 100 %."""


class UnitsSection(QWidget):
    """The tree, a row for each unit; a unit opens a menu with what can be done with it."""

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._context, look = context, context.look
        self._lines: Sequence[UnitLine] = ()
        self._buttons: dict[int, Button] = {}
        self._last: int | None = None
        """The unit with which something was done: its row gets the keyboard back when the tree is shown anew."""
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(look.px(8))
        column.addWidget(section(look, tr("Units")))
        column.addLayout(
            hint(
                look,
                tr(
                    "Where people belong: centre, faculty, regional club. Who belongs to a unit belongs to those above "
                    "it as well, also when you search."
                ),
            )
        )
        self._rows = QVBoxLayout()
        self._rows.setSpacing(0)
        column.addLayout(self._rows)
        self.add = OutlinedButton(look, tr("Add a unit"), icon="plus", clicked=partial(self._add, None), changes=True)
        column.addWidget(self.add, 0, Qt.AlignmentFlag.AlignLeft)

    def read(self) -> None:
        """Show what there is now."""
        self._context.tasks.run(lambda desk: desk.units.lines(), self._show, latest="units")

    def _show(self, lines: Sequence[UnitLine]) -> None:
        if list(lines) == list(self._lines):
            return
        self._lines = lines
        clear(self._rows)
        self._buttons = {line.unit.id: self._row(line) for line in lines}
        in_order(self)
        if self._last is not None:
            self._buttons.get(self._last, self.add).setFocus(Qt.FocusReason.OtherFocusReason)
            self._last = None

    def _row(self, line: UnitLine) -> Button:
        look, unit = self._context.look, line.unit
        holder = QWidget()
        row = QHBoxLayout(holder)
        row.setContentsMargins(look.px(STEP) * unit.depth, 0, 0, 0)
        row.setSpacing(look.px(8))
        name = breakable(unit.name).replace("&", "&&")
        button = PlainButton(look, name, icon="building", menu=self._menu(line, holder), changes=True)
        said = [_kind(unit), tr_n("{n} contact", "{n} contacts", line.contacts)] if line.contacts else [_kind(unit)]
        if line.altogether > line.contacts:
            said.append(tr("{n} with those below", n=line.altogether))
        shown = " · ".join(part for part in said if part)
        button.setAccessibleName(", ".join((unit.said, *(part for part in said if part))))
        row.addWidget(button)
        row.addWidget(Label(look, breakable(shown), size="small", role="text2", wraps=True), 1)
        holder.setMaximumWidth(look.px(HINT_WIDTH))
        self._rows.addWidget(holder)
        return button

    def _menu(self, line: UnitLine, parent: QWidget) -> QMenu:
        unit, menu = line.unit, QMenu(parent)
        menu.addAction(tr("Change …"), partial(self._change, line))
        menu.addAction(tr("Add a unit below it …"), partial(self._add, unit))
        if len(self._lines) > 1:
            menu.addAction(tr("Put under …"), partial(self._put, unit))
            menu.addAction(tr("Merge into another …"), partial(self._merge, line))
        menu.addSeparator()
        menu.addAction(tr("Remove …") if line.contacts else tr("Remove"), partial(self._remove, line))
        return menu

    # Deeds ------------------------------------------------------------------------------------------------------

    def _ask(
        self,
        head: str,
        fields: Sequence[Field],
        verb: str,
        work: Callable[[Desk, Values, Progress], object],
        sentence: str = "",
    ) -> None:
        progress = Progress(running=CHANGING_UNITS)
        dialog = FormDialog(
            self._context,
            head,
            fields,
            verb,
            lambda desk, values: work(desk, values, progress),
            self.window(),
            sentence,
            progress,
        )
        if not dialog.exec():
            self._last = None
        dialog.deleteLater()

    def _add(self, above: Unit | None) -> None:
        look = self._context.look
        under = ChoiceField(look, "under", tr("Part of"), [("", tr("No other unit")), *self._tree()])
        under.set_value(str(above.id) if above else "")
        self._last = above.id if above else None
        self._ask(
            tr("A new unit"),
            [LineField(look, "name", tr("Name")), self._kinds(""), under],
            tr("Add the unit"),
            lambda desk, v, _: desk.units.add(v["name"], v["kind"], _number(v["under"])),
        )

    def _change(self, line: UnitLine) -> None:
        unit, name = line.unit, LineField(self._context.look, "name", tr("Name"))
        name.set_value(unit.name)
        self._last = unit.id
        self._ask(
            tr("Change the unit {unit}", unit=unit.called),
            [name, self._kinds(unit.kind)],
            tr("Change the unit"),
            lambda desk, v, progress: desk.units.change(unit.id, name=v["name"], kind=v["kind"], progress=progress),
            self._belong(line.contacts),
        )

    def _put(self, unit: Unit) -> None:
        itself = with_those_below([line.unit for line in self._lines], unit.id)
        under = ChoiceField(
            self._context.look, "under", tr("Part of"), [("", tr("No other unit")), *self._tree(itself)]
        )
        under.set_value(str(unit.under or ""))
        self._last = unit.id
        self._ask(
            tr("Put the unit {unit} under another", unit=unit.called),
            [under],
            tr("Put it there"),
            lambda desk, v, progress: desk.units.put(unit.id, _number(v["under"]), progress=progress),
            tr("What is below it comes along.") if len(itself) > 1 else "",
        )

    def _merge(self, line: UnitLine) -> None:
        unit = line.unit
        into = ChoiceField(self._context.look, "into", tr("Into"), self._tree([unit.id]))

        def follow() -> None:
            self._last = _number(str(into.value))

        into.box.currentIndexChanged.connect(follow)
        follow()
        self._ask(
            tr("Merge the unit {unit}", unit=unit.called),
            [into],
            tr("Merge"),
            lambda desk, v, progress: desk.units.merge([unit.id], int(v["into"]), progress=progress),
            tr("Its people and the units below it are at the other one afterwards, and saved searches follow."),
        )

    def _remove(self, line: UnitLine) -> None:
        unit = line.unit
        self._last = unit.under or 0
        if not line.contacts:
            progress = Progress(running=CHANGING_UNITS)
            self._context.deed(lambda desk: desk.units.remove(unit.id, progress=progress), progress=progress)
            return
        others = [("", tr("Choose …")), *self._tree([unit.id])]
        self._ask(
            tr("Remove the unit {unit}", unit=unit.called),
            [ChoiceField(self._context.look, "move_to", tr("Its people go to"), others)],
            tr("Remove the unit"),
            lambda desk, v, progress: desk.units.remove(unit.id, _number(v["move_to"]), progress=progress),
            self._belong(line.contacts),
        )

    # Words and choices ------------------------------------------------------------------------------------------

    def _tree(self, but: Collection[int] = ()) -> list[tuple[str, str]]:
        """Units to choose from, indented as they lie below each other."""
        units = [line.unit for line in self._lines if line.unit.id not in but]
        return [(str(unit.id), indented(unit.called, unit.depth)) for unit in units]

    def _kinds(self, kind: str) -> ChoiceField:
        known = [("", tr("Not given")), *((key, words(text)) for key, text in KINDS.items())]
        own = [(kind, kind)] if kind and kind not in KINDS else []
        field = ChoiceField(self._context.look, "kind", tr("Kind"), [*known, *own])
        field.set_value(kind)
        return field

    @staticmethod
    def _belong(contacts: int) -> str:
        return tr_n("{n} contact belongs to it.", "{n} contacts belong to it.", contacts) if contacts else ""


def _kind(unit: Unit) -> str:
    return words(KINDS[unit.kind]) if unit.kind in KINDS else unit.kind


def _number(value: str) -> int | None:
    return int(value) if value else None
