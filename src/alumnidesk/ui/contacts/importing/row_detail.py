"""One line of the file: what becomes of it field by field, and what one can decide about it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtWidgets import QVBoxLayout

from alumnidesk.domain.association import Association
from alumnidesk.domain.cards import ContactCard
from alumnidesk.domain.fields import Group
from alumnidesk.domain.own_fields import OwnField
from alumnidesk.services.import_plan import Kind, Merged, Row
from alumnidesk.ui.contacts.facts import facts
from alumnidesk.ui.contacts.table import NOTHING
from alumnidesk.ui.page import Context
from alumnidesk.ui.widgets.buttons import OutlinedButton, key_words
from alumnidesk.ui.widgets.chip import Chip, ChipLabel
from alumnidesk.ui.widgets.detail import DetailPane
from alumnidesk.ui.widgets.flow import Flow
from alumnidesk.ui.widgets.label import Label, Line, breakable, title
from alumnidesk.ui.words import tr, words


@dataclass(frozen=True, slots=True)
class Shown:
    """A row with what the person has decided about it."""

    row: Row
    card: ContactCard | None
    """The contact that it describes; None if there is nothing to decide."""
    skipped: bool = False
    merged: Merged | None = None
    """What it does to the contact that was chosen for it."""
    new: bool = False
    """It is a contact of its own, the person says."""
    same: bool = False
    """It is the same person as an earlier row, the person says."""
    own_fields: tuple[OwnField, ...] = ()

    @property
    def decided(self) -> bool:
        """Whether the person has said whose it is."""
        return self.merged is not None or self.new or self.same

    @property
    def recognised(self) -> bool:
        """Whether it is surely somebody known, as far as the program can see."""
        return self.row.kind in (Kind.CHANGED, Kind.UNCHANGED)

    @property
    def taken(self) -> bool:
        """Whether it can be left out: it would add or change something."""
        return self.card is not None and (self.row.kind is not Kind.UNCHANGED or self.decided)

    @property
    def why(self) -> str:
        """Whose it is, and why."""
        if self.merged is not None:
            return tr("Merged with {name}: chosen by you", name=self.merged.name)
        if self.new:
            return tr("A contact of its own: chosen by you")
        return words(self.row.what)


class RowDetail(DetailPane):
    """Shows a row; each button calls the function that decides."""

    def __init__(
        self,
        context: Context,
        *,
        skip: Callable[[], object],
        same: Callable[[], object],
        merge: Callable[[], object],
        new: Callable[[], object],
        back: Callable[[], object],
    ) -> None:
        super().__init__(context.look, tr("Line of the file"))
        self.look = look = context.look
        self.name = title(look)
        self.name.setWordWrap(True)
        self.state = Label(look, role="text2", wraps=True)
        self.skip = OutlinedButton(look, tr("Leave out"), icon="minus-circle", key=key_words("Del"), clicked=skip)
        self.same = OutlinedButton(look, tr("It is the same person"), icon="same-person", key="S", clicked=same)
        self.merge = OutlinedButton(look, tr("Merge with …"), icon="merge", key="M", clicked=merge)
        self.new = OutlinedButton(look, tr("A contact of its own"), icon="user-plus", key="N", clicked=new)
        self.back = OutlinedButton(look, tr("As proposed"), icon="undo", key="P", clicked=back)
        buttons = Flow(look.px(8))
        for button in (self.same, self.merge, self.new, self.back, self.skip):
            buttons.addWidget(button)
        self.parts = QVBoxLayout()
        self.parts.setSpacing(look.px(4))
        self.column.setSpacing(look.px(10))
        for widget in (self.name, self.state):
            self.column.addWidget(widget)
        self.column.addLayout(buttons)
        self.column.addWidget(Line(look))
        self.column.addLayout(self.parts)

    def show_row(self, shown: Shown | None) -> None:
        """Show a line, or nothing."""
        while (item := self.parts.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.hide()
                widget.deleteLater()
        self._show_buttons(shown)
        self.name.setText("")
        self.state.setText("")
        if shown is None:
            return
        row = shown.row
        self.name.setText(breakable(row.name or tr("Line {n}", n=row.line), 20))
        self.state.setText(breakable(shown.why))
        for remark in row.remarks:
            self.parts.addWidget(ChipLabel(self.look, Chip(tr("Please look"), "look", "warning")))
            self._add(words(remark.why), "", remark.text)
        self._show_parts(shown)
        if row.text:
            self._add(tr("In the file"), "", row.text)

    def _show_buttons(self, shown: Shown | None) -> None:
        open_ = shown is not None and shown.card is not None
        decided = shown is not None and shown.decided
        self.skip.setVisible(shown is not None and shown.taken)
        skipped = shown is not None and shown.skipped
        self.skip.set_words(tr("Take after all") if skipped else tr("Leave out"))
        self.skip.set_icon("plus-circle" if skipped else "minus-circle")
        self.same.setVisible(open_ and not decided and shown is not None and shown.row.kind is Kind.SIMILAR)
        self.new.setVisible(open_ and not decided and shown is not None and shown.recognised)
        self.merge.setVisible(open_)
        self.back.setVisible(decided)

    def _show_parts(self, shown: Shown) -> None:
        """What changes, or what is new."""
        differences = shown.merged.differences if shown.merged is not None else shown.row.differences
        if shown.merged is not None or (shown.recognised and not shown.new):
            for difference in differences:
                self._add(words(difference.label), words(difference.old), words(difference.new))
            if shown.merged is not None and not differences:
                self._add(tr("Everything in this line is known already."), "", "")
        elif shown.card is not None:
            known = {field.name for field in shown.own_fields}
            new = (OwnField(value.field) for value in shown.card.own if value.field not in known)
            for fact in facts(shown.card, Association(), own_fields=(*shown.own_fields, *new)):
                if fact.value != NOTHING and fact.group is not Group.SENDING:
                    self._add(fact.label, "", fact.value or ", ".join(chip.text for chip in fact.chips))

    def _add(self, label: str, old: str, new: str) -> None:
        look = self.look
        self.parts.addWidget(Label(look, label, role="text2" if old or new else "text", wraps=True))
        if old:
            now = tr("Now: {value}", value=breakable(old))
            self.parts.addWidget(Label(look, now, size="small", role="text2", wraps=True, selectable=True))
        if new:
            self.parts.addWidget(Label(look, breakable(new), wraps=True, selectable=True))
