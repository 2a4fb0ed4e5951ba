"""What a contact's fields may hold. Lenient on purpose: an office enters what it knows."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import lru_cache

from alumnidesk.domain import dates, own_fields
from alumnidesk.domain.cards import ContactCard
from alumnidesk.domain.fields import FIELDS, Kind
from alumnidesk.domain.folding import digits
from alumnidesk.domain.own_fields import OwnField
from alumnidesk.domain.returned import without_old_marks
from alumnidesk.errors import InvalidInput
from alumnidesk.i18n import say


def _dates(card: ContactCard) -> Iterator[tuple[str, str]]:
    """Every date of a contact, with the key of the field that it belongs to."""
    for key in _DATES:
        yield key, getattr(card, key)
    for affiliation in card.affiliations:
        yield "affiliations", affiliation.began
        yield "affiliations", affiliation.ended
    for email in card.emails:
        yield "emails", email.undeliverable_since
    for address in card.addresses:
        yield "addresses", address.undeliverable_since


_DATES = tuple(field.key for field in FIELDS if field.kind is Kind.DATE)
_is_date = lru_cache(maxsize=4096)(dates.is_stored)
_EMAIL = re.compile(r"(\"[^\s\x00-\x1f]+\"|[^\s\x00-\x1f@]+)@[^\s\x00-\x1f@]+")
"""A second @ stands between quotation marks only."""
_CHOICES = {
    field.key: (field, {value for value, _ in field.choices} | ({""} if field.key != "kind" else set()))
    for field in FIELDS
    if field.kind is Kind.CHOICE
}


def is_email(text: str) -> bool:
    """Whether it can be an e-mail address: something, one @ and something, without blanks."""
    return _EMAIL.fullmatch(text) is not None


def is_phone(text: str) -> bool:
    """Whether it can be a phone number: it has a digit."""
    return bool(digits(text))


def as_saved(before: ContactCard, after: ContactCard, own: Sequence[OwnField]) -> ContactCard:
    """A changed contact as it is written: values in stored form, no mark of mail that came back from a corrected place.

    Raises InvalidInput for the first field that cannot be saved.
    """
    wanted = without_old_marks(before, after)
    check(wanted)
    if wanted.own != before.own:
        wanted = replace(wanted, own=own_fields.sound(wanted.own, own, before.own))
    return wanted


def check(card: ContactCard) -> None:
    """Raise InvalidInput for the first field that cannot be saved, with the way out in words."""
    for key, value in _dates(card):
        if value and not _is_date(value):
            raise InvalidInput(
                key, say("“{value}” is not a date.", value=value), say("Write 2.3.1975, 3/1975 or 1975.")
            )
    for key, (field, allowed) in _CHOICES.items():
        if (value := getattr(card, key)) not in allowed:
            raise InvalidInput(
                key, say("“{value}” is none of the choices of “{field}”.", value=value, field=field.label)
            )
    for email in card.emails:
        if not is_email(email.address):
            raise InvalidInput(
                "emails",
                say("“{value}” is not an e-mail address.", value=email.address),
                say("It needs one @ and no blanks."),
            )
    for phone in card.phones:
        if not is_phone(phone.number):
            raise InvalidInput(
                "phones",
                say("“{value}” is not a phone number.", value=phone.number),
                say("It needs at least one digit."),
            )
    if not card.name:
        key = "organisation" if card.kind == "organisation" else "family_name"
        raise InvalidInput(
            key, say("This contact has no name yet."), say("Enter a name, an e-mail address or a phone number.")
        )
