"""Which fields of its own an association has: reading them alone, for all that reads queries."""

from __future__ import annotations

from alumnidesk.domain.own_fields import OwnField, OwnKind
from alumnidesk.storage.database import Database


def defined(database: Database) -> list[OwnField]:
    """Every own field, in the order in which they are shown."""
    return [
        OwnField(name, OwnKind(kind), tuple(choices.split("\n")) if choices else (), number)
        for number, name, kind, choices in database.rows(
            "SELECT id, name, kind, choices FROM own_field ORDER BY position, id"
        )
    ]
