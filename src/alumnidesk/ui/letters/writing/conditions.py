"""Who gets a paragraph: ready choices in words, and the condition builder for all others."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QMenu, QWidget

from alumnidesk.domain.folding import fold
from alumnidesk.domain.own_fields import OwnField
from alumnidesk.domain.query import And, Condition, Not, Query
from alumnidesk.domain.query_fields import Operator
from alumnidesk.domain.query_in_words import explain
from alumnidesk.domain.query_text import parse, write
from alumnidesk.i18n import LANGUAGES, Language, say
from alumnidesk.ui.contacts.conditions.dialog import Begun, ConditionsDialog, begun
from alumnidesk.ui.letters.writing.body import Body
from alumnidesk.ui.page import Context
from alumnidesk.ui.words import language, tr, tr_n, words

if TYPE_CHECKING:
    from alumnidesk.desk import Desk
    from alumnidesk.services.finding import Hits

MOST = 30
"""So many roles or tags are offered; others are found in the builder."""


@dataclass(frozen=True, slots=True)
class Known:
    """What there is to choose from."""

    home: str = "DE"
    roles: Sequence[str] = ()
    tags: Sequence[str] = ()
    own: Sequence[OwnField] = ()


def known(desk: Desk) -> Known:
    """Read it. For the owner thread."""
    home = desk.settings.association().country
    return Known(home, desk.find.values("is"), desk.find.values("tag"), desk.own_fields.all())


class Conditions(QObject):
    """The menu of one body. `menu` is filled each time it opens."""

    def __init__(self, context: Context, body: Body, parent: QWidget) -> None:
        super().__init__(parent)
        self._context, self._body, self._parent = context, body, parent
        self._known = Known()
        self.menu = QMenu(parent)
        self.menu.aboutToShow.connect(self.fill)
        body.in_words = self.in_words

    def offer(self, known: Known) -> None:
        """Offer these roles and tags."""
        self._known = known
        self._body.viewport().update()

    def in_words(self, only: str) -> str:
        """A condition as a person reads it beside a paragraph."""
        ready = next((said for said, query in self._ready() if write(query) == only), "")
        condition = words(explain(parse(only, self._known.own), language().code))
        return ready or tr("Only if: {condition}", condition=condition)

    # Menu ------------------------------------------------------------------------------------------------------

    def _ready(self) -> list[tuple[str, Query]]:
        """What is asked most often."""
        email = Condition("email", Operator.NONE)
        country = Condition("country", Operator.EQUALS, self._known.home)
        ready: list[tuple[str, Query]] = [
            (tr("Only if the person has no e-mail address"), email),
            (tr("Only if the person has an e-mail address"), Condition("email", Operator.ANY)),
            (tr("Only if the person lives abroad"), And((Not(country), Condition("country", Operator.ANY)))),
        ]
        if member := self._member():
            ready.append((tr("Only for members"), Condition("is", Operator.EQUALS, member)))
            ready.append((tr("Only for others than members"), Not(Condition("is", Operator.EQUALS, member))))
        return ready

    def _member(self) -> str:
        """What members are called here."""
        named = {fold(Language(code)(say("Member"))) for code in LANGUAGES}
        return next((role for role in self._known.roles if fold(role) in named), "")

    def fill(self) -> None:
        """Offer what can be chosen for the paragraphs that are selected."""
        menu, only = self.menu, self._body.only
        menu.clear()
        self._add(menu, tr("In all letters"), "", only)
        menu.addSeparator()
        ready = self._ready()
        for said, query in ready:
            self._add(menu, said, write(query), only)
        self._add_values(tr("Only for the role"), "is", self._known.roles, only)
        self._add_values(tr("Only with the tag"), "tag", self._known.tags, only)
        self._add_values(tr("Only for the language"), "language", list(LANGUAGES), only)
        menu.addSeparator()
        menu.addAction(tr("Other condition …"), self.build)

    def _add_values(self, head: str, field: str, values: Sequence[str], only: str) -> None:
        if not values:
            return
        part = self.menu.addMenu(head)
        for value in values[:MOST]:
            query = Condition(field, Operator.EQUALS, value)
            self._add(part, LANGUAGES[value] if field == "language" else value, write(query), only)

    def _add(self, menu: QMenu, said: str, stored: str, only: str) -> None:
        action = menu.addAction(said.replace("&", "&&"), lambda: self._body.set_only(stored))
        action.setCheckable(True)
        action.setChecked(stored == only)

    def build(self) -> None:
        """Put together another condition."""
        only = self._body.only

        def show(begun: Begun) -> None:
            dialog = OnlyDialog(self._context, begun, self._take, self._parent)
            dialog.exec()
            dialog.deleteLater()

        self._context.tasks.run(lambda desk: begun(desk, only), show)

    def _take(self, text: str) -> None:
        self._body.set_only(write(parse(text, self._known.own)))


class OnlyDialog(ConditionsDialog):
    """The condition builder for a paragraph."""

    def __init__(self, context: Context, begun: Begun, take: Callable[[str], object], parent: QWidget) -> None:
        super().__init__(context, begun, take, parent)
        self.setWindowTitle(tr("Who gets this paragraph?"))
        self.go.set_icon("check")

    def _count(self, hits: Hits) -> None:
        super()._count(hits)
        n = len(hits.ids)
        self.go.set_words(tr_n("For {n} contact", "For {n} contacts", n))
