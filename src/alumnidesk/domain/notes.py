"""Notes about contacts: what was said, agreed or found out. One with a day it is due on is a follow-up."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from alumnidesk.i18n import Message, say

NOTE, CALL, VISIT, MESSAGE, SEARCH = "note", "call", "visit", "message", "search"
KINDS: Mapping[str, Message] = MappingProxyType(
    {
        NOTE: say("Note"),
        CALL: say("Call"),
        VISIT: say("Visit"),
        MESSAGE: say("Message"),
        SEARCH: say("Address search"),
    }
)
"""What a note can be; of a search an address or e-mail is to be found again."""


@dataclass(frozen=True, slots=True)
class Note:
    """One note."""

    id: int
    contact: int
    name: str
    """Of the contact."""
    kind: str
    text: str
    written_at: str
    """ISO date and time, UTC."""
    due_on: str = ""
    """ISO date, or empty: then it is no follow-up."""
    done_at: str = ""
    """ISO date and time, UTC; empty while it is open."""

    @property
    def first_line(self) -> str:
        """What it is about."""
        return self.text.partition("\n")[0]
