"""One letter that came back: what became of it in words, whom one can ask, and the way to take it back."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from alumnidesk.ui.letters.returned_answers import Answer
from alumnidesk.ui.look import Look
from alumnidesk.ui.widgets.buttons import LinkButton, OutlinedButton
from alumnidesk.ui.widgets.circle import TASK, Circle
from alumnidesk.ui.widgets.flow import Flow
from alumnidesk.ui.widgets.label import Label, Line, breakable
from alumnidesk.ui.words import tr, words


class ReturnedRow(QWidget):
    """An answer with its remedies; `take_back` is asked to undo what was noted, `go_to` to show a contact."""

    def __init__(
        self, look: Look, answer: Answer, take_back: Callable[[], object], go_to: Callable[[int], object]
    ) -> None:
        super().__init__()
        self.answer, self._look, self.holds = answer, look, True
        self.setAccessibleName(tr("{said} {detail}", said=answer.said, detail=answer.detail))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(look.px(9))
        row = QHBoxLayout()
        row.setContentsMargins(0, look.px(9), 0, 0)
        row.setSpacing(look.px(16))
        row.addWidget(Circle(look, TASK, icon=answer.icon, tinted=bool(answer.changeset)), 0, Qt.AlignmentFlag.AlignTop)
        told = QVBoxLayout()
        told.setSpacing(look.px(2))
        self.said = Label(look, breakable(answer.said), role=answer.role, wraps=True)
        self.detail = Label(look, breakable(answer.detail), size="small", role="text2", wraps=True)
        told.addWidget(self.said)
        told.addWidget(self.detail)
        self.links = self._links(go_to)
        told.addWidget(self.links)
        row.addLayout(told, 1)
        self.undo = OutlinedButton(look, tr("Undo"), icon="undo", clicked=take_back, changes=True)
        self.undo.setAccessibleDescription(answer.said)
        self.undone = Label(look, tr("Undone"), size="small", role="text2")
        for widget in (self.undo, self.undone):
            row.addWidget(widget, 0, Qt.AlignmentFlag.AlignTop)
        column.addLayout(row)
        column.addWidget(Line(look, "hair"))
        self.show_holds(holds=True)

    def _links(self, go_to: Callable[[int], object]) -> QWidget:
        """To the contact, and to those who may know more."""
        answer, holder = self.answer, QWidget()
        flow = Flow(self._look.px(12), holder)
        if answer.contact:
            flow.addWidget(
                self._link(tr("Open contact"), tr("Open contact {name}", name=answer.name), go_to, answer.contact)
            )
        if answer.ask:
            flow.addWidget(Label(self._look, tr("Who may know more:"), role="text2"))
        for one in answer.ask:
            said = tr("{name} ({why})", name=one.name, why=words(one.why))
            flow.addWidget(self._link(said, said, go_to, one.id))
        holder.setVisible(bool(answer.contact or answer.ask))
        return holder

    def _link(self, text: str, name: str, go_to: Callable[[int], object], contact: int) -> LinkButton:
        link = LinkButton(self._look, text.replace("&", "&&"), clicked=partial(go_to, contact))
        link.setAccessibleName(name)
        link.padding, link.tall = 0, 24
        return link

    def show_holds(self, *, holds: bool) -> None:
        """Does what was noted still hold, or was it taken back?"""
        self.holds = holds
        self.undo.setVisible(bool(self.answer.changeset) and holds)
        self.undone.setVisible(bool(self.answer.changeset) and not holds)
        self.said.set_role(self.answer.role if holds else "text2")
