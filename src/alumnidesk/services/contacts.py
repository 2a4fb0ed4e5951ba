"""Deeds on contacts."""

from __future__ import annotations

import datetime as dt
import json
import uuid
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import fields, replace
from functools import partial

from alumnidesk.domain import fields as catalogue
from alumnidesk.domain.cards import Address, ContactCard, Email, TimelineEntry
from alumnidesk.domain.checking import as_saved, check
from alumnidesk.domain.own_fields import sound
from alumnidesk.domain.returned import SEARCH_FOR, Acquaintance, back_in_use
from alumnidesk.domain.tags import with_tag
from alumnidesk.domain.units import at_known_units
from alumnidesk.errors import InvalidInput, Refused
from alumnidesk.i18n import Message, say, say_n
from alumnidesk.services import cards, timeline
from alumnidesk.services.acquaintances import whom_to_ask
from alumnidesk.services.notes import begin_search, end_searches
from alumnidesk.services.own_fields import OwnFields
from alumnidesk.services.tags import Tags
from alumnidesk.services.unit_paths import stored
from alumnidesk.storage.database import Database, Transaction, now


class Contacts:
    """Everything one can do with contacts; cards in, cards out."""

    def __init__(self, database: Database) -> None:
        self._database = database

    # Reading ----------------------------------------------------------------------------------------------------

    def card(self, contact: int) -> ContactCard:
        """Everything about one contact. Raises Refused if it does not exist."""
        found = next(cards.read(self._database, [contact]), None)
        if found is None:
            raise Refused(say("This contact does not exist any more."))
        return found

    def cards(self, contacts: Sequence[int]) -> list[ContactCard]:
        """The cards of these contacts, in this order."""
        return list(cards.read(self._database, contacts))

    def tags(self) -> list[str]:
        """All tags that are in use, by name."""
        return [name for (name,) in self._database.rows("SELECT name FROM tag ORDER BY name COLLATE NOCASE")]

    def units(self) -> list[str]:
        """The paths of all units, each followed by those below it."""
        return [unit.said for unit in stored(self._database)]

    def timeline(self, contact: int, limit: int = 200, part: str = timeline.ALL) -> list[TimelineEntry]:
        """What happened with a contact, newest first, or a part of it (`timeline.PARTS`)."""
        return timeline.read(self._database, contact, limit, part)

    def whom_to_ask(self, contact: int) -> list[Acquaintance]:
        """Who may know where somebody is whom nothing reaches, and why; the nearest first."""
        return whom_to_ask(self._database, self.card(contact))

    # Deeds ------------------------------------------------------------------------------------------------------

    def add(self, card: ContactCard, unlike: Collection[int] = ()) -> ContactCard:
        """A new contact, of which somebody has said that it is not one of those that it is `unlike`.

        Raises InvalidInput if a field cannot be saved.
        """
        card = replace(card, id=None, uid=card.uid or str(uuid.uuid4()))
        check(card)
        if card.own:
            card = replace(card, own=sound(card.own, OwnFields(self._database).all()))
        if card.affiliations:
            card = replace(card, affiliations=at_known_units(card.affiliations, stored(self._database)))
        with self._database.writing(say("{name} added", name=card.name)) as transaction:
            (number,) = cards.insert(transaction, [card])
            if unlike:
                transaction.execute(
                    "INSERT INTO not_duplicate (contact_id, other_id) SELECT id, ?2 FROM contact "
                    "WHERE id <> ?2 AND id IN (SELECT value FROM json_each(?1))",
                    (json.dumps(sorted(unlike)), number),
                )
        return self.card(number)

    def save(self, before: ContactCard, after: ContactCard, unlike: Collection[int] = ()) -> ContactCard:
        """Write what differs between the card that was shown and its changed copy; returns the contact as it is now.

        A card without an id is added, see there for `unlike`.
        Raises InvalidInput if a field cannot be saved, Refused if the same field was changed elsewhere meanwhile.
        """
        if before.id is None:
            return self.add(after, unlike)
        current = self.card(before.id)
        changed = [f.name for f in fields(ContactCard) if getattr(before, f.name) != getattr(after, f.name)]
        for name in changed:
            if getattr(current, name) not in (getattr(before, name), getattr(after, name)):
                raise Refused(
                    say(
                        "{field} of {name} was changed elsewhere meanwhile.",
                        field=catalogue.by_key(name).label,
                        name=current.name,
                    ),
                    say("The present value is shown now; please enter yours again if it is the right one."),
                )
        wanted = replace(current, **{name: getattr(after, name) for name in changed})
        own = OwnFields(self._database).all() if wanted.own != current.own else ()
        if wanted.affiliations != current.affiliations:
            wanted = replace(wanted, affiliations=at_known_units(wanted.affiliations, stored(self._database)))
        wanted = as_saved(current, wanted, own)
        if wanted == current:
            return current
        with self._database.writing(_change_label(current, wanted, changed)) as transaction:
            write(transaction, [(current, wanted)])
        return self.card(before.id)

    def change_many(
        self, contacts: Sequence[int], label: Callable[[int], Message], change: Callable[[ContactCard], ContactCard]
    ) -> int:
        """The same change to many contacts as one step; returns how many it touched."""
        pairs = [(card, change(card)) for card in cards.read(self._database, contacts)]
        pairs = [(old, new) for old, new in pairs if old != new]
        if pairs:
            with self._database.writing(label(len(pairs))) as transaction:
                for old, new in pairs:
                    cards.update(transaction, old, new)
        return len(pairs)

    def tag(self, contacts: Sequence[int], name: str) -> int:
        """Give a tag to contacts; returns how many did not have it yet. Raises InvalidInput for an empty name.

        Of a group of which one has at most one, it takes the place of the other.
        """
        groups = Tags(self._database).groups()
        name = " ".join(name.split())
        if not name:
            raise InvalidInput("tags", say("A tag needs a name."))
        return self.change_many(
            contacts,
            partial(given, name),
            lambda card: replace(card, tags=with_tag(card.tags, name, groups)),
        )

    def untag(self, contacts: Sequence[int], name: str) -> int:
        """Take a tag from contacts; returns how many had it."""
        return self.change_many(
            contacts,
            partial(taken, name),
            lambda card: replace(card, tags=tuple(tag for tag in card.tags if tag != name)),
        )

    def delete(self, contacts: Sequence[int]) -> int:
        """Put contacts into the bin; they leave all lists but nothing of them is lost. Returns how many."""
        return self._bin(
            contacts,
            lambda n, name: (
                say("{name} deleted", name=name) if name else say_n("{n} contact deleted", "{n} contacts deleted", n)
            ),
            now(),
        )

    def restore(self, contacts: Sequence[int]) -> int:
        """Take contacts out of the bin; returns how many."""
        return self._bin(
            contacts,
            lambda n, name: (
                say("{name} restored", name=name) if name else say_n("{n} contact restored", "{n} contacts restored", n)
            ),
            "",
        )

    def _bin(self, contacts: Sequence[int], label: Callable[[int, str], Message], binned_at: str) -> int:
        chosen = [card for card in cards.read(self._database, contacts) if card.binned != bool(binned_at)]
        if not chosen:
            return 0
        name = chosen[0].name if len(chosen) == 1 else ""
        with self._database.writing(label(len(chosen), name)) as transaction:
            transaction.execute(
                "UPDATE contact SET binned_at = ? WHERE id IN (SELECT value FROM json_each(?))",
                (binned_at, json.dumps([card.id for card in chosen])),
            )
        return len(chosen)

    def mark_undeliverable(
        self, contact: int, place: Address | Email, on: str = "", note: str = "", *, today: dt.date | None = None
    ) -> ContactCard:
        """What is sent to an address or e-mail of a contact comes back: it is not used any more, and a search begins.

        `on` is the day since which it does (a date that may be incomplete; empty: today), `note` goes into the search.
        Raises InvalidInput for what is no date, Refused if the contact has no such address or e-mail any more.
        """
        today = today or dt.date.today()
        card = self.card(contact)
        marked = _with_place(card, replace(place, undeliverable_since=on or today.isoformat()))
        check(marked)
        what = say("E-mails to {name} come back", name=card.name)
        if isinstance(place, Address):
            what = say("Letters to {name} come back", name=card.name)
        with self._database.writing(what) as transaction:
            cards.update(transaction, card, marked)
            begin_search(transaction, contact, place, note, (today + SEARCH_FOR).isoformat())
        return self.card(contact)

    def works_again(self, contact: int, place: Address | Email) -> ContactCard:
        """An address or e-mail is in use again, and the search for another one is done."""
        card = self.card(contact)
        marked = _with_place(card, replace(place, undeliverable_since=""))
        if marked == card:
            return card
        what = say("The e-mail of {name} works again", name=card.name)
        if isinstance(place, Address):
            what = say("The address of {name} works again", name=card.name)
        with self._database.writing(what) as transaction:
            cards.update(transaction, card, marked)
            end_searches(transaction, contact, back_in_use(card, marked))
        return self.card(contact)


def write(transaction: Transaction, pairs: Iterable[tuple[ContactCard, ContactCard]]) -> None:
    """Within a deed: contacts as they are become those that `domain.checking.as_saved` made of them."""

    def in_use_again() -> Iterator[tuple[ContactCard, ContactCard]]:
        for before, after in pairs:
            end_searches(transaction, before.id or 0, back_in_use(before, after))
            yield before, after

    cards.update_many(transaction, in_use_again())


def given(tag: str, n: int) -> Message:
    """What it is called to give a tag to contacts."""
    return say_n("Tag “{tag}” given to {n} contact", "Tag “{tag}” given to {n} contacts", n, tag=tag)


def taken(tag: str, n: int) -> Message:
    """What it is called to take a tag from contacts."""
    return say_n("Tag “{tag}” taken from {n} contact", "Tag “{tag}” taken from {n} contacts", n, tag=tag)


def _with_place(card: ContactCard, place: Address | Email) -> ContactCard:
    """The contact with the mark of one address or e-mail as it is on `place`."""
    since, places = place.undeliverable_since, card.addresses if isinstance(place, Address) else card.emails
    if place.id not in {known.id for known in places}:
        raise Refused(say("{name} does not have this address any more.", name=card.name))
    if isinstance(place, Address):
        marked = (replace(a, undeliverable_since=since) if a.id == place.id else a for a in card.addresses)
        return replace(card, addresses=tuple(marked))
    return replace(
        card, emails=tuple(replace(e, undeliverable_since=since) if e.id == place.id else e for e in card.emails)
    )


def _change_label(before: ContactCard, card: ContactCard, changed: Sequence[str]) -> Message:
    """What was changed, if it is one field; own fields are told by their names."""
    if list(changed) == ["own"]:
        names = {value.field for value in set(before.own) ^ set(card.own)}
        if len(names) == 1:
            return say("{field} of {name} changed", field=names.pop(), name=card.name)
    if len(changed) == 1:
        return say("{field} of {name} changed", field=catalogue.by_key(changed[0]).label, name=card.name)
    return say("{name} changed", name=card.name)
