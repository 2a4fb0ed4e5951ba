"""One contact that both sides have: compared, and what either side becomes."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from types import MappingProxyType

from alumnidesk.domain.cards import ContactCard
from alumnidesk.domain.records import Problem
from alumnidesk.domain.sync import Base, Decision, Merged, Slot, State, merge, settled
from alumnidesk.formats.vcard_states import CardText, card_text, replaced
from alumnidesk.i18n import Message
from alumnidesk.services.sync_contacts import Contacts
from alumnidesk.services.sync_links import Bases
from alumnidesk.services.sync_partners import Partner

_NO_DECISIONS: Mapping[str, Decision] = MappingProxyType({})


@dataclass(frozen=True)
class Meeting:
    """A contact, its place, and what the comparison came to."""

    contacts: Contacts
    partner: Partner
    card: ContactCard
    place: str
    ours: bytes
    """Our contact, whole."""
    held: CardText
    """Of it what the place can hold."""
    theirs: CardText
    bases: Bases
    merged: Merged

    @cached_property
    def becomes(self) -> tuple[ContactCard, bytes]:
        """Our contact afterwards, and a picture that it gets."""
        if not self.merged.ours:
            return self.card, b""
        after = replaced(self.held, self.merged.ours).text
        return self.contacts.changed(self.card, self.ours, self.partner.taken_over(self.ours, self.held.text, after))

    @cached_property
    def theirs_after(self) -> CardText:
        """Their card afterwards, as far as the place can hold it."""
        after = replaced(self.theirs, self.merged.theirs)
        held = card_text(self.partner.held_of(self.place, after.text)) if self.merged.theirs else after
        return held if isinstance(held, CardText) else after

    @property
    def unclear(self) -> Message | None:
        """Why it cannot be known what somebody would become here: they name a unit that may be several of ours."""
        return self.contacts.unclear(self.becomes[0].affiliations)

    @property
    def changes_us(self) -> bool:
        return self.becomes[0] != self.card

    @property
    def changes_them(self) -> bool:
        return self.theirs_after.state != self.theirs.state

    def bases_after(self, theirs: bytes | None = None) -> Bases:
        """What both have afterwards; `theirs` is what the place holds if it was written."""
        card, photo = self.becomes
        now = self.held.state
        if self.changes_us:
            kept = photo or None
            now = state(self.partner.held_of(self.place, self.contacts.text(card, self.theirs.version, kept)))
        there = self.theirs.state if theirs is None else state(theirs)
        undecided = self.merged.conflicts
        return Bases(settled(now, self.bases.ours, undecided), settled(there, self.bases.theirs, undecided))


def meet(
    contacts: Contacts,
    partner: Partner,
    card: ContactCard,
    place: str,
    theirs: CardText,
    bases: Bases,
    decisions: Mapping[str, Decision] = _NO_DECISIONS,
) -> Meeting:
    """Compare our contact with what stands at its place."""
    ours = contacts.text(card, theirs.version)
    held = card_text(partner.held_of(place, ours))
    assert isinstance(held, CardText)  # our own card always is one
    merged = merge(held.state, theirs.state, bases.ours, their_base(partner, theirs.state, bases.theirs), decisions)
    return Meeting(contacts, partner, card, place, ours, held, theirs, bases, merged)


def state(text: bytes) -> State:
    """The state of a card of text; empty if it is none."""
    card = card_text(text)
    return {} if isinstance(card, Problem) else card.state


def their_base(partner: Partner, theirs: State, base: Base) -> Base:
    """What they had. People who keep a table see what they take away; programs may only have forgotten it."""
    return base if partner.kept_by_hand else _without_forgotten(theirs, base)


def _without_forgotten(theirs: State, base: Base) -> Base:
    """What they had, without what is ours alone and their program did not keep.

    A program that writes back only what it knows has deleted nothing: nobody can delete there what nobody sees there.
    One that left some of it knew all of it.
    """
    knows_ours = any(slot.name.startswith(_OURS) for slot in theirs)
    found: dict[Slot, str] = {}
    for slot, canonical in base.items():
        present = theirs.get(slot)
        if present is None:
            if slot.name != "KIND" and (knows_ours or not slot.name.startswith(_OURS)):
                found[slot] = canonical
        elif _OURS in canonical and _PARAMS.sub("", canonical) == present.canonical:
            found[slot] = present.canonical
        else:
            found[slot] = canonical
    return found


_OURS = "X-ALUMNIDESK-"
_PARAMS = re.compile(rf';{_OURS}[^=;:]*=(?:"[^"]*"|[^";:]*)')
