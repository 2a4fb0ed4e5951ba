"""What a page is, and what it is given. The frame knows pages only by this."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple, Protocol, TypeVar

from PySide6.QtWidgets import QWidget

from alumnidesk.i18n import Message
from alumnidesk.ui.actions import Actions
from alumnidesk.ui.drafts import Drafts
from alumnidesk.ui.look import Look
from alumnidesk.ui.messages import Messages
from alumnidesk.ui.preferences import Preferences
from alumnidesk.ui.tasks import Tasks
from alumnidesk.ui.widgets.search import SearchField

if TYPE_CHECKING:
    from alumnidesk.desk import Desk
    from alumnidesk.ui.notices import Notices

T = TypeVar("T")


class Unfinished(NamedTuple):
    """What somebody began and would lose with the window: a head, a sentence, and the verb that goes on with it."""

    head: str
    sentence: str
    go_on: str


class DoDeed(Protocol):
    """See `deeds.Deeds.do`."""

    def __call__(
        self,
        work: Callable[[Desk], T],
        label: Message | None = None,
        *,
        then: Callable[[T], None] | None = None,
        failed: Callable[[BaseException], None] | None = None,
        quiet: bool = False,
        progress: Any = None,
    ) -> None: ...


class OpenPage(Protocol):
    """See `window.MainWindow.open_page`."""

    def __call__(
        self,
        name: str,
        id: int | None = None,
        *,
        contacts: Sequence[int] | None = None,
        event: int | None = None,
        query: str = "",
    ) -> None: ...


@dataclass(frozen=True, slots=True)
class Context:
    """What every page is given."""

    tasks: Tasks
    look: Look
    notices: Notices
    messages: Messages
    preferences: Preferences
    actions: Actions
    open_page: OpenPage
    """Go to a page, there to the thing with this id, or hand contacts over to it, or search there."""
    deed: DoDeed
    """Do a deed, show its notice with Undo, refresh the pages."""
    taken_back: Callable[[str, list[int]], None]
    """Say that deeds (oldest first) were taken back, with the way to do them again."""
    drafts: Drafts
    """What is not saved yet, kept for the case that the program ends without warning."""
    restore: Callable[[Path], None]
    """Put this backup in the place of the open file, and open it anew."""


class Page(QWidget):
    """One page of the window. A subclass builds itself in ``__init__`` and reads its data with `context.tasks`."""

    help_topic = ""
    """Name of the help page that F1 opens here, the page's own name if empty."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.context = context
        self.look = context.look

    def commands(self) -> Mapping[str, Callable[[], object]]:
        """What this page does for which action (`actions.ACTIONS`); only these are offered in its menu."""
        return {}

    def refresh(self, changed: set[str]) -> None:
        """A deed touched these nouns (contacts, events, letters, sync, settings, history): read anew what shows it."""

    def show_id(self, id: int) -> None:
        """Go to the thing with this id."""

    def take_contacts(self, contacts: Sequence[int], event: int | None = None) -> None:
        """Contacts were handed over: events asks on which list they go, letters begins a mailing to them.

        `event` is what it is about, if it is about one.
        """

    def go_on_with(self, content: Mapping[str, Any]) -> None:
        """Show again what was begun here and not saved, as the page gave it to `context.drafts`."""

    def search_for(self, query: str) -> None:
        """Search on this page; what one types next goes on with it."""
        if (field := self.findChild(SearchField)) is not None:
            field.begin_with(query)

    def take_files(self, paths: list[Path]) -> bool:
        """Files were dropped on the window: True if this page does something with them."""
        return False

    def entered(self) -> None:
        """The page has come to the front: put the keyboard focus where work begins."""

    def chosen_again(self) -> None:
        """Its place in the navigation was chosen while it is at the front: go back to what one begins with here."""

    def may_leave(self) -> bool:
        """Save what is typed; False keeps the person here because a value needs another look."""
        return True

    @property
    def unstored(self) -> bool:
        """Does something stand in a field that was refused, or could not be saved?"""
        return False

    def stored(self) -> bool:
        """Did what was typed, and is left, reach the file? Asked before the window closes; waits a moment for it."""
        return True

    @property
    def unfinished(self) -> Unfinished | None:
        """What was decided here, is not in the file and cannot be saved as it is, wherever one is in the window."""
        return None
