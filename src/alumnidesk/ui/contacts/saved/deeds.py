"""What the contacts page offers for searches that come again: saving them, lists, looking through all of them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import cached_property
from typing import TYPE_CHECKING

from alumnidesk.ui.contacts.answers import understood
from alumnidesk.ui.contacts.saved.button import SavedSearches
from alumnidesk.ui.page import Context
from alumnidesk.ui.widgets.dragging import TakesContacts

if TYPE_CHECKING:
    from alumnidesk.domain.audiences import Segment
    from alumnidesk.ui.contacts.page import ContactsPage
    from alumnidesk.ui.contacts.saved.dropping import UnfoldedLists


class Saving:
    """The button at the search and the deeds behind it. Dialogs are imported when they are needed."""

    def __init__(self, context: Context, page: ContactsPage) -> None:
        self._context, self._page = context, page
        offered = ("contacts.conditions", "contacts.save_search", "contacts.to_list", "contacts.saved")
        self.button = SavedSearches(context, page.search, offered, page)
        TakesContacts(context.look, self.button, lambda contacts, at: self._ask(contacts), lingered=self._unfold)

    def commands(self, listed: bool) -> dict[str, Callable[[], object]]:
        """What can be done now; `listed`: contacts are shown."""
        found: dict[str, Callable[[], object]] = {"contacts.saved": self.show_all, "contacts.conditions": self.build}
        if listed:
            found["contacts.to_list"] = self.put_on_list
            if self._page.shown_query.strip():
                found["contacts.save_search"] = self.save
        return found

    def save(self) -> None:
        """Keep what is looked for now under a name."""
        from alumnidesk.ui.contacts.saved.dialogs import save_search

        if (hits := self._page.hits) is not None:
            save_search(self._context, self._page.shown_query, understood(hits), self._page.window())

    def put_on_list(self) -> None:
        """The selected contacts; who stands on one can say there that all found are meant."""
        from alumnidesk.ui.contacts.saved.dialogs import put_on_list

        page = self._page
        if chosen := page.selection.ids():
            put_on_list(self._context, chosen, page.shown_query, page.window(), found=page.all_ids())

    # Dragging --------------------------------------------------------------------------------------------------

    @cached_property
    def lists(self) -> UnfoldedLists:
        """Where dragged contacts are put on a list."""
        from alumnidesk.ui.contacts.saved.dropping import UnfoldedLists  # seldom needed

        return UnfoldedLists(self._context, self.button, self._ask, self._page)

    def _unfold(self) -> None:
        self.lists.unfold()

    def fold(self) -> None:
        """The drag is over."""
        if "lists" in vars(self):
            self.lists.fold()

    def _ask(self, contacts: Sequence[int]) -> None:
        from alumnidesk.ui.contacts.saved.dialogs import put_on_list

        put_on_list(self._context, contacts, "", self._page.window())

    def show_all(self) -> None:
        """All saved searches and lists, to put them in order."""
        from alumnidesk.ui.contacts.saved.all import SavedDialog

        dialog = SavedDialog(self._context, self.button.choose, self._change, self._page.window())
        dialog.exec()
        dialog.deleteLater()

    def build(self) -> None:
        """Put together what is looked for, from what stands in the search now."""
        from alumnidesk.ui.contacts.conditions.dialog import build

        build(self._context, self._page.search, self._page.window())

    def _change(self, segment: Segment) -> None:
        from alumnidesk.ui.contacts.conditions.dialog import build

        build(self._context, self._page.search, self._page.window(), segment)
