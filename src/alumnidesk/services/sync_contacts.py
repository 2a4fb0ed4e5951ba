"""Our side of a sync: contacts as cards of text, and back without touching what the text does not say."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import fields, replace
from typing import Any

from alumnidesk.domain.cards import Affiliation, ContactCard
from alumnidesk.domain.records import ContactRecord, Problem, as_card
from alumnidesk.domain.uniting import same_email, same_link, same_phone, same_place, with_marks
from alumnidesk.domain.units import Unit, at_known_units
from alumnidesk.errors import InvalidInput
from alumnidesk.formats import pictures, vcard
from alumnidesk.i18n import Message
from alumnidesk.services import cards, stored_files
from alumnidesk.services.own_fields import OwnFields
from alumnidesk.services.unit_paths import stored
from alumnidesk.storage.database import Database, Transaction


class Contacts:
    """Reads and writes contacts for a sync."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._own = OwnFields(database)
        self._fields = self._own.all()
        self._units = stored(database)

    def read(self, ids: Sequence[int]) -> Iterator[ContactCard]:
        """The contacts, in this order, those in the bin too."""
        return cards.read(self._database, ids)

    def text(self, card: ContactCard, version: str = "3.0", photo: bytes | None = None) -> bytes:
        """A contact as a vCard; `photo` is its picture if it is not kept yet."""
        if photo is None:
            photo = stored_files.fetch(self._database, card.photo) if card.photo else b""
        return vcard.write(card, version if version in vcard.VERSIONS else "3.0", photo).encode()

    def record(self, text: bytes) -> ContactRecord | Problem:
        """What a card of text says, as it can be saved here."""
        record = next(iter(vcard.each(text)))
        if isinstance(record, Problem):
            return record
        if record.own:
            record = self._own.sound(record, "vcard", self._fields)
        if record.affiliations:
            record = replace(record, affiliations=as_far_as_known(record.affiliations, self._units))
        return record

    def unclear(self, affiliations: Sequence[Affiliation]) -> Message | None:
        """Why it cannot be known at which units somebody is of whom `record` or `changed` gave this; None if it can."""
        try:
            at_known_units(affiliations, self._units)
        except InvalidInput as several:
            return several.message
        return None

    def changed(self, card: ContactCard, before: bytes, after: bytes) -> tuple[ContactCard, bytes]:
        """A contact with what differs between two texts of it, and its new picture if it gets one.

        What both say alike, and what no text says, stays as it is.
        """
        old, new = self.record(before), self.record(after)
        if isinstance(old, Problem) or isinstance(new, Problem):
            return card, b""
        was, becomes = as_card(old), as_card(new)
        changes: dict[str, Any] = {}
        for name in _FIELDS:
            value = getattr(becomes, name)
            if getattr(was, name) != value:
                same = _SAME.get(name)
                changes[name] = _with_ids(getattr(card, name), value, same) if same else value
        _keep_particle(card, changes)
        made = replace(card, **changes)
        made = replace(
            made,
            emails=with_marks(made.emails, card.emails, same_email),
            addresses=with_marks(made.addresses, card.addresses, same_place),
        )
        return made, new.photo if made.photo != card.photo else b""

    def keep_photo(self, transaction: Transaction, photo: bytes) -> None:
        """Within a deed: keep a picture that a contact gets."""
        if photo:
            stored_files.store(transaction, photo, pictures.media_type(photo))


def as_far_as_known(affiliations: Sequence[Affiliation], units: Sequence[Unit]) -> tuple[Affiliation, ...]:
    """Affiliations with the whole paths of the units that are meant; what may be several stays as it was written."""

    def known(one: Affiliation) -> Affiliation:
        try:
            return at_known_units((one,), units)[0]
        except InvalidInput:
            return one

    return tuple(map(known, affiliations))


def paired(before: ContactCard, after: ContactCard) -> tuple[ContactCard, ContactCard]:
    """Two states of one contact that have no ids, with ids that say which part became which."""
    parts: dict[str, Any] = {
        name: tuple(replace(part, id=number) for number, part in enumerate(getattr(before, name), 1)) for name in _SAME
    }
    became: dict[str, Any] = {name: _with_ids(parts[name], getattr(after, name), same) for name, same in _SAME.items()}
    return replace(before, **parts), replace(after, **became)


_FIELDS = tuple(
    field.name for field in fields(ContactCard) if field.name not in ("id", "uid", "household_id", "binned")
)
_SAME: dict[str, Callable[[Any, Any], bool]] = {
    "emails": same_email,
    "phones": same_phone,
    "links": same_link,
    "addresses": same_place,
    "affiliations": lambda one, other: (one.unit, one.role, one.programme) == (other.unit, other.role, other.programme),
    "own": lambda one, other: bool(one.field == other.field),
    "foreign": lambda one, other: (one.source, one.name, one.raw) == (other.source, other.name, other.raw),
}
"""How a part is recognised in another spelling."""


def _with_ids(ours: Sequence[Any], parts: Sequence[Any], same: Callable[[Any, Any], bool]) -> tuple[Any, ...]:
    """The parts with the ids of those of ours that they are: first the equal ones, then those in another spelling."""
    free = list(ours)
    found: list[Any] = [None] * len(parts)
    for rule in (lambda one, other: replace(one, id=None) == other, same):
        for index, part in enumerate(parts):
            if found[index] is None and (known := next((one for one in free if rule(one, part)), None)) is not None:
                free.remove(known)
                found[index] = replace(part, id=known.id)
    return tuple(part if known is None else known for known, part in zip(found, parts, strict=True))


def _keep_particle(card: ContactCard, changes: dict[str, Any]) -> None:
    """Other programs have one place for ``von`` and the name after it; ours stay apart as far as they are the same."""
    family, particle = changes.get("family_name", ""), card.name_particle
    if particle and not changes.get("name_particle") and family.startswith(f"{particle} "):
        changes["family_name"] = family.removeprefix(f"{particle} ")
        changes.pop("name_particle", None)
