"""Fields with several values: e-mails, phones, links, addresses, affiliations. Each value is a block of its own.

A block is saved when the focus leaves it, so that a corrected address is one step and one Undo.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QApplication, QLineEdit, QVBoxLayout, QWidget

from alumnidesk.domain.cards import Email, Link, Phone
from alumnidesk.ui.contacts.blocks import AddressBlock, AffiliationBlock, Block, ValueBlock
from alumnidesk.ui.look import Look
from alumnidesk.ui.widgets.buttons import LinkButton
from alumnidesk.ui.widgets.fields import Field
from alumnidesk.ui.widgets.focus import follow_the_eye, inside
from alumnidesk.ui.words import tr


class PartsField(Field):
    """The blocks of one many-valued field, one below the other, and a button for one more."""

    def __init__(self, look: Look, key: str, label: str, add: str, make: Callable[[], Block]) -> None:
        self._make, self._holder = make, QWidget()
        self.blocks: list[Block] = []
        self.rows = QVBoxLayout(self._holder)
        self.rows.setContentsMargins(0, 0, 0, 0)
        self.rows.setSpacing(look.px(10))
        super().__init__(look, key, label, self._holder)
        self._stored = ()
        self.another = LinkButton(look, add, icon="plus", clicked=self._add_another)
        self.rows.addWidget(self.another, 0, Qt.AlignmentFlag.AlignLeft)
        self._show(())
        application = QApplication.instance()
        if isinstance(application, QApplication):
            application.focusChanged.connect(self._focus_moved)

    _stored: Any

    def go_to(self, number: int) -> None:
        """Begin typing in the block of this number."""
        block = self.blocks[min(number, len(self.blocks) - 1)]
        block.first.setFocus(Qt.FocusReason.OtherFocusReason)
        if isinstance(block.first, QLineEdit):
            block.first.selectAll()  # what one types takes the place of what stands there, as in every field

    def set_value(self, value: Any) -> None:
        """Show what is stored; blocks that are being typed in keep what was typed and learn their ids."""
        if self._has_focus():
            self._adopt(value)
            self._stored, self._sent = value, None
            self.show_problem("")
        else:
            super().set_value(value)

    def take_back(self) -> None:
        """Show again what is stored; who types in a block that is made anew for that goes on in it."""
        focus = QApplication.focusWidget()
        number, typing = next(((n, block) for n, block in enumerate(self.blocks) if inside(focus, block)), (0, None))
        super().take_back()
        if typing is not None and typing not in self.blocks:
            self.blocks[min(number, len(self.blocks) - 1)].show()  # only what is seen can have the focus
            self.go_to(number)

    def _adopt(self, value: Sequence[Any]) -> None:
        """Tell each block what is stored of it now; what came from elsewhere gets a block of its own."""
        known = {block.part.id for block in self.blocks if block.part is not None}
        stored = {part.id: part for part in value}
        fresh = [part for part in value if part.id not in known]
        for block in self.blocks:
            typed = block.read()
            if block.part is not None:
                part = stored.get(block.part.id)
            else:
                part = next((p for p in fresh if typed is not None and replace(typed, id=p.id) == p), None)
                fresh = [other for other in fresh if other is not part]
            block.adopt(part)
        for part in fresh:
            self._append().show_part(part)
        self._offer_preferred()

    def _shown(self) -> Any:
        return tuple(part for block in self.blocks if (part := block.value()) is not None)

    def _show(self, value: Any) -> None:
        wanted = max(len(value), 1)
        while len(self.blocks) > wanted:
            self._take_away(self.blocks[-1])
        while len(self.blocks) < wanted:
            self._append()
        for block, part in zip(self.blocks, value, strict=False):
            block.show_part(part)
        if not value:
            self._take_away(self.blocks[0])
            self._append()
        self._offer_preferred()

    def _misunderstood(self) -> str:
        problems = (block.problem() for block in self.blocks if isinstance(block, AffiliationBlock))
        return next((problem for problem in problems if problem), "")

    # Blocks ----------------------------------------------------------------------------------------------------

    def _reorder(self) -> None:
        QTimer.singleShot(0, self, lambda: follow_the_eye(self))

    def _append(self) -> Block:
        block = self._make()
        block.removed.connect(lambda: self._remove(block))
        block.chosen.connect(lambda: self._chosen(block))
        self.blocks.append(block)
        self.rows.insertWidget(len(self.blocks) - 1, block)
        self._holder.setFocusProxy(self.blocks[0].first)
        return block

    def _add_another(self) -> None:
        block = self.blocks[-1] if self.blocks[-1].value() is None else self._append()
        self._offer_preferred()
        self._reorder()
        block.show()
        block.first.setFocus(Qt.FocusReason.OtherFocusReason)

    def _remove(self, block: Block) -> None:
        self._take_away(block)
        if not self.blocks:
            self._append()
        self._offer_preferred()
        self.another.setFocus(Qt.FocusReason.OtherFocusReason)
        self.commit()

    def _take_away(self, block: Block) -> None:
        self.blocks.remove(block)
        self.rows.removeWidget(block)
        block.hide()
        block.deleteLater()

    def _chosen(self, block: Block) -> None:
        if self.sender() is not None and block.preferred.isChecked():
            for other in self.blocks:
                other.preferred.setChecked(other is block)
        self.commit()

    def _offer_preferred(self) -> None:
        for block in self.blocks:
            block.offer_preferred(len(self.blocks) > 1)

    # Leaving ---------------------------------------------------------------------------------------------------

    def _has_focus(self) -> bool:
        return inside(QApplication.focusWidget(), self)

    def _focus_moved(self, old: QWidget | None, now: QWidget | None) -> None:
        left = next((block for block in self.blocks if inside(old, block)), None)
        if left is not None and now is not None and not inside(now, left):
            self.commit()


def parts_field(look: Look, key: str, label: str, units: Sequence[str], roles: Sequence[str]) -> PartsField:
    """The field for one of the many-valued fields of a contact."""
    makers: dict[str, tuple[str, Callable[[], Block]]] = {
        "emails": (tr("Another e-mail"), lambda: ValueBlock(look, tr("E-mail"), "emails", Email, "address")),
        "phones": (tr("Another phone number"), lambda: ValueBlock(look, tr("Phone"), "phones", Phone, "number")),
        "links": (tr("Another link"), lambda: ValueBlock(look, tr("Web link"), "links", Link, "url")),
        "addresses": (tr("Another address"), lambda: AddressBlock(look)),
        "affiliations": (tr("Another affiliation"), lambda: AffiliationBlock(look, units, roles)),
    }
    add, make = makers[key]
    return PartsField(look, key, label, add, make)
