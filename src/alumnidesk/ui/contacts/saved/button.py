"""The menu of saved searches and lists beside a search field; what is chosen stands in the field."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QMenu, QSizePolicy, QWidget

from alumnidesk.ui.page import Context
from alumnidesk.ui.widgets.buttons import PlainButton
from alumnidesk.ui.widgets.search import SearchField
from alumnidesk.ui.words import language, tr

if TYPE_CHECKING:
    from alumnidesk.desk import Desk
    from alumnidesk.domain.audiences import ContactList, Segment

Offered = tuple[Sequence[tuple["Segment", int]], Sequence["ContactList"]]
"""The saved searches with their numbers of contacts, and the lists."""


def read(desk: Desk) -> Offered:
    """What there is to choose from."""
    return desk.segments.counted(), desk.lists.all()


class SavedSearches(PlainButton):
    """Reads what there is when it is pressed. `actions` are offered below, such as saving what is typed."""

    def __init__(
        self, context: Context, search: SearchField, actions: Sequence[str] = (), parent: QWidget | None = None
    ) -> None:
        self._context, self._search, self._actions = context, search, actions
        self.choices = QMenu(parent)
        super().__init__(context.look, tr("Saved searches"), icon="filter", menu=self.choices, parent=parent)
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)

    def _drop(self) -> None:
        self._context.tasks.run(read, self._show, latest="saved searches")

    def _show(self, offered: Offered) -> None:
        self.choices.clear()
        searches, lists = offered
        for segment, n in searches:
            self._offer("segment", segment.name, n)
        if searches and lists:
            self.choices.addSeparator()
        for one in lists:
            self._offer("list", one.name, one.contacts)
        if not searches and not lists:
            self.choices.addAction(tr("No search is saved yet")).setEnabled(False)
        if self._actions:
            self.choices.addSeparator()
        for id in self._actions:
            self.choices.addAction(self._context.actions.dress(id))
        super()._drop()

    def _offer(self, field: str, name: str, n: int) -> None:
        shown = tr("{name} ({n})", name=name, n=n) if field == "segment" else tr("List {name} ({n})", name=name, n=n)
        self.choices.addAction(shown.replace("&", "&&"), partial(self.choose, field, name))

    def choose(self, field: str, name: str) -> None:
        """Look for who is in a saved search (``segment``) or on a list (``list``)."""
        from alumnidesk.domain.query import Condition  # 20 ms that the first page does not wait for
        from alumnidesk.domain.query_fields import Operator
        from alumnidesk.domain.query_text import write

        self._search.setText(write(Condition(field, Operator.EQUALS, name), language().code))
        self._search.setFocus(Qt.FocusReason.OtherFocusReason)
