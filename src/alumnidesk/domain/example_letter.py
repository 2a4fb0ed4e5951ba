"""What the example letter of the settings says: an invitation to an invented person, in the association's language."""

from __future__ import annotations

import datetime as dt

from alumnidesk.domain.association import Association
from alumnidesk.domain.cards import Address, ContactCard, EventCard, TemplateCard
from alumnidesk.domain.ready_templates import ready_templates
from alumnidesk.i18n import Language, say


def example(association: Association, today: dt.date) -> tuple[TemplateCard, ContactCard, EventCard]:
    """Letter, recipient and occasion of the example."""
    speak = Language(association.language)
    recipient = ContactCard(
        id=0,
        title="Dr.",
        given_name=speak(say("Anna")),
        family_name=speak(say("Example")),
        gender_form="f",
        addresses=(Address(street=speak(say("1 Example Street")), postcode="12345", town=speak(say("Exampletown"))),),
    )
    occasion = EventCard(
        title=speak(say("Alumni reunion")),
        starts_on=(today + dt.timedelta(days=60)).isoformat(),
        starts_at="15:00",
        place=speak(say("Great hall")),
    )
    return ready_templates(association.language)[0], recipient, occasion
