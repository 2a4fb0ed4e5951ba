"""What is put in for the placeholders of a letter: about those to whom it goes, and about an event."""

from __future__ import annotations

from collections.abc import Sequence

from alumnidesk.domain.cards import Address, ContactCard, EventCard
from alumnidesk.domain.dates import shown
from alumnidesk.domain.days import days_words, time_words
from alumnidesk.domain.fields import single_valued
from alumnidesk.domain.households import Party, joint_name, listed
from alumnidesk.domain.own_fields import OwnField, value_of
from alumnidesk.domain.own_fields import shown as shown_own
from alumnidesk.domain.salutations import tidy
from alumnidesk.domain.units import name_of


def party_values(party: Party, language: str, own_fields: Sequence[OwnField] = ()) -> dict[str, str]:
    """What is put in about the recipients; what differs among several is said of all of them."""
    each = [_contact_values(contact, party.address, language, own_fields) for contact in party.contacts]
    if len(each) == 1:
        return each[0]
    joined = {key: listed(dict.fromkeys(v[key] for v in each if v[key]), language) for key in each[0]}
    return joined | {"name": joint_name(party.contacts, language)}


def _contact_values(
    contact: ContactCard, address: Address, language: str, own_fields: Sequence[OwnField]
) -> dict[str, str]:
    cohorts = [a for a in contact.affiliations if a.cohort_to or a.cohort_from]
    latest = max(cohorts, key=lambda a: a.cohort_to or a.cohort_from or 0, default=None)
    at = latest or next(iter(contact.affiliations), None)
    values = {field.placeholder: str(getattr(contact, field.key)) for field in single_valued() if field.placeholder}
    values |= {field.name: shown_own(field, value_of(contact, field.name), language) for field in own_fields}
    return values | {
        "name": contact.name,
        "family_name": tidy(f"{contact.name_particle} {contact.family_name}"),
        "birth_date": shown(contact.birth_date, language),
        "cohort": str(latest.cohort_to or latest.cohort_from) if latest else "",
        "programme": at.programme if at else "",
        "unit": name_of(at.unit) if at else "",
        "street": tidy(f"{address.street} {address.house_number}"),
        "postcode": address.postcode,
        "town": address.town,
    }


def event_values(event: EventCard, language: str) -> dict[str, str]:
    """What is put in about an event."""
    return {
        "event_title": event.title,
        "event_date": days_words(event.starts_on, event.ends_on, language),
        "event_time": time_words(event.starts_at, language),
        "event_place": event.place,
    }
