"""What people have agreed to, and the one rule whether somebody may be reached: for which purpose, by which channel.

What the answer "not asked" means differs by purpose and channel. The defaults follow the law of the European Union and
of Germany, where most associations of this kind are; an association can be stricter, or answer for less:

- **Post, unless somebody says no.** Writing to people one knows rests on a legitimate interest (GDPR Art. 6 (1) f,
  recital 47); it ends at once when somebody objects (Art. 21 (2), (3)).
- **E-mail only with a yes** for news and fundraising: advertising by e-mail needs consent given beforehand (§ 7 (2)
  no. 2 UWG, after Art. 13 (1) of Directive 2002/58/EC). Invitations to those who came before may go out until they
  object (§ 7 (3) UWG).
- **Phone only with a yes** (§ 7 (2) no. 1 UWG).
- **Print only with a yes**: a directory or a picture that others see is a consent (GDPR Art. 6 (1) a; § 22 KunstUrhG).
- **What membership itself needs**, such as the invitation to the general meeting, is owed (Art. 6 (1) b) and not asked.

A consent can be taken back at any time, as easily as it was given, and one has to be able to show it (Art. 7 (1), (3)):
therefore each answer keeps its day, its source and the words that were agreed to, and none is ever written over.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from enum import Enum
from types import MappingProxyType

from alumnidesk.domain.cards import ContactCard
from alumnidesk.i18n import NOTHING, Message, say

POST, EMAIL, PHONE, PRINT = CHANNELS = ("post", "email", "phone", "print")
YES, NO, NOT_ASKED = "yes", "no", ""
"""The three states of an answer."""

CHANNEL_NAMES: Mapping[str, Message] = MappingProxyType(
    {POST: say("Post"), EMAIL: say("E-mail"), PHONE: say("Phone"), PRINT: say("Print")}
)
CHANNEL_WORDS: Mapping[str, Message] = MappingProxyType(
    {POST: say("by post"), EMAIL: say("by e-mail"), PHONE: say("by phone"), PRINT: say("in print")}
)
"""As they stand inside a sentence, like the answers."""
ANSWER_WORDS: Mapping[str, Message] = MappingProxyType({YES: say("yes"), NO: say("no"), NOT_ASKED: say("not asked")})


class Rule(Enum):
    """When a channel may be used for a purpose; the value is how it is stored."""

    UNLESS_NO = "unless_no"
    WITH_YES = "with_yes"
    NEVER = "never"
    """The association does not use this channel for the purpose."""
    OWED = "owed"
    """Without asking, because it belongs to membership itself. Only the program's own purpose has it."""


RULE_WORDS: Mapping[Rule, Message] = MappingProxyType(
    {
        Rule.UNLESS_NO: say("Unless somebody says no"),
        Rule.WITH_YES: say("Only with a yes"),
        Rule.NEVER: say("Not at all"),
    }
)
"""What one can choose in the settings."""


@dataclass(frozen=True, slots=True)
class Purpose:
    """What somebody can be asked to agree to."""

    key: str
    name: Message
    rules: Mapping[str, Rule]
    """By channel; a channel that is missing is not used."""
    wording: Message = NOTHING
    """The text that people agree to, as it reads now."""
    own: bool = False
    """Was it added by the association?"""

    def rule(self, channel: str) -> Rule:
        """When this channel may be used."""
        return self.rules.get(channel, Rule.NEVER)

    @property
    def asked(self) -> tuple[str, ...]:
        """The channels about which people can say yes or no."""
        return tuple(c for c in CHANNELS if self.rule(c) in (Rule.UNLESS_NO, Rule.WITH_YES))

    @property
    def used(self) -> tuple[str, ...]:
        """The channels that serve this purpose."""
        return tuple(c for c in CHANNELS if self.rule(c) is not Rule.NEVER)


OWN_RULES: Mapping[str, Rule] = MappingProxyType({POST: Rule.UNLESS_NO, EMAIL: Rule.WITH_YES})
"""What a purpose of the association's own begins with."""
INVITATIONS, DIRECTORY, PHOTOS, MEMBERSHIP = "invitations", "directory", "photos", "membership"
KNOWN: tuple[Purpose, ...] = (
    Purpose(
        "news",
        say("News"),
        MappingProxyType({POST: Rule.UNLESS_NO, EMAIL: Rule.WITH_YES}),
        say("I would like to hear news from you. I can take this back at any time."),
    ),
    Purpose(
        INVITATIONS,
        say("Invitations"),
        MappingProxyType({POST: Rule.UNLESS_NO, EMAIL: Rule.UNLESS_NO, PHONE: Rule.WITH_YES}),
        say("You may invite me to your events. I can take this back at any time."),
    ),
    Purpose(
        "fundraising",
        say("Requests for donations"),
        MappingProxyType({POST: Rule.UNLESS_NO, EMAIL: Rule.WITH_YES, PHONE: Rule.WITH_YES}),
        say("You may ask me for donations. I can take this back at any time."),
    ),
    Purpose(
        DIRECTORY,
        say("Printed directory"),
        MappingProxyType({PRINT: Rule.WITH_YES}),
        say("My name and address may stand in your printed directory. I can take this back before the next edition."),
    ),
    Purpose(
        PHOTOS,
        say("Photos"),
        MappingProxyType({PRINT: Rule.WITH_YES}),
        say("You may publish photos that show me. I can take this back at any time."),
    ),
    Purpose(
        MEMBERSHIP,
        say("Membership itself"),
        MappingProxyType({POST: Rule.OWED, EMAIL: Rule.OWED, PHONE: Rule.OWED}),
    ),
)
"""The purposes that every file has; the last one is never asked about."""
OWED: Purpose = KNOWN[-1]


@dataclass(frozen=True, slots=True)
class Sending:
    """What something goes out for, and how."""

    purpose: str
    """Key of the purpose."""
    channel: str


@dataclass(frozen=True, slots=True)
class Given:
    """One answer in the ledger of a contact."""

    purpose: str
    """Key of the purpose."""
    channel: str
    answer: str
    """`YES` or `NO`."""
    on: str
    """ISO date on which it was given or taken back."""
    source: str = ""
    """How one knows: a form, a phone call, an e-mail."""
    wording: str = ""
    """The text that was agreed to, as it read then."""
    entered: str = ""
    """When it was entered (ISO date and time, UTC); empty if that is not known."""
    id: int = 0


def newest(ledger: Iterable[Given]) -> dict[tuple[str, str], Given]:
    """The answers that count now, by purpose and channel: the latest day, and of one day the last entered."""
    found: dict[tuple[str, str], Given] = {}
    for given in sorted(ledger, key=lambda given: (given.on, given.entered, given.id)):
        found[given.purpose, given.channel] = given
    return found


# May somebody be reached? --------------------------------------------------------------------------------------------


class Bar(Enum):
    """What stands in the way."""

    BINNED = "binned"
    DECEASED = "deceased"
    UNWANTED = "unwanted"
    REFUSED = "refused"
    NO_PLACE = "no_place"
    NOT_ASKED = "not_asked"
    UNUSED = "unused"


@dataclass(frozen=True, slots=True)
class Barrier:
    """Why somebody may not be reached."""

    bar: Bar
    reason: Message
    by_hand: bool = False
    """May a person knowingly put them in all the same?"""


@dataclass(frozen=True, slots=True)
class Situation:
    """What of a contact decides whether it can be reached at all."""

    binned: bool = False
    deceased: bool = False
    unwanted: frozenset[str] = frozenset()
    """Channels by which the contact wants nothing at all."""
    places: frozenset[str] = frozenset()
    """Channels that lead somewhere: a postal address, an e-mail address, a phone number."""
    returned: frozenset[str] = frozenset()
    """Channels by which everything comes back, as far as is known."""


def situation(card: ContactCard) -> Situation:
    """The situation of a contact. What is undeliverable leads nowhere."""
    address = card.preferred_address
    reached = {
        POST: address is not None and bool(address.town or address.postcode),
        EMAIL: card.preferred_email is not None,
        PHONE: bool(card.phones),
        PRINT: True,
    }
    back = {
        POST: any(a.undeliverable_since for a in card.addresses),
        EMAIL: any(e.undeliverable_since for e in card.emails),
    }
    wishes = {POST: card.no_post, EMAIL: card.no_email, PHONE: card.no_phone}
    return Situation(card.binned, card.deceased, _which(wishes), _which(reached), _which(back))


def _which(channels: Mapping[str, bool]) -> frozenset[str]:
    return frozenset(channel for channel, holds in channels.items() if holds)


def barrier(
    situation: Situation, purpose: Purpose, channel: str, answer: str = NOT_ASKED, *, by_hand: bool = False
) -> Barrier | None:
    """Why somebody may not be reached for `purpose` by `channel`; None if they may.

    `answer` is the newest to this purpose and channel. `by_hand`: a person has knowingly put them in; that overrides a
    general wish and what was never asked by post, but no refusal, which binds by law (GDPR Art. 21 (3)).
    """
    for bar in _bars(situation, purpose, channel, answer):
        overridable = bar is Bar.UNWANTED or (bar is Bar.NOT_ASKED and channel == POST)
        if not (by_hand and overridable):
            return Barrier(bar, _reason(bar, situation, purpose, channel), overridable)
    return None


def _bars(situation: Situation, purpose: Purpose, channel: str, answer: str) -> Iterable[Bar]:
    """Everything that stands in the way, what weighs most first."""
    rule = purpose.rule(channel)
    if situation.binned:
        yield Bar.BINNED
    if situation.deceased:
        yield Bar.DECEASED
    if rule is Rule.NEVER:
        yield Bar.UNUSED
    if answer == NO and rule is not Rule.OWED:
        yield Bar.REFUSED
    if channel in situation.unwanted:
        yield Bar.UNWANTED
    if channel not in situation.places:
        yield Bar.NO_PLACE
    if rule is Rule.WITH_YES and answer == NOT_ASKED:
        yield Bar.NOT_ASKED


_UNWANTED = {POST: say("Wants no post"), EMAIL: say("Wants no e-mails"), PHONE: say("Wants no phone calls")}
_NO_PLACE = {POST: say("No postal address"), EMAIL: say("No e-mail address"), PHONE: say("No phone number")}
_RETURNED = {POST: say("Letters come back from there"), EMAIL: say("E-mails come back from there")}
_REFUSED = {
    POST: say("Wants no “{purpose}” by post"),
    EMAIL: say("Wants no “{purpose}” by e-mail"),
    PHONE: say("Wants no “{purpose}” by phone"),
    PRINT: say("Has said no to “{purpose}”"),
}
_ASK = {
    POST: say("Has not agreed to “{purpose}” by post"),
    EMAIL: say("Has not agreed to “{purpose}” by e-mail"),
    PHONE: say("Has not agreed to “{purpose}” by phone"),
    PRINT: say("Has not agreed to “{purpose}”"),
}
_UNUSED = {
    POST: say("“{purpose}” does not go out by post"),
    EMAIL: say("“{purpose}” does not go out by e-mail"),
    PHONE: say("“{purpose}” is not told by phone"),
    PRINT: say("“{purpose}” is not printed"),
}


def _reason(bar: Bar, situation: Situation, purpose: Purpose, channel: str) -> Message:
    if bar is Bar.BINNED:
        return say("Is in the bin")
    if bar is Bar.DECEASED:
        return say("Has died")
    if bar is Bar.UNWANTED:
        return _UNWANTED[channel]
    if bar is Bar.NO_PLACE:
        return _RETURNED[channel] if channel in situation.returned else _NO_PLACE[channel]
    words = {Bar.REFUSED: _REFUSED, Bar.NOT_ASKED: _ASK, Bar.UNUSED: _UNUSED}[bar][channel]
    return replace(words, args={"purpose": purpose.name})


@dataclass(frozen=True, slots=True)
class Occasion:
    """What letters go out for: who has answered what about it, and whom a person has knowingly put in."""

    purpose: Purpose = OWED
    answers: Mapping[int, str] = field(default_factory=dict)
    """The newest answers to this purpose by the channel, by contact."""
    by_hand: frozenset[int] = frozenset()
    channel: str = POST

    def against(self, card: ContactCard) -> Barrier | None:
        """What stands in the way of a letter to this contact, whom nobody has put in by hand."""
        return barrier(situation(card), self.purpose, self.channel, self.answers.get(card.id or 0, NOT_ASKED))

    def keeps_out(self, card: ContactCard) -> Barrier | None:
        """What keeps this contact out, also if a person has put it in; None: nothing does."""
        answer, put_in = self.answers.get(card.id or 0, NOT_ASKED), card.id in self.by_hand
        return barrier(situation(card), self.purpose, self.channel, answer, by_hand=put_in)


TO_ALL = Occasion()
"""Everybody whom one reaches by post."""
