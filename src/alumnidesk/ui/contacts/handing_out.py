"""What the contacts page hands out: files, labels, a directory, the list on paper. Dialogs are imported when needed."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from alumnidesk.ui.page import Context

if TYPE_CHECKING:
    from alumnidesk.ui.contacts.page import ContactsPage


class HandingOut:
    """The deeds behind the menu: for the selected contacts if there are several, else for all that are listed."""

    def __init__(self, context: Context, page: ContactsPage) -> None:
        self._context, self._page = context, page

    def commands(self, listed: bool) -> dict[str, Callable[[], object]]:
        """What can be done now; `listed`: contacts are shown."""
        found: dict[str, Callable[[], object]] = {"contacts.export_all": self.export_all}
        if listed or self._page.hits is None:
            found["contacts.labels"] = self.labels
        if listed:
            found["contacts.export"] = self.export
            found["contacts.print"] = self.print
            found["contacts.directory"] = self.directory
        return found

    def export(self) -> None:
        """As a file or a folder."""
        self._hand_out(self._chosen())

    def export_all(self) -> None:
        """Likewise, everybody, whoever is listed."""
        self._context.tasks.run(lambda desk: list(desk.find.contacts().ids), self._hand_out)

    def labels(self) -> None:
        """Address labels or envelopes; for everybody if the page has just been opened for them."""
        from alumnidesk.ui.labels.printing import LabelPrinting

        printing = LabelPrinting(self._context, self._page.window())
        if self._page.hits is None:
            self._context.tasks.run(lambda desk: list(desk.find.contacts().ids), printing.ask)
        else:
            printing.ask(self._chosen())

    def directory(self) -> None:
        """A printed directory."""
        from alumnidesk.ui.directory.printing import ask_directory

        ask_directory(self._context, self._page.window(), self._chosen())

    def print(self) -> None:
        """The list on paper as it stands; if several are selected, these."""
        from alumnidesk.ui.contacts.printing import print_list

        page = self._page
        if (hits := page.hits) is None:
            return
        selected = page.selection.ids()
        some = len(selected) > 1
        ids, groups = (selected, ()) if some else (list(hits.ids), page.arranged.groups(hits.ids.groups))
        shown, more = page.table.columns, page.arranged.more
        query, counts = page.shown_query.strip(), page.head.counts.text()
        print_list(self._context, page.window(), ids, groups, shown, more, query, counts)

    def _chosen(self) -> list[int]:
        ids = self._page.selection.ids()
        return ids if len(ids) > 1 else list(self._page.all_ids())

    def _hand_out(self, ids: list[int]) -> None:
        from alumnidesk.ui.contacts.export import Export  # 5 ms that the first page does not wait for

        Export(self._context, self._page.window()).ask(ids)
