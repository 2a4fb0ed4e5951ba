"""While somebody new is entered: who it may be already, said calmly at the foot of the form."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from alumnidesk.domain.cards import ContactCard
from alumnidesk.ui.contacts.duplicates.pairs import listed
from alumnidesk.ui.page import Context
from alumnidesk.ui.widgets.buttons import LinkButton
from alumnidesk.ui.widgets.flow import Flow
from alumnidesk.ui.widgets.label import breakable
from alumnidesk.ui.widgets.notice import Symbol, TintedArea, TintLabel
from alumnidesk.ui.words import tr

if TYPE_CHECKING:
    from alumnidesk.services.duplicates import Likely

PAUSE = 400
"""Milliseconds in which nothing is typed before the contacts are asked."""


class Resembling(QWidget):
    """Looks again and again at what is typed. It takes no room from the fields, and nobody has to answer.

    `opened` carries the known contact that somebody wants to see; `appeared` tells that there is less room for fields.
    """

    opened = Signal(int)
    appeared = Signal()

    def __init__(self, context: Context, typed: Callable[[], ContactCard | None]) -> None:
        """`typed` tells the contact as it stands in the fields; None if nothing is open."""
        super().__init__()
        self._context, self._typed = context, typed
        self._seen: ContactCard | None = None
        self._asked: ContactCard | None = None
        self.others: set[int] = set()
        """Those of whom somebody has said here that it is not them."""
        self.known: Likely | None = None
        """Who it may be; None while nothing is shown."""
        look = context.look
        self.head = TintLabel(look, bold=True, wraps=True)
        self.reasons = TintLabel(look, wraps=True)
        self.open = LinkButton(look, tr("Open"), icon="arrow-right", clicked=self._open)
        self.other = LinkButton(look, tr("Somebody else"), icon="close", clicked=self._somebody_else, changes=True)
        for button in (self.open, self.other):
            button.setFocusPolicy(Qt.FocusPolicy.TabFocus)  # a click leaves the field in which one types alone
        area = TintedArea(look)
        rows = QVBoxLayout(area)
        rows.setContentsMargins(look.px(16), look.px(10), look.px(10), look.px(8))
        rows.setSpacing(look.px(4))
        first = QHBoxLayout()
        first.setSpacing(look.px(8))
        first.addWidget(Symbol(look, "same-person", tinted=True), 0, Qt.AlignmentFlag.AlignTop)
        first.addWidget(self.head, 1)
        rows.addLayout(first)
        rows.addWidget(self.reasons)
        buttons = Flow(look.px(8))
        buttons.addWidget(self.open)
        buttons.addWidget(self.other)
        rows.addLayout(buttons)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(look.px(12), look.px(8), look.px(12), look.px(12))
        outer.addWidget(area)
        self.hide()
        self._timer = QTimer(self, interval=PAUSE)
        self._timer.timeout.connect(self.look)

    def watch(self) -> None:
        """Look from now on, at somebody new."""
        self.stop()
        self.others.clear()
        self._timer.start()

    def stop(self) -> None:
        """Nobody is entered any more."""
        self._timer.stop()
        self._seen = self._asked = None
        self._show(None)

    def look(self) -> None:
        """Ask who it may be, once nothing was typed since the last look."""
        typed = self._typed()
        resting, self._seen = typed == self._seen, typed
        if typed is not None and resting and typed != self._asked:
            self._asked = typed
            self._context.tasks.run(lambda desk: desk.duplicates.likely(typed), self._answered, latest="resembling")

    def _answered(self, found: list[Likely]) -> None:
        if self._asked is not None:
            self._show(next((each for each in found if each.contact not in self.others), None))

    def _show(self, known: Likely | None) -> None:
        self.known = known
        if known is not None:
            self.head.setText(breakable(_question(known)))
            self.reasons.setText(listed(known.likeness.reasons))
            stored = self._seen is not None and self._seen.id is not None
            self.open.set_words(tr("Compare") if stored else tr("Open"))
        if self.isHidden() and known is not None:
            QTimer.singleShot(0, self, self.appeared.emit)  # once the rest has made room
        self.setVisible(known is not None)

    def _open(self) -> None:
        if self.known is not None:
            self.opened.emit(self.known.contact)

    def _somebody_else(self) -> None:
        """Not this one. It is remembered, of somebody new as soon as that contact is stored."""
        if self.known is None:
            return
        known, typed = self.known.contact, self._typed()
        self.others.add(known)
        self._asked = None  # there may be another one
        self._show(None)
        if typed is not None and (new := typed.id) is not None:
            self._context.deed(lambda desk: desk.duplicates.not_duplicates(known, new))


def _question(known: Likely) -> str:
    if known.town:
        return tr("Is this {name}, {town}?", name=known.name, town=known.town)
    return tr("Is this {name}?", name=known.name)
