"""What one does with the selected contacts: tags, an event, the bin."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtWidgets import QWidget

from alumnidesk.ui.page import Context
from alumnidesk.ui.widgets.list_table import ListTable
from alumnidesk.ui.words import tr, tr_n

HOUSEHOLD = 12
"""Nobody means so many people by a household."""
ASK_FROM = 10
"""Before more than these are touched, one is told how many."""


class Selection:
    """Deeds on the rows that are selected in a list of contacts."""

    def __init__(self, context: Context, list: ListTable, all_ids: Callable[[], Sequence[int]]) -> None:
        self._context, self._list, self._all = context, list, all_ids

    def ids(self) -> list[int]:
        """The selected contacts; they are the row one stands on, if nothing else."""
        return self._list.selected_ids() or ([self._list.current_id] if self._list.current_id else [])

    def several(self) -> list[int]:
        """The selected contacts if there are several, else nobody."""
        ids = self._list.selected_ids()
        return ids if len(ids) > 1 else []

    def several_or_all(self) -> list[int]:
        """The selected contacts if there are several, else all that are listed."""
        return self.several() or list(self._all())

    def commands(self) -> dict[str, Callable[[], object]]:
        """What can be done with them."""
        return {
            "contacts.tag": self.tag,
            "contacts.delete": self.delete,
            "contacts.to_event": self.to_event,
            "contacts.letter": self.letter,
            "contacts.household": self.household,
            "contacts.consent": self.consent,
            "contacts.change_many": self.change_many,
        }

    def _window(self) -> QWidget:
        return self._list.window()

    def delete(self) -> None:
        """Put them into the bin."""
        ids = self.ids()
        if ids and self._sure(len(ids)):
            self._context.deed(lambda desk: desk.contacts.delete(ids))

    def _sure(self, n: int) -> bool:
        if n <= ASK_FROM:
            return True
        head = tr_n("Delete {n} contact?", "Delete {n} contacts?", n)
        sentence = tr("They go to the bin. Undo or the bin brings them back.")
        verb = tr_n("Delete {n} contact", "Delete {n} contacts", n)
        return self._context.messages.ask(head, sentence, [tr("Keep them"), verb]) == 1

    def tag(self) -> None:
        """Give them a tag, or take one away."""
        ids = self.ids()
        if ids:
            self._context.tasks.run(lambda desk: desk.contacts.tags(), lambda tags: self._ask_tag(ids, tags))

    def _ask_tag(self, ids: list[int], tags: Sequence[str]) -> None:
        from alumnidesk.ui.contacts.tag_dialog import TagDialog  # with its completer 2 % of the start

        dialog = TagDialog(self._context.look, len(ids), tags, self._window())
        dialog.exec()
        dialog.deleteLater()
        name, taken = dialog.name, dialog.takes_away
        if not name:
            return
        if taken:
            self._context.deed(lambda desk: desk.contacts.untag(ids, name))
        else:
            self._context.deed(lambda desk: desk.contacts.tag(ids, name))

    def to_event(self) -> None:
        """Hand them to the events, which ask on whose list they go."""
        if ids := self.ids():
            self._context.open_page("events", contacts=ids)

    def letter(self) -> None:
        """Begin a mailing to them."""
        if ids := self.ids():
            self._context.open_page("letters", contacts=ids)

    def household(self) -> None:
        """Make them a household, or change that of the one who is selected."""
        from alumnidesk.ui.contacts.household_dialog import ask_household  # needed rarely, and slow to load

        ids = self.ids()
        if len(ids) > HOUSEHOLD:
            self._context.notices.say(
                tr_n(
                    "Select up to {n} people who live together.",
                    "Select up to {n} people who live together.",
                    HOUSEHOLD,
                ),
                icon="info",
            )
        elif ids:
            ask_household(self._context, ids, self._window())

    def consent(self) -> None:
        """Note what they have agreed to, or declined."""
        from alumnidesk.ui.contacts.consent_dialog import ask_consent  # needed rarely, and slow to load

        if ids := self.ids():
            ask_consent(self._context, ids, self._window())

    def change_many(self) -> None:
        """Change a field of all of them, after a look at what that does."""
        from alumnidesk.ui.contacts.bulk.dialog import change_many  # needed rarely, and slow to load

        if ids := self.several_or_all():
            change_many(self._context, ids, self._window())
