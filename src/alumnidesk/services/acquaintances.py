"""Whom one can ask where somebody is whom nothing reaches any more."""

from __future__ import annotations

from collections.abc import Iterator

from alumnidesk.domain.cards import ContactCard
from alumnidesk.domain.returned import Acquaintance
from alumnidesk.i18n import Message, say
from alumnidesk.services.relationships import Relationships
from alumnidesk.services.unit_paths import stored
from alumnidesk.storage.database import Database

MOST = 5
"""So many are proposed: nobody asks more."""
_REACHED = """
    NOT instr(line.marks, 'deceased') AND (line.email <> '' OR line.town <> ''
        OR EXISTS (SELECT 1 FROM phone WHERE phone.contact_id = line.contact_id))
"""


def whom_to_ask(database: Database, card: ContactCard) -> list[Acquaintance]:
    """People and organisations who can be reached themselves, the nearest first: household, relations, employer, then
    those of the same unit and cohort."""
    found: dict[int, Acquaintance] = {}
    for number, name, why in _near(database, card):
        if len(found) < MOST and number != card.id:
            found.setdefault(number, Acquaintance(number, name, why))
    return list(found.values())


def _near(database: Database, card: ContactCard) -> Iterator[tuple[int, str, Message]]:
    for number, name in database.rows(
        "SELECT line.contact_id, line.name FROM contact_line AS line JOIN contact ON contact.id = line.contact_id "
        f"WHERE household_id = ? AND {_REACHED} ORDER BY line.sort_name",
        (card.household_id,),
    ):
        yield number, name, say("same household")
    if card.id is not None:
        relations = {relation.other: relation for relation in Relationships(database).of(card.id)}
        for number, name in _reached(database, list(relations)):
            yield number, name, relations[number].role
    for number, name in database.rows(
        "SELECT line.contact_id, line.name FROM contact JOIN contact_line AS line ON contact.id = line.contact_id "
        f"WHERE kind = 'organisation' AND organisation = ? AND organisation <> '' AND {_REACHED} "
        "ORDER BY line.sort_name",
        (card.organisation if card.kind == "person" else "",),
    ):
        yield number, name, say("Employer")
    units = {unit.said: unit for unit in stored(database)}
    for affiliation in card.affiliations:
        year = affiliation.cohort_to or affiliation.cohort_from
        if not year or not affiliation.unit:
            continue
        for number, name in database.rows(
            "SELECT DISTINCT line.contact_id, line.name FROM affiliation a "
            "JOIN contact_line AS line ON line.contact_id = a.contact_id WHERE a.unit_id = ? "
            f"AND coalesce(a.cohort_to, a.cohort_from) = ? AND line.contact_id <> ? AND {_REACHED} "
            "ORDER BY line.sort_name LIMIT ?",
            (units[affiliation.unit].id, year, card.id, MOST),
        ):
            called = units[affiliation.unit].called
            yield number, name, say("{unit}, cohort of {year}", unit=called, year=str(year))


def _reached(database: Database, contacts: list[int]) -> Iterator[tuple[int, str]]:
    for contact in contacts:
        yield from database.rows(
            f"SELECT line.contact_id, line.name FROM contact_line AS line WHERE line.contact_id = ? AND {_REACHED}",
            (contact,),
        )
