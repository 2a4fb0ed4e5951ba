"""A mailing as a job: to whom, which letter, by which channel, and what has become of it.

It is prepared, checked, produced and sent. Until it is produced only what was chosen is kept (`Job`), and who gets it
follows from the data of the moment (`domain.mailing_plans`); from then on it is what it was.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields, replace
from typing import Any

from alumnidesk.domain.cards import LetterText
from alumnidesk.domain.consent import EMAIL, POST
from alumnidesk.domain.email_draft import BCC
from alumnidesk.domain.file_names import file_name
from alumnidesk.domain.letters import LetterPlan
from alumnidesk.i18n import NOTHING, Message, say, say_n

PREPARED, CHECKED, PRODUCED, SENT = STATES = ("prepared", "checked", "produced", "sent")
STATE_WORDS: Mapping[str, Message] = {
    PREPARED: say("Prepared"),
    CHECKED: say("Checked"),
    PRODUCED: say("Produced"),
    SENT: say("Sent"),
}
OPEN = (PREPARED, CHECKED)
"""States in which a job can still be changed."""

EMAIL_FIRST = "email_first"
CHOICES = (POST, EMAIL, EMAIL_FIRST)
CHOICE_WORDS: Mapping[str, Message] = {
    POST: say("By post"),
    EMAIL: say("By e-mail"),
    EMAIL_FIRST: say("By e-mail where possible, else by post"),
}
TRIED: Mapping[str, tuple[str, ...]] = {POST: (POST,), EMAIL: (EMAIL,), EMAIL_FIRST: (EMAIL, POST)}
"""The channels of a choice, in the order in which they are tried."""

CONTACTS, SEARCH, EVENT = SOURCES = ("contacts", "search", "event")


@dataclass(frozen=True, slots=True)
class Audience:
    """Whom a mailing is for."""

    source: str = CONTACTS
    """One of `SOURCES`."""
    contacts: tuple[int, ...] = ()
    """With `CONTACTS`."""
    query: str = ""
    """With `SEARCH`, in the language of the search box, which knows saved searches and lists too."""
    id: int = 0
    """With `EVENT`: which one; 0: none yet, so nobody."""
    answers: tuple[str, ...] = ()
    """With `EVENT`: who has answered so (`cards.PARTICIPATION_STATES`); empty: everybody on its list."""


def whom(audience: Audience, event: str = "") -> Message:
    """Whom a mailing is for, in words; `event` is the title of the event, nothing is said of one that is gone."""
    if audience.source == EVENT:
        return say("People on the list of “{event}”", event=event) if event else NOTHING
    if audience.source == SEARCH:
        return say("Contacts that a search finds")
    return say_n("{n} chosen contact", "{n} chosen contacts", len(audience.contacts))


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file that goes with every e-mail."""

    name: str
    key: str
    """Key of the stored file."""


@dataclass(frozen=True, slots=True)
class Job:
    """What was chosen for a mailing, and nothing that follows from it."""

    title: str = ""
    audience: Audience = Audience()
    template: int | None = None
    texts: tuple[LetterText, ...] = ()
    """Words of its own; empty: those of the template."""
    event: int | None = None
    """What the letter is about."""
    purpose: str = ""
    """Key of what it is for; empty: what the template is for."""
    channels: str = POST
    """One of `CHOICES`."""
    per_household: bool = True
    """Do those who live together share a letter, and those who share an e-mail address an e-mail?"""
    by_hand: tuple[int, ...] = ()
    """Whom a person has knowingly put in against what stands in the way, as far as the law leaves that to them."""
    not_again: tuple[int, ...] = ()
    """Whoever got one of these mailings gets none."""
    not_twice: bool = False
    """Whoever got a letter from this template, about this event if there is one, gets none."""
    attachments: tuple[Attachment, ...] = ()
    letter_attached: bool = True
    """Does an e-mail carry the letter as a PDF too?"""

    def letter_file(self, letter: LetterPlan) -> str:
        """The name of the letter in its e-mail; empty if it does not go with it."""
        return file_name(letter.subject or self.title, ".pdf") if self.letter_attached else ""

    def goes_with(self, letter: LetterPlan, form: str) -> tuple[str, ...]:
        """The names of what its e-mail carries; blind copies are alike and carry nobody's letter."""
        own = self.letter_file(letter) if form != BCC else ""
        return tuple(filter(None, (own, *(one.name for one in self.attachments))))

    def stored(self) -> dict[str, Any]:
        """As plain JSON values."""
        return asdict(self)

    @classmethod
    def restored(cls, stored: Mapping[str, Any]) -> Job:
        """The reverse of `stored`; what an older version did not know has its default."""
        known = {one.name: stored[one.name] for one in fields(cls) if one.name in stored}
        for name, value in known.items():
            if isinstance(value, list):
                known[name] = tuple(value)
        audience: dict[str, Any] = {
            name: tuple(value) if isinstance(value, list) else value
            for name, value in known.get("audience", {}).items()
        }
        return replace(
            cls(**known),
            audience=Audience(**audience),
            texts=tuple(LetterText(**text) for text in known.get("texts", ())),
            attachments=tuple(Attachment(**one) for one in known.get("attachments", ())),
        )


def reminder(job: Job, event: int) -> Job:
    """A second mailing to those on the list of an event who have not answered yet."""
    invited = Audience(EVENT, id=event, answers=("invited",))
    return replace(job, title="", audience=invited, event=event, not_again=(), not_twice=False)


def page_numbers(typed: str, pages: int) -> list[int]:
    """The pages that ``17-19, 23`` means, in order, each once. Raises ValueError for what is no such list or has a
    page that there is not (of `pages`)."""
    found: set[int] = set()
    for part in typed.replace("–", "-").replace(";", ",").split(","):
        first, dash, last = part.strip().partition("-")
        begin, end = int(first), int(last) if dash else int(first)
        if not 1 <= begin <= end <= pages:
            raise ValueError(typed)
        found.update(range(begin, end + 1))
    return sorted(found)
