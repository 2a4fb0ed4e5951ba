"""The pages of the window in the order of the navigation. Each is imported when it is first opened."""

from __future__ import annotations

import importlib
from dataclasses import dataclass
from importlib.util import find_spec

from alumnidesk.i18n import Message, say
from alumnidesk.ui.page import Page


@dataclass(frozen=True, slots=True)
class PageSpec:
    """A place in the navigation; `foot` places stand at the bottom."""

    name: str
    words: Message
    icon: str
    foot: bool = False

    @property
    def module(self) -> str:
        return f"alumnidesk.ui.{self.name}.page"

    def load(self) -> type[Page]:
        """The page's class: ``ContactsPage`` in ``alumnidesk.ui.contacts.page``."""
        page: type[Page] = getattr(importlib.import_module(self.module), f"{self.name.capitalize()}Page")
        return page


PAGES = (
    PageSpec("home", say("Home"), "home"),
    PageSpec("contacts", say("Contacts"), "contacts"),
    PageSpec("events", say("Events"), "calendar"),
    PageSpec("letters", say("Letters"), "mail"),
    PageSpec("history", say("History"), "history", foot=True),
    PageSpec("settings", say("Settings"), "settings", foot=True),
)


def present() -> tuple[PageSpec, ...]:
    """The pages that this build of the program has."""
    return tuple(spec for spec in PAGES if find_spec(f"alumnidesk.ui.{spec.name}") and find_spec(spec.module))
