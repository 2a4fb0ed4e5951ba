"""The letters that the invented association has sent, kept like real ones: each can be looked at again."""

from __future__ import annotations

import datetime as dt
import json
import uuid
from collections.abc import Sequence
from dataclasses import replace

from alumnidesk.domain.association import Association
from alumnidesk.domain.cards import ContactCard, EventCard, TemplateCard
from alumnidesk.domain.consent import INVITATIONS
from alumnidesk.domain.households import Party
from alumnidesk.domain.letters import MasterLetter, write_letters
from alumnidesk.domain.mailings import SENT, Audience, Job
from alumnidesk.domain.ready_templates import ready_templates
from alumnidesk.domain.return_code import code
from alumnidesk.services import archive
from alumnidesk.services.sample import SampleMailing
from alumnidesk.storage.database import Transaction


def write(
    transaction: Transaction,
    mailing: SampleMailing,
    people: Sequence[ContactCard],
    association: Association,
    *,
    event: EventCard | None,
    uid: str,
    at: str,
) -> None:
    """Within a deed: a mailing to these people that was sent at a moment (ISO, UTC), each letter on a page."""
    written_on = dt.date.fromisoformat(mailing.sent_on)
    template = _template(association.language, mailing)
    master = MasterLetter(template, association, written_on, event)
    letters, _ = write_letters(master, (Party((card,)) for card in people))
    number = transaction.allocate("mailing", 1)
    first = transaction.allocate("letter", len(letters)) if letters else 0
    audience = Audience(contacts=tuple(card.id for card in people if card.id is not None))
    job = json.dumps(Job(mailing.subject, audience, purpose=INVITATIONS).stored(), ensure_ascii=False)
    columns = ("id", "uid", "title", "made_at", "pages", "purpose", "state", "sent_at", "job", "frozen")
    frozen = archive.freeze(transaction, master)
    row = (number, uid, mailing.subject, at, len(letters), INVITATIONS, SENT, at, job, frozen)
    transaction.insert_many("mailing", columns, [row])
    transaction.insert_many(
        "letter",
        ("id", "mailing_id", "contact_id", "language", "address", "salutation", "subject", "first_page", "words"),
        [
            (
                first + i,
                number,
                letter.contact.id,
                letter.language,
                "\n".join(letter.address),
                letter.paragraphs[0],
                letter.subject,
                i + 1,
                archive.kept_of(replace(letter, code=code(first + i)), first + i),
            )
            for i, letter in enumerate(letters)
        ],
    )


def _template(language: str, mailing: SampleMailing) -> TemplateCard:
    """The words of a mailing: those of a ready letter under its own subject."""
    uid = str(uuid.uuid5(uuid.NAMESPACE_URL, f"alumnidesk:template:{mailing.template}"))
    ready = next(card for card in ready_templates(language) if card.uid == uid)
    return replace(ready, texts=tuple(replace(text, subject=mailing.subject) for text in ready.texts))
