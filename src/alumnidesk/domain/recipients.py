"""Who gets what goes out, by which way, in which order, and why the others get nothing: one rule for letters, e-mails,
mailing files and labels."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

from alumnidesk.domain.addresses import country_code
from alumnidesk.domain.cards import ContactCard, HouseholdCard
from alumnidesk.domain.consent import EMAIL, POST, Occasion
from alumnidesk.domain.email_draft import is_address
from alumnidesk.domain.households import with_shared_address
from alumnidesk.domain.names import sort_key
from alumnidesk.i18n import Message, say
from alumnidesk.progress import Progress

NO_HOUSEHOLDS: Mapping[int, HouseholdCard] = MappingProxyType({})
NOBODY: Mapping[int, Message] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Remark:
    """Something about one recipient: why they get nothing, or what about what they get is worth a look."""

    contact: ContactCard
    reason: Message
    by_hand: bool = False
    """May a person knowingly put in whom it leaves out?"""


@dataclass(frozen=True, slots=True)
class Division:
    """Recipients by the way that leads to them; each is in one of the three."""

    by_post: tuple[ContactCard, ...] = ()
    by_email: tuple[ContactCard, ...] = ()
    left_out: tuple[Remark, ...] = ()
    """Who gets nothing, and why; with more than one channel tried, the reason for each."""


def divide(
    contacts: Iterable[ContactCard],
    occasions: Sequence[Occasion],
    households: Mapping[int, HouseholdCard] = NO_HOUSEHOLDS,
    got: Mapping[int, Message] = NOBODY,
    progress: Progress | None = None,
) -> Division:
    """Whom to write to by post, whom by e-mail, and whom not at all.

    `occasions` are one for each channel that is tried, in this order. `got` are those who have it already, in words. Of
    a household somebody without an address is lent that of another who is among the contacts. A contact that is given
    twice counts once. Raises `Cancelled` when the person stops it.
    """
    once = list({contact.id or -number: contact for number, contact in enumerate(contacts, 1)}.values())
    on_paper = any(occasion.channel == POST for occasion in occasions)
    reached: dict[str, list[ContactCard]] = {POST: [], EMAIL: []}
    left_out: list[Remark] = []
    lent = with_shared_address(once, households if on_paper else NO_HOUSEHOLDS)
    for contact in (progress or Progress()).each(lent):
        number = contact.id or 0
        if number in got and not any(number in occasion.by_hand for occasion in occasions):
            left_out.append(Remark(contact, got[number], by_hand=True))
            continue
        reasons: list[Message] = []
        by_hand = False
        for occasion in occasions:
            barrier = occasion.keeps_out(contact)
            reason = barrier.reason if barrier else _misspelt(contact) if occasion.channel == EMAIL else None
            if reason is None:
                reached[occasion.channel].append(contact)
                break
            if reason not in reasons:
                reasons.append(reason)
            by_hand |= barrier is not None and barrier.by_hand
        else:
            left_out.append(Remark(contact, _all_of(reasons), by_hand))
    return Division(tuple(reached[POST]), tuple(reached[EMAIL]), tuple(left_out))


def _misspelt(contact: ContactCard) -> Message | None:
    address = contact.preferred_email.address if contact.preferred_email else ""
    return None if is_address(address) else say("“{address}” cannot be used as an e-mail address", address=address)


def _all_of(reasons: Sequence[Message]) -> Message:
    first, *others = reasons
    for other in others:
        first = say("{first}; {second}", first=first, second=other)
    return first


# The order ----------------------------------------------------------------------------------------------------------


def print_order(contact: ContactCard, home_country: str) -> tuple[bool, str, str, str]:
    """So that the post office (and whoever fills the envelopes) gets them in the order of the way they go: the own
    country first, then by country, postcode and name."""
    address = contact.preferred_address
    country = (country_code(address.country) or address.country if address.country else home_country) if address else ""
    return country != home_country, country, address.postcode if address else "", by_name(contact)


def by_name(contact: ContactCard) -> str:
    """What lists of recipients are sorted by."""
    return sort_key(contact.kind, contact.organisation, contact.given_name, contact.family_name, contact.name)
