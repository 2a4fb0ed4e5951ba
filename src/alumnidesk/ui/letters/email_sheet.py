"""An e-mail as it will be drafted: from whom, to whom, about what, its text and what is attached."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QPlainTextEdit, QVBoxLayout

from alumnidesk.domain.email_draft import EmailDraft, Mailbox
from alumnidesk.ui.look import Look
from alumnidesk.ui.widgets.detail import Facts
from alumnidesk.ui.widgets.label import Ground, Line
from alumnidesk.ui.words import tr

WIDEST = 760
"""At 100 %: longer lines nobody likes to read."""


class EmailSheet(Ground):
    """One e-mail; its text can be selected and copied."""

    def __init__(self, look: Look) -> None:
        super().__init__(look, "page")
        self._look = look
        self._facts = QVBoxLayout()
        self.text = QPlainTextEdit()
        self.text.setReadOnly(True)
        self.text.setFont(look.font())
        self.text.setAccessibleName(tr("Text of the e-mail"))
        self.text.setFrameShape(QPlainTextEdit.Shape.NoFrame)
        self.text.setMaximumWidth(look.px(WIDEST))
        column = QVBoxLayout(self)
        column.setContentsMargins(look.px(20), look.px(16), look.px(20), look.px(16))
        column.setSpacing(look.px(12))
        column.addLayout(self._facts)
        column.addWidget(Line(look))
        column.addWidget(self.text, 1)

    def show_draft(self, draft: EmailDraft, attached: Sequence[str]) -> None:
        """Show what it will say, and the names of what is attached."""
        while (item := self._facts.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.hide()
                widget.deleteLater()
        facts = Facts(self._look)
        facts.add(tr("From"), _named(draft.sender))
        facts.add(tr("Recipient"), _named(draft.to))
        facts.add(tr("Subject"), draft.subject)
        if attached:
            facts.add(tr("Attached"), ", ".join(attached))
        self._facts.addWidget(facts)
        self.text.setPlainText(draft.text)


def _named(mailbox: Mailbox) -> str:
    return tr("{name} <{address}>", name=mailbox.name, address=mailbox.address) if mailbox.name else mailbox.address
