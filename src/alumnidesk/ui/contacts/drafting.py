"""What is typed in the detail and not saved yet, kept for the case that the program ends without warning."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, replace
from typing import Any

from PySide6.QtCore import QObject, QTimer

from alumnidesk.domain.cards import ORGANISATION, Address, Affiliation, ContactCard, Email, Link, OwnValue, Phone
from alumnidesk.domain.fields import Group
from alumnidesk.i18n import Message, say
from alumnidesk.ui.drafts import Begun, Drafts

PAGE = "contacts"
EVERY = 500
"""Milliseconds between two looks at what is typed; so much is lost at worst."""
PARTS = {
    "emails": Email,
    "phones": Phone,
    "links": Link,
    "addresses": Address,
    "affiliations": Affiliation,
    "own": OwnValue,
}


@dataclass(frozen=True, slots=True)
class Typed:
    """What stands in the detail and differs from what is stored."""

    contact: int | None
    """None: it is a new one."""
    kind: str
    open: tuple[Group, ...]
    """The sections that are open."""
    values: Mapping[str, Any]
    """By the keys of the fields."""
    note: str = ""

    def stored(self) -> dict[str, Any]:
        """As plain JSON values."""
        values = {key: _plain(value) for key, value in self.values.items()}
        return {
            "contact": self.contact,
            "kind": self.kind,
            "open": [str(group) for group in self.open],
            "values": values,
            "note": self.note,
        }

    @classmethod
    def restored(cls, stored: Mapping[str, Any]) -> Typed:
        """The reverse of `stored`."""
        values = {key: _whole(key, value) for key, value in stored["values"].items()}
        groups = tuple(Group(name) for name in stored["open"])
        return cls(stored["contact"], stored["kind"], groups, values, stored["note"])


def typed_in(card: ContactCard | None, groups: Collection[Group], values: Mapping[str, Any], note: str) -> Begun | None:
    """What was begun, if anything: these values of a contact, with these sections open, or a note about it."""
    if card is None or not (values or note):
        return None
    content = Typed(card.id, card.kind, tuple(groups), values, note).stored()
    return Begun(_about(card, replace(card, **values)), content)


def _about(stored: ContactCard, typed: ContactCard) -> Message:
    if stored.id is not None:
        return say("You were writing about {name}", name=stored.name)
    if typed.name:
        return say("You were writing down {name}", name=typed.name)
    if typed.kind == ORGANISATION:
        return say("You were writing down an organisation")
    return say("You were writing down somebody")


def _plain(value: Any) -> Any:
    if isinstance(value, tuple):
        return [part if isinstance(part, str) else dataclasses.asdict(part) for part in value]
    return value


def _whole(key: str, value: Any) -> Any:
    if not isinstance(value, list):
        return value
    return tuple(part if isinstance(part, str) else PARTS[key](**part) for part in value)


class Drafting(QObject):
    """Looks again and again at what is typed, as long as anything is open, and keeps it."""

    def __init__(
        self, drafts: Drafts, open: Callable[[], bool], typed: Callable[[], Begun | None], parent: QObject
    ) -> None:
        super().__init__(parent)
        self._drafts, self._open, self._typed = drafts, open, typed
        self._timer = QTimer(self, interval=EVERY)
        self._timer.timeout.connect(self.look)

    def watch(self) -> None:
        """Look from now on, if anything is open."""
        if self._open() and not self._timer.isActive():
            self._timer.start()

    def look(self) -> None:
        """Keep what is typed now; rest when nothing is open any more."""
        begun = self._typed()
        if begun is None:
            self._drafts.forget(PAGE)
        else:
            self._drafts.keep(PAGE, begun)
        if not self._open():
            self._timer.stop()

    def done(self) -> None:
        """What was typed is on its way into the file: it will be there even if the program is about to end."""
        self._timer.stop()
        self._drafts.forget(PAGE)
