"""The values that a field has in the data file, to choose from while one builds a query."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping

from alumnidesk.domain.query_fields import OWN, Sort, own_parts, query_field
from alumnidesk.storage.connection import Connection
from alumnidesk.storage.sources import UNIT_CALLED, source_of

_EVENTS = "SELECT title FROM event ORDER BY starts_on DESC, id DESC"
_LISTED: Mapping[str, str] = {
    "tag": "SELECT name FROM tag ORDER BY name COLLATE NOCASE",
    "unit": f"SELECT called FROM {UNIT_CALLED} ORDER BY called COLLATE NOCASE",
    "segment": "SELECT name FROM segment ORDER BY name COLLATE NOCASE",
    "list": "SELECT name FROM contact_list ORDER BY name COLLATE NOCASE",
    "letter": "SELECT title FROM mailing ORDER BY id DESC",
    **dict.fromkeys(("event", "invited", "coming", "declined", "waitlist"), _EVENTS),
}
"""Fields whose values are things of their own: all of them are offered, events and letters newest first."""


def known_values(connection: Connection, field: str, limit: int) -> list[str]:
    """At most `limit` values of a field; none where nobody would choose from a list."""
    if field in _LISTED:
        rows = connection.execute(f"{_LISTED[field]} LIMIT ?", (limit,))
    elif field.startswith(OWN) and own_parts(field)[0] == "choice":
        return _choices(connection, own_parts(field)[1])[:limit]
    elif query_field(field).sort in (Sort.TEXT, Sort.ROLE):
        source = source_of(field)
        present = source.among.replace("{test}", f"{source.value} <> ''")
        rows = connection.execute(
            f"SELECT DISTINCT {source.value} AS value FROM {source.table} WHERE {present} "
            "ORDER BY value COLLATE NOCASE LIMIT :limit",
            {"limit": limit, "today": dt.date.today().isoformat()},
        )
    else:
        return []
    return list(dict.fromkeys(str(value) for (value,) in rows))


def _choices(connection: Connection, name: str) -> list[str]:
    """What an own field offers, chosen by somebody or not."""
    rows = connection.execute("SELECT choices FROM own_field WHERE name = ?", (name,)).fetchall()
    return [choice for (choices,) in rows for choice in choices.split("\n") if choice]
