"""What a contact's fields may hold. Lenient on purpose: an office enters what it knows."""

from __future__ import annotations

from collections.abc import Iterator

from alumnidesk.domain import dates
from alumnidesk.domain.cards import ContactCard
from alumnidesk.domain.folding import digits
from alumnidesk.errors import InvalidInput
from alumnidesk.i18n import say


def _dates(card: ContactCard) -> Iterator[tuple[str, str]]:
    """Every date of a contact, with the key of the field that it belongs to."""
    yield "birth_date", card.birth_date
    yield "deceased_on", card.deceased_on
    for affiliation in card.affiliations:
        yield "affiliations", affiliation.began
        yield "affiliations", affiliation.ended
    for email in card.emails:
        yield "emails", email.undeliverable_since
    for address in card.addresses:
        yield "addresses", address.undeliverable_since


def check(card: ContactCard) -> None:
    """Raise InvalidInput for the first field that cannot be saved, with the way out in words."""
    for key, value in _dates(card):
        if value and not dates.is_stored(value):
            raise InvalidInput(
                key, say("“{value}” is not a date.", value=value), say("Write 2.3.1975, 3/1975 or 1975.")
            )
    for email in card.emails:
        name, at, host = email.address.rpartition("@")
        if not (name and at and host) or any(c.isspace() or ord(c) < 32 for c in email.address):
            raise InvalidInput(
                "emails",
                say("“{value}” is not an e-mail address.", value=email.address),
                say("It needs one @ and no blanks."),
            )
    for phone in card.phones:
        if not digits(phone.number):
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
