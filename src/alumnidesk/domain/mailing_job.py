"""A mailing as a job: to whom, which letter, by which channel; what has become of it; whom it reaches how.

It is prepared, checked, produced and sent. Until it is produced only what was chosen is kept (`Job`), and who gets it
follows from the data of the moment; from then on it is what it was.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, field, fields, replace
from typing import Any

from alumnidesk.domain.addresses import country_code
from alumnidesk.domain.association import Association
from alumnidesk.domain.cards import ContactCard, EventCard, HouseholdCard, LetterText, TemplateCard
from alumnidesk.domain.consent import EMAIL, OWED, POST, Occasion, Purpose
from alumnidesk.domain.email_draft import is_address
from alumnidesk.domain.file_names import file_name
from alumnidesk.domain.households import Party, with_shared_address
from alumnidesk.domain.letters import LEFT_OUT, Finding, LetterPlan
from alumnidesk.i18n import Message, say
from alumnidesk.progress import Progress

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
_TRIED: Mapping[str, tuple[str, ...]] = {POST: (POST,), EMAIL: (EMAIL,), EMAIL_FIRST: (EMAIL, POST)}

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
    """With `EVENT`: which one."""
    answers: tuple[str, ...] = ()
    """With `EVENT`: who has answered so (`cards.PARTICIPATION_STATES`); empty: everybody on its list."""


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
    without: tuple[int, ...] = ()
    """Whom a person has taken out."""
    not_again: tuple[int, ...] = ()
    """Whoever got one of these mailings gets none."""
    not_twice: bool = False
    """Whoever got a letter from this template, about this event if there is one, gets none."""
    attachments: tuple[Attachment, ...] = ()
    letter_attached: bool = True
    """Does an e-mail carry the letter as a PDF too?"""
    code: bool = True
    """Do paper letters carry a return code (`domain.return_code`)?"""

    def letter_file(self, letter: LetterPlan) -> str:
        """The name of the letter in its e-mail; empty if it does not go with it."""
        return file_name(letter.subject or self.title, ".pdf") if self.letter_attached else ""

    def goes_with(self, letter: LetterPlan) -> tuple[str, ...]:
        """The names of what its e-mail carries."""
        return tuple(filter(None, (self.letter_file(letter), *(one.name for one in self.attachments))))

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
    return replace(job, title="", audience=Audience(EVENT, id=event, answers=("invited",)), event=event, without=(),
                   not_again=(), not_twice=False)  # fmt: skip


# Who is reached how -------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Division:
    """Recipients by the way that leads to them; each is in one of the three."""

    by_post: tuple[ContactCard, ...] = ()
    by_email: tuple[ContactCard, ...] = ()
    nobody: tuple[Finding, ...] = ()
    """Who gets nothing, and why; with more than one channel tried, the reason for each."""


def divide(
    contacts: Iterable[ContactCard],
    occasions: Mapping[str, Occasion],
    households: Mapping[int, HouseholdCard],
    got: Mapping[int, Message],
    progress: Progress | None = None,
) -> Division:
    """Whom to write to by post, whom by e-mail, and whom not at all.

    `occasions` are the channels that are tried, in this order. `got` are those who have it already, in words. Of a
    household somebody without an address is lent that of another who is among the contacts. A contact that is given
    twice counts once.
    """
    once = list({contact.id or -number: contact for number, contact in enumerate(contacts, 1)}.values())
    post: list[ContactCard] = []
    email: list[ContactCard] = []
    nobody: list[Finding] = []
    lent = with_shared_address(once, households if POST in occasions else {})
    for contact in (progress or Progress()).each(lent):
        number = contact.id or 0
        forced = any(number in occasion.by_hand for occasion in occasions.values())
        if number in got and not forced:
            nobody.append(Finding(contact, LEFT_OUT, got[number], by_hand=True))
            continue
        reasons: list[Message] = []
        by_hand = False
        for channel, occasion in occasions.items():
            barrier = None if occasion.forced(contact) else occasion.against(contact)
            reason = barrier.reason if barrier else _misspelt(contact) if channel == EMAIL else None
            if reason is None:
                (email if channel == EMAIL else post).append(contact)
                break
            if reason not in reasons:
                reasons.append(reason)
            by_hand |= barrier is not None and barrier.by_hand
        else:
            nobody.append(Finding(contact, LEFT_OUT, _all_of(reasons), by_hand))
    return Division(tuple(post), tuple(email), tuple(nobody))


def tried(choice: str) -> tuple[str, ...]:
    """The channels of a choice, in the order in which they are tried."""
    return _TRIED[choice]


def _misspelt(contact: ContactCard) -> Message | None:
    address = contact.preferred_email.address if contact.preferred_email else ""
    return None if is_address(address) else say("“{address}” cannot be used as an e-mail address", address=address)


def _all_of(reasons: Sequence[Message]) -> Message:
    first, *others = reasons
    for other in others:
        first = say("{first}; {second}", first=first, second=other)
    return first


def email_parties(contacts: Iterable[ContactCard], *, per_household: bool) -> list[Party]:
    """Who gets an e-mail together: those of a household who share an address, if it is wished, else everybody alone."""
    shared: dict[object, list[ContactCard]] = {}
    for number, contact in enumerate(contacts):
        address = contact.preferred_email.address.casefold() if contact.preferred_email else ""
        together = per_household and contact.household_id is not None
        shared.setdefault((contact.household_id, address) if together else number, []).append(contact)
    return [Party(tuple(members)) for members in shared.values()]


# The plan -----------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class EmailPlan:
    """One e-mail, ready to be drafted."""

    letter: LetterPlan
    to: str
    """The e-mail address that it is for."""


@dataclass(frozen=True, slots=True)
class Region:
    """Letters to one part of a country, as post offices count them."""

    country: str
    """ISO 3166 alpha-2, or the name as it came."""
    begins: str
    """The first two characters of the postcodes; empty: no postcode."""
    letters: int


@dataclass(frozen=True, slots=True)
class MailingPlan:
    """Everything that would go out now, who gets nothing, and what one should know before."""

    letters: tuple[LetterPlan, ...]
    """On paper, in print order."""
    emails: tuple[EmailPlan, ...]
    """By name."""
    nobody: tuple[Finding, ...]
    """By name."""
    looks: tuple[Finding, ...]
    """What is worth a look about those who get it, by name."""
    problems: tuple[Message, ...]
    """What has to be put right before it can be produced."""
    purpose: Purpose = OWED
    template: TemplateCard = field(default_factory=TemplateCard)
    """The words that it was planned with."""
    association: Association = field(default_factory=Association)
    event: EventCard | None = None
    written_on: dt.date = dt.date.min

    @property
    def regions(self) -> tuple[Region, ...]:
        """How many letters on paper go where, in print order."""
        return regions(self.letters, self.association.country)

    @property
    def people(self) -> int:
        """How many get it."""
        return sum(len(one.party.contacts) for one in (*self.letters, *(email.letter for email in self.emails)))


def regions(letters: Iterable[LetterPlan], home_country: str) -> tuple[Region, ...]:
    """How many letters go where, in print order."""
    counted: Counter[tuple[str, str]] = Counter()
    for letter in letters:
        address = letter.contact.preferred_address
        named = address.country if address else ""
        country = country_code(named) or named or home_country
        counted[country, address.postcode.strip()[:2].upper() if address else ""] += 1
    return tuple(Region(country, begins, n) for (country, begins), n in counted.items())


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
