"""People of one family name at one address: which of them are a household?"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from alumnidesk.ui.page import Context
from alumnidesk.ui.widgets.dialog import Dialog
from alumnidesk.ui.widgets.label import Label
from alumnidesk.ui.widgets.lines import Column, LinesTable
from alumnidesk.ui.widgets.list_table import TWO_LINES, ListTable
from alumnidesk.ui.words import tr, tr_n

if TYPE_CHECKING:
    from alumnidesk.services.households import Proposal

SEEN = 7
"""Rows that are seen at once."""


class ProposalsDialog(Dialog):
    """All are taken at first; a click, Space or Enter leaves one out and takes it again."""

    def __init__(
        self,
        context: Context,
        proposals: Sequence[Proposal],
        parent: QWidget | None = None,
    ) -> None:
        look = context.look
        super().__init__(
            look,
            tr("Who lives together?"),
            tr("These people have the same family name and the same address. Who lives together gets one letter."),
            parent,
        )
        self._context, self._proposals = context, proposals
        self.left_out: set[int] = set()
        table: LinesTable[int] = LinesTable(
            (
                Column(
                    "names",
                    tr("Household"),
                    lambda row: self._said(row),
                    360,
                    sortable=False,
                    second=lambda row: proposals[row].place,
                    icon=lambda row: ("minus-circle", "text2") if row in self.left_out else ("check-circle", "good"),
                ),
            ),
            lambda ids, deliver: deliver(ids),
            self,
        )
        self.list = ListTable(look, table, tr("Households found"), row=TWO_LINES, heads=False)
        self.list.wish(look.px(TWO_LINES) * min(len(proposals), SEEN))
        table.show(range(len(proposals)), range(len(proposals)))
        self.list.clicked.connect(lambda index: self.turn(index.row()))
        self.list.opened.connect(self.turn)
        self.column.addWidget(self.list)
        hint = tr("A click or Enter leaves one out; what is left out is not proposed again.")
        self.column.addWidget(Label(look, hint, size="small", role="text2", wraps=True))
        self.choose(tr("Cancel"), clicked=self.reject)
        self.make = self.choose("-", main=True, icon="home", clicked=self._decide)
        self._count()
        self.list.setFocus(Qt.FocusReason.OtherFocusReason)

    def _said(self, row: int) -> str:
        names = ", ".join(self._proposals[row].names)
        return tr("{names} (left out)", names=names) if row in self.left_out else names

    def turn(self, row: int) -> None:
        """Leave a household out, or take it again."""
        self.left_out ^= {row}
        self.list.viewport().update()
        self._count()

    def _count(self) -> None:
        n = len(self._proposals) - len(self.left_out)
        self.make.set_words(
            tr_n("Make {n} household", "Make {n} households", n) if n else tr("Propose none of them again")
        )

    def _decide(self) -> None:
        groups: tuple[list[tuple[int, ...]], list[tuple[int, ...]]] = [], []
        for row, proposal in enumerate(self._proposals):
            groups[row in self.left_out].append(proposal.members)
        self.do_once(
            self._context.deed,
            lambda desk: desk.households.decide(*groups),
            failed=self._context.messages.show,
        )


def propose_households(context: Context, parent: QWidget) -> None:
    """Look for households that nobody has noted yet, and make those that are accepted."""

    def ask(proposals: Sequence[Proposal]) -> None:
        if not proposals:
            context.notices.say(tr("No two people without a household share family name and address."), icon="info")
            return

        dialog = ProposalsDialog(context, proposals, parent)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.open()

    context.tasks.run(lambda desk: desk.households.proposals(), ask)
