"""Deeds on contacts."""

from __future__ import annotations

import json
import uuid
from collections.abc import Callable, Sequence
from dataclasses import fields, replace

from alumnidesk.domain import fields as catalogue
from alumnidesk.domain.cards import ContactCard, TimelineEntry
from alumnidesk.domain.checking import check
from alumnidesk.domain.own_fields import sound
from alumnidesk.domain.tags import with_tag
from alumnidesk.errors import InvalidInput, Refused
from alumnidesk.i18n import NOTHING, Message, say, say_n
from alumnidesk.services import cards
from alumnidesk.services.consents import Consents
from alumnidesk.services.own_fields import OwnFields
from alumnidesk.services.tags import Tags
from alumnidesk.storage.database import Database, now

_OF_RELATIONSHIPS = """
    SELECT changeset_id FROM change c JOIN (
        SELECT id FROM relationship WHERE contact_id = ?1 UNION SELECT id FROM relationship WHERE other_id = ?1
        UNION SELECT row_id FROM change WHERE table_name = 'relationship'
            AND ?1 IN (json_extract(before, '$.contact_id'), json_extract(before, '$.other_id'))
    ) r ON r.id BETWEEN c.row_id AND c.row_last WHERE c.table_name = 'relationship'
"""
"""Deeds on the relationships that a contact has or had, from whichever side."""


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
        """All units, by name."""
        return [name for (name,) in self._database.rows("SELECT name FROM unit ORDER BY name COLLATE NOCASE")]

    def binned(self) -> list[int]:
        """Contacts in the bin, the last thrown away first."""
        return [
            i
            for (i,) in self._database.rows("SELECT id FROM contact WHERE binned_at <> '' ORDER BY binned_at DESC, id")
        ]

    def timeline(self, contact: int, limit: int = 200) -> list[TimelineEntry]:
        """What happened with a contact, newest first: notes, letters, events, answers about consent, changes of its data."""
        entries = [
            TimelineEntry("note", written, say("Note"), say("{text}", text=text), number)
            for number, written, text in self._database.rows(
                "SELECT id, written_at, text FROM note WHERE contact_id = ?", (contact,)
            )
        ]
        entries += [
            TimelineEntry("letter", made, say("Letter sent"), say("{title}", title=subject or title), number)
            for number, made, title, subject in self._database.rows(
                "SELECT letter.id, made_at, title, subject FROM letter JOIN mailing ON mailing.id = mailing_id "
                "WHERE contact_id = ?",
                (contact,),
            )
        ]
        entries += [
            TimelineEntry(
                "event", answered or starts or listed, _state_words(state), say("{title}", title=title), event
            )
            for event, title, starts, state, answered, listed in self._database.rows(
                "SELECT event.id, title, starts_on, state, answered_on, listed_at FROM participation "
                "JOIN event ON event.id = event_id WHERE contact_id = ?",
                (contact,),
            )
        ]
        entries += [
            TimelineEntry("change", made, Message.restored(json.loads(label)), _before_words(before), number)
            for number, made, label, before in self._database.rows(
                "SELECT s.id, s.made_at, s.label, (SELECT before FROM change c WHERE c.changeset_id = s.id "
                "AND c.contact_id = ?1 AND before IS NOT NULL LIMIT 1) FROM changeset s "
                "WHERE s.undoes IS NULL AND s.reverted = 0 AND s.id IN (SELECT changeset_id FROM change "
                "WHERE contact_id = ?1 AND table_name NOT IN ('note', 'participation', 'letter') "
                "UNION SELECT changeset_id FROM change WHERE table_name = 'contact' AND row_last > row_id "
                "AND ?1 BETWEEN row_id AND row_last "
                f"UNION {_OF_RELATIONSHIPS}) ORDER BY s.id DESC",
                (contact,),
            )
        ]
        entries += Consents(self._database).timeline(contact)
        entries.sort(key=lambda entry: entry.on, reverse=True)
        return entries[:limit]

    # Deeds ------------------------------------------------------------------------------------------------------

    def add(self, card: ContactCard) -> ContactCard:
        """A new contact. Raises InvalidInput if a field cannot be saved."""
        card = replace(card, id=None, uid=card.uid or str(uuid.uuid4()))
        check(card)
        if card.own:
            card = replace(card, own=sound(card.own, OwnFields(self._database).all()))
        with self._database.writing(say("{name} added", name=card.name)) as transaction:
            (number,) = cards.insert(transaction, [card])
        return self.card(number)

    def save(self, before: ContactCard, after: ContactCard) -> ContactCard:
        """Write what differs between the card that was shown and its changed copy; returns the contact as it is now.

        Raises InvalidInput if a field cannot be saved, Refused if the same field was changed elsewhere meanwhile.
        """
        if before.id is None:
            return self.add(after)
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
        check(wanted)
        if wanted.own != current.own:
            wanted = replace(wanted, own=sound(wanted.own, OwnFields(self._database).all(), current.own))
        if wanted == current:
            return current
        with self._database.writing(_change_label(current, wanted, changed)) as transaction:
            cards.update(transaction, current, wanted)
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
            lambda n: say_n("Tag “{tag}” given to {n} contact", "Tag “{tag}” given to {n} contacts", n, tag=name),
            lambda card: replace(card, tags=with_tag(card.tags, name, groups)),
        )

    def untag(self, contacts: Sequence[int], name: str) -> int:
        """Take a tag from contacts; returns how many had it."""
        return self.change_many(
            contacts,
            lambda n: say_n("Tag “{tag}” taken from {n} contact", "Tag “{tag}” taken from {n} contacts", n, tag=name),
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

    def add_note(self, contact: int, text: str) -> None:
        """A dated note in the timeline of a contact. Raises InvalidInput if it is empty."""
        if not text.strip():
            raise InvalidInput("note", say("The note is empty."))
        with self._database.writing(say("Note about {name} added", name=self.card(contact).name)) as transaction:
            transaction.execute(
                "INSERT INTO note (contact_id, written_at, text) VALUES (?, ?, ?)", (contact, now(), text.strip())
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


def _state_words(state: str) -> Message:
    return {
        "invited": say("Invited"),
        "coming": say("Said yes"),
        "declined": say("Said no"),
        "waitlist": say("On the waiting list"),
    }[state]


def _before_words(before: str | None) -> Message:
    """What a changed row held before, for the second line of a change in the timeline."""
    if not before:
        return NOTHING
    hidden = {"id", "uid", "contact_id", "position", "binned_at", "household_id", "other_id", "kind_id"}
    values = [
        str(value) for key, value in json.loads(before).items() if key not in hidden and value not in ("", None, 0, 1)
    ]
    return say("Before: {values}", values=", ".join(values)) if values else NOTHING
