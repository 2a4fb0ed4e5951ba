"""Note what several contacts have answered at once: on a list that went round, at a meeting."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from alumnidesk.domain.consent import CHANNEL_WORDS, NO, NOT_ASKED, PRINT, YES, Purpose, Sending
from alumnidesk.ui.contacts.answering import AnswerForm
from alumnidesk.ui.page import Context
from alumnidesk.ui.widgets.dialog import Dialog
from alumnidesk.ui.widgets.fields import Choice
from alumnidesk.ui.widgets.label import Label
from alumnidesk.ui.words import tr, tr_n, words

if TYPE_CHECKING:
    from alumnidesk.desk import Desk

Offered = tuple[Sequence[Purpose], Sequence[str]]
"""The purposes, and the sources that were named before."""


def said(sending: Sending, purposes: Sequence[Purpose]) -> str:
    """A purpose and its way in words: News by e-mail."""
    name = next(words(purpose.name) for purpose in purposes if purpose.key == sending.purpose)
    if sending.channel == PRINT:
        return name
    return tr("{purpose} {channel}", purpose=name, channel=words(CHANNEL_WORDS[sending.channel]))


class ConsentDialog(Dialog):
    """Writes the answer itself, so that a day that cannot be is said at its field."""

    def __init__(self, context: Context, contacts: Sequence[int], offered: Offered, parent: QWidget) -> None:
        n = len(contacts)
        super().__init__(context.look, tr_n("Consent of {n} contact", "Consent of {n} contacts", n), parent=parent)
        self._context, self._contacts = context, list(contacts)
        purposes, sources = offered
        self.about = Choice()
        self.about.setFont(context.look.font())
        self.about.setAccessibleName(tr("Purpose"))
        for purpose in purposes:
            for channel in purpose.asked:
                sending = Sending(purpose.key, channel)
                self.about.addItem(said(sending, purposes), sending)
        self.form = AnswerForm(context.look)
        self.form.begin(sources)
        self.form.answered.connect(self._answer)
        self.now = Label(context.look, size="small", role="text2", wraps=True)
        self.about.currentIndexChanged.connect(lambda _: self._look())
        self.column.addWidget(self.about)
        self.column.addWidget(self.now)
        self.column.addWidget(self.form)
        self.choose(tr("Cancel"))
        self.about.setFocus(Qt.FocusReason.OtherFocusReason)

        self._look()

    def _look(self) -> None:
        """Say what counts now, so that one sees what an answer changes."""
        contacts, sending = self._contacts, self.about.currentData()
        if sending is not None:
            self._context.tasks.run(
                lambda desk: desk.consents.counted(contacts, sending), self._show_now, latest="consents that count"
            )

    def _show_now(self, counted: Counter[str]) -> None:
        yes, no, open_ = counted[YES], counted[NO], counted[NOT_ASKED]
        parts = [
            *([tr_n("{n} said yes", "{n} said yes", yes)] if yes else []),
            *([tr_n("{n} said no", "{n} said no", no)] if no else []),
            *([tr_n("{n} was not asked yet", "{n} were not asked yet", open_)] if open_ else []),
        ]
        self.now.setText(tr("So far: {answers}.", answers=", ".join(parts)))

    def _answer(self, answer: str) -> None:
        contacts, sending, on, source = self._contacts, self.about.currentData(), self.form.on, self.form.source
        self._context.deed(
            lambda desk: desk.consents.answer(contacts, sending, answer, on=on, source=source),
            then=lambda _: self.accept(),
            failed=lambda problem: self.form.refused(problem, self._context.messages.show),
        )


def ask_consent(context: Context, contacts: Sequence[int], window: QWidget) -> None:
    """Ask what these contacts have answered."""

    def read(desk: Desk) -> Offered:
        return desk.purposes.all(), desk.consents.sources()

    def show(offered: Offered) -> None:
        dialog = ConsentDialog(context, contacts, offered, window)
        dialog.exec()
        dialog.deleteLater()

    context.tasks.run(read, show)
