"""Somebody whom an office has entered twice, for the tests of merging and of taking a merge back."""

from __future__ import annotations

from alumnidesk.desk import Desk
from alumnidesk.domain.cards import Address, ContactCard, Email, Phone

ANNA = ContactCard(
    given_name="Anna",
    family_name="Müller",
    emails=(Email("anna@mail.example", preferred=True),),
    phones=(Phone("040 123456"),),
    tags=("Mentor",),
    remark="Isst kein Fleisch.",
)
AGAIN = ContactCard(
    given_name="Anna",
    family_name="Mueller",
    birth_date="1975-03-02",
    emails=(Email("ANNA@mail.example"), Email("a.mueller@post.example", preferred=True)),
    phones=(Phone("0461 654321"),),
    addresses=(Address("Lindenweg 14", postcode="22767", town="Hamburg"),),
    tags=("Mentor", "Chor"),
    remark="Singt.",
)


def twice(desk: Desk) -> tuple[int, int]:
    """Anna's two records: their ids."""
    return desk.contacts.add(ANNA).id or 0, desk.contacts.add(AGAIN).id or 0
