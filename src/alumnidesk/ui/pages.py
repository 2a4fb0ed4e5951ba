"""The pages of the window in the order of the navigation. Each is imported when it is first opened."""

from __future__ import annotations

import datetime as dt
import importlib
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from alumnidesk.i18n import Message, say
from alumnidesk.ui.page import Page

if TYPE_CHECKING:
    from alumnidesk.desk import Desk


@dataclass(frozen=True, slots=True)
class PageSpec:
    """A place in the navigation; `foot` places stand at the bottom."""

    name: str
    words: Message
    icon: str
    foot: bool = False
    waiting: Callable[[Desk], int] | None = None
    """How many things wait there now; for the owner thread."""
    takes_contacts: bool = False
    """Contacts can be dropped on its place in the navigation."""

    can_hide: bool = False
    """Who does not need it can take its place out of the navigation."""

    def load(self) -> type[Page]:
        """The page's class: ``ContactsPage`` in ``alumnidesk.ui.contacts.page``."""
        module = importlib.import_module(f"alumnidesk.ui.{self.name}.page")
        page: type[Page] = getattr(module, f"{self.name.capitalize()}Page")
        return page


PAGES = (
    PageSpec("home", say("Home"), "home", waiting=lambda desk: desk.overview.waiting(dt.date.today())),
    PageSpec("contacts", say("Contacts"), "contacts"),
    PageSpec("events", say("Events"), "calendar", takes_contacts=True, can_hide=True),
    PageSpec("letters", say("Letters"), "mail", takes_contacts=True, can_hide=True),
    PageSpec("sync", say("Sync"), "sync", foot=True, can_hide=True),
    PageSpec("history", say("History"), "history", foot=True, can_hide=True),
    PageSpec("settings", say("Settings"), "settings", foot=True),
)
