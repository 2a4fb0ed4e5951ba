"""An office that sends mailings: who it is, to whom, and what it wrote."""

from __future__ import annotations

import datetime as dt
import email
import email.policy
from collections.abc import Sequence
from dataclasses import replace
from email.message import EmailMessage
from pathlib import Path
from typing import Any

from tests.printed_pages import opened

from alumnidesk.desk import Desk
from alumnidesk.domain.association import Association
from alumnidesk.domain.cards import Address, ContactCard, Email, LetterText
from alumnidesk.domain.mailings import CONTACTS, Audience, Job
from alumnidesk.i18n import Language
from alumnidesk.services.mailings import Outputs, Produced

ENGLISH = Language("en")
TODAY = dt.date(2026, 11, 22)
LINDENHOF = Association(
    name="Freundeskreis Lindenhof e. V.",
    street="Lindenhof 1",
    postcode="24937",
    town="Flensburg",
    email="verein@lindenhof.example",
    signatory="Ruth Petersen",
)
TEXTS = (
    LetterText("de", "Einladung für {name}", "{salutation}\n\nwir laden Sie ein.\n\nBis bald!", "Herzlich"),
    LetterText("sv", "Inbjudan till {name}", "{salutation}\n\nvi bjuder in er.", "Hälsningar"),
)


def person(number: int, *, at_home: bool = True, mail: bool = True, **values: Any) -> ContactCard:
    """Somebody whose name, street and e-mail address nobody else has."""
    card = ContactCard(
        given_name="Anna",
        family_name=f"Müller{number:04}x",
        gender_form="f",
        language="de",
        addresses=(Address(f"Weg{number:04}x", "1", postcode=f"{20_000 + number}", town="Hamburg"),) if at_home else (),
        emails=(Email(f"anna{number:04}x@mail.example"),) if mail else (),
    )
    return replace(card, **values)


def add(desk: Desk, *cards: ContactCard) -> list[int]:
    return [desk.contacts.add(card).id or 0 for card in cards]


def job(desk: Desk, contacts: Sequence[int] = (), **values: Any) -> Job:
    template = desk.letters.templates()[0].id
    made = Job("Einladung 2027", Audience(CONTACTS, tuple(contacts)), template)
    return replace(made, **values)


def produce(desk: Desk, job: Job, folder: Path, number: int | None = None, **outputs: Any) -> Produced:
    plan = desk.mailings.plan(job, today=TODAY)
    where = replace(Outputs(folder / "letters.pdf", folder / "e-mails"), **outputs)
    return desk.mailings.produce(plan, where, job=job, number=number)


def pictures(data: bytes | Path) -> list[bytes]:
    """Every page as it looks."""
    with opened(data) as document:
        return [page.render(scale=0.7).to_pil().tobytes() for page in document]


def message(data: bytes) -> EmailMessage:
    read = email.message_from_bytes(data, policy=email.policy.default)
    assert isinstance(read, EmailMessage)
    return read


def addresses(draft: EmailMessage) -> list[str]:
    """Every address in the head of a message that mail programs send to."""
    return [one.addr_spec for head in ("to", "cc", "bcc") if draft[head] for one in draft[head].addresses]


def drafts(folder: Path) -> list[EmailMessage]:
    return [message(path.read_bytes()) for path in sorted(folder.iterdir())]
