"""What a contact has agreed to: a chip for each purpose and channel, opened for an answer where it stands."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt, QTimer, Signal
from PySide6.QtGui import QFontMetrics, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from alumnidesk.domain.consent import (
    ANSWER_WORDS,
    CHANNEL_NAMES,
    CHANNEL_WORDS,
    NO,
    NOT_ASKED,
    YES,
    Given,
    Purpose,
    Sending,
)
from alumnidesk.ui.contacts.answering import AnswerForm
from alumnidesk.ui.contacts.detail_section import DetailSection
from alumnidesk.ui.contacts.section import label_width
from alumnidesk.ui.look import Look
from alumnidesk.ui.page import Context
from alumnidesk.ui.when import written
from alumnidesk.ui.widgets.buttons import LinkButton
from alumnidesk.ui.widgets.chip import Chip, chip_width, paint_chip
from alumnidesk.ui.widgets.flow import Flow
from alumnidesk.ui.widgets.label import Ground, Label, breakable
from alumnidesk.ui.widgets.paint import frame
from alumnidesk.ui.widgets.painted_button import PaintedButton
from alumnidesk.ui.words import tr, words

if TYPE_CHECKING:
    from alumnidesk.services.consents import Standing

_LOOKS = {YES: ("good", "check-circle"), NO: ("bad", "minus-circle"), NOT_ASKED: ("plain", "question")}
"""State and icon of the chip for each answer: never colour alone."""


class AnswerChip(PaintedButton):
    """One channel of a purpose with its state; a click, Enter or Space opens it."""

    changes = True

    def __init__(self, look: Look, purpose: Purpose, channel: str) -> None:
        super().__init__(look)
        self._purpose, self._channel = purpose, channel
        self.answer = NOT_ASKED
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.show_answer(NOT_ASKED)

    def show_answer(self, answer: str) -> None:
        """Show what counts now."""
        self.answer = answer
        self.setAccessibleName(
            tr(
                "{purpose} {channel}: {answer}",
                purpose=words(self._purpose.name),
                channel=words(CHANNEL_WORDS[self._channel]),
                answer=words(ANSWER_WORDS[answer]),
            )
        )
        self.updateGeometry()
        self.update()

    @property
    def _chip(self) -> Chip:
        return Chip(words(CHANNEL_NAMES[self._channel]), *_LOOKS[self.answer])

    def sizeHint(self) -> QSize:
        width = chip_width(self._look, self._chip, QFontMetrics(self._look.font("small")))
        return QSize(width + self._look.px(4), self._look.px(28))

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter, around = QPainter(self), self._look.px(2)
        paint_chip(painter, self._look, self._chip, self.rect().adjusted(around, around, -around, -around))
        if self.hasFocus():
            frame(painter, self.rect(), self._look.colour("accent"), self._look.px(8), 2)


class ConsentSection(DetailSection):
    """The consents of one contact at a time, folded up until something was asked. `opened` carries what was opened, to
    be scrolled into view."""

    opened = Signal(object)

    def __init__(self, context: Context) -> None:
        super().__init__(context.look, tr("Consent"))
        self._context = context
        self._contact: int | None = None
        self._standing: Standing | None = None
        self._purposes: Sequence[Purpose] = ()
        self._open: Sending | None = None
        self.chips: dict[Sending, AnswerChip] = {}
        look = context.look
        column = self.column
        self.unfold = LinkButton(look, tr("Note an answer"), icon="plus", clicked=self._unfold, changes=True)
        self.withdraw = LinkButton(look, tr("Withdraw all"), icon="minus-circle", clicked=self._withdraw, changes=True)
        self.offer(self.unfold, self.withdraw)
        self.nothing = Label(look, tr("Nothing was asked yet"), role="text2", wraps=True)
        column.addWidget(self.nothing)
        self.table = QWidget()
        self._rows = QVBoxLayout(self.table)
        self._rows.setContentsMargins(0, look.px(4), 0, 0)
        self._rows.setSpacing(look.px(4))
        column.addWidget(self.table)
        column.addSpacing(look.px(4))
        column.addWidget(self._answering())

    def _answering(self) -> QWidget:
        look = self._context.look
        self.sheet = Ground(look, "page")
        column = QVBoxLayout(self.sheet)
        column.setContentsMargins(look.px(12), look.px(10), look.px(12), look.px(10))
        column.setSpacing(look.px(6))
        self.about = Label(look, bold=True, wraps=True)
        self.known = Label(look, size="small", role="text2", wraps=True)
        self.form = AnswerForm(look)
        self.form.answered.connect(self._answer)
        self.form.buttons.addWidget(LinkButton(look, tr("Close"), clicked=self.close_sheet))
        for widget in (self.about, self.known, self.form):
            column.addWidget(widget)
        self.sheet.hide()
        return self.sheet

    # Showing ---------------------------------------------------------------------------------------------------

    def show_consents(self, contact: int, standing: Standing) -> None:
        """Show what counts for a contact; an answer that is being entered stays."""
        another = contact != self._contact
        self._contact, self._standing = contact, standing
        purposes = [purpose for purpose in standing.purposes if purpose.asked]
        if purposes != self._purposes:
            self._make_rows(purposes)
            another = True
        for sending, chip in self.chips.items():
            chip.show_answer(self._answer_to(sending))
        if another:
            self._open = None
            self.sheet.hide()
            self.table.setVisible(bool(standing.counting))
        self.table.setVisible(self.table.isVisibleTo(self) or bool(standing.counting))
        folded = not self.table.isVisibleTo(self)
        self.nothing.setVisible(folded)
        self.unfold.setVisible(folded)
        self.withdraw.setVisible(bool(standing.counting))
        self.withdraw.setEnabled(any(self._answer_to(sending) != NO for sending in self.chips))
        if self._open is not None:
            self._show_sheet(self._open)

    def _make_rows(self, purposes: Sequence[Purpose]) -> None:
        look = self._context.look
        self._purposes = purposes
        self.chips.clear()
        while (item := self._rows.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.hide()
                widget.deleteLater()
        for purpose in purposes:
            holder, chips = QWidget(), QWidget()
            row, flow = QHBoxLayout(holder), Flow(look.px(2), chips)
            row.setContentsMargins(0, 0, 0, 0)
            row.setSpacing(look.px(6))  # the ground of a chip begins 2 inside it
            label = Label(look, breakable(words(purpose.name), 14), role="text2", wraps=True)
            label.setFixedWidth(label_width(look))
            label.setContentsMargins(0, look.px(2), 0, 0)
            row.addWidget(label, 0, Qt.AlignmentFlag.AlignTop)
            for channel in purpose.asked:
                sending = Sending(purpose.key, channel)
                chip = self.chips[sending] = AnswerChip(look, purpose, channel)
                chip.clicked.connect(partial(self.open_sheet, sending))
                flow.addWidget(chip)
            row.addWidget(chips, 1)
            self._rows.addWidget(holder)

    def _given(self, sending: Sending) -> Given | None:
        return self._standing.counting.get((sending.purpose, sending.channel)) if self._standing else None

    def _answer_to(self, sending: Sending) -> str:
        given = self._given(sending)
        return given.answer if given is not None else NOT_ASKED

    def _unfold(self) -> None:
        self.table.show()
        self.nothing.hide()
        self.unfold.hide()
        next(iter(self.chips.values())).setFocus(Qt.FocusReason.OtherFocusReason)

    # Answering -------------------------------------------------------------------------------------------------

    def open_sheet(self, sending: Sending) -> None:
        """Ask for an answer about this purpose and channel."""
        self._open = sending
        self.form.begin(self._standing.sources if self._standing else ())
        self._show_sheet(sending)
        self.sheet.show()
        self.form.yes.setFocus(Qt.FocusReason.OtherFocusReason)
        QTimer.singleShot(0, self.sheet, lambda: self.opened.emit(self.sheet))

    def _show_sheet(self, sending: Sending) -> None:
        purpose = next(purpose for purpose in self._purposes if purpose.key == sending.purpose)
        name, channel = words(purpose.name), words(CHANNEL_WORDS[sending.channel])
        self.about.setText(tr("“{purpose}” {channel}", purpose=name, channel=channel))
        self.known.setText(_said(self._given(sending)))

    def close_sheet(self) -> None:
        """Give up the answer that was being entered."""
        chip = self.chips.get(self._open) if self._open is not None else None
        self._open = None
        self.sheet.hide()
        if chip is not None:
            chip.setFocus(Qt.FocusReason.OtherFocusReason)

    def _answer(self, answer: str) -> None:
        contact, sending, on, source = self._contact, self._open, self.form.on, self.form.source
        if contact is not None and sending is not None:
            self._context.deed(
                lambda desk: desk.consents.answer([contact], sending, answer, on=on, source=source),
                then=lambda _: self.close_sheet(),
                failed=lambda problem: self.form.refused(problem, self._context.messages.show),
            )

    def _withdraw(self) -> None:
        contact = self._contact
        if contact is not None:
            self._context.deed(lambda desk: desk.consents.withdraw([contact]))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape and self._open is not None:
            self.close_sheet()
        else:
            super().keyPressEvent(event)


def _said(given: Given | None) -> str:
    """What is known so far, line by line."""
    if given is None:
        return tr("Not asked yet")
    day = written(dt.date.fromisoformat(given.on), "year")
    lines = [tr("Yes since {day}", day=day) if given.answer == YES else tr("No since {day}", day=day)]
    if given.source:
        lines.append(tr("Source: {source}", source=given.source))
    if given.wording:
        lines.append(tr("Agreed to: {wording}", wording=given.wording))
    return "\n".join(lines)
